"""When storing fails the words stay on screen, it is said, and it is tried again by itself."""

from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtCore import Qt

from observe_app.app import wire_core
from observe_app.domain.errors import ObserveError
from observe_app.domain.ids import Ids
from observe_app.services import answers, notes, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.widgets import MessageKind
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

ENTER = Qt.Key.Key_Return


@pytest.fixture
def impatient(data_folder, clock, qapp):
    """Return services that wait 20 ms for another program, not five seconds."""
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock), busy_ms=20)
    yield opened
    close(opened)


@pytest.fixture
def other_program(data_folder):
    """Return a connection that can hold the write lock of the database."""
    connection = sqlite3.connect(data_folder / "observe.sqlite", isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def tab(impatient, qtbot):
    bus = ChangeBus()
    stop = subscribe(impatient, bus.publish)
    visit_id = plan_visit(impatient)
    made = ObserveTab(impatient, bus)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.open_visit(visit_id)
    visits.begin(impatient, visit_id=visit_id)
    with qtbot.waitExposed(made):
        made.show()
    made.focus_line()
    yield made
    stop()


def test_words_stay_and_are_stored_with_their_stamp_when_it_works_again(tab, impatient, other_program, clock, qtbot):
    clock.advance(seconds=30)
    other_program.execute("begin immediate")
    with qtbot.waitSignal(tab.not_saved) as failed:
        type_text(tab.line.edit, "T must not be lost")
        press(tab.line.edit, ENTER)
    assert isinstance(failed.args[0], ObserveError)
    assert tab.line.line == "T must not be lost"
    assert tab.model.events == ()
    assert tab.message_bar.message.kind is MessageKind.RISK

    clock.advance(seconds=20)
    other_program.execute("rollback")
    with qtbot.waitSignal(tab.saved, timeout=4000):
        pass
    qtbot.waitUntil(lambda: len(tab.model.events) == 1, timeout=4000)
    assert (tab.model.events[0].text, tab.model.events[0].offset_ms) == ("must not be lost", 30_000)
    assert tab.line.is_empty
    assert tab.message_bar.message is None
    assert not tab.keeper.failing


def test_it_is_tried_again_by_itself(tab, other_program, qtbot):
    other_program.execute("begin immediate")
    type_text(tab.line.edit, "T once more")
    press(tab.line.edit, ENTER)
    with qtbot.waitSignal(tab.not_saved, timeout=4000):
        pass
    other_program.execute("rollback")

    qtbot.waitUntil(lambda: len(tab.model.events) == 1, timeout=4000)


def test_a_line_changed_meanwhile_waits_for_enter(tab, other_program):
    other_program.execute("begin immediate")
    type_text(tab.line.edit, "T first words")
    press(tab.line.edit, ENTER)
    type_text(tab.line.edit, " and more")
    other_program.execute("rollback")
    tab.keeper.try_again()
    assert tab.model.events == ()
    assert tab.line.line == "T first words and more"

    press(tab.line.edit, ENTER)
    assert tab.model.events[0].text == "first words and more"


def test_a_copy_goes_to_the_recovery_file(tab, impatient, other_program):
    other_program.execute("begin immediate")
    type_text(tab.line.edit, "T copied aside")
    press(tab.line.edit, ENTER)
    other_program.execute("rollback")

    assert "T copied aside" in impatient.files.recovery.read_text(encoding="utf-8")


def test_a_draft_that_cannot_be_kept_is_said(tab, other_program, qtbot):
    other_program.execute("begin immediate")
    with qtbot.waitSignal(tab.not_saved, timeout=2000):
        type_text(tab.line.edit, "T half")
    other_program.execute("rollback")

    with qtbot.waitSignal(tab.saved, timeout=4000):
        pass


def test_an_answer_that_was_not_stored_is_not_shown(tab, impatient, other_program, qtbot):
    other_program.execute("begin immediate")
    with qtbot.waitSignal(tab.not_saved):
        press(tab.line.edit, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
        press(tab.form_panel.item("respect").dots, Qt.Key.Key_3)
    other_program.execute("rollback")

    assert tab.form_panel.item("respect").word == ""
    assert answers.all_of(impatient, tab.visit_id) == {}


def test_starting_by_the_first_key_when_nothing_can_be_stored_loses_no_letter(impatient, other_program, tab, qtbot):
    tab.open_visit(plan_visit(impatient))
    other_program.execute("begin immediate")
    with qtbot.waitSignal(tab.not_saved):
        type_text(tab.line.edit, "T begins anyway")
    other_program.execute("rollback")
    press(tab.line.edit, ENTER)

    assert [e.text for e in notes.stream(impatient, tab.visit_id)] == ["begins anyway"]
