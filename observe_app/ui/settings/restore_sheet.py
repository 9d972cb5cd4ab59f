"""One question before a backup takes the record's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFileInfo, QLocale, Signal, Slot

from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class RestoreSheet(Sheet):
    """Names the backup; its safe button has the focus.

    Signals:
        restore_chosen: Path of the backup.
    """

    restore_chosen = Signal(object)

    def __init__(self, backup_file: Path, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("RestoreSheet", "Go back to this backup?"), parent)
        self.setObjectName("restore_sheet")
        self._file = backup_file
        made = QLocale().toString(QFileInfo(str(backup_file)).lastModified(), QLocale.FormatType.LongFormat)
        words = self.tr("{name}, from {when}.").format(name=backup_file.name, when=made)
        self.body.addWidget(TextLabel(words, self, step="body", weight=600, wrap=True))
        told = self.tr("What was written after it is no longer shown. It stays in a copy in the backups folder.")
        self.body.addWidget(TextLabel(told, self, wrap=True))
        self.add_safe(self.tr("Not now"))
        self.add_main(self.tr("Go back to it")).setObjectName("restore_main")
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self.restore_chosen.emit(self._file)
