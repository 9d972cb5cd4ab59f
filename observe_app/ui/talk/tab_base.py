"""The frame of the Talk tab: where its parts stand, how it is loaded, how an act is done and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import NothingToUndo, ObserveError
from observe_app.services import answers, history, notes, talk, visits, wording
from observe_app.ui.errors import describe
from observe_app.ui.i18n import writing_language
from observe_app.ui.talk.board import Board
from observe_app.ui.talk.focus_band import FocusBand
from observe_app.ui.talk.form_board import FormBoard
from observe_app.ui.talk.keeper import Keeper
from observe_app.ui.talk.lesson_facts import LessonFacts, answer_facts, facts_of
from observe_app.ui.talk.low_edge import LowEdge
from observe_app.ui.talk.notes_model import kinds_by_note, kinds_by_view
from observe_app.ui.talk.notes_panel import NotesPanel
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.undo_words import undone_sentence
from observe_app.ui.widgets import KeyCap, Message, MessageBar, MessageKind, Plane, StageTabs
from observe_app.ui.widgets.layout import SteadyScrollArea, side_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.changes import Action, Changes
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Claim, Evidence
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.talk.claim_card import ClaimCard
    from observe_app.ui.talk.step_row import StepRow

NOTES_WIDTH = 392
NOTES_WIDTH_NARROW = 320
_NARROW = 1100
_TABLES = (
    "event", "claim", "evidence", "action_step", "visit", "visit_member", "person", "answer", "turn", "protocol",
    "release", "reader",
)  # fmt: skip


class _Stack(Plane):
    """What stands right of the notes: as wide as there is room for, and as high as its parts need to be."""

    def minimumSizeHint(self) -> QSize:
        """It scrolls up and down, never sideways."""
        return QSize(0, super().minimumSizeHint().height())


class TabBase(Plane):
    """What every part of the Talk tab rests on; `TalkTab` adds the parts below the claims.

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
        self._links: tuple[Evidence, ...] = ()
        self._facts = LessonFacts()
        self._loads = 0
        self._missed: Changes | None = None
        self._active = False
        self._links_only = False
        self._is_light = False
        self._keeper = Keeper(self)
        self._build()
        self.connect_parts()
        bus.changed.connect(self._on_changed)

    # What the visit's frame calls.

    def activate(self) -> None:
        """Load everything: the tab becomes visible."""
        self._active = True
        self.board.set_judging_words(wording.judging_words(self._core, writing_language()))
        self.reload()

    def leave(self) -> bool:
        """Store what is only on the screen; False when it could not be stored and the person should stay."""
        if not self._keeper.flush():
            return False
        self._active = False
        return True

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
            before = _of_steps(self._links)
            self._claims, self._links = talk.claims_and_links(self._core, self._visit_id)
            # A link made or taken away changes nothing of what is said and agreed; that is not read again.
            self._is_light = self._links_only and _of_steps(self._links) == before
            given = answers.all_of(self._core, self._visit_id) if visit.form_snapshot else {}
            self.load_rest(visit)
        except ObserveError as error:
            self._say_error(error)
            return
        if with_events or visit != self._visit:
            self._facts = facts_of(visit, self._events)
        self._visit = visit
        facts = self._facts
        self.focus_band.set_text(visit.focus)
        self.notes.set_notes(self._events, kinds_by_note(self._claims), facts.around(self._links), facts.names)
        self.notes.set_views(facts.views, kinds_by_view(self._claims))
        self.board.show_claims(self._claims, facts.sources)
        yes_no = (self.tr("yes"), self.tr("no"))
        shown = answer_facts(visit, facts, given, self._links, yes_no)
        self.form_board.show_answers(shown)
        self.side_tabs.setTabText(0, self.tr("Claims {n}").format(n=len(self._claims)))
        self.side_tabs.setTabText(1, self.tr("Form {n}").format(n=sum(one.is_answered for one in shown)))
        self._side.setVisible(bool(shown))
        if not shown:
            self.side_tabs.setCurrentIndex(0)

    def load_rest(self, visit: Visit) -> None:
        """Read and show what stands below the claims; where `_is_light` only what counts them.

        Raises:
            ObserveError: it cannot be read.
        """
        raise NotImplementedError

    # Building.

    def _build(self) -> None:
        self.notes = NotesPanel(self)
        self.focus_band = FocusBand(self)
        self.board = Board(self._core, self._visit_id, self)
        self.form_board = FormBoard(self)
        self.side_tabs = StageTabs((self.tr("Claims"), self.tr("Form")), self, height=scaled(34))
        self.side_tabs.setAccessibleName(self.tr("Claims, or the answers in the form"))
        self.side_tabs.setToolTip(self.tr("F shows the answers in the form, and the claims again"))
        self.boards = QStackedWidget(self)
        self.boards.addWidget(self.board)
        self.boards.addWidget(self.form_board)
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 14, 24, 6)
        inset.setSpacing(12)
        inset.addWidget(self.focus_band, 1)
        self._side = QWidget(self)
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(4)
        side.addWidget(self.side_tabs)
        side.addWidget(KeyCap("F", self))
        inset.addWidget(self._side)
        self.low_edge = LowEdge(self)
        self._low = QWidget(self)
        self._low.setLayout(self.build_low())
        self._pile(inset)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.right_pane, 1)
        right.addWidget(self.build_bar())
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

    def _pile(self, top: QHBoxLayout) -> None:
        """Put focus, claims and conversation under each other.

        In a low window with large letters not all of it fits: then it scrolls, and nothing lies over anything else.
        """
        self.right_pane = SteadyScrollArea(self)
        inner = _Stack("page")
        pile = QVBoxLayout(inner)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(0)
        pile.addLayout(top)
        pile.addWidget(self.boards, 1)
        pile.addWidget(self.low_edge)
        pile.addWidget(self._low)
        self.right_pane.setWidget(inner)

    def build_low(self) -> QHBoxLayout:
        """Build what stands below the claims."""
        raise NotImplementedError

    def build_bar(self) -> QWidget:
        """Build the bar at the foot."""
        raise NotImplementedError

    def connect_parts(self) -> None:
        """Connect the parts; who adds parts adds their connections."""
        self._keeper.writing.connect(self.writing)
        self._keeper.saved.connect(self.saved)
        self._keeper.failed.connect(self.save_failed)
        self._keeper.stored.connect(self._on_stored)
        self.notes.undo_note.undo_asked.connect(self.undo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notes give way in a small window."""
        super().resizeEvent(event)
        room = event.size().width()
        wide = room >= room_for(_NARROW)
        self.notes.setFixedWidth(side_width(room, wide=NOTES_WIDTH, narrow=NOTES_WIDTH_NARROW, below=_NARROW))
        self.notes.set_narrow(narrow=not wide)

    # Slots.

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerns = not changes.visits or self._visit_id in changes.visits or changes.touches("person")
        if not (self._active and concerns and changes.touches(*_TABLES)):
            return
        if self._keeper.is_storing:  # shown now, a claim that is being written would stand there twice
            self._missed = changes
        else:
            self._links_only = bool(changes.rows) and all(table == "evidence" for table, _row in changes.rows)
            self._load(with_events=changes.touches("event"))
            self._links_only = False

    @Slot()
    def _on_stored(self) -> None:
        if self._missed is not None:
            self._missed = None
            self._load(with_events=False)

    @Slot(object)
    def _on_edited(self, editor: ClaimCard | StepRow) -> None:
        self._keeper.touch(editor)

    @Slot()
    def _on_left(self) -> None:
        self._keeper.flush()

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

    def _travel(self, way: Callable[..., Action], nothing: str) -> None:
        if not self._keeper.flush():
            return
        try:
            action = way(self._core, scope=self._visit_id)
        except NothingToUndo:
            self._tell(nothing)
        except ObserveError as error:
            self._say_error(error)
        else:
            self.reload()
            self._tell(undone_sentence(action, undoing=way is history.undo))
            self.saved.emit()

    @Slot(str)
    def _tell(self, words: str) -> None:
        self.notes.undo_note.say(words, undo=False)

    def _said(self, words: str) -> None:
        """Say what was done, with the way back."""
        self.notes.undo_note.say(words)

    @Slot(object)
    def _say_error(self, error: ObserveError) -> None:
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_bar.show_message(Message(MessageKind.LOOK, words, key="talk-act"))


def _of_steps(links: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(link for link in links if link.target_kind == "step")
