"""What a timetable says line by line, whatever file it came from; and days and times as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.people import clean_line
from observe_app.domain.school.classes import SlotKind
from observe_app.services.exchange.columns import normal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from observe_app.services.exchange.problems import Problem
    from observe_app.services.exchange.tables import Cell

DAY_MIN = 24 * 60
MAX_WORDS = 120
MAX_WEEK = 8
_FIRST_YEAR, _LAST_YEAR = 1990, 2199

_WEEKDAYS = (
    "mon monday mo montag lun lundi lunes lunedi maandag ma m",
    "tue tuesday tues di dienstag mar mardi martes martedi dinsdag",
    "wed wednesday weds mi mittwoch mer mercredi miercoles mie mercoledi woensdag wo w",
    "thu thursday thur thurs do donnerstag jeu jeudi jueves jue giovedi gio donderdag th",
    "fri friday fr freitag ven vendredi viernes vie venerdi vrijdag vr f",
    "sat saturday sa samstag sonnabend sam samedi sabado sab sabato zaterdag za",
    "sun sunday so sonntag dim dimanche domingo dom domenica zondag zo",
)
_BUSY = re.compile(
    r"\b(busy|meeting|duty|supervision|assembly|briefing|aufsicht|sitzung|konferenz|besprechung|dienst|réunion|reunion"
    r"|surveillance|reunión|guardia|riunione)\b"
)
_PROTECTED = re.compile(
    r"\b(protected|ppa|planning|preparation|prep time|non-contact|free|geschützt|vorbereitung|protégé|préparation"
    r"|protegido|planificación|unavailable)\b"
)
_TIME = re.compile(r"([0-9]{1,2})\s*(?:[:.h]\s*([0-9]{2}))?(?::[0-9]{2})?\s*(?:([ap])\.?\s?m\.?|uhr|h)?", re.IGNORECASE)
_RANGE = re.compile(r"(.{1,12}?)\s*(?:-|–|—|\bto\b|\bbis\b)\s*(.{1,12})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimetableLine:
    """A time of a timetable as its file tells it.

    Attributes:
        whos: whose time it is, as candidates: of the first group that has somebody known, all of them.
        weekday, on, start_min, end_min, week, kind: as `LessonSlot` has them.
        row: row of the sheet or number of the event, from 1.
    """

    whos: tuple[tuple[str, ...], ...]
    kind: str
    weekday: int
    on: date | None
    start_min: int
    end_min: int
    week: str = ""
    class_name: str = ""
    subject: str = ""
    room: str = ""
    building: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class TimetableRead:
    """What a file says before anybody knows whose it is.

    Attributes:
        mapping: role to column letter, () for a calendar. columns: (letter, head, a sample) of a table.
        sheets: all of a workbook; sheet: the one read.
    """

    path: Path
    lines: tuple[TimetableLine, ...]
    problems: tuple[Problem, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A lesson of the school's day: its name and its minutes from midnight."""

    name: str
    start_min: int
    end_min: int


def short(text: str) -> str:
    """Return words of a cell on one line, cut to what a slot keeps."""
    return clean_line(text)[:MAX_WORDS]


def read_weekday(text: str) -> tuple[int, str] | None:
    """Return weekday and the letter of the week of words such as "Mon", "Dienstag" or "Thu B"; None for others.

    Numbers count from 1 for Monday.
    """
    parts = normal(text).split("-")
    if not parts or not parts[0]:
        return None
    week = parts[1].upper() if len(parts) == 2 and len(parts[1]) <= 2 else ""
    if len(parts) > 2 or (len(parts) == 2 and not week):
        return None
    if parts[0].isdecimal():
        return (int(parts[0]) - 1, week) if 1 <= int(parts[0]) <= 7 else None
    for number, words in enumerate(_WEEKDAYS):
        if parts[0] in words.split():
            return number, week
    return None


def read_minute(cell: Cell) -> int | None:
    """Return minutes from midnight of a cell such as 9:05, "09.05", "9h05", "0905" or "2:10 pm"; None for others."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds() // 60)
        return minutes if 0 <= minutes <= DAY_MIN else None
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * DAY_MIN)
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    return _minute_of(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip())


def _minute_of(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{3,4}", text):
        text = f"{text[:-2]}:{text[-2:]}"
    stamp = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}:[0-9]{2}).*", text)
    found = _TIME.fullmatch(stamp[1] if stamp else text)
    if found is None or (not found[2] and not found[3] and text.isdecimal()):
        return None  # a bare number is a period, no time
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    total = hour * 60 + minute
    return total if minute < 60 and total <= DAY_MIN else None


def read_range(cell: Cell) -> tuple[int, int] | None:
    """Return begin and end of one cell such as "9:00-9:45"; None for others."""
    found = _RANGE.fullmatch(str(cell).strip()) if isinstance(cell, str) else None
    if found is None:
        return None
    begin, end = read_minute(found[1]), read_minute(found[2])
    return (begin, end) if begin is not None and end is not None else None


def read_date(cell: Cell, *, month_first: bool = False) -> date | None:
    """Return a day of a cell such as 2026-03-10, "10.03.2026" or "10/3/26"; None for others.

    Args:
        cell: of a table.
        month_first: of days with slashes the month stands first.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    parts = [int(part) for part in re.findall(r"\d+", str(cell or "").split("T")[0])] if isinstance(cell, str) else []
    text = str(cell or "").strip()
    if len(parts) < 3 or not re.match(r"(?:\D{0,12})\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}", text):
        return None
    year, month, day = parts[0], parts[1], parts[2]
    if year < 100:
        day, month, year = parts[0], parts[1], parts[2]
        if month_first and "/" in text:
            day, month = month, day
    year += 2000 if year < 100 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_stands_first(texts: Iterable[str]) -> bool | None:
    """Tell from all days with slashes which way round they are: True, False, None where either would do."""
    month_first: bool | None = None
    for text in texts:
        found = re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}", text.strip())
        if found is None:
            continue
        if int(found[1]) > 12:
            return False
        if int(found[2]) > 12:
            month_first = True
    return month_first


def period_of(text: str, periods: Iterable[Period]) -> tuple[int, int] | None:
    """Return begin and end of a period by its name, such as "3", "P3" or "3-4"; None where the table has it not."""
    table = {normal(one.name): one for one in periods}
    plain = {re.sub(r"\D", "", key): one for key, one in table.items() if re.sub(r"\D", "", key)}

    def one(name: str) -> Period | None:
        key = normal(name)
        numbered = re.fullmatch(r"[a-z]*-?(\d+)[a-z]*", key)
        return table.get(key) or (plain.get(numbered[1]) if numbered else None)

    whole = one(text)
    if whole is not None:
        return whole.start_min, whole.end_min
    ends = re.fullmatch(r"(.+?)\s*[-–+/&]\s*(.+)", text.strip())
    if ends is None:
        return None
    first, last = one(ends[1]), one(ends[2])
    return (first.start_min, last.end_min) if first and last and first.start_min < last.end_min else None


def kind_of(words: str, fallback: str = SlotKind.TEACHING) -> str:
    """Return what a time is by its words: a meeting keeps busy, planning time is protected, the rest is taught."""
    text = words.casefold()
    if _PROTECTED.search(text):
        return SlotKind.PROTECTED
    return SlotKind.BUSY if _BUSY.search(text) else fallback
