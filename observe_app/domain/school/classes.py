"""Classes of a school, and the times that its people teach or are not free."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class SlotKind(StrEnum):
    """What somebody does in a slot of a timetable."""

    TEACHING = "teaching"
    BUSY = "busy"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class.

    Attributes:
        size: None where nobody said. term_id: the year or term it belongs to, "" for any.
        teacher_ids: who teaches it. seating: a plan as a visit keeps it, JSON, "" for none.
    """

    id: str
    name: str
    subject: str = ""
    year_group: str = ""
    size: int | None = None
    room: str = ""
    building: str = ""
    term_id: str = ""
    teacher_ids: tuple[str, ...] = ()
    seating: str = ""
    archived: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class LessonSlot:
    """A time that somebody teaches or is not free.

    Attributes:
        kind: one of `SlotKind`. weekday: 0 Monday to 6, -1 where `on` names one day.
        start_min, end_min: minutes from midnight, local time of the school, half-open.
        week: "" every week, else its letter. source: file it came from. batch: one import.
    """

    id: str
    person_id: str
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
    source: str = ""
    batch: str = ""
    deleted: bool = False


def class_key(name: str) -> tuple[tuple[int, str], ...]:
    """Return what classes are sorted by: numbers by what they are worth, so that 7a comes before 10a."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (1 << 40, part) for part in parts)
