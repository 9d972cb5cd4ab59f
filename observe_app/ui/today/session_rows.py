"""Sessions in Today: the one that runs or comes next, and what was promised in them and is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from observe_app.domain.errors import NotFound
from observe_app.services.sessions import follow_ups, sessions
from observe_app.ui.groups.tab_base import SESSIONS, GroupsTarget
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import day_words, local, time_words, today_of
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize, Message, MessageKind, SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.sessions.follow_ups import FollowUpRow
    from observe_app.services.sessions.sessions import SessionRow

_MOST = 8
_SESSIONS = 2
_AHEAD, _LATE = timedelta(days=7), timedelta(hours=3)


class SessionRows(QObject):
    """Rows that lead to sessions, and close follow-ups.

    Signals:
        asked: the `GroupsTarget` of the row that was opened. message_posted: `Message` with a way back.
    """

    asked = Signal(object)
    message_posted = Signal(object)

    def __init__(self, core: Core, page: QWidget) -> None:
        super().__init__(page)
        self._core, self._page = core, page
        self._next: tuple[SessionRow, ...] = ()
        self._due: tuple[FollowUpRow, ...] = ()

    def load(self) -> bool:
        """Ask what runs, comes and is due; tell whether anything does."""
        now = self._core.clock.now()
        running = sessions.listing(self._core, state="running")
        coming = sessions.upcoming(self._core, since=now - _LATE, until=now + _AHEAD)
        self._next = (*running, *coming)[:_SESSIONS]
        me = self._core.settings.get().me_id or ""
        due = follow_ups.due_of(self._core)
        self._due = tuple(sorted(due, key=lambda row: not me or row.follow_up.owner_id != me))
        return bool(self._next or self._due)

    def fill(self, add: Callable[[QWidget, int], None]) -> list[TwoLineRow]:
        """Add what comes and what is due, each under its head; return the rows."""
        tr = QCoreApplication.translate
        rows: list[TwoLineRow] = []
        if self._next:
            add(SectionHead(tr("TodaySessions", "Sessions"), "", self._page), 26)
            rows += [self._session_row(one) for one in self._next]
            for row in rows:
                add(row, 0)
        if self._due:
            add(SectionHead(tr("TodaySessions", "Follow-ups of sessions"), str(len(self._due)), self._page), 26)
            some = [self._due_row(one) for one in self._due[:_MOST]]
            for row in some:
                add(row, 0)
            rows += some
        return rows

    def _session_row(self, found: SessionRow) -> TwoLineRow:
        tr = QCoreApplication.translate
        session = found.session
        runs = session.state == "running"
        moment = session.started or session.start
        assert moment is not None  # noqa: S101  (only what has a day runs or comes)
        day = local(moment, session.zone).date()
        near = day_words(day, today_of(self._core.clock))
        lead = tr("TodaySessions", "Now") if runs else near[:1].upper() + near[1:]
        when = tr("TodaySessions", "{time}, {n} min").format(time=time_words(moment, session.zone), n=session.minutes)
        words = tr("TodaySessions", "Go on") if runs else tr("TodaySessions", "Open")
        button = Button(words, self._page, size=ButtonSize.SMALL)
        second = " · ".join(part for part in (when, session.place) if part)
        row = TwoLineRow(session.title, found.group, second, self._page, lead=lead, button=button)
        row.setObjectName("today_session")
        for part in (row, button):
            part.setProperty("target", GroupsTarget(SESSIONS, session.id))
        row.opened.connect(self._on_opened)
        button.clicked.connect(self._on_opened)
        return row

    def _due_row(self, found: FollowUpRow) -> TwoLineRow:
        tr = QCoreApplication.translate
        one = found.follow_up
        me = self._core.settings.get().me_id or ""
        who = tr("TodaySessions", "you") if me and one.owner_id == me else found.owner
        late = one.due is not None and one.due < today_of(self._core.clock)
        second = ""
        if found.session and found.on is not None:
            day = short_date(found.on)
            second = tr("TodaySessions", "From {title}, {day}.").format(title=found.session, day=day)
        elif found.session:
            second = tr("TodaySessions", "From {title}.").format(title=found.session)
        if late:
            second = tr("TodaySessions", "Was due. {rest}").format(rest=second).strip()
        button = Button(tr("TodaySessions", "Done"), self._page, size=ButtonSize.SMALL, icon="check")
        button.setObjectName("follow_up_done")
        button.setProperty("record", one.id)
        button.clicked.connect(self._on_done)
        lead = short_date(one.due) if one.due is not None else tr("TodaySessions", "No date")
        text = " ".join(one.text.split())
        row = TwoLineRow(text, who, second, self._page, lead=lead, button=button, warn=late)
        row.setObjectName("today_follow_up")
        row.setProperty("target", GroupsTarget(SESSIONS, one.session_id))
        row.opened.connect(self._on_opened)
        return row

    @Slot()
    def _on_opened(self) -> None:
        sender = self.sender()
        target = sender.property("target")
        if isinstance(target, GroupsTarget):
            self.asked.emit(target)

    @Slot()
    def _on_done(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        try:
            opened = follow_ups.open_follow_up(self._core, str(sender.property("record")))
            follow_ups.edit(self._core, follow_up_id=opened.value.id, seen=opened.seen, status="done")
        except NotFound:
            return  # it went elsewhere meanwhile; the page loads again
        tr = QCoreApplication.translate
        words = tr("TodaySessions", "Done: {what}").format(what=" ".join(opened.value.text.split()))
        self.message_posted.emit(Message(MessageKind.NEWS, words, tr("TodaySessions", "Undo"), "check", key="undo/"))
