"""BORIS projects in: each observation becomes a visit, the ethogram the form they are counted and timed by.

What has no place in a form is kept as a note. A state that starts and never ends is reported with its place and kept
as a start without an end: the views let it run to the end of the observation, and no end is invented.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem
from observe_app.domain.form import EVENT_KINDS, Form, ItemKind, text_in
from observe_app.domain.people import checked_name
from observe_app.domain.progress import Progress
from observe_app.domain.visit import MAX_TEXT, Stage, Visit
from observe_app.services import own_forms, visits
from observe_app.services.exchange.boris_events import events_of, speaker_of
from observe_app.services.exchange.boris_file import BorisProject, Observation, read_project
from observe_app.services.exchange.boris_form import Places, mapped_places, own_places
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.visit_in import on_the_wall, person_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from observe_app.domain.event import Event
    from observe_app.services.core import Core

_BATCH = 500
_MAX_MINUTES = 600


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """An observation as a preview lists it. `events`: what it would bring. `minutes`: its length, begun ones whole."""

    name: str
    type: str
    date: datetime | None
    events: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BehaviourRow:
    """A behaviour as a preview lists it.

    Attributes:
        state: it lasts; otherwise it is a moment. events: how many there are in the project.
        items: (id, label) of the items its events would go to; none where they would be notes.
    """

    code: str
    description: str
    state: bool
    events: int
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BorisPreview:
    """What an import of this project would give, before anything is kept.

    Attributes:
        form: the form that would be used; None where there is nothing to count or time.
        subjects: (name, "T", "S7", … or "" where it stays in the words).
    """

    path: Path
    project: str
    form: Form | None
    observations: tuple[ObservationRow, ...]
    behaviours: tuple[BehaviourRow, ...]
    subjects: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportedObservation:
    """A visit that was made of an observation."""

    name: str
    visit_id: str
    events: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BorisResult:
    """What an import did.

    Attributes:
        problems: of the project as a whole; those of an observation stand with it.
        form_id: the form of the visits, "" for none.
    """

    visits: tuple[ImportedObservation, ...]
    problems: tuple[Problem, ...]
    form_id: str

    @property
    def visit_id(self) -> str:
        """The first of the visits."""
        return self.visits[0].visit_id

    @property
    def events(self) -> int:
        """Events of all of them."""
        return sum(one.events for one in self.visits)


def preview(
    path: Path, *, form: Form | None = None, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> BorisPreview:
    """Read a project the way `import_boris` would, and keep nothing.

    Args:
        path: the project, packed or not.
        form: a form to use instead of one made of the ethogram.
        mapping: behaviour to item, as of `import_boris`.
        progress: told while reading.

    Raises:
        FileUnreadable, ImportProblem: as `import_boris`.
    """
    project = read_project(path, progress)
    places = _places(project, form, mapping or {})
    counts: dict[str, int] = {}
    made: list[ObservationRow] = []
    problems = list(_of_project(project, places))
    for place, one in enumerate(project.observations):
        if progress is not None:
            progress.step(place, len(project.observations))
        for event in one.events:
            counts[event.code] = counts.get(event.code, 0) + 1
        found = events_of(one, places, visit_id="", new_id=str)
        problems += found.problems
        made.append(ObservationRow(one.name, one.type, one.date, len(found.events), _minutes(one)))
    labels = {item.id: text_in(item.label, "") for item in places.form.items} if places.form else {}
    behaviours = tuple(
        BehaviourRow(
            one.code,
            one.description,
            one.state,
            counts.get(one.code, 0),
            tuple((item, labels[item]) for item in places.items_of(one.code)),
        )
        for one in project.behaviours
    )
    subjects = tuple((name, speaker_of(name)) for name in _subjects(project))
    return BorisPreview(path, project.name, places.form, tuple(made), behaviours, subjects, tuple(problems))


def import_boris(
    core: Core,
    *,
    path: Path,
    observations: Sequence[str] | None = None,
    teacher: str = "",
    form_id: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> BorisResult:
    """Make a visit of each observation, each as one action that undo takes back whole.

    Args:
        core: the open data folder.
        path: the project, packed or not; nothing in it is ever run, and no film in it is opened.
        observations: their names; None for all.
        teacher: name of the teacher of the visits, found or added; "" leaves it open.
        form_id: a form to use; "" makes one of the ethogram, or takes that of an earlier import of the same project.
        mapping: behaviour to the id of a tally or timer of that form; "" keeps its events as notes. What it does not
            name goes to the item that is called the same.
        progress: told while keeping; a cancelled import keeps the observations that were whole by then.

    Raises:
        FileUnreadable: the file cannot be read.
        ImportProblem: no BORIS project ("not_boris"), no observation in it ("no_rows") or none of this name
            ("no_observation"), or a mapping that does not fit ("no_behaviour", "no_item").
        NotFound, FormInvalid: the form cannot be used.
        Invalid: a teacher's name that cannot be kept. Ambiguous: several people have it.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    name = checked_name(teacher) if teacher.strip() else ""
    project = read_project(path, progress)
    chosen = _chosen(project, observations)
    form = core.catalogue.form(form_id) if form_id else None
    places = _places(project, form, mapping or {})
    progress.step(0, len(chosen))
    if form is None and places.form is not None:
        form = own_forms.adopt(core, places.form, as_new=False)
    made: list[ImportedObservation] = []
    for place, one in enumerate(chosen):
        progress.step(place, len(chosen))
        visit_id = core.ids.new()
        found = events_of(one, places, visit_id=visit_id, new_id=core.ids.new)
        with core.store.write("import.boris", scope=visit_id) as work:
            teacher_id = person_named(core, work, name) if name else None
            work.visits.add(_visit(core, project, one, form, visit_id, teacher_id))
            for begin in range(0, len(found.events), _BATCH):
                work.events.add_many(_batch(found.events, begin))
            work.commit()
        made.append(ImportedObservation(one.name, visit_id, len(found.events), _about(project, one, found.problems)))
    progress.step(len(chosen), len(chosen))
    return BorisResult(tuple(made), _of_project(project, places, own=False), form.id if form else "")


def _batch(events: tuple[Event, ...], begin: int) -> tuple[Event, ...]:
    return events[begin : begin + _BATCH]


def _places(project: BorisProject, form: Form | None, mapping: Mapping[str, str]) -> Places:
    if form is None:
        if mapping:
            raise ImportProblem(project.path, "no_item", next(iter(mapping)), "")
        return own_places(project)
    kinds = {item.id: item.kind for item in form.items if item.kind in EVENT_KINDS}
    for code, item in mapping.items():
        one = project.behaviour(code)
        if one is None:
            known = ", ".join(known.code for known in project.behaviours)
            raise ImportProblem(project.path, "no_behaviour", shortened(code), known[:1000])
        wanted = ItemKind.TIMER if one.state else ItemKind.TALLY
        if item and kinds.get(item) is not wanted:
            fitting = ", ".join(item_id for item_id, kind in kinds.items() if kind is wanted)
            raise ImportProblem(project.path, "no_item", shortened(item), fitting[:1000] or "–")
    return mapped_places(project, form, dict(mapping))


def _chosen(project: BorisProject, names: Sequence[str] | None) -> list[Observation]:
    known = {one.name: one for one in project.observations}
    if not known:
        raise ImportProblem(project.path, "no_rows")
    if names is None:
        return list(known.values())
    for name in names:
        if name not in known:
            raise ImportProblem(project.path, "no_observation", shortened(name), ", ".join(known)[:1000])
    return [known[name] for name in dict.fromkeys(names)]


def _subjects(project: BorisProject) -> tuple[str, ...]:
    used = (event.subject for one in project.observations for event in one.events if event.subject)
    return tuple(dict.fromkeys((*project.subjects, *used)))


def _of_project(project: BorisProject, places: Places, *, own: bool = True) -> tuple[Problem, ...]:
    """Return what concerns the project as a whole; with `own` also what its observations say of themselves."""
    kept = [name for name in _subjects(project) if not speaker_of(name)]
    problems = [one for one in project.problems if own or not one.observation]
    problems += places.problems
    if kept:
        problems.append(Problem("boris_subjects_kept", found=shortened(", ".join(kept), 200)))
    return tuple(problems)


def _about(project: BorisProject, one: Observation, more: Sequence[Problem]) -> tuple[Problem, ...]:
    return (*(problem for problem in project.problems if problem.observation == one.name), *more)


# -- the visit


def _minutes(one: Observation) -> int:
    return min(max(math.ceil(one.end_ms / 60_000), 1), _MAX_MINUTES)


def _visit(
    core: Core, project: BorisProject, one: Observation, form: Form | None, visit_id: str, teacher_id: str | None
) -> Visit:
    zone = core.clock.zone_name()
    start = on_the_wall(one.date, zone)
    return Visit(
        id=visit_id,
        stage=Stage.TALK,
        teacher_id=teacher_id,
        observer_id=core.settings.get().me_id,
        topic=one.name,
        start=start,
        started=start,
        ended=start + timedelta(milliseconds=one.end_ms) if start is not None else None,
        minutes=_minutes(one),
        zone=zone,
        context=_context(project, one),
        source="imported",
        created=core.clock.now(),
        **(visits.form_fields(form) if form is not None else {}),  # type: ignore[arg-type]
    )


def _context(project: BorisProject, one: Observation) -> str:
    """Return what the project says of an observation, a line each."""
    parts = [
        one.description,
        "\n".join(f"{label}: {value}" for label, value in one.variables),
        f"BORIS: {project.name} ({', '.join((one.type, *one.media))})",
    ]
    return "\n\n".join(part for part in parts if part)[:MAX_TEXT].strip()
