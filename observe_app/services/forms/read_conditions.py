"""`show_when` and `show_when_any`: what must have been answered before an item or a section is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer import Absence
from observe_app.domain.answer_rules import MAX_NUMBER, NO, YES
from observe_app.domain.form import EVENT_KINDS, OTHER, Condition, ConditionTest, Item, ItemKind
from observe_app.services.forms.limits import MAX_CONDITIONS
from observe_app.services.forms.tables import shown_number, type_word

if TYPE_CHECKING:
    from observe_app.services.forms.tables import Table

TESTS = tuple(test.value for test in ConditionTest)
CONDITION_KEYS = ("item", *TESTS)
REASONS = tuple(absence.value for absence in Absence if absence is not Absence.UNANSWERED)
"""Ways of having no value that a condition may ask for; `answered = false` asks for "unanswered"."""

_Value = str | int | float | bool


@dataclass(slots=True)
class Earlier:
    """The items of one file: those read so far (None: with a problem of its own), and the ids of all."""

    all_ids: frozenset[str]
    items: dict[str, Item | None] = field(default_factory=dict)


def read_conditions(table: Table, earlier: Earlier) -> tuple[tuple[Condition, ...], bool]:
    """Return the conditions of an item or section, and True when any one of them is enough."""
    if "show_when" in table.data and "show_when_any" in table.data:
        table.problem("show_when_any", "two_conditions")
    any_of = "show_when" not in table.data and "show_when_any" in table.data
    key = "show_when_any" if any_of else "show_when"
    rows = table.tables(key, key, MAX_CONDITIONS)
    if table.data.get(key) == []:
        table.problem(key, "empty_list")
    found = [_condition(row, earlier) for row in rows]
    conditions = tuple(condition for condition in found if condition is not None)
    return conditions, any_of and bool(conditions)


def _condition(table: Table, earlier: Earlier) -> Condition | None:
    table.only(CONDITION_KEYS)
    given = [test for test in ConditionTest if test.value in table.data]
    if len(given) != 1:
        table.problem(None, "condition_test", ", ".join(given), TESTS)
    item = _asked(table, earlier)
    if item is None or len(given) != 1:
        return None
    values = _values(table, given[0], item)
    return Condition(item.id, given[0], values) if values else None


def _asked(table: Table, earlier: Earlier) -> Item | None:
    """Return the earlier item that a condition asks about, None after noting why there is none."""
    name = table.of_type("item", "text", needed=True)
    if name is None:
        return None
    if name not in earlier.items:
        if name in earlier.all_ids:
            table.problem("item", "later_item", name)
        else:
            table.problem("item", "unknown_item", name, tuple(earlier.items))
        return None
    item = earlier.items[name]
    if item is not None and (item.kind in EVENT_KINDS or item.kind is ItemKind.GUIDANCE):
        table.problem("item", "no_answer_item", name, (item.kind.value,))
        return None
    return item


def _values(table: Table, test: ConditionTest, item: Item) -> tuple[_Value, ...]:
    key = test.value
    if test is ConditionTest.ANSWERED:
        value = table.of_type(key, "flag")
        return () if value is None else (value,)
    if item.kind is ItemKind.TEXT:
        table.problem(key, "test_of_other_kind", key, (ConditionTest.ANSWERED.value,))
        return ()
    if test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}:
        if item.kind not in {ItemKind.RATING, ItemKind.NUMBER}:
            others = (ConditionTest.IS, ConditionTest.IS_NOT, ConditionTest.ANSWERED)
            table.problem(key, "test_of_other_kind", key, others)
            return ()
        value = table.of_type(key, "whole", "decimal")
        return _possible(table, (key,), [] if value is None else [value], item, reasons=False)
    value = table.of_type(key, "text", "flag", "whole", "decimal", "list")
    if value is None:
        return ()
    if not isinstance(value, list):
        return _possible(table, (key,), [value], item, reasons=True)
    if not value:
        table.problem(key, "empty_list")
    if len(value) > MAX_CONDITIONS:
        table.problem(key, "too_many", str(len(value)), (str(MAX_CONDITIONS),))
    return tuple(
        good
        for position, one in enumerate(value[:MAX_CONDITIONS])
        for good in _possible(table, (key, position), [one], item, reasons=True)
    )


def _possible(
    table: Table, keys: tuple[str | int, ...], given: list[Any], item: Item, *, reasons: bool
) -> tuple[_Value, ...]:
    """Return those of the given answers that the item can have, after noting the others."""
    found: list[_Value] = []
    words = REASONS if reasons else ()
    place = (*table.place, *keys)
    where = table.at(str(keys[0]))
    for value in given:
        if (isinstance(value, str) and value in words) or _can_have(item, value):
            found.append(value)
        else:
            allowed = (*_allowed_words(item), *words)
            nearest = (YES if value else NO) if isinstance(value, bool) and item.kind is ItemKind.CHECK else ""
            table.notes.add(place, where, "impossible_answer", _word(value), allowed, nearest)
    return tuple(found)


def _can_have(item: Item, value: object) -> bool:
    if item.kind is ItemKind.NUMBER:
        return _is_number(value, item)
    # A true is equal to 1 for Python, and no level.
    return type(value) in {str, int} and value in _answers(item)


def _is_number(value: object, item: Item) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) <= MAX_NUMBER:
        return False
    if not item.decimals and value != int(value):
        return False
    return (item.low is None or value >= item.low) and (item.high is None or value <= item.high)


def _answers(item: Item) -> tuple[str | int, ...]:
    match item.kind:
        case ItemKind.CHECK:
            return (YES, NO)
        case ItemKind.RATING:
            return tuple(level.number for level in item.levels)
        case _:
            return (*(option.id for option in item.options), *((OTHER,) if item.other else ()))


def _allowed_words(item: Item) -> tuple[str, ...]:
    if item.kind is not ItemKind.NUMBER:
        return tuple(str(answer) for answer in _answers(item))
    low = "" if item.low is None else f"{item.low:g}"
    high = "" if item.high is None else f"{item.high:g}"
    return (f"{low}–{high}" if low or high else "0, 1, 2 …",)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return shown_number(value)
    return value if isinstance(value, str) else type_word(value)
