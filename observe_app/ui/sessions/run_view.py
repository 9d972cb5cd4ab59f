"""A session while it runs: clock, agenda, notes, decisions, parking lot, follow-ups; the note line has the keyboard.

Of one that was held it shows the same without the clock, so that what was forgotten is added in the same places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.sessions.running import reading
from observe_app.domain.sessions.states import ItemKind, SessionState
from observe_app.services import people
from observe_app.services.sessions import attendance, follow_ups, items, running, series, sessions
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.sessions import session_line as line
from observe_app.ui.sessions.attendance_list import AttendanceList
from observe_app.ui.sessions.clock_band import ClockBand
from observe_app.ui.sessions.lists import ItemList, PromiseList
from observe_app.ui.sessions.progress_list import ProgressList
from observe_app.ui.sessions.session_line import SessionLine
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Plane, ScrollPane, SectionHead, TextArea, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.changes import Seen
    from observe_app.domain.people import Person
    from observe_app.domain.sessions.running import Mark
    from observe_app.domain.sessions.session import Session, SessionItem
    from observe_app.services.core import Core

_TICK_MS = 500
_SIDE, _SIDE_PERCENT = 380, 42


class RunView(Plane):
    """The session itself.

    Signals:
        writing: something on the screen is not on the disk. saved: everything is. save_failed: an `ObserveError`.
        changed: something was done that others show too.
    """

    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)
    changed = Signal()

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("run_view")
        self._core = core
        self._session: Session | None = None
        self._items: tuple[SessionItem, ...] = ()
        self._marks: dict[str, Mark] = {}
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.show_time)
        self._saver = FieldSaver(self._write_notes, self)
        self._build()
        self._connect()

    # --- public -----------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The session shown."""
        return self._session

    def show_session(self, session_id: str) -> None:
        """Show a session, or the same one again as stored now; words that are not kept yet stay."""
        same = self._session is not None and self._session.id == session_id
        session, self._items, self._marks = running.loaded(self._core, session_id)
        self._session = session
        opened = sessions.open_session(self._core, session_id)
        (self._saver.load if same else self._saver.reset)({"notes": opened.value.notes}, opened.seen)
        if not same:
            self.line.show_draft(running.line_draft(self._core, session_id))
        live = session.state == SessionState.RUNNING
        self.progress.show_items(tuple(one for one in self._items if one.kind == ItemKind.AGENDA), live=live)
        self.no_agenda.setVisible(not self.progress.items)
        self.progress.setVisible(bool(self.progress.items))
        self._show_lists(session)
        self.line.setVisible(session.state != SessionState.CANCELLED)
        self.show_time()
        if live:
            self._tick.start()
        else:
            self._tick.stop()

    def begin(self) -> None:
        """Bring the keyboard to the note line."""
        start = self.band.start_button
        planned = self._session is not None and self._session.state == SessionState.PLANNED
        (start if planned else self.line.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Keep what is only on the screen; False where something cannot be kept."""
        if self._session is not None and self.line.edit.isModified():
            self.line.flush()
        kept = [part.leave() for part in (self._saver, self.decisions, self.parking, self.promises)]
        return all(kept)

    @Slot()
    def rest(self) -> None:
        """The view does not show any more."""
        self._tick.stop()

    @Slot()
    def show_time(self) -> None:
        """Show what the clock says now."""
        if self._session is not None:
            self.band.show_clock(self._session, reading(self._core.clock, self._session, self._items, self._marks))

    # --- showing ----------------------------------------------------------------------------------

    def _show_lists(self, session: Session) -> None:
        carried = series.carried(self._core, session.id)
        parked = [one for one in self._items if one.kind == ItemKind.PARKING and not one.done]
        self.decisions.show_items([one for one in self._items if one.kind == ItemKind.DECISION])
        self.parking.show_items([*parked, *carried.parking])
        rows = follow_ups.of_session(self._core, session.id)
        names = {one.id: one.name for one in self._people()}
        earlier = [follow_ups.FollowUpRow(one, names.get(one.owner_id, "")) for one in carried.follow_ups]
        self.promises.show_rows([*rows, *earlier], self._people())
        self.attendance.show_session(session.id)

    def _people(self) -> tuple[Person, ...]:
        """Who can promise something: those on the sheet, else everybody."""
        assert self._session is not None  # noqa: S101  (asked while one shows)
        found = tuple(one.person for one in attendance.sheet(self._core, self._session.id))
        return found or tuple(row.person for row in people.listing(self._core))

    # --- acts -------------------------------------------------------------------------------------

    def _write_notes(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        assert self._session is not None  # noqa: S101  (fields show only with a session)
        opened = sessions.edit(self._core, session_id=self._session.id, seen=seen, **{name: value})
        return {"notes": opened.value.notes}, opened.seen

    def _again(self) -> None:
        if self._session is not None:
            self.show_session(self._session.id)
            self.changed.emit()

    @Slot(str, str)
    def _on_given(self, kind: str, words: str) -> None:
        """Keep what the line says as what the key made of it; what cannot be kept stays in the line."""
        session = self._session
        if session is None or not self._saver.leave():
            return
        try:
            self._keep(session, kind, words)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self.line.clear()
        self.line.flush()
        self._again()
        self.saved.emit()

    def _keep(self, session: Session, kind: str, words: str) -> None:
        if kind == line.NOTE:
            running.add_note(self._core, session_id=session.id, text=words, stamped=session.state == "running")
        elif kind == line.FOLLOW_UP:
            owner, text = follow_ups.split_owner(words, self._people())
            due = series.next_day(self._core, session.id)
            follow_ups.add(self._core, session_id=session.id, text=text, owner_id=owner, due=due)
        else:
            items.add(self._core, session_id=session.id, kind=kind, title=words)

    @Slot(str)
    def _on_drafted(self, words: str) -> None:
        if self._session is not None:
            try:
                running.keep_line(self._core, session_id=self._session.id, text=words)
            except ObserveError as error:
                self.save_failed.emit(error)

    @Slot()
    def _on_start(self) -> None:
        if self._session is None:
            return
        act = running.go_on if self._session.state == SessionState.HELD else running.start
        self._do(lambda session_id: act(self._core, session_id=session_id))
        self.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_next(self) -> None:
        if self._session is not None and self._session.state == SessionState.RUNNING:
            self._do(lambda session_id: running.next_item(self._core, session_id=session_id))

    @Slot()
    def _on_back(self) -> None:
        if self._session is not None and self._session.state == SessionState.RUNNING:
            self._do(lambda session_id: running.previous_item(self._core, session_id=session_id))

    @Slot()
    def _on_stop(self) -> None:
        if self.leave():
            self._do(lambda session_id: running.stop(self._core, session_id=session_id))

    @Slot(str)
    def _on_item(self, item_id: str) -> None:
        self._do(lambda _session_id: running.begin_item(self._core, item_id=item_id))

    def _do(self, act: Any) -> None:
        if self._session is None:
            return
        try:
            act(self._session.id)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self._again()

    @Slot()
    def _on_row_saved(self) -> None:
        self._again()
        self.saved.emit()

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed anywhere goes into the line."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.text().isprintable() and event.text() and self.line.isVisible():
            self.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.edit.insert(event.text())
            self.line.edit.textEdited.emit(self.line.edit.text())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(min(scaled(_SIDE), event.size().width() * _SIDE_PERCENT // 100))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.band = ClockBand(self)
        self.line = SessionLine(self)
        self.pane = ScrollPane(self)
        body = self.pane.body
        body.setContentsMargins(scaled(24), scaled(16), scaled(24), scaled(16))
        body.setSpacing(scaled(8))
        self.progress = ProgressList(self.pane)
        self.no_agenda = TextLabel(self.tr("No agenda."), self.pane, step="small", tone="muted")
        self.notes_area = TextArea(
            "", self.pane, placeholder=self.tr("What the line keeps stands here; write on in it as you like."),
            lines=6, most=40, step="body",
        )  # fmt: skip
        self.notes_area.setObjectName("session_notes")
        self.notes_area.setAccessibleName(self.tr("Notes of the session"))
        body.addWidget(SectionHead(self.tr("Agenda"), "", self.pane))
        body.addWidget(self.progress)
        body.addWidget(self.no_agenda)
        body.addSpacing(scaled(10))
        body.addWidget(SectionHead(self.tr("Notes"), self.tr("for who leads; not in the minutes"), self.pane))
        body.addWidget(self.notes_area)
        body.addStretch(1)
        self._build_side()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.pane, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        column.addWidget(self.line)

    def _build_side(self) -> None:
        self.side = ScrollPane(self, plane="side")
        body = self.side.body
        body.setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(16))
        body.setSpacing(scaled(18))
        self.decisions = ItemList(
            self._core, self.tr("Decisions"), self.tr("Alt D makes a decision of what the line says."), self.side
        )
        self.promises = PromiseList(
            self._core, self.tr("Follow-ups"), self.tr("Alt F makes a follow-up; it appears in Today."), self.side
        )
        self.parking = ItemList(
            self._core, self.tr("Parking lot"), self.tr("Alt P parks what has no place now."), self.side
        )
        self.attendance = AttendanceList(self._core, self.side)
        for part in (self.decisions, self.promises, self.parking, self.attendance):
            body.addWidget(part)
        body.addStretch(1)

    def _connect(self) -> None:
        self._saver.bind_area("notes", self.notes_area)
        self._saver.writing.connect(self.writing)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.save_failed)
        for part in (self.decisions, self.promises, self.parking):
            part.writing.connect(self.writing)
            part.saved.connect(self._on_row_saved)
            part.save_failed.connect(self.save_failed)
        self.attendance.saved.connect(self._on_row_saved)
        self.attendance.save_failed.connect(self.save_failed)
        self.line.given.connect(self._on_given)
        self.line.drafted.connect(self._on_drafted)
        self.line.next_asked.connect(self._on_next)
        self.line.back_asked.connect(self._on_back)
        self.line.all_asked.connect(self.attendance.all_present)
        self.progress.item_asked.connect(self._on_item)
        self.band.start_asked.connect(self._on_start)
        self.band.next_asked.connect(self._on_next)
        self.band.back_asked.connect(self._on_back)
        self.band.stop_asked.connect(self._on_stop)
