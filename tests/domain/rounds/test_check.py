"""What is said of a set of visits: every broken rule by its name, and nothing of one that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from observe_app.domain.rounds.check import ClashKind, check
from observe_app.domain.rounds.rules import Hours, OwnCount, PartnerRule, Rules, Shape, SubjectRule, Travel
from observe_app.domain.rounds.school import Colleague, Planned, School, Taken
from observe_app.domain.school.classes import SlotKind

from .schools import MONDAY, days, lesson, people

SCHOOL = School(
    people=people("ann", "bob", "eve"),
    days=days(10),
    slots=(
        lesson("bob", 0, 540, class_name="8 B"),
        lesson("eve", 0, 540),
        lesson("eve", 0, 600, building="Hut"),
        lesson("ann", 1, 540),
        lesson("bob", 1, 480, kind=SlotKind.BUSY),
        lesson("bob", 2, 540, week="B"),
    ),
    rules=Rules(observes=3, observed=3),
)
GOOD = Planned("ann", "bob", MONDAY, 540, 590, "bob/0/540/teaching/None/", id="1")


def kinds(school: School, *visits: Planned) -> set[str]:
    return {str(clash.kind) for clash in check(school, visits)}


def ruled(**values: object) -> School:
    return replace(SCHOOL, rules=replace(SCHOOL.rules, **values))


def test_a_visit_that_fits_breaks_nothing() -> None:
    assert check(SCHOOL, [GOOD]) == ()


@pytest.mark.parametrize(
    ("visit", "kind"),
    [
        (replace(GOOD, observer_id="bob"), ClashKind.SELF),
        (replace(GOOD, observer_id="zoe"), ClashKind.STRANGER),
        (replace(GOOD, on=MONDAY + timedelta(days=5)), ClashKind.DAY),
        (replace(GOOD, start_min=530), ClashKind.NO_LESSON),
        (replace(GOOD, slot_id="another"), ClashKind.NO_LESSON),
        (replace(GOOD, observer_id="eve"), ClashKind.BUSY),
        (replace(GOOD, on=MONDAY + timedelta(days=2), slot_id=""), ClashKind.NO_LESSON),
    ],
)
def test_a_visit_that_cannot_be_is_named(visit: Planned, kind: ClashKind) -> None:
    assert str(kind) in kinds(SCHOOL, visit)


def test_a_lesson_of_b_weeks_is_there_in_b_weeks_alone() -> None:
    wednesday = MONDAY + timedelta(days=2)
    visit = replace(GOOD, slot_id="")

    assert ClashKind.NO_LESSON in kinds(SCHOOL, replace(visit, on=wednesday))
    assert kinds(SCHOOL, replace(visit, on=wednesday + timedelta(days=7))) == set()


def test_rules_about_the_pair() -> None:
    manager = replace(SCHOOL, people=(Colleague("ann", manager_id="bob"), *SCHOOL.people[1:]))

    assert kinds(ruled(exclusions=(("bob", "ann"),)), GOOD) == {"excluded"}
    assert kinds(manager, GOOD) == {"manager"}
    assert kinds(replace(manager, rules=Rules(not_manager=False)), GOOD) == set()
    assert kinds(ruled(subject=SubjectRule.SAME, subject_must=True), GOOD) == {"subject"}
    assert kinds(ruled(subject=SubjectRule.SAME), GOOD) == set()
    assert kinds(ruled(partners=PartnerRule.STAY, partners_must=True), GOOD) == {"partner"}
    known = replace(ruled(partners=PartnerRule.ROTATE, partners_must=True), earlier=frozenset({("ann", "bob")}))
    assert kinds(known, GOOD) == {"partner"}


def test_rules_about_all_visits_together() -> None:
    back = Planned("bob", "ann", MONDAY + timedelta(days=1), 540, 590, id="2")
    again = replace(GOOD, on=MONDAY + timedelta(days=7), id="3")

    assert kinds(SCHOOL, GOOD, again) == {"twice"}
    assert kinds(ruled(partners=PartnerRule.STAY), GOOD, again) == set()
    assert kinds(ruled(shape=Shape.RECIPROCAL), GOOD) == {"one_way"}
    assert kinds(ruled(shape=Shape.RECIPROCAL), GOOD, back) == set()
    assert kinds(ruled(shape=Shape.CHAIN), GOOD, back) == {"back"}
    assert kinds(ruled(own=(OwnCount("ann", observes=0),)), GOOD) == {"too_many_observes"}
    assert kinds(ruled(observed=0), GOOD) == {"too_many_observed"}
    assert kinds(ruled(week_load=1), GOOD, back) == {"load"}
    assert kinds(ruled(week_load=1), GOOD, replace(back, on=back.on and back.on + timedelta(days=7))) == set()


def test_two_visits_at_a_time_and_two_visitors_of_a_lesson() -> None:
    other = Planned("ann", "eve", MONDAY, 540, 590, id="2")
    guest = Planned("eve", "bob", MONDAY, 540, 590, id="3")

    assert ClashKind.OVERLAP in kinds(SCHOOL, GOOD, other)
    assert ClashKind.OVERLAP in kinds(SCHOOL, GOOD, guest)


def test_the_way_between_two_buildings_takes_its_minutes() -> None:
    first = replace(GOOD, building="Main")
    second = Planned("ann", "eve", MONDAY, 600, 650, building="Hut", id="2")

    assert kinds(ruled(travel=(Travel("hut ", "MAIN", 10),)), first, second) == set()
    (clash,) = check(ruled(travel=(Travel("hut", "main", 11),)), [first, second])
    assert (clash.kind, clash.needed, clash.found, clash.person_id) == (ClashKind.TRAVEL, 11, 10, "ann")
    own = replace(SCHOOL, slots=(*SCHOOL.slots, lesson("ann", 0, 595, building="Hut")))
    assert kinds(replace(own, rules=Rules(travel_minutes=6)), first) == {"travel"}
    assert kinds(replace(own, rules=Rules(travel_minutes=5)), first) == set()


def test_hours_and_times_that_are_given_away() -> None:
    assert kinds(ruled(protected=(Hours(0, 580, 600),)), GOOD) == {"protected"}
    assert kinds(ruled(protected=(Hours(1, 580, 600),)), GOOD) == set()
    assert kinds(ruled(protected=(Hours(-1, 580, 600, "eve"),)), GOOD) == set()
    assert kinds(replace(SCHOOL, taken=(Taken("bob", MONDAY, 500, 541),)), GOOD) == {"taken"}
    assert kinds(replace(SCHOOL, taken=(Taken("bob", MONDAY, 500, 540),)), GOOD) == set()


def test_a_visit_lasts_as_long_as_the_rules_say() -> None:
    assert kinds(ruled(minutes=30), GOOD) == {"length"}
    assert kinds(ruled(minutes=30), replace(GOOD, end_min=570)) == set()


def test_without_a_time_only_the_pair_is_asked_about() -> None:
    open_one = Planned("ann", "bob", id="1")

    assert kinds(SCHOOL, open_one) == set()
    assert kinds(ruled(exclusions=(("ann", "bob"),)), open_one) == {"excluded"}
