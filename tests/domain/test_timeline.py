"""What events come to: counts, durations, interval sheets, sweeps, waits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Category, Code, Item, ItemKind, Level, Side
from observe_app.domain.lesson_parts import Stretch
from observe_app.domain.timeline import (
    Interval,
    Share,
    category_shares,
    code_shares,
    index_at,
    interval_count,
    interval_sheet,
    newest,
    next_due_ms,
    sweep_sheet,
    tallies,
    time_shares,
    timers,
    wait_sheet,
)

TEACHER = Item("teacher", ItemKind.TIMER, (), group="talk")
PUPILS = Item("pupils", ItemKind.TIMER, (), group="talk")
SILENCE = Item("silence", ItemKind.TIMER, (), group="talk")
ALONE = Item("board", ItemKind.TIMER, ())
TIMERS = (TEACHER, PUPILS, SILENCE, ALONE)
SHEET = Item(
    "codes",
    ItemKind.INTERVAL,
    (),
    seconds=120,
    levels=(Level(1, ()), Level(2, ()), Level(3, ())),
    sides=(
        Side(
            "I",
            (),
            (Code("Lec", (), category="presenting"), Code("RtW", (), category="presenting"), Code("W", ())),
            (Category("presenting", ()), Category("guiding", ())),
        ),
        Side("S", (), (Code("L", (), category="receiving"), Code("W", ())), (Category("receiving", ()),)),
    ),
)
START, STOP = EventKind.START, EventKind.STOP


def event(number, kind, item, at_ms, **fields):
    return Event(f"{number:06}", "visit", kind, at_ms, item=item, **fields)


def made(*rows):
    return [event(number, *row) for number, row in enumerate(rows)]


def cell(number, index, code="", value=1.0, **fields):
    return event(number, EventKind.INTERVAL, "codes", index * 120_000, code=code, value=value, **fields)


# --- tallies


def test_tallies_count_living_events_of_their_item_only():
    events = made(
        (EventKind.TALLY, "praise", 9),
        (EventKind.TALLY, "praise", 3),
        (EventKind.TALLY, "other", 4),
        (EventKind.NOTE, "praise", 5),
    )
    events.append(replace(event(9, EventKind.TALLY, "praise", 6), deleted=True))

    assert [one.offset_ms for one in tallies(events, "praise")] == [3, 9]


def test_the_newest_tally_is_the_one_pressed_last_and_not_the_latest_moment():
    events = made((EventKind.TALLY, "praise", 900), (EventKind.TALLY, "praise", 3))

    assert newest(events).offset_ms == 3
    assert newest([]) is None


# --- timers


def test_a_swap_ends_one_and_starts_the_other_without_a_gap():
    events = made((START, "teacher", 0), (STOP, "teacher", 700), (START, "pupils", 700))
    states = timers(TIMERS, events)

    assert states["teacher"].stretches == (Stretch(0, 700),)
    assert states["pupils"].running_since == 700
    assert states["pupils"].total_ms(1000) == 300
    assert states["teacher"].total_ms(1000) == 700
    assert not any(state.loose or state.cut for state in states.values())


def test_a_swap_reads_the_same_whichever_way_its_events_lie():
    events = made((START, "teacher", 0), (START, "pupils", 700), (STOP, "teacher", 700))
    states = timers(TIMERS, events)

    assert states["teacher"].stretches == (Stretch(0, 700),)
    assert not states["teacher"].cut


def test_a_run_begun_and_ended_in_one_millisecond_is_over():
    states = timers(TIMERS, made((STOP, "board", 5), (START, "board", 5)))

    assert states["board"].stretches == (Stretch(5, 5),)
    assert not states["board"].loose


def test_a_start_without_the_stop_of_the_other_cuts_it_and_says_so():
    events = made((START, "teacher", 0), (START, "pupils", 400))
    states = timers(TIMERS, events)

    assert states["teacher"].stretches == (Stretch(0, 400),)
    assert states["teacher"].cut == (events[1].id,)
    assert states["pupils"].running_since == 400


def test_starts_while_it_runs_and_stops_while_it_does_not_change_nothing():
    events = made((STOP, "board", 1), (START, "board", 2), (START, "board", 5), (STOP, "board", 9), (STOP, "board", 12))
    state = timers(TIMERS, events)["board"]

    assert state.stretches == (Stretch(2, 9),)
    assert set(state.loose) == {events[0].id, events[2].id, events[4].id}


def test_a_timer_without_a_group_runs_beside_the_others():
    states = timers(TIMERS, made((START, "teacher", 0), (START, "board", 10)))

    assert states["teacher"].running_since == 0
    assert states["board"].running_since == 10


def test_time_shares_say_their_base():
    states = timers(TIMERS[:2], made((START, "teacher", 0), (STOP, "teacher", 300), (START, "pupils", 300)))

    assert time_shares(states.values(), 400) == {"teacher": Share(300, 400), "pupils": Share(100, 400)}
    assert time_shares(timers(TIMERS[:1], []).values(), 400)["teacher"].value is None


_presses = st.lists(
    st.tuples(st.sampled_from([START, STOP]), st.sampled_from([item.id for item in TIMERS]), st.integers(0, 20)),
    max_size=30,
)


@given(_presses, st.randoms())
def test_timers_do_not_depend_on_the_order_of_the_list(rows, random):
    events = made(*rows)
    shuffled = list(events)
    random.shuffle(shuffled)

    assert timers(TIMERS, shuffled) == timers(TIMERS, events)


@given(_presses)
def test_of_a_group_one_runs_at_a_time_and_runs_never_overlap(rows):
    states = timers(TIMERS, made(*rows))
    group = [
        (one.start_ms, 10**9 if one.end_ms is None else one.end_ms)
        for item in (TEACHER, PUPILS, SILENCE)
        for one in states[item.id].stretches
    ]
    group.sort()

    assert sum(states[item.id].running_since is not None for item in (TEACHER, PUPILS, SILENCE)) <= 1
    assert all(before[1] <= after[0] for before, after in pairwise(group))


@given(_presses, st.integers(0, 40))
def test_group_totals_never_exceed_the_time_that_passed(rows, until):
    states = timers(TIMERS, made(*rows))

    assert sum(states[item.id].total_ms(until) for item in (TEACHER, PUPILS, SILENCE)) <= until
    assert all(state.total_ms(until) <= state.total_ms(until + 1) for state in states.values())


@given(_presses)
def test_every_start_and_stop_is_used_or_reported(rows):
    events = made(*rows)
    states = timers(TIMERS, events)
    starts = sum(len(state.stretches) for state in states.values())
    ended = sum(one.end_ms is not None for state in states.values() for one in state.stretches)
    cut = sum(len(state.cut) for state in states.values())
    loose = sum(len(state.loose) for state in states.values())

    assert starts + (ended - cut) + loose == len(events)


# --- intervals


def test_a_moment_on_the_border_belongs_to_the_later_interval():
    assert [index_at(ms, 120) for ms in (0, 119_999, 120_000)] == [0, 0, 1]


@pytest.mark.parametrize(("minutes", "seconds", "count"), [(50, 120, 25), (51, 120, 26), (50, 7, 429), (1, 1800, 1)])
def test_a_lesson_has_so_many_intervals(minutes, seconds, count):
    assert interval_count(minutes, seconds) == count


def test_a_sheet_tells_ticks_words_and_level_of_each_interval():
    events = [
        cell(1, 0, "I.W", text="for the projector"),
        cell(2, 0, "I.Lec"),
        cell(3, 0, "S.L", value=0.0),
        cell(4, 0, "", value=3.0),
        cell(5, 2, "S.W"),
    ]
    sheet = interval_sheet(SHEET, events)

    assert sheet.intervals[0] == Interval(0, ("I.Lec", "I.W"), (("I.W", "for the projector"),), 3, coded=True)
    assert sheet.at(0).comment("I.W") == "for the projector"
    assert sheet.intervals[1] == Interval(1)
    assert sheet.at(99) == Interval(99)
    assert (len(sheet.coded), sheet.blank, sheet.ticks) == (2, 1, 3)
    assert sheet.levels() == {3: 1}


def test_what_has_no_place_on_the_sheet_is_reported():
    events = [cell(1, 0, "I.Int"), event(2, EventKind.INTERVAL, "codes", -1, code="I.Lec", value=1.0)]
    sheet = interval_sheet(SHEET, events)

    assert sheet.strange == ("000002", "000001")
    assert sheet.intervals == ()


def test_intervals_that_passed_uncoded_are_on_the_sheet_and_in_no_base():
    sheet = interval_sheet(SHEET, [cell(1, 0, "I.Lec")], until_ms=360_000)

    assert [one.index for one in sheet.intervals] == [0, 1, 2, 3]
    assert code_shares(SHEET, sheet)["I.Lec"].intervals == Share(1, 1)


def test_an_interval_in_which_nothing_was_ticked_counts_once_somebody_looked():
    sheet = interval_sheet(SHEET, [cell(1, 0, "I.Lec"), cell(2, 1, "", value=0.0), cell(3, 2, "I.Lec", value=0.0)])

    assert code_shares(SHEET, sheet)["I.Lec"].intervals == Share(1, 3)


def test_the_two_bases_are_kept_apart():
    events = [cell(1, 0, "I.Lec"), cell(2, 0, "I.RtW"), cell(3, 1, "I.Lec"), cell(4, 1, "S.L"), cell(5, 2, "I.W")]
    shares = code_shares(SHEET, interval_sheet(SHEET, events))

    assert (shares["I.Lec"].intervals, shares["I.Lec"].ticks) == (Share(2, 3), Share(2, 4))
    assert (shares["S.L"].intervals, shares["S.L"].ticks) == (Share(1, 3), Share(1, 1))
    assert shares["S.W"].ticks.value == 0


def test_a_category_occurs_once_in_an_interval_however_many_of_its_codes_do():
    events = [cell(1, 0, "I.Lec"), cell(2, 0, "I.RtW"), cell(3, 1, "I.W")]
    shares = category_shares(SHEET, interval_sheet(SHEET, events))

    assert (shares["I.presenting"].intervals, shares["I.presenting"].ticks) == (Share(1, 2), Share(2, 3))
    assert shares["I.guiding"].ticks == Share(0, 3)
    assert list(shares) == ["I.presenting", "I.guiding", "S.receiving"]


def test_shares_of_an_empty_sheet_are_undefined():
    shares = code_shares(SHEET, interval_sheet(SHEET, []))

    assert all(one.intervals.value is None and one.ticks.value is None for one in shares.values())


_CODES = tuple(side.full(code) for side in SHEET.sides for code in side.codes)
_cells = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(["", *_CODES]), st.sampled_from([0.0, 1.0])),
    max_size=40,
    unique_by=lambda row: row[:2],
)


@given(_cells)
def test_shares_agree_with_a_plain_count(rows):
    sheet = interval_sheet(SHEET, [cell(number, *row) for number, row in enumerate(rows)])
    grid = {row[:2] for row in rows if row[1] and row[2]}
    coded = {row[0] for row in rows}
    for code, shares in code_shares(SHEET, sheet).items():
        side = code.partition(".")[0] + "."
        assert shares.intervals == Share(sum(one[1] == code for one in grid), len(coded))
        assert shares.ticks == Share(sum(one[1] == code for one in grid), sum(one[1].startswith(side) for one in grid))


@given(_cells)
def test_ticks_of_a_side_add_up_and_a_category_is_between_its_codes_and_their_sum(rows):
    sheet = interval_sheet(SHEET, [cell(number, *row) for number, row in enumerate(rows)])
    codes, categories = code_shares(SHEET, sheet), category_shares(SHEET, sheet)
    for side in SHEET.sides:
        own = [codes[side.full(code)].ticks for code in side.codes]
        assert sum(one.count for one in own) == own[0].of
    presenting = [codes["I.Lec"].intervals.count, codes["I.RtW"].intervals.count]

    assert max(presenting) <= categories["I.presenting"].intervals.count <= sum(presenting)


# --- sweeps


def test_a_sweep_without_a_base_or_over_it_is_reported():
    rows = [(20.0, 27.0), (None, 27.0), (28.0, 27.0), (3.0, None), (0.0, 0.0), (float("nan"), 3.0), (1.0, float("inf"))]
    events = [event(n, EventKind.SWEEP, "task", n * 1000, value=value, of=of) for n, (value, of) in enumerate(rows)]
    sheet = sweep_sheet(events, "task")

    assert [one.seen for one in sheet.sweeps] == [Share(20, 27)]
    assert len(sheet.strange) == 6


def test_sweeps_together_keep_both_numbers():
    events = [
        event(n, EventKind.SWEEP, "task", n, value=v, of=o) for n, (v, o) in enumerate([(20.0, 27.0), (5.0, 10.0)])
    ]

    assert sweep_sheet(events, "task").overall == Share(25, 37)
    assert sweep_sheet([], "task").overall.value is None


@pytest.mark.parametrize(
    ("done_s", "due_min"), [(None, 5), (20, 5), (290, 10), (300, 10), (340, 10), (449, 10), (450, 15), (620, 15)]
)
def test_a_late_sweep_delays_no_other_one(done_s, due_min):
    events = [] if done_s is None else [event(1, EventKind.SWEEP, "task", done_s * 1000, value=1.0, of=2.0)]

    assert next_due_ms(sweep_sheet(events, "task"), 5) == due_min * 60_000


@given(st.integers(0, 10**7), st.integers(1, 60))
def test_the_next_sweep_is_due_on_the_grid_and_between_half_and_one_and_a_half_spans_later(done_ms, every):
    events = [event(1, EventKind.SWEEP, "task", done_ms, value=1.0, of=2.0)]
    due, span = next_due_ms(sweep_sheet(events, "task"), every), every * 60_000

    assert due % span == 0
    assert span / 2 <= due - done_ms <= span * 3 / 2


# --- waits


def test_waits_tell_their_middle_their_outcomes_and_how_many_reach_the_aim():
    item = Item("wait", ItemKind.WAIT, (), aim=3)
    rows = [(2999.0, "answered"), (3000.0, "rephrased"), (800.0, "answered"), (6000.0, "")]
    events = [event(n, EventKind.WAIT, "wait", n, value=value, outcome=said) for n, (value, said) in enumerate(rows)]
    events += [event(8, EventKind.WAIT, "wait", 8), event(9, EventKind.WAIT, "wait", 9, value=-1.0)]
    sheet = wait_sheet(item, events)

    assert sheet.waits_ms == (2999, 3000, 800, 6000)
    assert sheet.median_ms == 2999.5
    assert sheet.reached == Share(2, 4)
    assert sheet.outcomes == (("answered", 2), ("rephrased", 1))
    assert sheet.strange == ("000008", "000009")


def test_without_waits_there_is_no_middle_and_without_an_aim_no_share():
    assert wait_sheet(Item("wait", ItemKind.WAIT, ()), []).median_ms is None
    assert wait_sheet(Item("wait", ItemKind.WAIT, ()), []).reached is None
    assert wait_sheet(Item("wait", ItemKind.WAIT, (), aim=3), []).reached == Share(0, 0)


@given(st.lists(st.integers(0, 20_000), min_size=1))
def test_the_middle_has_as_many_below_as_above(lengths):
    events = [event(n, EventKind.WAIT, "wait", n, value=float(length)) for n, length in enumerate(lengths)]
    middle = wait_sheet(Item("wait", ItemKind.WAIT, (), aim=3), events).median_ms

    assert sum(length < middle for length in lengths) <= len(lengths) / 2
    assert sum(length > middle for length in lengths) <= len(lengths) / 2
