"""Action steps through the term: their state, what later visits showed, the way there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QMenu

from observe_app.domain.action_step import StepStatus
from observe_app.domain.turn import Voice
from observe_app.services import history, next_visit, notes, people, step_course, steps, visits

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.follow_up import FollowUpTab
    from tests.ui.talk.lesson import Lesson


def later_visit(core: Core, clock: FakeClock, lesson: Lesson) -> Visit:
    clock.advance(seconds=9 * 86_400)
    visit = visits.plan(core, teacher_id=lesson.teacher.id, class_name="Year 8", start=clock.now())
    visits.begin(core, visit_id=visit.id)
    return visits.get(core, visit.id)


def close_step(core: Core, step_id: str, visit_id: str, words: str) -> str:
    note = notes.add(core, visit_id=visit_id, line=words, offset_ms=720_000)
    steps.link(core, visit_id=visit_id, step_id=step_id, event_ids=[note.id])
    seen = steps.open_step(core, step_id).seen
    opened = steps.say_seen(core, step_id=step_id, visit_id=visit_id, voice=Voice.BOTH, agrees=True, seen=seen)
    steps.close(core, step_id=step_id, visit_id=visit_id, seen=opened.seen)
    return note.id


def test_a_step_tells_its_practice_and_how_it_will_be_noticed(core: Core, tab: FollowUpTab, lesson: Lesson) -> None:
    (step,) = steps.of_visit(core, lesson.visit.id)
    seen = steps.open_step(core, step.id).seen
    steps.edit(
        core, step_id=step.id, seen=seen, practice="say it once", notice="hands stay down", due=date(2026, 3, 20)
    )
    tab.activate()
    (line,) = tab.steps.lines
    texts = [label.text() for label in line.findChildren(type(line.text))]
    assert "First: say it once" in texts
    assert "Noticed by: hands stay down" in texts
    assert line.state_button.text() == "due 20 March"


def test_a_later_visit_shows_that_a_step_was_seen_and_leads_there(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    (step,) = steps.of_visit(core, lesson.visit.id)
    later = later_visit(core, clock, lesson)
    event_id = close_step(core, step.id, later.id, "T shows the slide")
    tab.activate()

    (line,) = tab.steps.lines
    assert line.state_button.text() == "seen Thu 19 Mar"
    (link,) = line.sighting_buttons
    assert link.text() == "Thu 19 Mar, 12:00 T shows the slide"
    with qtbot.waitSignal(tab.target_asked) as asked:
        link.click()
    target = asked.args[0]
    assert (target.visit_id, target.stage, target.event_id) == (later.id, "observe", event_id)

    with qtbot.waitSignal(tab.target_asked) as asked:
        tab.steps.later_button.click()
    assert (asked.args[0].visit_id, asked.args[0].stage) == (later.id, "talk")


def offered(menu: QMenu) -> list[tuple[str, bool]]:
    """Return what a menu offers, and whether it can be chosen."""
    return [(action.text(), action.isEnabled()) for action in menu.actions() if not action.isSeparator()]


def test_without_a_later_visit_it_is_said_what_closes_a_step(tab: FollowUpTab) -> None:
    tab.activate()
    assert tab.steps.later_button.isHidden()
    assert tab.steps.how.text().endswith("None is planned yet.")
    menu = tab.steps.lines[0].state_menu()
    assert offered(menu) == [("A later visit closes it; none is planned yet", False), ("Drop it", True)]


def test_a_step_is_not_done_by_hand_and_leads_to_the_visits_that_close_it(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    later = later_visit(core, clock, lesson)
    clock.advance(seconds=86_400)
    planned = visits.plan(core, teacher_id=lesson.teacher.id, start=clock.now())
    tab.activate()
    assert tab.steps.how.isHidden()
    menu = tab.steps.lines[0].state_menu()
    assert offered(menu) == [
        ("Say in the talk of Thu 19 Mar that it was seen…", True),
        ("Look for it in the visit planned for Fri 20 Mar…", True),
        ("Drop it", True),
    ]
    for place, (visit, stage) in enumerate(((later, "talk"), (planned, "prepare"))):
        with qtbot.waitSignal(tab.target_asked) as asked:
            menu.actions()[place].trigger()
        assert (asked.args[0].visit_id, asked.args[0].stage) == (visit.id, stage)


def test_what_is_missing_is_said(core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock) -> None:
    (step,) = steps.of_visit(core, lesson.visit.id)
    later = later_visit(core, clock, lesson)
    note = notes.add(core, visit_id=later.id, line="T shows the slide", offset_ms=720_000)
    steps.link(core, visit_id=later.id, step_id=step.id, event_ids=[note.id])
    tab.activate()
    words = "A later visit shows it; neither of you has said so yet."
    assert words in [label.text() for label in tab.steps.lines[0].findChildren(QLabel)]

    seen = steps.open_step(core, step.id).seen
    steps.say_seen(core, step_id=step.id, visit_id=later.id, voice=Voice.OBSERVER, agrees=True, seen=seen)
    tab.reload()
    words = "You have seen it; the teacher has not yet."
    assert words in [label.text() for label in tab.steps.lines[0].findChildren(QLabel)]


def test_a_step_of_another_visit_is_dropped_and_opened_again_here(
    core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    later = later_visit(core, clock, lesson)
    other = steps.add(core, visit_id=later.id, text="Name sticks")
    tab.activate()
    tab.steps.all_button.click()
    for words, status in (("Drop it", StepStatus.DROPPED), ("Open again", StepStatus.OPEN)):
        menu = tab.steps.lines[1].state_menu()
        next(action for action in menu.actions() if action.text() == words).trigger()
        assert steps.open_step(core, other.id).value.status is status
    history.undo(core, scope=lesson.visit.id)
    assert steps.open_step(core, other.id).value.status is StepStatus.DROPPED


def test_all_steps_of_the_teacher_stand_in_order_of_time(
    core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    later = later_visit(core, clock, lesson)
    steps.add(core, visit_id=later.id, text="Name sticks")
    other = visits.plan(core, teacher_id=people.add(core, name="Priya Nair").id, start=clock.now())
    steps.add(core, visit_id=other.id, text="not hers")
    tab.activate()
    assert [line.text.text() for line in tab.steps.lines] == ["Think, pair, share before the exit question"]

    tab.steps.all_button.click()

    assert [line.text.text() for line in tab.steps.lines] == [
        "Think, pair, share before the exit question",
        "Name sticks",
    ]
    found = step_course.of_teacher(core, later.id)
    assert [course.step.text for course in found.of_visit(later.id)] == ["Name sticks"]
    assert found.later == ()


def test_the_next_visit_is_told_once_it_is_agreed(
    qtbot: QtBot, core: Core, tab: FollowUpTab, lesson: Lesson, clock: FakeClock
) -> None:
    tab.activate()
    assert tab.next_visit.words.text() == "None is agreed."
    clock.advance(seconds=7 * 86_400)
    agreed = next_visit.agree(core, visit_id=lesson.visit.id, start=clock.now())
    tab.reload()
    assert tab.next_visit.words.text().startswith("Tuesday 17 March 2026")
    with qtbot.waitSignal(tab.target_asked) as asked:
        tab.next_visit.open_button.click()
    assert asked.args[0].visit_id == agreed.id
