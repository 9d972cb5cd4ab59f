"""The Talk tab: notes at the left, what they show at the right, the conversation and its steps below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import NothingToUndo, ObserveError
from observe_app.domain.evidence import ClaimKind
from observe_app.services import history, notes, people, talk, visits
from observe_app.ui.errors import describe
from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.acts import link_notes, move_claim
from observe_app.ui.talk.board import MARGIN, Board
from observe_app.ui.talk.card_menu import KIND_ACTS, CardAct
from observe_app.ui.talk.claim_card import CARD_MARGIN, ClaimCard
from observe_app.ui.talk.conversation import ConversationPanel
from observe_app.ui.talk.due import today_of
from observe_app.ui.talk.focus_band import FocusBand
from observe_app.ui.talk.keeper import Keeper
from observe_app.ui.talk.marks import KINDS, kind_key
from observe_app.ui.talk.notes_model import kinds_by_note
from observe_app.ui.talk.notes_panel import NotesPanel
from observe_app.ui.talk.step_row import EDGE, StepRow
from observe_app.ui.talk.steps_panel import StepsPanel
from observe_app.ui.talk.summary_bar import SummaryBar
from observe_app.ui.theme import room_for
from observe_app.ui.widgets import Message, MessageBar, MessageKind, Plane
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.changes import Changes
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Claim
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

NOTES_WIDTH = 392
NOTES_WIDTH_NARROW = 320
_NARROW = 1100
_TABLES = ("event", "claim", "evidence", "action_step", "visit", "visit_member", "person")


class TalkTab(Plane):
    """Makes a conversation out of the notes.

    Signals:
        preview_requested: the person wants to see the PDF; everything is stored already.
        writing: words are on the screen that are not on the disk. saved: all of them are on the disk.
        save_failed: the ObserveError of a write that is tried again; the visit's frame says it.
    """

    preview_requested = Signal()
    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(
        self, core: Core, visit_id: str, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None
    ) -> None:
        """Build the tab; `activate` loads it. `jobs` is part of what every tab is given."""
        super().__init__("page", parent)
        self._core, self._visit_id, self._jobs = core, visit_id, jobs
        self._visit: Visit | None = None
        self._claims: tuple[Claim, ...] = ()
        self._events: tuple[Event, ...] = ()
        self._loads = 0
        self._missed: Changes | None = None
        self._active = False
        self._keeper = Keeper(self)
        self._build()
        self._connect()
        bus.changed.connect(self._on_changed)

    # What the visit's frame calls.

    def activate(self) -> None:
        """Load everything: the tab becomes visible."""
        self._active = True
        self.reload()

    def leave(self) -> bool:
        """Store what is only on the screen; False when it could not be stored and the person should stay."""
        if not self._keeper.flush():
            return False
        self._active = False
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self.notes, self.board, self.conversation, self.steps, self.bar)

    def start_widget(self) -> QWidget:
        """Where the keyboard starts: the notes."""
        return self.notes.list

    @Slot()
    def undo(self) -> None:
        """Take back the last thing done in this visit."""
        self._travel(history.undo, self.tr("There is nothing to take back."))

    @Slot()
    def redo(self) -> None:
        """Bring back what undo took."""
        self._travel(history.redo, self.tr("There is nothing to bring back."))

    @Slot()
    def reload(self) -> None:
        """Show what is stored now; words that are not stored yet stay as they are."""
        self._load(with_events=True)

    def _load(self, *, with_events: bool) -> None:
        # The notes are the many; they are read again only when one of them changed.
        self._loads += 1
        try:
            visit = visits.get(self._core, self._visit_id)
            if with_events:
                self._events = notes.stream(self._core, self._visit_id)
            self._claims = talk.claims(self._core, self._visit_id)
            steps = talk.steps(self._core, self._visit_id)
            owners = self._owners(visit)
        except ObserveError as error:
            self._say_error(error)
            return
        self._visit = visit
        self.focus_band.set_text(visit.focus)
        self.notes.set_notes(self._events, kinds_by_note(self._claims))
        self.board.show_claims(self._claims, {event.id: event for event in self._events})
        self.conversation.show_text(visit.conversation)
        self.steps.show_steps(steps, owners)
        claims = sum(1 for claim in self._claims if claim.kind is not ClaimKind.QUESTION)
        linked = {event_id for claim in self._claims for event_id in claim.evidence}
        self.bar.show_counts(visit.teacher, claims, len(self._claims) - claims, len(linked), len(steps))

    # Building.

    def _build(self) -> None:
        self.notes = NotesPanel(self)
        self.focus_band = FocusBand(self)
        self.board = Board(self._core, self._visit_id, self)
        self.conversation = ConversationPanel(self._core, self._visit_id, self)
        self.steps = StepsPanel(self._core, self._visit_id, today_of(self._core.clock), self)
        self.conversation.head.setFixedHeight(self.steps.head.sizeHint().height())
        self.bar = SummaryBar(self)
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 14, 24, 6)
        inset.addWidget(self.focus_band)
        low = QHBoxLayout()
        low.setContentsMargins(MARGIN + CARD_MARGIN, 8, 0, 12)
        low.setSpacing(32 - EDGE)
        low.addWidget(self.conversation, 12)
        low.addWidget(self.steps, 11)
        self._low = QWidget(self)
        self._low.setLayout(low)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(inset)
        right.addWidget(self.board, 1)
        right.addWidget(self._low)
        right.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.notes)
        row.addLayout(right, 1)
        self.message_bar = MessageBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._keeper.writing.connect(self.writing)
        self._keeper.saved.connect(self.saved)
        self._keeper.failed.connect(self.save_failed)
        self._keeper.stored.connect(self._on_stored)
        self.notes.send_asked.connect(self.send_notes)
        self.notes.link_asked.connect(self.link_notes)
        self.notes.undo_note.undo_asked.connect(self.undo)
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
        self.conversation.edited.connect(self._on_conversation_edited)
        self.conversation.left.connect(self._on_left)
        self.steps.edited.connect(self._on_edited)
        self.steps.left.connect(self._on_step_left)
        self.steps.delete_asked.connect(self._delete_step)
        self.steps.failed.connect(self._say_error)
        self.bar.preview_asked.connect(self._on_preview)

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
        elif letter == "N":
            self.steps.begin()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notes give way in a small window; extra height goes to the conversation."""
        super().resizeEvent(event)
        room = event.size().width()
        wide = room >= room_for(_NARROW)
        self.notes.setFixedWidth(side_width(room, wide=NOTES_WIDTH, narrow=NOTES_WIDTH_NARROW, below=_NARROW))
        self.notes.set_narrow(narrow=not wide)
        height = event.size().height()
        self._low.setFixedHeight(max(190, round(height * 0.34), height - 480 if height > 860 else 0))

    # Slots.

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerns = not changes.visits or self._visit_id in changes.visits or changes.touches("person")
        if not (self._active and concerns and changes.touches(*_TABLES)):
            return
        if self._keeper.is_storing:  # shown now, a claim that is being written would stand there twice
            self._missed = changes
        else:
            self._load(with_events=changes.touches("event"))

    @Slot()
    def _on_stored(self) -> None:
        if self._missed is not None:
            self._missed = None
            self._load(with_events=False)

    @Slot(object)
    def _on_edited(self, editor: ClaimCard | StepRow) -> None:
        self._keeper.touch(editor)

    @Slot()
    def _on_conversation_edited(self) -> None:
        self._keeper.touch(self.conversation)

    @Slot()
    def _on_left(self) -> None:
        self._keeper.flush()

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

    @Slot(object)
    def _on_step_left(self, row: StepRow) -> None:
        self._keeper.flush()
        self.steps.drop_empty(row)

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

    @Slot()
    def _on_preview(self) -> None:
        if self._keeper.flush():
            self.preview_requested.emit()

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

    @Slot(object)
    def _delete_step(self, row: StepRow) -> None:
        step_id = row.step_id
        self.steps.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if step_id is None or not self._keeper.flush():
            return

        def act() -> None:
            opened = talk.open_step(self._core, step_id)
            talk.delete_step(self._core, step_id=step_id, seen=opened.seen)

        if self._do(act):
            self.notes.undo_note.say(self.tr("Action step removed. Ctrl Z brings it back."))

    # Helpers.

    def _do(self, act: Callable[[], object]) -> bool:
        """Do something at once; True when it was stored."""
        before = self._loads
        try:
            act()
        except ObserveError as error:
            self._say_error(error)
            return False
        if self._loads == before:  # nobody told us of the change
            self.reload()
        self.saved.emit()
        return True

    def _travel(self, way: Callable[..., object], nothing: str) -> None:
        if not self._keeper.flush():
            return
        try:
            way(self._core, scope=self._visit_id)
        except NothingToUndo:
            self._tell(nothing)
        except ObserveError as error:
            self._say_error(error)
        else:
            self.notes.undo_note.hide()
            self.reload()
            self.saved.emit()

    def _tell(self, words: str) -> None:
        self.notes.undo_note.say(words, undo=False)

    @Slot(object)
    def _say_error(self, error: ObserveError) -> None:
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_bar.show_message(Message(MessageKind.LOOK, words, key="talk-act"))

    def _owners(self, visit: Visit) -> tuple[tuple[str | None, str], ...]:
        first: list[tuple[str | None, str]] = [(visit.teacher_id, visit.teacher or self.tr("The teacher"))]
        if visit.observer_id is not None:
            first.append((visit.observer_id, visit.observer))
        known = {person_id for person_id, _name in first}
        others = [(row.person.id, row.person.name) for row in people.listing(self._core) if row.person.id not in known]
        return (*first, *sorted(others, key=lambda other: other[1].casefold()))
