"""Lesson time: monotonic while the program runs, from wall time when a visit is opened again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.clock import FakeClock
from observe_app.domain.lesson_clock import LessonClock, left_minutes, parse_clock
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
