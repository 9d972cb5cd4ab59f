"""Observe on somebody else's computer: the notes that were released, to be read and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.errors import FormInvalid, NotFound
from observe_app.services import notes, visits
from observe_app.ui.observe.stream_model import StreamModel
from observe_app.ui.observe.stream_view import StreamView
from observe_app.ui.observe.words import item_names
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Plane, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes
    from observe_app.domain.form import Form
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus


class ReleasedNotes(Plane):
    """Notes in the order of the lesson, without the line, the clock and the keys that write them."""

    def __init__(self, core: Core, visit_id: str, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("released_notes")
        self._core, self._visit_id = core, visit_id
        self._active = False
        self.model = StreamModel(self)
        self.view = StreamView(self)
        self.view.set_reading()
        self.view.setModel(self.model)
        self.nothing = TextLabel(self.tr("None of the notes was released."), self, tone="muted", wrap=True)
        self.nothing.setContentsMargins(scaled(24), scaled(8), scaled(24), 0)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(4), 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.view, 1)
        bus.changed.connect(self._on_changed)

    def activate(self) -> None:
        """Read the notes, and begin at the first."""
        self._active = True
        self._load()
        self.view.scrollToTop()

    def leave(self) -> bool:
        """Nothing is written here."""
        self._active = False
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """The notes."""
        return (self.view,)

    def start_widget(self) -> QWidget:
        """The notes, so that keys scroll them."""
        return self.view

    def go_to(self, event_id: str) -> None:
        """Select a note and bring it into sight; nothing happens where it was not released."""
        self.view.show_row(self.model.row_of(event_id))

    def _load(self) -> None:
        try:
            visit = visits.get(self._core, self._visit_id)
        except NotFound:  # it was erased meanwhile
            self.model.load((), {})
            return
        self.model.set_names(item_names(_form_of(visit)))
        self.model.load([one for one in notes.stream(self._core, self._visit_id) if not one.deleted], {})
        empty = self.model.rowCount() == 0
        self.nothing.setVisible(empty)
        self.view.setVisible(not empty)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._active and self._visit_id in changes.visits and changes.touches("event", "visit"):
            self._load()


def _form_of(visit: Visit) -> Form | None:
    try:
        return visits.form_of(visit)
    except FormInvalid:  # of a newer program: the notes can be read all the same
        return None
