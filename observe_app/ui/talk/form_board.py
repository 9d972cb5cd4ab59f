"""The form in Talk: its answered items with their evidence, in two columns where there is room; the others folded."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.talk.answer_card import AnswerCard
from observe_app.ui.talk.card_board import CardBoard
from observe_app.ui.talk.evidence_card import CARD_MARGIN
from observe_app.ui.talk.lines import Lines
from observe_app.ui.talk.source import Source, picked_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

    from observe_app.ui.talk.lesson_facts import AnswerFacts

_TWO = 620
_GAP = 8


class FormBoard(CardBoard[AnswerCard]):
    """Answers as cards that take evidence like claims; the id of a card is its item's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, AnswerCard] = {}
        self._facts: tuple[AnswerFacts, ...] = ()
        self._columns_of: tuple[tuple[str, ...], ...] = ()
        self.fold_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="chevron-right")
        self.fold_button.setObjectName("fold_answers")
        self.nothing = Lines(self, tone="muted")
        self.folded = Lines(self, tone="muted")
        self._is_open = False
        self._build()
        self.fold_button.clicked.connect(self._on_fold)
        self.setAccessibleName(self.tr("Answers in the form"))

    def _build(self) -> None:
        self._halves = [QVBoxLayout(), QVBoxLayout()]
        self._pair = columns = QHBoxLayout()
        columns.setSpacing(_GAP)
        for half in self._halves:
            half.setContentsMargins(0, 0, 0, 0)
            half.setSpacing(0)
            columns.addLayout(half, 1)
        inset = QVBoxLayout()
        inset.setContentsMargins(CARD_MARGIN, 6, CARD_MARGIN, 10)
        inset.setSpacing(4)
        inset.addWidget(self.nothing)
        inset.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        inset.addWidget(self.folded)
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(24 - CARD_MARGIN, 0, 24 - CARD_MARGIN, 0)
        inner.setSpacing(0)
        inner.addLayout(columns)
        inner.addLayout(inset)
        inner.addStretch(1)
        self._frame()

    @property
    def cards(self) -> tuple[AnswerCard, ...]:
        """Every card in the form's order."""
        return tuple(self._cards.values())

    @property
    def has_items(self) -> bool:
        """Whether there is a form at all."""
        return bool(self._facts)

    def card_of(self, item: str) -> AnswerCard | None:
        """Return the card of an item, None where it is folded away."""
        return self._cards.get(item)

    def show_answers(self, facts: Sequence[AnswerFacts]) -> None:
        """Show the items that were answered or agreed on; the others are named below."""
        self._facts = tuple(facts)
        shown = [one for one in facts if one.is_answered or one.agreed]
        wanted = {one.item for one in shown}
        for item in [item for item in self._cards if item not in wanted]:
            self._remove(self._cards.pop(item))
        cards: dict[str, AnswerCard] = {}
        for one in shown:
            card = self._cards.get(one.item)
            if card is not None and card.facts.levels == one.levels:
                if card.facts != one:
                    card.show_facts(one)
            else:
                if card is not None:
                    self._remove(card)
                card = self._new_card(one)
            cards[one.item] = card
        self._cards = cards
        self.nothing.set_text("" if cards else self.tr("Nothing was answered in the form."))
        self.nothing.setVisible(not cards)
        self._arrange()
        self._show_fold()

    # Drag and drop.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Notes and views may be let go on an answer."""
        if picked_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which answer would take them."""
        under = self._under(event.position().toPoint())
        for card in self.cards:
            card.set_drop_here(card is under)
        if under is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Link."""
        under = self._under(event.position().toPoint())
        self._clear_drop()
        if under is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped_on.emit(under.item, picked_of(event.mimeData()))

    # Slots.

    @Slot()
    def _on_chosen(self) -> None:
        card = self.sender()
        if isinstance(card, AnswerCard):
            self.select(card)

    @Slot(int, int)
    def _on_went(self, columns: int, rows: int) -> None:
        card = self.sender()
        if not isinstance(card, AnswerCard):
            return
        place = next((at for at, items in enumerate(self._columns_of) if card.item in items), 0)
        row = self._columns_of[place].index(card.item)
        step = -columns if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else columns
        place += step
        if 0 <= place < len(self._columns_of) and self._columns_of[place]:
            items = self._columns_of[place]
            row = min(row + rows, len(items) - 1)
            if row >= 0:
                self.select(self._cards[items[row]], focus=True)

    @Slot(object)
    def _on_unlink(self, source: Source) -> None:
        card = self.sender()
        if isinstance(card, AnswerCard):
            self.unlink_asked.emit(card.item, source)

    @Slot()
    def _on_fold(self) -> None:
        self._is_open = not self._is_open
        self._show_fold()

    # Helpers.

    def _new_card(self, facts: AnswerFacts) -> AnswerCard:
        card = AnswerCard(facts, self._inner)
        card.chosen.connect(self._on_chosen)
        card.went.connect(self._on_went)
        card.source_asked.connect(self.source_asked)
        card.unlink_asked.connect(self._on_unlink)
        self._columns_of = ()
        return card

    def _remove(self, card: AnswerCard) -> None:
        super()._remove(card)
        self._columns_of = ()

    def _arrange(self) -> None:
        """Make two columns one where there is no room for both."""
        items = tuple(self._cards)
        two = self.width() >= scaled(_TWO)
        # Read down the first column, then down the second: the form's order stays one order.
        half = (len(items) + 1) // 2 if two else len(items)
        wanted = (items[:half], items[half:]) if two else (items,)
        if wanted == self._columns_of:
            return
        self._columns_of = wanted
        self._pair.setStretch(1, 1 if two else 0)
        for layout in self._halves:
            while layout.count():
                layout.takeAt(0)
        for layout, column in zip(self._halves, (*wanted, ()), strict=False):
            for item in column:
                layout.addWidget(self._cards[item])
                self._cards[item].show()
            layout.addStretch(1)
        for before, after in pairwise((*self._cards.values(), self.fold_button)):
            QWidget.setTabOrder(before, after)

    def _show_fold(self) -> None:
        rest = [one.label for one in self._facts if not (one.is_answered or one.agreed)]
        words = (
            self.tr("1 item not answered") if len(rest) == 1 else self.tr("{n} items not answered").format(n=len(rest))
        )
        self.fold_button.setText(words)
        self.fold_button.set_icon("chevron-down" if self._is_open else "chevron-right")
        self.fold_button.setVisible(bool(rest))
        self.folded.set_text("\n".join(rest))
        self.folded.setVisible(self._is_open and bool(rest))

    def _under(self, place: QPoint) -> AnswerCard | None:
        inside = self._inner.mapFrom(self, place)
        return next((card for card in self.cards if card.geometry().contains(inside)), None)
