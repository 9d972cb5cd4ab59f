"""What can be done with a row of the stream, by whatever key, menu or click; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.domain.errors import NothingToUndo, ObserveError
from observe_app.domain.event import EventKind
from observe_app.domain.note_line import clock_text, compose_note_line
from observe_app.ui.observe.words import redone_words, undone_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.event import Event
    from observe_app.ui.observe.live_visit import LiveVisit
    from observe_app.ui.observe.note_line import NoteLine
    from observe_app.ui.observe.stream_model import StreamModel
    from observe_app.ui.observe.stream_pane import StreamPane


class StreamActs(QObject):
    """Acts on events of one visit and says at the bottom of the stream what happened.

    Signals:
        done: something was changed and is on disk.
        refused: the `ObserveError` that kept something from being done.
        left: the row is gone; the keyboard goes back to the note line.
    """

    done = Signal()
    refused = Signal(object)
    left = Signal()

    def __init__(self, model: StreamModel, pane: StreamPane, line: NoteLine, parent: QObject) -> None:
        super().__init__(parent)
        self.model = model
        self.pane = pane
        self.line = line
        self._live: LiveVisit | None = None
        view = pane.view
        view.edit_asked.connect(self.edit)
        view.retime_asked.connect(self.retime)
        view.star_asked.connect(self.star)
        view.private_asked.connect(self.set_private)
        view.remove_asked.connect(self.remove)
        view.link_asked.connect(self.link)
        view.split_asked.connect(self.split)
        view.join_asked.connect(self.join)

    def load(self, live: LiveVisit) -> None:
        """Act on this visit from now on."""
        self._live = live

    @Slot(str)
    def edit(self, event_id: str) -> None:
        """Load a note into the note line."""
        event = self._hold(event_id)
        if event is not None:
            line = compose_note_line(event.speaker, event.to, event.text, event.tags)
            self.line.begin_edit(event.id, line, event.offset_ms)

    @Slot(str)
    def retime(self, event_id: str) -> None:
        """Ask the note line for another time."""
        event = self._hold(event_id)
        if event is not None:
            self.line.begin_retime(event.id, event.offset_ms)

    @Slot(str)
    def star(self, event_id: str) -> None:
        """Star a note, or take its star."""
        live = self._live
        if live is not None and self._try(lambda: live.toggle_star(event_id)):
            event = self.model.event(event_id)
            at = clock_text(event.offset_ms) if event else ""
            starred = event is not None and event.starred
            on, off = self.tr("{time} starred."), self.tr("{time} without its star.")
            back = self.tr("Ctrl Z takes it back")
            self.pane.notice.say(f"{(on if starred else off).format(time=at)} {back}")

    @Slot(str)
    def split(self, event_id: str) -> None:
        """Load a note into the note line and say how it is split there."""
        self.edit(event_id)
        if self.line.event_id == event_id:
            self.pane.notice.say(self.tr("Put the cursor where the second note begins, then press Ctrl Enter"))

    @Slot()
    def say_split(self) -> None:
        """Say that one note has become two."""
        self.pane.notice.say(redone_words("note.split"))

    @Slot(str, int)
    def join(self, event_id: str, step: int) -> None:
        """Join a note with the next one, or with step -1 the one before; events between them stay where they are."""
        live, other = self._live, self._neighbour(event_id, step)
        if live is None:
            return
        if other is None:
            last, first = self.tr("There is no note after this one"), self.tr("There is no note before this one")
            self.pane.notice.say(last if step > 0 else first)
        elif self._try(lambda: live.join(event_id, other.id)):
            kept = event_id if self.model.event(event_id) is not None else other.id
            self.pane.view.show_row(self.model.row_of(kept))
            self.pane.notice.say(redone_words("note.join"))

    @Slot()
    def star_last(self) -> None:
        """Star the note written last."""
        last = self._live.last_note(self.model.events) if self._live else None
        if last is not None:
            self.star(last.id)

    @Slot()
    def retime_last(self) -> None:
        """Ask for another time of the note written last."""
        last = self._live.last_note(self.model.events) if self._live else None
        if last is not None:
            self.retime(last.id)

    @Slot()
    def private_last(self) -> None:
        """Keep the note written last private, or no longer."""
        last = self._live.last_note(self.model.events) if self._live else None
        if last is not None:
            self.set_private(last.id)

    @Slot(str)
    def set_private(self, event_id: str) -> None:
        """Keep a note private, or no longer."""
        live = self._live
        if live is not None and self._try(lambda: live.toggle_private(event_id)):
            event = self.model.event(event_id)
            private = event is not None and event.private
            words = self.tr("Private: it never leaves you. Ctrl Z takes it back")
            self.pane.notice.say(words if private else self.tr("No longer private. Ctrl Z takes it back"))

    @Slot(str)
    def remove(self, event_id: str) -> None:
        """Put an event into the bin."""
        live = self._live
        if live is not None and self._try(lambda: live.remove(event_id)):
            self.pane.notice.say(redone_words("note.delete"))
            self.left.emit()

    @Slot(str, str)
    def link(self, event_id: str, item_id: str) -> None:
        """Use an event as evidence for a form item; a second time takes the link away."""
        live = self._live
        if live is None:
            return
        if live.linked(event_id, item_id):
            if self._try(lambda: live.unlink(event_id, item_id)):
                self.pane.notice.say(redone_words("evidence.unlink"))
        elif self._try(lambda: live.link(event_id, item_id)):
            self.pane.notice.say(self.tr("Used as evidence. Ctrl Z takes it back"))

    @Slot()
    def edit_last(self) -> None:
        """Load the note written last into the note line."""
        last = self._live.last_note(self.model.events) if self._live else None
        if last is not None:
            self.edit(last.id)

    @Slot()
    def undo(self) -> None:
        """Take back the last thing done in this visit."""
        self._step(back=True)

    @Slot()
    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._step(back=False)

    def _neighbour(self, event_id: str, step: int) -> Event | None:
        """Return the next note of the stream in this direction, None without one."""
        row = self.model.row_of(event_id)
        while row >= 0:
            row += step
            event = self.model.event_at(row)
            if event is None or event.kind is EventKind.NOTE:
                return event
        return None

    def _hold(self, event_id: str) -> Event | None:
        """Return the event as the editor is going to show it; None when it is gone or cannot be read."""
        if self._live is None or self.model.event(event_id) is None:
            return None
        try:
            return self._live.hold(event_id)
        except ObserveError as error:
            self.refused.emit(error)
            return None

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ObserveError as error:
            self.refused.emit(error)
            return False
        self.done.emit()
        return True

    def _step(self, *, back: bool) -> None:
        live = self._live
        if live is None:
            return
        try:
            action = live.undo() if back else live.redo()
        except NothingToUndo:
            words = self.tr("Nothing to take back in this visit") if back else self.tr("Nothing to bring back")
            self.pane.notice.say(words)
            return
        except ObserveError as error:
            self.refused.emit(error)
            return
        self.pane.notice.say(undone_words(action.kind) if back else redone_words(action.kind))
        self.done.emit()
