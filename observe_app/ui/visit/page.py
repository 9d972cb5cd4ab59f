"""The frame of a visit: its header, and the tab of the stage that is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.visit import Stage
from observe_app.services import history, opened, visits
from observe_app.ui.also.hooks import AlsoStrip, VisitMarks
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.follow_up import FollowUpTab
from observe_app.ui.i18n import long_date, short_date, time_of_day
from observe_app.ui.moments import local, today_of
from observe_app.ui.observe import ObserveTab
from observe_app.ui.talk import TalkTab
from observe_app.ui.visit.audience_sheet import AudienceSheet
from observe_app.ui.visit.audience_words import badge_of
from observe_app.ui.visit.calendar_button import CalendarButton
from observe_app.ui.visit.header import STAGES, VisitHeader
from observe_app.ui.visit.history_sheet import HistorySheet
from observe_app.ui.visit.prepare import PrepareTab
from observe_app.ui.visit.read_only import ReadOnlyStrip
from observe_app.ui.visit.released_notes import ReleasedNotes
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

Tab = PrepareTab | ObserveTab | ReleasedNotes | TalkTab | FollowUpTab


class VisitPage(DataPage):
    """One visit, whichever was asked for last.

    Signals:
        compare_asked: id of the visit to look at in Compare. term_asked: of the visit whose teacher's term is wanted.
    """

    compare_asked = Signal(str)
    term_asked = Signal(str)

    place: ClassVar[str] = "visits"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"visit", "visit_member", "person", "release", "reader", "visit_share"}
    )

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("visit_page")
        self._visit: Visit | None = None
        self._stage = Stage.PREPARE
        self._tabs: dict[Stage, Tab] = {}
        self._released: ReleasedNotes | None = None
        self._event_id = ""
        self.header = VisitHeader()
        self.stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.also_strip = AlsoStrip(core, bus, self)
        column.setSpacing(0)
        self.read_only = ReadOnlyStrip(self)
        column.addWidget(self.read_only)
        column.addWidget(self.also_strip)
        column.addWidget(self.stack)
        self._also = VisitMarks(core, bus, self, self.also_strip)
        self.calendar = CalendarButton(core, self)
        self.calendar.hide()
        self.calendar.message_posted.connect(self.message_posted)
        self.header.stage_chosen.connect(self._on_stage_chosen)
        self.header.audience_asked.connect(self._on_audience_asked)
        self.header.history_asked.connect(self._on_history_asked)
        self.header.compare_asked.connect(self._on_compare_asked)
        self._add_keys()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Whose lesson it is."""
        return self._name()

    def header_widget(self) -> QWidget:
        """The visit's own."""
        return self.header

    def undo_scope(self) -> str | None:
        """Undo keeps to this visit."""
        return self._visit.id if self._visit is not None else None

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the tab that shows."""
        tab = self.tab
        return tab.regions() if tab is not None else (self,)

    def start_widget(self) -> QWidget | None:
        """Where the keyboard starts in the tab that shows."""
        tab = self.tab
        if isinstance(tab, ObserveTab):
            return tab.line.edit
        return tab.start_widget() if tab is not None else None

    def show_target(self, target: VisitTarget) -> None:
        """Turn to a visit: at a stage, or where it stands; at a note when the target names one.

        Its tab is loaded by `activate`, which follows every time, once. Stays where something on the screen could not
        be kept.

        Raises:
            NotFound: no such visit.
        """
        visit = visits.get(self.core, target.visit_id)
        if self.is_active and not self._leave_tab():
            return
        if self._visit is None or self._visit.id != visit.id:
            self._forget_tabs()
            opened.clear(self.core)
        self._visit = visit
        known = {stage.value: stage for stage in STAGES}
        self._stage = known.get(target.stage, visit.stage)
        self._event_id = target.event_id
        self._show_header()
        self._show_last_saved(visit.id)

    def build_ahead(self) -> None:
        """The Observe tab serves every visit."""
        if Stage.OBSERVE not in self._tabs:
            self._add_tab(Stage.OBSERVE, "")

    def activate(self) -> None:
        """Load the visit and the tab of its stage."""
        super().activate()
        self._show_tab()
        if self._visit is not None:
            self.read_only.mark_opened(self.core, self._visit.id)

    def leave(self) -> bool:
        """Keep what is being written in the tab that shows."""
        if not self._leave_tab() or not super().leave():
            return False
        opened.clear(self.core)
        return True

    @property
    def tab(self) -> Tab | None:
        """The tab that shows."""
        if self._stage is Stage.OBSERVE and self._released is not None:
            return self._released
        return self._tabs.get(self._stage)

    @property
    def stage(self) -> Stage:
        """The stage that shows, not the one the visit stands at."""
        return self._stage

    @Slot()
    def reload(self) -> None:
        """Read the visit again for its header."""
        if self._visit is None:
            return
        try:
            self._visit = visits.get(self.core, self._visit.id)
        except ObserveError as error:
            self._tell(error)
            return
        self._show_header()

    # --- tabs -------------------------------------------------------------------------------------

    def go_to_stage(self, stage: Stage) -> bool:
        """Go to the tab of a stage; False when something on the screen could not be kept."""
        if stage is not self._stage and not self._leave_tab():
            self.header.show_stage(self._stage)
            return False
        self._stage = stage
        self._show_tab()
        return True

    @Slot()
    def _on_compare_asked(self) -> None:
        if self._visit is not None:
            self.compare_asked.emit(self._visit.id)

    @Slot()
    def _on_term_asked(self) -> None:
        if self._visit is not None:
            self.term_asked.emit(self._visit.id)

    def _leave_tab(self) -> bool:
        tab = self.tab
        if isinstance(tab, ObserveTab):
            tab.leave()
            return True
        return tab is None or tab.leave()

    def _show_tab(self) -> None:
        if self._visit is None:
            return
        stage = self._stage
        self.header.show_stage(stage)
        self._show_header()
        tab = self._tab_of(stage, self._visit.id)
        self.stack.setCurrentWidget(tab)
        self.read_only.close_tab(tab, stage)
        if isinstance(tab, ObserveTab):
            if tab.visit_id != self._visit.id or self._event_id:
                tab.open_visit(self._visit.id)
            self.header.set_clock(tab.clock_box)
            if self._event_id:
                tab.go_to(self._event_id)
                self._event_id = ""
        else:
            self.header.set_clock(None)
            tab.activate()
            if isinstance(tab, ReleasedNotes) and self._event_id:
                tab.go_to(self._event_id)
                self._event_id = ""
        self._also.show_tab(self._visit.id, tab)
        start = self.start_widget()
        if start is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_of(self, stage: Stage, visit_id: str) -> Tab:
        """Return the tab of a stage; of somebody else's lesson the notes to read, once the header knows whose it is."""
        if stage is Stage.OBSERVE and not self.read_only.rights.writes:
            if self._released is None:
                self._released = ReleasedNotes(self.core, visit_id, self.bus, self)
                self.stack.addWidget(self._released)
            return self._released
        if stage is Stage.OBSERVE:
            self._forget_released()
        if stage not in self._tabs:
            self._add_tab(stage, visit_id)
        return self._tabs[stage]

    def _forget_released(self) -> None:
        if self._released is not None:
            self.stack.removeWidget(self._released)
            self._released.deleteLater()
            self._released = None

    def _add_tab(self, stage: Stage, visit_id: str) -> None:
        self._tabs[stage] = self._make_tab(stage, visit_id)
        self.stack.addWidget(self._tabs[stage])

    def _make_tab(self, stage: Stage, visit_id: str) -> Tab:
        tab: Tab
        if stage is Stage.PREPARE:
            tab = PrepareTab(self.core, visit_id, self.jobs, self.bus, self)
            tab.lesson_asked.connect(self._on_lesson_asked)
            tab.message_posted.connect(self.message_posted)
            self._connect_keeping(tab)
        elif stage is Stage.OBSERVE:
            tab = ObserveTab(self.core, self.bus, self)
            tab.saved.connect(self._on_saved_at)
            tab.writing.connect(self.header.saved_state.set_unsaved)
            tab.not_saved.connect(self._on_not_saved)
            tab.finished.connect(self._on_lesson_finished)
        elif stage is Stage.TALK:
            tab = TalkTab(self.core, visit_id, self.jobs, self.bus, self)
            tab.preview_requested.connect(self._on_preview_asked)
            tab.bar.place_asked.connect(self._on_place_asked)
            tab.target_asked.connect(self.visit_asked)
            tab.calendar_asked.connect(self._on_calendar_asked)
            self._connect_keeping(tab)
        else:
            tab = FollowUpTab(self.core, visit_id, self.jobs, self.bus, self)
            tab.place_asked.connect(self._on_place_asked)
            tab.target_asked.connect(self.visit_asked)
            tab.release_asked.connect(self._on_release_asked)
            tab.term_asked.connect(self._on_term_asked)
            self._connect_keeping(tab)
        return tab

    def _connect_keeping(self, tab: PrepareTab | TalkTab | FollowUpTab) -> None:
        tab.saved.connect(self._on_saved)
        tab.writing.connect(self.header.saved_state.set_unsaved)
        tab.save_failed.connect(self._on_not_saved)

    def _forget_tabs(self) -> None:
        self.header.set_clock(None)
        self._forget_released()
        observe = self._tabs.pop(Stage.OBSERVE, None)
        for tab in self._tabs.values():
            self.stack.removeWidget(tab)
            tab.deleteLater()
        self._tabs = {} if observe is None else {Stage.OBSERVE: observe}

    # --- slots ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_stage_chosen(self, stage: Stage) -> None:
        self.go_to_stage(stage)

    @Slot(object)
    def _on_calendar_asked(self, visit: Visit) -> None:
        self.calendar.ask_where(visit)

    @Slot()
    def _on_stage_key(self) -> None:
        key = self.sender()
        if key is not None:
            self.go_to_stage(STAGES[int(key.property("stage"))])

    @Slot()
    def _on_lesson_asked(self) -> None:
        if self._visit is None or not self._leave_tab():
            return
        try:
            visits.begin(self.core, visit_id=self._visit.id)
        except ObserveError as error:
            self._tell(error)
            return
        self.go_to_stage(Stage.OBSERVE)

    @Slot()
    def _on_lesson_finished(self) -> None:
        self.go_to_stage(Stage.TALK)

    @Slot(object, str)
    def _on_place_asked(self, stage: Stage, event_id: str) -> None:
        self._event_id = event_id
        self.go_to_stage(stage)

    @Slot(str)
    def _on_release_asked(self, act: str) -> None:
        from observe_app.ui import release as sheets  # noqa: PLC0415  (rarely wanted)

        kinds = {
            "release": sheets.ReleaseSheet,
            "correct": sheets.CorrectSheet,
            "take_back": sheets.TakeBackSheet,
            "withdraw": sheets.WithdrawSheet,
        }
        if self._visit is not None and self._leave_tab():
            sheet = kinds[act](self.core, self.jobs, self._visit.id, self.window())
            sheet.closed.connect(self._on_release_over)
            sheet.place_asked.connect(self._on_place_asked)
            sheet.open_over()

    @Slot()
    def _on_release_over(self) -> None:
        tab = self.tab
        if tab is not None and not isinstance(tab, ObserveTab):
            tab.activate()
            self._on_saved()

    @Slot()
    def _on_preview_asked(self) -> None:
        self.go_to_stage(Stage.FOLLOW_UP)

    @Slot()
    def _on_saved(self) -> None:
        self._on_saved_at(self.core.clock.now())

    @Slot(object)
    def _on_saved_at(self, moment: datetime) -> None:
        zone = self.core.clock.zone_name()
        self.header.saved_state.set_saved(time_of_day(local(moment, zone).time(), seconds=True))
        self.message_cleared.emit("not-saved")

    @Slot(object)
    def _on_not_saved(self, error: ObserveError) -> None:
        self.header.saved_state.set_failed()
        if not isinstance(self.tab, ObserveTab):  # the Observe tab says it itself, beside the line
            self._tell(error)

    @Slot()
    def _on_audience_asked(self) -> None:
        if self._visit is not None:
            sheet = AudienceSheet(self.core, self._visit, self.window())
            sheet.closed.connect(self._show_header)
            sheet.open_over()

    @Slot()
    def _on_history_asked(self) -> None:
        if self._visit is not None:
            HistorySheet(self.core, self._visit.id, self.window()).open_over()

    # --- helpers ----------------------------------------------------------------------------------

    def _show_last_saved(self, visit_id: str) -> None:
        """Say when the visit was last changed; that is when it was last saved."""
        last = next(iter(history.of_visit(self.core, visit_id, limit=1)), None)
        if last is not None:
            there = local(last.at, self.core.clock.zone_name())
            today = there.date() == today_of(self.core.clock)
            self.header.saved_state.set_saved(
                time_of_day(there.time(), seconds=True) if today else short_date(there.date())
            )

    def _add_keys(self) -> None:
        # Alt and a digit go to the stages; the live page keeps Alt and letters for the form's items.
        for number in range(len(STAGES)):
            key = QShortcut(QKeySequence(f"Ctrl+Alt+{number + 1}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setProperty("stage", number)
            key.activated.connect(self._on_stage_key)

    def _tell(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.RISK, f"{told.text} {told.hint}".strip(), key="not-saved"))

    def _name(self) -> str:
        if self._visit is None:
            return ""
        return self._visit.teacher or self.tr("Teacher not named yet")

    @Slot()
    def _show_header(self) -> None:
        visit = self._visit
        if visit is None:
            return
        self.read_only.show_visit(self.core, visit.id, self._stage)
        moment = visit.started or visit.start
        parts = [visit.class_line]
        clock = self._stage is Stage.OBSERVE and self.read_only.rights.writes  # it says more, and needs the room
        if moment is not None and not clock:
            there = local(moment, visit.zone)
            parts.append(self.tr("{day}, {time}").format(day=long_date(there.date()), time=time_of_day(there.time())))
        self.header.set_words(self._name(), " · ".join(part for part in parts if part))
        self.header.show_badge(*badge_of(self.core, visit.id))
        self.header_changed.emit()
