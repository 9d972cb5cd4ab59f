"""People: joined, photographed, leaving; lists mapped; classes, terms and the turn of the year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QModelIndex, Qt
from PySide6.QtGui import QImage

from observe_app.domain.people import Role
from observe_app.domain.seating_layouts import groups
from observe_app.services import history, people, photos, visits
from observe_app.services.school import calendar, classes, terms
from observe_app.ui.people import PeoplePage
from observe_app.ui.people.classes_model import NAME, ClassesModel
from observe_app.ui.people.classes_room import ClassesRoom
from observe_app.ui.people.header import CLASSES, PEOPLE, YEAR
from observe_app.ui.people.import_sheet import ImportSheet
from observe_app.ui.people.merge_sheet import MergeSheet, TwinsSheet
from observe_app.ui.people.photo import initials
from observe_app.ui.people.rollover_sheet import RolloverSheet
from observe_app.ui.people.year_room import YearRoom
from observe_app.ui.people.year_sheets import StretchSheet
from observe_app.ui.visit.prepare import PrepareTab
from observe_app.ui.widgets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.people.import_model import PreviewModel

    OpenPage = Callable[[type[PeoplePage]], PeoplePage]


def names(page: PeoplePage) -> list[str]:
    return [row.person.name for row in page.model.rows]


def shown_in(model: PreviewModel, column: int) -> list[str]:
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


# --- one person ------------------------------------------------------------------------------------------------------


def test_the_new_fields_keep_themselves(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    boss = people.add(core, name="Zoe Boss", roles=(Role.COORDINATOR,))
    person = people.add(core, name="Amina Diallo")
    page = open_page(PeoplePage)
    editor = page.editor

    qtbot.keyClicks(editor.pronouns_line, "she/her")
    qtbot.keyClicks(editor.building_line, "North")
    qtbot.keyClicks(editor.load_line, "2")
    editor.manager_field.line.setText("Zoe Boss")
    editor.manager_field.line.setModified(True)
    assert page.leave()

    kept = people.get(core, person.id)
    assert (kept.pronouns, kept.building, kept.week_load, kept.manager_id) == ("she/her", "North", 2, boss.id)


def test_a_load_that_is_no_number_and_oneself_as_manager_are_refused_in_words(
    qtbot: QtBot, core: Core, open_page: OpenPage
) -> None:
    person = people.add(core, name="Amina Diallo")
    page = open_page(PeoplePage)

    page.editor.load_line.setFocus()
    qtbot.keyClicks(page.editor.load_line, "many")
    qtbot.keyClick(page.editor.load_line, Qt.Key.Key_Tab)
    page.editor.manager_field.chosen.emit(person.id)

    assert page.editor.load_line.property("look") == "warn"
    assert "their own line manager" in page.editor.fields["manager_id"].note.text()
    assert people.get(core, person.id).manager_id == ""


def test_who_left_has_a_last_day_that_can_be_put_off(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    person = people.add(core, name="Ilse")
    page = open_page(PeoplePage)

    page.editor.archive_button.click()
    assert people.get(core, person.id).left_on == date(2026, 3, 10)
    page.archived_button.click()
    assert not page.editor.last_day.isHidden()
    page.editor.last_day.setDate(QDate(2026, 7, 31))

    kept = people.get(core, person.id)
    assert (kept.left_on, kept.archived) == (date(2026, 7, 31), False)
    qtbot.waitUntil(lambda: page.editor.archive_button.text() == "Stays")
    page.editor.archive_button.click()
    assert people.get(core, person.id).left_on is None


def test_a_photo_is_made_small_and_what_is_none_is_refused(core: Core, tmp_path: Path, open_page: OpenPage) -> None:
    person = people.add(core, name="Amina Diallo")
    page = open_page(PeoplePage)
    picture = QImage(900, 1400, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    assert picture.save(str(tmp_path / "a.png"))
    (tmp_path / "b.png").write_bytes(b"no picture")

    page.editor.photo.take(tmp_path / "b.png")
    assert "no picture that can be read" in page.editor.fields["photo"].note.text()
    page.editor.photo.take(tmp_path / "a.png")

    data = photos.photo_of(core, people.get(core, person.id))
    assert photos.size_of(data) == (320, 320)
    assert page.editor.photo.circle.has_picture
    page.editor.photo.remove_button.click()
    assert people.get(core, person.id).photo == ""


@pytest.mark.parametrize(("name", "letters"), [
    ("Amina Diallo-Žižek", "AD"), ("Ilse", "I"), ("Dr. Anna Maria Novák", "DN"), ("小林 花子", "小花"), ("", ""),
    ("3 x", "X"),
])  # fmt: skip
def test_initials_are_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


# --- joining ---------------------------------------------------------------------------------------------------------


def test_two_records_are_looked_at_and_joined(qtbot: QtBot, core: Core, host: QWidget, open_page: OpenPage) -> None:
    keep = people.add(core, name="Amina Diallo", email="amina@x.org")
    gone = people.add(core, name="Diallo Amina", subjects="Maths")
    visit = visits.plan(core, teacher_id=gone.id)
    visits.plan(core, teacher_id=keep.id)
    visits.plan(core, teacher_id=keep.id)
    page = open_page(PeoplePage)

    page.twins_action.trigger()
    qtbot.waitUntil(lambda: host.findChild(TwinsSheet) is not None)
    twins = host.findChild(TwinsSheet)
    assert twins is not None
    twins.rows[0].opened.emit()
    qtbot.waitUntil(lambda: host.findChild(MergeSheet) is not None)
    sheet = host.findChild(MergeSheet)
    assert sheet is not None
    assert sheet.plan is not None
    assert sheet.plan.keep.id == keep.id, "who has more visits"
    with qtbot.waitSignal(page.message_posted):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert names(page) == ["Amina Diallo"]
    assert visits.get(core, visit.id).teacher_id == keep.id
    history.undo(core)
    qtbot.waitUntil(lambda: names(page) == ["Amina Diallo", "Diallo Amina"])


def test_the_other_one_is_picked_and_the_kept_one_chosen(
    qtbot: QtBot, core: Core, host: QWidget, open_page: OpenPage
) -> None:
    one, other = people.add(core, name="Bo Li"), people.add(core, name="Somebody Else")
    page = open_page(PeoplePage)
    page.editor.merge_button.click()
    sheet = host.findChild(MergeSheet)
    assert sheet is not None
    assert not sheet.main_button.isEnabled()

    sheet.picker.chosen.emit(other.id)
    sheet.cards[1].keep.click()
    assert sheet.plan is not None
    assert sheet.plan.keep.id == other.id
    sheet.cards[0].keep.click()
    sheet.picker.chosen.emit(one.id)

    assert sheet.plan is None
    assert not sheet.main_button.isEnabled()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert len(people.listing(core)) == 2


# --- lists -----------------------------------------------------------------------------------------------------------


def open_import(qtbot: QtBot, page: PeoplePage, host: QWidget, path: Path) -> ImportSheet:
    page.import_file(path)
    qtbot.waitUntil(lambda: host.findChild(ImportSheet) is not None and host.findChild(ImportSheet).isVisible())
    sheet = host.findChild(ImportSheet)
    assert sheet is not None
    return sheet


def test_columns_are_mapped_by_hand_and_every_row_says_what_happens(
    qtbot: QtBot, core: Core, tmp_path: Path, host: QWidget, open_page: OpenPage
) -> None:
    people.add(core, name="Amina Diallo", email="amina@x.org")
    path = tmp_path / "staff.csv"
    path.write_text("Who,Contact,What\nAmina D.,amina@x.org,Art\nBo Li,bo@x.org,\n=x,y@x.org,\n", encoding="utf-16")
    page = open_page(PeoplePage)
    sheet = open_import(qtbot, page, host, path)
    assert not sheet.main_button.isEnabled(), "no column of names is known"
    assert sheet.heads_box.isChecked()

    for letter, role in (("A", "name"), ("B", "email"), ("C", "subjects")):
        box = sheet.grid.boxes[letter]
        box.setCurrentIndex(box.findData(role))
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: shown_in(sheet.model, 1) == ["Changed", "New", "Left out"])

    assert sheet.main_button.text() == "Bring in 2 people"
    qtbot.waitUntil(lambda: "subjects" in shown_in(sheet.model, 3)[0])
    assert shown_in(sheet.model, 3)[0] == "known by e-mail; name, subjects changes"
    sheet.tabs.setCurrentIndex(4)
    assert shown_in(sheet.model, 0) == ["4"]
    with qtbot.waitSignal(page.message_posted):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)
    assert names(page) == ["Amina D.", "Bo Li"]


def test_a_role_has_one_column_and_headings_can_be_people(
    qtbot: QtBot, core: Core, tmp_path: Path, host: QWidget, open_page: OpenPage
) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("name,other\nBo Li,Cy Young\n", encoding="utf-8")
    sheet = open_import(qtbot, open_page(PeoplePage), host, path)
    box = sheet.grid.boxes["B"]
    box.setCurrentIndex(box.findData("name"))
    box.activated.emit(box.currentIndex())
    assert sheet.grid.boxes["A"].currentData() == ""
    qtbot.waitUntil(lambda: shown_in(sheet.model, 2) == ["Cy Young"])

    sheet.heads_box.click()

    qtbot.waitUntil(lambda: shown_in(sheet.model, 2) == ["other", "Cy Young"])
    assert people.listing(core) == ()


def test_a_file_that_is_no_list_says_so(qtbot: QtBot, tmp_path: Path, host: QWidget, open_page: OpenPage) -> None:
    (tmp_path / "staff.xlsx").write_bytes(b"nothing of the kind")
    page = open_page(PeoplePage)
    page.import_file(tmp_path / "staff.xlsx")
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_failed") is not None)


def test_people_are_written_to_a_table(qtbot: QtBot, core: Core, tmp_path: Path, open_page: OpenPage) -> None:
    people.add(core, name="Bo Li")
    page = open_page(PeoplePage)
    with qtbot.waitSignal(page.message_posted):
        page.export_file(tmp_path / "people.csv")
    assert "Bo Li" in (tmp_path / "people.csv").read_text(encoding="utf-8-sig")


# --- classes ---------------------------------------------------------------------------------------------------------


def classes_room(page: PeoplePage) -> ClassesRoom:
    page.show_tab(CLASSES)
    room = page.room
    assert isinstance(room, ClassesRoom)
    return room


def test_a_class_is_added_filled_and_put_away(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    amina = people.add(core, name="Amina Diallo")
    room = classes_room(open_page(PeoplePage))
    assert room.stack.currentWidget() is room.empty

    qtbot.mouseClick(room.empty_add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(room.editor.name_line, "8b")
    qtbot.keyClicks(room.editor.size_line, "27")
    room.editor.teacher_field.chosen.emit(amina.id)
    assert room.leave()

    (row,) = classes.listing(core)
    assert (row.school_class.name, row.school_class.size, row.teachers) == ("8b", 27, ("Amina Diallo",))
    room.editor.archive_button.click()
    qtbot.waitUntil(lambda: room.model.rowCount() == 0)
    assert classes.listing(core, archived=True)[0].school_class.archived


def test_a_class_has_a_seating_plan(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    made = classes.add(core, name="8b")
    room = classes_room(open_page(PeoplePage))
    room.editor.seating_button.click()
    editor = next(one for one in room.window().findChildren(Sheet, "plan_editor") if one.isVisible())
    editor.plan_kept.emit(groups(12))  # type: ignore[attr-defined]
    assert classes.listing(core)[0].seats == 12
    assert room.editor.seats_label.text().startswith("12")
    assert classes.open_class(core, made.id).value.seating


def test_a_size_that_is_none_is_refused_in_words(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    classes.add(core, name="8b")
    room = classes_room(open_page(PeoplePage))
    room.editor.size_line.setFocus()
    qtbot.keyClicks(room.editor.size_line, "0")
    qtbot.keyClick(room.editor.size_line, Qt.Key.Key_Tab)
    assert room.editor.size_line.property("look") == "warn"


def test_classes_stand_by_their_number_and_keep_the_rules_of_models(core: Core, qtmodeltester: ModelTester) -> None:
    for name in ("10a", "7b", "Choir", "7a"):
        classes.add(core, name=name)
    model = ClassesModel(core)
    model.reload()
    qtmodeltester.check(model)
    assert [row.school_class.name for row in model.rows] == ["7a", "7b", "10a", "Choir"]
    model.sort_by(NAME, descending=True)
    assert model.rows[0].school_class.name == "Choir"


def test_a_visit_takes_what_its_class_has(
    qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget
) -> None:
    made = classes.add(core, name="8b", subject="Maths", size=27, room="12")
    visit = visits.plan(core)
    tab = PrepareTab(core, visit.id, runner, bus, host)
    host.layout().addWidget(tab)
    host.show()
    tab.activate()
    tab.class_offer.reload()
    model = tab.class_offer.completer.model()
    index: QModelIndex = model.index(0, 0)

    tab.class_offer.completer.activated[QModelIndex].emit(index)

    kept = visits.get(core, visit.id)
    assert (kept.class_id, kept.class_name, kept.class_size, kept.room) == (made.id, "8b", 27, "12")
    assert (tab.class_line.text(), tab.size_line.text()) == ("8b", "27")
    tab.class_line.clear()
    qtbot.keyClicks(tab.class_line, "9z")
    assert tab.leave()
    assert visits.get(core, visit.id).class_id == "", "another name is another class"


# --- the year --------------------------------------------------------------------------------------------------------


def year_room(page: PeoplePage) -> YearRoom:
    page.show_tab(YEAR)
    room = page.room
    assert isinstance(room, YearRoom)
    return room


def test_terms_and_holidays_are_added_changed_and_deleted(
    qtbot: QtBot, core: Core, host: QWidget, open_page: OpenPage
) -> None:
    room = year_room(open_page(PeoplePage))
    room.term_button.click()
    qtbot.waitUntil(room.sheet.isVisible)
    sheet = room.sheet
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)
    assert sheet.told.text(), "a name is missing"
    qtbot.keyClicks(sheet.name_line, "Spring")
    sheet.first_edit.setDate(QDate(2026, 1, 6))
    sheet.last_edit.setDate(QDate(2026, 3, 27))
    qtbot.keyClick(sheet.name_line, Qt.Key.Key_Return)

    (term,) = calendar.terms(core)
    assert (term.name, term.first, term.last) == ("Spring", date(2026, 1, 6), date(2026, 3, 27))
    assert room.now_label.text() == "Spring"
    assert "14 school days left" in room.now_words.text()
    room.term_rows[0].opened.emit()
    qtbot.waitUntil(lambda: isinstance(room.sheet, StretchSheet) and room.sheet is not sheet and room.sheet.isVisible())
    with qtbot.waitSignal(room.message_posted):
        room.sheet.delete_button.click()
    assert calendar.terms(core) == ()
    assert host is not None


def test_the_year_turns_as_seen(qtbot: QtBot, core: Core, host: QWidget, open_page: OpenPage) -> None:
    terms.add_term(core, name="2025/26", first=date(2025, 9, 1), last=date(2026, 7, 24), kind="year")
    terms.add_holiday(core, name="Easter", first=date(2026, 3, 30), last=date(2026, 4, 10))
    goes = people.add(core, name="Goes")
    for name in ("8b", "9c"):
        classes.add(core, name=name)
    page = open_page(PeoplePage)
    room = year_room(page)
    room.turn_button.click()
    sheet = host.findChild(RolloverSheet)
    assert sheet is not None
    assert sheet.name_line.text() == "2026/27"

    sheet.leaver_field.chosen.emit(goes.id)
    sheet.holiday_picks[0].box.click()
    sheet.fresh_box.click()
    assert sheet.plan is not None
    assert ([one.name for one in sheet.plan.leavers], sheet.plan.fresh) == (["Goes"], ())
    sheet.last_edit.setDate(QDate(2020, 1, 1))
    assert not sheet.main_button.isEnabled()
    sheet.last_edit.setDate(QDate(2027, 7, 20))
    with qtbot.waitSignal(room.message_posted):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert [row.school_class.name for row in classes.listing(core)] == ["9b"]
    assert len(calendar.holidays(core)) == 1
    assert people.listing(core) == ()
    page.show_tab(PEOPLE)
    assert page.stack.currentWidget() is page.empty
    assert history.undo(core).kind == "school.rollover"
    qtbot.waitUntil(lambda: names(page) == ["Goes"])


def test_a_field_that_cannot_be_kept_holds_the_tab(qtbot: QtBot, core: Core, open_page: OpenPage) -> None:
    people.add(core, name="Ilse")
    page = open_page(PeoplePage)
    page.editor.begin()
    qtbot.keyClick(page.editor.name_line, Qt.Key.Key_Delete)
    page.header.tabs.setCurrentIndex(1)
    assert page.room is None, "an empty name wants a look first"
    assert page.header.tabs.currentIndex() == 0
