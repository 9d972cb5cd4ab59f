"""A visit that is opened again after a kill, a restart or a clock that was set: its time is right, or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.event import EventKind
from observe_app.domain.timeline import timers
from observe_app.services import happenings, notes, visits
from tests.services.event_form import EVENT_FORM, visit_with
from tests.ui.observe.lesson_window import DAY, LOST, YEAR, Window, click

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def test_after_a_kill_the_clock_is_right_whatever_the_wall_says(
    window: Window, open_window: Callable[..., Window]
) -> None:
    window.stop()
    window.clock.jump_wall(seconds=-3)
    window.clock.advance(seconds=300)
    again = open_window(window.live.visit_id, again=True)

    assert (again.elapsed, again.said) == (1_690_000, "")


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_year_set_between_two_runs_is_said_and_the_clock_is_right(
    window: Window, open_window: Callable[..., Window], jump: int
) -> None:
    written = window.note("the last words")
    window.stop()
    window.clock.jump_wall(seconds=jump)
    window.clock.advance(seconds=300)
    again = open_window(window.live.visit_id, again=True)

    assert again.elapsed == 1_690_000
    assert again.said == DAY.replace("23:10", "28:10")
    assert written in [event.id for event in again.model.events]
    fresh = again.note("and on")
    assert notes.get(again.core, fresh).offset_ms == 1_690_000
    assert [event.id for event in again.model.events if event.kind is EventKind.NOTE] == [written, fresh]


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_restart_with_a_wrong_clock_asks_for_the_time_and_goes_on_meanwhile(
    window: Window, open_window: Callable[..., Window], qtbot: QtBot, jump: int
) -> None:
    window.stop()
    window.clock.boot_id, window.clock.ticks_ms = "second", 40_000
    window.clock.jump_wall(seconds=jump)
    again = open_window(window.live.visit_id, again=True)

    assert (again.said, again.elapsed) == (LOST, 1_390_000)
    again.seconds(seconds=5)
    assert again.elapsed == 1_395_000
    with qtbot.waitSignal(again.keeper.clock_asked):
        click(qtbot, again, "Set the lesson time")
    again.keeper.set_clock(1_800_000)
    assert again.elapsed == 1_800_000
    assert again.said == ""
    third = open_window(window.live.visit_id, again=True)
    assert (third.elapsed, third.said) == (1_800_000, "")


def test_a_time_that_cannot_be_told_may_be_right_all_the_same(
    window: Window, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window.stop()
    window.clock.boot_id = ""
    window.clock.jump_wall(seconds=-YEAR)
    again = open_window(window.live.visit_id, again=True)
    click(qtbot, again, "That is right")

    assert (again.said, again.elapsed) == ("", 1_390_000)
    assert not again.live.gaps[0].open


def test_a_restart_of_the_computer_counts_the_wall_where_it_can_be_right(
    window: Window, open_window: Callable[..., Window]
) -> None:
    window.stop()
    window.clock.advance(seconds=240)
    window.clock.boot_id, window.clock.ticks_ms = "second", 0
    again = open_window(window.live.visit_id, again=True)

    assert (again.elapsed, again.said) == (1_630_000, "")


def test_timers_that_ran_when_the_program_closed_are_asked_about_one_by_one(
    window: Window, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    visit = window.live.visit_id
    for item in ("teacher", "board"):
        happenings.start_timer(window.core, visit_id=visit, item=item, offset_ms=1_200_000, wall=window.clock.now())
    window.seconds(seconds=20)
    window.stop()
    window.clock.advance(seconds=90)
    again = open_window(visit, again=True)

    assert again.said == "Teacher talks was running when the program closed at 23:30. Still on?"
    click(qtbot, again, "Still on")
    assert again.said == "At the board was running when the program closed at 23:30. Still on?"
    with qtbot.waitSignal(again.keeper.done):
        click(qtbot, again, "It ended then")
    assert again.said == ""
    states = timers(EVENT_FORM.items, notes.stream(again.core, visit))
    assert states["teacher"].running_since == 1_200_000
    assert states["board"].running_since is None
    assert states["board"].total_ms(10**7) == 210_000


def test_a_program_that_was_away_for_a_moment_asks_nothing(window: Window, open_window: Callable[..., Window]) -> None:
    visit = window.live.visit_id
    happenings.start_timer(window.core, visit_id=visit, item="teacher", offset_ms=1_200_000, wall=window.clock.now())
    window.keeper.close()
    window.stop()
    window.clock.advance(seconds=4)

    assert open_window(visit, again=True).said == ""


def test_a_visit_left_for_another_page_of_the_same_program_asks_nothing(
    window: Window, open_window: Callable[..., Window]
) -> None:
    visit = window.live.visit_id
    happenings.start_timer(window.core, visit_id=visit, item="teacher", offset_ms=1_200_000, wall=window.clock.now())
    window.keeper.close()
    window.clock.advance(seconds=400)
    back = open_window(visit)

    assert (back.said, back.elapsed) == ("", 1_790_000)


def test_a_visit_still_paused_when_the_program_died_comes_back_paused(
    window: Window, open_window: Callable[..., Window]
) -> None:
    window.keeper.pause()
    window.stop()
    window.clock.advance(seconds=60)
    again = open_window(window.live.visit_id, again=True)

    assert again.live.paused_since == 1_390_000
    again.keeper.toggle_pause()
    assert again.live.paused_since is None
    assert "Paused 1:00" in again.rows()


def test_an_ended_lesson_that_goes_on_the_next_day_asks_for_its_time(window: Window) -> None:
    window.live.finish()
    window.clock.advance(seconds=30 * 3600)
    window.live.resume()
    window.keeper.tick()

    assert (window.said, window.elapsed) == (LOST, 1_390_000)


def test_opening_and_starting_a_visit_never_touches_another_unfinished_one(
    window: Window, open_window: Callable[..., Window]
) -> None:
    core, first = window.core, window.live.visit_id
    window.keeper.pause()
    before = visits.get(core, first), notes.stream(core, first)
    other = open_window(visit_with(core))
    other.live.begin()
    other.seconds(seconds=30)
    other.note("elsewhere")
    other.clock.jump_wall(seconds=760)
    other.keeper.tick()
    other.live.finish()

    assert (visits.get(core, first), notes.stream(core, first)) == before
    back = open_window(first)
    assert (back.elapsed, back.live.paused_since) == (1_420_000, 1_390_000)


def test_the_note_written_last_is_the_last_also_with_a_clock_set_back_between_two_runs(
    window: Window, open_window: Callable[..., Window]
) -> None:
    window.note("before")
    window.stop()
    window.clock.jump_wall(seconds=-YEAR)
    again = open_window(window.live.visit_id, again=True)
    fresh = again.note("after")

    last = again.live.last_note(again.model.events)
    assert last is not None
    assert last.id == fresh
