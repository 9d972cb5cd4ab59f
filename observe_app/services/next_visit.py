"""The visit that the two agree on at the end of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import FormInvalid, Invalid, NotFound
from observe_app.domain.visit import Visit
from observe_app.services import visits

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.services.core import Core


def of_visit(core: Core, visit: Visit) -> Visit | None:
    """Return the visit that was agreed on, None while there is none or after it was deleted."""
    if not visit.next_visit_id:
        return None
    with core.store.read() as unit:
        try:
            found = unit.visits.get(visit.next_visit_id)
        except NotFound:
            return None
    return None if found.deleted else found


def agree(core: Core, *, visit_id: str, start: datetime, minutes: int | None = None, focus: str | None = None) -> Visit:
    """Plan the next visit: same teacher, observer, class and form, and the same focus unless another is given.

    Both are one act: undo takes the plan back and the agreement with it.

    Args:
        core: the open data folder.
        visit_id: the visit that is talked about.
        start: when the next one begins, aware.
        minutes: its length; as long as this one was planned when None.
        focus: what to look at; that of this visit when None.

    Raises:
        NotFound: no such visit. Invalid: a start, length or text that the rules refuse, or one is agreed already.
    """
    with core.store.read() as reading:
        visit = reading.visits.get(visit_id)
        seen = reading.seen(("visit", visit_id))
    if of_visit(core, visit) is not None:
        raise Invalid("visit", visit.next_visit_id, "taken")
    values = visits.checked_fields(
        {
            "start": start,
            "minutes": visit.minutes if minutes is None else minutes,
            "focus": visit.focus if focus is None else focus,
        }
    )
    planned = Visit(
        id=core.ids.new(),
        teacher_id=visit.teacher_id,
        observer_id=visit.observer_id,
        class_name=visit.class_name,
        subject=visit.subject,
        room=visit.room,
        class_size=visit.class_size,
        zone=core.clock.zone_name(),
        looking_for=visit.looking_for if values["focus"] == visit.focus else "",
        led=visit.led,
        agreed_items=visit.agreed_items,
        created=core.clock.now(),
        start=values["start"],
        minutes=values["minutes"],
        focus=values["focus"],
        **_form_fields(core, visit),  # type: ignore[arg-type]
    )
    with core.store.write("visit.plan", scope=visit_id, seen=seen) as unit:
        unit.visits.add(planned)
        unit.visits.change(visit_id, {"next_visit_id": planned.id})
        unit.commit()
        return unit.visits.get(planned.id)


def _form_fields(core: Core, visit: Visit) -> dict[str, object]:
    """Return the form as it is today; as this visit used it where it is gone or broken."""
    if not visit.form_id:
        return {}
    try:
        return visits.form_fields(core.catalogue.form(visit.form_id))
    except (NotFound, FormInvalid):
        return {
            "form_id": visit.form_id,
            "form_version": visit.form_version,
            "form_title": visit.form_title,
            "form_snapshot": visit.form_snapshot,
        }
