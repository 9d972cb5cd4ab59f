"""The search: what it plans keeps every hard rule, the locked stays, the same comes of the same, and why is said."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from observe_app.domain.progress import Progress
from observe_app.domain.rounds import report as reports
from observe_app.domain.rounds.check import ClashKind, check
from observe_app.domain.rounds.report import Ended, Part, Shortfall, Why
from observe_app.domain.rounds.rules import Hours, OwnCount, PartnerRule, Rules, Shape, SubjectRule, Travel
from observe_app.domain.rounds.school import Colleague, Planned, School
from observe_app.domain.school.classes import SlotKind
from observe_app.services.rounds.greedy import greedy
from observe_app.services.rounds.problem import problem_of
from observe_app.services.rounds.solve import solve
from tests.domain.rounds.schools import days, full_week, lesson, people, schools

FEW = settings(max_examples=25)
"""Each example is a search of its own."""
NAMES = tuple("abcdefgh")
SCHOOL = School(people(*NAMES), days(), full_week(NAMES), Rules())


def ruled(**values: object) -> School:
    return replace(SCHOOL, rules=replace(SCHOOL.rules, **values))


def short(school: School, **more: object) -> dict[tuple[str, Part], Shortfall]:
    return {(one.person_id, one.part): one for one in solve(school, **more).report.shortfalls}


def whys(one: Shortfall) -> dict[Why, int]:
    return {reason.why: reason.count for reason in one.reasons}


# --- every hard rule -------------------------------------------------------------------------------------------------


@given(schools())
@FEW
def test_a_plan_keeps_every_hard_rule(school: School) -> None:
    assert check(school, solve(school).visits) == ()


@given(schools())
@FEW
def test_the_plain_plan_keeps_them_too(school: School) -> None:
    problem = problem_of(school)

    assert check(school, [problem.options[place].visit for place in greedy(problem)]) == ()


@given(schools(most=5))
@FEW
def test_what_was_left_out_could_not_simply_be_added(school: School) -> None:
    """Where visits hang together one by one, a plan that is called the best has no room for another."""
    school = replace(school, rules=replace(school.rules, shape=Shape.FREE))
    solution = solve(school)
    assert solution.report.ended == Ended.BEST

    for option in problem_of(school, fixed=solution.visits).options:
        assert check(school, [*solution.visits, option.visit]) != ()


@given(schools())
@FEW
def test_visits_found_and_missing_come_to_what_is_needed(school: School) -> None:
    solution = solve(school)
    own = {one.person_id: one for one in school.rules.own}
    does = Counter(one.observer_id for one in solution.visits)
    missing = {(one.person_id, one.part): one.needed - one.found for one in solution.report.shortfalls}

    for person in school.people:
        asked = own.get(person.id)
        needed = school.rules.observes if asked is None or asked.observes is None else asked.observes
        assert does[person.id] + missing.get((person.id, Part.OBSERVES), 0) == needed
    assert reports.loads(reports.dumps(solution.report)) == solution.report


@given(schools())
@FEW
def test_every_possible_visit_is_accounted_for(school: School) -> None:
    """The reasons of a shortfall name each visit that might have been, once; those planned apart."""
    solution = solve(school)
    for one in solution.report.shortfalls:
        large = {Why.NO_LESSONS, Why.FEW_PEOPLE, Why.SUMS}
        told = sum(reason.count for reason in one.reasons if reason.why not in large)
        assert one.possible - one.found <= told <= one.possible
        assert all(reason.alone <= reason.count for reason in one.reasons)


@given(schools())
@FEW
def test_the_same_comes_of_the_same(school: School) -> None:
    first, second = solve(school), solve(school)

    assert first.visits == second.visits
    assert first.report.shortfalls == second.report.shortfalls


# --- locked, and as little else as can be ----------------------------------------------------------------------------


@given(schools())
@FEW
def test_what_is_locked_stays_and_breaks_no_more_than_it_did(school: School) -> None:
    plan = [replace(one, id=str(place)) for place, one in enumerate(solve(school).visits)]
    locked, rest = plan[::2], plan[1::2]

    again = solve(school, fixed=locked, before=rest)

    assert set(locked) <= set(again.visits)
    assert check(school, again.visits) == tuple(
        clash for clash in check(school, again.visits) if clash.kind == ClashKind.ONE_WAY
    )
    assert len(again.visits) >= len(plan) or school.rules.shape == Shape.RECIPROCAL


@given(schools(), schools())
@FEW
def test_locked_visits_that_clash_stay_and_nothing_else_clashes(school: School, other: School) -> None:
    """Of a school with other rules and timetables: whatever they break, the plan around them breaks no more."""
    ids = {one.id for one in school.people}
    days_of = {one.on for one in school.days}
    locked = [
        replace(one, id=f"locked {place}")
        for place, one in enumerate(solve(other).visits)
        if {one.observer_id, one.teacher_id} <= ids and one.on in days_of
    ]

    plan = solve(school, fixed=locked)

    assert set(locked) <= set(plan.visits)
    before = {clash.kind for clash in check(school, locked)}
    for clash in check(school, plan.visits):
        assert clash.kind in before
        assert any(one.startswith("locked") for one in clash.visits)


def test_solving_again_changes_nothing_where_nothing_changed() -> None:
    plan = [replace(one, id=str(place)) for place, one in enumerate(solve(ruled(observes=2, observed=2)).visits)]

    again = solve(ruled(observes=2, observed=2), before=plan)

    assert set(again.visits) == set(plan)
    assert (again.report.kept, again.report.moved) == (len(plan), 0)


def test_only_what_must_move_moves() -> None:
    plan = [replace(one, id=str(place)) for place, one in enumerate(solve(SCHOOL).visits)]
    ill = plan[0].teacher_id
    changed = ruled(own=(OwnCount(ill, observes=0, observed=0),), observes=1)

    again = solve(changed, before=plan)

    touched = [one for one in plan if ill in {one.observer_id, one.teacher_id}]
    stayed = set(plan) & set(again.visits)
    assert len(again.visits) == len(NAMES) - 1
    assert len(stayed) >= len(plan) - len(touched) - 1
    assert check(changed, again.visits) == ()


# --- shapes ----------------------------------------------------------------------------------------------------------


def test_reciprocal_pairs_go_both_ways() -> None:
    visits = solve(ruled(shape=Shape.RECIPROCAL)).visits
    pairs = {(one.observer_id, one.teacher_id) for one in visits}

    assert len(visits) == len(NAMES)
    assert {(two, one) for one, two in pairs} == pairs


def test_a_locked_visit_gets_its_visit_back() -> None:
    first = next(option.visit for option in problem_of(SCHOOL).options)
    locked = replace(first, id="locked")

    visits = solve(ruled(shape=Shape.RECIPROCAL), fixed=[locked]).visits

    assert (locked.teacher_id, locked.observer_id) in {(one.observer_id, one.teacher_id) for one in visits}
    assert check(ruled(shape=Shape.RECIPROCAL), visits) == ()


def test_a_chain_never_goes_back() -> None:
    visits = solve(ruled(shape=Shape.CHAIN, observes=2, observed=2)).visits
    pairs = {(one.observer_id, one.teacher_id) for one in visits}

    assert len(visits) == 2 * len(NAMES)
    assert not {(two, one) for one, two in pairs} & pairs


def test_wishes_are_met_where_they_can_be() -> None:
    names = {name: frozenset({"maths" if place < 4 else "art"}) for place, name in enumerate(NAMES)}
    school = replace(SCHOOL, people=tuple(Colleague(name, subject) for name, subject in names.items()))
    same = solve(replace(school, rules=Rules(subject=SubjectRule.SAME)))
    other = solve(replace(school, rules=Rules(subject=SubjectRule.DIFFERENT)))

    assert same.report.subject_met == same.report.found == len(NAMES)
    assert other.report.subject_met == other.report.found == len(NAMES)


def test_pairs_rotate_from_round_to_round_or_stay() -> None:
    first = {(one.observer_id, one.teacher_id) for one in solve(SCHOOL).visits}
    after = replace(SCHOOL, earlier=frozenset(first))

    rotated = solve(replace(after, rules=Rules(partners=PartnerRule.ROTATE))).visits
    stayed = solve(replace(after, rules=Rules(partners=PartnerRule.STAY))).visits

    assert not {(one.observer_id, one.teacher_id) for one in rotated} & first
    assert {(one.observer_id, one.teacher_id) for one in stayed} == first


def test_visits_spread_over_the_weeks() -> None:
    school = replace(ruled(observes=2, observed=2), days=days(10))

    weeks = Counter((person, one.on.isocalendar().week) for one in solve(school).visits if one.on
                    for person in (one.observer_id, one.teacher_id))  # fmt: skip

    assert max(weeks.values()) == 2


# --- weeks and clocks ------------------------------------------------------------------------------------------------


def test_a_lesson_of_b_weeks_is_visited_in_a_b_week() -> None:
    school = School(
        people("a", "b"),
        days(10),
        (lesson("b", 2, 540, week="B"),),
        Rules(own=(OwnCount("b", 0, 1), OwnCount("a", 1, 0))),
    )

    (visit,) = solve(school).visits

    assert visit.on == [day.on for day in school.days if day.week == "B"][2]


# --- what cannot be --------------------------------------------------------------------------------------------------


def test_somebody_without_lessons_is_told_so() -> None:
    school = replace(SCHOOL, slots=tuple(slot for slot in SCHOOL.slots if slot.person_id != "a"))

    found = short(school)

    assert whys(found["a", Part.OBSERVED])[Why.NO_LESSONS] == 0
    assert found["a", Part.OBSERVED].lessons == 0
    assert [part for _person, part in found].count(Part.OBSERVES) == 1  # one of the others has nobody left to see


def test_nobody_is_free() -> None:
    slots = tuple(lesson(name, weekday, 480) for name in NAMES for weekday in range(5))

    found = short(replace(SCHOOL, slots=slots))

    assert len(found) == 2 * len(NAMES)
    for one in found.values():
        assert whys(one) == {Why.BUSY: one.possible}
        assert one.reasons[-1].alone == one.possible > 0


def test_everybody_is_excluded() -> None:
    pairs = tuple((one, two) for one in NAMES for two in NAMES if one < two)

    found = short(ruled(exclusions=pairs))

    assert len(found) == 2 * len(NAMES)
    for one in found.values():
        assert whys(one)[Why.FEW_PEOPLE] == 0
        assert whys(one)[Why.EXCLUDED] == one.possible


def test_more_visits_than_colleagues() -> None:
    found = short(ruled(observes=9, observed=9))

    assert len(found) == 2 * len(NAMES)
    assert all(whys(one)[Why.FEW_PEOPLE] == len(NAMES) - 1 for one in found.values())


def test_needs_that_do_not_add_up() -> None:
    found = short(ruled(observes=2, observed=1))

    assert sum(one.needed - one.found for one in found.values()) == len(NAMES)
    assert {part for _person, part in found} == {Part.OBSERVES}
    assert all(whys(one)[Why.SUMS] == len(NAMES) for one in found.values())


@pytest.mark.parametrize(
    ("school", "why"),
    [
        (ruled(protected=(Hours(-1, 0, 1440),)), Why.PROTECTED),
        (ruled(minutes=51), Why.LENGTH),
        (replace(SCHOOL, slots=(*SCHOOL.slots, *(lesson(name, day, 0, minutes=1440, kind=SlotKind.BUSY)
                 for name in NAMES for day in range(5)))), Why.TEACHER_BUSY),
        (ruled(subject=SubjectRule.SAME, subject_must=True), Why.SUBJECT),
        (ruled(partners=PartnerRule.STAY, partners_must=True), Why.PARTNER),
        (replace(SCHOOL, people=tuple(replace(one, building=one.id) for one in SCHOOL.people),
                 rules=Rules(travel_minutes=240)), Why.TRAVEL),
    ],
)  # fmt: skip
def test_the_rule_that_takes_everything_is_named(school: School, why: Why) -> None:
    found = short(school)

    assert len(found) == 2 * len(NAMES)
    assert all(why in whys(one) for one in found.values())
    assert all(set(whys(one)) <= {why, Why.BUSY, Why.FEW_PEOPLE} for one in found.values())


def test_a_full_week_is_named() -> None:
    found = short(ruled(observes=3, observed=3, week_load=2))

    assert found
    assert all(Why.LOAD in whys(one) for one in found.values())


def test_nobody_takes_part_or_there_is_no_day() -> None:
    assert solve(School((), days(), ())).visits == ()
    assert solve(replace(SCHOOL, days=())).visits == ()
    assert len(solve(replace(SCHOOL, days=())).report.shortfalls) == 2 * len(NAMES)


def test_a_locked_visit_at_a_time_typed_in_is_planned_around() -> None:
    day = SCHOOL.days[0].on
    locked = Planned("a", "b", day, 470, 700, id="x")

    visits = solve(ruled(observes=2, observed=2), fixed=[locked]).visits

    here = [one for one in visits if one.on == day and one != locked and {"a", "b"} & {one.observer_id, one.teacher_id}]
    assert all((one.start_min or 0) >= 700 for one in here)


def test_ways_between_buildings_are_planned_for() -> None:
    houses = tuple(replace(one, building="NS"[place % 2]) for place, one in enumerate(SCHOOL.people))
    school = replace(ruled(travel=(Travel("N", "S", 30),), observes=2, observed=2), people=houses)

    assert check(school, solve(school).visits) == ()


def test_fewer_options_are_the_same_ones_and_hold_the_plan_before() -> None:
    plan = [option.visit for option in problem_of(SCHOOL).options[::40]]
    first, second = (problem_of(SCHOOL, before=plan, most=len(plan) + 5) for _time in range(2))

    assert first.options == second.options
    assert {option.visit for option in first.options} >= set(plan)
    assert len(first.options) < first.possible == len(first.every)


# --- a search that takes a while -------------------------------------------------------------------------------------


def test_it_tells_how_far_it_is_and_stops_when_asked() -> None:
    names = tuple(f"p{number:02}" for number in range(30))
    school = School(
        tuple(Colleague(name, frozenset({"abc"[place % 3]})) for place, name in enumerate(names)),
        days(20),
        full_week(names, free=1),
        Rules(observes=3, observed=3, subject=SubjectRule.SAME, shape=Shape.CHAIN, spread_weight=9),
    )
    told: list[tuple[int, int]] = []
    heard = threading.Event()

    def report(done: int, total: int, _text: str) -> None:
        told.append((done, total))
        heard.set()

    progress = Progress(report)
    stopper = threading.Thread(target=lambda: heard.wait(30) and progress.cancel())
    stopper.start()
    solution = solve(school, seconds=60, progress=progress)
    stopper.join()

    assert told[0][1] == 90
    assert solution.report.ended == Ended.STOPPED
    assert len(solution.visits) >= told[0][0] > 0
    assert solution.report.seconds < 30
    assert check(school, solution.visits) == ()
