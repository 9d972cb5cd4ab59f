"""A round's visits changed by hand: locked, moved, swapped, added, called off. Clashes are told, nothing is forbidden.

A visit of the record that came of a pairing goes along with it until it has begun; then nothing is moved any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.errors import Invalid, VisitStageError
from observe_app.domain.people import Role, clean_line
from observe_app.domain.rounds.check import Clash, check
from observe_app.domain.rounds.explain import fitting
from observe_app.domain.rounds.round import Pairing, PairingState
from observe_app.domain.rounds.slots import Grid
from observe_app.domain.school.classes import SlotKind
from observe_app.domain.visit import MAX_LINE, Stage
from observe_app.services.exchange.round_calendar import moment_of
from observe_app.services.rounds.facts import planned_of, school_of
from observe_app.services.rounds.rounds import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from observe_app.domain.rounds.round import VisitRound
    from observe_app.domain.rounds.school import School
    from observe_app.domain.rounds.slots import Lesson
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit, WriteUnit

DAY_MINUTES = 24 * 60


class WhenFields(TypedDict, total=False):
    """When a visit is; what is left out stays."""

    on: date | None
    start_min: int | None
    end_min: int | None
    slot_id: str


class MoveFields(WhenFields, total=False):
    """What can be moved of a pairing; what is left out stays."""

    observer_id: str
    teacher_id: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Pairings after a change by hand, and every clash that they are part of now."""

    pairings: tuple[Pairing, ...]
    clashes: tuple[Clash, ...] = ()


def set_locked(core: Core, *, pairing_ids: Iterable[str], locked: bool) -> tuple[Pairing, ...]:
    """Lock visits where they are, or let them move again when the round is solved.

    Raises:
        NotFound: no such pairing.
    """
    with core.store.write("round.lock" if locked else "round.unlock") as unit:
        found = tuple(unit.rounds.pairings.change(one, {"locked": locked}) for one in dict.fromkeys(pairing_ids))
        unit.commit()
    return found


def move(core: Core, *, pairing_id: str, lock: bool = True, **fields: Unpack[MoveFields]) -> Moved:
    """Move a visit to another time, or give it to other people.

    Args:
        core: the open data folder.
        pairing_id: which.
        lock: stay there when the round is solved again.
        fields: what changes. With a `slot_id` alone, day and minutes follow the lesson where the day is given.

    Raises:
        NotFound: no such pairing, person or lesson. Invalid: a time that is none, or one person twice.
        VisitStageError: the visit has begun.
    """
    with core.store.write("round.move") as unit:
        old = unit.rounds.pairings.get(pairing_id)
        new = _put(unit, replace(old, locked=old.locked or lock), fields)
        moved = (_store(unit, old, new),)
        unit.commit()
        return Moved(moved, _clashes(unit, moved))


def try_move(core: Core, *, pairing_id: str, **fields: Unpack[MoveFields]) -> tuple[Clash, ...]:
    """Return the clashes that `move` would leave; nothing is changed.

    Raises:
        NotFound, Invalid: as `move`.
    """
    with core.store.read() as unit:
        new = _put(unit, unit.rounds.pairings.get(pairing_id), fields)
        return _clashes(unit, (new,))


def swap(core: Core, *, one_id: str, other_id: str) -> Moved:
    """Let the observers of two visits of a round change places; lessons and times stay. Both are locked.

    Raises:
        NotFound: no such pairing. Invalid: two rounds, or somebody would observe their own lesson.
        VisitStageError: one of the visits has begun.
    """
    with core.store.write("round.swap") as unit:
        first, second = (unit.rounds.pairings.get(one) for one in (one_id, other_id))
        if first.round_id != second.round_id or first.id == second.id:
            raise Invalid("pairing", other_id, "two_rounds")
        pairs = ((first, second.observer_id), (second, first.observer_id))
        new = [_put(unit, replace(old, locked=True), {"observer_id": observer}) for old, observer in pairs]
        moved = tuple(_store(unit, old, one) for (old, _observer), one in zip(pairs, new, strict=True))
        unit.commit()
        return Moved(moved, _clashes(unit, moved))


def try_swap(core: Core, *, one_id: str, other_id: str) -> tuple[Clash, ...]:
    """Return the clashes that `swap` would leave; nothing is changed.

    Raises:
        NotFound, Invalid: as `swap`.
    """
    with core.store.read() as unit:
        first, second = (unit.rounds.pairings.get(one) for one in (one_id, other_id))
        if first.round_id != second.round_id or first.id == second.id:
            raise Invalid("pairing", other_id, "unknown")
        pairs = ((first, second.observer_id), (second, first.observer_id))
        return _clashes(unit, tuple(_put(unit, old, {"observer_id": observer}) for old, observer in pairs))


def add(core: Core, *, round_id: str, observer_id: str, teacher_id: str, **fields: Unpack[WhenFields]) -> Moved:
    """Plan a visit by hand, locked; without a day it waits for a time.

    Raises:
        NotFound: no such round, person or lesson. Invalid: a time that is none, or one person twice.
    """
    with core.store.write("round.add") as unit:
        kept = unit.rounds.rounds.get(round_id)
        last = max((one.position for one in unit.rounds.pairings.find(round_id=round_id)), default=0.0)
        blank = Pairing(core.ids.new(), kept.id, "", "", kept.group_id, locked=True, position=last + 1)
        made = _put(unit, blank, MoveFields(observer_id=observer_id, teacher_id=teacher_id, **fields))
        unit.rounds.pairings.add(made)
        unit.commit()
        return Moved((made,), _clashes(unit, (made,)))


def cancel(core: Core, *, pairing_id: str, why: str) -> Pairing:
    """Call a visit off and say why; it stays on the list. A visit of the record that has not begun goes to the bin.

    Raises:
        NotFound: no such pairing. Invalid: no reason, or one too long. VisitStageError: the visit has begun.
    """
    reason = clean_line(why)
    if not reason:
        raise Invalid("why", "", "empty")
    if len(reason) > MAX_LINE:
        raise Invalid("why", reason[:40], "too_long", str(MAX_LINE))
    with core.store.write("round.cancel") as unit:
        old = unit.rounds.pairings.get(pairing_id)
        if _visit_begun(unit, old):
            raise _begun(unit, old)
        if _has_visit(unit, old):
            unit.visits.change(old.visit_id, {"deleted": True})
        new = unit.rounds.pairings.change(pairing_id, {"state": PairingState.CANCELLED.value, "why": reason})
        unit.commit()
    return new


def plan_again(core: Core, *, pairing_id: str) -> Moved:
    """Plan a visit again that was called off, where and when it was; its visit comes back out of the bin.

    Raises:
        NotFound: no such pairing.
    """
    with core.store.write("round.again") as unit:
        old = unit.rounds.pairings.get(pairing_id)
        state = PairingState.INVITED if old.visit_id else PairingState.PLANNED
        new = unit.rounds.pairings.change(pairing_id, {"state": state.value, "why": ""})
        if old.visit_id:
            unit.visits.change(old.visit_id, {"deleted": False})
        unit.commit()
        return Moved((new,), _clashes(unit, (new,)))


def openings(core: Core, pairing_id: str) -> tuple[Lesson, ...]:
    """Return every lesson that the observer of a visit could come to instead without a clash, in order.

    Raises:
        NotFound: no such pairing.
    """
    with core.store.read() as unit:
        one = unit.rounds.pairings.get(pairing_id)
        school, pairings = _round(unit, one)
    others = tuple(planned_of(other, school) for other in pairings if other.id != one.id)
    return fitting(Grid(school), others, one.observer_id)


# --- parts -----------------------------------------------------------------------------------------------------------


def _round(unit: ReadUnit, one: Pairing) -> tuple[School, list[Pairing]]:
    kept = unit.rounds.rounds.get(one.round_id)
    pairings = unit.rounds.pairings.find(round_id=one.round_id, order="position")
    return school_of(unit, kept, rules_of(kept)[0]), [other for other in pairings if other.counts]


def _clashes(unit: ReadUnit, moved: tuple[Pairing, ...]) -> tuple[Clash, ...]:
    """Return the clashes of a round that these pairings, as they are here, are part of."""
    school, pairings = _round(unit, moved[0])
    here = {one.id: one for one in moved}
    visits = [planned_of(here.get(one.id, one), school) for one in pairings]
    known = {one.id for one in visits}
    visits += [planned_of(one, school) for one in moved if one.id not in known and one.counts]
    return tuple(clash for clash in check(school, visits) if not here.keys().isdisjoint(clash.visits))


def _put(unit: ReadUnit, old: Pairing, fields: MoveFields) -> Pairing:
    """Return a pairing moved.

    Raises:
        NotFound, Invalid: as `move`.
    """
    new = replace(old, **fields)
    for person in new.pair:
        unit.people.get(person)
    if new.observer_id == new.teacher_id:
        raise Invalid("observer", "", "one_person")
    new = _at_lesson(unit, old, new, fields)
    if new.on is None:
        return replace(new, start_min=None, end_min=None, slot_id="")
    start, end = new.start_min, new.end_min
    if start is None or end is None or not 0 <= start < end <= DAY_MINUTES:
        raise Invalid("start", _times(start, end), "no_time")
    return new


def _times(start: int | None, end: int | None) -> str:
    return "–".join("?" if one is None else f"{one // 60}:{one % 60:02}" for one in (start, end))


def _at_lesson(unit: ReadUnit, old: Pairing, new: Pairing, fields: MoveFields) -> Pairing:
    """Return a pairing with what the timetable says of its lesson."""
    when = "on" in fields or "start_min" in fields or "teacher_id" in fields
    if when and "slot_id" not in fields:
        new = replace(new, slot_id=_slot_then(unit, new))
    if new.slot_id == old.slot_id and not (when or "slot_id" in fields):
        return new
    if not new.slot_id:
        return replace(new, class_name="", subject="", room="", building="")
    slot = unit.school.slots.get(new.slot_id)
    if "slot_id" in fields:
        start = fields.get("start_min")
        start = slot.start_min if start is None else start
        minutes = rules_of(unit.rounds.rounds.get(new.round_id))[0].minutes
        end = fields.get("end_min")
        if end is None:
            end = slot.end_min if minutes is None else start + minutes
        new = replace(new, teacher_id=slot.person_id, start_min=start, end_min=end, on=new.on or slot.on)
    return replace(new, class_name=slot.class_name, subject=slot.subject, room=slot.room, building=slot.building)


def _slot_then(unit: ReadUnit, new: Pairing) -> str:
    """Return the id of the lesson that the teacher has at a time typed in; "" for none."""
    if new.on is None or new.start_min is None or new.end_min is None:
        return ""
    school, _pairings = _round(unit, new)
    letters = {day.on: day.week for day in school.days}
    for slot in school.slots:
        weekly = slot.on is None and slot.weekday == new.on.weekday() and slot.week in {"", letters.get(new.on, "")}
        if (
            slot.person_id == new.teacher_id
            and slot.kind == SlotKind.TEACHING
            and (weekly or slot.on == new.on)
            and slot.start_min <= new.start_min
            and new.end_min <= slot.end_min
        ):
            return slot.id
    return ""


def _store(unit: WriteUnit, old: Pairing, new: Pairing) -> Pairing:
    """Keep a moved pairing; its visit goes along.

    Raises:
        VisitStageError: the visit has begun.
    """
    names = ("observer_id", "teacher_id", "on", "start_min", "end_min", "slot_id", "class_name", "subject", "room",
             "building", "locked")  # fmt: skip
    changes = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}
    if old.visit_id and changes.keys() - {"locked"}:
        if _visit_begun(unit, old):
            raise _begun(unit, old)
        if _has_visit(unit, old):
            _take_along(unit, old, new)
    return unit.rounds.pairings.change(old.id, changes) if changes else new


def _take_along(unit: WriteUnit, old: Pairing, new: Pairing) -> None:
    kept: VisitRound = unit.rounds.rounds.get(new.round_id)
    values: dict[str, object] = {"start": None}
    if new.on is not None and new.start_min is not None and new.end_min is not None:
        values = {"start": moment_of(new.on, new.start_min, kept.zone), "minutes": new.end_min - new.start_min}
    values |= {name: getattr(new, name) for name in ("class_name", "subject", "room")}
    unit.visits.change(old.visit_id, values)
    for role, before, after in (
        (Role.OBSERVER, old.observer_id, new.observer_id),
        (Role.TEACHER, old.teacher_id, new.teacher_id),
    ):
        if before != after:
            unit.visits.set_role(old.visit_id, role, after)


def _has_visit(unit: ReadUnit, one: Pairing) -> bool:
    return bool(one.visit_id) and one.visit_id in unit.rounds.dates([one.visit_id])


def _visit_begun(unit: ReadUnit, one: Pairing) -> bool:
    dates = unit.rounds.dates([one.visit_id]).get(one.visit_id)
    return dates is not None and dates.started is not None


def _begun(unit: ReadUnit, one: Pairing) -> VisitStageError:
    return VisitStageError(one.visit_id, unit.visits.get(one.visit_id).stage.value, Stage.PREPARE.value)
