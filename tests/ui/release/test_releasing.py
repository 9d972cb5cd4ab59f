"""Releasing as a person does it: the foot of Talk, the sheet, the badge; corrections and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.release import ReleaseKind
from observe_app.domain.turn import Voice
from observe_app.domain.visit import Stage
from observe_app.services import answers, notes, people, releases, talk, turns, visits
from observe_app.ui.release import CorrectSheet, ReleaseSheet, TakeBackSheet, WithdrawSheet
from observe_app.ui.release.base import ReleasingSheet
from observe_app.ui.release.short_name import MOST, short_name
from observe_app.ui.talk import TalkTab
from observe_app.ui.visit.audience_sheet import AudienceSheet
from observe_app.ui.widgets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.visit.page import VisitPage
    from tests.ui.talk.lesson import Lesson

    Show = Callable[[str, str], VisitPage]

PATIENCE = 15_000
Kind = TypeVar("Kind", bound=Sheet)


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def talk_of(page: VisitPage) -> TalkTab:
    tab = page.tab
    assert isinstance(tab, TalkTab)
    return tab


def sheet_of(page: VisitPage, kind: type[Kind]) -> Kind:
    (found,) = [one for one in page.window().findChildren(kind) if one.isVisible()]
    return found


def open_sheet(qtbot: QtBot, page: VisitPage) -> ReleasingSheet:
    """Press the button at the foot of Talk and wait until the sheet knows what leaves."""
    click(qtbot, talk_of(page).bar.release_button)
    sheet = sheet_of(page, ReleasingSheet)
    qtbot.waitUntil(lambda: sheet.preview is not None, timeout=PATIENCE)
    return sheet


def accept(qtbot: QtBot, sheet: ReleasingSheet) -> None:
    assert sheet.main_button is not None
    assert sheet.main_button.isEnabled()
    with qtbot.waitSignal(sheet.released, timeout=PATIENCE):
        click(qtbot, sheet.main_button)


def test_the_sheet_opens_on_not_yet_and_escape_releases_nothing(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    page = show(lesson.visit.id, "talk")
    assert talk_of(page).bar.release_button.text() == "Release to Amina Diallo-Žižek…"
    sheet = open_sheet(qtbot, page)

    assert sheet.safe_button is not None
    assert sheet.safe_button.text() == "Not yet"
    assert QApplication.focusWidget() is sheet.safe_button
    assert sheet.main_button is not None
    assert sheet.main_button.text() == "Release to Amina Diallo-Žižek"
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert releases.of_visit(core, lesson.visit.id) == ()
    assert page.header.badge.text() == "Only you"


def test_a_release_says_what_leaves_what_stays_and_who_reads_it(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    notes.add(core, visit_id=lesson.visit.id, line="I would have spoken", offset_ms=99_000, private=True)
    page = show(lesson.visit.id, "talk")
    sheet = open_sheet(qtbot, page)

    assert isinstance(sheet, ReleaseSheet)
    who, nobody = sheet.readers.texts
    assert who.startswith("Amina Diallo-Žižek the teacher")
    assert nobody.startswith("Nobody else")
    leaves, stays = sheet.gets.texts
    assert leaves == "1 claim, 1 note"
    assert "3 notes" in stays
    assert "1 private note" in stays

    accept(qtbot, sheet)
    made = releases.latest(core, lesson.visit.id)
    assert made is not None
    assert (made.number, made.with_notes) == (1, False)
    assert "spoken" not in made.document
    qtbot.waitUntil(lambda: page.header.badge.text() == "Teacher and you", timeout=PATIENCE)
    assert page.stage is Stage.FOLLOW_UP
    assert visits.get(core, lesson.visit.id).stage is Stage.FOLLOW_UP


def test_all_notes_go_along_when_asked(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    sheet = open_sheet(qtbot, show(lesson.visit.id, "talk"))
    assert isinstance(sheet, ReleaseSheet)
    with qtbot.waitSignal(sheet.loaded, timeout=PATIENCE):
        sheet.notes_box.click()

    assert sheet.gets.texts[0] == "1 claim, 4 notes"
    accept(qtbot, sheet)
    made = releases.latest(core, lesson.visit.id)
    assert made is not None
    assert made.with_notes


def test_names_stand_first_each_with_its_words_and_give_way(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text="So Peter Miller had to wait")
    sheet = open_sheet(qtbot, show(lesson.visit.id, "talk"))
    assert isinstance(sheet, ReleaseSheet)
    assert sheet.names.isVisible()
    assert sheet.names.mapTo(sheet, sheet.names.rect().topLeft()).y() < sheet.gets.mapTo(sheet, sheet.gets.pos()).y()
    (edit,) = sheet.names.edits

    edit.setText("S7")
    with qtbot.waitSignal(sheet.loaded, timeout=PATIENCE):
        click(qtbot, sheet.names.buttons[0])

    assert not sheet.names.isVisible()
    assert [turn.text for turn in turns.of_visit(core, lesson.visit.id)] == ["So S7 had to wait"]


def test_thirty_names_fit_on_a_small_page(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    for place in range(30):
        turns.add(core, visit_id=lesson.visit.id, voice=Voice.TEACHER, text=f"So Peter Miller waited {place} minutes")
    page = show(lesson.visit.id, "talk")
    page.window().resize(948, 640)
    sheet = open_sheet(qtbot, page)
    assert isinstance(sheet, ReleaseSheet)

    assert "30 places" in sheet.names.title.text()
    assert len(sheet.names.buttons) == 12
    main = sheet.main_button
    assert main is not None
    qtbot.waitUntil(lambda: main.mapTo(sheet, main.rect().bottomRight()).y() < sheet.height(), timeout=PATIENCE)
    assert sheet.pane.geometry().bottom() < main.geometry().top()


def test_ratings_before_the_conversation_are_asked_about_first(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    visit_id = lesson.visit.id
    visits.choose_form(
        core, visit_id=visit_id, form_id="general-peer-observation", seen=visits.open_visit(core, visit_id).seen
    )
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=3, seen=seen)
    sheet = open_sheet(qtbot, show(visit_id, "talk"))
    assert isinstance(sheet, ReleaseSheet)
    assert sheet.ratings.isVisible()
    assert sheet.main_button is not None
    assert not sheet.main_button.isEnabled()

    with qtbot.waitSignal(sheet.loaded, timeout=PATIENCE):
        sheet.ratings.wait.click()
    assert sheet.ratings.isVisible()
    accept(qtbot, sheet)

    made = releases.latest(core, visit_id)
    assert made is not None
    kinds = [item.kind for section in releases.document_of(made).checklist for item in section.items]
    assert "rating" not in kinds


def test_a_correction_says_what_differs_and_asks_why(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    visit_id = lesson.visit.id
    releases.release(core, visit_id=visit_id)
    page = show(visit_id, "talk")
    bar = talk_of(page).bar
    qtbot.waitUntil(lambda: bar.counts.text() == "Nothing has changed since.", timeout=PATIENCE)
    assert not bar.release_button.isEnabled()
    assert bar.readers.text().startswith("Revision 1 released")

    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.QUESTION, title="Who chose?")
    qtbot.waitUntil(bar.release_button.isEnabled, timeout=PATIENCE)
    sheet = open_sheet(qtbot, page)
    assert isinstance(sheet, CorrectSheet)
    assert sheet.changes.texts == ("Added: “Who chose?”.",)
    assert sheet.main_button is not None
    assert not sheet.main_button.isEnabled()
    qtbot.keyClicks(sheet.why_edit, "A question was missing")
    accept(qtbot, sheet)

    made = releases.latest(core, visit_id)
    assert made is not None
    assert (made.number, made.kind, made.why) == (2, ReleaseKind.CORRECTION, "A question was missing")
    assert [one.number for one in releases.of_visit(core, visit_id)] == [1, 2]


def test_another_window_is_told_where_the_first_was_faster(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    sheet = open_sheet(qtbot, show(lesson.visit.id, "talk"))
    releases.release(core, visit_id=lesson.visit.id)
    assert sheet.main_button is not None

    click(qtbot, sheet.main_button)

    qtbot.waitUntil(sheet.trouble.isVisible, timeout=PATIENCE)
    assert sheet.isVisible()
    assert len(releases.of_visit(core, lesson.visit.id)) == 1


@pytest.mark.parametrize(("kind", "copied"), [(TakeBackSheet, False), (WithdrawSheet, True)])
def test_what_was_released_is_taken_back_or_withdrawn(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson, kind: type[ReleasingSheet], copied: bool
) -> None:
    made = releases.release(core, visit_id=lesson.visit.id)
    if copied:
        releases.add_copy(core, release=made, reader="Amina", way="print", scope="summary", data=b"x")
    page = show(lesson.visit.id, "follow_up")
    name = "withdraw_open" if copied else "take_back_open"
    (button,) = [one for one in page.findChildren(QPushButton, name) if not one.isHidden()]
    button.click()
    sheet = sheet_of(page, kind)
    if isinstance(sheet, WithdrawSheet):
        assert sheet.main_button is not None
        assert not sheet.main_button.isEnabled()
        sheet.why_edit.setText("It was the wrong class")
    accept(qtbot, sheet)

    stands = releases.latest(core, lesson.visit.id)
    if copied:
        assert stands is not None
        assert stands.kind is ReleaseKind.WITHDRAWAL
    else:
        assert stands is None
        qtbot.waitUntil(lambda: page.header.badge.text() == "Only you", timeout=PATIENCE)


def test_the_badge_names_who_reads_and_takes_down_whom_the_teacher_adds(
    qtbot: QtBot, core: Core, show: Show, lesson: Lesson
) -> None:
    releases.release(core, visit_id=lesson.visit.id)
    page = show(lesson.visit.id, "talk")
    assert page.header.badge.text() == "Teacher and you"
    click(qtbot, page.header.badge)
    sheet = sheet_of(page, AudienceSheet)

    sheet.edit.setText("Tomás Rivera")
    click(qtbot, sheet.add_button)

    assert releases.audience(core, lesson.visit.id) == ("Amina Diallo-Žižek", "Tomás Rivera")
    qtbot.waitUntil(lambda: page.header.badge.text() == "Teacher, you and 1 other", timeout=PATIENCE)
    (away,) = [one for one in sheet.findChildren(QPushButton) if one.property("reader") == "Tomás Rivera"]
    away.click()
    qtbot.waitUntil(lambda: page.header.badge.text() == "Teacher and you", timeout=PATIENCE)
    sheet.reject()


def test_nobody_named_cannot_be_released_to(qtbot: QtBot, core: Core, show: Show) -> None:
    visit = visits.plan(core)
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    bar = talk_of(show(visit.id, "talk")).bar

    assert not bar.release_button.isEnabled()
    assert bar.release_button.toolTip()


@pytest.mark.parametrize("name", ["Al", "A" * MOST, "Maximiliane-Alexandrina von Hohenzollern-Sigmaringen", "ß" * 200])
def test_a_button_holds_every_name(name: str) -> None:
    told = short_name(name)

    assert len(told) <= MOST
    assert (told == name) == (len(name) <= MOST)
    assert told[:2] == name[:2]
    assert told[-2:] == name[-2:]


def test_everything_can_be_done_by_the_keyboard(qtbot: QtBot, core: Core, show: Show, lesson: Lesson) -> None:
    people.ensure(core, "Tomás Rivera")
    sheet = open_sheet(qtbot, show(lesson.visit.id, "talk"))
    reached: list[QWidget | None] = []
    for _ in range(8):
        reached.append(QApplication.focusWidget())
        sheet.focusNextPrevChild(True)

    assert isinstance(sheet, ReleaseSheet)
    assert {sheet.safe_button, sheet.main_button, sheet.notes_box, sheet.pages_button} <= set(reached)
    assert not [one for one in reached if isinstance(one, QRadioButton)]  # nothing to ask here
