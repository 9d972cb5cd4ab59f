"""The lesson's own time on a real store: phases, pauses, gaps, corrections, anchors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound, VisitStageError
from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.lesson_clock import Anchor, LessonClock
from observe_app.domain.lesson_parts import Stretch, counted_ms, gaps, paused_since, pauses, phases
from observe_app.domain.timeline import interval_sheet, timers
from observe_app.domain.visit import MAX_LINE
from observe_app.services import happenings, history, lesson, notes, visits
from tests.services.event_form import EVENT_FORM, visit_with

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

YEAR = 31_536_000


@pytest.fixture
def visit(core: Core) -> str:
    made = visit_with(core)
    visits.begin(core, visit_id=made)
    return made


def note(core: Core, visit: str, seconds: int, line: str = "note") -> str:
    return notes.add(core, visit_id=visit, line=line, offset_ms=seconds * 1000, wall=core.clock.now()).id


def offsets(core: Core, visit: str) -> dict[str, int]:
    return {event.id: event.offset_ms // 1000 for event in notes.stream(core, visit)}


def elapsed(core: Core, visit: str) -> int:
    clock = lesson.take_up(core, visits.get(core, visit), notes.stream(core, visit), lesson.anchor(core, visit))
    return clock.elapsed_ms()


def test_phases_are_kept_with_their_names_and_undone(core: Core, visit: str) -> None:
    lesson.phase(core, visit_id=visit, name=" Starter ", offset_ms=0, wall=core.clock.now())
    lesson.phase(core, visit_id=visit, name="Pair work", offset_ms=60_000)
    assert [(one.name, one.start_ms, one.end_ms) for one in phases(notes.stream(core, visit))] == [
        ("Starter", 0, 60_000),
        ("Pair work", 60_000, None),
    ]

    assert history.undo(core, scope=visit).kind == "lesson.phase"
    assert [one.name for one in phases(notes.stream(core, visit))] == ["Starter"]


@pytest.mark.parametrize(("name", "rule"), [("", "empty"), (" \n ", "empty"), ("x" * (MAX_LINE + 1), "too_long")])
def test_a_phase_needs_a_name_that_fits(core: Core, visit: str, name: str, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        lesson.phase(core, visit_id=visit, name=name, offset_ms=0)
    assert caught.value.rule == rule


def test_pausing_and_going_on_are_single_actions(core: Core, visit: str) -> None:
    assert lesson.resume(core, visit_id=visit, offset_ms=1000) is None
    assert lesson.pause(core, visit_id=visit, offset_ms=10_000, wall=core.clock.now()) is not None
    assert lesson.pause(core, visit_id=visit, offset_ms=20_000) is None
    assert lesson.resume(core, visit_id=visit, offset_ms=40_000) is not None
    assert pauses(notes.stream(core, visit)) == (Stretch(10_000, 40_000),)

    assert history.undo(core, scope=visit).kind == "lesson.resume"
    assert paused_since(pauses(notes.stream(core, visit))) == 10_000
    assert history.undo(core, scope=visit).kind == "lesson.pause"
    assert pauses(notes.stream(core, visit)) == ()
    history.redo(core, scope=visit)
    assert paused_since(pauses(notes.stream(core, visit))) == 10_000


def test_a_timer_runs_on_through_a_pause_and_its_time_there_is_not_counted(core: Core, visit: str) -> None:
    happenings.start_timer(core, visit_id=visit, item="teacher", offset_ms=0)
    lesson.pause(core, visit_id=visit, offset_ms=60_000)
    lesson.resume(core, visit_id=visit, offset_ms=100_000)
    state = timers(EVENT_FORM.items, notes.stream(core, visit))["teacher"]

    assert state.running_since == 0
    assert state.total_ms(120_000) == 80_000


def test_what_needs_a_running_lesson_is_refused_without_one(core: Core) -> None:
    planned = visit_with(core)
    ended = visit_with(core)
    visits.begin(core, visit_id=ended)
    visits.finish(core, visit_id=ended)
    for visit in (planned, ended):
        for act in (
            lambda visit=visit: lesson.pause(core, visit_id=visit, offset_ms=0),
            lambda visit=visit: lesson.resume(core, visit_id=visit, offset_ms=0),
            lambda visit=visit: lesson.mark_gap(core, visit_id=visit, ms=9000, offset_ms=0),
            lambda visit=visit: lesson.set_clock(core, visit_id=visit, ms=9000, offset_ms=0),
        ):
            with pytest.raises(VisitStageError):
                act()
        assert notes.stream(core, visit) == ()


def test_no_visit_and_no_moment_of_a_lesson_are_refused(core: Core, visit: str) -> None:
    with pytest.raises(NotFound):
        lesson.phase(core, visit_id="none", name="Starter", offset_ms=0)
    for act in (
        lambda: lesson.phase(core, visit_id=visit, name="Starter", offset_ms=MAX_OFFSET_MS + 1),
        lambda: lesson.pause(core, visit_id=visit, offset_ms=-MAX_OFFSET_MS - 1),
        lambda: lesson.set_clock(core, visit_id=visit, ms=-1, offset_ms=0),
        lambda: lesson.set_clock(core, visit_id=visit, ms=MAX_OFFSET_MS + 1, offset_ms=0),
        lambda: lesson.mark_gap(core, visit_id=visit, ms=1, offset_ms=0, outcome="counted"),
    ):
        with pytest.raises(Invalid):
            act()
    assert notes.stream(core, visit) == ()


# -- gaps


def test_a_gap_that_counts_moves_what_was_made_after_it_and_undo_moves_it_back(core: Core, visit: str) -> None:
    before = note(core, visit, 600, "before")
    gap = lesson.mark_gap(core, visit_id=visit, ms=760_000, offset_ms=1_390_000, wall=core.clock.now())
    after = note(core, visit, 1400, "after")
    late = note(core, visit, 300, "typed in for an earlier minute")
    happenings.tally(core, visit_id=visit, item="open", offset_ms=1_500_000)

    changed = lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    found = offsets(core, visit)
    assert (found[before], found[late], found[after]) == (600, 300, 2160)
    assert sorted(found.values()) == [300, 600, 1390, 2160, 2260]
    assert {event.id for event in changed} >= {gap.id, after}
    assert counted_ms(gaps(notes.stream(core, visit))) == 760_000

    assert history.undo(core, scope=visit).kind == "lesson.gap"
    assert offsets(core, visit)[after] == 1400
    assert counted_ms(gaps(notes.stream(core, visit))) == 0
    assert gaps(notes.stream(core, visit))[0].open

    history.redo(core, scope=visit)
    assert offsets(core, visit)[after] == 2160


def test_the_marking_itself_is_not_taken_back_by_undo(core: Core, visit: str) -> None:
    kept = note(core, visit, 10)
    lesson.mark_gap(core, visit_id=visit, ms=9000, offset_ms=20_000)

    assert history.undo(core, scope=visit).kind == "note.add"
    assert kept not in offsets(core, visit)
    assert len(gaps(notes.stream(core, visit))) == 1


def test_an_answer_can_be_changed_in_both_ways(core: Core, visit: str) -> None:
    gap = lesson.mark_gap(core, visit_id=visit, ms=60_000, offset_ms=10_000)
    after = note(core, visit, 20)
    for outcome, second in (("ignored", 20), ("counted", 80), ("counted", 80), ("ignored", 20), ("counted", 80)):
        lesson.answer_gap(core, event_id=gap.id, outcome=outcome)
        assert offsets(core, visit)[after] == second
    between = note(core, visit, 40, "typed in for a minute of the gap")
    lesson.answer_gap(core, event_id=gap.id, outcome="ignored")
    assert (offsets(core, visit)[after], offsets(core, visit)[between]) == (20, 40)


def test_a_system_clock_that_was_wrong_meanwhile_does_not_confuse_what_came_after(core: Core, visit: str) -> None:
    """The ids of what is written after a restart may sort before the gap's; the journal knows better."""
    clock = core.clock
    before = note(core, visit, 5)
    clock.jump_wall(seconds=7200)  # type: ignore[attr-defined]
    gap = lesson.mark_gap(core, visit_id=visit, ms=7_200_000, offset_ms=10_000, wall=clock.now())
    clock.jump_wall(seconds=-7200)  # type: ignore[attr-defined]
    after = notes.add(core, visit_id=visit, line="after", offset_ms=12_000, wall=clock.now()).id

    lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    assert (offsets(core, visit)[before], offsets(core, visit)[after]) == (5, 7212)


def test_interval_codes_move_by_whole_intervals_and_can_be_unticked_there(core: Core, visit: str) -> None:
    item = next(one for one in EVENT_FORM.items if one.kind == "interval")
    code = item.sides[0].full(item.sides[0].codes[0])

    def ticked() -> list[int]:
        sheet = interval_sheet(item, notes.stream(core, visit))
        return [one.index for one in sheet.intervals if code in one.ticked]

    length = item.seconds * 1000
    happenings.tick(core, visit_id=visit, item=item.id, index=0, code=code, ticked=True)
    gap = lesson.mark_gap(core, visit_id=visit, ms=3 * length + 1000, offset_ms=length + 500)
    happenings.tick(core, visit_id=visit, item=item.id, index=1, code=code, ticked=True)
    happenings.comment_code(core, visit_id=visit, item=item.id, index=2, code=code, text="two tables")

    lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    assert ticked() == [0, 4, 5]
    assert interval_sheet(item, notes.stream(core, visit)).at(5).comment(code) == "two tables"
    history.undo(core, scope=visit)
    assert ticked() == [0, 1, 2]
    history.redo(core, scope=visit)
    happenings.tick(core, visit_id=visit, item=item.id, index=5, code=code, ticked=False)
    assert ticked() == [0, 4]

    lesson.answer_gap(core, event_id=gap.id, outcome="ignored")
    assert ticked() == [0, 1]


def test_a_gap_answered_after_the_lesson_moves_its_end_too(core: Core, visit: str, clock: FakeClock) -> None:
    clock.advance(seconds=600)
    gap = lesson.mark_gap(core, visit_id=visit, ms=60_000, offset_ms=600_000)
    clock.advance(seconds=600)
    ended = visits.finish(core, visit_id=visit).ended
    assert ended is not None
    lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    assert visits.get(core, visit).ended == ended + timedelta(minutes=1)
    history.undo(core, scope=visit)
    assert visits.get(core, visit).ended == ended


@pytest.mark.parametrize("ms", [None, -60_000, 0, YEAR * 1000, -YEAR * 1000])
def test_what_no_lesson_can_have_slept_is_never_counted(core: Core, visit: str, ms: int | None) -> None:
    gap = lesson.mark_gap(core, visit_id=visit, ms=ms, offset_ms=10_000)
    after = note(core, visit, 20)
    with pytest.raises(Invalid):
        lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    lesson.answer_gap(core, event_id=gap.id, outcome="ignored")
    assert offsets(core, visit)[after] == 20


def test_an_answer_that_would_move_something_beyond_a_day_changes_nothing(core: Core, visit: str) -> None:
    gap = lesson.mark_gap(core, visit_id=visit, ms=MAX_OFFSET_MS, offset_ms=10_000)
    after = note(core, visit, 20)
    with pytest.raises(Invalid):
        lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    assert offsets(core, visit)[after] == 20
    assert gaps(notes.stream(core, visit))[0].open


def test_only_a_gap_is_answered_and_only_with_an_answer(core: Core, visit: str) -> None:
    gap = lesson.mark_gap(core, visit_id=visit, ms=9000, offset_ms=0)
    by_hand = lesson.set_clock(core, visit_id=visit, ms=5000, offset_ms=1000)
    for event_id, outcome in ((note(core, visit, 1), "counted"), (gap.id, ""), (by_hand.id, "ignored")):
        with pytest.raises(Invalid):
            lesson.answer_gap(core, event_id=event_id, outcome=outcome)
    with pytest.raises(NotFound):
        lesson.answer_gap(core, event_id="none", outcome="counted")


# -- corrections and anchors


def test_a_correction_moves_the_clock_and_no_event(core: Core, visit: str, clock: FakeClock) -> None:
    clock.advance(seconds=600)
    written = note(core, visit, 600)
    lesson.set_clock(core, visit_id=visit, ms=900_000, offset_ms=600_000, wall=clock.now())
    assert (elapsed(core, visit), offsets(core, visit)[written]) == (900_000, 600)
    lesson.set_clock(core, visit_id=visit, ms=0, offset_ms=900_000)
    clock.advance(seconds=5)
    assert elapsed(core, visit) == 5000

    assert history.undo(core, scope=visit).kind == "lesson.clock"
    assert elapsed(core, visit) == 905_000
    history.undo(core, scope=visit)
    assert elapsed(core, visit) == 605_000


def test_beginning_keeps_an_anchor_and_imported_lessons_have_none(core: Core, visit: str, clock: FakeClock) -> None:
    assert lesson.anchor(core, visit) == Anchor(0, clock.now(), clock.boot(), clock.monotonic_ms())
    imported = visit_with(core)
    visits.begin(core, visit_id=imported, at=clock.now() - timedelta(days=3))
    assert lesson.anchor(core, imported) is None


def test_an_anchor_is_no_entry_of_the_journal(core: Core, visit: str, clock: FakeClock) -> None:
    written = note(core, visit, 1)
    before = history.of_visit(core, visit)
    lesson.keep_anchor(core, visit_id=visit, anchor=Anchor(7, clock.now(), "b", 3))
    assert lesson.anchor(core, visit) == Anchor(7, clock.now(), "b", 3)
    assert history.of_visit(core, visit) == before
    history.undo(core, scope=visit)
    assert written not in offsets(core, visit)


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_clock_that_jumps_by_a_year_makes_no_lesson_of_a_year(
    core: Core, visit: str, clock: FakeClock, jump: int
) -> None:
    clock.advance(seconds=1200)
    clock.jump_wall(seconds=jump)
    clock.advance(seconds=600)
    assert elapsed(core, visit) == 1_800_000

    done = visits.finish(core, visit_id=visit)
    assert done.started is not None
    assert done.ended == done.started + timedelta(minutes=30)
    clock.advance(seconds=60)
    visits.resume(core, visit_id=visit)
    assert elapsed(core, visit) == 1_860_000


def test_without_an_anchor_a_clock_set_back_never_stands_before_what_was_written(
    core: Core, visit: str, clock: FakeClock
) -> None:
    clock.advance(seconds=600)
    note(core, visit, 600)
    clock.jump_wall(seconds=-YEAR)
    found = visits.get(core, visit)
    assert lesson.take_up(core, found, notes.stream(core, visit), None).elapsed_ms() == 600_000


def test_after_a_restart_the_last_words_before_the_power_cut_are_not_passed_over(
    core: Core, visit: str, clock: FakeClock
) -> None:
    clock.advance(seconds=7)
    note(core, visit, 7)
    started = visits.get(core, visit).started
    assert started is not None
    late = started + timedelta(seconds=900)
    notes.add(core, visit_id=visit, line="for a minute to come", offset_ms=900_000, wall=late)
    notes.add(core, visit_id=visit, line="from paper", offset_ms=2_000_000)
    clock.boot_id, clock.ticks_ms = "second", 0
    clock.jump_wall(seconds=-YEAR)

    assert elapsed(core, visit) == 7000


def test_a_visit_paused_when_it_ended_is_paused_to_its_end_and_still_when_it_goes_on(
    core: Core, visit: str, clock: FakeClock
) -> None:
    happenings.start_timer(core, visit_id=visit, item="teacher", offset_ms=0)
    lesson.pause(core, visit_id=visit, offset_ms=60_000)
    clock.advance(seconds=300)
    visits.finish(core, visit_id=visit)
    events = notes.stream(core, visit)
    assert timers(EVENT_FORM.items, events)["teacher"].total_ms(300_000) == 60_000

    visits.resume(core, visit_id=visit)
    assert paused_since(pauses(notes.stream(core, visit))) == 60_000
    assert lesson.resume(core, visit_id=visit, offset_ms=310_000) is not None


def test_starting_a_visit_never_touches_another_unfinished_one(core: Core, visit: str, clock: FakeClock) -> None:
    clock.advance(seconds=100)
    happenings.start_timer(core, visit_id=visit, item="teacher", offset_ms=90_000)
    lesson.pause(core, visit_id=visit, offset_ms=100_000)
    before = (
        visits.get(core, visit),
        notes.stream(core, visit),
        lesson.anchor(core, visit),
        history.of_visit(core, visit),
    )

    other = visit_with(core)
    visits.begin(core, visit_id=other)
    note(core, other, 1)
    lesson.set_clock(core, visit_id=other, ms=60_000, offset_ms=1000)
    visits.finish(core, visit_id=other)

    after = (
        visits.get(core, visit),
        notes.stream(core, visit),
        lesson.anchor(core, visit),
        history.of_visit(core, visit),
    )
    assert after == before
    assert visits.get(core, visit).ended is None


@pytest.mark.parametrize("slept", [0, 30 * 3600])
def test_a_correction_holds_also_where_the_clock_had_no_lesson_time(
    core: Core, visit: str, clock: FakeClock, slept: int
) -> None:
    """Gaps and corrections may come to less than nothing, and an open visit may be left over night."""
    gap = lesson.mark_gap(core, visit_id=visit, ms=7_200_000, offset_ms=0)
    lesson.answer_gap(core, event_id=gap.id, outcome="counted")
    live = LessonClock(clock, started=clock.now(), gaps_ms=7_200_000)
    lesson.set_clock(core, visit_id=visit, ms=0, offset_ms=live.unbounded_ms())
    lesson.answer_gap(core, event_id=gap.id, outcome="ignored")
    live.set_gaps(counted_ms(gaps(notes.stream(core, visit))))
    clock.advance(seconds=slept)
    assert live.elapsed_ms() == (MAX_OFFSET_MS if slept else 0)

    lesson.set_clock(core, visit_id=visit, ms=60_000, offset_ms=live.unbounded_ms())
    live.set_gaps(counted_ms(gaps(notes.stream(core, visit))))
    assert live.elapsed_ms() == 60_000
