"""Tags already in use, offered while a "#" is typed; the same rows offer form items and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.ui.observe.line_popup import LinePopup, Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_MOST = 6


class TagPopup(LinePopup):
    """A few tags above the note line; the nearest one is the most used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tag_popup")

    @property
    def tags(self) -> tuple[str, ...]:
        """The values offered, the nearest first."""
        return tuple(offer.value for offer in reversed(self.offers))

    def offer(self, known: Sequence[str], typed: str, bottom_left: tuple[int, int]) -> None:
        """Show the tags that begin as typed, their lower left corner at this place; hide without any."""
        start = typed.casefold()
        found = [tag for tag in known if tag.startswith(start) and tag != start][:_MOST]
        rows = [Offer(tag, f"#{tag}") for tag in reversed(found)]
        self.show_offers(rows, bottom_left, self.tr("Tags in use"))
