"""Timetables: brought in from files after a look, shown, typed in by hand, taken away.

What came in from a file has a batch; what somebody typed has none, and no import touches it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from observe_app.domain.errors import ImportProblem, Invalid
from observe_app.domain.people import Person, checked_name
from observe_app.domain.progress import Progress
from observe_app.domain.school.classes import LessonSlot, SlotKind
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.timetable_ics import MAX_WINDOW, is_calendar, joined, read_calendar_timetable
from observe_app.services.exchange.timetable_in import read_timetable
from observe_app.services.exchange.timetable_lines import DAY_MIN, MAX_WEEK, TimetableLine, short
from observe_app.services.rounds import periods
from observe_app.services.rounds.whose import Whose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core
    from observe_app.services.exchange.timetable_lines import TimetableRead
    from observe_app.store.unit import WriteUnit

ADD = "+"
"""In `Asked.people`: somebody of this name is added."""

MAX_SLOTS = 3_000
"""Times of one person; a year of single lessons has a third of it."""

_WEEKS_AHEAD = 26
_UNKNOWN = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody wants timetables to be read; what is empty is found out.

    Attributes:
        mapping: (role, column) of a table; ("sheet", name) of a workbook.
        person_id: whose all of it is.
        people: (name in the file, id of a person), "" leaves it out, `ADD` adds somebody of that name.
        add_unknown: everybody who is not known yet is added.
        replaces: the earlier import of the same people goes; what they typed stays.
        first, last: days of a calendar that count; None: from this week on, half a year.
    """

    mapping: tuple[tuple[str, str], ...] = ()
    person_id: str = ""
    people: tuple[tuple[str, str], ...] = ()
    add_unknown: bool = False
    replaces: bool = True
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PersonHours:
    """What an import has for one person.

    Attributes:
        weekly: times of every week (or every second). single: times of single days.
        earlier: times of an earlier import that would go. new: the person is added with it.
    """

    person: Person
    weekly: int
    single: int
    earlier: int = 0
    new: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nobody known has. `count`: lines. `several`: it fits more than one person."""

    name: str
    count: int
    several: bool = False


@dataclass(frozen=True, slots=True)
class TimetablesFound:
    """What an import of these files does, or would do.

    Attributes:
        people: by name. unknown: names of nobody known, the most frequent first. kinds: (kind, number of times).
        reads: what each file says. slots: what would be kept.
    """

    people: tuple[PersonHours, ...]
    unknown: tuple[Unknown, ...]
    problems: tuple[Problem, ...]
    kinds: tuple[tuple[str, int], ...]
    reads: tuple[TimetableRead, ...]
    slots: tuple[LessonSlot, ...]
    added: tuple[Person, ...] = ()

    @property
    def count(self) -> int:
        """How many times would be kept."""
        return len(self.slots)


def preview(
    core: Core, *, paths: Sequence[Path], asked: Asked | None = None, progress: Progress | None = None
) -> TimetablesFound:
    """Return what `bring_in` would do, and do nothing.

    Raises:
        FileUnreadable, ImportProblem, Cancelled: as `bring_in`.
    """
    progress = progress or Progress()
    asked = asked or Asked()
    reads = _read(core, paths, asked, progress)
    with core.store.read() as unit:
        known = unit.people.all()
        earlier = _earlier(unit.school.slots.find())
    return _found(core, reads, asked, known, earlier)


def bring_in(
    core: Core, *, paths: Sequence[Path], asked: Asked | None = None, progress: Progress | None = None
) -> TimetablesFound:
    """Keep the timetables of files, as one action that undo takes back whole.

    Args:
        core: the open data folder.
        paths: CSV, workbooks and calendars.
        asked: how to read them.
        progress: told now and then; a cancelled import changes nothing.

    Raises:
        FileUnreadable: a file cannot be read. ImportProblem: nothing in it that could be a timetable, or nobody known.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    asked = asked or Asked()
    reads = _read(core, paths, asked, progress)
    with core.store.write("timetable.import") as work:
        kept = work.school.slots.find()
        found = _found(core, reads, asked, work.people.all(), _earlier(kept))
        if not found.slots:
            raise ImportProblem(paths[0], "nobody_known", ", ".join(one.name for one in found.unknown[:5]))
        for person in found.added:
            work.people.add(person)
        if asked.replaces:
            whose = {one.person.id for one in found.people}
            _drop(work, [slot for slot in kept if slot.batch and slot.person_id in whose], progress)
        for done in range(0, len(found.slots), 500):
            progress.step(done, len(found.slots))
            work.school.slots.add_all(found.slots[done : done + 500])
        work.commit()
    return found


def of_person(core: Core, person_id: str) -> tuple[LessonSlot, ...]:
    """Return somebody's times, those of every week first, by day and hour."""
    with core.store.read() as unit:
        return _sorted(unit.school.slots.find(person_id=person_id))


def counts(core: Core, people: Iterable[str] | None = None) -> dict[str, int]:
    """Return how many times the timetable of each has; whoever has none is absent."""
    with core.store.read() as unit:
        wanted = tuple(people) if people is not None else None
        found = unit.school.slots.find(person_id=wanted) if wanted is not None else unit.school.slots.find()
    return dict(Counter(slot.person_id for slot in found if slot.kind == SlotKind.TEACHING))


def missing(core: Core, people: Iterable[str]) -> tuple[str, ...]:
    """Return those of these people of whom no lesson is known, in the order given."""
    wanted = tuple(people)
    have = counts(core, wanted)
    return tuple(one for one in wanted if one not in have)


def clear(core: Core, *, person_id: str, typed: bool = True) -> int:
    """Take away somebody's timetable, as one action; return how many times went.

    Args:
        core: the open data folder.
        person_id: whose.
        typed: what was typed by hand, too; False leaves it.
    """
    with core.store.write("timetable.clear") as work:
        gone = [slot for slot in work.school.slots.find(person_id=person_id) if typed or slot.batch]
        _drop(work, gone, Progress())
        work.commit()
    return len(gone)


def add(core: Core, *, slot: LessonSlot) -> LessonSlot:
    """Keep a time that somebody typed; its id is made here.

    Raises:
        Invalid: times that no day has, an unknown kind. NotFound: no such person.
    """
    made = replace(checked(slot), id=core.ids.new(), batch="", source="")
    with core.store.write("timetable.add") as work:
        work.people.get(slot.person_id)
        work.school.slots.add(made)
        work.commit()
    return made


def change(core: Core, *, slot: LessonSlot, seen: Seen) -> LessonSlot:
    """Keep a changed time; from now on it is a typed one, which no import takes away.

    Raises:
        Invalid: times that no day has, an unknown kind. NotFound: no such time.
    """
    made = replace(checked(slot), batch="")
    names = ("kind", "weekday", "on", "start_min", "end_min", "week", "class_name", "subject", "room", "building")
    with core.store.write("timetable.edit", seen=seen) as work:
        work.school.slots.change(slot.id, {name: getattr(made, name) for name in (*names, "batch")})
        work.commit()
    return made


def remove(core: Core, *, slot_id: str, seen: Seen) -> None:
    """Take away one time.

    Raises:
        NotFound: no such time.
    """
    with core.store.write("timetable.remove", seen=seen) as work:
        work.school.slots.remove(slot_id)
        work.commit()


def seen_of(core: Core, slot_id: str) -> Seen:
    """Return what of a time is on screen, for the write that follows."""
    with core.store.read() as unit:
        return unit.seen(("lesson_slot", slot_id))


def checked(slot: LessonSlot) -> LessonSlot:
    """Return a time fit to be kept.

    Raises:
        Invalid: it ends before it begins or lies outside a day; an unknown kind or day.
    """
    if slot.kind not in set(SlotKind):
        raise Invalid("kind", slot.kind[:40], "unknown")
    if not (0 <= slot.weekday <= 6 or (slot.weekday == -1 and slot.on is not None)):
        raise Invalid("weekday", str(slot.weekday), "out_of_range", "0–6")
    if not 0 <= slot.start_min < slot.end_min <= DAY_MIN:
        raise Invalid("time", f"{clock(slot.start_min)}–{clock(slot.end_min)}", "out_of_range", "00:00–24:00")
    return replace(
        slot,
        class_name=short(slot.class_name),
        subject=short(slot.subject),
        room=short(slot.room),
        building=short(slot.building),
        week=short(slot.week)[:MAX_WEEK].upper(),
    )


def clock(minute: int) -> str:
    """Return minutes from midnight as "09:05"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


# --- reading ----------------------------------------------------------------------------------------------------------


def window(core: Core, asked: Asked) -> tuple[date, date]:
    """Return the days of a calendar that count: from Monday of this week, half a year, unless told otherwise."""
    today = core.clock.now().astimezone(_zone(core)).date()
    first = asked.first or today - timedelta(days=today.weekday())
    last = asked.last or first + timedelta(weeks=_WEEKS_AHEAD)
    return first, min(last, first + timedelta(days=MAX_WINDOW))


def _zone(core: Core) -> ZoneInfo:
    return ZoneInfo(core.clock.zone_name())


def _read(core: Core, paths: Sequence[Path], asked: Asked, progress: Progress) -> tuple[TimetableRead, ...]:
    first, last = window(core, asked)
    bells = periods.bell_times(core)
    found = []
    for path in paths:
        if is_calendar(path):
            found.append(read_calendar_timetable(path, first=first, last=last, zone=_zone(core), progress=progress))
        else:
            found.append(
                read_timetable(
                    path, mapping=dict(asked.mapping), periods=bells, owned=bool(asked.person_id), progress=progress
                )
            )
    return tuple(found)


def _earlier(slots: Iterable[LessonSlot]) -> Counter[str]:
    return Counter(slot.person_id for slot in slots if slot.batch)


# --- whose ------------------------------------------------------------------------------------------------------------


def _found(
    core: Core, reads: tuple[TimetableRead, ...], asked: Asked, known: Sequence[Person], earlier: Counter[str]
) -> TimetablesFound:
    told = {name: person_id for name, person_id in asked.people if person_id != ADD}
    whose = Whose(known, told)
    added: dict[str, Person] = {}
    wanted = {name.casefold() for name, person_id in asked.people if person_id == ADD}
    unknown: Counter[str] = Counter()
    several: set[str] = set()
    mine: dict[str, list[tuple[TimetableLine, str]]] = defaultdict(list)
    for read in reads:
        for line in read.lines:
            ids, name = (frozenset({asked.person_id}), "") if asked.person_id else _of(line, whose)
            if not ids and name and not whose.left_out(name):
                if whose.several(name):
                    several.add(name)
                if (asked.add_unknown and name not in several) or name.casefold() in wanted:
                    ids = frozenset({_added(core, added, name).id})
                else:
                    unknown[name] += 1
            for person_id in ids:
                mine[person_id].append((line, read.path.name))
    everybody = {person.id: person for person in (*known, *added.values())}
    batch = core.ids.new()
    problems = [problem for read in reads for problem in read.problems]
    slots: list[LessonSlot] = []
    for person_id, lines in mine.items():
        slots += _slots(core, person_id, lines, batch, problems, everybody[person_id].name)
    weekly = Counter(slot.person_id for slot in slots if slot.on is None)
    single = Counter(slot.person_id for slot in slots if slot.on is not None)
    new = {person.id for person in added.values()}
    rows = tuple(
        PersonHours(everybody[one], weekly[one], single[one], earlier[one] if asked.replaces else 0, one in new)
        for one in sorted(mine, key=lambda one: (everybody[one].name.casefold(), one))
    )
    return TimetablesFound(
        rows,
        tuple(Unknown(name, count, name in several) for name, count in unknown.most_common(_UNKNOWN)),
        tuple(problems),
        tuple(sorted(Counter(str(slot.kind) for slot in slots).items())),
        reads,
        tuple(slots),
        tuple(added.values()),
    )


def _of(line: TimetableLine, whose: Whose) -> tuple[frozenset[str], str]:
    """Return whose a line is, and what the file calls them where nobody is found."""
    for group in line.whos:
        found = [whose.find(name) for name in group]
        sure = frozenset().union(*(ids for ids in found if len(ids) == 1 or (ids and len(group) == 1))) if found else ()
        if sure and not any(whose.several(name) for name in group if len(group) == 1):
            return frozenset(sure), ""
    return frozenset(), next((group[0] for group in line.whos if group), "")


def _added(core: Core, added: dict[str, Person], name: str) -> Person:
    key = name.casefold()
    if key not in added:
        email = name if "@" in name and " " not in name else ""
        called = (
            " ".join(part.capitalize() for part in name.partition("@")[0].replace(".", " ").split()) if email else name
        )
        added[key] = Person(core.ids.new(), checked_name(called), email)
    return added[key]


def _slots(
    core: Core,
    person_id: str,
    lines: list[tuple[TimetableLine, str]],
    batch: str,
    problems: list[Problem],
    name: str,
) -> list[LessonSlot]:
    source = {line.row: file for line, file in lines}
    found: dict[tuple[object, ...], LessonSlot] = {}
    every = joined([line for line, _file in lines])
    for line in every:
        slot = LessonSlot(
            core.ids.new(),
            person_id,
            str(line.kind),
            line.weekday,
            line.on,
            line.start_min,
            line.end_min,
            line.week,
            line.class_name,
            line.subject,
            line.room,
            line.building,
            shortened(source.get(line.row, ""), 80),
            batch,
        )
        found.setdefault((slot.weekday, slot.on, slot.start_min, slot.end_min, slot.week, slot.class_name), slot)
    if twice := len(every) - len(found):
        problems.append(Problem("timetable_twice", found=shortened(name, 40), count=twice))
    kept = list(found.values())
    if len(kept) > MAX_SLOTS:
        problems.append(Problem("timetable_cut", found=shortened(name, 40), count=len(kept) - MAX_SLOTS))
        kept = kept[:MAX_SLOTS]
    if crossing := _crossing(kept):
        problems.append(Problem("timetable_crossing", found=shortened(name, 40), count=crossing))
    return kept


def _crossing(slots: list[LessonSlot]) -> int:
    """Return how many lessons begin while another one of the same person is on."""
    days: dict[tuple[int, date | None, str], list[LessonSlot]] = defaultdict(list)
    for slot in slots:
        if slot.kind == SlotKind.TEACHING:
            days[slot.weekday, slot.on, slot.week].append(slot)
    found = 0
    for those in days.values():
        those.sort(key=lambda slot: slot.start_min)
        found += sum(1 for one, two in pairwise(those) if two.start_min < one.end_min)
    return found


def _sorted(slots: Iterable[LessonSlot]) -> tuple[LessonSlot, ...]:
    return tuple(sorted(slots, key=lambda one: (one.on or date.min, one.weekday, one.start_min, one.week, one.id)))


def _drop(work: WriteUnit, slots: Sequence[LessonSlot], progress: Progress) -> None:
    for done, slot in enumerate(slots):
        if done % 200 == 0:
            progress.step(done, len(slots))
            # Read inside this unit, so what is live is what goes.
            work.see(work.seen(*(("lesson_slot", one.id) for one in slots[done : done + 200])))
        work.school.slots.remove(slot.id)
