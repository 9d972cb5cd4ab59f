"""What a newcomer meets: names stay, the first page has a way on, nothing is pressed by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.services import people, steps, visits
from observe_app.ui.today import TodayPage
from observe_app.ui.visit.prepare import PrepareTab

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner


def test_a_new_name_is_added_by_tab_and_survives_what_other_fields_store(
    qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget
) -> None:
    visit_id = visits.plan(core).id
    tab = PrepareTab(core, visit_id, runner, bus, host)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(tab)
    with qtbot.waitExposed(host):
        host.show()
    tab.activate()
    tab.teacher_field.line.setFocus()

    qtbot.keyClicks(tab.teacher_field.line, "Lena Hofer")
    qtbot.keyClick(tab.teacher_field.line, Qt.Key.Key_Tab)
    qtbot.keyClicks(tab.class_line, "Year 7 D")
    tab.class_line.left.emit()

    qtbot.waitUntil(lambda: visits.get(core, visit_id).class_name == "Year 7 D")
    assert visits.get(core, visit_id).teacher == "Lena Hofer"
    assert tab.teacher_field.line.text() == "Lena Hofer"
    assert tab.observer_field.line.hasFocus()


def test_tab_goes_through_the_lesson_as_one_reads_it(
    qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget
) -> None:
    tab = PrepareTab(core, visits.plan(core).id, runner, bus, host)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(tab)
    with qtbot.waitExposed(host):
        host.show()
    tab.activate()
    tab.topic_line.setFocus()
    met = []
    for _step in range(6):
        qtbot.keyClick(host.focusWidget(), Qt.Key.Key_Tab)
        met.append(host.focusWidget().objectName())

    assert met == ["visit_date", "visit_time", "visit_minutes", "visit_room", "visit_class_size", "visit_focus"]


def test_without_a_planned_visit_enter_plans_one_and_does_not_close_a_step(
    qtbot: QtBot, core: Core, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    teacher = people.add(core, name="Amina Diallo-Žižek")
    visit = visits.plan(core, teacher_id=teacher.id)
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    step = steps.add(core, visit_id=visit.id, text="Wait five breaths.", due=core.clock.now().date())
    page = open_page(TodayPage)

    with qtbot.waitSignal(page.plan_asked):
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert page.main_button is not None
    assert page.main_button.hasFocus()
    assert steps.open_step(core, step.id).value.status.value == "open"
