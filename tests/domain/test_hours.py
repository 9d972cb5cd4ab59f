"""Hours add up: lines to sums, caps to at most what the school allows, and nothing is counted twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.hours import (
    MAX_MINUTES,
    RULED,
    Counted,
    HoursKind,
    HoursRule,
    Per,
    Spent,
    autumn,
    lines_of,
    rules_by_kind,
    totals,
)

DAYS = st.dates(date(2024, 8, 1), date(2027, 7, 31))
SPENT = st.builds(
    Spent,
    DAYS,
    st.sampled_from(HoursKind),
    st.none() | st.integers(-MAX_MINUTES, MAX_MINUTES * 2),
    st.sampled_from(["", "a", "b"]),
    st.uuids().map(str),
    planned=st.booleans(),
    repeated=st.booleans(),
)
RULE = st.builds(
    HoursRule,
    st.just("id"),
    st.sampled_from([kind.value for kind in RULED]),
    st.sampled_from([per.value for per in Per]),
    st.integers(1, MAX_MINUTES),
    st.none() | st.integers(0, 3_000),
)
DAY = date(2026, 3, 10)


@given(st.lists(SPENT, max_size=40), st.lists(RULE, max_size=4, unique_by=lambda rule: rule.kind))
def test_every_activity_is_one_line_and_lines_add_up(spent: list[Spent], rules: list[HoursRule]) -> None:
    applied = rules_by_kind(rules)
    lines = lines_of(spent, applied)
    assert len(lines) == len(spent)
    assert sum(totals(lines).values()) == sum(line.minutes for line in lines)
    assert [line.on for line in lines] == sorted(one.on for one in spent)
    for line in lines:
        if line.kind is not HoursKind.MANUAL:
            assert 0 <= line.minutes <= line.whole <= MAX_MINUTES
        assert (line.how is Counted.CAPPED) == (line.minutes < line.whole)


@given(st.lists(SPENT, max_size=40), st.lists(RULE, max_size=4, unique_by=lambda rule: rule.kind))
def test_a_cap_holds_in_every_school_year_and_takes_no_more_than_it_must(
    spent: list[Spent], rules: list[HoursRule]
) -> None:
    applied = rules_by_kind(rules)
    lines = lines_of(spent, applied)
    for rule in applied.values():
        for year in {autumn(line.on) for line in lines}:
            own = [line for line in lines if line.kind == rule.kind and autumn(line.on) == year]
            counted, whole = sum(line.minutes for line in own), sum(line.whole for line in own)
            assert counted == (whole if rule.cap_min is None else min(whole, rule.cap_min))


@given(st.permutations([Spent(DAY + timedelta(days=at % 3), HoursKind.SESSION, 30 + at) for at in range(6)]))
def test_the_order_in_which_records_are_read_changes_nothing(spent: list[Spent]) -> None:
    applied = rules_by_kind([HoursRule("", "session", cap_min=100)])
    once = lines_of(sorted(spent, key=lambda one: one.minutes or 0), applied)
    assert {(line.on, line.minutes) for line in lines_of(spent, applied)} != set()
    assert sum(line.minutes for line in once) == sum(line.minutes for line in lines_of(spent, applied)) == 100


def test_how_a_line_was_counted_is_said() -> None:
    applied = rules_by_kind(
        [
            HoursRule("", "observing", "each", 60),
            HoursRule("", "observed", "nothing"),
            HoursRule("", "talk", cap_min=20),
        ]
    )
    spent = [
        Spent(DAY, HoursKind.OBSERVING, 47, source="1"),
        Spent(DAY, HoursKind.OBSERVING, None, source="2"),
        Spent(DAY, HoursKind.OBSERVED, 47),
        Spent(DAY, HoursKind.SESSION, 90, "Planned", planned=True),
        Spent(DAY, HoursKind.SESSION, None, "Unknown"),
        Spent(DAY, HoursKind.TALK, 30),
        Spent(DAY, HoursKind.MANUAL, -15, "Too much before"),
        Spent(DAY, HoursKind.OBSERVING, 47, source="3", repeated=True),
    ]
    told = {(line.kind, line.what, line.minutes, line.how) for line in lines_of(spent, applied)}
    assert told == {
        (HoursKind.OBSERVING, "", 60, Counted.FIXED),
        (HoursKind.OBSERVING, "", 0, Counted.SAME_TIME),
        (HoursKind.OBSERVED, "", 0, Counted.NOT_COUNTED),
        (HoursKind.SESSION, "Planned", 90, Counted.PLANNED),
        (HoursKind.SESSION, "Unknown", 0, Counted.NO_TIMES),
        (HoursKind.TALK, "", 20, Counted.CAPPED),
        (HoursKind.MANUAL, "Too much before", -15, Counted.MANUAL),
    }


def test_kinds_without_a_rule_count_as_long_as_they_lasted() -> None:
    applied = rules_by_kind([HoursRule("", "dancing"), HoursRule("", "session", "by the moon")])
    assert set(applied) == set(RULED)
    assert all(rule.per == Per.ACTUAL and rule.cap_min is None for rule in applied.values())


def test_a_school_year_begins_in_august() -> None:
    assert autumn(date(2026, 7, 31)) == date(2025, 8, 1)
    assert autumn(date(2026, 8, 1)) == date(2026, 8, 1)
