"""The sheet for interval grids: what was understood is shown, what was not can be told, and Enter keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from observe_app.domain.timeline import interval_sheet
from observe_app.services import history, notes, visits
from observe_app.ui.visits.import_intervals import ImportIntervals
from observe_app.ui.visits.page import VisitsPage
from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core

ACROSS = Path(__file__).parents[2] / "fixtures" / "exchange" / "copus-across.csv"


@pytest.fixture
def importing(qtbot: QtBot, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]) -> ImportIntervals:
    page = open_page(VisitsPage)
    page.import_file(ACROSS)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_intervals_sheet") is not None)
    assert isinstance(page.importing, ImportIntervals)
    return page.importing


def choose(box, data) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def ticked(core: Core, visit_id: str) -> dict[int, set[str]]:
    item = visits.form_of(visits.get(core, visit_id)).item("copus")
    with core.store.read() as unit:
        found = interval_sheet(item, unit.events.of_visit(visit_id)).intervals
    return {one.index: set(one.ticked) for one in found if one.coded}


def test_a_grid_opens_its_own_sheet_and_says_what_each_code_is(importing: ImportIntervals) -> None:
    assert importing.picture.lines[:2] == ("L (Students)", "AnQ (Students)")
    assert "Mov not in the form" in importing.picture.lines
    assert importing.sheet.main_button.text() == "Bring in 9 ticks"


def test_what_the_sheet_does_not_have_is_named_as_people_name_it(importing: ImportIntervals) -> None:
    told = " ".join(label.text() for label in importing.sheet.findChildren(TextLabel))

    assert "Absent from the sheet" in told
    assert "CQ (Instructor)" in told
    assert "I.CQ" not in told


def test_enter_keeps_the_grid_and_opens_the_visit(qtbot: QtBot, core: Core, importing: ImportIntervals) -> None:
    importing.teacher_line.setText("Ilse Bakker")
    with qtbot.waitSignal(importing.imported) as done:
        qtbot.mouseClick(importing.sheet.main_button, Qt.MouseButton.LeftButton)

    visit = visits.get(core, done.args[0].visit_id)
    assert (visit.teacher, visit.form_id) == ("Ilse Bakker", "copus")
    assert ticked(core, visit.id)[0] == {"S.L", "I.Lec"}
    assert history.undo(core).kind == "import.intervals"


def test_an_unknown_code_can_be_told(qtbot: QtBot, core: Core, importing: ImportIntervals) -> None:
    assert [box.property("head") for box in importing.code_boxes] == ["Mov"]
    before = importing.preview
    choose(importing.code_boxes[0], "I.MG")
    qtbot.waitUntil(lambda: importing.preview is not before)

    assert "Mov → MG (Instructor)" in importing.picture.lines
    with qtbot.waitSignal(importing.imported) as done:
        importing.sheet.accept()
    assert "I.MG" in ticked(core, done.args[0].visit_id)[1]


def test_a_reading_that_does_not_fit_says_why_and_keeps_nothing(
    qtbot: QtBot, core: Core, importing: ImportIntervals
) -> None:
    before = importing.preview
    choose(importing.length_box, 300)
    qtbot.waitUntil(lambda: importing.preview is not before)

    assert not importing.sheet.main_button.isEnabled()
    assert importing.preview.refused.reason == "interval_length"
    choose(importing.length_box, 120)
    qtbot.waitUntil(importing.sheet.main_button.isEnabled)
    assert visits.count(core).all_visits == 0


def test_the_ticks_can_go_to_a_visit_that_is_planned(
    qtbot: QtBot, core: Core, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    visit = visits.plan(core, class_name="Year 8")
    page = open_page(VisitsPage)
    page.import_file(ACROSS)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_intervals_sheet") is not None)
    importing = page.importing
    before = importing.preview
    choose(importing.visit_box, visit.id)
    qtbot.waitUntil(lambda: importing.preview is not before)
    with qtbot.waitSignal(importing.imported):
        importing.sheet.accept()

    assert ticked(core, visit.id)[0] == {"S.L", "I.Lec"}
    assert visits.count(core).all_visits == 1


def test_plain_text_opens_the_sheet_for_notes(
    qtbot: QtBot,
    core: Core,
    tmp_path: Path,
    host: QWidget,
    open_page: Callable[[type[VisitsPage]], VisitsPage],
) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text("0:05 T: Why?\n0:09 S1: Because, I think.\n", encoding="utf-8")
    page = open_page(VisitsPage)
    page.import_file(path)
    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_sheet") is not None)
    with qtbot.waitSignal(page.visit_asked) as asked:
        host.findChild(Sheet, "import_sheet").accept()

    assert [note.text for note in notes.stream(core, asked.args[0].visit_id)] == ["Why?", "Because, I think."]


def test_a_form_is_sent_to_its_page(
    qtbot: QtBot, core: Core, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    page.import_file(Path(__file__).parents[3] / "forms" / "copus.toml")

    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_failed") is not None)
    assert host.findChild(Sheet, "import_failed").title_label.text() == "This is a form"


def test_a_file_dropped_on_the_page_is_looked_at(
    qtbot: QtBot, host: QWidget, open_page: Callable[[type[VisitsPage]], VisitsPage]
) -> None:
    page = open_page(VisitsPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ACROSS))])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, left, plain)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, plain))

    qtbot.waitUntil(lambda: host.findChild(Sheet, "import_intervals_sheet") is not None)


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, core: Core, importing: ImportIntervals) -> None:
    with qtbot.waitSignal(importing.ended):
        qtbot.keyClick(importing.sheet, Qt.Key.Key_Escape)
    assert visits.count(core).all_visits == 0
