"""The items beside the codes that lead a form: a sheet that comes when it is asked for and repeats no code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.observe.keys import press
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
