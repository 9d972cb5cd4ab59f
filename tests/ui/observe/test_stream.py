"""Reading back and acting on rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from observe_app.services import notes, talk
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.observe.stream_model import StreamRole
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import LONG, write_lesson

ENTER = Qt.Key.Key_Return


@pytest.fixture
def lesson(core, clock, visit_id, open_tab):
    write_lesson(core, clock, visit_id)
    return open_tab(visit_id)


@pytest.fixture
def long_lesson(core, clock, visit_id, open_tab):
    lines = tuple((i * 20, LONG if i % 3 == 0 else f"T note {i}") for i in range(120))
    write_lesson(core, clock, visit_id, lines)
    return open_tab(visit_id)


def select(tab, row):
    tab.pane.view.show_row(row)
    tab.pane.view.setFocus()
    return tab.pane.view


def keep(tab, text):
    type_text(tab.line.edit, text)
    press(tab.line.edit, ENTER)


def last_in_sight(view):
    row = view.rowAt(view.viewport().height() - 2)
    return view.model().rowCount() - 1 if row < 0 else row


def test_few_rows_stand_on_the_note_line(lesson):
    view = lesson.pane.view

    assert view.geometry().bottom() > lesson.pane.height() - 12
    assert view.geometry().top() > 100


def test_a_visit_opens_at_its_end_with_rows_as_high_as_their_words(long_lesson):
    view = long_lesson.pane.view

    assert last_in_sight(view) == 119
    assert view.rowHeight(119) == 30
    assert view.rowHeight(117) > 50


def test_new_notes_keep_the_bottom(long_lesson):
    keep(long_lesson, "T newest")

    assert last_in_sight(long_lesson.pane.view) == 120
    assert not long_lesson.pane.newer_button.isVisible()


def test_after_scrolling_up_new_notes_do_not_pull_down(long_lesson, qtbot):
    view = long_lesson.pane.view
    view.verticalScrollBar().setValue(400)
    first = view.rowAt(0), view.rowViewportPosition(view.rowAt(0))
    keep(long_lesson, "T one")
    keep(long_lesson, "T two")
    assert (view.rowAt(0), view.rowViewportPosition(view.rowAt(0))) == first
    assert long_lesson.pane.newer_button.text() == "2 newer"

    qtbot.mouseClick(long_lesson.pane.newer_button, Qt.MouseButton.LeftButton)
    assert last_in_sight(view) == 121
    assert not long_lesson.pane.newer_button.isVisible()


def test_scrolling_down_by_hand_counts_as_reading_the_newer_ones(long_lesson):
    view = long_lesson.pane.view
    view.verticalScrollBar().setValue(400)
    keep(long_lesson, "T one")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())

    assert view.pinned
    assert not long_lesson.pane.newer_button.isVisible()


def test_star_by_key_by_click_and_back_by_undo(lesson, qtbot):
    view = select(lesson, 3)
    press(view, Qt.Key.Key_Asterisk)
    assert lesson.model.events[3].starred

    rect = view.rows.star_rect(view.visualRect(view.model().index(3, 0)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert not lesson.model.events[3].starred

    lesson.focus_line()
    press(lesson.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lesson.model.events[3].starred


def test_private_by_key(lesson):
    view = select(lesson, 2)
    press(view, Qt.Key.Key_P)

    assert lesson.model.events[2].private


def test_delete_moves_to_the_bin_and_undo_brings_back(lesson, core):
    view = select(lesson, 2)
    gone = lesson.model.events[2].id
    press(view, Qt.Key.Key_Delete)
    assert lesson.model.row_of(gone) == -1
    assert lesson.line.edit.hasFocus()
    assert notes.get(core, gone).deleted

    press(lesson.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lesson.model.row_of(gone) == 2
    assert lesson.pane.notice.text == "The note is back. Ctrl Shift Z removes it again"


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_F2])
def test_enter_edits_the_chosen_row(lesson, key):
    view = select(lesson, 1)
    press(view, key)
    assert lesson.line.edit.hasFocus()
    keep(lesson, " Twice.")

    assert lesson.model.events[1].text == "Hand up, then down. Copies the bars. Twice."


def test_retime_moves_the_row(lesson):
    moved = lesson.model.events[1].id
    view = select(lesson, 1)
    press(view, Qt.Key.Key_At)
    keep(lesson, "20:00")

    assert lesson.model.event(moved).offset_ms == 1_200_000
    assert lesson.model.row_of(moved) == 11


@pytest.mark.parametrize("held", ["ShiftModifier", "GroupSwitchModifier"])
def test_the_time_sign_counts_however_the_keyboard_makes_it(lesson, held):
    view = select(lesson, 1)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_At, Qt.KeyboardModifier[held], "@")
    QApplication.sendEvent(view, event)

    assert lesson.line.mode is LineMode.RETIME


def test_alt_gr_on_windows_types(lesson):
    view = select(lesson, 1)
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Q, alt_gr, "@"))

    assert lesson.line.mode is LineMode.RETIME


def test_a_wrong_time_is_said_and_changes_nothing(lesson):
    view = select(lesson, 1)
    press(view, Qt.Key.Key_At)
    keep(lesson, "soon")
    assert lesson.line.problem == "a time looks like 20:07"

    press(lesson.line.edit, Qt.Key.Key_Escape)
    assert lesson.model.events[1].offset_ms == 188_000


def test_letters_typed_on_the_stream_go_to_the_note(lesson):
    view = select(lesson, 1)
    press(view, Qt.Key.Key_H)
    keep(lesson, "ands")

    assert lesson.model.events[-1].text == "hands"


def test_up_and_down_choose_rows_and_down_at_the_end_leaves(lesson):
    view = select(lesson, 12)
    press(view, Qt.Key.Key_Down)
    assert view.selected_event.id == lesson.model.events[13].id
    press(view, Qt.Key.Key_Down)
    assert lesson.line.edit.hasFocus()


def test_a_note_becomes_evidence_and_the_row_says_for_what(lesson, core, visit_id):
    view = select(lesson, 3)
    menu = view.row_menu(view.selected_event)
    entries = {action.text(): action for action in menu.findChild(type(menu), "link_menu").actions()}
    entries["Questions make all students think"].trigger()
    menu.close()

    assert [(e.target_kind, e.target_id) for e in talk.evidence(core, visit_id)] == [("answer", "questions")]
    assert lesson.model.index(3, 0).data(StreamRole.LINKS) == ("Questions make all students think",)


def test_the_menu_has_every_act_of_the_keys(lesson):
    view = select(lesson, 0)
    menu = view.row_menu(view.selected_event)
    acts = {action.objectName() for action in menu.actions()}
    menu.close()

    assert {"edit", "star", "private", "retime", "remove"} <= acts


def test_a_click_on_the_strip_goes_to_that_minute(lesson, qtbot):
    x = 24 + round((lesson.strip.width() - 48) * 12 / 50)
    qtbot.mouseClick(lesson.strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))

    assert lesson.pane.view.selected_event.offset_ms == 745_000


def test_what_another_program_adds_appears(lesson, core, visit_id):
    notes.add(core, visit_id=visit_id, line="T from elsewhere", offset_ms=200_000)

    assert lesson.model.events[2].text == "from elsewhere"


def test_notes_of_another_visit_do_not_appear(lesson, core):
    from tests.ui.observe.lesson import plan_visit

    other = plan_visit(core)
    notes.add(core, visit_id=other, line="T elsewhere", offset_ms=0)

    assert len(lesson.model.events) == 14


def test_only_rows_in_sight_are_measured(core, clock, visit_id, open_tab, qtbot):
    """Opening and appending cost the same with ten thousand rows as with forty."""
    tab = open_tab(visit_id)
    template = notes.add(core, visit_id=visit_id, line=LONG, offset_ms=0)
    many = [replace(template, id=f"{number:08d}", offset_ms=number * 100) for number in range(10_000)]
    resized = []
    tab.pane.view.verticalHeader().sectionResized.connect(lambda row, _old, _new: resized.append(row))
    tab.model.load(many, {})
    assert 5 < len(resized) < 60

    resized.clear()
    tab.model.put(replace(template, id="99999999", offset_ms=2_000_000))
    assert resized == [10_000]
    assert tab.pane.view.pinned


def test_page_keys_scroll_while_the_line_keeps_the_keyboard(long_lesson):
    bar = long_lesson.pane.view.verticalScrollBar()
    end = bar.value()
    press(long_lesson.line.edit, Qt.Key.Key_PageUp)

    assert bar.value() < end
    assert QApplication.focusWidget() is long_lesson.line.edit
