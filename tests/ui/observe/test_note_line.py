"""Writing a lesson down through the window, key by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.note_line import MAX_NOTE, clock_text
from observe_app.services import notes
from observe_app.ui.observe.note_line import LineMode
from observe_app.ui.observe.tab_side import RISK
from observe_app.ui.widgets import Message, MessageKind
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import LINES

ENTER, UP, ESC, BACKSPACE = Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Backspace
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def keep(tab, text):
    type_text(tab.line.edit, text)
    press(tab.line.edit, ENTER)


def rows(tab):
    return [(clock_text(e.offset_ms), e.speaker, e.text) for e in tab.model.events]


def test_the_first_key_starts_the_lesson_and_stamps_the_note(tab, clock, core, visit_id):
    clock.advance(seconds=600)
    type_text(tab.line.edit, "H")
    clock.advance(seconds=9)
    keep(tab, "ands up")

    assert rows(tab) == [("00:00", "", "Hands up")]
    stored = notes.stream(core, visit_id)[0]
    assert stored.wall == clock.now().replace(second=0)


def test_the_stamp_is_of_the_first_key_not_of_enter(tab, clock):
    keep(tab, "one")
    clock.advance(seconds=65)
    type_text(tab.line.edit, "t")
    clock.advance(seconds=20)
    keep(tab, "wo")

    assert rows(tab)[1][0] == "01:05"


def test_deleting_everything_gives_the_next_key_a_new_stamp(tab, clock):
    keep(tab, "one")
    type_text(tab.line.edit, "x")
    press(tab.line.edit, BACKSPACE)
    clock.advance(seconds=30)
    keep(tab, "two")

    assert rows(tab)[1][0] == "00:30"


def test_a_note_is_on_the_disk_before_it_is_called_saved(tab, core, visit_id, qtbot):
    found = []
    tab.saved.connect(lambda _at: found.append([event.text for event in notes.stream(core, visit_id)]))
    with qtbot.waitSignal(tab.saved):
        keep(tab, "T on the disk")

    assert found[-1] == ["on the disk"]
    assert tab.line.is_empty


def test_speaker_leaves_the_words_and_backspace_brings_it_back(tab):
    type_text(tab.line.edit, "S7 hel")
    assert (tab.line.edit.head.speaker_text, tab.line.edit.words) == ("S7", "hel")

    for _letter in "hel":
        press(tab.line.edit, BACKSPACE)
    press(tab.line.edit, BACKSPACE)
    assert (tab.line.edit.head.speaker_text, tab.line.edit.words) == ("", "S7")

    keep(tab, "0 later")
    assert rows(tab)[0][1:] == ("S70", "later")


def test_undo_of_the_text_gives_the_speaker_back_as_letters(tab):
    type_text(tab.line.edit, "T ")
    assert tab.line.edit.head.speaker == "T"
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    assert (tab.line.edit.head.speaker, tab.line.edit.words) == ("", "T ")
    press(tab.line.edit, Qt.Key.Key_Z, CTRL_SHIFT)
    assert (tab.line.edit.head.speaker, tab.line.edit.words) == ("T", "")


def test_a_whole_lesson_typed_is_the_lesson_stored(tab, clock, core, visit_id):
    keep(tab, "begin")
    start = clock.now()
    for second, line in LINES:
        clock.advance(seconds=second - (clock.now() - start).total_seconds())
        keep(tab, line)

    typed = [(clock_text(second * 1000)) for second, _line in LINES]
    assert [row[0] for row in rows(tab)[1:]] == typed
    assert [event.text for event in notes.stream(core, visit_id)] == [row[2] for row in rows(tab)]


def test_enter_on_an_empty_line_or_a_speaker_alone_keeps_nothing(tab):
    press(tab.line.edit, ENTER)
    keep(tab, "T ")

    assert rows(tab) == []
    assert tab.line.edit.head.speaker == "T"


def test_shift_enter_breaks_the_line_and_the_line_grows_to_four(tab, qtbot):
    low = tab.line.height()
    type_text(tab.line.edit, "one\ntwo\nthree\nfour\nfive\nsix")
    qtbot.waitUntil(lambda: tab.line.height() == low + 3 * 24)
    press(tab.line.edit, ENTER)

    assert rows(tab)[0][2] == "one\ntwo\nthree\nfour\nfive\nsix"


def test_up_edits_the_last_note_written_and_escape_leaves(tab, clock):
    keep(tab, "T first")
    clock.advance(seconds=10)
    keep(tab, "S2 second #open")
    press(tab.line.edit, UP)
    assert tab.line.mode is LineMode.EDIT
    assert tab.line.edit.words == "second #open"
    assert "editing 00:10" in tab.line.hint

    press(tab.line.edit, ESC)
    assert tab.line.mode is LineMode.NOTE
    assert tab.line.is_empty

    press(tab.line.edit, UP)
    keep(tab, "!")
    assert rows(tab)[1] == ("00:10", "S2", "second #open!")


def test_editing_keeps_a_new_note_that_was_begun(tab, clock):
    keep(tab, "first")
    clock.advance(seconds=60)
    type_text(tab.line.edit, "T half a")
    clock.advance(seconds=5)
    tab.acts.edit(tab.model.events[0].id)
    keep(tab, "!")
    assert tab.line.edit.words == "half a"

    keep(tab, " sentence")
    assert rows(tab) == [("00:00", "", "first!"), ("01:00", "T", "half a sentence")]


def test_ctrl_z_edits_the_text_first_then_takes_back_the_note(tab):
    keep(tab, "T stays")
    keep(tab, "T goes")
    type_text(tab.line.edit, "draft")
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    assert tab.line.is_empty
    assert len(rows(tab)) == 2

    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    assert [row[2] for row in rows(tab)] == ["stays"]
    assert tab.pane.notice.isVisible()
    assert tab.pane.notice.text == "Note removed. Ctrl Shift Z brings it back"


def test_redo_brings_the_note_back(tab):
    keep(tab, "T goes and comes")
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    press(tab.line.edit, Qt.Key.Key_Z, CTRL_SHIFT)

    assert [row[2] for row in rows(tab)] == ["goes and comes"]


def test_undo_never_takes_back_the_start_of_the_lesson(tab, core, visit_id):
    keep(tab, "one")
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)
    press(tab.line.edit, Qt.Key.Key_Z, CTRL)

    assert tab.pane.notice.text == "Nothing to take back in this visit"
    assert tab.live.clock.running


def test_a_late_note_gets_its_own_time(tab, clock):
    keep(tab, "one")
    clock.advance(seconds=1500)
    type_text(tab.line.edit, "@20:07 ")
    assert tab.line.stamp_text == "20:07"
    keep(tab, "T late but true")

    event = tab.model.events[1]
    assert (event.offset_ms, event.speaker, event.text) == (1_207_000, "T", "late but true")
    assert event.wall == tab.live.clock.wall_at(1_207_000)


def test_a_star_alone_stars_the_last_note(tab):
    keep(tab, "one")
    keep(tab, "*")

    assert [(e.text, e.starred) for e in tab.model.events] == [("one", True)]


@pytest.mark.parametrize("keys", ["#op", "#OP"])
def test_tags_in_use_are_offered_and_enter_still_keeps_the_note(tab, keys):
    keep(tab, "one #open")
    type_text(tab.line.edit, f"two {keys}")
    assert tab.tag_popup.tags == ("open",)

    press(tab.line.edit, ENTER)
    assert tab.model.events[1].tags == ("op",)
    assert not tab.tag_popup.isVisible()


def test_a_tag_chosen_with_the_arrow_is_completed_by_enter(tab):
    keep(tab, "one #open")
    type_text(tab.line.edit, "two #o")
    press(tab.line.edit, UP)
    press(tab.line.edit, ENTER)
    assert tab.line.edit.words == "two #open "

    press(tab.line.edit, ENTER)
    assert tab.model.events[1].tags == ("open",)


def test_a_text_too_long_is_said_and_not_cut(tab):
    tab.line.edit.insertPlainText("x" * (MAX_NOTE + 5))
    assert str(MAX_NOTE + 5) in tab.line.hint
    press(tab.line.edit, ENTER)
    assert rows(tab) == []
    assert len(tab.line.edit.words) == MAX_NOTE + 5

    for _letter in range(5):
        press(tab.line.edit, BACKSPACE)
    press(tab.line.edit, ENTER)
    assert len(rows(tab)[0][2]) == MAX_NOTE


def test_a_paste_beyond_any_note_is_refused_in_words(tab):
    data = QMimeData()
    data.setText("y" * 3_000_000)
    tab.line.edit.insertFromMimeData(data)

    assert tab.line.is_empty
    assert "Nothing was pasted" in tab.message_bar.message.text


def test_hostile_text_is_only_text(tab, core, visit_id):
    data = QMimeData()
    data.setText("'; DROP TABLE event;-- <b>x</b>\x00\x07 ={1} \u202eabc\u2028next")
    tab.line.edit.insertFromMimeData(data)
    press(tab.line.edit, ENTER)

    stored = notes.stream(core, visit_id)[0].text
    assert stored == "'; DROP TABLE event;-- <b>x</b> ={1} \u202eabc\nnext"
    assert tab.model.events[0].text == stored


def test_composed_input_stamps_at_its_first_preview(tab, clock):
    keep(tab, "one")
    clock.advance(seconds=40)
    QApplication.sendEvent(tab.line.edit, QInputMethodEvent("に", []))
    assert tab.line.stamp_text == "00:40"
    clock.advance(seconds=5)
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(tab.line.edit, done)
    press(tab.line.edit, ENTER)

    assert rows(tab)[1] == ("00:40", "", "日本")


def test_the_line_has_the_keyboard_again_from_everywhere(tab):
    keep(tab, "one")
    for _part in range(2):
        press(QApplication.focusWidget(), Qt.Key.Key_F6)
        assert not tab.line.edit.hasFocus()
        press(QApplication.focusWidget(), ESC)
        assert tab.line.edit.hasFocus()


def test_f6_walks_line_form_stream(tab):
    keep(tab, "one")
    press(tab.line.edit, Qt.Key.Key_F6)
    assert tab.form_panel.isAncestorOf(QApplication.focusWidget())
    press(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert tab.pane.view.hasFocus()
    press(tab.pane.view, Qt.Key.Key_F6)
    assert tab.line.edit.hasFocus()


def test_a_key_that_leads_to_the_stream_leads_to_its_last_row(tab):
    keep(tab, "one")
    keep(tab, "two")

    tab.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(tab.pane.view, Qt.Key.Key_Asterisk)

    assert [event.starred for event in tab.model.events] == [False, True]


def test_the_copy_of_a_line_in_trouble_is_the_line(tab):
    type_text(tab.line.edit, "T words")
    tab.message_bar.acted.emit(Message(MessageKind.RISK, "Not saved", "Copy the line", key=RISK))

    assert QGuiApplication.clipboard().text() == "T words"


def test_a_star_behind_the_words_stars_the_note_that_is_kept(tab):
    type_text(tab.line.edit, "S7 laughs #open *")
    press(tab.line.edit, Qt.Key.Key_Return)

    (event,) = tab.model.events
    assert (event.text, event.tags, event.starred) == ("laughs", ("open",), True)
