"""Steps in the window: two at a time, those of earlier visits closed by both with evidence, the next visit agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.action_step import StepStatus
from observe_app.domain.evidence import ClaimKind
from observe_app.services import next_visit, notes, steps, talk, visits
from observe_app.ui.data_page import VisitTarget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.domain.action_step import ActionStep
    from observe_app.services.core import Core
    from observe_app.ui.talk import TalkTab
    from observe_app.ui.talk.earlier_row import EarlierRow
    from tests.ui.talk.lesson import Lesson

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def write_step(qtbot: QtBot, tab: TalkTab, words: str) -> None:
    """Write a step by keyboard."""
    qtbot.keyClick(tab, KEY.Key_N)
    row = tab.steps.rows[-1]
    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(row.text, words)
    tab.notes.list.setFocus()


@pytest.fixture
def earlier(core: Core, tab: TalkTab, lesson: Lesson) -> ActionStep:
    """Return a step agreed two weeks before."""
    before = visits.plan(core, teacher_id=lesson.teacher.id, start=core.clock.now() - timedelta(days=14))
    step = steps.add(core, visit_id=before.id, text="Wait five breaths", notice="More hands up")
    tab.reload()
    return step


def click(qtbot: QtBot, button: QWidget) -> None:
    """Click a button once the row that has just opened is laid out."""
    qtbot.waitUntil(lambda: button.height() > 0)
    qtbot.mouseClick(button, LEFT)


def row_of(tab: TalkTab) -> EarlierRow:
    """Return the only earlier row."""
    (row,) = tab.steps.earlier.rows
    return row


def pick(tab: TalkTab, row: int) -> None:
    """Pick a note; the keyboard goes to the notes."""
    tab.notes.list.setFocus()
    tab.notes.list.setCurrentIndex(tab.notes.model.index(row, 0))


def test_a_third_step_is_asked_about_and_never_forbidden(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    for words in ("one", "two"):
        write_step(qtbot, tab, words)
        assert not tab.steps.ask.isVisible()
    qtbot.keyClick(tab, KEY.Key_N)
    assert "Two are under way" in tab.steps.ask_words.text()
    assert tab.steps.keep_button.hasFocus(), "Enter keeps two"
    assert len(tab.steps.rows) == 2

    qtbot.keyClick(tab.steps.keep_button, KEY.Key_Return)
    assert not tab.steps.ask.isVisible()
    qtbot.mouseClick(tab.steps.add_button, LEFT)
    qtbot.mouseClick(tab.steps.more_button, LEFT)
    row = tab.steps.rows[-1]
    assert row.text.hasFocus()
    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(row.text, "three")

    assert [step.text for step in steps.of_visit(core, lesson.visit.id)] == ["one", "two", "three"]
    assert not tab.steps.ask.isVisible()


def test_a_done_step_leaves_room_for_another(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    for words in ("one", "two"):
        step = steps.add(core, visit_id=lesson.visit.id, text=words)
    steps.edit(core, step_id=step.id, seen=steps.open_step(core, step.id).seen, status=StepStatus.DONE)
    tab.reload()

    qtbot.keyClick(tab, KEY.Key_N)

    assert len(tab.steps.rows) == 3


def test_practice_notice_and_help_are_kept_and_shown(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    qtbot.keyClick(tab, KEY.Key_N)
    (row,) = tab.steps.rows
    qtbot.keyClicks(row.text, "Wait")
    qtbot.keyClicks(row.practice, "With a partner, today")
    qtbot.keyClicks(row.notice, "More hands")
    qtbot.keyClicks(row.help, "A card")
    tab.notes.list.setFocus()

    (step,) = steps.of_visit(core, lesson.visit.id)
    assert (step.practice, step.notice, step.help) == ("With a partner, today", "More hands", "A card")
    assert row.summary.text() == "With a partner, today · More hands · A card"
    assert not row.fields.isVisible()


def test_an_earlier_step_is_closed_with_evidence_by_both(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, earlier: ActionStep
) -> None:
    row = row_of(tab)
    assert row.text.text() == "Wait five breaths"
    assert "More hands up" in row.state.text()
    row.setFocus()
    assert not row.close_button.isEnabled()
    assert "Link a note" in row.close_button.toolTip()
    pick(tab, 1)
    qtbot.keyClick(tab.notes.list, KEY.Key_L)
    assert [quote.event_id for quote in row.quotes.quotes] == [lesson.notes[1].id]
    assert "Amina" in row.close_button.toolTip()
    click(qtbot, row.teacher_button)
    assert "observer" in row.close_button.toolTip()
    click(qtbot, row.observer_button)
    assert row.close_button.isEnabled()

    click(qtbot, row.close_button)

    found = steps.open_step(core, earlier.id).value
    assert (found.status, found.closed_visit_id) == (StepStatus.DONE, lesson.visit.id)
    assert row_of(tab).state.text().startswith("done")
    assert talk.claims(core, lesson.visit.id) == ()

    qtbot.mouseClick(tab.notes.undo_note.undo_button, LEFT)
    assert steps.open_step(core, earlier.id).value.status is StepStatus.OPEN


def test_a_closed_step_is_opened_again_and_dropped(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, earlier: ActionStep
) -> None:
    row = row_of(tab)
    row.setFocus()
    click(qtbot, row.drop_button)
    assert steps.open_step(core, earlier.id).value.status is StepStatus.DROPPED

    click(qtbot, row_of(tab).reopen_button)

    assert steps.open_step(core, earlier.id).value.status is StepStatus.OPEN


def test_l_goes_to_what_was_chosen_last(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, earlier: ActionStep
) -> None:
    claim = talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title="Silence")
    row_of(tab).setFocus()
    card = tab.board.card_of(claim.id)
    assert card is not None
    qtbot.mouseClick(card, LEFT, pos=QPoint(4, 4))
    assert tab.steps.earlier.selected is None
    pick(tab, 0)
    qtbot.keyClick(tab.notes.list, KEY.Key_L)
    row_of(tab).setFocus()
    assert tab.board.selected is None
    pick(tab, 2)
    qtbot.keyClick(tab.notes.list, KEY.Key_L)

    assert talk.open_claim(core, claim.id).value.evidence == (lesson.notes[0].id,)
    assert steps.evidence(core, lesson.visit.id) == {earlier.id: (lesson.notes[2].id,)}


def test_notes_dropped_on_an_earlier_step_are_linked_and_taken_away(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, earlier: ActionStep
) -> None:
    row, section = row_of(tab), tab.steps.earlier
    data = tab.notes.model.mimeData([tab.notes.model.index(place, 0) for place in (0, 3)])
    place = row.geometry().center()
    action, none = Qt.DropAction.LinkAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(section, QDragEnterEvent(place, action, data, LEFT, none))
    QApplication.sendEvent(section, QDropEvent(QPointF(place), action, data, LEFT, none))
    assert steps.evidence(core, lesson.visit.id) == {earlier.id: (lesson.notes[0].id, lesson.notes[3].id)}

    quote = row_of(tab).quotes.quotes[0]
    quote.setFocus()
    qtbot.keyClick(quote, KEY.Key_Delete)

    assert steps.evidence(core, lesson.visit.id) == {earlier.id: (lesson.notes[3].id,)}


def test_a_deleted_note_is_no_evidence_any_more(core: Core, tab: TalkTab, lesson: Lesson, earlier: ActionStep) -> None:
    steps.link(core, visit_id=lesson.visit.id, step_id=earlier.id, event_ids=(lesson.notes[0].id,))
    tab.reload()
    assert len(row_of(tab).quotes.quotes) == 1

    notes.delete(core, event_id=lesson.notes[0].id, seen=notes.open_note(core, lesson.notes[0].id).seen)

    assert row_of(tab).quotes.quotes == ()


def test_the_next_visit_is_agreed_by_keyboard(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    row = tab.steps.next_visit
    qtbot.mouseClick(row.agree_button, LEFT)
    assert row.when.date_line.hasFocus()
    assert row.focus_line.text() == lesson.visit.focus
    qtbot.keyClicks(row.when.date_line, "2026-03-24")
    qtbot.keyClicks(row.when.time_line, "10:15")
    row.focus_line.clear()
    qtbot.keyClicks(row.focus_line, "Exit questions")
    qtbot.keyClick(row.focus_line, KEY.Key_Return)

    planned = next_visit.of_visit(core, visits.get(core, lesson.visit.id))
    assert planned is not None
    assert planned.start == datetime(2026, 3, 24, 10, 15, tzinfo=UTC)
    assert (planned.focus, planned.teacher_id) == ("Exit questions", lesson.teacher.id)
    assert "10:15" in row.moment.text()
    assert not row.agree_button.isVisible()
    with qtbot.waitSignal(tab.target_asked) as asked:
        qtbot.mouseClick(row.open_button, LEFT)
    assert asked.args == [VisitTarget(planned.id, "prepare")]

    tab.undo()
    assert row.agree_button.isVisible()


@pytest.mark.parametrize(("day", "hour"), [("", ""), ("soon", "10:00"), ("2026-03-24", "ten")])
def test_a_day_that_is_none_plans_nothing_and_keeps_the_words(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, day: str, hour: str
) -> None:
    row = tab.steps.next_visit
    qtbot.mouseClick(row.agree_button, LEFT)
    qtbot.keyClicks(row.when.date_line, day)
    qtbot.keyClicks(row.when.time_line, hour)

    qtbot.mouseClick(row.plan_button, LEFT)

    assert visits.get(core, lesson.visit.id).next_visit_id == ""
    assert row.when.date_line.text() == day
    assert row.fields.isVisible()


def test_escape_lets_the_next_visit_be(qtbot: QtBot, tab: TalkTab) -> None:
    row = tab.steps.next_visit
    qtbot.mouseClick(row.agree_button, LEFT)

    qtbot.keyClick(row.when.date_line, KEY.Key_Escape)

    assert not row.fields.isVisible()
    assert row.agree_button.hasFocus()
