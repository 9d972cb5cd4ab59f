"""Values that stand against each other, in SQL alone: noted by whoever writes, made sure of before they are told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.turn import Voice
from observe_app.services import also_written, history, turns, visits
from observe_app.store.sync import apply, conflicts
from tests.also_hands import Colleague, ops_of, value_of

if TYPE_CHECKING:
    from observe_app.services.core import Core


@pytest.fixture
def visit_id(core: Core) -> str:
    return visits.plan(core).id


@pytest.fixture
def joonas(core: Core) -> Colleague:
    return Colleague(core, "Joonas")


def noted(core: Core) -> set[conflicts.Cell]:
    with core.store.ledger.reading() as sql:
        return conflicts.candidates(sql)


def edit(core: Core, visit_id: str, words: str) -> None:
    visits.update(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)), focus=words)


def test_writing_alone_notes_nothing(core: Core, visit_id: str) -> None:
    for words in ("one", "two", "three"):
        edit(core, visit_id, words)
    visits.delete(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)))

    assert noted(core) == set()


def test_a_write_here_notes_what_it_had_not_seen_too(core: Core, visit_id: str, joonas: Colleague) -> None:
    seen = history.seen(core, ("visit", visit_id))
    joonas.writes("visit", visit_id, {"focus": "Theirs"})
    visits.update(core, visit_id=visit_id, seen=seen, focus="Mine")

    assert ("visit", visit_id, "focus") in noted(core)


def test_what_is_shown_is_the_latest_stamp_whoever_wrote_last_here(
    core: Core, visit_id: str, joonas: Colleague
) -> None:
    """Their clock is ahead: every computer shows theirs, and so does this one after its own write."""
    seen = history.seen(core, ("visit", visit_id))
    joonas.writes("visit", visit_id, {"focus": "Theirs"}, at=core.clock.now() + timedelta(days=3))
    visits.update(core, visit_id=visit_id, seen=seen, focus="Mine")

    assert value_of(core, "visit", visit_id, "focus") == "Theirs"
    assert also_written.count(core) == 1


def test_alike_values_are_forgotten_by_pruning_and_open_ones_are_not(
    core: Core, visit_id: str, joonas: Colleague
) -> None:
    edit(core, visit_id, "Alike")
    visits.update(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)), topic="Mine")
    joonas.writes("visit", visit_id, {"focus": "Alike", "topic": "Theirs"})
    assert len(noted(core)) == 2

    with core.store.ledger.writing() as writing:
        conflicts.prune(writing.sql)

    assert noted(core) == {("visit", visit_id, "topic")}


def test_it_is_counted_and_listed_by_record(core: Core, visit_id: str, joonas: Colleague) -> None:
    other = visits.plan(core).id
    for one in (visit_id, other):
        edit(core, one, "Mine")
        joonas.writes("visit", one, {"focus": "Theirs"})

    with core.store.ledger.reading() as sql:
        assert conflicts.count(sql) == 2
        (found,) = conflicts.listing(sql, None, {("visit", other)})
        assert found.row == other


def test_a_table_or_column_of_a_later_version_asks_nobody(core: Core, visit_id: str, joonas: Colleague) -> None:
    joonas.writes("visit", visit_id, {"mood": "calm"})
    third = Colleague(core, "Tomás", writer="dddddddd", fingerprint="d" * 32)
    third.writes("visit", visit_id, {"mood": "loud"})

    with core.store.ledger.reading() as sql:
        assert conflicts.listing(sql, None) == ()


def test_what_is_hidden_behind_a_shown_value_is_not_seen(core: Core, visit_id: str, joonas: Colleague) -> None:
    edit(core, visit_id, "Mine")
    mine = history.seen(core, ("visit", visit_id)).ops
    theirs = joonas.writes("visit", visit_id, {"focus": "Theirs"})["focus"]

    seen = history.seen(core, ("visit", visit_id)).ops

    assert theirs in seen
    assert len(mine - seen) == 1


def test_the_ancestor_is_found_through_ones_own_pauses(core: Core, visit_id: str, joonas: Colleague) -> None:
    edit(core, visit_id, "Before")
    seen = ops_of(core, "visit", visit_id, "focus")
    for words in ("Before, m", "Before, mi", "Before, mine"):
        edit(core, visit_id, words)
    joonas.writes("visit", visit_id, {"focus": "Theirs"}, seen=seen)

    found = also_written.of_cell(core, table="visit", row=visit_id, column="focus")

    assert found is not None
    assert found.ancestor == "Before"


def test_no_ancestor_is_made_up(core: Core, visit_id: str, joonas: Colleague) -> None:
    turn = turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="Mine").id
    joonas.writes("turn", turn, {"text": "Theirs"}, seen=("0" * 16,))

    found = also_written.of_cell(core, table="turn", row=turn, column="text")

    assert found is not None
    assert found.ancestor is None


def test_an_op_taken_in_twice_asks_once(core: Core, visit_id: str, joonas: Colleague) -> None:
    edit(core, visit_id, "Mine")
    joonas.writes("visit", visit_id, {"focus": "Theirs"})
    before = also_written.open_conflicts(core)

    with core.store.ledger.writing() as writing:
        apply.project(writing.sql, {("visit", visit_id)})

    assert also_written.open_conflicts(core) == before


@given(st.lists(st.sampled_from(["mine", "theirs", "use", "merge", "undo", "redo"]), max_size=9))
def test_whatever_is_done_in_turn_no_words_leave_the_journal(core: Core, acts: list[str]) -> None:
    """Every text that anybody wrote is shown, open, or in the history; and what is shown is one that was written."""
    visit = visits.plan(core).id
    joonas = Colleague(core, "", writer=f"{core.store.ids.op()[:8]}")
    written: set[object] = set()
    for number, act in enumerate(acts):
        found = also_written.of_cell(core, table="visit", row=visit, column="focus")
        if act in ("mine", "theirs"):
            words = f"{act} {number}."
            written.add(words)
            if act == "mine":
                edit(core, visit, words)
            else:
                joonas.writes("visit", visit, {"focus": words})
        elif act == "use" and found is not None:
            also_written.use(core, found, found.versions[-1].op)
        elif act == "merge" and found is not None:
            also_written.write_together(core, found, f"together {number}.")
            written.add(f"together {number}.")
        elif act in ("undo", "redo"):
            state = history.state(core, scope=visit)
            if act == "undo" and state.undo and state.undo != "visit.plan":
                history.undo(core, scope=visit)
            elif act == "redo" and state.redo:
                history.redo(core, scope=visit)
    said = {change.new for _action, change in history.of_record(core, table="visit", row=visit).changes}
    assert written <= said
    assert value_of(core, "visit", visit, "focus") in written | {""}
    with core.store.ledger.reading() as sql:
        shown = sql.execute(
            "SELECT c.new FROM journal_head h JOIN journal_change c ON c.op = h.op WHERE h.row_id = ? "
            "AND h.column_name = 'focus' ORDER BY c.stamp DESC LIMIT 1",
            (visit,),
        ).fetchone()
    assert value_of(core, "visit", visit, "focus") == (shown[0] if shown else "")
