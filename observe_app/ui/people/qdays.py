"""Days between fields and the rest of the program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDateEdit


def to_qdate(day: date) -> QDate:
    """Return a day as fields take it."""
    return QDate(day.year, day.month, day.day)


def day_of(edit: QDateEdit) -> date:
    """Return the day of a field."""
    found = edit.date()
    return date(found.year(), found.month(), found.day())
