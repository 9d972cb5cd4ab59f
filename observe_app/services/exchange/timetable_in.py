"""Timetables in from tables: a row a lesson, with its day, its times or its period, its class and its room."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem
from observe_app.domain.progress import Progress
from observe_app.domain.school.classes import SlotKind
from observe_app.services.exchange import columns
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import Row, Table, column_letter, read_table, text_of
from observe_app.services.exchange.timetable_lines import (
    DAY_MIN,
    MAX_WEEK,
    Period,
    TimetableLine,
    TimetableRead,
    kind_of,
    month_stands_first,
    period_of,
    read_date,
    read_minute,
    read_range,
    read_weekday,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

LESSON_MIN = 50
"""Minutes of a lesson whose end nobody said."""
_SHOWN = 8
_WHO = ("person", "email", "staff_id", "first", "last")


@dataclass
class _Noticed:
    """Rows that could not be taken as they are: the first few by row, the rest as a count."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def row(self, rule: str, number: int, found: str = "") -> None:
        self.counts[rule] += 1
        if self.counts[rule] <= _SHOWN:
            self.problems.append(Problem(rule, number, found=shortened(found, 40)))

    def all(self) -> tuple[Problem, ...]:
        more = sum(max(count - _SHOWN, 0) for rule, count in self.counts.items() if rule != "timetable_no_end")
        return (*self.problems, Problem("timetable_more", count=more)) if more else tuple(self.problems)


def read_timetable(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    periods: Sequence[Period] = (),
    owned: bool = False,
    progress: Progress | None = None,
) -> TimetableRead:
    """Read a timetable out of a table, and keep nothing.

    Args:
        path: CSV or a workbook; formulas give their stored results.
        mapping: one of `columns.TIMETABLE_ROLES` to a head, a column letter or a number from 1; "sheet" to its name.
        periods: the school's bell times, for files that say "period 3".
        owned: the whole file is one person's, so no column need say whose.
        progress: told now and then; may cancel.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        ImportProblem: no column says whose, on which day or when a lesson is; a mapping that does not fit; no rows.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    given = dict(mapping or {})
    table = read_table(path, sheet=given.pop("sheet", None) or None, progress=progress)
    layout = columns.lay_out(table, columns.TIMETABLE_ROLES, given, needs="")
    _must_have(path, layout, owned=owned)
    noticed = _Noticed()
    rows = table.rows[layout.first :]
    if not rows:
        raise ImportProblem(path, "no_rows")
    month_first = _month_first(layout, rows, noticed)
    lines: list[TimetableLine] = []
    for done, row in enumerate(rows):
        if done % 500 == 0:
            progress.step(done, len(rows))
        line = _line(layout, row, periods, noticed, month_first=month_first, owned=owned)
        if line is not None:
            lines.append(line)
    return TimetableRead(
        path,
        tuple(lines),
        (*_about(table, layout), *noticed.all()),
        tuple((role, column_letter(found[0])) for role, found in layout.roles.items() if found),
        _columns(table, layout),
        table.sheets,
        table.sheet,
    )


def _must_have(path: Path, layout: columns.Layout, *, owned: bool) -> None:
    has = set(layout.roles)
    if not owned and not has & set(_WHO):
        raise ImportProblem(path, "no_column", "person")
    if not has & {"weekday", "date"}:
        raise ImportProblem(path, "no_column", "weekday")
    if not has & {"starts", "period"}:
        raise ImportProblem(path, "no_column", "starts")


def _columns(table: Table, layout: columns.Layout) -> tuple[tuple[str, str, str], ...]:
    found = []
    for index, head in enumerate(columns.heads_of(table, layout.heads)):
        cells = (text_of(row.cell(index)).strip() for row in table.rows[layout.first : layout.first + 50])
        found.append((column_letter(index), head, shortened(next((cell for cell in cells if cell), ""), 24)))
    return tuple(found)


def _about(table: Table, layout: columns.Layout) -> list[Problem]:
    problems = []
    if layout.heads is None:
        problems.append(Problem("no_header"))
    if table.mended:
        problems.append(Problem("quotes_mended"))
    if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
        problems.append(Problem("encoding_guessed", found=table.encoding))
    return problems


def _month_first(layout: columns.Layout, rows: Sequence[Row], noticed: _Noticed) -> bool:
    index = layout.one("date")
    if index is None:
        return False
    texts = [text_of(row.cell(index)) for row in rows if isinstance(row.cell(index), str)]
    found = month_stands_first(texts)
    if found is None and any("/" in text for text in texts):
        noticed.problems.append(Problem("timetable_day_first", found=shortened(texts[0], 20)))
    return bool(found)


def _words(layout: columns.Layout, row: Row, role: str) -> str:
    index = layout.one(role)
    return short(text_of(row.cell(index))) if index is not None else ""


def _line(
    layout: columns.Layout,
    row: Row,
    periods: Sequence[Period],
    noticed: _Noticed,
    *,
    month_first: bool,
    owned: bool,
) -> TimetableLine | None:
    whos = _whos(layout, row)
    if not whos and not owned:
        noticed.row("timetable_nobody", row.number)
        return None
    day = _day(layout, row, noticed, month_first=month_first)
    span = _span(layout, row, periods, noticed)
    if day is None or span is None:
        return None
    words = _words(layout, row, "kind")
    class_name, subject = _words(layout, row, "class"), _words(layout, row, "subjects")
    # Without a column that says so, only a row without a class tells of a meeting by its words.
    kind = kind_of(words or ("" if class_name else subject), SlotKind.TEACHING)
    return TimetableLine(
        (whos,) if whos else (),
        kind,
        day[0],
        day[1],
        *span,
        week=_words(layout, row, "week")[:MAX_WEEK].upper().removeprefix("WEEK").strip() or day[2],
        class_name=class_name,
        subject=subject,
        room=_words(layout, row, "room"),
        building=_words(layout, row, "building"),
        row=row.number,
    )


def _whos(layout: columns.Layout, row: Row) -> tuple[str, ...]:
    """Return the surest name of whose row it is: address, number, then name."""
    for role in ("email", "staff_id", "person"):
        if words := _words(layout, row, role):
            return (words,)
    whole = " ".join(part for part in (_words(layout, row, "first"), _words(layout, row, "last")) if part)
    return (whole,) if whole else ()


def _day(
    layout: columns.Layout, row: Row, noticed: _Noticed, *, month_first: bool
) -> tuple[int, date | None, str] | None:
    """Return weekday (-1 with a day), day, and letter of the week that stands beside the weekday."""
    index = layout.one("date")
    cell = row.cell(index) if index is not None else None
    if cell is not None and text_of(cell).strip():
        found = read_date(cell, month_first=month_first)
        if found is not None:
            return -1, found, ""
        if layout.one("weekday") is None and (named := read_weekday(text_of(cell))) is not None:
            return named[0], None, named[1]
        noticed.row("timetable_day", row.number, text_of(cell))
        return None
    index = layout.one("weekday")
    cell = row.cell(index) if index is not None else None
    text = text_of(cell).strip()
    if (named := read_weekday(text)) is not None:
        return named[0], None, named[1]
    if (dated := read_date(cell)) is not None:
        return -1, dated, ""
    noticed.row("timetable_day" if text else "timetable_no_day", row.number, text)
    return None


def _span(layout: columns.Layout, row: Row, periods: Sequence[Period], noticed: _Noticed) -> tuple[int, int] | None:
    index = layout.one("starts")
    start = row.cell(index) if index is not None else None
    given = text_of(start).strip()
    begin, end = read_minute(start), None
    if begin is None and given:
        whole = read_range(start) or period_of(given, periods)
        begin, end = whole or (None, None)
    last = layout.one("ends")
    if end is None and last is not None:
        end = read_minute(row.cell(last))
    name = _words(layout, row, "period")
    if (begin is None or end is None) and name:
        whole = period_of(name, periods) or read_range(name)
        if whole is not None:
            begin, end = (begin if begin is not None else whole[0]), (end if end is not None else whole[1])
        elif begin is None:
            noticed.row("timetable_period", row.number, name)
            return None
    if begin is None:
        like_period = re.fullmatch(r"(?i)[a-z]{0,8} ?[0-9]{1,2}", given)
        rule = "timetable_period" if like_period else "timetable_time" if given else "timetable_no_time"
        noticed.row(rule, row.number, given)
        return None
    if end is None:
        noticed.counts["timetable_no_end"] += 1
        end = min(begin + LESSON_MIN, DAY_MIN)
        if noticed.counts["timetable_no_end"] == 1:
            noticed.problems.append(Problem("timetable_no_end", row.number, count=LESSON_MIN))
    if not 0 <= begin < end <= DAY_MIN:
        noticed.row("timetable_backwards", row.number, given or name)
        return None
    return begin, end
