"""Readings of a goal's measure, and of outcomes beside it: typed one by one, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.errors import Invalid
from observe_app.domain.groups.goal import Reading
from observe_app.services.groups.goals import checked_value
from observe_app.services.groups.groups import checked_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

MAX_N = 1_000_000
MAX_SERIES = 100
"""Characters of an outcome's name."""


class ReadingFields(TypedDict, total=False):
    """What can be changed of a reading."""

    on: date
    value: float
    n: int | None
    series: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """The readings of one series by day. `name`: "" for the goal's own measure."""

    name: str
    readings: tuple[Reading, ...]


def checked_fields(fields: ReadingFields) -> ReadingFields:
    """Return the fields cleaned.

    Raises:
        Invalid: no number, a number out of anything, an n below one, a text too long.
    """
    found = ReadingFields(**fields)
    if "value" in found:
        value = checked_value("value", found["value"])
        if value is None:
            raise Invalid("value", "", "empty")
        found["value"] = value
    n = found.get("n")
    if n is not None and not 1 <= n <= MAX_N:
        raise Invalid("n", str(n), "out_of_range", f"1–{MAX_N}")
    if "series" in found:
        found["series"] = checked_line("series", found["series"], MAX_SERIES)
    if "note" in found:
        found["note"] = checked_line("note", found["note"])
    if "source" in found:
        found["source"] = checked_line("source", found["source"])
    return found


def add(
    core: Core,
    *,
    goal_id: str,
    on: date,
    value: float,
    n: int | None = None,
    series: str = "",
    note: str = "",
    source: str = "",
) -> Reading:
    """Write down a reading; `n` says how many it rests on.

    Raises:
        NotFound: no such goal. Invalid: as `checked_fields`.
    """
    values = checked_fields({"on": on, "value": value, "n": n, "series": series, "note": note, "source": source})
    with core.store.write("reading.add") as unit:
        goal = unit.groups.goals.get(goal_id)
        reading = Reading(core.ids.new(), goal_id, group_id=goal.group_id, **values)
        unit.groups.readings.add(reading)
        unit.commit()
    return reading


def open_reading(core: Core, reading_id: str) -> Opened[Reading]:
    """Return a reading for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.groups.readings.get(reading_id), unit.seen(("reading", reading_id)))


def edit(core: Core, *, reading_id: str, seen: Seen = NOTHING_SEEN, **fields: Unpack[ReadingFields]) -> Opened[Reading]:
    """Change fields of a reading.

    Raises:
        NotFound: no such id. Invalid: as `checked_fields`.
    """
    with core.store.write("reading.edit", seen=seen) as unit:
        unit.groups.readings.change(reading_id, checked_fields(fields))
        unit.commit()
    return open_reading(core, reading_id)


def delete(core: Core, *, reading_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a reading to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("reading.delete", seen=seen) as unit:
        unit.groups.readings.remove(reading_id)
        unit.commit()


def of_goal(core: Core, goal_id: str) -> tuple[Reading, ...]:
    """Return the readings of a goal and of the outcomes beside it, by day."""
    with core.store.read() as unit:
        return unit.groups.readings.find(goal_id=goal_id, order="on")


def lines(found: Iterable[Reading]) -> tuple[Line, ...]:
    """Return readings by series, the goal's own measure first, then outcomes by name."""
    by: dict[str, list[Reading]] = {}
    for one in found:
        by.setdefault(one.series, []).append(one)
    return tuple(
        Line(name, tuple(sorted(by[name], key=lambda one: (one.on, one.id))))
        for name in sorted(by, key=lambda one: (bool(one), one.casefold(), one))
    )
