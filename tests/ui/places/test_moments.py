"""Times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.changes import Action
from observe_app.services.exchange.problems import Problem
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.moments import at_wall, day_words, list_date, local, school_year, until_words
from observe_app.ui.undo_words import field_name, undone_sentence, what_was_done

NOW = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(minutes=21), "in 21 minutes"),
        (timedelta(seconds=70), "in 1 minute"),
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(days=1, hours=2), "in 1 day"),
        (timedelta(days=-40), "40 days ago"),
    ],
)
def test_how_long_until(away: timedelta, words: str) -> None:
    assert until_words(NOW + away, NOW) == words


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_any_two_moments_have_words(seconds: int) -> None:
    words = until_words(NOW + timedelta(seconds=seconds), NOW)

    assert words
    assert "{" not in words


def test_days_have_their_near_names_and_years_when_needed() -> None:
    today = date(2026, 3, 10)

    assert [day_words(today + timedelta(days=n), today) for n in (-1, 0, 1)] == ["yesterday", "today", "tomorrow"]
    assert list_date(date(2026, 3, 12), today) == "Thu 12 Mar"
    assert list_date(date(2025, 9, 18), today) == "18 Sep 2025"


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_a_day_lies_in_its_school_year(day: date) -> None:
    first, after = school_year(day)

    assert first <= day < after
    assert (first.month, first.day) == (8, 1)


def test_wall_times_go_there_and_back_over_a_change_of_clocks() -> None:
    winter, summer = at_wall(date(2026, 3, 28), 9, 0, "Europe/Paris"), at_wall(date(2026, 3, 30), 9, 0, "Europe/Paris")

    assert summer - winter == timedelta(days=2) - timedelta(hours=1)
    assert local(summer, "Europe/Paris").hour == 9
    assert local(NOW, "No/Such_Zone").tzinfo is not None


def test_undo_has_words_for_everything_and_says_what_stayed() -> None:
    kinds = ["note.add", "visit.delete", "person.edit", "import.notes", "step.edit", "evidence.unlink", "something.new"]
    assert len({what_was_done(kind) for kind in kinds}) == len(kinds)
    action = Action("a", "visit.delete", NOW, "w", None, None, None, undone=True, undoable=True)

    assert undone_sentence(action, undoing=True) == "Deleted visit: taken back. Ctrl Shift Z brings it again."
    assert "brought back" in undone_sentence(action, undoing=False)
    partly = Action("a", "visit.edit", NOW, "w", None, None, None, undone=True, undoable=True, skipped=1)
    assert "except what has changed" in undone_sentence(partly, undoing=True)
    assert (field_name("visit", "focus"), field_name("visit", "deleted")) == ("Focus", "")


def test_problems_of_an_import_have_sentences() -> None:
    assert problem_sentence(Problem("empty_text", count=3)) == "Rows without text, left out: 3."
    assert problem_sentence(Problem("no_name", row=4)) == "Row 4: A row without a name was left out."
    assert problem_sentence(Problem("times_clock", found="{x}")).endswith("start of the lesson.")
