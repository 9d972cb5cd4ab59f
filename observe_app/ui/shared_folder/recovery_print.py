"""The sheet with the twelve words, on paper or as a file where the person says. No copy of it lies anywhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMarginsF, QObject, QRectF, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from observe_app.domain.errors import ExportFailed, ObserveError
from observe_app.services import people
from observe_app.services.pdf.recovery_sheet import RecoverySheet, RecoveryWords
from observe_app.services.sync import colleagues, setup
from observe_app.ui.errors import describe
from observe_app.ui.i18n import long_date
from observe_app.ui.jobs import Job
from observe_app.ui.moments import today_of
from observe_app.ui.papers import paper_of
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_MOST_DPI = 600


def own_sheet(core: Core, words: str) -> RecoverySheet:
    """Return the sheet of this computer's user; the number is filled in by `make_pdf`."""
    me = people.me(core)
    kept = core.settings.get()
    folders = setup.folders(core)
    home = next((one for one in folders if one.home), None)
    return RecoverySheet(
        words=tuple(words.split()),
        name=me.name if me is not None else kept.my_name,
        folder=home.name if home is not None else "",
        school=kept.school,
        made=long_date(today_of(core.clock)),
        paper=paper_of(kept.paper, QLocale()),
    )


def school_sheet(core: Core, words: str, folder: str) -> RecoverySheet:
    """Return the sheet with the school's own words, for whoever keeps its keys."""
    fixed = RecoveryWords(
        title_unnamed="The school’s twelve words",
        lead=(
            "These words open every visit that is shared through the folder below. They belong to the school, not to "
            "a person, and every visit says that the school can open it."
        ),
        another="When they are needed",
        another_note=(
            "With the agreement that your school has made for it: install Observe on a computer of the school, open "
            "Shared folder, choose “I have twelve words”, choose the folder, then type them."
        ),
        lost="When somebody else may have seen them",
        lost_note="Tell all who share through this folder. They begin a new one, whose key is another.",
        sheet_lost="When this sheet is lost",
        sheet_lost_note="Nobody can print it again. What is shared can still be read by those who share it.",
    )
    kept = core.settings.get()
    return RecoverySheet(
        words=tuple(words.split()),
        folder=folder,
        school=kept.school,
        made=long_date(today_of(core.clock)),
        paper=paper_of(kept.paper, QLocale()),
        fixed=fixed,
    )


def make_pdf(core: Core, sheet: RecoverySheet) -> bytes:
    """Return the sheet's PDF, with the number that belongs to the words where they are one's own."""
    from observe_app.services.pdf import recovery_pdf  # noqa: PLC0415  (loads ReportLab)

    if sheet.name and not sheet.number:
        sheet = replace(sheet, number=colleagues.own_number(core))
    return recovery_pdf(sheet)


class RecoveryPrint(QObject):
    """Asks for a printer or a place, then makes the sheet as a job.

    Signals:
        done: the sheet is on paper, or in a file. message_posted: a `Message` to show.
    """

    done = Signal()
    message_posted = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._jobs, self._window = core, jobs, parent
        self._sheet: RecoverySheet | None = None
        self._printer: QPrinter | None = None

    def ask_printer(self, sheet: RecoverySheet) -> QPrintDialog:
        """Open the system's dialog for printing."""
        self._sheet = sheet
        printer = self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.tr("Twelve words"))
        printer.setResolution(min(_MOST_DPI, max(150, printer.resolution())))
        page = QPageSize.PageSizeId.Letter if sheet.paper == "Letter" else QPageSize.PageSizeId.A4
        printer.setPageLayout(QPageLayout(QPageSize(page), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("words_print_dialog")
        dialog.accepted.connect(self._on_printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own wants a receiver and the name of a slot
        return dialog

    def print_on(self, printer: QPrinter, sheet: RecoverySheet) -> None:
        """Draw the sheet on a printer that is set up."""
        self._printer, self._sheet = printer, sheet
        self._on_printer_chosen()

    def ask_where(self, sheet: RecoverySheet) -> QFileDialog:
        """Ask for a place, and save the sheet there."""
        self._sheet = sheet
        dialog = QFileDialog(self._window, self.tr("Save the sheet with the twelve words"))
        dialog.setObjectName("words_save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(self.tr("Twelve words"))
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save_to(self, target: Path, sheet: RecoverySheet) -> None:
        """Write the sheet to a file, in the background."""
        core = self._core

        def work(_progress: Progress) -> Path:
            from observe_app.services.pdf.render import write_whole  # noqa: PLC0415  (with the PDF)

            write_whole(target, make_pdf(core, sheet))
            return target

        self._jobs.run(work, Job(self, self._on_saved, self._on_failed))

    @Slot()
    def _on_printer_chosen(self) -> None:
        core, printer, sheet = self._core, self._printer, self._sheet
        if printer is None or sheet is None:
            return

        def work(_progress: Progress) -> None:
            _print(make_pdf(core, sheet), printer)

        self._jobs.run(work, Job(self, self._on_printed, self._on_failed))

    @Slot(str)
    def _on_place_chosen(self, name: str) -> None:
        if name and self._sheet is not None:
            self.save_to(Path(name), self._sheet)

    def _on_printed(self, _nothing: None) -> None:
        self._sheet = self._printer = None
        self._say(self.tr("The sheet is on its way to the printer. Keep it where you keep papers that matter."))
        self.done.emit()

    def _on_saved(self, target: Path) -> None:
        self._sheet = None
        words = self.tr("Saved as {name}. Print it, then delete the file: whoever has it has your words.")
        self._say(words.format(name=target.name))
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        self._sheet = self._printer = None
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="words"))

    def _say(self, words: str) -> None:
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="printer", key="words"))


def _print(pdf: bytes, printer: QPrinter) -> None:
    """Draw the one page.

    Raises:
        ExportFailed: the printer does not take it.
    """
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)

    painter = QPainter()
    if not painter.begin(printer):
        raise ExportFailed(Path(printer.printerName() or printer.outputFileName() or "printer"), "printer")
    try:
        room = printer.pageLayout().fullRectPixels(printer.resolution())
        (image,) = render_pages(pdf, max(1, room.width()), first=0, count=1)
        page = QImage(image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888)
        fitted = page.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - fitted.width()) / 2, (room.height() - fitted.height()) / 2
        painter.drawImage(QRectF(left, top, fitted.width(), fitted.height()), page)
    finally:
        painter.end()
