"""Phases, pauses and gaps of a lesson, and the time that lies outside the pauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.lesson_parts import (
    BY_HAND,
    Gap,
    Phase,
    Stretch,
    counted_ms,
    gaps,
    outside,
    paused_ms,
    paused_since,
    pauses,
    phases,
)
from observe_app.domain.timeline import timers

PAUSE, RESUME, PHASE, GAP = EventKind.PAUSE, EventKind.RESUME, EventKind.PHASE, EventKind.GAP
TALK = Item("talk", ItemKind.TIMER, (("", "Teacher talk"),))


def made(*rows, **fields):
    return [Event(f"{n:03}", "v", kind, at, **fields) for n, (kind, at) in enumerate(rows)]


def test_a_pause_runs_until_the_lesson_goes_on():
    assert pauses(made((RESUME, 30), (PAUSE, 10))) == (Stretch(10, 30),)
    assert paused_since(pauses(made((PAUSE, 10), (RESUME, 30)))) is None


def test_a_pause_that_goes_on_has_no_end():
    found = pauses(made((PAUSE, 10), (RESUME, 30), (PAUSE, 50)))

    assert found == (Stretch(10, 30), Stretch(50))
    assert paused_since(found) == 50
    assert paused_ms(found, 90) == 60
    assert paused_ms(found, 20) == 10


@pytest.mark.parametrize(
    "rows", [[(RESUME, 5)], [(RESUME, 5), (RESUME, 7)], []], ids=["loose resume", "two of them", "nothing"]
)
def test_going_on_where_nothing_is_paused_changes_nothing(rows):
    assert pauses(made(*rows)) == ()
    assert paused_since(()) is None


def test_a_second_pause_within_one_changes_nothing():
    assert pauses(made((PAUSE, 10), (PAUSE, 20), (RESUME, 30))) == (Stretch(10, 30),)


def test_deleted_events_are_passed_over():
    assert pauses(made((PAUSE, 10), deleted=True)) == ()
    assert gaps(made((GAP, 10), deleted=True)) == ()
    assert phases(made((PHASE, 10), text="Starter", deleted=True)) == ()


def test_phases_last_until_the_next_and_one_without_a_name_only_ends():
    events = [
        Event("1", "v", PHASE, 0, text="Starter"),
        Event("2", "v", PHASE, 90, text="Pairs"),
        Event("3", "v", PHASE, 40, text="  "),
    ]

    assert phases(events) == (Phase("1", "Starter", 0, 40), Phase("2", "Pairs", 90, None))


def test_gaps_say_what_they_add():
    events = [
        Event("1", "v", GAP, 5, value=700.0, outcome="counted"),
        Event("2", "v", GAP, 6, value=9.0),
        Event("3", "v", GAP, 7, value=8.0, outcome="ignored"),
        Event("4", "v", GAP, 8, value=-300.0, outcome="counted", code=BY_HAND),
        Event("5", "v", GAP, 9),
    ]
    found = gaps(events)

    assert found[0] == Gap("1", 5, 700, "counted")
    assert [gap.open for gap in found] == [False, True, False, False, True]
    assert found[3].by_hand
    assert found[4].ms is None
    assert counted_ms(found) == 400


moments = st.integers(0, 1000)
rows = st.lists(st.tuples(st.sampled_from([PAUSE, RESUME, EventKind.START, EventKind.STOP]), moments), max_size=30)


@given(rows, moments)
def test_pauses_never_overlap_and_a_timer_counts_no_moment_of_them(given_rows, until):
    """Compared with counting millisecond by millisecond."""
    events = made(*given_rows, item="talk")
    found = pauses(events)
    ends = [1001 if one.end_ms is None else one.end_ms for one in found]
    assert all(end <= later.start_ms for end, later in zip(ends, found[1:], strict=False))

    state = timers((TALK,), events)["talk"]
    inside = [
        any(one.start_ms <= ms and (one.end_ms is None or ms < one.end_ms) for one in state.stretches)
        and not any(one.start_ms <= ms < end for one, end in zip(found, ends, strict=True))
        for ms in range(until)
    ]
    assert state.total_ms(until) == sum(inside)


def test_a_stretch_within_a_pause_counts_nothing():
    assert outside(Stretch(10, 20), (Stretch(0, 30),), 100) == 0
    assert outside(Stretch(10, None), (Stretch(0, 30), Stretch(50)), 100) == 20


def test_pauses_may_be_given_where_only_the_events_of_an_item_are_at_hand():
    events = made((EventKind.START, 0), item="talk")

    assert timers((TALK,), events, (Stretch(10, 30),))["talk"].total_ms(50) == 30
