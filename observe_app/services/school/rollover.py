"""The turn of the school year: proposed from the year before, looked at, done as one act that undo takes back whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.people import checked_name, clean_line
from observe_app.domain.school.terms import Holiday, SchoolTerm, TermKind, checked_days, year_at
from observe_app.domain.school.year import Stretch, a_year_on, moved_up, next_name, year_of
from observe_app.services.school import calendar

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.people import Person
    from observe_app.domain.school.classes import SchoolClass
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class RolloverWish:
    """What the new year is to be.

    Attributes:
        year: name and days. terms, holidays: within it.
        top: classes of this year and above leave the school; None: the highest year that there is.
        move_up: classes go on a year higher, in the new year; else they stay as they are.
        fresh_first: the lowest classes begin anew, empty.
        leavers: who leaves besides those whose last day lies before the new year.
        end_timetables: weekly lessons of the old year end.
    """

    year: Stretch
    terms: tuple[Stretch, ...] = ()
    holidays: tuple[Stretch, ...] = ()
    top: int | None = None
    move_up: bool = True
    fresh_first: bool = True
    leavers: tuple[str, ...] = ()
    end_timetables: bool = True


@dataclass(frozen=True, slots=True)
class RolloverPlan:
    """What the turn of the year would do.

    Attributes:
        moved: (class as it is, as it will be called). ended: classes that leave the school. fresh: empty new ones.
        leavers: who goes among those who left. slots: weekly lessons that end.
        overlaps: names of years that the new one cuts into.
    """

    wish: RolloverWish
    moved: tuple[tuple[SchoolClass, SchoolClass], ...] = ()
    ended: tuple[SchoolClass, ...] = ()
    fresh: tuple[SchoolClass, ...] = ()
    leavers: tuple[Person, ...] = ()
    slots: int = 0
    overlaps: tuple[str, ...] = ()


def propose(core: Core) -> RolloverWish:
    """Return a new year made of the one that is on, else of the last one, a year on; of none, from 1 September."""
    today = calendar.today(core)
    terms = calendar.terms(core)
    last = year_at(terms, today) or max(
        (term for term in terms if term.kind == TermKind.YEAR), key=lambda term: term.first, default=None
    )
    if last is None:
        first = today.replace(year=today.year if today.month >= 3 else today.year - 1, month=9, day=1)
        end = first.replace(year=first.year + 1, month=7, day=31)
        return RolloverWish(Stretch(f"{first.year}/{(first.year + 1) % 100:02d}", first, end, TermKind.YEAR))
    # Terms and holidays are of the year that they begin in.
    inner = [term for term in terms if term.kind != TermKind.YEAR and last.first <= term.first <= last.last]
    free = [one for one in calendar.holidays(core) if last.first <= one.first <= last.last]
    return RolloverWish(
        _on(last.name, last.first, last.last, last.kind),
        tuple(_on(term.name, term.first, term.last, term.kind) for term in inner),
        tuple(_on(one.name, one.first, one.last, "") for one in free),
    )


def _on(name: str, first: date, last: date, kind: str) -> Stretch:
    return Stretch(next_name(name), a_year_on(first), a_year_on(last), kind)


def plan(core: Core, wish: RolloverWish) -> RolloverPlan:
    """Return what the turn of the year would do, and do nothing.

    Raises:
        Invalid: as `roll_over`. NotFound: no such leaver.
    """
    with core.store.read() as unit:
        return _plan(core, unit, wish)


def roll_over(core: Core, wish: RolloverWish) -> RolloverPlan:
    """Begin a new school year, as one act: the year, its terms and holidays, the classes, leavers, timetables.

    Raises:
        Invalid: a name that is empty, a last day before the first, a term outside its year.
        NotFound: no such leaver.
    """
    with core.store.write("school.rollover") as unit:
        found = _plan(core, unit, wish)
        year = SchoolTerm(core.ids.new(), found.wish.year.name, TermKind.YEAR, wish.year.first, wish.year.last)
        unit.school.terms.add(year)
        unit.school.terms.add_all(
            SchoolTerm(core.ids.new(), one.name, one.kind or TermKind.TERM, one.first, one.last)
            for one in found.wish.terms
        )
        unit.school.holidays.add_all(
            Holiday(core.ids.new(), one.name, one.first, one.last) for one in found.wish.holidays
        )
        gone = [old for old, _new in found.moved] + list(found.ended)
        unit.see(
            unit.seen(
                *(("school_class", one.id) for one in gone),
                *(("person", person.id) for person in found.leavers),
            )
        )
        for one in gone:
            unit.school.classes.change(one.id, {"archived": True})
        fresh = [new for _old, new in found.moved] + list(found.fresh)
        unit.school.classes.add_all(replace(one, term_id=year.id) for one in fresh)
        for person in found.leavers:
            unit.people.change(person.id, {"archived": True, "left_on": person.left_on or _eve(wish.year.first)})
        if wish.end_timetables:
            weekly = [slot.id for slot in unit.school.slots.find() if slot.on is None]
            unit.see(unit.seen(*(("lesson_slot", one) for one in weekly)))
            for slot_id in weekly:
                unit.school.slots.remove(slot_id)
        unit.commit()
    return found


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _plan(core: Core, unit: ReadUnit, wish: RolloverWish) -> RolloverPlan:
    wish = _checked(wish)
    first = wish.year.first
    people = {person.id: person for person in unit.people.all()}
    leaving = [person for person in people.values() if person.left_on is not None and person.left_on < first]
    leaving += [unit.people.get(one) for one in wish.leavers]
    leavers = {person.id: person for person in leaving if not person.archived}
    terms = unit.school.terms.find()
    overlaps = tuple(
        term.name
        for term in terms
        if term.kind == TermKind.YEAR and term.first <= wish.year.last and first <= term.last
    )
    found = RolloverPlan(
        wish,
        leavers=tuple(sorted(leavers.values(), key=lambda person: (person.name.casefold(), person.id))),
        slots=sum(slot.on is None for slot in unit.school.slots.find()) if wish.end_timetables else 0,
        overlaps=overlaps,
    )
    return _with_classes(core, found, unit.school.classes.find(order="name")) if wish.move_up else found


def _with_classes(core: Core, found: RolloverPlan, classes: tuple[SchoolClass, ...]) -> RolloverPlan:
    here = [one for one in classes if not one.archived]
    years = {one.id: year_of(one.name, one.year_group) for one in here}
    known = [year for year in years.values() if year is not None]
    top = found.wish.top if found.wish.top is not None else max(known, default=None)
    moved, ended, fresh = [], [], []
    for one in here:
        year = years[one.id]
        if year is not None and top is not None and year >= top and len(set(known)) > 1:
            ended.append(one)
            continue
        after = replace(
            one, id=core.ids.new(), name=moved_up(one.name) if year is not None else one.name,
            year_group=moved_up(one.year_group), archived=False,
        )  # fmt: skip
        moved.append((one, after))
        if found.wish.fresh_first and year is not None and year == min(known) and len(set(known)) > 1:
            fresh.append(replace(one, id=core.ids.new(), size=None, teacher_ids=(), seating=""))
    return replace(found, moved=tuple(moved), ended=tuple(ended), fresh=tuple(fresh))


def _checked(wish: RolloverWish) -> RolloverWish:
    first, last = checked_days(wish.year.first, wish.year.last)
    for one in (*wish.terms, *wish.holidays):
        checked_days(one.first, one.last)
    for one in wish.terms:
        if one.first < first or one.last > last:
            raise Invalid("term", clean_line(one.name)[:60], "out_of_range", f"{first.isoformat()}–{last.isoformat()}")
    return replace(
        wish,
        year=replace(wish.year, name=checked_name(wish.year.name)),
        terms=tuple(replace(one, name=checked_name(one.name)) for one in wish.terms),
        holidays=tuple(replace(one, name=clean_line(one.name)) for one in wish.holidays),
    )
