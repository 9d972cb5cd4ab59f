"""Many events at once leave the same journal as one after the other."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from observe_app.domain.event import Event, EventKind
from observe_app.services import history, visits
from tests.store import raw

COUNT = 40


def events_for(core, visit_id: str) -> list[Event]:
    """Return events of which each column is filled in some and left at its default in others."""
    plain = [
        Event(core.ids.new(), visit_id, EventKind.NOTE, 1000 * number, text=f"Note {number}", source="imported")
        for number in range(COUNT)
    ]
    fuller = {
        "wall": core.clock.now(), "speaker": "T", "to": "S1", "seat": "a1", "item": "copus", "code": "I.Lec",
        "value": 1.0, "of": 2.0, "outcome": "answered", "tags": ("wait", "open"), "private": True, "starred": True,
        "deleted": True,
    }  # fmt: skip
    return [
        replace(event, **{name: value}) for event, (name, value) in zip(plain, fuller.items(), strict=False)
    ] + plain[len(fuller) :]


def journal_of(core) -> tuple[list[tuple], list[tuple], list[tuple]]:
    with closing(raw.connect(core.files.database)) as connection:
        changes = connection.execute(
            "SELECT e.offset_ms, c.column_name, c.old, CASE c.column_name WHEN 'visit_id' THEN '' ELSE c.new END, "
            "c.over, c.inserted, c.op = h.op FROM journal_change c JOIN event e ON e.id = c.row_id "
            "JOIN journal_head h ON h.row_id = c.row_id AND h.column_name = c.column_name ORDER BY 1, 2"
        ).fetchall()
        words = connection.execute(
            "SELECT e.offset_ms, d.body FROM search_doc d JOIN event e ON e.id = d.row_id ORDER BY 1"
        ).fetchall()
        stamps = connection.execute("SELECT stamp FROM journal_change ORDER BY seq").fetchall()
    return changes, words, stamps


def store(core, *, at_once: bool) -> str:
    visit = visits.plan(core)
    with core.store.write("import.notes", scope=visit.id) as unit:
        made = events_for(core, visit.id)
        if at_once:
            unit.events.add_many(made)
        else:
            for event in made:
                unit.events.add(event)
        unit.commit()
    return visit.id


def test_the_journal_is_the_same_as_of_one_after_the_other(core, tmp_path):
    from observe_app.app import wire_core
    from observe_app.services.core import close

    other = wire_core(tmp_path / "other", clock=core.clock)
    try:
        store(core, at_once=True)
        store(other, at_once=False)
        ours, theirs = journal_of(core), journal_of(other)
    finally:
        close(other)

    assert ours[:2] == theirs[:2]
    assert len(ours[0]) > COUNT * 4
    assert ours[2] == sorted(set(ours[2]))


def test_they_are_undone_together_and_a_later_change_is_journalled_again(core):
    visit_id = store(core, at_once=True)
    with core.store.read() as unit:
        first = unit.events.of_visit(visit_id)[0]
    with core.store.write("note.edit", scope=visit_id) as unit:
        unit.see(unit.seen(("event", first.id)))
        unit.events.change(first.id, {"text": "changed"})
        unit.commit()

    assert history.undo(core, scope=visit_id).kind == "note.edit"
    assert history.undo(core, scope=visit_id).kind == "import.notes"
    with core.store.read() as unit:
        assert unit.events.of_visit(visit_id) == ()
