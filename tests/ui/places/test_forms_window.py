"""Forms in the whole window: reached by keys and by Ctrl+K, acted on from messages, left and come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from observe_app.domain.form import text_in
from observe_app.services import own_forms, visits
from observe_app.ui.forms import FormsPage
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    made = Program(qtbot, data_folder, clock, theme_controller(qapp))
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()


def forms_page(program: Program) -> FormsPage:
    """Return the Forms page once its library is read."""
    page = program.window.current_page
    assert isinstance(page, FormsPage)
    program.wait(lambda: bool(page.library.model.forms))
    return page


def find(program: Program, words: str, title: str) -> None:
    """Ctrl K, words, and Enter on what is called so."""
    palette = program.window.palette_overlay
    program.press(Key.Key_K, CTRL)
    program.type(words)
    titles = [entry.title for entry in palette.entries()]
    for _ in range(titles.index(title)):
        program.press(Key.Key_Down)
    program.press(Key.Key_Return, text="\r")


def test_ctrl_4_goes_to_the_forms(program: Program) -> None:
    program.press(Key.Key_5, CTRL)

    page = forms_page(program)
    assert program.window.rail.button("forms").isChecked()
    assert page.library.list.hasFocus()
    program.type("walk")
    assert page.library.model.forms[0].title == "Learning walk"


def test_ctrl_k_finds_a_form_and_opens_it(program: Program) -> None:
    find(program, "question log", "Question log")

    page = forms_page(program)
    program.wait(lambda: page.form is not None and page.form.id == "question-log")
    assert program.window.windowTitle().startswith("Question log")


def test_ctrl_k_begins_a_new_form(program: Program) -> None:
    find(program, "new form", "New form")
    program.say("Exit questions")

    page = forms_page(program)
    assert page.is_editing
    (draft,) = own_forms.drafts(program.core)
    assert text_in(draft.form.title, "en") == "Exit questions"
    assert program.window.windowTitle().startswith("Exit questions")


def test_ctrl_k_brings_a_form_in(program: Program) -> None:
    find(program, "import a form", "Import a form")

    page = forms_page(program)
    assert page.importing is not None
    assert page.importing.sheet.start_box.isVisible()
    program.press(Key.Key_Escape)
    assert page.importing is None


def test_a_visit_is_planned_with_the_form_that_shows(program: Program) -> None:
    program.desk.go_to_form("copus")
    page = forms_page(program)
    program.wait(lambda: page.form is not None and page.form.id == "copus")

    program.tab_to("use_form")
    program.press(Key.Key_Return, text="\r")

    assert program.window.current_name == "visit"
    (row,) = visits.listing(program.core)
    record = visits.load_record(program.core, row.id)
    assert record.form is not None
    assert record.form.id == "copus"


def test_the_message_of_a_removed_form_takes_it_back(program: Program) -> None:
    own_forms.adopt(program.core, program.core.catalogue.form("learning-walk"), as_new=True)
    program.press(Key.Key_5, CTRL)
    page = forms_page(program)
    assert page.library.row is not None
    assert page.library.row.title == "Learning walk"
    program.press(Key.Key_Delete)
    program.wait(lambda: not any(one.origin.value == "own" for one in page.shelf.entries))
    assert program.message() == "“Learning walk” is removed. Undo brings it back."

    program.window.message_bar.action_button.click()

    program.wait(lambda: any(one.origin.value == "own" for one in page.shelf.entries))
    assert program.message().startswith("Removed form: taken back")


def test_f6_walks_library_form_and_preview(program: Program) -> None:
    program.press(Key.Key_5, CTRL)
    page = forms_page(program)
    program.wait(lambda: page.preview.preview is not None and page.preview.preview.isVisible())
    walked = []
    for _ in range(5):
        program.press(Key.Key_F6)
        focused = QApplication.focusWidget()
        parts = {"header": page.header, "library": page.library, "form": page.details, "preview": page.preview}
        parts["rail"] = program.window.rail
        walked.append(next(name for name, part in parts.items() if part.isAncestorOf(focused)))

    assert walked == ["form", "preview", "rail", "header", "library"]


def test_an_editor_is_still_there_after_a_look_elsewhere(program: Program) -> None:
    opened = own_forms.copy_of(program.core, "learning-walk", title="Ours")
    program.press(Key.Key_5, CTRL)
    page = forms_page(program)
    page.edit(opened.value.form_id)
    program.press(Key.Key_1, CTRL)

    program.press(Key.Key_5, CTRL)

    assert page.is_editing
    assert program.window.windowTitle().startswith("Ours")
    program.press(Key.Key_Escape)
    assert not page.is_editing
