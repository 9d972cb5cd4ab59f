"""One time cell: what it could mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.exchange.tables import Cell

DAY = 86_400.0
_LAST_SERIAL_YEAR = 1905

_CLOCK = re.compile(
    r"""^(?P<a>\d{1,3}) \s*[:h]\s* (?P<b>\d{1,2})
        (?: \s*[:m'′]\s* (?P<c>\d{1,2}) (?: [.,] (?P<f>\d{1,6}) | :(?P<frames>\d{1,3}) )? )?
        \s* (?: s | ″ | "|''|min|uhr|hrs?|h)? \s* (?P<half>[ap]\.?\s?m\.?)? $""",
    re.IGNORECASE | re.VERBOSE,
)
_FRACTION = re.compile(r"^(?P<a>\d{1,3}):(?P<b>\d{1,2})[.,](?P<f>\d{1,6})$")
_UNITS = re.compile(
    r"""^(?: (?P<h>\d{1,2}) \s*(?:h|hrs?|hours?|std) \.?\s* )?
        (?: (?P<m>\d{1,3}) \s*(?:m|min|mins|minutes?|minuten|['′]) \.?\s* )?
        (?: (?P<s>\d{1,5}(?:[.,]\d+)?) \s*(?:s|sec|secs|seconds?|sek|sekunden|''|"|″) \.?\s* )? $""",
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{2})\.(\d{2})$")
_DATED = re.compile(
    r"^(?P<date>\d{4}-\d{2}-\d{2})[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_LOCAL_DATED = re.compile(
    r"^\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s+(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)$", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-->|–|—|\s-\s|(?<=\d)-(?=\d{1,2}:))\s*")
_NUMBER = re.compile(r"^\d{1,9}(?:[.,]\d{1,12})?$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time cell taken apart, before the column has told what it means.

    Attributes:
        parts: the two or three numbers between colons; the meaning of the first is open.
        number: a bare number; its unit is open.
        seconds: a length whose unit was written ("5 min"); nothing is open.
        at: a date with a time on the wall, without a zone.
        fraction: seconds beyond the last part.
        wall: it is a time of day and nothing else ("9:05 am").
    """

    parts: tuple[int, ...] = ()
    number: float | None = None
    seconds: float | None = None
    at: datetime | None = None
    fraction: float = 0.0
    wall: bool = False


def read_moment(cell: Cell) -> Moment | None:
    """Return what a cell says of time, None where it says nothing readable. An empty cell says nothing."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, datetime):
        return _excel_date(cell)
    if isinstance(cell, time):
        return Moment(parts=(cell.hour, cell.minute, cell.second), fraction=cell.microsecond / 1e6)
    if isinstance(cell, timedelta):
        return from_day_fraction(cell.total_seconds() / DAY)
    if isinstance(cell, date):
        return None
    if isinstance(cell, int | float):
        return Moment(number=float(cell)) if 0 <= cell < 1e9 else None
    return _from_text(cell.lstrip().removeprefix("'"))  # the sign that keeps "-0:01:00" from being reckoned


def is_blank(cell: Cell) -> bool:
    """Whether a time cell is empty, or holds only a dash."""
    return cell is None or (isinstance(cell, str) and cell.strip(" \u00a0\t\r\n-–—.?") == "")


def from_day_fraction(days: float) -> Moment | None:
    """Return a part of a day as hours, minutes and seconds, as a spreadsheet shows it; None outside 0 to 41 days."""
    if not 0 <= days < 41:
        return None
    total = round(days * DAY, 3)
    whole = int(total)
    return Moment(parts=(whole // 3600, whole // 60 % 60, whole % 60), fraction=total - whole)


def _excel_date(value: datetime) -> Moment | None:
    """A date of 1900 or 1904 is a length that a spreadsheet dressed as a date: 24:29 becomes 1 January 1900, 00:29."""
    if value.year >= _LAST_SERIAL_YEAR:
        return Moment(at=value.replace(tzinfo=None))
    base = datetime(1904, 1, 1) if value.year == 1904 else datetime(1899, 12, 31)  # noqa: DTZ001  (serials have no zone)
    return from_day_fraction((value.replace(tzinfo=None) - base).total_seconds() / DAY)


def _from_text(cell: str) -> Moment | None:
    text = cell.strip().strip("[](){}<>").strip()
    text = text.replace(";", ":")
    text = _RANGE.split(text, maxsplit=1)[0].strip() if ":" in text else text
    if not text or len(text) > 40:
        return None
    if text[0] in "-−" and (later := _from_text(text[1:])) is not None and len(later.parts) > 1:
        weights = (60.0, 1.0) if len(later.parts) == 2 else (3600.0, 60.0, 1.0)
        return Moment(seconds=-sum(part * weight for part, weight in zip(later.parts, weights, strict=True)))
    return _from_dated(text) or _from_parts(text)


def _from_parts(text: str) -> Moment | None:
    if found := _DOTTED.match(text):
        return Moment(parts=tuple(int(part) for part in found.groups()))
    if found := _FRACTION.match(text):
        return Moment(parts=(int(found["a"]), int(found["b"])), fraction=float(f"0.{found['f']}"))
    if found := _CLOCK.match(text):
        return _clock(found)
    if (found := _UNITS.match(text)) and any(found.groups()):
        numbers = [float((found[name] or "0").replace(",", ".")) for name in ("h", "m", "s")]
        return Moment(seconds=numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
    return Moment(number=float(text.replace(",", "."))) if _NUMBER.match(text) else None


def _clock(found: re.Match[str]) -> Moment:
    hours, half = int(found["a"]), (found["half"] or "").casefold()
    if half.startswith("p") and hours < 12:
        hours += 12
    elif half.startswith("a") and hours == 12:
        hours = 0
    parts = (hours, int(found["b"])) if found["c"] is None else (hours, int(found["b"]), int(found["c"]))
    return Moment(parts=parts, fraction=float(f"0.{found['f']}") if found["f"] else 0.0, wall=bool(half))


def _from_dated(text: str) -> Moment | None:
    """Read a date with a time; one whose day and month may be swapped gives its time alone."""
    if found := _LOCAL_DATED.match(text):
        return _from_text(found["time"])
    if not (found := _DATED.match(text)):
        return None
    clock = found["time"].zfill(5 if found["time"].count(":") == 1 else 8)
    try:
        return _excel_date(datetime.fromisoformat(f"{found['date']} {clock}"))
    except ValueError:
        return None
