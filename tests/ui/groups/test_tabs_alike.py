"""The pages of tabs look alike: one height of header, one kind of button for what a tab makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.services.groups import groups
from observe_app.services.sessions import sessions
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import GROUPS, ROUNDS, SESSIONS, SURVEYS, TABS, GroupsTarget
from observe_app.ui.people import PeoplePage
from observe_app.ui.widgets import Button, ButtonKind, EmptyState

if TYPE_CHECKING:
    from tests.ui.window import Program

MAKERS = {GROUPS: "group_new", ROUNDS: "round_new", SESSIONS: "session_new", SURVEYS: "survey_new"}


def go(program: Program, tab: str) -> GroupsPage:
    """Show a tab of Groups."""
    page = program.window.go("groups")
    assert isinstance(page, GroupsPage)
    page.go_to(GroupsTarget(tab))
    program.wait(lambda: not program.desk.jobs.busy)
    return page


def test_headers_of_tabs_are_of_one_height(program: Program) -> None:
    page = go(program, GROUPS)
    high = page.header.height()
    people = program.window.go("people")
    assert isinstance(people, PeoplePage)
    program.wait(people.header.isVisible)

    assert people.header.height() == high
    assert people.header.title_label.text() == "People"


@pytest.mark.parametrize("tab", list(MAKERS))
def test_an_empty_tab_says_what_it_is_for_and_offers_one_first_step(program: Program, tab: str) -> None:
    page = go(program, tab)

    shown = [one for one in page.findChildren(EmptyState) if one.isVisible()]
    mains = [one for one in page.findChildren(Button) if one.isVisible() and one.kind is ButtonKind.PRIMARY]
    in_header = [one for one in page.header.findChildren(Button) if one.isVisible()]

    assert len(shown) == 1
    assert len(mains) == 1
    assert in_header == []  # the page offers it once


def test_every_tab_makes_with_the_same_kind_of_button(program: Program) -> None:
    core = program.core
    groups.add(core, name="Questions", kind="community", purpose="Ask more")
    sessions.plan(core, title="First")
    go(program, GROUPS)
    kinds, heights = set(), set()
    for tab in (GROUPS, SESSIONS):
        page = go(program, tab)
        button = program.part(MAKERS[tab], page.header)
        assert isinstance(button, Button)
        kinds.add(button.kind)
        heights.add(button.height())

    assert kinds == {ButtonKind.PRIMARY}
    assert len(heights) == 1


def test_the_tabs_are_all_there(program: Program) -> None:
    page = go(program, GROUPS)

    assert page.header.tabs.count() == len(TABS)
