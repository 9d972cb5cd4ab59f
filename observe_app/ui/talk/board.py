"""The three columns of claims: choosing, moving, dragging, and beginning new ones."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from observe_app.ui.i18n import claim_column
from observe_app.ui.talk.card_board import CardBoard, show_whole
from observe_app.ui.talk.card_menu import CardAct
from observe_app.ui.talk.claim_card import ClaimCard
from observe_app.ui.talk.claim_column import ClaimColumn, ColumnHead
from observe_app.ui.talk.claim_drag import CLAIM_MIME
from observe_app.ui.talk.evidence_card import CARD_MARGIN
from observe_app.ui.talk.marks import KINDS
from observe_app.ui.talk.source import Source, Sources, picked_of
from observe_app.ui.theme import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

    from observe_app.domain.evidence import Claim, ClaimKind
    from observe_app.services.core import Core

GAP = 8
MARGIN = 24 - CARD_MARGIN
NARROW = 520


class Board(CardBoard[ClaimCard]):
    """Columns of cards under fixed heads; in a narrow window one column at a time, chosen by tabs.

    Signals:
        edited: ClaimCard whose words changed.
        left: ClaimCard that the caret left.
        acted: (ClaimCard, CardAct) that the board cannot do by itself.
        dropped_new: (ClaimKind, Picked) a drag of notes or views ended on a column.
        moved: (claim id, ClaimKind, place) a claim is to stand before the card at this place.
    """

    edited = Signal(object)
    left = Signal(object)
    acted = Signal(object, object)
    dropped_new = Signal(object, object)
    moved = Signal(str, object, int)

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._visit_id = visit_id
        self._words: frozenset[str] = frozenset()
        self._in_order: tuple[ClaimCard, ...] = ()
        self._heads = {kind: ColumnHead(kind, self) for kind in KINDS}
        self.columns = {kind: ClaimColumn(kind) for kind in KINDS}
        self.tabs = QTabBar(self)
        self._build()
        self.tabs.currentChanged.connect(self._on_tab)
        for head in self._heads.values():
            head.add_asked.connect(self.begin)

    def _build(self) -> None:
        for kind in KINDS:
            self.tabs.addTab(claim_column(kind))
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Column of claims"))
        heads = QHBoxLayout()
        heads.setContentsMargins(MARGIN, 0, MARGIN, 0)
        heads.setSpacing(GAP)
        row = QHBoxLayout(self._inner)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        for kind in KINDS:
            heads.addWidget(self._heads[kind], 1)
            row.addWidget(self.columns[kind], 1)
        column = self._frame()
        column.insertWidget(0, self.tabs)
        column.insertLayout(1, heads)
        self.scroll_area.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._on_range()
        self.tabs.hide()

    # What the page reads.

    @property
    def cards(self) -> tuple[ClaimCard, ...]:
        """Every card, column by column."""
        return tuple(card for kind in KINDS for card in self.columns[kind].cards)

    def card_of(self, claim_id: str) -> ClaimCard | None:
        """Return the card of a claim."""
        return next((card for card in self.cards if card.claim_id == claim_id), None)

    # What the page does.

    def show_claims(self, claims: Sequence[Claim], sources: Sources) -> None:
        """Show the claims as they are stored; cards stay, and so do words that are not stored yet."""
        before = {card.claim_id: card for card in self.cards if card.claim_id is not None}
        begun = [card for card in self.cards if card.claim_id is None]
        wanted = {claim.id for claim in claims}
        for claim_id, card in before.items():
            if claim_id not in wanted:
                if card.is_dirty:
                    card.begin_again()
                    begun.append(card)
                else:
                    self._remove(card)
        for kind in KINDS:
            cards: list[ClaimCard] = []
            for claim in sorted((claim for claim in claims if claim.kind is kind), key=lambda c: (c.position, c.id)):
                card = before.get(claim.id) or self._new_card(kind, claim)
                card.show_claim(claim, sources)
                cards.append(card)
            cards.extend(card for card in begun if card.kind is kind)
            self.columns[kind].set_cards(cards)
        self._order_tabs()
        self.selection_changed.emit()

    def set_judging_words(self, words: frozenset[str]) -> None:
        """Underline these words softly in every claim."""
        self._words = words
        for card in self.cards:
            card.set_judging_words(words)

    @Slot(object)
    def begin(self, kind: ClaimKind) -> ClaimCard:
        """Begin a claim in a column; it is stored with its first words."""
        card = next((card for card in self.columns[kind].cards if card.claim_id is None and card.is_empty), None)
        if card is None:
            card = self._new_card(kind, None)
            self.columns[kind].set_cards((*self.columns[kind].cards, card))
        self._show_column(kind)
        card.write()
        self._bring_into_view(card)
        return card

    def drop_empty(self, card: ClaimCard) -> None:
        """Take away a card that was begun and left without a word."""
        if card.claim_id is None and card.is_empty:
            column = self.columns[card.kind]
            self._remove(card)
            column.set_cards([other for other in column.cards if other is not card])

    def go(self, card: ClaimCard, columns: int, rows: int) -> None:
        """Move the keyboard from a card to its neighbour."""
        if rows:
            cards = self.columns[card.kind].cards
            place = cards.index(card) + rows
            if 0 <= place < len(cards):
                self.select(cards[place], focus=True)
            return
        place, row = KINDS.index(card.kind), self.columns[card.kind].cards.index(card)
        step = -columns if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else columns
        while 0 <= place + step < len(KINDS):
            place += step
            cards = self.columns[KINDS[place]].cards
            if cards:
                self.select(cards[min(row, len(cards) - 1)], focus=True)
                return

    # Drag and drop.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Notes and claims may be let go here."""
        if picked_of(event.mimeData()) or event.mimeData().hasFormat(CLAIM_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what letting go would do."""
        column, place = self._under(event.position().toPoint())
        self._clear_drop()
        if column is None:
            event.ignore()
            return
        if event.mimeData().hasFormat(CLAIM_MIME):
            column.show_drop(gap=column.gap_at(place))
        else:
            card = column.card_at(place)
            if card is not None and card.claim_id is not None:
                card.set_drop_here(True)
            else:
                column.show_drop(new=True)
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Link, make a claim, or move one."""
        column, place = self._under(event.position().toPoint())
        self._clear_drop()
        if column is None:
            event.ignore()
            return
        data = event.mimeData()
        event.acceptProposedAction()
        if data.hasFormat(CLAIM_MIME):
            claim_id = bytes(data.data(CLAIM_MIME).data()).decode("ascii", "ignore")
            self.moved.emit(claim_id, column.kind, column.gap_at(place))
            return
        card = column.card_at(place)
        if card is not None and card.claim_id is not None:
            self.dropped_on.emit(card.claim_id, picked_of(data))
        else:
            self.dropped_new.emit(column.kind, picked_of(data))

    # Slots.

    @Slot()
    def _on_chosen(self) -> None:
        card = self.sender()
        if isinstance(card, ClaimCard):
            self.select(card)

    @Slot(object)
    def _on_acted(self, act: CardAct) -> None:
        card = self.sender()
        if not isinstance(card, ClaimCard):
            return
        steps = {
            CardAct.TO_UP: (0, -1),
            CardAct.TO_DOWN: (0, 1),
            CardAct.TO_LEFT: (-1, 0),
            CardAct.TO_RIGHT: (1, 0),
        }
        if act in steps:
            self.go(card, *steps[act])
        else:
            self.acted.emit(card, act)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit(self.sender())

    @Slot()
    def _on_left(self) -> None:
        self.left.emit(self.sender())

    @Slot(object)
    def _on_unlink(self, source: Source) -> None:
        card = self.sender()
        if isinstance(card, ClaimCard) and card.claim_id is not None:
            self.unlink_asked.emit(card.claim_id, source)

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        self._arrange()

    @Slot()
    def _on_range(self) -> None:
        # Words that are cut off at the edge end at a line, so that they look cut off and not lost.
        self._edge.set_line("line2" if self.scroll_area.is_scrollable else "bg")

    # Helpers.

    def _new_card(self, kind: ClaimKind, claim: Claim | None) -> ClaimCard:
        card = ClaimCard(self._core, self._visit_id, kind, claim, self.columns[kind])
        card.set_judging_words(self._words)
        card.chosen.connect(self._on_chosen)
        card.acted.connect(self._on_acted)
        card.edited.connect(self._on_edited)
        card.left.connect(self._on_left)
        card.source_asked.connect(self.source_asked)
        card.unlink_asked.connect(self._on_unlink)
        return card

    def _order_tabs(self) -> None:
        # As they are read, down one column and down the next, and not as they were made.
        cards = self.cards
        if cards != self._in_order:
            self._in_order = cards
            for before, after in pairwise(cards):
                QWidget.setTabOrder(before, after)

    def _under(self, place: QPoint) -> tuple[ClaimColumn | None, QPoint]:
        for column in self.columns.values():
            if not column.isVisible():
                continue
            inside = column.mapFrom(self, place)
            if 0 <= inside.x() < column.width():
                return column, inside
        return None, place

    def _clear_drop(self) -> None:
        for column in self.columns.values():
            column.show_drop()
        super()._clear_drop()

    def _arrange(self) -> None:
        """Make the columns tabs where there is no room for three."""
        narrow = self.width() < scaled(NARROW)
        self.tabs.setVisible(narrow)
        for place, kind in enumerate(KINDS):
            shown = not narrow or place == self.tabs.currentIndex()
            self.columns[kind].setVisible(shown)
            self._heads[kind].setVisible(shown)

    def _show_column(self, kind: ClaimKind) -> None:
        if self.tabs.isVisible():
            self.tabs.setCurrentIndex(KINDS.index(kind))

    def _uncover(self, card: ClaimCard) -> None:
        self._show_column(card.kind)

    def _bring_into_view(self, card: ClaimCard) -> None:
        super()._bring_into_view(card)
        # A card that has just begun, or was just linked to, takes its height with the next round of the layout.
        QTimer.singleShot(0, self, self._on_settled)

    @Slot()
    def _on_settled(self) -> None:
        if self._selected is not None:
            show_whole(self.scroll_area, self._selected)
