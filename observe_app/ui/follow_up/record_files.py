"""The whole record as a file of an open format: workbook, table, JSON or BORIS project."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ComboBox, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.visit_out import ExportResult
    from observe_app.ui.jobs import JobRunner

_ENDINGS = ("xlsx", "csv", "json", "boris")


class RecordFiles(QWidget):
    """Offers the record as a file; notes marked private stay out unless the observer says otherwise.

    Signals:
        place_asked: ending of a file that the person wants.
        written: the `ExportResult`.
        failed: the `ObserveError`.
    """

    place_asked = Signal(str)
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, visit_id: str, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id, self._jobs = core, visit_id, jobs
        self.head = SectionHead(self.tr("The record as a file"), "", self)
        self.format_box = ComboBox(self)
        self.format_box.setObjectName("record_format")
        self.format_box.setAccessibleName(self.tr("Format of the file"))
        names = (
            self.tr("Workbook (*.xlsx)"),
            self.tr("Table of the events (*.csv)"),
            self.tr("Everything, for other programs (*.json)"),
            self.tr("BORIS project (*.boris)"),
        )
        for name, ending in zip(names, _ENDINGS, strict=True):
            self.format_box.addItem(name, ending)
        self.format_box.setMinimumWidth(scaled(120))  # in a narrow pane it gives way
        self.save_button = Button(self.tr("Save"), self, icon="file-down", name=self.tr("Save the record as a file"))
        self.save_button.setObjectName("record_save")
        self.private_box = QCheckBox(self.tr("With private notes"), self)
        self.private_box.setObjectName("record_private")
        about = TextLabel(
            self.tr("All events, answers and steps. Whoever gets the file can read it."),
            self,
            step="small",
            tone="muted",
            wrap=True,
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.format_box)
        row.addWidget(self.save_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(self.private_box)
        column.addWidget(about)
        self.save_button.clicked.connect(self._on_save)

    def ask_where(self, name: str, folder: Path, title: str) -> QFileDialog:
        """Ask for a place, in a dialog that goes away by itself; `name` is the proposed one with its ending."""
        dialog = QFileDialog(self, title)
        dialog.setObjectName("record_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.format_box.currentText())
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.setDirectory(str(folder))
        dialog.selectFile(name)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save_to(self, target: Path) -> None:
        """Write the record in the background; the ending says the format."""
        self.save_button.set_disabled_because(self.tr("The file is being written"))
        write = partial(_write, self._core, self._visit_id, target, self.private_box.isChecked())
        self._jobs.run(write, Job(self, self._on_written, self._on_failed))

    @Slot()
    def _on_save(self) -> None:
        self.place_asked.emit(str(self.format_box.currentData()))

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name:
            self.save_to(Path(name))

    def _on_written(self, result: ExportResult) -> None:
        self.save_button.set_disabled_because("")
        self.written.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self.save_button.set_disabled_because("")
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)


def _write(core: Core, visit_id: str, target: Path, private: bool, progress: Progress) -> ExportResult:
    from observe_app.services.exchange.visit_out import export_visit  # noqa: PLC0415  (rarely wanted)

    return export_visit(core, visit_id=visit_id, target=target, private=private, progress=progress)
