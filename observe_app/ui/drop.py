"""A filled PDF let go anywhere on the window is read as a reply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QStandardPaths, Qt, QTimer, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from observe_app.ui.data_page import VisitTarget
from observe_app.ui.widgets import Message, MessageKind, Sheet

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.replies import ReplyImport
    from observe_app.ui.guide import Guide

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def pdfs_in(data: QMimeData) -> list[Path]:
    """Return the PDF files of this computer that are being dragged; none where anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    all_pdf = bool(paths) and len(paths) == len(data.urls()) and all(one.suffix.lower() == ".pdf" for one in paths)
    return paths if all_pdf else []


def bundles_in(data: QMimeData) -> list[Path]:
    """Return the file of visits that is being dragged; none where anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if len(paths) == len(data.urls()) == 1 and paths[0].suffix.lower() == ".observe" else []


class ReplyDrop(QObject):
    """Takes PDFs before any part of the page does: a text field would take their names as words.

    Several are shown one after the other. Nothing is taken while a sheet is open or the window hides itself.
    """

    def __init__(self, core: Core, desk: Guide, parent: QObject) -> None:
        super().__init__(parent)
        self._core, self._desk = core, desk
        self._waiting: list[Path] = []
        self._open: Sheet | None = None
        self._watched: QObject | None = None
        self.watch()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that shows what is in a file, None while there is none."""
        return self._open

    @Slot()
    def watch(self) -> None:
        """Look at what is dragged over the window; its handle is there once it was shown."""
        handle = self._desk.window.windowHandle()
        if handle != self._watched:
            self._watched = handle
            handle.installEventFilter(self)
            self._desk.window.setAcceptDrops(True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take PDFs; let everything else through."""
        if not isinstance(event, QDropEvent) or event.type() not in _KINDS:
            return False
        given = bundles_in(event.mimeData())
        if given and self._is_free:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                self._open_bundle(given[0])
            return True
        found = pdfs_in(event.mimeData())
        page = self._desk.window.current_page
        if not (found and self._is_free) or (page is not None and page.place == "groups"):
            return False  # groups keep files of their own
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.read(found)
        return True

    def read(self, paths: list[Path]) -> None:
        """Show what is in files, one after the other."""
        self._waiting += paths
        self._next()

    @Slot()
    def ask_file(self) -> None:
        """Ask for a file that came back."""
        dialog = QFileDialog(self._desk.window, self.tr("Read a reply"))
        dialog.setObjectName("reply_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_bundle(self, path: Path) -> None:
        from observe_app.ui.shared_folder.bundle_sheets import OpenBundleSheet  # noqa: PLC0415  (rarely wanted)

        sheet = OpenBundleSheet(self._core, self._desk.jobs, path, self._desk.window)
        sheet.message_posted.connect(self._desk.window.show_message)
        sheet.open_over()

    @property
    def _is_free(self) -> bool:
        window = self._desk.window
        sheets = [one for one in window.findChildren(Sheet) if one.isVisible()]
        return window.current_page is not None and not sheets and not window.blank.is_covering

    @Slot()
    def _next(self) -> None:
        if self._open is not None or not self._waiting:
            return
        from observe_app.ui.follow_up.import_reply_sheet import ImportReplySheet  # noqa: PLC0415  (rarely wanted)

        sheet = ImportReplySheet(self._core, self._desk.jobs, self._waiting.pop(0), self._desk.window)
        sheet.taken.connect(self._on_taken)
        sheet.type_asked.connect(self._on_type_asked)
        sheet.closed.connect(self._on_closed)
        self._open = sheet
        sheet.open_over()

    @Slot(list)
    def _on_files_chosen(self, names: list[str]) -> None:
        self.read([Path(name) for name in names])

    @Slot(object)
    def _on_taken(self, found: ReplyImport) -> None:
        self._desk.go_to_visit(VisitTarget(found.visit.id, "follow_up"))
        name = found.visit.teacher or self.tr("the teacher")
        words = self.tr("The reply of {name} is in the record.").format(name=name)
        self._desk.window.show_message(Message(MessageKind.NEWS, words, icon="check", key="reply"))

    @Slot(str)
    def _on_type_asked(self, visit_id: str) -> None:
        from observe_app.ui.follow_up import FollowUpTab  # noqa: PLC0415  (as above)

        self._desk.go_to_visit(VisitTarget(visit_id, "follow_up"))
        for tab in self._desk.window.findChildren(FollowUpTab):
            if tab.isVisible():
                tab.reply_desk.enter()

    @Slot()
    def _on_closed(self) -> None:
        self._open = None
        QTimer.singleShot(0, self, self._next)  # after what the sheet leads to
