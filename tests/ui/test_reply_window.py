"""Replies through the whole window: dropped anywhere, told in Today, counted on the rail, gone once opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.visit import Stage
from observe_app.services import journals, releases, replies
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.follow_up import FollowUpTab
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import RowList, Sheet
from tests.services.reply_samples import filled, keep, released
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from tests.services.reply_samples import Sample

WORDS = {"words_1": "Yes.", "overall": "Worth the time."}

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, clock, theme)
    yield made
    made.end()


@pytest.fixture
def sample(program: Program) -> Sample:
    """Return a released visit in the open window, which shows Today."""
    program.open()
    introduced(program.core)
    program.core.settings.change(first_run_done=True)
    made = released(program.core)
    program.window.go("today")
    return made


def data_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(program: Program, data: QMimeData) -> bool:
    """Let go over the window as the system tells it; return whether it was taken."""
    handle = program.window.windowHandle()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 300), copy, data, left, none)
    QApplication.sendEvent(handle, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(handle, QDropEvent(QPointF(600, 300), copy, data, left, none))
    return True


def count(program: Program) -> str:
    return program.window.rail.button("today").accessibleName()


def rows(program: Program) -> list[QWidget]:
    page = program.window.current_page
    assert page is not None
    return [row for row in page.findChildren(QWidget, "arrived_reply") if row.isVisible()]


def test_a_pdf_dropped_anywhere_is_looked_at_and_taken_in(program: Program, sample: Sample, tmp_path: Path) -> None:
    assert drop(program, data_of(keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "back.pdf")))
    sheet = program.desk.replies.sheet
    assert sheet is not None
    program.wait(sheet.main_button.isEnabled)
    assert replies.of_visit(program.core, sample.visit.id) == ()
    program.press(Key.Key_Return, text="\r")

    program.wait(lambda: program.window.current_name == "visit")
    tab = program.window.current_page.tab
    assert isinstance(tab, FollowUpTab)
    assert program.window.current_page.stage is Stage.FOLLOW_UP
    assert next(line.right.text for line in tab.replies.lines if line.right) == "Yes."
    assert program.message() == "The reply of Amina Diallo-Žižek is in the record."


def test_several_files_are_shown_one_after_the_other(program: Program, sample: Sample, tmp_path: Path) -> None:
    first = keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "one.pdf")
    assert drop(program, data_of(first, keep(tmp_path, b"%PDF-1.7", "two.pdf")))
    one = program.desk.replies.sheet
    assert one is not None
    program.wait(one.main_button.isEnabled)
    one.reject()
    program.wait(lambda: program.desk.replies.sheet not in (None, one))
    two = program.desk.replies.sheet
    program.wait(lambda: not two.main_button.isVisible())
    two.reject()
    program.wait(lambda: program.desk.replies.sheet is None)
    assert replies.of_visit(program.core, sample.visit.id) == ()


def test_other_files_and_a_hidden_window_take_nothing(program: Program, sample: Sample, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("x", encoding="utf-8")
    pdf = keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "back.pdf")
    assert not drop(program, data_of(other))
    assert not drop(program, data_of(pdf, other))
    program.window.hide_screen()
    assert not drop(program, data_of(pdf))
    assert program.desk.replies.sheet is None


def test_today_tells_of_a_reply_until_it_was_opened(program: Program, sample: Sample, tmp_path: Path) -> None:
    assert count(program) == "Today"
    path = keep(tmp_path, filled(sample.pdf, WORDS, {1: "agree"}), "back.pdf")
    replies.import_reply(program.core, path)

    program.wait(lambda: count(program) == "Today, 1 new")
    program.wait(lambda: len(rows(program)) == 1)
    assert "Amina Diallo-Žižek" in rows(program)[0].accessibleName()
    assert "“Worth the time.”" in rows(program)[0].accessibleName()
    program.part("read_arrived").click()

    program.wait(lambda: isinstance(getattr(program.window.current_page, "tab", None), FollowUpTab))
    program.wait(lambda: count(program) == "Today")
    program.window.go("today")
    assert rows(program) == []


def test_a_visit_that_waits_for_a_reply_nags_nobody(program: Program, sample: Sample) -> None:
    program.reload()
    assert rows(program) == []
    assert count(program) == "Today"


def test_the_journal_is_found_from_anywhere(program: Program, sample: Sample) -> None:
    journals.add(program.core, visit_id=sample.visit.id, text="I talked too much")
    program.press(Key.Key_K, CTRL)
    program.type("your journal")
    program.press(Key.Key_Return, text="\r")
    page = program.part("journal_page")
    assert program.window.current_page is page
    entries = program.part("journal_entries")
    assert isinstance(entries, RowList)
    assert "I talked too much" in [entries.model().index(row, 0).data() for row in range(entries.model().rowCount())]

    program.window.hide_screen()
    assert program.window.blank.is_covering
    picture = program.window.grab().toImage()
    assert len({picture.pixel(x, 200) for x in range(0, picture.width(), 5)}) == 1, "nothing of it shows"


def test_a_release_is_taken_back_from_the_list_of_what_was_sent(program: Program, sample: Sample) -> None:
    program.desk.go_to_visit(VisitTarget(sample.visit.id, "follow_up"))
    program.part("take_back_open").click()
    sheet = program.part("take_back_sheet")
    assert isinstance(sheet, Sheet)
    assert sheet.main_button is not None
    sheet.main_button.click()

    program.wait(lambda: releases.latest(program.core, sample.visit.id) is None)
    program.wait(lambda: program.part("save_pdf").text() == "Save draft")
    assert program.part("release_open").isVisible()
