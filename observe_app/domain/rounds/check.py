"""Says every hard rule that a set of visits breaks, by looking at the visits alone.

It shares nothing with what makes plans: the tests ask it whether a plan may be, and so does whoever moves by hand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.rounds.rules import EVERY_DAY, PartnerRule, Shape, SubjectRule
from observe_app.domain.school.classes import LessonSlot, SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from observe_app.domain.rounds.school import Colleague, Planned, School


class ClashKind(StrEnum):
    """Which rule is broken.

    SELF: observer and teacher are one. STRANGER: one of them does not take part. EXCLUDED, MANAGER, SUBJECT, PARTNER:
    the two are not to be paired. TWICE: the pair is planned more than once. ONE_WAY: the visit back is missing.
    BACK: there is a visit back in a chain. TOO_MANY_OBSERVES, TOO_MANY_OBSERVED: more visits than the person needs.
    DAY: no day of the round. NO_LESSON: the teacher teaches nothing then. BUSY: the person's timetable has something.
    PROTECTED: hours without visits. TAKEN: another visit outside the round. OVERLAP: another visit of the round.
    TRAVEL: too little time on the way. LOAD: too many visits in the week. LENGTH: not as long as visits are.
    """

    SELF = "self"
    STRANGER = "stranger"
    EXCLUDED = "excluded"
    MANAGER = "manager"
    SUBJECT = "subject"
    PARTNER = "partner"
    TWICE = "twice"
    ONE_WAY = "one_way"
    BACK = "back"
    TOO_MANY_OBSERVES = "too_many_observes"
    TOO_MANY_OBSERVED = "too_many_observed"
    DAY = "day"
    NO_LESSON = "no_lesson"
    LENGTH = "length"
    BUSY = "busy"
    PROTECTED = "protected"
    TAKEN = "taken"
    OVERLAP = "overlap"
    TRAVEL = "travel"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Clash:
    """One broken rule.

    Attributes:
        kind: which. visits: ids of the pairings that it is about, the one that breaks it first.
        person_id: whose rule it is. other_id: the other person, "" for none.
        on: the day, or the Monday of the week; None where it is about no day. start_min, end_min: of what stands in
            the way. what: class or building that stands in the way. needed, found: minutes or counts.
    """

    kind: ClashKind
    visits: tuple[str, ...] = ()
    person_id: str = ""
    other_id: str = ""
    on: date | None = None
    start_min: int | None = None
    end_min: int | None = None
    what: str = ""
    needed: int = 0
    found: int = 0


def check(school: School, visits: Iterable[Planned]) -> tuple[Clash, ...]:
    """Return every broken hard rule; visits without a time are asked about their pair alone."""
    return tuple(_Check(school, tuple(visits)).all())


class _Check:
    """The rules, one method each."""

    def __init__(self, school: School, visits: tuple[Planned, ...]) -> None:
        self._school, self._rules, self._visits = school, school.rules, visits
        self._people = {one.id: one for one in school.people}
        self._days = {one.on: one for one in school.days}
        self._slots: dict[str, list[LessonSlot]] = defaultdict(list)
        for slot in school.slots:
            self._slots[slot.person_id].append(slot)

    def all(self) -> Iterator[Clash]:
        for visit in self._visits:
            yield from self._pair(visit)
            if visit.on is not None and visit.start_min is not None and visit.end_min is not None:
                yield from self._when(visit, visit.on, visit.start_min, visit.end_min)
        yield from self._counts()
        yield from self._shape()
        yield from self._together()
        yield from self._load()

    # --- who ---------------------------------------------------------------------------------------------------------

    def _pair(self, visit: Planned) -> Iterator[Clash]:
        observer, teacher = self._people.get(visit.observer_id), self._people.get(visit.teacher_id)
        if visit.observer_id == visit.teacher_id:
            yield Clash(ClashKind.SELF, (visit.id,), visit.observer_id)
        for who, found in ((visit.observer_id, observer), (visit.teacher_id, teacher)):
            if found is None:
                yield Clash(ClashKind.STRANGER, (visit.id,), who)
        for one, other in self._rules.exclusions:
            if {one, other} == {visit.observer_id, visit.teacher_id}:
                yield Clash(ClashKind.EXCLUDED, (visit.id,), visit.observer_id, visit.teacher_id)
        if observer is None or teacher is None:
            return
        if self._rules.not_manager and (observer.manager_id == teacher.id or teacher.manager_id == observer.id):
            yield Clash(ClashKind.MANAGER, (visit.id,), visit.observer_id, visit.teacher_id)
        if self._rules.subject_must and not self._subject_fits(observer, teacher):
            yield Clash(ClashKind.SUBJECT, (visit.id,), visit.observer_id, visit.teacher_id)
        known = (visit.observer_id, visit.teacher_id) in self._school.earlier
        if self._rules.partners_must and (
            (self._rules.partners == PartnerRule.ROTATE and known)
            or (self._rules.partners == PartnerRule.STAY and not known)
        ):
            yield Clash(ClashKind.PARTNER, (visit.id,), visit.observer_id, visit.teacher_id)

    def _subject_fits(self, observer: Colleague, teacher: Colleague) -> bool:
        shared = bool(observer.subjects & teacher.subjects)
        if self._rules.subject == SubjectRule.SAME:
            return shared
        return self._rules.subject != SubjectRule.DIFFERENT or not shared

    def _counts(self) -> Iterator[Clash]:
        own = {one.person_id: one for one in self._rules.own}
        for person in self._school.people:
            asked = own.get(person.id)
            observes = self._rules.observes if asked is None or asked.observes is None else asked.observes
            observed = self._rules.observed if asked is None or asked.observed is None else asked.observed
            does = tuple(one.id for one in self._visits if one.observer_id == person.id)
            gets = tuple(one.id for one in self._visits if one.teacher_id == person.id)
            if len(does) > observes:
                yield Clash(ClashKind.TOO_MANY_OBSERVES, does, person.id, needed=observes, found=len(does))
            if len(gets) > observed:
                yield Clash(ClashKind.TOO_MANY_OBSERVED, gets, person.id, needed=observed, found=len(gets))

    def _shape(self) -> Iterator[Clash]:
        pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for visit in self._visits:
            pairs[visit.observer_id, visit.teacher_id].append(visit.id)
        for (observer, teacher), ids in pairs.items():
            back = pairs.get((teacher, observer), [])
            if len(ids) > 1 and self._rules.partners != PartnerRule.STAY:
                yield Clash(ClashKind.TWICE, tuple(ids), observer, teacher, found=len(ids))
            if self._rules.shape == Shape.RECIPROCAL and len(back) < len(ids):
                yield Clash(ClashKind.ONE_WAY, tuple(ids), observer, teacher, needed=len(ids), found=len(back))
            if self._rules.shape == Shape.CHAIN and back and observer < teacher:
                yield Clash(ClashKind.BACK, (*ids, *back), observer, teacher)

    # --- when --------------------------------------------------------------------------------------------------------

    def _when(self, visit: Planned, on: date, start: int, end: int) -> Iterator[Clash]:
        if on not in self._days:
            yield Clash(ClashKind.DAY, (visit.id,), visit.observer_id, visit.teacher_id, on, start, end)
            return
        yield from self._lesson(visit, on, start, end)
        for slot in self._on(visit.observer_id, on):
            if slot.start_min < end and start < slot.end_min:
                yield self._busy(visit, visit.observer_id, visit.teacher_id, slot, on)
            else:
                yield from self._way(visit, on, (start, end), (slot.start_min, slot.end_min), self._place(slot))
        for slot in self._on(visit.teacher_id, on):
            if slot.kind != SlotKind.TEACHING and slot.start_min < end and start < slot.end_min:
                yield self._busy(visit, visit.teacher_id, visit.observer_id, slot, on)
        for hours in self._rules.protected:
            whose = {visit.observer_id, visit.teacher_id}
            met = hours.weekday in {EVERY_DAY, on.weekday()} and hours.start_min < end and start < hours.end_min
            if met and (not hours.person_id or hours.person_id in whose):
                yield Clash(ClashKind.PROTECTED, (visit.id,), hours.person_id, "", on, hours.start_min, hours.end_min)
        for taken in self._school.taken:
            if taken.on != on or taken.person_id not in {visit.observer_id, visit.teacher_id}:
                continue
            if taken.start_min < end and start < taken.end_min:
                times = taken.start_min, taken.end_min
                yield Clash(ClashKind.TAKEN, (visit.id,), taken.person_id, "", on, *times)
            elif taken.person_id == visit.observer_id:
                yield from self._way(visit, on, (start, end), (taken.start_min, taken.end_min), taken.building)

    def _lesson(self, visit: Planned, on: date, start: int, end: int) -> Iterator[Clash]:
        lessons = [
            slot
            for slot in self._on(visit.teacher_id, on)
            if slot.kind == SlotKind.TEACHING
            and slot.start_min <= start
            and end <= slot.end_min
            and (not visit.slot_id or slot.id == visit.slot_id)
        ]
        if not lessons:
            yield Clash(ClashKind.NO_LESSON, (visit.id,), visit.teacher_id, "", on, start, end)
        elif self._rules.minutes is not None and end - start != self._rules.minutes:
            yield Clash(
                ClashKind.LENGTH, (visit.id,), visit.teacher_id, "", on, start, end,
                needed=self._rules.minutes, found=end - start,
            )  # fmt: skip

    def _busy(self, visit: Planned, who: str, other: str, slot: LessonSlot, on: date) -> Clash:
        kind = ClashKind.PROTECTED if slot.kind == SlotKind.PROTECTED else ClashKind.BUSY
        return Clash(kind, (visit.id,), who, other, on, slot.start_min, slot.end_min, slot.class_name)

    def _way(
        self, visit: Planned, on: date, times: tuple[int, int], others: tuple[int, int], place: str, other_id: str = ""
    ) -> Iterator[Clash]:
        """Ask whether the observer comes from the one place to the other in time; the two do not overlap."""
        needed = self._minutes(visit.building, place)
        gap = others[0] - times[1] if others[0] >= times[1] else times[0] - others[1]
        if gap < needed:
            ids = (visit.id, other_id) if other_id else (visit.id,)
            yield Clash(ClashKind.TRAVEL, ids, visit.observer_id, "", on, others[0], others[1], place, needed, gap)

    def _together(self) -> Iterator[Clash]:
        """Compare any two visits of one person on one day."""
        days: dict[tuple[str, date], list[Planned]] = defaultdict(list)
        for visit in self._visits:
            if visit.on is not None and visit.start_min is not None and visit.end_min is not None:
                for who in {visit.observer_id, visit.teacher_id}:
                    days[who, visit.on].append(visit)
        for (who, on), found in days.items():
            for place, one in enumerate(found):
                for two in found[place + 1 :]:
                    yield from self._two(who, on, one, two)

    def _two(self, who: str, on: date, one: Planned, two: Planned) -> Iterator[Clash]:
        first, second = (one.start_min or 0, one.end_min or 0), (two.start_min or 0, two.end_min or 0)
        if first[0] < second[1] and second[0] < first[1]:
            other = two.teacher_id if two.observer_id == who else two.observer_id
            yield Clash(ClashKind.OVERLAP, (one.id, two.id), who, other, on, *second)
        elif one.observer_id == who == two.observer_id:
            yield from self._way(one, on, first, second, two.building, two.id)

    def _load(self) -> Iterator[Clash]:
        weeks: dict[tuple[str, date], list[str]] = defaultdict(list)
        for visit in self._visits:
            if visit.on is not None:
                monday = visit.on - timedelta(days=visit.on.weekday())
                for who in (visit.observer_id, visit.teacher_id):
                    weeks[who, monday].append(visit.id)
        for (who, monday), ids in weeks.items():
            person = self._people.get(who)
            limits = [self._rules.week_load, person.week_load if person else None]
            most = min((limit for limit in limits if limit is not None), default=None)
            if most is not None and len(ids) > most:
                yield Clash(ClashKind.LOAD, tuple(ids), who, "", monday, needed=most, found=len(ids))

    # --- facts -------------------------------------------------------------------------------------------------------

    def _on(self, who: str, on: date) -> Iterator[LessonSlot]:
        """Yield what somebody's timetable has on a day."""
        day = self._days[on]
        for slot in self._slots.get(who, ()):
            weekly = slot.on is None and slot.weekday == on.weekday() and slot.week in {"", day.week}
            if slot.on == on or weekly:
                yield slot

    def _place(self, slot: LessonSlot) -> str:
        person = self._people.get(slot.person_id)
        return slot.building or (person.building if person else "")

    def _minutes(self, one: str, other: str) -> int:
        """Return the minutes between two buildings; none where one of them is unknown."""
        ends = {one.strip().casefold(), other.strip().casefold()}
        if len(ends) == 1 or "" in ends:
            return 0
        for way in self._rules.travel:
            if {way.one.strip().casefold(), way.other.strip().casefold()} == ends:
                return way.minutes
        return self._rules.travel_minutes
