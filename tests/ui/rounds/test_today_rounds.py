"""Visits of a round on Today: to whoever makes them and to whoever receives them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.services.rounds import invite, moves, rounds
from observe_app.ui.groups.tab_base import ROUNDS, GroupsTarget
from observe_app.ui.today.page import TodayPage
from observe_app.ui.two_line_row import TwoLineRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import VisitRound
    from observe_app.services.core import Core


def _rows(page: TodayPage) -> list[TwoLineRow]:
    return [one for one in page.findChildren(TwoLineRow, "round_row") if not one.isHidden()]


def test_a_visit_of_a_round_stands_on_today_and_leads_there(
    core: Core,
    school: tuple[Person, ...],
    made_round: VisitRound,
    open_page: Callable[[type[TodayPage]], TodayPage],
    qtbot: QtBot,
) -> None:
    core.settings.change(me_id=school[1].id)
    moved = moves.add(
        core, round_id=made_round.id, observer_id=school[0].id, teacher_id=school[1].id,
        on=date(2026, 3, 10), start_min=600, end_min=650,
    )  # fmt: skip
    rounds.publish(core, round_id=made_round.id, seen=rounds.open_round(core, made_round.id).seen)
    page = open_page(TodayPage)
    qtbot.waitUntil(lambda: len(_rows(page)) == 1)
    (row,) = _rows(page)
    assert "Ada Okafor visits you" in row.accessibleName()
    with qtbot.waitSignal(page.groups_asked) as asked:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert asked.args == [GroupsTarget(ROUNDS, made_round.id, moved.pairings[0].id)]


def test_what_became_a_visit_is_not_told_twice(
    core: Core, school: tuple[Person, ...], made_round: VisitRound, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    core.settings.change(me_id=school[0].id)
    moves.add(
        core, round_id=made_round.id, observer_id=school[0].id, teacher_id=school[1].id,
        on=date(2026, 3, 10), start_min=600, end_min=650,
    )  # fmt: skip
    rounds.publish(core, round_id=made_round.id, seen=rounds.open_round(core, made_round.id).seen)
    invite.make_visits(core, round_id=made_round.id)
    page = open_page(TodayPage)
    assert not _rows(page)
    assert page.blocks
