"""Which items of a form are to be shown, by the answers given so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.form import ConditionTest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.form import Condition, Form


def shown_items(form: Form, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Return the ids of the items to show.

    A hidden item counts as unanswered for those after it; its answer stays stored and comes back with it.

    Args:
        form: conditions name earlier items only; one that names an item unknown or later finds it unanswered.
        answers: by item id; an item never touched need not be in it.
    """
    shown: set[str] = set()
    for section in form.sections:
        if not _holds(section.show_when, answers, shown, any_of=section.show_any):
            continue
        for item in section.items:
            if _holds(item.show_when, answers, shown, any_of=item.show_any):
                shown.add(item.id)
    return frozenset(shown)


def unanswered_required(form: Form, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the ids of required items that are shown and have neither a value nor a reason for having none."""
    shown = shown_items(form, answers)
    return tuple(
        item.id for item in form.items if item.required and item.id in shown and not _is_touched(answers.get(item.id))
    )


def _is_touched(answer: Answer | None) -> bool:
    return answer is not None and (answer.value is not None or answer.absence not in {None, Absence.UNANSWERED})


def _holds(conditions: tuple[Condition, ...], answers: Mapping[str, Answer], shown: set[str], *, any_of: bool) -> bool:
    if not conditions:
        return True
    found = (_is_true(one, answers.get(one.item) if one.item in shown else None) for one in conditions)
    return any(found) if any_of else all(found)


def _is_true(condition: Condition, answer: Answer | None) -> bool:
    value = answer.value if answer is not None else None
    if not condition.values:
        # A condition that is still being written asks for nothing that an answer could be.
        return False
    if condition.test is ConditionTest.ANSWERED:
        return (value is not None) is bool(condition.values[0])
    if condition.test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}:
        bound = condition.values[0]
        if isinstance(value, (str, tuple)) or value is None or isinstance(bound, str):
            return False
        return value >= bound if condition.test is ConditionTest.AT_LEAST else value <= bound
    if not _is_touched(answer):
        # "Is not" asks about an answer; as long as there is none it says nothing.
        return False
    found = bool(_words(answer) & set(condition.values))
    return found if condition.test is ConditionTest.IS else not found


def _words(answer: Answer | None) -> set[str | int | float | bool]:
    """Return what "is" may compare with: the value or values, or the reason for having none."""
    if answer is None:
        return set()
    if isinstance(answer.value, tuple):
        return set(answer.value)
    if answer.value is not None:
        return {answer.value}
    return {answer.absence.value} if answer.absence is not None else set()
