"""What a claim and an answer have in common as cards: chosen, dropped on, and resting on quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from observe_app.ui.theme import color, tokens
from observe_app.ui.widgets.paint import hairline, rounded
from observe_app.ui.widgets.ringed import Ringed

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.talk.quote import Quote
    from observe_app.ui.talk.quotes import QuoteColumn

CARD_MARGIN = 10
_RADIUS = 6


class EvidenceCard(Ringed):
    """A card with quotations; whoever inherits it makes `_quotes`, where they belong among its parts.

    Signals:
        chosen: the card became the one that keys act on.
        source_asked: Source of a quotation to be shown.
        unlink_asked: Source of a quotation to be taken away.
    """

    chosen = Signal()
    source_asked = Signal(object)
    unlink_asked = Signal(object)
    _quotes: QuoteColumn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = False
        self._drop_here = False

    @property
    def is_selected(self) -> bool:
        """Whether keys act on this card."""
        return self._selected

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotations from top to bottom."""
        return self._quotes.quotes

    def set_selected(self, selected: bool) -> None:
        """Show that keys act on this card."""
        if selected != self._selected:
            self._selected = selected
            self._quotes.set_reachable(reachable=selected)
            self.update()

    def set_drop_here(self, here: bool) -> None:
        """Show that letting go would link what is dragged to this card."""
        if here != self._drop_here:
            self._drop_here = here
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The card with the keyboard is the selected one."""
        super().focusInEvent(event)
        self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _paint_card(self, painter: QPainter, *, ruled: bool, ringed: bool) -> None:
        """Paint the plane of the selected card or else its rule, and the ring; the pen stays the ring's."""
        rect = QRectF(self.rect())
        if self._drop_here:
            rounded(painter, rect, _RADIUS, fill=color("tint2"), edge=color("accent"))
        elif self._selected:
            edge = color("ink") if tokens().scheme.is_contrast else None
            rounded(painter, rect, _RADIUS, fill=color("tint"), edge=edge)
        elif ruled:
            hairline(painter, self.rect().adjusted(CARD_MARGIN, 0, -CARD_MARGIN, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if ringed:
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
