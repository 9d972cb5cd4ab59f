"""People: a list that is found by typing, one person at its side, a staff list brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import people
from observe_app.ui.also.hooks import mark_fields
from observe_app.ui.also.mark import AlsoMark, open_cells
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.people.editor import PersonEditor
from observe_app.ui.people.filter_bar import FilterBar
from observe_app.ui.people.header import CLASSES, PEOPLE, PeopleHeader
from observe_app.ui.people.import_sheet import ImportPeople
from observe_app.ui.people.model import PeopleModel, PeopleTable
from observe_app.ui.people.room_base import Room, side_for
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    EmptyState,
    Message,
    MessageKind,
    Plane,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.services.core import Core
    from observe_app.services.exchange.people_in import PeopleResult
    from observe_app.services.school.merge import Likely, MergePlan
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

_RISK = "people-risk"


class PeoplePage(DataPage):
    """Everybody; beside them the classes and the school's year, each a tab."""

    place: ClassVar[str] = "people"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"person", "visit", "visit_member", "school_class", "school_term", "holiday"}
    )

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("people_page")
        self._selected = ""
        self.importing: ImportPeople | None = None
        self._tab = PEOPLE
        self.rooms: dict[str, Room] = {}
        self._build()
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """People."""
        return self.tr("People")

    def header_widget(self) -> QWidget | None:
        """Search, bring in, add."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Search, list, the person."""
        room = self.room
        return (self.header, *(room.regions() if room is not None else (self.bar, self.stack, self.side)))

    def start_widget(self) -> QWidget | None:
        """The search line, or what the tab begins with."""
        room = self.room
        if room is not None:
            return room.start_widget()
        return self.empty_add if self.bar.isHidden() else self.search

    def leave(self) -> bool:
        """Keep what is being written."""
        room = self.room
        return (room.leave() if room is not None else self.editor.leave()) and super().leave()

    @property
    def room(self) -> Room | None:
        """The room of the tab that shows, None for the list of people."""
        return self.rooms.get(self._tab)

    @Slot(str)
    def show_tab(self, tab: str) -> None:
        """Show people, classes or the school's year."""
        if tab != self._tab:
            room = self.room
            if not (room.leave() if room is not None else self.editor.leave()):
                self.header.show_tab(self._tab)
                return
            self._tab = tab
        if tab != PEOPLE and tab not in self.rooms:
            self._make_room(tab)
        self.header.show_tab(tab)
        room = self.room
        self.room_stack.setCurrentWidget(self.people_room if room is None else room)
        if self.is_active:
            self.reload()

    def _make_room(self, tab: str) -> None:
        if tab == CLASSES:
            from observe_app.ui.people.classes_room import ClassesRoom  # noqa: PLC0415  (when first wanted)

            room: Room = ClassesRoom(self.core, self.jobs, self)
        else:
            from observe_app.ui.people.year_room import YearRoom  # noqa: PLC0415  (when first wanted)

            room = YearRoom(self.core, self.jobs, self)
        room.message_posted.connect(self.message_posted)
        room.message_cleared.connect(self.message_cleared)
        self.header.add_buttons(tab, room.buttons())
        self.rooms[tab] = room
        self.room_stack.addWidget(room)

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        room = self.room
        if room is not None:
            room.reload()
            return
        self.model.reload()
        self._show_found()

    def show_person(self, person_id: str) -> None:
        """Show a person."""
        self.show_tab(PEOPLE)
        if self.search.text():
            self.search.clear()
            self.model.words = ""
        self._selected = person_id
        self.reload()

    def import_file(self, path: Path) -> None:
        """Look at a list of people and offer to bring it in."""
        self.importing = ImportPeople(self.core, self.jobs, path, self)
        self.importing.imported.connect(self._on_imported)
        self.importing.ended.connect(self._on_import_ended)
        self.importing.start()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        self.model.words = words
        self.reload()

    @Slot(bool)
    def _on_archived_toggled(self, on: bool) -> None:
        self.model.with_archived = on
        self.reload()

    @Slot(int, object)
    def _on_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        self.model.sort_by(column, descending=order is Qt.SortOrder.DescendingOrder)
        self._restore_selection()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if index.isValid() else None
        if row is None or row.person.id == self._selected:
            return
        if not self.editor.leave():
            QTimer.singleShot(0, self, self._restore_selection)
            return
        self._selected = row.person.id
        self.editor.show_person(row.person.id)

    @Slot()
    def _on_opened(self) -> None:
        self.editor.begin()

    @Slot()
    def _on_add(self) -> None:
        if not self.editor.leave():
            return
        name = self.search.text().strip() or self.tr("New person")
        person = people.add(self.core, name=name)
        self.show_person(person.id)
        self.editor.begin()

    @Slot()
    def _on_shown(self) -> None:
        """Mark what somebody else wrote into the person that is shown too."""
        person = self.editor.person
        if person is None or not (self._also.cells or self.editor.findChild(AlsoMark)):
            return
        mark_fields(self.core, self.bus, "person", person.id, self.editor.fields)

    @Slot()
    def _on_archive(self) -> None:
        person = self.editor.person
        if person is None or not self.editor.leave():
            return
        seen = self.editor.seen
        gone = person.archived or person.left_on is not None
        try:
            if gone:
                people.come_back(self.core, person_id=person.id, seen=seen)
            else:
                people.edit(self.core, person_id=person.id, seen=seen, archived=True, left_on=people.today(self.core))
        except ObserveError as error:
            self._on_save_failed(error)
            return
        if not gone:
            words = self.tr("{name} is no longer offered when a visit is planned.").format(name=person.name)
            self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "archive", key="undo/"))
        self.reload()

    @Slot()
    def _on_delete(self) -> None:
        person = self.editor.person
        if person is None:
            return
        number = self.model.number_of(person.id)
        neighbour = self.model.row(number + 1) or self.model.row(number - 1)
        people.delete(self.core, person_id=person.id, seen=self.editor.seen)
        self._selected = neighbour.person.id if neighbour is not None else ""
        words = self.tr("{name} is in the bin; visits keep the name. Undo brings it back.").format(name=person.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.editor.show_person(None)
        self.reload()

    @Slot()
    def _on_merge(self) -> None:
        person = self.editor.person
        if person is not None and self.editor.leave():
            self._open_merge(person.id, "")

    @Slot(str, str)
    def _open_merge(self, one_id: str, other_id: str) -> None:
        from observe_app.ui.people.merge_sheet import MergeSheet  # noqa: PLC0415  (rarely wanted)

        self.merging = MergeSheet(self.core, self, one_id, other_id)
        self.merging.merged.connect(self._on_merged)
        self.merging.open_over()

    @Slot(object)
    def _on_merged(self, plan: MergePlan) -> None:
        words = self.tr("{gone} and {keep} are one record now.").format(gone=plan.gone.name, keep=plan.keep.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "merge", key="undo/"))
        self.show_person(plan.keep.id)

    @Slot()
    def _on_twins(self) -> None:
        from observe_app.services.school import merge  # noqa: PLC0415  (rarely wanted)

        if self.editor.leave():
            core = self.core
            # Every name is compared with its likes; of many that takes a while.
            self.jobs.run(lambda _progress: merge.likely(core), Job(self, self._show_twins, self._on_twins_failed))

    def _show_twins(self, found: tuple[Likely, ...]) -> None:
        from observe_app.ui.people.merge_sheet import TwinsSheet  # noqa: PLC0415  (rarely wanted)

        if self.is_active:
            self.twins = TwinsSheet(found, self)
            self.twins.chosen.connect(self._open_merge)
            self.twins.open_over()

    def _on_twins_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        self._on_save_failed(error)

    @Slot()
    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the list"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Table (*.xlsx)"), self.tr("Table as text (*.csv)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(self.tr("people") + ".xlsx")
        dialog.fileSelected.connect(self._on_export_file)
        dialog.open()

    @Slot(str)
    def _on_export_file(self, name: str) -> None:
        self.export_file(Path(name))

    def export_file(self, path: Path) -> None:
        """Write everybody who shows without words to a table."""
        from observe_app.services.exchange.people_out import export_people  # noqa: PLC0415  (rarely wanted)

        try:
            done = export_people(self.core, path, archived=self.model.with_archived)
        except ObserveError as error:
            self._on_save_failed(error)
            return
        words = self.tr("{n} people are in {file}.").format(n=done.people, file=path.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="check"))

    @Slot(str)
    def _on_visit_asked(self, visit_id: str) -> None:
        self.visit_asked.emit(VisitTarget(visit_id))

    @Slot()
    def _on_left_search(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("People to bring in"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Tables (*.csv *.xlsx *.tsv *.txt)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        self.import_file(Path(name))

    @Slot(object)
    def _on_imported(self, result: PeopleResult) -> None:
        words = self.tr("{added} people are new, {changed} changed.").format(
            added=result.count("add"), changed=result.count("change")
        )
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key="undo/"))
        self.reload()

    @Slot()
    def _on_import_ended(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
            self.importing = None

    @Slot(object)
    def _on_save_failed(self, error: ObserveError) -> None:
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        self.message_posted.emit(Message(MessageKind.RISK, words, key=_RISK, closable=False))

    @Slot()
    def _on_saved(self) -> None:
        self.message_cleared.emit(_RISK)

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the list moves the person to the bin."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._on_delete()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_for(event.size().width()))

    # --- helpers ----------------------------------------------------------------------------------

    def _show_found(self) -> None:
        rows = self.model.rowCount()
        searching = bool(self.model.words.strip())
        self.bar.show_count(self.tr("1 person") if rows == 1 else self.tr("{n} people").format(n=rows), rows)
        self.bar.setVisible(bool(rows) or searching or self.model.with_archived)
        # Before the table shows: a table that gets the keyboard without a current row takes the first.
        self._restore_selection()
        # One filled button on the page: that of the empty state while it shows.
        self.add_button.set_kind(ButtonKind.PRIMARY if rows else ButtonKind.PLAIN)
        self.stack.setCurrentWidget(self.table if rows else self.nothing if searching else self.empty)
        self.side.setVisible(bool(rows))

    @Slot()
    def _restore_selection(self) -> None:
        number = max(self.model.number_of(self._selected), 0)
        row = self.model.row(number)
        if row is None:
            self.editor.show_person(None)
            return
        self._selected = row.person.id
        self.table.setCurrentIndex(self.model.index(number, 0))
        self.editor.show_person(row.person.id)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_header()
        self.model = PeopleModel(self.core, self)
        self.table = PeopleTable(self.model, self)
        self.editor = PersonEditor(self.core, self)
        self.side = Plane("side", self)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.editor)
        self.empty_add = Button(self.tr("Add a person"), self, kind=ButtonKind.PRIMARY, icon="user-plus")
        self.empty_import = Button(self.tr("Bring in a list"), self, icon="upload")
        self.empty = EmptyState(
            self.tr("Nobody here yet"),
            self.tr(
                "Add colleagues one by one, or bring in the staff list as a table. "
                "Nobody is told, and nothing leaves this computer."
            ),
            self,
            buttons=(self.empty_add, self.empty_import),
        )
        self.nothing_add = Button(self.tr("Add this person"), self, kind=ButtonKind.PRIMARY, icon="user-plus")
        self.nothing_add.setObjectName("nothing_add")
        self.nothing = EmptyState(
            self.tr("Nobody found"),
            self.tr("No name, subject or e-mail address has words that begin so."),
            self,
            buttons=(self.nothing_add,),
        )
        self.stack = QStackedWidget(self)
        for widget in (self.table, self.empty, self.nothing):
            self.stack.addWidget(widget)
        self.people_room = QWidget(self)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bar)
        left.addWidget(self.stack, 1)
        row = QHBoxLayout(self.people_room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self.room_stack = QStackedWidget(self)
        self.room_stack.addWidget(self.people_room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.room_stack)

    def _build_header(self) -> None:
        self.header = PeopleHeader()
        self.bar = FilterBar(self.tr("Find people"), self.tr("With those who left"), "people", self)
        self.search, self.count_label = self.bar.search, self.bar.count_label
        self.archived_button = self.bar.archived_button
        self.import_button = Button(self.tr("Bring in a list"), self.header, icon="upload")
        self.add_button = Button(self.tr("Add a person"), self.header, kind=ButtonKind.PRIMARY, icon="user-plus")
        self.add_button.setObjectName("people_add")
        self.more_button = Button(self.tr("More"), self.header)
        self.more_button.setObjectName("people_more")
        menu = QMenu(self.more_button)
        self.twins_action = QAction(self.tr("Find people listed twice"), menu)
        self.export_action = QAction(self.tr("Export the list"), menu)
        for action in (self.twins_action, self.export_action):
            menu.addAction(action)
        self.more_button.setMenu(menu)
        self.header.add_buttons(PEOPLE, (self.more_button, self.import_button, self.add_button))
        self.header.show_tab(PEOPLE)

    def _connect(self) -> None:
        self.header.tab_chosen.connect(self.show_tab)
        self.bar.typed.connect(self._on_typed)
        self.bar.left_downwards.connect(self._on_left_search)
        self.bar.archived_toggled.connect(self._on_archived_toggled)
        self.twins_action.triggered.connect(self._on_twins)
        self.export_action.triggered.connect(self._on_export)
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.table.sort_changed.connect(self._on_sort_changed)
        self.editor.shown.connect(self._on_shown)
        self._also = open_cells(self.core, self.bus)
        self._also.looked.connect(self._on_shown)
        self.editor.visit_asked.connect(self._on_visit_asked)
        self.editor.archive_asked.connect(self._on_archive)
        self.editor.delete_asked.connect(self._on_delete)
        self.editor.merge_asked.connect(self._on_merge)
        self.editor.save_failed.connect(self._on_save_failed)
        self.editor.saved.connect(self._on_saved)
        for button in (self.add_button, self.empty_add, self.nothing_add):
            button.clicked.connect(self._on_add)
        for button in (self.import_button, self.empty_import):
            button.clicked.connect(self._on_import)
