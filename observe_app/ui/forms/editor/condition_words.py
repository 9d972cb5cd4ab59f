"""The words of conditions: tests an item's answer can be put to, and the answers it may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import OTHER, ConditionTest, Item, ItemKind
from observe_app.domain.form_texts import text_of

if TYPE_CHECKING:
    Value = str | int | float | bool


def tests_of(item: Item) -> tuple[tuple[ConditionTest, bool], ...]:
    """Return what can be asked of an item's answer; the truth value counts for "answered" alone."""
    answered = ((ConditionTest.ANSWERED, True), (ConditionTest.ANSWERED, False))
    equal = ((ConditionTest.IS, True), (ConditionTest.IS_NOT, True))
    bounds = ((ConditionTest.AT_LEAST, True), (ConditionTest.AT_MOST, True))
    if item.kind is ItemKind.TEXT:
        return answered
    if item.kind in {ItemKind.RATING, ItemKind.NUMBER}:
        return (*bounds, *equal, *answered)
    return (*equal, *answered)


def word_of_test(test: ConditionTest, *, on: bool) -> str:
    """Return a test as it stands in the sentence."""
    tr = QCoreApplication.translate
    if test is ConditionTest.ANSWERED:
        return tr("conditions", "is answered") if on else tr("conditions", "is not answered")
    return {
        ConditionTest.IS: tr("conditions", "is"),
        ConditionTest.IS_NOT: tr("conditions", "is not"),
        ConditionTest.AT_LEAST: tr("conditions", "is at least"),
        ConditionTest.AT_MOST: tr("conditions", "is at most"),
    }[test]


def answers_of(item: Item, *, levels_only: bool = False) -> tuple[tuple[Value, str], ...]:
    """Return the answers that can be asked for, each with its words; the reasons for having none come last."""
    tr = QCoreApplication.translate
    found: list[tuple[Value, str]] = []
    if item.kind is ItemKind.CHECK:
        found = [("yes", tr("conditions", "yes")), ("no", tr("conditions", "no"))]
    elif item.kind is ItemKind.RATING:
        found = [(one.number, f"{one.number}  {text_of(one.label)}".strip()) for one in item.levels]
    elif item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        found = [(one.id, text_of(one.label) or one.id) for one in item.options]
        found += [(OTHER, tr("conditions", "an answer of one's own"))] if item.other else []
    if levels_only:
        return tuple(found)
    return (
        *found,
        ("not_seen", tr("conditions", "not seen")),
        ("not_looked_for", tr("conditions", "not looked for")),
        ("not_applicable", tr("conditions", "not applicable")),
    )


def value_words(item: Item, values: tuple[Value, ...]) -> str:
    """Return the answers of a condition in words."""
    known = dict(answers_of(item))
    words = [known.get(value, str(value)) for value in values]
    return QCoreApplication.translate("conditions", " or ").join(words)
