"""Setting up, through the window and on a real folder: begin, join, come back with the words, how it stands then."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import keyring
from keyring.backends.fail import Keyring
from PySide6.QtWidgets import QWidget

from observe_app.domain.sync.card import Trust
from observe_app.services.sync import colleagues, rounds, setup
from observe_app.ui.shared_folder.setup_view import Step
from tests.ui.window import CTRL, Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.ui.shared_folder import SharedFolderPage
    from tests.ui.window import Program


def page_of(program: Program) -> SharedFolderPage:
    program.press(Key.Key_9, CTRL)
    page = program.window.current_page
    assert page is not None
    assert page.place == "shared"
    return page  # type: ignore[return-value]  # the window makes a SharedFolderPage under this name


def choose(program: Program, page: SharedFolderPage, folder: Path) -> None:
    page.setup_view.folder.choose(str(folder))
    program.wait(lambda: page.setup_view.folder.check is not None)


def type_two_words(program: Program, page: SharedFolderPage) -> None:
    step = page.setup_view.words
    program.wait(lambda: page.setup_view.step is Step.WORDS and step.grid.accessibleDescription() != "")
    for line, place in zip(step.lines, step.asked, strict=True):
        line.setFocus()
        program.type(step.grid.word(place))


def rail_word(program: Program) -> str:
    return program.window.rail.button("shared").text()


def test_a_folder_is_begun_by_keyboard_and_the_rail_says_so(program: Program, team: Path) -> None:
    page = page_of(program)
    program.type(str(team))
    program.wait(lambda: page.setup_view.folder.check is not None)
    assert [row.point.key for row in page.setup_view.check_panel.rows][:1] == ["write"]

    program.tab_to("step_next")
    program.press(Key.Key_Return)
    type_two_words(program, page)
    assert page.setup_view.words.is_confirmed
    program.press(Key.Key_Return)
    program.wait(lambda: page.setup_view.step is Step.READY)
    program.press(Key.Key_Return)

    program.wait(lambda: rail_word(program) == "Up to date")
    assert page.stack.currentWidget() is page.running
    (folder,) = setup.folders(program.core)
    assert folder.name == "Maths department"
    assert program.core.settings.get().words_kept
    assert (team / "observe" / "folder.json").is_file()


def test_who_joins_sees_the_colleagues_and_can_say_the_number_is_the_same(
    program: Program, team: Path, colleague: Callable[[str], Core]
) -> None:
    other = colleague("Amina Diallo")
    page = page_of(program)
    choose(program, page, team)
    assert page.setup_view.pane.next_button.text() == "Join this folder"

    page.setup_view.pane.next_button.click()
    program.wait(lambda: page.setup_view.step is Step.WORDS)
    page.setup_view.words.aside_button.click()
    program.wait(lambda: any(not row.colleague.me for row in page.setup_view.people.people.rows))
    row = page.setup_view.people.people.rows[0]
    program.wait(row.isVisible)
    assert row.number_label.text() == colleagues.own_number(other)
    program.part("number_same", row).click()

    fingerprint = other.vault.keys().fingerprint
    program.wait(lambda: colleagues.one(program.core, fingerprint).trust is Trust.CHECKED)
    assert not program.core.settings.get().words_kept


def test_a_folder_that_cannot_be_used_says_why_and_leads_nowhere(program: Program, tmp_path: Path) -> None:
    page = page_of(program)

    choose(program, page, tmp_path / "nowhere")

    (row,) = page.setup_view.check_panel.rows
    assert row.point.text == "There is no such folder"
    assert not page.setup_view.pane.next_button.isEnabled()


def test_somebody_comes_back_with_the_words_alone(
    program: Program, team: Path, colleague: Callable[[str], Core]
) -> None:
    before = colleague("Jonas Brandt")
    words = before.vault.words()
    page = page_of(program)
    program.part("shared_words_known").click()
    choose(program, page, team)
    page.setup_view.pane.next_button.click()
    step = page.setup_view.restore
    step.words_edit.setFocus()
    program.type(" ".join([*words.split()[:11], "zzzz"]))
    step.next_button.click()
    assert step.words_field.note.text() != ""

    step.words_edit.set_text("")
    program.type(words)
    step.next_button.click()

    program.wait(lambda: page.setup_view.step is Step.READY)
    assert program.core.settings.get().me_id == before.settings.get().me_id
    assert step.words_edit.text() == ""


def test_without_a_key_store_a_passphrase_is_asked(program: Program, team: Path) -> None:
    keyring.set_keyring(Keyring())  # the fixture puts back what was there
    page = page_of(program)
    choose(program, page, team)
    program.wait(lambda: not program.desk.jobs.busy)
    page.setup_view.pane.next_button.click()
    step = page.setup_view.words
    assert page.setup_view.step is Step.WORDS
    step.pass_edit.setFocus()
    program.type("three small words")
    step.again_edit.setFocus()
    program.type("three small words")
    step.next_button.click()
    type_two_words(program, page)
    step.next_button.click()
    program.wait(lambda: page.setup_view.step is Step.READY)

    assert program.core.vault.place() == "passphrase"


def test_a_folder_that_goes_away_is_the_rails_state_and_a_line_and_no_message(program: Program, team: Path) -> None:
    setup.make_identity(program.core)
    setup.create(program.core, team)
    page = page_of(program)
    program.desk.sync.ask_round()
    program.wait(lambda: rail_word(program) == "Up to date")

    elsewhere = team.with_name("elsewhere")
    shutil.move(team, elsewhere)
    program.desk.sync.ask_round()

    program.wait(lambda: rail_word(program) == "Not found")
    (block,) = page.running.blocks.values()
    program.wait(lambda: "Everything is saved here" in block.line.label.text())  # the page asks after the rail
    assert "Everything is saved here" in program.window.rail.button("shared").toolTip()
    assert program.message() == ""
    setup.move(program.core, block.status.folder.id, elsewhere)
    program.desk.sync.ask_round()
    program.wait(lambda: rail_word(program) == "Up to date")


def test_paused_rests_and_goes_on(program: Program, team: Path) -> None:
    setup.make_identity(program.core)
    setup.create(program.core, team)
    page = page_of(program)
    program.wait(lambda: len(page.running.blocks) == 1)
    (block,) = page.running.blocks.values()

    block.pause_button.click()
    program.wait(lambda: rail_word(program) == "Paused")
    block.pause_button.click()

    program.wait(lambda: rail_word(program) == "Up to date")


def test_what_a_colleague_writes_comes_by_itself_and_at_the_end_ones_own_goes(
    program: Program, team: Path, colleague: Callable[[str], Core]
) -> None:
    other = colleague("Amina Diallo")
    setup.make_identity(program.core)
    setup.join(program.core, team)
    program.desk.sync.ask_round()
    program.wait(lambda: not program.desk.sync.is_busy)

    names = [one.card.name for one in colleagues.listing(program.core)]
    assert names == ["Amina Diallo", "Jonas Brandt"]
    program.desk.sync.end()
    rounds.run_round(other)
    assert [one.card.name for one in colleagues.listing(other)] == ["Jonas Brandt", "Amina Diallo"]


def test_today_reminds_of_the_words_until_two_were_typed(program: Program, team: Path) -> None:
    setup.make_identity(program.core)
    setup.create(program.core, team)
    program.reload()
    program.wait(lambda: any(row.isVisible() for row in program.window.findChildren(QWidget, "words_row")))
    program.part("show_reminded_words").click()
    sheet = program.part("words_sheet")
    program.part("sheet_show").click()
    words = program.core.vault.words().split()
    for line, place in zip(sheet.lines, sheet.asked, strict=True):
        line.setFocus()
        program.type(words[place - 1])
    program.press(Key.Key_Escape)

    program.wait(lambda: not program.window.findChildren(type(sheet), "words_sheet"))
    program.reload()
    assert [one for one in program.window.current_page.rows if one.objectName() == "words_row"] == []


def test_the_words_leave_the_screen_with_the_sheet(program: Program, team: Path) -> None:
    setup.make_identity(program.core)
    setup.create(program.core, team)
    page = page_of(program)
    page.show_words()
    sheet = program.part("words_sheet")
    assert sheet.grid.isHidden()
    program.part("sheet_show").click()
    assert program.core.vault.words().split()[0] in sheet.grid.accessibleDescription()
    sheet.grid.set_hidden(hidden=True)
    assert sheet.grid.accessibleDescription() == ""
    program.press(Key.Key_Escape)
