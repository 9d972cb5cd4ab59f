"""Undo while words stand in the note line: it takes back what was done last, be it words or a key of the form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from observe_app.domain.event import EventKind
from observe_app.services import notes
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

CTRL = Qt.KeyboardModifier.ControlModifier
AGAIN = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def visit_id(core):
    return plan_visit(core, "question-log")


@pytest.fixture
def lesson(tab):
    press(tab.line.edit, Qt.Key.Key_Return, CTRL)
    return tab


def tallies(core, visit_id):
    return sum(event.kind is EventKind.TALLY and not event.deleted for event in notes.stream(core, visit_id))


def tally_key(lesson):
    item = next(item for item in lesson.form_panel.form.items if item.kind.value == "tally")
    return Qt.Key(Qt.Key.Key_F1 + int(item.hotkey[1:]) - 1)


def test_a_key_pressed_by_mistake_is_taken_back_and_the_words_stay(lesson, core, visit_id):
    edit = lesson.line.edit
    type_text(edit, "why is that")
    press(edit, tally_key(lesson))
    assert tallies(core, visit_id) == 1

    press(edit, Qt.Key.Key_Z, CTRL)
    assert (tallies(core, visit_id), edit.words) == (0, "why is that")
    press(edit, Qt.Key.Key_Z, AGAIN)
    assert (tallies(core, visit_id), edit.words) == (1, "why is that")


def test_words_typed_after_the_key_are_taken_back_first(lesson, core, visit_id):
    edit = lesson.line.edit
    press(edit, tally_key(lesson))
    type_text(edit, "why")

    press(edit, Qt.Key.Key_Z, CTRL)

    assert (tallies(core, visit_id), edit.words) == (1, "")


def test_the_key_that_walks_is_not_told_where_an_item_has_it(lesson, open_tab, core):
    told = [hint.cap.keys for hint in lesson.foot.hints if not hint.isHidden()]
    assert lesson.form_panel.has_key("F6")
    other = open_tab(plan_visit(core, "general-peer-observation"))

    assert "F6" not in told
    assert "F6" in [hint.cap.keys for hint in other.foot.hints if not hint.isHidden()]


def test_what_is_said_of_undo_goes_once_something_else_was_done(lesson):
    edit, notice = lesson.line.edit, lesson.pane.notice
    for act in (lambda: press(edit, tally_key(lesson)), lambda: write(edit, "more"), lambda: lesson.run("pause")):
        write(edit, "a note")
        write(edit, "*")
        assert notice.isVisible()

        act()

        assert not notice.isVisible()


def write(edit, text):
    type_text(edit, text)
    press(edit, Qt.Key.Key_Return)
