"""Prepare: every field keeps itself, wrong dates say so, nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from observe_app.domain.form import ItemKind
from observe_app.domain.people import Role
from observe_app.services import answers, people, visits
from observe_app.ui.visit.form_look import FormLook
from observe_app.ui.visit.prepare import PrepareTab
from observe_app.ui.when import read_date, read_time
from tests.ui.places.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

GENERAL = "general-peer-observation"


@pytest.fixture
def visit_id(core: Core) -> str:
    return visits.plan(core).id


@pytest.fixture
def open_tab(qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget) -> Callable[[str], PrepareTab]:
    def open_one(visit_id: str) -> PrepareTab:
        tab = PrepareTab(core, visit_id, runner, bus, host)
        layout = host.layout()
        assert layout is not None
        layout.addWidget(tab)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        tab.activate()
        tab.start_widget().setFocus()
        return tab

    return open_one


@pytest.fixture
def tab(open_tab: Callable[[str], PrepareTab], visit_id: str) -> PrepareTab:
    return open_tab(visit_id)


def test_fields_are_kept_when_left(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    for line, words in ((tab.class_line, "Year 8 B"), (tab.room_line, "Room 12"), (tab.size_line, "28")):
        line.setFocus()
        qtbot.keyClicks(line, words)
        with qtbot.waitSignal(tab.saved):
            qtbot.keyClick(line, Qt.Key.Key_Tab)

    visit = visits.get(core, visit_id)
    assert (visit.class_name, visit.room, visit.class_size) == ("Year 8 B", "Room 12", 28)


def test_the_focus_is_kept_after_a_pause_while_writing(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    tab.focus_area.setFocus()

    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(tab.focus_area, "Who answers? ")

    assert visits.get(core, visit_id).focus == "Who answers?"
    qtbot.keyClicks(tab.focus_area, "And who not?")
    assert tab.focus_area.text() == "Who answers? And who not?"
    assert tab.leave()
    assert visits.get(core, visit_id).focus == "Who answers? And who not?"


# The offscreen platform has no keyboard to grab; the popup works without.
@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_a_known_teacher_is_picked_by_a_few_letters(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    person = people.add(core, name="Amina Diallo-Žižek", subjects="Maths")
    field = tab.teacher_field
    field.line.setFocus()

    qtbot.keyClicks(field.line, "diallo")
    qtbot.waitUntil(field.offer.isVisible)
    qtbot.keyClick(field.offer, Qt.Key.Key_Down)
    qtbot.keyClick(field.offer, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: visits.get(core, visit_id).teacher_id == person.id)
    assert field.line.text() == "Amina Diallo-Žižek"


def test_a_new_teacher_is_added_by_enter(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    field = tab.teacher_field
    qtbot.keyClicks(field.line, "Ilse Bakker")
    assert field.add_button.isVisible()

    qtbot.keyClick(field.line, Qt.Key.Key_Return)

    assert visits.get(core, visit_id).teacher == "Ilse Bakker"
    assert not field.add_button.isVisible()


def test_a_name_left_standing_is_added_when_the_tab_is_left(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    qtbot.keyClicks(tab.teacher_field.line, "Tomas Rivera")

    assert tab.leave()

    assert visits.get(core, visit_id).teacher == "Tomas Rivera"


def test_an_emptied_teacher_is_nobody(qtbot: QtBot, core: Core, open_tab: Callable[[str], PrepareTab]) -> None:
    visit = visits.plan(core, teacher_id=people.add(core, name="Ilse").id)
    tab = open_tab(visit.id)
    line = tab.teacher_field.line
    line.setFocus()
    line.selectAll()

    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClick(line, Qt.Key.Key_Tab)

    assert visits.get(core, visit.id).teacher_id is None


def test_date_and_time_make_the_start(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    when = tab.when_editor
    when.date_line.setFocus()
    qtbot.keyClicks(when.date_line, "20 March")
    qtbot.keyClick(when.date_line, Qt.Key.Key_Tab)
    when.time_line.setFocus()
    when.time_line.selectAll()
    qtbot.keyClicks(when.time_line, "10.05")
    qtbot.keyClick(when.time_line, Qt.Key.Key_Tab)

    assert visits.get(core, visit_id).start == datetime(2026, 3, 20, 10, 5, tzinfo=UTC)
    assert when.date_line.text() == "Fri 20 Mar 2026"


def test_a_date_that_is_none_says_so_and_holds_the_person_once(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    when = tab.when_editor
    when.date_line.setFocus()
    qtbot.keyClicks(when.date_line, "Fr 31 Feb")
    qtbot.keyClick(when.date_line, Qt.Key.Key_Tab)

    assert when.date_line.property("look") == "warn"
    assert "no date" in when.date_field.note.text()
    assert when.date_line.text() == "Fr 31 Feb"
    assert not tab.leave()
    assert tab.leave()
    assert visits.get(core, visit_id).start is None


@pytest.mark.parametrize("typed", ["0", "601", "an hour", "-5", "9" * 40, ""])
def test_minutes_out_of_range_keep_the_old_ones(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str, typed: str
) -> None:
    tab.minutes_line.setFocus()
    tab.minutes_line.selectAll()
    qtbot.keyClick(tab.minutes_line, Qt.Key.Key_Delete)
    qtbot.keyClicks(tab.minutes_line, typed)
    qtbot.keyClick(tab.minutes_line, Qt.Key.Key_Tab)

    assert tab.minutes_line.property("look") == "warn"
    assert visits.get(core, visit_id).minutes == 50


def test_a_form_is_chosen_and_kept(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    choice = next(one for one in tab.forms.list.choices if one.form_id == GENERAL)

    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)

    visit = visits.get(core, visit_id)
    assert (visit.form_id, visit.form_version) == (GENERAL, 2)
    assert [one.form_id for one in tab.forms.list.choices if one.isChecked()] == [GENERAL]


def test_words_and_enter_take_the_first_form_that_is_found(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    qtbot.keyClicks(tab.forms.search, "copus")
    qtbot.keyClick(tab.forms.search, Qt.Key.Key_Return)

    assert visits.get(core, visit_id).form_id == "copus"


def test_a_form_is_looked_at_and_taken_from_there(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    row = tab.forms.list.row_of(GENERAL)
    assert row is not None
    row.setFocus()
    assert "Pick this" in tab.forms.purpose_words.text()
    assert visits.get(core, visit_id).form_id == ""

    qtbot.mouseClick(tab.forms.look_button, Qt.MouseButton.LeftButton)
    look = tab.window().findChild(FormLook)
    assert look is not None
    assert look.main_button is not None
    assert look.preview.form is not None
    assert look.preview.form.id == GENERAL
    first = next(item for item in look.preview.form.items if item.kind is ItemKind.RATING)
    qtbot.keyClick(look.safe_button, Qt.Key(ord(first.hotkey.upper())), Qt.KeyboardModifier.AltModifier)
    assert look.preview.sheet.armed == first.id
    look.main_button.click()

    assert visits.get(core, visit_id).form_id == GENERAL
    assert tab.forms.use_button.isHidden()


def test_tab_goes_from_the_search_through_the_form_to_the_start(qtbot: QtBot, tab: PrepareTab) -> None:
    tab.forms.search.setFocus()
    qtbot.keyClick(tab.forms.search, Qt.Key.Key_Tab)
    assert tab.forms.list.choices[0].hasFocus()
    qtbot.keyClick(tab.forms.list.choices[0], Qt.Key.Key_Down)
    row = tab.forms.list.choices[1]
    qtbot.keyClick(row, Qt.Key.Key_Tab)
    assert tab.forms.use_button.hasFocus()
    for button in (tab.forms.use_button, tab.forms.look_button):
        qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert tab.start_button.hasFocus()


def test_the_form_used_with_this_teacher_before_comes_first(core: Core, open_tab: Callable[[str], PrepareTab]) -> None:
    teacher = people.add(core, name="Amina Diallo")
    for form_id in (GENERAL, "open-notes"):
        earlier = visits.plan(core, form_id=form_id)
        opened = visits.open_visit(core, earlier.id)
        visits.set_person(core, visit_id=earlier.id, role=Role.TEACHER, person_id=teacher.id, seen=opened.seen)
    visit = visits.plan(core)
    visits.set_person(
        core, visit_id=visit.id, role=Role.TEACHER, person_id=teacher.id, seen=visits.open_visit(core, visit.id).seen
    )
    tab = open_tab(visit.id)

    assert {one.form_id for one in tab.forms.list.choices[1:3]} == {GENERAL, "open-notes"}


def test_a_click_takes_a_form_although_its_purpose_scrolls_the_list(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    low = next(one for one in tab.forms.list.choices if one.form_id == "talk-and-participation")

    qtbot.mousePress(low, Qt.MouseButton.LeftButton)
    low.setFocus(Qt.FocusReason.MouseFocusReason)
    still = low.mapTo(tab.window(), low.rect().center())
    settle()
    assert low.mapTo(tab.window(), low.rect().center()) == still
    qtbot.mouseRelease(low, Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).form_id == "talk-and-participation"


def test_after_answers_the_form_stays_and_says_why(
    qtbot: QtBot, core: Core, open_tab: Callable[[str], PrepareTab]
) -> None:
    visit = visits.plan(core, form_id=GENERAL)
    form = visits.form_of(visit)
    assert form is not None
    item = next(one for one in form.items if one.kind.value == "text")
    answers.give(
        core,
        visit_id=visit.id,
        item=item.id,
        value="words",
        seen=answers.open_answer(core, visit_id=visit.id, item=item.id).seen,
    )
    tab = open_tab(visit.id)

    qtbot.mouseClick(tab.forms.list.choices[0], Qt.MouseButton.LeftButton)

    assert visits.get(core, visit.id).form_id == GENERAL
    assert "Something was recorded" in tab.forms.note.text()
    assert [one.form_id for one in tab.forms.list.choices if one.isChecked()] == [GENERAL]


def test_a_change_elsewhere_refreshes_only_what_is_not_being_written(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    tab.topic_line.setFocus()
    qtbot.keyClicks(tab.topic_line, "Fractions")

    seen = visits.open_visit(core, visit_id).seen
    visits.update(core, visit_id=visit_id, seen=seen, room="Lab 2", topic="Elsewhere")

    assert tab.room_line.text() == "Lab 2"
    assert tab.topic_line.text() == "Fractions"
    assert tab.leave()
    assert visits.get(core, visit_id).topic == "Fractions"


def test_ctrl_enter_keeps_everything_and_starts(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    tab.focus_area.setFocus()
    qtbot.keyClicks(tab.focus_area, "Pauses")

    with qtbot.waitSignal(tab.lesson_asked):
        qtbot.keyClick(tab.focus_area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert visits.get(core, visit_id).focus == "Pauses"


def test_who_observes_can_be_said(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    tab.observer_field.line.setFocus()
    qtbot.keyClicks(tab.observer_field.line, "Jonas")
    qtbot.keyClick(tab.observer_field.line, Qt.Key.Key_Return)

    assert visits.get(core, visit_id).observer == "Jonas"
    assert [row.visits_as_observer for row in people.listing(core)] == [1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("10:05", time(10, 5)), ("1005", time(10, 5)), ("9", time(9, 0)), ("2:15 pm", time(14, 15)), ("12 am", time(0, 0)),
     ("9h30", time(9, 30)), ("10.05", time(10, 5)), ("25:00", None), ("13 pm", None), ("soon", None), ("", None)],
)  # fmt: skip
def test_times_as_people_write_them(words: str, expected: time | None) -> None:
    assert read_time(words) == expected


@given(st.times())
def test_every_shown_time_is_read_back(moment: time) -> None:
    wanted = moment.replace(second=0, microsecond=0)
    assert read_time(wanted.strftime("%H:%M")) == wanted


@pytest.mark.parametrize(
    ("words", "expected"),
    [("today", date(2026, 3, 10)), ("tomorrow", date(2026, 3, 11)), ("Fri 20 Mar 2026", date(2026, 3, 20)),
     ("2026-03-20", date(2026, 3, 20)), ("+7", date(2026, 3, 17)), ("31 Feb", None), ("x" * 500, None)],
)  # fmt: skip
def test_days_as_people_write_them(words: str, expected: date | None) -> None:
    assert read_date(words, date(2026, 3, 10)) == expected


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_a_name_that_two_people_have_asks_which(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    for subject in ("Art", "Latin"):
        people.add(core, name="Jo Smith", subjects=subject)
    tab.teacher_field.line.setFocus()
    qtbot.keyClicks(tab.teacher_field.line, "Jo Smith")

    assert not tab.leave()
    assert tab.leave()

    assert visits.get(core, visit_id).teacher_id is None
    assert tab.teacher_field.line.text() == ""
    assert len(people.listing(core)) == 2
