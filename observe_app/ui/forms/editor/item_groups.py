"""The fields that only some kinds of items have, a group of them a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.domain.form import Form, Item, ItemKind, WaitAfter
from observe_app.domain.form_edit import change_item, set_options
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.codes_editor import CodesEditor
from observe_app.ui.forms.editor.inputs import Tick, read_number, shown_number
from observe_app.ui.forms.editor.options_editor import OptionsEditor
from observe_app.ui.forms.editor.props import WordsField
from observe_app.ui.forms.words import length_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CheckChoice, Field, LineEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.ui.autosave import FieldSaver

FIELDS = (
    "options", "other", "low", "high", "decimals", "unit", "long", "group", "seconds", "look", "sides", "every", "of",
    "aim", "after",
)  # fmt: skip
_NARROW = 96


def values_of(item: Item, language: str) -> dict[str, Any]:
    """Return the fields of the groups, by name."""
    found: dict[str, Any] = {name: getattr(item, name) for name in FIELDS}
    found["unit"] = text_of(item.unit, language)
    return found


def changed(form: Form, item: Item, name: str, value: Any, language: str) -> Form:
    """Return the form with one field of a group changed."""
    if name == "options":
        return set_options(form, item.id, value, other=item.other)
    if name == "other":
        return set_options(form, item.id, item.options, other=value)
    if name == "unit":
        return change_item(form, item.id, unit=with_text(item.unit, language, str(value).strip()))
    if name == "group":
        return change_item(form, item.id, group=" ".join(str(value).split()))
    return change_item(form, item.id, **{name: value})


class ItemGroups(QWidget):
    """All groups; those of one kind show."""

    def __init__(self, saver: FieldSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saver = saver
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._groups: dict[frozenset[ItemKind], QWidget] = {}
        self._language = ""
        self._build_choice()
        self._build_number()
        self._build_text()
        self._build_timer()
        self._build_interval()
        self._build_sweep()
        self._build_wait()

    def dress(self, form: Form, item: Item, language: str) -> None:
        """Show the groups of a kind."""
        self._language = language
        for kinds, group in self._groups.items():
            group.setVisible(item.kind in kinds)
        self.setVisible(any(item.kind in kinds for kinds in self._groups))
        self.unit_field.show_own(item.unit, language)
        groups = sorted({one.group for one in form.items if one.kind is ItemKind.TIMER and one.group})
        self._group_names.setStringList(groups)
        others = [name for name in groups if name != item.group]
        hint = self.tr("Of the timers with the same word here only one runs, such as who is talking.")
        if others:
            hint = self.tr("{hint} In use: {names}.").format(hint=hint, names=", ".join(others))
        self.group_field.note.setText(hint)

    def dressed(self, item: Item) -> None:
        """Say what a length is in minutes."""
        words = length_words(item.seconds) if item.seconds and not item.seconds % 60 else ""
        self.seconds_field.note.setText(words)
        self.seconds_field.note.setVisible(bool(words))

    # --- build ------------------------------------------------------------------------------------

    def _group(self, *kinds: ItemKind) -> QVBoxLayout:
        holder = QWidget(self)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        self._column.addWidget(holder)
        self._groups[frozenset(kinds)] = holder
        return inner

    def _build_choice(self) -> None:
        inner = self._group(ItemKind.CHOICE, ItemKind.CHOICES)
        self.options = OptionsEditor(self)
        self.other = Tick(self.tr("Also an answer of the observer’s own"), self)
        inner.addWidget(TextLabel(self.tr("Options"), self, step="small", weight=600))
        inner.addWidget(self.options)
        inner.addWidget(self.other)
        options = self.options
        self._saver.bind(
            "options", options, options.edited, options.left,
            read=options.value, show=lambda value: options.set_value(value, self._language),
        )  # fmt: skip
        self._tick("other", self.other)

    def _build_number(self) -> None:
        inner = self._group(ItemKind.NUMBER)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.low = self._number(row, "low", self.tr("At least"))
        self.high = self._number(row, "high", self.tr("At most"))
        self.unit = LineEdit("", self, placeholder=self.tr("students, minutes"))
        self.unit_field = WordsField(self.tr("What it counts"), self.unit, self)
        self._saver.bind_line("unit", self.unit, self.unit_field)
        row.addWidget(self.unit_field, 1)
        self.decimals = Tick(self.tr("Takes decimals"), self)
        self._tick("decimals", self.decimals)
        inner.addLayout(row)
        inner.addWidget(self.decimals)

    def _build_text(self) -> None:
        inner = self._group(ItemKind.TEXT)
        self.long = Tick(self.tr("Room for several lines"), self)
        self._tick("long", self.long)
        inner.addWidget(self.long)

    def _build_timer(self) -> None:
        inner = self._group(ItemKind.TIMER)
        self.group_line = LineEdit("", self, placeholder=self.tr("none: runs beside anything"))
        self._group_names = QStringListModel(self)
        completer = QCompleter(self._group_names, self.group_line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group_line.setCompleter(completer)
        self.group_field = Field(self.tr("Only one at a time among"), self.group_line, self, hint=" ")
        self._saver.bind_line("group", self.group_line, None)
        inner.addWidget(self.group_field)

    def _build_interval(self) -> None:
        inner = self._group(ItemKind.INTERVAL)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.seconds, self.seconds_field = self._small(self.tr("Seconds in an interval"))
        self.look, look_field = self._small(self.tr("Look only in the first"))
        self.look.setPlaceholderText(self.tr("all"))
        self._saver.bind_line(
            "seconds", self.seconds, self.seconds_field,
            read=lambda text: _needed(text, "seconds", 5, 1800), show=_shown,
        )  # fmt: skip
        self._saver.bind_line("look", self.look, look_field, read=lambda text: _whole(text, "look") or 0, show=_shown)
        row.addWidget(self.seconds_field)
        row.addWidget(look_field)
        row.addStretch(1)
        self.codes = CodesEditor(self)
        codes = self.codes
        self._saver.bind(
            "sides", codes, codes.edited, codes.left,
            read=codes.value, show=lambda value: codes.set_value(value, self._language),
        )  # fmt: skip
        inner.addLayout(row)
        inner.addWidget(TextLabel(self.tr("Codes"), self, step="small", weight=600))
        inner.addWidget(codes)

    def _build_sweep(self) -> None:
        inner = self._group(ItemKind.SWEEP)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.every, every_field = self._small(self.tr("Minutes from one to the next"))
        self.of, of_field = self._small(self.tr("How many are looked at"))
        self.of.setPlaceholderText(self.tr("the class"))
        self._saver.bind_line(
            "every", self.every, every_field, read=lambda text: _needed(text, "every", 1, 60), show=_shown
        )
        self._saver.bind_line("of", self.of, of_field, read=lambda text: _whole(text, "of"), show=shown_number)
        row.addWidget(every_field)
        row.addWidget(of_field)
        row.addStretch(1)
        inner.addLayout(row)

    def _build_wait(self) -> None:
        inner = self._group(ItemKind.WAIT)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.aim, aim_field = self._small(self.tr("Seconds to reach"))
        self._saver.bind_line("aim", self.aim, aim_field, read=lambda text: read_number(text, "aim"), show=shown_number)
        self.after = CheckChoice(
            (
                (WaitAfter.QUESTION.value, self.tr("After a question")),
                (WaitAfter.ANSWER.value, self.tr("After an answer")),
            ),
            self.tr("Which pause"),
            self,
        )
        after = self.after
        self._saver.bind(
            "after", after, after.chosen, after.chosen,
            read=lambda: WaitAfter(after.value or WaitAfter.QUESTION.value),
            show=lambda value: after.set_value(WaitAfter(value).value),
        )  # fmt: skip
        row.addWidget(aim_field)
        row.addWidget(Field(self.tr("Which pause"), after, self), 1)
        inner.addLayout(row)

    def _number(self, row: QHBoxLayout, name: str, label: str) -> LineEdit:
        line, field = self._small(label)
        line.setPlaceholderText(self.tr("open"))
        self._saver.bind_line(name, line, field, read=lambda text: read_number(text, name), show=shown_number)
        row.addWidget(field)
        return line

    def _small(self, label: str) -> tuple[LineEdit, Field]:
        line = LineEdit("", self)
        line.setFixedWidth(scaled(_NARROW))
        return line, Field(label, line, self)

    def _tick(self, name: str, box: Tick) -> None:
        self._saver.bind(name, box, box.clicked, box.left, read=box.isChecked, show=box.setChecked)


def _whole(text: str, field: str) -> int | None:
    number = read_number(text, field, whole=True)
    return None if number is None else int(number)


def _needed(text: str, field: str, low: int, high: int) -> int:
    number = _whole(text, field)
    if number is None or not low <= number <= high:
        raise Invalid(field, text[:40], "out_of_range", f"{low}–{high}")
    return number


def _shown(value: float | None) -> str:
    return shown_number(value or None)
