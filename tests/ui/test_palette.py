"""Ctrl+K: what is found, in which order, and what Enter does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from observe_app.ui.palette import PaletteEntry, fold, match_score, rank
from tests.ui.shell_gallery import build_window


def entry(title: str, subtitle: str = "", *, found: bool = False) -> PaletteEntry:
    return PaletteEntry("Person", title, str, subtitle, found=found)


@pytest.mark.parametrize(
    ("query", "text", "score"),
    [
        ("", "Amina Diallo", 4),
        ("ami", "Amina Diallo", 4),
        ("dia", "Amina Diallo", 3),
        ("dia am", "Amina Diallo", 3),
        ("zizek", "Amina Diallo-Žižek", 3),
        ("min", "Amina Diallo", 2),
        ("amdi", "Amina Diallo", 1),
        ("xyz", "Amina Diallo", 0),
    ],
)
def test_how_well_a_text_answers(query, text, score):
    assert match_score(query, text) == score


def test_accents_and_case_do_not_matter():
    assert fold("Élève") == "eleve"
    assert fold("STRAẞE") == fold("straße")


def test_the_better_answer_comes_first():
    entries = [entry("Mina Berg"), entry("Amina Diallo"), entry("Ilse Bakker")]

    assert [one.title for one in rank("mina", entries)] == ["Mina Berg", "Amina Diallo"]


def test_equal_answers_keep_their_order():
    entries = [entry("Ana B"), entry("Ana A")]

    assert [one.title for one in rank("ana", entries)] == ["Ana B", "Ana A"]


def test_what_a_provider_found_by_itself_is_kept_but_comes_last():
    entries = [entry("09:36 Both hands up", found=True), entry("Waiting time")]

    assert [one.title for one in rank("wait", entries)] == ["Waiting time", "09:36 Both hands up"]


@given(st.text(max_size=12), st.lists(st.text(max_size=20), max_size=20))
def test_nothing_is_made_up_and_nothing_comes_twice(query, titles):
    entries = [entry(title) for title in titles]

    ranked = rank(query, entries)

    assert all(any(one is other for other in entries) for one in ranked)
    assert len({id(one) for one in ranked}) == len(ranked)
    assert all(match_score(query, one.title) for one in ranked)


@given(st.text(min_size=1, max_size=20))
def test_a_title_is_found_by_itself(title):
    assert rank(title, [entry(title)])


# --- on screen --------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot):
    window = build_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def palette(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_overlay
    qtbot.waitUntil(palette.search_field.hasFocus)
    return palette


def titles(palette) -> list[str]:
    return [one.title for one in palette.entries()]


def test_typing_narrows(qtbot, palette):
    assert "Plan a visit" in titles(palette)

    qtbot.keyClicks(palette.search_field, "amina")

    assert titles(palette) == ["Amina Diallo-Žižek"]


def test_enter_does_the_first(qtbot, window, palette):
    qtbot.keyClicks(palette.search_field, "plan")

    with qtbot.waitSignal(window.plan_requested):
        qtbot.keyClick(palette.search_field, Qt.Key.Key_Return)

    assert not palette.isVisible()


def test_down_and_enter_does_the_second(qtbot, window, palette):
    qtbot.keyClicks(palette.search_field, "go to")
    qtbot.keyClick(palette.search_field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search_field, Qt.Key.Key_Return)

    assert window.current_name == "visits"


def test_a_click_does_what_it_hits(qtbot, window, palette):
    qtbot.keyClicks(palette.search_field, "go to visits")
    rows = palette.result_list
    place = rows.visualRect(rows.model().index(0, 0)).center()

    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert window.current_name == "visits"


def test_escape_closes_and_gives_the_keyboard_back(qtbot, window, palette):
    qtbot.keyClicks(palette.search_field, "am")
    qtbot.keyClick(palette.search_field, Qt.Key.Key_Escape)

    assert not palette.isVisible()
    qtbot.waitUntil(window.current_page.main_button.hasFocus)


def test_nothing_found_says_so(qtbot, palette):
    qtbot.keyClicks(palette.search_field, "qqqq")

    assert titles(palette) == []
    assert palette.nothing_label.isVisible()
    qtbot.keyClick(palette.search_field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_command_that_is_off_is_not_offered(qtbot, window):
    window.set_undo_state(None, None)
    window.open_palette()

    assert "Undo" not in titles(window.palette_overlay)
    assert "Plan a visit" in titles(window.palette_overlay)


def test_the_list_is_empty_of_old_words_when_opened_again(qtbot, window, palette):
    qtbot.keyClicks(palette.search_field, "amina")
    palette.close_palette()

    window.open_palette()

    assert palette.search_field.text() == ""
    assert len(titles(palette)) > 3


def test_a_screen_reader_hears_the_current_entry(qtbot, palette):
    qtbot.keyClicks(palette.search_field, "ilse")

    assert palette.search_field.accessibleDescription() == "Ilse Bakker, Year 8 Mathematics, Person"
