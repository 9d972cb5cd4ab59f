"""The sides of an interval item: a table of codes each, and the full description of the code one is at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.form import Code, Side
from observe_app.domain.form_ids import unique_id
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.codes_table import CodesTable
from observe_app.ui.forms.editor.inputs import LineArea
from observe_app.ui.forms.editor.tab_order import insert_before
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Field, LineEdit, TextLabel

Sides = tuple[Side, ...]

if TYPE_CHECKING:
    from collections.abc import Iterable


class SidePanel(QWidget):
    """One side.

    Signals:
        edited, left: as of a field. remove_asked: take the side away.
    """

    edited = Signal()
    left = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._language = ""
        self.label = LineEdit("", self, placeholder=self.tr("Who is watched, such as Students"))
        self.label.setAccessibleName(self.tr("Name of the side"))
        self.remove_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="trash-2", name=self.tr("Take this side away")
        )
        self.table = CodesTable(self)
        self.note = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.note.setVisible(False)
        self.help = LineArea(self, placeholder=self.tr("What counts, and what does not"))
        self.help_field = Field(self.tr("Description"), self.help, self)
        self.add_button = Button(self.tr("Code"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label, 1)
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.note)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.help_field)
        self._connect()

    def show_side(self, side: Side, language: str, *, alone: bool) -> None:
        """Show a side; one that is alone needs no name."""
        self._language = language
        words = text_of(side.label, language)
        if self.label.text() != words:
            self.label.setText(words)
        self.label.setVisible(not alone)
        self.remove_button.setVisible(not alone)
        self.table.codes.show(side, language)
        if not self.table.currentIndex().isValid() and side.codes:
            self.table.setCurrentIndex(self.table.codes.index(0, 1))
        self._show_help()

    @property
    def side(self) -> Side:
        """The side as it is on the screen, with the description being typed."""
        return self.table.codes.side

    def _show_help(self) -> None:
        code = self.table.codes.code(self.table.currentIndex().row())
        self.help_field.setVisible(code is not None)
        if code is not None:
            self.help_field.label.setText(self.tr("What counts as {code}").format(code=code.id))
            self.help.set_text(text_of(code.help, self._language))

    def _connect(self) -> None:
        self.table.codes.edited.connect(self._on_edited)
        self.table.codes.refused.connect(self._on_refused)
        self.table.code_chosen.connect(self._on_code)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self.remove_asked)
        self.label.textEdited.connect(self._on_label)
        self.label.left.connect(self.left)
        self.help.edited.connect(self._on_help)
        self.help.left.connect(self.left)

    @Slot()
    def _on_edited(self) -> None:
        self.note.setVisible(False)
        self.edited.emit()

    @Slot(str)
    def _on_refused(self, text: str) -> None:
        words = self.tr("“{text}” cannot be a code: use up to 12 letters, digits or / + & - _, no spaces.")
        self.note.setText(words.format(text=text))
        self.note.setVisible(True)

    @Slot(int)
    def _on_code(self, _row: int) -> None:
        self._show_help()

    @Slot()
    def _on_add(self) -> None:
        self.table.add_after(self.table.currentIndex().row())

    @Slot(str)
    def _on_label(self, text: str) -> None:
        self.table.codes.set_label(text.strip())

    @Slot()
    def _on_help(self) -> None:
        row = self.table.currentIndex().row()
        code = self.table.codes.code(row)
        if code is not None:
            words = with_text(code.help, self._language, self.help.text().strip())
            self.table.codes.put(row, replace(code, help=words))


class CodesEditor(QWidget):
    """All sides.

    Signals:
        edited, left: as of a field.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels: list[SidePanel] = []
        self._is_settling = False
        self._language = ""
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.add_button = Button(self.tr("Side"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        self.add_button.setToolTip(self.tr("Codes about somebody else, such as teacher and students"))
        self.add_button.clicked.connect(self._on_add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        outer.addLayout(foot)

    def value(self) -> Sides:
        """The sides as they are on the screen."""
        return tuple(panel.side for panel in self.panels)

    def set_value(self, sides: Iterable[Side], language: str = "") -> None:
        """Show sides in a language."""
        found, self._language = tuple(sides), language
        self._is_settling = True
        while len(self.panels) < len(found):
            panel = SidePanel(self)
            panel.edited.connect(self.edited)
            panel.left.connect(self._on_left)
            panel.remove_asked.connect(self._on_remove)
            self.panels.append(panel)
            self._column.addWidget(panel)
            inputs = (panel.label, panel.remove_button, panel.table, panel.add_button, panel.help)
            insert_before(self.add_button, inputs)
            panel.show()
        while len(self.panels) > len(found):
            panel = self.panels.pop()
            self._column.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        for panel, side in zip(self.panels, found, strict=True):
            panel.show_side(side, language, alone=len(found) == 1 and not side.label)
        self._is_settling = False

    @Slot()
    def _on_left(self) -> None:
        if not self._is_settling:
            self.left.emit()

    @Slot()
    def _on_add(self) -> None:
        sides = list(self.value())
        if len(sides) == 1 and not sides[0].id:
            sides[0] = replace(sides[0], id="A")
        made = unique_id("B", {side.id for side in sides})
        sides.append(Side(made, (), (Code("A", ()),)))
        self.set_value(sides, self._language)
        for panel in self.panels:
            panel.label.setVisible(True)
        self.edited.emit()
        self.panels[-1].label.setFocus()
        self.left.emit()

    @Slot()
    def _on_remove(self) -> None:
        panel = self.sender()
        self.set_value([one.side for one in self.panels if one is not panel], self._language)
        self._write()

    def _write(self) -> None:
        self.edited.emit()
        self.left.emit()
