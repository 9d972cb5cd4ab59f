"""A portfolio: what its owner picked from their own year, in the order they chose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

MAX_PICKS = 500
MAX_TITLE = 200
MAX_FOREWORD = 20_000
MAX_OWN = 100_000


class PickKind(StrEnum):
    """What a pick is.

    `WORDS` holds own words written for the portfolio; `target_id` is "". Of the others `target_id` is the record, and
    `words` is what goes in instead of its whole text, "" for all of it.
    """

    ENTRY = "entry"
    EXCERPT = "excerpt"
    STEP = "step"
    STRENGTH = "strength"
    CERTIFICATE = "certificate"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing that goes into a portfolio.

    Attributes:
        words: what goes in instead of the whole text; "" for all of it.
        heading: over it, "" for the record's own.
        named: other people's names that its owner chose to print with it; without it nobody else is named.
    """

    kind: PickKind
    target_id: str = ""
    words: str = ""
    heading: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What somebody picked for their portfolio.

    Attributes:
        first, last: the days it is about, both included; None where not said.
        picks: JSON, in order; see `picks_of`.
    """

    id: str
    person_id: str = ""
    title: str = ""
    first: date | None = None
    last: date | None = None
    foreword: str = ""
    picks: str = "[]"
    created: datetime | None = None
    deleted: bool = False


def picks_of(text: str) -> tuple[Pick, ...]:
    """Return the picks in order; what is not one (a newer program's, a damaged one) is left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    made = (_pick(one) for one in found) if isinstance(found, list) else ()
    return tuple(one for one in made if one is not None)[:MAX_PICKS]


def picks_json(picks: tuple[Pick, ...]) -> str:
    """Return picks as they are kept; what is empty is not in it."""
    return json.dumps([_plain(one) for one in picks], ensure_ascii=False, separators=(",", ":"))


def _plain(pick: Pick) -> dict[str, object]:
    every = {
        "kind": pick.kind.value, "id": pick.target_id, "words": pick.words, "heading": pick.heading,
        "named": pick.named,
    }  # fmt: skip
    return {name: value for name, value in every.items() if value}


def _pick(found: object) -> Pick | None:
    if not isinstance(found, dict) or found.get("kind") not in list(PickKind):
        return None
    texts = [found.get(name, "") for name in ("id", "words", "heading")]
    if not all(isinstance(text, str) for text in texts):
        return None
    target, words, heading = texts
    return Pick(PickKind(found["kind"]), target, words, heading, found.get("named") is True)
