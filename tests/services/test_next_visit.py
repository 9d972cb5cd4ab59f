"""The next visit: agreed in one act, with everything that stays the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid
from observe_app.services import history, next_visit, people, visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


@pytest.fixture
def visit(core: Core) -> Visit:
    teacher, observer = people.add(core, name="Amina Diallo"), people.add(core, name="Joonas P")
    return visits.plan(
        core,
        teacher_id=teacher.id,
        observer_id=observer.id,
        form_id="question-log",
        class_name="8 B",
        subject="Mathematics",
        room="12",
        focus="Wait time",
        looking_for="pauses",
        led="teacher",
        agreed_items=("wait",),
        minutes=45,
        topic="Fractions",
    )


def test_what_stays_the_same_is_carried_over(core: Core, clock: FakeClock, visit: Visit) -> None:
    start = clock.now() + timedelta(days=14)

    planned = next_visit.agree(core, visit_id=visit.id, start=start)

    same = ("teacher_id", "observer_id", "class_name", "subject", "room", "form_id", "focus", "looking_for", "led")
    assert {name: getattr(planned, name) for name in same} == {name: getattr(visit, name) for name in same}
    assert (planned.start, planned.minutes, planned.agreed_items) == (start, 45, ("wait",))
    assert (planned.topic, planned.started, planned.form_snapshot) == ("", None, visit.form_snapshot)
    assert next_visit.of_visit(core, visits.get(core, visit.id)) == planned


def test_another_focus_leaves_the_signs_of_the_old_one_behind(core: Core, clock: FakeClock, visit: Visit) -> None:
    planned = next_visit.agree(core, visit_id=visit.id, start=clock.now(), minutes=20, focus="Exit questions")

    assert (planned.focus, planned.looking_for, planned.minutes) == ("Exit questions", "", 20)


def test_one_undo_takes_back_the_plan_and_the_agreement(core: Core, clock: FakeClock, visit: Visit) -> None:
    planned = next_visit.agree(core, visit_id=visit.id, start=clock.now())

    history.undo(core, scope=visit.id)

    assert next_visit.of_visit(core, visits.get(core, visit.id)) is None
    assert planned.id not in {row.id for row in visits.listing(core)}


def test_a_second_one_is_refused_until_the_first_is_deleted(core: Core, clock: FakeClock, visit: Visit) -> None:
    planned = next_visit.agree(core, visit_id=visit.id, start=clock.now())
    with pytest.raises(Invalid):
        next_visit.agree(core, visit_id=visit.id, start=clock.now())

    visits.delete(core, visit_id=planned.id, seen=visits.open_visit(core, planned.id).seen)

    assert next_visit.of_visit(core, visits.get(core, visit.id)) is None
    assert next_visit.agree(core, visit_id=visit.id, start=clock.now()).id != planned.id


def test_a_start_in_no_year_of_ours_plans_nothing(core: Core, clock: FakeClock, visit: Visit) -> None:
    with pytest.raises(Invalid):
        next_visit.agree(core, visit_id=visit.id, start=clock.now().replace(year=2500))

    assert len(visits.listing(core)) == 1
