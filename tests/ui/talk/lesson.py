"""A lesson that was observed, for the tests of Talk and Follow up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.services import notes, people, visits

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.people import Person
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

LINES = (
    (534, 'T "What could be the same about these two bars?"', True),
    (722, 'T "Nobody answers yet. Look at the two bars and think."', True),
    (733, 'S3 "The thirds are bigger pieces, so you can\'t just add them up."', False),
    (1872, "S20 Table 6: looking at the window, sheet empty. Élève silencieux.", False),
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a test needs of the lesson."""

    visit: Visit
    teacher: Person
    observer: Person
    notes: tuple[Event, ...]


def record_lesson(core: Core, *, empty: bool = False) -> Lesson:
    """Record a lesson with four notes that has ended."""
    teacher = people.add(core, name="Amina Diallo-Žižek")
    observer = people.add(core, name="Joonas Papadopoulos")
    visit = visits.plan(
        core,
        teacher_id=teacher.id,
        observer_id=observer.id,
        class_name="Year 8",
        subject="Mathematics",
        start=core.clock.now(),
        focus="How can I give pupils more time to think before anyone answers?",
    )
    visits.begin(core, visit_id=visit.id)
    made = () if empty else LINES
    written = tuple(
        notes.add(core, visit_id=visit.id, line=line, offset_ms=seconds * 1000, starred=starred)
        for seconds, line, starred in made
    )
    return Lesson(visits.finish(core, visit_id=visit.id), teacher, observer, written)
