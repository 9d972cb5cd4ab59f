"""What every page of the window is: a widget with a title, that is told when it comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from observe_app.ui.widgets.layout import Plane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Page(Plane):
    """Base of the pages; the window makes one at its first visit and keeps it.

    A page overrides what it needs. `place` is the entry of the rail that is lit while it shows.
    """

    place: ClassVar[str] = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)

    def title(self) -> str:
        """Name of the page: the window's title, and the header's when the page has none of its own."""
        return ""

    def subtitle(self) -> str:
        """Second line of the shell's header; empty for none."""
        return ""

    def header_widget(self) -> QWidget | None:
        """Header of the page's own; None for the shell's (title, find, plan a visit). Asked once."""
        return None

    def build_ahead(self) -> None:
        """Build what the first arrival would otherwise wait for; called while nothing else happens."""

    def activate(self) -> None:
        """Load: the page becomes visible. Called at every arrival."""

    def leave(self) -> bool:
        """Keep what is being written; False when the user must stay."""
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks after the rail, for example the page's list and its side panel."""
        return (self,)

    def start_widget(self) -> QWidget | None:
        """Where the keyboard starts when the user arrives; None leaves it in the rail."""
        return None

    def undo_scope(self) -> str | None:
        """Id of the visit that undo keeps to while the page shows; None when it may take back anything."""
        return None
