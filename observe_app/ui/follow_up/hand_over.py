"""The PDF leaves: into a file or onto paper, as a job that can be stopped; what left is written down."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.errors import ObserveError
from observe_app.domain.visit import Stage
from observe_app.services import visits
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.sheet_maker import save_pdf
from observe_app.ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.pdf.render import PdfResult
    from observe_app.ui.follow_up.printing import Printing
    from observe_app.ui.follow_up.sheet_maker import Wanted
    from observe_app.ui.jobs import JobRunner


class HandOver(QObject):
    """Saves and prints what the preview shows.

    Signals:
        began: words for what is being done. progressed: pages done, pages in all. ended: in whatever way.
        saved: (Path, whether it was a draft). printed: name of the printer. failed: the `ObserveError`.
    """

    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    saved = Signal(object, bool)
    printed = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._jobs, self._window = core, jobs, parent
        self._wanted: Wanted | None = None
        self._reader = ""
        self._job: Job[PdfResult] | None = None
        self._printing: Printing | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being written or printed."""
        return self._job is not None or (self._printing is not None and self._printing.is_busy)

    def ask_where(self, wanted: Wanted, reader: str, visit: Visit | None) -> QFileDialog:
        """Ask for a place and save there.

        Args:
            wanted: what the preview shows.
            reader: who the copy is for.
            visit: for the name of the file.
        """
        self._wanted, self._reader = wanted, reader
        draft = wanted.release is None
        dialog = QFileDialog(self._window, self.tr("Save the draft") if draft else self.tr("Save the PDF"))
        dialog.setObjectName("save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(self.name_for(wanted, visit))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def name_for(self, wanted: Wanted, visit: Visit | None) -> str:
        """Return a name for the file that every system takes: draft or revision, and how much of it."""
        if wanted.release is None:
            stem = self.tr("Draft feedback {teacher} {date}")
        elif wanted.scope == "record":
            stem = self.tr("Full record {teacher} {date} revision {n}")
        else:
            stem = self.tr("Feedback {teacher} {date} revision {n}")
        number = wanted.release.number if wanted.release is not None else 0
        return safe_name(stem.format(teacher=_teacher(visit), date=_day(visit), n=number), "pdf")

    def save_to(self, target: Path, wanted: Wanted, reader: str) -> None:
        """Write the PDF to a file, in the background."""
        if self.is_busy:
            return
        self.began.emit(self.tr("Writing {name}").format(name=target.name))
        done = partial(self._on_saved, target, wanted)
        self._job = Job(self, done, self._on_error, self._on_progress, self._on_stopped)
        self._jobs.run(partial(save_pdf, self._core, wanted, target, reader), self._job)

    def ask_printer(self, wanted: Wanted, reader: str, visit: Visit | None) -> None:
        """Open the system's print dialog."""
        if self.is_busy:
            return
        name = self.name_for(wanted, visit).removesuffix(".pdf")
        self.printing.ask(wanted, reader, name)

    @property
    def printing(self) -> Printing:
        """What prints; loaded when it is first wanted."""
        if self._printing is None:
            from observe_app.ui.follow_up.printing import Printing  # noqa: PLC0415  (loads the system's printers)

            self._printing = Printing(self._core, self._jobs, self._window)
            self._printing.progressed.connect(self._on_pages)
            self._printing.ended.connect(self.ended)
            self._printing.printed.connect(self.printed)
            self._printing.failed.connect(self._on_error)
        return self._printing

    @Slot()
    def stop(self) -> None:
        """Stop what is being written or printed."""
        if self._job is not None:
            self._job.cancel()
        if self._printing is not None:
            self._printing.stop()

    # Slots.

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name and self._wanted is not None:
            self.save_to(Path(name), self._wanted, self._reader)

    @Slot(int, int)
    def _on_pages(self, done: int, total: int) -> None:
        if done == 0:
            self.began.emit(self.tr("Printing"))
        self.progressed.emit(done, total)

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.progressed.emit(done, total)

    def _on_stopped(self) -> None:
        self._job = None
        self.ended.emit()

    def _on_saved(self, target: Path, wanted: Wanted, _result: PdfResult) -> None:
        self._job = None
        self.ended.emit()
        draft = wanted.release is None
        try:
            if not draft:
                _go_on(self._core, wanted.visit_id)
            self._core.settings.change(last_export=str(target.parent))
        except ObserveError as error:
            self.failed.emit(error)
        self.saved.emit(target, draft)

    @Slot(object)
    def _on_error(self, error: Exception) -> None:
        self._job = None
        self.ended.emit()
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)


def _go_on(core: Core, visit_id: str) -> None:
    """A copy has left: the visit stands at Follow up."""
    opened = visits.open_visit(core, visit_id)
    if opened.value.stage is Stage.TALK:
        visits.set_stage(core, visit_id=visit_id, stage=Stage.FOLLOW_UP, seen=opened.seen)


def start_folder(core: Core) -> Path:
    """Return the folder that a dialog starts in: where something was saved last, else the documents."""
    last = core.settings.get().last_export
    if last and Path(last).is_dir():
        return Path(last)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def _teacher(visit: Visit | None) -> str:
    return visit.teacher if visit is not None else ""


def _day(visit: Visit | None) -> str:
    day = (visit.started or visit.start) if visit is not None else None
    return day.astimezone().date().isoformat() if day is not None else ""
