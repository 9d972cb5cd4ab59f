"""A visit that a newer program worked on, or a hand spoilt: it opens, says what it cannot show, and takes notes."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import film, notes, seating, visits
from observe_app.services.core import close, subscribe
from observe_app.services.exchange.visit_out import export_visit
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from tests.services.event_form import visit_with
from tests.ui.observe.keys import press, type_text


@pytest.fixture
def visit_id(core):
    made = visit_with(core)
    visits.begin(core, visit_id=made)
    notes.add(core, visit_id=made, line="T before", offset_ms=1000)
    seating.set_plan(core, visit_id=made, plan=rows_and_columns(2, 3))
    return made


def set_visit(core, visit_id, **fields):
    """Write what this program would not write."""
    with core.store.write("visit.edit", scope=visit_id) as unit:
        unit.visits.change(visit_id, fields)
        unit.commit()


def set_event(core, visit_id, **fields):
    from sqlalchemy import text

    event_id = notes.add(core, visit_id=visit_id, line="T from elsewhere", offset_ms=2000).id
    with core.store.write("note.edit", scope=visit_id) as unit:
        for name, value in fields.items():
            unit.session.execute(
                text(f'UPDATE event SET "{name}" = :value WHERE id = :id'), {"value": value, "id": event_id}
            )
        unit.commit()


@pytest.fixture
def write(core, clock, visit_id, qtbot):
    """Return a function that opens the visit in a program of its own and writes a note."""

    def write_one():
        again = wire_core(core.folder, clock=clock, ids=Ids(clock))
        bus = ChangeBus()
        stop = subscribe(again, bus.publish)
        tab = ObserveTab(again, bus)
        qtbot.addWidget(tab)
        tab.resize(1366, 768)
        tab.open_visit(visit_id)
        with qtbot.waitExposed(tab):
            tab.show()
        tab.activateWindow()
        tab.focus_line()
        type_text(tab.line.edit, "T goes on")
        press(tab.line.edit, Qt.Key.Key_Return)
        tab.toggle_seats()
        tab.toggle_seats()
        tab.leave()
        tab.close()
        stop()
        texts = [event.text for event in notes.stream(again, visit_id)]
        close(again)
        return texts

    return write_one


EVENTS = {
    "an unknown kind": {"kind": "hologram"},
    "an unknown outcome": {"kind": "wait", "item": "wait", "value": 3.0, "outcome": "sung"},
    "a code that is none": {"kind": "interval", "item": "grid", "code": "I.Nothing", "value": 1.0},
    "an item that is none": {"kind": "tally", "item": "nothing"},
    "a kind that the item has not": {"kind": "sweep", "item": "praise", "value": -4.0, "of": 0.0},
    "a sweep of nobody": {"kind": "sweep", "item": "task", "value": 5.0, "of": 0.0},
    "a value beyond all": {"kind": "wait", "item": "wait", "value": 1e300},
    "a gap beyond all": {"kind": "gap", "value": 1e300, "outcome": "counted"},
    "a gap of nothing": {"kind": "gap", "value": None, "outcome": "unheard of"},
    "a seat that is none": {"kind": "tally", "seat": "nowhere", "speaker": "S777", "to": "Miss"},
    "an odd speaker": {"speaker": "<b>Anna</b> " * 200, "to": "\u202e"},
    "a moment beyond the lesson": {"offset_ms": 86_400_000},
    "tags that are none": {"tags": '{"a": 1}'},
    "words without an end": {"text": "word " * 100_000},
}


@pytest.mark.parametrize("case", EVENTS)
def test_a_visit_opens_with_an_event_that_nobody_here_can_write(core, visit_id, write, case, tmp_path):
    set_event(core, visit_id, **EVENTS[case])

    written = write()
    assert "before" in written
    assert "goes on" in written
    for name in ("out.json", "out.csv", "out.xlsx", "out.boris"):
        export_visit(core, visit_id=visit_id, target=tmp_path / name)


PLANS = {
    "a newer version": json.dumps({"seating": 99, "seats": [{"hologram": 1}]}),
    "no plan": "[]",
    "half a plan": '{"seating": 1, "seats": [{"id": "1", "x": 3',
    "deep": "[" * 50_000,
    "seats far away": json.dumps({"seating": 1, "seats": [{"id": "1", "number": 1, "x": 10**300, "y": -(10**300)}]}),
    "one place for all": json.dumps({
        "seating": 1, "seats": [{"id": str(n), "number": n, "x": 0, "y": 0} for n in range(1, 90)],
    }),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANS)
def test_a_seating_plan_that_cannot_be_read_stays_and_the_lesson_goes_on(core, visit_id, write, case):
    set_visit(core, visit_id, seating=PLANS[case])

    assert "goes on" in write()
    assert visits.get(core, visit_id).seating == PLANS[case]


@pytest.mark.parametrize(
    "path", ["", "/", ".", "\x00", "/nowhere/film.mp4", "\\\\server\\share\\film.mp4", "f" * 5000, "//"]
)
def test_a_film_that_lies_nowhere_does_not_keep_the_visit_shut(core, visit_id, write, path):
    from observe_app.domain.video import Video

    film.record_consent(core, visit_id=visit_id, consent="A. Diallo")
    with core.store.write("film", scope=visit_id, undoable=False) as unit:
        unit.lessons.keep_video(Video(visit_id, path, 2**40))
        unit.commit()

    assert "goes on" in write()
    assert film.of_visit(core, visit_id).path == path


SNAPSHOTS = {
    "a kind of item that is not known": lambda text: text.replace('"tally"', '"hologram"', 1),
    "half a form": lambda text: text[: len(text) // 2],
    "no form": lambda _text: "nothing",
}


@pytest.mark.parametrize("case", SNAPSHOTS)
def test_a_form_that_cannot_be_read_is_said_and_the_lesson_can_be_written(core, visit_id, write, case):
    before = visits.get(core, visit_id).form_snapshot
    spoilt = SNAPSHOTS[case](before)
    assert spoilt != before
    set_visit(core, visit_id, form_snapshot=spoilt)

    assert "goes on" in write()
    assert visits.get(core, visit_id).form_snapshot == spoilt


@pytest.mark.parametrize("case", SNAPSHOTS)
def test_a_form_that_cannot_be_shown_is_said_and_a_damaged_one_may_be_chosen_again(core, visit_id, qtbot, case):
    newer = case.startswith("a kind")
    set_visit(core, visit_id, form_snapshot=SNAPSHOTS[case](visits.get(core, visit_id).form_snapshot))
    tab = ObserveTab(core, ChangeBus())
    qtbot.addWidget(tab)
    tab.open_visit(visit_id)

    text = tab.message_bar.message.text
    assert ("newer version" if newer else "is damaged") in text
    assert "Notes can be written." in text
    assert (tab.form_panel.form_box is None) is newer
    tab.leave()
