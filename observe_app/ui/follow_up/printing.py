"""A PDF on paper: its pages drawn by the system's printer at its own resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from observe_app.domain.errors import ExportFailed
from observe_app.ui.follow_up.sheet_maker import make_pdf, note_print
from observe_app.ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.follow_up.sheet_maker import Wanted
    from observe_app.ui.jobs import JobRunner

_MOST_DPI = 600
"""Beyond this a page takes hundreds of megabytes and looks no better."""


class Printing(QObject):
    """Asks for a printer, then draws the pages on it as a job.

    Signals:
        progressed: pages done and pages in all. printed: name of the printer, after the last page went to it.
        failed: the exception. ended: in whatever way, stopped too.
    """

    progressed = Signal(int, int)
    printed = Signal(str)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._jobs = core, jobs
        self._window = parent
        self._wanted: Wanted | None = None
        self._reader = ""
        self._printer: QPrinter | None = None
        self._job: Job[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether pages are on their way."""
        return self._job is not None

    def ask(self, wanted: Wanted, reader: str, name: str) -> QPrintDialog:
        """Open the system's dialog; what follows comes by signal.

        Args:
            wanted: which PDF.
            reader: who the copy is for.
            name: of the print job.
        """
        self._wanted, self._reader = wanted, reader
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(name)
        self._printer.setResolution(min(_MOST_DPI, max(150, self._printer.resolution())))
        page = QPageSize.PageSizeId.Letter if wanted.paper == "Letter" else QPageSize.PageSizeId.A4
        self._printer.setPageLayout(
            QPageLayout(QPageSize(page), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        )
        self._printer.setFullPage(True)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setObjectName("print_dialog")
        dialog.accepted.connect(self._on_accepted)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own wants a receiver and the name of a slot
        return dialog

    def print_on(self, printer: QPrinter, wanted: Wanted, reader: str) -> None:
        """Draw the pages on a printer that is set up."""
        self._printer, self._wanted, self._reader = printer, wanted, reader
        self._start()

    @Slot()
    def stop(self) -> None:
        """Stop after the page that is being drawn."""
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_accepted(self) -> None:
        self._start()

    def _start(self) -> None:
        printer, wanted, reader = self._printer, self._wanted, self._reader
        if printer is None or wanted is None or self._job is not None:
            return

        def work(progress: Progress) -> None:
            _print(self._core, printer, wanted, reader, progress)

        self._job = Job(self, self._on_done, self._on_error, self._on_progress, self._on_cancelled)
        self._jobs.run(work, self._job)

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.progressed.emit(done, total)

    def _on_done(self, _nothing: None) -> None:
        self._job = None
        self.ended.emit()
        self.printed.emit(self._printer.printerName() if self._printer is not None else "")

    def _on_error(self, error: Exception) -> None:
        self._job = None
        self.ended.emit()
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._job = None
        if self._printer is not None:
            self._printer.abort()
        self.ended.emit()


def _print(core: Core, printer: QPrinter, wanted: Wanted, reader: str, progress: Progress) -> None:
    """Draw every page; the copy is written down before the first one leaves.

    Raises:
        ObserveError: the visit cannot be read, or the printer does not take it. Cancelled: the person stopped it.
    """
    from pathlib import Path  # noqa: PLC0415  (with what only printing needs)

    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)

    pdf, result = make_pdf(core, wanted, progress)
    progress.step(0, result.pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise ExportFailed(Path(printer.printerName() or printer.outputFileName() or "printer"), "printer")
    try:
        note_print(core, wanted, reader, printer.docName(), pdf)
        room = printer.pageLayout().fullRectPixels(printer.resolution())
        area = QRectF(0, 0, room.width(), room.height())
        for number in range(result.pages):
            if number:
                printer.newPage()
            (image,) = render_pages(pdf, max(1, room.width()), first=number, count=1)
            page = QImage(image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888)
            fitted = page.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (room.width() - fitted.width()) / 2, (room.height() - fitted.height()) / 2
            painter.drawImage(QRectF(left, top, fitted.width(), fitted.height()).intersected(area), page)
            progress.step(number + 1, result.pages)
    finally:
        painter.end()
