"""Days in cells of a table, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from observe_app.services.exchange.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.services.exchange.tables import Cell

DAY_FIRST, MONTH_FIRST = "day", "month"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})([-/. ]+)(\d{1,2})[-/. ]+(\d{4}|\d{2})(?:,? .*)?")
_CENTURY = 70


def read_day(cell: Cell, order: str) -> date | None:
    """Return the day that a cell names, None for none.

    Args:
        cell: a date of a workbook, or text: 2026-03-11, 2026-03 (the first of it), 11.03.2026, 11/3/26.
        order: whether the day or the month comes first where the year stands last; "" takes either that fits.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    text = text_of(cell).strip()
    if len(text) > 40:
        return None
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _PARTS.fullmatch(text):
        year = int(found[4])
        if year < 100:
            year += 2000 if year < _CENTURY else 1900
        one, two = int(found[1]), int(found[3])
        if order == MONTH_FIRST:
            return _day(year, one, two)
        day = _day(year, two, one)
        return day if day is not None or order == DAY_FIRST else _day(year, one, two)
    return None


def day_order(cells: Iterable[Cell]) -> tuple[str, bool]:
    """Return whether days or months come first in a column, and whether that had to be guessed.

    Dots mean day first. Slashes and dashes are told by numbers above twelve; without any the day is taken to be first.
    """
    day = month = dots = open_ = 0
    for cell in cells:
        found = _PARTS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None:
            continue
        one, two = int(found[1]), int(found[3])
        dots += "." in found[2]
        day += one > 12
        month += two > 12
        open_ += one <= 12 and two <= 12 and one != two and "." not in found[2]
    if month > day and not dots:
        return MONTH_FIRST, False
    return DAY_FIRST, bool(open_) and not day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
