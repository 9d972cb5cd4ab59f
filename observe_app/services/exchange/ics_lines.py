"""iCalendar files line by line (RFC 5545): events, zones and the few properties that a timetable needs.

One broken event costs that event and no more, which a parser that wants the whole file right cannot do. icalendar is
asked for zones that a file describes by itself, and imported only then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 20_000
"""Characters of an unfolded line that are looked at; beyond lies an attachment or an attack."""

_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_DURATION = re.compile(r"\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its value as it stands there, and its parameters by upper-case name."""

    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """The value as words."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass
class RawEvent:
    """An event: its properties by upper-case name, and its number in the file, from 1."""

    number: int
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def one(self, name: str) -> Property | None:
        """Return the first property of this name, None without one."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """Return the words of a property, "" without one."""
        found = self.one(name)
        return found.text.strip() if found is not None else ""


@dataclass
class RawCalendar:
    """What a file holds.

    Attributes:
        names: what the calendars call themselves. zone: the one they say they are in, "" for none.
        zones: the text of each described zone by its id. broken: lines that are none.
    """

    events: list[RawEvent] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    zone: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    broken: int = 0


def read_calendar(text: str, wanted: frozenset[str]) -> RawCalendar:
    """Return the events of a file with the properties that are wanted; alarms and all else are passed over."""
    found = RawCalendar()
    stack: list[str] = []
    event: RawEvent | None = None
    zone: list[str] = []
    for line in _unfolded(text):
        name, made = _property(line)
        if made is None:
            found.broken += bool(line.strip())
            continue
        value = made.value.strip().upper()
        if name == "BEGIN":
            if value == "VEVENT":  # also where the one before never ended
                event = RawEvent(len(found.events) + 1)
                found.events.append(event)
                stack = [*stack[:1], value]
            else:
                stack.append(value)
            zone = [line] if value == "VTIMEZONE" else [*zone, line] if zone else []
        elif name == "END":
            _end(stack, value)
            if zone:
                zone.append(line)
                if value == "VTIMEZONE":
                    _keep_zone(found, zone)
                    zone = []
        elif zone:
            zone.append(line)
        elif stack and stack[-1] == "VEVENT" and event is not None and name in wanted:
            event.properties.setdefault(name, []).append(made)
        elif name in {"X-WR-CALNAME", "NAME"} and "VEVENT" not in stack:
            found.names.append(made.text.strip())
        elif name == "X-WR-TIMEZONE":
            found.zone = made.value.strip()
    return found


def _end(stack: list[str], value: str) -> None:
    if value in stack:
        while stack and stack.pop() != value:
            pass


def _keep_zone(found: RawCalendar, lines: list[str]) -> None:
    for line in lines:
        name, made = _property(line)
        if name == "TZID" and made is not None and len(found.zones) < 50 and len(lines) < 3_000:
            found.zones.setdefault(made.value.strip(), "\r\n".join(lines))
            return


def _unfolded(text: str) -> Iterator[str]:
    parts: list[str] = []
    size = 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in {" ", "\t"} and parts:
            if size < MAX_LINE:
                parts.append(raw[1:])
                size += len(raw)
            continue
        if parts:
            yield "".join(parts)
        parts, size = [raw], len(raw)
    if parts:
        yield "".join(parts)


def _property(line: str) -> tuple[str, Property | None]:
    found = _NAME.match(line)
    if found is None:
        return "", None
    name, place = found[0].upper(), found.end()
    parameters: dict[str, str] = {}
    while place < len(line) and line[place] == ";":
        key = _NAME.match(line, place + 1)
        if key is None or line[key.end() : key.end() + 1] != "=":
            return "", None
        place = key.end() + 1
        if line[place : place + 1] == '"':
            close = line.find('"', place + 1)
            if close < 0:
                return "", None
            value, place = line[place + 1 : close], close + 1
        else:
            stop = next((at for at in range(place, len(line)) if line[at] in ";:"), len(line))
            value, place = line[place:stop], stop
        parameters[key[0].upper()] = value
    if line[place : place + 1] != ":":
        return "", None
    return name, Property(line[place + 1 :], parameters)


# -- moments


class Zones:
    """Time zones by the names a file gives them: of the world, of Windows, or described in the file."""

    def __init__(self, described: dict[str, str], own: tzinfo) -> None:
        """Know the zones described in a file; times without a zone are in `own`."""
        self._described, self._own = described, own
        self._known: dict[str, tzinfo | None] = {"": own}
        self.unknown: set[str] = set()

    def get(self, name: str) -> tzinfo:
        """Return a zone; an unknown one counts as the own, and is told in `unknown`."""
        if name not in self._known:
            self._known[name] = _named(name) or self._from_file(name)
        found = self._known[name]
        if found is None:
            self.unknown.add(name)
        return found or self._own

    def _from_file(self, name: str) -> tzinfo | None:
        text = self._described.get(name)
        if text is None:
            return None
        from icalendar import Timezone  # noqa: PLC0415  (only for zones that no list knows)

        try:
            described = Timezone.from_ical(text)
            made: tzinfo | None = described.to_tz() if isinstance(described, Timezone) else None
            if made is None:
                return None
            made.utcoffset(datetime(2026, 1, 1))  # noqa: DTZ001  (a wall time is what is asked for)
        except Exception:  # noqa: BLE001  (whatever a foreign description makes the library raise: it is unknown)
            return None
        return made


def _named(name: str) -> tzinfo | None:
    plain = name.strip().strip('"').removeprefix("/")
    for part in (plain, "/".join(plain.split("/")[-2:])):
        try:
            return ZoneInfo(part)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  (rarely needed)

    known = WINDOWS_TO_OLSON.get(plain)
    return ZoneInfo(known) if known else None


def read_moment(given: Property, zones: Zones) -> date | datetime | None:
    """Return a day, or an aware moment; None for what is neither."""
    return read_value(given.value, given.parameters.get("TZID", ""), zones)


def read_value(value: str, zone: str, zones: Zones) -> date | datetime | None:
    """Return the day or the moment that one value says, None for what is neither."""
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", value.strip())
    if found is None or not 1900 <= int(found[1]) <= 2199:
        return None
    try:
        if found[4] is None:
            return date(int(found[1]), int(found[2]), int(found[3]))
        where = UTC if found[7] else zones.get(zone)
        second = min(int(found[6] or 0), 59)
        return datetime(int(found[1]), int(found[2]), int(found[3]), int(found[4]), int(found[5]), second, tzinfo=where)
    except ValueError:
        return None


def read_duration(text: str) -> timedelta | None:
    """Return a length such as PT45M, None for what is none or runs backwards."""
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
