"""Sharing a group in the window: who reads it, who does not and why, and its end; real folders, real exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.groups.goal import GoalStatus
from observe_app.services import people
from observe_app.services.core import subscribe
from observe_app.services.groups import goals, groups
from observe_app.services.sessions import sessions
from observe_app.services.sync import colleagues, group_sharing
from observe_app.ui.bus import ChangeBus
from observe_app.ui.groups import GroupsPage, GroupsTarget
from observe_app.ui.groups.groups_tab import GroupsListTab
from observe_app.ui.groups.tab_base import SESSIONS
from observe_app.ui.widgets import Badge, Button, Sheet, TextLabel
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.widgets import Message


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas knows Amina and Nora of the folder, and Lena, who has no card."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora", "Lena"):
            people.ensure(made.cores["Joonas"], name)
        made.meet()
        yield made


@pytest.fixture
def show(qtbot: QtBot, runner: JobRunner, staff: School) -> Iterator[Callable[[str], GroupsPage]]:
    """Return what opens somebody's page of groups."""
    ends: list[Callable[[], None]] = []
    hosts: list[QWidget] = []

    def open_one(name: str) -> GroupsPage:
        core, bus = staff.cores[name], ChangeBus()
        ends.append(subscribe(core, bus.publish))
        host = QWidget()
        qtbot.addWidget(host)
        hosts.append(host)
        host.resize(1290, 768)
        page = GroupsPage(core, runner, bus, host)
        column = QVBoxLayout(host)
        column.addWidget(page.header_widget())
        column.addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        page.activate()
        return page

    yield open_one
    for end in ends:
        end()


def group_of(made: School, *names: str) -> str:
    core = made.cores["Joonas"]
    group = groups.add(core, name="Questions")
    ids = [core.settings.get().me_id or "", *(people.by_name(core, name).id for name in names)]
    groups.add_members(core, group_id=group.id, person_ids=ids)
    return group.id


def said(page: QWidget, name: str) -> str:
    """Return what the label of a name says, "" where it does not show."""
    found = [one for one in page.findChildren(TextLabel, name) if one.isVisible()]
    return found[-1].text() if found else ""


def press(page: QWidget, name: str) -> None:
    [one for one in page.window().findChildren(Button, name) if one.isVisible()][-1].click()


def sheet(page: QWidget) -> Sheet:
    (found,) = [one for one in page.window().findChildren(Sheet) if one.isVisible()]
    return found


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(TextLabel) if label.isVisibleTo(widget))


def test_a_group_is_shared_and_its_line_names_its_readers(qtbot: QtBot, staff: School, show: Callable) -> None:
    group = group_of(staff, "Amina", "Lena")
    page = show("Joonas")
    posted: list[Message] = []
    page.tab.message_posted.connect(posted.append)
    assert said(page, "group_audience") == "Only you, on your computers"
    press(page, "group_share")
    told = words(sheet(page))
    assert "Will get it" in told
    assert "no card yet" in told
    assert "Nothing of any visit" in told
    assert group_sharing.takers(staff.cores["Joonas"], group) == ()
    sheet(page).main_button.click()

    qtbot.waitUntil(lambda: said(page, "group_audience").startswith("Amina and you, through the folder School"))
    assert "Lena has no card yet and does not get it" in said(page, "group_audience")
    assert posted[-1].text == "Amina gets it with the next exchange."
    staff.rounds(times=2)
    hers = show("Amina")
    assert said(hers, "group_audience").startswith("Joonas and you, through the folder School")
    press(hers, "group_share")
    assert "Joonas shares it" in words(sheet(hers))
    assert sheet(hers).main_button is None
    assert not hers.window().findChildren(Button, "group_unshare")


def test_a_changed_key_is_said_in_red_and_it_gets_nothing(qtbot: QtBot, staff: School, show: Callable) -> None:
    group = group_of(staff, "Amina", "Nora")
    joonas = staff.cores["Joonas"]
    group_sharing.begin(joonas, group)
    colleagues.not_same(joonas, staff.print_of("Amina"))
    page = show("Joonas")

    assert said(page, "group_audience") == "Nora and you, through the folder School"
    assert "The number of Amina changed" in said(page, "group_audience_changed")
    press(page, "group_share")
    assert "their number changed" in words(sheet(page))


def test_sharing_ends_after_a_question_and_both_pages_say_so(qtbot: QtBot, staff: School, show: Callable) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    page, hers = show("Joonas"), show("Amina")
    press(page, "group_share")
    press(page, "group_unshare")
    assert "What they have they keep" in words(sheet(page))
    assert group_sharing.takers(staff.cores["Joonas"], group) != ()
    sheet(page).main_button.click()

    qtbot.waitUntil(
        lambda: said(page, "group_audience") == "Only you from now on; Amina keeps what they received"
    )  # fmt: skip
    staff.rounds(times=2)
    qtbot.waitUntil(
        lambda: said(hers, "group_audience") == "No longer sent to you; you keep what you received"
    )  # fmt: skip


def test_somebody_of_the_name_is_said_to_be_them_in_the_sheet(qtbot: QtBot, staff: School, show: Callable) -> None:
    staff.add("Lena")
    staff.rounds(times=2)
    group_of(staff, "Lena")
    lena = people.by_name(staff.cores["Joonas"], "Lena")
    page = show("Joonas")
    press(page, "group_share")
    assert "nobody said yet that it is them" in words(sheet(page))
    press(page, f"same_person_{lena.id}")
    qtbot.waitUntil(lambda: "nobody said yet" not in words(sheet(page)))
    sheet(page).main_button.click()

    qtbot.waitUntil(lambda: said(page, "group_audience") == "Lena and you, through the folder School")


def test_without_a_card_of_ones_own_nothing_can_be_shared(
    qtbot: QtBot, runner: JobRunner, core, show_alone: Callable[..., GroupsPage]
) -> None:
    people.introduce(core, name="Amina")
    groups.add(core, name="Questions")
    page = show_alone(core)
    assert said(page, "group_audience") == "Only you, on this computer"
    press(page, "group_share")
    assert "set up a shared folder" in words(sheet(page))
    assert sheet(page).main_button is None


@pytest.fixture
def show_alone(qtbot: QtBot, runner: JobRunner) -> Iterator[Callable[..., GroupsPage]]:
    """Return what opens the page of groups on a folder of one's own."""
    ends: list[Callable[[], None]] = []
    hosts: list[QWidget] = []

    def open_one(core) -> GroupsPage:
        bus = ChangeBus()
        ends.append(subscribe(core, bus.publish))
        host = QWidget()
        qtbot.addWidget(host)
        hosts.append(host)
        host.resize(1290, 768)
        page = GroupsPage(core, runner, bus, host)
        QVBoxLayout(host).addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        page.activate()
        return page

    yield open_one
    for end in ends:
        end()


def test_the_head_of_a_session_says_who_reads_its_minutes(qtbot: QtBot, staff: School, show: Callable) -> None:
    group = group_of(staff, "Amina")
    joonas = staff.cores["Joonas"]
    sessions.plan(joonas, title="Second look", group_id=group, start=joonas.clock.now())
    page = show("Joonas")
    page.go_to(GroupsTarget(SESSIONS))
    badge = page.findChild(Badge, "session_readers")
    assert badge is not None
    assert badge.text() == "Only you"
    group_sharing.begin(joonas, group)
    qtbot.waitUntil(lambda: badge.text() == "You and 1 other")
    assert "Amina and you, through the folder School" in badge.accessibleDescription()
    badge.click()
    qtbot.waitUntil(lambda: isinstance(page.tab, GroupsListTab) and page.tab.group_id == group)


def test_goals_of_the_school_are_made_read_and_closed(
    qtbot: QtBot, core, show_alone: Callable[..., GroupsPage]
) -> None:
    people.introduce(core, name="Amina")
    group = groups.add(core, name="Maths")
    page = show_alone(core)
    press(page, "goal_new")
    page.window().findChild(QWidget, "title").setText("Answers with a reason")
    press(page, "goal_school")
    above = [one for one in page.window().findChildren(Sheet) if one.isVisible()][-1]
    assert above.title_label.text() == "New school goal"
    above.title.setText("Every pupil is heard")
    above.main_button.click()
    qtbot.waitUntil(lambda: len([one for one in page.window().findChildren(Sheet) if one.isVisible()]) == 1)
    below = sheet(page)
    assert below.title.text() == "Answers with a reason"
    below.main_button.click()
    (school_goal,) = goals.of_school(core)
    (goal,) = goals.of_group(core, group.id)
    assert goal.parent_id == school_goal.id

    press(page, "school_goals")
    assert "Served by: Answers with a reason (Maths)" in words(sheet(page))
    press(page, f"school_goal_close_{school_goal.id}")
    closing = [one for one in page.window().findChildren(Sheet) if one.isVisible()][-1]
    closing.how.set_value(GoalStatus.REACHED.value)
    closing.main_button.click()
    qtbot.waitUntil(lambda: goals.get(core, school_goal.id).status == GoalStatus.REACHED)
    qtbot.waitUntil(lambda: "reached" in words(sheet(page)))
    press(page, f"school_goal_delete_{school_goal.id}")
    assert goals.of_school(core) == ()
    assert "None yet" in words(sheet(page))
