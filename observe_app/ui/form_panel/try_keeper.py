"""Keeps what is tried in a preview in memory, under the rules that hold for a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import checked_answer
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import EVENT_KINDS, Item, ItemKind
from observe_app.domain.timeline import newest, tallies
from observe_app.ui.form_panel.event_shelf import EventShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from observe_app.domain.form import Form, Texts
    from observe_app.domain.timeline import TimerState
    from observe_app.ui.form_panel.form_item import Given

_CLASS_SIZE = 28
_MINUTES = 50
_VISIT = "preview"


class TryKeeper(QObject):
    """The answers and events of a form that is tried out. Its lesson began when it was made and runs.

    Signals:
        changed: ids of the items that are to be shown anew.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self._answers: dict[str, Answer] = {}
        self._shelf = EventShelf(())
        self._made = 0
        self._watch = QElapsedTimer()
        self._watch.start()

    def set_form(self, form: Form) -> None:
        """Take another form, or another state of it; what no longer fits is forgotten."""
        kept: dict[str, Answer] = {}
        for item in form.items:
            answer = self._answers.get(item.id)
            if answer is not None and _fits(item, answer):
                kept[item.id] = answer
        self._answers = kept
        kinds = {item.id: item for item in form.items}
        shelf = EventShelf(form.items)
        shelf.fill(event for item_id, item in kinds.items() for event in self._shelf.of(item_id) if _is_of(item, event))
        self._shelf = shelf
        self._form = form

    # -- reads

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the form."""
        return self._form.items if self._form else ()

    @property
    def own_keys(self) -> Mapping[str, str]:
        """A trial shows the form's own keys."""
        return {}

    @property
    def runs(self) -> bool:
        """A trial's lesson runs."""
        return True

    @property
    def paused(self) -> bool:
        """A trial's lesson is never paused."""
        return False

    @property
    def minutes(self) -> int:
        """A usual lesson."""
        return _MINUTES

    @property
    def class_size(self) -> int | None:
        """A usual class."""
        return _CLASS_SIZE

    @property
    def answers(self) -> Mapping[str, Answer]:
        """Answers by item id."""
        return self._answers

    def answer(self, item_id: str) -> Answer:
        """Return an item's answer."""
        return self._answers.get(item_id) or Answer(_VISIT, item_id)

    def scale_label(self, item: Item) -> Texts:
        """Return what an item's levels are levels of."""
        return self._form.scale_label(item) if self._form else ()

    def now(self) -> int:
        """Return the milliseconds since it was made."""
        return self._watch.elapsed()

    def events_of(self, item_id: str) -> tuple[Event, ...]:
        """Return the events of an item, by moment."""
        return self._shelf.of(item_id)

    def count_of(self, item_id: str) -> int:
        """Return how many an item's tally counted."""
        return self._shelf.count(item_id)

    def timer_of(self, item_id: str) -> TimerState:
        """Return the runs of a timer."""
        return self._shelf.state(item_id)

    def set_writing(self, is_writing: Callable[[str], bool]) -> None:
        """Nothing comes from outside."""

    # -- acts

    def give(self, given: Given) -> None:
        """Keep an answer.

        Raises:
            Invalid: the rules of the item refuse it. NotFound: no such item.
        """
        value, absence = checked_answer(self._item(given.item), given.value, given.absence)
        before = self.answer(given.item)
        words = before.comment if given.comment is None else given.comment
        self._answers[given.item] = replace(before, value=value, absence=absence, comment=words)
        self.changed.emit(frozenset({given.item}))

    def tally(self, item_id: str, at_ms: int | None = None) -> None:
        """Count one, now or at a moment that is known."""
        self._add(item_id, EventKind.TALLY, offset_ms=self.now() if at_ms is None else at_ms)

    def untally(self, item_id: str) -> None:
        """Take back the one pressed last."""
        last = newest(tallies(self.events_of(item_id), item_id))
        if last is not None:
            self._drop(last)

    def start(self, item_id: str) -> None:
        """Start a timer now; another one of its group stops."""
        running = self._running(item_id)
        if item_id not in running:
            for other in running:
                self._add(other, EventKind.STOP)
            self._add(item_id, EventKind.START)

    def stop(self, item_id: str) -> None:
        """End a timer now."""
        if item_id in self._running(item_id):
            self._add(item_id, EventKind.STOP)

    def stretch(self, item_id: str, start_ms: int, end_ms: int) -> None:
        """Keep a run of a timer from one moment to another.

        Raises:
            Invalid: it ends before it starts.
        """
        if end_ms <= start_ms:
            raise Invalid("time", str(end_ms), "out_of_range", str(start_ms))
        self._add(item_id, EventKind.START, offset_ms=start_ms)
        self._add(item_id, EventKind.STOP, offset_ms=end_ms)

    def tick(self, item_id: str, index: int, code: str, *, ticked: bool) -> None:
        """Tick a code in an interval, or take its tick away.

        Raises:
            Invalid: no such code.
        """
        self._cell(item_id, index, code, value=1.0 if ticked else 0.0)

    def same(self, item_id: str, index: int, codes: tuple[str, ...]) -> None:
        """Tick several codes in an interval."""
        for code in codes:
            self._cell(item_id, index, code, value=1.0)

    def comment(self, item_id: str, index: int, code: str, text: str) -> None:
        """Say in words what a code stands for; that ticks it."""
        self._cell(item_id, index, code, value=1.0, text=text.strip())

    def level(self, item_id: str, index: int, level: int | None) -> None:
        """Say the level of an interval."""
        self._cell(item_id, index, "", value=float(level or 0))

    def sweep(self, item_id: str, on_task: int, of: int, at_ms: int | None = None) -> None:
        """Keep a look over the room, now or at a moment that is known.

        Raises:
            Invalid: more on task than were looked at.
        """
        if of < 1 or not 0 <= on_task <= of:
            raise Invalid(item_id, str(on_task)[:20], "out_of_range", f"0–{of}")
        moment = self.now() if at_ms is None else at_ms
        self._add(item_id, EventKind.SWEEP, offset_ms=moment, value=float(on_task), of=float(of))

    def wait(self, item_id: str, start_ms: int, wait_ms: int, outcome: str) -> None:
        """Keep a wait that began at a moment."""
        self._add(item_id, EventKind.WAIT, offset_ms=start_ms, value=float(wait_ms), outcome=outcome)

    def outcome(self, event_id: str, outcome: str) -> None:
        """Say how a wait ended."""
        event = self._shelf.get(event_id)
        self._shelf.put(replace(event, outcome=outcome))
        self.changed.emit(frozenset({event.item}))

    # -- helpers

    def _item(self, item_id: str) -> Item:
        found = self._form.item(item_id) if self._form else None
        if found is None:
            raise NotFound("item", item_id)
        return found

    def _add(self, item_id: str, kind: EventKind, **fields: Any) -> None:
        self._made += 1
        given: dict[str, Any] = {"id": f"{self._made:08}", "offset_ms": self.now()}
        event = Event(visit_id=_VISIT, kind=kind, item=item_id, **(given | fields))
        self._shelf.put(event)
        answer = self._answers.get(item_id)
        if answer is not None and answer.absence is not None:
            self._answers[item_id] = replace(answer, absence=Absence.UNANSWERED)  # something happened after all
        self.changed.emit(frozenset({item_id}))

    def _drop(self, event: Event) -> None:
        self._shelf.drop(event.id)
        self.changed.emit(frozenset({event.item}))

    def _cell(self, item_id: str, index: int, code: str, **fields: Any) -> None:
        item = self._item(item_id)
        if code and item.code(code) is None:
            raise Invalid("code", code[:40], "unknown")
        offset = index * item.seconds * 1000
        found = [event for event in self.events_of(item_id) if event.offset_ms == offset and event.code == code]
        if found:
            self._shelf.put(replace(found[0], **fields))
            self.changed.emit(frozenset({item_id}))
        else:
            self._add(item_id, EventKind.INTERVAL, offset_ms=offset, code=code, **fields)

    def _running(self, item_id: str) -> tuple[str, ...]:
        wanted = self._item(item_id)
        group = [one.id for one in self.items if one.id == item_id or (wanted.group and one.group == wanted.group)]
        return tuple(one for one in group if self.timer_of(one).running_since is not None)


def _fits(item: Item, answer: Answer) -> bool:
    try:
        checked_answer(item, answer.value, answer.absence)
    except Invalid:
        return False
    return True


def _is_of(item: Item, event: Event) -> bool:
    if item.kind not in EVENT_KINDS:
        return False
    kinds = {
        ItemKind.TALLY: {EventKind.TALLY},
        ItemKind.TIMER: {EventKind.START, EventKind.STOP},
        ItemKind.SWEEP: {EventKind.SWEEP},
        ItemKind.WAIT: {EventKind.WAIT},
        ItemKind.INTERVAL: {EventKind.INTERVAL},
    }
    return event.kind in kinds[item.kind]
