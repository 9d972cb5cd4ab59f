"""Series of sessions: made in one act, without holidays, and what is still open taken along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Unpack

from observe_app.domain.errors import Invalid
from observe_app.domain.sessions import series as rules
from observe_app.domain.sessions.series import Every, Rule
from observe_app.domain.sessions.states import ItemKind, SessionState
from observe_app.services.sessions import items as session_items
from observe_app.services.sessions.sessions import SessionFields, day_of, made, of_series, prepared, when_of, zone_of

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.sessions.session import FollowUp, Session, SessionItem
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit


@dataclass(frozen=True, slots=True)
class Made:
    """A series that was made: its sessions in order, and the days left out for holidays."""

    sessions: tuple[Session, ...]
    left_out: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier sessions left open: parked lines and follow-ups, the oldest first."""

    parking: tuple[SessionItem, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


def days_of(
    core: Core, first: date, rule: Rule, *, with_holidays: bool = False
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days on which a series would meet, and those left out as holidays; nothing is kept.

    Raises:
        Invalid: as `domain.sessions.series.days`.
    """
    from observe_app.services.school.calendar import holidays  # noqa: PLC0415  (only a series asks it)

    free = () if with_holidays else tuple((one.first, one.last) for one in holidays(core))
    return rules.days(first, rule, lambda day: not any(begin <= day <= end for begin, end in free))


def repeat(
    core: Core,
    *,
    session_id: str,
    every: str,
    count: int = 0,
    last: date | None = None,
    with_holidays: bool = False,
) -> Made:
    """Make a series of a planned session, which is its first: with its agenda, people and length. One action.

    Args:
        core: the open data folder.
        session_id: the first of the series.
        every: "weekly", "fortnightly" or "monthly".
        count: how many sessions in all; 0 where `last` says it.
        last: no session after this day.
        with_holidays: on holidays too.

    Raises:
        NotFound: no such session. Invalid: it has no day, is in a series already, or the rule makes no series.
    """
    with core.store.read() as reading:
        session = reading.sessions.sessions.get(session_id)
        seen = reading.seen(("session", session_id))
    if session.series_id:
        raise Invalid("repeat", session.title[:40], "taken")
    rule, starts = _starts(core, session, _rule(every, count, last), with_holidays=with_holidays)
    with core.store.write("session.repeat", seen=seen) as unit:
        changes = {"series_id": core.ids.new(), "rule": rule.to_json()}
        first = unit.sessions.sessions.change(session_id, changes)
        agenda = session_items.lines(unit, session_id, ItemKind.AGENDA.value)
        later = tuple(_later(core, unit, first, start, agenda) for start in starts)
        unit.commit()
    return Made((first, *later), rule.skipped)


def plan_series(
    core: Core,
    *,
    every: str,
    count: int = 0,
    last: date | None = None,
    with_holidays: bool = False,
    **fields: Unpack[SessionFields],
) -> Made:
    """Plan a series straight away, as one action; arguments as of `repeat` and `sessions.plan`.

    Raises:
        Invalid: as those. NotFound: no such group or person.
    """
    session = made(core, fields)
    rule, starts = _starts(core, session, _rule(every, count, last), with_holidays=with_holidays)
    with core.store.write("session.repeat") as unit:
        session = replace(prepared(unit, session), series_id=core.ids.new(), rule=rule.to_json())
        first = unit.sessions.sessions.add(session)
        later = tuple(_later(core, unit, first, start, ()) for start in starts)
        unit.commit()
    return Made((first, *later), rule.skipped)


def check_series(
    core: Core, *, every: str, count: int = 0, last: date | None = None, with_holidays: bool = False,
    **fields: Unpack[SessionFields],
) -> None:  # fmt: skip
    """See that a series could be planned so; nothing is written.

    Raises:
        Invalid: as `plan_series`.
    """
    _starts(core, made(core, fields), _rule(every, count, last), with_holidays=with_holidays)


def _rule(every: str, count: int, last: date | None) -> Rule:
    if every not in set(Every):
        raise Invalid("repeat", every[:40], "unknown")
    return Rule(Every(every), 0 if last is not None else count, last)


def _starts(core: Core, first: Session, rule: Rule, *, with_holidays: bool) -> tuple[Rule, tuple[datetime, ...]]:
    """Return the rule with the days it leaves out, and when the later sessions begin: at the same time of day."""
    if first.start is None:
        raise Invalid("start", "", "empty")
    zone = zone_of(first.zone)
    there = first.start.astimezone(zone)
    days, left_out = days_of(core, there.date(), rule, with_holidays=with_holidays)
    starts = tuple(
        datetime(day.year, day.month, day.day, there.hour, there.minute, tzinfo=zone).astimezone(UTC)
        for day in days[1:]
    )
    return replace(rule, skipped=left_out), starts


def _later(core: Core, unit: WriteUnit, first: Session, start: datetime, agenda: tuple[SessionItem, ...]) -> Session:
    """Keep a later session of a series, with the agenda of its first."""
    planned = replace(
        first, id=core.ids.new(), rule="", start=start, notes="", state=SessionState.PLANNED.value, started=None,
        ended=None, created=core.clock.now(),
    )  # fmt: skip
    unit.sessions.sessions.add(planned)
    fresh = (
        replace(one, id=core.ids.new(), session_id=planned.id, started=None, spent_s=0, done=False) for one in agenda
    )
    unit.sessions.items.add_all(fresh)
    return planned


def sessions_of(core: Core, session_id: str) -> tuple[Session, ...]:
    """Return the sessions of a session's series in their order; itself where it stands alone.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        return of_series(unit, unit.sessions.sessions.get(session_id))


def rule_of(core: Core, session_id: str) -> Rule | None:
    """Return how a session's series recurs, None where it stands alone.

    Raises:
        NotFound: no such session.
    """
    for one in sessions_of(core, session_id):
        rule = Rule.from_json(one.rule)
        if rule is not None:
            return rule
    return None


def next_of(core: Core, session_id: str) -> Session | None:
    """Return the next planned session: of the series, else of the group; None where none is planned.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        if session.series_id:
            found = of_series(unit, session)
        elif session.group_id:
            found = unit.sessions.sessions.find(group_id=session.group_id)
        else:
            return None
    later = [
        one
        for one in found
        if one.id != session_id and one.state == SessionState.PLANNED and when_of(one) > when_of(session)
    ]
    return min(later, key=lambda one: (when_of(one), one.id), default=None)


def next_day(core: Core, session_id: str) -> date | None:
    """Return the day of the next planned session, by which a follow-up may be due; None where none is planned."""
    found = next_of(core, session_id)
    return day_of(found) if found is not None else None


def carried(core: Core, session_id: str) -> Carried:
    """Return what earlier sessions of the series, else of the group, left open for this one.

    It stays where it was written and is shown until somebody settles it, so that no session copies another's.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        return Carried(session_items.carried_parking(unit, session), session_items.carried_follow_ups(unit, session))
