"""The journal: everything captured once, undo and redo, what was on screen."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.app import wire_core
from observe_app.domain.changes import NOTHING_SEEN, Changes
from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import NotFound, NothingToUndo
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.ids import Ids
from observe_app.domain.people import Role
from observe_app.services import also_written, backup, history, notes, own_forms, people, talk, visits
from observe_app.services.core import close, poll_outside, subscribe
from observe_app.store import driver
from tests.store import raw

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core


def dump(core: Core) -> dict[str, list[tuple[object, ...]]]:
    """Return every live record of every synced table."""
    from observe_app.store.schema import synced_tables

    with raw.connect(core.files.database) as connection:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}" WHERE deleted = 0').fetchall(), key=repr)
            for table in synced_tables()
        }


@pytest.fixture
def visit_id(core: Core) -> str:
    teacher = people.add(core, name="Amina Diallo-Žižek")
    return visits.plan(core, teacher_id=teacher.id, focus="Wait time").id


def test_a_note_is_captured_field_by_field_with_its_action(core: Core, visit_id: str) -> None:
    event = notes.add(core, visit_id=visit_id, line='T "Say more" #press', offset_ms=61_000)

    found = history.of_record(core, table="event", row=event.id)

    values = {change.column: change.new for _action, change in found.changes}
    assert values["text"] == '"Say more"'
    assert values["speaker"] == "T"
    assert values["tags"] == '["press"]'
    assert values["offset_ms"] == 61_000
    assert {action.kind for action, _change in found.changes} == {"note.add"}
    assert all(change.inserted and change.over == () and change.old is None for _action, change in found.changes)
    stamps = [change.stamp for _action, change in found.changes]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len(stamps)


def test_an_edit_names_what_its_author_had_on_screen(core: Core, visit_id: str) -> None:
    event = notes.add(core, visit_id=visit_id, line="one", offset_ms=0)
    opened = notes.open_note(core, event.id)

    notes.edit(core, event_id=event.id, line="two", seen=opened.seen)

    first, second = (c for _a, c in history.of_record(core, table="event", row=event.id).changes if c.column == "text")
    assert second.over == (first.op,)
    assert (second.old, second.new) == ("one", "two")


def test_a_value_written_meanwhile_is_not_claimed_as_seen(core: Core, visit_id: str) -> None:
    """Two editors opened before either wrote: both values stay live, nothing is silently replaced."""
    event = notes.add(core, visit_id=visit_id, line="one", offset_ms=0)
    mine, other = notes.open_note(core, event.id), notes.open_note(core, event.id)

    notes.edit(core, event_id=event.id, line="theirs", seen=other.seen)
    notes.edit(core, event_id=event.id, line="mine", seen=mine.seen)

    changes = [c for _a, c in history.of_record(core, table="event", row=event.id).changes if c.column == "text"]
    (found,) = also_written.open_conflicts(core)
    live = {version.op for version in found.versions}
    assert changes[1].op in live
    assert changes[2].op in live
    assert changes[0].op not in live


def test_a_bulk_update_is_captured_row_by_row(core: Core, visit_id: str) -> None:
    from sqlalchemy import update

    from observe_app.store.schema import EventRow

    for number in range(5):
        notes.add(core, visit_id=visit_id, line=f"note {number}", offset_ms=number)
    with core.store.write("test.bulk", scope=visit_id) as unit:
        unit.session.execute(update(EventRow).values(starred=True))
        changes = unit.commit()

    assert len(changes.of("event")) == 5


def test_a_write_outside_a_unit_of_work_fails(core: Core, visit_id: str) -> None:
    with raw.connect(core.files.database) as connection, pytest.raises(driver.errors()):
        connection.execute("UPDATE visit SET focus = 'changed' WHERE id = ?", (visit_id,))


def test_leaving_a_unit_without_commit_changes_nothing(core: Core, visit_id: str) -> None:
    before = dump(core)

    with core.store.write("test") as unit:
        unit.visits.change(visit_id, {"focus": "other"})

    assert dump(core) == before


def test_undo_takes_back_step_by_step_and_redo_brings_again(core: Core, visit_id: str) -> None:
    event = notes.add(core, visit_id=visit_id, line="one", offset_ms=0)
    notes.edit(core, event_id=event.id, line="two", seen=notes.open_note(core, event.id).seen)
    notes.star(core, event_id=event.id, starred=True, seen=notes.open_note(core, event.id).seen)

    assert history.undo(core, scope=visit_id).kind == "note.star"
    assert history.undo(core, scope=visit_id).kind == "note.edit"
    assert notes.get(core, event.id).text == "one"
    assert history.undo(core, scope=visit_id).kind == "note.add"
    assert notes.stream(core, visit_id) == ()

    assert history.redo(core, scope=visit_id).kind == "note.add"
    assert history.redo(core, scope=visit_id).kind == "note.edit"
    assert notes.get(core, event.id).text == "two"
    assert history.state(core, scope=visit_id).redo == "note.star"


def test_something_new_ends_redo(core: Core, visit_id: str) -> None:
    notes.add(core, visit_id=visit_id, line="one", offset_ms=0)
    history.undo(core, scope=visit_id)
    notes.add(core, visit_id=visit_id, line="two", offset_ms=0)

    with pytest.raises(NothingToUndo):
        history.redo(core, scope=visit_id)


def test_undo_stays_within_its_visit(core: Core, visit_id: str) -> None:
    notes.add(core, visit_id=visit_id, line="mine", offset_ms=0)
    other = visits.plan(core).id
    notes.add(core, visit_id=other, line="other", offset_ms=0)

    history.undo(core, scope=visit_id)

    assert notes.stream(core, visit_id) == ()
    assert len(notes.stream(core, other)) == 1


def test_undo_leaves_alone_what_changed_again_from_elsewhere(core: Core, visit_id: str) -> None:
    """The other change is not an own action, so it is neither taken back nor written over."""
    visits.update(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen, focus="mine")
    elsewhere = wire_core(core.folder, clock=core.clock, ids=Ids(core.clock))
    own = elsewhere.store.writer
    call_installation(core.folder, "ffffffff")
    visits.update(elsewhere, visit_id=visit_id, seen=visits.open_visit(elsewhere, visit_id).seen, focus="theirs")
    close(elsewhere)
    call_installation(core.folder, own)

    action = history.undo(core, scope=visit_id)

    assert action.skipped == 1
    assert visits.get(core, visit_id).focus == "theirs"


def call_installation(folder: Path, writer: str) -> None:
    with closing(raw.connect(folder / "observe.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'writer'", (writer,))


def test_undo_does_not_reach_back_beyond_a_day(core: Core, visit_id: str, clock: FakeClock) -> None:
    notes.add(core, visit_id=visit_id, line="yesterday", offset_ms=0)
    clock.advance(seconds=25 * 3600)

    with pytest.raises(NothingToUndo):
        history.undo(core, scope=visit_id)


def test_a_deleted_visit_comes_back_whole(core: Core, visit_id: str) -> None:
    event = notes.add(core, visit_id=visit_id, line="kept", offset_ms=0)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title="Waits", evidence=(event.id,))
    before = dump(core)

    visits.delete(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen)
    assert visits.listing(core) == ()
    history.undo(core, scope=visit_id)

    assert dump(core) == before


def test_listeners_hear_of_a_commit_with_ids_and_not_of_nothing(core: Core, visit_id: str) -> None:
    heard: list[Changes] = []
    end = subscribe(core, heard.append)

    event = notes.add(core, visit_id=visit_id, line="one", offset_ms=0)
    visits.update(core, visit_id=visit_id, seen=NOTHING_SEEN, focus="Wait time")
    end()
    notes.add(core, visit_id=visit_id, line="two", offset_ms=0)

    assert [changes.action for changes in heard] == ["note.add"]
    assert heard[0].of("event") == {event.id}
    assert heard[0].visits == {visit_id}


def test_the_window_notices_another_process_but_not_itself(core: Core, visit_id: str, clock: FakeClock) -> None:
    poll_outside(core)
    notes.add(core, visit_id=visit_id, line="mine", offset_ms=0)
    assert poll_outside(core) is None

    beside = wire_core(core.folder, clock=clock, ids=Ids(clock))
    event = notes.add(beside, visit_id=visit_id, line="from the command line", offset_ms=0)
    close(beside)

    changes = poll_outside(core)
    assert changes is not None
    assert changes.of("event") == {event.id}
    assert changes.initiator == "outside"
    assert poll_outside(core) is None


def test_the_window_does_not_take_what_a_round_brought_for_another_process(core: Core, visit_id: str) -> None:
    poll_outside(core)
    for number in range(3):  # what a round commits stands between what the window itself does
        with core.store.ledger.acting("attachment.send", scope=None, author=None, seen=frozenset()) as writing:
            writing.sql.execute("UPDATE visit SET topic = ? WHERE id = ?", (f"Topic {number}", visit_id))
        notes.add(core, visit_id=visit_id, line=f"mine {number}", offset_ms=0)
    assert poll_outside(core) is None


def test_drafts_leave_no_history(core: Core, visit_id: str, clock: FakeClock) -> None:
    from observe_app.domain.event import Draft

    notes.keep_draft(core, Draft(visit_id, "note", "S7 secretword", 1000, clock.now()))
    assert notes.drafts(core, visit_id)[0].text == "S7 secretword"

    notes.add(core, visit_id=visit_id, line="something else", offset_ms=1000)

    assert notes.drafts(core, visit_id) == ()
    close(core)
    assert b"secretword" not in core.files.database.read_bytes()


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "edit", "star", "delete", "focus", "claim", "undo", "redo", "person", "form", "publish", "unform"]
        ),
        st.integers(0, 5),
    ),
    max_size=25,
)


@given(steps=_STEPS)
def test_folding_the_journal_gives_the_tables_and_undo_then_redo_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, data_folder: Path, steps: list[tuple[str, int]]
) -> None:
    clock = FakeClock()
    folder = tmp_path_factory.mktemp("fold")
    shutil.copytree(data_folder, folder, dirs_exist_ok=True)
    core = wire_core(folder, clock=clock, ids=Ids(clock))
    try:
        visit_id = visits.plan(core).id
        for word, number in steps:
            clock.advance(seconds=1)
            act(core, visit_id, word, number)
        assert backup.check(core) == ()

        notes.add(core, visit_id=visit_id, line="the last thing done", offset_ms=0)
        before = dump(core)
        history.undo(core)
        history.redo(core)
        assert dump(core) == before
        assert backup.check(core) == ()
    finally:
        close(core)


def act(core: Core, visit_id: str, word: str, number: int) -> None:
    """Do one thing a person might do."""
    stream = notes.stream(core, visit_id)
    event = stream[number % len(stream)] if stream else None
    if word == "add":
        notes.add(core, visit_id=visit_id, line=f"S{number} word {number} #t{number}", offset_ms=number * 1000)
    elif word == "focus":
        visits.update(
            core,
            visit_id=visit_id,
            seen=visits.open_visit(core, visit_id).seen,
            focus=f"focus {number}",
            class_size=number + 1,
        )
    elif word == "claim":
        talk.add_claim(
            core, visit_id=visit_id, kind=ClaimKind.GROWTH, title=f"c{number}", evidence=(event.id,) if event else ()
        )
    elif word == "person":
        person = people.add(core, name=f"Person {number}")
        visits.set_person(
            core,
            visit_id=visit_id,
            role=Role.TEACHER,
            person_id=person.id,
            seen=visits.open_visit(core, visit_id).seen,
        )
    elif word in {"form", "publish", "unform"}:
        act_on_form(core, word, number)
    elif word in {"undo", "redo"}:
        try:
            scopes = (visit_id, own_forms.draft_scope("learning-walk-2"), None)
            (history.undo if word == "undo" else history.redo)(core, scope=scopes[number % 3])
        except NothingToUndo:
            return
    elif event is not None:
        seen = notes.open_note(core, event.id).seen
        if word == "edit":
            notes.edit(core, event_id=event.id, line=f"edited {number}", seen=seen)
        elif word == "star":
            notes.star(core, event_id=event.id, starred=not event.starred, seen=seen)
        else:
            notes.delete(core, event_id=event.id, seen=seen)


def act_on_form(core: Core, word: str, number: int) -> None:
    """Go on with the one own form, which begins as a copy; what there is nothing for is let be."""
    try:
        opened = own_forms.open_draft(core, "learning-walk-2")
    except NotFound:
        own_forms.adopt(core, core.catalogue.form("learning-walk"), as_new=True)
        return
    form_id = opened.value.form_id
    if word == "form":
        title = (("", f"title {number}"),)
        own_forms.change(core, form_id=form_id, form=replace(opened.value.form, title=title), seen=opened.seen)
    elif word == "publish":
        own_forms.publish(core, form_id=form_id, seen=opened.seen)
    else:
        own_forms.remove(core, form_id=form_id)
