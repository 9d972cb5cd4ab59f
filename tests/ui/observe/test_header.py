"""The strip and the clock over the stream."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_clock import LessonClock
from observe_app.ui.observe import LessonClockWidget
from observe_app.ui.observe.time_strip import TimeStrip
from observe_app.ui.theme import ThemeChoice, color
from tests.ui.shots import shoot, theme_controller


def event(minute, kind=EventKind.NOTE, **fields):
    return Event(id=f"{minute}{kind}", visit_id="v", kind=kind, offset_ms=minute * 60_000, **fields)


@pytest.fixture
def strip(qtbot, qapp):
    theme_controller(qapp).apply(ThemeChoice.LIGHT)
    made = TimeStrip()
    qtbot.addWidget(made)
    made.resize(1048, 56)
    return made


def x_of(minute, minutes=50):
    return 24 + round(1000 * minute / minutes)


def test_notes_stars_and_now_stand_at_their_minute(strip):
    strip.set_events([event(10), event(20, starred=True)])
    strip.set_now(30 * 60_000)
    picture = shoot(strip, size=(1048, 56)).toImage()

    assert picture.pixelColor(x_of(10), 32) == color("mid")
    assert picture.pixelColor(x_of(20), 32) == color("warm")
    assert picture.pixelColor(x_of(30), 12) == color("ink")
    assert picture.pixelColor(x_of(40), 12) == color("bg")


def test_phases_are_segments(strip):
    strip.set_events([event(0, EventKind.PHASE, text="Starter"), event(10, EventKind.PHASE, text="Pairs")])
    strip.set_now(30 * 60_000)
    picture = shoot(strip, size=(1048, 56)).toImage()

    assert picture.pixelColor(x_of(9), 10) == color("tint2")
    assert picture.pixelColor(x_of(20), 10) == color("tint")


def test_a_lesson_over_time_makes_the_strip_longer(strip, qtbot):
    strip.set_now(63 * 60_000)
    with qtbot.waitSignal(strip.minute_chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(1024, 10))

    assert chosen.args == [65 * 60_000]


def test_the_strip_says_what_is_on_it(strip):
    strip.set_events([event(1), event(2, starred=True)])

    assert strip.accessibleName() == "Lesson strip: 2 notes, 1 starred"


@pytest.mark.parametrize(
    ("seconds", "time", "left"),
    [(0, "00:00", "50 min left"), (1902, "31:42", "19 min left"), (3060, "51:00", "1 min over")],
)
def test_the_clock_tells_lesson_time_and_what_is_left(qtbot, clock, seconds, time, left):
    widget = LessonClockWidget()
    qtbot.addWidget(widget)
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=seconds)
    widget.tick(lesson, 50)

    assert (widget.time_text, widget.left_text) == (time, left)


def test_before_and_after_the_lesson_the_clock_says_so(qtbot, clock):
    widget = LessonClockWidget()
    qtbot.addWidget(widget)
    widget.tick(LessonClock(clock, started=None), 45)
    assert widget.left_text == "45 min planned"

    lesson = LessonClock(clock, started=clock.now())
    lesson.freeze()
    widget.tick(lesson, 45)
    assert widget.left_text == "ended"
