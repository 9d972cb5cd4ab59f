"""What one query counts over many visits is what the views of each visit say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.facts import facts_of
from observe_app.domain.compare.lesson import lesson
from observe_app.domain.compare.lines import TermWanted
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import ItemKind
from observe_app.services import visits
from observe_app.services.compare.gather import forms_of, gather
from tests.services.event_form import EVENT_FORM, GRID, visit_with

if TYPE_CHECKING:
    from observe_app.domain.compare.facts import VisitFacts
    from observe_app.services.core import Core

MINUTE = 60_000
ITEMS = [item.id for item in EVENT_FORM.items]
# Borders of intervals, of due looks and of pauses are where counts part.
moments = st.one_of(
    st.integers(-MINUTE, 55 * MINUTE),
    st.sampled_from([at * MINUTE + off for at in (0, 2, 4, 5, 10, 49, 50, 60) for off in (-1, 0, 1)]),
    st.sampled_from([24 * 3_600_000, 24 * 3_600_000 + 1]),
)
numbers = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, 3.0, 9.0, -1.0, 2.5]), st.integers(0, 20_000).map(float))
words = st.sampled_from(["", "one", "two words", "\u2003wide\u00a0space\nline  ", "   ", "١٢ ends\x1f."])


_FITS = {
    ItemKind.TALLY: (EventKind.TALLY,),
    ItemKind.TIMER: (EventKind.START, EventKind.STOP),
    ItemKind.INTERVAL: (EventKind.INTERVAL,),
    ItemKind.SWEEP: (EventKind.SWEEP,),
    ItemKind.WAIT: (EventKind.WAIT,),
}
fitting = [(item.id, kind) for item in EVENT_FORM.items for kind in _FITS[item.kind]]
cells = [(GRID.id, EventKind.INTERVAL)] * 6
beside = [("", kind) for kind in EventKind] + [("", EventKind.NOTE)] * 3
strange = st.tuples(st.sampled_from([*ITEMS, "gone"]), st.sampled_from(list(EventKind)))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    """Draw an event that mostly fits its item; cells lie close together so that some fall into one interval."""
    item, kind = draw(st.one_of(st.sampled_from(fitting + cells + beside), strange))
    is_cell = kind is EventKind.INTERVAL
    return {
        "kind": kind,
        "offset_ms": draw(st.one_of(st.integers(0, 9 * MINUTE), moments) if is_cell else moments),
        "item": item,
        "code": draw(st.sampled_from(["", "", "I.Lec", "I.Lec", "I.PQ", "S.O", "S.L", "X.no"])) if is_cell else "",
        "value": draw(st.sampled_from([1.0, 1.0, 2.0, 3.0, 0.0, None])) if is_cell else draw(numbers),
        "of": draw(st.sampled_from([None, 0.0, 1.0, 12.0, 30.5])),
        "outcome": draw(st.sampled_from(["", "answered", "rephrased", "else"])) if kind is EventKind.WAIT else "",
        "text": draw(words),
        "speaker": draw(st.sampled_from(["", "T", "S", "S7", "SS"])),
        "tags": draw(st.sampled_from([(), ("a",), ("a", "b"), ("b", "b"), ("Öl",)])),
        "private": draw(st.sampled_from([False, False, False, True])),
        "deleted": draw(st.sampled_from([False, False, False, True])),
    }


lessons = st.lists(st.lists(rows(), max_size=40), min_size=1, max_size=3)


def keep(core: Core, events: list[dict[str, object]], minutes: int = 50) -> str:
    visit_id = visit_with(core, minutes=minutes)
    made = [Event(core.ids.new(), visit_id, **fields) for fields in events]  # type: ignore[arg-type]
    with core.store.write("import.events", scope=visit_id) as unit:
        unit.events.add_many(made)
        unit.commit()
    return visit_id


def counted(core: Core, *ids: str) -> dict[str, VisitFacts]:
    with core.store.read() as unit:
        found = unit.compare.visits(TermWanted(ids=ids))
        return gather(unit, found, forms_of(unit, found))


def viewed(core: Core, visit_id: str) -> VisitFacts:
    return lesson(visits.load_record(core, visit_id)).facts


@given(lessons)
def test_counts_over_many_visits_are_those_of_each_visit(core: Core, several: list[list[dict[str, object]]]) -> None:
    ids = [keep(core, events) for events in several]

    found = counted(core, *ids)

    assert {visit: found[visit] for visit in ids} == {visit: viewed(core, visit) for visit in ids}


@given(st.lists(rows(), max_size=30))
def test_private_and_deleted_events_change_nothing(core: Core, events: list[dict[str, object]]) -> None:
    hidden = [{**fields, flag: True} for fields in events for flag in ("private", "deleted")]
    shown = [{**fields, "private": False, "deleted": False} for fields in events]

    with_hidden, without = keep(core, [*shown, *hidden]), keep(core, shown)
    found = counted(core, with_hidden, without)

    assert _unnamed(found[with_hidden]) == _unnamed(found[without])


def _unnamed(facts: VisitFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in _COUNTS}


_COUNTS = [
    "length_ms", "tallies", "sheets", "timers", "sweeps", "waits", "teacher_words", "student_words", "notes", "tags",
]  # fmt: skip


@pytest.mark.parametrize("extra", [timedelta(0), timedelta(microseconds=1), timedelta(seconds=59), timedelta(hours=25)])
def test_a_lesson_is_as_long_here_as_on_its_own_page(core: Core, extra: timedelta) -> None:
    visit_id = visit_with(core)
    began = core.clock.now()
    with core.store.write("visit.change", scope=visit_id) as unit:
        unit.visits.change(visit_id, {"started": began, "ended": began + timedelta(minutes=40) + extra})
        unit.commit()

    whole = -(-(timedelta(minutes=40) + extra) // timedelta(minutes=1)) * MINUTE

    assert counted(core, visit_id)[visit_id].length_ms == viewed(core, visit_id).length_ms == whole


def test_a_visit_without_a_form_has_its_notes_alone(core: Core) -> None:
    visit_id = visits.plan(core).id
    with core.store.write("import.events", scope=visit_id) as unit:
        note = Event(core.ids.new(), visit_id, EventKind.NOTE, 1000, text="waits", speaker="T", tags=("wait",))
        unit.events.add(note)
        unit.commit()

    found = counted(core, visit_id)[visit_id]

    assert (found.notes, found.teacher_words, found.tags["wait"].n) == (1, 1, 1)
    assert found == facts_of(visit_id, None, [note], found.length_ms)


def test_ten_thousand_ids_fit_into_one_question(core: Core) -> None:
    visit_id = keep(core, [{"kind": EventKind.TALLY, "offset_ms": 0, "item": "praise"}])

    with core.store.read() as unit:
        counts, _rows = unit.compare.moments([visit_id, *(f"none-{at}" for at in range(10_000))])

    assert [line.n for line in counts if line.what == "tally"] == [1]


def cell(at_ms: int, code: str = "", value: float | None = 1.0) -> dict[str, object]:
    return {"kind": EventKind.INTERVAL, "offset_ms": at_ms, "item": GRID.id, "code": code, "value": value}


def test_a_code_counts_once_in_an_interval_however_often_it_was_ticked(core: Core) -> None:
    visit_id = keep(
        core, [cell(0, "I.Lec"), cell(1, "I.Lec"), cell(2 * MINUTE - 1, "I.Lec"), cell(2 * MINUTE, "I.Lec")]
    )

    found = counted(core, visit_id)[visit_id]

    assert found.sheets["grid"].codes["I.Lec"].n == 2
    assert found == viewed(core, visit_id)


def test_a_tick_taken_away_leaves_the_interval_coded(core: Core) -> None:
    visit_id = keep(core, [cell(0, "I.Lec", 0.0), cell(0, "I.PQ", None), cell(4 * MINUTE, "I.Lec")])

    found = counted(core, visit_id)[visit_id]

    assert {code: one.n for code, one in found.sheets["grid"].codes.items()} == {"I.Lec": 1}
    assert (found.sheets["grid"].coded, found.sheets["grid"].blank) == (2, 1)
    assert found == viewed(core, visit_id)


def test_of_two_levels_of_one_interval_the_later_counts_and_an_unknown_one_never_does(core: Core) -> None:
    levels = [
        cell(0, value=1.0),
        cell(5, value=3.0),
        cell(5, value=2.0),
        cell(9, value=8.0),
        cell(2 * MINUTE, value=2.0),
    ]
    visit_id = keep(core, levels)

    found = counted(core, visit_id)[visit_id]

    assert {number: (one.n, one.at_ms) for number, one in found.sheets["grid"].levels.items()} == {2: (2, 5)}
    assert found == viewed(core, visit_id)
