"""Sessions: planned, changed, listed, cancelled, told with hours; alone and in a series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.sessions.states import SessionState
from observe_app.services import history, people
from observe_app.services.groups import groups
from observe_app.services.sessions import attendance, items, running, series, sessions
from tests.services.sessions.made import START, meeting

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


def test_a_session_is_planned_with_the_people_of_its_group(core: Core) -> None:
    group = groups.add(core, name="Talk in maths")
    mei = people.add(core, name="Mei Lindqvist")
    groups.set_member(core, group_id=group.id, person_id=mei.id, roles=("facilitator",))

    found = sessions.plan(core, title="  Wait   time ", group_id=group.id, start=START)

    assert (found.title, found.state, found.facilitator_id) == ("Wait time", SessionState.PLANNED, mei.id)
    assert sessions.get(core, found.id) == found
    history.undo(core)
    assert sessions.listing(core) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " "}, {"title": "a" * 301}, {"kind": "party"}, {"minutes": 0}, {"minutes": 601},
        {"link": "javascript:alert(1)"}, {"link": "file:///etc/passwd"}, {"link": "nothing"}, {"notes": "a" * 100_001},
        {"start": datetime(1700, 1, 1, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_what_is_no_session_is_refused(core: Core, fields: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        sessions.plan(core, **{"title": "Meeting", **fields})  # type: ignore[arg-type]

    assert sessions.listing(core) == ()


@pytest.mark.parametrize(
    ("given_link", "kept"),
    [
        ("https://meet.example/x y", "https://meet.example/xy"), ("meet.example/a", "https://meet.example/a"),
        ("meet.example:8443/a", "https://meet.example:8443/a"), ("", ""), ("tel:+4930123", "tel:+4930123"),
    ],
)  # fmt: skip
def test_links_of_calls_are_kept_whole(given_link: str, kept: str) -> None:
    assert sessions.checked_link(given_link) == kept


@given(st.text(max_size=60))
def test_no_link_is_kept_that_a_click_could_obey(text: str) -> None:
    try:
        found = sessions.checked_link(text)
    except Invalid:
        return
    assert found == "" or found.casefold().startswith(
        ("http://", "https://", "tel:", "sip:", "sips:", "msteams:", "zoommtg:")
    )


def test_a_person_or_group_that_is_not_there_is_said(core: Core) -> None:
    with pytest.raises(NotFound):
        sessions.plan(core, title="Meeting", facilitator_id="none")
    with pytest.raises(NotFound):
        sessions.plan(core, title="Meeting", group_id="none")


def test_a_session_is_found_by_title_or_id(core: Core) -> None:
    first = sessions.plan(core, title="Meeting")
    sessions.plan(core, title="Twice")
    sessions.plan(core, title="Twice")

    assert sessions.find(core, "meeting").id == first.id
    assert sessions.find(core, first.id[-8:]).id == first.id
    with pytest.raises(NotFound):
        sessions.find(core, "x")
    with pytest.raises(Ambiguous):
        sessions.find(core, "twice")


def test_the_agenda_says_what_it_comes_to(core: Core) -> None:
    found = meeting(core)

    agenda = items.of_session(core, found.session)

    assert [(one.title, one.minutes) for one in agenda] == [("Welcome", 10), ("Two clips", 20), ("Plan a trial", 15)]
    assert items.planned_min(agenda) == 45


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Exit tickets 15", ("Exit tickets", 15)), ("Exit tickets (15 min)", ("Exit tickets", 15)),
        ("15 min Exit tickets", ("Exit tickets", 15)), ("15′: Exit", ("Exit", 15)), ("Year 8", ("Year", 8)),
        ("Plan 2027", ("Plan 2027", None)), ("12", ("12", None)), ("Talk 0", ("Talk 0", None)),
    ],
)  # fmt: skip
def test_minutes_are_read_out_of_a_line(line: str, told: tuple[str, int | None]) -> None:
    assert items.split_minutes(line) == told


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=60))
def test_lines_move_as_in_a_list_however_often(core: Core, moves: list[tuple[int, int]]) -> None:
    session = sessions.plan(core, title="Meeting").id
    shown = [one.id for one in items.add_lines(core, session_id=session, text="a\nb\nc\nd\ne")]
    for at, by in moves:
        item = shown[at]
        moved = items.move(core, item_id=item, by=by)
        assert moved == (0 <= at + by < 5)
        if moved:
            shown.insert(at + by, shown.pop(at))
        assert [one.id for one in items.of_session(core, session)] == shown


def test_a_line_is_put_behind_another(core: Core) -> None:
    found = meeting(core)

    fresh = items.add(core, session_id=found.session, title="Break", after=found.lines[0])

    assert [one.id for one in items.of_session(core, found.session)] == [found.lines[0], fresh.id, *found.lines[1:]]
    items.delete(core, item_id=fresh.id)
    assert len(items.of_session(core, found.session)) == 3
    history.undo(core)
    assert len(items.of_session(core, found.session)) == 4


def test_cancelled_stays_listed_and_can_be_planned_again(core: Core) -> None:
    found = meeting(core)

    assert sessions.cancel(core, session_id=found.session).state == SessionState.CANCELLED
    with pytest.raises(Invalid):
        running.start(core, session_id=found.session)
    assert sessions.plan_again(core, session_id=found.session).state == SessionState.PLANNED
    running.start(core, session_id=found.session)
    with pytest.raises(Invalid):
        sessions.cancel(core, session_id=found.session)


class TestSeries:
    """Made in one act, changed alone or with all that follow."""

    def made(self, core: Core, **rule: object) -> tuple[str, ...]:
        found = meeting(core)
        values = {"every": "weekly", "count": 4} | rule
        return tuple(
            one.id
            for one in series.repeat(core, session_id=found.session, **values).sessions  # type: ignore[arg-type]
        )

    def test_one_act_makes_it_and_one_undo_takes_it_back(self, core: Core) -> None:
        ids = self.made(core)

        assert len(sessions.listing(core)) == 4
        assert [len(items.of_session(core, one)) for one in ids] == [3] * 4
        history.undo(core)
        (alone,) = sessions.listing(core)
        assert (alone.session.series_id, alone.session.rule) == ("", "")

    def test_it_meets_at_the_same_time_of_day_when_clocks_change(self, core: Core, clock: FakeClock) -> None:
        berlin = ZoneInfo("Europe/Berlin")
        start = datetime(2026, 3, 26, 15, 30, tzinfo=berlin)
        found = series.plan_series(core, title="Meeting", start=start, zone="Europe/Berlin", every="weekly", count=3)

        assert [one.start.astimezone(berlin).hour for one in found.sessions if one.start] == [15] * 3
        assert [one.start.hour for one in found.sessions if one.start] == [14, 13, 13]
        history.undo(core)
        assert sessions.listing(core) == ()

    def test_holidays_are_left_out_and_told(self, core: Core) -> None:
        from observe_app.domain.school.terms import Holiday

        with core.store.write("holiday.add") as unit:
            unit.school.holidays.add(
                Holiday(id=core.ids.new(), name="Spring", first=date(2026, 3, 16), last=date(2026, 3, 20))
            )
            unit.commit()
        found = series.repeat(core, session_id=meeting(core).session, every="weekly", count=3)

        assert found.left_out == (date(2026, 3, 19),)
        assert [sessions.day_of(one) for one in found.sessions] == [
            date(2026, 3, 12), date(2026, 3, 26), date(2026, 4, 2),
        ]  # fmt: skip
        rule = series.rule_of(core, found.sessions[2].id)
        assert rule is not None
        assert rule.skipped == found.left_out

    def test_a_change_can_go_to_all_that_follow(self, core: Core) -> None:
        ids = self.made(core)
        opened = sessions.open_session(core, ids[1])
        later = START + timedelta(days=8, minutes=15)

        sessions.edit(
            core, session_id=ids[1], seen=opened.seen, following=True, start=later, place="Room 12", notes="only here"
        )

        found = [sessions.get(core, one) for one in ids]
        assert [one.start for one in found] == [START, later, later + timedelta(days=7), later + timedelta(days=14)]
        assert [one.place for one in found] == ["", "Room 12", "Room 12", "Room 12"]
        assert [one.notes for one in found] == ["", "only here", "", ""]
        history.undo(core)
        assert [sessions.get(core, one).place for one in ids] == [""] * 4

    def test_a_change_alone_leaves_the_others(self, core: Core) -> None:
        ids = self.made(core)

        sessions.edit(core, session_id=ids[1], place="Room 12")

        assert [sessions.get(core, one).place for one in ids] == ["", "Room 12", "", ""]

    def test_those_held_are_not_changed_with_what_follows(self, core: Core) -> None:
        ids = self.made(core)
        running.hold(core, session_id=ids[2])

        sessions.edit(core, session_id=ids[1], following=True, title="New")
        gone = sessions.delete(core, session_id=ids[1], following=True)

        assert gone == 2
        assert [row.session.id for row in sessions.listing(core)] == [ids[0], ids[2]]
        assert sessions.get(core, ids[2]).title == "Wait time, week 2"

    def test_a_session_without_a_day_or_in_a_series_makes_none(self, core: Core) -> None:
        ids = self.made(core)
        for session in (ids[0], sessions.plan(core, title="No day").id):
            with pytest.raises(Invalid):
                series.repeat(core, session_id=session, every="weekly", count=3)
        with pytest.raises(Invalid):
            series.plan_series(core, title="Meeting", start=START, every="hourly", count=3)
        assert len(sessions.listing(core)) == 5

    def test_the_next_one_is_known(self, core: Core) -> None:
        ids = self.made(core)
        sessions.cancel(core, session_id=ids[1])

        assert series.next_day(core, ids[0]) == date(2026, 3, 26)
        assert series.next_of(core, ids[3]) is None


class TestHeld:
    """What hours are counted from."""

    def test_minutes_are_those_of_the_session_or_what_was_put_in(self, core: Core, clock: FakeClock) -> None:
        found = meeting(core)
        amina, joonas, mei = (one.id for one in found.people)
        running.start(core, session_id=found.session)
        attendance.mark(core, session_id=found.session, person_id=joonas, state="part", minutes=20)
        attendance.mark(core, session_id=found.session, person_id=mei, state="apologies")
        assert attendance.all_present(core, session_id=found.session) == 1
        clock.advance(seconds=50 * 60)
        running.stop(core, session_id=found.session)

        (held,) = sessions.held(core, date(2026, 3, 10), date(2026, 3, 10))

        assert held.minutes == 50
        assert {one.person_id: one.minutes for one in held.present} == {amina: 50, joonas: 20}
        assert sessions.held(core, date(2026, 3, 11), date(2026, 4, 10)) == ()

    def test_a_session_put_down_afterwards_counts_as_it_was_planned(self, core: Core) -> None:
        found = meeting(core)
        running.hold(core, session_id=found.session)
        attendance.all_present(core, session_id=found.session)

        (held,) = sessions.held(core, START.date(), START.date())
        assert (held.minutes, [one.minutes for one in held.present]) == (60, [60] * 3)
        running.hold(core, session_id=found.session, minutes=45)
        assert sessions.held(core, START.date(), START.date())[0].minutes == 45

    def test_what_is_not_held_is_no_hours(self, core: Core) -> None:
        found = meeting(core)
        attendance.all_present(core, session_id=found.session)
        running.start(core, session_id=found.session)

        assert sessions.held(core, date(2020, 1, 1), date(2030, 1, 1)) == ()


class TestAttendance:
    """Everybody with one act, then whoever differs."""

    def test_all_are_put_down_at_once_but_those_already_told(self, core: Core) -> None:
        found = meeting(core)
        attendance.mark(core, session_id=found.session, person_id=found.people[0].id, state="absent")

        attendance.all_present(core, session_id=found.session)

        lines = attendance.sheet(core, found.session)
        assert attendance.counts(lines) == {"": 0, "present": 2, "part": 0, "apologies": 0, "absent": 1}
        history.undo(core)
        assert attendance.counts(attendance.sheet(core, found.session))[""] == 2

    def test_a_guest_is_on_the_sheet_too(self, core: Core) -> None:
        found = meeting(core)
        guest = people.add(core, name="Ama Guest")
        attendance.mark(core, session_id=found.session, person_id=guest.id, state="present")

        line = next(one for one in attendance.sheet(core, found.session) if one.person.id == guest.id)
        assert not line.member
        attendance.unmark(core, session_id=found.session, person_id=guest.id)
        assert len(attendance.sheet(core, found.session)) == 3

    @pytest.mark.parametrize(("state", "minutes"), [("here", None), ("absent", 10), ("part", -1), ("present", 601)])
    def test_what_nobody_can_be_is_refused(self, core: Core, state: str, minutes: int | None) -> None:
        found = meeting(core)
        with pytest.raises(Invalid):
            attendance.mark(core, session_id=found.session, person_id=found.people[0].id, state=state, minutes=minutes)
