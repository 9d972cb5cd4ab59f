"""Forms: found, read, tried, copied, printed, exported, removed, edited."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.errors import NotFound
from observe_app.domain.form import Form, Item, ItemKind, Section, text_in
from observe_app.services import history, own_forms, visits
from observe_app.ui.forms import FormsPage
from observe_app.ui.forms.header import Act
from observe_app.ui.forms.shelf import RowKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.widgets import Message

    Open = Callable[[type[FormsPage]], FormsPage]


# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


def small_form(title: str = "Exit questions") -> Form:
    item = Item("asked", ItemKind.CHECK, (("", "Every student was asked"),))
    return Form(
        "", 1, (("", title),), (("", "Pick this for the last minutes."),), (Section("s", (("", "End"),), (item,)),)
    )


def own_form(core: Core, title: str = "Exit questions") -> str:
    return own_forms.adopt(core, small_form(title), as_new=True).id


def titles(page: FormsPage) -> list[str]:
    return [row.title for row in page.library.model.forms]


def second_line(page: FormsPage, title: str) -> str:
    return next(row.second for row in page.library.model.forms if row.title == title)


def group_of(page: FormsPage, title: str) -> list[str]:
    """Return the heads that stand over a form."""
    heads: list[str] = []
    for row in page.library.model.rows:
        if row.kind is RowKind.GROUP:
            heads = [row.title]
        elif row.kind is RowKind.USE:
            heads = [*heads[:1], row.title]
        elif row.title == title:
            return heads
    raise AssertionError(title)


@pytest.fixture
def page(qtbot: QtBot, open_page: Open, core: Core) -> FormsPage:
    return loaded(qtbot, open_page)


def loaded(qtbot: QtBot, open_page: Open) -> FormsPage:
    made = open_page(FormsPage)
    qtbot.waitUntil(lambda: bool(made.library.model.forms))
    return made


def choose(qtbot: QtBot, page: FormsPage, form_id: str) -> None:
    page.show_form(form_id)
    qtbot.waitUntil(lambda: page.form is not None and page.form.id == form_id)


def messages(page: FormsPage) -> list[Message]:
    said: list[Message] = []
    page.message_posted.connect(said.append)
    return said


# --- the library -----------------------------------------------------------------------------------------------------


def test_shipped_forms_stand_by_their_use(page: FormsPage) -> None:
    assert group_of(page, "Learning walk") == ["Come with the app", "In the lesson"]
    assert group_of(page, "Meeting before the visit") == ["Come with the app", "Before the lesson"]
    assert group_of(page, "Session survey") == ["Come with the app", "Surveys"]


def test_before_the_first_own_form_a_line_says_how_to_make_one(qtbot: QtBot, core: Core, open_page: Open) -> None:
    page = loaded(qtbot, open_page)
    hints = [row.title for row in page.library.model.rows if row.kind is RowKind.HINT]
    assert len(hints) == 1
    assert "spreadsheet" in hints[0]

    own_form(core)

    qtbot.waitUntil(lambda: "Exit questions" in titles(page))
    assert not [row for row in page.library.model.rows if row.kind is RowKind.HINT]


def test_own_forms_say_their_version_and_where_they_are_used(qtbot: QtBot, core: Core, open_page: Open) -> None:
    form_id = own_form(core)
    for _ in range(2):
        visits.plan(core, form_id=form_id)
    own_forms.copy_of(core, "open-notes", title="Not ready")
    page = loaded(qtbot, open_page)

    assert group_of(page, "Exit questions") == ["Yours"]
    assert second_line(page, "Exit questions") == "version 1, used in 2 visits"
    assert second_line(page, "Not ready") == "draft, not used yet"

    opened = own_forms.open_draft(core, form_id)
    changed = replace(opened.value.form, title=(("", "Exit questions"), ("de", "Fragen zum Schluss")))
    own_forms.change(core, form_id=form_id, form=changed, seen=opened.seen)

    qtbot.waitUntil(lambda: second_line(page, "Exit questions") == "used in 2 visits, version 2 in work")


def test_a_broken_file_is_listed_with_lines_and_hides_nothing(qtbot: QtBot, core: Core, open_page: Open) -> None:
    folder = core.folder / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "ours.toml").write_text('id = "ours"\nversion = 1\ntitle = "Ours"\nkind = 3\n', encoding="utf-8")
    page = loaded(qtbot, open_page)

    page.library.choose(str(folder / "ours.toml"))

    assert group_of(page, "ours.toml") == ["Needs mending"]
    assert "Learning walk" in titles(page)
    assert page.details.currentWidget() is page.details.broken
    said = [label.text() for label in page.details.broken.findChildren(type(page.details.broken.say))]
    assert "Line 4" in said
    assert any("There is no key “kind” here" in text for text in said)
    assert not page.preview.isVisible()
    assert not page.header.button(Act.USE).isVisible()


def test_a_mended_file_is_a_form_after_another_look(qtbot: QtBot, core: Core, open_page: Open, tmp_path: Path) -> None:
    folder = core.folder / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "ours.toml").write_text("oh dear", encoding="utf-8")
    page = loaded(qtbot, open_page)
    page.library.choose(str(folder / "ours.toml"))
    page.export.save_to(replace(small_form("Ours"), id="ours"), Act.TOML, folder / "ours.toml")
    qtbot.waitUntil(lambda: "oh dear" not in (folder / "ours.toml").read_text(encoding="utf-8"))

    qtbot.mouseClick(page.details.broken.again_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "Ours" in titles(page))
    assert group_of(page, "Ours") == ["In the forms folder"]


@pytest.mark.parametrize("words", ["walk", "LEARNING", "ten minutes classrooms", "learning-walk"])
def test_words_find_by_title_purpose_and_id(qtbot: QtBot, page: FormsPage, words: str) -> None:
    qtbot.keyClicks(page.library.search, words)

    assert "Learning walk" in titles(page)
    assert "COPUS" not in titles(page)


def test_words_that_nothing_has_say_so_and_escape_brings_all_back(qtbot: QtBot, page: FormsPage) -> None:
    before = titles(page)
    qtbot.keyClicks(page.library.search, "zebra")
    assert titles(page) == []
    assert page.library.nothing.isVisible()

    qtbot.keyClick(page.library.search, Qt.Key.Key_Escape)

    assert titles(page) == before
    assert not page.library.nothing.isVisible()


def test_typing_in_the_list_searches(qtbot: QtBot, page: FormsPage) -> None:
    page.library.list.setFocus()

    qtbot.keyClick(page.library.list, Qt.Key.Key_C)
    qtbot.keyClicks(QApplication.focusWidget(), "opus")

    assert page.library.search.text() == "copus"
    assert titles(page)[0] == "COPUS"
    assert "Learning walk" not in titles(page)


def test_arrows_pass_over_the_heads(qtbot: QtBot, page: FormsPage) -> None:
    rows = page.library.list
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    walked = [page.library.key]
    for _ in titles(page)[1:]:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
        walked.append(page.library.key)

    assert walked == [row.key for row in page.library.model.forms]
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert page.library.search.hasFocus()


def test_a_choice_stays_when_others_change_the_library(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    choose(qtbot, page, "copus")

    own_form(core, "Another one")

    qtbot.waitUntil(lambda: "Another one" in titles(page))
    assert page.library.key == "copus"
    assert page.title() == "COPUS"


# --- the form --------------------------------------------------------------------------------------------------------


def test_a_form_is_read_with_its_facts_and_every_item(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    visits.plan(core, form_id="learning-walk")
    choose(qtbot, page, "learning-walk")
    reader = page.details.reader
    form = core.catalogue.form("learning-walk")

    assert reader.purpose.text() == text_in(form.purpose, "en")
    qtbot.waitUntil(lambda: reader.facts.text().endswith("used in 1 visit"))
    assert reader.facts.text().startswith("In the lesson · 7 items · ")
    listed = [row.title for row in reader.listing.read_model.rows if not row.is_section]
    assert listed == [text_in(item.label, "en") for item in form.items]
    qtbot.waitUntil(lambda: page.preview.shown == form)


def test_levels_show_on_demand(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    choose(qtbot, page, "general-peer-observation")
    listing = page.details.reader.listing
    model = listing.read_model
    number = next(n for n, row in enumerate(model.rows) if row.words.startswith("rating"))
    closed = listing.rowHeight(number)
    spoken = str(model.index(number).data(Qt.ItemDataRole.AccessibleTextRole))
    listing.setFocus()
    listing.setCurrentIndex(model.index(number))

    qtbot.keyClick(listing, Qt.Key.Key_Return)

    assert listing.rowHeight(number) > closed + 80
    opened = str(model.index(number).data(Qt.ItemDataRole.AccessibleTextRole))
    assert opened.startswith(spoken)
    assert "1 Hardly seen" in opened
    qtbot.keyClick(listing, Qt.Key.Key_Left)
    assert listing.rowHeight(number) == closed


def test_every_level_shows_at_once_and_goes_again(qtbot: QtBot, page: FormsPage) -> None:
    choose(qtbot, page, "copus")
    reader = page.details.reader
    height = reader.listing.height()

    reader.open_button.click()
    assert reader.listing.all_open
    assert reader.listing.height() > height + 25 * 20

    reader.open_button.click()
    assert reader.listing.height() == height


def test_enter_on_a_shipped_form_goes_to_reading_it(qtbot: QtBot, page: FormsPage) -> None:
    choose(qtbot, page, "learning-walk")
    page.library.list.setFocus()

    qtbot.keyClick(page.library.list, Qt.Key.Key_Return)

    assert page.details.reader.listing.hasFocus()


def test_a_visit_is_planned_with_the_form(qtbot: QtBot, page: FormsPage) -> None:
    choose(qtbot, page, "learning-walk")

    with qtbot.waitSignal(page.visit_wanted) as wanted:
        qtbot.mouseClick(page.header.button(Act.USE), Qt.MouseButton.LeftButton)

    assert wanted.args == ["learning-walk"]


def test_a_draft_cannot_be_used_and_says_why(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    opened = own_forms.copy_of(core, "open-notes", title="Not ready")
    choose(qtbot, page, opened.value.form_id)

    use = page.header.button(Act.USE)
    assert not use.isEnabled()
    assert "draft" in use.toolTip()
    assert page.header.button(Act.EDIT).isVisible()


# --- what is done with it --------------------------------------------------------------------------------------------


def test_a_copy_of_a_shipped_form_opens_in_the_editor(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    choose(qtbot, page, "learning-walk")

    qtbot.mouseClick(page.header.button(Act.COPY), Qt.MouseButton.LeftButton)

    (draft,) = own_forms.drafts(core)
    assert text_in(draft.form.title, "en") == "Copy of Learning walk"
    assert [item.id for item in draft.form.items] == [item.id for item in core.catalogue.form("learning-walk").items]
    assert page.is_editing
    assert page.title() == "Copy of Learning walk"
    assert page.undo_scope() == own_forms.draft_scope(draft.form_id)


def test_escape_leads_from_the_editor_back_to_all_forms(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    form_id = own_form(core)
    choose(qtbot, page, form_id)
    qtbot.mouseClick(page.header.button(Act.EDIT), Qt.MouseButton.LeftButton)
    assert page.is_editing
    assert page.header.back_button.isVisible()
    assert not page.header.button(Act.USE).isVisible()

    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert not page.is_editing
    assert page.library.key == form_id
    assert page.header.button(Act.USE).isVisible()
    assert page.undo_scope() is None


def test_a_published_form_shows_in_its_new_version_with_a_word(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    form_id = own_form(core)
    visits.plan(core, form_id=form_id)
    opened = own_forms.open_draft(core, form_id)
    changed = replace(opened.value.form, purpose=(("", "Pick this for the last ten minutes."),))
    own_forms.change(core, form_id=form_id, form=changed, seen=opened.seen)
    choose(qtbot, page, form_id)
    said = messages(page)
    qtbot.waitUntil(page.details.reader.in_work.isVisible)
    qtbot.mouseClick(page.details.reader.go_on_button, Qt.MouseButton.LeftButton)
    assert page.editor is not None

    page.editor.publish()

    assert not page.is_editing
    assert [message.key for message in said] == ["form-published"]
    assert said[0].text.startswith("Version 2 of “Exit questions” is what new visits get")
    qtbot.waitUntil(lambda: second_line(page, "Exit questions") == "version 2, used in 1 visit")
    assert page.details.reader.purpose.text() == "Pick this for the last ten minutes."


def test_a_removed_form_comes_back_by_undo_and_visits_keep_it(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    form_id = own_form(core)
    visit = visits.plan(core, form_id=form_id)
    choose(qtbot, page, form_id)
    said = messages(page)

    page.header.entry(Act.REMOVE).trigger()

    qtbot.waitUntil(lambda: "Exit questions" not in titles(page))
    assert page.library.key != form_id
    with pytest.raises(NotFound):
        core.catalogue.form(form_id)
    assert visits.load_record(core, visit.id).form is not None
    assert (said[-1].action, said[-1].key) == ("Undo", "undo/")
    history.undo(core)
    qtbot.waitUntil(lambda: "Exit questions" in titles(page))


def test_delete_removes_own_forms_only(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    form_id = own_form(core)
    choose(qtbot, page, "copus")
    page.library.list.setFocus()
    qtbot.keyClick(page.library.list, Qt.Key.Key_Delete)
    choose(qtbot, page, form_id)

    qtbot.keyClick(page.library.list, Qt.Key.Key_Delete)

    qtbot.waitUntil(lambda: "Exit questions" not in titles(page))
    assert "COPUS" in titles(page)


def test_an_export_as_text_is_the_form(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    choose(qtbot, page, own_form(core))
    assert page.form is not None
    said = messages(page)
    target = tmp_path / page.export.suggested_name(page.form, Act.TOML)

    page.export.save_to(page.form, Act.TOML, target)

    qtbot.waitUntil(lambda: bool(said))
    assert target.name == "exit-questions.toml"
    assert tomllib.loads(target.read_text(encoding="utf-8"))["title"] == "Exit questions"
    assert said[0].key == f"folder/{tmp_path}"


def test_an_export_for_xlsform_tools_is_a_workbook(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    import openpyxl

    choose(qtbot, page, own_form(core))
    assert page.form is not None
    said = messages(page)

    page.export.save_to(page.form, Act.XLSFORM, tmp_path / "form.xlsx")

    qtbot.waitUntil(lambda: bool(said))
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    assert {"survey", "choices", "settings"} <= set(book.sheetnames)


def test_an_export_that_cannot_be_written_says_so(qtbot: QtBot, core: Core, page: FormsPage, tmp_path: Path) -> None:
    choose(qtbot, page, "copus")
    assert page.form is not None
    said = messages(page)

    page.export.save_to(page.form, Act.TOML, tmp_path / "nowhere" / "copus.toml")

    qtbot.waitUntil(lambda: bool(said))
    assert said[0].key == "form-error"


def test_a_form_is_looked_at_as_paper_and_saved(qtbot: QtBot, page: FormsPage, tmp_path: Path) -> None:
    choose(qtbot, page, "copus")
    said = messages(page)
    qtbot.mouseClick(page.header.button(Act.PRINT), Qt.MouseButton.LeftButton)
    sheet = page.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.printed is not None, timeout=20_000)
    assert sheet.printed.pages > 1

    sheet.turn(1)
    qtbot.waitUntil(lambda: sheet.printed.page == 1)
    sheet.save_to(tmp_path / "copus.pdf")

    qtbot.waitUntil(lambda: bool(said))
    assert (tmp_path / "copus.pdf").read_bytes().startswith(b"%PDF-")
    assert page.sheet is None


def test_a_new_form_asks_for_nothing_but_a_title(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    qtbot.mouseClick(page.library.new_button, Qt.MouseButton.LeftButton)
    sheet = page.sheet
    assert sheet is not None
    assert not sheet.main_button.isEnabled()

    qtbot.keyClicks(sheet.title_line, "Starting the lesson")
    qtbot.keyClick(sheet.title_line, Qt.Key.Key_Return)

    (draft,) = own_forms.drafts(core)
    assert (draft.form_id, draft.form.title) == ("starting-the-lesson", (("", "Starting the lesson"),))
    assert page.is_editing


def test_a_new_form_may_begin_with_everything_of_another(qtbot: QtBot, core: Core, page: FormsPage) -> None:
    page.new_form()
    sheet = page.sheet
    assert sheet is not None
    qtbot.keyClicks(sheet.title_line, "Our codes")
    sheet.copy_box.setCurrentIndex(sheet.copy_box.findData("copus"))
    sheet.copy_box.activated.emit(sheet.copy_box.currentIndex())

    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    (draft,) = own_forms.drafts(core)
    assert text_in(draft.form.title, "en") == "Our codes"
    assert draft.form.items == core.catalogue.form("copus").items


def test_many_forms_are_found_as_fast_as_few(qtbot: QtBot, core: Core, open_page: Open) -> None:
    for number in range(200):
        own_forms.adopt(core, small_form(f"Form number {number}"), as_new=True)
    page = loaded(qtbot, open_page)
    assert len(titles(page)) > 200

    qtbot.keyClicks(page.library.search, "number 137")

    assert titles(page) == ["Form number 137"]
