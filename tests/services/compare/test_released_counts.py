"""What was counted after a release is told to nobody: its reader's figures are those that were released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.compare.audience import Who
from observe_app.domain.compare.marks import Measure
from observe_app.domain.event import Event, EventKind
from observe_app.services import notes, people, releases
from observe_app.services.compare.audience import audience, reader_named
from observe_app.services.compare.reported import reported_pair, reported_term, told_records
from observe_app.services.compare.term import TermChoice, term
from tests.services.compare.test_term import seen

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@pytest.fixture
def me(core: Core) -> Who:
    found = people.introduce(core, name="Joonas")
    assert found is not None
    return Who(found.id, found.name)


def put(core: Core, visit_id: str, *events: tuple[EventKind, int, dict[str, object]]) -> list[str]:
    made = [Event(core.ids.new(), visit_id, kind, at, **fields) for kind, at, fields in events]  # type: ignore[arg-type]
    with core.store.write("events", scope=visit_id) as unit:
        for event in made:
            unit.events.add(event)
        unit.commit()
    return [event.id for event in made]


def released(core: Core, day: int = 0, tallies: int = 3) -> str:
    """Keep a visit with tallies, a coded interval, a timer and a note, and release it."""
    visit_id = seen(core, day, tallies=tallies)
    notes.add(core, visit_id=visit_id, line="T waits for five breaths", offset_ms=60_000)
    put(
        core,
        visit_id,
        (EventKind.START, 60_000, {"item": "board"}),
        (EventKind.STOP, 120_000, {"item": "board"}),
        (EventKind.INTERVAL, 0, {"item": "grid", "code": "I.Lec", "value": 1.0}),
    )
    releases.release(core, visit_id=visit_id, with_notes=True)
    return visit_id


def figures(core: Core, reader: Who) -> dict[tuple[str, Measure], tuple[object, int, int]]:
    made = reported_term(core, TermChoice(), reader=reader).term
    return {(line.key, line.measure): (line.marks[0].value, line.marks[0].n, line.marks[0].of) for line in made.series}


def later(core: Core, visit_id: str) -> None:
    """Count, tick, time and write on after the release."""
    put(
        core,
        visit_id,
        *((EventKind.TALLY, 200_000 + at, {"item": "praise"}) for at in range(5)),
        (EventKind.START, 300_000, {"item": "board"}),
        (EventKind.STOP, 600_000, {"item": "board"}),
        (EventKind.INTERVAL, 120_000, {"item": "grid", "code": "I.Lec", "value": 1.0}),
    )
    notes.add(core, visit_id=visit_id, line="S #late three words", offset_ms=70_000)


def test_what_was_counted_after_the_release_is_not_told(core: Core, me: Who) -> None:
    visit_id = released(core)
    teacher = reader_named(core, "Amina")
    before = figures(core, teacher)

    later(core, visit_id)

    assert before["praise", Measure.TALLY][1] == 3
    assert figures(core, teacher) == before
    assert (
        term(core, TermChoice(reader="Amina")).series == reported_term(core, TermChoice(), reader=teacher).term.series
    )
    assert {line.key: line.marks[0].n for line in term(core, TermChoice()).series}["praise"] == 8


def test_what_was_deleted_or_changed_after_the_release_counts_as_released(core: Core, me: Who) -> None:
    visit_id = released(core)
    teacher = reader_named(core, "Amina")
    before = figures(core, teacher)
    with core.store.read() as unit:
        events = unit.events.of_visit(visit_id)
    tally, stop = (next(one for one in events if one.kind is kind) for kind in (EventKind.TALLY, EventKind.STOP))

    with core.store.write("later", scope=visit_id) as unit:
        unit.events.change(tally.id, {"deleted": True})
        unit.events.change(stop.id, {"offset_ms": 900_000})
        unit.events.change(stop.id, {"offset_ms": 901_000})
        unit.commit()

    assert figures(core, teacher) == before


def test_what_became_private_since_is_told_no_more(core: Core, me: Who) -> None:
    visit_id = released(core)
    with core.store.read() as unit:
        tally = next(one for one in unit.events.of_visit(visit_id) if one.kind is EventKind.TALLY)
        note = next(one for one in unit.events.of_visit(visit_id) if one.kind is EventKind.NOTE)
    with core.store.write("later", scope=visit_id) as unit:
        unit.events.change(tally.id, {"private": True})
        unit.events.change(note.id, {"deleted": True})
        unit.commit()

    teacher = reader_named(core, "Amina")
    (record,) = told_records(core, audience(core, [visit_id], reader=teacher))

    assert {event.id for event in record.events} & {tally.id, note.id} == set()
    assert figures(core, teacher)["praise", Measure.TALLY][1] == 2


def test_a_correction_tells_what_was_counted_until_then(core: Core, me: Who, clock: FakeClock) -> None:
    visit_id = released(core)
    teacher = reader_named(core, "Amina")
    later(core, visit_id)
    clock.advance(seconds=60)

    releases.release(core, visit_id=visit_id, with_notes=True, why="Counted the film")
    put(core, visit_id, (EventKind.TALLY, 700_000, {"item": "praise"}))

    assert figures(core, teacher)["praise", Measure.TALLY][1] == 8


def test_exports_and_two_observers_rest_on_what_was_released(core: Core, me: Who) -> None:
    one, other = released(core, 0), released(core, 1, tallies=3)
    later(core, one)

    told = audience(core, [one, other], reader=me)
    kept = {record.visit.id: record for record in told_records(core, told)}
    view, _may = reported_pair(core, one, other)

    assert sum(event.kind is EventKind.TALLY for event in kept[one].events) == 3
    assert not any("late" in event.tags for event in kept[one].events)
    praise = next(moment for moment in view.moments if moment.item == "praise")
    assert (praise.matched, praise.only_a, praise.only_b) == (3, 0, 0)


def test_ones_own_report_counts_everything(core: Core, me: Who) -> None:
    visit_id = released(core)
    later(core, visit_id)

    made = reported_term(core, TermChoice(), reader=me, own=True).term

    assert {line.key: line.marks[0].n for line in made.series}["praise"] == 8
