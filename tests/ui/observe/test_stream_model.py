"""The stream's rows: in order, exact about what changed, readable by a screen reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from observe_app.domain.event import Event, EventKind
from observe_app.ui.observe.stream_model import StreamModel, StreamRole, event_words


def note(number: int, offset: int, **fields: object) -> Event:
    return Event(id=f"{number:04d}", visit_id="v", kind=EventKind.NOTE, offset_ms=offset, text=f"n{number}", **fields)


def shown(model: StreamModel) -> list[str]:
    return [model.index(row, 0).data(StreamRole.EVENT).id for row in range(model.rowCount())]


@pytest.mark.parametrize("count", [0, 1, 40])
def test_is_a_sound_model(qtmodeltester, count):
    model = StreamModel()
    model.load([note(i, i * 1000) for i in range(count)], {})
    qtmodeltester.check(model)


def test_stays_sound_while_rows_come_move_and_go(qtmodeltester):
    model = StreamModel()
    model.load([note(i, i * 1000) for i in range(5)], {})
    qtmodeltester.check(model)
    model.put(note(9, 2500))
    model.put(note(1, 9000))
    model.put(replace(note(3, 3000), starred=True))
    model.take("0002")
    model.set_links({"0003": ("Talk",)})

    assert shown(model) == ["0000", "0009", "0003", "0004", "0001"]


def test_a_new_row_is_one_insertion(qtbot):
    model = StreamModel()
    model.load([note(1, 1000), note(2, 3000)], {})
    with qtbot.waitSignal(model.rowsInserted) as inserted, qtbot.assertNotEmitted(model.modelReset):
        model.put(note(3, 2000))

    assert inserted.args[1:] == [1, 1]


def test_a_changed_row_is_told_alone(qtbot):
    model = StreamModel()
    model.load([note(1, 1000), note(2, 3000)], {})
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.rowsInserted):
        model.put(replace(note(2, 3000), starred=True))

    assert changed.args[0].row() == changed.args[1].row() == 1


def test_the_same_row_again_tells_nothing(qtbot):
    model = StreamModel()
    model.load([note(1, 1000)], {})
    with qtbot.assertNotEmitted(model.dataChanged):
        model.put(note(1, 1000))


def test_a_retimed_row_keeps_its_selection():
    model = StreamModel()
    model.load([note(i, i * 1000) for i in range(4)], {})
    kept = QPersistentModelIndex(model.index(0, 0))
    model.put(note(0, 2500))

    assert kept.row() == 2
    assert shown(model) == ["0001", "0002", "0000", "0003"]


def test_links_tell_only_rows_that_differ(qtbot):
    model = StreamModel()
    model.load([note(1, 1000), note(2, 2000)], {"0001": ("Talk",)})
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_links({"0001": ("Talk",), "0002": ("Talk",)})

    assert changed.args[0].row() == 1
    assert model.index(1, 0).data(StreamRole.LINKS) == ("Talk",)


def test_a_row_reads_as_words():
    model = StreamModel()
    event = note(1, 1_207_000, speaker="S7", to="S1", tags=("press",), starred=True, private=True)
    model.load([event], {event.id: ("Wrong answers",)})
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "20:07, S7 → S1, n1, #press, starred, private, evidence for Wrong answers"


def test_finds_the_row_of_a_minute():
    model = StreamModel()
    assert model.row_at(5) == -1
    model.load([note(i, i * 1000) for i in range(4)], {})

    assert [model.row_at(ms) for ms in (0, 1500, 2000, 99_000)] == [0, 2, 2, 3]


_CHANGE = st.tuples(st.integers(0, 12), st.integers(0, 8), st.sampled_from(["put", "take", "bin"]))


@given(st.lists(_CHANGE, max_size=40))
def test_random_changes_show_what_a_sorted_list_shows(changes):
    """Replaying every signal on a copy gives the same rows: nothing is told wrongly or left out."""
    model = StreamModel()
    model.load([], {})
    copy: list[str] = []
    model.rowsInserted.connect(lambda _p, a, b: [copy.insert(r, shown(model)[r]) for r in range(a, b + 1)])
    model.rowsRemoved.connect(lambda _p, a, b: copy.__delitem__(slice(a, b + 1)))

    def moved(_p: QModelIndex, start: int, _end: int, _q: QModelIndex, to: int) -> None:
        taken = copy.pop(start)
        copy.insert(to - 1 if to > start else to, taken)

    model.rowsMoved.connect(moved)
    truth: dict[str, Event] = {}
    for number, offset, act in changes:
        event = note(number, offset * 1000)
        if act == "put":
            truth[event.id] = event
            model.put(event)
        elif act == "bin":
            truth.pop(event.id, None)
            model.put(replace(event, deleted=True))
        else:
            truth.pop(event.id, None)
            model.take(event.id)
        assert shown(model) == copy
    assert shown(model) == [event.id for event in sorted(truth.values(), key=lambda one: (one.offset_ms, one.id))]


def happening(number: int, kind: EventKind, **fields: object) -> Event:
    return Event(id=f"{number:04d}", visit_id="v", kind=kind, offset_ms=number * 1000, **fields)


NAMES = {("room", ""): "Students at work", ("pause", ""): "Pause after a question", ("copus", "I.O"): "other"}


def said(model: StreamModel) -> list[str]:
    return [model.index(row, 0).data(StreamRole.WORDS) for row in range(model.rowCount())]


def test_presses_of_keys_are_no_rows_and_what_was_measured_is_told_in_words(qtmodeltester):
    model = StreamModel()
    model.set_names(NAMES)
    model.load(
        [
            happening(1, EventKind.TALLY, item="open"),
            happening(2, EventKind.START, item="talk"),
            happening(3, EventKind.STOP, item="talk"),
            happening(4, EventKind.INTERVAL, item="copus", code="I.Lec", value=1),
            happening(5, EventKind.INTERVAL, item="copus", code="I.O", value=1, text="fire drill"),
            happening(6, EventKind.SWEEP, item="room", value=24, of=27),
            happening(7, EventKind.WAIT, item="pause", value=4600, outcome="answered"),
        ],
        {},
    )
    qtmodeltester.check(model)

    assert said(model) == ["other: fire drill", "Students at work: 24 of 27", "Pause after a question: 4.6 s, answered"]


def test_a_tally_that_comes_or_loses_its_words_is_no_row():
    model = StreamModel()
    model.load([note(1, 1000)], {})
    model.put(happening(2, EventKind.TALLY, item="open"))
    assert shown(model) == ["0001"]
    model.put(happening(3, EventKind.INTERVAL, item="copus", code="I.O", text="x"))
    assert shown(model) == ["0001", "0003"]
    model.put(happening(3, EventKind.INTERVAL, item="copus", code="I.O"))
    assert shown(model) == ["0001"]


def test_new_names_are_told_to_the_rows_that_use_them(qtbot):
    model = StreamModel()
    model.load([note(1, 1000), happening(2, EventKind.SWEEP, item="room", value=3, of=4)], {})
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_names(NAMES)

    assert changed.args[0].row() == changed.args[1].row() == 1
    assert said(model) == ["n1", "Students at work: 3 of 4"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 760_000.0}, "Clock gap 12:40: did the lesson go on?"),
        ({"value": 760_000.0, "outcome": "counted"}, "Clock gap 12:40, counted"),
        ({"value": 760_000.0, "outcome": "ignored"}, "Clock gap 12:40, not counted"),
        ({"value": -760_000.0, "outcome": "ignored"}, "The computer’s clock was put back by 12:40"),
        ({"value": 31_536_000_000.0, "outcome": "ignored"}, "The computer’s clock moved by more than a day"),
        ({"value": None}, "How long the program was away is not known"),
        ({"value": 90_000.0, "outcome": "counted", "code": "set"}, "Lesson clock set ahead by 1:30"),
        ({"value": -90_000.0, "outcome": "counted", "code": "set"}, "Lesson clock set back by 1:30"),
    ],
)
def test_a_clock_gap_says_what_it_is(fields, words):
    assert event_words(happening(1, EventKind.GAP, **fields), {}) == words


def test_a_pause_says_how_long_it_was_once_it_is_over(qtbot):
    model = StreamModel()
    model.load([happening(1, EventKind.PAUSE)], {})

    def words():
        return [model.index(row, 0).data(StreamRole.WORDS) for row in range(model.rowCount())]

    assert words() == ["Paused"]
    end = happening(3, EventKind.RESUME)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.put(end)
    assert told.args[0].row() == 0
    assert words()[0].startswith("Paused ")
    assert words()[0] != "Paused"
    with qtbot.waitSignal(model.dataChanged):
        model.take(end.id)
    assert words() == ["Paused"]
