"""The conversation as two people use it: begun, guided, written down, ended; a line is never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from observe_app.domain.form import text_in
from observe_app.domain.turn import Voice
from observe_app.services import protocols, turns, visits
from observe_app.ui.bus import ChangeBus
from observe_app.ui.jobs import JobRunner
from observe_app.ui.talk import TalkTab
from observe_app.ui.talk.protocol_sheet import ProtocolSheet
from observe_app.ui.widgets import Sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.talk.conversation import ConversationPanel
    from tests.ui.talk.lesson import Lesson

KEY = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(tab: TalkTab) -> ConversationPanel:
    """Return the panel before the two have begun."""
    return tab.conversation


@pytest.fixture
def running(qtbot: QtBot, panel: ConversationPanel) -> ConversationPanel:
    """Return the panel just after they began."""
    qtbot.mouseClick(panel.begin_button, Qt.MouseButton.LeftButton)
    return panel


def said(core: Core, lesson: Lesson) -> list[tuple[Voice, str, str]]:
    """Return what is stored."""
    return [(turn.voice, turn.text, turn.prompt) for turn in turns.of_visit(core, lesson.visit.id)]


def write(qtbot: QtBot, panel: ConversationPanel, words: str) -> None:
    """Type words and press Enter."""
    qtbot.keyClicks(panel.entry.text, words)
    qtbot.keyClick(panel.entry.text, KEY.Key_Return)


def test_before_they_begin_the_protocol_says_what_it_is_for(panel: ConversationPanel) -> None:
    assert panel.begin_button.isVisible()
    assert "Amina Diallo-Žižek speaks first" in panel.opening.text()
    assert "Short and warm" in panel.about.text()
    assert not panel.entry.isVisible()
    assert not panel.band.isVisible()


def test_beginning_stamps_the_time_and_shows_the_first_prompt(
    core: Core, clock: FakeClock, lesson: Lesson, running: ConversationPanel
) -> None:
    visit = visits.get(core, lesson.visit.id)

    assert visit.talk_started == clock.now()
    assert protocols.kept_protocol(visit) is not None
    assert running.band.place.text() == "1 of 5"
    assert "What stays with you" in running.band.text.text()
    assert running.entry.voice is Voice.TEACHER
    assert running.entry.text.hasFocus()
    assert not running.begin_button.isVisible()


def test_enter_keeps_a_turn_of_the_teacher_for_the_prompt(
    qtbot: QtBot, core: Core, lesson: Lesson, running: ConversationPanel
) -> None:
    write(qtbot, running, "The starter felt rushed.")

    assert said(core, lesson) == [(Voice.TEACHER, "The starter felt rushed.", "begin")]
    assert [row.text.text() for row in running.rows] == ["The starter felt rushed."]
    assert running.rows[0].name.text() == "Amina Diallo-Žižek"
    assert running.entry.words == ""
    assert running.entry.text.hasFocus(), "the next words follow at once"


def test_an_empty_line_keeps_nothing(qtbot: QtBot, core: Core, lesson: Lesson, running: ConversationPanel) -> None:
    write(qtbot, running, "   ")

    assert said(core, lesson) == []


def test_alt_s_goes_through_who_speaks(qtbot: QtBot, core: Core, lesson: Lesson, running: ConversationPanel) -> None:
    for words in ("one", "two", "three", "four"):
        write(qtbot, running, words)
        qtbot.keyClick(running.entry.text, KEY.Key_S, ALT)

    assert [voice for voice, _words, _prompt in said(core, lesson)] == [
        Voice.TEACHER, Voice.OBSERVER, Voice.BOTH, Voice.TEACHER,
    ]  # fmt: skip
    assert [row.name.text() for row in running.rows] == ["Amina Diallo-Žižek", "You", "Both", "Amina Diallo-Žižek"]


def test_ctrl_and_arrows_go_through_the_prompts_and_stop_at_the_ends(
    qtbot: QtBot, core: Core, lesson: Lesson, running: ConversationPanel
) -> None:
    qtbot.keyClick(running.entry.text, KEY.Key_Up, CONTROL)
    assert running.band.place.text() == "1 of 5"
    assert not running.band.back_button.isEnabled()
    for _press in range(2):
        qtbot.keyClick(running.entry.text, KEY.Key_Down, CONTROL)
    assert running.band.place.text() == "3 of 5"
    assert running.entry.voice is Voice.OBSERVER, "this prompt goes to the observer"
    write(qtbot, running, "At 12:02 nobody spoke")

    for _press in range(5):
        qtbot.mouseClick(running.band.next_button, Qt.MouseButton.LeftButton)

    assert running.band.place.text() == "5 of 5"
    assert not running.band.next_button.isEnabled()
    assert said(core, lesson) == [(Voice.OBSERVER, "At 12:02 nobody spoke", "well-seen")]


def test_words_in_the_line_keep_their_voice_when_the_prompt_changes(qtbot: QtBot, running: ConversationPanel) -> None:
    qtbot.keyClicks(running.entry.text, "half a thou")

    for _press in range(2):
        qtbot.keyClick(running.entry.text, KEY.Key_Down, CONTROL)

    assert running.entry.voice is Voice.TEACHER
    assert running.entry.words == "half a thou"


def test_the_clock_of_a_prompt_turns_warm_after_its_time_and_begins_anew_with_the_next(
    qtbot: QtBot, clock: FakeClock, running: ConversationPanel
) -> None:
    clock.advance(seconds=179)
    running.show_time()
    assert (running.band.clock.text(), running.band.clock.tone) == ("2 min of 3", "muted")
    clock.advance(seconds=1)
    running.show_time()
    assert (running.band.clock.text(), running.band.clock.tone) == ("3 min of 3", "warm")

    qtbot.keyClick(running.entry.text, KEY.Key_Down, CONTROL)

    assert (running.band.clock.text(), running.band.clock.tone) == ("0 min of 6", "muted")
    assert running.head.right.text() == "3 min of 25"


def test_the_end_says_how_long_it_took_and_the_way_on_opens_it_again(
    qtbot: QtBot, core: Core, clock: FakeClock, lesson: Lesson, running: ConversationPanel
) -> None:
    clock.advance(seconds=24 * 60)
    qtbot.mouseClick(running.head.end_button, Qt.MouseButton.LeftButton)

    assert visits.get(core, lesson.visit.id).talk_ended == clock.now()
    assert running.head.right.text() == "24 min"
    assert not running.band.isVisible()
    assert running.summary.is_open

    qtbot.mouseClick(running.head.go_on_button, Qt.MouseButton.LeftButton)

    assert running.is_running
    assert running.band.isVisible()


def test_words_forgotten_in_the_talk_can_be_added_after_its_end(
    qtbot: QtBot, core: Core, lesson: Lesson, running: ConversationPanel
) -> None:
    qtbot.mouseClick(running.head.end_button, Qt.MouseButton.LeftButton)

    write(qtbot, running, "One more thing")

    assert said(core, lesson) == [(Voice.TEACHER, "One more thing", "")]


def test_an_unfinished_line_comes_back_with_its_voice_and_its_prompt(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab, running: ConversationPanel
) -> None:
    qtbot.keyClick(running.entry.text, KEY.Key_Down, CONTROL)
    qtbot.keyClick(running.entry.text, KEY.Key_S, ALT)
    qtbot.keyClicks(running.entry.text, "She would keep the fing")
    qtbot.waitUntil(lambda: turns.draft(core, lesson.visit.id)[1] == "She would keep the fing")

    other = TalkTab(core, lesson.visit.id, JobRunner(), ChangeBus())
    qtbot.addWidget(other)
    other.activate()

    assert other.conversation.entry.words == "She would keep the fing"
    assert other.conversation.entry.voice is Voice.OBSERVER
    assert other.conversation.band.place.text() == "2 of 5"
    assert tab.leave()


def test_a_turn_is_edited_where_it_stands(qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab) -> None:
    turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text="The starter felt")
    (row,) = tab.conversation.rows
    row.setFocus()
    qtbot.keyClick(row, KEY.Key_Return)

    qtbot.keyClicks(row.text, " rushed.")
    qtbot.keyClick(row.text, KEY.Key_Return)

    qtbot.waitUntil(lambda: said(core, lesson) == [(Voice.TEACHER, "The starter felt rushed.", "")])
    assert row.hasFocus()


def test_a_turn_emptied_of_words_is_as_it_was(qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab) -> None:
    turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text="Stay")
    (row,) = tab.conversation.rows
    row.text.write()
    row.text.selectAll()
    qtbot.keyClick(row.text, KEY.Key_Delete)

    tab.notes.list.setFocus()

    assert row.text.text() == "Stay"
    assert said(core, lesson) == [(Voice.TEACHER, "Stay", "")]


def test_a_turn_is_deleted_and_brought_back(qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab) -> None:
    turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text="Go")
    (row,) = tab.conversation.rows
    row.setFocus()

    qtbot.keyClick(row, KEY.Key_Delete)
    assert tab.conversation.rows == ()
    qtbot.mouseClick(tab.notes.undo_note.undo_button, Qt.MouseButton.LeftButton)

    assert [row.text.text() for row in tab.conversation.rows] == ["Go"]


def test_alt_s_on_a_turn_says_that_somebody_else_said_it(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab
) -> None:
    turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text="x")
    (row,) = tab.conversation.rows
    row.setFocus()

    qtbot.keyClick(row, KEY.Key_S, ALT)

    assert said(core, lesson) == [(Voice.OBSERVER, "x", "")]
    assert row.name.text() == "You"


def test_letters_of_the_line_send_no_notes(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab, running: ConversationPanel
) -> None:
    tab.notes.list.setCurrentIndex(tab.notes.model.index(0, 0))
    running.entry.text.write()

    write(qtbot, running, "sgqln")

    assert [words for _voice, words, _prompt in said(core, lesson)] == ["sgqln"]
    assert tab.board.cards == ()
    assert tab.steps.rows == ()


def choose(panel: ConversationPanel, words: str) -> None:
    """Choose an entry of the protocol's menu."""
    menu = panel.head.protocol_button.menu()
    menu.aboutToShow.emit()
    action = next(one for one in menu.actions() if words in one.text())
    assert isinstance(action, QAction)
    action.trigger()


def test_another_protocol_is_chosen_from_the_menu(core: Core, lesson: Lesson, panel: ConversationPanel) -> None:
    choose(panel, "See it, name it")

    assert visits.get(core, lesson.visit.id).protocol_id == "see-name-do"
    assert "The observer speaks first" in panel.opening.text()
    panel.begin()
    assert panel.entry.voice is Voice.OBSERVER
    assert panel.band.place.text() == "1 of 7"


def test_an_own_protocol_is_made_by_keyboard_and_guides_the_talk(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab
) -> None:
    panel = tab.conversation
    choose(panel, "of our own")
    sheet = tab.findChild(ProtocolSheet)
    assert isinstance(sheet, ProtocolSheet)
    assert sheet.name.hasFocus()
    qtbot.keyClicks(sheet.name, "Two stars and a wish")
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)
    assert "Prompt 1 has no words" in sheet.problem.text(), "it stays open and says what is missing"

    qtbot.keyClicks(sheet.rows[0].text, "A wish")
    qtbot.mouseClick(sheet.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(sheet.rows[1].text, "Two stars")
    qtbot.keyClick(sheet.rows[1].text, KEY.Key_Up, ALT)
    qtbot.keyClick(sheet.rows[0].text, KEY.Key_Return)

    protocol = protocols.get(core, "two-stars-and-a-wish")
    assert [text_in(prompt.text, "") for prompt in protocol.prompts] == ["Two stars", "A wish"]
    assert visits.get(core, lesson.visit.id).protocol_id == protocol.id
    panel.begin()
    assert panel.band.text.text() == "Two stars"


def test_a_copy_of_a_shipped_protocol_is_changed_and_the_shipped_one_stays(
    qtbot: QtBot, core: Core, tab: TalkTab
) -> None:
    choose(tab.conversation, "Change a copy")
    sheet = tab.findChild(ProtocolSheet)
    assert isinstance(sheet, ProtocolSheet)
    assert len(sheet.rows) == 5
    qtbot.mouseClick(sheet.rows[0].remove_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    (own,) = [one.protocol for one in protocols.listing(core) if one.own]
    assert (len(own.prompts), own.title) == (4, (("", "What went well, even better if, our way"),))
    assert len(protocols.get(core, "www-ebi").prompts) == 5


def test_removing_an_own_protocol_asks_and_a_talk_that_began_keeps_its_copy(
    qtbot: QtBot, core: Core, lesson: Lesson, tab: TalkTab
) -> None:
    own = protocols.keep(core, replace(protocols.get(core, "grow"), id="ours", title=(("", "Ours"),)))
    choose(tab.conversation, "Ours")
    tab.conversation.begin()
    choose(tab.conversation, "Remove")
    sheet = tab.findChild(Sheet)
    assert isinstance(sheet, Sheet)
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert not any(one.own for one in protocols.listing(core))
    assert protocols.of_visit(core, visits.get(core, lesson.visit.id)).prompts == own.prompts
