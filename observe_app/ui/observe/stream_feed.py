"""Keeps the stream true: rows and links are read again when a commit says that they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from observe_app.domain.form import text_in
from observe_app.domain.lesson_parts import LESSON_KINDS
from observe_app.services import notes
from observe_app.ui.observe.words import item_names

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe.live_visit import LiveVisit
    from observe_app.ui.observe.stream_model import StreamModel


class StreamFeed(QObject):
    """Listens to the change bus for one visit.

    Signals:
        rows_changed: rows came, went or changed.
        visit_changed: the record of the visit itself changed.
        lesson_changed: phases, pauses or gaps changed, and with gaps the lesson's clock.
    """

    rows_changed = Signal()
    lesson_changed = Signal()
    visit_changed = Signal()

    def __init__(self, core: Core, bus: ChangeBus, model: StreamModel, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._model = model
        self._live: LiveVisit | None = None
        bus.changed.connect(self._on_changed)

    def load(self, live: LiveVisit) -> None:
        """Show the events of this visit."""
        self._live = live
        self._model.set_names(item_names(live.form))
        self._model.load([event for event in live.events if not event.deleted], {})

    def load_links(self) -> None:
        """Read again what each event is evidence for."""
        live = self._live
        if live is None:
            return
        self._model.set_names(item_names(live.form))
        language = QLocale().name()
        items = live.form.items if live.form else ()
        claims = {"strength": self.tr("Strength"), "growth": self.tr("To grow"), "question": self.tr("Question")}
        self._model.set_links(live.links({item.id: text_in(item.label, language) for item in items}, claims))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        live = self._live
        if live is None or live.visit_id not in changes.visits:
            return
        ids = changes.of("event")
        if ids:
            self._refresh(live, ids)
        if changes.touches("evidence", "claim"):
            self.load_links()
        if live.visit_id in changes.of("visit"):
            self.visit_changed.emit()

    def _refresh(self, live: LiveVisit, ids: frozenset[str]) -> None:
        found = {event.id: event for event in notes.some(self._core, ids)}
        for event_id in ids:
            event = found.get(event_id)
            if event is not None and event.visit_id == live.visit_id:
                self._model.put(event)
            else:
                self._model.take(event_id)
        # An act of this window has told the visit already; its rows come all the same.
        if live.take_events(found.values()) or any(event.kind in LESSON_KINDS for event in found.values()):
            self.lesson_changed.emit()
        self.rows_changed.emit()
