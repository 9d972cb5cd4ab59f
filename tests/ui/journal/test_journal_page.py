"""The journal as a place: it keeps itself, finds, gives on what is picked, and makes a portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.portfolio import PickKind, picks_of
from observe_app.services import history, journals, people
from observe_app.services.groups import groups
from observe_app.services.learning import excerpts, portfolio
from observe_app.services.learning.prompts import PROMPTS
from observe_app.ui.bus import ChangeBus
from observe_app.ui.journal.page import ENTRIES, PORTFOLIO, SHARED, JournalPage
from tests.services.learning.made import person, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, core: Core, runner: JobRunner, shown: Callable[[QWidget], QWidget]) -> Iterator[JournalPage]:
    people.introduce(core, name="Jonas Brandt")
    made = JournalPage(core, runner, bus := ChangeBus())
    made.header_widget().setParent(made)  # type: ignore[union-attr]  # it has one
    end = core.store.subscribe(bus.publish)
    made.resize(1290, 720)
    shown(made)
    made.activate()
    yield made
    end()


def write(qtbot: QtBot, page: JournalPage, words: str) -> None:
    page.editor.text_area.setFocus()
    qtbot.keyClicks(page.editor.text_area, words)


def sheet(page: JournalPage) -> QWidget:
    return next(one for one in page.findChildren(QWidget, "sheet") if one.isVisible())


def button(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def test_words_are_kept_while_they_are_typed(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    write(qtbot, page, "I counted")
    qtbot.waitUntil(lambda: [one.text for one in journals.everything(core)] == ["I counted"])
    write(qtbot, page, " to seven")
    qtbot.keyClicks(page.editor.title_line, "Waiting")
    assert page.leave()
    (entry,) = journals.everything(core)
    assert (entry.title, entry.text, entry.kind) == ("Waiting", "I counted to seven", EntryKind.JOURNAL)


def test_a_new_entry_offers_nothing_that_needs_words(page: JournalPage) -> None:
    assert not page.editor.share_button.isEnabled()
    assert not page.editor.delete_button.isEnabled()
    assert page.editor.kind_choice.value == "journal"


def test_nothing_is_kept_of_an_entry_without_a_word(core: Core, page: JournalPage, qtbot: QtBot) -> None:
    write(qtbot, page, "  ")
    assert page.leave()
    assert journals.everything(core) == ()


def test_the_question_is_answered_or_another_one_comes(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    first = page.prompt_label.text()
    qtbot.mouseClick(page.another_button, LEFT)
    second = page.prompt_label.text()
    assert first != second
    assert {first, second} <= set(PROMPTS)
    qtbot.mouseClick(page.answer_button, LEFT)
    write(qtbot, page, "An answer")
    assert page.leave()
    (entry,) = journals.everything(core)
    assert entry.prompt == second
    page.reload()
    assert page.editor.prompt_label.text() == second


def test_all_questions_come_before_one_comes_again(qtbot: QtBot, page: JournalPage) -> None:
    seen = set()
    for _time in PROMPTS:
        seen.add(page.prompt_label.text())
        qtbot.mouseClick(page.another_button, LEFT)
    assert seen == set(PROMPTS)


def test_entries_are_found_while_words_are_typed(qtbot: QtBot, core: Core, page: JournalPage, clock: FakeClock) -> None:
    for words in ("Élève at the window", "The bell", "Seven seconds"):
        clock.advance(seconds=60)
        journals.add(core, text=words)
    page.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    qtbot.keyClicks(page.search, "eleve win")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    found = page.model.entry(0)
    assert found is not None
    assert found.text == "Élève at the window"
    qtbot.keyClicks(page.search, "zzz")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert "No entry" in page.nothing.text()


def test_going_to_another_entry_keeps_what_was_typed(
    qtbot: QtBot, core: Core, page: JournalPage, clock: FakeClock
) -> None:
    old = journals.add(core, text="old").value
    clock.advance(seconds=60)
    new = journals.add(core, text="new").value
    page.show_entry(new.id)
    page.editor.text_area.moveCursor(page.editor.text_area.textCursor().MoveOperation.End)
    write(qtbot, page, " words")
    page.list.setCurrentIndex(page.model.index(page.model.number_of(old.id), 0))
    assert page.editor.text_area.text() == "old"
    assert journals.open_entry(core, new.id).value.text == "new words"


def test_words_of_an_entry_deleted_elsewhere_are_not_lost(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    entry = journals.add(core, text="old").value
    page.show_entry(entry.id)
    page.editor.text_area.moveCursor(page.editor.text_area.textCursor().MoveOperation.End)
    page.editor.text_area.setFocus()
    qtbot.keyClicks(page.editor.text_area, " and new")
    journals.delete(core, entry_id=entry.id, seen=journals.open_entry(core, entry.id).seen)
    assert page.leave()
    assert [one.text for one in journals.everything(core)] == ["old and new"]


def test_a_deleted_entry_comes_back_with_undo(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    entry = journals.add(core, text="one").value
    page.show_entry(entry.id)
    with qtbot.waitSignal(page.message_posted) as told:
        qtbot.mouseClick(page.editor.delete_button, LEFT)
    assert told.args[0].key == "undo/"
    assert journals.everything(core) == ()
    history.undo(core)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_an_entry_is_about_visits_and_leads_there(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    me = people.me(core)
    assert me is not None
    where = visit(core, person(core, "Amina Diallo"), me)
    entry = journals.add(core, text="about it", visit_ids=(where,)).value
    page.show_entry(entry.id)
    link = next(one for one in page.editor.findChildren(QWidget) if one.property("visit") == where)
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.mouseClick(link, LEFT)
    assert asked.args[0].visit_id == where


def test_own_learning_is_a_kind_of_entry(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    entry = journals.add(core, text="one").value
    page.show_entry(entry.id)
    qtbot.mouseClick(page.editor.kind_choice.button("learning"), LEFT)
    assert journals.open_entry(core, entry.id).value.kind is EntryKind.LEARNING


def test_the_kind_of_a_new_entry_is_chosen_before_its_first_word(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    page.new_entry()
    qtbot.mouseClick(page.editor.kind_choice.button("learning"), LEFT)
    qtbot.keyClicks(page.editor.text_area, "I look up too late")
    assert page.editor.leave()

    assert [(one.text, one.kind) for one in journals.everything(core)] == [("I look up too late", EntryKind.LEARNING)]
    page.new_entry()
    assert page.editor.kind_choice.value == "journal"


def test_an_entry_that_the_keyboard_came_to_is_lit(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    journals.add(core, text="one")
    journals.add(core, text="two")
    page.reload()
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: page.editor.entry is not None)

    shown = page.editor.entry
    assert shown is not None
    lit = page.list.selectionModel().selectedIndexes()
    assert [page.model.entry(one.row()).id for one in lit] == [shown.id]


def test_exactly_the_picked_words_go_and_come_back(qtbot: QtBot, core: Core, page: JournalPage) -> None:
    group = groups.add(core, name="Questioning")
    entry = journals.add(core, text="Give this.\n\nKeep this.\n\nAnd this goes.").value
    page.show_entry(entry.id)
    qtbot.mouseClick(page.editor.share_button, LEFT)
    opened = sheet(page)
    assert not button(opened, "share_now").isEnabled()
    for name in ("share_passage_0", "share_passage_2"):
        button(opened, name).setChecked(True)  # type: ignore[attr-defined]  # a check box
    preview = button(opened, "share_preview").toPlainText()  # type: ignore[attr-defined]  # a text area
    assert preview == "Give this.\n[…]\nAnd this goes."
    assert "Questioning" in button(opened, "share_reach").text()  # type: ignore[attr-defined]  # a label
    qtbot.mouseClick(button(opened, "share_copy"), LEFT)
    assert QGuiApplication.clipboard().text() == preview
    qtbot.mouseClick(button(opened, "share_now"), LEFT)
    (given,) = excerpts.mine(core)
    assert (given.excerpt.text, given.excerpt.group_id) == (preview, group.id)

    page.tabs.setCurrentIndex(SHARED)
    back = next(one for one in page.shared.findChildren(QWidget) if one.property("excerpt") == given.excerpt.id)
    qtbot.mouseClick(back, LEFT)
    assert excerpts.mine(core) == ()


def test_a_portfolio_is_begun_filled_put_in_order_and_written(
    qtbot: QtBot, core: Core, page: JournalPage, tmp_path: Path, clock: FakeClock
) -> None:
    person(core, "Amina Diallo")
    for words in ("First of Amina", "Second"):
        clock.advance(seconds=60)
        journals.add(core, text=words)
    page.tabs.setCurrentIndex(PORTFOLIO)
    qtbot.mouseClick(button(page, "portfolio_begin"), LEFT)
    qtbot.mouseClick(button(page, "days_keep"), LEFT)
    view = page.portfolios
    assert view.portfolio is not None

    qtbot.mouseClick(view.pick_button, LEFT)
    opened = sheet(page)
    for row in opened.rows:  # type: ignore[attr-defined]  # a PickSheet
        row.box.setChecked(True)
    qtbot.mouseClick(button(opened, "pick_now"), LEFT)
    assert [row.chosen.text for row in view.rows] == ["First of Amina", "Second"]
    assert "Amina Diallo" in view.names.text()

    qtbot.mouseClick(view.rows[0].down_button, LEFT)
    assert [row.chosen.text for row in view.rows] == ["Second", "First of Amina"]
    qtbot.mouseClick(view.rows[1].remove_button, LEFT)
    qtbot.keyClicks(view.foreword, "Less is more.")
    assert page.leave()
    (kept,) = portfolio.listing(core)
    assert (kept.foreword, [one.kind for one in picks_of(kept.picks)]) == ("Less is more.", [PickKind.ENTRY])
    assert "Nobody else" in view.names.text()

    qtbot.mouseClick(view.pdf_button, LEFT)
    dialog = button(page, "pdf_where")
    with qtbot.waitSignal(page.message_posted, timeout=20_000):
        dialog.fileSelected.emit(str(tmp_path / "mine.pdf"))  # type: ignore[attr-defined]  # a file dialog
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")
    dialog.close()


def test_the_keyboard_goes_from_part_to_part(page: JournalPage) -> None:
    assert page.start_widget() is page.editor.text_area
    assert page.views.currentIndex() == ENTRIES
    assert len(page.regions()) == 3
