"""Hours of a person over days: rules of the school, what counts and how, time put in by hand.

Counted are sessions by attendance, and visits and conversations by their times. Of a visit nothing but its day and
minutes is read, so that whoever counts learns nothing of what was written in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Invalid
from observe_app.domain.hours import (
    MAX_CAP,
    MAX_MINUTES,
    MAX_WHAT,
    RULED,
    HoursEntry,
    HoursKind,
    HoursRule,
    Line,
    Per,
    Spent,
    autumn,
    lines_of,
    rules_by_kind,
    totals,
)
from observe_app.domain.ids import natural_id
from observe_app.domain.people import Person, clean_line
from observe_app.domain.school.terms import LONGEST_DAYS, TermKind
from observe_app.domain.sessions.running import lasted_min
from observe_app.services.learning.days import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_PRESENT = ("present", "part")
_MARGIN = timedelta(days=2)
"""Around days in UTC, so that no zone loses a lesson of the first or last day."""
MAX_DAYS = 3_660
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""The ends of the calendar have no school year around them, and no other zone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Hours of one person.

    Attributes:
        first, last: both included. lines: what counts, by day. minutes: their sum. rules: as applied, by kind.
    """

    person: Person
    first: date
    last: date
    lines: tuple[Line, ...]
    minutes: int
    rules: Mapping[HoursKind, HoursRule] = field(default_factory=dict)

    @property
    def by_kind(self) -> dict[HoursKind, int]:
        """Minutes by kind; kinds without a line are not in it."""
        return totals(self.lines)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A person as the list of hours shows them: minutes by kind and in all."""

    person: Person
    by_kind: Mapping[HoursKind, int]
    minutes: int


# --- rules ------------------------------------------------------------------------------------------------------------


def rules(core: Core) -> dict[HoursKind, HoursRule]:
    """Return how each kind counts; as long as it lasted where the school said nothing."""
    with core.store.read() as unit:
        return rules_by_kind(unit.learning.hours_rules.find())


def rule_id(kind: HoursKind) -> str:
    """Return the id that every computer gives the rule of a kind."""
    return natural_id("hours_rule", kind.value)


def set_rule(core: Core, *, kind: HoursKind, per: Per, minutes: int = 0, cap_min: int | None = None) -> HoursRule:
    """Say how a kind counts.

    Args:
        core: the open data folder.
        kind: any but what is put in by hand.
        per: as long as it lasted, a fixed time for each, or not at all.
        minutes: for each; 0 with any other `per`.
        cap_min: at most so many minutes in a school year, None without end.

    Raises:
        Invalid: no such kind, or minutes out of range.
    """
    if kind not in RULED:
        raise Invalid("kind", kind.value, "unknown")
    if per is Per.EACH and not 1 <= minutes <= MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"1–{MAX_MINUTES}")
    if cap_min is not None and not 0 <= cap_min <= MAX_CAP:
        raise Invalid("cap", str(cap_min), "out_of_range", f"0–{MAX_CAP}")
    made = HoursRule(rule_id(kind), kind.value, per.value, minutes if per is Per.EACH else 0, cap_min)
    with core.store.read() as unit:
        seen = unit.seen(("hours_rule", made.id))
    with core.store.write("hours.rule", seen=seen) as unit:
        unit.learning.hours_rules.put(made)
        unit.commit()
    return made


# --- time put in by hand ----------------------------------------------------------------------------------------------


def entries(core: Core, person_id: str) -> tuple[HoursEntry, ...]:
    """Return what was put in by hand for a person, the earliest first."""
    with core.store.read() as unit:
        return unit.learning.hours_entries.find(order="on", person_id=person_id)


def open_entry(core: Core, entry_id: str) -> Opened[HoursEntry]:
    """Return time put in by hand for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.learning.hours_entries.get(entry_id), unit.seen(("hours_entry", entry_id)))


def add_entry(core: Core, *, person_id: str, on: date, minutes: int, what: str) -> HoursEntry:
    """Put time in by hand, or take some off with a minus.

    Raises:
        Invalid: no words for what it was, or minutes out of range. NotFound: no such person.
    """
    made = _checked(HoursEntry(core.ids.new(), person_id, on, minutes, what))
    with core.store.write("hours.entry") as unit:
        unit.people.get(person_id)
        unit.learning.hours_entries.add(made)
        unit.commit()
    return made


def edit_entry(core: Core, *, entry_id: str, seen: Seen, on: date, minutes: int, what: str) -> HoursEntry:
    """Change time put in by hand.

    Raises:
        Invalid: as `add_entry`. NotFound: no such id.
    """
    before = open_entry(core, entry_id).value
    made = _checked(replace(before, on=on, minutes=minutes, what=what))
    with core.store.write("hours.entry_edit", seen=seen) as unit:
        unit.learning.hours_entries.change(entry_id, {"on": made.on, "minutes": made.minutes, "what": made.what})
        unit.commit()
    return made


def delete_entry(core: Core, *, entry_id: str, seen: Seen) -> None:
    """Take time put in by hand away; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("hours.entry_delete", seen=seen) as unit:
        unit.learning.hours_entries.remove(entry_id)
        unit.commit()


def _checked(entry: HoursEntry) -> HoursEntry:
    what = clean_line(entry.what)
    if not what:
        raise Invalid("what", "", "empty")
    if len(what) > MAX_WHAT:
        raise Invalid("what", what[:40], "too_long", str(MAX_WHAT))
    if not entry.minutes or abs(entry.minutes) > MAX_MINUTES:
        raise Invalid("minutes", str(entry.minutes), "out_of_range", f"1–{MAX_MINUTES}")
    _check_year("date", entry.on)
    return replace(entry, what=what)


# --- statements -------------------------------------------------------------------------------------------------------


def school_year(core: Core, day: date) -> tuple[date, date]:
    """Return the first and last day of the school year of a day: the school's own, else from 1 August.

    Raises:
        Invalid: a day that no school had.
    """
    _check_year("date", day)
    with core.store.read() as unit:
        return _years(unit)(day)


def statement(core: Core, *, person_id: str, first: date, last: date) -> Statement:
    """Return the hours of a person over days.

    Raises:
        NotFound: no such person. Invalid: the days are the wrong way round or too many.
    """
    _check_days(first, last)
    with core.store.read() as unit:
        person = unit.people.kept(unit.people.get(person_id))
        applied = rules_by_kind(unit.learning.hours_rules.find())
        found = _counted(unit, first, last, applied, person.id)
    lines = found.get(person.id, ())
    return Statement(person, first, last, lines, sum(line.minutes for line in lines), applied)


def overview(core: Core, *, first: date, last: date, words: str = "") -> tuple[HoursRow, ...]:
    """Return everybody's hours over days, always by name: those who are here, and leavers who have any.

    Raises:
        Invalid: the days are the wrong way round or too many.
    """
    _check_days(first, last)
    with core.store.read() as unit:
        everybody = unit.people.all(archived=True)
        if words.strip():
            wanted = set(unit.search.people(words, limit=10_000))
            everybody = tuple(person for person in everybody if person.id in wanted)
        found = _counted(unit, first, last, rules_by_kind(unit.learning.hours_rules.find()), "")
    made: list[HoursRow] = []
    for person in everybody:
        lines = found.get(person.id, ())
        if lines or not person.archived:
            made.append(HoursRow(person, totals(lines), sum(line.minutes for line in lines)))
    return tuple(sorted(made, key=lambda row: (row.person.name.casefold(), row.person.id)))


def _check_year(field: str, day: date) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Invalid(field, day.isoformat(), "out_of_range", f"{_FIRST_YEAR}–{_LAST_YEAR}")


def _check_days(first: date, last: date) -> None:
    _check_year("first", first)
    _check_year("last", last)
    if last < first:
        raise Invalid("last", last.isoformat(), "before", first.isoformat())
    if (last - first).days > MAX_DAYS:
        raise Invalid("last", last.isoformat(), "out_of_range", str(MAX_DAYS))


def _years(unit: ReadUnit) -> Callable[[date], tuple[date, date]]:
    years = unit.school.terms.find(order="first", kind=TermKind.YEAR.value)

    def of(day: date) -> tuple[date, date]:
        for year in years:
            if year.first <= day <= year.last and (year.last - year.first).days <= LONGEST_DAYS:
                return year.first, year.last
        begun = autumn(day)
        return begun, date(begun.year + 1, begun.month, 1) - timedelta(days=1)

    return of


def _counted(
    unit: ReadUnit, first: date, last: date, applied: Mapping[HoursKind, HoursRule], person_id: str
) -> dict[str, tuple[Line, ...]]:
    """Return the lines of everybody, or of one person, within the days; caps count from the year's begin."""
    year_of = _years(unit)
    begun = min(year_of(first)[0], first)
    spent: dict[str, list[Spent]] = {}
    same = unit.people.kept_ids()
    for who, one in (*_of_visits(unit, begun, last), *_of_sessions(unit, begun, last), *_by_hand(unit, begun, last)):
        own = same.get(who, who)
        if not person_id or own == person_id:
            spent.setdefault(own, []).append(one)
    return {
        who: tuple(line for line in lines_of(many, applied, lambda day: year_of(day)[0]) if line.on >= first)
        for who, many in spent.items()
    }


def _by_hand(unit: ReadUnit, first: date, last: date) -> Iterable[tuple[str, Spent]]:
    for one in unit.learning.hours_entries.find(order="on"):
        if first <= one.on <= last:
            yield one.person_id, Spent(one.on, HoursKind.MANUAL, one.minutes, one.what, one.id)


# --- visits and sessions ----------------------------------------------------------------------------------------------


def _of_visits(unit: ReadUnit, first: date, last: date) -> Iterable[tuple[str, Spent]]:
    roles = {"teacher": HoursKind.OBSERVED, "observer": HoursKind.OBSERVING}
    times: list[tuple[str, HoursKind, str, str, datetime, datetime | None]] = []
    for one in unit.learning.visit_times(_begin(first), _begin(last) + _MARGIN * 2):
        if one.started is not None:
            times.append((one.person_id, roles[one.role], one.visit_id, one.zone, one.started, one.ended))
        if one.talk_started is not None:
            times.append((one.person_id, HoursKind.TALK, one.visit_id, one.zone, one.talk_started, one.talk_ended))
    covered: dict[tuple[str, HoursKind], datetime] = {}
    for who, kind, visit, zone, begun, ended in sorted(times, key=lambda row: (row[4], row[2], row[1].value)):
        minutes, repeated = None, False
        if ended is not None:
            until = covered.get((who, kind), begun)
            repeated = ended <= until and ended > begun
            minutes = _minutes(max(begun, until), ended)
            covered[who, kind] = max(until, ended)
        on = local(begun, zone).date()
        if first <= on <= last:
            yield who, Spent(on, kind, minutes, source=visit, repeated=repeated)


def _of_sessions(unit: ReadUnit, first: date, last: date) -> Iterable[tuple[str, Spent]]:
    """Yield sessions that were held, as `services.sessions.sessions.held` counts them.

    Who was there in part counts with the minutes put in; two marks of people who turned out to be one count once.
    """
    held = {one.id: one for one in unit.sessions.sessions.find(state="held")}
    same = unit.people.kept_ids()
    found: dict[tuple[str, str], Spent] = {}
    for there in unit.sessions.attendance.find(state=_PRESENT):
        one = held.get(there.session_id)
        begun = (one.started or one.start) if one is not None else None
        if one is None or begun is None:
            continue
        on = local(begun, one.zone).date()
        if not first <= on <= last:
            continue
        whole = lasted_min(one) if there.state == _PRESENT[0] else None
        minutes = there.minutes if there.minutes is not None else whole
        planned = there.minutes is None and (one.started is None or one.ended is None)
        made = Spent(on, HoursKind.SESSION, minutes, one.title, one.id, planned=planned)
        place = same.get(there.person_id, there.person_id), one.id
        if place not in found or (found[place].minutes or 0) < (minutes or 0):
            found[place] = made
    return [(who, made) for (who, _session), made in found.items()]


def _minutes(begun: datetime, ended: datetime) -> int:
    """Return whole minutes between two moments, by real time: clocks that change do not change it."""
    return max(0, round((ended.astimezone(UTC) - begun.astimezone(UTC)).total_seconds() / 60))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - _MARGIN
