"""Who keeps what is filled in: the record of a visit. A preview's memory is in `try_keeper`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.domain.answer import Answer
from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.form import EVENT_KINDS, ItemKind
from observe_app.domain.ids import natural_id
from observe_app.domain.key_table import own_keys
from observe_app.services import answers, happenings, notes
from observe_app.services.recovery import keep_copy
from observe_app.ui.form_panel.event_keeper import EventKeeper
from observe_app.ui.form_panel.event_shelf import EventShelf, is_pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from observe_app.domain.changes import Changes, Seen
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item, Texts
    from observe_app.domain.lesson_clock import LessonClock
    from observe_app.domain.timeline import TimerState
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.form_panel.form_item import Given


class FormKeeper(EventKeeper, Protocol):
    """What a sheet asks of whoever keeps its answers and events.

    Attributes:
        changed: a signal with the ids of the items whose answer or events are others now, whoever changed them.
    """

    @property
    def changed(self) -> Any:
        """Signal: a frozenset of item ids."""

    def set_writing(self, is_writing: Callable[[str], bool]) -> None:
        """Say how to find out whether the user is writing in an item: then it is not read again from outside."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Answers by item id; an item never touched need not be in it."""

    def answer(self, item_id: str) -> Answer:
        """Return an item's answer, an unanswered one where it was never touched."""

    def give(self, given: Given) -> None:
        """Keep an answer. Raises an `ObserveError` where it was not kept."""


class Lesson(Protocol):
    """The visit that is observed: its record and its clock, as they are at this moment."""

    @property
    def visit(self) -> Visit:
        """The record."""

    @property
    def clock(self) -> LessonClock:
        """The lesson's clock."""


class StoredKeeper(QObject):
    """Keeps a form's answers and events in a visit; each act is one unit of work and one entry to undo.

    Args:
        events: the visit's where they were read just now, so that thousands are not read twice; None reads them.

    Signals:
        changed: ids of the items that are to be shown anew.
    """

    changed = Signal(object)

    def __init__(
        self,
        core: Core,
        bus: ChangeBus,
        lesson: Lesson,
        form: Form,
        parent: QObject,
        events: Iterable[Event] | None = None,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._bus = bus
        self._lesson = lesson
        self._visit_id = lesson.visit.id
        self._form = form
        self._is_writing: Callable[[str], bool] | None = None
        self._copies: set[tuple[str, str]] = set()
        self._rows = {natural_id("answer", self._visit_id, item.id): item.id for item in form.items}
        opened = answers.open_all(core, self._visit_id)
        self._answers = opened.value
        self._loaded = opened.seen
        self._seen: dict[str, Seen] = {}
        self._shelf = EventShelf(form.items)
        happens = frozenset(item.id for item in form.items if item.kind in EVENT_KINDS)
        self._happens = happens
        self._timers = frozenset(item.id for item in form.items if item.kind is ItemKind.TIMER)
        if happens:
            found = notes.stream(core, self._visit_id) if events is None else events
            self._shelf.fill(event for event in found if self._is_mine(event))
        bus.changed.connect(self._on_changed)

    # -- reads

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the form."""
        return self._form.items

    @property
    def own_keys(self) -> Mapping[str, str]:
        """Keys of the person's own choice for this form."""
        return own_keys(self._core.settings.get().keys, self._form.id)

    @property
    def runs(self) -> bool:
        """Whether the lesson's clock runs."""
        return self._lesson.clock.running

    @property
    def paused(self) -> bool:
        """Whether the lesson is paused."""
        return self._shelf.paused_since is not None

    @property
    def minutes(self) -> int:
        """Planned length of the lesson, 0 where nobody knows."""
        return self._lesson.visit.minutes or 0

    @property
    def class_size(self) -> int | None:
        """How many students there are, None where nobody knows."""
        return self._lesson.visit.class_size

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Answers by item id."""
        return self._answers

    def answer(self, item_id: str) -> Answer:
        """Return an item's answer."""
        return self._answers.get(item_id) or Answer(self._visit_id, item_id)

    def scale_label(self, item: Item) -> Texts:
        """Return what an item's levels are levels of."""
        return self._form.scale_label(item)

    def now(self) -> int:
        """Return the lesson's moment in ms."""
        return self._lesson.clock.elapsed_ms()

    def events_of(self, item_id: str) -> tuple[Event, ...]:
        """Return the living events of an item, by moment."""
        return self._shelf.of(item_id)

    def count_of(self, item_id: str) -> int:
        """Return how many an item's tally counted."""
        return self._shelf.count(item_id)

    def timer_of(self, item_id: str) -> TimerState:
        """Return the runs of a timer."""
        return self._shelf.state(item_id)

    def set_writing(self, is_writing: Callable[[str], bool]) -> None:
        """Say how to find out whether the user is writing in an item."""
        self._is_writing = is_writing

    def retire(self) -> None:
        """Stop listening and go: another form is shown, or another visit."""
        self._bus.changed.disconnect(self._on_changed)
        self.deleteLater()

    # -- acts

    def give(self, given: Given) -> None:
        """Store an answer."""
        words = given.comment or (given.value if isinstance(given.value, str) else "")
        with self._copied(given.item, words):
            opened = answers.give(
                self._core,
                visit_id=self._visit_id,
                item=given.item,
                value=given.value,
                absence=given.absence,
                comment=given.comment,
                seen=self._seen.get(given.item, self._loaded),
            )
        self._answers[given.item] = opened.value
        self._seen[given.item] = opened.seen

    def tally(self, item_id: str, at_ms: int | None = None) -> None:
        """Count one, now or at a moment that is known."""
        offset, wall = self._moment(at_ms)
        happenings.tally(self._core, visit_id=self._visit_id, item=item_id, offset_ms=offset, wall=wall)

    def untally(self, item_id: str) -> None:
        """Take back the one pressed last."""
        happenings.take_back_tally(self._core, visit_id=self._visit_id, item=item_id)

    def start(self, item_id: str) -> None:
        """Start a timer now."""
        offset, wall = self._moment()
        happenings.start_timer(self._core, visit_id=self._visit_id, item=item_id, offset_ms=offset, wall=wall)

    def stop(self, item_id: str) -> None:
        """End a timer now."""
        offset, wall = self._moment()
        happenings.stop_timer(self._core, visit_id=self._visit_id, item=item_id, offset_ms=offset, wall=wall)

    def stretch(self, item_id: str, start_ms: int, end_ms: int) -> None:
        """Store a run of a timer that stands on paper."""
        happenings.add_stretch(self._core, visit_id=self._visit_id, item=item_id, start_ms=start_ms, end_ms=end_ms)

    def tick(self, item_id: str, index: int, code: str, *, ticked: bool) -> None:
        """Tick a code in an interval, or take its tick away."""
        happenings.tick(self._core, visit_id=self._visit_id, item=item_id, index=index, code=code, ticked=ticked)

    def same(self, item_id: str, index: int, codes: tuple[str, ...]) -> None:
        """Tick several codes in an interval."""
        happenings.tick_same(self._core, visit_id=self._visit_id, item=item_id, index=index, codes=codes)

    def comment(self, item_id: str, index: int, code: str, text: str) -> None:
        """Say in words what a code stands for."""
        with self._copied(f"{item_id} {code} {index + 1}", text):
            happenings.comment_code(
                self._core, visit_id=self._visit_id, item=item_id, index=index, code=code, text=text
            )

    def level(self, item_id: str, index: int, level: int | None) -> None:
        """Say the level of an interval."""
        happenings.set_level(self._core, visit_id=self._visit_id, item=item_id, index=index, level=level)

    def sweep(self, item_id: str, on_task: int, of: int, at_ms: int | None = None) -> None:
        """Store a look over the room, now or at a moment that is known."""
        offset, wall = self._moment(at_ms)
        happenings.sweep(
            self._core, visit_id=self._visit_id, item=item_id, on_task=on_task, of=of, offset_ms=offset, wall=wall
        )

    def wait(self, item_id: str, start_ms: int, wait_ms: int, outcome: str) -> None:
        """Store a wait that began at a moment."""
        clock = self._lesson.clock
        happenings.wait(
            self._core,
            visit_id=self._visit_id,
            item=item_id,
            wait_ms=wait_ms,
            outcome=outcome,
            offset_ms=start_ms,
            wall=clock.wall_at(start_ms) if clock.running else None,
        )

    def outcome(self, event_id: str, outcome: str) -> None:
        """Say how a stored wait ended."""
        happenings.set_outcome(self._core, event_id=event_id, outcome=outcome)

    # -- helpers

    @contextmanager
    def _copied(self, what: str, words: str) -> Iterator[None]:
        """Copy words to the recovery file where the database does not take them, each text once."""
        try:
            yield
        except (Invalid, NotFound):
            raise
        except ObserveError:
            text = " / ".join(words.splitlines()).strip()
            if text and (what, text) not in self._copies:
                self._copies.add((what, text))
                keep_copy(self._core, f"{self._core.clock.now().isoformat()} {self._visit_id} {what}: {text}")
            raise

    def _moment(self, at_ms: int | None = None) -> tuple[int | None, datetime | None]:
        """Return the lesson's moment and its wall time; where its clock stands still the service knows what to do."""
        if at_ms is not None:
            return at_ms, None
        if not self._lesson.clock.running:
            return None, None
        stamp = self._lesson.clock.stamp()
        return stamp.offset_ms, stamp.wall

    def _is_mine(self, event: Event) -> bool:
        return event.visit_id == self._visit_id and (event.item in self._happens or is_pause(event))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        touched = set()
        for row in changes.of("answer"):
            item_id = self._rows.get(row)
            if item_id is not None and not (self._is_writing and self._is_writing(item_id)):
                opened = answers.open_answer(self._core, visit_id=self._visit_id, item=item_id)
                self._answers[item_id] = opened.value
                self._seen[item_id] = opened.seen
                touched.add(item_id)
        rows = changes.of("event") if self._happens and self._visit_id in changes.visits else frozenset()
        if rows:
            touched |= {self._shelf.item_of(row) for row in rows if row in self._shelf}
            for event in notes.some(self._core, rows):
                if self._is_mine(event):
                    self._shelf.put(event)
                    touched.add(event.item)
        if "" in touched:  # the lesson was paused, or goes on
            touched = (touched - {""}) | self._timers
        if touched:
            self.changed.emit(frozenset(touched))
