"""Forms, from the school's side: each that ships filled in by keys, and a school's own from its rubric to paper.

What stands in the database and on paper is compared with what was typed.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtCore import Qt

from observe_app.domain.form import ItemKind
from observe_app.paths import forms_dir
from observe_app.services import visits
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import export_feedback, feedback_document, form_pdf
from observe_app.ui.theme import ThemeChoice
from tests.forms_job_hands import Hands, has_keyboard, label_of, stored
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

SHIPPED = sorted(path.stem for path in forms_dir().glob("*.toml"))


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, clock, theme)
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()


def squeezed(text: str) -> str:
    """Return the text without white space, which line breaks change."""
    return "".join(text.split())


def words_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def plan_with(program: Program, form_id: str) -> str:
    """Plan a visit and click its form; return the visit's id."""
    known = {row.id for row in visits.listing(program.core)}
    program.press(Key.Key_N, CTRL)
    (visit_id,) = {row.id for row in visits.listing(program.core)} - known
    program.qtbot.mouseClick(program.part(f"form_{form_id}"), Qt.MouseButton.LeftButton)
    assert visits.get(program.core, visit_id).form_id == form_id
    return visit_id


def start_lesson(program: Program) -> None:
    program.press(Key.Key_Return, CTRL, "\r")
    program.wait(lambda: has_keyboard("note_edit"))


# --- every form that ships -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", SHIPPED)
def test_a_shipped_form_is_filled_in_by_keys_alone_and_is_in_the_record_and_on_paper(
    program: Program, clock: FakeClock, tmp_path: Path, form_id: str
) -> None:
    reading = read_file(forms_dir() / f"{form_id}.toml")
    form = reading.form
    assert reading.problems == ()
    assert form is not None
    visit_id = plan_with(program, form_id)
    start_lesson(program)
    hands = Hands(program, clock, form)

    hands.fill_in()

    typed = stored(program.core, visit_id)
    assert typed == hands.typed
    assert hands.brought_in == {item.id for item in hands.asked if hands.conditions(item)}
    one_more(program, hands)
    assert stored(program.core, visit_id) != typed
    program.press(Key.Key_Z, CTRL)
    assert stored(program.core, visit_id) == typed
    program.press(Key.Key_Z, CTRL | SHIFT)
    assert stored(program.core, visit_id) != typed
    program.press(Key.Key_Z, CTRL)
    assert stored(program.core, visit_id) == typed
    target = tmp_path / "visit.pdf"
    export_feedback(program.core, visit_id=visit_id, target=target)
    assert_told(program, hands, visit_id, words_of(target.read_bytes()))
    blank = words_of(form_pdf(form))
    for item in form.items:
        assert squeezed(label_of(item)) in blank, f"{item.id} is not on the empty sheet"


def one_more(program: Program, hands: Hands) -> None:
    """Answer the last item that one key answers once more, otherwise than before."""
    kinds = {ItemKind.CHECK, ItemKind.RATING, ItemKind.TALLY, ItemKind.TEXT}
    item = [hands.item(item_id) for item_id in hands.panel.shown if hands.item(item_id).kind in kinds][-1]
    hands.turn_to(item)
    if item.kind is ItemKind.CHECK:
        program.type("n" if hands.answers[item.id][0] == "yes" else "y")
    elif item.kind is ItemKind.RATING:
        program.type("2" if hands.answers[item.id][0] == 1 else "1")
    elif item.kind is ItemKind.TEXT:
        program.type("And more. ")
        program.press(Key.Key_Escape)
    assert has_keyboard("note_edit")


def assert_told(program: Program, hands: Hands, visit_id: str, printed: str) -> None:
    """Every item that was asked is in the feedback with what was typed; its label and words are on the pages."""
    sections = feedback_document(program.core, visit_id=visit_id).checklist
    told = [item for section in sections for item in section.items]
    asked = [hands.item(item_id) for item_id in hands.panel.shown]
    assert [one.label for one in told] == [label_of(item) for item in asked]
    for item, one in zip(asked, told, strict=True):
        assert squeezed(one.label) in printed, one.label
        said = squeezed(f"{one.answer} {one.absence} {one.comment}")
        for words in hands.words_for(item):
            assert squeezed(words) in said, f"{item.id}: {words!r} is not in {said!r}"
            if item.kind not in (ItemKind.RATING, ItemKind.INTERVAL):  # drawn as dots and bars
                assert squeezed(words) in printed, f"{item.id}: {words!r} is not on the pages"
