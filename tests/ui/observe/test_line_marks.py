"""Words that judge get a soft underline after a pause; the question comes when asked for and goes with any key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.ui.observe.word_marks import MOST, PAUSE_MS
from tests.ui.observe.keys import press, type_text

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def line(tab):
    tab.line.help.marks.set_words(frozenset({"good", "boring"}))
    return tab.line


def marked(line):
    return line.help.marks.marked


def underlined(line):
    return [one.cursor.selectedText() for one in line.edit.extraSelections()]


def ask(line):
    press(line.edit, DOWN, ALT)
    return line.help.question


def test_nothing_is_marked_while_the_keys_come_and_everything_after_a_pause(line, qtbot):
    height, words = line.height(), line.edit.geometry()
    for letter in "T good and boring work":
        type_text(line.edit, letter)
        assert marked(line) == ()
    qtbot.waitUntil(lambda: marked(line) == ("good", "boring"), timeout=4 * PAUSE_MS)

    assert underlined(line) == ["good", "boring"]
    assert (line.height(), line.edit.geometry()) == (height, words.adjusted(0, 0, line.edit.width() - words.width(), 0))


def test_a_quotation_is_not_marked(line):
    type_text(line.edit, "T “good” is said")
    line.help.marks.mark_now()
    assert marked(line) == ()


def test_a_mark_goes_at_once_when_its_word_is_changed_and_enter_is_never_held_up(tab, line):
    type_text(line.edit, "is good")
    line.help.marks.mark_now()
    type_text(line.edit, "s")
    assert marked(line) == ()
    press(line.edit, Qt.Key.Key_Backspace)
    line.help.marks.mark_now()
    press(line.edit, ENTER)

    assert [event.text for event in tab.model.events] == ["is good"]
    assert underlined(line) == []


def test_alt_down_asks_and_the_word_may_stay_in_this_line(tab, line):
    type_text(line.edit, "good and boring")
    question = ask(line)
    assert question.isVisible()
    assert question.question.text() == "What did you see or hear?"
    assert "boring" in question.about.text()
    assert question.leave_button.hasFocus()

    press(question.leave_button, Qt.Key.Key_Space)
    assert not question.isVisible()
    assert line.edit.hasFocus()
    assert marked(line) == ("good",)

    press(line.edit, ENTER)
    type_text(line.edit, "boring")
    line.help.marks.mark_now()
    assert marked(line) == ("boring",)


def test_a_click_on_the_word_asks_and_typing_goes_on_in_the_line(tab, line):
    type_text(line.edit, "is good so")
    line.help.marks.mark_now()
    cursor = line.edit.textCursor()
    cursor.setPosition(5)
    place = line.edit.cursorRect(cursor).center()
    QTest.mouseClick(line.edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    question = line.help.question
    assert question is not None
    assert question.isVisible()

    type_text(QApplication.focusWidget(), "x")
    assert not question.isVisible()
    assert line.edit.hasFocus()
    assert "x" in line.edit.words


def test_a_click_beside_the_words_asks_nothing(line):
    type_text(line.edit, "is good")
    line.help.marks.mark_now()
    QTest.mouseClick(line.edit.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(line.edit.width() - 3, 5))
    assert line.help.question is None


def test_escape_leaves_the_question_and_the_words(line):
    type_text(line.edit, "is good")
    question = ask(line)
    press(QApplication.focusWidget(), ESC)

    assert not question.isVisible()
    assert line.edit.hasFocus()
    assert (line.edit.words, marked(line)) == ("is good", ("good",))


def test_never_mark_this_word_is_a_setting(tab, core, open_tab, visit_id):
    type_text(tab.line.edit, "good and boring")
    question = ask(tab.line)
    question.fair_button.click()

    assert core.settings.get().fair_words == (("en", "boring"),)
    assert marked(tab.line) == ("good",)
    again = open_tab(visit_id)
    again.line.edit.load("boring")
    again.line.help.marks.mark_now()
    assert marked(again.line) == ()


def test_turn_off_is_one_click_and_a_setting(tab, core, qtbot):
    type_text(tab.line.edit, "is good")
    question = ask(tab.line)
    with qtbot.waitSignal(tab.line_help.turned_off):
        question.off_button.click()

    assert not core.settings.get().marks_judging
    assert marked(tab.line) == ()
    press(tab.line.edit, DOWN, ALT)
    assert not question.isVisible()


def test_turned_on_again_elsewhere_it_marks_when_the_line_comes_back(tab, core):
    core.settings.change(marks_judging=False)
    tab.hide()
    tab.show()
    tab.line.edit.load("good")
    tab.line.help.marks.mark_now()
    assert marked(tab.line) == ()
    core.settings.change(marks_judging=True, judging_words=(("en", "zingy"),))
    tab.hide()
    tab.show()
    tab.line.edit.load("good zingy")
    tab.line.help.marks.mark_now()
    assert marked(tab.line) == ("good", "zingy")


def test_marks_stand_right_beside_signs_that_need_two_units(line):
    line.edit.load("👩🏽\u200d🚀 good 😀 boring")
    line.help.marks.mark_now()
    assert marked(line) == ("good", "boring")


def test_a_very_long_note_has_its_last_words_marked(line):
    line.edit.load("good boring " * 800)
    line.help.marks.mark_now()
    assert marked(line) == ("good", "boring") * (MOST // 2)


def test_marks_are_no_step_of_undo(line):
    type_text(line.edit, "good")
    line.help.marks.mark_now()
    press(line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.edit.words == ""


def test_the_menu_of_the_words_asks_too(line):
    type_text(line.edit, "good then")
    line.help.marks.mark_now()
    line.edit.moveCursor(QTextCursor.MoveOperation.Start)
    menu = line.edit.line_menu()
    next(action for action in menu.actions() if action.objectName() == "question").trigger()
    menu.deleteLater()

    assert line.help.question.isVisible()
