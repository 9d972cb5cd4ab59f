"""The Talk tab: notes at the left, what they show at the right, the conversation and its steps below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.services import people, steps, turns
from observe_app.ui.days import today_of
from observe_app.ui.key_press import CommandKeys, pressed
from observe_app.ui.release.release_bar import ReleaseBar
from observe_app.ui.shared_folder.compare_row import CompareRow
from observe_app.ui.talk.board import MARGIN, Board
from observe_app.ui.talk.conversation import ConversationPanel
from observe_app.ui.talk.evidence_card import CARD_MARGIN
from observe_app.ui.talk.key_card import open_card
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.talk.step_row import EDGE, StepRow
from observe_app.ui.talk.steps_panel import StepsPanel
from observe_app.ui.talk.tab_acts import ClaimActs
from observe_app.ui.talk.voices import voice_names
from observe_app.ui.theme import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.changes import Changes
    from observe_app.domain.visit import Visit
    from observe_app.ui.data_page import VisitTarget
    from observe_app.ui.talk.form_board import FormBoard
    from observe_app.ui.talk.turn_row import TurnRow


_LOW_MARGINS = 12
_LEAST_LOW, _LEAST_HIGH = 150, 250
_LEAST_CLAIMS, _LEAST_STEPS, _SLIM, _STACKED = 130, 150, 430, 520
_QUIET, _TALKED, _TALKING, _MOST = 0.33, 0.4, 0.51, 0.56
"""Parts of the page's height that go to the conversation: before it, after it, during it, and at most."""


class TalkTab(ClaimActs):
    """Makes a conversation out of the notes.

    Signals:
        target_asked: `VisitTarget` of another visit. calendar_asked: Visit whose calendar file is wanted.
    """

    target_asked = Signal(object)
    calendar_asked = Signal(object)

    _agreed = 0
    _loads_told = 0
    _own_share = 0.0  # of the height, for the conversation; 0 where nobody moved the edge

    def leave(self) -> bool:
        """Store what is only on the screen, and compare no further with what was released."""
        left = super().leave()
        if left:
            self.bar.stop()
        return left

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks; of some the place where one goes on stands before the whole."""
        shown: Board | FormBoard = self.form_board if self.shows_form else self.board
        board = shown.selected or next(iter(shown.cards), shown)
        talk = self.conversation
        return (
            self.notes.shown_list,
            self.notes,
            board,
            shown,
            talk.entry.text,
            talk.begin_button,
            talk,
            self.steps,
            self.bar,
        )

    def start_widget(self) -> QWidget:
        """Where the keyboard starts: the notes."""
        return self.notes.list

    def load_rest(self, visit: Visit) -> None:
        """The conversation, the steps and what leaves."""
        if not self._is_light:
            agreed = steps.of_visit(self._core, self._visit_id)
            self.conversation.show_visit(visit, turns.of_visit(self._core, self._visit_id))
            self.compare.look(tuple(one for one in (visit.teacher_id, visit.observer_id) if one))
            self._share_height()
            self.steps.show_steps(agreed, self._owners(visit))
            self._agreed = len(agreed)
        self._count(visit)

    def _count(self, visit: Visit) -> None:
        claims = sum(1 for claim in self._claims if claim.kind is not ClaimKind.QUESTION)
        # Private ones stay, whatever rests on them; what was counted or swept is no note.
        notes = {event.id for event in self._events if event.kind is EventKind.NOTE and not event.private}
        linked = {event_id for claim in self._claims for event_id in claim.evidence} & notes
        self.bar.show_counts(visit, claims, len(self._claims) - claims, len(linked), self._agreed)

    def _load(self, *, with_events: bool) -> None:
        super()._load(with_events=with_events)
        visit = self._visit
        if visit is None or self._is_light:
            return
        try:
            earlier = steps.earlier(self._core, self._visit_id)
            links = steps.links(self._core, self._visit_id) if earlier else {}
            self.steps.next_visit.show_visit(visit)
        except ObserveError as error:
            self._say_error(error)
            return
        names = voice_names(visit, self._core.settings.get().me_id)
        self.steps.earlier.show_rows(earlier, links, self._facts.sources, names)

    def build_low(self) -> QHBoxLayout:
        """The conversation, and the steps beside it."""
        self.conversation = ConversationPanel(self._core, self._visit_id, self)
        self.compare = CompareRow(self._core, self._jobs, self)
        self.conversation.add_compare(self.compare)
        self.steps = StepsPanel(self._core, self._visit_id, today_of(self._core.clock), self)
        self.conversation.head.setFixedHeight(self.steps.head.sizeHint().height())
        self._under = low = QHBoxLayout()
        SideMargins(self, low, (MARGIN + CARD_MARGIN, 0, 0, 12))
        low.setSpacing(32 - EDGE)
        low.addWidget(self.conversation, 12)
        low.addWidget(self.steps, 11)
        return low

    def build_bar(self) -> QWidget:
        """What leaves, and the way to it."""
        self.bar = ReleaseBar(self._core, self._jobs, self._visit_id, self)
        return self.bar

    def connect_parts(self) -> None:
        """Connect what stands below the claims."""
        super().connect_parts()
        self.notes.keys_asked.connect(self.show_keys)
        self.conversation.edited.connect(self._on_conversation_edited)
        self.conversation.resized.connect(self._share_height)
        self.low_edge.moved.connect(self._on_edge_moved)
        self.low_edge.released.connect(self._on_edge_released)
        self.conversation.left.connect(self._on_left)
        self.conversation.delete_asked.connect(self._delete_turn)
        self.conversation.failed.connect(self._say_error)
        self.conversation.told.connect(self._tell)
        self.conversation.changed.connect(self._on_talk_changed)
        self.steps.edited.connect(self._on_edited)
        self.steps.left.connect(self._on_step_left)
        self.steps.delete_asked.connect(self._delete_step)
        self.steps.failed.connect(self._say_error)
        earlier, following = self.steps.earlier, self.steps.next_visit
        earlier.changed.connect(self._on_talk_changed)
        earlier.failed.connect(self._say_error)
        earlier.told.connect(self._on_step_told)
        earlier.source_asked.connect(self._show_source)
        earlier.selection_changed.connect(self._on_earlier_selected)
        for board in (self.board, self.form_board):
            board.selection_changed.connect(self._on_other_selected)
        following.agreed.connect(self._on_talk_changed)
        following.failed.connect(self._say_error)
        following.target_asked.connect(self._on_target)
        following.calendar_asked.connect(self.calendar_asked)
        self.bar.preview_asked.connect(self._on_preview)
        self.bar.release_asked.connect(self._on_release)
        self.bar.released.connect(self._on_released)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """While the two talk, the conversation has room for a few turns."""
        super().resizeEvent(event)
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        # Steps of the whole and not of each turn: the claims above keep their place while the two talk.
        height, talk = self.height(), self.conversation
        slim = height - self.bar.sizeHint().height() < scaled(_SLIM)
        talk.set_slim(slim=slim)
        stacked = slim and self.right_pane.width() < scaled(_STACKED)
        ways = QBoxLayout.Direction
        self._under.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self._under.setSpacing(12 if stacked else 32 - EDGE)
        side = MARGIN if stacked else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        talk.setContentsMargins(side if mirrored else 0, 0, 0 if mirrored else side, 0)
        self.boards.setMinimumHeight(scaled(_LEAST_CLAIMS) if slim else 0)
        share = _TALKING if talk.is_running else _TALKED if talk.rows else _QUIET
        usual = max(180, round(height * share), height - 488 if height > 860 else 0)
        least = talk.least_height + _LOW_MARGINS
        if slim:  # it scrolls, and need not make do with less than it shows
            wanted = max(usual, least + (scaled(_LEAST_STEPS) + 12 if stacked else 0))
        else:
            wanted = max(usual, min(least, round(height * _MOST)))
        if self._own_share and not slim:
            wanted = min(max(round(height * self._own_share), scaled(_LEAST_LOW)), height - scaled(_LEAST_HIGH))
        if self._low.maximumHeight() != wanted:
            self._low.setFixedHeight(wanted)
        if slim and talk.entry.text.hasFocus():
            QTimer.singleShot(0, self, self._show_caret)

    @Slot()
    def _show_caret(self) -> None:
        self.right_pane.ensureWidgetVisible(self.conversation.entry, 0, 8)

    @Slot(int)
    def _on_edge_moved(self, higher: int) -> None:
        height = max(1, self.height())
        least, most = scaled(_LEAST_LOW), height - scaled(_LEAST_HIGH)
        self._own_share = min(max(self._low.height() + higher, least), max(least, most)) / height
        self._share_height()

    @Slot()
    def _on_edge_released(self) -> None:
        self._own_share = 0.0
        self._share_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N begins a step and C goes to the conversation wherever nobody is writing; F1 shows the keys."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = event.text().upper() if plain else ""
        if letter == "N":
            self.right_pane.ensureWidgetVisible(self.steps, 0, 0)
            self.steps.begin()
        elif letter == "C":
            self.go_to_conversation()
        elif pressed(event) == CommandKeys(self._core.settings.get().keys).key("keys"):
            self.show_keys()
        else:
            super().keyPressEvent(event)

    @Slot()
    def go_to_conversation(self) -> None:
        """Bring the keyboard to the line of the conversation, or to what begins it."""
        talk = self.conversation
        self.right_pane.ensureWidgetVisible(talk, 0, 0)
        if talk.entry.isVisible():
            talk.entry.text.write()
        else:
            talk.begin_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def show_keys(self) -> None:
        """Show every key of this page."""
        open_card(self._core.settings.get().keys, self)

    @Slot()
    def link_notes(self) -> None:
        """Make what is picked evidence of the earlier step where one is selected, else as claims and answers do."""
        row, picked = self.steps.earlier.selected, self.notes.picked
        if row is None:
            super().link_notes()
        elif not picked:
            self._tell(self.tr("Pick a note first, then press L."))
        elif self._keeper.flush():
            self.steps.earlier.link(row, picked)

    # Slots.

    @Slot()
    def _on_earlier_selected(self) -> None:
        if self.steps.earlier.selected is not None:
            self.board.select(None)
            self.notes.set_claim_selected(True)

    @Slot()
    def _on_other_selected(self) -> None:
        if (self.form_board.selected if self.shows_form else self.board.selected) is not None:
            self.steps.earlier.select(None)

    @Slot(str)
    def _on_step_told(self, words: str) -> None:
        self.notes.undo_note.say(words)

    @Slot(object)
    def _on_target(self, target: VisitTarget) -> None:
        if self._keeper.flush():
            self.target_asked.emit(target)

    @Slot()
    def _on_conversation_edited(self) -> None:
        self._keeper.touch(self.conversation)

    @Slot(object)
    def _on_step_left(self, row: StepRow) -> None:
        self._keeper.flush()
        self.steps.drop_empty(row)

    @Slot()
    def _on_preview(self) -> None:
        if self._keeper.flush():
            self.preview_requested.emit()

    @Slot()
    def _on_release(self) -> None:
        if self._keeper.flush():
            self.bar.open_sheet()

    @Slot(object)
    def _on_released(self, _release: object) -> None:
        self.saved.emit()
        self.preview_requested.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Where something was said and nothing else happened nothing else is read: the next words are typed already."""
        said = bool(changes.rows) and all(table == "turn" for table, _row in changes.rows)
        visit = self._visit
        if not (said and self._active and visit is not None and self._visit_id in changes.visits):
            super()._on_changed(changes)
        elif not self._keeper.is_storing:
            self._loads += 1
            try:
                self.conversation.show_visit(visit, turns.of_visit(self._core, self._visit_id))
                self._share_height()
                self._count(visit)
            except ObserveError as error:
                self._say_error(error)
        else:
            self._missed = changes

    @Slot()
    def _on_talk_changed(self) -> None:
        if self._loads == self._loads_told:  # nobody told us of the change
            self.reload()
        self._loads_told = self._loads
        self.saved.emit()

    @Slot(object)
    def _delete_turn(self, row: TurnRow) -> None:
        if not self._keeper.flush():
            return
        turn_id = row.turn.id
        self.conversation.head.protocol_button.setFocus(Qt.FocusReason.OtherFocusReason)

        def act() -> None:
            turns.delete(self._core, turn_id=turn_id, seen=turns.open_turn(self._core, turn_id).seen)

        if self._do(act):
            self.notes.undo_note.say(self.tr("Turn removed. Ctrl Z brings it back."))

    @Slot(object)
    def _delete_step(self, row: StepRow) -> None:
        step_id = row.step_id
        self.steps.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if step_id is None or not self._keeper.flush():
            return

        def act() -> None:
            opened = steps.open_step(self._core, step_id)
            steps.delete(self._core, step_id=step_id, seen=opened.seen)

        if self._do(act):
            self.notes.undo_note.say(self.tr("Action step removed. Ctrl Z brings it back."))

    # Helpers.

    def _owners(self, visit: Visit) -> tuple[tuple[str | None, str], ...]:
        first: list[tuple[str | None, str]] = [(visit.teacher_id, visit.teacher or self.tr("The teacher"))]
        if visit.observer_id is not None:
            first.append((visit.observer_id, visit.observer))
        known = {person_id for person_id, _name in first}
        others = [(row.person.id, row.person.name) for row in people.listing(self._core) if row.person.id not in known]
        return (*first, *sorted(others, key=lambda other: other[1].casefold()))
