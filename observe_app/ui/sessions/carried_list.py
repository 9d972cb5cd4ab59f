"""What earlier sessions left open: parked lines go on the agenda, follow-ups are done or wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import history, people
from observe_app.services.sessions import follow_ups, items, series
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, ElidedLabel, SectionHead, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core


class CarriedList(QWidget):
    """Rows with one thing to do each.

    Signals:
        done: something was settled. failed: an `ObserveError`.
    """

    done = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._session_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(SectionHead(self.tr("Still open from before"), "", self))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(scaled(4))
        column.addLayout(self._rows)

    def show_session(self, session_id: str) -> None:
        """Show what is open; the list is hidden where nothing is."""
        self._session_id = session_id
        clear_layout(self._rows)
        while self._rows.count():
            self._rows.takeAt(0)
        found = series.carried(self._core, session_id)
        names = {row.person.id: row.person.name for row in people.listing(self._core, archived=True)}
        for item in found.parking:
            self._rows.addWidget(self._row(item.title, self.tr("parked"), "agenda", item.id))
        today = today_of(self._core.clock)
        for one in found.follow_ups:
            due = self.tr("by {day}").format(day=list_date(one.due, today)) if one.due is not None else ""
            words = " · ".join(part for part in (names.get(one.owner_id, ""), due) if part)
            self._rows.addWidget(self._row(" ".join(one.text.split()), words, "done", one.id))
        self.setVisible(bool(found.parking or found.follow_ups))

    def _row(self, words: str, more: str, act: str, record_id: str) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(10))
        row.addWidget(ElidedLabel(words, made), 1)
        row.addWidget(TextLabel(more, made, step="small", tone="muted"))
        if act == "agenda":
            button = Button(self.tr("On the agenda"), made, size=ButtonSize.SMALL, icon="plus")
            button.clicked.connect(self._on_agenda)
        else:
            button = Button(self.tr("Done"), made, size=ButtonSize.SMALL, icon="check")
            button.clicked.connect(self._on_done)
        button.setObjectName(f"carried_{act}")
        button.setAccessibleDescription(words)
        button.setProperty("record", record_id)
        row.addWidget(button)
        return made

    @Slot()
    def _on_agenda(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._do(lambda record: items.to_agenda(self._core, item_id=record, session_id=self._session_id))

    @Slot()
    def _on_done(self) -> None:
        def close(record: str) -> object:
            seen = history.seen(self._core, ("follow_up", record))
            return follow_ups.edit(self._core, follow_up_id=record, seen=seen, status="done")

        self._do(close)

    def _do(self, act: Callable[[str], object]) -> None:
        sender = self.sender()
        if sender is None:
            return
        try:
            act(str(sender.property("record")))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.done.emit()
