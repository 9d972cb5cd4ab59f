"""Today as a person finds it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from observe_app.domain.action_step import StepStatus
from observe_app.domain.visit import Stage
from observe_app.services import people, steps, visits
from observe_app.services.sync import retention
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.settings.retention_section import DueSheet
from observe_app.ui.today import TodayPage
from observe_app.ui.widgets import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


def plan(core: Core, name: str, start: datetime | None, **fields: object) -> Visit:
    return visits.plan(core, teacher_id=people.ensure(core, name).id, start=start, **fields)


def button(qtbot: QtBot, host: QWidget, text: str) -> Button:
    def found() -> list[Button]:
        return [one for one in host.findChildren(Button) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_nothing_to_do_is_a_quiet_day_with_two_ways_on(
    qtbot: QtBot, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    page = open_page(TodayPage)

    assert page.is_empty
    with qtbot.waitSignal(page.plan_asked):
        qtbot.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.start_asked):
        qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)


def test_the_next_visit_starts_by_enter(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Amina", clock.now() + timedelta(minutes=21), class_name="Year 8", focus="Who answers?")
    page = open_page(TodayPage)

    block = page.blocks[0]
    assert (block.time_label.text(), block.when_label.text()) == ("09:26", "in 21 minutes")
    assert block.name_label.text() == "Amina"
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert asked.args == [VisitTarget(visit.id, "observe")]
    assert visits.get(core, visit.id).started == clock.now()


def test_a_visit_of_another_day_is_opened_not_started(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Amina", clock.now() + timedelta(days=1))
    page = open_page(TodayPage)

    assert page.blocks[0].when_label.text() == "tomorrow"
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert asked.args == [VisitTarget(visit.id, "prepare")]
    assert visits.get(core, visit.id).started is None


def test_an_unfinished_lesson_is_on_top(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    plan(core, "Later", clock.now() + timedelta(minutes=30))
    visit = plan(core, "Running", clock.now())
    visits.begin(core, visit_id=visit.id)
    clock.advance(seconds=31 * 60)
    page = open_page(TodayPage)

    assert [block.row.teacher for block in page.blocks] == ["Running", "Later"]
    assert "31 minutes ago" in page.blocks[0].when_label.text()
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Return)
    assert asked.args == [VisitTarget(visit.id, "observe")]


def test_a_conversation_that_waits_is_one_press_away(
    qtbot: QtBot, core: Core, clock: FakeClock, host: QWidget, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Ilse", clock.now())
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    page = open_page(TodayPage)

    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.mouseClick(button(qtbot, host, "Prepare the talk"), Qt.MouseButton.LeftButton)

    assert asked.args == [VisitTarget(visit.id, "talk")]


def test_a_promise_is_done_and_can_be_taken_back(
    qtbot: QtBot, core: Core, clock: FakeClock, host: QWidget, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Ilse", clock.now())
    me = people.ensure(core, "Joonas")
    step = steps.add(core, visit_id=visit.id, text="Send the slide", owner_id=me.id, due=clock.now().date())
    page = open_page(TodayPage)

    with qtbot.waitSignal(page.message_posted) as posted:
        qtbot.mouseClick(button(qtbot, host, "Done"), Qt.MouseButton.LeftButton)

    assert steps.open_step(core, step.id).value.status is StepStatus.DONE
    assert posted.args[0].key == f"undo/{visit.id}"
    qtbot.waitUntil(lambda: not [row for row in page.rows if row.isVisible()])


def test_a_step_of_the_teacher_is_looked_for_and_not_done_by_hand(
    qtbot: QtBot, core: Core, clock: FakeClock, host: QWidget, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Ilse", clock.now())
    steps.add(core, visit_id=visit.id, text="Wait five breaths", due=clock.now().date())
    page = open_page(TodayPage)
    row = next(row for row in page.rows if "Wait five breaths" in row.accessibleName())

    assert row.accessibleName().endswith("yours to look for")
    assert not row.findChildren(Button)
    with qtbot.waitSignal(page.visit_asked) as asked:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert asked.args == [VisitTarget(visit.id, "follow_up")]


def test_an_overdue_step_is_said(
    core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    visit = plan(core, "Ilse", None)
    steps.add(core, visit_id=visit.id, text="Send the slide", due=(clock.now() - timedelta(days=3)).date())
    page = open_page(TodayPage)

    assert "Was due." in page.rows[0].accessibleName()


def test_what_is_planned_elsewhere_appears_by_itself(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    page = open_page(TodayPage)
    assert page.is_empty

    plan(core, "Amina", clock.now() + timedelta(hours=2))

    qtbot.waitUntil(lambda: not page.is_empty)
    assert page.blocks[0].when_label.text() == "in 2 hours"


@pytest.mark.parametrize("name", ["", "N" * 190])
def test_names_missing_or_long_do_not_widen_the_page(
    core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage], name: str
) -> None:
    visit = plan(core, name or "x", clock.now() + timedelta(hours=1), focus="long " * 500)
    if not name:
        visits.set_person(
            core,
            visit_id=visit.id,
            role=people.Role.TEACHER,
            person_id=None,
            seen=visits.open_visit(core, visit.id).seen,
        )
    page = open_page(TodayPage)

    assert page.blocks[0].width() <= page.width()
    assert page.blocks[0].name_label.text() == (name or "Teacher not named yet")


def test_a_visit_past_its_time_is_not_next(
    core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    plan(core, "Yesterday", clock.now() - timedelta(hours=20))
    page = open_page(TodayPage)

    assert page.is_empty
    assert visits.listing(core)[0].stage is Stage.PREPARE


def test_visits_kept_long_enough_are_a_row_that_lists_them(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    old = plan(core, "Amina", clock.now() - timedelta(days=900))
    retention.set_years(core, 1)
    page = open_page(TodayPage)

    row = next(one for one in page.rows if one.objectName() == "due_row")
    assert "1 visit was kept long enough, Amina" in row.accessibleName()
    row.findChild(Button, "look_due").click()
    sheet = page.window().findChild(DueSheet)
    assert visits.get(core, old.id).id == old.id
    sheet.box.setChecked(True)
    sheet.main.click()

    qtbot.waitUntil(lambda: not visits.listing(core))
    qtbot.waitUntil(lambda: page.is_empty)


def test_without_a_number_of_years_nothing_is_due(
    core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    plan(core, "Amina", clock.now() - timedelta(days=900))
    page = open_page(TodayPage)

    assert page.is_empty
