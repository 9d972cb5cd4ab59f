"""Signs in the note line: form items after ">", commands after "/", short words, Esc; and words that are only words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.domain.event import EventKind
from observe_app.services import notes, talk
from observe_app.ui.observe.commands import live_commands
from observe_app.ui.observe.line_entry import LineMode
from tests.ui.observe.keys import press, type_text

ENTER, UP, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape
BACKSPACE, Z = Qt.Key.Key_Backspace, Qt.Key.Key_Z
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def line(tab):
    """Return the note line of a visit, with three items to link and the commands of a lesson."""
    tab.line.set_link_targets((
        ("respect", "Respect in the room", "A"), ("wait", "Wait time", "B"), ("voices", "Whose voices", "C"),
    ))  # fmt: skip
    tab.line.set_commands(live_commands())
    return tab.line


def keep(line, text):
    type_text(line.edit, text)
    press(line.edit, ENTER)


def offered(tab):
    return [one.text for one in tab.tag_popup.offers]


def links(core, visit_id):
    return {(link.event_id, link.target_id) for link in talk.evidence(core, visit_id)}


# --- items -----------------------------------------------------------------------------------------------------------


def test_items_are_offered_and_narrowed_and_enter_still_keeps_the_note(tab, line):
    type_text(line.edit, "T waits >")
    assert offered(tab) == ["Respect in the room", "Wait time", "Whose voices"]
    assert [one.key for one in tab.tag_popup.offers] == ["A", "B", "C"]
    type_text(line.edit, "w")
    assert offered(tab) == ["Wait time", "Whose voices"]
    type_text(line.edit, "ait ti")
    assert offered(tab) == ["Wait time"]

    press(line.edit, ENTER)
    assert [event.text for event in tab.model.events] == ["waits >wait ti"]
    assert offered(tab) == []


def test_the_key_of_an_item_finds_it_first(tab, line):
    type_text(line.edit, ">c")
    assert offered(tab) == ["Whose voices"]


def test_a_picked_item_becomes_a_link_stored_with_its_note_in_one_action(tab, line, core, visit_id):
    type_text(line.edit, "T waits five seconds >wait")
    press(line.edit, DOWN)
    press(line.edit, ENTER)
    assert (line.edit.words, line.links, line.link_labels) == ("T waits five seconds "[2:], ("wait",), ("Wait time",))
    assert tab.model.events == ()

    press(line.edit, ENTER)
    event = tab.model.events[0]
    assert (event.speaker, event.text) == ("T", "waits five seconds")
    assert links(core, visit_id) == {(event.id, "wait")}
    assert line.links == ()
    press(line.edit, Z, CTRL)
    assert tab.model.events == ()
    assert links(core, visit_id) == set()


def test_an_item_is_picked_with_the_pointer(tab, line):
    type_text(line.edit, "waits >wait")
    QTest.mouseClick(tab.tag_popup, Qt.MouseButton.LeftButton, pos=QPoint(30, tab.tag_popup.height() // 2))

    assert (line.edit.words, line.links) == ("waits ", ("wait",))
    assert line.edit.hasFocus()


def test_undo_of_the_text_takes_the_link_back_and_redo_brings_it(tab, line):
    type_text(line.edit, "waits >wait")
    press(line.edit, UP)
    press(line.edit, ENTER)
    press(line.edit, Z, CTRL)
    assert (line.edit.words, line.links) == ("waits >wait", ())
    press(line.edit, Z, CTRL_SHIFT)
    assert (line.edit.words, line.links) == ("waits ", ("wait",))


def test_backspace_in_an_otherwise_empty_line_takes_the_link(line):
    type_text(line.edit, ">wait")
    press(line.edit, UP)
    press(line.edit, ENTER)
    assert not line.is_empty
    press(line.edit, ENTER)  # a link alone is no note
    press(line.edit, BACKSPACE)

    assert line.is_empty
    assert line.stamp is None


def test_a_click_on_the_link_takes_it_away(tab, line):
    type_text(line.edit, "waits >wait")
    press(line.edit, UP)
    press(line.edit, ENTER)
    right = line.edit.geometry().right()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(right + 20, line.edit.y() + 8))

    assert line.links == ()
    assert line.edit.words == "waits "


def test_an_unfinished_line_comes_back_with_its_links(open_tab, tab, line, visit_id):
    type_text(line.edit, "T waits >resp")
    press(line.edit, UP)
    press(line.edit, ENTER)
    type_text(line.edit, "long")
    tab.keeper.close()

    again = open_tab(visit_id)
    assert again.line.edit.words == "waits long"
    assert again.line.links == ("respect",)
    press(again.line.edit, ENTER)
    assert [event.text for event in again.model.events] == ["waits long"]


def test_an_edited_note_gets_more_links(tab, line, core, visit_id):
    keep(line, "waits")
    press(line.edit, UP)
    type_text(line.edit, " >wait")
    press(line.edit, UP)
    press(line.edit, ENTER)
    press(line.edit, ENTER)

    assert [event.text for event in tab.model.events] == ["waits"]
    assert links(core, visit_id) == {(tab.model.events[0].id, "wait")}


@pytest.mark.parametrize(
    "text", ["5 > 3 and 2 > 1", "a -> b", "x>y", "so >so", ">", "<b>bold</b>", "S7 says >>> loudly", "→wait"]
)
def test_the_sign_inside_words_stays_words(tab, line, text):
    keep(line, f"note {text}")

    assert [event.text for event in tab.model.events] == [f"note {text}"]
    assert line.links == ()


@pytest.mark.parametrize("typed", ["S7>S8 hello", "S7 >S8 hello", "S7->S8 hello"])
def test_speaker_arrows_are_no_links(tab, line, typed):
    keep(line, typed)

    event = tab.model.events[0]
    assert (event.speaker, event.to, event.text) == ("S7", "S8", "hello")


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.fixture
def given(line):
    """Return the commands that were given, as they come."""
    found = []
    line.command_given.connect(lambda name, words: found.append((name, words)))
    return found


def test_after_a_command_nothing_is_called_unsaved(qtbot, tab, given, line):
    told = []
    tab.writing.connect(lambda: told.append("writing"))
    tab.saved.connect(lambda _at: told.append("saved"))

    keep(line, "/blank")

    assert given == [("blank", "")]
    qtbot.waitUntil(lambda: told == ["writing", "saved"])


def test_commands_are_listed_and_narrowed(tab, line):
    type_text(line.edit, "/")
    assert len(offered(tab)) == len(live_commands())
    type_text(line.edit, "p")
    assert offered(tab) == ["/pause", "/phase …", "/private"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/pause", ("pause", "")),
        ("/pa", ("pause", "")),
        ("/PAUSE", ("pause", "")),
        ("/phase Pair work", ("phase", "Pair work")),
        ("/clock 23:10", ("clock", "23:10")),
        ("/cl 1:02:03", ("clock", "1:02:03")),
    ],
)
def test_enter_gives_a_whole_or_unmistakable_command(tab, line, given, typed, expected):
    keep(line, typed)

    assert given == [expected]
    assert line.is_empty
    assert [event for event in tab.model.events if event.kind is EventKind.NOTE] == []


def test_a_command_before_the_lesson_does_not_begin_it(tab, line, given):
    keep(line, "/seats")
    assert given == [("seats", "")]
    assert not tab.live.begun

    type_text(line.edit, "/x")
    assert not tab.live.begun
    press(line.edit, Qt.Key.Key_Home)
    press(line.edit, Qt.Key.Key_Delete)
    assert tab.live.begun  # words now
    assert line.stamp is not None


def test_a_command_is_picked_with_the_arrows(tab, line, given):
    type_text(line.edit, "/p")
    press(line.edit, DOWN)
    press(line.edit, ENTER)
    assert given == [("pause", "")]

    type_text(line.edit, "/p")
    press(line.edit, DOWN)
    press(line.edit, DOWN)
    press(line.edit, ENTER)
    assert line.edit.words == "/phase "
    keep(line, "Exit")
    assert given[1:] == [("phase", "Exit")]


@pytest.mark.parametrize("text", ["/unknown thing", "/p", "/", "/pause and then talks", "1/2", "and /pause", "/e"])
def test_what_is_no_command_is_kept_as_words(tab, line, given, text):
    keep(line, text)

    assert [event.text for event in tab.model.events] == [text]
    assert given == []


@pytest.mark.parametrize(("text", "said"), [("/phase", "then its name"), ("/clock soon", "a time looks like 23:10")])
def test_a_command_without_what_it_takes_waits(tab, line, given, text, said):
    keep(line, text)

    assert line.edit.words == text
    assert said in line.hint
    assert given == []
    assert tab.model.events == ()


def test_what_could_not_be_done_is_given_back(line, given):
    keep(line, "/phase Pair work")
    line.give_back("/phase Pair work")
    assert line.edit.words == "/phase Pair work"


def test_while_an_older_note_is_edited_there_are_no_commands(tab, line, given):
    keep(line, "one")
    press(line.edit, UP)
    line.edit.selectAll()
    keep(line, "/pause")

    assert [event.text for event in tab.model.events] == ["/pause"]
    assert given == []


# --- short words -----------------------------------------------------------------------------------------------------


def test_a_short_word_expands_and_undo_takes_back_only_that(tab, line):
    line.edit.abbreviations = (("tt", "think time"), ("wb", "whiteboard"))
    type_text(line.edit, "T gives tt ")
    assert line.edit.words == "gives think time "
    press(line.edit, Z, CTRL)
    assert line.edit.words == "gives tt "

    keep(line, "at the wb")
    assert [event.text for event in tab.model.events] == ["gives tt at the whiteboard"]


def test_a_short_word_stays_inside_a_longer_one_and_in_the_head(tab, line):
    line.edit.abbreviations = (("t", "teacher"), ("tt", "think time"))
    type_text(line.edit, "T t att #tt ")
    assert (line.edit.head.speaker, line.edit.words) == ("T", "teacher att #tt ")

    line.edit.load("")
    type_text(line.edit, "ttx")
    press(line.edit, Qt.Key.Key_Left)
    press(line.edit, ENTER)
    assert tab.model.events[0].text == "ttx"


def test_short_words_beside_signs_that_need_two_units(tab, line):
    line.edit.abbreviations = (("tt", "think time"),)
    type_text(line.edit, "👩🏽\u200d🚀 tt.")
    assert line.edit.words == "👩🏽\u200d🚀 think time."


def test_short_words_come_from_the_settings(core, open_tab, visit_id):
    core.settings.change(abbreviations=(("tt", "think time"),))
    tab = open_tab(visit_id)
    type_text(tab.line.edit, "tt, ")
    assert tab.line.edit.words == "think time, "


# --- escape ----------------------------------------------------------------------------------------------------------


def test_escape_in_an_empty_line_asks_for_the_codes_and_nowhere_else(tab, line):
    asked = []
    line.codes_asked.connect(lambda: asked.append(line.mode))
    type_text(line.edit, "x")
    press(line.edit, ESC)
    assert asked == []
    press(line.edit, BACKSPACE)
    press(line.edit, ESC)
    assert asked == [LineMode.NOTE]

    keep(line, "one")
    press(line.edit, UP)
    press(line.edit, ESC)
    assert (line.mode, len(asked)) == (LineMode.NOTE, 1)


# --- split and join --------------------------------------------------------------------------------------------------


def texts(tab):
    return [(event.speaker, event.text) for event in tab.model.events]


def test_ctrl_enter_splits_the_edited_note_at_the_cursor(tab, line, core, visit_id):
    keep(line, "T one two")
    press(line.edit, UP)
    for _letter in "two":
        press(line.edit, Qt.Key.Key_Left)
    press(line.edit, ENTER, CTRL)
    assert texts(tab) == [("T", "one"), ("T", "two")]
    assert (line.mode, line.is_empty) == (LineMode.NOTE, True)
    assert notes.drafts(core, visit_id) == ()

    press(line.edit, Z, CTRL)
    assert texts(tab) == [("T", "one two")]
    assert "one again" in tab.pane.notice.text


def test_ctrl_enter_keeps_a_new_note(tab, line):
    type_text(line.edit, "T new")
    press(line.edit, ENTER, CTRL)
    assert texts(tab) == [("T", "new")]


def test_a_split_at_the_end_says_what_is_missing(tab, line):
    keep(line, "T one two")
    press(line.edit, UP)
    press(line.edit, ENTER, CTRL)

    assert "cursor" in line.hint
    assert texts(tab) == [("T", "one two")]
    press(line.edit, Qt.Key.Key_Left)
    type_text(line.edit, "x")
    press(line.edit, ENTER)
    assert texts(tab) == [("T", "one twxo")]


def test_the_stream_leads_to_a_split_and_joins_with_its_keys(tab, line):
    for text in ("T one", "S7 two", "S7 three"):
        keep(line, text)
    view = tab.pane.view
    view.setFocus()
    view.show_row(1)
    press(view, Qt.Key.Key_J, CTRL)
    assert texts(tab) == [("T", "one"), ("S7", "two three")]
    assert view.selected_event.text == "two three"
    press(view, Qt.Key.Key_J, CTRL_SHIFT)
    assert texts(tab) == [("T", "one\nS7: two three")]
    press(view, Qt.Key.Key_J, CTRL)
    assert tab.pane.notice.text == "There is no note after this one"

    press(view, Z, CTRL)
    press(view, Z, CTRL)
    assert texts(tab) == [("T", "one"), ("S7", "two"), ("S7", "three")]
    view.show_row(2)
    press(view, ENTER, CTRL)
    assert line.mode is LineMode.EDIT
    assert "Ctrl Enter" in tab.pane.notice.text


def test_the_menus_split_join_star_and_keep_private(tab, line):
    for text in ("T one", "T two", "T three four"):
        keep(line, text)

    def choose(row, name):
        menu = tab.pane.view.row_menu(tab.model.event_at(row))
        next(action for action in menu.actions() if action.objectName() == name).trigger()
        menu.deleteLater()

    choose(1, "join_before")
    assert texts(tab) == [("T", "one two"), ("T", "three four")]
    choose(0, "star")
    choose(0, "private")
    assert (tab.model.event_at(0).starred, tab.model.event_at(0).private) == (True, True)
    choose(1, "split")
    for _letter in "four":
        press(line.edit, Qt.Key.Key_Left)
    menu = line.edit.line_menu()
    next(action for action in menu.actions() if action.objectName() == "split").trigger()
    menu.deleteLater()
    assert texts(tab)[1:] == [("T", "three"), ("T", "four")]


def test_focus_elsewhere_takes_the_offers_away(tab, line):
    keep(line, "one")
    type_text(line.edit, "x >")
    assert offered(tab)
    tab.pane.view.setFocus()
    QApplication.processEvents()
    assert not offered(tab)


@pytest.mark.parametrize("words", ["looks at the door →wait", "→wait", "so → respect →voices"])
def test_an_arrow_before_the_name_of_an_item_stays_words_in_a_draft_and_in_an_edit(tab, line, core, visit_id, words):
    tab.open_visit(visit_id)
    line.edit.insertPlainText(words)
    tab.leave()
    tab.open_visit(visit_id)
    assert (tab.line.line, tab.line.links) == (words, ())

    press(line.edit, ENTER)
    press(line.edit, UP)
    assert line.edit.words == words
    type_text(line.edit, "!")
    press(line.edit, ENTER)
    assert [event.text for event in notes.stream(core, visit_id)] == [f"{words}!"]
    assert links(core, visit_id) == set()


def test_a_picked_item_comes_back_with_the_draft(tab, line, visit_id):
    type_text(line.edit, "T waits >resp")
    press(line.edit, DOWN)
    press(line.edit, ENTER)
    tab.leave()
    tab.open_visit(visit_id)

    assert (tab.line.line, tab.line.links) == ("T waits ", ("respect",))
