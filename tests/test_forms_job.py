"""Forms, from the school's side: each that ships filled in by keys, and a school's own from its rubric to paper.

What stands in the database and on paper is compared with what was typed.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from observe_app.domain.form import ItemKind, text_in
from observe_app.paths import forms_dir
from observe_app.services import own_forms, visits
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf import export_feedback, feedback_document, form_pdf
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.forms import FormsPage
from observe_app.ui.forms.editor.kinds import ORDER
from observe_app.ui.forms.header import Act
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Button, TextLabel
from tests.forms_job_hands import Hands, has_keyboard, label_of, stored
from tests.ui.shots import theme_controller
from tests.ui.window import ALT, CTRL, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.form import Form
    from observe_app.ui.forms.import_card import ImportSheet

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

FIXTURES = Path(__file__).parent / "fixtures" / "forms"
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
    item = [hands.item(item_id) for item_id in hands.shown if hands.item(item_id).kind in kinds][-1]
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
    asked = [hands.item(item_id) for item_id in hands.shown]
    assert [one.label for one in told] == [label_of(item) for item in asked]
    for item, one in zip(asked, told, strict=True):
        assert squeezed(one.label) in printed, one.label
        said = squeezed(f"{one.answer} {one.absence} {one.comment}")
        for words in hands.words_for(item):
            assert squeezed(words) in said, f"{item.id}: {words!r} is not in {said!r}"
            if item.kind not in (ItemKind.RATING, ItemKind.INTERVAL):  # drawn as dots and bars
                assert squeezed(words) in printed, f"{item.id}: {words!r} is not on the pages"


# --- a school's own rubric, on its first day -------------------------------------------------------------------------

RUBRIC = (
    "Criterion\tNot yet\tStarting\tSecure\n"
    "Explaining\tFacts are listed\tSteps are named\tEach step has its reason\n"
    "Waiting\tThe next word comes at once\tAt times three seconds\tAlways three seconds or more\n"
    "Checking\tNobody is asked\tVolunteers are asked\tEverybody is asked\n"
)


def forms_page(program: Program) -> FormsPage:
    """Go to the forms; return the page once its library is read."""
    program.press(Key.Key_5, CTRL)
    page = program.window.current_page
    assert isinstance(page, FormsPage)
    program.wait(lambda: bool(page.library.model.forms))
    return page


def press_button(program: Program, name: str) -> None:
    """Go to a button by Tab and press it."""
    program.tab_to(name)
    program.press(Key.Key_Space, text=" ")


def found(program: Program, page: FormsPage) -> ImportSheet:
    """Return the sheet of the import once it shows what was read."""
    importing = page.importing
    assert importing is not None
    program.wait(importing.sheet.found_box.isVisible)
    return importing.sheet


def to_structure(program: Program, page: FormsPage, *titles: str) -> None:
    """F6 to the structure, then the arrow to the row of this title."""
    view = page.editor.structure.view
    program.walk(Key.Key_F6, lambda focused: focused is view)
    for title in titles:
        program.press(Key.Key_Home)
        rows = [row.title for row in page.editor.structure.model.rows]
        for _ in range(rows.index(title)):
            program.press(Key.Key_Down)


def to_field(program: Program, name: str) -> None:
    """Tab to the field that a screen reader calls so."""
    program.walk(Key.Key_Tab, lambda focused: focused.accessibleName() == name)


def write_over(program: Program, words: str) -> None:
    program.press(Key.Key_A, CTRL)
    program.type(words)


def publish(program: Program, page: FormsPage) -> None:
    program.walk(Key.Key_F6, page.header.isAncestorOf)
    press_button(program, "form_publish")


def edit_the_rubric(program: Program, page: FormsPage) -> None:
    """Give an item another label and a level another descriptor; add a question and move it up."""
    to_structure(program, page, "Explaining")
    program.press(Key.Key_Return, text="\r")
    write_over(program, "Explains step by step")
    to_field(program, "What level 2 looks like")
    write_over(program, "Steps are named, not yet why")
    to_structure(program, page, "Checking")
    program.press(Key.Key_Insert)
    program.press(Key.Key_Home)
    for _ in range(ORDER.index(ItemKind.CHECK)):
        program.press(Key.Key_Down)
    program.press(Key.Key_Return, text="\r")
    program.type("Every student could hear")
    to_structure(program, page, "Every student could hear")
    program.press(Key.Key_Up, ALT)


def add_a_level(program: Program, page: FormsPage) -> None:
    """Enter in the last level's descriptor adds another one."""
    to_structure(program, page, "Explains step by step")
    program.press(Key.Key_Return, text="\r")
    to_field(program, "What level 3 looks like")
    program.press(Key.Key_Return, text="\r")
    to_field(program, "Level 4")
    program.type("Shared")
    program.press(Key.Key_Return, text="\r")
    program.type("Students give the reasons")


def publish_the_next(program: Program, page: FormsPage) -> None:
    """Bring the version into use after reading what can no longer be compared."""
    publish(program, page)
    said = [label.text() for label in program.part("publish_sheet").findChildren(TextLabel)]
    assert "Use version 2?" in said
    assert "Explains step by step" in said
    assert "Changed: levels. Answers from before cannot be compared with new ones." in said
    assert not any("Waiting" in words for words in said)
    program.walk(Key.Key_Tab, lambda focused: isinstance(focused, Button) and focused.text() == "Use version 2")
    program.press(Key.Key_Space, text=" ")


def use_and_fill(program: Program, clock: FakeClock) -> tuple[str, Hands]:
    """Plan a visit with the form that shows, and fill the form in."""
    known = {row.id for row in visits.listing(program.core)}
    press_button(program, "use_form")
    program.wait(lambda: program.window.current_name == "visit")
    (visit_id,) = {row.id for row in visits.listing(program.core)} - known
    form = visits.load_record(program.core, visit_id).form
    assert form is not None
    start_lesson(program)
    hands = Hands(program, clock, form)
    hands.fill_in()
    assert stored(program.core, visit_id) == hands.typed
    return visit_id, hands


def test_a_school_brings_its_rubric_in_makes_it_its_own_and_never_rewrites_the_past(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    page = forms_page(program)
    QGuiApplication.clipboard().setText(RUBRIC)
    program.press(Key.Key_V, CTRL, "\x16")
    sheet = found(program, page)
    assert sheet.found_box.say.text() == "A rubric: 3 criteria, 3 levels"
    program.type("Our rubric")
    press_button(program, "edit_imported")
    program.wait(lambda: page.is_editing)
    edit_the_rubric(program, page)
    publish(program, page)
    program.wait(lambda: not page.is_editing and page.library.key == "our-rubric")
    assert program.message() == "Version 1 of “Our rubric” is what new visits get."
    program.wait(lambda: page.form is not None and page.form.id == "our-rubric")
    first = program.core.catalogue.form("our-rubric")
    assert [text_in(item.label, "en") for item in first.items] == [
        "Explains step by step", "Waiting", "Every student could hear", "Checking",
    ]  # fmt: skip
    assert [text_in(level.descriptor, "en") for level in first.items[0].levels] == [
        "Facts are listed", "Steps are named, not yet why", "Each step has its reason",
    ]  # fmt: skip
    earlier, hands = use_and_fill(program, clock)

    page = forms_page(program)
    program.wait(lambda: page.library.key == "our-rubric")
    program.walk(Key.Key_F6, page.library.isAncestorOf)
    program.press(Key.Key_Return, text="\r")
    assert page.is_editing
    assert "Used in 1 visit: it keeps version 1." in [row.text() for row in page.editor.side.checks.rows]
    add_a_level(program, page)
    publish_the_next(program, page)
    program.wait(lambda: not page.is_editing and page.form is not None and page.form.version == 2)
    later, _hands = use_and_fill(program, clock)

    assert visits.load_record(program.core, earlier).form == first
    assert [levels_on_paper(program, visit_id, tmp_path) for visit_id in (earlier, later)] == [
        ["Not yet", "Starting", "Secure"], ["Not yet", "Starting", "Secure", "Shared"],
    ]  # fmt: skip
    program.desk.go_to_visit(VisitTarget(earlier))
    program.press(Key.Key_2, CTRL | ALT, "2")
    panel = program.window.current_page.tab.form_panel
    assert panel.form == first
    assert len(panel.item(first.items[0].id).item.levels) == 3
    assert stored(program.core, earlier) == hands.typed


def levels_on_paper(program: Program, visit_id: str, folder: Path) -> list[str]:
    """Return the levels of the first rating as the feedback shows them; the PDF has its answer."""
    target = folder / f"{visit_id}.pdf"
    export_feedback(program.core, visit_id=visit_id, target=target)
    rating = feedback_document(program.core, visit_id=visit_id).checklist[0].items[0]
    assert squeezed(rating.label) in words_of(target.read_bytes())
    return list(rating.levels)


def save_as(program: Program, page: FormsPage, act: Act, target: Path) -> None:
    """Choose an entry of the menu, name the file in the dialog, wait until it is there."""
    page.header.entry(act).trigger()
    name_file(program, "save_dialog", target)
    program.wait(lambda: program.message() == f"Saved as {target.name}")


def name_file(program: Program, dialog_name: str, path: Path) -> None:
    dialog = program.window.findChild(QFileDialog, dialog_name)
    program.wait(dialog.isVisible)
    program.wait(dialog.findChild(QLineEdit, "fileNameEdit").hasFocus)
    program.press(Key.Key_A, CTRL)
    program.say(str(path))
    program.window.activateWindow()  # as a window system does when its dialog has gone


def bring_in(program: Program, page: FormsPage, path: Path) -> ImportSheet:
    """Press the library's button, choose the file in the dialog; return the sheet with what was read."""
    give_file(program, page, path)
    return found(program, page)


def give_file(program: Program, page: FormsPage, path: Path) -> None:
    program.walk(Key.Key_F6, page.library.isAncestorOf)
    program.walk(Key.Key_Backtab, lambda focused: focused.objectName() == "import_form")
    program.press(Key.Key_Space, text=" ")
    press_button(program, "choose_form_file")
    name_file(program, "import_dialog", path)


def has_every_kind() -> Form:
    """A school's form with an item of every kind, conditions, a required item and two languages."""
    form = read_file(FIXTURES / "every-kind.toml").form
    assert form is not None
    return form


@pytest.mark.parametrize(("act", "ending"), [(Act.TOML, "toml"), (Act.XLSFORM, "xlsx")])
def test_a_form_goes_out_and_comes_back_the_same(program: Program, tmp_path: Path, act: Act, ending: str) -> None:
    own = own_forms.adopt(program.core, has_every_kind(), as_new=True)
    page = forms_page(program)
    page.show_form(own.id)
    program.wait(lambda: page.form is not None and page.form.id == own.id)
    target = tmp_path / f"{own.id}.{ending}"
    save_as(program, page, act, target)

    sheet = bring_in(program, page, target)
    assert sheet.found_box.found is not None
    assert sheet.found_box.found.form == own
    program.walk(Key.Key_Backtab, lambda focused: focused.objectName() == "import_as_new")
    program.press(Key.Key_Space, text=" ")
    press_button(program, "keep_imported")

    program.wait(lambda: page.importing is None and page.library.key not in ("", own.id))
    again = program.core.catalogue.form(page.library.key)
    assert replace(again, id=own.id, version=own.version) == own


XLSFORMS = Path(__file__).parents[2] / "shared" / "data" / "xlsform"


@pytest.mark.skipif(not XLSFORMS.is_dir(), reason="no workbooks at hand")
@pytest.mark.parametrize("name", ["group.xlsx", "tutorial.xls", "or_other.xlsx"])
def test_a_workbook_from_elsewhere_is_added_and_filled_in(program: Program, clock: FakeClock, name: str) -> None:
    page = forms_page(program)
    sheet = bring_in(program, page, XLSFORMS / name)
    assert sheet.found_box.say.text().startswith("An XLSForm: ")
    assert sheet.found_box.found is not None
    labels = [label_of(item) for item in sheet.found_box.found.form.items]
    press_button(program, "keep_imported")
    program.wait(lambda: page.importing is None and page.form is not None and page.library.key == page.form.id)
    program.wait(lambda: [label_of(item) for item in page.form.items] == labels)

    _visit_id, hands = use_and_fill(program, clock)

    assert [label_of(item) for item in hands.form.items] == labels


@pytest.mark.skipif(not XLSFORMS.is_dir(), reason="no workbooks at hand")
def test_a_broken_workbook_says_where_it_is_broken_and_adds_nothing(program: Program) -> None:
    page = forms_page(program)
    give_file(program, page, XLSFORMS / "broken-duplicate_columns.xlsx")
    assert page.importing is not None
    sheet = page.importing.sheet
    program.wait(sheet.failed_box.isVisible)

    said = [label.text() for label in sheet.failed_box.findChildren(TextLabel)]
    assert any("Nothing was changed" in words for words in said)
    assert any("label" in words for words in said[2:]), said
    assert not sheet.keep_button.isVisible()
    assert all(entry.origin.value == "shipped" for entry in program.core.catalogue.entries())


def test_a_rubric_in_a_workbook_is_added_and_filled_in(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    book = Workbook()
    for line in RUBRIC.splitlines():
        book.active.append(line.split("\t"))
    book.save(tmp_path / "Our rubric.xlsx")
    page = forms_page(program)

    sheet = bring_in(program, page, tmp_path / "Our rubric.xlsx")
    assert sheet.found_box.say.text() == "A rubric: 3 criteria, 3 levels"
    press_button(program, "keep_imported")

    program.wait(lambda: page.form is not None and page.form.id == "our-rubric")
    _visit_id, hands = use_and_fill(program, clock)
    levels = [text_in(level.descriptor, "en") for level in hands.form.items[1].levels]
    assert levels == ["The next word comes at once", "At times three seconds", "Always three seconds or more"]


@pytest.mark.parametrize("form_id", ["at-task-sweep", "copus", "session-survey"])
def test_tab_goes_through_the_preview_of_a_form_and_out_again(program: Program, form_id: str) -> None:
    page = forms_page(program)
    page.show_form(form_id)
    program.wait(lambda: page.form is not None and page.form.id == form_id)
    program.wait(lambda: page.preview.preview is not None and page.preview.preview.isVisible())
    walked = []
    for _ in range(200):
        program.press(Key.Key_Tab, text="\t")
        focused = QApplication.focusWidget()
        walked.append("preview" if page.preview.isAncestorOf(focused) else focused.objectName())
        if focused is page.library.list:
            break

    assert "preview" in walked
    assert walked[-1] == page.library.list.objectName()
