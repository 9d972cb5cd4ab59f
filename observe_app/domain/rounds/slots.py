"""The lessons of a round's days, and for each of them who could come.

What depends on the pair and on the timetables is decided here; what depends on other visits is not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.rounds.report import Why
from observe_app.domain.rounds.rules import EVERY_DAY, PartnerRule, SubjectRule
from observe_app.domain.school.classes import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from observe_app.domain.rounds.rules import Rules
    from observe_app.domain.rounds.school import Colleague, Day, Planned, School
    from observe_app.domain.school.classes import LessonSlot

Reasons = tuple[Why, ...]
"""Why something cannot be, in a fixed order; () when it can."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson on a day, with the minutes that a visit of it would take.

    Attributes:
        week: its Monday. short: it ends before a visit would.
    """

    slot_id: str
    teacher_id: str
    on: date
    week: date
    start_min: int
    end_min: int
    class_name: str = ""
    subject: str = ""
    room: str = ""
    building: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Spell:
    """A time at which somebody is somewhere."""

    start: int
    end: int
    place: str
    why: Why
    lesson: bool


class Ways:
    """Minutes between buildings, either way; none where one of them is unknown."""

    def __init__(self, rules: Rules) -> None:
        """Know the ways of these rules."""
        self._plain = rules.travel_minutes
        self._known: dict[tuple[str, str], int] = {}
        for way in rules.travel:
            one, other = folded(way.one), folded(way.other)
            self._known.setdefault((one, other), way.minutes)
            self._known.setdefault((other, one), way.minutes)

    def minutes(self, one: str, other: str) -> int:
        """Return the minutes between two buildings, given `folded`."""
        if not one or not other or one == other:
            return 0
        return self._known.get((one, other), self._plain)


def folded(building: str) -> str:
    """Return a building's name as it is compared."""
    return building.strip().casefold()


class Grid:
    """The lessons of a round and who could come to each."""

    def __init__(self, school: School) -> None:
        """Lay the timetables out over the days."""
        self.school = school
        self.ways = Ways(school.rules)
        self.people = {one.id: one for one in school.people}
        self._spells: dict[tuple[str, date], tuple[_Spell, ...]] = {}
        self._alike: dict[tuple[str, date], int] = {}
        self._pairs: dict[tuple[str, str], Reasons] = {}
        self._times: dict[tuple[object, ...], Reasons] = {}
        self._excluded = {frozenset(pair) for pair in school.rules.exclusions}
        slots: dict[str, list[LessonSlot]] = defaultdict(list)
        for slot in school.slots:
            if slot.person_id in self.people:
                slots[slot.person_id].append(slot)
        taken: dict[tuple[str, date], list[_Spell]] = defaultdict(list)
        for one in school.taken:
            spell = _Spell(one.start_min, one.end_min, folded(one.building), Why.TAKEN, lesson=False)
            taken[one.person_id, one.on].append(spell)
        found: list[Lesson] = []
        known: dict[tuple[_Spell, ...], int] = {}
        for day in school.days:
            for person in school.people:
                here = _on(slots[person.id], day)
                spells = [_spell(slot, person) for slot in here]
                whole = (*spells, *taken[person.id, day.on])
                self._spells[person.id, day.on] = whole
                self._alike[person.id, day.on] = known.setdefault(whole, len(known))
                found.extend(self._lessons(here, day, person))
        self._of: dict[str, list[Lesson]] = defaultdict(list)
        self.lessons = tuple(sorted(found, key=lambda one: (one.on, one.start_min, one.teacher_id, one.slot_id)))

    def _lessons(self, slots: Iterable[LessonSlot], day: Day, person: Colleague) -> Iterator[Lesson]:
        minutes = self.school.rules.minutes
        week = day.on - timedelta(days=day.on.weekday())
        for slot in slots:
            if slot.kind == SlotKind.TEACHING:
                end = slot.end_min if minutes is None else slot.start_min + minutes
                yield Lesson(
                    slot.id, person.id, day.on, week, slot.start_min, max(end, slot.start_min + 1), slot.class_name,
                    slot.subject, slot.room, slot.building or person.building, end > slot.end_min,
                )  # fmt: skip

    def of_teacher(self, person_id: str) -> tuple[Lesson, ...]:
        """Return somebody's lessons, in order."""
        if not self._of:
            for lesson in self.lessons:
                self._of[lesson.teacher_id].append(lesson)
        return tuple(self._of.get(person_id, ()))

    def reasons(self, observer_id: str, lesson: Lesson) -> Reasons:
        """Return why somebody cannot come to a lesson, other visits of the round apart; () when they can."""
        return self.pair(observer_id, lesson.teacher_id) or self.time(observer_id, lesson)

    def pair(self, observer_id: str, teacher_id: str) -> Reasons:
        """Return why two people are not to be paired; () when they may."""
        key = observer_id, teacher_id
        if key not in self._pairs:
            self._pairs[key] = tuple(self._pair(self.people[observer_id], self.people[teacher_id]))
        return self._pairs[key]

    def _pair(self, observer: Colleague, teacher: Colleague) -> Iterator[Why]:
        rules = self.school.rules
        if observer.id == teacher.id:
            yield Why.SELF
        if frozenset((observer.id, teacher.id)) in self._excluded:
            yield Why.EXCLUDED
        if rules.not_manager and (observer.manager_id == teacher.id or teacher.manager_id == observer.id):
            yield Why.MANAGER
        if rules.subject_must and self.subject_met(observer.id, teacher.id) is False:
            yield Why.SUBJECT
        if rules.partners_must and self.partner_met(observer.id, teacher.id) is False:
            yield Why.PARTNER

    def subject_met(self, observer_id: str, teacher_id: str) -> bool | None:
        """Return whether the wish about subjects is met by two people; None where there is none."""
        wish = self.school.rules.subject
        if wish == SubjectRule.ANY:
            return None
        shared = not self.people[observer_id].subjects.isdisjoint(self.people[teacher_id].subjects)
        return shared == (wish == SubjectRule.SAME)

    def partner_met(self, observer_id: str, teacher_id: str) -> bool | None:
        """Return whether the wish about earlier pairs is met by two people; None where there is none."""
        wish = self.school.rules.partners
        if wish == PartnerRule.ANY:
            return None
        known = (observer_id, teacher_id) in self.school.earlier
        return known == (wish == PartnerRule.STAY)

    def time(self, observer_id: str, lesson: Lesson) -> Reasons:
        """Return why the hour of a lesson does not do; () when it does."""
        here, there = (observer_id, lesson.on), (lesson.teacher_id, lesson.on)
        # Weeks are alike: what was decided for one holds for all in which the two have the same day.
        key = observer_id, lesson.slot_id, lesson.on.weekday(), self._alike[here], self._alike[there]
        if key not in self._times:
            mine, theirs = self._spells[here], self._spells[there]
            self._times[key] = tuple(dict.fromkeys(self._time(observer_id, lesson, mine, theirs)))
        return self._times[key]

    def _time(
        self, observer_id: str, lesson: Lesson, mine: tuple[_Spell, ...], theirs: tuple[_Spell, ...]
    ) -> Iterator[Why]:
        start, end = lesson.start_min, lesson.end_min
        if lesson.short:
            yield Why.LENGTH
        for hours in self.school.rules.protected:
            if (
                hours.weekday in {EVERY_DAY, lesson.on.weekday()}
                and hours.person_id in {"", observer_id, lesson.teacher_id}
                and hours.start_min < end
                and start < hours.end_min
            ):
                yield Why.PROTECTED
        for one in theirs:
            if not one.lesson and one.start < end and start < one.end:
                yield one.why if one.why != Why.BUSY else Why.TEACHER_BUSY
        late = False
        for one in mine:
            if one.start < end and start < one.end:
                yield one.why
            elif self.late(start, end, folded(lesson.building), one.start, one.end, one.place):
                late = True
        if late:
            yield Why.TRAVEL

    def late(self, start: int, end: int, place: str, other_start: int, other_end: int, other_place: str) -> bool:
        """Tell whether there is too little time between two times that do not overlap."""
        gap = other_start - end if other_start >= end else start - other_end
        return gap < self.ways.minutes(place, other_place)

    def apart(self, one: Lesson, other: Lesson) -> bool:
        """Tell whether one observer can be in both lessons."""
        if one.on != other.on:
            return True
        if one.start_min < other.end_min and other.start_min < one.end_min:
            return False
        places = folded(one.building), folded(other.building)
        return not self.late(one.start_min, one.end_min, places[0], other.start_min, other.end_min, places[1])

    def load_limit(self, person_id: str) -> int | None:
        """Return how many visits somebody may have in a week at most, None for any number."""
        own = self.people[person_id].week_load if person_id in self.people else None
        limits = [limit for limit in (own, self.school.rules.week_load) if limit is not None]
        return min(limits, default=None)

    def lesson_of(self, visit: Planned) -> Lesson | None:
        """Return a timed visit as a lesson, whether the timetable has it or not; None without a time."""
        if visit.on is None or visit.start_min is None or visit.end_min is None:
            return None
        week = visit.on - timedelta(days=visit.on.weekday())
        return Lesson(
            visit.slot_id, visit.teacher_id, visit.on, week, visit.start_min, visit.end_min, building=visit.building
        )


def _on(slots: Iterable[LessonSlot], day: Day) -> list[LessonSlot]:
    """Return the slots that a day has."""
    return [
        slot
        for slot in slots
        if (slot.on == day.on if slot.on is not None else slot.weekday == day.on.weekday())
        and (slot.on is not None or slot.week in {"", day.week})
    ]


def _spell(slot: LessonSlot, person: Colleague) -> _Spell:
    why = Why.PROTECTED if slot.kind == SlotKind.PROTECTED else Why.BUSY
    lesson = slot.kind == SlotKind.TEACHING
    return _Spell(slot.start_min, slot.end_min, folded(slot.building or person.building), why, lesson)
