"""The seating plan of a visit, plans of the same class to take over, and who spoke on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened
from observe_app.domain.errors import Invalid
from observe_app.domain.event import EventKind
from observe_app.domain.participation import Participation, is_press, is_spoken_note, participation
from observe_app.domain.seating import SeatingPlan, dumps, everybody_here, loads

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.changes import Seen
    from observe_app.domain.event import Event
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan of the same class.

    Attributes:
        visit_id: whose plan it is. class_name: as that visit writes it.
        at: when that lesson was, aware UTC, in the zone `zone`; None where nobody knows.
        plan: with everybody there.
    """

    visit_id: str
    class_name: str
    at: datetime | None
    zone: str
    plan: SeatingPlan


def plan_of(core: Core, visit_id: str) -> SeatingPlan | None:
    """Return a visit's plan, None where it has none.

    Raises:
        NotFound: no such visit. Invalid: what is stored is no plan, or a newer program's.
    """
    return open_plan(core, visit_id).value


def open_plan(core: Core, visit_id: str) -> Opened[SeatingPlan | None]:
    """Return a visit's plan for an editor.

    Raises:
        NotFound, Invalid: as of `plan_of`.
    """
    with core.store.read() as unit:
        text = unit.visits.get(visit_id).seating
        seen = unit.seen(("visit", visit_id))
    return Opened(loads(text) if text else None, seen)


def seen_of(core: Core, visit: Visit) -> Seen:
    """Return what stands behind the plan of a visit as it was read, for an editor that opens on it."""
    from observe_app.services import history  # noqa: PLC0415  (only where a plan is edited)

    return history.seen_as_shown(core, table="visit", row=visit.id, shown={"seating": visit.seating})


def set_plan(core: Core, *, visit_id: str, plan: SeatingPlan | None, seen: Seen | None = None) -> None:
    """Keep a plan for a visit; None, or one without seats, takes it away. Undo brings the one before.

    Args:
        core: the open data folder.
        visit_id: the visit.
        plan: the whole plan.
        seen: what of the visit was on screen; None for what is stored now.

    Raises:
        NotFound: no such visit. Invalid: the plan would not be read again.
    """
    text = dumps(plan) if plan is not None and plan.seats else ""
    loads(text)
    with core.store.write("visit.seating", scope=visit_id) as unit:
        unit.visits.get(visit_id)
        unit.see(seen if seen is not None else unit.seen(("visit", visit_id)))
        unit.visits.change(visit_id, {"seating": text})
        unit.commit()


def proposal(core: Core, visit_id: str) -> Proposal | None:
    """Return the newest plan of another visit of the same class, upper and lower case alike; None without one.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        mine = _class(unit.visits.get(visit_id).class_name)
        if not mine:
            return None
        for other_id, name in unit.visits.seated():
            if other_id == visit_id or _class(name) != mine:
                continue
            visit = unit.visits.get(other_id)
            try:
                plan = loads(visit.seating)
            except Invalid:
                continue
            if plan.seats:
                at = visit.started or visit.start or visit.created
                return Proposal(visit.id, visit.class_name, at, visit.zone, everybody_here(plan))
    return None


def participation_of(core: Core, visit_id: str, plan: SeatingPlan | None = None) -> Participation:
    """Return who spoke to whom in a visit.

    Args:
        core: the open data folder.
        visit_id: the visit.
        plan: None for the visit's own.

    Raises:
        NotFound: no such visit. Invalid: as of `plan_of`, without `plan`.
    """
    with core.store.read() as unit:
        seats = loads(unit.visits.get(visit_id).seating) if plan is None else plan
        return participation(seats, unit.events.of_visit(visit_id))


def spoken_events(core: Core, visit_id: str) -> tuple[Event, ...]:
    """Return the presses and notes that say who spoke, by moment."""
    with core.store.read() as unit:
        found = [event for event in unit.events.of_visit(visit_id) if is_press(event) or is_spoken_note(event)]
    return tuple(sorted(found, key=lambda event: (event.offset_ms, event.id)))


def address(core: Core, *, event_id: str, to: str) -> Event:
    """Say to whom somebody on a seat spoke, after the press; "" to the class.

    Raises:
        NotFound: no such event. Invalid: it is no press on a seat, or nobody is written so.
    """
    from observe_app.domain.note_line import parse_note_line  # noqa: PLC0415  (compiles patterns; rarely asked)

    if to and parse_note_line(f"T>{to} x").to != to:
        raise Invalid("to", to[:40], "unknown", "T, S, S7, SS")
    with core.store.read() as found:
        event = found.events.get(event_id)
    if event.kind is not EventKind.TALLY or event.item or not event.speaker:
        raise Invalid("event", event.kind.value, "unknown", EventKind.TALLY.value)
    with core.store.write("happening.spoke", scope=event.visit_id) as unit:
        unit.see(unit.seen(("event", event_id)))
        changed = unit.events.change(event_id, {"to": to})
        unit.commit()
    return changed


def _class(name: str) -> str:
    return " ".join(name.split()).casefold()
