"""Columns of times: what a person meant, not what a cell says."""

# ruff: noqa: DTZ001 - the dates of a spreadsheet have no zone

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.exchange.moments import read_moment
from observe_app.services.exchange.times import fill, read_times


def seconds(cells, words=5, **how) -> list[float]:
    return [offset / 1000 for offset in read_times(cells, [words] * len(cells), **how).offsets_ms]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["00:05", "00:42", "12:30", "61:10"], [5, 42, 750, 3670]),
        (["0:00:05", "0:42:00", "1:02:10"], [5, 2520, 3730]),
        (["00:00:05,250", "00:00:07,500"], [5.25, 7.5]),
        (["[00:05]", "(00:09)", "00:12 - 00:18", "00:20 --> 00:25"], [5, 9, 12, 20]),
        (["5 s", "2 min", "3m 20s", "1h 2m"], [5, 120, 200, 3720]),
        (["0;12", "0;40", "1;02"], [12, 40, 62]),
        (["-00:30", "00:10", "05:00"], [-30, 10, 300]),
        ([time(0, 0, 5), time(0, 12, 30), time(0, 48)], [5, 750, 2880]),
        ([timedelta(minutes=3), timedelta(minutes=44)], [180, 2640]),
        ([5 / 86400, 0.01, 0.03], [5, 864, 2592]),
        ([12, 47, 80, 300, 2000], [12, 47, 80, 300, 2000]),
    ],
)
def test_times_since_the_start(cells, expected):
    assert seconds(cells) == expected


def test_minutes_seconds_frames_are_told_from_hours():
    """Read as hours this lesson would last until night."""
    column = read_times(["00:03:00", "00:50:00", "02:09:00", "09:21:00"], [8, 20, 30, 60])

    assert (column.offsets_ms, column.reading) == ((3_000, 50_000, 129_000, 561_000), "frames")


def test_whole_minutes_stay_hours_minutes_seconds():
    assert seconds(["00:05:00", "00:10:00", "00:45:00"]) == [300, 600, 2700]


def test_one_column_may_go_over_from_frames_to_dates_to_hours():
    """A spreadsheet turns 24:29 into a date of 1900, and the typist goes on with 1:00:18."""
    cells = [
        "00:03:00",
        "12:16:00",
        "23:47:00",
        datetime(1900, 1, 1, 0, 29),
        datetime(1900, 1, 1, 23, 56),
        datetime(1900, 1, 2, 0, 5),
        datetime(1900, 1, 2, 11, 53),
        "01:00:18",
        "01:06:06",
    ]

    assert seconds(cells, words=400) == [3, 736, 1427, 1469, 2876, 2885, 3593, 3618, 3966]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["09:05", "09:06", "09:20", "09:40", "09:55"], [0, 60, 900, 2100, 3000]),
        (["09:05:10", "09:06:00", "09:55:00"], [0, 50, 2990]),
        (["9:05 am", "11:59 AM", "12:10 pm", "1:05 p.m."], [0, 10440, 11100, 14400]),
        (["11:50", "12:10", "1:05"], [0, 1200, 4500]),
        ([datetime(2026, 3, 5, 9, 5), datetime(2026, 3, 5, 9, 15, 30)], [0, 630]),
        (["2026-03-05T09:05:00Z", "2026-03-05T09:15:00Z"], [0, 600]),
    ],
)
def test_time_of_day_counts_from_the_first_row(cells, expected):
    column = read_times(cells, [60] * len(cells))

    assert ([offset / 1000 for offset in column.offsets_ms], column.reading) == (expected, "clock")


def test_a_date_in_the_file_says_when_the_lesson_began():
    assert read_times(["2026-03-05 09:05", "2026-03-05 09:15"], [5, 5]).first == datetime(2026, 3, 5, 9, 5)


def test_a_head_decides_what_bare_numbers_are():
    assert seconds([1, 3, 20], hint="minutes") == [60, 180, 1200]
    assert seconds([1000, 3000, 20_500], hint="milliseconds") == [1, 3, 20.5]


def test_a_person_may_say_how_times_are_written():
    assert seconds(["09:05", "09:06", "09:20", "09:40"], reading="elapsed") == [545, 546, 560, 580]


def test_an_unreadable_time_is_reported_and_taken_from_its_neighbours():
    column = read_times(["0:12", "99;99:99", "0:40", "", "1:02"], [10, 10, 10, 10, 10])

    assert (column.unreadable, column.blank) == ((1,), (3,))
    assert column.offsets_ms == (12_000, 26_000, 40_000, 51_000, 62_000)


def test_a_time_out_of_all_proportion_is_not_believed():
    column = read_times(["00:10", "00:20", "999:00", "00:40"], [20] * 4)

    assert (column.unreadable, column.offsets_ms[2]) == ((2,), 30_000)


def test_a_time_that_goes_back_is_kept_and_reported():
    column = read_times(["10:00", "12:00", "11:00", "13:00"], [60] * 4)

    assert (column.back, column.offsets_ms[2]) == ((2,), 660_000)


def test_without_any_time_words_space_the_notes():
    column = read_times([None, "", "-"], [150, 75, 10])

    assert (column.offsets_ms, column.reading) == ((0, 60_000, 90_000), "words")


def test_rows_before_a_single_late_time_start_at_zero():
    assert fill([None, None, None, 90.0], [10, 10, 10, 5]) == (0, 30_000, 60_000, 90_000)


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 20_000)), st.integers(0, 400)), max_size=40))
def test_filled_rows_lie_between_their_neighbours(rows):
    known = sorted(value for value, _words in rows if value is not None)
    times = iter(known)
    column = [None if value is None else next(times) for value, _words in rows]

    filled = fill(column, [words for _value, words in rows])

    assert list(filled) == sorted(filled)
    assert all(have == round(want * 1000) for have, want in zip(filled, column, strict=True) if want is not None)


@given(st.lists(st.integers(0, 3 * 3600), min_size=3, max_size=40).map(sorted))
def test_written_times_come_back(offsets):
    cells = [f"{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}" for s in offsets]

    assert read_times(cells, [3] * len(cells), reading="elapsed").offsets_ms == tuple(s * 1000 for s in offsets)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.from_regex(r"[0-9]{1,3}[:;.,h][0-9]{1,3}([:;.,][0-9]{1,3})?", fullmatch=True),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.times(),
    st.dates(),
    st.timedeltas(),
)


@given(CELLS)
def test_any_cell_is_a_moment_or_none(cell):
    read_moment(cell)


@given(st.lists(CELLS, max_size=25))
def test_any_column_gives_every_row_a_time(cells):
    column = read_times(cells, [5] * len(cells))

    assert len(column.offsets_ms) == len(cells)
    assert all(abs(offset) < 10**12 for offset in column.offsets_ms)
