"""The feedback conversation: its protocol, one prompt at a time, and who said what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import text_in
from observe_app.domain.turn import Voice
from observe_app.services import protocols, turns, visits
from observe_app.ui.i18n import writing_language
from observe_app.ui.talk.conversation_head import ConversationHead
from observe_app.ui.talk.edge_fade import EdgeFade
from observe_app.ui.talk.prompt_band import PromptBand
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.talk.summary_fold import SummaryFold
from observe_app.ui.talk.turn_entry import TurnEntry
from observe_app.ui.talk.turn_row import TurnRow
from observe_app.ui.talk.voices import NAME_WIDTH, NAME_WIDTH_NARROW, voice_names
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, SteadyScrollArea, TextLabel
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.protocol import Protocol
    from observe_app.domain.turn import Turn
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.shared_folder.compare_row import CompareRow

LOOK_MS = 5000
DRAFT_MS = 300
_LEAST_TURNS = 36
_NARROW = 400
_MINUTE = timedelta(minutes=1)


class ConversationPanel(QWidget):
    """Begins, guides and writes down the conversation.

    Signals:
        edited: words changed that are not on the disk; they are stored by `store`. left: the caret left.
        delete_asked: TurnRow that is to be deleted. failed: ObserveError of an act that was not a typed word.
        told: a sentence about what was done. changed: something was stored at once.
        resized: it needs more room than before, or less.
    """

    edited = Signal()
    left = Signal()
    delete_asked = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    changed = Signal()
    resized = Signal()

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id = core, visit_id
        self._visit: Visit | None = None
        self._protocol: Protocol | None = None
        self._names: Mapping[Voice, str] = dict.fromkeys(Voice, "")
        self._rows: list[TurnRow] = []
        self._prompt = ""
        self._since: datetime | None = None
        self._kept = (Voice.TEACHER, "")
        self._loaded = False
        self._tells_about: bool | None = None
        self._compared: tuple[CompareRow, ...] = ()
        self._at_end = True
        self._is_slim = False
        self._name_width = scaled(NAME_WIDTH)
        self._build()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.show_time)
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._draft.timeout.connect(self._on_draft_due)
        self._connect()

    # What the page reads and calls.

    @property
    def rows(self) -> tuple[TurnRow, ...]:
        """Turns from top to bottom."""
        return tuple(self._rows)

    @property
    def is_running(self) -> bool:
        """Whether the conversation has begun and not ended."""
        visit = self._visit
        return visit is not None and visit.talk_started is not None and visit.talk_ended is None

    def show_visit(self, visit: Visit, said: Sequence[Turn]) -> None:
        """Show what is stored now; words that are not stored yet stay as they are.

        Raises:
            ObserveError: the protocol or the unfinished line cannot be read.
        """
        self._visit = visit
        self._protocol = protocols.of_visit(self._core, visit)
        self._names = voice_names(visit, self._core.settings.get().me_id)
        if not self._loaded:
            self._load_line()
        self.head.protocol_button.show_protocol(self._protocol)
        self.entry.set_names(self._names)
        self.summary.show_text(visit.conversation)
        self._show_turns(said)
        self._show_state(has_turns=bool(said))
        self.show_time()

    def store(self) -> None:
        """Write the words that are only on the screen: turns, the summary, and the unfinished line as it is.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        for row in self._rows:
            row.store()
        self.summary.store()
        self._keep_line()

    def add_compare(self, row: CompareRow) -> None:
        """Put the two numbers to compare below the head; they show where there is something to compare."""
        self._compared = (row,)
        self._whole.insertWidget(1, row)
        row.settled.connect(self.resized)

    def set_slim(self, *, slim: bool) -> None:
        """Leave out what only introduces, and fold the summary, where there is little height."""
        if slim != self._is_slim:
            self._is_slim = slim
            if self._visit is not None:
                self._show_state(has_turns=bool(self._rows))

    @property
    def least_height(self) -> int:
        """How high the panel must be to show one line of what was said beside everything else.

        Before that it asks for room only where numbers are to be compared; else it is 0.
        """
        said = self.is_running or bool(self._rows)
        if not said and not self._is_slim and all(row.isHidden() for row in self._compared):
            return 0
        low = (self.band, self.entry) if said else (self.about, self._start)
        parts = (self.head, *self._compared, *low)
        wide = max(1, self.width())
        shown = (part for part in parts if not part.isHidden())
        fixed: int = sum(
            max(part.sizeHint().height(), part.heightForWidth(wide), part.minimumHeight()) for part in shown
        )
        turns_height = scaled(_LEAST_TURNS) * (2 if self._is_slim else 1)
        return fixed + self.summary.wanted_height + (turns_height if said else 0)

    @Slot()
    def begin(self) -> None:
        """Begin the conversation, or go on with it, and bring the caret to the line."""
        visit = self._visit
        if visit is None:
            return
        fresh = visit.talk_started is None
        if not self._act(
            lambda: turns.start_talk(self._core, visit.id) if fresh else turns.go_on(self._core, visit.id)
        ):
            return
        if fresh and self._protocol is not None:
            self._ask(0, self._protocol.first)
        self.entry.text.write()

    @Slot()
    def end(self) -> None:
        """End the conversation; its summary is what remains to be written."""
        if not self._act(lambda: turns.end_talk(self._core, self._visit_id)):
            return
        if self.summary.text.toPlainText().strip():
            self.summary.fold_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.summary.write()

    @Slot(int)
    def step(self, step: int) -> None:
        """Ask the next prompt, or the one before."""
        if self._protocol is None or not self.is_running:
            return
        place = self._place() + step
        if 0 <= place < len(self._protocol.prompts):
            self._ask(place, self._protocol.prompts[place].voice)

    @Slot()
    def show_time(self) -> None:
        """Say how many minutes the conversation and its prompt have taken."""
        visit, protocol = self._visit, self._protocol
        if visit is None or protocol is None:
            return
        now = self._core.clock.now()
        self.head.show_time(visit, protocol.minutes, now)
        if self.is_running:
            since = self._since or visit.talk_started or now
            planned = protocol.prompts[self._place()].minutes
            self.band.show_minutes(max(0, (now - since) // _MINUTE), planned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the names give way to what was said."""
        super().resizeEvent(event)
        wide = event.size().width() >= scaled(_NARROW)
        self._name_width = scaled(NAME_WIDTH if wide else NAME_WIDTH_NARROW)
        self.band.set_name_width(self._name_width)
        self.band.set_narrow(narrow=not wide)
        self.entry.set_name_width(self._name_width)
        for row in self._rows:
            row.set_name_width(self._name_width)
        self.show_time()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow goes through the prompts wherever the keyboard is in here."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    # Building.

    def _build(self) -> None:
        self.head = ConversationHead(self._core, self)
        self.begin_button = Button(self.tr("Begin the conversation"), self, icon="play", keys="C")
        self.begin_button.setObjectName("begin_talk")
        self.opening = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.about = TextLabel("", self, tone="quote", wrap=True)
        self.about.setContentsMargins(0, 8, 0, 0)
        self._start = QWidget(self)
        start = QHBoxLayout(self._start)
        start.setContentsMargins(0, 8, 0, 4)
        start.setSpacing(12)
        start.addWidget(self.begin_button)
        start.addWidget(self.opening, 1)
        start.addStretch(0)
        self._inner = QWidget()
        self._inner.setProperty("plane", "none")
        self._column = QVBoxLayout(self._inner)
        SideMargins(self._inner, self._column, (0, 0, SCROLL_BAR, 0))
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self._inner)
        self.scroll_area.setMinimumHeight(scaled(_LEAST_TURNS))
        self.fade = EdgeFade(self.scroll_area, top=True)
        self.band = PromptBand(self)
        self.entry = TurnEntry(self)
        self.summary = SummaryFold(self._core, self._visit_id, self)
        self._whole = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.about)
        column.addWidget(self._start)
        column.addWidget(self.scroll_area, 3)
        column.addWidget(self.band)
        column.addWidget(self.entry)
        column.addWidget(self.summary, 2)

    def _connect(self) -> None:
        self.begin_button.clicked.connect(self.begin)
        self.head.end_button.clicked.connect(self.end)
        self.head.go_on_button.clicked.connect(self.begin)
        self.head.protocol_button.chosen.connect(self._on_chosen)
        self.head.protocol_button.failed.connect(self.failed)
        self.head.protocol_button.told.connect(self._on_told)
        self.band.stepped.connect(self.step)
        self.entry.stepped.connect(self.step)
        self.entry.entered.connect(self._on_entered)
        self.entry.edited.connect(self._on_line_edited)
        self.entry.left.connect(self.left)
        self.entry.climbed.connect(self._on_climbed)
        self.summary.folded.connect(self._on_folded)
        bar = self.scroll_area.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range)
        self.summary.edited.connect(self.edited)
        self.summary.left.connect(self.left)

    # Showing.

    def _show_turns(self, said: Sequence[Turn]) -> None:
        before = {row.turn.id: row for row in self._rows}
        rows: list[TurnRow] = []
        for turn in said:
            row = before.pop(turn.id, None)
            if row is None:
                row = self._new_row(turn)
            else:
                row.show_turn(turn, self._names)
            rows.append(row)
        for row in before.values():
            if row.is_dirty:
                rows.append(row)
            else:
                row.blockSignals(True)
                row.hide()
                row.deleteLater()
        if rows != self._rows:
            for row in self._rows:
                self._column.removeWidget(row)
            for place, row in enumerate(rows):
                self._column.insertWidget(place, row)
                row.show()
            self._rows = rows

    def _new_row(self, turn: Turn) -> TurnRow:
        row = TurnRow(self._core, turn, self._names, self._inner)
        row.set_name_width(self._name_width)
        row.edited.connect(self.edited)
        row.left.connect(self.left)
        row.delete_asked.connect(self._on_delete)
        row.voice_asked.connect(self._on_row_voice)
        row.walked.connect(self._on_walked)
        return row

    def _show_state(self, *, has_turns: bool) -> None:
        visit, protocol = self._visit, self._protocol
        if visit is None or protocol is None:
            return
        begun, running = visit.talk_started is not None, self.is_running
        self._start.setVisible(not begun)
        self.about.setText(text_in(protocol.about, writing_language()))
        if self._tells_about is None:  # asked once: the field below must not move under the words typed in it
            self._tells_about = not visit.conversation.strip()
        self.about.setVisible(not begun and self._tells_about and not self._is_slim)
        self.opening.setText(self._opening_words(protocol))
        self.opening.setVisible(not self._is_slim)
        self.scroll_area.setVisible(begun or has_turns)
        self.band.setVisible(running)
        self.entry.setVisible(begun)
        if running:
            self.band.show_prompt(protocol, self._place(), self._names)
        self.summary.set_alone(alone=not (begun or has_turns or self._is_slim))
        self._on_folded()

    def _opening_words(self, protocol: Protocol) -> str:
        words = {
            Voice.TEACHER: self.tr("{name} speaks first. {count} prompts, {minutes} min."),
            Voice.OBSERVER: self.tr("The observer speaks first. {count} prompts, {minutes} min."),
            Voice.BOTH: self.tr("Either of you begins. {count} prompts, {minutes} min."),
        }[protocol.first]
        teacher = self._visit.teacher if self._visit is not None else ""
        return words.format(
            name=teacher or self.tr("The teacher"), count=len(protocol.prompts), minutes=protocol.minutes
        )

    @Slot()
    def _on_folded(self) -> None:
        self._whole.setStretchFactor(self.summary, 2 if self.summary.is_open else 0)
        self.resized.emit()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        self._at_end = value >= self.scroll_area.verticalScrollBar().maximum() - 8

    @Slot()
    def _on_range(self) -> None:
        # Who reads the newest words keeps them in view, whatever is added and however high the panel becomes.
        if self._at_end:
            self._to_end()

    @Slot()
    def _to_end(self) -> None:
        self._at_end = True
        bar = self.scroll_area.verticalScrollBar()
        bar.setValue(bar.maximum())

    # The prompt.

    def _place(self) -> int:
        place = self._protocol.place_of(self._prompt) if self._protocol is not None else None
        return place or 0

    def _ask(self, place: int, voice: Voice) -> None:
        if self._protocol is None:
            return
        self._prompt = self._protocol.prompts[place].id
        self._since = self._core.clock.now()
        if not self.entry.words.strip():
            self.entry.set_voice(voice)
        self.band.show_prompt(self._protocol, place, self._names)
        self.show_time()
        try:
            turns.ask(self._core, visit_id=self._visit_id, prompt=self._prompt)
        except ObserveError as error:
            self.failed.emit(error)

    # The line.

    def _load_line(self) -> None:
        self._prompt, self._since = turns.prompt_now(self._core, self._visit_id)
        voice, words = turns.draft(self._core, self._visit_id)
        self._loaded = True
        if self._protocol is not None:
            place = self._protocol.place_of(self._prompt)
            usual = self._protocol.prompts[place].voice if place else self._protocol.first
            self.entry.set_names(self._names)
            self.entry.set_voice(voice or usual)
        self.entry.set_words(words)
        self._kept = (self.entry.voice, words)

    def _keep_line(self) -> None:
        line = (self.entry.voice, self.entry.words)
        if line != self._kept and (line[1] or self._kept[1]):
            turns.keep_draft(self._core, visit_id=self._visit_id, voice=line[0], text=line[1])
        self._kept = line

    def _act(self, act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except ObserveError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    # Slots.

    @Slot()
    def _on_line_edited(self) -> None:
        # Not started anew by each key: typing on must not push the keeping away.
        if not self._draft.isActive():
            self._draft.start()
        self.edited.emit()

    @Slot()
    def _on_draft_due(self) -> None:
        try:
            self._keep_line()
        except ObserveError:
            self.edited.emit()  # whoever keeps the page tries again and says so

    @Slot()
    def _on_entered(self) -> None:
        self._draft.stop()
        words, voice = self.entry.words, self.entry.voice
        prompt = self._prompt if self.is_running else ""
        try:
            turns.add(self._core, visit_id=self._visit_id, voice=voice, text=words, prompt=prompt)
        except ObserveError as error:
            self.edited.emit()
            self.failed.emit(error)
            return
        self.entry.set_words("")
        self._kept = (voice, "")
        self.changed.emit()
        self._to_end()

    @Slot(str)
    def _on_chosen(self, protocol_id: str) -> None:
        seen = visits.open_visit(self._core, self._visit_id).seen
        self._act(lambda: protocols.choose(self._core, visit_id=self._visit_id, protocol_id=protocol_id, seen=seen))
        if self._protocol is not None and not self.is_running and not self.entry.words:
            self.entry.set_voice(self._protocol.first)

    @Slot(str)
    def _on_told(self, words: str) -> None:
        self.changed.emit()
        self.told.emit(words)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_asked.emit(self.sender())

    @Slot()
    def _on_row_voice(self) -> None:
        row = self.sender()
        if isinstance(row, TurnRow):
            self._act(row.switch_voice)

    @Slot()
    def _on_climbed(self) -> None:
        if self._rows:
            self._rows[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.scroll_area.ensureWidgetVisible(self._rows[-1], 0, 4)

    @Slot(int)
    def _on_walked(self, step: int) -> None:
        row = self.sender()
        if isinstance(row, TurnRow) and row in self._rows:
            place = self._rows.index(row) + step
            if 0 <= place < len(self._rows):
                self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
                self.scroll_area.ensureWidgetVisible(self._rows[place], 0, 4)
            elif place == len(self._rows) and self.entry.isVisible():
                self.entry.text.write()
