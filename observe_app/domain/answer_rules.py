"""Which answers an item takes. The same rules for the window, the command line and imports."""

from __future__ import annotations

import math

from observe_app.domain.answer import Absence, AnswerValue
from observe_app.domain.errors import Invalid
from observe_app.domain.form import EVENT_KINDS, OTHER, Item, ItemKind
from observe_app.domain.note_line import clean_note

YES = "yes"
NO = "no"
MAX_SHORT_ANSWER = 2_000
MAX_LONG_ANSWER = 20_000

MAX_NUMBER = 1e9

ABSENCES: dict[ItemKind, frozenset[Absence]] = {
    kind: frozenset() if kind is ItemKind.GUIDANCE else frozenset(Absence) for kind in ItemKind
}
"""The ways of having no value that each kind of item takes."""


def checked_answer(
    item: Item, value: AnswerValue = None, absence: Absence | None = None
) -> tuple[AnswerValue, Absence | None]:
    """Return the answer as it is stored: a value with no absence, or no value and the absence that says why.

    Neither value nor absence means unanswered; so does a text of nothing but spaces.

    Raises:
        Invalid: `field` is the item's id. Rules: "no_answer_wanted" (guidance; a value for what is counted or timed),
            "value_and_absence" (both given), "unknown" (an absence, a check's word or an option that the item does not
            take; `limit` lists those it does), "not_a_number", "not_whole", "not_in_scale", "out_of_range",
            "not_a_text", "too_long".
    """
    if item.kind is ItemKind.GUIDANCE:
        raise Invalid(item.id, _short(value), "no_answer_wanted")
    if value is not None and absence is not None:
        raise Invalid(item.id, _short(value), "value_and_absence")
    if value is None:
        return None, _checked_absence(item, absence)
    checked = _checked_value(item, value)
    return (None, Absence.UNANSWERED) if checked in {"", ()} else (checked, None)


def _checked_value(item: Item, value: AnswerValue) -> AnswerValue:
    if item.kind in EVENT_KINDS:
        raise Invalid(item.id, _short(value), "no_answer_wanted")
    match item.kind:
        case ItemKind.CHECK:
            return _checked_check(item, value)
        case ItemKind.RATING:
            return _checked_rating(item, value)
        case ItemKind.CHOICE:
            return _checked_choice(item, value)
        case ItemKind.CHOICES:
            return _checked_choices(item, value)
        case ItemKind.NUMBER:
            return _checked_number(item, value)
        case _:
            return _checked_text(item, value)


def _checked_absence(item: Item, absence: Absence | None) -> Absence:
    given = absence or Absence.UNANSWERED
    if given not in ABSENCES[item.kind]:
        raise Invalid(item.id, given.value, "unknown", ", ".join(sorted(ABSENCES[item.kind])))
    return given


def _checked_check(item: Item, value: AnswerValue) -> str:
    if not isinstance(value, str) or value not in {YES, NO}:
        raise Invalid(item.id, _short(value), "unknown", f"{YES}, {NO}")
    return value


def _checked_rating(item: Item, value: AnswerValue) -> int:
    # A true is a whole number to Python and no level to anybody.
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid(item.id, _short(value), "not_a_number")
    numbers = [level.number for level in item.levels]
    if value not in numbers:
        limit = f"{min(numbers)}-{max(numbers)}" if numbers else ""
        raise Invalid(item.id, _short(value), "not_in_scale", limit)
    return value


def _checked_choice(item: Item, value: AnswerValue) -> str:
    offered = _offered(item)
    if not isinstance(value, str) or value not in offered:
        raise Invalid(item.id, _short(value), "unknown", ", ".join(offered))
    return value


def _checked_choices(item: Item, value: AnswerValue) -> tuple[str, ...]:
    """Return the chosen options in the form's order, each once; none is the empty tuple."""
    offered = _offered(item)
    if not isinstance(value, tuple):
        raise Invalid(item.id, _short(value), "unknown", ", ".join(offered))
    for one in value:
        if one not in offered:
            raise Invalid(item.id, _short(one), "unknown", ", ".join(offered))
    return tuple(one for one in offered if one in value)


def _offered(item: Item) -> tuple[str, ...]:
    own = (OTHER,) if item.other else ()
    return (*(option.id for option in item.options), *own)


def _checked_number(item: Item, value: AnswerValue) -> int | float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) <= MAX_NUMBER:
        raise Invalid(item.id, _short(value), "not_a_number")
    if not item.decimals and value != math.floor(value):
        raise Invalid(item.id, _short(value), "not_whole")
    low, high = item.low, item.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise Invalid(item.id, _short(value), "out_of_range", f"{_plain(low)}–{_plain(high)}")
    return value if item.decimals else int(value)


def _plain(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"


def _checked_text(item: Item, value: AnswerValue) -> str:
    if not isinstance(value, str):
        raise Invalid(item.id, _short(value), "not_a_text")
    text = clean_note(value)
    limit = MAX_LONG_ANSWER if item.long else MAX_SHORT_ANSWER
    if len(text) > limit:
        raise Invalid(item.id, _short(text), "too_long", str(limit))
    return text


def _short(value: AnswerValue) -> str:
    if isinstance(value, int) and abs(value) >= 10**18:
        # Python refuses to write out whole numbers of thousands of digits.
        return "10^18"
    return str(value)[:40]
