"""Sheets made of a continuous recording, and of a finer sheet: against a walk millisecond by millisecond."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.derive import coarser, derived_sheet
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Code, Item, ItemKind, Side
from observe_app.domain.timeline import interval_sheet

LECTURE = Item("lecture", ItemKind.TIMER, (("en", "Lecturing"),), group="who")
GUIDING = Item("guiding", ItemKind.TIMER, (("en", "Guiding"),), group="who")
QUESTION = Item("question", ItemKind.TALLY, (("en", "Question"),))
ITEMS = (LECTURE, GUIDING, QUESTION)
SECOND = 1000


def made(kind: EventKind, seconds: float, item: str = "") -> Event:
    return Event(f"{kind}-{seconds}-{item}", "v", kind, round(seconds * SECOND), item=item)


def ticks(sheet, item):
    return [one.index for one in sheet.intervals if item in one.ticked]


def test_a_moment_on_a_border_belongs_to_the_later_interval():
    sheet = derived_sheet(ITEMS, [made(EventKind.TALLY, 120, "question")], 120, 240 * SECOND)

    assert ticks(sheet, "question") == [1]


def test_a_state_that_ends_on_a_border_is_not_in_the_interval_that_begins_there():
    events = [made(EventKind.START, 10, "lecture"), made(EventKind.STOP, 120, "lecture")]

    assert ticks(derived_sheet(ITEMS, events, 120, 240 * SECOND), "lecture") == [0]


def test_one_millisecond_over_a_border_is_in_both_intervals():
    events = [made(EventKind.START, 119.999, "lecture"), made(EventKind.STOP, 120.001, "lecture")]

    assert ticks(derived_sheet(ITEMS, events, 120, 240 * SECOND), "lecture") == [0, 1]


def test_a_state_that_ends_as_it_begins_counts_like_a_moment():
    events = [made(EventKind.START, 120, "lecture"), made(EventKind.STOP, 120, "lecture")]

    assert ticks(derived_sheet(ITEMS, events, 120, 240 * SECOND), "lecture") == [1]


def test_what_nobody_stopped_lasts_to_the_end_of_the_lesson():
    sheet = derived_sheet(ITEMS, [made(EventKind.START, 130, "lecture")], 120, 400 * SECOND)

    assert ticks(sheet, "lecture") == [1, 2, 3]
    assert sheet.of_intervals("lecture").count == 3
    assert sheet.of_intervals("lecture").of == 4


def test_an_interval_wholly_in_a_pause_was_not_looked_at():
    events = [
        made(EventKind.START, 0, "lecture"),
        made(EventKind.PAUSE, 120),
        made(EventKind.RESUME, 360),
    ]
    sheet = derived_sheet(ITEMS, events, 120, 480 * SECOND)

    assert ticks(sheet, "lecture") == [0, 3]
    assert [one.coded for one in sheet.intervals] == [True, False, False, True]
    assert (sheet.coded, sheet.blank) == (2, 2)


def test_what_lies_outside_the_lesson_is_named_and_on_no_interval():
    events = [made(EventKind.TALLY, -1, "question"), made(EventKind.TALLY, 240, "question")]
    sheet = derived_sheet(ITEMS, events, 120, 240 * SECOND)

    assert not ticks(sheet, "question")
    assert set(sheet.beyond) == {event.id for event in events}


SMALL = st.integers(0, 60)


@given(
    runs=st.lists(st.tuples(SMALL, SMALL), max_size=4),
    pauses=st.lists(st.tuples(SMALL, SMALL), max_size=2),
    step=st.integers(1, 13),
    length=st.integers(1, 60),
)
def test_a_state_is_where_a_walk_second_by_second_finds_it(runs, pauses, step, length):
    """Runs and pauses that do not overlap, so that the walk needs no rules of its own."""
    runs = _apart(runs)
    pauses = _apart(pauses)
    events = [
        made(kind, at, "lecture")
        for run in runs
        for kind, at in zip((EventKind.START, EventKind.STOP), run, strict=True)
    ]
    events += [
        made(kind, at) for one in pauses for kind, at in zip((EventKind.PAUSE, EventKind.RESUME), one, strict=True)
    ]
    sheet = derived_sheet(ITEMS, events, step, length * SECOND)

    open_seconds = [at for at in range(length) if not any(start <= at < end for start, end in pauses)]
    inside = {at for start, end in runs for at in range(start, end)}
    assert ticks(sheet, "lecture") == sorted({at // step for at in open_seconds if at in inside})
    assert [one.index for one in sheet.intervals if one.coded] == sorted({at // step for at in open_seconds})


def _apart(pairs):
    edges = sorted({edge for pair in pairs for edge in pair})
    return list(zip(edges[::2], edges[1::2], strict=False))


CODES = Item(
    "copus",
    ItemKind.INTERVAL,
    (("en", "COPUS"),),
    seconds=120,
    sides=(Side("I", (("en", "Instructor"),), (Code("Lec", (("en", "Lecturing"),)), Code("PQ", (("en", "Asks"),)))),),
)


def tick(index: int, code: str, value: int = 1) -> Event:
    return Event(f"{index}-{code}", "v", EventKind.INTERVAL, index * 120_000, item="copus", code=code, value=value)


@given(
    cells=st.dictionaries(
        st.tuples(st.integers(0, 12), st.sampled_from(["I.Lec", "I.PQ"])), st.booleans(), max_size=20
    ),
    times=st.integers(1, 5),
)
def test_a_coarser_sheet_ticks_what_any_of_its_parts_does_and_counts_none_twice(cells, times):
    fine = interval_sheet(CODES, [tick(index, code, int(on)) for (index, code), on in cells.items()])
    coarse = coarser(fine, times)

    for code in ("I.Lec", "I.PQ"):
        assert {one.index for one in coarse.sheet.intervals if code in one.ticked} == {
            index // times for (index, found), on in cells.items() if found == code and on
        }
    assert all(not coarse.sheet.intervals[index].coded for index in coarse.partly)
    assert coarse.sheet.seconds == 120 * times


def test_a_longer_interval_is_coded_only_where_all_its_parts_are():
    coarse = coarser(interval_sheet(CODES, [tick(0, "I.Lec"), tick(2, "I.PQ"), tick(3, "I.PQ", 0)]), 2)

    assert [one.coded for one in coarse.sheet.intervals] == [False, True]
    assert coarse.partly == (0,)
