"""Makes visits of a round's pairings: with teacher, observer, class, start and form, ready to be prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.rounds.round import Pairing, PairingState
from observe_app.domain.visit import Visit
from observe_app.services.exchange.round_calendar import moment_of
from observe_app.services.visits import checked_fields, form_fields

if TYPE_CHECKING:
    from collections.abc import Collection

    from observe_app.domain.rounds.round import VisitRound
    from observe_app.services.core import Core
    from observe_app.services.visits import VisitFields


def make_visits(
    core: Core, *, round_id: str, form_id: str = "", pairing_ids: Collection[str] | None = None
) -> tuple[Visit, ...]:
    """Make a visit of every pairing that has a time and none yet, as one step that undo takes back.

    Args:
        core: the open data folder.
        round_id: the round.
        form_id: the form of the visits, "" for none yet.
        pairing_ids: only these; all of them when None.

    Raises:
        NotFound: no such round or form. FormInvalid: the form cannot be used.
    """
    form = core.catalogue.form(form_id) if form_id else None
    values = form_fields(form) if form else {}
    made = []
    with core.store.write("round.invite") as unit:
        kept = unit.rounds.rounds.get(round_id)
        for one in unit.rounds.pairings.find(round_id=round_id, order="position"):
            if (
                not one.counts
                or one.on is None
                or one.visit_id
                or (pairing_ids is not None and one.id not in pairing_ids)
            ):
                continue
            visit = Visit(
                id=core.ids.new(),
                teacher_id=one.teacher_id,
                observer_id=one.observer_id,
                created=core.clock.now(),
                **checked_fields(_fields(kept, one)),
                **values,  # type: ignore[arg-type]  # of the form, by name
            )
            unit.visits.add(visit)
            unit.rounds.pairings.change(one.id, {"visit_id": visit.id, "state": PairingState.INVITED.value})
            made.append(visit.id)
        unit.commit()
        return tuple(unit.visits.get(one) for one in made)


def _fields(kept: VisitRound, one: Pairing) -> VisitFields:
    fields: VisitFields = {
        "class_name": one.class_name,
        "subject": one.subject,
        "room": one.room,
        "zone": kept.zone,
    }
    if one.on is not None and one.start_min is not None and one.end_min is not None:
        fields["start"] = moment_of(one.on, one.start_min, kept.zone)
        fields["minutes"] = one.end_min - one.start_min
    return fields
