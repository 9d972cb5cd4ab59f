"""Timetables in from iCalendar files: lessons of every week, told from those of single days, within bounds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable, ImportProblem
from observe_app.domain.progress import Progress
from observe_app.domain.school.classes import SlotKind
from observe_app.services.exchange.encodings import decode
from observe_app.services.exchange.ics_lines import (
    RawCalendar,
    RawEvent,
    Zones,
    read_calendar,
    read_duration,
    read_moment,
    read_value,
)
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.recurrence import Rule, RuleError, occurrences, read_rule
from observe_app.services.exchange.timetable_lines import DAY_MIN, TimetableLine, TimetableRead, kind_of, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAX_BYTES = 20 * 1024 * 1024
MAX_EVENTS = 20_000
MAX_LINES = 60_000
"""Lessons of one file within the window, each day counted."""

MAX_DAYS = 4_000_000
"""Days looked at for all repeating events of a file together."""

MAX_WINDOW = 400
_WANTED = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP",
        "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "ORGANIZER", "ATTENDEE", "CONTACT",
    }
)  # fmt: skip
_LEAST_WEEKS = 3
_SHOWN = 8


@dataclass
class _Work:
    """What is gathered while the events of one file are gone through."""

    zones: Zones
    own: tzinfo
    first: date
    last: date
    lines: list[TimetableLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: int = 0
    days: int = 0

    def notice(self, rule: str, event: RawEvent) -> None:
        self.told += 1
        if self.told <= _SHOWN:
            self.problems.append(Problem(rule, found=shortened(event.text("SUMMARY") or f"{event.number}", 40)))


def is_calendar(path: Path) -> bool:
    """Tell by its first bytes and its name whether a file is a calendar."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except (OSError, ValueError):
        return path.suffix.casefold() in {".ics", ".ical", ".ifb"}
    return "BEGIN:VCALENDAR" in decode(head)[0].upper()


def read_calendar_timetable(
    path: Path, *, first: date, last: date, zone: tzinfo, progress: Progress | None = None
) -> TimetableRead:
    """Read the lessons of a calendar within a window, and keep nothing.

    Every lesson is a line of its own day; `joined` finds those of every week once it is known whose they are. Whole
    days keep busy where the calendar says so.

    Args:
        path: an .ics file.
        first: day from which.
        last: day until which, at most `MAX_WINDOW` days later.
        zone: in which times are kept where the calendar does not say in which zone it is.
        progress: told now and then; may cancel.

    Raises:
        FileUnreadable: missing, denied, too large, empty. ImportProblem: no calendar, no event in the window, or more
            than a timetable can be. Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    text = _load(path)
    count = text.upper().count("BEGIN:VEVENT")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ImportProblem(path, "not_calendar")
    if count > MAX_EVENTS:
        raise ImportProblem(path, "too_many_events", detail=str(MAX_EVENTS))
    raw = read_calendar(text, _WANTED)
    own = _own_zone(raw, zone)
    work = _Work(Zones(raw.zones, own), own, first, min(last, first + timedelta(days=MAX_WINDOW)))
    changed = _changed_days(raw.events, work)
    owners = (tuple(name for name in raw.names if name), (path.stem.replace("_", " ").strip(),))
    for done, event in enumerate(raw.events):
        if done % 200 == 0:
            progress.step(done, len(raw.events))
        _take(path, event, work, owners, changed)
    if not work.lines:
        if not work.problems:
            raise ImportProblem(path, "no_events", first.isoformat(), work.last.isoformat())
        work.problems.insert(0, Problem("calendar_nothing"))
    if raw.broken:
        work.problems.append(Problem("calendar_broken", count=raw.broken))
    if work.told > _SHOWN:
        work.problems.append(Problem("calendar_more", count=work.told - _SHOWN))
    work.problems += [Problem("calendar_zone", found=shortened(name, 40)) for name in sorted(work.zones.unknown)[:3]]
    return TimetableRead(path, tuple(work.lines), tuple(work.problems))


def _load(path: Path) -> str:
    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.exists() and not path.is_file():
            raise FileUnreadable(path, "special")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileUnreadable(path, "missing") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "denied", getattr(error, "strerror", None) or str(error)) from error
    if len(data) > MAX_BYTES:
        raise FileUnreadable(path, "too_large", f"{MAX_BYTES // (1024 * 1024)} MB")
    if not data.strip():
        raise FileUnreadable(path, "empty")
    return decode(data)[0].replace("\x00", "")


def _own_zone(raw: RawCalendar, zone: tzinfo) -> tzinfo:
    """Return the zone that most events are in: what stands on the wall of the school, wherever this computer is."""
    given = (event.one("DTSTART") for event in raw.events)
    named = Counter(one.parameters["TZID"] for one in given if one is not None and "TZID" in one.parameters)
    name = named.most_common(1)[0][0] if named else raw.zone
    return Zones(raw.zones, zone).get(name)


def _changed_days(events: list[RawEvent], work: _Work) -> dict[str, set[date]]:
    """Return, by the id of an event, the days of which a changed version stands elsewhere in the file."""
    found: dict[str, set[date]] = defaultdict(set)
    for event in events:
        given = event.one("RECURRENCE-ID")
        moment = read_moment(given, work.zones) if given is not None else None
        if moment is not None:
            found[event.text("UID")].add(_local(moment, work.own))
    return found


def _local(moment: date | datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _take(
    path: Path, event: RawEvent, work: _Work, owners: tuple[tuple[str, ...], ...], changed: dict[str, set[date]]
) -> None:
    if event.text("STATUS").upper() == "CANCELLED":
        return
    span = _span(event, work)
    if span is None:
        return
    start, length, whole_day = span
    if whole_day and event.text("TRANSP").upper() == "TRANSPARENT":
        return
    line = _line(event, owners, whole_day=whole_day)
    apart = frozenset() if event.one("RECURRENCE-ID") else frozenset(changed.get(event.text("UID"), ()))
    for day in _days(event, start, work, apart):
        for on, begin, end in _pieces(start, day, length, work, whole_day=whole_day):
            if work.first <= on <= work.last and begin < end:
                work.lines.append(replace(line, on=on, start_min=begin, end_min=end))
        if len(work.lines) > MAX_LINES:
            raise ImportProblem(path, "too_many_lessons", detail=str(MAX_LINES))
    if work.days > MAX_DAYS:
        raise ImportProblem(path, "too_many_repeats")


def _span(event: RawEvent, work: _Work) -> tuple[date | datetime, timedelta, bool] | None:
    """Return begin, length, and whether it takes whole days; None where the event cannot be used."""
    given = event.one("DTSTART")
    start = read_moment(given, work.zones) if given is not None else None
    if start is None:
        work.notice("calendar_no_start", event)
        return None
    whole_day = not isinstance(start, datetime)
    end_given = event.one("DTEND")
    end = read_moment(end_given, work.zones) if end_given is not None else None
    length = read_duration(event.text("DURATION")) if event.one("DURATION") else None
    if length is None:
        if isinstance(start, datetime) and isinstance(end, datetime):
            length = end - start
        elif whole_day:
            days = (_local(end, work.own) - start).days if end is not None else 1
            length = timedelta(days=max(days, 1))
    if length is None or not timedelta() < length <= timedelta(days=60):
        if length is not None and not length:
            return None  # a mark in the calendar, such as a birthday: nobody is busy
        work.notice("calendar_no_end", event)
        return None
    return start, length, whole_day


def _days(event: RawEvent, start: date | datetime, work: _Work, apart: frozenset[date]) -> Iterator[date]:
    """Give the days (in the zone of the event) on which it begins, those that were taken out left out."""
    begin = start.date() if isinstance(start, datetime) else start
    zone = start.tzinfo if isinstance(start, datetime) else None
    out = {_in_zone(moment, zone) for moment in _moments(event, "EXDATE", work)}
    days = {begin} if not event.one("RRULE") else set()
    days |= {_in_zone(moment, zone) for moment in _moments(event, "RDATE", work)}
    for given in event.properties.get("RRULE", ())[:4]:
        try:
            days |= set(_repeated(read_rule(given.value), begin, start, work))
        except RuleError as error:
            work.notice(f"calendar_rule_{error.args[0]}", event)
            days.add(begin)
    for day in sorted(days - out):
        moment = datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day
        if _local(moment, work.own) not in apart:
            yield day


def _repeated(rule: Rule, begin: date, start: date | datetime, work: _Work) -> Iterator[date]:
    first, last = work.first - timedelta(days=1), work.last + timedelta(days=1)
    work.days += max((last - (begin if rule.count is not None else max(begin, first))).days, 0)
    if work.days > MAX_DAYS:
        return
    if begin >= first - timedelta(days=60) and not isinstance(start, datetime):
        first = begin  # whole days that began before the window may reach into it
    yield from occurrences(rule, begin, first, last)


def _in_zone(moment: date | datetime, zone: tzinfo | None) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(zone).date() if zone is not None else moment.date()
    return moment


def _moments(event: RawEvent, name: str, work: _Work) -> Iterator[date | datetime]:
    for given in event.properties.get(name, ())[:500]:
        for value in given.value.split(",")[:500]:
            part = value.partition("/")[0]
            found = read_value(part, given.parameters.get("TZID", ""), work.zones)
            if found is not None:
                yield found


def _pieces(
    start: date | datetime, day: date, length: timedelta, work: _Work, *, whole_day: bool
) -> Iterator[tuple[date, int, int]]:
    """Give what one occurrence takes of each day, in the school's zone."""
    if whole_day or not isinstance(start, datetime):
        for step in range(length.days):
            yield day + timedelta(days=step), 0, DAY_MIN
        return
    begin = datetime.combine(day, start.timetz()).astimezone(work.own)
    minute = begin.hour * 60 + begin.minute
    left = int(length.total_seconds() // 60)
    on = begin.date()
    while left > 0:
        part = min(left, DAY_MIN - minute)
        yield on, minute, minute + part
        left, minute, on = left - part, 0, on + timedelta(days=1)


def _line(event: RawEvent, owners: tuple[tuple[str, ...], ...], *, whole_day: bool) -> TimetableLine:
    summary = event.text("SUMMARY")[:300]
    words = f"{summary} {event.text('CATEGORIES')}"
    kind = kind_of(words, SlotKind.BUSY if whole_day else SlotKind.TEACHING)
    class_name, subject = _class_and_subject(summary)
    people = [*event.properties.get("ATTENDEE", ()), *event.properties.get("ORGANIZER", ())][:20]
    named = [
        candidate
        for one in people
        for candidate in (re.sub(r"(?i)^mailto:", "", one.value.strip()), one.parameters.get("CN", ""))
        if candidate
    ]
    named += [event.text("CONTACT")] if event.text("CONTACT") else []
    in_words = tuple(part for part in re.split(r"[,;/|()\n–—]| - |: ", f"{summary}, {event.text('DESCRIPTION')[:300]}"))
    return TimetableLine(
        (tuple(named), *owners, tuple(clean for part in in_words if (clean := part.strip()))),
        kind,
        -1,
        None,
        0,
        0,
        class_name=class_name,
        subject=subject,
        room=short(event.text("LOCATION")),
        row=event.number,
    )


def _class_and_subject(summary: str) -> tuple[str, str]:
    """Return class and subject of words such as "Maths 8B", "8B: Maths" or "Maths - 8B"; one of them may be ""."""
    parts = [part.strip() for part in re.split(r"\s*(?:[:|,(–—]|\s-\s)\s*", summary.strip(") ")) if part.strip()]
    if not parts:
        return "", ""
    if len(parts) == 1:
        found = re.fullmatch(r"(?i)(.*?)\s*\b((?:year |class |klasse |yr\.? ?)?\d{1,2} ?[a-z]{0,2}\d?)", parts[0])
        if found and found[1]:
            return short(found[2]), short(found[1])
        found = re.fullmatch(r"(?i)((?:year |class |klasse |yr\.? ?)?\d{1,2} ?[a-z]{0,2}\d?)\s+(\D.*)", parts[0])
        return (short(found[1]), short(found[2])) if found else (short(summary), "")
    classes = [part for part in parts if re.search(r"\d", part)]
    rest = [part for part in parts if part not in classes[:1]]
    return short(classes[0] if classes else parts[-1]), short(rest[0] if rest else "")


def joined(lines: Sequence[TimetableLine]) -> tuple[TimetableLine, ...]:
    """Return one person's lines with those joined that are every week; days without any lesson count as holidays."""
    timed: dict[int, set[date]] = defaultdict(set)
    same: dict[tuple[object, ...], list[TimetableLine]] = defaultdict(list)
    found: list[TimetableLine] = []
    for line in lines:
        if line.on is None:
            found.append(line)
            continue
        if line.end_min - line.start_min < DAY_MIN:
            timed[line.on.weekday()].add(line.on)
        key = (line.on.weekday(), line.kind, line.start_min, line.end_min, line.class_name, line.subject, line.room)
        same[key].append(line)
    for those in same.values():
        days = {line.on: line for line in those if line.on is not None}
        weekday = next(iter(days)).weekday()
        whole = those[0].end_min - those[0].start_min == DAY_MIN
        if not whole and len(days) >= _LEAST_WEEKS and set(days) == timed[weekday]:
            found.append(replace(those[0], weekday=weekday, on=None))
        else:
            found += days.values()
    return tuple(found)
