"""The next visit as a file for calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder

if TYPE_CHECKING:
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


class CalendarFile(QObject):
    """Asks for a place and writes the file.

    Signals:
        written: Path of the file. failed: the `ObserveError`.
    """

    written = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__(parent)
        self._core, self._window = core, parent
        self._visit: Visit | None = None

    def ask_where(self, visit: Visit | None) -> None:
        """Ask where the file of a visit is to be written."""
        if visit is None:
            return
        self._visit = visit
        day = visit.start.astimezone().date().isoformat() if visit.start is not None else ""
        dialog = QFileDialog(self._window, self.tr("Save the calendar file"))
        dialog.setObjectName("calendar_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Calendar files (*.ics)"))
        dialog.setDefaultSuffix("ics")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name(self.tr("Visit {date}").format(date=day), "ics"))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, target: Path, visit: Visit) -> None:
        """Write the file."""
        from observe_app.services.exchange.calendar_out import export_calendar  # noqa: PLC0415  (rarely wanted)

        try:
            export_calendar(self._core, visit_id=visit.id, target=target, summary=self.tr("Visit"))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.written.emit(target)

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name and self._visit is not None:
            self.save_to(Path(name), self._visit)
