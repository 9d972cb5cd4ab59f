"""Answers to a form's items, and the four ways of having no value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class Absence(StrEnum):
    """Why there is no value. None of them is a zero."""

    UNANSWERED = "unanswered"
    NOT_LOOKED_FOR = "not_looked_for"
    NOT_SEEN = "not_seen"
    NOT_APPLICABLE = "not_applicable"


AnswerValue = str | int | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the observer answered to one item of one visit.

    Attributes:
        value: "yes" or "no" for a check; the level's number (1 is the lowest) for a rating; an option's id for a
            choice, a tuple of them in the form's order for choices; a number; text for a text item;
            None when `absence` says why.
        absence: None when there is a value.
        at: when it was given, aware UTC.
    """

    visit_id: str
    item: str
    value: AnswerValue = None
    absence: Absence | None = Absence.UNANSWERED
    comment: str = ""
    at: datetime | None = None
