"""A visit on the teacher's own computer: what is read, what can be written, who is let in, and erasing it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from observe_app.domain.ids import natural_id
from observe_app.domain.visit import Stage
from observe_app.services import notes, people, replies, visits
from observe_app.services.core import subscribe
from observe_app.services.sync import sharing
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.observe import LessonClockWidget
from observe_app.ui.today.shared_rows import CameNews
from observe_app.ui.visit.audience_sheet import AudienceSheet
from observe_app.ui.visit.erase_sheet import EraseSheet
from observe_app.ui.visit.page import VisitPage
from observe_app.ui.widgets import Sheet, TextLabel
from tests.keyrings import memory_keyring
from tests.member_hands import Attacker
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.ui.jobs import JobRunner

SHOTS = os.environ.get("OBSERVE_SHOTS", "")


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        people.ensure(made.cores["Amina"], "Nora")
        made.meet()
        yield made


@pytest.fixture
def show(qtbot: QtBot, runner: JobRunner, staff: School) -> Iterator[Callable[[str, str, str], VisitPage]]:
    ends: list[Callable[[], None]] = []
    pages: list[VisitPage] = []
    hosts: list[QWidget] = []

    def open_one(name: str, visit_id: str, stage: str) -> VisitPage:
        core, bus = staff.cores[name], ChangeBus()
        ends.append(subscribe(core, bus.publish))
        host = QWidget()
        qtbot.addWidget(host)
        hosts.append(host)
        host.resize(1290, 768)
        page = VisitPage(core, runner, bus, host)
        pages.append(page)
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page.header_widget())
        column.addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        page.show_target(VisitTarget(visit_id, stage))
        page.activate()
        return page

    yield open_one
    for page in pages:
        page.leave()
    for end in ends:
        end()


def keep(widget: QWidget, name: str) -> None:
    if SHOTS:
        for _ in range(20):
            QApplication.processEvents()
        widget.window().grab().save(str(Path(SHOTS) / f"{name}.png"))


def sheet_of(page: VisitPage, kind: type[Sheet]) -> Sheet:
    return page.window().findChildren(kind)[-1]


def words(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(TextLabel) if label.isVisibleTo(widget))


def test_the_teacher_reads_and_replies_in_their_own_copy(qtbot: QtBot, staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    page = show("Amina", visit, "follow_up")
    assert page.header.badge.text() == "Observer and you"
    assert "Joonas wrote this visit" in page.read_only.words.text()
    tab = page.tab
    assert tab.replies.head.left_title.text() == "The observer’s words"
    assert not tab.sent.acts.isVisibleTo(tab)
    assert not tab.replies.ways.read_button.isVisibleTo(tab)
    assert tab.replies.ways.type_button.text() == "Write your reply…"
    keep(page, "teacher-follow-up")
    tab.replies.ways.type_button.click()
    sheet = page.window().findChild(QWidget, "typed_reply_sheet")
    assert sheet.title_label.text() == "Your reply"
    sheet.overall.set_text("I saw it too")
    sheet.overall.edited.emit()
    keep(page, "teacher-reply-sheet")
    sheet.accept()
    (reply,) = replies.of_visit(staff.cores["Amina"], visit)
    assert (reply.source, reply.overall) == ("app", "I saw it too")
    tab.reload()
    said = words(tab)
    assert "As you read it" in said
    assert "written by you" in tab.replies.head.right_words.text()
    assert "by the teacher" not in said
    keep(page, "teacher-replied")
    assert tab.replies.ways.type_button.text() == "Change your reply…"
    tab.replies.ways.type_button.click()
    again = page.window().findChildren(QWidget, "typed_reply_sheet")[-1]
    assert again.overall.text() == "I saw it too"
    again.overall.set_text("I saw it too, twice")
    again.overall.edited.emit()
    again.accept()
    (reply,) = replies.of_visit(staff.cores["Amina"], visit)
    assert reply.overall == "I saw it too, twice"
    staff.rounds(times=2)
    (there,) = replies.of_visit(staff.cores["Joonas"], visit)
    assert (there.source, there.overall, there.seen) == ("app", "I saw it too, twice", False)


def test_the_teacher_reads_the_notes_that_were_released_and_can_do_nothing_to_them(
    qtbot: QtBot, staff: School, show: Callable
) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    core = staff.cores["Amina"]
    page = show("Amina", visit, "observe")
    keep(page, "teacher-observe")
    assert page.read_only.words.text() == "Notes that Joonas released"
    assert [event.text for event in page.tab.model.events] == ["Five breaths of waiting"]
    for name in ("note_line", "lesson_menu", "observe_tab"):
        assert not any(one.isVisibleTo(page.window()) for one in page.window().findChildren(QWidget, name))
    assert not any(one.isVisibleTo(page.window()) for one in page.window().findChildren(LessonClockWidget))
    before = notes.stream(core, visit)
    view = page.tab.view
    view.show_row(0)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_P, Qt.Key.Key_Asterisk, Qt.Key.Key_Z):
        qtbot.keyClick(view, key)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rows.star_rect(view.visualRect(
        view.model().index(0, 0))).center())  # fmt: skip
    assert notes.stream(core, visit) == before
    page.go_to_stage(Stage.TALK)
    page.go_to_stage(Stage.OBSERVE)
    assert page.tab.model.rowCount() == 1


def test_ones_own_visit_has_its_line_again_after_somebody_elses(staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    own = staff.visit("Amina", "Nora")
    page = show("Amina", own, "observe")
    assert page.tab.line.isVisibleTo(page)
    page.show_target(VisitTarget(visit, "observe"))
    page.activate()
    assert page.tab.objectName() == "released_notes"
    page.show_target(VisitTarget(own, "observe"))
    page.activate()
    assert page.tab.line.isVisibleTo(page)
    assert page.tab.isEnabled()
    assert not page.read_only.isVisibleTo(page)


def test_a_visit_that_came_before_the_program_began_is_news_until_it_is_opened(staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    core = staff.cores["Amina"]
    assert [one.id for one in CameNews(core, ChangeBus()).visits()] == [visit]
    assert CameNews(staff.cores["Joonas"], ChangeBus()).visits() == ()
    assert CameNews(staff.cores["Nora"], ChangeBus()).visits() == ()
    show("Amina", visit, "talk")
    assert CameNews(core, ChangeBus()).visits() == ()
    staff.rounds(times=2)
    assert CameNews(core, ChangeBus()).visits() == ()


def test_looking_at_what_came_is_enough(staff: School) -> None:
    staff.released("Joonas", "Amina")
    staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    news = CameNews(staff.cores["Amina"], ChangeBus())
    assert len(news.visits()) == 2
    news.seen()
    assert news.visits() == ()
    assert CameNews(staff.cores["Amina"], ChangeBus()).visits() == ()


def test_claims_are_closed_and_the_conversation_is_open(staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    page = show("Amina", visit, "talk")
    assert not page.tab.board.isEnabled()
    assert page.tab.conversation.isEnabled()
    keep(page, "teacher-talk")
    own = show("Joonas", visit, "talk")
    assert own.tab.board.isEnabled()
    assert not own.read_only.isVisibleTo(own)


def test_the_keys_of_claims_say_whose_they_are(qtbot: QtBot, staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    page = show("Amina", visit, "talk")
    notes = page.tab.notes
    assert not any(button.isVisibleTo(page) for button in (*notes.keys.values(), notes.link_button))
    for key in "SGQL":
        notes.undo_note.hide()
        qtbot.keyClick(page.tab, key)
        assert "for the observer to write" in words(page.tab)
    assert len(page.tab.board.cards) == 1
    own = show("Joonas", visit, "talk")
    assert all(button.isVisibleTo(own) for button in (*own.tab.notes.keys.values(), own.tab.notes.link_button))


def test_the_teacher_lets_a_coach_in_by_name(staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    page = show("Amina", visit, "follow_up")
    page.header.badge.click()
    sheet = sheet_of(page, AudienceSheet)
    sheet.edit.setText("nora")
    sheet.coach_button.click()
    assert "Nora gets what you wrote" in sheet.said.text()
    keep(page, "audience-teacher")
    assert [one.name for one in sharing.takers(staff.cores["Amina"], visit) if one.share.role == "coach"] == ["Nora"]
    (away,) = [one for one in sheet.findChildren(QPushButton) if one.property("fingerprint")]
    away.click()
    assert "keeps what they received" in words(sheet)
    sheet.reject()
    assert page.header.badge.text() == "Observer and you"


def test_the_observer_is_told_who_decides(staff: School, show: Callable) -> None:
    visit = staff.released("Joonas", "Amina")
    page = show("Joonas", visit, "follow_up")
    assert page.header.badge.text() == "Teacher and you"
    page.header.badge.click()
    sheet = sheet_of(page, AudienceSheet)
    assert "Amina decides in the app" in sheet.told.text()
    assert "number not compared yet · through School" in words(sheet)
    assert not sheet.add_button.isVisibleTo(sheet)
    keep(page, "audience-observer")
    sheet.reject()


def test_erasing_is_asked_twice(qtbot: QtBot, staff: School, show: Callable, runner: JobRunner) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    page = show("Joonas", visit, "follow_up")
    sheet = EraseSheet(staff.cores["Joonas"], runner, visit, page)
    sheet.open_over()
    assert "Amina had it through the shared folder" in words(sheet)
    assert not sheet.main.isEnabled()
    sheet.box.setChecked(True)
    assert not sheet.main.isEnabled()
    sheet.name_edit.setText("amina ")
    assert sheet.main.isEnabled()
    keep(page, "erase-sheet")
    told: list[str] = []
    sheet.erased.connect(told.append)
    with qtbot.waitSignal(sheet.erased, timeout=10_000):
        sheet.main.click()
    assert "still hold it: Amina" in told[0]
    assert visits.listing(staff.cores["Joonas"]) == ()


def test_a_visit_in_a_colleagues_name_says_plainly_who_wrote_it(staff: School, show) -> None:
    nora = Attacker(staff, "Nora")
    joonas = str(staff.cores["Joonas"].settings.get().me_id)
    visit = nora.own_visit("Amina")
    member = natural_id("member", visit, "observer", joonas)
    cells = {"visit_id": visit, "role": "observer", "person_id": joonas}
    names = nora.row("person", joonas, name="Joonas")
    nora.send(nora.to("Amina", visit=visit, author="Nora"), *names, *nora.row("visit_member", member, **cells))
    staff.rounds("Amina")

    page = show("Amina", visit, "follow_up")
    words = page.read_only.words
    assert words.text() == "Nora wrote this visit, not Joonas, whom it names as observer."
    assert words.tone == "warm"
    page.header_widget().badge.click()
    (sheet,) = page.window().findChildren(AudienceSheet)
    told = [label.text() for label in sheet.findChildren(TextLabel)]
    assert "Nora wrote this visit, not Joonas, whom it names as observer." in told
