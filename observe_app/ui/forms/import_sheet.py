"""Bringing a form in: a file is chosen or dropped, or a table pasted; what came of it is shown before it is kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.errors import FormInvalid, ObserveError
from observe_app.domain.form import text_in
from observe_app.services import own_forms
from observe_app.ui.forms.import_card import ImportSheet
from observe_app.ui.forms.import_reading import Found, Origin, read
from observe_app.ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.ui.forms.import_found import Kept
    from observe_app.ui.forms.shelf import Shelf
    from observe_app.ui.jobs import JobRunner

_OPEN_AFTER_MS = 300


class ImportForm(QObject):
    """The import of one form, from the first look to the library.

    Signals:
        imported: id and title of the form that is kept now. edit_asked: id of a draft to go on with.
        ended: the sheet is gone, in whatever way.
    """

    imported = Signal(str, str)
    edit_asked = Signal(str)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, shelf: Shelf, language: str, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._host = core, jobs, host
        self._language = language
        self._origin = Origin()
        self._job: Job[Found] | None = None
        self._is_open = False
        self.sheet = ImportSheet(shelf, language, host)
        self.sheet.file_asked.connect(self.choose_file)
        self.sheet.file_given.connect(self._on_file_given)
        self.sheet.text_given.connect(self.read_text)
        self.sheet.shape_chosen.connect(self._on_shape_chosen)
        self.sheet.stop_asked.connect(self._on_stop)
        self.sheet.keep_asked.connect(self._on_keep)
        self.sheet.edit_asked.connect(self._on_edit)
        self.sheet.closed.connect(self._on_closed)
        # What is read in a moment is shown at once as what it is; only what takes longer shows that it is read.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_OPEN_AFTER_MS)
        self._patience.timeout.connect(self._open)

    def ask(self) -> None:
        """Ask for a file or a table."""
        self.sheet.show_start()
        self._open()

    def read_file(self, path: Path) -> None:
        """Read a file and show what it gives."""
        self._begin(Origin(path=path))

    @Slot(str)
    def read_text(self, text: str) -> None:
        """Read a table that was copied and show what it gives."""
        self._begin(Origin(text=text))

    @Slot()
    def choose_file(self) -> None:
        """Ask which file."""
        dialog = QFileDialog(self.sheet, self.tr("Form to bring in"))
        dialog.setObjectName("import_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Forms and tables (*.toml *.xlsx *.xls *.csv *.tsv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_file_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- reading ----------------------------------------------------------------------------------

    def _begin(self, origin: Origin) -> None:
        if self._job is not None:
            self._job.cancel()
        self._origin = origin
        self.sheet.show_reading(origin)
        if not self._is_open:
            self._patience.start()
        job: Job[Found] = Job(self, self._on_read, self._on_failed, self.sheet.show_progress, self._on_stopped)
        self._job = job
        self._jobs.run(partial(read, origin, self._language), job)

    def _on_read(self, found: Found) -> None:
        self._job = None
        first = not self._is_open or self.sheet.found_box.found is None
        self.sheet.show_found(found, self._origin)
        self._open()
        if first and self._origin.path is None:
            self.sheet.found_box.ask_title()  # a table that was copied has no name
        elif first:
            self.sheet.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, ObserveError):
            self.sheet.reject()
            raise error
        self.sheet.show_failed(error, self._origin)
        self._open()

    def _on_stopped(self) -> None:
        """The person stopped it, or another reading began meanwhile."""

    @Slot()
    def _open(self) -> None:
        self._patience.stop()
        if not self._is_open:
            self._is_open = True
            self.sheet.open_over()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_file_given(self, name: str | Path) -> None:
        self.read_file(Path(name))

    @Slot(str)
    def _on_shape_chosen(self, shape: str) -> None:
        self._begin(Origin(self._origin.path, self._origin.text, shape))

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.sheet.show_start()

    @Slot(object)
    def _on_keep(self, kept: Kept) -> None:
        try:
            form = own_forms.adopt(self._core, kept.form, as_new=kept.as_new)
        except FormInvalid as error:
            self.sheet.show_failed(error, self._origin)
            return
        except ObserveError as error:
            self.sheet.warn(error)
            return
        self.sheet.accept()
        self.imported.emit(form.id, text_in(form.title, self._language))

    @Slot(object)
    def _on_edit(self, form: Form) -> None:
        try:
            opened = own_forms.start(self._core, form=form)
        except ObserveError as error:
            self.sheet.warn(error)
            return
        self.sheet.accept()
        self.edit_asked.emit(opened.value.form_id)

    @Slot()
    def _on_closed(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.ended.emit()
