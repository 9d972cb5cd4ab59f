"""Statements and certificates leave as PDF, where the person says, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.errors import ObserveError
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder
from observe_app.ui.jobs import Job
from observe_app.ui.papers import paper_of
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.term_export import Look
    from observe_app.ui.jobs import JobRunner


class PdfOut(QObject):
    """Asks where a PDF goes, and has it written.

    Signals:
        message_posted: `Message` of what was written. failed: an `ObserveError`. busy_changed: whether it is written.
    """

    message_posted = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, core: Core, jobs: JobRunner, page: QWidget) -> None:
        super().__init__(page)
        self._core, self._jobs, self._page = core, jobs, page
        self._make: Callable[[Look, Path, Progress], PdfResult] | None = None
        self._job: Job[PdfResult] | None = None

    def ask(self, stem: str, make: Callable[[Look, Path, Progress], PdfResult]) -> QFileDialog:
        """Ask for a place; `make` writes the file there with a look."""
        self._make = make
        dialog = QFileDialog(self._page, self.tr("Where to"))
        dialog.setObjectName("pdf_where")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name(stem, "pdf"))
        dialog.fileSelected.connect(self._on_place)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, target: Path, make: Callable[[Look, Path, Progress], PdfResult]) -> None:
        """Write the file, in a job."""
        if self._job is not None:
            return
        from observe_app.services.pdf.term_export import Look  # noqa: PLC0415  (loads what sets pages)

        look = Look(paper_of(self._core.settings.get().paper, QLocale()), QLocale().name()[:2])
        self._job = Job(self, partial(self._on_written, target), self._on_error, on_cancel=self._on_stopped)
        self.busy_changed.emit(True)
        self._jobs.run(partial(make, look, target), self._job)

    @Slot()
    def stop(self) -> None:
        """Write no further; what stood there stays."""
        if self._job is not None:
            self._job.cancel()

    @Slot(str)
    def _on_place(self, name: str) -> None:
        if name and self._make is not None:
            self.write(Path(name), self._make)

    def _on_written(self, target: Path, result: PdfResult) -> None:
        self._on_stopped()
        words = self.tr("{name} is written.").format(name=target.name)
        kind = MessageKind.NEWS
        if result.replaced:
            kind = MessageKind.LOOK
            signs = " ".join(result.replaced)
            words = self.tr("{name} is written; signs that the fonts do not have are boxes: {signs}").format(
                name=target.name, signs=signs
            )
        self.message_posted.emit(Message(kind, words, self.tr("Open the folder"), key=f"folder/{target.parent}"))

    def _on_error(self, error: Exception) -> None:
        self._on_stopped()
        if isinstance(error, ObserveError):
            self.failed.emit(error)
        else:
            raise error

    def _on_stopped(self) -> None:
        self._job = None
        self.busy_changed.emit(False)
