"""Records of one lesson made by hand, for comparing observers without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from tests.services.event_form import EVENT_FORM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.answer import Answer
    from observe_app.domain.form import Form

STARTED = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
MINUTE = 60_000


class Hand:
    """Writes events with ids in their order."""

    def __init__(self, visit_id: str) -> None:
        """Begin the record of a visit."""
        self.visit_id = visit_id
        self.events: list[Event] = []

    def put(self, kind: EventKind, at_ms: int, **fields: object) -> Event:
        """Write one event."""
        event = Event(f"{self.visit_id}-{len(self.events):05d}", self.visit_id, kind, at_ms, **fields)  # type: ignore[arg-type]
        self.events.append(event)
        return event

    def tally(self, at_ms: int, item: str = "praise") -> Event:
        """Write a moment counted."""
        return self.put(EventKind.TALLY, at_ms, item=item)

    def ticks(self, *rows: str | None) -> None:
        """Tick a row of codes for each interval; "" is coded with nothing, None not coded."""
        for index, row in enumerate(rows):
            if row is None:
                continue
            at = index * 2 * MINUTE
            self.put(EventKind.INTERVAL, at, item="grid", value=None)
            for code in row.split():
                self.put(EventKind.INTERVAL, at, item="grid", code=code, value=1.0)

    def level(self, index: int, number: int) -> None:
        """Choose the level of an interval."""
        self.put(EventKind.INTERVAL, index * 2 * MINUTE, item="grid", value=float(number))

    def run(self, start_ms: int, end_ms: int, item: str = "teacher") -> None:
        """Let a timer run."""
        self.put(EventKind.START, start_ms, item=item)
        self.put(EventKind.STOP, end_ms, item=item)

    def record(
        self,
        observer: str,
        *,
        form: Form | None = EVENT_FORM,
        answers: Iterable[Answer] = (),
        minutes: int = 50,
        late_ms: int = 0,
    ) -> VisitRecord:
        """Return the record; `late_ms`: how much later its clock was started."""
        started = STARTED + timedelta(milliseconds=late_ms)
        visit = Visit(
            self.visit_id,
            observer=observer,
            observer_id=f"person {observer}",
            started=started,
            ended=started + timedelta(minutes=minutes),
            minutes=minutes,
        )
        return VisitRecord(visit, events=tuple(self.events), answers=tuple(answers), form=form)


def again(hand: Hand, visit_id: str, by_ms: int = 0) -> Hand:
    """Return the same events as another observer's, on a clock that is `by_ms` ahead."""
    made = Hand(visit_id)
    made.events = [
        replace(event, id=f"{visit_id}{event.id}", visit_id=visit_id, offset_ms=event.offset_ms + by_ms)
        for event in hand.events
    ]
    return made
