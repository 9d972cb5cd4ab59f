"""What one can do from anywhere: take back, find, and be told; and what the window does meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.visit import Stage
from observe_app.services import backup, notes, opened, people, visits
from observe_app.ui.data_page import VisitTarget
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

ROOT = Path(__file__).parents[2]


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    """Return the window, open at Today."""
    made = Program(qtbot, data_folder, clock, theme_controller(qapp))
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()


def lesson(program: Program, teacher: str, line: str) -> str:
    """Record a visit with one note; return its id."""
    person = people.ensure(program.core, teacher)
    visit = visits.plan(program.core, teacher_id=person.id, class_name="Year 8 B")
    visits.begin(program.core, visit_id=visit.id)
    notes.add(program.core, visit_id=visit.id, line=line, offset_ms=61_000)
    return visit.id


def find(program: Program, words: str, title: str) -> None:
    """Ctrl K, words, and Enter on what is called so."""
    palette = program.window.palette_overlay
    program.press(Key.Key_K, CTRL)
    program.type(words)
    titles = [entry.title for entry in palette.entries()]
    for _ in range(titles.index(title)):
        program.press(Key.Key_Down)
    program.press(Key.Key_Return, text="\r")
    assert not palette.isVisible()


# --- taking back ---------------------------------------------------------------------------------


def test_undo_outside_a_visit_takes_back_whatever_was_done_last_and_says_what(program: Program) -> None:
    lesson(program, "Ilse Bakker", "T begins")
    people.add(program.core, name="Bo Lind")
    undo = program.window.command("undo")
    program.wait(lambda: "New person" in undo.text())

    program.press(Key.Key_Z, CTRL)
    assert program.message() == "New person: taken back. Ctrl Shift Z brings it again."
    assert "Bo Lind" not in {row.person.name for row in people.listing(program.core)}

    program.press(Key.Key_Z, CTRL | SHIFT)
    assert program.message() == "New person: brought back. Ctrl Z takes it back."
    assert "Bo Lind" in {row.person.name for row in people.listing(program.core)}


def test_undo_in_a_visit_keeps_to_it(program: Program) -> None:
    first = lesson(program, "Ilse Bakker", "T begins")
    second = lesson(program, "Bo Lind", "S4 asks")
    program.desk.go_to_visit(VisitTarget(first, "talk"))

    program.press(Key.Key_Z, CTRL)

    assert (notes.stream(program.core, first), len(notes.stream(program.core, second))) == ((), 1)
    assert program.message() == "New note: taken back. Ctrl Shift Z brings it again."


def test_with_nothing_left_to_take_back_undo_says_so(program: Program) -> None:
    visits.plan(program.core)

    for _ in range(5):
        program.desk.undo()

    assert visits.count(program.core).all_visits == 0
    assert program.message() == "There is nothing to take back."


# --- finding -------------------------------------------------------------------------------------


def test_ctrl_k_goes_to_a_person(program: Program) -> None:
    lesson(program, "Ilse Bakker", "T begins")
    bo = people.add(program.core, name="Bo Lind")

    find(program, "bo li", "Bo Lind")

    assert program.window.current_name == "people"
    assert program.window.current_page.editor.person.id == bo.id


def test_ctrl_k_goes_to_a_visit_where_it_stands(program: Program) -> None:
    visit_id = lesson(program, "Ilse Bakker", "T begins")
    visits.finish(program.core, visit_id=visit_id)

    find(program, "ilse", "Ilse Bakker")

    assert program.window.current_name == "visit"
    assert (program.window.current_page.undo_scope(), program.window.current_page.stage) == (visit_id, Stage.TALK)


def test_ctrl_k_goes_to_a_note_and_selects_it(program: Program) -> None:
    visit_id = lesson(program, "Ilse Bakker", "S4 “The pieces are not the same size”")
    notes.add(program.core, visit_id=visit_id, line="T nods", offset_ms=70_000)

    find(program, "pieces", "“The pieces are not the same size”")

    assert program.window.current_page.undo_scope() == visit_id
    assert program.window.current_page.tab.pane.view.selected_event.offset_ms == 61_000


# --- what happens meanwhile ----------------------------------------------------------------------


def test_a_backup_is_made_once_a_day_without_being_asked(program: Program) -> None:
    program.wait(lambda: len(backup.listing(program.core)) == 1)

    (made,) = backup.listing(program.core)
    assert made.name == "observe-2026-03-10.sqlite"


def test_what_another_program_was_shown_goes_with_the_visit_and_with_the_window(program: Program) -> None:
    visit_id = lesson(program, "Ilse Bakker", "T waits")
    program.desk.go_to_visit(VisitTarget(visit_id, "follow_up"))
    shown = opened.put(program.core, "reply.pdf", b"%PDF")
    program.window.go("today")
    assert not shown.exists()

    left = opened.put(program.core, "reply.pdf", b"%PDF")
    program.desk.begin()  # as after an end without order
    assert not left.exists()

    left = opened.put(program.core, "reply.pdf", b"%PDF")
    assert program.window.close()
    assert not left.exists()


def test_a_window_closed_at_once_ends_in_order(program: Program) -> None:
    program.desk.plan()
    page = program.window.current_page

    assert program.window.close()

    assert program.starter.desk is None
    assert not page.isVisible()


def test_no_class_of_the_window_is_made_in_a_worker(tmp_path: Path) -> None:
    """PySide reads meta-objects without the GIL: a class made beside a working window ends the process."""
    code = """
import sys, threading
from pathlib import Path

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("observe_app.ui") and threading.current_thread() is not threading.main_thread():
            print(name)

from observe_app.app import wire_core
from observe_app.ui.application import make_application, make_theme
from observe_app.ui.starter import Starter
from PySide6.QtCore import QTimer

sys.meta_path.insert(0, Watch())
app = make_application()
folder = Path(sys.argv[1])
starter = Starter(lambda: wire_core(folder), folder=folder, theme=make_theme(app, "light", reduce_motion=True))
watch = QTimer()
watch.timeout.connect(lambda: "observe_app.ui.settings" in sys.modules and starter.window.close())
starter.ready.connect(lambda: watch.start(20))
starter.show()
app.exec()
starter.end()
print("ended")
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-P", "-c", code, str(tmp_path / "data")]

    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.split() == ["ended"], done.stderr
