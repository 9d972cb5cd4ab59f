"""Forms: the library at the left, the form as one reads it, and as it will be filled in. Editing takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.domain.form import text_in
from observe_app.services import own_forms
from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.forms.details import Details
from observe_app.ui.forms.export_actions import FormExport
from observe_app.ui.forms.header import Act, FormsHeader
from observe_app.ui.forms.library import NARROW_BELOW, WIDE_FROM, Library
from observe_app.ui.forms.preview_column import PreviewColumn
from observe_app.ui.forms.shelf import Row, RowKind, Shelf, read_shelf
from observe_app.ui.forms.standing import acts_for, dropped_file, is_own, published_words, reading_of, subtitle_of
from observe_app.ui.jobs import Job
from observe_app.ui.theme import room_for
from observe_app.ui.widgets import Message, MessageKind
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.forms.editor import FormEditor
    from observe_app.ui.forms.import_sheet import ImportForm
    from observe_app.ui.forms.new_sheet import NewFormSheet
    from observe_app.ui.forms.print_sheet import PrintSheet
    from observe_app.ui.jobs import JobRunner

_FAILED, _PUBLISHED = "forms-failed", "form-published"


class FormsPage(DataPage):
    """Every form.

    Signals:
        visit_wanted: id of a form to plan a visit with.
    """

    place: ClassVar[str] = "forms"
    tables: ClassVar[frozenset[str]] = frozenset({"form_version", "form_draft", "visit"})
    visit_wanted = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("forms_page")
        self.setAcceptDrops(True)
        self.shelf = Shelf()
        self.form: Form | None = None
        self.editor: FormEditor | None = None
        self.importing: ImportForm | None = None
        self.sheet: NewFormSheet | PrintSheet | None = None
        self._job: Job[Shelf] | None = None
        self._again = False
        self._wanted = ""
        self._build()
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """The form that is shown or edited."""
        if self.is_editing and self.editor is not None:
            return self.editor.title()
        row = self.library.row
        return row.title if row is not None else self.tr("Forms")

    def subtitle(self) -> str:
        """Its version and where it is used."""
        if self.is_editing and self.editor is not None:
            return self.editor.subtitle()
        row = self.library.row
        return subtitle_of(row, self.shelf) if row is not None else ""

    def header_widget(self) -> QWidget | None:
        """Title and acts."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Acts, library, form, preview; or the editor."""
        if self.is_editing and self.editor is not None:
            return (self.header, *self.editor.regions())
        return (self.header, self.library, self.details, self.preview)

    def start_widget(self) -> QWidget | None:
        """The list, where arrows walk and letters search."""
        return self.editor if self.is_editing else self.library.list

    def undo_scope(self) -> str | None:
        """While a form is edited undo keeps to its draft."""
        return self.editor.undo_scope() if self.is_editing and self.editor is not None else None

    def leave(self) -> bool:
        """Keep what is being edited; that a version is out is told here and nowhere else."""
        if self.is_editing and self.editor is not None and not self.editor.leave():
            return False
        self.message_cleared.emit(_PUBLISHED)
        return super().leave()

    @property
    def is_editing(self) -> bool:
        """Whether the editor has the place of the columns."""
        return self.editor is not None and self.stack.currentWidget() is self.editor

    @Slot()
    def reload(self) -> None:
        """Read the library in the background and show it; what is chosen stays so."""
        if self._job is not None:
            self._again = True
            return
        core = self.core

        def read(_progress: Progress) -> Shelf:
            return read_shelf(core)

        self._job = self.jobs.run(read, Job(self, self._on_shelf, self._on_read_failed))

    def show_form(self, form_id: str) -> None:
        """Show a form, now or as soon as the library is read."""
        if self.is_editing and not self.close_editor():
            return
        self._wanted = form_id
        if self.library.choose(form_id):
            self._wanted = ""
        else:
            self.reload()

    # --- what the page does -----------------------------------------------------------------------

    @Slot()
    def new_form(self) -> None:
        """Ask for a title and begin a form."""
        if self.is_editing and not self.close_editor():
            return
        from observe_app.ui.forms.new_sheet import NewFormSheet  # noqa: PLC0415  (sheets load when wanted)

        sheet = NewFormSheet(self.core, self.shelf, self._language(), self)
        sheet.begun.connect(self.edit)
        sheet.failed.connect(self._say_error)
        sheet.import_asked.connect(self.import_form)
        self._open_sheet(sheet)

    @Slot()
    def import_form(self) -> None:
        """Ask for a file or a table."""
        importing = self._begin_import()
        if importing is not None:
            importing.ask()

    def import_file(self, path: Path) -> None:
        """Read a file and offer to add the form in it."""
        importing = self._begin_import()
        if importing is not None:
            importing.read_file(path)

    def import_text(self, text: str) -> None:
        """Read a table that was copied elsewhere and offer to add the form in it."""
        importing = self._begin_import()
        if importing is not None:
            importing.read_text(text)

    @Slot(str)
    def edit(self, form_id: str) -> None:
        """Edit an own form in the place of the columns."""
        editor = self._ready_editor()
        try:
            editor.open(form_id)
        except ObserveError as error:
            self._say_error(error)
            return
        self.library.choose(form_id)
        self.stack.setCurrentWidget(editor)
        self.header.set_editing(editing=True)
        self._show_header()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_editor(self) -> bool:
        """Go back to all forms; False where something on the screen could not be kept."""
        if not self.is_editing or self.editor is None:
            return True
        if not self.editor.leave():
            return False
        self._show_columns()
        return True

    # --- slots ------------------------------------------------------------------------------------

    def _on_shelf(self, shelf: Shelf) -> None:
        self._job = None
        self.message_cleared.emit(_FAILED)
        changed = shelf != self.shelf
        self.shelf = shelf
        self.library.show_shelf(shelf, self._language(), self._wanted)
        if not self._again or self.library.key == self._wanted:
            self._wanted = ""
        row = self.library.row
        if row is None:
            self._show_none()
        elif changed:
            self._show_row(row)
        if self._again:
            self._again = False
            self.reload()

    def _on_read_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        self.message_posted.emit(Message(MessageKind.LOOK, words, key=_FAILED))

    @Slot(object)
    def _on_opened(self, row: Row) -> None:
        if row.kind is RowKind.BROKEN:
            self.details.broken.folder_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif is_own(row):
            self.edit(row.key)
        else:
            self.details.reader.listing.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _on_act(self, act: Act) -> None:
        row = self.library.row
        if row is None or row.kind is not RowKind.FORM or self.form is None:
            return
        if act in (Act.COPY, Act.DUPLICATE):
            self._copy(row)
        elif act is Act.USE:
            self.visit_wanted.emit(row.key)
        elif act is Act.EDIT:
            self.edit(row.key)
        elif act is Act.PRINT:
            self._print(self.form)
        elif act is Act.REMOVE:
            self._remove(row)
        else:
            self.export.ask_where(self.form, act)

    def _copy(self, row: Row) -> None:
        title = self.tr("Copy of {title}").format(title=row.title)
        try:
            opened = own_forms.copy_of(self.core, row.key, title=title)
        except ObserveError as error:
            self._say_error(error)
            return
        self.edit(opened.value.form_id)

    def _print(self, form: Form) -> None:
        from observe_app.ui.forms.print_sheet import PrintSheet  # noqa: PLC0415

        sheet = PrintSheet(self.core, self.jobs, form, self._language(), self)
        sheet.saved.connect(self.export.say_saved)
        self._open_sheet(sheet)

    def _open_sheet(self, sheet: NewFormSheet | PrintSheet) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._on_sheet_closed)
        sheet.open_over()

    @Slot()
    def _on_sheet_closed(self) -> None:
        self.sheet = None

    def _remove(self, row: Row) -> None:
        forms = self.library.model.forms
        place = next(number for number, one in enumerate(forms) if one.key == row.key)
        beside = forms[place + 1 : place + 2] or forms[max(0, place - 1) : place]
        visits = self.shelf.visits(row.key)
        try:
            own_forms.remove(self.core, form_id=row.key)
        except ObserveError as error:
            self._say_error(error)
            return
        kept = self.tr("“{title}” is removed; visits keep it. Undo brings it back.")
        words = kept if visits else self.tr("“{title}” is removed. Undo brings it back.")
        text = words.format(title=row.title)
        self.message_posted.emit(Message(MessageKind.NEWS, text, self.tr("Undo"), "trash-2", key="undo/"))
        if beside:
            self._wanted = beside[0].key
        self.reload()

    @Slot(str)
    def _on_published(self, form_id: str) -> None:
        entry = next((one for one in self.core.catalogue.entries() if one.form_id == form_id), None)
        if entry is not None:
            title = text_in(entry.title, self._language())
            text = published_words(title, entry.version, self.shelf.visits(form_id))
            self.message_posted.emit(Message(MessageKind.NEWS, text, icon="check", key=_PUBLISHED))
        self._show_columns()
        self.show_form(form_id)

    @Slot()
    def _on_editor_closed(self) -> None:
        self._show_columns()

    @Slot(str, str)
    def _on_imported(self, form_id: str, title: str) -> None:
        words = self.tr("“{title}” is among your forms.").format(title=title)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key="undo/"))
        self._wanted = form_id
        self.reload()

    @Slot()
    def _on_import_ended(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
            self.importing = None

    @Slot()
    def _on_folder_asked(self) -> None:
        row = self.library.row
        if row is not None and row.entry is not None and row.entry.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.entry.path.parent)))

    @Slot()
    def _on_go_on(self) -> None:
        row = self.library.row
        if row is not None:
            self.edit(row.key)

    @Slot(object)
    def _say_error(self, error: ObserveError) -> None:
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_posted.emit(Message(MessageKind.LOOK, words, key="form-error"))

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the editor; a table can be pasted anywhere; Delete on the list removes an own form."""
        row = self.library.row
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self.close_editor()
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.is_editing:
            self._paste()
        elif event.key() == Qt.Key.Key_Delete and self.library.list.hasFocus() and row is not None and is_own(row):
            self._remove(row)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A form file or a spreadsheet may be dropped."""
        if not self.is_editing and dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.import_file(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Library and preview give way in a small window."""
        super().resizeEvent(event)
        width = event.size().width()
        wide = width >= room_for(WIDE_FROM)
        self.library.fit(width)
        self.preview.setFixedWidth(side_width(width, wide=520 if wide else 344, narrow=288, below=NARROW_BELOW))

    # --- helpers ----------------------------------------------------------------------------------

    def _language(self) -> str:
        return QLocale().name()

    @Slot(object)
    def _show_row(self, row: Row) -> None:
        if row.kind is RowKind.BROKEN and row.entry is not None:
            self.form = None
            self.details.show_broken(row.entry)
            self.header.offer({}, main=None)
        else:
            self._show_form_of(row)
        self.preview.show_form(self.form)
        self.preview.setVisible(self.form is not None)
        self._show_header()

    def _show_form_of(self, row: Row) -> None:
        draft = self.shelf.draft(row.key)
        try:
            self.form = self.core.catalogue.form(row.key) if row.entry is not None else None
        except ObserveError as error:
            self.form = None
            if not isinstance(error, NotFound):
                self._say_error(error)
        if self.form is None and row.entry is None and draft is not None:
            self.form = draft.form
        if self.form is None:
            self._show_none()
            return
        self.details.show_reading(reading_of(row, self.form, self.shelf), self._language())
        acts, main = acts_for(row)
        self.header.offer(acts, main=main)

    def _show_none(self) -> None:
        self.form = None
        self.details.show_nothing()
        self.preview.show_form(None)
        self.header.offer({}, main=None)
        self._show_header()

    def _show_header(self) -> None:
        self.header.set_words(self.title(), self.subtitle())
        self.header_changed.emit()

    def _show_columns(self) -> None:
        self.stack.setCurrentWidget(self.columns)
        self.header.set_editing(editing=False)
        row = self.library.row
        if row is not None:
            self._show_row(row)
        self.reload()
        self.library.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ready_editor(self) -> FormEditor:
        if self.editor is None:
            from observe_app.ui.forms.editor import FormEditor  # noqa: PLC0415  (loads when a form is first edited)

            editor = FormEditor(self.core, self.jobs, self.bus, self)
            editor.closed.connect(self._on_editor_closed)
            editor.published.connect(self._on_published)
            editor.message_posted.connect(self.message_posted)
            editor.message_cleared.connect(self.message_cleared)
            editor.header_changed.connect(self._on_editor_header)
            self.stack.addWidget(editor)
            self.header.add_editing_acts(editor.header_actions())
            self.editor = editor
        return self.editor

    @Slot()
    def _on_editor_header(self) -> None:
        if self.is_editing:
            self._show_header()

    def _begin_import(self) -> ImportForm | None:
        if self.importing is not None or (self.is_editing and not self.close_editor()):
            return None
        from observe_app.ui.forms.import_sheet import ImportForm  # noqa: PLC0415

        self.importing = ImportForm(self.core, self.jobs, self.shelf, self._language(), self)
        self.importing.imported.connect(self._on_imported)
        self.importing.edit_asked.connect(self.edit)
        self.importing.ended.connect(self._on_import_ended)
        return self.importing

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.import_text(text)
        else:
            words = self.tr("There is no table to paste. Copy the cells in the spreadsheet first.")
            self.message_posted.emit(Message(MessageKind.NEWS, words, icon="clipboard-paste", key="paste"))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = FormsHeader()
        self.library = Library(self)
        self.details = Details(self)
        self.preview = PreviewColumn(self)
        self.export = FormExport(self.core, self.jobs, self)
        self.columns = QWidget(self)
        row = QHBoxLayout(self.columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.library)
        row.addWidget(self.details, 1)
        row.addWidget(self.preview)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _connect(self) -> None:
        self.header.asked.connect(self._on_act)
        self.header.back_asked.connect(self.close_editor)
        self.library.chosen.connect(self._show_row)
        self.library.opened.connect(self._on_opened)
        self.library.new_asked.connect(self.new_form)
        self.library.import_asked.connect(self.import_form)
        self.details.reader.go_on_asked.connect(self._on_go_on)
        self.details.broken.folder_asked.connect(self._on_folder_asked)
        self.details.broken.again_asked.connect(self.reload)
        self.export.message_posted.connect(self.message_posted)
