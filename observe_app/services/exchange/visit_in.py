"""The visit that an import makes, or the one that it goes to."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Ambiguous
from observe_app.domain.people import Person
from observe_app.domain.visit import Stage, Visit
from observe_app.services import visits
from observe_app.services.exchange.problems import shortened

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit


def add_visit(
    core: Core,
    work: WriteUnit,
    visit_id: str,
    *,
    path: Path,
    teacher: str,
    start: datetime | None,
    last_ms: int,
    form: Form | None = None,
) -> None:
    """Keep a new visit that was observed already.

    Args:
        core: the open data folder.
        work: the action.
        visit_id: its id.
        path: the file; its name becomes the topic.
        teacher: name of the teacher, found or added; "" leaves it open.
        start: start of the lesson, aware; None where nobody knows it.
        last_ms: length of the lesson as far as the file tells.
        form: the form it uses.

    Raises:
        Ambiguous: several people have the teacher's name.
    """
    moment = require_utc(start) if start is not None else None
    visit = Visit(
        id=visit_id,
        stage=Stage.TALK,
        teacher_id=person_named(core, work, teacher) if teacher else None,
        observer_id=core.settings.get().me_id,
        topic=shortened(path.stem, 100),
        start=moment,
        started=moment,
        ended=moment + timedelta(milliseconds=last_ms) if moment is not None else None,
        minutes=min(max(math.ceil(last_ms / 60_000), 1), 600),
        zone=core.clock.zone_name(),
        source="imported",
        created=core.clock.now(),
        **(visits.form_fields(form) if form is not None else {}),  # type: ignore[arg-type]
    )
    work.visits.add(visit)


def mark_observed(work: WriteUnit, visit_id: str, last_ms: int, fields: dict[str, object] | None = None) -> None:
    """Change fields of a visit; a planned one whose record arrives has been observed and goes on to Talk."""
    visit = work.visits.get(visit_id)
    changes = dict(fields or {})
    if visit.stage is Stage.PREPARE:
        changes["stage"] = Stage.TALK
        if visit.start is not None and visit.started is None:
            changes |= {"started": visit.start, "ended": visit.start + timedelta(milliseconds=max(last_ms, 0))}
    if changes:
        # The importer saw the visit in its list a moment ago; nothing else of it is changed.
        work.see(work.seen(("visit", visit_id)))
        work.visits.change(visit_id, changes)


def on_the_wall(first: datetime | None, zone: str) -> datetime | None:
    """Return the aware moment of a file's local date and time, None without one."""
    if first is None:
        return None
    try:
        return require_utc(first.replace(tzinfo=ZoneInfo(zone)))
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return None


def person_named(core: Core, work: WriteUnit, name: str) -> str:
    """Return the id of the person of this name, who is added where nobody has it.

    Raises:
        Ambiguous: several people have it.
    """
    found = work.people.named(name)
    if len(found) > 1:
        raise Ambiguous("person", name, tuple(person.id for person in found))
    if found:
        return found[0].id
    person = Person(core.ids.new(), name)
    work.people.add(person)
    return person.id
