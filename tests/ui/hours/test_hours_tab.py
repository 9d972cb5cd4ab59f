"""The tab Hours: everybody by name, a statement that says how it counts, rules, time by hand, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from observe_app.domain.hours import HoursKind, Per
from observe_app.services.learning import certificates, hours
from observe_app.ui.bus import ChangeBus
from observe_app.ui.groups.tab_base import GroupsTarget
from observe_app.ui.hours.tab import HoursTab
from tests.services.learning.made import person, session, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def everybody(core: Core) -> tuple[Person, ...]:
    found = tuple(person(core, name) for name in ("Zoe", "Amina", "Mei"))
    visit(core, found[0], found[1], minutes=50, talk=20)
    session(core, "Wait time", {found[0]: 90})
    return found


@pytest.fixture
def tab(
    qtbot: QtBot, core: Core, runner: JobRunner, everybody: tuple[Person, ...], shown: Callable[[QWidget], QWidget]
) -> HoursTab:
    made = HoursTab(core, runner, ChangeBus())
    made.resize(1290, 680)
    shown(made)
    made.reload()
    return made


def sheet(tab: HoursTab) -> QWidget:
    return next(one for one in tab.findChildren(QWidget, "sheet") if one.isVisible())


def part(place: QWidget, name: str) -> QWidget:
    found = place.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def names(tab: HoursTab) -> list[str]:
    return [tab.model.index(row, 0).data() for row in range(tab.model.rowCount())]


def test_people_stand_by_name_whatever_their_hours(tab: HoursTab, qtmodeltester: ModelTester) -> None:
    assert names(tab) == ["Amina", "Mei", "Zoe"]
    assert not tab.table.horizontalHeader().sectionsClickable()
    qtmodeltester.check(tab.model)
    qtmodeltester.check(tab.view.lines)


def test_a_persons_statement_says_sum_lines_and_how(tab: HoursTab, everybody: tuple[Person, ...]) -> None:
    tab.show_target(GroupsTarget("hours", everybody[0].id))
    tab.reload()
    assert tab.view.name.text() == "Zoe"
    assert tab.view.sum.text() == "2 h 40 min in all"
    lines = [[tab.view.lines.index(row, column).data() for column in (1, 2, 3)] for row in range(3)]
    assert sorted(lines) == [
        ["Conversation", "as it lasted", "20 min"],
        ["Visit by a colleague", "as it lasted", "50 min"],
        ["Wait time", "as it lasted", "1 h 30 min"],
    ]


def test_search_narrows_the_list(qtbot: QtBot, tab: HoursTab) -> None:
    qtbot.keyClicks(tab.search, "me")
    qtbot.waitUntil(lambda: names(tab) == ["Mei"])
    qtbot.keyClicks(tab.search, "zz")
    qtbot.waitUntil(lambda: tab.stack.currentWidget() is tab.nobody)


def test_rules_are_set_and_statements_follow(qtbot: QtBot, core: Core, tab: HoursTab) -> None:
    qtbot.mouseClick(tab.rules_button, LEFT)
    opened = sheet(tab)
    part(opened, "per_observing").setCurrentIndex(1)  # type: ignore[attr-defined]  # a choice
    part(opened, "minutes_observing").setValue(30)  # type: ignore[attr-defined]  # a number
    part(opened, "cap_observing").setValue(10)  # type: ignore[attr-defined]  # the same
    qtbot.mouseClick(part(opened, "rules_keep"), LEFT)
    rule = hours.rules(core)[HoursKind.OBSERVING]
    assert (rule.per, rule.minutes, rule.cap_min) == (Per.EACH, 30, 600)
    assert hours.rules(core)[HoursKind.TALK].id == "", "what was not touched is not written"
    assert "30 min for each" in tab.view.rules.text()


def test_time_is_put_in_and_taken_away(qtbot: QtBot, core: Core, tab: HoursTab, everybody: tuple[Person, ...]) -> None:
    tab.show_target(GroupsTarget("hours", everybody[2].id))
    tab.reload()
    assert not tab.view.issue_button.isEnabled()
    qtbot.mouseClick(tab.view.add_button, LEFT)
    opened = sheet(tab)
    qtbot.mouseClick(part(opened, "entry_keep"), LEFT)
    assert sheet(tab) is opened, "without words it stays and says so"
    qtbot.keyClicks(part(opened, "what"), "Conference")
    qtbot.mouseClick(part(opened, "entry_keep"), LEFT)
    (entry,) = hours.entries(core, everybody[2].id)
    assert (entry.what, entry.minutes) == ("Conference", 60)
    assert tab.view.sum.text() == "1 h in all"
    tab.view.delete_asked.emit(entry)
    assert hours.entries(core, everybody[2].id) == ()


def test_a_certificate_is_issued_looked_up_and_withdrawn(
    qtbot: QtBot, core: Core, tab: HoursTab, everybody: tuple[Person, ...]
) -> None:
    tab.show_target(GroupsTarget("hours", everybody[0].id))
    tab.reload()
    qtbot.mouseClick(tab.view.issue_button, LEFT)
    qtbot.mouseClick(part(sheet(tab), "issue_now"), LEFT)
    (issued,) = certificates.of_person(core, everybody[0].id)
    assert issued.minutes == 160

    qtbot.mouseClick(tab.check_button, LEFT)
    opened = sheet(tab)
    line = part(opened, "certificate number")
    qtbot.keyClicks(line, issued.number.lower())
    qtbot.mouseClick(part(opened, "check_now"), LEFT)
    assert f"{issued.number} was issued from this data folder" in part(opened, "check_answer").text()  # type: ignore[attr-defined]  # a label
    opened.reject()  # type: ignore[attr-defined]  # a sheet

    tab.view.withdraw_asked.emit(issued)
    opened = sheet(tab)
    qtbot.keyClicks(part(opened, "why"), "Counted twice")
    qtbot.mouseClick(part(opened, "withdraw_now"), LEFT)
    assert certificates.get(core, issued.id).why == "Counted twice"


def test_a_statement_is_written_where_the_person_says(qtbot: QtBot, tab: HoursTab, tmp_path: Path) -> None:
    qtbot.mouseClick(tab.view.pdf_button, LEFT)
    dialog = part(tab, "pdf_where")
    with qtbot.waitSignal(tab.message_posted, timeout=20_000):
        dialog.fileSelected.emit(str(tmp_path / "s.pdf"))  # type: ignore[attr-defined]  # a file dialog
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    dialog.close()


def test_an_empty_school_is_told_what_to_do(
    core: Core, runner: JobRunner, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    made = HoursTab(core, runner, ChangeBus())
    shown(made)
    made.reload()
    assert made.stack.currentWidget() is made.empty
    assert made.view.statement is None
