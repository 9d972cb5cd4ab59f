"""What a round is planned from, gathered out of the record: people, days, timetables, visits elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.rounds.round import RoundState
from observe_app.domain.rounds.school import Colleague, Day, Planned, School, Taken, subjects_of
from observe_app.domain.school import terms as calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import Pairing, VisitRound
    from observe_app.domain.rounds.rules import Rules
    from observe_app.domain.school.classes import LessonSlot
    from observe_app.store.unit import ReadUnit


def school_of(unit: ReadUnit, kept: VisitRound, rules: Rules) -> School:
    """Return what a round is planned from, as it is at this moment.

    Colleagues that left before its first day are not asked to; holidays and weekends are no days of it.
    """
    everybody = {one.id: one for one in unit.people.all(archived=True, merged=True)}
    people = [everybody[person] for person in kept.people if person in everybody]
    people = [one for one in people if one.left_on is None or one.left_on >= kept.first]
    ids = tuple(one.id for one in people)
    slots = unit.school.slots.find(person_id=ids, order="start_min") if ids else ()
    terms = unit.school.terms.find()
    days = calendar.teaching_days(unit.school.holidays.find(), kept.first, kept.last)
    return School(
        people=tuple(_colleague(one, slots) for one in people),
        days=tuple(Day(day, calendar.week_letter(terms, day)) for day in days),
        slots=slots,
        rules=rules,
        earlier=_earlier(unit, kept),
        taken=_taken(unit, kept, ids),
    )


def _colleague(person: Person, slots: Sequence[LessonSlot]) -> Colleague:
    subjects = subjects_of(person.subjects)
    if not subjects:
        # Nobody said; the timetable does.
        subjects = subjects_of(",".join(one.subject for one in slots if one.person_id == person.id))
    return Colleague(person.id, subjects, person.building, person.manager_id, person.week_load)


def _earlier(unit: ReadUnit, kept: VisitRound) -> frozenset[tuple[str, str]]:
    """Return the pairs of the rounds before; those that were never told to anybody do not count."""
    rounds = [
        one.id
        for one in unit.rounds.rounds.find()
        if one.id != kept.id and one.state != RoundState.DRAFT and one.first <= kept.first
    ]
    if not rounds:
        return frozenset()
    return frozenset(one.pair for one in unit.rounds.pairings.find(round_id=tuple(rounds)) if one.counts)


def _taken(unit: ReadUnit, kept: VisitRound, people: tuple[str, ...]) -> tuple[Taken, ...]:
    """Return when the people have visits beside this round: in other open rounds, and planned on their own."""
    others = [one.id for one in unit.rounds.rounds.find() if one.id != kept.id and one.state == RoundState.OPEN]
    found = {
        Taken(person, one.on, one.start_min, one.end_min, one.building)
        for one in (unit.rounds.pairings.find(round_id=tuple(others)) if others else ())
        if one.counts and one.on is not None and one.start_min is not None and one.end_min is not None
        for person in one.pair
        if kept.first <= one.on <= kept.last
    }
    own = {one.visit_id for one in unit.rounds.pairings.find() if one.visit_id}
    zone = zone_of(kept.zone)
    first = datetime.combine(kept.first, time(), zone).astimezone(UTC)
    last = datetime.combine(kept.last + timedelta(days=1), time(), zone).astimezone(UTC)
    for visit in unit.rounds.planned(first, last, people):
        if visit.visit_id not in own:
            start = visit.start.astimezone(zone)
            minute = start.hour * 60 + start.minute
            found.add(Taken(visit.person_id, start.date(), minute, minute + visit.minutes))
    return tuple(sorted(found, key=lambda one: (one.on, one.start_min, one.person_id, one.end_min)))


def zone_of(name: str) -> tzinfo:
    """Return the zone of this name, UTC for one that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def planned_of(pairing: Pairing, school: School) -> Planned:
    """Return a pairing as the rules see it; a lesson without a building is where its teacher usually is."""
    building = pairing.building
    if not building:
        building = next((one.building for one in school.people if one.id == pairing.teacher_id), "")
    return Planned(
        pairing.observer_id, pairing.teacher_id, pairing.on, pairing.start_min, pairing.end_min, pairing.slot_id,
        building, pairing.id,
    )  # fmt: skip
