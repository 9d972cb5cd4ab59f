"""How Talk shares its room: the summary folds, the two who talk get height, and what goes on shows that it does."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.turn import Voice
from observe_app.services import talk, turns, visits

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.talk import TalkTab
    from tests.ui.talk.lesson import Lesson

KEY = Qt.Key
LONG = "The pause after my question. I want to try that again."


def say(core: Core, lesson: Lesson, count: int) -> None:
    """Let the two say so many long turns."""
    for number in range(count):
        voice = Voice.TEACHER if number % 2 else Voice.OBSERVER
        turns.add(core, visit_id=lesson.visit.id, voice=voice, text=f"{number} {LONG}")


def summarise(core: Core, lesson: Lesson, words: str) -> None:
    """Store a summary."""
    visits.update(
        core, visit_id=lesson.visit.id, seen=visits.open_visit(core, lesson.visit.id).seen, conversation=words
    )


def test_the_summary_is_a_field_while_nothing_else_was_said(tab: TalkTab) -> None:
    assert tab.conversation.summary.is_open


def test_once_something_was_said_the_summary_is_one_line_with_its_first_words(
    core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    say(core, lesson, 1)
    summarise(core, lesson, "She chose the pause\nas the one thing.")

    summary = tab.conversation.summary
    assert not summary.is_open
    assert summary.first_words.text() == "She chose the pause as the one thing."
    assert summary.height() < 40


def test_the_line_opens_to_be_written_in_and_folds_when_the_caret_leaves(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    say(core, lesson, 1)
    summary = tab.conversation.summary
    qtbot.mouseClick(summary, Qt.MouseButton.LeftButton, pos=QPoint(summary.width() - 20, 12))
    assert summary.text.hasFocus()

    qtbot.keyClicks(summary.text, "One thing: the pause.")
    qtbot.keyClick(summary.text, KEY.Key_Escape)
    assert summary.fold_button.hasFocus()
    qtbot.waitUntil(lambda: not summary.is_open)

    assert summary.first_words.text() == "One thing: the pause."
    assert visits.get(core, lesson.visit.id).conversation == "One thing: the pause."


def test_at_the_end_an_unwritten_summary_waits_for_words_and_a_written_one_does_not(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    panel = tab.conversation
    panel.begin()
    qtbot.mouseClick(panel.head.end_button, Qt.MouseButton.LeftButton)
    assert panel.summary.text.hasFocus()

    summarise(core, lesson, "The pause.")
    panel.begin()
    qtbot.waitUntil(lambda: not panel.summary.is_open)
    panel.end()

    assert not panel.summary.is_open


@pytest.mark.parametrize("said", [1, 10])
def test_while_they_talk_three_long_turns_are_seen_and_the_claims_keep_their_place(
    core: Core, tab: TalkTab, lesson: Lesson, said: int
) -> None:
    tab.conversation.begin()
    high = tab.board.height()
    say(core, lesson, said)

    assert tab.board.height() == high
    assert tab.conversation.scroll_area.height() >= 3 * tab.conversation.rows[0].sizeHint().height()
    assert high >= 180


def test_the_newest_turn_is_in_view_and_older_ones_fade_at_the_top(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    tab.conversation.begin()
    say(core, lesson, 10)
    area, row = tab.conversation.scroll_area, tab.conversation.rows[-1]

    qtbot.waitUntil(tab.conversation.fade.isVisible)
    qtbot.waitUntil(lambda: row.mapTo(area, QPoint(0, row.height())).y() <= area.height())

    area.verticalScrollBar().setValue(0)
    assert not tab.conversation.fade.isVisible()


def test_claims_that_go_on_below_fade_there_until_they_are_scrolled_to(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    top, foot = tab.board.fades
    assert not top.isVisible()
    assert not foot.isVisible()
    for number in range(8):
        talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title=f"Claim {number}", text=LONG)
    qtbot.waitUntil(foot.isVisible)
    assert not top.isVisible()

    bar = tab.board.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())

    assert top.isVisible()
    assert not foot.isVisible()


def test_the_edge_gives_the_conversation_more_room_and_goes_back(qtbot: QtBot, tab: TalkTab) -> None:
    before = tab.conversation.height()
    tab.low_edge.setFocus()

    qtbot.keyClick(tab.low_edge, KEY.Key_Up)
    assert tab.conversation.height() > before
    for _press in range(60):
        qtbot.keyClick(tab.low_edge, KEY.Key_Up)
    assert tab.board.height() >= 100, "the claims never go altogether"
    qtbot.mouseDClick(tab.low_edge, Qt.MouseButton.LeftButton)

    assert tab.conversation.height() == before


def test_the_edge_follows_the_pointer(qtbot: QtBot, tab: TalkTab) -> None:
    before = tab.conversation.height()
    middle = tab.low_edge.rect().center()
    qtbot.mousePress(tab.low_edge, Qt.MouseButton.LeftButton, pos=middle)

    qtbot.mouseMove(tab.low_edge, middle - QPoint(0, 40))
    qtbot.mouseRelease(tab.low_edge, Qt.MouseButton.LeftButton, pos=middle)

    assert tab.conversation.height() - before in range(30, 51)


def test_the_newest_turn_stays_in_view_when_the_conversation_gets_less_room(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    tab.conversation.begin()
    say(core, lesson, 10)
    bar = tab.conversation.scroll_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    before = bar.maximum()

    for _press in range(3):
        qtbot.keyClick(tab.low_edge, KEY.Key_Down)
    qtbot.waitUntil(lambda: bar.maximum() > before)

    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("talking", [False, True])
@pytest.mark.parametrize("width", [958, 1290])
def test_in_a_low_window_with_large_letters_nothing_lies_over_anything_else(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, width: int, talking: bool
) -> None:
    tab.resize(width, 360)  # as 540 px are with letters of 150 %
    if talking:
        tab.conversation.begin()
        say(core, lesson, 3)
    panel = tab.conversation
    parts = (panel.head, panel.begin_button, panel.scroll_area, panel.band, panel.entry, panel.summary)
    qtbot.waitUntil(lambda: tab.right_pane.is_scrollable or not talking)

    places = [(part.mapTo(panel, QPoint(0, 0)).y(), part.height()) for part in parts if part.isVisible()]
    for (top, height), (below, _height) in pairwise(places):
        assert top + height <= below
    assert sum(places[-1]) <= panel.height()
    assert tab.right_pane.geometry().bottom() < tab.bar.geometry().top()
    assert tab.right_pane.widget().width() == tab.right_pane.viewport().width()
    if talking:
        foot = QPoint(0, panel.entry.height())
        qtbot.waitUntil(lambda: panel.entry.mapTo(tab.right_pane, foot).y() <= tab.right_pane.height())
