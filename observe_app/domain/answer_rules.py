"""Which answers an item takes. The same rules for the window, the command line and imports."""

from __future__ import annotations

from observe_app.domain.answer import Absence, AnswerValue
from observe_app.domain.errors import Invalid
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.note_line import clean_note

YES = "yes"
NO = "no"
MAX_SHORT_ANSWER = 2_000
MAX_LONG_ANSWER = 20_000

ABSENCES: dict[ItemKind, frozenset[Absence]] = {
    ItemKind.CHECK: frozenset(Absence),
    ItemKind.RATING: frozenset(Absence),
    ItemKind.TEXT: frozenset(Absence),
    ItemKind.GUIDANCE: frozenset(),
}
"""The ways of having no value that each kind of item takes."""


def checked_answer(
    item: Item, value: AnswerValue = None, absence: Absence | None = None
) -> tuple[AnswerValue, Absence | None]:
    """Return the answer as it is stored: a value with no absence, or no value and the absence that says why.

    Neither value nor absence means unanswered; so does a text of nothing but spaces.

    Raises:
        Invalid: `field` is the item's id. Rules: "no_answer_wanted" (guidance), "value_and_absence" (both given),
            "unknown" (an absence or a check's word that the item does not take; `limit` lists those it does),
            "not_a_number", "not_in_scale", "not_a_text", "too_long".
    """
    if item.kind is ItemKind.GUIDANCE:
        raise Invalid(item.id, _short(value), "no_answer_wanted")
    if value is not None and absence is not None:
        raise Invalid(item.id, _short(value), "value_and_absence")
    if value is None:
        return None, _checked_absence(item, absence)
    if item.kind is ItemKind.CHECK:
        return _checked_check(item, value), None
    if item.kind is ItemKind.RATING:
        return _checked_rating(item, value), None
    text = _checked_text(item, value)
    return (text, None) if text else (None, Absence.UNANSWERED)


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
