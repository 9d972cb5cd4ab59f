"""One column of claims: its head with mark, key and add button, and the cards under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.i18n import claim_column
from observe_app.ui.talk.evidence_card import CARD_MARGIN
from observe_app.ui.talk.marks import KindMark, kind_key
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyCap, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.ui.talk.claim_card import ClaimCard


class ColumnHead(QWidget):
    """Mark and word of the kind, its key, and a button that begins a claim.

    Signals:
        add_asked: ClaimKind of the claim to begin.
    """

    add_asked = Signal(object)

    def __init__(self, kind: ClaimKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        words = {
            ClaimKind.STRENGTH: self.tr("Add a strength"),
            ClaimKind.GROWTH: self.tr("Add a growth area"),
            ClaimKind.QUESTION: self.tr("Add a question"),
        }
        self.title = TextLabel(claim_column(kind), self, step="heading", weight=600)
        self.add_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="plus", tone="accent", name=words[kind]
        )
        self.add_button.setObjectName(f"add_{kind.value}")
        self.add_button.clicked.connect(self._on_add)
        row = QHBoxLayout(self)
        row.setContentsMargins(CARD_MARGIN, 4, CARD_MARGIN, 4)
        row.setSpacing(8)
        row.addWidget(KindMark(kind, scaled(22), self))
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.add_button)
        self._cap = KeyCap(kind_key(kind), self, active=True)
        row.addWidget(self._cap)

    def changeEvent(self, event: QEvent) -> None:
        """Who may only read sees no way to add."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            for part in (self.add_button, self._cap):
                part.setVisible(self.isEnabled())

    @Slot()
    def _on_add(self) -> None:
        self.add_asked.emit(self._kind)


class ClaimColumn(QWidget):
    """The cards of one kind, and the line where a dragged claim would land."""

    def __init__(self, kind: ClaimKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._cards: list[ClaimCard] = []
        self._drop_at: int | None = None
        self._drop_new = False
        hints = {
            ClaimKind.STRENGTH: self.tr("What helped students learn?\nPick a note, press S."),
            ClaimKind.GROWTH: self.tr("What could help more?\nPick a note, press G."),
            ClaimKind.QUESTION: self.tr("What would you like to understand?\nPick a note, press Q."),
        }
        self.hint = TextLabel(hints[kind], self, step="text", tone="muted", wrap=True)
        self._hint = hints[kind]
        self._hint_box = QWidget(self)
        inset = QVBoxLayout(self._hint_box)
        inset.setContentsMargins(CARD_MARGIN, 6, CARD_MARGIN, 0)
        inset.addWidget(self.hint)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self._column.addWidget(self._hint_box)
        self._column.addStretch(1)
        self.setAccessibleName(claim_column(kind))

    def changeEvent(self, event: QEvent) -> None:
        """Who may only read is not asked to write."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.hint.setText(self._hint if self.isEnabled() else self.tr("Nothing was released here."))

    @property
    def cards(self) -> tuple[ClaimCard, ...]:
        """Cards from top to bottom."""
        return tuple(self._cards)

    def set_cards(self, cards: Sequence[ClaimCard]) -> None:
        """Show these cards in this order; cards that went elsewhere are not touched."""
        if list(cards) != self._cards or any(card.parentWidget() is not self for card in cards):
            for card in self._cards:
                self._column.removeWidget(card)
            self._cards = list(cards)
            for place, card in enumerate(self._cards):
                card.setParent(self)
                self._column.insertWidget(1 + place, card)
                card.show()
            for card in self._cards:
                card.set_last(last=card is self._cards[-1])
        self._hint_box.setVisible(not self._cards)

    def card_at(self, place: QPoint) -> ClaimCard | None:
        """Return the card under a point of the column, None beside and below them."""
        return next((card for card in self._cards if card.geometry().contains(place)), None)

    def gap_at(self, place: QPoint) -> int:
        """Return before which card a point lies: 0 for the first, as many as there are cards for the end."""
        return sum(1 for card in self._cards if card.geometry().center().y() < place.y())

    def show_drop(self, *, gap: int | None = None, new: bool = False) -> None:
        """Show where a claim would land, or that letting go makes a new claim; nothing by default."""
        if (gap, new) != (self._drop_at, self._drop_new):
            self._drop_at, self._drop_new = gap, new
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane while notes are dragged over it, line while a claim is."""
        painter = QPainter(self)
        if self._drop_new:
            painter.fillRect(self.rect(), color("tint"))
        if self._drop_at is not None:
            if self._drop_at < len(self._cards):
                y = self._cards[self._drop_at].geometry().top()
            else:
                y = self._cards[-1].geometry().bottom() if self._cards else 2
            painter.fillRect(CARD_MARGIN, max(0, y - 1), self.width() - 2 * CARD_MARGIN, 3, color("accent"))
        painter.end()
