"""Abbreviations, words that judge and the film in the settings: everything kept as it is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.services import word_lists
from observe_app.services.wording import judging_words
from observe_app.store.settings import SettingsBox
from observe_app.ui.settings import SettingsPage

Key = Qt.Key


@pytest.fixture
def page(open_page):
    return open_page(SettingsPage)


@pytest.fixture
def short(page):
    return page.lesson.abbreviations


@pytest.fixture
def words(page):
    return page.lesson.words


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def add(qtbot, section, short: str, long: str) -> None:
    section.short_edit.setFocus()
    qtbot.keyClicks(section.short_edit, short)
    qtbot.keyClicks(section.long_edit, long)
    qtbot.keyClick(section.long_edit, Key.Key_Return)


# -- abbreviations


def test_an_abbreviation_is_typed_and_kept_in_the_file(qtbot, short, core):
    add(qtbot, short, "ss", "students")

    assert SettingsBox(core.files.settings).get().abbreviations == (("ss", "students"),)
    assert short.short_edit.hasFocus()
    assert (short.short_edit.text(), short.long_edit.text()) == ("", "")


def test_the_same_short_word_again_takes_the_new_long_one(qtbot, short):
    add(qtbot, short, "ss", "students")
    add(qtbot, short, "SS", "all students")

    assert short.pairs == (("SS", "all students"),)


def test_enter_on_a_row_takes_it_into_the_fields(qtbot, short):
    add(qtbot, short, "ss", "students")
    short.list.setFocus()
    qtbot.keyClick(short.list, Key.Key_Home)
    qtbot.keyClick(short.list, Key.Key_Return)
    assert short.long_edit.hasFocus()

    qtbot.keyClicks(short.long_edit, "pupils")
    qtbot.keyClick(short.long_edit, Key.Key_Return)

    assert short.pairs == (("ss", "pupils"),)


@pytest.mark.parametrize(
    ("first", "second", "said"), [("a b", "x", "no blank"), ("#x", "y", "begins with none"), ("x", "", "Both words")]
)
def test_what_is_no_abbreviation_is_said_under_the_fields(qtbot, short, first, second, said):
    add(qtbot, short, first, second)

    assert said in short.why_label.text()
    assert short.why_label.isVisible()
    assert short.pairs == ()
    assert short.short_edit.text() == first


def test_one_is_removed_with_delete_and_brought_back(qtbot, short):
    add(qtbot, short, "ss", "students")
    add(qtbot, short, "t", "teacher")
    short.list.setFocus()
    qtbot.keyClick(short.list, Key.Key_Home)

    qtbot.keyClick(short.list, Key.Key_Delete)
    assert short.pairs == (("t", "teacher"),)
    click(qtbot, short.again_button)
    assert short.pairs == (("ss", "students"), ("t", "teacher"))


def test_many_lines_are_pasted_at_once(qtbot, short):
    click(qtbot, short.paste_button)
    sheet = short.window().findChild(object, "paste_sheet")
    assert sheet.area.hasFocus()
    assert not sheet.main_button.isEnabled()

    QApplication.clipboard().setText("ss = students\nwb\tmini-whiteboards\nlonely")
    qtbot.keyClick(sheet.area, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sheet.main_button.text() == "Add 2"
    assert "line 3" in sheet.found_label.text()
    click(qtbot, sheet.main_button)

    assert short.pairs == (("ss", "students"), ("wb", "mini-whiteboards"))


def test_a_file_goes_out_and_comes_in(qtbot, page, short, tmp_path):
    add(qtbot, short, "ss", "students")
    add(qtbot, short, "eq", "=1+1")
    with qtbot.waitSignal(page.message_posted):
        short.write_to(str(tmp_path / "list.csv"))
    short.list.setFocus()
    for _pair in range(2):
        qtbot.keyClick(short.list, Key.Key_Home)
        qtbot.keyClick(short.list, Key.Key_Delete)
    assert short.pairs == ()

    with qtbot.waitSignal(page.message_posted) as said:
        short.read_from(str(tmp_path / "list.csv"))

    assert short.pairs == (("eq", "=1+1"), ("ss", "students"))
    assert said.args[0].text == "2 abbreviations read."


def test_a_file_that_cannot_be_read_is_said(qtbot, page, short, tmp_path):
    with qtbot.waitSignal(page.message_posted) as said:
        short.read_from(str(tmp_path / "none.csv"))

    assert said.args[0].text
    assert short.pairs == ()


def test_ten_thousand_hostile_rows_open_at_once(core, open_page):
    many = [(f"w{n}", "x" * 200) for n in range(10_000)]
    core.settings.change(abbreviations=(("a",), ("", ""), ("b c", "d"), *many))

    section = open_page(SettingsPage).lesson.abbreviations

    assert len(section.pairs) == 2_000
    assert section.list.isVisible()


# -- words that judge


def tick(qtbot, section, word: str) -> None:
    """Tick a word, or take its tick away, with the space bar."""
    row = next(row for row in range(section.words_list.count()) if section.words_list.item(row).text().startswith(word))
    section.words_list.setFocus()
    section.words_list.setCurrentRow(row)
    qtbot.keyClick(section.words_list, Key.Key_Space)


def test_a_shipped_word_is_left_alone_and_marked_again(qtbot, words, core):
    word = word_lists.shipped_words("en")[0]

    tick(qtbot, words, word)
    assert word not in judging_words(core, "en")
    assert not words.remove_button.isEnabled()
    tick(qtbot, words, word)
    assert word in judging_words(core, "en")


def test_an_own_word_is_added_and_removed(qtbot, words, core):
    words.word_edit.setFocus()
    qtbot.keyClicks(words.word_edit, "Rubbish lesson")
    qtbot.keyClick(words.word_edit, Key.Key_Return)

    assert SettingsBox(core.files.settings).get().judging_words == (("en", "rubbish lesson"),)
    assert words.words_list.currentItem().text() == "rubbish lesson  (your own)"
    click(qtbot, words.remove_button)
    assert core.settings.get().judging_words == ()


def test_each_language_has_its_own_list(qtbot, words, core):
    words.language_box.setFocus()
    while words.language != "fr":
        qtbot.keyClick(words.language_box, Key.Key_Down)

    assert words.words_list.item(0).text() == word_lists.listing(core, "fr")[0].word
    tick(qtbot, words, words.words_list.item(0).text())
    assert core.settings.get().fair_words[0][0] == "fr"


def test_one_click_marks_nothing_any_more(qtbot, words, core):
    click(qtbot, words.marks_box)

    assert judging_words(core, "en") == frozenset()
    assert not words.words_list.isEnabled()
    click(qtbot, words.marks_box)
    assert judging_words(core, "en")


# -- the film


def test_whether_typing_pauses_the_film_is_kept(qtbot, page, core):
    click(qtbot, page.lesson.film.pauses_box)

    assert SettingsBox(core.files.settings).get().video_pauses is False


def test_what_cannot_be_written_is_said_and_shown_as_it_was(qtbot, page, core):
    core.files.settings.with_suffix(".part").mkdir()

    with qtbot.waitSignal(page.message_posted):
        click(qtbot, page.lesson.film.pauses_box)
    assert page.lesson.film.pauses_box.isChecked()

    with qtbot.waitSignal(page.message_posted):
        tick(qtbot, page.lesson.words, word_lists.listing(core, "en")[0].word)
    qtbot.waitUntil(lambda: page.lesson.words.words_list.item(0).checkState() is Qt.CheckState.Checked)


def test_without_abbreviations_there_is_nothing_to_remove_or_save(short, core):
    assert not short.remove_button.isVisibleTo(short)
    assert not short.export_button.isVisibleTo(short)

    short.add_pairs((("ss", "students"),))

    assert short.remove_button.isVisibleTo(short)
    assert short.export_button.isVisibleTo(short)
