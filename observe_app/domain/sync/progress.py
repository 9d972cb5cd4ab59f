"""How many visits somebody made in a term, as figures that everybody in a shared folder can read, and nothing else.

A coordinator sees how far the visits have come and never what was written. The id of such a row says whose it is, in
which folder and for which term, so that every computer can tell by a change alone whether its author may write it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from observe_app.domain.sync.letter import Op

TABLE = "progress_count"

FIGURES = ("planned", "observed", "talked", "released", "answered")
"""The columns with numbers, in the order in which a visit goes through them."""

MOST = 9_999
"""Visits in a term at most; more is no figure that anybody counted."""

MOST_NAME = 200
_FIRST_YEAR, _YEARS = 2000, 120
_WORDS = frozenset({"fingerprint", "folder", "name", "since", "until", "at"})


@dataclass(frozen=True, slots=True)
class Term:
    """Half a school year: its first and its last day."""

    since: date
    until: date


def term_of(day: date) -> Term:
    """Return the term of a day: August to January, or February to July."""
    if 2 <= day.month <= 7:
        return Term(date(day.year, 2, 1), date(day.year, 7, 31))
    year = day.year if day.month >= 8 else day.year - 1
    return Term(date(year, 8, 1), date(year + 1, 1, 31))


def term_before(term: Term) -> Term:
    """Return the term before this one."""
    return term_of(term.since - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Made:
    """A visit as far as it is counted: the day it belongs to, and what came of it."""

    day: date
    observed: bool = False
    talked: bool = False
    released: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Visits of a term: all that were planned, and how many of them came how far."""

    planned: int = 0
    observed: int = 0
    talked: int = 0
    released: int = 0
    answered: int = 0

    def each(self) -> tuple[int, ...]:
        """Return the numbers in the order of `FIGURES`."""
        return (self.planned, self.observed, self.talked, self.released, self.answered)


def figures(visits: Iterable[Made], term: Term) -> Figures:
    """Count the visits of a term; never more than `MOST`."""
    found = [one for one in visits if term.since <= one.day <= term.until]
    return Figures(
        *(
            min(MOST, sum(kept))
            for kept in (
                [True for _ in found],
                [one.observed for one in found],
                [one.talked for one in found],
                [one.released for one in found],
                [one.answered for one in found],
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """What somebody lets everybody in a folder know of a term.

    Attributes:
        id: of the row. folder: id of the shared folder. name: as their card says. me: one's own.
        at: when the figures last changed, None for unknown.
    """

    id: str
    folder: str
    fingerprint: str
    name: str
    term: Term
    figures: Figures
    at: datetime | None = None
    me: bool = False


def progress_id(fingerprint: str, folder: str, since: date) -> str:
    """Return the id that every computer gives somebody's figures of a term in a folder."""
    return natural_id("progress", fingerprint, folder, since.isoformat())


@lru_cache(maxsize=32)
def own_ids(fingerprint: str, folder: str) -> Mapping[str, Term]:
    """Return every id that somebody's figures in a folder can have, with the term that it stands for."""
    starts = (date(_FIRST_YEAR + year, month, 1) for year in range(_YEARS) for month in (2, 8))
    return {progress_id(fingerprint, folder, start): term_of(start) for start in starts}


def refusal(op: Op, signer: str, folder: str) -> str:
    """Say why a change of such a row is not let in, "" where it is: a function of the change and its signer alone.

    Returns:
        "not_theirs" for a row of somebody else, of another folder or of no term; "content" for what is no figure.
    """
    term = own_ids(signer, folder).get(op.row)
    if term is None:
        return "not_theirs"
    return "" if _fits(op.column, op.new, signer, folder, term) else "content"


def _fits(column: str, value: object, signer: str, folder: str, term: Term) -> bool:
    if column not in _WORDS:  # a figure, whether it was deleted, or a figure that a later version counts
        return type(value) is int and 0 <= value <= (1 if column == "deleted" else MOST)
    if column == "at":
        return value is None or (isinstance(value, str) and len(value) <= 40)
    if column == "name":
        return isinstance(value, str) and len(value) <= MOST_NAME
    told = {"fingerprint": signer, "folder": folder, "since": term.since.isoformat(), "until": term.until.isoformat()}
    return value == told[column]
