"""People: a list that is found by typing, one person at its side, a staff list brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.services import people
from observe_app.ui.also.hooks import mark_fields
from observe_app.ui.also.mark import AlsoMark, open_cells
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.page_header import PageHeader
from observe_app.ui.people.editor import PersonEditor
from observe_app.ui.people.import_sheet import ImportPeople
from observe_app.ui.people.model import PeopleModel, PeopleTable
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    EmptyState,
    Message,
    MessageKind,
    Plane,
    SearchField,
    TextLabel,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.errors import ObserveError
    from observe_app.services.core import Core
    from observe_app.services.exchange.people_in import PeopleResult
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

TYPING_MS = 80
_SIDE = 356
_RISK = "people-risk"


class PeoplePage(DataPage):
    """Everybody."""

    place: ClassVar[str] = "people"
    tables: ClassVar[frozenset[str]] = frozenset({"person", "visit", "visit_member"})

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("people_page")
        self._selected = ""
        self.importing: ImportPeople | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
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
        return (self.header, self.stack, self.side)

    def start_widget(self) -> QWidget | None:
        """The search line."""
        return self.search

    def leave(self) -> bool:
        """Keep the person being written."""
        return self.editor.leave() and super().leave()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        self.model.reload()
        self._show_found()

    def show_person(self, person_id: str) -> None:
        """Show a person."""
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

    @Slot()
    def _on_search_edited(self) -> None:
        self._typing.start()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.stop()
        self.model.words = self.search.text()
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
        people.edit(self.core, person_id=person.id, seen=seen, archived=not person.archived)
        if not person.archived:
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

    # --- helpers ----------------------------------------------------------------------------------

    def _show_found(self) -> None:
        rows = self.model.rowCount()
        searching = bool(self.model.words.strip())
        count = self.tr("1 person") if rows == 1 else self.tr("{n} people").format(n=rows)
        self.count_label.setText(count)
        self.count_label.setVisible(bool(rows))
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
        self.side.setFixedWidth(_SIDE)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.side)

    def _build_header(self) -> None:
        self.header = PageHeader()
        self.search = SearchField(self.tr("Find people"), self.header)
        self.search.setObjectName("people_search")
        self.search.setFixedHeight(scaled(36))
        self.search.setMaximumWidth(scaled(360))
        self.count_label = TextLabel("", self.header, step="small", tone="muted", tabular=True)
        self.archived_button = Button(self.tr("With those who left"), self.header, size=ButtonSize.SMALL)
        self.archived_button.setObjectName("with_archived")
        self.archived_button.setCheckable(True)
        self.import_button = Button(self.tr("Bring in a list"), self.header, icon="upload")
        self.add_button = Button(self.tr("Add a person"), self.header, kind=ButtonKind.PRIMARY, icon="user-plus")
        self.add_button.setObjectName("people_add")
        row = QHBoxLayout(self.header)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(8)
        row.addWidget(TextLabel(self.tr("People"), self.header, step="page", weight=600))
        row.addSpacing(36)
        row.addWidget(self.search, 3)
        row.addSpacing(8)
        row.addWidget(self.archived_button)
        row.addSpacing(8)
        row.addWidget(self.count_label)
        row.addStretch(1)
        row.addWidget(self.import_button)
        row.addWidget(self.add_button)
        self.header.setFixedHeight(tokens().size.header)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_search_edited)
        self.search.left_downwards.connect(self._on_left_search)
        self.archived_button.toggled.connect(self._on_archived_toggled)
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.table.sort_changed.connect(self._on_sort_changed)
        self.editor.shown.connect(self._on_shown)
        self._also = open_cells(self.core, self.bus)
        self._also.looked.connect(self._on_shown)
        self.editor.visit_asked.connect(self._on_visit_asked)
        self.editor.archive_asked.connect(self._on_archive)
        self.editor.delete_asked.connect(self._on_delete)
        self.editor.save_failed.connect(self._on_save_failed)
        self.editor.saved.connect(self._on_saved)
        for button in (self.add_button, self.empty_add, self.nothing_add):
            button.clicked.connect(self._on_add)
        for button in (self.import_button, self.empty_import):
            button.clicked.connect(self._on_import)
