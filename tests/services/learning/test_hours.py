"""Hours from visits, conversations, sessions and by hand: real minutes, local days, nothing twice, nothing written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.hours import Counted, HoursKind, Per
from observe_app.domain.school.terms import SchoolTerm
from observe_app.services import history, people, visits
from observe_app.services.learning import hours
from observe_app.services.sessions import sessions
from tests.services.learning.made import BEGUN, person, session, visit

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.services.learning.hours import Statement

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)


def of(core: Core, who: Person, first: date = FIRST, last: date = LAST) -> Statement:
    return hours.statement(core, person_id=who.id, first=first, last=last)


def test_a_visit_counts_for_both_and_its_conversation_too(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    visit(core, amina, jonas, minutes=47, talk=20)

    assert of(core, amina).by_kind == {HoursKind.OBSERVED: 47, HoursKind.TALK: 20}
    assert of(core, jonas).by_kind == {HoursKind.OBSERVING: 47, HoursKind.TALK: 20}
    assert of(core, amina).minutes == 67


def test_a_statement_holds_no_word_of_a_visit(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    made = visits.plan(
        core, teacher_id=amina.id, observer_id=jonas.id, class_name="CANARY", topic="CANARY", focus="CANARY"
    )
    with core.store.write("visit.edit", scope=made.id) as unit:
        unit.visits.change(made.id, {"started": BEGUN, "ended": BEGUN + timedelta(minutes=50)})
        unit.commit()
    told = of(core, amina)
    assert told.minutes == 50
    assert "CANARY" not in repr(told.lines)
    assert "Jonas" not in repr(told.lines)


def test_a_session_counts_by_attendance(core: Core) -> None:
    amina, jonas, mei = person(core, "Amina"), person(core, "Jonas"), person(core, "Mei")
    session(core, "Waiting", {amina: None, jonas: 25}, lasted=55)
    session(core, "Not held", {amina: None}, state="planned")
    session(core, "Absent", {mei: None}, was="apologies")
    session(core, "No clock", {mei: None}, minutes=90)

    assert [(line.what, line.minutes, line.how) for line in of(core, amina).lines] == [("Waiting", 55, Counted.ACTUAL)]
    assert [(line.what, line.minutes) for line in of(core, jonas).lines] == [("Waiting", 25)]
    assert [(line.what, line.minutes, line.how) for line in of(core, mei).lines] == [("No clock", 90, Counted.PLANNED)]


def test_who_was_there_in_part_counts_with_the_minutes_put_in(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    session(core, "Known", {amina: 25}, lasted=60, was="part")
    session(core, "Not known", {jonas: None}, lasted=60, was="part")
    assert [line.minutes for line in of(core, amina).lines] == [25]
    assert [(line.minutes, line.how) for line in of(core, jonas).lines] == [(0, Counted.NO_TIMES)]


def test_sessions_count_as_the_sessions_themselves_say(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    for title, minutes, was in (("One", None, "present"), ("Two", 25, "part"), ("Three", None, "part")):
        session(core, title, {amina: minutes, jonas: minutes}, lasted=47, was=was)
    told = {one.person_id: 0 for held in sessions.held(core, FIRST, LAST) for one in held.present}
    for held in sessions.held(core, FIRST, LAST):
        for one in held.present:
            told[one.person_id] += one.minutes
    assert told == {who.id: of(core, who).minutes for who in (amina, jonas)}


def test_two_marks_of_one_person_count_once(core: Core) -> None:
    amina, other = person(core, "Amina"), person(core, "A. Diallo")
    session(core, "Both", {amina: 20, other: None}, lasted=60)
    with core.store.write("person.edit") as unit:
        unit.people.change(other.id, {"merged_into": amina.id})
        unit.commit()
    assert of(core, amina).minutes == 60


def test_two_observers_of_one_lesson_do_not_double_the_teachers_time(core: Core) -> None:
    amina, jonas, mei = person(core, "Amina"), person(core, "Jonas"), person(core, "Mei")
    visit(core, amina, jonas, minutes=50)
    visit(core, amina, mei, minutes=50)
    visit(core, amina, mei, begun=BEGUN + timedelta(minutes=30), minutes=40)

    told = of(core, amina)
    assert told.minutes == 70
    assert sorted((line.minutes, line.how) for line in told.lines) == [
        (0, Counted.SAME_TIME),
        (20, Counted.ACTUAL),
        (50, Counted.ACTUAL),
    ]
    assert of(core, jonas).minutes == 50


def test_a_visit_without_an_end_is_a_line_that_says_so(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    visit(core, amina, jonas, minutes=None)
    assert [(line.minutes, line.how) for line in of(core, amina).lines] == [(0, Counted.NO_TIMES)]


def test_visits_of_the_bin_do_not_count_and_come_back_with_undo(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    made = visit(core, amina, jonas)
    visits.delete(core, visit_id=made, seen=visits.open_visit(core, made).seen)
    assert of(core, amina).minutes == 0
    history.undo(core, scope=made)
    assert of(core, amina).minutes == 50


@pytest.mark.parametrize(
    ("begun", "on"),
    [
        (datetime(2026, 3, 9, 22, 30, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 3, 9, 23, 30, tzinfo=UTC), date(2026, 3, 10)),
    ],
)
def test_the_day_is_that_of_the_schools_wall(core: Core, begun: datetime, on: date) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    visit(core, amina, jonas, begun=begun, zone="Europe/Berlin")
    assert [line.on for line in of(core, amina).lines] == [on]
    assert of(core, amina, on, on).minutes == 50
    assert of(core, amina, on + timedelta(days=1), LAST).minutes == 0
    assert of(core, amina, FIRST, on - timedelta(days=1)).minutes == 0


def test_minutes_are_real_ones_when_clocks_change(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    berlin = ZoneInfo("Europe/Berlin")
    begun = datetime(2026, 3, 29, 1, 30, tzinfo=berlin).astimezone(UTC)
    ended = datetime(2026, 3, 29, 3, 30, tzinfo=berlin).astimezone(UTC)
    visit(core, amina, jonas, begun=begun, minutes=(ended - begun).total_seconds() / 60, zone="Europe/Berlin")
    assert of(core, amina).minutes == 60


@given(st.lists(st.integers(0, 364), min_size=1, max_size=6, unique=True), st.integers(0, 364), st.integers(0, 364))
def test_a_statement_over_two_spans_is_that_over_both(core: Core, days: list[int], one: int, other: int) -> None:
    who, watcher = people.add(core, name="Amina"), person(core, "Jonas")
    for day in days:
        begun = datetime(2025, 8, 1, 9, tzinfo=UTC) + timedelta(days=day)
        visit(core, who, watcher, begun=begun, minutes=day % 60 + 1)
    begin, until = (FIRST + timedelta(days=day) for day in sorted((one, other)))
    if begin == FIRST:
        return
    parts = (FIRST, begin - timedelta(days=1)), (begin, until), (until + timedelta(days=1), LAST + timedelta(days=1))
    whole = of(core, who, FIRST, LAST + timedelta(days=1))
    assert sum(of(core, who, *part).minutes for part in parts) == whole.minutes == sum(day % 60 + 1 for day in days)


def test_rules_of_the_school_decide(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    for week in range(3):
        visit(core, amina, jonas, begun=BEGUN + timedelta(weeks=week), minutes=50)
    hours.set_rule(core, kind=HoursKind.OBSERVING, per=Per.EACH, minutes=60, cap_min=150)
    hours.set_rule(core, kind=HoursKind.OBSERVED, per=Per.NOTHING)

    assert [line.minutes for line in of(core, jonas).lines] == [60, 60, 30]
    assert of(core, amina).minutes == 0
    assert of(core, jonas, date(2026, 3, 20)).minutes == 30, "what counted before uses the cap up"
    history.undo(core)
    assert of(core, amina).minutes == 150


def test_a_cap_begins_anew_with_the_schools_own_year(core: Core) -> None:
    amina, jonas = person(core, "Amina"), person(core, "Jonas")
    with core.store.write("term.add") as unit:
        unit.school.terms.add(SchoolTerm("y1", "2026", "year", date(2026, 3, 15), date(2027, 3, 14)))
        unit.commit()
    hours.set_rule(core, kind=HoursKind.OBSERVED, per=Per.ACTUAL, cap_min=60)
    for week in range(3):
        visit(core, amina, jonas, begun=BEGUN + timedelta(weeks=week), minutes=50)
    assert [line.minutes for line in of(core, amina).lines] == [50, 50, 10]
    assert hours.school_year(core, date(2026, 4, 1)) == (date(2026, 3, 15), date(2027, 3, 14))
    assert hours.school_year(core, date(2026, 3, 1)) == (date(2025, 8, 1), date(2026, 7, 31))


@pytest.mark.parametrize(("minutes", "cap"), [(0, None), (1441, None), (60, -1), (60, 36_001)])
def test_a_rule_out_of_range_is_refused(core: Core, minutes: int, cap: int | None) -> None:
    with pytest.raises(Invalid):
        hours.set_rule(core, kind=HoursKind.SESSION, per=Per.EACH, minutes=minutes, cap_min=cap)
    with pytest.raises(Invalid):
        hours.set_rule(core, kind=HoursKind.MANUAL, per=Per.ACTUAL)


def test_time_is_put_in_by_hand_changed_and_taken_away(core: Core) -> None:
    amina = person(core, "Amina")
    made = hours.add_entry(core, person_id=amina.id, on=date(2026, 3, 1), minutes=90, what="  Conference\nin town ")
    assert (made.what, of(core, amina).minutes) == ("Conference in town", 90)
    seen = hours.open_entry(core, made.id).seen
    hours.edit_entry(core, entry_id=made.id, seen=seen, on=date(2026, 3, 2), minutes=-30, what="Too much")
    assert [(line.on, line.minutes) for line in of(core, amina).lines] == [(date(2026, 3, 2), -30)]
    hours.delete_entry(core, entry_id=made.id, seen=hours.open_entry(core, made.id).seen)
    assert of(core, amina).lines == ()
    history.undo(core)
    assert of(core, amina).minutes == -30


@pytest.mark.parametrize(("minutes", "what"), [(0, "x"), (1441, "x"), (-1441, "x"), (5, " "), (5, "x" * 301)])
def test_time_by_hand_that_says_nothing_is_refused(core: Core, minutes: int, what: str) -> None:
    amina = person(core, "Amina")
    with pytest.raises(Invalid):
        hours.add_entry(core, person_id=amina.id, on=date(2026, 3, 1), minutes=minutes, what=what)
    with pytest.raises(NotFound):
        hours.add_entry(core, person_id="nobody", on=date(2026, 3, 1), minutes=5, what="x")


def test_the_list_is_by_name_whatever_people_have(core: Core) -> None:
    zoe, amina, jonas = (person(core, name) for name in ("Zoe", "amina", "Jonas"))
    visit(core, zoe, jonas, minutes=500)
    assert [row.person.name for row in hours.overview(core, first=FIRST, last=LAST)] == ["amina", "Jonas", "Zoe"]
    assert [row.person.name for row in hours.overview(core, first=FIRST, last=LAST, words="zo")] == ["Zoe"]
    people.edit(core, person_id=zoe.id, seen=people.open_person(core, zoe.id).seen, archived=True)
    people.edit(core, person_id=amina.id, seen=people.open_person(core, amina.id).seen, archived=True)
    told = {row.person.name: row.minutes for row in hours.overview(core, first=FIRST, last=LAST)}
    assert told == {"Jonas": 500, "Zoe": 500}


def test_who_was_merged_counts_for_who_they_turned_out_to_be(core: Core) -> None:
    amina, other, jonas = person(core, "Amina"), person(core, "A. Diallo"), person(core, "Jonas")
    visit(core, other, jonas)
    with core.store.write("person.edit") as unit:
        unit.people.change(other.id, {"merged_into": amina.id})
        unit.commit()
    assert of(core, amina).minutes == 50
    assert of(core, other).person.id == amina.id


def test_days_the_wrong_way_round_are_refused(core: Core) -> None:
    amina = person(core, "Amina")
    with pytest.raises(Invalid):
        of(core, amina, LAST, FIRST)
    with pytest.raises(Invalid):
        hours.overview(core, first=date(1990, 1, 1), last=LAST)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_refused(core: Core, day: date) -> None:
    amina = person(core, "Amina")
    for ask in (
        lambda: hours.school_year(core, day),
        lambda: hours.overview(core, first=day, last=day),
        lambda: hours.statement(core, person_id=amina.id, first=day, last=day),
        lambda: hours.add_entry(core, person_id=amina.id, on=day, minutes=30, what="Reading"),
    ):
        with pytest.raises(Invalid) as caught:
            ask()
        assert caught.value.rule == "out_of_range"
    assert hours.entries(core, amina.id) == ()
