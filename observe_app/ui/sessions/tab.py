"""Sessions: the list, and the chosen one in three views: planned, held, written down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.domain.sessions.states import SessionState
from observe_app.services.groups.audience import GroupAudience, audience
from observe_app.services.sessions import sessions
from observe_app.ui.errors import describe
from observe_app.ui.groups.audience_words import changed_words, line_words, short_words
from observe_app.ui.groups.tab_base import GROUPS, SURVEYS, GroupsTab, GroupsTarget
from observe_app.ui.moments import at_wall, local, today_of
from observe_app.ui.sessions.minutes_view import MinutesView
from observe_app.ui.sessions.model import SessionsDelegate, SessionsModel
from observe_app.ui.sessions.plan_view import PlanView
from observe_app.ui.sessions.run_view import RunView
from observe_app.ui.sessions.session_menu import HOLD, SessionMenu
from observe_app.ui.sessions.words import span_words, state_name
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import (
    Badge,
    BadgeTone,
    Button,
    ButtonKind,
    ElidedLabel,
    EmptyState,
    Message,
    MessageKind,
    Plane,
    RowList,
    Rule,
    SavedState,
    StageTabs,
)
from observe_app.ui.widgets.layout import side_width
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

_LIST, _LIST_NARROW, _NARROW = 300, 220, 1100
_BADGE_FROM = 680
_RISK = "session-risk"
_SAVED = "session-file"
PLAN, RUN, MINUTES = range(3)


class SessionsTab(GroupsTab):
    """Everything about sessions."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"session", "session_item", "attendance", "follow_up", "peer_group", "group_member", "person", "survey",
         "survey_answer", "resource", "holiday", "visit_share"}
    )  # fmt: skip

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("sessions_tab")
        self._selected = ""
        self._wanted = ""
        self._group_id = ""
        self._group_of = ""
        self._when: list[str] = []
        self._build()
        self._connect()

    # --- what the page asks -----------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        rows = sessions.listing(self.core)
        self.model.show(rows, today_of(self.core.clock))
        self.stack.setCurrentWidget(self.both if rows else self.empty)
        self.new_button.setVisible(bool(rows))
        ids = {row.session.id for row in rows}
        wanted = self._wanted if self._wanted in ids else self._selected if self._selected in ids else ""
        self._wanted = ""
        if not rows:
            self._selected = ""
            return
        self._select(wanted or self._first())

    def regions(self) -> tuple[QWidget, ...]:
        """List, head of the session, the view that shows."""
        if self.stack.currentWidget() is self.empty:
            return (self.empty,)
        return (self.list, self.head, self.views)

    def start_widget(self) -> QWidget | None:
        """The note line of a session that runs, else the list."""
        if self.stack.currentWidget() is self.empty:
            return self.empty_button
        if self.views.currentIndex() == RUN and self._state() == SessionState.RUNNING:
            return self.run.line.edit
        return self.list

    def leave(self) -> bool:
        """Keep what is being written."""
        self.minutes.stop()
        left = self.plan.leave() if self._selected else True
        kept = self.run.leave() and left
        if kept:
            self.run.rest()
        return kept

    @Slot()
    def stop(self) -> None:
        """Stop what is being made."""
        self.minutes.stop()

    def show_target(self, target: GroupsTarget) -> None:
        """Show a session; a group by the second id is whose next new one is."""
        if target.id and self._leave_session():
            self._wanted = target.id
        self._group_id = target.other_id

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """Plan one."""
        return (self.new_button,)

    # --- choosing ---------------------------------------------------------------------------------

    def _first(self) -> str:
        rows = self.model.rows
        return rows[0].session.id if rows else ""

    def _select(self, session_id: str) -> None:
        """Show a session; the view that fits it when it is another one."""
        same = session_id == self._selected
        self._selected = session_id
        at = self.model.number_of(session_id)
        if self.list.currentIndex().row() != at:
            self.list.blockSignals(True)
            self.list.selectRow(at)
            self.list.blockSignals(False)
        try:
            session = sessions.get(self.core, session_id)
        except NotFound:
            return
        if not same:
            fitting = {SessionState.RUNNING: RUN, SessionState.HELD: MINUTES}
            self._show_view(fitting.get(SessionState(session.state), PLAN), load=False)
        self._show(session)

    def _show(self, session: Session) -> None:
        self.title.setText(session.title)
        row = next((one for one in self.model.rows if one.session.id == session.id), None)
        self._when = [span_words(session, today_of(self.core.clock)), state_name(session.state),
                      row.group if row is not None else ""]  # fmt: skip
        self.menu.show_session(session)
        self._show_readers(session)
        self._fit_head()
        try:
            self._view(session.id)
        except NotFound:
            self._selected = ""

    def _fit_head(self) -> None:
        """Where there is no room for the badge its words stand below the title; the list has the day, too."""
        narrow = self.head.width() < scaled(_BADGE_FROM)
        self.readers.setVisible(not narrow)
        parts = [self.readers.text()] if narrow else self._when
        self.when.setText(" · ".join(part for part in parts if part))

    def _show_readers(self, session: Session) -> None:
        """Say who reads its minutes: whoever is sent the page of its group."""
        self._group_of = session.group_id
        found = audience(self.core, session.group_id) if session.group_id else GroupAudience()
        words, icon = short_words(found)
        self.readers.set_badge(words, icon, BadgeTone.WARM if changed_words(found) else BadgeTone.ACCENT)
        whole = " · ".join(part for part in (line_words(found)[0], changed_words(found)) if part)
        self.readers.setToolTip(plain_tip(self.tr("Who can read this session: {people}").format(people=whole)))
        self.readers.setAccessibleDescription(whole)
        self.readers.setEnabled(bool(session.group_id))

    def _view(self, session_id: str) -> None:
        at = self.views.currentIndex()
        if at == PLAN:
            self.plan.show_session(session_id)
        elif at == RUN:
            self.run.show_session(session_id)
        else:
            self.minutes.show_session(session_id)
        if at != RUN:
            self.run.rest()

    def _show_view(self, at: int, *, load: bool = True) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(False)
        self.tabs.update()
        self.views.setCurrentIndex(at)
        if load and self._selected:
            self._view(self._selected)

    def _state(self) -> str:
        row = next((one for one in self.model.rows if one.session.id == self._selected), None)
        return row.session.state if row is not None else ""

    def _leave_session(self) -> bool:
        if not self._selected:
            return True
        left = self.plan.leave() if self.plan.session is not None and self.views.currentIndex() == PLAN else True
        ran = self.run.leave() if self.run.session is not None and self.views.currentIndex() == RUN else True
        return left and ran

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        session_id = self.model.session_at(index)
        if not session_id or session_id == self._selected:
            return
        if not self._leave_session():
            QTimer.singleShot(0, self, self._restore)
            return
        self._select(session_id)

    @Slot()
    def _restore(self) -> None:
        if self._selected:
            self._select(self._selected)

    @Slot()
    def _on_opened(self) -> None:
        if self.views.currentIndex() == PLAN:
            self.plan.begin()
        elif self.views.currentIndex() == RUN:
            self.run.begin()

    @Slot(int)
    def _on_tab(self, at: int) -> None:
        if at == self.views.currentIndex():
            return
        if not self._leave_session():
            self._show_view(self.views.currentIndex(), load=False)
            return
        self._show_view(at)
        if at == RUN:
            self.run.begin()

    # --- acts -------------------------------------------------------------------------------------

    @Slot()
    def _on_new(self) -> None:
        if not self._leave_session():
            return
        try:
            made = sessions.plan(
                self.core, title=self.tr("New session"), group_id=self._group_id, start=self._next_time()
            )
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._wanted = made.id
        self.reload()
        self._show_view(PLAN)
        self.plan.begin(new=True)

    def _next_time(self) -> datetime:
        """Return when a new session is likely: in a week, at half past three."""
        zone = self.core.clock.zone_name()
        day = local(self.core.clock.now() + timedelta(days=7), zone).date()
        return at_wall(day, 15, 30, zone)

    @Slot()
    def _on_more(self) -> None:
        corner = self.more_button.rect().bottomLeft()
        self.menu.popup(self.more_button.mapToGlobal(corner))

    @Slot(str)
    def _on_act(self, act: str) -> None:
        """Do what the menu was asked for."""
        if not self._leave_session():
            return
        try:
            words = self.menu.do(act, self._selected)
        except ObserveError as error:
            self.failed.emit(error)
            return
        if act == HOLD:
            self.reload()
            self._show_view(RUN)
            self.run.begin()
            return
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key="undo/"))
        self.reload()

    @Slot(object)
    def _on_written(self, target: Path) -> None:
        words = self.tr("Saved as {name}.").format(name=target.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, key=_SAVED))

    @Slot(str)
    def _on_survey(self, survey_id: str) -> None:
        if self._leave_session():
            self.target_asked.emit(GroupsTarget(SURVEYS, survey_id))

    @Slot()
    def _on_readers(self) -> None:
        if self._group_of and self._leave_session():
            self.target_asked.emit(GroupsTarget(GROUPS, self._group_of))

    # --- saving -----------------------------------------------------------------------------------

    @Slot()
    def _on_writing(self) -> None:
        self.state.set_unsaved()

    @Slot()
    def _on_saved(self) -> None:
        self.state.set_saved(local(self.core.clock.now(), self.core.clock.zone_name()).strftime("%H:%M:%S"))
        self.message_cleared.emit(_RISK)

    @Slot(object)
    def _on_save_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.state.set_failed()
        self.message_posted.emit(Message(MessageKind.RISK, f"{told.text} {told.hint}".strip(), key=_RISK))

    @Slot()
    def _on_view_changed(self) -> None:
        rows = sessions.listing(self.core)
        self.model.show(rows, today_of(self.core.clock))
        row = next((one for one in rows if one.session.id == self._selected), None)
        if row is not None:
            self.title.setText(row.session.title)
            self._when = [span_words(row.session, today_of(self.core.clock)), state_name(row.session.state), row.group]
            self._fit_head()

    # --- Qt ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_width(event.size().width(), wide=_LIST, narrow=_LIST_NARROW, below=_NARROW))
        QTimer.singleShot(0, self, self._on_resized)

    @Slot()
    def _on_resized(self) -> None:
        if self._selected:
            self._fit_head()

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.new_button = Button(self.tr("Plan a session"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.new_button.setObjectName("session_new")
        self.empty_button = Button(self.tr("Plan a session"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.empty = EmptyState(
            self.tr("No sessions yet"),
            self.tr(
                "A session has an agenda with minutes, a clock while it runs, and minutes on one page when it is over. "
                "Follow-ups appear in Today."
            ),
            self,
            buttons=(self.empty_button,),
        )
        self.model = SessionsModel(self)
        self.both = Plane("page", self)
        self.side = Plane("list", self.both)
        self.list = RowList(self.tr("Sessions"), self.side, row_height=tokens().size.row_two_line)
        self.list.setObjectName("sessions_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(SessionsDelegate(self.list))
        self.plan = PlanView(self.core, self)
        self.run = RunView(self.core, self)
        self.minutes = MinutesView(self.core, self.jobs, self)
        self.views = QStackedWidget(self)
        for view in (self.plan, self.run, self.minutes):
            self.views.addWidget(view)
        self._build_head()
        detail = QVBoxLayout()
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(0)
        detail.addWidget(self.head)
        detail.addWidget(Rule(self))
        detail.addWidget(self.views, 1)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list)
        row = QHBoxLayout(self.both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(detail, 1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _build_head(self) -> None:
        self.head = Plane("page", self)
        self.title = ElidedLabel("", self.head, step="heading", weight=600)
        self.title.setObjectName("session_head")
        self.when = ElidedLabel("", self.head, step="small", tone="muted")
        self.state = SavedState(self.head)
        self.state.set_compact(compact=True)
        self.readers = Badge("", "lock", self.head)
        self.readers.setObjectName("session_readers")
        self.tabs = StageTabs((self.tr("Plan"), self.tr("Session"), self.tr("Minutes")), self.head, height=scaled(52))
        self.tabs.setObjectName("session_tabs")
        self.tabs.setAccessibleName(self.tr("Views of the session"))
        self.more_button = Button("", self.head, icon="ellipsis", name=self.tr("More for this session"))
        self.more_button.setObjectName("session_more")
        self.menu = SessionMenu(self.core, self.more_button)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.when)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(scaled(24), scaled(4), scaled(16), 0)
        row.setSpacing(scaled(12))
        row.addLayout(words, 1)
        row.addWidget(self.state)
        row.addWidget(self.readers)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.more_button)

    def _connect(self) -> None:
        for button in (self.new_button, self.empty_button):
            button.clicked.connect(self._on_new)
        self.list.selected.connect(self._on_selected)
        self.list.opened.connect(self._on_opened)
        self.tabs.currentChanged.connect(self._on_tab)
        self.more_button.clicked.connect(self._on_more)
        self.menu.asked.connect(self._on_act)
        self.readers.clicked.connect(self._on_readers)
        self.menu.written.connect(self._on_written)
        self.menu.failed.connect(self.failed)
        for view in (self.plan, self.run):
            view.writing.connect(self._on_writing)
            view.saved.connect(self._on_saved)
            view.save_failed.connect(self._on_save_failed)
            view.changed.connect(self._on_view_changed)
        self.plan.survey_asked.connect(self._on_survey)
        self.minutes.written.connect(self._on_written)
        self.minutes.failed.connect(self.failed)
