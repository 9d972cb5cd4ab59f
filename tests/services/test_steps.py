"""Action steps: agreed, looked for in a later visit, closed by evidence and by both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.action_step import ActionStep, StepStatus
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.step_closing import Gap, closing_gap
from observe_app.domain.turn import Voice
from observe_app.services import history, notes, steps
from tests.services.talk_made import two_visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@dataclass(frozen=True)
class Scene:
    """A step agreed in one visit, and two notes of the next."""

    before: str
    now: str
    step: str
    notes: tuple[str, ...]


@pytest.fixture
def scene(core: Core, clock: FakeClock) -> Scene:
    first, second = two_visits(core, clock.now() + timedelta(days=14))
    step = steps.add(core, visit_id=first.id, text="Wait five breaths", practice="With a partner", notice="More hands")
    made = tuple(
        notes.add(core, visit_id=second.id, line=line, offset_ms=place * 60_000).id
        for place, line in enumerate(("T waits five breaths", "S9 finds the mistake"))
    )
    return Scene(first.id, second.id, step.id, made)


def seen_by(core: Core, scene: Scene, voice: Voice, *, agrees: bool = True) -> None:
    """Let one of the two say it was seen."""
    opened = steps.open_step(core, scene.step)
    steps.say_seen(core, step_id=scene.step, visit_id=scene.now, voice=voice, agrees=agrees, seen=opened.seen)


def close(core: Core, scene: Scene) -> ActionStep:
    """Close the step by the later visit."""
    seen = steps.open_step(core, scene.step).seen
    return steps.close(core, step_id=scene.step, visit_id=scene.now, seen=seen).value


@given(st.sampled_from(StepStatus), st.booleans(), st.booleans(), st.integers(0, 3), st.booleans())
def test_a_step_closes_only_with_evidence_and_both(
    status: StepStatus, teacher: bool, observer: bool, pieces: int, later: bool
) -> None:
    step = ActionStep("s", "v1", "x", status=status, teacher_agrees=teacher, observer_agrees=observer)

    gap = closing_gap(step, "v2" if later else "v1", pieces)

    assert (gap is Gap.NONE) == (status is StepStatus.OPEN and teacher and observer and pieces > 0 and later)


@given(
    st.lists(st.sampled_from(("link", "unlink", "teacher", "observer", "not teacher", "close", "reopen")), max_size=9)
)
def test_a_closed_step_always_has_evidence_and_both_behind_it(core: Core, clock: FakeClock, acts: list[str]) -> None:
    first, second = two_visits(core, clock.now() + timedelta(days=1))
    step = steps.add(core, visit_id=first.id, text="x")
    note = notes.add(core, visit_id=second.id, line="seen", offset_ms=0)
    scene = Scene(first.id, second.id, step.id, (note.id,))
    for act in acts:
        before = steps.open_step(core, step.id).value
        linked = steps.evidence(core, second.id).get(step.id, ())
        if act == "link":
            steps.link(core, visit_id=second.id, step_id=step.id, event_ids=scene.notes)
        elif act == "unlink":
            steps.unlink(core, visit_id=second.id, step_id=step.id, event_id=note.id)
        elif act == "reopen":
            steps.reopen(core, step_id=step.id, visit_id=second.id, seen=steps.open_step(core, step.id).seen)
        elif act == "close":
            whole = before.teacher_agrees and before.observer_agrees and bool(linked)
            if whole and before.status is StepStatus.OPEN:
                closed = close(core, scene)
                assert (closed.status, closed.closed_visit_id) == (StepStatus.DONE, second.id)
            else:
                with pytest.raises(Invalid):
                    close(core, scene)
                assert steps.open_step(core, step.id).value == before
        else:
            seen_by(core, scene, Voice(act.removeprefix("not ")), agrees=not act.startswith("not"))


def test_a_step_of_an_earlier_visit_is_on_the_table(core: Core, scene: Scene) -> None:
    (row,) = steps.earlier(core, scene.now)

    assert (row.step.id, row.step.practice, row.step.notice) == (scene.step, "With a partner", "More hands")
    assert steps.earlier(core, scene.before) == ()


def test_closing_names_the_visit_and_the_moment(core: Core, clock: FakeClock, scene: Scene) -> None:
    assert steps.link(core, visit_id=scene.now, step_id=scene.step, event_ids=(*scene.notes, scene.notes[0])) == 2
    seen_by(core, scene, Voice.BOTH)

    closed = close(core, scene)

    assert (closed.status, closed.closed_visit_id, closed.closed) == (StepStatus.DONE, scene.now, clock.now())
    assert [row.step.id for row in steps.earlier(core, scene.now)] == [scene.step], "it stays where it was closed"


def test_undo_opens_a_closed_step_again(core: Core, scene: Scene) -> None:
    steps.link(core, visit_id=scene.now, step_id=scene.step, event_ids=scene.notes)
    seen_by(core, scene, Voice.BOTH)
    close(core, scene)

    history.undo(core, scope=scene.now)

    step = steps.open_step(core, scene.step).value
    assert (step.status, step.closed_visit_id, step.teacher_agrees) == (StepStatus.OPEN, "", True)


def test_opened_again_both_say_anew_and_the_evidence_stays(core: Core, scene: Scene) -> None:
    steps.link(core, visit_id=scene.now, step_id=scene.step, event_ids=scene.notes)
    seen_by(core, scene, Voice.BOTH)
    close(core, scene)

    found = steps.reopen(
        core, step_id=scene.step, visit_id=scene.now, seen=steps.open_step(core, scene.step).seen
    ).value

    assert (found.status, found.closed, found.teacher_agrees, found.observer_agrees) == (
        StepStatus.OPEN, None, False, False,
    )  # fmt: skip
    assert steps.evidence(core, scene.now) == {scene.step: scene.notes}
    assert steps.gap(core, step_id=scene.step, visit_id=scene.now) is Gap.TEACHER


def test_a_dropped_step_is_not_open_any_more(core: Core, scene: Scene) -> None:
    steps.drop(core, step_id=scene.step, visit_id=scene.now, seen=steps.open_step(core, scene.step).seen)

    assert steps.gap(core, step_id=scene.step, visit_id=scene.now) is Gap.NOT_OPEN
    assert steps.open_step(core, scene.step).value.status is StepStatus.DROPPED


def test_evidence_of_another_visit_or_of_none_is_refused(core: Core, scene: Scene) -> None:
    with pytest.raises(Invalid):
        steps.link(core, visit_id=scene.before, step_id=scene.step, event_ids=scene.notes)
    with pytest.raises(NotFound):
        steps.link(core, visit_id=scene.now, step_id=scene.step, event_ids=("none",))
    assert steps.evidence(core, scene.now) == {}


def test_evidence_taken_away_comes_back_with_undo(core: Core, scene: Scene) -> None:
    steps.link(core, visit_id=scene.now, step_id=scene.step, event_ids=scene.notes)
    steps.unlink(core, visit_id=scene.now, step_id=scene.step, event_id=scene.notes[0])
    assert steps.evidence(core, scene.now) == {scene.step: scene.notes[1:]}

    history.undo(core, scope=scene.now)

    assert set(steps.evidence(core, scene.now)[scene.step]) == set(scene.notes)
