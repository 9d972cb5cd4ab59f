"""The list of visits: found by typing, opened by Enter, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

from observe_app.domain.visit import Stage, VisitFilter
from observe_app.services import history, notes, people, visits
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.visits import VisitsPage
from observe_app.ui.visits.model import CLASS, DATE, NOTES, PAGE, TEACHER, VisitsModel
from observe_app.ui.widgets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


@pytest.fixture
def three(core: Core, clock: FakeClock) -> tuple[Visit, ...]:
    """Three visits, the newest first; two notes of the first and one of the second have "wait"."""
    made = []
    for number, name in enumerate(("Amina Diallo", "Ilse Bakker", "Tomás Rivera")):
        start = clock.now() - timedelta(days=number)
        visit = visits.plan(core, teacher_id=people.ensure(core, name).id, start=start, class_name=f"Year {number + 7}")
        made.append(visit)
    for visit, lines in zip(made, (("T waits", "waiting again", "hands up"), ("they wait",), ()), strict=False):
        for place, line in enumerate(lines):
            notes.add(core, visit_id=visit.id, line=line, offset_ms=place * 60_000)
    return tuple(made)


def names(page: VisitsPage) -> list[str]:
    return [row.teacher for row in page.model.rows]


def test_words_narrow_the_list_and_count_the_notes(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    assert names(page) == ["Amina Diallo", "Ilse Bakker", "Tomás Rivera"]

    qtbot.keyClicks(page.search, "wait")

    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.filters.count_label.text() == "2 of 3 visits, 3 notes"
    assert page.model.data(page.model.index(0, NOTES)) == "2 notes"
    assert page.model.headerData(NOTES, Qt.Orientation.Horizontal) == "“wait”"
    assert [hit.text for hit in page.preview.hits] == ["waits", "waiting again"]


def test_names_are_found_without_their_accents(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)

    qtbot.keyClicks(page.search, "tomas")

    qtbot.waitUntil(lambda: names(page) == ["Tomás Rivera"])


def test_enter_in_the_search_opens_what_was_just_typed(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)

    qtbot.keyClicks(page.search, "ilse")
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)

    assert asked.args == [VisitTarget(three[1].id)]


def test_a_found_note_leads_into_the_visit(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    page.search_for("waiting")
    hit = page.preview.hits[0]

    with qtbot.waitSignal(page.visit_asked) as asked:
        page.preview.hit_list.setFocus()
        page.preview.hit_list.setCurrentIndex(page.preview.hit_list.model().index(0, 0))
        qtbot.keyClick(page.preview.hit_list, Qt.Key.Key_Return)

    assert asked.args == [VisitTarget(three[0].id, "observe", hit.event_id)]


def test_nothing_found_says_so_and_clear_brings_all_back(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    page.search_for("zebra")
    assert page.stack.currentWidget() is page.nothing

    qtbot.mouseClick(page.nothing_clear, Qt.MouseButton.LeftButton)

    assert page.stack.currentWidget() is page.table
    assert len(names(page)) == 3
    assert page.search.text() == ""


def test_no_visits_at_all_offers_the_first(qtbot: QtBot, open_page: Callable[[type[VisitsPage]], VisitsPage]) -> None:
    page = open_page(VisitsPage)

    assert page.stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.plan_asked):
        qtbot.mouseClick(page.empty_plan, Qt.MouseButton.LeftButton)


def test_choices_hold_together_with_words(
    core: Core, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    visits.begin(core, visit_id=three[1].id)
    page = open_page(VisitsPage)
    menu = page.filters.stage.menu()

    next(action for action in menu.actions() if action.data() == Stage.OBSERVE.value).trigger()

    assert names(page) == ["Ilse Bakker"]
    page.search_for("amina")
    assert page.stack.currentWidget() is page.nothing


def test_a_school_year_leaves_out_the_last_one(
    core: Core, clock: FakeClock, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    visits.plan(core, class_name="old", start=clock.now() - timedelta(days=300))
    page = open_page(VisitsPage)
    year = {action.data(): action for action in page.filters.year.menu().actions()}

    year["this"].trigger()
    assert len(names(page)) == 3
    assert page.filters.count_label.text() == "3 of 4 visits"

    year["last"].trigger()
    assert [row.class_name for row in page.model.rows] == ["old"]


def test_a_head_sorts(
    qtbot: QtBot, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)

    page.table.sort_changed.emit(TEACHER, Qt.SortOrder.DescendingOrder)
    assert names(page)[0] == "Tomás Rivera"

    page.table.sort_changed.emit(NOTES, Qt.SortOrder.AscendingOrder)
    assert names(page)[0] == "Tomás Rivera"
    assert page.table.horizontalHeader().sortIndicatorSection() == TEACHER


def test_delete_moves_to_the_bin_and_undo_brings_it_back(
    qtbot: QtBot, core: Core, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    page.table.setFocus()

    with qtbot.waitSignal(page.message_posted) as posted:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)

    assert names(page) == ["Ilse Bakker", "Tomás Rivera"]
    assert page.preview.row is not None
    assert page.preview.row.teacher == "Ilse Bakker"
    assert posted.args[0].key == f"undo/{three[0].id}"
    history.undo(core, scope=three[0].id)
    qtbot.waitUntil(lambda: len(names(page)) == 3)


def test_the_bin_lists_what_was_deleted_and_gives_it_back(
    qtbot: QtBot, core: Core, three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)

    choices = page.filters.stage.menu().actions()
    next(action for action in choices if action.text() == "In the bin").trigger()
    assert names(page) == [three[0].teacher]
    assert not page.preview.delete_button.isVisible()
    qtbot.mouseClick(page.preview.restore_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: names(page) == [])
    assert visits.get(core, three[0].id).deleted is False


def test_the_selection_survives_what_happens_elsewhere(
    qtbot: QtBot,
    core: Core,
    clock: FakeClock,
    three: tuple[Visit, ...],
    open_page: Callable[[type[VisitsPage]], VisitsPage],
) -> None:
    page = open_page(VisitsPage)
    page.select(three[2].id)

    visits.plan(core, start=clock.now() + timedelta(days=1))

    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert page.preview.row is not None
    assert page.preview.row.id == three[2].id


def test_hostile_words_find_nothing_and_break_nothing(
    three: tuple[Visit, ...], open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)

    for words in ('"', "* OR", "a AND b NOT", "'; DROP TABLE visit; --", "\x00", "𝕎" * 300, "(((", "waits NEAR"):
        page.search_for(words)
        assert page.model.rowCount() <= 3


def test_notes_of_a_table_become_a_visit(
    qtbot: QtBot, core: Core, tmp_path: Path, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    path = tmp_path / "lesson.csv"
    path.write_text("Time,Speaker,Text\n00:00:10,T,Good morning\n00:01:00,S1,Morning\n", encoding="utf-8")
    page = open_page(VisitsPage)

    page.import_file(path)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_sheet") is not None)
    sheet = host.findChild(Sheet, "import_sheet")
    assert page.importing is not None
    assert [str(box.currentData()) for box in page.importing.role_boxes] == ["time", "speaker", "text"]
    page.importing.teacher_line.setText("Ilse Bakker")
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    visit = visits.get(core, asked.args[0].visit_id)
    assert visit.teacher == "Ilse Bakker"
    assert [event.text for event in notes.stream(core, visit.id)] == ["Good morning", "Morning"]


def test_a_file_that_is_no_table_says_why(
    qtbot: QtBot, core: Core, tmp_path: Path, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)

    page.import_file(tmp_path / "missing.csv")

    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_failed") is not None)
    sheet = host.findChild(Sheet, "import_failed")
    assert sheet.title_label.text() == "The file is not there"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert visits.count(core).all_visits == 0


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_model_keeps_the_rules_of_models(core: Core, qtmodeltester: ModelTester, count: int) -> None:
    for number in range(count):
        visits.plan(core, class_name=f"Year {number}")
    model = VisitsModel(core)
    model.reload()

    qtmodeltester.check(model)


def test_a_long_list_is_fetched_page_by_page(core: Core, clock: FakeClock) -> None:
    for number in range(PAGE + 20):
        visits.plan(core, class_name=f"C{number:03d}", start=clock.now() - timedelta(days=number))
    model = VisitsModel(core)
    model.show(VisitFilter(order="class_name", descending=False))
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())

    model.fetchMore(QModelIndex())

    assert [model.data(model.index(row, CLASS)) for row in range(model.rowCount())] == [
        f"C{number:03d}" for number in range(PAGE + 20)
    ]
    assert not model.canFetchMore(QModelIndex())
    assert model.data(model.index(0, DATE)) == "Tue 10 Mar"
