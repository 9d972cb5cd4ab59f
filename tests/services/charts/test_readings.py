"""Readings of a goal: on true time, every point with its n, no line of two, sequence and no cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.charts.picture import Word
from observe_app.services.charts.readings import GoalReadings, Point, ReadingLine, VisitDay, readings, readings_table
from tests.services.charts.drawn import WORDS, curves, dashed, dots, make, texts
from tests.ui.charts_readings import goal


def picture(data, width=640.0, **size):
    return make(partial(readings, data), width, **size)


@pytest.mark.parametrize(("count", "said"), [(1, WORDS.readings_one), (2, "2 readings: too few to draw a line")])
def test_one_or_two_readings_are_points_without_a_line(count, said):
    found = picture(goal(count, visits=0, outcomes=0))

    assert curves(found) == []
    assert len(dots(found)) == count
    assert said in texts(found)


def test_three_readings_are_joined():
    found = picture(goal(3, visits=0, outcomes=0))

    (line,) = curves(found)
    assert len(line.points) == 3
    assert not any("too few" in text for text in texts(found))


def test_days_stand_where_they_are_in_time():
    line = ReadingLine("", tuple(Point(str(at), date(2026, 1, 1 + at), 5.0 + at, 9) for at in (0, 1, 10)))
    (drawn,) = curves(picture(GoalReadings("A", lines=(line,))))
    first, second, last = (x for x, _y in drawn.points)

    assert second - first == pytest.approx((last - first) / 10)


def test_baseline_and_target_are_dashed_and_named():
    found = picture(goal(5, visits=0, outcomes=0))

    assert len(dashed(found)) == 2
    assert {"baseline 54 %", "target 80 % by 30 Jun 2027"} <= set(texts(found))


def test_every_point_says_its_n_and_that_it_was_not_said():
    found = picture(goal(4, visits=0, outcomes=0))
    says = [spot.says for spot in found.spots]

    assert says[0].endswith("54 %, n 24")
    assert says[2].endswith("n not said")
    assert "n 24" in texts(found)
    assert any("n not said for 1 of 4" in text for text in texts(found))


def test_crowded_points_keep_their_n_in_what_they_say_and_in_the_table():
    data = goal(60, visits=0, outcomes=0)
    found = picture(data, 320.0)
    words = [part for part in found.parts if isinstance(part, Word) and part.text.startswith("n 24")]

    assert 0 < len(words) < 60
    assert all("n 24" in spot.says or "n not said" in spot.says for spot in found.spots)
    assert [row[3] for row in readings_table(data, WORDS).rows[:60]].count(24) == 59


@pytest.mark.parametrize(("visits", "outcomes", "told"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_beside_visits_or_outcomes_it_says_that_this_is_no_cause(visits, outcomes, told):
    data = goal(5, visits=visits, outcomes=outcomes)
    found = picture(data)

    assert (WORDS.readings_sequence in " ".join(texts(found))) is told
    assert (WORDS.readings_sequence in found.alt) is told
    assert (readings_table(data, WORDS).rows[-1][0] == WORDS.readings_sequence) is told


def test_a_visit_is_a_tick_that_says_its_day_alone():
    data = goal(5, visits=0, outcomes=0)
    data = replace(data, visits=(VisitDay(date(2026, 10, 5), "v1"), VisitDay(date(2026, 10, 9), "")))
    found = picture(data)
    ticks = [spot for spot in found.spots if spot.key.startswith("visit@")]

    assert [(spot.says, spot.visit_id) for spot in ticks] == [
        ("Visit on 5 Oct 2026", "v1"), ("Visit on 9 Oct 2026", ""),
    ]  # fmt: skip


def test_an_axis_that_does_not_begin_at_nought_says_so():
    line = ReadingLine("", tuple(Point(str(at), date(2026, 1 + at, 1), 90.0 + at, 9) for at in range(4)))

    assert any(text.startswith("The axis begins at 90") for text in texts(picture(GoalReadings("A", lines=(line,)))))
    assert WORDS.readings_axes in texts(picture(goal(5)))
    near = ReadingLine("", tuple(Point(str(at), date(2026, 1 + at, 1), 10.0 + 10 * at, 9) for at in range(4)))
    assert not any("axis begins" in text for text in texts(picture(GoalReadings("A", lines=(near,)))))


def test_more_outcomes_than_fit_are_told_and_stand_in_the_table():
    data = goal(5, outcomes=8)

    assert any("3 more outcomes" in text for text in texts(picture(data)))
    assert len({row[0] for row in readings_table(data, WORDS).rows if row[2] is not None}) == 9


def test_a_page_that_has_the_title_draws_it_only_in_copies():
    data = goal(5)

    assert data.title in texts(picture(data, 1000.0))
    assert data.title not in texts(picture(replace(data, titled=False), 1000.0))
    assert picture(replace(data, titled=False)).title == data.title


@given(
    st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.floats(-1e12, 1e12)), min_size=1, max_size=12),
    st.none() | st.floats(-1e12, 1e12),
    st.none() | st.floats(-1e12, 1e12),
)
def test_any_values_are_drawn_inside(values, baseline, target):
    line = ReadingLine("", tuple(Point(str(at), on, value) for at, (on, value) in enumerate(sorted(values))))
    found = picture(GoalReadings("A", lines=(line,), baseline=baseline, target=target), 400.0)

    for dot in dots(found):
        assert 0 <= dot.x <= 400
        assert 0 <= dot.y <= found.height
