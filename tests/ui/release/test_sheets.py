"""The parts of the sheets about a release: names, heights, readers, ratings in a correction, words of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.turn import Voice
from observe_app.domain.visit import Stage
from observe_app.services import answers, history, name_places, people, releases, talk, turns, visits, wording
from observe_app.ui.release import CorrectSheet, ReleaseSheet, WithdrawSheet
from observe_app.ui.release.pages_sheet import PagesSheet
from observe_app.ui.undo_words import field_name, undone_sentence, what_was_done
from observe_app.ui.visit.audience_sheet import AudienceSheet
from observe_app.ui.visit.header import VisitHeader
from observe_app.ui.widgets import Sheet, TextLabel
from tests.ui.release.test_releasing import PATIENCE, accept, click, open_sheet, sheet_of, talk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.theme import ThemeController
    from observe_app.ui.visit.page import VisitPage
    from tests.ui.talk.lesson import Lesson

    Show = Callable[[str, str], VisitPage]


def say(core: Core, lesson: Lesson, *words: str) -> None:
    for text in words:
        turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text=text)


def rate(core: Core, visit_id: str) -> None:
    """Choose a form and give one rating."""
    visits.choose_form(
        core, visit_id=visit_id, form_id="general-peer-observation", seen=visits.open_visit(core, visit_id).seen
    )
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=3, seen=seen)


def release_sheet(qtbot: QtBot, page: VisitPage) -> ReleaseSheet:
    sheet = open_sheet(qtbot, page)
    assert isinstance(sheet, ReleaseSheet)
    return sheet


def inside(sheet: Sheet, widget: QWidget) -> bool:
    """Whether the whole of a widget is on the screen."""
    low = widget.mapTo(sheet, widget.rect().bottomRight())
    return sheet.rect().contains(widget.mapTo(sheet, widget.rect().topLeft())) and sheet.rect().contains(low)


# --- names -----------------------------------------------------------------------------------------------------------


def test_the_same_name_elsewhere_takes_the_same_words(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, "So Peter Miller waited", "Then Peter Miller again", "And then Sarah Jones spoke")
    names = release_sheet(qtbot, show(lesson.visit.id, "talk")).names
    assert len(names.edits) == 3
    edits = {edit.accessibleName(): edit for edit in names.edits}
    edits["Write instead of Sarah Jones"].setText("S9")
    first = names.edits[0]
    first.setFocus()
    first.selectAll()
    qtbot.keyClicks(first, "S7")

    with qtbot.waitSignal(names.replaced):
        qtbot.keyClick(first, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: len(names.edits) == 2, timeout=PATIENCE)
    assert [edit.text() for edit in names.edits] == ["S7", "S9"], "what was typed for another name stays"
    assert QApplication.focusWidget() is names.buttons[0], "the keyboard is at the next name"


def test_words_that_cannot_stand_there_are_said(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, "So Peter Miller waited")
    names = release_sheet(qtbot, show(lesson.visit.id, "talk")).names
    names.edits[0].setFocus()
    names.edits[0].clear()

    qtbot.keyClick(names.edits[0], Qt.Key.Key_Return)

    assert names.told.isVisible()
    assert names.told.text()
    assert [turn.text for turn in turns.of_visit(core, lesson.visit.id)] == ["So Peter Miller waited"]


def test_enter_beside_a_name_releases_nothing(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    say(core, lesson, "So Peter Miller waited")
    page = show(lesson.visit.id, "talk")
    qtbot.waitUntil(talk_of(page).bar.release_button.isEnabled, timeout=PATIENCE)
    sheet = open_sheet(qtbot, page)
    assert isinstance(sheet, CorrectSheet)
    sheet.why_edit.setText("A turn was missing")
    assert sheet.main_button is not None
    assert sheet.main_button.isEnabled()
    sheet.names.edits[0].setFocus()
    sheet.names.edits[0].clear()

    with qtbot.assertNotEmitted(sheet.released, wait=300):
        qtbot.keyClick(sheet.names.edits[0], Qt.Key.Key_Return)

    assert sheet.isVisible()
    assert len(releases.of_visit(core, lesson.visit.id)) == 1


def test_every_name_can_be_shown(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, *(f"So Peter Miller waited {place} minutes" for place in range(30)))
    sheet = release_sheet(qtbot, show(lesson.visit.id, "talk"))
    assert sheet.names.more_button.text() == "Show 18 more"

    sheet.names.more_button.click()

    assert len(sheet.names.buttons) == 30
    assert not sheet.names.more_button.isVisible()


def test_all_names_give_way_to_the_words_beside_them(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, *(f"So Peter Miller waited {place} minutes" for place in range(14)), "And Sarah Jones spoke")
    sheet = release_sheet(qtbot, show(lesson.visit.id, "talk"))
    sheet.names.edits[0].setText("S7")
    for edit in sheet.names.edits[1:]:
        edit.setText("S8")
    assert sheet.names.all_button.text() == "Replace all 15"

    with qtbot.waitSignal(sheet.loaded, timeout=PATIENCE):
        sheet.names.all_button.click()

    assert not sheet.names.isVisible()
    texts = [turn.text for turn in turns.of_visit(core, lesson.visit.id)]
    assert texts[0] == "So S7 waited 0 minutes"
    assert texts[1] == "So S8 waited 1 minutes"
    assert texts[13] == "So S7 waited 13 minutes"
    assert texts[14] == "And a student spoke"


def test_show_leads_to_where_the_name_stands(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    opened = visits.open_visit(core, lesson.visit.id)
    visits.update(core, visit_id=lesson.visit.id, seen=opened.seen, focus="How long does Peter Miller wait?")
    page = show(lesson.visit.id, "talk")
    sheet = release_sheet(qtbot, page)

    with qtbot.waitSignal(sheet.closed):
        click(qtbot, sheet.names.show_buttons[0])

    assert page.stage is Stage.PREPARE
    assert releases.of_visit(core, lesson.visit.id) == ()


def test_a_name_is_read_out_with_its_words(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, "So Peter <b>Miller waited for Peter Miller & S3")
    names = release_sheet(qtbot, show(lesson.visit.id, "talk")).names

    told = [label.accessibleName() for label in names.findChildren(TextLabel)]
    assert "Conversation: “So Peter <b>Miller waited for Peter Miller & S3”" in told


# --- heights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize(("width", "height"), [(1024, 640), (1366, 768), (1920, 1080)])
def test_the_sheet_is_as_high_as_what_it_says(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson, theme: ThemeController, size: int, width: int, height: int
) -> None:
    theme.set_text_size(size)
    page = show(lesson.visit.id, "talk")
    page.window().resize(width, height)
    sheet = release_sheet(qtbot, page)
    assert sheet.main_button is not None
    content = sheet.pane.widget()
    assert content is not None

    def fits() -> bool:
        assert sheet.main_button is not None
        free = 48 + sheet.main_button.height()
        return inside(sheet, sheet.main_button) and (
            sheet.pane.height() == content.height() or height - sheet.pane.height() < 4 * free + height // 2
        )

    qtbot.waitUntil(fits, timeout=PATIENCE)
    if height >= 1080 or size == 100:
        assert not sheet.pane.is_scrollable


def test_the_sheet_follows_the_window(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, *(f"So Peter Miller waited {place} minutes" for place in range(9)))
    page = show(lesson.visit.id, "talk")
    page.window().resize(1024, 640)
    sheet = release_sheet(qtbot, page)
    qtbot.waitUntil(lambda: sheet.pane.is_scrollable, timeout=PATIENCE)
    low = sheet.pane.height()

    page.window().resize(1366, 1000)

    qtbot.waitUntil(lambda: sheet.pane.height() > low + 100, timeout=PATIENCE)
    assert sheet.main_button is not None
    assert inside(sheet, sheet.main_button)


# --- pages -----------------------------------------------------------------------------------------------------------


def test_every_page_can_be_seen_before_it_leaves(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    say(core, lesson, *(f"I said this and that, number {place}." for place in range(60)))
    page = show(lesson.visit.id, "talk")
    click(qtbot, release_sheet(qtbot, page).pages_button)
    pages = sheet_of(page, PagesSheet)

    qtbot.waitUntil(lambda: pages.place.text().startswith("1 of "), timeout=PATIENCE)
    assert not pages.back_button.isEnabled()
    click(qtbot, pages.on_button)
    qtbot.waitUntil(lambda: pages.place.text().startswith("2 of "), timeout=PATIENCE)
    pages.reject()
    assert releases.of_visit(core, lesson.visit.id) == ()
    assert sheet_of(page, ReleaseSheet).isVisible()


# --- corrections -----------------------------------------------------------------------------------------------------


def test_ratings_that_waited_go_along_with_a_word_after_the_talk(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    rate(core, lesson.visit.id)
    releases.release(core, visit_id=lesson.visit.id, ratings=False)
    say(core, lesson, "It felt long")
    page = show(lesson.visit.id, "talk")
    qtbot.waitUntil(talk_of(page).bar.release_button.isEnabled, timeout=PATIENCE)
    sheet = open_sheet(qtbot, page)

    assert isinstance(sheet, CorrectSheet)
    assert sheet.changes.texts[0] == "The ratings go along now."
    assert not sheet.ratings.isVisible()


def test_ratings_can_be_kept_out_of_a_correction_before_the_talk(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    visit_id = lesson.visit.id
    rate(core, visit_id)
    releases.release(core, visit_id=visit_id, ratings=False)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="Voices")
    page = show(visit_id, "talk")
    qtbot.waitUntil(talk_of(page).bar.release_button.isEnabled, timeout=PATIENCE)
    sheet = open_sheet(qtbot, page)
    assert isinstance(sheet, CorrectSheet)
    assert sheet.ratings.isVisible()
    qtbot.keyClicks(sheet.why_edit, "A claim was missing")
    assert sheet.main_button is not None
    assert not sheet.main_button.isEnabled()

    with qtbot.waitSignal(sheet.loaded, timeout=PATIENCE):
        sheet.ratings.wait.click()
    assert sheet.changes.texts == ("Added: “Voices”.",)
    accept(qtbot, sheet)

    made = releases.latest(core, visit_id)
    assert made is not None
    assert made.number == 2
    assert "rating" not in [one.kind for part in releases.document_of(made).checklist for one in part.items]


def test_nothing_is_withdrawn_without_a_reason(
    qtbot: QtBot, core: Core, shown: Callable[[QWidget], QWidget], runner: JobRunner, lesson: Lesson
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    host = QWidget()
    host.resize(900, 640)
    shown(host)
    sheet = WithdrawSheet(core, runner, lesson.visit.id, host)
    sheet.open_over()
    assert QApplication.focusWidget() is sheet.safe_button

    sheet.why_edit.setFocus()
    qtbot.keyClicks(sheet.why_edit, "   ")
    qtbot.keyClick(sheet.why_edit, Qt.Key.Key_Return)
    assert sheet.isVisible()
    qtbot.keyClicks(sheet.why_edit, "The wrong class")
    with qtbot.waitSignal(sheet.released, timeout=PATIENCE):
        qtbot.keyClick(sheet.why_edit, Qt.Key.Key_Return)
    made = releases.latest(core, lesson.visit.id)
    assert made is not None
    assert made.why == "The wrong class"


def test_words_that_are_being_written_leave_too(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    page = show(lesson.visit.id, "talk")
    tab = talk_of(page)
    card = tab.board.columns[ClaimKind.STRENGTH].cards[0]
    card.text.setFocus()
    qtbot.keyClicks(card.text, "You counted to five.")

    sheet = open_sheet(qtbot, page)
    accept(qtbot, sheet)

    made = releases.latest(core, lesson.visit.id)
    assert made is not None
    assert "You counted to five." in made.document


# --- who reads it ----------------------------------------------------------------------------------------------------


def test_readers_are_offered_from_the_people_known_and_said_by_undo(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    people.ensure(core, "Tomás Rivera")
    releases.release(core, visit_id=lesson.visit.id)
    page = show(lesson.visit.id, "talk")
    click(qtbot, page.header.badge)
    sheet = sheet_of(page, AudienceSheet)
    completer = sheet.edit.completer()
    assert completer is not None
    completer.setCompletionPrefix("river")
    assert completer.completionCount() == 1

    sheet.edit.setText("Ana Lima")
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Return)
    assert sheet.said.text() == "Ana Lima may read it now."
    assert sheet.edit.text() == ""
    (away,) = [one for one in sheet.findChildren(QPushButton) if one.property("reader") == "Ana Lima"]
    assert away.accessibleName() == "Ana Lima may not read it any more"
    away.click()
    assert "cannot be fetched back" in sheet.said.text()
    sheet.reject()

    action = history.undo(core, scope=lesson.visit.id)
    assert releases.audience(core, lesson.visit.id) == ("Amina Diallo-Žižek", "Ana Lima")
    assert undone_sentence(action, undoing=True).startswith("Who else may read it: taken back.")


def test_twelve_readers_with_long_names_fit_on_a_small_page(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    for number in range(12):
        name = f"Maximiliane-Alexandrina von Hohenzollern-Sigmaringen und Thurn {number}"
        releases.set_reader(core, visit_id=lesson.visit.id, name=name)
    page = show(lesson.visit.id, "talk")
    page.window().resize(1024, 640)
    click(qtbot, page.header.badge)
    sheet = sheet_of(page, AudienceSheet)

    assert sheet.safe_button is not None
    qtbot.waitUntil(lambda: sheet.safe_button is not None and inside(sheet, sheet.safe_button), timeout=PATIENCE)
    assert inside(sheet, sheet.add_button)
    assert page.header.badge.text() == "Teacher, you and 12 others"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), "Only you"),
        (("Amina",), "Teacher and you"),
        (("Amina", "Ana"), "Teacher, you and 1 other"),
        (("Amina", "Ana", "Bo"), "Teacher, you and 2 others"),
    ],
)
def test_the_badge_says_in_words_who_reads(
    shown: Callable[[QWidget], QWidget], names: tuple[str, ...], words: str
) -> None:
    header = VisitHeader()
    shown(header)
    header.show_audience(names)
    assert header.badge.text() == words


# --- what the history says -------------------------------------------------------------------------------------------


def test_the_history_has_a_word_for_everything_about_a_release(core: Core, lesson: Lesson) -> None:
    visit_id = lesson.visit.id
    say(core, lesson, "So Peter Miller waited")
    (found,) = wording.names_in(core, visit_id)
    name_places.replace_name(core, visit_id, found, "S7")
    releases.set_reader(core, visit_id=visit_id, name="Ana Lima")
    releases.release(core, visit_id=visit_id)
    releases.take_back(core, visit_id)
    made = releases.release(core, visit_id=visit_id)
    releases.add_copy(core, release=made, reader="Amina", way="file", scope="summary", file_name="a.pdf", data=b"x")
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="Voices")
    releases.release(core, visit_id=visit_id, why="One was missing")
    releases.withdraw(core, visit_id, "The wrong class")

    kinds = {action.kind for action in history.of_visit(core, visit_id)}
    about = {kind for kind in kinds if kind.partition(".")[0] in {"name", "reader", "release", "copy"}}
    assert len(about) == 7
    told = [what_was_done(kind) for kind in about]
    assert what_was_done("something.unknown") not in told
    assert len(set(told)) == 7
    assert field_name("release", "why") == "Reason"
