"""A term tells what the releases told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.marks import Base, Break, Mark, Measure, Missing, Series, Term, TermVisit
from observe_app.services.compare.audience import Told, ToldItem
from observe_app.services.compare.told_term import comparable, told_term

LEVELS = ((1, "Not yet"), (2, "Sometimes"), (3, "Often"))


def visit(name: str) -> TermVisit:
    return TermVisit(
        name, "t", "Amina", "o", "Joonas", "8b", "", datetime(2026, 3, 10, 9, tzinfo=UTC), "UTC", 50, "f", 1, "Form"
    )


def rating(*values: int | None, breaks: tuple[tuple[int, Break], ...] = ()) -> Series:
    marks = tuple(
        Mark(f"v{at}", None if value is None else float(value), Missing.NOT_SEEN if value is None else None)
        for at, value in enumerate(values)
    )
    return Series(
        "wait", Measure.RATING, Base.NONE, "Waits", "wait", teacher_id="t", levels=LEVELS, marks=marks, breaks=breaks
    )


def term(*series: Series) -> Term:
    names = dict.fromkeys(mark.visit_id for one in series for mark in one.marks)
    return Term(tuple(visit(name) for name in names), series, tags=(("open", 3, 9, 2),))


def told(name: str, *items: tuple[str, ToldItem], led: bool = False) -> Told:
    return Told(name, items=dict(items), led=led)


def level(index: int | None) -> tuple[str, ToldItem]:
    return "wait", ToldItem("rating", 3, index)


def test_visits_that_may_not_be_read_leave_no_trace() -> None:
    found = told_term(term(rating(1, 2, 3)), {"v0": told("v0", level(0)), "v2": told("v2", level(2))})

    assert [one.id for one in found.visits] == ["v0", "v2"]
    assert [mark.visit_id for mark in found.series[0].marks] == ["v0", "v2"]
    assert found.series[0].comparable == 2
    assert found.tags == ()


def test_a_level_counts_as_it_was_released() -> None:
    found = told_term(term(rating(1)), {"v0": told("v0", level(2))})

    assert (found.series[0].marks[0].value, found.series[0].marks[0].words) == (3.0, "Often")


def test_a_level_given_after_the_release_is_not_told() -> None:
    found = told_term(
        term(rating(2, 3), replace(rating(1, 1), key="other", item="other")),
        {"v0": told("v0", level(None)), "v1": told("v1", level(2))},
    )

    assert [mark.missing for mark in found.series[0].marks] == [Missing.NOT_TOLD, None]
    assert len(found.series) == 1  # of the other item nothing was told at all


def test_why_a_value_is_missing_stays_where_the_item_was_released() -> None:
    found = told_term(term(rating(None)), {"v0": told("v0", level(None))})

    assert found.series[0].marks[0].missing is Missing.NOT_SEEN


@pytest.mark.parametrize(("answer", "value", "missing"), [
    ("Yes", 1.0, None), ("No", 0.0, None), ("", None, Missing.NOT_TOLD),
])  # fmt: skip
def test_a_check_counts_as_it_was_released(answer: str, value: float | None, missing: Missing | None) -> None:
    check = Series("aim", Measure.CHECK, Base.NONE, "Aim", "aim", marks=(Mark("v0", 1.0),))
    other = Series("b", Measure.CHECK, Base.NONE, "B", "b", marks=(Mark("v0", 1.0),))
    items = {"v0": told("v0", ("aim", ToldItem("check", answer=answer)), ("b", ToldItem("check", answer="Yes")))}

    found = told_term(term(check, other), items).series

    shown = [one.marks[0] for one in found if one.item == "aim"]
    assert [(mark.value, mark.missing) for mark in shown] == ([] if missing else [(value, None)])


def test_what_belongs_to_no_item_is_told_unless_the_teacher_led() -> None:
    talk = Series("talk", Measure.TALK_WORDS, Base.TALK_WORDS, "Teacher", marks=(Mark("v0", 0.5, n=5, of=10),))

    assert told_term(term(talk), {"v0": told("v0")}).series[0].marks == talk.marks
    assert told_term(term(talk), {"v0": told("v0", led=True)}).series == ()


def test_ones_own_visit_is_told_whole() -> None:
    whole = term(rating(1, 2))

    assert told_term(whole, {name: Told(name, whole=True) for name in ("v0", "v1")}) == replace(
        whole, series=(replace(whole.series[0], comparable=2),)
    )


def test_a_break_at_a_visit_that_went_still_breaks_the_line() -> None:
    broken = rating(1, 2, 3, 3, breaks=((1, Break.OBSERVER), (2, Break.OBSERVER)))
    items = {name: told(name, level(at)) for name, at in (("v0", 0), ("v2", 2), ("v3", 2))}

    found = told_term(term(broken), items).series[0]

    assert found.breaks == ((1, Break.OBSERVER),)
    assert found.comparable == 2


@given(st.lists(st.booleans(), max_size=9), st.sets(st.integers(1, 8)))
def test_the_longest_run_is_that_of_counting_by_hand(valued: list[bool], cuts: set[int]) -> None:
    marks = [Mark("v", 1.0) if one else Mark("v", None, Missing.NOT_SEEN) for one in valued]
    runs: list[list[bool]] = [[]]
    for at, one in enumerate(valued):
        if at in cuts:
            runs.append([])
        runs[-1].append(one)

    assert comparable(marks, [(at, Break.SCALE) for at in cuts]) == max(map(sum, runs))


def test_a_choice_and_a_number_say_what_was_released_whatever_stands_there_now() -> None:
    choice = Series("kind", Measure.CHOICE, Base.NONE, "Kind", "kind", marks=(Mark("v0", words="Lab, Outing", n=2),))
    number = Series("count", Measure.NUMBER, Base.NONE, "Count", "count", marks=(Mark("v0", 3.5), Mark("v1", 3.5)))
    visits_told = {
        "v0": told("v0", ("kind", ToldItem("value", answer="Lab")), ("count", ToldItem("value", answer="3,5 °C"))),
        "v1": told("v1", ("count", ToldItem("value", answer="13.5 °C"))),
    }

    found = {series.key: series.marks for series in told_term(term(choice, number), visits_told).series}

    assert found["kind"][0].words == "Lab"
    assert [(mark.value, mark.missing) for mark in found["count"]] == [(3.5, None), (None, Missing.NOT_TOLD)]
