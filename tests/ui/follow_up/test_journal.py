"""The journal in Follow up: kept as typed, the newest first, taken back by undo, seen by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.journal_entry import EntryKind
from observe_app.services import journals, visits
from observe_app.services.core import subscribe
from observe_app.services.pdf.export import feedback_document
from observe_app.ui.bus import ChangeBus
from observe_app.ui.follow_up.journal_list import PORTION
from observe_app.ui.follow_up.journal_sheet import JournalSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from observe_app.ui.follow_up.journal_list import JournalList
    from tests.ui.talk.lesson import Lesson


def write(qtbot: QtBot, entries: JournalList, words: str) -> None:
    """Write an entry and go elsewhere."""
    field = entries.rows[0].text
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def texts(entries: JournalList) -> list[str]:
    return [row.text.text() for row in entries.rows]


def test_an_entry_is_kept_while_it_is_typed(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    tab.activate()
    field = tab.journal.learning.rows[0].text
    field.setFocus()
    qtbot.keyClicks(field, "I count to three")
    qtbot.waitUntil(lambda: bool(journals.of_visit(core, lesson.visit.id)))
    qtbot.keyClicks(field, " aloud")
    assert tab.leave()

    (entry,) = journals.of_visit(core, lesson.visit.id)
    assert (entry.text, entry.kind) == ("I count to three aloud", EntryKind.LEARNING)


def test_entries_stand_newest_first_below_an_empty_line(
    qtbot: QtBot, core: Core, tab: FollowUpTab, clock: FakeClock
) -> None:
    tab.activate()
    write(qtbot, tab.journal.journal, "first")
    clock.advance(seconds=60)
    write(qtbot, tab.journal.journal, "second")

    assert texts(tab.journal.journal) == ["", "second", "first"]
    assert texts(tab.journal.learning) == [""]


def test_an_entry_is_changed_where_it_stands(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    journals.add(core, visit_id=lesson.visit.id, text="one")
    tab.activate()
    field = tab.journal.journal.rows[1].text
    field.write()
    qtbot.keyClicks(field, " and two")
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert [entry.text for entry in journals.of_visit(core, lesson.visit.id)] == ["one and two"]
    assert texts(tab.journal.journal) == ["", "one and two"]


def test_an_entry_with_a_title_alone_is_not_taken_for_an_empty_one(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson
) -> None:
    journals.add(core, visit_id=lesson.visit.id, text="", title="Seven seconds")
    tab.activate()
    row = tab.journal.journal.rows[1]
    assert row.title.text() == "Seven seconds"
    row.text.write()
    qtbot.keyClick(row.text, Qt.Key.Key_Escape)
    assert [entry.title for entry in journals.of_visit(core, lesson.visit.id)] == ["Seven seconds"]


def test_a_deleted_entry_comes_back(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    journals.add(core, visit_id=lesson.visit.id, text="one")
    tab.activate()
    qtbot.mouseClick(tab.journal.journal.rows[1].delete_button, Qt.MouseButton.LeftButton)
    assert journals.of_visit(core, lesson.visit.id) == ()
    assert texts(tab.journal.journal) == [""]
    assert tab.journal.journal.undo_note.words.text() == "Entry deleted."

    qtbot.mouseClick(tab.journal.journal.undo_note.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: texts(tab.journal.journal) == ["", "one"])


def test_an_entry_that_was_emptied_is_gone(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    journals.add(core, visit_id=lesson.visit.id, text="one")
    tab.activate()
    field = tab.journal.journal.rows[1].text
    field.write()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert journals.of_visit(core, lesson.visit.id) == ()
    assert texts(tab.journal.journal) == [""]


def test_the_journal_is_in_no_document(core: Core, lesson: Lesson) -> None:
    journals.add(core, visit_id=lesson.visit.id, text="Quokka")
    journals.add(core, visit_id=lesson.visit.id, text="Numbat", kind=EntryKind.LEARNING)

    text = feedback_document(core, visit_id=lesson.visit.id, include_notes=True).to_json()
    assert "Quokka" not in text
    assert "Numbat" not in text


def test_the_whole_journal_leads_to_its_visits(qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    other = visits.plan(core, class_name="9 C")
    journals.add(core, visit_id=other.id, text="elsewhere")
    journals.add(core, text="of no visit")
    bus = ChangeBus()
    end = subscribe(core, bus.publish)
    sheet = JournalSheet(core, bus, tab)
    sheet.open_over()
    assert [row.text.text() for row in sheet.entries.rows] == ["", "of no visit", "elsewhere"]
    write(qtbot, sheet.entries, "new here")
    qtbot.waitUntil(lambda: len(journals.everything(core)) == 3)
    assert journals.everything(core)[0].visit_id == ""

    with qtbot.waitSignal(sheet.visit_asked) as asked:
        sheet.entries.rows[-1].about.click()
    assert asked.args == [other.id]
    end()


def test_the_sheet_of_the_journal_is_as_high_as_its_entries(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    bus = ChangeBus()
    sheet = JournalSheet(core, bus, tab)
    sheet.open_over()
    qtbot.waitUntil(sheet.isVisible)
    empty = sheet.pane.height()

    for place in range(3):
        journals.add(core, kind=EntryKind.JOURNAL, text=f"Thought {place}", visit_id=lesson.visit.id)
    sheet.reload()
    some = sheet.pane.height()
    for place in range(30):
        journals.add(core, kind=EntryKind.JOURNAL, text=f"Thought {place}", visit_id=lesson.visit.id)
    sheet.reload()

    assert empty < some < sheet.pane.height() <= tab.height() - 100
    assert sheet.safe_button is not None
    bottom = sheet.safe_button.mapTo(sheet, sheet.safe_button.rect().bottomLeft()).y()
    assert bottom < sheet.height()


def test_escape_leaves_the_keyboard_in_the_sheet_and_ctrl_enter_begins_the_next(
    qtbot: QtBot, core: Core, tab: FollowUpTab
) -> None:
    sheet = JournalSheet(core, ChangeBus(), tab)
    sheet.open_over()
    first = sheet.entries.rows[0].text
    first.setFocus()
    qtbot.keyClicks(first, "One")
    qtbot.keyClick(first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    second = sheet.entries.rows[0].text
    assert second is not first
    assert second.hasFocus()
    qtbot.keyClicks(second, "Two")
    qtbot.keyClick(second, Qt.Key.Key_Escape)

    assert sheet.safe_button is not None
    assert sheet.safe_button.hasFocus()
    assert [entry.text for entry in journals.everything(core)] == ["Two", "One"]
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet.safe_button, Qt.Key.Key_Escape)


def test_a_long_journal_shows_its_newest_part(core: Core, qtbot: QtBot, tab: FollowUpTab, lesson: Lesson) -> None:
    for number in range(PORTION + 3):
        journals.add(core, visit_id=lesson.visit.id, text=f"entry {number}")
    tab.activate()
    assert len(tab.journal.journal.rows) == PORTION + 1
    qtbot.mouseClick(tab.journal.journal.more_button, Qt.MouseButton.LeftButton)
    assert len(tab.journal.journal.rows) == PORTION + 4
