"""What a form's items say when they are opened: levels, options, codes, help, conditions. Plain lines, no painting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.answer import Absence
from observe_app.domain.form import OTHER, ConditionTest, ItemKind, WaitAfter, text_in
from observe_app.ui.i18n import absence_name

if TYPE_CHECKING:
    from observe_app.domain.form import Condition, Form, Item, Section, Side


class LineKind(Enum):
    """How a line is set."""

    NOTE = "note"
    HEAD = "head"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Line:
    """One line under an item.

    Attributes:
        lead: number of a level or id of a code. head: its name. text: what it looks like, or a whole note.
    """

    kind: LineKind
    text: str = ""
    lead: str = ""
    head: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return " ".join(part for part in (self.lead, self.head, self.text) if part)


def lines_of(item: Item, form: Form, language: str) -> tuple[Line, ...]:
    """Return what stands under an item; empty for one whose label says all."""
    lines: list[Line] = []
    help_text = text_in(item.help, language)
    if help_text:
        lines.append(Line(LineKind.NOTE, help_text))
    condition = condition_words(item, form, language)
    if condition:
        lines.append(Line(LineKind.NOTE, condition))
    lines.extend(_fact_lines(item))
    for side in item.sides:
        lines.extend(_side_lines(side, language))
    lines.extend(
        Line(LineKind.ENTRY, text_in(level.descriptor, language), str(level.number), text_in(level.label, language))
        for level in item.levels
    )
    lines.extend(
        Line(LineKind.ENTRY, text_in(option.help, language), "", text_in(option.label, language))
        for option in item.options
    )
    if item.other:
        words = QCoreApplication.translate("forms page", "in the observer’s own words")
        lines.append(Line(LineKind.ENTRY, words, "", QCoreApplication.translate("forms page", "Other")))
    return tuple(lines)


def condition_words(part: Item | Section, form: Form, language: str) -> str:
    """Return when an item or section is shown, "" where it always is."""
    if not part.show_when:
        return ""
    tr = QCoreApplication.translate
    each = [_one_condition(condition, form, language) for condition in part.show_when]
    glue = tr("forms page", " or ") if part.show_any else tr("forms page", " and ")
    return tr("forms page", "Shown when {conditions}.").format(conditions=glue.join(each))


def _one_condition(condition: Condition, form: Form, language: str) -> str:
    tr = QCoreApplication.translate
    item = form.item(condition.item)
    label = text_in(item.label, language) if item is not None else condition.item
    if condition.test is ConditionTest.ANSWERED:
        known = tr("forms page", "“{item}” is answered")
        sentence = known if condition.values[0] else tr("forms page", "“{item}” is not answered")
        return sentence.format(item=label)
    values = tr("forms page", " or ").join(_value_words(value, item, language) for value in condition.values)
    sentences = {
        ConditionTest.IS: tr("forms page", "“{item}” is {values}"),
        ConditionTest.IS_NOT: tr("forms page", "“{item}” is not {values}"),
        ConditionTest.AT_LEAST: tr("forms page", "“{item}” is {values} or more"),
        ConditionTest.AT_MOST: tr("forms page", "“{item}” is {values} or less"),
    }
    return sentences[condition.test].format(item=label, values=values)


def _value_words(value: str | float | bool, item: Item | None, language: str) -> str:
    tr = QCoreApplication.translate
    plain = {"yes": tr("forms page", "yes"), "no": tr("forms page", "no"), OTHER: tr("forms page", "other")}
    absences = {absence.value: absence_name(absence) for absence in Absence}
    if item is not None and isinstance(value, str):
        option = next((one for one in item.options if one.id == value), None)
        if option is not None:
            return f"“{text_in(option.label, language)}”"
    if item is not None and item.kind is ItemKind.RATING and not isinstance(value, str):
        level = next((one for one in item.levels if one.number == value), None)
        if level is not None:
            return f"“{text_in(level.label, language)}”"
    if isinstance(value, str):
        return plain.get(value) or absences.get(value) or value
    return f"{value:g}"


def _fact_lines(item: Item) -> list[Line]:
    tr = QCoreApplication.translate
    words = ""
    if item.kind is ItemKind.WAIT:
        asked, answered = (
            tr("forms page", "The pause after a question."),
            tr("forms page", "The pause after an answer."),
        )
        words = answered if item.after is WaitAfter.ANSWER else asked
    elif item.kind is ItemKind.SWEEP and item.of is not None:
        words = tr("forms page", "{n} students are looked at each time.").format(n=item.of)
    elif item.kind is ItemKind.SWEEP:
        words = tr("forms page", "The whole class is looked at each time.")
    elif item.kind is ItemKind.INTERVAL and item.look:
        words = tr("forms page", "Only the first {n} seconds of each interval are looked at.").format(n=item.look)
    elif item.kind is ItemKind.TIMER and item.group:
        words = tr("forms page", "Starting it stops the others of its group.")
    return [Line(LineKind.NOTE, words)] if words else []


def _side_lines(side: Side, language: str) -> list[Line]:
    name = text_in(side.label, language)
    lines = [Line(LineKind.HEAD, head=name)] if name else []
    lines.extend(
        Line(LineKind.ENTRY, text_in(code.help, language), code.id, text_in(code.label, language))
        for code in side.codes
    )
    return lines
