"""The keys that carry a person through Talk without the mouse, and the card that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.turn import Voice
from observe_app.services import steps, talk, turns
from observe_app.ui.observe.key_card import KeyCard
from observe_app.ui.talk.key_card import talk_groups

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.talk import TalkTab
    from tests.ui.talk.lesson import Lesson

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_keyboard_arrives_on_a_picked_note_and_its_key_sends_it(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    tab.start_widget().setFocus(Qt.FocusReason.OtherFocusReason)
    assert tab.notes.picked.events == (lesson.notes[0].id,)

    qtbot.keyClick(tab.notes.list, KEY.Key_S)

    assert talk.claims(core, lesson.visit.id)[0].evidence == (lesson.notes[0].id,)


def test_a_click_beside_the_notes_picks_none(tab: TalkTab) -> None:
    tab.notes.list.setFocus(Qt.FocusReason.MouseFocusReason)

    assert not tab.notes.picked


@pytest.mark.parametrize(("key", "kind"), tuple(zip((KEY.Key_S, KEY.Key_G, KEY.Key_Q), ClaimKind, strict=True)))
def test_with_shift_a_claim_begins_without_the_picked_note(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, key: Qt.Key, kind: ClaimKind
) -> None:
    tab.notes.list.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(tab.notes.list, key, SHIFT)

    (card,) = tab.board.columns[kind].cards
    assert card.title.hasFocus()
    assert talk.claims(core, lesson.visit.id) == (), "it is stored with its first words"


def test_enter_writes_the_claim_just_made_and_escape_comes_back_to_the_notes(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    tab.notes.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tab.notes.list, KEY.Key_G)
    (card,) = tab.board.cards

    qtbot.keyClick(tab.notes.list, KEY.Key_Return)
    assert card.title.hasFocus()
    qtbot.keyClicks(card.title, "Reports stop at the what")
    qtbot.keyClick(card.title, KEY.Key_Escape)
    assert card.hasFocus()
    qtbot.keyClick(card, KEY.Key_Escape)

    assert tab.notes.list.hasFocus()
    assert talk.claims(core, lesson.visit.id)[0].title == "Reports stop at the what"
    assert tab.notes.picked.events == (lesson.notes[0].id,), "where the person was"


def test_c_goes_to_what_begins_the_conversation_then_to_its_line(qtbot: QtBot, tab: TalkTab) -> None:
    qtbot.keyClick(tab.notes.list, KEY.Key_C)
    assert tab.conversation.begin_button.hasFocus()
    qtbot.keyClick(tab.conversation.begin_button, KEY.Key_Space)
    tab.notes.list.setFocus()

    qtbot.keyClick(tab.notes.list, KEY.Key_C)

    assert tab.conversation.entry.text.hasFocus()


def test_escape_leaves_the_line_with_its_words_for_the_notes(qtbot: QtBot, tab: TalkTab) -> None:
    tab.conversation.begin()
    qtbot.keyClicks(tab.conversation.entry.text, "She would ke")

    qtbot.keyClick(tab.conversation.entry.text, KEY.Key_Escape)

    assert tab.notes.list.hasFocus()
    assert tab.conversation.entry.words == "She would ke"


def test_up_in_the_empty_line_goes_to_what_was_said_last_and_down_comes_back(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    tab.conversation.begin()
    for words in ("one", "two"):
        turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text=words)
    line = tab.conversation.entry.text

    qtbot.keyClick(line, KEY.Key_Up)
    assert tab.conversation.rows[-1].hasFocus()
    qtbot.keyClick(tab.conversation.rows[-1], KEY.Key_Down)
    assert line.hasFocus()
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, KEY.Key_Up)

    assert line.hasFocus(), "with words in it the arrows are the caret's"


def test_enter_in_a_step_goes_on_to_its_day(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    qtbot.keyClick(tab, KEY.Key_N)
    (row,) = tab.steps.rows
    qtbot.keyClicks(row.text, "A card on each table")

    qtbot.keyClick(row.text, KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(steps.of_visit(core, lesson.visit.id)))

    assert row.due.line.hasFocus()
    assert steps.of_visit(core, lesson.visit.id)[0].text == "A card on each table"


def test_tab_goes_down_the_columns_however_the_claims_were_made(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    for kind, title in ((ClaimKind.QUESTION, "third"), (ClaimKind.GROWTH, "second"), (ClaimKind.STRENGTH, "first")):
        talk.add_claim(core, visit_id=lesson.visit.id, kind=kind, title=title)
    card = tab.board.cards[0]
    card.setFocus(Qt.FocusReason.TabFocusReason)

    walked = [card.title.text()]
    for _press in range(2):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        walked += [one.title.text() for one in tab.board.cards if one.hasFocus()]

    assert walked == ["first", "second", "third"]


def test_f1_lists_every_key_from_anywhere_and_closes_again(qtbot: QtBot, tab: TalkTab) -> None:
    tab.conversation.begin()
    qtbot.keyClick(tab.conversation.entry.text, KEY.Key_F1)

    card = tab.window().findChild(KeyCard)
    assert isinstance(card, KeyCard)
    said = "\n".join(card.columns.lines())
    for line in (
        "S: A strength",
        "L: Link",
        "V: Views",
        "F: Answers",
        "C: Go",
        "N: Agree",
        "Alt S: Somebody",
        "Shift F6",
    ):
        assert line in said

    qtbot.keyClick(card, KEY.Key_F1)
    qtbot.waitUntil(lambda: tab.window().findChild(KeyCard) is None)


def test_the_own_key_for_the_card_stands_on_it() -> None:
    (row,) = [
        row for group in talk_groups((("", "keys", "Ctrl Shift Y"),)) for row in group.rows if row[1] == "This card"
    ]

    assert row[0] == "Ctrl Shift Y"
