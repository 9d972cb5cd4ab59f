"""Whoever works alone is never asked which of two values counts, whatever they do twice, take back or do again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.answer import Absence
from observe_app.domain.seating import dumps
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import also_written, answers, happenings, history, lesson, notes, seating, talk, visits
from tests.also_hands import Colleague
from tests.services.event_form import visit_with

if TYPE_CHECKING:
    from observe_app.services.core import Core


@pytest.fixture
def visit(core: Core) -> str:
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


def beside(core: Core) -> set[tuple[str, str]]:
    """Every cell in which a value stands beside another one, asked about or not."""
    with core.store.ledger.reading() as sql:
        return {tuple(row) for row in sql.execute("SELECT table_name, column_name FROM sync_conflict")}


def given(core: Core, visit: str, item: str) -> None:
    seen = answers.open_answer(core, visit_id=visit, item=item).seen
    answers.give(core, visit_id=visit, item=item, absence=Absence.NOT_SEEN, seen=seen)


def test_counting_timing_and_coding_leave_no_value_beside_another(core: Core, visit: str) -> None:
    for item in ("praise", "task", "wait"):
        given(core, visit, item)
    for _twice in range(2):
        happenings.tally(core, visit_id=visit, item="praise")
        happenings.take_back_tally(core, visit_id=visit, item="praise")
        happenings.start_timer(core, visit_id=visit, item="board")
        happenings.stop_timer(core, visit_id=visit, item="board")
        happenings.sweep(core, visit_id=visit, item="task", on_task=20)
        waited = happenings.wait(core, visit_id=visit, item="wait", wait_ms=2_000)
        for outcome in ("answered", ""):
            happenings.set_outcome(core, event_id=waited.id, outcome=outcome)
        for ticked in (True, False, True):
            happenings.tick(core, visit_id=visit, item="grid", index=0, code="I.Lec", ticked=ticked)
        for words in ("Draws", "Draws and asks"):
            happenings.comment_code(core, visit_id=visit, item="grid", index=0, code="I.O", text=words)
        for level in (1, 3, None):
            happenings.set_level(core, visit_id=visit, item="grid", index=0, level=level)
        history.undo(core, scope=visit)
        history.redo(core, scope=visit)

    assert beside(core) == set()


def test_gaps_pauses_and_the_end_of_a_lesson_leave_no_value_beside_another(core: Core, visit: str) -> None:
    happenings.tick(core, visit_id=visit, item="grid", index=3, code="I.Lec", ticked=True)
    gap = lesson.mark_gap(core, visit_id=visit, ms=240_000, offset_ms=60_000)
    notes.add(core, visit_id=visit, line="T asks", offset_ms=90_000)
    happenings.tick(core, visit_id=visit, item="grid", index=5, code="I.Lec", ticked=True)
    visits.finish(core, visit_id=visit)
    for outcome in ("counted", "ignored", "counted"):
        lesson.answer_gap(core, event_id=gap.id, outcome=outcome)
    visits.resume(core, visit_id=visit)
    lesson.pause(core, visit_id=visit, offset_ms=120_000)
    visits.finish(core, visit_id=visit)

    assert beside(core) == set()


def test_a_note_that_becomes_evidence_again_leaves_no_value_beside_another(core: Core, visit: str) -> None:
    note = notes.add(core, visit_id=visit, line="T waits", offset_ms=1_000, links=("praise",))
    talk.unlink(core, visit_id=visit, target_kind="answer", target_id="praise", event_id=note.id)
    seen = notes.open_note(core, note.id).seen
    notes.edit(core, event_id=note.id, line="T waits long", seen=seen, links=("praise",))

    assert beside(core) == set()
    assert [link.event_id for link in talk.evidence(core, visit)] == [note.id]


def test_a_plan_over_one_that_came_in_while_its_editor_was_open_asks(core: Core, visit: str) -> None:
    seating.set_plan(core, visit_id=visit, plan=rows_and_columns(2, 2))
    opened = seating.open_plan(core, visit)
    theirs = {"seating": dumps(rows_and_columns(3, 3))}
    Colleague(core, "Joonas").writes("visit", visit, theirs, seen=tuple(opened.seen.ops))
    seating.set_plan(core, visit_id=visit, plan=rows_and_columns(4, 4), seen=opened.seen)

    (found,) = also_written.open_conflicts(core)
    assert (found.column, len(found.versions)) == ("seating", 2)


def test_a_plan_made_twice_asks_nothing(core: Core, visit: str) -> None:
    for rows in (2, 3):
        shown = seating.seen_of(core, visits.get(core, visit))
        seating.set_plan(core, visit_id=visit, plan=rows_and_columns(rows, 2), seen=shown)

    assert beside(core) == set()
