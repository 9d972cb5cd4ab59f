"""One sentence under the header, and the progress line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from observe_app.ui.widgets import (
    Message,
    MessageBar,
    MessageKind,
    ProgressLine,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_a_message_shows_one_sentence_and_one_action(qtbot, shown):
    bar = shown(MessageBar())
    message = Message(MessageKind.NEWS, "A reply arrived.", "Read it", key="reply")

    bar.show_message(message)

    assert bar.isVisible()
    assert name_of(bar) == "A reply arrived."
    with qtbot.waitSignal(bar.acted) as acted:
        qtbot.mouseClick(bar.action_button, Qt.MouseButton.LeftButton)
    assert acted.args == [message]


def test_a_question_has_two_answers(qtbot, shown):
    bar = shown(MessageBar())
    question = Message(MessageKind.LOOK, "Did the lesson go on?", "It went on", second="It did not")
    bar.show_message(question)

    with qtbot.waitSignal(bar.second_acted) as acted, qtbot.assertNotEmitted(bar.acted):
        qtbot.mouseClick(bar.second_button, Qt.MouseButton.LeftButton)
    assert acted.args == [question]

    bar.show_message(Message(MessageKind.NEWS, "A reply arrived.", "Read it"))
    assert bar.second_button.isHidden()


def test_news_never_hides_a_risk(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    risk = Message(MessageKind.RISK, "The disk is full.", key="disk", closable=False)
    bar.show_message(risk)

    bar.show_message(Message(MessageKind.NEWS, "A reply arrived."))

    assert bar.message is risk
    assert not bar.close_button.isVisibleTo(bar)


def test_a_key_takes_away_only_its_own_message(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(Message(MessageKind.LOOK, "The folder is away.", key="folder"))

    bar.clear("disk")
    assert bar.message is not None

    bar.clear("folder")
    assert bar.message is None
    assert bar.isHidden()


def test_putting_away_tells_which(qtbot, shown):
    bar = shown(MessageBar())
    message = Message(MessageKind.NEWS, "A reply arrived.")
    bar.show_message(message)

    with qtbot.waitSignal(bar.closed) as closed:
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)

    assert closed.args == [message]
    assert bar.isHidden()


def test_quick_work_shows_no_progress(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.start("Reading")

    line.finish()

    assert line.isHidden()


def test_long_work_shows_words_and_can_be_stopped(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.start("Reading")
    qtbot.waitUntil(line.isVisible)

    line.set_progress(12, 40, "Reading 12 of 40 files")

    assert line.words_label.text() == "Reading 12 of 40 files"
    assert line.fraction == pytest.approx(0.3)
    with qtbot.waitSignal(line.stopped):
        qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)
