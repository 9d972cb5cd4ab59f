"""Figures of a term: which term a day belongs to, what is counted, and whose a row is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.sync import progress
from observe_app.domain.sync.letter import AudienceKind, Op
from observe_app.domain.sync.progress import Figures, Made, Term, figures, progress_id, refusal, term_before, term_of
from observe_app.domain.sync.rights import Facts, Written, verdict

ME, OTHER, FOLDER = "a" * 32, "b" * 32, "folder-1"
TERM = Term(date(2026, 2, 1), date(2026, 7, 31))
ROW = progress_id(ME, FOLDER, TERM.since)


def change(column: str, new: object, row: str = ROW) -> Op:
    return Op("0" * 16, "act", progress.TABLE, row, column, new, (), "0" * 29)  # type: ignore[arg-type]  # hostile


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (date(2026, 8, 1), date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 7, 31)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 7, 31)),
        (date(2026, 12, 31), date(2026, 8, 1), date(2027, 1, 31)),
    ],
)
def test_a_term_is_half_a_school_year(day: date, since: date, until: date) -> None:
    assert term_of(day) == Term(since, until)


@given(st.dates(date(2000, 8, 1), date(2118, 1, 1)))
def test_terms_follow_each_other_without_a_gap(day: date) -> None:
    term = term_of(day)
    assert term.since <= day <= term.until
    assert term_before(term).until + timedelta(days=1) == term.since
    assert term_of(term.since) == term_of(term.until) == term
    assert progress.own_ids(ME, FOLDER)[progress_id(ME, FOLDER, term.since)] == term


def test_only_visits_of_the_term_are_counted_and_each_as_far_as_it_came() -> None:
    made = [
        Made(date(2026, 1, 31), observed=True, talked=True, released=True, answered=True),
        Made(date(2026, 2, 1), observed=True, talked=True, released=True, answered=True),
        Made(date(2026, 7, 31), observed=True),
        Made(date(2026, 8, 1)),
        Made(date(2026, 5, 5), observed=True, released=True),
        Made(date(2026, 6, 6)),
    ]
    assert figures(made, TERM) == Figures(4, 3, 1, 2, 1)


def test_a_figure_has_an_end() -> None:
    assert figures([Made(TERM.since)] * (progress.MOST + 5), TERM).planned == progress.MOST


@pytest.mark.parametrize("column", progress.FIGURES)
@pytest.mark.parametrize("value", [-1, 10_000, 10**30, 1.0, 1.5, True, "3", "Zulu canary", "", None])
def test_nothing_but_a_count_stands_in_a_figure(column: str, value: object) -> None:
    assert refusal(change(column, value), ME, FOLDER) == "content"
    assert refusal(change(column, 0), ME, FOLDER) == ""
    assert refusal(change(column, 9_999), ME, FOLDER) == ""


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("fingerprint", ME, OTHER),
        ("folder", FOLDER, "folder-2"),
        ("since", "2026-02-01", "2026-08-01"),
        ("until", "2026-07-31", "2026-07-30"),
        ("name", "Amina", "x" * 201),
        ("name", "Amina", 5),
        ("at", "2026-03-10T08:00:00.000Z", "x" * 41),
        ("deleted", 1, 2),
        ("deleted", 0, True),
        ("remark", 7, "She was late again"),
    ],
)
def test_what_a_row_says_is_what_its_id_says(column: str, good: object, bad: object) -> None:
    assert refusal(change(column, good), ME, FOLDER) == ""
    assert refusal(change(column, bad), ME, FOLDER) == "content"


@pytest.mark.parametrize(
    "row",
    [
        progress_id(OTHER, FOLDER, TERM.since),
        progress_id(ME, "folder-2", TERM.since),
        progress_id(ME, FOLDER, date(2026, 3, 1)),
        "row",
    ],
)
def test_nobody_writes_the_figures_of_somebody_else_another_folder_or_no_term(row: str) -> None:
    assert refusal(change("planned", 3, row), ME, FOLDER) == "not_theirs"


def facts(folder: str = FOLDER) -> Facts:
    return Facts(
        me=OTHER, membership=None, visit_of=lambda *_: "", writer_of=lambda *_: "", value_of=lambda *_: None,
        person_of=lambda _: "", knows=lambda _: False, columns=lambda _: (), folder=folder,
    )  # fmt: skip


def test_the_judge_asks_whose_figures_they_are_and_where() -> None:
    own, forged = Written(change("planned", 3), ME), Written(change("planned", 3), OTHER)
    assert verdict(AudienceKind.ALL, "", own, facts()) == ""
    assert verdict(AudienceKind.ALL, "", forged, facts()) == "not_theirs"
    assert verdict(AudienceKind.ALL, "", own, facts("folder-2")) == "not_theirs"
    assert verdict(AudienceKind.VISIT, "visit-1", own, facts()) != ""
