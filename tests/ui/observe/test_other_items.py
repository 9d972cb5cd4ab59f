"""The items beside the codes that lead a form: a sheet that comes when it is asked for and repeats no code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visit_id(core):
    return plan_visit(core, "copus")


@pytest.fixture
def lesson(tab):
    press(tab.line.edit, Qt.Key.Key_Return, CTRL)
    return tab


def test_the_sheet_has_the_other_items_only(lesson):
    lesson.foot.form_button.click()

    assert lesson.form_panel.isVisible()
    assert lesson.led_by.id not in lesson.form_panel.shown
    assert lesson.form_panel.shown
    assert lesson.form_panel.height() >= 300


def test_the_key_of_the_codes_goes_to_the_codes(lesson):
    press(lesson.line.edit, Qt.Key.Key_F2)

    assert not lesson.form_panel.isVisible()
    assert next(iter(lesson.board.codes.toggles.values())).hasFocus()


def test_another_form_after_it_shows_all_of_its_items(lesson, open_tab, core):
    lesson.open_visit(plan_visit(core, "question-log"))

    assert len(lesson.form_panel.shown) == len(lesson.form_panel.items)


def test_tab_goes_through_the_foot_as_its_buttons_stand(lesson, qtbot):
    foot = lesson.foot
    foot.form_button.setFocus()
    foot.focusNextChild()
    assert foot.end_button.hasFocus()

    foot.ask_end()
    assert foot.no_button.hasFocus()
    foot.focusNextChild()
    assert foot.yes_button.hasFocus()


@pytest.mark.parametrize(("form", "offered"), [("copus", True), ("question-log", False)])
def test_codes_are_a_command_only_where_there_are_codes(open_tab, core, form, offered):
    tab = open_tab(plan_visit(core, form))
    type_text(tab.line.edit, "/")

    assert ("/codes" in [one.text for one in tab.tag_popup.offers]) is offered


@pytest.mark.parametrize("what", ["seats", "video"])
def test_what_wants_height_has_a_column_beside_the_codes(lesson, what):
    lesson.run(what)
    shown = lesson.seats if what == "seats" else lesson.film

    assert shown.y() == lesson.board.y()
    assert lesson.board.geometry().right() < shown.x()
    toggles = lesson.board.codes.toggles.values()
    assert all(toggle.mapTo(lesson, toggle.rect().topRight()).x() < shown.x() for toggle in toggles)

    assert lesson.form_panel.isVisible() is (what == "video")  # under the film there is room for the other items

    lesson.resize(1000, 700)
    assert lesson.board.width() == 1000


def test_a_command_can_be_given_while_keys_tick_and_they_tick_again_after_it(lesson):
    lesson.to_codes()
    press(lesson.codes_line, Qt.Key.Key_Slash)
    assert lesson.line.edit.hasFocus()
    assert lesson.line.edit.words == "/"

    type_text(lesson.line.edit, "pause")
    press(lesson.line.edit, Qt.Key.Key_Return)

    assert lesson.ticks_alone
    assert lesson.codes_line.hasFocus()
