"""Random schools for the tests of rounds: small, odd, with every rule now and then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from observe_app.domain.rounds.rules import (
    EVERY_DAY,
    Hours,
    OwnCount,
    PartnerRule,
    Rules,
    Shape,
    SubjectRule,
    Travel,
)
from observe_app.domain.rounds.school import Colleague, Day, School, Taken
from observe_app.domain.school.classes import LessonSlot, SlotKind

MONDAY = date(2026, 3, 23)  # the clocks go forward in Europe on the Sunday of this week
BUILDINGS = ("", "North", "South ", "south", "Hut")
SUBJECTS = ("maths", "art", "music")
STARTS = (480, 500, 540, 600, 620)


def lesson(
    person: str, weekday: int, start: int, *, minutes: int = 50, kind: SlotKind = SlotKind.TEACHING, **more: Any
) -> LessonSlot:
    """Return a time of a timetable."""
    values: dict[str, Any] = {"on": None, "week": "", "building": ""} | more
    name = f"{person}/{weekday}/{start}/{kind}/{values['on']}/{values['week']}"
    return LessonSlot(values.pop("id", name), person, kind, weekday, values.pop("on"), start, start + minutes, **values)


def people(*names: str, **more: Any) -> tuple[Colleague, ...]:
    """Return colleagues alike but for their names."""
    return tuple(Colleague(name, **more) for name in names)


def days(count: int = 5, first: date = MONDAY) -> tuple[Day, ...]:
    """Return the first weekdays from a day on, weeks called A and B in turn."""
    found = [first + timedelta(days=number) for number in range(count * 2)]
    return tuple(Day(day, "AB"[((day - MONDAY).days // 7) % 2]) for day in found if day.weekday() < 5)[:count]


def full_week(names: tuple[str, ...], *, free: int = 2) -> tuple[LessonSlot, ...]:
    """Return timetables in which everybody teaches five lessons a day but a few, each others ones."""
    return tuple(
        lesson(name, weekday, 480 + 60 * period, class_name=f"{period} {name}")
        for place, name in enumerate(names)
        for weekday in range(5)
        for period in range(5)
        if (place + period + weekday) % 5 >= free
    )


@st.composite
def slots(draw: st.DrawFn, person: str) -> tuple[LessonSlot, ...]:
    """Return a timetable, weekly, in A and B weeks and on single days, that may overlap itself."""
    found = []
    for number in range(draw(st.sampled_from((0, 2, 4, 5, 6, 7)))):
        single = draw(st.integers(0, 5)) == 0
        on = MONDAY + timedelta(days=draw(st.sampled_from((0, 1, 7, 8)))) if single else None
        found.append(
            lesson(
                person,
                -1 if single else draw(st.integers(0, 2)),
                draw(st.sampled_from(STARTS)),
                minutes=draw(st.sampled_from((30, 50, 100))),
                kind=draw(st.sampled_from((SlotKind.TEACHING,) * 4 + (SlotKind.BUSY, SlotKind.PROTECTED))),
                on=on,
                week="" if single else draw(st.sampled_from(("", "", "A", "B"))),
                building=draw(st.sampled_from(BUILDINGS)),
                id=f"{person}{number}",
            )
        )
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn, names: tuple[str, ...]) -> Rules:
    """Return rules, any of them on or off."""
    some = st.sampled_from(names)
    two = st.lists(some, min_size=2, max_size=2, unique=True).map(lambda pair: (pair[0], pair[1]))
    count = st.sampled_from((1, 2, 3, 0))
    own = draw(st.lists(some, max_size=2, unique=True))
    hours = st.builds(
        Hours, st.sampled_from((EVERY_DAY, 0, 1)), st.just(530), st.sampled_from((545, 610)), some | st.just("")
    )
    ways = (Travel("north", "South", 15), Travel("Hut", "North", 5))
    return Rules(
        observes=draw(count),
        observed=draw(count),
        own=tuple(OwnCount(one, draw(st.none() | count), draw(st.none() | count)) for one in own),
        subject=draw(st.sampled_from(SubjectRule)),
        subject_must=draw(st.integers(0, 3)) == 0,
        partners=draw(st.sampled_from(PartnerRule)),
        partners_must=draw(st.integers(0, 3)) == 0,
        shape=draw(st.sampled_from(Shape)),
        exclusions=tuple(draw(st.lists(two, max_size=2))),
        not_manager=draw(st.booleans()),
        travel=draw(st.sampled_from(((), ways))),
        travel_minutes=draw(st.sampled_from((0, 0, 10, 40))),
        protected=tuple(draw(st.lists(hours, max_size=1))),
        week_load=draw(st.sampled_from((None, None, None, 2, 3))),
        minutes=draw(st.sampled_from((None, None, 30, 45))),
        spread_weight=draw(st.integers(0, 2)),
    )


@st.composite
def schools(draw: st.DrawFn, *, most: int = 7) -> School:
    """Return a school: people, two weeks, timetables, rules, what was before and what is taken."""
    count = st.integers(min(4, most), most) | st.integers(2, most)
    names = tuple(f"p{number}" for number in range(draw(count)))
    colleagues = tuple(
        Colleague(
            name,
            frozenset(draw(st.sets(st.sampled_from(SUBJECTS), max_size=2))),
            draw(st.sampled_from(BUILDINGS)),
            draw(st.sampled_from(("", "", *names[:1]))) if name != names[0] else "",
            draw(st.sampled_from((None, None, None, None, 1, 2))),
        )
        for name in names
    )
    pairs = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True).map(tuple)
    taken = st.builds(
        Taken,
        st.sampled_from(names),
        st.sampled_from((MONDAY, MONDAY + timedelta(days=7))),
        st.just(510),
        st.just(560),
        st.sampled_from(BUILDINGS),
    )
    least = draw(st.sampled_from((4, 3, 0)))
    some_days = st.lists(st.sampled_from(days(10)), unique=True, min_size=least, max_size=7)
    return School(
        people=colleagues,
        days=tuple(sorted_days(draw(some_days))),
        slots=tuple(slot for name in names for slot in draw(slots(name))),
        rules=draw(rules(names)),
        earlier=frozenset(draw(st.lists(pairs, max_size=4))),
        taken=tuple(draw(st.lists(taken, max_size=2))),
    )


def sorted_days(found: list[Day]) -> list[Day]:
    """Return days in order."""
    return sorted(found, key=lambda day: day.on)
