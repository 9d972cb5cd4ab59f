"""Every reason, origin and base has words, and figures in words keep their n."""

from __future__ import annotations

from dataclasses import replace

import pytest

from observe_app.domain.compare.marks import Base, Break, Mark, Measure, Missing, Origin
from observe_app.services.charts.figures import base_line, clock, label_of, number, value_words
from observe_app.services.charts.words import ChartWords
from tests.ui import charts_data as data

WORDS = ChartWords()
SERIES = data.share("Groups", data.visits(1), [14])


def test_everything_that_can_be_missing_has_words():
    assert len({WORDS.missing_words(why) for why in Missing}) == len(Missing)


def test_every_origin_and_every_break_has_words():
    assert len({WORDS.origin_words(origin) for origin in Origin}) == len(Origin)
    assert len({WORDS.break_words(why) for why in Break}) == len(Break)


@pytest.mark.parametrize("base", [base for base in Base if base is not Base.NONE])
def test_every_base_is_named_under_the_chart_and_in_the_figure(base):
    series = replace(SERIES, base=base)
    told = value_words(series, Mark("v", 0.5, n=600_000, of=1_200_000), WORDS)

    assert base_line(series, WORDS)
    assert told.replace(",", "").split(" ")[1] == "of"


def test_minutes_of_a_lesson_are_said_in_minutes():
    series = replace(SERIES, base=Base.LESSON_MINUTES, measure=Measure.TIMER)

    assert value_words(series, Mark("v", 0.25, n=690_000, of=2_700_000), WORDS) == "11.5 of 45 min"


def test_what_was_not_coded_is_said_beside_the_figure():
    assert value_words(SERIES, Mark("v", 0.5, n=19, of=38, blank=2), WORDS) == "19 of 38 intervals, 2 not coded"


def test_a_wait_says_how_many_it_is_the_middle_of():
    series = replace(SERIES, measure=Measure.WAIT, base=Base.WAITS)

    assert value_words(series, Mark("v", 2600.0, n=7), WORDS) == "median 2.6 s (of 7)"


def test_a_rate_says_what_it_was_counted_from():
    series = replace(SERIES, measure=Measure.TALLY, base=Base.LESSON_MINUTES)

    assert value_words(series, Mark("v", 0.2, n=9, of=2_700_000), WORDS) == "2 in 10 min (9 in 45 min)"


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0"), (-0.01, "0"), (3.0, "3"), (3.25, "3.2"), (10.0, "10"), (-2.5, "-2.5")]
)
def test_numbers_have_no_needless_places(value, told):
    assert number(value, WORDS) == told


def test_numbers_have_the_sign_of_the_language():
    assert number(3.2, replace(WORDS, point=",")) == "3,2"


@pytest.mark.parametrize(("ms", "told"), [(0, "00:00"), (61_999, "01:01"), (-5000, "-00:05"), (6_000_000, "100:00")])
def test_times_are_minutes_and_seconds(ms, told):
    assert clock(ms) == told


@pytest.mark.parametrize("measure", list(Measure))
def test_a_line_without_a_label_has_a_name(measure):
    assert label_of(replace(SERIES, label="", measure=measure), WORDS).strip()
