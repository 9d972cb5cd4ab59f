"""Action steps: agreed in one conversation, looked for in later visits, closed by what both saw there."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from observe_app.domain.action_step import ActionStep, StepRow, StepStatus
from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Invalid
from observe_app.domain.evidence import Evidence
from observe_app.domain.step_closing import Gap, closing_gap
from observe_app.domain.turn import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_WORDS = 20_000
_TARGET = "step"


class _Unset(Enum):
    UNSET = "unset"


UNSET: Final = _Unset.UNSET
"""Leaves a field as it is where None means "nothing"."""


def _words(field: str, text: str) -> str:
    from observe_app.domain.note_line import clean_note  # noqa: PLC0415  (compiles patterns; not needed to start)

    cleaned = clean_note(text)
    if len(cleaned) > MAX_WORDS:
        raise Invalid(field, cleaned[:40], "too_long", str(MAX_WORDS))
    return cleaned


# --- reading ---------------------------------------------------------------------------------------------------------


def of_visit(core: Core, visit_id: str) -> tuple[ActionStep, ...]:
    """Return the steps agreed in a visit's conversation, in order."""
    with core.store.read() as unit:
        return unit.talk.steps(visit_id)


def earlier(core: Core, visit_id: str) -> tuple[StepRow, ...]:
    """Return the teacher's open steps from earlier visits, and those that this visit closed; the oldest first."""
    with core.store.read() as unit:
        return unit.talk.earlier_steps(visit_id)


def open_step(core: Core, step_id: str) -> Opened[ActionStep]:
    """Return a step for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.talk.step(step_id), unit.seen(("action_step", step_id)))


def evidence(core: Core, visit_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return the events of a visit that show steps, by step id, in the order they were linked."""
    with core.store.read() as unit:
        return _evidence(unit, visit_id)


def links(core: Core, visit_id: str) -> Mapping[str, tuple[Evidence, ...]]:
    """Return what of a visit shows steps, events and views, by step id, in the order they were linked."""
    found: dict[str, tuple[Evidence, ...]] = {}
    with core.store.read() as unit:
        for one in unit.talk.evidence(visit_id):
            if one.target_kind == _TARGET:
                found[one.target_id] = (*found.get(one.target_id, ()), one)
    return found


def _pieces(unit: ReadUnit, visit_id: str, step_id: str) -> int:
    return sum(1 for one in unit.talk.evidence(visit_id) if one.target_kind == _TARGET and one.target_id == step_id)


def _evidence(unit: ReadUnit, visit_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in unit.talk.evidence(visit_id):
        if one.target_kind == _TARGET and one.event_id:
            found[one.target_id] = (*found.get(one.target_id, ()), one.event_id)
    return found


# --- agreeing on a step ----------------------------------------------------------------------------------------------


def add(
    core: Core,
    *,
    visit_id: str,
    text: str,
    owner_id: str | None = None,
    due: date | None = None,
    help: str = "",  # noqa: A002  (the field's word)
    practice: str = "",
    notice: str = "",
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
            practice=_words("practice", practice),
            notice=_words("notice", notice),
        )
        unit.talk.add_step(step)
        unit.commit()
        return unit.talk.step(step.id)


def edit(
    core: Core,
    *,
    step_id: str,
    seen: Seen,
    text: str | None = None,
    owner_id: str | _Unset | None = UNSET,
    due: date | _Unset | None = UNSET,
    help: str | None = None,  # noqa: A002  (the field's word)
    practice: str | None = None,
    notice: str | None = None,
    status: StepStatus | None = None,
) -> Opened[ActionStep]:
    """Change a step; None (or `UNSET` where None means nobody or no day) leaves a field as it is.

    A step that is opened again is no longer closed by a visit, and both say anew when they see it.

    Raises:
        Invalid: a text too long. NotFound: no such id.
    """
    fields: dict[str, Any] = {}
    if text is not None:
        fields["text"] = _words("step", text)
    for name, words in (("help", help), ("practice", practice), ("notice", notice)):
        if words is not None:
            fields[name] = _words(name, words)
    if owner_id is not UNSET:
        fields["owner_id"] = owner_id
    if due is not UNSET:
        fields["due"] = due
    before = open_step(core, step_id).value
    if status is not None:
        fields["status"] = status
        if status is StepStatus.OPEN and before.status is not StepStatus.OPEN:
            fields |= {"closed_visit_id": "", "closed": None, "teacher_agrees": False, "observer_agrees": False}
        elif status is not StepStatus.OPEN and before.status is StepStatus.OPEN:
            fields["closed"] = core.clock.now()
    with core.store.write("step.edit", scope=before.visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, fields)
        unit.commit()
    return open_step(core, step_id)


def delete(core: Core, *, step_id: str, seen: Seen) -> None:
    """Move a step to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_step(core, step_id).value.visit_id
    with core.store.write("step.delete", scope=visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, {"deleted": True})
        unit.commit()


# --- closing a step by a later visit ---------------------------------------------------------------------------------


def link(core: Core, *, visit_id: str, step_id: str, event_ids: Sequence[str] = (), views: Sequence[str] = ()) -> int:
    """Make events of a visit, or views of them, evidence that a step was seen; return how many were new to it.

    Raises:
        NotFound: no such step or event. Invalid: an event of another visit.
    """
    with core.store.read() as unit:
        unit.talk.step(step_id)
        made = [Evidence(visit_id, _TARGET, step_id, one) for one in dict.fromkeys(event_ids)]
        made += [Evidence(visit_id, _TARGET, step_id, "", view=one) for one in dict.fromkeys(views)]
        for event_id in event_ids:
            if unit.events.get(event_id).visit_id != visit_id:
                raise Invalid("evidence", event_id, "unknown")
        there = {(one.target_id, one.event_id, one.view) for one in unit.talk.evidence(visit_id)}
        fresh = [one for one in made if (step_id, one.event_id, one.view) not in there]
        seen = unit.seen(*(("evidence", _link_id(visit_id, step_id, one.event_id, one.view)) for one in fresh))
    if not fresh:
        return 0
    with core.store.write("evidence.link", scope=visit_id, seen=seen) as writing:
        for one in fresh:
            writing.talk.link(one)
        writing.commit()
    return len(fresh)


def unlink(core: Core, *, visit_id: str, step_id: str, event_id: str = "", view: str = "") -> None:
    """Take evidence away; undo brings it back."""
    with core.store.read() as unit:
        seen = unit.seen(("evidence", _link_id(visit_id, step_id, event_id, view)))
    with core.store.write("evidence.unlink", scope=visit_id, seen=seen) as writing:
        writing.talk.unlink(visit_id, _TARGET, step_id, event_id, view)
        writing.commit()


def _link_id(visit_id: str, step_id: str, event_id: str, view: str) -> str:
    from observe_app.domain.ids import natural_id  # noqa: PLC0415

    return natural_id("evidence", visit_id, _TARGET, step_id, f"view:{view}" if view else event_id)


def say_seen(core: Core, *, step_id: str, visit_id: str, voice: Voice, agrees: bool, seen: Seen) -> Opened[ActionStep]:
    """Write down that the teacher, the observer or both saw a step done, or no longer say so.

    Args:
        core: the open data folder.
        step_id: the step.
        visit_id: the visit in whose conversation it is said; undo there takes it back.
        voice: who says it.
        agrees: whether it was seen.
        seen: what was shown of the step.

    Raises:
        NotFound: no such id.
    """
    fields = {}
    if voice in (Voice.TEACHER, Voice.BOTH):
        fields["teacher_agrees"] = agrees
    if voice in (Voice.OBSERVER, Voice.BOTH):
        fields["observer_agrees"] = agrees
    with core.store.write("step.seen", scope=visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, fields)
        unit.commit()
    return open_step(core, step_id)


def gap(core: Core, *, step_id: str, visit_id: str) -> Gap:
    """Return what keeps this visit from closing a step.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return closing_gap(unit.talk.step(step_id), visit_id, _pieces(unit, visit_id, step_id))


def close(core: Core, *, step_id: str, visit_id: str, seen: Seen) -> Opened[ActionStep]:
    """Close a step by what this visit showed: both saw it, and at least one event of the visit is linked to it.

    Raises:
        NotFound: no such id. Invalid: something is missing; its `value` is the `Gap`, and nothing is changed.
    """
    with core.store.write("step.close", scope=visit_id, seen=seen) as unit:
        step = unit.talk.step(step_id)
        missing = closing_gap(step, visit_id, _pieces(unit, visit_id, step_id))
        if missing is not Gap.NONE:
            raise Invalid("step", missing.value, "not_yet")
        fields = {"status": StepStatus.DONE, "closed_visit_id": visit_id, "closed": core.clock.now()}
        unit.talk.change_step(step_id, fields)
        unit.commit()
    return open_step(core, step_id)


def reopen(core: Core, *, step_id: str, visit_id: str, seen: Seen) -> Opened[ActionStep]:
    """Open a step again; its evidence stays, and both say anew when they see it.

    Raises:
        NotFound: no such id.
    """
    fields: dict[str, Any] = {"status": StepStatus.OPEN, "closed_visit_id": "", "closed": None}
    return _set(core, step_id, visit_id, seen, fields | {"teacher_agrees": False, "observer_agrees": False})


def drop(core: Core, *, step_id: str, visit_id: str, seen: Seen) -> Opened[ActionStep]:
    """Let a step go that is no longer worth the effort; it stays readable.

    Raises:
        NotFound: no such id.
    """
    fields = {"status": StepStatus.DROPPED, "closed_visit_id": visit_id, "closed": core.clock.now()}
    return _set(core, step_id, visit_id, seen, fields)


def _set(core: Core, step_id: str, visit_id: str, seen: Seen, fields: dict[str, Any]) -> Opened[ActionStep]:
    with core.store.write("step.edit", scope=visit_id, seen=seen) as unit:
        unit.talk.change_step(step_id, fields)
        unit.commit()
    return open_step(core, step_id)
