"""Who spoke: presses and notes are told apart, nobody is lost, and every share says of how many."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain import seating
from observe_app.domain.event import Event, EventKind
from observe_app.domain.participation import Basis, Flow, Speech, order, participation
from observe_app.domain.seating import SeatingPlan, SeatState
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.domain.timeline import Share

PLAN = rows_and_columns(4, 7)
IDS = count()


def press(seat, speaker, to="", **fields):
    return Event(f"e{next(IDS)}", "v", EventKind.TALLY, 0, seat=seat, speaker=speaker, to=to, **fields)


def note(speaker, to="", **fields):
    return Event(f"e{next(IDS)}", "v", EventKind.NOTE, 0, speaker=speaker, to=to, text="words", **fields)


def test_presses_and_notes_are_counted_apart():
    view = participation(PLAN, [press("s7", "S7"), press("s7", "S7", "S9"), note("S7"), note("T"), note("")])

    seven = next(voice for voice in view.voices if voice.who == "S7")
    assert (seven.pressed, seven.noted) == (2, 1)
    assert (view.presses, view.notes) == (2, 2)
    assert view.heard(Basis.PRESSES) == Share(1, 28)
    assert view.heard(Basis.NOTES) == Share(1, 28)
    assert view.count_of("s7", Basis.NOTES) == 1
    assert [voice.who for voice in view.voices if not voice.seat] == ["T"]


def test_flows_are_pairs_with_their_counts():
    view = participation(
        PLAN, [press("s7", "S7", "S9"), press("s7", "S7", "S9"), press("t1", "T", "S7"), note("S7", "S9"), note("SS")]
    )

    assert view.flows == (Flow("T", "S7", 1, 0), Flow("S7", "S9", 2, 1), Flow("SS", "", 0, 1))


def test_those_not_heard_are_named_and_the_missing_are_no_part_of_the_base():
    plan = seating.set_state(seating.set_state(PLAN, "s1", SeatState.ABSENT), "s2", SeatState.EMPTY)
    view = participation(plan, [press("s3", "S3")])

    assert view.heard(Basis.PRESSES) == Share(1, 26)
    assert view.absent == 1
    assert "S1" not in {voice.who for voice in view.not_heard(Basis.PRESSES)}
    assert len(view.not_heard(Basis.PRESSES)) == 25


def test_a_student_marked_missing_who_spoke_was_there():
    plan = seating.set_state(PLAN, "s1", SeatState.ABSENT)
    view = participation(plan, [press("s1", "S1")])

    assert view.heard(Basis.PRESSES) == Share(1, 28)
    assert view.absent == 0


def test_deleted_events_and_tallies_of_items_say_nothing():
    events = [press("s1", "S1", deleted=True), press("s1", "S1", item="praise"), note("S1", deleted=True)]

    assert participation(PLAN, events).heard(Basis.PRESSES) == Share(0, 28)


def test_a_number_outside_the_plan_is_kept_beside_it():
    view = participation(PLAN, [note("S31"), press("s99", "S99")])

    assert [(voice.who, voice.pressed, voice.noted) for voice in view.voices if not voice.seat] == [
        ("S31", 0, 1),
        ("S99", 1, 0),
    ]


def test_the_seat_of_a_press_says_who_it_was_when_numbers_change():
    view = participation(seating.set_number(PLAN, "s7", 70), [press("s7", "S7")])

    assert [voice.who for voice in view.voices if voice.pressed] == ["S70"]


def test_without_a_plan_nobody_is_the_base():
    view = participation(SeatingPlan(), [note("S7")])

    assert view.heard(Basis.NOTES) == Share(0, 0)
    assert view.heard(Basis.NOTES).value is None
    assert view.basis is Basis.NOTES


WHO = st.sampled_from(["T", "S", "SS", "S1", "S7", "S28", "S31"])


@given(
    st.lists(
        st.one_of(
            st.builds(press, st.sampled_from(["s1", "s7", "t1", "gone"]), WHO, st.one_of(st.just(""), WHO)),
            st.builds(note, st.one_of(st.just(""), WHO), st.one_of(st.just(""), WHO)),
        )
    )
)
def test_nothing_is_lost_and_nothing_is_counted_twice(events):
    view = participation(PLAN, events)

    presses = sum(event.kind is EventKind.TALLY for event in events)
    notes = sum(event.kind is EventKind.NOTE and bool(event.speaker) for event in events)
    assert (view.presses, view.notes) == (presses, notes)
    for counted in (view.voices, view.flows):
        assert sum(one.pressed for one in counted) == presses
        assert sum(one.noted for one in counted) == notes
    for basis in Basis:
        assert view.heard(basis).count + len(view.not_heard(basis)) == view.heard(basis).of == 28


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.sampled_from(["s1", "s7"]),
            WHO,
            st.one_of(st.just(""), WHO),
            st.booleans(),
            st.booleans(),
        )
    )
)
def test_counting_as_they_come_is_counting_all_at_once(changes):
    speech, now = Speech(), {}
    for number, seat, who, to, deleted, is_note in changes:
        made = note(who, to, deleted=deleted) if is_note else press(seat, who, to, deleted=deleted)
        event = replace(made, id=f"e{number}")
        now[event.id] = event
        speech.put(event)
        assert not speech.put(event)

    assert speech.view(PLAN) == participation(PLAN, now.values())


def test_the_teacher_comes_first_then_the_class_then_students_by_number():
    assert sorted(["S", "S10", "", "S2", "T", "SS"], key=order) == ["T", "S2", "S10", "", "S", "SS"]
