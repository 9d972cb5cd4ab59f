"""Brings what is typed to the disk: Enter, the unfinished line, and trying again until it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.event import Draft
from observe_app.domain.lesson_clock import Stamp, parse_clock
from observe_app.services.recovery import keep_copy
from observe_app.ui.observe.commands import SIGN
from observe_app.ui.observe.line_entry import Entry, LineMode
from observe_app.ui.observe.live_visit import EDIT_SLOT, NOTE_SLOT

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from observe_app.domain.event import Event
    from observe_app.ui.observe.live_visit import LiveVisit
    from observe_app.ui.observe.note_line import NoteLine

DRAFT_MS = 300
RETRY_MS = 2000
RETRY_LATER_MS = 5000
_SOON = 5  # times it is tried at the first pace
_COPY_TRIES = 3  # for one text, where no copy can be made either


class NoteKeeper(QObject):
    """Stores what the note line hands over.

    Signals:
        stored: the `Event` just written, on disk.
        changed: an existing event was changed and is on disk.
        writing: there are words on screen that are not kept yet.
        kept: everything on screen is on disk, the unfinished line too.
        failed: the `ObserveError` that keeps words from the disk; it is tried again.
        refused: the `Invalid` that says why this can never be stored as it is.
        begun: the lesson began with this line.
        star_asked: the line was a star alone: the last note gets it.
        split: one note has become two.
        copied: the `Path` of the recovery file that has a copy of what could not be stored.
    """

    star_asked = Signal()
    stored = Signal(object)
    changed = Signal()
    writing = Signal()
    kept = Signal()
    failed = Signal(object)
    refused = Signal(object)
    begun = Signal()
    split = Signal()
    copied = Signal(object)

    def __init__(self, line: NoteLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._live: LiveVisit | None = None
        self._pending: Entry | None = None
        self._copies: dict[str, int] = {}
        self._copy_path: Path | None = None
        self._tries = 0
        self._kept_text = ""
        self._undropped = False
        self._failing = False
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_MS)
        self._draft_timer.timeout.connect(self._on_draft_due)
        self._retry_timer = QTimer(self)
        self._retry_timer.setInterval(RETRY_MS)
        self._retry_timer.timeout.connect(self.try_again)
        line.touched.connect(self._on_touched)
        line.changed.connect(self._on_changed)
        line.entered.connect(self._on_entered)
        line.left_edit.connect(self._on_left_edit)
        line.laying_aside.connect(self.keep_draft)

    # -- public

    @property
    def failing(self) -> bool:
        """Whether words on screen could not be brought to the disk."""
        return self._failing

    @property
    def copy_path(self) -> Path | None:
        """Where the copies of what could not be stored are; None while there are none, or none could be made."""
        return self._copy_path

    def load(self, live: LiveVisit) -> None:
        """Serve a visit: its unfinished line comes back with its stamp, and with links to items that the line knows."""
        self._live = live
        self._pending, self._kept_text = None, ""
        self._copies.clear()
        self._copy_path = None
        self._settle()
        self._line.clear_line()
        drafts = {draft.slot: draft for draft in live.drafts()}
        note = drafts.pop(NOTE_SLOT, None)
        if note is not None:
            self._line.load_draft(note.text, Stamp(note.offset_ms, note.wall))
        for slot, draft in drafts.items():
            self._restore_edit(live, slot, draft)
            break
        self._kept_text = self._line.typed
        self._draft_timer.stop()

    def close(self) -> None:
        """Keep the unfinished line now, or set it aside where that fails; for leaving the page."""
        self._draft_timer.stop()
        live, line = self._live, self._line
        if live is None or line.typed == self._kept_text:
            return
        self.keep_draft()
        if line.typed and line.typed != self._kept_text and line.mode is not LineMode.RETIME:
            self._copy(live, line.typed, (line.stamp or live.clock.stamp()).wall)

    @Slot()
    def try_again(self) -> None:
        """Store once more what failed before; the line must still be as it was handed over."""
        # What lasts longer is tried less often: each try may keep the keyboard waiting for the disk.
        self._tries += 1
        if self._tries >= _SOON:
            self._retry_timer.setInterval(RETRY_LATER_MS)
        if self._undropped and self._line.mode is LineMode.NOTE:
            self._drop_edits()
        if self._pending is not None and self._line_still(self._pending):
            self._store(self._pending)
        else:
            self._pending = None
            self.keep_draft()

    @Slot()
    def keep_draft(self) -> None:
        """Bring the unfinished line to the disk."""
        live, typed = self._live, self._line.typed
        if live is None or self._line.mode is LineMode.RETIME or typed == self._kept_text:
            return
        slot = NOTE_SLOT if self._line.mode is LineMode.NOTE else f"{EDIT_SLOT}{self._line.event_id}"
        stamp = self._line.stamp or live.clock.stamp()
        try:
            if typed:
                live.keep_draft(Draft(live.visit_id, slot, typed, stamp.offset_ms, stamp.wall))
            else:
                live.drop_draft(slot)
        except ObserveError as error:
            self._copy(live, typed, stamp.wall)
            self._fail(error)
            return
        self._kept_text = typed
        if self._pending is None:
            self._settle()
            self.kept.emit()

    # -- slots

    @Slot()
    def _on_touched(self) -> None:
        live = self._live
        if live is None or (not live.begun and self._line.edit.words.startswith(SIGN)):
            return  # a command before the lesson does not begin it; what turns out to be words will
        if not live.begun:
            try:
                live.begin()
                self.begun.emit()
            except ObserveError as error:
                self._fail(error)
        self._line.set_stamp(live.clock.stamp())

    @Slot()
    def _on_changed(self) -> None:
        line = self._line
        if line.mode is LineMode.NOTE and line.stamp is None and not line.is_empty:
            self._on_touched()
        # The timer is not started anew by each key: typing on must not push the keeping away.
        if self._line.typed != self._kept_text and not self._draft_timer.isActive():
            self._draft_timer.start()
            self.writing.emit()

    @Slot()
    def _on_draft_due(self) -> None:
        # While the database takes nothing the copy alone is kept up with: trying would hold up the keys.
        live, line = self._live, self._line
        if live is not None and self._failing and line.mode is not LineMode.RETIME:
            self._copy(live, line.typed, (line.stamp or live.clock.stamp()).wall)
        elif live is not None and line.typed == self._kept_text and self._pending is None:
            self.kept.emit()  # what was begun is gone, as a command is once it was given: nothing is left to keep
        else:
            self.keep_draft()

    @Slot(object)
    def _on_entered(self, entry: Entry) -> None:
        if entry.mode is LineMode.NOTE and entry.line.strip() == "*":
            self._line.clear_line()
            self.keep_draft()
            self.star_asked.emit()
        else:
            self._store(entry)

    @Slot()
    def _on_left_edit(self) -> None:
        self._kept_text = self._line.typed
        self._draft_timer.stop()
        self._drop_edits()

    # -- helpers

    def _drop_edits(self) -> None:
        """Forget what was begun in an edit that was left; it is tried again as words are."""
        live = self._live
        if live is None:
            return
        try:
            for draft in live.drafts():
                if draft.slot.startswith(EDIT_SLOT):
                    live.drop_draft(draft.slot)
        except ObserveError as error:
            self._undropped = True
            self._fail(error)
            return
        self._undropped = False
        if self._pending is None and self._line.typed == self._kept_text:
            self._settle()
            self.kept.emit()

    def _store(self, entry: Entry) -> None:
        live = self._live
        if live is None:
            return
        try:
            event = self._write(live, entry)
        except (Invalid, NotFound) as error:
            self._pending = None
            self.refused.emit(error)
            return
        except ObserveError as error:
            self._pending = entry
            if entry.mode is not LineMode.RETIME:
                self._copy(live, self._line.typed, (entry.stamp or live.clock.stamp()).wall)
            self._fail(error)
            return
        self._pending = None
        self._draft_timer.stop()
        self._line.clear_line()
        self._kept_text = self._line.typed
        self._settle()
        if event is not None:
            self.stored.emit(event)
            return
        self.changed.emit()
        if entry.parts:
            self.split.emit()

    def _write(self, live: LiveVisit, entry: Entry) -> Event | None:
        if entry.mode is LineMode.EDIT:
            if entry.parts:
                live.split(entry.event_id, entry.parts, entry.links)
            else:
                live.edit(entry.event_id, entry.line, entry.links)
            if entry.late_ms is not None:
                live.retime(entry.event_id, entry.late_ms)
            return None
        if entry.mode is LineMode.RETIME:
            offset = parse_clock(entry.line)
            if offset is None:
                raise Invalid("time", entry.line[:40], "not_a_time")
            live.retime(entry.event_id, offset)
            return None
        if not live.begun:
            live.begin()
            self.begun.emit()
        return live.add(entry.line, entry.stamp or live.clock.stamp(), entry.late_ms, entry.links)

    def _copy(self, live: LiveVisit, line: str, wall: datetime) -> None:
        """Add a line to the recovery file, each text once; the copies stay when everything works again."""
        tries = self._copies.get(line, 0)
        if not line.strip() or tries >= _COPY_TRIES:
            return
        text = line.replace("\n", " / ")
        path = keep_copy(live.core, f"{wall.isoformat()} {live.visit_id} {text}")
        self._copies[line] = tries + 1 if path is None else _COPY_TRIES
        if path is not None:
            self._copy_path = path
            self.copied.emit(path)

    def _restore_edit(self, live: LiveVisit, slot: str, draft: Draft) -> None:
        event_id = slot.removeprefix(EDIT_SLOT)
        event = next((event for event in live.events if event.id == event_id), None)
        if event is None:
            live.drop_draft(slot)
        else:
            live.hold(event_id)
            self._line.begin_edit(event_id, draft.text, event.offset_ms)

    def _line_still(self, entry: Entry) -> bool:
        line = self._line
        return (
            line.mode is entry.mode
            and line.event_id == entry.event_id
            and (entry.mode is LineMode.RETIME or (line.line, line.links) == (entry.line, entry.links))
        )

    def _fail(self, error: ObserveError) -> None:
        self._failing = True
        if not self._retry_timer.isActive():
            self._retry_timer.start()
        self.failed.emit(error)

    def _settle(self) -> None:
        self._failing, self._tries = False, 0
        self._retry_timer.stop()
        self._retry_timer.setInterval(RETRY_MS)
