"""A keeper on a real store, as the panel of a visit has one, for items shown alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.lesson_clock import LessonClock
from observe_app.services import happenings, notes, visits

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.services.core import Core


class StoredKeeper:
    """Keeps what happens in one visit; reads it from memory, as a paint must."""

    def __init__(self, core: Core, visit_id: str) -> None:
        self.core, self.visit_id = core, visit_id
        self.visit = visits.get(core, visit_id)
        form = visits.form_of(self.visit)
        self._items = form.items if form else ()
        self.clock = LessonClock(core.clock, started=self.visit.started, ended=self.visit.ended)
        self.reads = 0
        self.reload()

    def reload(self) -> None:
        self.reads += 1
        self.events = notes.stream(self.core, self.visit_id)

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items

    @property
    def runs(self) -> bool:
        return self.clock.running

    @property
    def minutes(self) -> int:
        return self.visit.minutes

    @property
    def class_size(self) -> int | None:
        return self.visit.class_size

    def now(self) -> int:
        return self.clock.elapsed_ms()

    def events_of(self, item_id: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.item == item_id)

    def tally(self, item_id: str) -> None:
        self._do(happenings.tally, item=item_id, **self._moment())

    def untally(self, item_id: str) -> None:
        self._do(happenings.take_back_tally, item=item_id)

    def start(self, item_id: str) -> None:
        self._do(happenings.start_timer, item=item_id, **self._moment())

    def stop(self, item_id: str) -> None:
        self._do(happenings.stop_timer, item=item_id, **self._moment())

    def stretch(self, item_id: str, start_ms: int, end_ms: int) -> None:
        self._do(happenings.add_stretch, item=item_id, start_ms=start_ms, end_ms=end_ms)

    def tick(self, item_id: str, index: int, code: str, *, ticked: bool) -> None:
        self._do(happenings.tick, item=item_id, index=index, code=code, ticked=ticked)

    def same(self, item_id: str, index: int, codes: tuple[str, ...]) -> None:
        self._do(happenings.tick_same, item=item_id, index=index, codes=codes)

    def comment(self, item_id: str, index: int, code: str, text: str) -> None:
        self._do(happenings.comment_code, item=item_id, index=index, code=code, text=text)

    def level(self, item_id: str, index: int, level: int | None) -> None:
        self._do(happenings.set_level, item=item_id, index=index, level=level)

    def sweep(self, item_id: str, on_task: int, of: int) -> None:
        self._do(happenings.sweep, item=item_id, on_task=on_task, of=of, **self._moment())

    def wait(self, item_id: str, start_ms: int, wait_ms: int, outcome: str) -> None:
        wall = self.clock.wall_at(start_ms) if self.runs else None
        self._do(happenings.wait, item=item_id, wait_ms=wait_ms, outcome=outcome, offset_ms=start_ms, wall=wall)

    def outcome(self, event_id: str, outcome: str) -> None:
        happenings.set_outcome(self.core, event_id=event_id, outcome=outcome)
        self.reload()

    def _moment(self) -> dict[str, object]:
        if not self.runs:
            return {}
        stamp = self.clock.stamp()
        return {"offset_ms": stamp.offset_ms, "wall": stamp.wall}

    def _do(self, act, **fields: object) -> None:  # type: ignore[no-untyped-def]
        act(self.core, visit_id=self.visit_id, **fields)
        self.reload()
