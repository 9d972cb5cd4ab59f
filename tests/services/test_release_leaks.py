"""What must not leave by a back door: by a key, a link, an earlier visit, or after it was taken away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotReleasable
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import Role
from observe_app.services import answers, next_visit, notes, people, releases, steps, talk, visits
from observe_app.services.exchange.visit_out import export_visit
from observe_app.services.pdf.export import feedback_document
from tests.services.test_releases import make_visit
from tests.test_talk_private import inside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

HIDDEN = "zqsecret"


@pytest.fixture
def visit_id(core: Core) -> str:
    return make_visit(core)


def note(core: Core, visit_id: str, line: str = f"T {HIDDEN}") -> str:
    return notes.add(core, visit_id=visit_id, line=line, offset_ms=100_000).id


def rate(core: Core, visit_id: str, value: int) -> None:
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=value, seen=seen)


def hide(core: Core, event_id: str) -> None:
    notes.set_private(core, event_id=event_id, private=True, seen=notes.open_note(core, event_id).seen)


def drop(core: Core, event_id: str) -> None:
    notes.delete(core, event_id=event_id, seen=notes.open_note(core, event_id).seen)


@pytest.mark.parametrize("take_away", [hide, drop])
@pytest.mark.parametrize("ending", ["json", "xlsx", "csv"])
def test_a_claim_on_a_view_does_not_tell_the_tag_of_a_note_that_went(
    core: Core, visit_id: str, tmp_path: Path, take_away: Callable[[Core, str], None], ending: str
) -> None:
    event_id = note(core, visit_id, f"T waits #{HIDDEN}")
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="Tagged")
    talk.link_view(core, visit_id=visit_id, target_kind="claim", target_id=claim.id, view=f"tag:{HIDDEN}")
    step = steps.add(core, visit_id=visit_id, text="Wait")
    steps.link(core, visit_id=visit_id, step_id=step.id, views=[f"tag:{HIDDEN}"])
    target = tmp_path / f"visit.{ending}"
    export_visit(core, visit_id=visit_id, target=target)
    assert HIDDEN.encode() in inside(target), "or the sweep proves nothing"

    take_away(core, event_id)
    export_visit(core, visit_id=visit_id, target=target)

    assert HIDDEN.encode() not in inside(target)
    assert HIDDEN not in feedback_document(core, visit_id=visit_id, with_notes=True).to_json()


@pytest.mark.parametrize("take_away", [hide, drop])
def test_a_correction_says_nothing_of_a_note_that_was_taken_away(
    core: Core, visit_id: str, take_away: Callable[[Core, str], None]
) -> None:
    event_id = note(core, visit_id, f"T {HIDDEN} #{HIDDEN}tag")
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="A claim", evidence=(event_id,))
    assert HIDDEN in releases.release(core, visit_id=visit_id, with_notes=True).document

    take_away(core, event_id)
    made = releases.release(core, visit_id=visit_id, with_notes=True, why="Not for others")

    assert HIDDEN not in made.document


def test_what_ratings_rest_on_waits_with_them(core: Core, visit_id: str) -> None:
    rate(core, visit_id, 3)
    talk.link(core, visit_id=visit_id, target_kind="answer", target_id="respect", event_id=note(core, visit_id))
    waiting = releases.preview(core, visit_id, ratings=False)
    made = releases.release(core, visit_id=visit_id, ratings=False)

    assert HIDDEN not in waiting.document.to_json() + made.document
    assert not releases.differs(core, visit_id)
    assert HIDDEN in releases.preview(core, visit_id).document.to_json()


def test_notes_of_a_step_that_was_given_up_stay(core: Core, visit_id: str) -> None:
    step = steps.add(core, visit_id=visit_id, text="Wait")
    steps.link(core, visit_id=visit_id, step_id=step.id, event_ids=[note(core, visit_id)])
    assert HIDDEN in releases.preview(core, visit_id).document.to_json()

    steps.drop(core, step_id=step.id, visit_id=visit_id, seen=steps.open_step(core, step.id).seen)

    assert HIDDEN not in releases.preview(core, visit_id).document.to_json()


def two_rated(core: Core, clock: FakeClock, *, ratings: bool, later: int | None = None) -> list[int | None]:
    """Return the levels of the visit before that the second of two visits tells."""
    teacher, observer = people.ensure(core, "Amina Diallo"), people.ensure(core, "Jonas Brandt")
    told: list[int | None] = []
    for value in (1, 3):
        visit = visits.plan(
            core, teacher_id=teacher.id, observer_id=observer.id, form_id="general-peer-observation",
            start=clock.now(),
        )  # fmt: skip
        visits.begin(core, visit_id=visit.id)
        clock.advance(seconds=3000)
        visits.finish(core, visit_id=visit.id)
        rate(core, visit.id, value)
        made = releases.release(core, visit_id=visit.id, ratings=ratings or value == 3)
        if later is not None and value == 1:
            rate(core, visit.id, later)
        told = [
            item.last
            for section in releases.document_of(made).checklist
            for item in section.items
            if item.id == "respect"
        ]
        clock.advance(seconds=86_400)
    return told


def test_the_visit_before_is_compared_by_the_level_that_was_released(core: Core, clock: FakeClock) -> None:
    assert two_rated(core, clock, ratings=True, later=4) == [0]


def test_a_level_that_waited_is_not_told_by_the_next_visit(core: Core, clock: FakeClock) -> None:
    assert two_rated(core, clock, ratings=False) == [None]


def test_a_next_visit_that_became_somebody_elses_is_not_told(core: Core, visit_id: str) -> None:
    agreed = next_visit.agree(core, visit_id=visit_id, start=core.clock.now() + timedelta(days=7), focus=HIDDEN)
    assert HIDDEN in feedback_document(core, visit_id=visit_id).to_json()

    other, seen = people.ensure(core, "Boris Novak"), visits.open_visit(core, agreed.id).seen
    visits.set_person(core, visit_id=agreed.id, role=Role.TEACHER, person_id=other.id, seen=seen)

    assert HIDDEN not in feedback_document(core, visit_id=visit_id).to_json()


def test_a_visit_in_the_bin_is_neither_released_nor_withdrawn(core: Core, visit_id: str) -> None:
    releases.release(core, visit_id=visit_id)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.QUESTION, title="And then?")
    visits.delete(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen)

    with pytest.raises(NotReleasable, match="in_bin"):
        releases.release(core, visit_id=visit_id, why="More")
    with pytest.raises(NotReleasable, match="in_bin"):
        releases.withdraw(core, visit_id, "Not right")
    assert len(releases.of_visit(core, visit_id)) == 1


def test_a_reader_is_named_once_however_written(core: Core, visit_id: str) -> None:
    releases.set_reader(core, visit_id=visit_id, name="amina DIALLO")

    assert releases.release(core, visit_id=visit_id).readers == ("Amina Diallo",)
    assert releases.audience(core, visit_id) == ("Amina Diallo",)


def test_a_reader_who_reads_already_may_be_named_again_when_there_are_many(core: Core, visit_id: str) -> None:
    for number in range(releases.MAX_READERS):
        releases.set_reader(core, visit_id=visit_id, name=f"Reader {number}")

    assert len(releases.set_reader(core, visit_id=visit_id, name="reader 7")) == releases.MAX_READERS
    with pytest.raises(NotReleasable, match="many_readers"):
        releases.set_reader(core, visit_id=visit_id, name="One more")
