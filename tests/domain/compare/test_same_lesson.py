"""When two visits are offered as one lesson."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from observe_app.domain.compare.same_lesson import LessonVisit, suggestions

NINE = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
ONE = LessonVisit(
    "a", NINE, NINE, NINE + timedelta(minutes=50), 50, "Year 7", "Science", "", "UTC", "t1", "Ng", "o1", "Jo"
)
OTHER = replace(ONE, id="b", observer_id="o2", observer="Tomás", start=NINE + timedelta(minutes=3))


def test_two_observers_of_one_class_at_one_time_are_offered() -> None:
    (found,) = suggestions([OTHER, ONE])
    assert (found.a.id, found.b.id, found.overlap_ms) == ("a", "b", 47 * 60_000)


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, observer_id="o1", observer="Jo"),
        replace(OTHER, class_name="Year 8"),
        replace(OTHER, class_name="Year 8", teacher_id="t2", teacher="Diallo"),
        replace(OTHER, teacher_id="t2", teacher="Diallo"),
        replace(OTHER, start=NINE + timedelta(minutes=50), ended=None),
        replace(OTHER, start=NINE + timedelta(minutes=47)),
        replace(OTHER, start=NINE + timedelta(days=1), ended=None),
    ],
    ids=[
        "same observer",
        "other class",
        "other teacher and class",
        "other teacher",
        "next lesson",
        "minutes",
        "next day",
    ],
)
def test_what_speaks_against_one_lesson_is_not_offered(other: LessonVisit) -> None:
    assert suggestions([ONE, other]) == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, class_name=""),
        replace(OTHER, class_name=" year  7 "),
        replace(OTHER, teacher_id="t9", teacher="ng"),
        replace(OTHER, teacher_id=None, teacher=""),
    ],
    ids=["no class", "class in other letters", "teacher entered twice", "no teacher"],
)
def test_what_is_left_out_or_written_otherwise_speaks_against_nothing(other: LessonVisit) -> None:
    assert len(suggestions([ONE, other])) == 1


def test_neither_class_nor_teacher_is_too_little() -> None:
    blank = {"class_name": "", "teacher_id": None, "teacher": ""}
    assert suggestions([replace(ONE, **blank), replace(OTHER, **blank)]) == ()  # type: ignore[arg-type]


def test_what_was_answered_is_not_offered_again() -> None:
    assert suggestions([ONE, OTHER], [("a", "b")]) == ()


def test_three_observers_are_offered_pair_by_pair_the_newest_first() -> None:
    third = replace(OTHER, id="c", observer_id="o3", observer="Li", start=NINE + timedelta(minutes=10))
    assert [(one.a.id, one.b.id) for one in suggestions([ONE, OTHER, third])] == [("b", "c"), ("a", "c"), ("a", "b")]
