"""Action steps through the term: what was agreed with a teacher, and what later visits showed of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.visit import VisitFilter

if TYPE_CHECKING:
    from observe_app.domain.action_step import ActionStep
    from observe_app.domain.event import Event
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_MOST_VISITS = 500


@dataclass(frozen=True, slots=True)
class StepSighting:
    """A moment of a visit that shows a step."""

    visit: Visit
    event: Event


@dataclass(frozen=True, slots=True)
class StepCourse:
    """A step with the visit it was agreed after, and the moments that show it, in order of time."""

    step: ActionStep
    visit: Visit
    sightings: tuple[StepSighting, ...] = ()


@dataclass(frozen=True, slots=True)
class TeacherSteps:
    """The steps of one teacher.

    Attributes:
        courses: in order of the visits they come from. later: visits to this teacher after the one asked about that
            have begun or are planned, the next one first.
    """

    courses: tuple[StepCourse, ...] = ()
    later: tuple[Visit, ...] = ()

    def of_visit(self, visit_id: str) -> tuple[StepCourse, ...]:
        """Return the steps agreed after one visit."""
        return tuple(course for course in self.courses if course.visit.id == visit_id)


def of_teacher(core: Core, visit_id: str) -> TeacherSteps:
    """Return the steps agreed with the teacher of a visit, after whichever of their visits.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        here = unit.visits.get(visit_id)
        found = {visit_id: here}
        if here.teacher_id is not None:
            wanted = VisitFilter(person_id=here.teacher_id, limit=_MOST_VISITS)
            for row in unit.visits.listing(wanted):
                visit = unit.visits.get(row.id)
                if visit.teacher_id == here.teacher_id:
                    found[visit.id] = visit
        ordered = sorted(found.values(), key=_when)
        sightings: dict[str, list[StepSighting]] = {}
        for visit in ordered:
            links = [one for one in unit.talk.evidence(visit.id) if one.target_kind == "step" and one.event_id]
            for one in links:
                sightings.setdefault(one.target_id, []).append(StepSighting(visit, unit.events.get(one.event_id)))
            for seen in sightings.values():
                seen.sort(key=lambda sighting: (_when(sighting.visit), sighting.event.offset_ms))
        courses = tuple(
            StepCourse(step, visit, tuple(sightings.get(step.id, ())))
            for visit in ordered
            for step in unit.talk.steps(visit.id)
        )
    later = tuple(visit for visit in ordered if visit.id != visit_id and _when(visit) > _when(here))
    return TeacherSteps(courses, later)


def _when(visit: Visit) -> tuple[str, str]:
    moment: datetime | None = visit.started or visit.start or visit.created
    return (moment.isoformat() if moment is not None else "", visit.id)
