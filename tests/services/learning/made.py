"""Visits, sessions and people with times, for tests of hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.sessions.session import Attendance, Session
from observe_app.services import people, visits

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core

BEGUN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def person(core: Core, name: str) -> Person:
    """A person of this name, the same one again."""
    return people.ensure(core, name)


def visit(
    core: Core,
    teacher: Person,
    observer: Person,
    *,
    begun: datetime | None = BEGUN,
    minutes: float | None = 50,
    talk: float | None = None,
    zone: str = "UTC",
) -> str:
    """A visit with its times, and a conversation so many minutes long right after it."""
    made = visits.plan(core, teacher_id=teacher.id, observer_id=observer.id)
    ended = begun + timedelta(minutes=minutes) if begun and minutes is not None else None
    times: dict[str, object] = {"started": begun, "ended": ended, "zone": zone}
    if talk is not None and ended is not None:
        times |= {"talk_started": ended, "talk_ended": ended + timedelta(minutes=talk)}
    with core.store.write("visit.edit", scope=made.id) as unit:
        unit.visits.change(made.id, times)
        unit.commit()
    return made.id


def session(
    core: Core,
    title: str,
    there: dict[Person, int | None],
    *,
    start: datetime = BEGUN,
    minutes: int = 60,
    lasted: int | None = None,
    state: str = "held",
    zone: str = "UTC",
    was: str = "present",
) -> str:
    """A session with who was there for how long (None: all of it)."""
    made = core.ids.new()
    ended = start + timedelta(minutes=lasted) if lasted is not None else None
    with core.store.write("session.add") as unit:
        unit.sessions.sessions.add(
            Session(
                made, "", "", "", title, "session", start, minutes, zone, "", "", "", "", state,
                start if lasted is not None else None, ended, "", "", "", core.clock.now(),
            )
        )  # fmt: skip
        for one, spent in there.items():
            unit.sessions.attendance.add(Attendance(core.ids.new(), made, "", one.id, was, spent))
        unit.commit()
    return made
