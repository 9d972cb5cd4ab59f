"""Presses while the computer's clock jumps by a year: each at its lesson moment, once, in this run and the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from observe_app.app import wire_core
from observe_app.domain.event import EventKind
from observe_app.domain.ids import Ids
from observe_app.domain.timeline import timers
from observe_app.services import backup, notes, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from tests.services.event_form import EVENT_FORM, visit_with
from tests.ui.observe.keys import press, type_text

YEAR = 31_536_000
Z = Qt.Key.Key_Z
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_tab(data_folder, clock, qtbot):
    """Return a function that opens a visit as a program started anew would, and ends the one before."""
    ends = []

    def end():
        for one in ends:
            one()
        ends.clear()

    def open_one(visit_id=""):
        end()
        core = wire_core(data_folder, clock=clock, ids=Ids(clock))
        if not visit_id:
            visit_id = visit_with(core)
            visits.begin(core, visit_id=visit_id)
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab = ObserveTab(core, bus)
        qtbot.addWidget(tab)
        tab.resize(1366, 768)
        tab.open_visit(visit_id)
        with qtbot.waitExposed(tab):
            tab.show()
        tab.activateWindow()
        tab.focus_line()

        def leave():
            tab.leave()
            tab.hide()
            stop()
            close(core)

        ends.append(leave)
        return core, tab

    yield open_one
    end()


@pytest.mark.parametrize("jumps", [(YEAR, -2 * YEAR), (-YEAR, 2 * YEAR), (YEAR, -YEAR), (-YEAR, YEAR)])
def test_presses_stand_at_their_lesson_moment_whatever_the_wall_says(open_tab, clock, jumps):
    core, tab = open_tab()
    visit_id = tab.visit_id
    for jump in (0, *jumps):
        clock.jump_wall(seconds=jump)
        clock.advance(seconds=60)
        tab.lesson.tick()
        press(tab.line.edit, Qt.Key.Key_F2)
        press(tab.line.edit, Qt.Key.Key_F6 if not jump else Qt.Key.Key_F7)
        type_text(tab.line.edit, f"T after {jump}")
        press(tab.line.edit, Qt.Key.Key_Return)
    said = tab.message_bar.message

    stored = [one for one in notes.stream(core, visit_id) if one.kind is not EventKind.GAP]
    assert [one.offset_ms for one in stored if one.kind is EventKind.TALLY] == [60_000, 120_000, 180_000]
    assert [one.offset_ms for one in stored if one.kind is EventKind.NOTE] == [60_000, 120_000, 180_000]
    assert said is None or "clock moved by more than a day" in said.text

    core, tab = open_tab(visit_id)
    again = [one for one in notes.stream(core, visit_id) if one.kind is not EventKind.GAP]
    assert again == stored
    states = timers(EVENT_FORM.items, again)
    assert [name for name, state in states.items() if state.running_since is not None] == ["pupils"]
    assert tab.form_panel.keeper.count_of("praise") == 3
    assert backup.check(core) == ()


def test_a_press_after_a_jump_of_a_year_is_taken_back_by_undo_in_its_order(open_tab, clock):
    core, tab = open_tab()
    for jump in (0, -YEAR, YEAR):
        clock.jump_wall(seconds=jump)
        clock.advance(seconds=60)
        press(tab.line.edit, Qt.Key.Key_F2)
    offsets = []
    for _ in range(3):
        press(tab.line.edit, Z, CTRL)
        offsets.append([one.offset_ms for one in notes.stream(core, tab.visit_id) if one.kind is EventKind.TALLY])

    assert offsets == [[60_000, 120_000], [60_000], []]
