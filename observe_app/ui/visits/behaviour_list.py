"""The behaviours of a BORIS project, and what each becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.form import ItemKind, text_in
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, ElidedLabel, Rule, ScrollPane, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.services.exchange.boris_in import BehaviourRow

MOST = 100
"""Behaviours that get a line; the others go where they seem to belong, and a line says how many they are."""


class BehaviourList(ScrollPane):
    """A line for each behaviour: its code, how often it occurs, the item it goes to.

    Signals:
        mapped: the person chose another item for one of them.
    """

    mapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, plane="bg", margin=0)
        self.body.setContentsMargins(0, 0, 14, 0)
        self.boxes: dict[str, ComboBox] = {}
        self._key: tuple[Form | None, tuple[str, ...]] = (None, ())

    def show_rows(self, rows: tuple[BehaviourRow, ...], form: Form | None) -> None:
        """Show other behaviours; with a form that was there already each can be sent to another of its items."""
        key = (form, tuple(row.code for row in rows))
        if form is not None and key == self._key:
            return  # what is shown was chosen here
        self._key = key
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        used = sorted(rows, key=lambda row: not row.events)
        for row in used[:MOST]:
            self.body.addWidget(self._line(row, form))
            self.body.addWidget(Rule(self))
        if len(rows) > MOST:
            words = self.tr("and {n} more").format(n=len(rows) - MOST)
            self.body.addWidget(TextLabel(words, self, step="small", tone="muted"))
        if not rows:
            words = self.tr("The project defines none; its events become notes.")
            self.body.addWidget(TextLabel(words, self, step="small", tone="muted", wrap=True))
        self.body.addStretch(1)

    def mapping(self) -> dict[str, str]:
        """Return behaviour to item as chosen; "" makes notes of it. Empty with a form of the project's own."""
        return {code: str(box.currentData() or "") for code, box in self.boxes.items()}

    def _line(self, row: BehaviourRow, form: Form | None) -> QWidget:
        line = QWidget(self)
        columns = QHBoxLayout(line)
        columns.setContentsMargins(0, 3, 0, 3)
        columns.setSpacing(8)
        line.setMinimumHeight(scaled(33))
        code = ElidedLabel(row.code, line, step="text", weight=600)
        count = TextLabel(str(row.events), line, step="small", tone="muted", tabular=True)
        count.setMinimumWidth(scaled(28))
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setAccessibleName(self.tr("{n} events").format(n=row.events))
        columns.addWidget(code, 3 if form is None else 2)
        columns.addWidget(count)
        if form is None:
            columns.addWidget(ElidedLabel(self._becomes(row), line, step="small", tone="muted"), 2)
        else:
            columns.addWidget(self._box(row, form, line), 3)
        return line

    def _becomes(self, row: BehaviourRow) -> str:
        if not row.items:
            return self.tr("becomes notes")
        if not row.state:
            return self.tr("is counted")
        if len(row.items) == 1:
            return self.tr("is timed")
        return self.tr("is timed, {n} timers").format(n=len(row.items))

    def _box(self, row: BehaviourRow, form: Form, parent: QWidget) -> ComboBox:
        box = ComboBox(parent)
        box.setAccessibleName(self.tr("What {behaviour} becomes").format(behaviour=row.code))
        box.addItem(self.tr("Notes"), "")
        wanted = ItemKind.TIMER if row.state else ItemKind.TALLY
        for item in form.items:
            if item.kind is wanted:
                box.addItem(text_in(item.label, form.language) or item.id, item.id)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setCurrentIndex(max(0, box.findData(row.items[0][0] if row.items else "")))
        box.activated.connect(self._on_activated)
        self.boxes[row.code] = box
        return box

    @Slot()
    def _on_activated(self) -> None:
        self.mapped.emit()
