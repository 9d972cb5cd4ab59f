"""A group with its people and a session of it, as the tests of sessions need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from observe_app.services import people
from observe_app.services.groups import groups
from observe_app.services.sessions import items, sessions

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core

NAMES = ("Amina Diallo-Žižek", "Joonas Brandt", "Mei Lindqvist")
START = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Meeting:
    """A planned session of a group of three, with an agenda of 10, 20 and 15 minutes."""

    group: str
    people: tuple[Person, ...]
    session: str
    lines: tuple[str, ...]


def meeting(core: Core, **fields: object) -> Meeting:
    """Plan it."""
    group = groups.add(core, name="Talk in maths")
    known = tuple(people.add(core, name=name) for name in NAMES)
    groups.add_members(core, group_id=group.id, person_ids=[one.id for one in known])
    values = {"title": "Wait time, week 2", "group_id": group.id, "start": START, "minutes": 60} | fields
    session = sessions.plan(core, **values)  # type: ignore[arg-type]  # what a test changes is known to it
    lines = items.add_lines(core, session_id=session.id, text="Welcome 10\nTwo clips 20\n\nPlan a trial 15 min\n")
    return Meeting(group.id, known, session.id, tuple(one.id for one in lines))
