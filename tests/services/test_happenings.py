"""What happens in a lesson is stored against the visit's form, one journal action each, and undo takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.answer import Absence
from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import Invalid, NotFound, VisitStageError
from observe_app.domain.event import Event, EventKind
from observe_app.domain.timeline import Share, interval_sheet, sweep_sheet, tallies, timers, wait_sheet
from observe_app.services import answers, happenings, history, notes, visits
from tests.services.event_form import EVENT_FORM, GRID, WAIT, visit_with


@pytest.fixture
def visit(core):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


def stream(core, visit):
    return notes.stream(core, visit)


def states(core, visit):
    return timers(EVENT_FORM.items, stream(core, visit))


def sheet(core, visit):
    return interval_sheet(GRID, stream(core, visit))


def kinds(core, visit):
    return [action.kind for action in history.of_visit(core, visit)]


# --- moments


def test_what_happens_is_stamped_with_the_lessons_clock(core, clock, visit):
    clock.advance(seconds=65)
    event = happenings.tally(core, visit_id=visit, item="praise")

    assert (event.offset_ms, event.wall) == (65_000, clock.now())
    assert stream(core, visit) == (event,)


def test_a_moment_can_be_given_for_what_stands_on_paper(core, clock, visit):
    clock.advance(seconds=65)
    event = happenings.tally(core, visit_id=visit, item="praise", offset_ms=12_000)

    assert (event.offset_ms, event.wall) == (12_000, None)


def test_after_the_lesson_events_stand_at_its_end_without_a_wall_time(core, clock, visit):
    clock.advance(seconds=600)
    visits.finish(core, visit_id=visit)
    clock.advance(seconds=3600)
    event = happenings.tally(core, visit_id=visit, item="praise")

    assert (event.offset_ms, event.wall) == (600_000, None)


def test_before_the_lesson_events_stand_at_its_beginning(core):
    event = happenings.tally(core, visit_id=visit_with(core), item="praise")

    assert (event.offset_ms, event.wall) == (0, None)


@pytest.mark.parametrize("offset", [happenings.MAX_OFFSET_MS + 1, -happenings.MAX_OFFSET_MS - 1])
def test_a_moment_far_from_the_lesson_is_refused(core, visit, offset):
    with pytest.raises(Invalid) as caught:
        happenings.tally(core, visit_id=visit, item="praise", offset_ms=offset)

    assert (caught.value.field, caught.value.rule) == ("time", "out_of_range")
    assert stream(core, visit) == ()


# --- the form decides


def test_an_item_of_no_form_is_not_found(core, visit):
    with pytest.raises(NotFound):
        happenings.tally(core, visit_id=visit, item="nothing")
    with pytest.raises(NotFound):
        happenings.tally(core, visit_id="nothing", item="praise")


def test_an_item_of_another_kind_is_refused(core, visit):
    for act in (happenings.tally, happenings.take_back_tally, happenings.start_timer, happenings.stop_timer):
        with pytest.raises(Invalid) as caught:
            act(core, visit_id=visit, item="grid")
        assert caught.value.rule == "unknown"
    assert stream(core, visit) == ()


def test_what_happened_takes_the_word_not_seen_away_and_undo_brings_it_back(core, visit):
    answers.give(core, visit_id=visit, item="praise", absence=Absence.NOT_SEEN, comment="early", seen=NOTHING_SEEN)
    happenings.tally(core, visit_id=visit, item="praise")
    after = answers.all_of(core, visit)["praise"]

    assert (after.absence, after.comment) == (Absence.UNANSWERED, "early")
    history.undo(core, scope=visit)
    assert answers.all_of(core, visit)["praise"].absence is Absence.NOT_SEEN
    assert stream(core, visit) == ()


# --- tallies


def test_taking_back_removes_the_tally_pressed_last(core, clock, visit):
    happenings.tally(core, visit_id=visit, item="praise", offset_ms=50_000)
    last = happenings.tally(core, visit_id=visit, item="praise", offset_ms=20_000)
    happenings.tally(core, visit_id=visit, item="open", offset_ms=60_000)
    gone = happenings.take_back_tally(core, visit_id=visit, item="praise")

    assert gone.id == last.id
    assert [one.offset_ms for one in tallies(stream(core, visit), "praise")] == [50_000]
    history.undo(core, scope=visit)
    assert last in stream(core, visit)


def test_taking_back_from_nothing_does_nothing(core, visit):
    assert happenings.take_back_tally(core, visit_id=visit, item="praise") is None
    assert "happening.untally" not in kinds(core, visit)


# --- timers


def test_starting_one_of_a_group_stops_the_other_in_one_action(core, clock, visit):
    happenings.start_timer(core, visit_id=visit, item="teacher")
    clock.advance(seconds=30)
    press = happenings.start_timer(core, visit_id=visit, item="pupils")

    assert [one.item for one in press.stopped] == ["teacher"]
    assert states(core, visit)["teacher"].total_ms(99_000) == 30_000
    assert states(core, visit)["pupils"].running_since == 30_000
    assert kinds(core, visit)[0] == "happening.start"
    history.undo(core, scope=visit)
    assert states(core, visit)["teacher"].running_since == 0
    assert states(core, visit)["pupils"].stretches == ()
    history.redo(core, scope=visit)
    assert states(core, visit)["pupils"].running_since == 30_000


def test_a_second_press_never_ends_a_running_timer(core, clock, visit):
    happenings.start_timer(core, visit_id=visit, item="teacher")
    clock.advance(seconds=5)

    assert happenings.start_timer(core, visit_id=visit, item="teacher") == happenings.Press()
    assert len(stream(core, visit)) == 1


def test_a_timer_without_a_group_leaves_the_others_alone(core, visit):
    happenings.start_timer(core, visit_id=visit, item="teacher")
    press = happenings.start_timer(core, visit_id=visit, item="board")

    assert press.stopped == ()
    assert states(core, visit)["teacher"].running_since == 0


def test_stopping_what_does_not_run_does_nothing(core, visit):
    assert happenings.stop_timer(core, visit_id=visit, item="teacher") is None
    assert stream(core, visit) == ()


def test_a_timer_is_not_started_while_the_lessons_clock_stands_still(core, clock, visit):
    for visit_id in (visit_with(core), visit):
        if visit_id == visit:
            visits.finish(core, visit_id=visit)
        with pytest.raises(VisitStageError):
            happenings.start_timer(core, visit_id=visit_id, item="teacher")


def test_a_stretch_from_paper_is_stored_whole_and_undone_whole(core, visit):
    happenings.add_stretch(core, visit_id=visit, item="teacher", start_ms=60_000, end_ms=180_000)

    assert states(core, visit)["teacher"].total_ms(10**6) == 120_000
    history.undo(core, scope=visit)
    assert stream(core, visit) == ()


@pytest.mark.parametrize(("item", "start", "end"), [("pupils", 90, 300), ("teacher", 0, 61), ("silence", 60, 60)])
def test_a_stretch_that_meets_another_of_its_group_is_refused(core, visit, item, start, end):
    happenings.add_stretch(core, visit_id=visit, item="teacher", start_ms=60_000, end_ms=180_000)
    with pytest.raises(Invalid):
        happenings.add_stretch(core, visit_id=visit, item=item, start_ms=start * 1000, end_ms=end * 1000)
    happenings.add_stretch(core, visit_id=visit, item="pupils", start_ms=180_000, end_ms=200_000)

    assert states(core, visit)["pupils"].total_ms(10**6) == 20_000


# --- intervals


def tick(core, visit, index, code, *, ticked=True):
    return happenings.tick(core, visit_id=visit, item="grid", index=index, code=code, ticked=ticked)


def test_ticking_twice_is_one_row_on_every_computer(core, visit):
    first = tick(core, visit, 3, "I.Lec")
    again = tick(core, visit, 3, "I.Lec")

    assert first.id == again.id == happenings.cell_id(visit, "grid", 3, "I.Lec")
    assert (first.offset_ms, first.wall) == (360_000, visits.get(core, visit).started + timedelta(minutes=6))
    assert len(stream(core, visit)) == 1
    assert kinds(core, visit).count("happening.tick") == 1


def test_a_tick_taken_away_and_each_step_undone(core, visit):
    tick(core, visit, 0, "I.Lec")
    tick(core, visit, 0, "I.Lec", ticked=False)

    assert sheet(core, visit).at(0).ticked == ()
    history.undo(core, scope=visit)
    assert sheet(core, visit).at(0).ticked == ("I.Lec",)
    history.undo(core, scope=visit)
    assert sheet(core, visit).coded == ()
    tick(core, visit, 0, "I.Lec")
    assert sheet(core, visit).at(0).ticked == ("I.Lec",)
    history.undo(core, scope=visit)
    assert sheet(core, visit).coded == ()


def test_words_tick_the_code_and_outlive_a_tick_taken_away(core, visit):
    happenings.comment_code(core, visit_id=visit, item="grid", index=1, code="I.O", text="  fire drill ")
    tick(core, visit, 1, "I.O", ticked=False)

    assert sheet(core, visit).at(1).comments == ()
    tick(core, visit, 1, "I.O")
    assert sheet(core, visit).at(1).comment("I.O") == "fire drill"


def test_words_that_are_too_long_are_refused(core, visit):
    with pytest.raises(Invalid) as caught:
        happenings.comment_code(core, visit_id=visit, item="grid", index=1, code="I.O", text="x" * 2001)

    assert caught.value.rule == "too_long"


def test_the_same_as_before_is_one_action(core, visit):
    for code in ("I.Lec", "S.L"):
        tick(core, visit, 0, code)
    happenings.tick_same(core, visit_id=visit, item="grid", index=1, codes=sheet(core, visit).at(0).ticked)

    assert sheet(core, visit).at(1).ticked == ("I.Lec", "S.L")
    history.undo(core, scope=visit)
    assert sheet(core, visit).at(1).ticked == ()


def test_an_unknown_code_among_several_stores_nothing(core, visit):
    with pytest.raises(Invalid) as caught:
        happenings.tick_same(core, visit_id=visit, item="grid", index=1, codes=("I.Lec", "I.Int"))

    assert (caught.value.field, caught.value.value, caught.value.rule) == ("code", "I.Int", "unknown")
    assert stream(core, visit) == ()


def test_a_level_is_set_changed_and_taken_away(core, visit):
    for level in (1, 3):
        happenings.set_level(core, visit_id=visit, item="grid", index=2, level=level)
    assert sheet(core, visit).at(2).level == 3

    happenings.set_level(core, visit_id=visit, item="grid", index=2, level=None)
    assert sheet(core, visit).at(2).level is None
    assert [one.index for one in sheet(core, visit).coded] == [2]
    assert kinds(core, visit)[0] == "happening.looked"


@pytest.mark.parametrize("level", [0, 4, -1])
def test_a_level_of_no_scale_is_refused(core, visit, level):
    with pytest.raises(Invalid) as caught:
        happenings.set_level(core, visit_id=visit, item="grid", index=2, level=level)

    assert caught.value.rule == "not_in_scale"


@pytest.mark.parametrize("index", [-1, 721])
def test_an_interval_of_no_lesson_is_refused(core, visit, index):
    with pytest.raises(Invalid):
        tick(core, visit, index, "I.Lec")


# --- sweeps and waits


def test_a_sweep_looks_at_the_items_number_else_at_the_class(core, visit):
    happenings.sweep(core, visit_id=visit, item="task", on_task=24)
    happenings.sweep(core, visit_id=visit, item="table", on_task=5)
    happenings.sweep(core, visit_id=visit, item="task", on_task=9, of=10)

    assert [one.seen for one in sweep_sheet(stream(core, visit), "task").sweeps] == [Share(24, 27), Share(9, 10)]
    assert sweep_sheet(stream(core, visit), "table").overall == Share(5, 6)


def test_a_sweep_of_nobody_knows_how_many_asks(core):
    visit_id = visit_with(core, class_size=None)
    with pytest.raises(Invalid) as caught:
        happenings.sweep(core, visit_id=visit_id, item="task", on_task=2)

    assert (caught.value.field, caught.value.rule) == ("of", "empty")


@pytest.mark.parametrize(("on_task", "of"), [(28, None), (-1, None), (1, 0), (1, 2001), (3, 2)])
def test_a_sweep_that_does_not_fit_is_refused(core, visit, on_task, of):
    with pytest.raises(Invalid) as caught:
        happenings.sweep(core, visit_id=visit, item="task", on_task=on_task, of=of)

    assert caught.value.rule == "out_of_range"


def test_a_wait_stands_where_the_question_ended(core, clock, visit):
    clock.advance(seconds=20)
    event = happenings.wait(core, visit_id=visit, item="wait", wait_ms=4_600, outcome="answered")

    assert (event.offset_ms, event.value, event.outcome) == (15_400, 4_600, "answered")
    assert event.wall == clock.now() - timedelta(seconds=4.6)
    assert wait_sheet(WAIT, stream(core, visit)).reached == Share(1, 1)


def test_the_outcome_of_a_wait_can_be_said_afterwards(core, visit):
    event = happenings.wait(core, visit_id=visit, item="wait", wait_ms=900)
    happenings.set_outcome(core, event_id=event.id, outcome="rephrased")

    assert wait_sheet(WAIT, stream(core, visit)).outcomes == (("rephrased", 1),)
    history.undo(core, scope=visit)
    assert stream(core, visit) == (event,)


@pytest.mark.parametrize(("wait_ms", "outcome"), [(-1, ""), (600_001, ""), (float("nan"), ""), (1000, "forgotten")])
def test_a_wait_that_cannot_be_is_refused(core, visit, wait_ms, outcome):
    with pytest.raises(Invalid):
        happenings.wait(core, visit_id=visit, item="wait", wait_ms=wait_ms, outcome=outcome)
    assert stream(core, visit) == ()


def test_only_waits_have_outcomes(core, visit):
    event = happenings.tally(core, visit_id=visit, item="praise")
    with pytest.raises(Invalid):
        happenings.set_outcome(core, event_id=event.id, outcome="answered")
    with pytest.raises(Invalid):
        happenings.set_outcome(core, event_id=event.id, outcome="forgotten")


# --- anything in any order

_acts = st.lists(
    st.sampled_from(
        [
            ("tally", {"item": "praise"}),
            ("take_back_tally", {"item": "praise"}),
            ("start_timer", {"item": "teacher"}),
            ("start_timer", {"item": "pupils"}),
            ("stop_timer", {"item": "pupils"}),
            ("tick", {"item": "grid", "index": 0, "code": "I.Lec", "ticked": True}),
            ("tick", {"item": "grid", "index": 0, "code": "I.Lec", "ticked": False}),
            ("tick_same", {"item": "grid", "index": 0, "codes": ("I.Lec", "S.L")}),
            ("comment_code", {"item": "grid", "index": 0, "code": "I.Lec", "text": "why"}),
            ("set_level", {"item": "grid", "index": 0, "level": 2}),
            ("set_level", {"item": "grid", "index": 0, "level": None}),
            ("sweep", {"item": "task", "on_task": 3}),
            ("wait", {"item": "wait", "wait_ms": 10}),
        ]
    ),
    max_size=12,
)


@given(_acts)
def test_undo_brings_back_every_state_exactly(core, clock, acts):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    seen = [stream(core, visit_id)]
    for name, fields in acts:
        clock.advance(ms=7)
        getattr(happenings, name)(core, visit_id=visit_id, **fields)
        if stream(core, visit_id) != seen[-1]:
            seen.append(stream(core, visit_id))
    for before in reversed(seen[:-1]):
        history.undo(core, scope=visit_id)
        assert stream(core, visit_id) == before
    for after in seen[1:]:
        history.redo(core, scope=visit_id)
        assert stream(core, visit_id) == after


@given(_acts)
def test_every_event_has_a_place_in_the_views(core, clock, acts):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    for name, fields in acts:
        clock.advance(ms=7)
        getattr(happenings, name)(core, visit_id=visit_id, **fields)
    events = stream(core, visit_id)

    assert not any(state.loose or state.cut for state in timers(EVENT_FORM.items, events).values())
    assert not interval_sheet(GRID, events).strange
    assert not wait_sheet(WAIT, events).strange
    assert {event.kind for event in events} <= set(EventKind)


# --- who spoke


def test_who_spoke_stands_beside_the_forms_items_and_is_one_action(core, clock, visit):
    clock.advance(seconds=65)
    event = happenings.spoke(core, visit_id=visit, seat="a1", speaker="S7", to="T")

    assert stream(core, visit) == (event,)
    assert (event.kind, event.item, event.seat, event.speaker, event.to) == (EventKind.TALLY, "", "a1", "S7", "T")
    assert (event.offset_ms, event.wall) == (65_000, clock.now())
    assert kinds(core, visit)[0] == "happening.spoke"

    history.undo(core, scope=visit)
    assert stream(core, visit) == ()


def test_who_spoke_needs_no_form_and_takes_a_moment_from_paper(core):
    visit = visits.plan(core).id
    event = happenings.spoke(core, visit_id=visit, seat="a1", speaker="SS", offset_ms=12_000)

    assert (event.to, event.offset_ms, event.wall) == ("", 12_000, None)


@pytest.mark.parametrize(
    ("seat", "speaker", "to", "field"),
    [
        ("", "S7", "", "seat"),
        ("a" * 65, "S7", "", "seat"),
        ("a1", "", "", "speaker"),
        ("a1", "Mia", "", "speaker"),
        ("a1", "S1234", "", "speaker"),
        ("a1", "S7", "the class", "to"),
    ],
)
def test_who_spoke_is_refused_in_another_writing(core, visit, seat, speaker, to, field):
    with pytest.raises(Invalid) as caught:
        happenings.spoke(core, visit_id=visit, seat=seat, speaker=speaker, to=to)

    assert caught.value.field == field
    assert stream(core, visit) == ()


# --- which timer runs, without a look at the whole lesson

_moves = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["teacher", "pupils", "silence"]), st.booleans()), max_size=14
)


@given(_moves, st.integers(1, 14))
def test_the_newest_events_of_a_group_tell_what_runs_wherever_they_say_they_do(moves, newest_few):
    events = sorted(
        (
            Event(f"{n:03}", "v", EventKind.START if starts else EventKind.STOP, moment * 1000, item=item)
            for n, (moment, item, starts) in enumerate(moves)
        ),
        key=lambda event: (event.offset_ms, event.id),
    )
    settled = happenings.since_settled(tuple(events[-newest_few:]))
    if settled is not None:
        whole, part = timers(EVENT_FORM.items, events), timers(EVENT_FORM.items, settled)
        running = {name for name, state in whole.items() if state.running_since is not None}
        assert {name for name, state in part.items() if state.running_since is not None} == running


def test_after_hundreds_of_swaps_a_press_still_ends_what_runs_and_nothing_else(core, clock, visit):
    for number in range(60):
        clock.advance(ms=500)
        happenings.start_timer(core, visit_id=visit, item=("teacher", "pupils", "silence")[number % 3])
    clock.advance(ms=500)
    press = happenings.start_timer(core, visit_id=visit, item="teacher")

    assert [event.item for event in press.stopped] == ["silence"]
    assert happenings.start_timer(core, visit_id=visit, item="teacher").started is None
    assert not any(state.loose or state.cut for state in states(core, visit).values())
