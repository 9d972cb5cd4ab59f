"""A lesson with a form, counts and a private note, for the tests of views, answers and filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.services import answers, people, visits

if TYPE_CHECKING:
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

MINUTE = 60_000
FORM = "general-peer-observation"


@dataclass(frozen=True, slots=True)
class Counted:
    """Ids a test needs."""

    visit: Visit
    ratings: tuple[str, ...]
    phase: str


def counted_lesson(core: Core, *, notes: int = 6) -> Counted:
    """Record a lesson: notes by turns of T, S4 and S7, every second tagged, the last one private; two phases."""
    teacher = people.add(core, name="Amina Diallo-Žižek")
    visit = visits.plan(core, teacher_id=teacher.id, form_id=FORM, start=core.clock.now(), focus="Who thinks?")
    visits.begin(core, visit_id=visit.id)
    events = [
        Event(
            core.ids.new(),
            visit.id,
            EventKind.NOTE,
            1000 + number * MINUTE // 2,
            text=f"note {number} says what was seen",
            speaker=("T", "S4", "S7")[number % 3],
            tags=("open",) if number % 2 == 0 else (),
            starred=number == 0,
            private=number == notes - 1,
        )
        for number in range(notes)
    ]
    phases = [
        Event(core.ids.new(), visit.id, EventKind.PHASE, at, text=name)
        for at, name in ((0, "Starter"), (notes * MINUTE // 4, "Pairs"))
    ]
    with core.store.write("import.notes", scope=visit.id) as unit:
        unit.events.add_many([*events, *phases])
        unit.commit()
    form = visits.form_of(visits.get(core, visit.id))
    ratings = tuple(item.id for item in form.items if item.kind == "rating") if form is not None else ()
    seen = answers.open_answer(core, visit_id=visit.id, item=ratings[0]).seen
    answers.give(core, visit_id=visit.id, item=ratings[0], value=3, seen=seen)
    return Counted(visits.finish(core, visit_id=visit.id), ratings, phases[0].id)
