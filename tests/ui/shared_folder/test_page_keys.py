"""The page by its keys, what a wrong word says, and that nothing scrolls without need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from observe_app.services.sync import setup
from tests.ui.window import Key

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.window import Program


def _running(program: Program, team: Path) -> QWidget:
    setup.make_identity(program.core)
    setup.create(program.core, team)
    program.window.go("shared")
    page = program.window.current_page
    program.wait(lambda: len(page.running.blocks) == 1 and page.running.round_button.isEnabled())
    return page


def test_f1_lists_the_keys_and_f5_exchanges(program: Program, team: Path) -> None:
    page = _running(program, team)
    page.start_widget().setFocus()
    program.press(Key.Key_F1)
    assert program.part("key_card").isVisible()
    program.press(Key.Key_F1)
    program.wait(lambda: not any(one.isVisible() for one in program.window.findChildren(QWidget, "key_card")))
    with program.qtbot.waitSignal(program.desk.sync.round_ended, timeout=20_000):
        program.press(Key.Key_F5)


def test_what_fits_has_no_scroll_bar(program: Program, team: Path) -> None:
    page = _running(program, team)
    program.window.resize(1366, 768)
    program.wait(lambda: not page.running.pane.is_scrollable)
    program.window.resize(1024, 480)
    program.wait(lambda: page.running.pane.is_scrollable)


def test_tab_goes_as_one_reads(program: Program, team: Path) -> None:
    page = _running(program, team)
    (block,) = page.running.blocks.values()
    block.pause_button.setFocus()
    for name in ("folder_open", "folder_more"):
        program.press(Key.Key_Tab, text="\t")
        assert program.window.focusWidget().objectName() == name


def test_a_wrong_word_is_said_as_soon_as_it_is_one(program: Program, team: Path) -> None:
    program.window.go("shared")
    view = program.window.current_page.setup_view
    view.folder.choose(str(team))
    program.wait(lambda: view.folder.check is not None)
    view.folder.next_button.click()
    step = view.words
    program.wait(lambda: step.grid.accessibleDescription() != "")
    line, place = step.lines[0], step.asked[0]
    line.setFocus()
    program.type(step.grid.word(place)[:2])
    assert step.other_label.isHidden()
    program.type("qq")
    assert f"Word {place} is another one" in step.other_label.text()
    line.clear()
    program.type(step.grid.word(place))
    assert step.other_label.isHidden()
