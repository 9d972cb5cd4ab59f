"""Bringing a form in: chosen, dropped or pasted, looked at, overruled, kept or left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from observe_app.domain.form import Form, Item, ItemKind, Section, text_in
from observe_app.services import history, own_forms
from observe_app.services.forms.writer import dumps_toml
from observe_app.ui.forms import FormsPage
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.forms.import_card import ImportSheet

    Open = Callable[[type[FormsPage]], FormsPage]

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

RUBRIC = (
    "Criterion\tExcellent\tGood\tDeveloping\tWeak\n"
    "Questioning\tAsks open questions\tMostly open\tSome open\tNone open\n"
    "Wait time\tThree seconds or more\tOften\tAt times\tNever\n"
)


@pytest.fixture
def page(qtbot: QtBot, open_page: Open, core: Core) -> FormsPage:
    made = open_page(FormsPage)
    qtbot.waitUntil(lambda: bool(made.library.model.forms))
    return made


def small_form(form_id: str = "exit-questions", title: str = "Exit questions") -> Form:
    item = Item("asked", ItemKind.CHECK, (("", "Every student was asked"),))
    return Form(form_id, 1, (("", title),), (("", "Pick this at the end."),), (Section("s", (("", "End"),), (item,)),))


def write(path: Path, form: Form) -> Path:
    path.write_text(dumps_toml(form), encoding="utf-8")
    return path


def found(qtbot: QtBot, page: FormsPage) -> ImportSheet:
    """Return the sheet once it shows what was read."""
    importing = page.importing
    assert importing is not None
    qtbot.waitUntil(importing.sheet.found_box.isVisible, timeout=10_000)
    return importing.sheet


def failed(qtbot: QtBot, page: FormsPage) -> ImportSheet:
    """Return the sheet once it says why nothing came of it."""
    importing = page.importing
    assert importing is not None
    qtbot.waitUntil(importing.sheet.failed_box.isVisible, timeout=10_000)
    return importing.sheet


def words_in(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(TextLabel)]


def own_titles(core: Core) -> list[str]:
    return sorted(text_in(one.title, "en") for one in core.catalogue.entries() if one.origin.value == "own")


def test_a_pasted_rubric_is_recognised_titled_and_kept(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    QGuiApplication.clipboard().setText(RUBRIC)
    page.library.list.setFocus()
    qtbot.keyClick(page.library.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    sheet = found(qtbot, page)

    assert sheet.found_box.say.text() == "A rubric: 2 criteria, 4 levels, turned round: the highest stood first"
    assert sheet.found_box.title_line.hasFocus()  # a table that was copied has no name
    qtbot.keyClicks(sheet.found_box.title_line, "Our rubric")
    qtbot.waitUntil(lambda: sheet.found_box.preview.shown is not None)
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: page.library.key == "our-rubric")
    form = core.catalogue.form("our-rubric")
    assert [text_in(item.label, "en") for item in form.items] == ["Questioning", "Wait time"]
    assert [text_in(level.label, "en") for level in form.items[0].levels] == ["Weak", "Developing", "Good", "Excellent"]
    assert page.importing is None


def test_the_person_may_say_that_it_is_a_checklist(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    page.import_text(RUBRIC)
    sheet = found(qtbot, page)
    qtbot.keyClicks(sheet.found_box.title_line, "To look for")
    box = sheet.found_box.shape_box

    box.setCurrentIndex(box.findData("checklist"))
    box.activated.emit(box.currentIndex())

    qtbot.waitUntil(lambda: sheet.found_box.say.text().startswith("A checklist"))
    assert sheet.found_box.title_line.text() == "To look for"
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    kinds = {item.kind for item in core.catalogue.form("to-look-for").items}
    assert ItemKind.RATING not in kinds


def test_what_did_not_come_over_is_listed_row_by_row(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    rows = (
        ("type", "name", "label", "constraint"),
        ("text", "seen", "What I saw", ""),
        ("image", "board", "The board", ""),
        ("integer", "count", "How many", ". < 40 and regex(., 'x')"),
    )
    for row in rows:
        survey.append(row)
    book.save(tmp_path / "lesson.xlsx")

    page.import_file(tmp_path / "lesson.xlsx")
    sheet = found(qtbot, page)

    assert sheet.found_box.say.text() == "An XLSForm: 3 items in 1 section"
    said = words_in(sheet.found_box.notes_pane)
    assert any("“image” does not exist here" in text for text in said)
    assert any("has no equal here" in text for text in said)
    assert own_titles(core) == []


def test_leaving_it_keeps_nothing(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    page.import_text(RUBRIC)
    sheet = found(qtbot, page)

    qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    assert page.importing is None
    assert own_titles(core) == []


def test_a_broken_file_is_told_line_by_line_and_changes_nothing(
    qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path
) -> None:
    text = dumps_toml(small_form()).replace('kind = "check"', 'kind = "chek"')
    (tmp_path / "exit.toml").write_text(text, encoding="utf-8")

    page.import_file(tmp_path / "exit.toml")
    sheet = failed(qtbot, page)

    assert sheet.failed_box.text.text() == "No form can be made of exit.toml. Nothing was changed."
    assert any("did you mean “check”?" in said for said in words_in(sheet.failed_box.pane))
    assert not sheet.keep_button.isVisible()
    assert own_titles(core) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)), ("gone.xlsx", None)],
)
def test_a_file_that_is_no_table_is_told_in_words(
    qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    page.import_file(tmp_path / name)
    sheet = failed(qtbot, page)

    assert sheet.failed_box.title.text()
    assert sheet.failed_box.text.text()
    assert own_titles(core) == []


def test_after_a_broken_file_another_can_be_read(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("oh dear", encoding="utf-8")
    page.import_file(tmp_path / "bad.toml")
    sheet = failed(qtbot, page)
    assert sheet.again_button.isVisible()

    assert page.importing is not None
    page.importing.read_file(write(tmp_path / "good.toml", small_form()))

    assert found(qtbot, page) is sheet
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: own_titles(core) == ["Exit questions"])


def test_a_form_file_may_have_any_name(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    page.import_file(write(tmp_path / "Exit questions (2).toml", small_form()))
    sheet = found(qtbot, page)
    assert sheet.found_box.say.text() == "A form file: 1 item in 1 section"
    assert not sheet.found_box.shape_field.isVisible()

    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)

    assert core.catalogue.form("exit-questions").version == 1


@pytest.mark.parametrize("as_version", [True, False])
def test_a_form_that_is_here_already_becomes_its_next_version_or_another(
    qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path, *, as_version: bool
) -> None:
    own_forms.adopt(core, small_form(), as_new=False)
    qtbot.waitUntil(lambda: page.shelf.entry("exit-questions") is not None)
    page.import_file(write(tmp_path / "other.toml", replace(small_form(), purpose=(("", "Another purpose."),))))
    sheet = found(qtbot, page)
    assert sheet.found_box.choice_label.text() == "You have “Exit questions” already, version 1. Add this"

    (sheet.found_box.version_radio if as_version else sheet.found_box.new_radio).click()
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)

    if as_version:
        assert core.catalogue.form("exit-questions").version == 2
        assert own_titles(core) == ["Exit questions"]
    else:
        assert core.catalogue.form("exit-questions").version == 1
        assert own_titles(core) == ["Exit questions", "Exit questions"]


def test_what_was_brought_in_can_be_taken_back(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    page.import_file(write(tmp_path / "exit.toml", small_form()))
    qtbot.mouseClick(found(qtbot, page).keep_button, Qt.MouseButton.LeftButton)
    assert own_titles(core) == ["Exit questions"]

    history.undo(core)

    assert own_titles(core) == []


def test_it_can_be_gone_on_with_in_the_editor(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    page.import_text(RUBRIC)
    sheet = found(qtbot, page)
    qtbot.keyClicks(sheet.found_box.title_line, "Our rubric")

    qtbot.mouseClick(sheet.edit_button, Qt.MouseButton.LeftButton)

    assert page.is_editing
    (draft,) = own_forms.drafts(core)
    assert text_in(draft.form.title, "en") == "Our rubric"
    assert own_titles(core) == []


def test_a_form_needs_a_title(qtbot: QtBot, page: FormsPage) -> None:
    page.import_text(RUBRIC)
    sheet = found(qtbot, page)

    qtbot.keyClick(sheet.found_box.title_line, Qt.Key.Key_Delete)
    assert not sheet.keep_button.isEnabled()
    assert sheet.keep_button.toolTip() == "A form needs a title."

    qtbot.keyClicks(sheet.found_box.title_line, "Ours")
    assert sheet.keep_button.isEnabled()


def test_a_file_can_be_dropped_on_the_page(qtbot: QtBot, page: FormsPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "exit.toml", small_form())))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))

    assert found(qtbot, page).found_box.title_line.text() == "Exit questions"


def test_nothing_to_paste_is_said(qtbot: QtBot, page: FormsPage) -> None:
    QGuiApplication.clipboard().clear()
    page.library.list.setFocus()

    with qtbot.waitSignal(page.message_posted) as said:
        qtbot.keyClick(page.library.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert "no table to paste" in said.args[0].text
    assert page.importing is None


def test_the_sheet_asks_for_a_file_or_a_table(qtbot: QtBot, page: FormsPage) -> None:
    qtbot.mouseClick(page.library.import_button, Qt.MouseButton.LeftButton)
    assert page.importing is not None
    sheet = page.importing.sheet
    assert sheet.start_box.isVisible()

    QGuiApplication.clipboard().setText("Greets at the door\nNames the aim\nEnds on time\n")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert found(qtbot, page).found_box.say.text() == "A checklist: 3 items"
