"""People: found, added, changed, archived, deleted, brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.people import Role
from observe_app.services import history, people, visits
from observe_app.services.pdf.words import languages
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.people import PeoplePage
from observe_app.ui.people.model import TEACHER, PeopleModel
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core


def names(page: PeoplePage) -> list[str]:
    return [row.person.name for row in page.model.rows]


def test_a_person_is_added_and_named(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    page = open_page(PeoplePage)
    assert page.stack.currentWidget() is page.empty

    qtbot.mouseClick(page.empty_add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.editor.name_line, "Amina Diallo")
    qtbot.keyClick(page.editor.name_line, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.editor.subjects_line, "Maths")
    assert page.leave()

    (row,) = people.listing(core)
    assert (row.person.name, row.person.subjects) == ("Amina Diallo", "Maths")


def test_an_empty_name_is_refused_in_words_and_the_old_one_stays(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    person = people.add(core, name="Ilse")
    page = open_page(PeoplePage)

    page.editor.begin()
    qtbot.keyClick(page.editor.name_line, Qt.Key.Key_Delete)
    qtbot.keyClick(page.editor.name_line, Qt.Key.Key_Tab)

    assert page.editor.name_line.property("look") == "warn"
    assert people.get(core, person.id).name == "Ilse"
    assert not page.leave()  # once: the field says why
    assert page.leave()
    assert page.editor.name_line.text() == "Ilse"


def test_words_find_and_escape_brings_all_back(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    people.add(core, name="Élodie Martin", subjects="Physics")
    people.add(core, name="Tomás Rivera")
    page = open_page(PeoplePage)

    qtbot.keyClicks(page.search, "elod")
    qtbot.waitUntil(lambda: names(page) == ["Élodie Martin"])
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: len(names(page)) == 2)


def test_a_name_that_is_not_found_can_be_added(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    people.add(core, name="Ilse")
    page = open_page(PeoplePage)
    qtbot.keyClicks(page.search, "Priya Raman")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)

    qtbot.mouseClick(page.nothing_add, Qt.MouseButton.LeftButton)

    assert [row.person.name for row in people.listing(core)] == ["Ilse", "Priya Raman"]
    assert page.editor.person is not None
    assert page.editor.person.name == "Priya Raman"


def test_roles_are_ticked(qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]) -> None:
    person = people.add(core, name="Ilse")
    page = open_page(PeoplePage)

    page.editor.role_boxes[Role.COACH].click()

    assert people.get(core, person.id).roles == (Role.COACH,)


def test_the_language_that_somebody_reads_is_chosen_and_taken_back(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    person = people.add(core, name="Ilse")
    page = open_page(PeoplePage)
    box = page.editor.language_box
    assert [box.itemData(at) for at in range(box.count())] == ["", *languages()]
    assert box.currentData() == ""

    box.setFocus()
    qtbot.keyClicks(box, "Deu")
    assert people.get(core, person.id).language == "de"

    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert people.get(core, person.id).language == ""


def test_a_language_that_the_pages_do_not_speak_stays_and_is_shown(
    core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    person = people.add(core, name="Ilse")
    people.edit(core, person_id=person.id, seen=people.open_person(core, person.id).seen, language="sv")
    page = open_page(PeoplePage)

    assert page.editor.language_box.currentText() == "Svenska"
    assert people.get(core, person.id).language == "sv"


def test_who_left_is_hidden_until_asked_for(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    people.add(core, name="Ilse")
    people.add(core, name="Tomás")
    page = open_page(PeoplePage)
    assert page.editor.person is not None

    page.editor.archive_button.click()
    qtbot.waitUntil(lambda: names(page) == ["Tomás"])
    page.archived_button.click()

    assert names(page) == ["Ilse", "Tomás"]
    assert page.model.data(page.model.index(0, 0)) == "Ilse (left)"


def test_a_deleted_person_comes_back_by_undo(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    people.add(core, name="Ilse")
    page = open_page(PeoplePage)
    page.table.setFocus()

    with qtbot.waitSignal(page.message_posted) as posted:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)

    assert people.listing(core) == ()
    assert posted.args[0].key == "undo/"
    history.undo(core)
    qtbot.waitUntil(lambda: names(page) == ["Ilse"])


def test_a_visit_of_a_person_is_one_click_away(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    person = people.add(core, name="Ilse")
    visit = visits.plan(core, teacher_id=person.id, class_name="Year 9")
    page = open_page(PeoplePage)
    row = page.editor.findChild(TwoLineRow)

    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    assert asked.args == [VisitTarget(visit.id)]


def test_a_change_elsewhere_shows_but_not_over_what_is_being_typed(
    qtbot: QtBot, core: Core, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    person = people.add(core, name="Ilse", subjects="History")
    page = open_page(PeoplePage)
    page.editor.begin()
    qtbot.keyClicks(page.editor.name_line, "Ilse B")

    seen = people.open_person(core, person.id).seen
    people.edit(core, person_id=person.id, seen=seen, subjects="Latin")

    qtbot.waitUntil(lambda: page.editor.subjects_line.text() == "Latin")
    assert page.editor.name_line.text() == "Ilse B"
    assert page.leave()
    kept = people.get(core, person.id)
    assert (kept.name, kept.subjects) == ("Ilse B", "Latin")


def test_a_list_is_shown_before_it_is_brought_in(
    qtbot: QtBot, core: Core, tmp_path: Path, host: QWidget, open_page: Callable[[type[PeoplePage]], PeoplePage]
) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,Email\nJane Doe,jane@school.example\nBob,bob@school.example\n", encoding="utf-8")
    page = open_page(PeoplePage)

    page.import_file(path)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_people_sheet") is not None)
    assert people.listing(core) == ()
    sheet = host.findChild(Sheet, "import_people_sheet")
    assert sheet.main_button.text() == "Bring in 2 people"
    with qtbot.waitSignal(page.message_posted):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert [row.person.name for row in people.listing(core)] == ["Bob", "Jane Doe"]
    assert names(page) == ["Bob", "Jane Doe"]


def test_the_model_sorts_and_keeps_the_rules_of_models(core: Core, qtmodeltester: ModelTester) -> None:
    often, seldom = people.add(core, name="A"), people.add(core, name="B")
    for person in (often, often, seldom):
        visits.plan(core, teacher_id=person.id)
    model = PeopleModel(core)
    model.reload()
    qtmodeltester.check(model)

    model.sort_by(TEACHER, descending=False)

    assert [row.person.name for row in model.rows] == ["B", "A"]
