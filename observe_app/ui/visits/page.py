"""Visits: the user types a word and sees which visits and which notes have it; Enter opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ImportProblem, ObserveError
from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.ui.data_page import DataPage, VisitTarget
from observe_app.ui.jobs import Job
from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.visit.erase_sheet import EraseSheet
from observe_app.ui.visits.filters import FilterBar
from observe_app.ui.visits.import_base import open_failed
from observe_app.ui.visits.import_intervals import ImportIntervals
from observe_app.ui.visits.import_sheet import ImportNotes
from observe_app.ui.visits.model import ORDERS, STAGE, VisitsModel
from observe_app.ui.visits.preview import NARROW, WIDTH, VisitPreview
from observe_app.ui.visits.table import VisitsTable
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    EmptyState,
    Message,
    MessageKind,
    SearchField,
    TextLabel,
)
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.boris_in import BorisResult
    from observe_app.services.exchange.kinds import Kind
    from observe_app.services.exchange.notes_in import ImportResult
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.visits.import_boris import ImportBoris

TYPING_MS = 80
_SEARCH_WIDTH = 430
_NARROW_BELOW = 1150


class VisitsPage(DataPage):
    """All visits."""

    place: ClassVar[str] = "visits"
    tables: ClassVar[frozenset[str]] = frozenset({"visit", "visit_member", "person", "action_step", "claim", "event"})

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("visits_page")
        self.setAcceptDrops(True)
        self._selected = ""
        self.importing: ImportNotes | ImportIntervals | ImportBoris | None = None
        self._looking = Path()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self._build()
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Visits."""
        return self.tr("Visits")

    def header_widget(self) -> QWidget | None:
        """Search and filters."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Search, list, side."""
        return (self.header, self.stack, self.preview)

    def start_widget(self) -> QWidget | None:
        """The search line; before the first visit the way to one."""
        return self.empty_plan if self.stack.currentWidget() is self.empty else self.search

    @Slot()
    def reload(self) -> None:
        """Show what is stored now; what was selected stays so."""
        self.filters.reload()
        self.model.reload()
        self._show_found()

    def search_for(self, words: str) -> None:
        """Find the visits with these words."""
        self.search.setText(words)
        self._on_typed()

    def select(self, visit_id: str) -> None:
        """Select a visit, where the filter finds it."""
        self._selected = visit_id
        self._restore_selection()

    def import_file(self, path: Path) -> None:
        """Look at a file, of whatever kind, and offer to bring it in."""
        core = self.core

        def look(_progress: Progress) -> Kind:
            from observe_app.services.exchange.kinds import kind_of  # noqa: PLC0415  (the readers are not small)

            return kind_of(core, path)

        self._looking = path
        self.jobs.run(look, Job(self, self._on_kind, self._on_kind_failed))

    def _on_kind(self, kind: Kind) -> None:
        path = self._looking
        if kind == "form":
            open_failed(ImportProblem(path, "a_form"), self)
            return
        if kind == "boris":
            from observe_app.ui.visits.import_boris import ImportBoris  # noqa: PLC0415  (few have such a project)

            self.importing = ImportBoris(self.core, self.jobs, path, self)
        elif kind == "intervals":
            self.importing = ImportIntervals(self.core, self.jobs, path, self)
        else:
            self.importing = ImportNotes(self.core, self.jobs, path, self)
        self.importing.imported.connect(self._on_imported)
        self.importing.ended.connect(self._on_import_ended)
        self.importing.start()

    def _on_kind_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        open_failed(error, self)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_search_edited(self) -> None:
        self._typing.start()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.stop()
        current = self.model.filter
        wanted = VisitFilter(words=self.search.text(), order=current.order, descending=current.descending)
        self.model.show(self.filters.applied(wanted))
        self._show_found()

    @Slot()
    def _on_clear(self) -> None:
        self.search.clear()
        self.filters.clear()
        self._on_typed()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, object)
    def _on_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        if column not in ORDERS:
            self._show_order()
            return
        current = self.model.filter
        wanted = VisitFilter(
            words=current.words, order=ORDERS[column], descending=order is Qt.SortOrder.DescendingOrder
        )
        self.model.show(self.filters.applied(wanted))
        self._restore_selection()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self._selected = row.id
        self.preview.show_visit(row, self.search.text())

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.visit_asked.emit(VisitTarget(row.id))

    @Slot()
    def _on_open_current(self) -> None:
        if self._typing.isActive():
            self._on_typed()
        row = self.preview.row
        if row is not None and not self.filters.shows_bin:
            self.visit_asked.emit(VisitTarget(row.id))

    @Slot()
    def _on_restore(self) -> None:
        row = self.preview.row
        if row is None:
            return
        visits.restore(self.core, visit_id=row.id, seen=visits.open_visit(self.core, row.id).seen)
        name = row.teacher or self.tr("a teacher not named yet")
        words = self.tr("The visit to {name} is back.").format(name=name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key=f"undo/{row.id}"))
        self.reload()

    @Slot()
    def _on_erase(self) -> None:
        row = self.preview.row
        if row is not None:
            sheet = EraseSheet(self.core, self.jobs, row.id, self.window())
            sheet.erased.connect(self._on_erased)
            sheet.open_over()

    @Slot(str)
    def _on_erased(self, words: str) -> None:
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="trash-2", key="erased"))
        self.reload()

    @Slot(str)
    def _on_note_asked(self, event_id: str) -> None:
        row = self.preview.row
        if row is not None:
            self.visit_asked.emit(VisitTarget(row.id, "observe", event_id))

    @Slot()
    def _on_delete(self) -> None:
        row = self.preview.row
        if row is None or self.filters.shows_bin:
            return
        number = self.model.number_of(row.id)
        neighbour = self.model.row(number + 1) or self.model.row(number - 1)
        self._selected = neighbour.id if neighbour is not None else ""
        opened = visits.open_visit(self.core, row.id)
        visits.delete(self.core, visit_id=row.id, seen=opened.seen)
        name = row.teacher or self.tr("a teacher not named yet")
        words = self.tr("The visit to {name} is in the bin. Undo brings it back.").format(name=name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key=f"undo/{row.id}"))
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_left_search(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("What to bring in"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Notes, sheets and projects (*.csv *.xlsx *.xls *.tsv *.txt *.md *.srt *.vtt *.boris *.gz)"),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        self.import_file(Path(name))

    @Slot(object)
    def _on_imported(self, result: ImportResult | BorisResult) -> None:
        self._selected = result.visit_id
        made = len(getattr(result, "visits", ()))
        if made > 1:
            # Each of them is taken back by itself, in its own history.
            words = self.tr("{n} visits are in.").format(n=made)
            self.message_posted.emit(Message(MessageKind.NEWS, words, icon="check", key="import-boris"))
            return
        if isinstance(self.importing, ImportNotes):
            one, many = self.tr("1 note is in."), self.tr("{n} notes are in.")
        else:
            one, many = self.tr("1 event is in."), self.tr("{n} events are in.")
        count = one if result.events == 1 else many.format(n=result.events)
        message = Message(MessageKind.NEWS, count, self.tr("Undo"), "check", key=f"undo/{result.visit_id}")
        self.visit_asked.emit(VisitTarget(result.visit_id))
        self.message_posted.emit(message)

    @Slot()
    def _on_import_ended(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
            self.importing = None

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the list moves the visit to the bin."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._on_delete()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file that is dropped here is looked at, as one chosen with the button is."""
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.import_file(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        self.preview.setFixedWidth(side_width(event.size().width(), wide=WIDTH, narrow=NARROW, below=_NARROW_BELOW))

    # --- helpers ----------------------------------------------------------------------------------

    def _show_found(self) -> None:
        has_words = bool(self.search.text().strip())
        found = self.model.found
        self.filters.show_count(found, has_words=has_words)
        some = found.all_visits or self.filters.shows_bin
        target = self.table if found.visits else self.nothing if some else self.empty
        # Before the table shows: a table that gets the keyboard without a current row takes the first.
        self._restore_selection()
        # One filled button on the page: that of the empty state while it shows.
        self.plan_button.set_kind(ButtonKind.PRIMARY if found.visits else ButtonKind.PLAIN)
        self.stack.setCurrentWidget(target)
        self.preview.setVisible(bool(found.visits))
        self.preview.show_bin(shown=self.filters.shows_bin)

    def _restore_selection(self) -> None:
        number = max(self.model.number_of(self._selected), 0)
        row = self.model.row(number)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(number, 0))
        self.preview.show_visit(row, self.search.text())

    def _show_order(self) -> None:
        wanted = self.model.filter
        column = next(number for number, name in ORDERS.items() if name == wanted.order)
        order = Qt.SortOrder.DescendingOrder if wanted.descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, order)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_header()
        self.model = VisitsModel(self.core, self)
        self.table = VisitsTable(self.model, self)
        self.table.horizontalHeader().setSectionResizeMode(STAGE, self.table.horizontalHeader().ResizeMode.Fixed)
        self.preview = VisitPreview(self.core, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.empty_plan = Button(self.tr("Plan a visit"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.empty_import = Button(self.tr("Bring in notes"), self, icon="upload")
        self.empty = EmptyState(
            self.tr("No visits yet"),
            self.tr("Plan the first one, or bring in a lesson that you wrote down in a table."),
            self,
            buttons=(self.empty_plan, self.empty_import),
            keys=((self.tr("Ctrl N"), self.tr("plan")), (self.tr("Ctrl Enter"), self.tr("start now"))),
        )
        self.nothing_clear = Button(self.tr("Show all visits"), self, kind=ButtonKind.PRIMARY)
        self.nothing_clear.setObjectName("nothing_clear")
        self.nothing = EmptyState(
            self.tr("Nothing found"),
            self.tr(
                "No visit has all of these words and choices. "
                "Words are found in names, classes, focus and notes, by how they begin."
            ),
            self,
            buttons=(self.nothing_clear,),
            keys=((self.tr("Esc"), self.tr("empty the line")),),
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.preview)

    def _build_header(self) -> None:
        self.header = PageHeader()
        self.search = SearchField(self.tr("Find visits"), self.header, hint=self.tr("words in notes too"))
        self.search.setObjectName("visits_search")
        self.search.setFixedHeight(scaled(36))
        self.search.setMaximumWidth(scaled(_SEARCH_WIDTH))
        self.search.setMinimumWidth(scaled(200))
        self.import_button = Button(self.tr("Bring in notes"), self.header, icon="upload")
        self.import_button.setObjectName("import_notes")
        self.plan_button = Button(self.tr("Plan a visit"), self.header, kind=ButtonKind.PRIMARY, icon="plus")
        self.filters = FilterBar(self.core, self.header)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(TextLabel(self.tr("Visits"), self.header, step="page", weight=600))
        top.addSpacing(40)
        top.addWidget(self.search, 3)
        top.addStretch(1)
        top.addWidget(self.import_button)
        top.addWidget(self.plan_button)
        inner = QVBoxLayout(self.header)
        margin = tokens().size.margin
        inner.setContentsMargins(margin, 15, margin, 14)
        inner.setSpacing(16)
        inner.addLayout(top)
        inner.addWidget(self.filters)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_search_edited)
        self.search.left_downwards.connect(self._on_left_search)
        self.search.returnPressed.connect(self._on_open_current)
        self.filters.changed.connect(self._on_typed)
        self.filters.clear_asked.connect(self._on_clear)
        self.nothing_clear.clicked.connect(self._on_clear)
        self.table.selected.connect(self._on_selected)
        self.table.opened.connect(self._on_opened)
        self.table.sort_changed.connect(self._on_sort_changed)
        self.preview.open_asked.connect(self._on_open_current)
        self.preview.delete_asked.connect(self._on_delete)
        self.preview.restore_asked.connect(self._on_restore)
        self.preview.erase_asked.connect(self._on_erase)
        self.preview.note_asked.connect(self._on_note_asked)
        self.import_button.clicked.connect(self._on_import)
        self.empty_import.clicked.connect(self._on_import)
        self.plan_button.clicked.connect(self.plan_asked)
        self.empty_plan.clicked.connect(self.plan_asked)


def _dropped(data: QMimeData) -> Path | None:
    """Return the first file of what is dragged, None without one."""
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
