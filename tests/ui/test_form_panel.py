"""Answering the form by key and pointer while the note line waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from observe_app.domain.answer import Absence
from observe_app.domain.form import EVENT_KINDS, Item, ItemKind
from observe_app.domain.form_keys import FUNCTION_KEYS, keys_of
from observe_app.services import answers, history, visits
from tests.ui.observe.conftest import bus, open_tab, tab, visit_id
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

__all__ = ["bus", "open_tab", "tab", "visit_id"]

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def answer(core, visit_id, item):
    found = answers.all_of(core, visit_id).get(item)
    return (found.value, found.absence) if found else None


def test_alt_letter_and_a_digit_rate_and_come_back(tab, core, visit_id):
    type_text(tab.line.edit, "S7 half a sen")
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    assert tab.form_panel.armed == "questions"
    assert "kept while you rate" in tab.line.hint

    press(QApplication.focusWidget(), Qt.Key.Key_3)
    assert answer(core, visit_id, "questions") == (3, None)
    assert tab.form_panel.armed == ""
    assert tab.line.edit.hasFocus()
    assert tab.line.edit.words == "half a sen"
    type_text(tab.line.edit, "tence")
    press(tab.line.edit, Qt.Key.Key_Return)
    assert tab.model.events[0].text == "half a sentence"


def test_zero_is_not_seen_and_never_a_number(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_0)

    assert answer(core, visit_id, "questions") == (None, Absence.NOT_SEEN)
    assert tab.form_panel.item("questions").word == "not seen"


@pytest.mark.parametrize(("key", "absence"), [("L", Absence.NOT_LOOKED_FOR), ("X", Absence.NOT_APPLICABLE)])
def test_the_other_absences_are_kept_apart(tab, core, visit_id, key, absence):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key[f"Key_{key}"])

    assert answer(core, visit_id, "questions") == (None, absence)


def test_a_digit_outside_the_scale_goes_to_the_note(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_7)

    assert answer(core, visit_id, "questions") is None
    assert tab.line.edit.words == "7"
    assert tab.form_panel.armed == ""


def test_typing_on_while_a_rating_waits_loses_no_letter(tab):
    type_text(tab.line.edit, "ha")
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    type_text(QApplication.focusWidget(), "n")
    type_text(tab.line.edit, "ds")

    assert tab.line.edit.words == "hands"


def test_a_key_that_acts_at_once_takes_the_keyboard_back_to_the_note(core, open_tab):
    sweeping = plan_visit(core, form_id="at-task-sweep")
    visits.begin(core, visit_id=sweeping)
    tab = open_tab(sweeping)
    press(tab.line.edit, Qt.Key.Key_F2)
    assert "waits for the answer" in tab.line.hint

    press(QApplication.focusWidget(), Qt.Key.Key_F3)

    assert tab.form_panel.armed == ""
    assert tab.line.edit.hasFocus()


def test_escape_leaves_the_rating_as_it_was(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert answer(core, visit_id, "questions") is None
    assert tab.line.edit.hasFocus()
    assert tab.form_panel.armed == ""


def test_a_letter_without_an_item_does_nothing(tab):
    press(tab.line.edit, Qt.Key.Key_Z, ALT)

    assert tab.line.edit.hasFocus()
    assert tab.line.is_empty


def test_descriptors_stay_open_for_the_item_touched_last(tab):
    for letter, level in (("Q", Qt.Key.Key_1), ("R", Qt.Key.Key_2)):
        press(tab.line.edit, Qt.Key[f"Key_{letter}"], ALT)
        press(QApplication.focusWidget(), level)

    assert [shown.item.id for shown in tab.form_panel.items if shown.is_open] == ["respect"]


@pytest.mark.parametrize(
    ("key", "kept"),
    [("Y", ("yes", None)), ("N", ("no", None)), ("Minus", (None, Absence.NOT_SEEN)), ("0", (None, Absence.NOT_SEEN))],
)
def test_a_check_is_answered_by_its_key(tab, core, visit_id, key, kept):
    press(tab.line.edit, Qt.Key.Key_A, ALT)
    press(QApplication.focusWidget(), Qt.Key[f"Key_{key}"])

    assert answer(core, visit_id, "aim") == kept
    assert tab.line.edit.hasFocus()


def test_a_check_is_answered_by_click_and_cleared_by_a_second_one(tab, core, visit_id, qtbot):
    choice = tab.form_panel.item("aim").choice
    qtbot.mouseClick(choice.button("no"), Qt.MouseButton.LeftButton)
    assert answer(core, visit_id, "aim") == ("no", None)

    qtbot.mouseClick(choice.button("no"), Qt.MouseButton.LeftButton)
    assert answer(core, visit_id, "aim") == (None, Absence.UNANSWERED)


def test_a_rating_is_given_by_click_on_a_dot_and_on_a_level(tab, core, visit_id, qtbot):
    item = tab.form_panel.item("respect")
    qtbot.mouseClick(
        item.dots, Qt.MouseButton.LeftButton, pos=item.dots.rect().topLeft() + item.dots.rect().center() / 50
    )
    first = answer(core, visit_id, "respect")
    assert first == (1, None)

    item.setFocus()
    tab.form_panel.press("R")
    tab.form_panel.disarm()
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(40, item.height() - 15))
    assert answer(core, visit_id, "respect") == (None, Absence.NOT_APPLICABLE)


def test_backspace_takes_an_answer_back(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_2)
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_Backspace)

    assert answer(core, visit_id, "questions") == (None, Absence.UNANSWERED)
    assert tab.form_panel.item("questions").word == ""


def test_every_answer_is_taken_back_by_undo(tab, core, visit_id):
    for level in (Qt.Key.Key_2, Qt.Key.Key_4):
        press(tab.line.edit, Qt.Key.Key_Q, ALT)
        press(QApplication.focusWidget(), level)
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    assert tab.form_panel.item("questions").level == 2

    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    assert tab.form_panel.item("questions").level == 0


def test_arrows_go_from_item_to_item(tab):
    tab.form_panel.enter()
    seen = []
    for _step in range(4):
        seen.append(next(shown.item.id for shown in tab.form_panel.items if shown.is_open))
        press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert seen == ["respect", "time", "aim", "explanations"]

    press(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert tab.form_panel.item("explanations").is_open


def test_answering_in_the_panel_stays_in_the_panel(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_F6)
    press(QApplication.focusWidget(), Qt.Key.Key_4)

    assert answer(core, visit_id, "respect") == (4, None)
    assert tab.form_panel.isAncestorOf(QApplication.focusWidget())


def test_words_are_kept_after_a_pause(tab, core, visit_id, qtbot):
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    area = tab.form_panel.item("quote").area
    assert area.hasFocus()
    type_text(area, "“Why?” – “Because.”")

    qtbot.waitUntil(lambda: answer(core, visit_id, "quote") == ("“Why?” – “Because.”", None), timeout=1500)


def test_words_are_kept_when_the_field_is_left(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    type_text(tab.form_panel.item("quote").area, "left at once")
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert answer(core, visit_id, "quote") == ("left at once", None)
    assert tab.line.edit.hasFocus()


def test_emptying_a_text_is_unanswered(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    area = tab.form_panel.item("quote").area
    type_text(area, "x")
    press(area, Qt.Key.Key_Escape)
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    press(area, Qt.Key.Key_Backspace)
    press(area, Qt.Key.Key_Escape)

    assert answer(core, visit_id, "quote") == (None, Absence.UNANSWERED)


def test_a_text_too_long_is_said_and_not_cut(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    area = tab.form_panel.item("quote").area
    area.insertPlainText("x" * 25_000)
    press(area, Qt.Key.Key_Escape)

    assert answer(core, visit_id, "quote") is None
    assert len(area.text()) == 25_000


def test_what_was_on_screen_is_what_an_answer_replaces(tab, core, visit_id):
    """The journal knows that the second rating was given by somebody who saw the first."""
    for level in (Qt.Key.Key_2, Qt.Key.Key_3):
        press(tab.line.edit, Qt.Key.Key_Q, ALT)
        press(QApplication.focusWidget(), level)
    newest, first = history.of_visit(core, visit_id)[:2]
    seen = {op for change in newest.changes if change.column == "value" for op in change.over}

    assert seen & {change.op for change in first.changes if change.column == "value"}


def test_an_answer_given_elsewhere_appears(tab, core, visit_id):
    opened = answers.open_answer(core, visit_id=visit_id, item="time")
    answers.give(core, visit_id=visit_id, item="time", value=4, seen=opened.seen)

    assert tab.form_panel.item("time").word == "Seen throughout"


def test_words_being_written_are_not_replaced_from_elsewhere(tab, core, visit_id):
    press(tab.line.edit, Qt.Key.Key_W, ALT)
    area = tab.form_panel.item("quote").area
    type_text(area, "mine")
    opened = answers.open_answer(core, visit_id=visit_id, item="quote")
    answers.give(core, visit_id=visit_id, item="quote", value="theirs", seen=opened.seen)
    assert area.text() == "mine"

    press(area, Qt.Key.Key_Escape)
    assert answer(core, visit_id, "quote") == ("mine", None)


def test_answers_are_there_again_after_opening(tab, core, visit_id, open_tab):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_2)

    assert open_tab(visit_id).form_panel.item("questions").level == 2


def test_without_a_form_one_can_be_chosen(open_tab, core, qtbot):
    visit = plan_visit(core, "")
    shown = open_tab(visit)
    box = shown.form_panel.form_box
    box.setCurrentIndex(box.findData("learning-walk"))
    qtbot.mouseClick(
        shown.form_panel.findChild(type(shown.start.start_button), "choose_form"), Qt.MouseButton.LeftButton
    )

    assert visits.get(core, visit).form_id == "learning-walk"
    assert shown.form_panel.form.id == "learning-walk"
    assert shown.line.edit.hasFocus()


@pytest.mark.parametrize("form_id", ["open-notes", "general-peer-observation", "learning-walk"])
def test_every_shipped_form_shows_every_item_with_a_letter_of_its_own(open_tab, core, form_id):
    tab = open_tab(plan_visit(core, form_id))
    shown = tab.form_panel
    letters = [item.letter for item in shown.items]

    assert len(shown.items) == len([i for i in shown.form.items if i.kind is not ItemKind.GUIDANCE])
    assert len(set(letters)) == len(letters)
    assert all(letters)


def test_a_rating_is_a_slider_with_its_word_to_a_screen_reader(tab):
    press(tab.line.edit, Qt.Key.Key_Q, ALT)
    press(QApplication.focusWidget(), Qt.Key.Key_3)
    spoken = QAccessible.queryAccessibleInterface(tab.form_panel.item("questions").dots)

    assert spoken.role() == QAccessible.Role.Slider
    assert spoken.text(QAccessible.Text.Name) == "Questions make all students think"
    assert spoken.text(QAccessible.Text.Description) == "Seen mostly"


_ITEMS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "q", "", "é", "1", "f2", "f6", "f10"]), st.sampled_from(list(ItemKind))),
    max_size=40,
)


@given(_ITEMS)
def test_keys_are_unique_and_guidance_has_none(parts):
    items = [Item(f"i{n}", kind, (("", f"Item {n}"),), hotkey=key) for n, (key, kind) in enumerate(parts)]
    keys = keys_of(items)
    kinds = {item.id: item.kind for item in items}

    assert len(set(keys.values())) == len(keys)
    assert all(key in FUNCTION_KEYS or (len(key) == 1 and "A" <= key <= "Z") for key in keys.values())
    assert all(kinds[item_id] in EVENT_KINDS for item_id, key in keys.items() if len(key) == 2)
    asked = [item.id for item in items if item.kind is not ItemKind.GUIDANCE]
    assert set(keys) <= set(asked)
    assert len(keys) >= min(26, len(asked))


def test_a_tally_gets_a_function_key_and_leaves_the_one_that_walks_through_the_window():
    items = [Item(f"t{n}", ItemKind.TALLY, (("", "Tally"),)) for n in range(8)]

    assert list(keys_of(items).values()) == ["F2", "F3", "F4", "F5", "F7", "F8", "F9", "A"]
