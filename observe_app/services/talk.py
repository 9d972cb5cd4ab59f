"""Claims with their evidence, and action steps."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from observe_app.domain.action_step import ActionStep, StepStatus
from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Invalid
from observe_app.domain.evidence import Claim, ClaimKind, Evidence
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.core import Core

MAX_TITLE = 300
MAX_CLAIM = 20_000


class _Unset(Enum):
    UNSET = "unset"


UNSET: Final = _Unset.UNSET
"""Leaves a field as it is where None means "nothing"."""


def _title(text: str) -> str:
    cleaned = clean_line(text)
    if len(cleaned) > MAX_TITLE:
        raise Invalid("title", cleaned[:40], "too_long", str(MAX_TITLE))
    return cleaned


def _words(field: str, text: str) -> str:
    cleaned = clean_note(text)
    if len(cleaned) > MAX_CLAIM:
        raise Invalid(field, cleaned[:40], "too_long", str(MAX_CLAIM))
    return cleaned


def claims(core: Core, visit_id: str) -> tuple[Claim, ...]:
    """Return a visit's claims by kind and position, each with its evidence."""
    with core.store.read() as unit:
        return unit.talk.claims(visit_id)


def open_claim(core: Core, claim_id: str) -> Opened[Claim]:
    """Return a claim for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.talk.claim(claim_id), unit.seen(("claim", claim_id)))


def add_claim(
    core: Core,
    *,
    visit_id: str,
    kind: ClaimKind,
    title: str = "",
    text: str = "",
    evidence: tuple[str, ...] = (),
    position: float | None = None,
) -> Claim:
    """Add a claim, with the events it rests on; words may follow later.

    Raises:
        Invalid: a text too long.
    """
    with core.store.write("claim.add", scope=visit_id) as unit:
        place = unit.talk.last_position(visit_id) + 1 if position is None else position
        claim = Claim(core.ids.new(), visit_id, kind, _title(title), _words("text", text), place)
        unit.talk.add_claim(claim)
        for event_id in evidence:
            unit.events.get(event_id)
            unit.talk.link(Evidence(visit_id, "claim", claim.id, event_id))
        unit.commit()
        return unit.talk.claim(claim.id)


def edit_claim(
    core: Core,
    *,
    claim_id: str,
    seen: Seen,
    title: str | None = None,
    text: str | None = None,
    kind: ClaimKind | None = None,
    position: float | None = None,
) -> Opened[Claim]:
    """Change a claim; None leaves a field as it is.

    Raises:
        Invalid: a text too long. NotFound: no such id.
    """
    fields: dict[str, Any] = {}
    if title is not None:
        fields["title"] = _title(title)
    if text is not None:
        fields["text"] = _words("text", text)
    if kind is not None:
        fields["kind"] = kind
    if position is not None:
        fields["position"] = position
    visit_id = open_claim(core, claim_id).value.visit_id
    with core.store.write("claim.edit", scope=visit_id, seen=seen) as unit:
        unit.talk.change_claim(claim_id, fields)
        unit.commit()
    return open_claim(core, claim_id)


def delete_claim(core: Core, *, claim_id: str, seen: Seen) -> None:
    """Move a claim to the bin; undo brings it back with its evidence.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_claim(core, claim_id).value.visit_id
    with core.store.write("claim.delete", scope=visit_id, seen=seen) as unit:
        unit.talk.change_claim(claim_id, {"deleted": True})
        unit.commit()


def evidence(core: Core, visit_id: str) -> tuple[Evidence, ...]:
    """Return every link of a visit, in the order they were made."""
    with core.store.read() as unit:
        return unit.talk.evidence(visit_id)


def link(core: Core, *, visit_id: str, target_kind: str, target_id: str, event_id: str) -> None:
    """Link an event to a claim (`target_id` its id) or an answer (`target_id` the item's id).

    Raises:
        NotFound: no such event. Invalid: another kind of target.
    """
    if target_kind not in {"claim", "answer"}:
        raise Invalid("evidence", target_kind, "unknown")
    seen = _link_seen(core, visit_id, target_kind, target_id, event_id)
    with core.store.write("evidence.link", scope=visit_id, seen=seen) as unit:
        unit.events.get(event_id)
        unit.talk.link(Evidence(visit_id, target_kind, target_id, event_id))
        unit.commit()


def unlink(core: Core, *, visit_id: str, target_kind: str, target_id: str, event_id: str) -> None:
    """Take a link away; undo brings it back."""
    seen = _link_seen(core, visit_id, target_kind, target_id, event_id)
    with core.store.write("evidence.unlink", scope=visit_id, seen=seen) as unit:
        unit.talk.unlink(visit_id, target_kind, target_id, event_id)
        unit.commit()


def _link_seen(core: Core, visit_id: str, target_kind: str, target_id: str, event_id: str) -> Seen:
    # A link is there or not: whoever makes or breaks one has seen which.
    from observe_app.domain.ids import natural_id  # noqa: PLC0415

    with core.store.read() as unit:
        return unit.seen(("evidence", natural_id("evidence", visit_id, target_kind, target_id, event_id)))


def steps(core: Core, visit_id: str) -> tuple[ActionStep, ...]:
    """Return a visit's action steps in order."""
    with core.store.read() as unit:
        return unit.talk.steps(visit_id)


def open_step(core: Core, step_id: str) -> Opened[ActionStep]:
    """Return a step for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.talk.step(step_id), unit.seen(("action_step", step_id)))


def add_step(
    core: Core,
    *,
    visit_id: str,
    text: str,
    owner_id: str | None = None,
    due: date | None = None,
    help: str = "",  # noqa: A002  (the field\'s word)
) -> ActionStep:
    """Add an action step; without an owner it is the visit's teacher's.

    Raises:
        Invalid: a text too long.
    """
    with core.store.write("step.add", scope=visit_id) as unit:
        step = ActionStep(
            id=core.ids.new(),
            visit_id=visit_id,
            text=_words("step", text),
            owner_id=owner_id or unit.visits.get(visit_id).teacher_id,
            due=due,
            help=_words("help", help),
        )
        unit.talk.add_step(step)
        unit.commit()
        return unit.talk.step(step.id)


def edit_step(
    core: Core,
    *,
    step_id: str,
    seen: Seen,
    text: str | None = None,
    owner_id: str | _Unset | None = UNSET,
    due: date | _Unset | None = UNSET,
    help: str | None = None,  # noqa: A002  (the field's word)
    status: StepStatus | None = None,
) -> Opened[ActionStep]:
    """Change a step; None (or `UNSET` where None means nobody or no day) leaves a field as it is.

    Raises:
        Invalid: a text too long. NotFound: no such id.
    """
    fields: dict[str, Any] = {}
    if text is not None:
        fields["text"] = _words("step", text)
    if owner_id is not UNSET:
        fields["owner_id"] = owner_id
    if due is not UNSET:
        fields["due"] = due
    if help is not None:
        fields["help"] = _words("help", help)
    if status is not None:
        fields["status"] = status
    visit_id = open_step(core, step_id).value.visit_id
    with core.store.write("step.edit", scope=visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, fields)
        unit.commit()
    return open_step(core, step_id)


def delete_step(core: Core, *, step_id: str, seen: Seen) -> None:
    """Move a step to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_step(core, step_id).value.visit_id
    with core.store.write("step.delete", scope=visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, {"deleted": True})
        unit.commit()
