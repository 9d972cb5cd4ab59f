"""Goals, what they serve, what they are pursued by, how they end; readings one by one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.groups.goal import Goal
from observe_app.services import history, people, visits
from observe_app.services.groups import goals, groups, links, readings
from observe_app.services.groups.page import goal_view, page
from tests.services.groups.made import community

if TYPE_CHECKING:
    from observe_app.services.core import Core


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e13])
def test_figures_out_of_anything_are_refused(core: Core, value: float) -> None:
    goal = goals.add(core, title="Talk")
    with pytest.raises(Invalid):
        goals.edit(core, goal_id=goal.id, target=value)
    with pytest.raises(Invalid):
        readings.add(core, goal_id=goal.id, on=date(2026, 3, 1), value=value)

    assert goals.get(core, goal.id).target is None


@pytest.mark.parametrize("n", [0, -3, 1_000_001])
def test_a_reading_rests_on_somebody_or_does_not_say(core: Core, n: int) -> None:
    goal = goals.add(core, title="Talk")
    with pytest.raises(Invalid):
        readings.add(core, goal_id=goal.id, on=date(2026, 3, 1), value=4, n=n)
    made = readings.add(core, goal_id=goal.id, on=date(2026, 3, 1), value=0)

    assert (made.value, made.n) == (0.0, None), "nought is a value, and not saying n is allowed"


def test_no_goal_serves_itself_not_even_in_a_circle(core: Core) -> None:
    one = goals.add(core, title="One")
    two = goals.add(core, title="Two", parent_id=one.id)
    with pytest.raises(Invalid) as refused:
        goals.edit(core, goal_id=one.id, parent_id=two.id)
    assert refused.value.rule == "own_parent"
    with pytest.raises(NotFound):
        goals.add(core, title="Three", parent_id="nothing")

    assert [choice.goal.id for choice in goals.choices(core, one)] == []
    assert [choice.goal.id for choice in goals.choices(core, two)] == [one.id]


def test_a_goal_ends_with_its_story_and_can_be_opened_again(core: Core) -> None:
    made = community(core)
    found = page(core, made.group.id)
    assert [view.goal.id for view in found.goals] == [made.goal.id]
    assert [view.goal.id for view in found.closed] == [made.reached.id]
    assert ("goal", made.reached.id) in {(one.kind, one.id) for one in found.celebrations}

    goals.close(core, goal_id=made.reached.id, status="open")
    again = goals.get(core, made.reached.id)
    assert (again.status, again.closed, again.story) == ("open", None, "Swapping one hour a week made room for it.")
    goals.close(core, goal_id=made.goal.id, status="dropped")
    assert {one.kind for one in page(core, made.group.id).celebrations} == {"promise"}, "letting go is no celebration"


def test_the_latest_reading_is_of_the_own_measure(core: Core) -> None:
    made = community(core, count=3)
    readings.add(core, goal_id=made.goal.id, on=date(2027, 1, 1), value=3.2, series="7 A, maths test")
    view = goal_view(core, made.goal.id)

    assert view.latest is not None
    assert view.latest.series == ""
    assert [line.name for line in view.chart.lines] == ["", "7 A, maths test"]
    assert view.chart.is_sequence


def test_links_change_as_one_act_and_leave_others_alone(core: Core) -> None:
    made = community(core)
    shown = links.choices(core, made.goal.id)
    kinds = [one.kind for one in shown]
    assert kinds == sorted(kinds, key=["visit", "step", "session"].index)
    assert made.visit_ids[2] not in {one.id for one in shown}, "a visit of others is not offered"

    assert links.set_links(core, goal_id=made.goal.id, shown=shown, wanted=()) == 4
    view = goal_view(core, made.goal.id)
    assert [one.visit_id for one in view.visits] == [made.visit_ids[2]]
    history.undo(core)
    assert len(goal_view(core, made.goal.id).visits) == 3


def test_what_is_gone_is_linked_no_more(core: Core) -> None:
    made = community(core)
    visits.delete(core, visit_id=made.visit_ids[0], seen=history.seen(core, ("visit", made.visit_ids[0])))
    view = goal_view(core, made.goal.id)

    assert len(view.visits) == 2
    assert len(view.steps) == 2
    with pytest.raises(NotFound):
        goals.link(core, goal_id=made.goal.id, kind="visit", target_id="nothing")
    with pytest.raises(Invalid):
        goals.link(core, goal_id=made.goal.id, kind="film", target_id=made.visit_ids[0])


def test_a_school_goal_names_the_goals_of_no_person(core: Core) -> None:
    ines = people.add(core, name="Ines")
    goals.add(core, title="Own goal", person_id=ines.id)
    school = goals.add(core, title="School")
    group = groups.add(core, name="Maths")

    assert goals.of_school(core) == (school,)
    assert goals.of_group(core, group.id) == ()


def test_a_goal_that_is_not_set_yet_is_offered_what_it_could_serve(core: Core) -> None:
    group = groups.add(core, name="Maths")
    above = goals.add(core, title="Every pupil is heard")
    goals.add(core, group_id=group.id, title="Of the same group")

    assert [one.goal.id for one in goals.choices(core, Goal("", "", group.id))] == [above.id]


def test_goals_of_the_school_say_what_serves_them_open_ones_first(core: Core) -> None:
    group = groups.add(core, name="Maths")
    first, second = goals.add(core, title="First"), goals.add(core, title="Second")
    goals.add(core, title="Somebody's own", person_id="somebody")
    goals.add(core, group_id=group.id, title="Answers with a reason", parent_id=first.id)
    goals.close(core, goal_id=first.id, story="It took two years")

    found = goals.school_goals(core)
    assert [one.goal.id for one in found] == [second.id, first.id]
    assert [one.served_by for one in found] == [(), (("Answers with a reason", "Maths"),)]
