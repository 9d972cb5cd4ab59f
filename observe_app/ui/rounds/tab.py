"""Rounds of visits: set up in one sitting, planned, moved by hand, told to the people, and followed by counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.rounds import progress, rounds, timetables
from observe_app.services.school import calendar
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.groups.tab_base import GroupsTab
from observe_app.ui.rounds.acts import RoundActs
from observe_app.ui.rounds.board_model import BoardData
from observe_app.ui.rounds.pane import RoundPane
from observe_app.ui.rounds.round_list import RoundList, RoundModel
from observe_app.ui.rounds.setup import RoundSetup
from observe_app.ui.rounds.side import RoundSide, SideData
from observe_app.ui.rounds.timetable_editor import TimetableEditor
from observe_app.ui.rounds.timetable_import import TimetableImport
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ComboBox,
    EmptyState,
    Message,
    MessageKind,
    Plane,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.services.core import Core
    from observe_app.services.rounds.timetables import TimetablesFound
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.groups.tab_base import GroupsTarget
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.rounds.setup import Ready

_LIST, _LIST_ABOVE = 212, 1120
_SIDE, _SIDE_LEAST = 300, 250


class RoundsTab(GroupsTab):
    """List of rounds, the round that shows, and what is beside it."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"visit_round", "pairing", "lesson_slot", "person", "visit", "holiday", "school_term", "peer_group"}
    )

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("rounds_tab")
        self._round_id = ""
        self._pairing_id = ""
        self.importing: TimetableImport | None = None
        self.acts = RoundActs(core, jobs, self)
        self._build()
        self._connect()

    # --- tab --------------------------------------------------------------------------------------

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """Timetables, and a new round."""
        return (self.times_button, self.new_button)

    def regions(self) -> tuple[QWidget, ...]:
        """List, board, side; or the page that sets one up."""
        if self.stack.currentWidget() is self.setup:
            return (self.setup,)
        return (self.list, self.pane, self.side)

    def start_widget(self) -> QWidget | None:
        """The board, or what one does first."""
        shown = self.stack.currentWidget()
        if shown is self.setup:
            return self.setup.title_line
        return self.empty_new if shown is self.empty else self.pane.board

    def show_target(self, target: GroupsTarget) -> None:
        """Show a round, and a visit of it."""
        self._round_id, self._pairing_id = target.id or self._round_id, target.other_id
        self.stack.setCurrentWidget(self.main)

    @Slot()
    def stop(self) -> None:
        """Stop looking for a plan and keep the best."""
        self.acts.stop()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        rows = rounds.listing(self.core)
        self.model.show(rows)
        ids = [row.round.id for row in rows]
        if self._round_id not in ids:
            self._round_id = ids[0] if ids else ""
        self._fill_choice()
        if self.stack.currentWidget() is self.setup:
            self.setup.reload_timetables()
            return
        self.stack.setCurrentWidget(self.main if rows else self.empty)
        self.new_button.setVisible(bool(rows))
        self.times_button.setVisible(bool(rows))
        if rows:
            self._mark_round()
            self._show_round()

    # --- showing ----------------------------------------------------------------------------------

    def _show_round(self) -> None:
        try:
            view = rounds.view(self.core, self._round_id)
            board = progress.board(self.core, self._round_id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        names = {one.id: one.name for one in view.people.values()}
        kept = view.round
        people = tuple(sorted((one for one in kept.people if one in names), key=lambda one: names[one].casefold()))
        days = calendar.teaching_days(self.core, kept.first, kept.last)
        self.pane.show_round(kept, board, BoardData(names, people, board.rows, days))
        missing = timetables.missing(self.core, people)
        self.side.show_data(SideData(names, board.rows, view.report, view.clashes, missing))
        self.acts.show_round(view, names)
        if self._pairing_id:
            self.pane.select(self._pairing_id)
            self.side.show_visits((self._pairing_id,))
            self._pairing_id = ""

    def _mark_round(self) -> None:
        self.list.setCurrentIndex(self.model.index(self.model.number_of(self._round_id), 0))

    def _fill_choice(self) -> None:
        self.choice.clear()
        for row in self.model.rows:
            self.choice.addItem(row.round.title, row.round.id)
        self.choice.setCurrentIndex(self.model.number_of(self._round_id))

    # --- slots ------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_round(self, index: QModelIndex) -> None:
        if index.isValid():
            self._choose(self.model.rows[index.row()].round.id)

    @Slot()
    def _on_choice(self) -> None:
        self._choose(str(self.choice.currentData() or ""))

    def _choose(self, round_id: str) -> None:
        if round_id and round_id != self._round_id:
            self._round_id = round_id
            self.choice.setCurrentIndex(self.model.number_of(round_id))
            self.side.show_visits(())
            self._show_round()

    @Slot()
    def _on_new(self) -> None:
        self.setup.begin()
        self.stack.setCurrentWidget(self.setup)
        self._hide_acts()

    @Slot()
    def _on_change(self) -> None:
        try:
            self.setup.change(self._round_id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.stack.setCurrentWidget(self.setup)
        self._hide_acts()

    def _hide_acts(self) -> None:
        """A page that sets a round up has its own buttons for both."""
        self.new_button.hide()
        self.times_button.hide()

    @Slot()
    def _on_left(self) -> None:
        self.stack.setCurrentWidget(self.main)
        self.reload()

    @Slot(object)
    def _on_ready(self, ready: Ready) -> None:
        self._round_id = ready.round_id
        self.stack.setCurrentWidget(self.main)
        self.reload()
        self.pane.board.setFocus(Qt.FocusReason.OtherFocusReason)
        if ready.solve:
            self.acts.solve(anew=False)

    @Slot(object)
    def _on_chosen(self, ids: object) -> None:
        self.side.show_visits(ids if isinstance(ids, tuple) else ())

    @Slot(str)
    def _on_shown(self, pairing_id: str) -> None:
        self.pane.select(pairing_id)
        self.side.show_visits((pairing_id,))

    @Slot()
    def _on_opened(self) -> None:
        button = self.side.findChild(Button, "visit_lock") or self.side.findChild(Button, "visit_history")
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_open_visit(self, visit_id: str) -> None:
        self.visit_asked.emit(VisitTarget(visit_id))

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Timetables to bring in"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Tables and calendars (*.csv *.xlsx *.tsv *.txt *.ics)"), self.tr("All files (*)")]
        )
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    @Slot(list)
    def _on_files(self, names: list[str]) -> None:
        self.import_files([Path(name) for name in names])

    def import_files(self, paths: list[Path]) -> None:
        """Look at timetables and offer to bring them in."""
        if not paths or self.importing is not None:
            return
        self.importing = TimetableImport(self.core, self.jobs, paths, self)
        self.importing.imported.connect(self._on_imported)
        self.importing.ended.connect(self._on_import_ended)
        self.importing.start()

    @Slot(object)
    def _on_imported(self, found: TimetablesFound) -> None:
        words = self.tr("Times brought in: {n}, of {people} people.")
        told = words.format(n=found.count, people=len(found.people))
        self.message_posted.emit(Message(MessageKind.NEWS, told, self.tr("Undo"), "check", key="undo/"))
        self.reload()

    @Slot()
    def _on_import_ended(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
            self.importing = None

    @Slot(str)
    def show_week(self, person_id: str) -> None:
        """Open somebody's week to be typed in."""
        sheet = TimetableEditor(self.core, person_id, self)
        sheet.closed.connect(self.reload)
        sheet.open_over()
        sheet.grid.setFocus(Qt.FocusReason.TabFocusReason)

    # --- Qt ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under a certain width the list is a choice above the board, and the side is narrower."""
        super().resizeEvent(event)
        wide = self.width() >= scaled(_LIST_ABOVE)
        self.list_part.setVisible(wide)
        self.choice.setVisible(not wide)
        self.pane.title_label.setVisible(wide)
        self.side.setFixedWidth(scaled(_SIDE) if wide else max(scaled(_SIDE_LEAST), self.width() // 4))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.times_button = Button(self.tr("Bring in timetables"), self, icon="upload")
        self.times_button.setObjectName("timetables_import")
        self.new_button = Button(self.tr("New round"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.new_button.setObjectName("round_new")
        self.model = RoundModel(self)
        self.list_part = Plane("list", self)
        self.list_part.setFixedWidth(scaled(_LIST))
        self.list = RoundList(self.model, self.list_part)
        inside = QVBoxLayout(self.list_part)
        inside.setContentsMargins(0, scaled(8), 0, 0)
        inside.addWidget(self.list)
        self.choice = ComboBox(self)
        self.choice.setObjectName("round_choice")
        self.choice.setAccessibleName(self.tr("Round"))
        self.pane, self.side = RoundPane(self), RoundSide(self)
        self.main = QWidget(self)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.setContentsMargins(0, 0, 0, 0)
        self.pane.top_row.insertWidget(0, self.choice)
        middle.addWidget(self.pane, 1)
        row = QHBoxLayout(self.main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list_part)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self.setup = RoundSetup(self.core, self)
        self.empty_new = Button(self.tr("New round"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.empty_new.setObjectName("empty_new_round")
        self.empty_import = Button(self.tr("Bring in timetables"), self, icon="upload")
        self.empty = EmptyState(
            self.tr("No round of visits yet"),
            self.tr(
                "A round says who visits whom and when: made from timetables and from rules in plain words, "
                "changed by hand wherever you know better."
            ),
            self,
            buttons=(self.empty_new, self.empty_import),
        )
        self.stack = QStackedWidget(self)
        for widget in (self.empty, self.main, self.setup):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _connect(self) -> None:
        for button in (self.new_button, self.empty_new):
            button.clicked.connect(self._on_new)
        for button in (self.times_button, self.empty_import):
            button.clicked.connect(self._on_import)
        self.list.selected.connect(self._on_round)
        self.choice.activated.connect(self._on_choice)
        self.setup.left.connect(self._on_left)
        self.setup.ready.connect(self._on_ready)
        self.setup.import_asked.connect(self._on_import)
        self.setup.week_asked.connect(self.show_week)
        self.side.import_asked.connect(self._on_import)
        self.side.week_asked.connect(self.show_week)
        self.side.chosen.connect(self._on_shown)
        board = self.pane.board
        board.chosen.connect(self._on_chosen)
        board.opened.connect(self._on_opened)
        self.pane.change_asked.connect(self._on_change)
        self.acts.connect_to(self.pane, self.side)
        self.acts.changed.connect(self.reload)
        self.acts.failed.connect(self.failed)
        self.acts.message_posted.connect(self.message_posted)
        self.acts.visit_asked.connect(self._on_open_visit)
