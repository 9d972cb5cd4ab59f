"""Watches over the lesson's time: keeps it for after a crash, notices clocks that part, asks what only people know."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, Signal, Slot

from observe_app.domain.errors import Invalid, NotFound, ObserveError, VisitStageError
from observe_app.domain.form import text_in
from observe_app.domain.lesson_parts import DAY_MS, GAP_MS
from observe_app.domain.note_line import clock_text
from observe_app.services import happenings
from observe_app.ui.observe.stream_model import length_text
from observe_app.ui.widgets.message_bar import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.form import Item
    from observe_app.domain.lesson_clock import LessonClock, Stamp
    from observe_app.domain.lesson_parts import Gap
    from observe_app.services.core import Core
    from observe_app.ui.observe.live_visit import Away, LiveVisit
    from observe_app.ui.widgets.message_bar import MessageBar

ANCHOR_MS = 10_000
MESSAGE_KEY = "lesson-time"


class _Asks(Enum):
    GAP = "gap"  # did the lesson go on?
    LOST = "lost"  # nobody can tell how long the program was away
    TIMER = "timer"  # is it still on?
    TOLD = "told"  # nothing to ask


@dataclass(frozen=True, slots=True)
class _Question:
    asks: _Asks
    event_id: str = ""
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class _Unmarked:
    """A gap that is not on the disk yet."""

    ms: int | None
    stamp: Stamp


class LessonKeeper(QObject):
    """Keeps the time of one visit after another; whoever owns it calls `tick` once a second.

    Questions stand in the message bar, one after the other, until they are answered or put away. A gap put away stays
    marked and can be asked about again (`ask_gap`).

    Signals:
        done: something was changed and is on disk.
        refused: the `ObserveError` that kept something from being done.
        clock_changed: the lesson's time, its pauses or its gaps are others now.
        clock_asked: the person wants to say what the lesson's time is.
    """

    done = Signal()
    refused = Signal(object)
    clock_changed = Signal()
    clock_asked = Signal()

    def __init__(self, core: Core, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._core = core
        self._bar = bar
        self._live: LiveVisit | None = None
        self._clock: LessonClock | None = None
        self._away: Away | None = None
        self._questions: deque[_Question] = deque()
        self._shown: _Question | None = None
        self._unmarked: deque[_Unmarked] = deque()
        self._due_ms = 0
        bar.acted.connect(self._on_first)
        bar.second_acted.connect(self._on_second)
        bar.closed.connect(self._on_put_away)

    # -- public

    @property
    def asking(self) -> bool:
        """Whether something waits for an answer."""
        return bool(self._questions)

    def load(self, live: LiveVisit) -> None:
        """Keep the time of this visit from now on, and ask about the time in which the program was not there."""
        self._live, self._away = live, live.away
        self._clock = None
        self._questions.clear()
        self._unmarked.clear()
        self._take_away()
        self._due_ms = self._core.clock.monotonic_ms()
        self.tick()
        away = self._away
        if away is not None and (away.ms is None or away.ms > GAP_MS):
            self._questions.extend(_Question(_Asks.TIMER, item=item) for item in away.running)
        self._ask_next()

    @Slot()
    def tick(self) -> None:
        """Compare the clocks, keep the time every ten seconds, ask what is to be asked."""
        live = self._live
        if live is None or not live.clock.running:
            return
        self._compare(live.clock)
        now = self._core.clock.monotonic_ms()
        if now >= self._due_ms:
            self._due_ms = now + ANCHOR_MS
            self._keep(live)
        self._ask_next()

    def close(self) -> None:
        """Keep the time: the visit is left. It goes on with the next `tick`."""
        live = self._live
        if live is not None and live.clock.running:
            self._keep(live)

    @Slot()
    def pause(self) -> None:
        """Pause the lesson; nothing happens while it is paused."""
        live = self._live
        if live is not None:
            self._try(live.pause)

    @Slot()
    def resume(self) -> None:
        """Go on after a pause; nothing happens where there is none."""
        live = self._live
        if live is not None:
            self._try(live.go_on)

    @Slot()
    def toggle_pause(self) -> None:
        """Pause, or go on."""
        if self._live is not None and self._live.paused_since is not None:
            self.resume()
        else:
            self.pause()

    def phase(self, name: str) -> bool:
        """Begin a phase of the lesson; return whether it is on disk."""
        live = self._live
        return live is not None and self._try(lambda: live.begin_phase(name))

    @Slot(object)
    def set_clock(self, ms: int) -> None:
        """Say what the lesson's time is now."""
        live = self._live
        if live is not None:
            self._try(lambda: live.set_clock(ms))

    @Slot(str)
    def ask_gap(self, event_id: str) -> None:
        """Ask about a gap again, or say what it is where there is nothing to ask; the keyboard goes to the answers."""
        gap = self._live.gap(event_id) if self._live is not None else None
        if gap is None:
            return
        asks = _Asks.LOST if gap.ms is None else _Asks.GAP if _can_count(gap) else _Asks.TOLD
        question = _Question(asks, event_id)
        if question in self._questions:
            self._questions.remove(question)
        self._questions.appendleft(question)
        self._take_away()
        self._show(question)
        if self._shown is question and asks is not _Asks.TOLD:
            self._bar.action_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- slots

    @Slot(object)
    def _on_first(self, message: Message) -> None:
        question, live = self._asked(message), self._live
        if question is None or live is None:
            return
        match question.asks:
            case _Asks.GAP:
                self._answer(question, lambda: live.answer_gap(question.event_id, "counted"))
            case _Asks.LOST:
                self._answer(question, lambda: live.answer_gap(question.event_id, "ignored"))
                self.clock_asked.emit()
            case _:
                self._next(question)

    @Slot(object)
    def _on_second(self, message: Message) -> None:
        question = self._asked(message)
        if question is None:
            return
        live, item, away = self._live, question.item, self._away
        if item is None:
            if live is not None:
                self._answer(question, lambda: live.answer_gap(question.event_id, "ignored"))
        elif live is not None and away is not None:
            self._answer(
                question,
                lambda: happenings.stop_timer(
                    self._core, visit_id=live.visit_id, item=item.id, offset_ms=away.since_ms, wall=away.wall
                ),
            )

    @Slot(object)
    def _on_put_away(self, message: Message) -> None:
        question = self._asked(message)
        if question is not None:
            self._next(question)

    # -- helpers

    def _compare(self, clock: LessonClock) -> None:
        fresh, self._clock = clock is not self._clock, clock
        if fresh and clock.away_ms is None:
            self._unmarked.append(_Unmarked(None, clock.stamp()))
        drift = clock.drift_ms()
        if abs(drift) > GAP_MS:
            self._unmarked.append(_Unmarked(drift, clock.stamp()))
            self._due_ms = 0
        elif fresh and self._unmarked:
            self._due_ms = 0

    def _keep(self, live: LiveVisit) -> None:
        """Bring marks and time to the disk; what fails is tried again with the next turn."""
        try:
            while self._unmarked:
                self._mark(live, self._unmarked[0])
                self._unmarked.popleft()
            live.keep_anchor()
        except (Invalid, NotFound, VisitStageError):
            self._unmarked.clear()  # ended, deleted or a day old: there is nothing to mark any more
        except ObserveError:
            return  # the words on the screen are at stake then, and whoever keeps those says so

    def _mark(self, live: LiveVisit, gap: _Unmarked) -> None:
        ms = gap.ms
        asks = _Asks.LOST if ms is None else _Asks.GAP if 0 < ms <= DAY_MS else _Asks.TOLD
        event = live.mark_gap(ms, gap.stamp, outcome="ignored" if asks is _Asks.TOLD else "")
        self._questions.append(_Question(asks, event.id))
        self.clock_changed.emit()

    def _asked(self, message: Message) -> _Question | None:
        return self._shown if message.key == MESSAGE_KEY else None

    def _answer(self, question: _Question, act: Callable[[], object]) -> None:
        """Do what was answered; a question stays where the disk refused, and goes where it has no such answer."""
        try:
            act()
        except (Invalid, NotFound) as error:
            self._next(question)
            self.refused.emit(error)
        except ObserveError as error:
            self.refused.emit(error)
        else:
            self._next(question)
            self.done.emit()
            self.clock_changed.emit()

    def _next(self, question: _Question) -> None:
        if question in self._questions:
            self._questions.remove(question)
        self._take_away()
        self._ask_next()

    def _take_away(self) -> None:
        self._shown = None
        self._bar.clear(MESSAGE_KEY)

    def _ask_next(self) -> None:
        message = self._bar.message
        told = message is not None and message.key == MESSAGE_KEY and self._shown and self._shown.asks is _Asks.TOLD
        if self._questions and (message is None or told):
            self._show(self._questions[0])

    def _show(self, question: _Question) -> None:
        message = self._message(question)
        if message is None:
            self._next(question)
            return
        self._bar.show_message(message)
        if self._bar.message is message:
            self._shown = question
            if question.asks is _Asks.TOLD:
                self._questions.remove(question)

    def _message(self, question: _Question) -> Message | None:
        """The question in words; None where what it is about is gone."""
        if question.item is not None:
            return self._timer_message(question.item)
        gap = self._live.gap(question.event_id) if self._live is not None else None
        if gap is None:
            return None
        at, by = clock_text(gap.offset_ms), length_text(gap.ms or 0)
        first = second = ""
        kind = MessageKind.LOOK
        if question.asks is _Asks.GAP:
            text = self.tr("The computer slept or its clock moved for {length} at {time}. Did the lesson go on?")
            first, second = self.tr("It went on"), self.tr("It did not")
        elif question.asks is _Asks.LOST:
            text = self.tr("How long the program was away cannot be told. The lesson goes on from {time}.")
            first, second = self.tr("Set the lesson time"), self.tr("That is right")
        else:
            kind, text = MessageKind.NEWS, self._told(gap)
        return Message(kind, text.format(length=by, time=at), first, "clock", MESSAGE_KEY, second=second)

    def _told(self, gap: Gap) -> str:
        ms = gap.ms or 0
        if gap.by_hand:
            ahead, back = (
                self.tr("The lesson clock was set ahead by {length} at {time}."),
                self.tr("The lesson clock was set back by {length} at {time}."),
            )
            return ahead if ms >= 0 else back
        if abs(ms) > DAY_MS:
            return self.tr("The computer’s clock moved by more than a day at {time}. The lesson’s time is not touched.")
        return self.tr("The computer’s clock was put back by {length} at {time}. The lesson’s time is not touched.")

    def _timer_message(self, item: Item) -> Message | None:
        if self._away is None:
            return None
        text = self.tr("{timer} was running when the program closed at {time}. Still on?")
        text = text.format(timer=text_in(item.label, QLocale().name()), time=clock_text(self._away.since_ms))
        first, second = self.tr("Still on"), self.tr("It ended then")
        return Message(MessageKind.LOOK, text, first, "timer", MESSAGE_KEY, second=second)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ObserveError as error:
            self.refused.emit(error)
            return False
        self.done.emit()
        self.clock_changed.emit()
        return True


def _can_count(gap: Gap) -> bool:
    return not gap.by_hand and gap.ms is not None and 0 < gap.ms <= DAY_MS
