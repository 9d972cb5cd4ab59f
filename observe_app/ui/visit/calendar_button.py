"""The calendar file of a visit: asked for with one press, said in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from observe_app.ui.errors import describe
from observe_app.ui.follow_up.calendar_file import CalendarFile
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Message, MessageKind

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.errors import ObserveError
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


class CalendarButton(Button):
    """A link that writes the file; disabled while the visit has no date.

    Signals:
        message_posted: `Message` for the bar under the header.
    """

    message_posted = Signal(object)

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__("", parent, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="calendar-plus")
        self.setText(self.tr("Calendar file"))
        self.setObjectName("visit_calendar")
        self._visit: Visit | None = None
        self.file = CalendarFile(core, self)
        self.file.written.connect(self._on_written)
        self.file.failed.connect(self._on_failed)
        self.clicked.connect(self._on_clicked)
        self.show_visit(None)

    def show_visit(self, visit: Visit | None) -> None:
        """Offer the file of this visit."""
        self._visit = visit
        dated = visit is not None and visit.start is not None
        self.set_disabled_because("" if dated else self.tr("The visit has no date yet."))

    def ask_where(self, visit: Visit) -> None:
        """Ask where the file of a visit is to be written."""
        self.file.ask_where(visit)

    @Slot()
    def _on_clicked(self) -> None:
        self.file.ask_where(self._visit)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        words = self.tr("Saved as {name}. Open it to put the visit into a calendar.").format(name=path.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, key="calendar"))

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="calendar"))
