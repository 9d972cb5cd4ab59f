"""Terms, holidays, classes, and the turn of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.school.classes import LessonSlot, SlotKind
from observe_app.domain.school.terms import Holiday, SchoolTerm, TermKind, teaching_days, term_at, week_letter
from observe_app.domain.school.year import Stretch, a_year_on, moved_up, next_name
from observe_app.domain.seating import SeatingPlan
from observe_app.domain.seating_layouts import groups
from observe_app.services import history, people, visits
from observe_app.services.school import calendar, classes, rollover, terms

if TYPE_CHECKING:
    from observe_app.services.core import Core

YEAR = (date(2025, 9, 1), date(2026, 7, 24))


@pytest.fixture
def school_year(core: Core) -> SchoolTerm:
    year = terms.add_term(core, name="2025/26", first=YEAR[0], last=YEAR[1], kind=TermKind.YEAR)
    terms.add_term(core, name="Spring 2026", first=date(2026, 1, 6), last=date(2026, 3, 27))
    terms.add_holiday(core, name="Half term", first=date(2026, 2, 16), last=date(2026, 2, 20))
    return year


def test_terms_and_holidays_are_added_changed_and_deleted(core: Core, school_year: SchoolTerm) -> None:
    current = calendar.current_term(core)
    assert current is not None
    assert current.name == "Spring 2026"
    assert [term.name for term in calendar.terms(core)] == ["2025/26", "Spring 2026"]

    terms.edit_term(core, term_id=current.id, last=date(2026, 3, 1))
    assert calendar.current_term(core) == school_year
    with pytest.raises(Invalid) as caught:
        terms.edit_term(core, term_id=current.id, last=date(2025, 3, 1))
    assert (caught.value.field, caught.value.rule) == ("last", "before")
    with pytest.raises(Invalid):
        terms.add_term(core, name="  ", first=YEAR[0], last=YEAR[1])
    with pytest.raises(Invalid):
        terms.add_term(core, name="x", first=YEAR[0], last=YEAR[1], kind="week")

    (holiday,) = calendar.holidays(core)
    terms.edit_holiday(core, holiday_id=holiday.id, name="Carnival")
    terms.delete_holiday(core, holiday.id)
    terms.delete_term(core, current.id)
    assert (calendar.holidays(core), len(calendar.terms(core))) == ((), 1)
    history.undo(core)
    assert len(calendar.terms(core)) == 2


def test_a_class_is_kept_and_given_to_a_visit(core: Core, school_year: SchoolTerm) -> None:
    amina = people.add(core, name="Amina Diallo")
    made = classes.add(core, name="8b", subject="Maths", size=27, room="12", teacher_ids=(amina.id,),
                       term_id=school_year.id)  # fmt: skip
    plan = groups(12)
    classes.set_plan(core, class_id=made.id, plan=plan)
    visit = visits.plan(core, teacher_id=amina.id, topic="Angles")

    chosen = classes.choose(core, visit_id=visit.id, class_id=made.id)

    assert (chosen.class_id, chosen.class_name, chosen.subject, chosen.class_size, chosen.room, chosen.topic) == (
        made.id, "8b", "Maths", 27, "12", "Angles",
    )  # fmt: skip
    assert chosen.seating
    (row,) = classes.listing(core, words="amina 2025")
    assert (row.teachers, row.term, row.seats, row.visits) == (("Amina Diallo",), "2025/26", 12, 1)
    assert classes.listing(core, words="art") == ()
    history.undo(core)
    assert visits.get(core, visit.id).class_id == ""


def test_a_plan_that_a_visit_has_is_not_overwritten(core: Core) -> None:
    made = classes.add(core, name="8b")
    classes.set_plan(core, class_id=made.id, plan=groups(12))
    visit = visits.plan(core)
    classes.choose(core, visit_id=visit.id, class_id=made.id)
    before = visits.get(core, visit.id).seating
    classes.set_plan(core, class_id=made.id, plan=groups(4))

    assert classes.choose(core, visit_id=visit.id, class_id=made.id).seating == before
    classes.set_plan(core, class_id=made.id, plan=SeatingPlan())
    assert classes.open_class(core, made.id).value.seating == ""


def test_classes_refuse_what_no_class_is(core: Core) -> None:
    with pytest.raises(Invalid):
        classes.add(core, name="8b", size=0)
    with pytest.raises(NotFound):
        classes.add(core, name="8b", teacher_ids=("nobody",))
    with pytest.raises(NotFound):
        classes.add(core, name="8b", term_id="never")
    one = classes.add(core, name="8b")
    classes.add(core, name="8B")
    with pytest.raises(Ambiguous):
        classes.by_name(core, "8b")
    classes.edit(core, class_id=one.id, archived=True)
    assert classes.by_name(core, "8b").name == "8B"
    classes.delete(core, one.id)
    assert [row.school_class.name for row in classes.listing(core, archived=True)] == ["8B"]


def test_the_turn_of_the_year_is_one_step_there_and_back(core: Core, school_year: SchoolTerm) -> None:
    stays, goes, gone = (people.add(core, name=name) for name in ("Stays", "Goes", "Gone"))
    people.leave(core, person_ids=(gone.id,), last_day=date(2026, 7, 24))
    for name in ("7a", "8b", "9c", "Choir"):
        classes.add(core, name=name, size=20, teacher_ids=(stays.id,))
    with core.store.write("test.slot") as unit:
        unit.school.slots.add(LessonSlot("w", stays.id, SlotKind.TEACHING, 0, None, 480, 540))
        unit.school.slots.add(LessonSlot("d", stays.id, SlotKind.BUSY, -1, date(2026, 9, 9), 480, 540))
        unit.commit()
    wish = rollover.propose(core)
    assert (wish.year.name, wish.year.first) == ("2026/27", date(2026, 8, 31))
    assert [one.name for one in wish.terms] == ["Spring 2027"]
    assert [(one.name, one.first) for one in wish.holidays] == [("Half term", date(2027, 2, 15))]

    wish = rollover.RolloverWish(wish.year, wish.terms, wish.holidays, leavers=(goes.id,))
    plan = rollover.plan(core, wish)
    assert [row.school_class.name for row in classes.listing(core)] == ["7a", "8b", "9c", "Choir"], "only looked at"
    assert [(old.name, new.name) for old, new in plan.moved] == [("7a", "8a"), ("8b", "9b"), ("Choir", "Choir")]
    assert ([one.name for one in plan.ended], [one.name for one in plan.fresh]) == (["9c"], ["7a"])
    assert ([one.name for one in plan.leavers], plan.slots) == (["Goes", "Gone"], 1)

    rollover.roll_over(core, wish)

    now = classes.listing(core)
    assert [(row.school_class.name, row.term) for row in now] == [
        ("7a", "2026/27"), ("8a", "2026/27"), ("9b", "2026/27"), ("Choir", "2026/27"),
    ]  # fmt: skip
    assert now[0].school_class.size is None
    assert len(classes.listing(core, archived=True)) == 8
    assert [row.person.name for row in people.listing(core)] == ["Stays"]
    with core.store.read() as reading:
        assert [slot.id for slot in reading.school.slots.find()] == ["d"]
    assert len(calendar.terms(core)) == 4

    assert history.undo(core).kind == "school.rollover"

    assert [row.school_class.name for row in classes.listing(core, archived=True)] == ["7a", "8b", "9c", "Choir"]
    assert len(people.listing(core)) == 3
    assert len(calendar.terms(core)) == 2
    with core.store.read() as reading:
        assert len(reading.school.slots.find()) == 2


def test_a_year_that_cannot_be_changes_nothing(core: Core, school_year: SchoolTerm) -> None:
    bad_term = Stretch("Autumn", date(2030, 9, 1), date(2030, 12, 1), TermKind.TERM)
    for wish in (
        rollover.RolloverWish(Stretch("", date(2026, 9, 1), date(2027, 7, 1))),
        rollover.RolloverWish(Stretch("x", date(2026, 9, 1), date(2025, 7, 1))),
        rollover.RolloverWish(Stretch("x", date(2026, 9, 1), date(2027, 7, 1)), terms=(bad_term,)),
    ):
        with pytest.raises(Invalid):
            rollover.roll_over(core, wish)
    assert len(calendar.terms(core)) == 2
    cut = rollover.RolloverWish(Stretch("x", date(2026, 7, 1), date(2027, 7, 1)))
    assert rollover.plan(core, cut).overlaps == ("2025/26",)


def test_without_a_year_before_the_proposal_is_a_whole_one(core: Core) -> None:
    wish = rollover.propose(core)
    assert (wish.year.name, wish.year.first, wish.year.last) == ("2026/27", date(2026, 9, 1), date(2027, 7, 31))


@pytest.mark.parametrize(("name", "after"), [
    ("2025/26", "2026/27"), ("2025-2026", "2026-2027"), ("Autumn 2025", "Autumn 2026"), ("1999/00", "2000/01"),
    ("Michaelmas", "Michaelmas"), ("Schuljahr 2025 – 26", "Schuljahr 2026 – 27"),
])  # fmt: skip
def test_names_of_years_count_on(name: str, after: str) -> None:
    assert next_name(name) == after


@pytest.mark.parametrize(("name", "after"), [
    ("8b", "9b"), ("Year 09 blue", "Year 10 blue"), ("Choir", "Choir"), ("10a", "11a"), ("Room 214", "Room 214"),
])  # fmt: skip
def test_names_of_classes_count_on(name: str, after: str) -> None:
    assert moved_up(name) == after


@given(st.dates(date(1990, 1, 1), date(2150, 1, 1)))
def test_a_year_on_is_the_same_weekday_within_days_of_the_date(day: date) -> None:
    after = a_year_on(day)
    assert after.weekday() == day.weekday()
    assert abs((after - day).days - 365) <= 4


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(first=DAYS, length=st.integers(0, 60), free=st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=5))
def test_teaching_days_are_the_weekdays_outside_holidays(
    first: date, length: int, free: list[tuple[date, int]]
) -> None:
    last = first + timedelta(days=length)
    holidays = [Holiday(str(n), "", day, day + timedelta(days=more)) for n, (day, more) in enumerate(free)]
    found = set(teaching_days(holidays, first, last))
    for n in range(length + 1):
        day = first + timedelta(days=n)
        lesson = day.weekday() < 5 and not any(one.first <= day <= one.last for one in holidays)
        assert (day in found) == lesson


@given(day=DAYS)
def test_weeks_take_turns_and_the_shortest_term_counts(day: date) -> None:
    whole = SchoolTerm("y", "y", TermKind.YEAR, date(2024, 9, 4), date(2028, 7, 1))
    part = SchoolTerm("t", "t", TermKind.TERM, day - timedelta(days=3), day + timedelta(days=3))
    assert term_at((whole, part), day) == part
    one, other = week_letter((whole, part), day), week_letter((whole, part), day + timedelta(days=7))
    assert {one, other} == {"A", "B"}
    monday = day - timedelta(days=day.weekday())
    assert week_letter((whole,), monday) == week_letter((whole,), monday + timedelta(days=6))
