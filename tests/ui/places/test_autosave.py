"""Fields that keep themselves: what is written, with what was on screen, and what happens when it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.changes import Seen
from observe_app.domain.errors import Invalid, NotStored
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.widgets import Field, LineEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def seen(op: str) -> Seen:
    return Seen(frozenset({op}))


class Record:
    """A record of two fields; writing may be made to fail."""

    def __init__(self) -> None:
        self.values = {"name": "Ilse", "room": "12"}
        self.version = 0
        self.writes: list[tuple[str, Any, Seen]] = []
        self.problem: Exception | None = None

    def write(self, name: str, value: Any, over: Seen) -> tuple[dict[str, Any], Seen]:
        if self.problem is not None:
            raise self.problem
        if value == "bad":
            raise Invalid(name, value, "unknown")
        self.writes.append((name, value, over))
        self.version += 1
        self.values = {**self.values, name: str(value).strip()}
        return self.values, seen(f"op{self.version}")


class Form(QWidget):
    """Two bound lines."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.name, self.room = LineEdit(parent=self), LineEdit(parent=self)
        self.name_field = Field("Name", self.name, self)
        self.saver = FieldSaver(record.write, self)
        self.saver.bind_line("name", self.name, self.name_field)
        self.saver.bind_line("room", self.room)
        column = QVBoxLayout(self)
        column.addWidget(self.name_field)
        column.addWidget(self.room)
        self.saver.reset(record.values, seen("op0"))


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def form(qtbot: QtBot, record: Record) -> Form:
    made = Form(record)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.name.setFocus()
    made.name.selectAll()
    return made


def test_only_what_changed_is_written(qtbot: QtBot, record: Record, form: Form) -> None:
    qtbot.keyClicks(form.name, "Priya")
    with qtbot.waitSignal(form.saver.saved):
        qtbot.keyClick(form.name, Qt.Key.Key_Tab)

    assert record.writes == [("name", "Priya", seen("op0"))]
    assert form.saver.is_clean


def test_a_write_says_what_was_on_screen_when_writing_began(qtbot: QtBot, record: Record, form: Form) -> None:
    qtbot.keyClicks(form.name, "Pri")
    record.values = {"name": "From elsewhere", "room": "14"}
    form.saver.load(record.values, seen("elsewhere"))
    qtbot.keyClicks(form.name, "ya")
    assert form.saver.flush()

    assert record.writes == [("name", "Priya", seen("op0"))]
    assert form.room.text() == "14"
    qtbot.keyClick(form.room, Qt.Key.Key_End)
    qtbot.keyClicks(form.room, "b")
    assert form.saver.flush()
    assert record.writes[-1] == ("room", "14b", seen("op1"))


def test_text_is_not_moved_under_the_hands(qtbot: QtBot, record: Record, form: Form) -> None:
    qtbot.keyClicks(form.name, "Priya ")
    assert form.saver.flush()
    assert form.name.text() == "Priya "

    qtbot.keyClick(form.name, Qt.Key.Key_Tab)
    assert form.name.text() == "Priya"


def test_a_failed_write_keeps_the_words_and_is_tried_again(qtbot: QtBot, record: Record, form: Form) -> None:
    record.problem = NotStored(Path("x"))
    qtbot.keyClicks(form.name, "Priya")
    with qtbot.waitSignal(form.saver.failed):
        assert not form.saver.leave()
    assert form.name.text() == "Priya"

    record.problem = None
    with qtbot.waitSignal(form.saver.saved, timeout=4000):
        pass
    assert record.values["name"] == "Priya"


def test_a_refused_value_is_said_only_after_leaving(qtbot: QtBot, record: Record, form: Form) -> None:
    qtbot.keyClicks(form.name, "bad")
    assert not form.saver.flush(strict=False)
    assert form.name_field.note.text() == ""

    qtbot.keyClick(form.name, Qt.Key.Key_Tab)

    assert form.name_field.note.text() != ""
    assert form.name.text() == "bad"
    assert not form.saver.leave()
    assert form.saver.leave()
    assert form.name.text() == "Ilse"
    assert record.writes == []
