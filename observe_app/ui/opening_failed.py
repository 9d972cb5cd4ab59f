"""The data could not be opened: why, where it lies, and the newest backup when the record is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QLocale, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from observe_app.domain.errors import DatabaseDamaged, ObserveError
from observe_app.services import backup
from observe_app.ui.errors import describe
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class OpeningFailedSheet(Sheet):
    """Closing it closes the program.

    Signals:
        restore_chosen: Path of the backup to bring back.
    """

    restore_chosen = Signal(object)

    def __init__(self, error: ObserveError, folder: Path, parent: QWidget, *, key: bytes | None = None) -> None:
        """Say what is wrong; `key` opens backups that are protected."""
        told = describe(error)
        super().__init__(told.title, parent)
        self.setObjectName("opening_failed_sheet")
        self._folder = folder
        self._backup = backup.newest_of(folder, key) if isinstance(error, DatabaseDamaged) else None
        self.body.addWidget(TextLabel(told.text, self, step="body", wrap=True))
        if told.hint:
            self.body.addWidget(TextLabel(told.hint, self, tone="muted", wrap=True))
        look = self.add_other(self.tr("Open the data folder"))
        look.setObjectName("open_folder")
        look.clicked.connect(self._on_open_folder)
        self.add_safe(self.tr("Close"))
        if self._backup is not None:
            made = QFileInfo(str(self._backup)).lastModified()
            day = QLocale().toString(made, QLocale.FormatType.ShortFormat)
            button = self.add_main(self.tr("Bring back the backup of {day}").format(day=day))
            button.setObjectName("restore_backup")
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _on_accepted(self) -> None:
        if self._backup is not None:
            self.restore_chosen.emit(self._backup)
