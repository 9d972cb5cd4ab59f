"""People and the roles they have, per visit or as a habit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

from observe_app.domain.errors import Invalid

MAX_NAME = 200


# Part of how names are written: علی‌رضا, क्‍ष, and of joined signs.
_JOINERS = "\u200c\u200d"


class Role(StrEnum):
    """What a person does in a visit; anyone can be each of them."""

    TEACHER = "teacher"
    OBSERVER = "observer"
    COACH = "coach"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague. `roles` are habits that order pickers, never rights; `language` is the one they like to read.

    Attributes:
        photo: SHA-256 of the kept file, "" for none. building: where they usually teach.
        manager_id: their line manager, "" for none. week_load: visits in a week at most, None for any number.
        left_on: last day, None while they stay. merged_into: id of the person this one turned out to be, "" for none.
    """

    id: str
    name: str
    email: str = ""
    staff_id: str = ""
    subjects: str = ""
    roles: tuple[Role, ...] = ()
    archived: bool = False
    deleted: bool = False
    language: str = ""
    card: str = ""
    pronouns: str = ""
    photo: str = ""
    building: str = ""
    manager_id: str = ""
    week_load: int | None = None
    left_on: date | None = None
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person's role in one visit."""

    visit_id: str
    person_id: str
    role: Role
    name: str = ""


def clean_line(text: str) -> str:
    """Return the text on one line without control characters and outer or doubled spaces."""
    return " ".join("".join(c if c.isprintable() or c in _JOINERS else " " for c in text).split())


def checked_name(name: str) -> str:
    """Return a name fit to be kept.

    Raises:
        Invalid: empty, or longer than `MAX_NAME` characters.
    """
    cleaned = clean_line(name)
    if not cleaned.strip(_JOINERS + " "):
        raise Invalid("name", name[:40], "empty")
    if len(cleaned) > MAX_NAME:
        raise Invalid("name", cleaned[:40], "too_long", str(MAX_NAME))
    return cleaned


def is_gone(person: Person, today: date) -> bool:
    """Tell whether somebody is no longer here: put among those who left, or past their last day."""
    return person.archived or (person.left_on is not None and person.left_on < today)
