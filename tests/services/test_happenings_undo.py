"""Undo of what happens: each press one step, never a step of somebody else's, never the start of the lesson."""

from __future__ import annotations

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NothingToUndo
from observe_app.domain.event import EventKind
from observe_app.domain.ids import Ids
from observe_app.domain.timeline import timers
from observe_app.services import happenings, history, notes, visits
from observe_app.services.core import close
from tests.services.event_form import EVENT_FORM, visit_with


@pytest.fixture
def visit(core):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def elsewhere(core):
    """Open the same records on another computer."""
    other = wire_core(core.folder, clock=core.clock, ids=Ids(core.clock))
    other.store.writer = "ffffffff"
    yield other
    close(other)


def running(core, visit):
    states = timers(EVENT_FORM.items, notes.stream(core, visit))
    return {name for name, state in states.items() if state.running_since is not None}


def test_a_swap_of_timers_is_one_step_back_and_one_forward(core, clock, visit):
    happenings.start_timer(core, visit_id=visit, item="teacher")
    clock.advance(seconds=5)
    happenings.start_timer(core, visit_id=visit, item="pupils")

    history.undo(core, scope=visit)
    assert running(core, visit) == {"teacher"}
    assert [event.kind for event in notes.stream(core, visit)] == [EventKind.START]
    history.redo(core, scope=visit)
    assert running(core, visit) == {"pupils"}


def test_undo_passes_over_what_somebody_else_counted(core, clock, visit, elsewhere):
    mine = happenings.tally(core, visit_id=visit, item="praise")
    clock.advance(seconds=5)
    theirs = happenings.tally(elsewhere, visit_id=visit, item="praise")

    history.undo(core, scope=visit)

    assert [event.id for event in notes.stream(core, visit)] == [theirs.id]
    assert mine.id != theirs.id


def test_somebody_elses_events_alone_leave_nothing_to_undo_of_ones_own(core, clock, visit, elsewhere):
    happenings.start_timer(elsewhere, visit_id=visit, item="teacher")
    clock.advance(seconds=5)
    before = notes.stream(core, visit)
    kinds = set()
    while (kind := history.state(core, scope=visit).undo) is not None:
        kinds.add(kind)
        history.undo(core, scope=visit)

    assert not any(kind.startswith("happening.") for kind in kinds)
    assert notes.stream(core, visit) == before


def test_what_somebody_else_ended_meanwhile_stays_ended(core, clock, visit, elsewhere):
    happenings.start_timer(core, visit_id=visit, item="teacher")
    clock.advance(seconds=5)
    happenings.stop_timer(elsewhere, visit_id=visit, item="teacher")

    history.undo(core, scope=visit)

    assert running(core, visit) == set()


def test_undo_never_takes_back_the_start_of_a_lesson(core, visit):
    happenings.tally(core, visit_id=visit, item="praise")
    history.undo(core, scope=visit)

    assert history.state(core, scope=visit).undo == "visit.plan"
    assert visits.get(core, visit).started is not None


def test_something_new_ends_redo(core, visit):
    happenings.tally(core, visit_id=visit, item="praise")
    history.undo(core, scope=visit)
    happenings.tally(core, visit_id=visit, item="open")

    with pytest.raises(NothingToUndo):
        history.redo(core, scope=visit)


def test_taking_one_back_is_itself_a_step(core, visit):
    event = happenings.tally(core, visit_id=visit, item="praise")
    happenings.take_back_tally(core, visit_id=visit, item="praise")
    assert notes.stream(core, visit) == ()
    history.undo(core, scope=visit)
    assert notes.stream(core, visit) == (event,)
    history.undo(core, scope=visit)
    assert notes.stream(core, visit) == ()
