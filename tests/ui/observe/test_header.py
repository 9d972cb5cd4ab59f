"""The strip and the clock over the stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_clock import LessonClock
from observe_app.ui.observe import LessonClockWidget
from observe_app.ui.observe.stream_model import StreamModel
from observe_app.ui.observe.strip_marks import StripMarks
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


def test_pauses_and_counted_gaps_are_holes_in_the_bar(strip):
    strip.set_events([
        event(0, EventKind.PHASE, text="Starter"), event(10, EventKind.PAUSE), event(15, EventKind.RESUME),
        event(20, EventKind.GAP, value=300_000.0, outcome="counted"),
    ])  # fmt: skip
    strip.set_now(40 * 60_000)
    picture = shoot(strip, size=(1048, 56)).toImage()

    def inks(minute):
        return {picture.pixelColor(x_of(minute) + dx, 22).name() for dx in range(8)}

    assert inks(18) == {color("tint2").name()}
    for minute in (11, 22):
        assert color("tint2").name() not in inks(minute)
        assert color("bg").name() in inks(minute)
    assert strip.words_at(x_of(12)) == "12:00 · Starter · paused 5:00"
    assert strip.words_at(x_of(20)) == "20:00 · Clock gap 5:00, counted"


def test_a_gap_to_answer_is_marked_in_warm_and_takes_the_click(strip, qtbot):
    strip.set_events([event(20, EventKind.GAP, value=300_000.0)])
    strip.set_now(40 * 60_000)
    picture = shoot(strip, size=(1048, 56)).toImage()

    assert picture.pixelColor(x_of(20), 9) == color("warm")
    with qtbot.waitSignal(strip.gap_chosen) as chosen, qtbot.assertNotEmitted(strip.minute_chosen):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x_of(20) + 8, 10))
    assert chosen.args == ["20gap"]
    with qtbot.waitSignal(strip.minute_chosen), qtbot.assertNotEmitted(strip.gap_chosen):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x_of(20), 40))


def test_a_phase_just_begun_is_named_right_of_now(strip):
    strip.set_events([event(0, EventKind.PHASE, text="Starter"), event(30, EventKind.PHASE, text="Pairs")])
    strip.set_now(30 * 60_000)
    picture = shoot(strip, size=(1048, 56)).toImage()

    beside = [picture.pixelColor(x, y).lightness() for x in range(x_of(30) + 8, x_of(30) + 40) for y in range(10, 22)]
    assert min(beside) < 100


@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "star", "drop", "take"]), st.integers(0, 12), st.integers(0, 60)),
        max_size=60,
    )
)
def test_marks_kept_one_by_one_are_those_of_all_at_once(steps):
    """Whatever comes, goes, moves and is starred, the pixels are those of a strip that was loaded whole."""
    kept, there = StripMarks(), {}
    for what, number, minute in steps:
        made = Event(f"{number}", "v", EventKind.NOTE, minute * 60_000, starred=what == "star", deleted=what == "drop")
        if what == "take":
            kept.take(made.id)
            there.pop(made.id, None)
        else:
            kept.put(made)
            there[made.id] = made
        whole = StripMarks()
        whole.load(there.values())
        for starred in (False, True):
            scale = {"left": 24, "room": 1000, "total_ms": 3_600_000, "starred": starred}
            assert sorted(kept.places(**scale)) == sorted(whole.places(**scale))
        assert (kept.notes, kept.stars, kept.newest) == (whole.notes, whole.stars, whole.newest)


def test_a_strip_that_follows_the_stream_shows_the_same(strip, qtbot):
    model = StreamModel()
    model.load([event(1), event(2, starred=True)], {})
    strip.follow(model)
    model.put(event(3))
    model.put(event(4, EventKind.PAUSE))
    model.put(event(3, starred=True))
    model.take(event(1).id)

    assert strip.accessibleName() == "Lesson strip: 2 notes, 2 starred"
    assert strip.words_at(x_of(5)) == "05:00"
    strip.set_now(6 * 60_000)
    assert strip.words_at(x_of(5)) == "05:00 · paused 2:00"


def test_a_paused_clock_says_for_how_long(qtbot, clock):
    widget = LessonClockWidget()
    qtbot.addWidget(widget)
    lesson = LessonClock(clock, started=clock.now())
    clock.advance(seconds=600)
    widget.tick(lesson, 50, 470_000)
    assert (widget.time_text, widget.left_text, widget.is_paused) == ("10:00", "paused 2:10", True)
    assert widget.accessibleDescription() == "paused"
    widget.tick(lesson, 50)
    assert (widget.left_text, widget.is_paused) == ("40 min left", False)


def test_the_clock_is_corrected_by_keyboard_alone_and_gives_it_back(qtbot, clock):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 300)
    line, widget = QLineEdit(page), LessonClockWidget(page)
    widget.move(300, 0)
    widget.resize(250, 44)
    lesson = LessonClock(clock, started=clock.now())
    widget.tick(lesson, 50)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert widget.field.edit.hasFocus()
    assert page.rect().contains(widget.field.geometry())
    qtbot.keyClick(widget.field.edit, Qt.Key.Key_Escape)
    assert widget.hasFocus()
    assert not widget.field.isVisible()

    widget.ask()
    qtbot.keyClicks(widget.field.edit, "12:30")
    with qtbot.waitSignal(widget.correction_asked) as asked:
        qtbot.keyClick(widget.field.edit, Qt.Key.Key_Return)
    assert asked.args == [750_000]
    widget.ask()
    line.setFocus()
    assert not widget.field.isVisible()


def test_a_clock_that_stands_still_is_not_corrected(qtbot, clock):
    widget = LessonClockWidget()
    qtbot.addWidget(widget)
    widget.tick(LessonClock(clock, started=None), 50)
    widget.ask()
    assert not widget.field.isVisible()


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
