"""Beginning, ending, and coming back to a lesson."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.domain.visit import Stage
from observe_app.services import notes, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.widgets import KeyHint
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit, write_lesson

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_button_starts_the_lesson(tab, qtbot, core, visit_id):
    with qtbot.waitSignal(tab.begun):
        qtbot.mouseClick(tab.start.start_button, Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).stage is Stage.OBSERVE
    assert tab.line.edit.hasFocus()
    assert not tab.start.start_button.isVisible()


def test_ctrl_enter_starts_the_lesson(tab, core, visit_id, clock):
    press(tab.line.edit, ENTER, CTRL)

    assert visits.get(core, visit_id).started == clock.now()


def test_hints_go_after_twenty_lessons(core, clock, open_tab):
    core.settings.change(visits_hinted=20)
    assert open_tab(plan_visit(core)).foot.findChild(KeyHint).isVisible()
    tab = open_tab(plan_visit(core))
    type_text(tab.line.edit, "x")

    assert core.settings.get().visits_hinted == 21
    assert not open_tab(plan_visit(core)).foot.findChild(KeyHint).isVisible()


def test_looking_at_a_planned_visit_starts_nothing(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_Escape)
    press(tab.line.edit, Qt.Key.Key_Left)

    assert visits.get(core, visit_id).started is None


def test_the_clock_of_the_header_tells_time_and_what_is_left(tab, clock):
    type_text(tab.line.edit, "x")
    clock.advance(seconds=31 * 60 + 42)
    tab.hide()
    tab.show()

    assert tab.clock_widget.time_text == "31:42"
    assert tab.clock_widget.left_text == "19 min left"


def test_ending_asks_once_in_place_and_goes_to_talk(tab, qtbot, core, visit_id, clock):
    type_text(tab.line.edit, "T one")
    press(tab.line.edit, ENTER)
    clock.advance(seconds=3000)
    qtbot.mouseClick(tab.foot.end_button, Qt.MouseButton.LeftButton)
    assert tab.foot.asking
    assert visits.get(core, visit_id).ended is None

    with qtbot.waitSignal(tab.finished):
        qtbot.mouseClick(tab.foot.yes_button, Qt.MouseButton.LeftButton)
    visit = visits.get(core, visit_id)
    assert (visit.stage, visit.ended) == (Stage.TALK, clock.now())
    clock.advance(seconds=60)
    assert tab.live.clock.elapsed_ms() == 3_000_000


def test_not_yet_changes_nothing(tab, qtbot, core, visit_id):
    type_text(tab.line.edit, "x")
    qtbot.mouseClick(tab.foot.end_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.foot.no_button, Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).ended is None
    assert not tab.foot.asking
    assert tab.foot.end_button.isVisible()


def test_a_lesson_ended_by_mistake_goes_on(tab, qtbot, clock):
    type_text(tab.line.edit, "x")
    qtbot.mouseClick(tab.foot.end_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.foot.yes_button, Qt.MouseButton.LeftButton)
    clock.advance(seconds=90)
    qtbot.mouseClick(tab.foot.resume_button, Qt.MouseButton.LeftButton)

    assert tab.live.clock.running
    assert tab.live.clock.elapsed_ms() == 90_000


def test_an_unfinished_visit_comes_back_whole_after_a_crash(core, clock, visit_id, data_folder, open_tab, qtbot):
    """Nothing is closed: the second program finds what the first had on the disk."""
    write_lesson(core, clock, visit_id)
    first = open_tab(visit_id)
    type_text(first.line.edit, "S7 “Can I use")
    stamp = first.line.stamp
    qtbot.waitUntil(lambda: any(d.text for d in notes.drafts(core, visit_id)), timeout=500)

    later = FakeClock(at=clock.now(), ticks_ms=7)
    later.advance(seconds=45)
    again = wire_core(data_folder, clock=later, ids=Ids(later))
    try:
        from observe_app.ui.bus import ChangeBus
        from observe_app.ui.observe import ObserveTab

        bus = ChangeBus()
        stop = subscribe(again, bus.publish)
        second = ObserveTab(again, bus)
        qtbot.addWidget(second)
        second.open_visit(visit_id)

        assert [e.id for e in second.model.events] == [e.id for e in first.model.events]
        assert second.line.edit.head.speaker == "S7"
        assert second.line.edit.words == "“Can I use"
        assert second.line.stamp == stamp
        assert second.live.clock.elapsed_ms() == 1_272_000 + 45_000
        stop()
    finally:
        close(again)


def test_the_unfinished_line_is_kept_while_typing_goes_on(tab, core, visit_id, qtbot):
    """The timer is not pushed away by further keys."""
    for letter in "abcdefgh":
        type_text(tab.line.edit, letter)
        if notes.drafts(core, visit_id):
            break
        qtbot.waitUntil(lambda: True)
    qtbot.waitUntil(lambda: bool(notes.drafts(core, visit_id)), timeout=500)

    assert notes.drafts(core, visit_id)[0].text.startswith("a")


def test_a_kept_note_leaves_no_draft(tab, core, visit_id, qtbot):
    type_text(tab.line.edit, "T words")
    qtbot.waitUntil(lambda: bool(notes.drafts(core, visit_id)), timeout=500)
    press(tab.line.edit, ENTER)

    assert notes.drafts(core, visit_id) == ()


def test_leaving_the_page_keeps_the_line_at_once(tab, core, visit_id):
    type_text(tab.line.edit, "T half")
    tab.hide()

    assert [d.text for d in notes.drafts(core, visit_id)] == ["T half"]


def test_an_edit_cut_short_comes_back_as_an_edit(core, clock, visit_id, open_tab):
    write_lesson(core, clock, visit_id)
    first = open_tab(visit_id)
    press(first.line.edit, Qt.Key.Key_Up)
    type_text(first.line.edit, " And S4.")
    first.hide()
    second = open_tab(visit_id)

    assert second.line.mode is LineMode.EDIT
    assert second.line.edit.words.endswith("21:20. And S4.")


def test_a_wall_clock_set_back_does_not_set_the_lesson_back(core, clock, visit_id, open_tab):
    write_lesson(core, clock, visit_id)
    clock.jump_wall(seconds=-86_400)
    tab = open_tab(visit_id)
    type_text(tab.line.edit, "T still after")
    press(tab.line.edit, ENTER)

    assert tab.model.events[-1].text == "still after"
    assert tab.model.events[-1].offset_ms == 1_272_000


def test_a_note_dated_ahead_does_not_pull_the_clock_along(core, clock, visit_id, open_tab):
    write_lesson(core, clock, visit_id)
    notes.add(core, visit_id=visit_id, line="T mistyped time", offset_ms=2_900_000)
    clock.advance(seconds=1)

    assert open_tab(visit_id).live.clock.elapsed_ms() == 1_273_000


def test_opening_another_visit_shows_only_that_one(tab, core, visit_id):
    type_text(tab.line.edit, "T of the first")
    press(tab.line.edit, ENTER)
    type_text(tab.line.edit, "half")
    other = plan_visit(core)
    tab.open_visit(other)
    assert tab.model.events == ()
    assert tab.line.is_empty

    tab.open_visit(visit_id)
    assert tab.line.edit.words == "half"


@pytest.mark.parametrize("size", [(948, 572), (1290, 700), (1844, 1012)])
def test_nothing_is_wider_than_the_window(tab, size):
    tab.resize(*size)

    for part in (tab.left, tab.form_panel, tab.strip, tab.line, tab.foot):
        assert part.mapTo(tab, part.rect().topRight()).x() < size[0]


def test_a_narrow_window_shows_the_form_while_alt_is_held(tab):
    tab.resize(824, 520)
    assert not tab.form_panel.isVisible()
    assert tab.form_bar.isVisible()

    press(tab.line.edit, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert tab.form_panel.isVisible()
    press(tab.form_panel.item("respect").dots, Qt.Key.Key_2)
    assert not tab.form_panel.isVisible()
    assert tab.line.edit.hasFocus()


def test_after_the_lesson_the_foot_says_whose_words_were_noted(tab, core, visit_id, clock):
    for line in ("T one two three", "S7 four", "walks to the board"):
        type_text(tab.line.edit, line)
        press(tab.line.edit, ENTER)
    assert not tab.foot.summary.isVisible()

    visits.finish(core, visit_id=visit_id)
    tab.open_visit(visit_id)

    assert "4 words" in tab.foot.summary.text()
    assert "3 (75 %)" in tab.foot.summary.text()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_offers_what_means_something_now(tab, core, visit_id, clock):
    def offered():
        tab.foot.more_button.click()
        menu = tab.foot.findChildren(QMenu, "lesson_commands")[-1]
        names = {action.objectName() for action in menu.actions()}
        menu.close()
        return names

    assert not {"pause", "resume", "end", "codes"} & offered()
    type_text(tab.line.edit, "T begins")
    press(tab.line.edit, ENTER)
    assert {"pause", "end", "seats", "video", "keys"} <= offered()
    tab.run("pause")
    assert "resume" in offered()
    assert "pause" not in offered()
