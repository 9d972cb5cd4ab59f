"""A survey, what only its organiser has of it, and one filled survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.form import Form, ItemKind
from observe_app.domain.people import clean_line

if TYPE_CHECKING:
    from observe_app.domain.form import Item

LEAST = 5
"""Answers from which results of an anonymous survey appear; a survey may ask for more, never for fewer."""
MOST_LEAST = 50
MAX_TITLE = 200

ASKED_KINDS = frozenset({
    ItemKind.CHECK, ItemKind.RATING, ItemKind.CHOICE, ItemKind.CHOICES, ItemKind.NUMBER, ItemKind.TEXT,
})  # fmt: skip
"""What a survey can ask; events of a lesson have no place in it."""


class SurveyKind(StrEnum):
    """What a survey is for."""

    SURVEY = "survey"
    PULSE = "pulse"
    BEFORE = "before"
    AFTER = "after"
    NEEDS = "needs"


class SurveyState(StrEnum):
    """How far a survey is. A draft stays with its organiser; opened, it is another record that everybody reads."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as everybody asked may read it; nothing in it says who was asked or who answered.

    Attributes:
        series_id: shared by all rounds of a pulse, and by before and after; "" for none.
        kind: of `SurveyKind`. content: the form, TOML. least: answers from which results appear.
        key: age recipient that answers are encrypted to, "" for a draft.
        opens, closes: first and last day, None for none said. state: of `SurveyState`.
        organiser_id: id of the person who made it, on every computer the one of their card.
    """

    id: str
    title: str
    content: str
    created: datetime
    group_id: str = ""
    session_id: str = ""
    series_id: str = ""
    kind: str = SurveyKind.SURVEY
    anonymous: bool = True
    least: int = LEAST
    key: str = ""
    opens: date | None = None
    closes: date | None = None
    state: str = SurveyState.DRAFT
    organiser_id: str = ""
    deleted: bool = False

    def takes_answers(self, today: date) -> bool:
        """Tell whether it can be answered on a day."""
        return (
            self.state == SurveyState.OPEN
            and not self.deleted
            and (self.opens is None or self.opens <= today)
            and (self.closes is None or today <= self.closes)
        )


@dataclass(frozen=True, slots=True)
class SurveySecret:
    """What only the organiser has of a survey; its id is the survey's.

    Attributes:
        identity: age identity that opens answers. asked: ids of people; empty where only a group was named.
        batches: how many were released. collector: the installation that takes answers in.
        taken: hashes of the sealed answers that were released, in the order of the hashes.
    """

    id: str
    survey_id: str
    identity: str = ""
    asked: tuple[str, ...] = ()
    batches: int = 0
    collector: str = ""
    taken: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One filled survey as it was released.

    Attributes:
        batch: number of the batch it came with, 1 for the first.
        person_id, on: of a named survey; "" and None in an anonymous one.
        content: what was answered, JSON; see `sheet.read_content`.
    """

    id: str
    survey_id: str
    content: str
    batch: int = 0
    person_id: str = ""
    on: date | None = None
    deleted: bool = False


def asked_items(form: Form) -> tuple[Item, ...]:
    """Return the items of a form that a survey asks, in order."""
    return tuple(item for item in form.items if item.kind in ASKED_KINDS)


def checked_form(form: Form) -> Form:
    """Return the form as it can be a survey.

    Raises:
        Invalid: `field` "form": rule "events" where it counts or times something (`limit` names that item), "empty"
            where it asks nothing.
    """
    for item in form.items:
        if item.kind not in ASKED_KINDS and item.kind is not ItemKind.GUIDANCE:
            raise Invalid("survey_form", form.id, "events", item.id)
    if not asked_items(form):
        raise Invalid("survey_form", form.id, "empty")
    return form


def checked_title(title: str) -> str:
    """Return a title in one line.

    Raises:
        Invalid: empty or too long.
    """
    text = clean_line(title)
    if not text:
        raise Invalid("title", "", "empty")
    if len(text) > MAX_TITLE:
        raise Invalid("title", text[:40], "too_long", str(MAX_TITLE))
    return text


def checked_least(least: int) -> int:
    """Return from how many answers results appear.

    Raises:
        Invalid: fewer than five, or more than fifty.
    """
    if not LEAST <= least <= MOST_LEAST:
        raise Invalid("least", str(least)[:20], "out_of_range", f"{LEAST}–{MOST_LEAST}")
    return least


def checked_days(opens: date | None, closes: date | None) -> None:
    """See that a survey does not close before it opens.

    Raises:
        Invalid: `field` "closes".
    """
    if opens is not None and closes is not None and closes < opens:
        raise Invalid("closes", closes.isoformat(), "out_of_range", opens.isoformat())
