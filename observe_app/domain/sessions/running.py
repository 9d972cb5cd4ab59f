"""How long a session and its lines have taken: counted by the monotonic clock, taken up from wall time after a restart.

What runs is kept as the moment it began. Beside it each computer keeps a `Mark`: what its monotonic clock said then.
While the same start of the computer counts, a corrected system clock moves nothing; afterwards, or on another computer,
the wall time since the beginning is all there is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.sessions.states import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.clock import Clock
    from observe_app.domain.sessions.session import Session, SessionItem

LONGEST_S = 24 * 3600
"""No line of a session runs longer; what says so was forgotten."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A beginning on this computer's own clock. boot, boot_ms: `Clock.boot()` and `Clock.monotonic_ms()` of it."""

    began: datetime
    boot: str
    boot_ms: int


def marked(clock: Clock, began: datetime) -> Mark:
    """Return the mark of something that begins now."""
    return Mark(began, clock.boot(), clock.monotonic_ms())


def dumps(marks: Mapping[str, Mark]) -> str:
    """Return marks by the id of what they belong to, as text."""
    return json.dumps({key: [one.began.isoformat(), one.boot, one.boot_ms] for key, one in marks.items()})


def loads(text: str) -> dict[str, Mark]:
    """Return the marks of such a text; nothing of one that cannot be read."""
    try:
        found = json.loads(text)
        return {
            str(key): Mark(datetime.fromisoformat(began), str(boot), int(at))
            for key, (began, boot, at) in found.items()
        }
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}


def since_s(clock: Clock, began: datetime, mark: Mark | None) -> int:
    """Return whole seconds since a beginning, within 0 and `LONGEST_S`."""
    passed = clock.now() - began
    if mark is not None and mark.began == began and mark.boot and mark.boot == clock.boot():
        ticked = clock.monotonic_ms() - mark.boot_ms
        if ticked >= 0:
            passed = timedelta(milliseconds=ticked)
    return max(0, min(int(passed.total_seconds()), LONGEST_S))


@dataclass(frozen=True, slots=True)
class Running:
    """A session as its clock shows it now.

    Attributes:
        session_s: seconds since it began, until its end where it has one; 0 before.
        item: the line that runs, None between lines. item_s: seconds that it took in all.
        following: the line that comes next, None after the last.
        left_s: seconds left of the line's minutes, negative over them, None where it has none.
        planned_s: seconds of all agenda lines together.
        behind_s: seconds by which the lines so far took longer than planned; negative: ahead. 0 where none has minutes.
    """

    session_s: int
    item: SessionItem | None
    item_s: int
    following: SessionItem | None
    left_s: int | None
    planned_s: int
    behind_s: int


def reading(clock: Clock, session: Session, items: Iterable[SessionItem], marks: Mapping[str, Mark]) -> Running:
    """Return what the clock shows now; `items` in order."""
    agenda = [one for one in items if one.kind == ItemKind.AGENDA]
    item = next((one for one in agenda if one.started is not None), None)
    item_s = spent_s(clock, item, marks) if item is not None else 0
    at = agenda.index(item) + 1 if item is not None else 0
    following = next((one for one in agenda[at:] if not one.done and one is not item), None)
    left_s = item.minutes * 60 - item_s if item is not None and item.minutes is not None else None
    behind = sum(one.spent_s - one.minutes * 60 for one in agenda if one.done and one.minutes and one is not item)
    over = max(0, -left_s) if left_s is not None else 0
    return Running(
        _session_s(clock, session, marks),
        item,
        item_s,
        following,
        left_s,
        sum((one.minutes or 0) * 60 for one in agenda),
        behind + over,
    )


def spent_s(clock: Clock, item: SessionItem, marks: Mapping[str, Mark]) -> int:
    """Return the seconds that a line took in all, those that run now with them."""
    return item.spent_s + (since_s(clock, item.started, marks.get(item.id)) if item.started is not None else 0)


def _session_s(clock: Clock, session: Session, marks: Mapping[str, Mark]) -> int:
    if session.started is None:
        return 0
    if session.ended is not None:
        return max(0, int((session.ended - session.started).total_seconds()))
    return since_s(clock, session.started, marks.get(session.id))


def lasted_min(session: Session) -> int:
    """Return for how many minutes a session counts: as long as it was where that is known, else as it was planned."""
    if session.started is None or session.ended is None:
        return session.minutes
    seconds = (session.ended - session.started).total_seconds()
    return max(1, min(round(seconds / 60), LONGEST_S // 60))
