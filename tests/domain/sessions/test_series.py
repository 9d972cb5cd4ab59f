"""Days of a series: in step, on the same weekday, never on a free day, and no more than were asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid
from observe_app.domain.sessions.series import MOST, Every, Rule, days

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def always(_day: date) -> bool:
    return True


@given(DAYS, st.sampled_from(Every), st.integers(2, MOST))
def test_a_series_has_its_count_and_keeps_its_weekday(first: date, every: Every, count: int) -> None:
    found, left_out = days(first, Rule(every, count), always)

    assert found[0] == first
    assert left_out == ()
    assert {day.weekday() for day in found} == {first.weekday()}
    assert list(found) == sorted(set(found))
    assert len(found) == count or found[-1].year >= first.year + 2


@given(DAYS, st.integers(2, MOST))
def test_monthly_meets_once_in_each_month(first: date, count: int) -> None:
    found, _left_out = days(first, Rule(Every.MONTHLY, count), always)

    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + len(months)))


@given(DAYS, st.sampled_from(Every), st.integers(2, 20), st.sets(st.integers(1, 200), max_size=40))
def test_no_session_is_on_a_free_day_and_each_left_out_is_told(
    first: date, every: Every, count: int, free: set[int]
) -> None:
    closed = {first + timedelta(days=one) for one in free}
    found, left_out = days(first, Rule(every, count), lambda day: day not in closed)

    assert not set(found) & closed
    assert set(left_out) <= closed
    assert set(left_out) == {day for day in left_out if day not in found}


def test_weekly_until_a_day_ends_there() -> None:
    found, left_out = days(date(2026, 9, 7), Rule(Every.WEEKLY, last=date(2026, 9, 28)), lambda day: day.day != 14)

    assert found == (date(2026, 9, 7), date(2026, 9, 21), date(2026, 9, 28))
    assert left_out == (date(2026, 9, 14),)


def test_the_fifth_thursday_is_the_last_where_a_month_has_four() -> None:
    found, _left_out = days(date(2026, 4, 30), Rule(Every.MONTHLY, 3), always)

    assert found == (date(2026, 4, 30), date(2026, 5, 28), date(2026, 6, 25))


@pytest.mark.parametrize(
    "rule", [Rule(Every.WEEKLY, 1), Rule(Every.WEEKLY, 61), Rule(Every.WEEKLY, last=date(2026, 1, 1))]
)
def test_what_is_no_series_is_refused(rule: Rule) -> None:
    with pytest.raises(Invalid):
        days(date(2026, 9, 7), rule, always)


def test_a_series_that_would_never_end_stops() -> None:
    found, _left_out = days(date(2026, 9, 7), Rule(Every.WEEKLY, 10), lambda day: day == date(2026, 9, 7))

    assert found == (date(2026, 9, 7),)


@given(st.sampled_from(Every), st.integers(0, 60), st.none() | DAYS, st.lists(DAYS, max_size=4))
def test_a_rule_comes_back_from_its_text(every: Every, count: int, last: date | None, skipped: list[date]) -> None:
    rule = Rule(every, count, last, tuple(skipped))

    assert Rule.from_json(rule.to_json()) == rule


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"every": "hourly", "count": 1, "last": null, "skipped": []}', "x"])
def test_a_text_that_is_no_rule_is_none(text: str) -> None:
    assert Rule.from_json(text) is None
