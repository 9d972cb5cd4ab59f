"""What a person does with notes and claims on the Talk tab: send, link, move, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from observe_app.services import talk
from observe_app.ui.i18n import claim_column, claim_name
from observe_app.ui.talk.acts import link_picked, move_claim, unlink_source
from observe_app.ui.talk.card_menu import KIND_ACTS, CardAct
from observe_app.ui.talk.marks import KINDS, kind_key
from observe_app.ui.talk.tab_base import TabBase

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.evidence import ClaimKind
    from observe_app.ui.talk.claim_card import ClaimCard
    from observe_app.ui.talk.source import Picked, Source


class ClaimActs(TabBase):
    """The notes and the claims of the tab."""

    def connect_parts(self) -> None:
        """Connect notes and claims."""
        super().connect_parts()
        self.notes.send_asked.connect(self.send_notes)
        self.notes.link_asked.connect(self.link_notes)
        self.notes.write_asked.connect(self.write_selected)
        board = self.board
        board.edited.connect(self._on_edited)
        board.left.connect(self._on_card_left)
        board.acted.connect(self._on_card_acted)
        board.dropped_new.connect(self._new_claim)
        board.dropped_on.connect(self._link)
        board.moved.connect(self._move)
        board.source_asked.connect(self._show_source)
        board.unlink_asked.connect(self._unlink)
        board.selection_changed.connect(self._on_selection)
        form = self.form_board
        form.dropped_on.connect(self._link_answer)
        form.source_asked.connect(self._show_source)
        form.unlink_asked.connect(self._unlink_answer)
        form.selection_changed.connect(self._on_selection)
        self.side_tabs.currentChanged.connect(self._on_side)

    # What a person does.

    @property
    def shows_form(self) -> bool:
        """Whether the form's answers are shown, and not the claims."""
        return self.side_tabs.currentIndex() == 1

    @Slot(object)
    def send_notes(self, kind: ClaimKind) -> None:
        """Make a claim with the picked notes or views as its evidence; without any begin an empty one."""
        self.side_tabs.setCurrentIndex(0)
        picked = self.notes.picked
        if picked:
            self._new_claim(kind, picked)
        else:
            self.board.begin(kind)

    @Slot()
    def link_notes(self) -> None:
        """Make what is picked evidence of the selected claim, or of the selected answer where the form is shown."""
        picked = self.notes.picked
        if self.shows_form:
            answer = self.form_board.selected
            if answer is None:
                self._tell(self.tr("Pick an answer first, then press L."))
            elif not picked:
                self._tell(self.tr("Pick a note first, then press L."))
            else:
                self._link_answer(answer.item, picked)
            return
        card = self.board.selected
        if card is None:
            self._tell(self.tr("Pick a claim first, then press L."))
        elif not picked:
            self._tell(self.tr("Pick a note first, then press L."))
        elif self._keeper.flush() and card.claim_id is not None:
            self._link(card.claim_id, picked)
        elif card.claim_id is None:
            self._new_claim(card.kind, picked)
            self.board.drop_empty(card)

    @Slot()
    def switch_side(self) -> None:
        """Show the form's answers instead of the claims, or the other way round; the keyboard goes along."""
        if not self.form_board.has_items:
            self._tell(self.tr("This visit has no form."))
            return
        left = self.form_board if self.shows_form else self.board
        had = left.isAncestorOf(QApplication.focusWidget() or self)
        self.side_tabs.setCurrentIndex(0 if self.shows_form else 1)
        cards = self.form_board.cards if self.shows_form else self.board.cards
        if had and cards:
            cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def write_selected(self) -> None:
        """Bring the caret into the claim that is selected: the one just made, as a rule."""
        card = self.board.selected
        if card is not None and not self.shows_form:
            card.write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters act wherever nobody is writing; Escape goes back to the notes."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = event.text().upper() if plain else ""
        if not self.board.isEnabled() and (letter == "L" or letter in map(kind_key, KINDS)):
            self._tell(self.tr("Claims, and what they rest on, are for the observer to write."))
            return
        for kind in KINDS:
            if letter == kind_key(kind):
                self._on_kind_key(kind, empty=bool(event.modifiers()))
                return
        if event.key() == Qt.Key.Key_Escape and plain:
            self.notes.shown_list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        acts = {"L": self.link_notes, "V": self.notes.switch, "F": self.switch_side}
        if letter in acts:
            acts[letter]()
        else:
            super().keyPressEvent(event)

    def _on_kind_key(self, kind: ClaimKind, *, empty: bool) -> None:
        if empty:
            self.side_tabs.setCurrentIndex(0)
            self.board.begin(kind)
        else:
            self.send_notes(kind)

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
    def _on_selection(self) -> None:
        selected = self.form_board.selected if self.shows_form else self.board.selected
        self.notes.set_claim_selected(selected is not None)

    @Slot()
    def _on_side(self) -> None:
        self.boards.setCurrentIndex(self.side_tabs.currentIndex())
        self._on_selection()

    @Slot(object)
    def _show_source(self, source: Source) -> None:
        if source.view:
            self.notes.show_view(source.view)
        else:
            self.notes.show_note(source.event_id)

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
    def _new_claim(self, kind: ClaimKind, picked: Picked) -> None:
        made: list[str] = []

        def act() -> None:
            claim = talk.add_claim(
                self._core, visit_id=self._visit_id, kind=kind, evidence=picked.events, views=picked.views
            )
            made.append(claim.id)

        if self._do(act) and made:
            card = self.board.card_of(made[0])
            if card is not None:
                self.board.select(card)
            words = self.tr("{kind} begun. Enter writes it, Ctrl Z takes it back.").format(kind=claim_name(kind))
            self._said(self._with_private(words, picked))

    @Slot(str, object)
    def _link(self, claim_id: str, picked: Picked) -> None:
        if not self._keeper.flush():
            return
        self._do_link("claim", claim_id, picked)
        card = self.board.card_of(claim_id)
        if card is not None:
            self.board.select(card)

    @Slot(str, object)
    def _link_answer(self, item: str, picked: Picked) -> None:
        self._do_link("answer", item, picked)
        card = self.form_board.card_of(item)
        if card is not None:
            self.form_board.select(card)

    def _do_link(self, target_kind: str, target_id: str, picked: Picked) -> None:
        made: list[int] = []

        def act() -> None:
            made.append(link_picked(self._core, self._visit_id, target_kind, target_id, picked))

        if self._do(act):
            count = made[0]
            if not count:
                self._tell(self.tr("That is its evidence already."))
                return
            words = (
                self.tr("Evidence linked. Ctrl Z takes it back.")
                if count == 1
                else self.tr("{n} pieces of evidence linked. Ctrl Z takes them back.").format(n=count)
            )
            self._said(self._with_private(words, picked))

    def _with_private(self, words: str, picked: Picked) -> str:
        by_id = self._facts.by_id
        private = sum(by_id[event_id].private for event_id in picked.events if event_id in by_id)
        if not private:
            return words
        stays = (
            self.tr("One note is private: it is left out of what leaves.")
            if private == 1
            else self.tr("{n} notes are private: they are left out of what leaves.").format(n=private)
        )
        return f"{words} {stays}"

    @Slot(str, object)
    def _unlink(self, claim_id: str, source: Source) -> None:
        card = self.board.card_of(claim_id)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._do_unlink("claim", claim_id, source)

    @Slot(str, object)
    def _unlink_answer(self, item: str, source: Source) -> None:
        card = self.form_board.card_of(item)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._do_unlink("answer", item, source)

    def _do_unlink(self, target_kind: str, target_id: str, source: Source) -> None:
        if self._do(lambda: unlink_source(self._core, self._visit_id, target_kind, target_id, source)):
            self._said(self.tr("Quotation taken away. Ctrl Z brings it back."))

    @Slot(str, object, int)
    def _move(self, claim_id: str, kind: ClaimKind, place: int) -> None:
        if not self._keeper.flush():
            return
        focused = self.board.card_of(claim_id)
        had_focus = focused is not None and focused.hasFocus()
        before = next((claim.kind for claim in self._claims if claim.id == claim_id), kind)
        moved: list[bool] = []
        done = self._do(lambda: moved.append(move_claim(self._core, self._claims, claim_id, kind, place)))
        card = self.board.card_of(claim_id)
        if card is not None:
            self.board.select(card, focus=had_focus)
        if done and any(moved):
            words = (
                self.tr("Moved. Ctrl Z puts it back.")
                if before is kind
                else self.tr("Moved to “{column}”. Ctrl Z puts it back.").format(column=claim_column(kind))
            )
            self._said(words)

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
