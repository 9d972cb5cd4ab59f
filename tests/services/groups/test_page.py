"""What a group's page tells, and what it never tells: nothing of a teacher's record but the day of a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.cli.group_documents import group_document
from observe_app.domain.action_step import StepStatus
from observe_app.domain.errors import NotFound
from observe_app.domain.groups.goal import LinkKind
from observe_app.domain.groups.group import Excerpt
from observe_app.domain.sessions.session import FollowUp
from observe_app.services import history, people, steps, visits
from observe_app.services.charts.readings import readings_table
from observe_app.services.charts.words import ChartWords
from observe_app.services.groups import goals, groups
from observe_app.services.groups.page import goal_view, page
from tests.services.groups.made import community

if TYPE_CHECKING:
    from observe_app.services.core import Core

OF_A_LESSON = "Žofia struggles with the back row"


def test_nothing_of_another_ones_lesson_is_on_the_page(core: Core) -> None:
    made = community(core)
    other, third = people.by_name(core, "Ines Nguyen"), people.by_name(core, "Tom Whitfield")
    visit = visits.plan(
        core, teacher_id=other.id, observer_id=third.id, class_name=OF_A_LESSON, subject=OF_A_LESSON,
        start=core.clock.now(),
    )  # fmt: skip
    visits.update(core, visit_id=visit.id, seen=history.seen(core, ("visit", visit.id)), focus=OF_A_LESSON)
    step = steps.add(core, visit_id=visit.id, text=OF_A_LESSON, owner_id=other.id)
    goals.link(core, goal_id=made.goal.id, kind=LinkKind.VISIT, target_id=visit.id)
    goals.link(core, goal_id=made.goal.id, kind=LinkKind.STEP, target_id=step.id)

    found = page(core, made.group.id)
    linked = next(one for one in found.goals[0].visits if one.visit_id == visit.id)
    assert (linked.day, linked.mine) == (groups.today(core), False)
    assert OF_A_LESSON not in repr(found)
    assert OF_A_LESSON not in str(group_document(core, made.group.id))
    assert OF_A_LESSON not in str(readings_table(found.goals[0].chart, ChartWords()))
    assert visit.id not in {one.visit_id for one in found.goals[0].chart.visits}, "it cannot be opened from the chart"


def test_an_action_step_has_words_for_its_owner_alone(core: Core) -> None:
    made = community(core)
    told = {step.text for step in goal_view(core, made.goal.id).steps}
    assert told == {"Wait five seconds before helping, class 0", ""}

    core.settings.change(me_id=people.by_name(core, "Ines Nguyen").id)
    found = goal_view(core, made.goal.id)
    assert {step.text for step in found.steps} == {""}
    assert not any(visit.mine for visit in found.visits)


def test_promises_stand_by_their_day_and_say_who(core: Core) -> None:
    made = community(core)
    found = page(core, made.group.id).promises

    assert [(one.follow_up.text, one.owner, one.late) for one in found] == [
        ("Bring two transcripts of starters", "Ines Nguyen", True),
        ("Ask the library for the talk cards", "Amina Diallo-Žižek", False),
        ("Book the small hall for June", "Ines Nguyen", False),
    ]


def test_celebrations_are_what_came_to_a_good_end_the_newest_first(core: Core) -> None:
    made = community(core)
    mine = next(one for one in goal_view(core, made.goal.id).steps if one.text)
    with core.store.write("step.edit") as unit:
        for at, step in enumerate(goal_view(core, made.goal.id).steps[:2]):
            closed = core.clock.now() - timedelta(days=at)
            unit.talk.change_step(step.step_id, {"status": StepStatus.DONE, "closed": closed})
        unit.commit()
    found = page(core, made.group.id).celebrations

    assert {one.kind for one in found} == {"goal", "step", "promise"}
    assert [one.day for one in found] == sorted((one.day for one in found if one.day), reverse=True)
    words = {one.id: one.words for one in found if one.kind == "step"}
    assert words[mine.step_id].startswith("Wait five seconds")
    assert "" in words.values(), "another one's step is celebrated without its words"


def test_excerpts_say_who_gave_them_and_the_newest_comes_first(core: Core) -> None:
    made = community(core)
    ines = people.by_name(core, "Ines Nguyen")
    with core.store.write("excerpt.give") as unit:
        for at, text in enumerate(("I waited.", "They answered.")):
            moment = core.clock.now() + timedelta(minutes=at)
            unit.groups.excerpts.add(Excerpt(core.ids.new(), made.group.id, ines.id, text, moment))
        unit.commit()

    assert [(one.who, one.excerpt.text) for one in page(core, made.group.id).excerpts] == [
        ("Ines Nguyen", "They answered."), ("Ines Nguyen", "I waited."),
    ]  # fmt: skip


def test_a_page_of_a_large_group_stays_one_look(core: Core) -> None:
    made = community(core)
    with core.store.write("follow_up.add") as unit:
        unit.sessions.follow_ups.add_all(
            FollowUp(core.ids.new(), "", made.group.id, "", f"Promise {at}", "", None, "open", None, float(at),
                     core.clock.now())
            for at in range(500)
        )  # fmt: skip
        unit.commit()

    assert len(page(core, made.group.id).promises) == 200
    with pytest.raises(NotFound):
        page(core, "nothing")


def test_what_is_exported_says_that_it_is_a_sequence(core: Core) -> None:
    made = community(core)
    told = readings_table(goal_view(core, made.goal.id).chart, ChartWords())

    assert told.rows[-1][0] == ChartWords().readings_sequence
    assert {row[0] for row in told.rows[-4:-1]} == {"visits"}
    assert [row[3] for row in told.rows[:5]] == [24, 25, 26, 27, 28], "every value with its n"
