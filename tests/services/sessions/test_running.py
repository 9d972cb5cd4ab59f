"""The clock of a session: right through lines, over time, a crash, a restart and a clock set wrong; no word lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import Invalid
from observe_app.domain.ids import Ids
from observe_app.domain.sessions.running import LONGEST_S
from observe_app.services import history
from observe_app.services.core import close
from observe_app.services.sessions import follow_ups, items, running, sessions
from tests.services.sessions.made import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


def test_lines_follow_one_another_and_each_keeps_its_time(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=8 * 60)
    first = running.read(core, found.session)
    assert (first.session_s, first.item_s, first.left_s, first.behind_s) == (480, 480, 120, 0)
    assert first.following is not None
    assert first.following.title == "Two clips"

    running.next_item(core, session_id=found.session)
    clock.advance(seconds=25 * 60)

    now = running.read(core, found.session)
    assert now.item is not None
    assert (now.item.title, now.item_s, now.left_s) == ("Two clips", 1500, -300)
    assert now.behind_s == 300 - 120
    assert [one.spent_s for one in items.of_session(core, found.session)] == [480, 0, 0]


def test_after_the_last_line_nothing_runs_and_the_session_goes_on(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    for _line in range(3):
        running.next_item(core, session_id=found.session)
    clock.advance(seconds=60)

    now = running.read(core, found.session)
    assert (now.item, now.following, now.session_s) == (None, None, 60)


def test_going_back_takes_the_time_up_again(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=60)
    running.next_item(core, session_id=found.session)
    clock.advance(seconds=10)
    running.previous_item(core, session_id=found.session)
    clock.advance(seconds=30)

    now = running.read(core, found.session)
    assert now.item is not None
    assert (now.item.id, now.item_s) == (found.lines[0], 90)
    assert not now.item.done
    assert running.previous_item(core, session_id=found.session) is None


def test_undo_of_next_gives_the_line_back_with_its_time(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=60)
    running.next_item(core, session_id=found.session)
    clock.advance(seconds=5)

    history.undo(core)

    now = running.read(core, found.session)
    assert now.item is not None
    assert (now.item.id, now.item_s) == (found.lines[0], 65)


def test_a_wall_clock_set_wrong_moves_nothing(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=300)
    clock.jump_wall(seconds=-7200)
    assert running.read(core, found.session).session_s == 300
    clock.jump_wall(seconds=90_000)
    assert running.read(core, found.session).item_s == 300

    running.next_item(core, session_id=found.session)
    ended = running.stop(core, session_id=found.session)
    assert ended.started is not None
    assert ended.ended is not None
    assert (ended.ended - ended.started).total_seconds() == 300


@pytest.mark.parametrize("boot", ["fake", "another start", ""])
def test_the_time_goes_on_after_a_crash_and_after_a_restart(data_folder: Path, clock: FakeClock, boot: str) -> None:
    """Whatever was committed is there; nobody said goodbye."""
    before = wire_core(data_folder, clock=clock, ids=Ids(clock))
    found = meeting(before)
    running.start(before, session_id=found.session)
    clock.advance(seconds=120)
    running.next_item(before, session_id=found.session)
    running.keep_line(before, session_id=found.session, text="half a sen")
    close(before)
    clock.advance(seconds=600)
    clock.boot_id = boot
    if boot != "fake":
        clock.ticks_ms = 5_000

    after = wire_core(data_folder, clock=clock, ids=Ids(clock))
    try:
        now = running.read(after, found.session)
        assert now.item is not None
        assert (now.item.title, now.item_s, now.session_s) == ("Two clips", 600, 720)
        assert running.line_draft(after, found.session) == "half a sen"
        assert sessions.running(after)[0].id == found.session
    finally:
        close(after)


def test_a_session_that_was_forgotten_does_not_run_for_ever(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=40 * 24 * 3600)

    assert running.read(core, found.session).session_s == LONGEST_S
    assert sessions.held(core, clock.now().date(), clock.now().date()) == ()


def test_ended_it_can_go_on(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    running.start(core, session_id=found.session)
    clock.advance(seconds=60)
    running.stop(core, session_id=found.session)
    clock.advance(seconds=60)
    assert running.read(core, found.session).session_s == 60

    running.go_on(core, session_id=found.session)

    assert running.read(core, found.session).session_s == 120


def test_only_what_runs_goes_on(core: Core) -> None:
    found = meeting(core)
    with pytest.raises(Invalid):
        running.next_item(core, session_id=found.session)
    with pytest.raises(Invalid):
        running.go_on(core, session_id=found.session)
    with pytest.raises(Invalid):
        running.hold(core, session_id=sessions.plan(core, title="No day").id)


def test_notes_grow_by_lines_with_their_time_and_end_the_draft(core: Core, clock: FakeClock) -> None:
    found = meeting(core)
    sessions.edit(core, session_id=found.session, notes="Before.")
    running.keep_line(core, session_id=found.session, text="Two")
    running.add_note(core, session_id=found.session, text="Two clips seen")
    clock.advance(seconds=60)
    running.add_note(core, session_id=found.session, text="Tried in pairs", stamped=False)

    assert sessions.get(core, found.session).notes == "Before.\n09:05 Two clips seen\nTried in pairs"
    assert running.line_draft(core, found.session) == ""
    with pytest.raises(Invalid):
        running.add_note(core, session_id=found.session, text=" ")


class TestFollowUps:
    """Promised by somebody, shown until done."""

    def test_the_owner_is_read_out_of_the_line(self, core: Core) -> None:
        found = meeting(core)
        mei = found.people[2]

        assert follow_ups.split_owner("mei: collect tickets", found.people) == (mei.id, "collect tickets")
        assert follow_ups.split_owner("Lindqvist: collect", found.people) == (mei.id, "collect")
        assert follow_ups.split_owner("Note: collect", found.people) == ("", "Note: collect")
        assert follow_ups.split_owner("no name", found.people) == ("", "no name")

    def test_due_are_those_soon_late_or_without_a_day(self, core: Core, clock: FakeClock) -> None:
        from datetime import timedelta

        found = meeting(core)
        mei, today = found.people[2].id, clock.now().date()
        days = {"late": -3, "soon": 14, "far": 15}
        for words, away in days.items():
            due = today + timedelta(days=away)
            follow_ups.add(core, session_id=found.session, text=words, owner_id=mei, due=due)
        follow_ups.add(core, session_id=found.session, text="somebody")

        assert [row.follow_up.text for row in follow_ups.due_of(core)] == ["late", "soon", "somebody"]
        assert [row.follow_up.text for row in follow_ups.due_of(core, mei)] == ["late", "soon"]
        assert follow_ups.due_of(core)[0].session == "Wait time, week 2"

    def test_done_can_be_taken_back(self, core: Core, clock: FakeClock) -> None:
        found = meeting(core)
        one = follow_ups.add(core, session_id=found.session, text="Collect")
        opened = follow_ups.open_follow_up(core, one.id)

        done = follow_ups.edit(core, follow_up_id=one.id, seen=opened.seen, status="done").value

        assert (done.status, done.closed) == ("done", clock.now())
        assert follow_ups.due_of(core) == ()
        history.undo(core)
        assert len(follow_ups.due_of(core)) == 1

    def test_of_a_session_in_the_bin_nothing_is_due(self, core: Core) -> None:
        found = meeting(core)
        follow_ups.add(core, session_id=found.session, text="Collect")

        sessions.delete(core, session_id=found.session)

        assert follow_ups.due_of(core) == ()


class TestCarried:
    """What is open goes along until somebody settles it."""

    def test_parked_and_promised_are_shown_to_the_next_session(self, core: Core, clock: FakeClock) -> None:
        from observe_app.services.sessions import series

        found = meeting(core, start=clock.now())
        made = series.repeat(core, session_id=found.session, every="weekly", count=3).sessions
        parked = items.add(core, session_id=found.session, kind="parking", title="Seating")
        promise = follow_ups.add(core, session_id=found.session, text="Collect")
        assert series.carried(core, made[1].id) == series.Carried()
        running.hold(core, session_id=found.session)

        for later in made[1:]:
            carried = series.carried(core, later.id)
            assert ([one.id for one in carried.parking], [one.id for one in carried.follow_ups]) == (
                [parked.id], [promise.id],
            )  # fmt: skip
        assert series.carried(core, made[0].id) == series.Carried()

        items.to_agenda(core, item_id=parked.id, session_id=made[1].id, minutes=5)
        follow_ups.edit(core, follow_up_id=promise.id, status="done")
        assert series.carried(core, made[2].id) == series.Carried()
        assert items.of_session(core, made[1].id)[-1].title == "Seating"
        history.undo(core)
        history.undo(core)
        assert len(series.carried(core, made[2].id).parking) == 1
