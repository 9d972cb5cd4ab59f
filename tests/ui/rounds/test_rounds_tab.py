"""A coordinator at the page of rounds: sets one up, plans it, changes it by hand, tells the people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from observe_app.domain.rounds.rules import Rules
from observe_app.services import history, people
from observe_app.services.rounds import invite, moves, planning, progress, rounds, timetables
from observe_app.ui.groups.tab_base import ROUNDS, GroupsTarget
from observe_app.ui.rounds.board_model import Across
from observe_app.ui.rounds.history_sheet import RoundHistory
from observe_app.ui.rounds.move_sheet import MoveSheet
from observe_app.ui.rounds.sheets import AddSheet, CancelSheet, InviteSheet, SwapSheet
from observe_app.ui.rounds.timetable_editor import TimetableEditor
from observe_app.ui.rounds.timetable_import import TimetableImport
from observe_app.ui.widgets import Button, ComboBox, Sheet, TextLabel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import VisitRound
    from observe_app.services.core import Core
    from observe_app.ui.rounds.tab import RoundsTab

LEFT = Qt.MouseButton.LeftButton


def _texts(widget: QWidget) -> str:
    for _ in range(3):  # parts that came just now are laid out, then shown
        QCoreApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(TextLabel) if one.isVisibleTo(widget))


def _sheet(tab: RoundsTab, kind: type[Sheet]) -> Sheet:
    found = [one for one in tab.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def planned(core: Core, made_round: VisitRound, tab: RoundsTab) -> RoundsTab:
    """The tab with a round of four that is planned."""
    planning.solve_and_keep(core, made_round.id)
    tab.reload()
    return tab


def _choose_first(tab: RoundsTab) -> str:
    """Go to the first visit of the board; return its id."""
    first = next(row for row in progress.board(tab.core, tab.model.rows[0].round.id).rows)
    tab.pane.select(first.pairing.id)
    tab.pane.board.setFocus()
    return first.pairing.id


# --- setting up -------------------------------------------------------------------------------------------------------


def test_without_a_round_the_page_says_what_one_is(tab: RoundsTab, qtbot: QtBot) -> None:
    assert tab.stack.currentWidget() is tab.empty
    qtbot.mouseClick(tab.empty_new, LEFT)
    assert tab.stack.currentWidget() is tab.setup
    assert not tab.setup.solve_button.isEnabled()


def test_a_round_is_set_up_and_planned_in_one_sitting(
    core: Core, school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot
) -> None:
    qtbot.mouseClick(tab.empty_new, LEFT)
    setup = tab.setup
    setup.title_line.clear()
    qtbot.keyClicks(setup.title_line, "Round of March")
    qtbot.mouseClick(setup.people.all_button, LEFT)
    assert "4 people, 4 visits, 10 school days." in _texts(setup)
    qtbot.mouseClick(setup.solve_button, LEFT)
    qtbot.waitUntil(lambda: rounds.listing(core)[0].planned == 4, timeout=20_000)
    (row,) = rounds.listing(core)
    assert row.round.title == "Round of March"
    assert set(row.round.people) == {one.id for one in school}
    qtbot.waitUntil(lambda: "4 visits planned" in tab.pane.counts_label.text())


def test_who_has_no_timetable_is_said_before_the_plan_is_made(
    core: Core, school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot
) -> None:
    people.add(core, name="Eli Moreau")
    tab.reload()
    qtbot.mouseClick(tab.empty_new, LEFT)
    qtbot.mouseClick(tab.setup.people.all_button, LEFT)
    assert "Eli Moreau" in tab.setup.missing_label.text()
    assert tab.setup.import_button.isVisible()
    assert len(school) == 4


def test_space_ticks_people_and_typing_finds_them(school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.empty_new, LEFT)
    picks = tab.setup.people
    qtbot.keyClicks(picks.search, "cy")
    assert picks.model.rowCount() == 1
    picks.list.setFocus()
    picks.list.setCurrentIndex(picks.model.index(0, 0))
    qtbot.keyClick(picks.list, Qt.Key.Key_Space)
    assert picks.model.ticked == (school[2].id,)
    assert "takes part" in str(picks.model.data(picks.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))


def test_rules_are_kept_as_they_were_chosen(
    core: Core, school: tuple[Person, ...], made_round: VisitRound, tab: RoundsTab, qtbot: QtBot
) -> None:
    tab.reload()
    tab.pane.change_asked.emit()
    part = tab.setup.rules
    part.observes.setValue(2)
    part.subject.setCurrentIndex(part.subject.findData("different"))
    part.load.setValue(3)
    qtbot.mouseClick(part.more_button, LEFT)
    part.exclusions.one.setCurrentIndex(0)
    part.exclusions.other.setCurrentIndex(1)
    part.exclusions.add_button.click()
    qtbot.keyClicks(part.hours.times, "12:10-13:00")
    part.hours.add_button.click()
    qtbot.mouseClick(tab.setup.keep_button, LEFT)
    rules, _broken = rounds.rules_of(rounds.get(core, made_round.id))
    assert (rules.observes, rules.subject, rules.week_load) == (2, "different", 3)
    assert rules.exclusions == ((school[0].id, school[1].id),)
    assert [(one.start_min, one.end_min) for one in rules.protected] == [(730, 780)]


def test_what_cannot_be_kept_is_said_in_words(school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.empty_new, LEFT)
    tab.setup.title_line.clear()
    qtbot.mouseClick(tab.setup.people.all_button, LEFT)
    qtbot.mouseClick(tab.setup.keep_button, LEFT)
    assert tab.setup.error_label.isVisible()
    assert tab.stack.currentWidget() is tab.setup
    qtbot.keyClick(tab.setup, Qt.Key.Key_Escape)
    assert tab.stack.currentWidget() is tab.empty
    assert school


# --- the board --------------------------------------------------------------------------------------------------------


def test_every_visit_has_its_cell_by_day_and_by_teacher(core: Core, planned: RoundsTab) -> None:
    model = planned.pane.model
    for across in (Across.DAYS, Across.TEACHERS):
        model.set_across(across)
        for row in progress.board(core, rounds.listing(core)[0].round.id).rows:
            index = model.place_of(row.pairing.id)
            assert row.pairing.id in [one.pairing.id for one in model.rows_at(index)]
            told = str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))
            assert model.name(row.pairing.observer_id) in told
            assert model.name(row.pairing.teacher_id) in told


def test_l_locks_the_visit_and_undo_brings_it_back(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pairing_id = _choose_first(planned)
    qtbot.keyClick(planned.pane.board, Qt.Key.Key_L)
    view = rounds.view(core, rounds.listing(core)[0].round.id)
    assert [one.id for one in view.pairings if one.locked] == [pairing_id]
    assert "locked" in _texts(planned.side)
    history.undo(core)
    view = rounds.view(core, view.round.id)
    assert not any(one.locked for one in view.pairings)


def test_a_visit_is_moved_to_a_time_that_fits(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pairing_id = _choose_first(planned)
    qtbot.keyClick(planned.pane.board, Qt.Key.Key_M)
    sheet = _sheet(planned, MoveSheet)
    assert isinstance(sheet, MoveSheet)
    last = sheet.openings.rowCount() - 1
    lesson = sheet.openings.lesson(last)
    assert lesson is not None
    sheet.list.setCurrentIndex(sheet.openings.index(last, 0))
    assert sheet.go_button.text() == "Move it"
    qtbot.mouseClick(sheet.go_button, LEFT)
    view = rounds.view(core, rounds.listing(core)[0].round.id)
    moved = next(one for one in view.pairings if one.id == pairing_id)
    assert (moved.on, moved.start_min, moved.locked) == (lesson.on, lesson.start_min, True)


def test_clashes_are_said_before_a_visit_is_moved(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pairing_id = _choose_first(planned)
    planned.acts.move(pairing_id)
    sheet = _sheet(planned, MoveSheet)
    assert isinstance(sheet, MoveSheet)
    sheet.times_line.setText("7:00-7:50")
    qtbot.mouseClick(sheet.look_button, LEFT)
    assert "teaches nothing then" in sheet.note.text()
    assert sheet.go_button.text() == "Move it all the same"
    before = rounds.view(core, rounds.listing(core)[0].round.id).pairings
    qtbot.mouseClick(sheet.safe_button, LEFT)
    assert rounds.view(core, rounds.listing(core)[0].round.id).pairings == before


def test_times_that_are_none_are_refused_in_words(planned: RoundsTab, qtbot: QtBot) -> None:
    planned.acts.move(_choose_first(planned))
    sheet = _sheet(planned, MoveSheet)
    assert isinstance(sheet, MoveSheet)
    sheet.times_line.setText("soon")
    qtbot.mouseClick(sheet.look_button, LEFT)
    assert "soon" in sheet.note.text()


def test_two_observers_change_places(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pairing_id = _choose_first(planned)
    planned.acts.swap(pairing_id)
    sheet = _sheet(planned, SwapSheet)
    assert isinstance(sheet, SwapSheet)
    view = rounds.view(core, rounds.listing(core)[0].round.id)
    one = next(other for other in view.pairings if other.id == pairing_id)
    two = next(
        other
        for other in view.pairings
        if other.id != one.id and other.teacher_id != one.observer_id and one.teacher_id != other.observer_id
    )
    sheet.box.setCurrentIndex(sheet.box.findData(two.id))
    sheet.box.activated.emit(sheet.box.currentIndex())
    qtbot.mouseClick(sheet.go_button, LEFT)
    now = {other.id: other for other in rounds.view(core, view.round.id).pairings}
    assert (now[one.id].observer_id, now[two.id].observer_id) == (two.observer_id, one.observer_id)


def test_a_cancelled_visit_says_why_and_can_be_planned_again(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pairing_id = _choose_first(planned)
    qtbot.keyClick(planned.pane.board, Qt.Key.Key_Delete)
    sheet = _sheet(planned, CancelSheet)
    assert isinstance(sheet, CancelSheet)
    qtbot.mouseClick(sheet.go_button, LEFT)
    assert sheet.isVisible()
    qtbot.keyClicks(sheet.why_line, "Ill")
    qtbot.mouseClick(sheet.go_button, LEFT)
    qtbot.waitUntil(lambda: "1 cancelled" in planned.pane.counts_label.text())
    assert "Ill" in _texts(planned.side)
    button = planned.side.findChild(Button, "visit_again")
    assert button is not None
    assert button.property("pairing") == pairing_id
    qtbot.mouseClick(button, LEFT)
    assert all(one.counts for one in rounds.view(core, rounds.listing(core)[0].round.id).pairings)


def test_the_history_of_a_visit_is_told(core: Core, planned: RoundsTab) -> None:
    pairing_id = _choose_first(planned)
    moves.set_locked(core, pairing_ids=[pairing_id], locked=True)
    planned.reload()
    planned.side.history_asked.emit(pairing_id)
    assert "Visit of a round locked" in _texts(_sheet(planned, RoundHistory))


def test_what_could_not_be_met_is_said_with_its_reason(core: Core, made_round: VisitRound, tab: RoundsTab) -> None:
    lonely = people.add(core, name="Eli Moreau")
    seen = rounds.open_round(core, made_round.id).seen
    rounds.edit(core, round_id=made_round.id, seen=seen, people=(*made_round.people, lonely.id))
    planning.solve_and_keep(core, made_round.id)
    tab.reload()
    told = _texts(tab.side)
    assert "Eli Moreau is observed 0 of 1" in told
    assert "no lesson is known" in told
    assert "No timetable" in told


def test_the_page_shows_counts_and_dates_and_no_words_of_a_visit(core: Core, planned: RoundsTab) -> None:
    from observe_app.services import notes, visits

    (first, *_rest) = invite.make_visits(core, round_id=rounds.listing(core)[0].round.id)
    visits.begin(core, visit_id=first.id)
    notes.add(core, visit_id=first.id, line="SECRET WORDS", offset_ms=1000)
    visits.finish(core, visit_id=first.id)
    planned.reload()
    assert "1 visited" in planned.pane.counts_label.text()
    shown = _texts(planned) + "".join(
        str(planned.pane.model.data(planned.pane.model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(planned.pane.model.rowCount())
        for column in range(planned.pane.model.columnCount())
    )
    assert "SECRET" not in shown


def test_weeks_are_turned_and_a_visit_elsewhere_is_found(core: Core, planned: RoundsTab, qtbot: QtBot) -> None:
    pane = planned.pane
    assert pane.weeks_part.isVisible()
    qtbot.mouseClick(pane.later_button, LEFT)
    assert pane.model.week == 1
    rows = progress.board(core, rounds.listing(core)[0].round.id).rows
    early = next((row for row in rows if row.pairing.on is not None and row.pairing.on < date(2026, 3, 14)), None)
    if early is not None:
        planned.side.chosen.emit(early.pairing.id)
        assert pane.model.week == 0


def test_invitations_are_written_and_visits_made(core: Core, planned: RoundsTab, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.mouseClick(planned.pane.invite_button, LEFT)
    sheet = _sheet(planned, InviteSheet)
    assert isinstance(sheet, InviteSheet)
    sheet.folder_line.setText(str(tmp_path / "nowhere"))
    qtbot.mouseClick(sheet.go_button, LEFT)
    assert sheet.isVisible()
    sheet.folder_line.setText(str(tmp_path))
    qtbot.mouseClick(sheet.go_button, LEFT)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.ics"))) == 4)
    qtbot.waitUntil(lambda: rounds.listing(core)[0].round.state == "open")
    view = rounds.view(core, rounds.listing(core)[0].round.id)
    assert all(one.visit_id for one in view.pairings)


def test_another_tab_can_lead_to_a_visit_of_a_round(core: Core, planned: RoundsTab) -> None:
    other = rounds.create(core, title="Later", first=date(2026, 4, 13), last=date(2026, 4, 17))
    view = rounds.view(core, next(row.round.id for row in rounds.listing(core) if row.round.id != other.id))
    planned.show_target(GroupsTarget(ROUNDS, view.round.id, view.pairings[0].id))
    planned.reload()
    assert planned.pane.title_label.text() == "Spring round"
    detail = planned.side.findChild(QWidget, "visit_detail")
    assert detail is not None


def test_a_stopped_search_keeps_what_was_found(
    core: Core, made_round: VisitRound, tab: RoundsTab, qtbot: QtBot
) -> None:
    tab.reload()
    qtbot.mouseClick(tab.pane.solve_button, LEFT)
    tab.stop()
    qtbot.waitUntil(tab.pane.solve_button.isEnabled, timeout=20_000)
    assert rounds.get(core, made_round.id).id


def test_a_visit_is_planned_by_hand(core: Core, school: tuple[Person, ...], planned: RoundsTab, qtbot: QtBot) -> None:
    planned.pane.add_asked.emit()
    sheet = _sheet(planned, AddSheet)
    assert isinstance(sheet, AddSheet)
    qtbot.mouseClick(sheet.go_button, LEFT)
    assert sheet.note.text()
    pairs = {one.pair for one in rounds.view(core, rounds.listing(core)[0].round.id).pairings}
    other = next(one for one in school[1:] if (school[0].id, one.id) not in pairs)
    sheet.observer_box.setCurrentIndex(sheet.observer_box.findData(school[0].id))
    sheet.teacher_box.setCurrentIndex(sheet.teacher_box.findData(other.id))
    qtbot.mouseClick(sheet.go_button, LEFT)
    assert _sheet(planned, MoveSheet)
    view = rounds.view(core, rounds.listing(core)[0].round.id)
    assert [one.locked for one in view.pairings if one.pair == (school[0].id, other.id)] == [True]


# --- timetables -------------------------------------------------------------------------------------------------------


def test_unknown_names_are_asked_about_and_then_brought_in(
    core: Core, school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Teacher,Day,Start,End,Class\nAda Okafor,Mon,15:00,15:50,8B\nNew Person,Tue,9:00,9:50,7C\n")
    tab.import_files([path])
    importing = tab.importing
    assert isinstance(importing, TimetableImport)
    qtbot.waitUntil(lambda: importing.sheet is not None and importing.sheet.isVisible())
    sheet = importing.sheet
    assert sheet is not None
    assert "New Person" in {str(box.property("who")) for box in sheet.findChildren(ComboBox)}
    add = sheet.findChild(Button, "add_all_unknown")
    assert add is not None
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: importing.found is not None and len(importing.found.people) == 2)
    with qtbot.waitSignal(importing.imported):
        qtbot.mouseClick(sheet.main_button, LEFT)
    assert [row.person.name for row in people.listing(core)][-1] == "New Person"
    assert len(timetables.of_person(core, school[0].id)) == 6


def test_a_file_that_is_no_timetable_is_refused_in_words(tab: RoundsTab, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("a,b\n1,2\n")
    tab.import_files([path])
    qtbot.waitUntil(lambda: tab.window().findChild(Sheet, "import_failed") is not None)
    failed = tab.window().findChild(Sheet, "import_failed")
    assert failed is not None
    assert "A row is one lesson" in _texts(failed)
    qtbot.mouseClick(failed.safe_button, LEFT)
    qtbot.waitUntil(lambda: tab.importing is None)


def test_a_week_is_typed_in_by_keys(core: Core, school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot) -> None:
    timetables.clear(core, person_id=school[0].id)
    tab.show_week(school[0].id)
    sheet = _sheet(tab, TimetableEditor)
    assert isinstance(sheet, TimetableEditor)
    grid = sheet.grid
    grid.setCurrentIndex(grid.week.index(1, 2))
    qtbot.keyClick(grid, Qt.Key.Key_T)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_P)
    grid.setCurrentIndex(grid.week.index(1, 2))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.lines["class_name"], "8B")
    qtbot.keyClick(sheet.lines["class_name"], Qt.Key.Key_Return)
    slots = timetables.of_person(core, school[0].id)
    assert [(one.kind, one.weekday, one.start_min, one.class_name) for one in slots] == [
        ("teaching", 2, 540, "8B"),
        ("protected", 3, 540, ""),
    ]
    grid.setCurrentIndex(grid.week.index(1, 3))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert len(timetables.of_person(core, school[0].id)) == 1


def test_times_typed_wrongly_change_nothing(
    core: Core, school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot
) -> None:
    tab.show_week(school[0].id)
    sheet = _sheet(tab, TimetableEditor)
    assert isinstance(sheet, TimetableEditor)
    before = timetables.of_person(core, school[0].id)
    sheet.grid.setCurrentIndex(sheet.grid.week.index(1, 0))
    sheet.times_line.setText("10:00-9:00")
    qtbot.keyClick(sheet.times_line, Qt.Key.Key_Return)
    assert sheet.note.text()
    assert timetables.of_person(core, school[0].id) == before


def test_every_control_of_the_setup_has_a_name(school: tuple[Person, ...], tab: RoundsTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.empty_new, LEFT)
    qtbot.mouseClick(tab.setup.rules.more_button, LEFT)
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for one in tab.setup.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert not [one for one in nameless if not one.startswith(("QLineEdit", "ScrollPane", "QComboBox"))]
    assert school


def test_rules_that_are_plain_stay_plain(tab: RoundsTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.empty_new, LEFT)
    assert tab.setup.rules.rules == Rules()
