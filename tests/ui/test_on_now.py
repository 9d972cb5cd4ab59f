"""The strip of what is on now: what runs is seen, said and ended there, and it costs nothing while nothing changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Form, Section
from observe_app.services import happenings, history, notes, visits
from observe_app.ui.theme import color
from tests.services.event_form import BOARD, OPEN, PRAISE, SWEEP, TEACHER, said, visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press, type_text

__all__ = ["bus", "open_tab"]

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def form_of(*items):
    return Form("f", 1, said("Form"), said("For tests."), sections=(Section("s", said("Section"), items),))


@pytest.fixture
def visit(core):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def tab(open_tab, visit):
    return open_tab(visit)


@pytest.fixture
def strip(tab):
    return tab.form_panel.on_now


def names(strip):
    return [chip.accessibleName() for chip in strip.chips]


def kinds(core, visit):
    return [event.kind for event in notes.stream(core, visit)]


# --- what is seen


def test_it_takes_no_room_for_a_form_with_neither_timers_nor_sweeps(open_tab, core):
    tab = open_tab(visit_with(core, form_of(PRAISE, OPEN)))

    assert tab.form_panel.on_now.isHidden()
    assert tab.form_panel.pane.y() == 0


def test_it_stays_where_it_is_while_the_form_scrolls(tab, strip):
    bar = tab.form_panel.pane.verticalScrollBar()
    bar.setValue(bar.maximum())

    assert bar.value() > 0
    assert strip.isVisible()
    assert strip.y() == 0
    assert tab.form_panel.pane.y() == strip.height()


def test_one_quiet_line_says_that_no_timer_is_on(strip):
    assert (strip.chips, strip.words) == ((), "no timer is on")


def test_a_timer_that_starts_stands_there_with_its_time_and_key(tab, strip, clock):
    press(tab.line.edit, Key.Key_F7)
    clock.advance(seconds=128)
    strip.tick()

    assert names(strip) == ["Pupils talk"]
    assert (strip.chips[0].time_words, strip.chips[0].key) == ("2:08", "F7")
    assert strip.words == ""


def test_while_no_timer_is_on_one_line_is_enough(open_tab, core, qtbot):
    visit = visit_with(core, form_of(BOARD))
    visits.begin(core, visit_id=visit)
    tab = open_tab(visit)
    strip = tab.form_panel.on_now
    quiet = strip.height()
    press(tab.line.edit, Key.Key_F9)
    assert strip.height() > quiet
    qtbot.waitUntil(lambda: tab.form_panel.pane.y() == strip.height())
    press(tab.line.edit, Key.Key_F9, SHIFT)
    assert strip.height() == quiet


def test_timers_of_several_groups_stand_in_the_forms_order(tab, strip):
    for key in (Key.Key_F9, Key.Key_F8, Key.Key_F7):
        press(tab.line.edit, key)

    assert names(strip) == ["Pupils talk", "At the board"]


def test_the_time_is_that_of_its_row(tab, strip, clock):
    for key, seconds in ((Key.Key_F7, 30), (Key.Key_F8, 10), (Key.Key_F7, 45)):
        press(tab.line.edit, key)
        clock.advance(seconds=seconds)
    strip.tick()

    assert strip.chips[0].time_words == tab.form_panel.item("pupils").time_words == "1:15"


def test_a_second_needs_no_look_at_the_events_and_moves_nothing(tab, strip, clock, monkeypatch):
    press(tab.line.edit, Key.Key_F7)
    before = [chip.geometry() for chip in strip.chips]
    keeper = tab.form_panel.item("pupils").keeper
    monkeypatch.setattr(keeper, "timer_of", None)
    monkeypatch.setattr(keeper, "events_of", None)
    clock.advance(seconds=61)
    strip.tick()

    assert strip.chips[0].time_words == "1:01"
    assert [chip.geometry() for chip in strip.chips] == before


def test_the_seconds_pass_by_themselves(tab, strip, clock, qtbot):
    press(tab.line.edit, Key.Key_F7)
    clock.advance(seconds=9)

    qtbot.waitUntil(lambda: strip.chips[0].time_words == "0:09", timeout=4000)


def test_long_names_stay_inside_the_strip_and_apart(open_tab, core):
    long = [
        type(TEACHER)(
            f"t{n}", TEACHER.kind, said(f"Pupils {n} work in groups of changing size, one of them speaks " * 2)
        )
        for n in range(2)
    ]
    visit = visit_with(core, form_of(*long, SWEEP))
    visits.begin(core, visit_id=visit)
    for item in long:
        happenings.start_timer(core, visit_id=visit, item=item.id)
    tab = open_tab(visit)
    strip = tab.form_panel.on_now

    boxes = [chip.geometry() for chip in (*strip.chips, strip.sweep)]
    assert all(strip.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_nothing_is_on_once_the_lesson_is_over_and_the_strip_goes(tab, strip, core, visit, clock):
    press(tab.line.edit, Key.Key_F7)
    clock.advance(seconds=60)
    visits.finish(core, visit_id=visit)
    assert (strip.chips, strip.isHidden()) == ((), True)

    visits.resume(core, visit_id=visit)
    assert (names(strip), strip.isVisible()) == (["Pupils talk"], True)


def test_another_visit_shows_its_own_timers(tab, strip, core):
    press(tab.line.edit, Key.Key_F7)
    other = visit_with(core, form_of(BOARD))
    visits.begin(core, visit_id=other)
    happenings.start_timer(core, visit_id=other, item="board")
    tab.open_visit(other)

    assert names(strip) == ["At the board"]


# --- pauses


def test_while_the_lesson_is_paused_times_stand_still_and_say_so(tab, strip, core, visit, clock):
    press(tab.line.edit, Key.Key_F7)
    clock.advance(seconds=60)
    with core.store.write("lesson.pause", scope=visit) as unit:
        unit.events.add(Event(core.ids.new(), visit, EventKind.PAUSE, 60_000))
        unit.commit()
    clock.advance(seconds=30)
    strip.tick()

    assert strip.chips[0].is_paused
    assert strip.chips[0].time_words == "1:00"
    assert strip.words == "paused: times stand still"

    history.undo(core, scope=visit)
    assert not strip.chips[0].is_paused


# --- a press, an end


def test_a_click_on_a_chip_says_that_it_is_still_on_and_ends_nothing(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    QTest.mouseClick(strip.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(30, 12))

    assert strip.words == "Pupils talk: still on"
    assert names(strip) == ["Pupils talk"]
    assert kinds(core, visit) == [EventKind.START]
    assert tab.line.edit.hasFocus()


def test_a_second_press_of_the_key_says_so_in_the_strip(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    assert strip.words == ""
    press(tab.line.edit, Key.Key_F7)

    assert strip.words == "Pupils talk: still on"
    assert kinds(core, visit) == [EventKind.START]


def test_what_was_said_of_a_timer_goes_with_it(tab, strip):
    press(tab.line.edit, Key.Key_F7)
    press(tab.line.edit, Key.Key_F7)
    press(tab.line.edit, Key.Key_F8)

    assert (names(strip), strip.words) == (["Silence"], "")


def test_shift_with_a_click_ends_it(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    QTest.mouseClick(strip.chips[0], Qt.MouseButton.LeftButton, SHIFT, QPoint(30, 12))

    assert strip.chips == ()
    assert kinds(core, visit) == [EventKind.START, EventKind.STOP]


def test_a_press_offers_a_button_that_ends_it_for_a_finger(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    chip = strip.chips[0]
    assert chip.end.isHidden()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert chip.end.isVisible()
    assert chip.end.accessibleName() == "End Pupils talk"
    QTest.mouseClick(chip.end, Qt.MouseButton.LeftButton)

    assert strip.chips == ()
    assert kinds(core, visit) == [EventKind.START, EventKind.STOP]


def test_the_keyboard_reaches_a_chip_and_ends_it(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    strip.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(strip.chips[0], Key.Key_Return)
    assert strip.words == "Pupils talk: still on"
    press(strip.chips[0], Key.Key_Delete)

    assert kinds(core, visit) == [EventKind.START, EventKind.STOP]


def test_what_is_undone_goes_from_the_strip_and_comes_back(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    press(tab.line.edit, Key.Key_F8)
    history.undo(core, scope=visit)
    assert names(strip) == ["Pupils talk"]
    history.redo(core, scope=visit)
    assert names(strip) == ["Silence"]


# --- the next sweep


def test_the_next_sweep_is_told_and_falls_due(tab, strip, clock):
    assert strip.sweep.text().startswith("On task: next 5:00")
    clock.advance(seconds=300)
    strip.tick()

    assert strip.sweep.is_due
    assert strip.sweep.text() == "On task: due"


def test_a_form_with_one_sweep_need_not_name_it(open_tab, core, clock):
    visit = visit_with(core, form_of(SWEEP))
    visits.begin(core, visit_id=visit)
    tab = open_tab(visit)
    strip = tab.form_panel.on_now

    assert (strip.sweep.text(), strip.sweep.key) == ("next sweep 5:00", "S")
    clock.advance(seconds=301)
    strip.tick()
    assert strip.sweep.text() == "Sweep due"


def test_a_sweep_that_is_stored_makes_the_next_one_due(tab, strip, core, visit, clock):
    clock.advance(seconds=301)
    for item in ("task", "table"):
        happenings.sweep(core, visit_id=visit, item=item, on_task=3)

    assert not strip.sweep.is_due
    assert strip.sweep.text() == "On task: next 10:00"


def test_a_click_on_the_sweep_opens_its_field(tab, strip, clock):
    clock.advance(seconds=301)
    strip.tick()
    QTest.mouseClick(strip.sweep, Qt.MouseButton.LeftButton)

    assert tab.form_panel.item("task").field.hasFocus()


@pytest.mark.parametrize("reduced", [True, False])
def test_a_due_sweep_gets_its_plane_at_once_only_where_nothing_may_move(tab, strip, clock, theme, qtbot, reduced):
    theme.set_reduced_motion(reduced=reduced)
    clock.advance(seconds=301)
    strip.tick()
    chip = strip.sweep

    def plane():
        return chip.grab().toImage().pixelColor(chip.width() // 2, 2)

    assert (plane() == color("tint")) is reduced
    qtbot.waitUntil(lambda: plane() == color("tint"), timeout=4000)


# --- above the note line, where there is no room for the form


def test_it_works_in_another_layout_and_comes_back(tab, strip, core, visit):
    press(tab.line.edit, Key.Key_F7)
    column = tab.left.layout()
    column.insertWidget(1, strip)
    strip.setVisible(strip.has_something)
    assert strip.parentWidget() is tab.left
    QTest.mouseClick(strip.chips[0], Qt.MouseButton.LeftButton, SHIFT, QPoint(30, 12))
    assert kinds(core, visit) == [EventKind.START, EventKind.STOP]

    tab.form_panel.hold_on_now()
    press(tab.line.edit, Key.Key_F7)
    assert strip.parentWidget() is tab.form_panel
    assert strip.isVisible()
    assert strip.y() == 0


# --- larger words, no room, from right to left


@pytest.mark.parametrize("percent", [125, 150])
def test_larger_words_keep_everything_inside(open_tab, core, visit, theme, percent):
    theme.set_text_size(percent)
    tab = open_tab(visit)
    for key in (Key.Key_F7, Key.Key_F9):
        press(tab.line.edit, key)
    strip = tab.form_panel.on_now

    boxes = [chip.geometry() for chip in (*strip.chips, strip.sweep)]
    assert all(strip.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_from_right_to_left_the_first_chip_stands_at_the_right(tab, strip):
    press(tab.line.edit, Key.Key_F7)
    left = strip.chips[0].geometry()
    tab.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert strip.chips[0].x() == strip.width() - left.x() - left.width()


def test_the_note_keeps_its_words_and_the_keyboard(tab, strip):
    type_text(tab.line.edit, "S7 half")
    press(tab.line.edit, Key.Key_F7)
    QTest.mouseClick(strip.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    type_text(tab.line.edit, " a word")

    assert tab.line.edit.words == "half a word"
    assert tab.line.edit.hasFocus()
