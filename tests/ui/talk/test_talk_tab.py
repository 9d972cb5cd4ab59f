"""Talk as a person uses it: notes become claims, words are never lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.action_step import StepStatus
from observe_app.domain.evidence import ClaimKind
from observe_app.services import history, steps, talk, visits
from observe_app.ui.talk.notes_model import KINDS_ROLE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.domain.evidence import Claim
    from observe_app.services.core import Core
    from observe_app.ui.talk import TalkTab
    from observe_app.ui.talk.claim_card import ClaimCard
    from tests.ui.talk.lesson import Lesson

KEY = Qt.Key


def pick(qtbot: QtBot, tab: TalkTab, row: int, *, shift: bool = False) -> None:
    """Click a note."""
    place = tab.notes.list.visualRect(tab.notes.model.index(row, 0)).center()
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(tab.notes.list.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    tab.notes.list.setFocus()


def cards(tab: TalkTab, kind: ClaimKind) -> tuple[ClaimCard, ...]:
    """Return the cards of a column."""
    return tab.board.columns[kind].cards


def claims(core: Core, lesson: Lesson, kind: ClaimKind) -> list[Claim]:
    """Return the stored claims of a kind in order."""
    return [claim for claim in talk.claims(core, lesson.visit.id) if claim.kind is kind]


@pytest.mark.parametrize(("key", "kind"), tuple(zip((KEY.Key_S, KEY.Key_G, KEY.Key_Q), ClaimKind, strict=True)))
def test_a_key_sends_the_picked_note_to_a_claim(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson, key: Qt.Key, kind: ClaimKind
) -> None:
    pick(qtbot, tab, 1)

    qtbot.keyClick(tab.notes.list, key)

    (claim,) = talk.claims(core, lesson.visit.id)
    assert (claim.kind, claim.evidence) == (kind, (lesson.notes[1].id,))
    assert tab.notes.model.index(1, 0).data(KINDS_ROLE) == (kind,)
    assert tab.notes.list.hasFocus(), "the next note can be sent at once"
    assert [quote.event_id for quote in cards(tab, kind)[0].quotes] == [lesson.notes[1].id]


def test_several_notes_become_evidence_of_one_claim(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    pick(qtbot, tab, 0)
    pick(qtbot, tab, 2, shift=True)

    qtbot.mouseClick(tab.notes.keys[ClaimKind.GROWTH], Qt.MouseButton.LeftButton)

    (claim,) = talk.claims(core, lesson.visit.id)
    assert claim.evidence == tuple(note.id for note in lesson.notes[:3])


def test_l_links_the_picked_note_to_the_selected_claim(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title="Silence on purpose")
    card = cards(tab, ClaimKind.STRENGTH)[0]
    assert card.no_evidence.isVisible()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    pick(qtbot, tab, 1)

    qtbot.keyClick(tab.notes.list, KEY.Key_L)

    assert claims(core, lesson, ClaimKind.STRENGTH)[0].evidence == (lesson.notes[1].id,)
    assert not card.no_evidence.isVisible()


def test_l_without_a_claim_says_what_is_missing(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    pick(qtbot, tab, 1)

    qtbot.keyClick(tab.notes.list, KEY.Key_L)

    assert "Pick a claim" in tab.notes.undo_note.words.text()
    assert talk.claims(core, lesson.visit.id) == ()


def test_a_new_claim_asks_for_what_was_seen_and_is_stored_after_a_pause(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    card = tab.board.begin(ClaimKind.STRENGTH)
    assert card.title.accessibleDescription() == "What was seen or heard, in one line"

    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(card.title, "Hands were down")
    qtbot.keyClick(card.title, KEY.Key_Return)
    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(card.text, "After three questions")

    (claim,) = talk.claims(core, lesson.visit.id)
    assert (claim.title, claim.text) == ("Hands were down", "After three questions")
    assert len(cards(tab, ClaimKind.STRENGTH)) == 1


def test_a_claim_left_without_a_word_is_gone(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    tab.board.begin(ClaimKind.QUESTION)

    tab.notes.list.setFocus()

    qtbot.waitUntil(lambda: cards(tab, ClaimKind.QUESTION) == ())
    assert talk.claims(core, lesson.visit.id) == ()
    assert history.state(core, scope=lesson.visit.id).undo != "claim.add"


def test_leaving_the_tab_stores_words_at_once(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    card = tab.board.begin(ClaimKind.GROWTH)
    qtbot.keyClicks(card.title, "Waiting fades")

    assert tab.leave()

    assert claims(core, lesson, ClaimKind.GROWTH)[0].title == "Waiting fades"


def test_a_space_typed_before_the_pause_stays(qtbot: QtBot, tab: TalkTab) -> None:
    card = tab.board.begin(ClaimKind.GROWTH)
    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(card.title, "Waiting ")
    qtbot.keyClicks(card.title, "fades")

    assert card.title.text() == "Waiting fades"


def test_words_stay_while_somebody_else_changes_the_visit(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title="Silence")
    card = cards(tab, ClaimKind.STRENGTH)[0]
    card.write()
    qtbot.keyClicks(card.title, " on purpose")

    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title="Another")

    assert card.title.text() == "Silence on purpose"
    assert tab.leave()
    assert [claim.title for claim in claims(core, lesson, ClaimKind.STRENGTH)] == ["Silence on purpose", "Another"]


def test_words_survive_a_claim_that_was_deleted_elsewhere(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    made = talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title="Silence")
    card = cards(tab, ClaimKind.STRENGTH)[0]
    card.write()
    qtbot.keyClicks(card.title, " on purpose")

    talk.delete_claim(core, claim_id=made.id, seen=talk.open_claim(core, made.id).seen)
    assert tab.leave()

    assert [claim.title for claim in claims(core, lesson, ClaimKind.STRENGTH)] == ["Silence on purpose"]


def test_words_that_cannot_be_stored_stay_until_they_can(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    card = tab.board.begin(ClaimKind.STRENGTH)
    card.title.insertPlainText("x" * 301)

    with qtbot.waitSignal(tab.save_failed):
        assert not tab.leave()

    assert card.title.text() == "x" * 301
    qtbot.keyClick(card.title, KEY.Key_Backspace)
    with qtbot.waitSignal(tab.saved):
        assert tab.leave()
    assert len(claims(core, lesson, ClaimKind.STRENGTH)[0].title) == 300


def test_delete_takes_a_claim_away_and_undo_brings_it_back(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Fades", evidence=(lesson.notes[0].id,))
    card = cards(tab, ClaimKind.GROWTH)[0]
    card.setFocus()

    qtbot.keyClick(card, KEY.Key_Delete)
    assert talk.claims(core, lesson.visit.id) == ()
    assert "Ctrl Z" in tab.notes.undo_note.words.text()

    qtbot.mouseClick(tab.notes.undo_note.undo_button, Qt.MouseButton.LeftButton)

    (claim,) = talk.claims(core, lesson.visit.id)
    assert (claim.title, claim.evidence) == ("Fades", (lesson.notes[0].id,))
    assert cards(tab, ClaimKind.GROWTH)[0].title.text() == "Fades"


def test_alt_and_arrows_move_a_claim(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    for title in ("a", "b", "c"):
        talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.STRENGTH, title=title)
    alt = Qt.KeyboardModifier.AltModifier
    card = cards(tab, ClaimKind.STRENGTH)[2]
    card.setFocus()

    qtbot.keyClick(card, KEY.Key_Up, alt)
    qtbot.keyClick(card, KEY.Key_Up, alt)
    assert [claim.title for claim in claims(core, lesson, ClaimKind.STRENGTH)] == ["c", "a", "b"]
    qtbot.keyClick(card, KEY.Key_Down, alt)
    assert [claim.title for claim in claims(core, lesson, ClaimKind.STRENGTH)] == ["a", "c", "b"]

    qtbot.keyClick(card, KEY.Key_Right, alt)
    assert [claim.title for claim in claims(core, lesson, ClaimKind.GROWTH)] == ["c"]
    assert cards(tab, ClaimKind.GROWTH)[0].hasFocus()


def test_arrows_walk_over_the_cards(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    for kind in (ClaimKind.STRENGTH, ClaimKind.STRENGTH, ClaimKind.QUESTION):
        talk.add_claim(core, visit_id=lesson.visit.id, kind=kind, title="x")
    first, second = cards(tab, ClaimKind.STRENGTH)
    first.setFocus()

    qtbot.keyClick(first, KEY.Key_Down)
    assert second.hasFocus()
    assert second.is_selected
    qtbot.keyClick(second, KEY.Key_Right)

    assert cards(tab, ClaimKind.QUESTION)[0].hasFocus(), "an empty column is stepped over"


def drop_notes(tab: TalkTab, rows: tuple[int, ...], place: QPoint) -> None:
    """Let notes go over a point of the board."""
    data = tab.notes.model.mimeData([tab.notes.model.index(row, 0) for row in rows])
    action, button, none = Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(tab.board, QDragEnterEvent(place, action, data, button, none))
    event = QDropEvent(QPointF(place), action, data, button, none, QEvent.Type.Drop)
    QApplication.sendEvent(tab.board, event)


def test_notes_dropped_on_a_column_make_a_claim(core: Core, tab: TalkTab, lesson: Lesson) -> None:
    column = tab.board.columns[ClaimKind.QUESTION]

    drop_notes(tab, (3, 0), column.mapTo(tab.board, column.rect().center()))

    (claim,) = talk.claims(core, lesson.visit.id)
    assert (claim.kind, claim.evidence) == (ClaimKind.QUESTION, (lesson.notes[0].id, lesson.notes[3].id))


def test_notes_dropped_on_a_claim_are_linked_to_it_once(core: Core, tab: TalkTab, lesson: Lesson) -> None:
    made = talk.add_claim(
        core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="x", evidence=(lesson.notes[0].id,)
    )
    card = cards(tab, ClaimKind.GROWTH)[0]

    drop_notes(tab, (0, 1), card.mapTo(tab.board, card.rect().center()))

    assert talk.open_claim(core, made.id).value.evidence == (lesson.notes[0].id, lesson.notes[1].id)


def test_delete_on_a_quotation_unlinks_it(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    made = talk.add_claim(
        core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="x", evidence=(lesson.notes[0].id,)
    )
    card = cards(tab, ClaimKind.GROWTH)[0]
    card.setFocus()
    (quote,) = card.quotes
    quote.setFocus()

    qtbot.keyClick(quote, KEY.Key_Delete)

    assert talk.open_claim(core, made.id).value.evidence == ()
    assert card.no_evidence.isVisible()


def test_a_quotation_shows_its_note_even_when_filters_hide_it(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="x", evidence=(lesson.notes[3].id,))
    tab.notes.search.setFocus()
    qtbot.keyClicks(tab.notes.search, "bars")
    assert tab.notes.model.rowCount() == 2

    qtbot.mouseClick(cards(tab, ClaimKind.GROWTH)[0].quotes[0], Qt.MouseButton.LeftButton)

    assert tab.notes.list.picked_ids() == (lesson.notes[3].id,)


def test_find_ignores_case_and_accents_and_starred_narrows(qtbot: QtBot, tab: TalkTab, lesson: Lesson) -> None:
    qtbot.keyClicks(tab.notes.search, "ELEVE")
    assert [tab.notes.model.event_at(row).id for row in range(tab.notes.model.rowCount())] == [lesson.notes[3].id]
    qtbot.keyClick(tab.notes.search, KEY.Key_Escape)

    qtbot.mouseClick(tab.notes.starred, Qt.MouseButton.LeftButton)

    assert tab.notes.model.rowCount() == 2


def test_n_adds_a_step_of_the_teacher_with_a_day(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    tab.notes.list.setFocus()
    qtbot.keyClick(tab.notes.list, KEY.Key_N)
    row = tab.steps.rows[0]
    qtbot.keyClicks(row.text, "Put think, pair, share on the slide")
    qtbot.keyClick(row.text, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(row.due.line, "+10")
    row.help.setFocus()
    qtbot.keyClicks(row.help, "Joonas sends his")

    assert tab.leave()

    (step,) = steps.of_visit(core, lesson.visit.id)
    assert (step.text, step.owner_id) == ("Put think, pair, share on the slide", lesson.teacher.id)
    assert (step.due, step.help) == (date(2026, 3, 20), "Joonas sends his")


def test_a_day_that_is_none_is_kept_on_screen_and_marked(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    steps.add(core, visit_id=lesson.visit.id, text="x", due=date(2026, 3, 20))
    row = tab.steps.rows[0]
    row.setFocus()
    row.due.line.setFocus()
    row.due.line.selectAll()
    qtbot.keyClicks(row.due.line, "31 Febr")

    row.help.setFocus()

    assert row.due.line.text() == "31 Febr"
    assert "20 March" in row.due.line.toolTip()
    assert steps.of_visit(core, lesson.visit.id)[0].due == date(2026, 3, 20)


def test_a_step_of_the_teacher_is_let_go_but_never_ticked_off(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    steps.add(core, visit_id=lesson.visit.id, text="x")
    row = tab.steps.rows[0]
    row.setFocus()

    assert row.done_button.accessibleName() == "Let it go"
    qtbot.keyClick(row, KEY.Key_Space)
    assert steps.of_visit(core, lesson.visit.id)[0].status is StepStatus.DROPPED
    assert row.done_button.accessibleName() == "Open again"
    qtbot.keyClick(row, KEY.Key_Space)
    assert steps.of_visit(core, lesson.visit.id)[0].status is StepStatus.OPEN


def test_a_promise_of_somebody_else_can_be_done_and_deleted(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    steps.add(core, visit_id=lesson.visit.id, text="x", owner_id=lesson.visit.observer_id)
    row = tab.steps.rows[0]
    row.setFocus()

    qtbot.keyClick(row, KEY.Key_Space)
    assert steps.of_visit(core, lesson.visit.id)[0].status is StepStatus.DONE
    qtbot.keyClick(row, KEY.Key_Delete)
    assert steps.of_visit(core, lesson.visit.id) == ()

    tab.undo()
    assert [step.text for step in steps.of_visit(core, lesson.visit.id)] == ["x"]
    assert len(tab.steps.rows) == 1


def test_more_than_two_steps_get_a_quiet_word(core: Core, tab: TalkTab, lesson: Lesson) -> None:
    for text in ("a", "b"):
        steps.add(core, visit_id=lesson.visit.id, text=text)
    assert not tab.steps.hint.isVisible()

    steps.add(core, visit_id=lesson.visit.id, text="c")

    assert tab.steps.hint.text() == "One or two at a time keeps them real."


def test_the_conversation_is_kept_as_it_is_typed(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    tab.conversation.summary.text.setFocus()

    with qtbot.waitSignal(tab.saved):
        qtbot.keyClicks(tab.conversation.summary.text, "The starter felt rushed.")

    assert visits.get(core, lesson.visit.id).conversation == "The starter felt rushed."
    assert tab.conversation.summary.text.hasFocus()


def test_letters_in_a_text_are_only_letters(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    pick(qtbot, tab, 0)
    tab.conversation.summary.text.setFocus()

    qtbot.keyClicks(tab.conversation.summary.text, "sgqln")

    assert talk.claims(core, lesson.visit.id) == ()
    assert tab.conversation.summary.text.toPlainText() == "sgqln"


def test_the_foot_says_who_reads_and_what_there_is(core: Core, tab: TalkTab, lesson: Lesson) -> None:
    assert tab.bar.counts.text().startswith("Nothing to release yet.")

    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="x", evidence=(lesson.notes[0].id,))

    assert tab.bar.counts.text().startswith("1 claim, 1 note")
    assert lesson.teacher.name in tab.bar.readers.text()


def test_preview_stores_first(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    card = tab.board.begin(ClaimKind.GROWTH)
    qtbot.keyClicks(card.title, "Waiting fades")

    with qtbot.waitSignal(tab.preview_requested):
        qtbot.mouseClick(tab.bar.preview_button, Qt.MouseButton.LeftButton)

    assert claims(core, lesson, ClaimKind.GROWTH)[0].title == "Waiting fades"


def test_every_part_has_a_name_for_a_screen_reader(core: Core, tab: TalkTab, lesson: Lesson) -> None:
    talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title="Fades", evidence=(lesson.notes[0].id,))
    card = cards(tab, ClaimKind.GROWTH)[0]

    assert card.accessibleName() == "Growth area: Fades. 1 piece of evidence"
    assert card.quotes[0].accessibleName().startswith("Evidence at 08:54:")
    spoken = tab.notes.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("08:54, T,")
    assert spoken.endswith("starred, evidence for: Growth area")


def test_a_narrow_board_shows_one_column_at_a_time(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    tab.board.setFixedWidth(400)
    qtbot.waitUntil(tab.board.tabs.isVisible)
    assert not tab.board.columns[ClaimKind.QUESTION].isVisible()

    pick(qtbot, tab, 0)
    qtbot.keyClick(tab.notes.list, KEY.Key_Q)

    assert tab.board.columns[ClaimKind.QUESTION].isVisible()


def test_a_claim_that_is_being_written_stands_there_once_and_keeps_the_keyboard(
    qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson
) -> None:
    qtbot.keyClick(tab, KEY.Key_S)
    (card,) = cards(tab, ClaimKind.STRENGTH)
    qtbot.keyClicks(card.title, "Silence is used")
    qtbot.waitUntil(lambda: len(claims(core, lesson, ClaimKind.STRENGTH)) == 1)

    qtbot.keyClick(card.title, KEY.Key_Tab)
    assert card.text.hasFocus()
    qtbot.keyClicks(card.text, "Most pairs went on.")
    qtbot.keyClick(card.text, KEY.Key_Backtab)
    assert card.title.hasFocus()
    assert tab.leave()

    assert cards(tab, ClaimKind.STRENGTH) == (card,)
    (claim,) = claims(core, lesson, ClaimKind.STRENGTH)
    assert (claim.title, claim.text) == ("Silence is used", "Most pairs went on.")


def test_a_step_that_is_being_written_stands_there_once(qtbot: QtBot, core: Core, tab: TalkTab, lesson: Lesson) -> None:
    qtbot.keyClick(tab, KEY.Key_N)
    (row,) = tab.steps.rows
    qtbot.keyClicks(row.text, "Cards on the tables")
    qtbot.waitUntil(lambda: len(steps.of_visit(core, lesson.visit.id)) == 1)

    assert tab.steps.rows == (row,)
    assert row.text.hasFocus()
