"""One pick of a portfolio: what it is, its words, its place in the order, and who is named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.portfolio import PickKind
from observe_app.ui.journal.words import one_of
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.learning.portfolio import Chosen

_SHORT = 220


class PickRow(QWidget):
    """A pick.

    Signals:
        moved: (place, by) up with -1, down with 1. removed, edit_asked: its place. named: (place, whether).
    """

    moved = Signal(int, int)
    removed = Signal(int)
    edit_asked = Signal(int)
    named = Signal(int, bool)

    def __init__(self, place: int, count: int, one: Chosen, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place, self.chosen = place, one
        lead = one_of(one.pick.kind)
        if one.offer is not None and one.offer.on is not None:
            lead = self.tr("{kind} · {day}").format(kind=lead, day=list_date(one.offer.on, today_of(core.clock)))
        if one.offer is not None and one.offer.detail:
            lead = f"{lead} · {one.offer.detail}"
        text = " ".join(one.text.split())
        short = text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(TextLabel(lead, self, step="small", tone="muted", tabular=True))
        if one.heading:
            column.addWidget(TextLabel(one.heading, self, weight=600, wrap=True))
        if short:
            column.addWidget(TextLabel(short, self, tone="quote", wrap=True))
        if one.is_missing:
            words = self.tr("This cannot be read any more, so it is left out.")
            column.addWidget(TextLabel(words, self, step="small", tone="warm", wrap=True))
        if one.names:
            words = self.tr("Names in it: {people}").format(people=", ".join(one.names))
            column.addWidget(TextLabel(words, self, step="small", tone="warm", wrap=True))
        self.name_box: QCheckBox | None = None
        if one.offer is not None and one.offer.who:
            words = self.tr("Name {person} with it")
            if one.pick.kind is PickKind.STRENGTH:
                words = self.tr("Name {person}, whose visit it was")
            self.name_box = QCheckBox(words.format(person=one.offer.who).replace("&", "&&"), self)
            self.name_box.setChecked(one.pick.named)
            self.name_box.toggled.connect(self._on_named)
            column.addWidget(self.name_box)
        self._build_acts(column, count)

    def _build_acts(self, column: QVBoxLayout, count: int) -> None:
        place = self.place
        row = QHBoxLayout(self)
        row.setContentsMargins(0, scaled(8), 0, scaled(8))
        row.setSpacing(scaled(4))
        row.addLayout(column, 1)
        self.up_button = self._button("arrow-up", self.tr("Move up"), row)
        self.down_button = self._button("arrow-down", self.tr("Move down"), row)
        self.edit_button = self._button("pencil", self.tr("Other words or heading"), row)
        self.remove_button = self._button("x", self.tr("Take out"), row)
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(place < count - 1)
        self.edit_button.setEnabled(self.chosen.pick.kind is not PickKind.CERTIFICATE)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.edit_button.clicked.connect(self._on_edit)
        self.remove_button.clicked.connect(self._on_remove)

    def _button(self, icon: str, name: str, row: QHBoxLayout) -> Button:
        made = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=icon, name=name)
        row.addWidget(made)
        return made

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(self.place, -1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(self.place, 1)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_asked.emit(self.place)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self.place)

    @Slot(bool)
    def _on_named(self, on: bool) -> None:
        self.named.emit(self.place, on)
