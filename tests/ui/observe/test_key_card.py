"""F1: the card with every key, as it is in force for this person and this form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.ui.observe.key_card import KeyColumns, open_card
from observe_app.ui.widgets import LineEdit
from tests.ui.shell_gallery import build_window


@pytest.fixture
def window(qtbot):
    window = build_window()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def card(core, window):
    return open_card(core, core.catalogue.form("copus"), window.current_page)


def many(count: int) -> Form:
    items = tuple(Item(f"i{n}", ItemKind.CHECK, (("", f"Item {n}"),)) for n in range(count))
    return Form("many", 1, (("", "Many"),), (), (Section("s", (("", "Section"),), items),))


@pytest.mark.parametrize("form_id", ["copus", "general-peer-observation", "question-log", "lecture", "at-task-sweep"])
def test_every_key_is_seen_at_once_on_a_small_laptop(core, window, form_id):
    window.resize(1366, 749)  # with a title bar
    card = open_card(core, core.catalogue.form(form_id), window.current_page)

    assert not card.pane.is_scrollable
    assert card.columns.columns == 4
    assert card.columns.height() <= card.pane.height()


def test_it_names_every_code_item_and_command(card, core):
    lines = card.columns.lines()

    assert "Q: Lec  lecturing" in lines
    assert "F2: What the instructor and the students do" in lines
    assert "F12: Hide the screen" in lines
    assert "Alt ↓: Ask about an underlined word" in lines
    assert {"Instructor", "Students", "Note line", "Lesson", "Film"} <= set(lines)
    assert len([line for line in lines if "  " in line]) == 25


def test_it_shows_the_persons_own_keys(core, window):
    core.settings.change(
        keys=(("copus", "copus/I.Lec", "1"), ("copus", "copus/I.RtW", "ö"), ("", "star", "F12"), ("", "blank", ""))
    )

    lines = open_card(core, core.catalogue.form("copus"), window.current_page).columns.lines()

    assert "Q: Lec  lecturing" in lines  # 1 is a level of this form, so it stays
    assert "Ö: RtW  writing live" in lines
    assert "F12: Star the note" in lines
    assert not [line for line in lines if line.endswith("Hide the screen")]


def test_it_names_no_command_whose_key_an_item_has_or_that_does_nothing_here(core, window):
    log = open_card(core, core.catalogue.form("question-log"), window.current_page).columns.lines()
    plain = open_card(core, core.catalogue.form("general-peer-observation"), window.current_page).columns.lines()

    assert [line for line in log if line.startswith("F6:")] == ["F6: Evaluate"]
    assert "F2 – F9: Count, or start a timer" in log
    assert "F6: Go to the form, and on" in plain
    assert not [line for line in plain if "timer" in line or "codes" in line]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape])
def test_a_key_closes_it_and_gives_the_keyboard_back(qtbot, core, window, key):
    field = LineEdit("", window.current_page)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    card = open_card(core, None, window.current_page)

    with qtbot.waitSignal(card.closed):
        qtbot.keyClick(QApplication.focusWidget(), key)

    assert field.hasFocus()


def test_a_screen_reader_hears_all_of_it(card):
    assert card.accessibleName() == "Keys · COPUS"
    assert QApplication.focusWidget() is card.close_button
    assert "Q: Lec  lecturing" in card.close_button.accessibleDescription()


def test_items_without_a_key_show_the_number_that_reaches_them(core, window):
    lines = open_card(core, many(40), window.current_page).columns.lines()

    assert "Alt Z: Item 25" in lines
    assert "Ctrl G 27: Item 26" in lines


@pytest.mark.parametrize(("size", "percent"), [((1024, 640), 100), ((1366, 768), 150)])
def test_where_there_is_no_room_it_scrolls_by_keys(qtbot, core, window, theme, size, percent):
    theme.set_text_size(percent)
    window.resize(*size)
    card = open_card(core, many(60), window.current_page)
    qtbot.waitUntil(lambda: card.pane.is_scrollable)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)

    assert card.pane.verticalScrollBar().value() > 0
    assert card.rect().contains(card.close_button.mapTo(card, card.close_button.rect().bottomRight()))


@pytest.mark.parametrize("size", [(1024, 640), (1366, 749)])
def test_no_row_lies_behind_the_button(qtbot, core, window, size):
    window.resize(*size)
    card = open_card(core, core.catalogue.form("copus"), window.current_page)
    QApplication.processEvents()

    assert card.pane.mapTo(card, card.pane.rect().bottomLeft()).y() < card.close_button.mapTo(card, QPoint()).y()


def test_the_longest_form_is_laid_out_within_the_window(core, window):
    form = replace(many(500), title=(("", "A title that goes on and on " * 20),))

    card = open_card(core, form, window.current_page)

    assert card.columns.width() <= window.width()
    assert len(card.columns.lines()) > 500


def test_no_groups_are_no_columns(qtbot):
    empty = KeyColumns(())
    qtbot.addWidget(empty)

    assert empty.heightForWidth(600) == 0
