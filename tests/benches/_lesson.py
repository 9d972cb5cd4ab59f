"""A visit as full as one gets, for the benches: 10,000 events of every kind, as a very busy hour leaves them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.services import visits

if TYPE_CHECKING:
    from observe_app.services.core import Core

EVENTS = 10_000
_STEP_MS = 330


def filled_lesson(core: Core, count: int = EVENTS, *, form_id: str = "question-log", only_notes: bool = False) -> str:
    """Plan and begin a visit and store so many mixed events: of ten six notes, three tallies, one timer swap.

    The last of them happened just now. Every third event, where it is a note, has more words than fit into one line.

    Args:
        core: the open data folder.
        count: how many.
        form_id: of the visit's form.
        only_notes: store nothing but notes.
    """
    visit = visits.plan(core, form_id=form_id)
    began = core.clock.now() - timedelta(milliseconds=count * _STEP_MS)
    visits.begin(core, visit_id=visit.id, at=began)
    form = visits.form_of(visits.get(core, visit.id))
    items = form.items if form else ()
    counted = [item.id for item in items if item.kind == "tally"] or [""]
    timed = [item.id for item in items if item.kind == "timer"]
    events = []
    for number in range(count):
        fields: dict[str, object] = {
            "kind": EventKind.NOTE,
            "text": f"Moves to table {number % 9}, reads without a word. " * (1 + number % 4 * (number % 3 == 0)),
        }
        if number % 10 in {2, 5, 8} and not only_notes:
            fields = {"kind": EventKind.TALLY, "item": counted[number % len(counted)]}
        elif number % 10 == 9 and timed and not only_notes:
            fields = {"kind": EventKind.START, "item": timed[number // 10 % len(timed)]}
        else:
            fields |= {
                "speaker": f"S{number % 30}" if number % 2 else "T",
                "tags": ("wait",) if number % 3 == 0 else (),
            }
            fields |= {"starred": number % 97 == 0}
        offset = number * _STEP_MS
        wall = began + timedelta(milliseconds=offset)
        events.append(Event(id=core.ids.new(), visit_id=visit.id, offset_ms=offset, wall=wall, **fields))  # type: ignore[arg-type]
    with core.store.write("import.notes", scope=visit.id) as unit:
        unit.events.add_many(events)
        unit.commit()
    return visit.id
