"""What was also written, as a person meets it: the mark at the field, both versions, the list, undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.ids import natural_id
from observe_app.domain.turn import Voice
from observe_app.services import also_written, answers, history, notes, people, steps, talk, turns, visits
from observe_app.services.core import subscribe
from observe_app.ui.also.dialog import AlsoDialog, DeletedSheet, open_dialog
from observe_app.ui.also.hooks import AlsoStrip
from observe_app.ui.also.mark import AlsoMark, open_cells
from observe_app.ui.also.page import AlsoPage
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.talk.claim_card import ClaimCard
from observe_app.ui.talk.step_row import StepRow
from observe_app.ui.talk.turn_row import TurnRow
from observe_app.ui.visit.page import VisitPage
from observe_app.ui.widgets import Button
from tests.also_hands import Colleague, ops_of, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

BEFORE = "Hands stay down."
MINE = "Hands stay down. Nobody laughs."
THEIRS = "Everybody thinks. Hands stay down."
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def bus(core: Core, qtbot: QtBot) -> Iterator[ChangeBus]:
    bus = ChangeBus()
    end = subscribe(core, bus.publish)
    yield bus
    end()
    bus.deleteLater()


@pytest.fixture
def amina(core: Core) -> Colleague:
    return Colleague(core, "Amina Diallo-Žižek")


@pytest.fixture
def visit_id(core: Core, amina: Colleague) -> str:
    assert amina.person is not None
    visit = visits.plan(core, teacher_id=amina.person.id).id
    visits.update(core, visit_id=visit, seen=history.seen(core, ("visit", visit)), focus=BEFORE)
    return visit


@pytest.fixture
def page(core: Core, bus: ChangeBus, visit_id: str, runner: JobRunner, qtbot: QtBot) -> Iterator[VisitPage]:
    page = VisitPage(core, runner, bus)
    qtbot.addWidget(page)
    qtbot.addWidget(page.header)
    page.resize(1290, 700)
    page.show_target(VisitTarget(visit_id, "prepare"))
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.activate()
    yield page
    page.leave()


def write_apart(core: Core, visit_id: str, amina: Colleague, mine: str = MINE, theirs: str = THEIRS) -> None:
    seen = ops_of(core, "visit", visit_id, "focus")
    visits.update(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)), focus=mine)
    amina.writes("visit", visit_id, {"focus": theirs}, seen=seen)


def only(root: QWidget, kind: type[W], name: str = "") -> W:
    """The one such widget that shows."""
    (found,) = (one for one in root.findChildren(kind) if one.isVisible() and name in ("", one.objectName()))
    return found


def focused() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def marks(root: QWidget) -> list[AlsoMark]:
    return [one for one in root.findChildren(AlsoMark) if one.isVisible()]


def dialog(core: Core, bus: ChangeBus, cell: tuple[str, str, str], shown: Callable[[QWidget], QWidget]) -> AlsoDialog:
    page = QWidget()
    page.resize(1200, 760)
    shown(page)
    sheet = open_dialog(core, bus, cell, page)
    assert isinstance(sheet, AlsoDialog)
    return sheet


class TestMark:
    """The words at the field."""

    def test_nothing_is_made_while_nothing_is_open(self, page: VisitPage) -> None:
        assert page.findChildren(AlsoMark) == []
        assert not page.also_strip.isVisible()

    def test_it_comes_with_the_other_words_and_goes_with_the_choice(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot
    ) -> None:
        write_apart(core, visit_id, amina)

        qtbot.waitUntil(lambda: len(marks(page)) == 1)
        assert marks(page)[0].text() == "also written"
        also_written.keep_mine(core, also_written.open_conflicts(core)[0])
        qtbot.waitUntil(lambda: not marks(page))
        history.undo(core, scope=visit_id)
        qtbot.waitUntil(lambda: len(marks(page)) == 1)

    def test_pressing_it_shows_both_versions(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot
    ) -> None:
        write_apart(core, visit_id, amina)
        qtbot.waitUntil(lambda: len(marks(page)) == 1)

        marks(page)[0].click()

        assert [card.text.accessibleName() for card in only(page, AlsoDialog).cards] == [THEIRS, MINE]

    def test_rows_of_the_talk_bear_it(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot
    ) -> None:
        step = steps.add(core, visit_id=visit_id, text="Use the sticks").id
        claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, text="Silence").id
        turn = turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="I was checking.").id
        page.show_target(VisitTarget(visit_id, "talk"))
        page.activate()
        for table, row in (("action_step", step), ("claim", claim), ("turn", turn)):
            amina.writes(table, row, {"text": "Something else"}, seen=())

        qtbot.waitUntil(lambda: len(marks(page)) == 3)
        for kind in (StepRow, ClaimCard, TurnRow):
            assert any(mark.parent() is not None and isinstance(mark.parentWidget(), kind) for mark in marks(page))

    def test_what_has_no_field_stands_in_a_line_under_the_header(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot
    ) -> None:
        note = notes.add(core, visit_id=visit_id, line="She waits", offset_ms=722_000)
        amina.writes("event", note.id, {"text": "She waits long"}, seen=())

        strip = page.findChild(AlsoStrip)
        assert strip is not None
        qtbot.waitUntil(strip.isVisible)
        assert "12:02" in strip.words.text()
        only(strip, Button, "also_strip_look").click()
        assert only(page, AlsoDialog).cards[0].text.accessibleName() == "She waits long"

    def test_the_data_are_asked_once_whatever_number_of_marks_shows(self, core: Core, bus: ChangeBus) -> None:
        assert open_cells(core, bus) is open_cells(core, bus)


class TestDialog:
    """Both versions side by side."""

    @pytest.fixture
    def sheet(
        self, core: Core, bus: ChangeBus, visit_id: str, amina: Colleague, shown: Callable[[QWidget], QWidget]
    ) -> AlsoDialog:
        write_apart(core, visit_id, amina)
        return dialog(core, bus, ("visit", visit_id, "focus"), shown)

    def test_it_tells_who_and_marks_what_differs(self, sheet: AlsoDialog) -> None:
        assert [card.radio.accessibleName().split(",")[0] for card in sheet.cards] == [
            "Amina Diallo-Žižek’s words",
            "Your words",
        ]
        assert [card.text.runs for card in sheet.cards] == [("Everybody thinks.",), ("Nobody laughs.",)]
        assert sheet.main_button is not None
        assert sheet.main_button.text() == "Show Amina Diallo-Žižek’s words"

    def test_enter_shows_what_is_chosen(self, core: Core, sheet: AlsoDialog, visit_id: str) -> None:
        QTest.keyClick(focused(), Qt.Key.Key_Return)

        assert not sheet.isVisible()
        assert also_written.count(core) == 0
        assert value_of(core, "visit", visit_id, "focus") == THEIRS

    def test_an_arrow_key_chooses_the_other_one_and_the_button_says_so(
        self, core: Core, sheet: AlsoDialog, visit_id: str
    ) -> None:
        sheet.cards[0].radio.setFocus()
        QTest.keyClick(sheet.cards[0].radio, Qt.Key.Key_Right)
        assert sheet.main_button is not None
        assert sheet.main_button.text() == "Show your words"

        sheet.main_button.click()

        assert value_of(core, "visit", visit_id, "focus") == MINE

    def test_both_are_taken_with_one_click(self, core: Core, sheet: AlsoDialog, visit_id: str) -> None:
        only(sheet, Button, "take_both").click()

        assert value_of(core, "visit", visit_id, "focus") == "Everybody thinks. Hands stay down. Nobody laughs."
        assert history.of_visit(core, visit_id)[0].kind == "also.merge"

    def test_a_third_version_typed_is_what_the_button_shows(self, core: Core, sheet: AlsoDialog, visit_id: str) -> None:
        assert sheet.together is not None
        sheet.together.setFocus()
        sheet.together.selectAll()
        QTest.keyClicks(sheet.together, "Ours")
        assert sheet.main_button is not None
        assert sheet.main_button.text() == "Show what is written together"
        assert not any(radio.isChecked() for radio in sheet.findChildren(QRadioButton))

        QTest.keyClick(sheet.together, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

        assert value_of(core, "visit", visit_id, "focus") == "Ours"

    def test_choosing_a_version_again_forgets_the_third_one(self, core: Core, sheet: AlsoDialog, visit_id: str) -> None:
        assert sheet.together is not None
        QTest.keyClicks(sheet.together, "x")
        sheet.cards[1].radio.click()
        assert sheet.main_button is not None

        sheet.main_button.click()

        assert value_of(core, "visit", visit_id, "focus") == MINE

    def test_escape_decides_later(self, core: Core, sheet: AlsoDialog) -> None:
        QTest.keyClick(sheet, Qt.Key.Key_Escape)

        assert not sheet.isVisible()
        assert also_written.count(core) == 1

    def test_what_comes_in_meanwhile_is_said_and_stays_open(
        self, core: Core, sheet: AlsoDialog, visit_id: str, qtbot: QtBot
    ) -> None:
        third = Colleague(core, "Tomás", writer="dddddddd", fingerprint="d" * 32)
        third.writes("visit", visit_id, {"focus": "Third"}, seen=())
        qtbot.waitUntil(sheet.trouble.isVisible)

        sheet.accept()

        assert also_written.count(core) == 1

    def test_fields_of_one_record_are_told_and_chosen_together(
        self, core: Core, bus: ChangeBus, visit_id: str, amina: Colleague, shown: Callable[[QWidget], QWidget]
    ) -> None:
        step = steps.add(core, visit_id=visit_id, text="Sticks", due=date(2026, 4, 1)).id
        seen = ops_of(core, "action_step", step)
        steps.edit(core, step_id=step, seen=history.seen(core, ("action_step", step)), text="Sticks, all",
                   due=date(2026, 3, 27))  # fmt: skip
        amina.writes("action_step", step, {"text": "Sticks, two", "due": "2026-04-03"}, seen=seen)
        sheet = dialog(core, bus, ("action_step", step, "text"), shown)
        assert any("3 April" in label.text() for label in sheet.cards[0].findChildren(type(sheet.trouble)))

        sheet.accept()

        assert value_of(core, "action_step", step, "due") == "2026-04-03"
        assert also_written.count(core) == 0

    def test_deleted_and_edited_asks_whether_to_keep(
        self, core: Core, bus: ChangeBus, visit_id: str, amina: Colleague, shown: Callable[[QWidget], QWidget]
    ) -> None:
        step = steps.add(core, visit_id=visit_id, text="Sticks").id
        seen = ops_of(core, "action_step", step)
        steps.edit(core, step_id=step, seen=history.seen(core, ("action_step", step)), text="Sticks, all")
        amina.writes("action_step", step, {"deleted": 1}, seen=seen)
        page = QWidget()
        page.resize(1200, 760)
        shown(page)
        sheet = open_dialog(core, bus, ("action_step", step, "deleted"), page)
        assert isinstance(sheet, DeletedSheet)

        sheet.delete_button.click()

        assert steps.of_visit(core, visit_id) == ()
        history.undo(core, scope=visit_id)
        assert [one.id for one in steps.of_visit(core, visit_id)] == [step]


def test_answers_in_the_form_are_told_by_their_labels(
    core: Core, bus: ChangeBus, amina: Colleague, shown: Callable[[QWidget], QWidget]
) -> None:
    visit = visits.plan(core, form_id="learning-walk")
    found = visits.form_of(visit)
    assert found is not None
    item = next(one for one in found.items if one.kind is ItemKind.RATING)
    answers.give(core, visit_id=visit.id, item=item.id, value=2, seen=NOTHING_SEEN)
    row = natural_id("answer", visit.id, item.id)
    amina.writes("answer", row, {"value": None, "absence": "not_seen"}, seen=())

    sheet = dialog(core, bus, ("answer", row, "value"), shown)

    level = next(one for one in item.levels if one.number == 2)
    said = {card.text.accessibleName() for card in sheet.cards}
    assert text_in(level.label, found.language) in said
    assert len(said) == 2
    sheet.cards[1].radio.click()
    sheet.accept()
    assert answers.all_of(core, visit.id)[item.id].value == 2
    assert answers.all_of(core, visit.id)[item.id].absence is None
    assert also_written.count(core) == 0


class TestList:
    """Everything open, in words."""

    def open(self, core: Core, bus: ChangeBus, shown: Callable[[QWidget], QWidget]) -> AlsoPage:
        page = QWidget()
        page.resize(1200, 760)
        shown(page)
        sheet = AlsoPage(core, bus, page)
        sheet.open_over()
        return sheet

    def test_it_says_that_nothing_is_open(
        self, core: Core, bus: ChangeBus, shown: Callable[[QWidget], QWidget]
    ) -> None:
        sheet = self.open(core, bus, shown)

        assert sheet.rows == ()
        assert any("Nothing is open" in label.text() for label in sheet.findChildren(type(sheet.said)))

    def test_by_keyboard_alone_one_chooses_and_takes_it_back(
        self, core: Core, bus: ChangeBus, visit_id: str, amina: Colleague, shown: Callable[[QWidget], QWidget]
    ) -> None:
        write_apart(core, visit_id, amina)
        sheet = self.open(core, bus, shown)
        assert "Focus" in sheet.rows[0].accessibleName()
        assert "Amina Diallo-Žižek and you" in sheet.rows[0].accessibleName()

        QTest.keyClick(focused(), Qt.Key.Key_Return)
        QTest.keyClick(focused(), Qt.Key.Key_Return)

        assert also_written.count(core) == 0
        assert sheet.rows == ()
        assert QApplication.focusWidget() is sheet.undo_button
        QTest.keyClick(sheet.undo_button, Qt.Key.Key_Return)
        assert also_written.count(core) == 1
        assert len(sheet.rows) == 1


class TestEditors:
    """An editor that is open while other words come in keeps what is typed, and claims to have seen no more."""

    def test_a_turn(self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot) -> None:
        turn = turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="I was").id
        page.show_target(VisitTarget(visit_id, "talk"))
        page.activate()
        row = only(page, TurnRow)
        row.text.setFocus()
        QTest.keyClicks(row.text, "Yes, ")
        amina.writes("turn", turn, {"text": "She was"}, seen=ops_of(core, "turn", turn, "text"))
        assert row.text.text() != "She was"
        row.store()

        (found,) = also_written.open_conflicts(core)
        assert {one.value for one in found.versions} == {row.text.text(), "She was"}

    def test_a_step_keeps_its_words_and_leaves_the_others_day_alone(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague
    ) -> None:
        step = steps.add(core, visit_id=visit_id, text="Sticks", due=date(2026, 4, 1)).id
        page.show_target(VisitTarget(visit_id, "talk"))
        page.activate()
        row = only(page, StepRow)
        row.text.setFocus()
        QTest.keyClicks(row.text, "More ")
        amina.writes("action_step", step, {"due": "2026-05-05"}, seen=ops_of(core, "action_step", step, "due"))
        row.store()

        assert also_written.open_conflicts(core) == ()
        assert value_of(core, "action_step", step, "due") == "2026-05-05"
        assert "More" in str(value_of(core, "action_step", step, "text"))

    def test_a_claim_keeps_its_words_and_leaves_the_others_heading_alone(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague
    ) -> None:
        claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title="Old", text="Silence").id
        page.show_target(VisitTarget(visit_id, "talk"))
        page.activate()
        (card,) = (one for one in page.findChildren(ClaimCard) if one.claim_id == claim)
        card.text.setFocus()
        QTest.keyClicks(card.text, "More ")
        amina.writes("claim", claim, {"title": "New", "text": "Quiet"}, seen=ops_of(core, "claim", claim))
        card.store()

        (found,) = also_written.open_conflicts(core)
        assert found.column == "text"
        assert value_of(core, "claim", claim, "title") == "New"

    def test_a_field_of_the_visit(
        self, core: Core, page: VisitPage, visit_id: str, amina: Colleague, qtbot: QtBot
    ) -> None:
        area = page.tab.focus_area  # type: ignore[union-attr]
        area.setFocus()
        QTest.keyClicks(area, "Mine ")
        amina.writes("visit", visit_id, {"focus": "Theirs"}, seen=ops_of(core, "visit", visit_id, "focus"))
        assert area.text().startswith("Mine")
        qtbot.waitUntil(lambda: also_written.count(core) == 1)

        (found,) = also_written.open_conflicts(core)
        assert {one.value for one in found.versions} == {f"Mine {BEFORE}", "Theirs"}


def test_typing_in_one_field_for_long_is_no_question(core: Core, page: VisitPage, visit_id: str, qtbot: QtBot) -> None:
    """One's own pauses never stand against each other."""
    area = page.tab.focus_area  # type: ignore[union-attr]
    area.setFocus()
    for word in ("one ", "two ", "three "):
        QTest.keyClicks(area, word)
        area.left.emit()
        assert word in str(value_of(core, "visit", visit_id, "focus"))

    assert also_written.count(core) == 0


def test_a_persons_field_bears_the_mark(
    core: Core, bus: ChangeBus, amina: Colleague, runner: JobRunner, qtbot: QtBot
) -> None:
    from observe_app.ui.people.page import PeoplePage

    assert amina.person is not None
    page = PeoplePage(core, runner, bus)
    qtbot.addWidget(page)
    page.resize(1290, 700)
    page.show()
    page.activate()
    page.show_person(amina.person.id)
    people.edit(core, person_id=amina.person.id, seen=history.seen(core, ("person", amina.person.id)), subjects="Art")
    amina.writes("person", amina.person.id, {"subjects": "Music"}, seen=())

    qtbot.waitUntil(lambda: len(marks(page)) == 1)
    page.leave()
