"""What a person does with notes and claims on the Talk tab: send, link, move, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from observe_app.services import talk
from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.acts import link_notes, move_claim
from observe_app.ui.talk.card_menu import KIND_ACTS, CardAct
from observe_app.ui.talk.marks import KINDS, kind_key
from observe_app.ui.talk.tab_base import TabBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.evidence import ClaimKind
    from observe_app.ui.talk.claim_card import ClaimCard


class ClaimActs(TabBase):
    """The notes and the claims of the tab."""

    def connect_parts(self) -> None:
        """Connect notes and claims."""
        super().connect_parts()
        self.notes.send_asked.connect(self.send_notes)
        self.notes.link_asked.connect(self.link_notes)
        board = self.board
        board.edited.connect(self._on_edited)
        board.left.connect(self._on_card_left)
        board.acted.connect(self._on_card_acted)
        board.dropped_new.connect(self._new_claim)
        board.dropped_on.connect(self._link)
        board.moved.connect(self._move)
        board.note_asked.connect(self.notes.show_note)
        board.unlink_asked.connect(self._unlink)
        board.selection_changed.connect(self._on_claim_selected)

    # What a person does.

    @Slot(object)
    def send_notes(self, kind: ClaimKind) -> None:
        """Make a claim with the picked notes as its evidence; without notes begin an empty one."""
        picked = self.notes.list.picked_ids()
        if picked:
            self._new_claim(kind, picked)
        else:
            self.board.begin(kind)

    @Slot()
    def link_notes(self) -> None:
        """Make the picked notes evidence of the selected claim."""
        card, picked = self.board.selected, self.notes.list.picked_ids()
        if card is None:
            self._tell(self.tr("Pick a claim first, then press L."))
        elif not picked:
            self._tell(self.tr("Pick a note first, then press L."))
        elif self._keeper.flush() and card.claim_id is not None:
            self._link(card.claim_id, picked)
        elif card.claim_id is None:
            self._new_claim(card.kind, picked)
            self.board.drop_empty(card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters act wherever nobody is writing."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = event.text().upper() if plain else ""
        for kind in KINDS:
            if letter == kind_key(kind):
                self.send_notes(kind)
                return
        if letter == "L":
            self.link_notes()
        else:
            super().keyPressEvent(event)

    # Slots.

    @Slot(object)
    def _on_card_left(self, _card: ClaimCard) -> None:
        self._keeper.flush()
        # Taken away only once the focus has arrived elsewhere: a widget must not die inside its own focus event.
        QTimer.singleShot(0, self._drop_left)

    @Slot()
    def _drop_left(self) -> None:
        focused = QApplication.focusWidget()
        for card in self.board.cards:
            inside = focused is not None and (focused is card or card.isAncestorOf(focused))
            if card.claim_id is None and not inside:
                self.board.drop_empty(card)

    @Slot()
    def _on_claim_selected(self) -> None:
        card = self.board.selected
        self.notes.set_claim_selected(card is not None)

    @Slot(object, object)
    def _on_card_acted(self, card: ClaimCard, act: CardAct) -> None:
        if act is CardAct.LINK:
            self.link_notes()
        elif act is CardAct.DELETE:
            self._delete_claim(card)
        elif card.claim_id is not None and self._keeper.flush():
            column = self.board.columns[card.kind].cards
            place = column.index(card)
            if act is CardAct.UP and place > 0:
                self._move(card.claim_id, card.kind, place - 1)
            elif act is CardAct.DOWN and place < len(column) - 1:
                self._move(card.claim_id, card.kind, place + 2)
            elif act in (CardAct.LEFT, CardAct.RIGHT):
                step = -1 if act is CardAct.LEFT else 1
                target = KINDS.index(card.kind) + step
                if 0 <= target < len(KINDS):
                    self._move(card.claim_id, KINDS[target], len(self.board.columns[KINDS[target]].cards))
            elif act in KIND_ACTS:
                kind = KIND_ACTS[act]
                self._move(card.claim_id, kind, len(self.board.columns[kind].cards))

    @Slot(object, object)
    def _new_claim(self, kind: ClaimKind, note_ids: Sequence[str]) -> None:
        made: list[str] = []

        def act() -> None:
            claim = talk.add_claim(self._core, visit_id=self._visit_id, kind=kind, evidence=tuple(note_ids))
            made.append(claim.id)

        if self._do(act) and made:
            card = self.board.card_of(made[0])
            if card is not None:
                self.board.select(card)

    @Slot(str, object)
    def _link(self, claim_id: str, note_ids: Sequence[str]) -> None:
        claim = next((claim for claim in self._claims if claim.id == claim_id), None)
        if claim is not None:
            self._do(lambda: link_notes(self._core, claim, note_ids))
            card = self.board.card_of(claim_id)
            if card is not None:
                self.board.select(card)

    @Slot(str, str)
    def _unlink(self, claim_id: str, event_id: str) -> None:
        card = self.board.card_of(claim_id)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        done = self._do(
            lambda: talk.unlink(
                self._core, visit_id=self._visit_id, target_kind="claim", target_id=claim_id, event_id=event_id
            )
        )
        if done:
            self.notes.undo_note.say(self.tr("Quotation taken away. Ctrl Z brings it back."))

    @Slot(str, object, int)
    def _move(self, claim_id: str, kind: ClaimKind, place: int) -> None:
        if not self._keeper.flush():
            return
        focused = self.board.card_of(claim_id)
        had_focus = focused is not None and focused.hasFocus()
        self._do(lambda: move_claim(self._core, self._claims, claim_id, kind, place))
        card = self.board.card_of(claim_id)
        if card is not None:
            self.board.select(card, focus=had_focus)

    def _delete_claim(self, card: ClaimCard) -> None:
        cards = self.board.columns[card.kind].cards
        place = cards.index(card)
        other = cards[place + 1] if place + 1 < len(cards) else cards[place - 1] if place > 0 else None
        claim_id = card.claim_id
        if claim_id is None:
            self._keeper.forget(card)
            self.notes.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._keeper.flush():
            return
        self.board.select(other, focus=other is not None)
        if other is None:
            self.notes.list.setFocus(Qt.FocusReason.OtherFocusReason)
        words = self.tr("{kind} removed. Ctrl Z brings it back.").format(kind=claim_name(card.kind))

        def act() -> None:
            opened = talk.open_claim(self._core, claim_id)
            talk.delete_claim(self._core, claim_id=claim_id, seen=opened.seen)

        if self._do(act):
            self.notes.undo_note.say(words)
