"""Presses, ticks, answers, plans and consent while nothing can be stored: said, taken back on screen, no word lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from observe_app.app import wire_core
from observe_app.domain.event import EventKind
from observe_app.domain.form import Code, Item, ItemKind, Option, Section
from observe_app.domain.ids import Ids
from observe_app.domain.lesson_parts import pauses, phases
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import answers, notes, seating, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.film.consent_sheet import ConsentSheet
from observe_app.ui.observe import ObserveTab
from observe_app.ui.seating.plan_editor import PlanEditor
from observe_app.ui.widgets import MessageKind
from tests.services.event_form import EVENT_FORM, GRID, said, visit_with
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.test_faults import Fault, copied, readable

ENTER, ESC, SHIFT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier
SAID = {"full": "The disk is full", "read-only": "Not saved", "locked": "The record is busy"}
DO = {"full": "Make room", "read-only": "Check the disk", "locked": "Close the other program"}
TEXT = Item("summary", ItemKind.TEXT, said("In your own words"), long=True)
WHY = Item(
    "why", ItemKind.CHOICE, said("Why"), options=(Option("a", said("Plan")), Option("b", said("Chance"))), other=True
)
FORM = replace(EVENT_FORM, sections=(*EVENT_FORM.sections, Section("words", said("Words"), (TEXT, WHY))))
SIX = replace(GRID.sides[0], codes=(*GRID.sides[0].codes, Code("MG", said("moving around"), hotkey="m")))
LED = replace(
    EVENT_FORM, id="led", sections=(Section("code", said("Code"), (replace(GRID, sides=(SIX, GRID.sides[1])),)),)
)


@pytest.fixture
def impatient(data_folder, clock, qapp):
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock), busy_ms=20)
    yield opened
    close(opened)


@pytest.fixture(params=["read-only", "locked"])
def fault(request, impatient):
    made = Fault(impatient, request.param)
    made.kind = request.param
    yield made
    made.end()


@pytest.fixture
def open_form(impatient, clock, qtbot):
    """Return a function that opens a begun visit with a form."""
    bus = ChangeBus()
    stop = subscribe(impatient, bus.publish)

    def open_one(form):
        visit_id = visit_with(impatient, form)
        visits.begin(impatient, visit_id=visit_id)
        made = ObserveTab(impatient, bus)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.open_visit(visit_id)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        made.focus_line()
        clock.advance(seconds=30)
        return made

    yield open_one
    stop()


@pytest.fixture
def tab(open_form):
    return open_form(FORM)


def events(core, tab):
    return [one for one in notes.stream(core, tab.visit_id) if one.kind is not EventKind.GAP]


def is_said(tab, fault):
    message = tab.message_bar.message
    assert message is not None
    assert message.kind is MessageKind.RISK
    assert message.text.startswith(SAID[fault.kind])
    assert DO[fault.kind] in message.text
    assert readable(message.text)
    return message.text


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F6], ids=["tally", "timer"])
def test_a_press_that_is_not_stored_is_said_and_not_shown_as_stored(tab, impatient, fault, key):
    press(tab.line.edit, Qt.Key.Key_F3)
    before = events(impatient, tab)
    type_text(tab.line.edit, "T half")
    tab.keeper.keep_draft()
    fault.begin()
    press(tab.line.edit, key)

    text = is_said(tab, fault)
    assert "is not stored" in text
    assert "do it again" in text
    assert "line" not in text
    assert events(impatient, tab) == before
    assert tab.form_panel.keeper.count_of("praise") == 0
    assert tab.form_panel.keeper.timer_of("teacher").running_since is None
    fault.lift()
    press(tab.line.edit, key)
    assert len(events(impatient, tab)) == len(before) + 1
    assert tab.message_bar.message is None
    assert tab.line.line == "T half"


def test_words_of_a_text_item_stay_and_are_stored_when_it_works_again(tab, impatient, fault, qtbot):
    item = tab.form_panel.item("summary")
    item.focus_part().setFocus()
    words = "She waits for every answer. " * 3
    item.area.insertPlainText(words)
    fault.begin()
    tab.focus_line()

    assert item.area.text().strip() == words.strip()
    assert "tried again" in is_said(tab, fault)
    assert any("She waits for every answer." in line for line in copied(impatient))
    fault.lift()
    qtbot.waitUntil(lambda: tab.message_bar.message is None, timeout=9000)
    assert answers.all_of(impatient, tab.visit_id)["summary"].value == words.strip()


def test_words_that_do_not_fit_on_the_disk_stay(tab, impatient, qtbot):
    full = Fault(impatient, "full")
    full.kind = "full"
    item = tab.form_panel.item("summary")
    item.focus_part().setFocus()
    item.area.insertPlainText("word " * 3900)
    full.begin()
    tab.focus_line()

    assert len(item.area.text().strip()) == 3900 * 5 - 1
    assert "tried again" in is_said(tab, full)
    full.lift()
    qtbot.waitUntil(lambda: tab.message_bar.message is None, timeout=9000)
    assert len(answers.all_of(impatient, tab.visit_id)["summary"].value) == 3900 * 5 - 1
    full.end()


def test_words_of_another_choice_stay(tab, impatient, fault, qtbot):
    item = tab.form_panel.item("why")
    item.focus_part().setFocus()
    item.choose("other")
    item.words.setFocus()
    type_text(item.words, "a fire drill")
    fault.begin()
    tab.focus_line()

    assert item.words.text() == "a fire drill"
    is_said(tab, fault)
    assert any("a fire drill" in line for line in copied(impatient))
    fault.lift()
    qtbot.waitUntil(lambda: tab.message_bar.message is None, timeout=9000)
    assert answers.all_of(impatient, tab.visit_id)["why"].comment == "a fire drill"


def test_words_beside_a_code_stay_in_their_interval(open_form, impatient, fault, clock, qtbot):
    tab = open_form(LED)
    press(tab.line.edit, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    field = tab.board.comments["I.O"]
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    type_text(field, "a fire drill")
    fault.begin()
    press(field, ENTER)

    assert field.text() == "a fire drill"
    is_said(tab, fault)
    assert any("a fire drill" in line for line in copied(impatient))
    fault.lift()
    tab.board.flush()
    assert [one.text for one in events(impatient, tab) if one.code == "I.O"] == ["a fire drill"]


def test_a_tick_that_is_not_stored_is_not_shown(open_form, impatient, fault):
    tab = open_form(LED)
    fault.begin()
    press(tab.line.edit, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)

    assert "do it again" in is_said(tab, fault)
    assert events(impatient, tab) == []
    fault.lift()
    press(tab.line.edit, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert [one.code for one in events(impatient, tab)] == ["I.Lec"]


def test_a_pause_and_a_phase_that_are_not_stored_are_said_and_wait(tab, impatient, fault):
    fault.begin()
    type_text(tab.line.edit, "/pause")
    press(tab.line.edit, ENTER)
    assert tab.message_bar.message is not None
    assert readable(tab.message_bar.message.text)
    assert tab.live.paused_since is None
    type_text(tab.line.edit, "/phase Group work")
    press(tab.line.edit, ENTER)
    assert tab.line.line == "/phase Group work"
    fault.lift()

    press(tab.line.edit, ENTER)
    assert [one.name for one in phases(events(impatient, tab))] == ["Group work"]
    assert pauses(events(impatient, tab)) == ()


def test_a_seat_that_was_pressed_is_said_and_enter_stores_it_with_its_moment(tab, impatient, fault, clock):
    seating.set_plan(impatient, visit_id=tab.visit_id, plan=rows_and_columns(2, 3))
    tab.toggle_seats()
    seats = tab.seats
    moment = tab.live.clock.elapsed_ms()
    fault.begin()
    QTest.keyClicks(seats.focusWidget() or seats, "4")
    press(seats.focusWidget() or seats, ENTER)
    is_said(tab, fault)
    fault.lift()
    clock.advance(seconds=7)
    press(seats.focusWidget() or seats, ENTER)

    stored = events(impatient, tab)
    assert [(one.speaker, one.offset_ms) for one in stored] == [("S4", moment)]


def test_a_plan_that_cannot_be_stored_stays_open(tab, impatient, fault):
    tab.toggle_seats()
    plan = rows_and_columns(3, 5)
    fault.begin()
    tab.seats.change_button.click()
    editor = tab.findChild(PlanEditor)
    assert editor is not None
    editor.room.show_other(plan)
    editor.accept()

    is_said(tab, fault)
    again = [one for one in tab.window().findChildren(PlanEditor) if one.isVisible()]
    assert [one.plan for one in again] == [plan]
    fault.lift()
    again[0].accept()
    assert seating.plan_of(impatient, tab.visit_id) == plan


def test_consent_that_cannot_be_stored_stays_open(tab, impatient, fault, qtbot):
    fault.begin()
    tab.toggle_film()
    sheet = next(one for one in tab.window().findChildren(ConsentSheet) if one.isVisible())
    sheet.text_area.setPlainText("A. Diallo on 3 March")
    sheet.choose_button.click()

    assert readable(tab.message_bar.message.text)
    again = [one for one in tab.window().findChildren(ConsentSheet) if one.isVisible() and one is not sheet]
    assert [one.text_area.toPlainText() for one in again] == ["A. Diallo on 3 March"]
    fault.lift()
    assert visits.get(impatient, tab.visit_id).video_consent == ""


def test_an_edit_that_is_left_meanwhile_is_forgotten_later(tab, impatient, fault, qtbot):
    type_text(tab.line.edit, "T stored")
    press(tab.line.edit, ENTER)
    press(tab.line.edit, Qt.Key.Key_Up)
    type_text(tab.line.edit, " and more")
    tab.keeper.keep_draft()
    fault.begin()
    press(tab.line.edit, ESC)

    is_said(tab, fault)
    assert tab.line.is_empty
    fault.lift()
    qtbot.waitUntil(lambda: not tab.keeper.failing, timeout=9000)
    assert notes.drafts(impatient, tab.visit_id) == ()
    assert tab.message_bar.message is None
    assert [one.text for one in events(impatient, tab)] == ["stored"]


@pytest.mark.parametrize("line", ["*", "/star", "/private", "/pause"])
def test_a_command_that_is_not_stored_is_said_with_what_to_do_first(tab, impatient, fault, line):
    type_text(tab.line.edit, "T stored")
    press(tab.line.edit, ENTER)
    before = events(impatient, tab)
    fault.begin()
    type_text(tab.line.edit, line)
    press(tab.line.edit, ENTER)

    assert "do it again" in is_said(tab, fault)
    fault.lift()
    assert events(impatient, tab) == before


def test_an_undo_that_is_not_stored_is_said_and_works_later(tab, impatient, fault):
    type_text(tab.line.edit, "T stored")
    press(tab.line.edit, ENTER)
    fault.begin()
    press(tab.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "do it again" in is_said(tab, fault)
    fault.lift()

    press(tab.line.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert events(impatient, tab) == []
    assert tab.message_bar.message is None
