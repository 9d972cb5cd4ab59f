"""The options of a choice: one row each, a pasted list makes several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.form_edit import new_option
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.inputs import LineArea
from observe_app.ui.forms.editor.rows_editor import EditRow, RowsEditor

if TYPE_CHECKING:
    from observe_app.domain.form import Option

_MAX = 60


class OptionRow(EditRow):
    """Label and help of one option.

    Signals:
        lines_pasted: several lines came into the label.
    """

    lines_pasted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = LineArea(self, placeholder=self.tr("Option"), takes_lines=True)
        self.label.setAccessibleName(self.tr("Option"))
        self.help = LineArea(self, placeholder=self.tr("What it means, if needed"))
        self.help.setAccessibleName(self.tr("What the option means"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.label, 2, top)
        row.addWidget(self.help, 3, top)
        row.addWidget(self.remove_button, 0, top)
        for area in (self.label, self.help):
            area.edited.connect(self.edited)
            area.left.connect(self.left)
            area.finished.connect(self.next_asked)
        self.label.lines_pasted.connect(self.lines_pasted)
        self.watch(self.label, self.help)

    def inputs(self) -> tuple[QWidget, ...]:
        """Label, help, the way to take it away."""
        return (self.label, self.help, self.remove_button)


class OptionsEditor(RowsEditor[OptionRow]):
    """The options; their ids stay with their rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.add_button.setText(self.tr("Option"))
        self._options: list[Option] = []
        self._code = ""

    def value(self) -> tuple[Option, ...]:
        """The options as they are on the screen."""
        found = []
        for option, row in zip(self._options, self.rows, strict=True):
            label = with_text(option.label, self._code, row.label.text().strip())
            found.append(replace(option, label=label, help=with_text(option.help, self._code, row.help.text().strip())))
        return tuple(found)

    def set_value(self, options: tuple[Option, ...], code: str = "") -> None:
        """Show options in a language."""
        self.fit(len(options))
        self._options, self._code = list(options), code
        for option, row in zip(options, self.rows, strict=True):
            row.label.set_text(text_of(option.label, code))
            row.help.set_text(text_of(option.help, code))
            row.label.setPlaceholderText(text_of(option.label) if code else self.tr("Option"))
            row.remove_button.setVisible(len(options) > 1)
        self.add_button.setEnabled(len(options) < _MAX)

    def make_row(self) -> OptionRow:
        """An empty row."""
        row = OptionRow(self)
        row.lines_pasted.connect(self._on_lines)
        return row

    def add_after(self, number: int) -> None:
        """An empty option after this one."""
        if len(self._options) < _MAX:
            options = list(self.value())
            options.insert(number + 1, new_option(options, "", self._code))
            self._restructure(options, number + 1)

    def remove_at(self, number: int) -> None:
        """Take an option away."""
        options = list(self.value())
        del options[number]
        self._restructure(options, number)

    def step(self, number: int, by: int) -> None:
        """Move an option."""
        options = list(self.value())
        options.insert(number + by, options.pop(number))
        self._restructure(options, number + by)

    @Slot(object)
    def _on_lines(self, lines: list[str]) -> None:
        number = self._sender()
        if number is None:
            return
        options = list(self.value())
        if not text_of(options[number].label, self._code):
            del options[number]
            number -= 1
        for line in lines[: _MAX - len(options)]:
            number += 1
            options.insert(number, new_option(options, line, self._code))
        self._restructure(options, number)

    def _restructure(self, options: list[Option], focus: int) -> None:
        self.set_value(tuple(options), self._code)
        # Said before the keyboard moves: leaving a row shows what is kept, and this is not kept yet.
        self.edited.emit()
        self.focus_row(focus)
        self.left.emit()
