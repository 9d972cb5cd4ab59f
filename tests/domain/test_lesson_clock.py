"""Lesson time: monotonic while the program runs, from wall time when a visit is opened again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.clock import FakeClock
from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.lesson_clock import Anchor, LessonClock, left_minutes, parse_clock
from observe_app.domain.note_line import clock_text


def test_stands_at_zero_before_the_start(clock):
    lesson = LessonClock(clock, started=None)
    clock.advance(seconds=60)

    assert lesson.elapsed_ms() == 0
    assert not lesson.running


def test_counts_from_the_start(clock):
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=61, ms=500)

    assert lesson.elapsed_ms() == 61_500
    assert lesson.stamp().offset_ms == 61_500
    assert lesson.stamp().wall == clock.now()


@pytest.mark.parametrize("seconds", [3600, -3600, 31_536_000, -31_536_000])
def test_a_system_clock_that_jumps_moves_no_lesson_time(clock, seconds):
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=30)
    clock.jump_wall(seconds=seconds)
    clock.advance(seconds=30)

    assert lesson.elapsed_ms() == 60_000


def test_opening_again_takes_time_up_from_the_wall(clock):
    started = clock.now()
    clock.advance(seconds=600)
    later = FakeClock(at=clock.now() + timedelta(seconds=90), ticks_ms=5)

    assert LessonClock(later, started=started).elapsed_ms() == 690_000


def test_opening_again_never_stands_before_the_newest_event(clock):
    started = clock.now()
    clock.jump_wall(seconds=-86_400)

    assert LessonClock(clock, started=started, at_least_ms=42_000).elapsed_ms() == 42_000


def test_an_ended_lesson_stands_still(clock):
    started = clock.now()
    lesson = LessonClock(clock, started=started, ended=started + timedelta(minutes=50))
    clock.advance(seconds=100)

    assert lesson.elapsed_ms() == 3_000_000
    assert not lesson.running


def test_freezing_keeps_the_moment(clock):
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=10)

    assert lesson.freeze() == 10_000
    clock.advance(seconds=10)
    assert lesson.elapsed_ms() == 10_000


def test_wall_time_of_a_moment(clock):
    started = clock.now()

    assert LessonClock(clock, started=started).wall_at(90_000) == started + timedelta(seconds=90)
    assert LessonClock(clock, started=None).wall_at(90_000) == clock.now()


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(-(10**7), 10**7)), max_size=20))
def test_time_never_goes_back_and_is_the_sum_of_what_passed(steps):
    clock = FakeClock()
    lesson = LessonClock(clock, started=clock.now())
    passed = 0
    for ms, jump in steps:
        clock.jump_wall(seconds=jump)
        clock.advance(ms=ms)
        passed += ms
        assert lesson.elapsed_ms() == passed


@pytest.mark.parametrize(
    ("elapsed", "left"), [(0, 50), (1, 50), (60_000, 49), (2_940_001, 1), (3_000_000, 0), (3_060_000, -1)]
)
def test_minutes_left_are_rounded_up(elapsed, left):
    assert left_minutes(elapsed, 50) == left


@pytest.mark.parametrize(
    ("text", "ms"),
    [("20:07", 1_207_000), ("0:05", 5000), ("75:02", 4_502_000), ("1:02:03", 3_723_000), (" 20 ", 1_200_000)],
)
def test_reads_times(text, ms):
    assert parse_clock(text) == ms


@pytest.mark.parametrize("text", ["", "x", "20:7x", "20:60", "1:60:00", "1:2:3:4", "-5:00", "٢:٠٠", "99999:00"])
def test_refuses_what_is_no_time(text):
    assert parse_clock(text) is None


@given(st.integers(0, 9_999 * 60))
def test_reads_what_the_stream_writes(seconds):
    assert parse_clock(clock_text(seconds * 1000)) == seconds * 1000


# -- taken up from an anchor

YEAR = 31_536_000
DAY_MS = MAX_OFFSET_MS


def restarted(clock, *, away_ms, boot="second"):
    """The computer after a restart: its ticks begin anew, the wall goes on."""
    return FakeClock(at=clock.now() + timedelta(milliseconds=away_ms), ticks_ms=77, boot_id=boot)


@given(
    st.integers(0, 10_000_000),
    st.integers(0, 10_000_000),
    st.sampled_from([0, 1, 3600, -3600, YEAR, -YEAR, 40 * YEAR]),
)
def test_a_killed_program_takes_the_time_up_whatever_the_wall_says(before, away, jump):
    clock = FakeClock()
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(ms=before)
    anchor = lesson.anchor()
    clock.jump_wall(seconds=jump)
    clock.advance(ms=away)

    again = LessonClock(clock, started=clock.now() - timedelta(seconds=5 * YEAR), anchor=anchor)

    assert again.elapsed_ms() == before + away
    assert again.away_ms == away
    assert again.drift_ms() == jump * 1000
    assert again.drift_ms() == 0


@given(st.integers(0, 40_000_000), st.integers(-2 * YEAR * 1000, 2 * YEAR * 1000), st.sampled_from(["", "second"]))
def test_after_a_restart_of_the_computer_the_wall_counts_where_a_lesson_can_have_lasted_so_long(before, away, boot):
    clock = FakeClock()
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(ms=before)
    anchor = lesson.anchor()
    again = LessonClock(restarted(clock, away_ms=away, boot=boot), started=lesson.started, anchor=anchor)

    known = 0 <= away <= DAY_MS - before
    assert again.away_ms == (away if known else None)
    assert again.elapsed_ms() == before + (away if known else 0)
    assert again.drift_ms() == 0


def test_two_starts_that_nobody_can_tell_apart_are_not_one(clock):
    clock.boot_id = ""
    anchor = Anchor(60_000, clock.now(), "", clock.monotonic_ms())
    clock.jump_wall(seconds=10)

    assert LessonClock(clock, started=clock.now(), anchor=anchor).elapsed_ms() == 70_000


def test_a_lesson_left_open_over_a_weekend_stands_where_it_was_left(clock):
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=600)
    anchor = lesson.anchor()
    clock.advance(seconds=3 * 86_400)

    again = LessonClock(clock, started=lesson.started, anchor=anchor)
    assert (again.elapsed_ms(), again.away_ms) == (600_000, None)


def test_where_nobody_knows_how_long_it_was_the_newest_event_is_not_passed_over(clock):
    anchor = Anchor(60_000, clock.now(), "first", 0)
    clock.jump_wall(seconds=-YEAR)
    lesson = LessonClock(clock, started=clock.now(), anchor=anchor, at_least_ms=68_000, gaps_ms=3_000)

    assert lesson.elapsed_ms() == 68_000


def test_gaps_that_count_are_added_and_the_anchor_leaves_them_out(clock):
    lesson = LessonClock(clock, started=clock.now(), gaps_ms=1_000)
    clock.advance(seconds=10)
    assert (lesson.elapsed_ms(), lesson.raw_ms(), lesson.anchor().raw_ms) == (11_000, 10_000, 10_000)

    lesson.set_gaps(-4_000)
    assert lesson.elapsed_ms() == 6_000
    lesson.set_gaps(-60_000)
    assert lesson.elapsed_ms() == 0
    lesson.set_gaps(2 * DAY_MS)
    assert lesson.elapsed_ms() == DAY_MS


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("runs"), st.integers(0, 600_000)),
            st.tuples(st.just("jumps"), st.sampled_from([-YEAR, -3600, 1, 3600, YEAR])),
            st.tuples(st.just("closed"), st.integers(0, 600_000)),
            st.tuples(st.just("restarted"), st.integers(0, 600_000)),
        ),
        max_size=30,
    )
)
def test_whatever_happens_to_program_computer_and_clock_the_lesson_never_goes_back(steps):
    """Restarts and jumps come apart here: a wall set while the computer was off is the one thing nobody can know."""
    clock = FakeClock()
    started = clock.now()
    lesson = LessonClock(clock, started=started)
    passed = 0
    for what, amount in steps:
        if what == "jumps":
            clock.jump_wall(seconds=amount)
        elif what == "runs":
            clock.advance(ms=amount)
            passed += amount
        else:
            anchor = lesson.anchor()
            if what == "restarted":
                clock.boot_id, clock.ticks_ms = f"{clock.boot_id}+", 0
            clock.advance(ms=amount)
            passed += amount
            lesson = LessonClock(clock, started=started, anchor=anchor)
        assert lesson.elapsed_ms() == passed


def test_drift_is_how_far_the_clocks_parted_since_the_last_look(clock):
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=100)
    assert lesson.drift_ms() == 0
    clock.jump_wall(seconds=760)
    clock.advance(seconds=1)
    assert lesson.drift_ms() == 760_000
    clock.jump_wall(seconds=-YEAR)
    assert lesson.drift_ms() == -YEAR * 1000
    assert lesson.drift_ms() == 0
