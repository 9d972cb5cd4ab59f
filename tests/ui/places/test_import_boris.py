"""The sheet that brings a BORIS project in: by mouse, by keys, damaged, long and large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from observe_app.services import own_forms, people, visits
from observe_app.ui.visits.import_boris import ImportBoris
from observe_app.ui.visits.page import VisitsPage
from observe_app.ui.widgets import ElidedLabel, Sheet
from tests.services.exchange.boris_books import behaviour, observation, project, state, written
from tests.services.pdf.form_samples import every_kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


@pytest.fixture
def path(tmp_path: Path) -> Path:
    lessons = {
        f"lesson {number}": observation([1, "T", "asks", "", ""], [2, "", "works", "", ""], [9, "", "works", "", ""])
        for number in (1, 2, 3)
    }
    lessons["open"] = observation([1, "Anna", "works", "", ""])
    return written(tmp_path, project([behaviour("asks"), state("works")], lessons, ("T",)))


@pytest.fixture
def open_import(qtbot: QtBot, core: Core, runner: JobRunner, host: QWidget) -> Callable[[Path], ImportBoris]:
    """Return a function that opens the sheet for a project and waits for it."""

    def open_one(path: Path) -> ImportBoris:
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        made = ImportBoris(core, runner, path, host)
        made.start()
        qtbot.waitUntil(lambda: made.sheet is not None or host.findChild(Sheet, "import_failed") is not None)
        return made

    return open_one


def said(widget: QWidget) -> list[str]:
    labels = widget.findChildren(QLabel) + widget.findChildren(ElidedLabel)
    order = widget.findChildren(QWidget)
    return [label.text() for label in sorted(set(labels), key=order.index) if label.isVisibleTo(widget)]


def main_words(one: ImportBoris) -> str:
    assert one.sheet is not None
    assert one.sheet.main_button is not None
    return one.sheet.main_button.text()


def test_everything_is_chosen_and_brought_in_at_one_press(qtbot, core, open_import, path):
    one = open_import(path)
    assert main_words(one) == "Bring in 4 visits"
    one.teacher_line.setText("Amina Diallo")

    with qtbot.waitSignal(one.ended), qtbot.waitSignal(one.imported) as got:
        qtbot.mouseClick(one.sheet.main_button, Qt.MouseButton.LeftButton)

    result = got.args[0]
    assert [made.name for made in result.visits] == ["lesson 1", "lesson 2", "lesson 3", "open"]
    assert {row.teacher for row in visits.listing(core)} == {"Amina Diallo"}
    assert one.sheet is None


def test_a_click_and_the_space_bar_leave_observations_out(qtbot, core, open_import, path):
    one = open_import(path)
    shown = one.observation_list

    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualRect(shown.model().index(0)).center())
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Space)

    assert shown.observations.chosen == ("lesson 3", "open")
    assert one.all_box.checkState() is Qt.CheckState.PartiallyChecked
    assert main_words(one) == "Bring in 2 visits"


def test_with_none_chosen_there_is_nothing_to_bring_in(qtbot, open_import, path):
    one = open_import(path)

    one.all_box.click()

    assert one.observation_list.observations.chosen == ()
    assert not one.sheet.main_button.isEnabled() or one.sheet.main_button.toolTip() == "No observation is chosen."
    one.all_box.click()
    assert main_words(one) == "Bring in 4 visits"


def test_what_was_not_understood_is_listed_with_its_place(open_import, path):
    one = open_import(path)

    assert said(one.problem_pane) == [
        "Subjects that are no T or S7 stay in the words of their events: Anna.",
        "open, event 1: “works” starts here and never ends; it is kept as running to the end of the observation.",
    ]


def test_behaviours_say_what_they_become(open_import, path):
    words = said(open_import(path).behaviour_list)

    assert words == ["asks", "3", "is counted", "works", "7", "is timed"]


def test_behaviours_can_go_to_the_items_of_a_form_of_ones_own(qtbot, core, open_import, path):
    form = own_forms.adopt(core, every_kind(), as_new=False)
    one = open_import(path)
    one.form_box.setCurrentIndex(one.form_box.findData(form.id))
    one.form_box.activated.emit(one.form_box.currentIndex())
    qtbot.waitUntil(lambda: set(one.behaviour_list.boxes) == {"asks", "works"})
    asks, works = one.behaviour_list.boxes["asks"], one.behaviour_list.boxes["works"]
    assert [asks.itemText(place) for place in range(asks.count())] == ["Notes", "Open questions", "Closed questions"]

    asks.setCurrentIndex(asks.findData("open"))
    works.setCurrentIndex(works.findData("students"))
    with qtbot.waitSignal(one.imported) as got:
        qtbot.mouseClick(one.sheet.main_button, Qt.MouseButton.LeftButton)

    record = visits.load_record(core, got.args[0].visit_id)
    assert [event.item for event in record.events] == ["open", "students", "students"]
    assert record.visit.form_id == form.id


def test_escape_leaves_everything_as_it_was(qtbot, core, open_import, path):
    one = open_import(path)

    with qtbot.waitSignal(one.ended):
        qtbot.keyClick(one.sheet, Qt.Key.Key_Escape)

    assert visits.count(core).all_visits == 0


def test_a_file_of_another_kind_says_so(qtbot, open_import, host, tmp_path):
    other = tmp_path / "other.boris"
    other.write_text('{"name": 1}', encoding="utf-8")

    one = open_import(other)

    sheet = host.findChild(Sheet, "import_failed")
    assert sheet.title_label.text() == "This is no BORIS project"
    with qtbot.waitSignal(one.ended):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_a_name_that_two_people_have_keeps_the_sheet_open(qtbot, core, open_import, path):
    people.add(core, name="Amina Diallo")
    people.add(core, name="Amina Diallo")
    one = open_import(path)
    one.teacher_line.setText("Amina Diallo")

    qtbot.mouseClick(one.sheet.main_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: any("Amina Diallo" in words for words in said(one.sheet)))
    assert one.sheet.isVisible()
    assert visits.count(core).all_visits == 0


def test_the_list_of_visits_says_how_many_came_in(qtbot, host, open_page, path):
    page = open_page(VisitsPage)
    page.import_file(path)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_boris_sheet") is not None)
    sheet = host.findChild(Sheet, "import_boris_sheet")

    with qtbot.waitSignal(page.message_posted) as posted:
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert (posted.args[0].text, posted.args[0].action) == ("4 visits are in.", "")
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)


def test_a_large_project_fits_the_window(open_import, host, tmp_path):
    long = "a very long name " * 9
    lessons = {f"{long}{number}": observation([1, long, f"x{number}", "", ""]) for number in range(300)}
    behaviours = [behaviour(f"{long}{number}", category=long) for number in range(300)]

    one = open_import(written(tmp_path, project(behaviours, lessons, (long,))))

    card = one.sheet.main_button.parentWidget()
    assert host.rect().contains(card.geometry())
    assert one.observation_list.observations.rowCount() == 300
    assert "and 200 more" in said(one.behaviour_list)
    assert "and 101 more" in said(one.problem_pane)
