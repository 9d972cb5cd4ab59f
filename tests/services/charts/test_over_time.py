"""A line over a term: true time, gaps, breaks, and no line where there is too little to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.marks import Break, Mark, Measure, Missing, Origin, Term
from observe_app.services.charts.axis import scale_of, time_axis
from observe_app.services.charts.over_time import course_of, small_multiple
from tests.services.charts.drawn import WORDS, curves, dashed, dots, make, one, texts
from tests.ui import charts_data as data


def line(values, breaks=()):
    of = data.visits(len(values))
    series = data.rating("Leaves thinking time", of, values, breaks=breaks)
    return Term(of, (series,)), series


@pytest.mark.parametrize("values", [[2], [2, 3], [2, None, 3, None]])
def test_fewer_than_three_are_points_and_said_to_be_too_few(values):
    picture = one(*line(values))

    assert curves(picture) == []
    assert WORDS.too_few in texts(picture)
    assert len(dots(picture)) == sum(value is not None for value in values)


def test_three_are_a_line():
    picture = one(*line([1, 2, 3]))

    assert [len(path.points) for path in curves(picture)] == [3]
    assert WORDS.too_few not in texts(picture)


def test_a_gap_is_not_bridged_and_no_value():
    picture = one(*line([1, 2, None, 3, 4]))

    assert [len(path.points) for path in curves(picture)] == [2, 2]
    assert len(dots(picture)) == 4
    assert "4 of 5 visits" in texts(picture)


def test_a_break_interrupts_the_line_and_says_why():
    picture = one(*line([1, 2, 3, 3, 4, 4], breaks=((3, Break.OBSERVER),)))

    assert [len(path.points) for path in curves(picture)] == [3, 3]
    assert len(dashed(picture)) == 1
    assert any(WORDS.break_observer in text for text in texts(picture))


def test_a_short_run_beside_a_long_one_has_no_line():
    picture = one(*line([1, 2, 3, 3, 4], breaks=((3, Break.SCALE),)))

    assert [len(path.points) for path in curves(picture)] == [3]


def test_every_level_is_named():
    shown = texts(one(*line([1, 2, 3])))

    assert [word for _at, word in data.LEVELS if word not in shown] == []


def test_what_is_missing_says_why_and_never_nought():
    of = data.visits(4)
    kinds = (Missing.NOT_SEEN, Missing.NOT_LOOKED_FOR, Missing.NOT_APPLICABLE, Missing.UNANSWERED)
    series = replace(
        data.rating("Aim", of, [1, 1, 1, 1]), marks=tuple(Mark(v.id, missing=k) for v, k in zip(of, kinds, strict=True))
    )
    picture = one(Term(of, (series,)), series)

    assert dots(picture) == []
    assert [spot.says.rpartition(": ")[2] for spot in picture.spots] == [WORDS.missing_words(kind) for kind in kinds]
    assert [row[3] for row in picture.table.rows] == [None] * 4


def test_imported_visits_have_a_ring_around():
    term, series = line([1, 2, 3])
    live = one(term, series)
    marks = tuple(replace(mark, origin=Origin.IMPORTED) for mark in series.marks)
    imported = one(term, replace(series, marks=marks))

    assert len(dots(imported)) == 2 * len(dots(live))
    assert all(spot.says.endswith(WORDS.imported) for spot in imported.spots)
    assert WORDS.legend_imported in texts(imported)
    assert WORDS.legend_imported not in texts(live)


def test_only_the_latest_is_full():
    full = [dot for dot in dots(one(*line([1, 2, 3, None]))) if dot.fill == "bar"]

    assert len(full) == 1


def test_a_choice_has_no_line():
    term = data.mixed_term(8)
    series = next(one for one in term.series if one.measure is Measure.CHOICE)

    assert curves(one(term, series)) == []


def test_a_mark_leads_to_its_visit_at_its_moment():
    term = data.mixed_term(8)
    series = next(one for one in term.series if one.measure is Measure.CODE_INTERVALS)
    spot = one(term, series).spots[0]

    assert (spot.visit_id, spot.at_ms) == (series.marks[0].visit_id, 120_000)


def test_a_share_never_goes_without_its_base():
    term = data.mixed_term(8)
    series = next(one for one in term.series if one.measure is Measure.CODE_INTERVALS)
    picture = one(term, series)

    assert "of 38 intervals" in picture.spots[1].says
    assert any(text.startswith(WORDS.base_intervals) for text in texts(picture))


def test_a_taller_room_keeps_the_plot_at_the_bottom():
    term, series = line([1, 2, 3])
    low = make(partial(small_multiple, course_of(term, series)))
    high = make(partial(small_multiple, course_of(term, series)), height=low.height + 40)

    assert high.height == low.height + 40
    assert [dot.y - 40 for dot in dots(high)] == pytest.approx([dot.y for dot in dots(low)])


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40))
def test_visits_stand_on_true_time(days):
    of = data.visits(len(days))
    moved = [replace(visit, start=data.FIRST + timedelta(days=day)) for visit, day in zip(of, days, strict=True)]
    axis = time_axis(moved, 0.0, 100.0)
    span = max(days) - min(days)

    for visit, day in zip(moved, days, strict=True):
        assert axis.places[visit.id] == pytest.approx(100 * (day - min(days)) / span if span else 50)


def test_visits_without_a_date_stand_apart_at_the_end():
    of = data.visits(4)
    some = (*of[:3], replace(of[3], start=None))
    axis = time_axis(some, 0.0, 100.0)

    assert axis.undated is not None
    assert max(axis.places[visit.id] for visit in some[:3]) <= axis.undated < axis.places[some[3].id]


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=20))
def test_an_axis_of_numbers_holds_nought_and_every_number(values):
    of = data.visits(len(values))
    series = replace(
        data.rating("n", of, [1] * len(values)),
        measure=Measure.NUMBER,
        levels=(),
        marks=tuple(Mark(v.id, value) for v, value in zip(of, values, strict=True)),
    )
    scale = scale_of(series, WORDS)

    assert scale.low <= min(0.0, *values) + 1e-6
    assert scale.high >= max(0.0, *values) - 1e-6
    assert 2 <= len(scale.grid) <= 8


def test_a_visit_without_a_date_is_a_point_beside_the_line():
    made, series = line([1, 2, 3, 4])
    visits = (*made.visits[:3], replace(made.visits[3], start=None))

    picture = one(replace(made, visits=visits), series)

    assert [len(path.points) for path in curves(picture)] == [3]
    assert len(dots(picture)) == 4
