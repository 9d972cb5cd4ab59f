"""Keys of what is counted and timed, pressed while a note is being written: rules that a lesson depends on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from observe_app.domain.event import EventKind
from observe_app.domain.timeline import timers
from observe_app.services import happenings, history, notes, visits
from observe_app.ui.form_panel.digit_keys import digit_of
from observe_app.ui.form_panel.event_shelf import EventShelf
from tests.services.event_form import EVENT_FORM, visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press, type_text

__all__ = ["bus", "open_tab"]

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TALK = {Key.Key_F6: "teacher", Key.Key_F7: "pupils", Key.Key_F8: "silence", Key.Key_F9: "board"}


@pytest.fixture
def visit(core):
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def tab(open_tab, visit):
    return open_tab(visit)


def running(core, visit):
    states = timers(EVENT_FORM.items, notes.stream(core, visit))
    return {name for name, state in states.items() if state.running_since is not None}


def count(core, visit, item):
    return sum(event.item == item and event.kind is EventKind.TALLY for event in notes.stream(core, visit))


# --- the rules


def test_a_second_press_of_a_running_timer_never_ends_it(tab, core, visit, clock):
    press(tab.line.edit, Key.Key_F7)
    for _again in range(5):
        clock.advance(seconds=3)
        press(tab.line.edit, Key.Key_F7)

    assert running(core, visit) == {"pupils"}
    assert [event.kind for event in notes.stream(core, visit)] == [EventKind.START]


def test_shift_with_its_key_ends_it_and_only_it(tab, core, visit):
    press(tab.line.edit, Key.Key_F7)
    press(tab.line.edit, Key.Key_F9)
    press(tab.line.edit, Key.Key_F7, SHIFT)

    assert running(core, visit) == {"board"}


def test_another_key_of_its_group_switches_and_one_outside_does_not(tab, core, visit):
    press(tab.line.edit, Key.Key_F6)
    press(tab.line.edit, Key.Key_F9)
    press(tab.line.edit, Key.Key_F8)

    assert running(core, visit) == {"silence", "board"}


@given(st.lists(st.tuples(st.sampled_from(sorted(TALK)), st.booleans()), max_size=12))
def test_whatever_is_pressed_one_of_a_group_runs_and_only_shift_ends(core, clock, steps):
    """The rules on the shelf that the screen shows, with the store's own service doing what a key does."""
    visit = visit_with(core)
    visits.begin(core, visit_id=visit)
    shelf = EventShelf(EVENT_FORM.items)
    expected: set[str] = set()
    for key, shift in steps:
        clock.advance(ms=10)
        name = TALK[key]
        (happenings.stop_timer if shift else happenings.start_timer)(core, visit_id=visit, item=name)
        if shift:
            expected.discard(name)
        elif name == "board":
            expected.add(name)
        else:
            expected = (expected & {"board"}) | {name}
        for event in notes.stream(core, visit):
            shelf.put(event)
        assert {one for one in TALK.values() if shelf.state(one).running_since is not None} == expected


# --- the second binding


@pytest.mark.parametrize(("digit", "item"), [(Key.Key_2, "praise"), (Key.Key_3, "open")])
def test_alt_with_a_digit_counts_where_there_are_no_function_keys(tab, core, visit, digit, item):
    press(tab.line.edit, digit, ALT)
    assert count(core, visit, item) == 1
    press(tab.line.edit, digit, ALT | SHIFT)
    assert count(core, visit, item) == 0


def key_event(key, text="", *, scan=0, virtual=0):
    return QKeyEvent(QEvent.Type.KeyPress, key, ALT | SHIFT, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("system", "codes"), [("windows", {"virtual": 0x37}), ("linux", {"scan": 16}), ("mac", {"virtual": 0x1A})]
)
@pytest.mark.parametrize("sign", ["&", "/", "è", "7"])
def test_the_digit_row_is_known_by_its_place_whatever_shift_makes_it_type(system, codes, sign):
    assert digit_of(key_event(ord(sign.upper()), sign, **codes), system) == 7


@pytest.mark.parametrize("system", ["windows", "linux", "mac"])
def test_letters_and_function_keys_are_no_digits(system):
    for key in (Key.Key_A, Key.Key_Z, Key.Key_F7, Key.Key_Shift):
        assert digit_of(key_event(key, scan=16, virtual=0x37), system) == 0
    assert digit_of(key_event(Key.Key_Ampersand, "&"), system) == 0


# --- the note is left alone


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_F3, *TALK])
@pytest.mark.parametrize("modifier", [NONE, SHIFT])
def test_keys_of_the_form_never_type_into_the_note_nor_take_its_words(tab, key, modifier):
    edit = tab.line.edit
    type_text(edit, "T why is ")
    press(edit, key, modifier)
    press(edit, key, modifier)
    assert edit.hasFocus()
    type_text(edit, "that")

    assert edit.words == "why is that"
    assert tab.line.typed == "T why is that"


def test_a_note_begun_before_the_keys_keeps_its_own_moment(tab, core, visit, clock):
    clock.advance(seconds=10)
    type_text(tab.line.edit, "wh")
    clock.advance(seconds=20)
    press(tab.line.edit, Key.Key_F2)
    type_text(tab.line.edit, "y")
    press(tab.line.edit, Key.Key_Return)

    moments = {event.kind: event.offset_ms for event in notes.stream(core, visit)}
    assert moments == {EventKind.NOTE: 10_000, EventKind.TALLY: 30_000}


# --- all of it by mouse


def row(tab, name):
    tab.form_panel.show_item(name)
    return tab.form_panel.item(name)


def test_by_mouse_a_click_counts_and_a_button_takes_back_and_the_note_keeps_the_keyboard(tab, core, visit):
    type_text(tab.line.edit, "half")
    praise = row(tab, "praise")
    for _click in range(3):
        QTest.mouseClick(praise, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert count(core, visit, "praise") == 3
    assert praise.back.isVisible()
    QTest.mouseClick(praise.back, Qt.MouseButton.LeftButton)
    type_text(tab.line.edit, " a word")

    assert count(core, visit, "praise") == 2
    assert tab.line.edit.words == "half a word"


def test_two_quick_clicks_count_two(tab, core, visit):
    praise = row(tab, "praise")
    QTest.mouseClick(praise, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    QTest.mouseDClick(praise, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))

    assert count(core, visit, "praise") == 2


def test_by_mouse_a_timer_starts_stays_on_switches_and_ends(tab, core, visit):
    teacher, pupils = row(tab, "teacher"), row(tab, "pupils")
    for _click in range(2):
        QTest.mouseClick(teacher, Qt.MouseButton.LeftButton, pos=QPoint(90, teacher.height() - 10))
    assert running(core, visit) == {"teacher"}
    QTest.mouseClick(pupils, Qt.MouseButton.LeftButton, pos=QPoint(90, 12))
    assert running(core, visit) == {"pupils"}
    QTest.mouseClick(pupils.end, Qt.MouseButton.LeftButton)

    assert running(core, visit) == set()
    assert tab.line.edit.hasFocus()


def test_a_press_from_the_note_moves_nothing_but_the_count(tab):
    """Rows that jump at every key would be read wrong by an eye that is in the room."""
    panel = tab.form_panel
    for key in (Key.Key_F2, Key.Key_F7):
        press(tab.line.edit, key)
    before = [(row.key, row.top, row.height) for row in panel.pane.rows]
    for key in (Key.Key_F3, Key.Key_F2, Key.Key_F3, Key.Key_F7):
        press(tab.line.edit, key)

    assert [(row.key, row.top, row.height) for row in panel.pane.rows] == before


# --- undo


def test_undo_takes_back_each_press_of_any_kind_step_by_step_and_redo_brings_back(tab, core, visit, clock):
    edit = tab.line.edit
    for key in (Key.Key_F2, Key.Key_F7, Key.Key_F3, Key.Key_F8):
        clock.advance(seconds=5)
        press(edit, key)
    states = []
    for _step in range(4):
        states.append((running(core, visit), count(core, visit, "praise"), count(core, visit, "open")))
        press(edit, Key.Key_Z, CTRL)
    assert states == [({"silence"}, 1, 1), ({"pupils"}, 1, 1), ({"pupils"}, 1, 0), (set(), 1, 0)]
    assert notes.stream(core, visit) == ()

    for _step in range(4):
        press(edit, Key.Key_Z, CTRL | SHIFT)
    assert (running(core, visit), count(core, visit, "praise"), count(core, visit, "open")) == ({"silence"}, 1, 1)


def test_undo_stops_at_the_start_of_the_lesson(tab, core, visit):
    press(tab.line.edit, Key.Key_F2)
    for _step in range(5):
        press(tab.line.edit, Key.Key_Z, CTRL)

    assert visits.get(core, visit).started is not None
    assert notes.stream(core, visit) == ()
    assert history.state(core, scope=visit).redo == "happening.tally"


def test_undo_never_reopens_a_lesson_that_is_over(tab, core, visit, clock):
    clock.advance(seconds=60)
    visits.finish(core, visit_id=visit)
    press(tab.line.edit, Key.Key_F2)
    for _step in range(3):
        press(tab.line.edit, Key.Key_Z, CTRL)

    assert visits.get(core, visit).ended is not None
    assert notes.stream(core, visit) == ()
