"""A visit keeps its seating plan; undo brings the one before; plans of the same class are offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from observe_app.domain import seating as plans
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.participation import Basis
from observe_app.domain.seating import SeatingPlan, SeatState
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.domain.timeline import Share
from observe_app.services import happenings, history, notes, seating, visits

PLAN = rows_and_columns(4, 7)
DAY = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)


@pytest.fixture
def visit(core):
    return visits.plan(core, class_name="8B").id


def damage(core, visit_id, text):
    with core.store.write("visit.edit", scope=visit_id) as unit:
        unit.visits.change(visit_id, {"seating": text})
        unit.commit()


def test_a_plan_is_kept_with_the_visit_and_taken_back_by_undo(core, visit):
    assert seating.plan_of(core, visit) is None
    seating.set_plan(core, visit_id=visit, plan=PLAN)
    other = plans.set_label(PLAN, "s7", "AK")
    seating.set_plan(core, visit_id=visit, plan=other)

    assert seating.plan_of(core, visit) == other
    assert history.undo(core, scope=visit).kind == "visit.seating"
    assert seating.plan_of(core, visit) == PLAN
    history.undo(core, scope=visit)
    assert seating.plan_of(core, visit) is None
    history.redo(core, scope=visit)
    assert seating.plan_of(core, visit) == PLAN


def test_the_same_plan_again_is_no_action(core, visit):
    seating.set_plan(core, visit_id=visit, plan=PLAN)
    seating.set_plan(core, visit_id=visit, plan=PLAN)

    assert [action.kind for action in history.of_visit(core, visit)].count("visit.seating") == 1


def test_a_plan_without_seats_is_none(core, visit):
    seating.set_plan(core, visit_id=visit, plan=PLAN)
    seating.set_plan(core, visit_id=visit, plan=SeatingPlan())

    assert seating.plan_of(core, visit) is None


def test_a_visit_that_is_not_there_gets_no_plan(core):
    with pytest.raises(NotFound):
        seating.set_plan(core, visit_id="nowhere", plan=PLAN)


def test_the_newest_plan_of_the_class_is_offered_with_its_day(core, visit):
    for days, plan in ((0, rows_and_columns(1, 1)), (7, plans.set_state(PLAN, "s1", SeatState.ABSENT)), (9, None)):
        made = visits.plan(core, class_name=" 8b ", start=DAY + timedelta(days=days)).id
        seating.set_plan(core, visit_id=made, plan=plan)
    other = visits.plan(core, class_name="8C", start=DAY + timedelta(days=30)).id
    seating.set_plan(core, visit_id=other, plan=rows_and_columns(2, 2))

    offered = seating.proposal(core, visit)

    assert (offered.plan, offered.at, offered.class_name) == (PLAN, DAY + timedelta(days=7), "8b")


def test_nothing_is_offered_without_a_class_or_from_the_bin_or_from_itself(core, visit):
    nameless = visits.plan(core).id
    seating.set_plan(core, visit_id=nameless, plan=PLAN)
    binned = visits.plan(core, class_name="8B").id
    seating.set_plan(core, visit_id=binned, plan=PLAN)
    visits.delete(core, visit_id=binned, seen=visits.open_visit(core, binned).seen)
    seating.set_plan(core, visit_id=visit, plan=PLAN)

    assert seating.proposal(core, visit) is None
    assert seating.proposal(core, nameless) is None


def test_a_damaged_plan_is_told_and_never_offered(core, visit):
    other = visits.plan(core, class_name="8B").id
    damage(core, visit, "{broken")
    damage(core, other, '{"seating":99}')

    with pytest.raises(Invalid):
        seating.plan_of(core, visit)
    assert seating.proposal(core, visit) is None
    seating.set_plan(core, visit_id=visit, plan=PLAN)
    assert seating.plan_of(core, visit) == PLAN


def test_who_spoke_is_counted_from_what_is_stored(core, clock, visit):
    seating.set_plan(core, visit_id=visit, plan=PLAN)
    visits.begin(core, visit_id=visit)
    clock.advance(seconds=60)
    happenings.spoke(core, visit_id=visit, seat="s7", speaker="S7", to="S9")
    happenings.spoke(core, visit_id=visit, seat="t1", speaker="T", to="S7")
    notes.add(core, visit_id=visit, line="S9 because of the halves", offset_ms=1, wall=clock.now())

    view = seating.participation_of(core, visit)

    assert view.heard(Basis.PRESSES) == Share(1, 28)
    assert view.heard(Basis.NOTES) == Share(1, 28)
    assert [event.speaker for event in seating.spoken_events(core, visit)] == ["S9", "S7", "T"]
    history.undo(core, scope=visit)
    history.undo(core, scope=visit)
    assert seating.participation_of(core, visit).presses == 1


def test_to_whom_is_said_after_the_press_and_taken_back(core, visit):
    visits.begin(core, visit_id=visit)
    event = happenings.spoke(core, visit_id=visit, seat="s7", speaker="S7")

    assert seating.address(core, event_id=event.id, to="S9").to == "S9"
    history.undo(core, scope=visit)
    assert notes.stream(core, visit)[0].to == ""


@pytest.mark.parametrize("to", ["Anna", "S", "S1234", "T ", "S7>S9"])
def test_nobody_is_called_by_name(core, visit, to):
    visits.begin(core, visit_id=visit)
    event = happenings.spoke(core, visit_id=visit, seat="s7", speaker="S7")
    if to == "S":
        assert seating.address(core, event_id=event.id, to=to).to == "S"
        return
    with pytest.raises(Invalid):
        seating.address(core, event_id=event.id, to=to)


def test_a_note_is_no_press(core, clock, visit):
    visits.begin(core, visit_id=visit)
    event = notes.add(core, visit_id=visit, line="S9 yes", offset_ms=1, wall=clock.now())

    with pytest.raises(Invalid):
        seating.address(core, event_id=event.id, to="S7")
