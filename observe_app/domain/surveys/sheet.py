"""A filled survey: what may stand in it, how it is written down, padded and read back.

What is read back was written by anybody: nothing in it is believed that the form does not allow.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import checked_answer
from observe_app.domain.errors import Invalid
from observe_app.domain.form import ItemKind
from observe_app.domain.note_line import clean_note
from observe_app.domain.show_when import shown_items
from observe_app.domain.surveys.survey import asked_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.answer import AnswerValue
    from observe_app.domain.form import Form, Item

SIZES = (1_024, 4_096, 16_384, 65_536)
"""Bytes of a filled survey before it is encrypted; the next larger one of these, so that lengths tell little."""
MOST_COMMENT = 2_000
MOST_DEPTH = 6
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question. `words`: what was written beside it, such as for an answer of one's own."""

    value: AnswerValue
    words: str = ""


Sheet = dict[str, Given]
"""A filled survey by item id, in the form's order; what was left out is not in it."""


def checked_sheet(form: Form, given: Mapping[str, Given]) -> Sheet:
    """Return a filled survey as it is kept: in the form's order, hidden questions and empty answers left out.

    Raises:
        Invalid: an answer that its question does not take.
    """
    found: Sheet = {}
    for item in asked_items(form):
        one = given.get(item.id)
        if one is not None and (fine := _checked(item, one)) is not None:
            found[item.id] = fine
    visible = _visible(form, found)
    return {key: value for key, value in found.items() if key in visible}


def _checked(item: Item, one: Given) -> Given | None:
    words = clean_note(one.words)
    if len(words) > MOST_COMMENT:
        raise Invalid(item.id, words[:40], "too_long", str(MOST_COMMENT))
    value, _absence = checked_answer(item, one.value) if one.value is not None else (None, None)
    return None if value is None and not words else Given(value, words)


def _visible(form: Form, sheet: Sheet) -> frozenset[str]:
    answers = {
        key: Answer("", key, one.value, None if one.value is not None else Absence.UNANSWERED)
        for key, one in sheet.items()
    }
    return shown_items(form, answers)


def content_of(sheet: Mapping[str, Given]) -> str:
    """Return a filled survey as it is kept; equal ones give equal text."""
    table = {key: {"v": one.value, **({"w": one.words} if one.words else {})} for key, one in sheet.items()}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def read_content(form: Form, content: str) -> Sheet:
    """Read a released survey; what the form does not allow is left out, and nothing raises.

    Words were mixed among those of its batch, so that they may stand where their question was not even shown.
    """
    try:
        return sheet_of(form, json.loads(content), mixed=True)
    except (ValueError, RecursionError):
        return {}


def sheet_of(form: Form, table: Any, *, mixed: bool = False) -> Sheet:
    """Return what the form allows of a table that anybody may have written; `mixed` as in `read_content`."""
    if not isinstance(table, dict):
        return {}
    found: Sheet = {}
    for item in asked_items(form):
        one = table.get(item.id)
        if not isinstance(one, dict):
            continue
        value, words = one.get("v"), one.get("w", "")
        if isinstance(value, list):
            value = tuple(part for part in value if isinstance(part, str))
        try:
            if fine := _checked(item, Given(value, words if isinstance(words, str) else "")):
                found[item.id] = fine
        except (Invalid, TypeError, ValueError):
            continue
    visible = frozenset(found) if mixed else _visible(form, found)
    return {key: value for key, value in found.items() if key in visible}


def is_open(item: Item) -> bool:
    """Tell whether an answer to this is in somebody's own words."""
    return item.kind is ItemKind.TEXT


# --- padding ---------------------------------------------------------------------------------------------------------


def padded(table: Mapping[str, Any]) -> bytes:
    """Return a table as bytes of one of the `SIZES`.

    Raises:
        Invalid: `field` "answer": it is longer than the largest.
    """
    raw = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")
    size = next((one for one in SIZES if len(raw) + _HEAD <= one), None)
    if size is None:
        raise Invalid("answer", "", "too_long", str(SIZES[-1]))
    return len(raw).to_bytes(_HEAD, "big") + raw + bytes(size - _HEAD - len(raw))


def unpadded(raw: bytes) -> dict[str, Any]:
    """Return the table of padded bytes.

    Raises:
        ValueError: they are none.
    """
    length = int.from_bytes(raw[:_HEAD], "big")
    if len(raw) not in SIZES or not 2 <= length <= len(raw) - _HEAD or any(raw[_HEAD + length :]):
        message = "not a padded answer"
        raise ValueError(message)
    try:
        found = json.loads(raw[_HEAD : _HEAD + length].decode())
    except RecursionError as error:
        message = "not a padded answer"
        raise ValueError(message) from error
    if not isinstance(found, dict):
        message = "not a padded answer"
        raise ValueError(message)  # noqa: TRY004  (whatever is wrong with it, it is no answer)
    return found
