"""Replies come in from the Follow up tab: from a file, by hand; and the file that came goes out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.services import opened, replies
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder
from observe_app.ui.follow_up.import_reply_sheet import ImportReplySheet
from observe_app.ui.follow_up.typed_reply_sheet import TypedReplySheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.reply import Reply
    from observe_app.services.core import Core
    from observe_app.services.replies import ReplyImport
    from observe_app.ui.follow_up.loaded import Loaded
    from observe_app.ui.jobs import JobRunner


class ReplyDesk(QObject):
    """Opens what replies need.

    Signals:
        taken: the `ReplyImport` of a file. typed: id of a reply that was entered.
        target_asked: `VisitTarget` of another visit that a file belongs to. saved: Path of a file that was saved again.
        unopened: no program here shows PDFs. failed: the `ObserveError`.
    """

    taken = Signal(object)
    typed = Signal(str)
    target_asked = Signal(object)
    saved = Signal(object)
    unopened = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._jobs, self._window = core, jobs, parent
        self._loaded: Loaded | None = None
        self._kept: Reply | None = None

    def set_loaded(self, loaded: Loaded) -> None:
        """Say which visit shows."""
        self._loaded = loaded

    @Slot()
    def ask_file(self) -> None:
        """Ask for the file that came back."""
        dialog = QFileDialog(self._window, self.tr("Read a reply"))
        dialog.setObjectName("reply_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog.setDirectory(downloads if Path(downloads).is_dir() else str(start_folder(self._core)))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, path: Path) -> ImportReplySheet:
        """Show what is in a file, and take it in when told."""
        sheet = ImportReplySheet(self._core, self._jobs, path, self._window)
        sheet.taken.connect(self._on_taken)
        sheet.type_asked.connect(self._on_type_instead)
        sheet.open_over()
        return sheet

    @Slot()
    def enter(self) -> None:
        """Enter a new reply by hand."""
        self._open_typed(None)

    @Slot(object)
    def edit(self, reply: Reply) -> None:
        """Change one that was entered by hand."""
        self._open_typed(reply)

    @Slot(object)
    def open_file(self, reply: Reply) -> None:
        """Open the file that came, as a copy that goes when the visit is left."""
        try:
            kept = replies.file_of(self._core, reply)
            if kept is None:
                raise NotFound("reply", reply.file_name)
            name = safe_name(f"{kept[0].removesuffix('.pdf')} {reply.sha256[:8]}", "pdf")
            target = opened.put(self._core, name, kept[1])
        except ObserveError as error:
            self.failed.emit(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self.unopened.emit()

    @Slot(object)
    def save_file(self, reply: Reply) -> None:
        """Ask where the file that came is to be saved again."""
        self._kept = reply
        dialog = QFileDialog(self._window, self.tr("Save the file that came"))
        dialog.setObjectName("kept_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name((reply.file_name or self.tr("Reply")).removesuffix(".pdf"), "pdf"))
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_file_to(self, target: Path, reply: Reply) -> None:
        """Write the file that came, byte for byte."""
        try:
            kept = replies.file_of(self._core, reply)
            if kept is None:
                raise NotFound("reply", reply.file_name)
            _write(target, kept[1])
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.saved.emit(target)

    def _open_typed(self, reply: Reply | None) -> None:
        if self._loaded is None:
            return
        try:
            sheet = TypedReplySheet(self._core, self._loaded, reply, self._window)
        except ObserveError as error:
            self.failed.emit(error)
            return
        sheet.stored.connect(self.typed)
        sheet.open_over()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name:
            self.read(Path(name))

    @Slot(str)
    def _on_place_chosen(self, name: str) -> None:
        if name and self._kept is not None:
            self.save_file_to(Path(name), self._kept)

    @Slot(object)
    def _on_taken(self, found: ReplyImport) -> None:
        if self._loaded is not None and found.visit.id != self._loaded.visit.id:
            self.target_asked.emit(VisitTarget(found.visit.id, "follow_up"))
        self.taken.emit(found)

    @Slot(str)
    def _on_type_instead(self, visit_id: str) -> None:
        if self._loaded is not None and visit_id == self._loaded.visit.id:
            self.enter()
        else:
            self.target_asked.emit(VisitTarget(visit_id, "follow_up"))


def _write(target: Path, data: bytes) -> None:
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (rarely wanted)

    write_whole(target, data)
