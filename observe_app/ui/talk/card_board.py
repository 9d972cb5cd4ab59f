"""What both boards of cards in Talk have in common: one card is selected, and things are let go on cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from observe_app.ui.talk.edge_fade import EdgeFade
from observe_app.ui.talk.evidence_card import EvidenceCard
from observe_app.ui.widgets import Rule, SteadyScrollArea

if TYPE_CHECKING:
    from PySide6.QtGui import QDragLeaveEvent

Card = TypeVar("Card", bound=EvidenceCard)


class CardBoard(QWidget, Generic[Card]):
    """Cards in a pane that scrolls; how they stand in it is up to whoever inherits it.

    Signals:
        dropped_on: (id of the card, Picked) a drag of notes or views ended on it.
        source_asked: Source of a quotation to be shown.
        unlink_asked: (id of the card, Source).
        selection_changed: another card is selected, or none.
    """

    dropped_on = Signal(str, object)
    source_asked = Signal(object)
    unlink_asked = Signal(str, object)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected: Card | None = None
        self._inner = QWidget()
        self._inner.setProperty("plane", "none")
        self.setAcceptDrops(True)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card in the order of reading."""
        raise NotImplementedError

    @property
    def selected(self) -> Card | None:
        """The card that keys act on."""
        return self._selected

    def select(self, card: Card | None, *, focus: bool = False) -> None:
        """Make keys act on this card."""
        if card is not self._selected:
            if self._selected is not None:
                self._selected.set_selected(False)
            self._selected = card
            if card is not None:
                card.set_selected(True)
            self.selection_changed.emit()
        if card is not None:
            self._uncover(card)
            if focus:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_into_view(card)

    # Qt overrides.

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would happen any more."""
        self._clear_drop()
        super().dragLeaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fewer columns where there is no room for all."""
        done = super().event(event)
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return done

    # Helpers.

    def _frame(self) -> QVBoxLayout:
        """Put the pane over a rule; return the column they stand in."""
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self._inner)
        self.scroll_area.viewport().setAcceptDrops(False)
        self.fades = (EdgeFade(self.scroll_area, top=True), EdgeFade(self.scroll_area))
        self._edge = Rule(self)
        edge = QHBoxLayout()
        edge.setContentsMargins(24, 0, 24, 0)
        edge.addWidget(self._edge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scroll_area, 1)
        column.addLayout(edge)
        return column

    def _arrange(self) -> None:
        """Give the cards the columns that there is room for."""
        raise NotImplementedError

    def _uncover(self, card: Card) -> None:
        """Show the place of a card, where places can be hidden."""

    def _bring_into_view(self, card: Card) -> None:
        layout = self._inner.layout()
        if layout is not None:
            layout.activate()
        show_whole(self.scroll_area, card)

    def _clear_drop(self) -> None:
        for card in self.cards:
            card.set_drop_here(False)

    def _remove(self, card: Card) -> None:
        if card is self._selected:
            self._selected = None
            self.selection_changed.emit()
        card.blockSignals(True)
        card.hide()
        card.deleteLater()


def show_whole(area: QScrollArea, card: QWidget) -> None:
    """Scroll until a card is in view: all of it, or its beginning where it is higher than the view."""
    page = area.widget()
    if page is None:
        return
    view, top = area.viewport().height(), card.mapTo(page, QPoint(0, 0)).y()
    bar = area.verticalScrollBar()
    if card.height() + 8 > view:
        if not bar.value() <= top <= bar.value() + view // 2:
            bar.setValue(max(0, top - 4))
    else:
        area.ensureVisible(0, top + card.height() + 8, 0, 0)
        area.ensureVisible(0, max(0, top - 4), 0, 0)
