"""The page of Groups on a real store, with a small school to plan rounds for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.clock import FakeClock
from observe_app.domain.rounds.rules import Rules
from observe_app.domain.school.classes import LessonSlot
from observe_app.services import people
from observe_app.services.rounds import rounds, timetables
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import ROUNDS, GroupsTarget
from tests.ui.places.conftest import bus, host, open_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import VisitRound
    from observe_app.services.core import Core
    from observe_app.ui.rounds.tab import RoundsTab

__all__ = ["bus", "host", "open_page"]
NAMES = ("Ada Okafor", "Bo Li", "Cy Ngo", "Dana Smith")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 3, 6, 9, 5, tzinfo=UTC))


@pytest.fixture
def school(core: Core) -> tuple[Person, ...]:
    """Four people; each teaches in an hour of their own, every day."""
    made = tuple(people.add(core, name=name) for name in NAMES)
    for number, person in enumerate(made):
        for weekday in range(5):
            start = 540 + 60 * number
            slot = LessonSlot("", person.id, "teaching", weekday, None, start, start + 50, class_name=f"{7 + number}B")
            timetables.add(core, slot=slot)
    return made


@pytest.fixture
def made_round(core: Core, school: tuple[Person, ...]) -> VisitRound:
    return rounds.create(
        core,
        title="Spring round",
        first=date(2026, 3, 9),
        last=date(2026, 3, 20),
        people=[one.id for one in school],
        rules=Rules(),
    )


@pytest.fixture
def tab(open_page: Callable[[type[GroupsPage]], GroupsPage]) -> RoundsTab:
    """The tab of rounds, shown."""
    page = open_page(GroupsPage)
    page.go_to(GroupsTarget(ROUNDS))
    found: RoundsTab = page.tab  # type: ignore[assignment]  # the tab that was asked for
    return found
