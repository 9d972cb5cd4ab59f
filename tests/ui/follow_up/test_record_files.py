"""The record as a file out of the Follow up tab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from observe_app.services import notes
from observe_app.services.exchange.boris_file import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from tests.ui.talk.lesson import Lesson


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json", "boris"])
def test_each_format_is_written_where_the_person_says(qtbot: QtBot, tab: FollowUpTab, tmp_path: Path, ending: str):
    tab.activate()
    box = tab.files.format_box
    box.setCurrentIndex(box.findData(ending))

    qtbot.mouseClick(tab.files.save_button, Qt.MouseButton.LeftButton)
    dialog = tab.findChild(QFileDialog, "record_dialog")
    assert dialog.selectedFiles()[0].endswith(f".{ending}")
    target = tmp_path / f"out.{ending}"
    with qtbot.waitSignal(tab.files.written):
        dialog.fileSelected.emit(str(target))

    assert target.stat().st_size > 100
    assert tab.message_bar.message.text == f"Saved as out.{ending}"


def test_private_notes_go_along_only_when_the_box_is_ticked(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: FollowUpTab, tmp_path: Path
):
    notes.add(core, visit_id=lesson.visit.id, line="a secret", offset_ms=0, wall=core.clock.now(), private=True)
    tab.activate()

    with qtbot.waitSignal(tab.files.written):
        tab.files.save_to(tmp_path / "a.json")
    tab.files.private_box.click()
    with qtbot.waitSignal(tab.files.written):
        tab.files.save_to(tmp_path / "b.json")

    texts = [
        [event.get("text") for event in json.loads((tmp_path / name).read_text(encoding="utf-8"))["events"]]
        for name in ("a.json", "b.json")
    ]
    assert ["a secret" in found for found in texts] == [False, True]


def test_a_boris_project_of_the_visit_can_be_read(qtbot: QtBot, lesson: Lesson, tab: FollowUpTab, tmp_path: Path):
    tab.activate()

    with qtbot.waitSignal(tab.files.written):
        tab.files.save_to(tmp_path / "a.boris")

    project = read_project(tmp_path / "a.boris")
    assert [event.code for event in project.observations[0].events].count("note") == len(lesson.notes)


def test_a_folder_that_is_gone_is_said(qtbot: QtBot, tab: FollowUpTab, tmp_path: Path):
    tab.activate()

    with qtbot.waitSignal(tab.files.failed):
        tab.files.save_to(tmp_path / "none" / "a.csv")

    assert tab.files.save_button.isEnabled()
    assert tab.message_bar.message.key == "follow-up-error"
