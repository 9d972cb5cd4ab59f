"""What the rooms of People beside the list of people share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot

from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Plane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


class Room(Plane):
    """Base of the rooms.

    Signals:
        message_posted: `Message`. message_cleared: its key. failed: an `ObserveError`.
    """

    message_posted = Signal(object)
    message_cleared = Signal(str)
    failed = Signal(object)

    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.core, self.jobs = core, jobs

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""

    def buttons(self) -> tuple[QWidget, ...]:
        """Buttons for the right end of the page's header."""
        return ()

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self,)

    def start_widget(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None

    def leave(self) -> bool:
        """Keep what is being written; False when the person should stay."""
        return True


_SIDE, _SIDE_SHARE = 356, 0.44


def side_for(width: int) -> int:
    """Return how wide the side of a list is in a page of this width, px: as the text wants, never most of the page."""
    return max(_SIDE, min(scaled(_SIDE), int(width * _SIDE_SHARE)))
