"""A form as a file: as readable text, as a spreadsheet for XLSForm tools, or as a sheet for a pen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.forms.header import Act
from observe_app.ui.jobs import Job
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_ENDINGS = {Act.TOML: "toml", Act.XLSFORM: "xlsx", Act.PRINT: "pdf"}


def form_bytes(form: Form, act: Act) -> bytes:
    """Return a form as a text file or as an XLSForm workbook."""
    if act is Act.XLSFORM:
        from observe_app.services.exchange.xlsform_out import write_xlsform  # noqa: PLC0415  (loads openpyxl)

        return write_xlsform(form)
    from observe_app.services.forms.writer import dumps_toml  # noqa: PLC0415  (as above, when wanted)

    return dumps_toml(form).encode()


def write_file(content: bytes, target: Path) -> Path:
    """Write a file whole or not at all.

    Raises:
        ExportFailed: it could not be written.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415

    write_whole(target, content)
    return target


class FormExport(QObject):
    """Asks where, writes in the background, says what came of it.

    Signals:
        message_posted: `Message` for the bar under the header.
    """

    message_posted = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._host = core, jobs, host

    def ask_where(self, form: Form, act: Act) -> None:
        """Ask for a place and save the form there."""
        filters = {
            Act.TOML: self.tr("Form files (*.toml)"),
            Act.XLSFORM: self.tr("Workbooks (*.xlsx)"),
        }
        titles = {
            Act.TOML: self.tr("Export the form as a text file"),
            Act.XLSFORM: self.tr("Export the form as XLSForm"),
        }
        dialog = save_dialog(self._core, self._host, titles[act], filters[act], self.suggested_name(form, act))
        dialog.fileSelected.connect(partial(self._on_file_chosen, form, act))
        dialog.open()

    def suggested_name(self, form: Form, act: Act) -> str:
        """Return a name for the file that every system takes; of a text file it must be the form's id."""
        return safe_name(form.id, _ENDINGS[act])

    def save_to(self, form: Form, act: Act, target: Path) -> None:
        """Write the form to a file, in the background."""

        def write(_progress: Progress) -> Path:
            return write_file(form_bytes(form, act), target)

        self._jobs.run(write, Job(self, self.say_saved, self._on_failed))

    @Slot(object)
    def say_saved(self, target: Path) -> None:
        """Say that a file is there, and where."""
        words = self.tr("Saved as {name}").format(name=target.name)
        key = f"folder/{target.parent}"
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Open folder"), "file-down", key=key))
        try:
            self._core.settings.change(last_export=str(target.parent))
        except ObserveError as error:
            self._on_failed(error)

    def _on_file_chosen(self, form: Form, act: Act, name: str) -> None:
        if name:
            self.save_to(form, act, Path(name))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_posted.emit(Message(MessageKind.LOOK, words, key="form-error"))


def save_dialog(core: Core, host: QWidget, title: str, name_filter: str, name: str) -> QFileDialog:
    """Return a dialog that asks where to save; it goes away by itself."""
    dialog = QFileDialog(host, title)
    dialog.setObjectName("save_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(name_filter)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.setDirectory(str(_start_folder(core)))
    dialog.selectFile(name)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _start_folder(core: Core) -> Path:
    last = core.settings.get().last_export
    if last and Path(last).is_dir():
        return Path(last)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
