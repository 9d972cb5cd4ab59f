"""Charts of one lesson and of two: shares with their n, waits in bins, time in place, agreement readable in grey."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.agree_view import Cell
from observe_app.services.charts.agreement import agreement_strip
from observe_app.services.charts.lessons import Lane, LessonRow, SideBySide, Span, lessons, side_by_side
from observe_app.services.charts.picture import Box, HalfBox
from observe_app.services.charts.room import Curve, CurvePoint, curve
from observe_app.services.charts.shares import Bars, ShareBar, bars, bins_of, budget, waits
from tests.services.charts.drawn import WORDS, curves, make, texts
from tests.ui import charts_lessons as taught

MINUTE = taught.MINUTE


def filled(picture):
    return [part for part in picture.parts if isinstance(part, Box) and part.fill == "bar"]


def test_a_bar_is_as_long_as_its_share_and_says_its_n():
    data = Bars("Codes", (ShareBar("a", "A", 14, 38), ShareBar("b", "B", 38, 38)))
    picture = make(partial(bars, data), 400)
    first, whole = filled(picture)

    assert first.width / whole.width == pytest.approx(14 / 38)
    assert "14 of 38" in texts(picture)


def test_nothing_coded_has_no_bar_not_even_an_empty_one():
    nought = make(partial(bars, Bars("Codes", (ShareBar("a", "A", 0, 38),))), 400)
    never = make(partial(bars, Bars("Codes", (ShareBar("a", "A", 0, 0, note="not coded"),))), 400)

    assert [part.fill for part in nought.parts if isinstance(part, Box)] == ["line2"]
    assert [part for part in never.parts if isinstance(part, Box)] == []
    assert "not coded" in texts(never)


def test_a_budget_adds_up_to_the_lesson():
    picture = make(partial(budget, taught.budget()), 400)

    assert sum(row[2] for row in picture.table.rows) == pytest.approx(45)
    assert WORDS.budget_rest in texts(picture)


@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=60))
def test_every_wait_is_in_one_bin(found):
    made = bins_of(tuple(found))

    assert sum(one.count for one in made) == len(found)
    assert made[0].low_ms == 0
    for before, after in pairwise(made):
        assert before.high_ms == after.low_ms


def test_a_wait_on_a_border_belongs_to_the_longer_bin():
    made = {one.low_ms: one.count for one in bins_of((1000, 2000, 2999))}

    assert made == {0: 0, 1000: 1, 2000: 2}


def test_waits_are_as_high_as_they_are_many_and_the_aim_is_said():
    picture = make(partial(waits, taught.waits()), 480)

    assert any("7 of 14" in text for text in texts(picture))
    assert max(part.height for part in picture.parts if isinstance(part, Box)) == pytest.approx(96)


def test_a_look_that_was_not_made_cuts_the_curve():
    picture = make(partial(curve, taught.curve()), 640)

    assert [len(path.points) for path in curves(picture)] == [3, 2, 2]
    assert [row[1] for row in picture.table.rows].count(None) == 2


def test_two_looks_are_too_few_for_a_curve():
    data = Curve("At work", (CurvePoint(0, 20, 26), CurvePoint(5 * MINUTE, 25, 26)), 45 * MINUTE)
    picture = make(partial(curve, data), 640)

    assert curves(picture) == []
    assert WORDS.too_few in texts(picture)


def test_lessons_share_one_axis():
    short = LessonRow("a", "A", length_ms=30 * MINUTE, lanes=(Lane("q", "Q", moments=(15 * MINUTE,)),))
    long = LessonRow("b", "B", length_ms=60 * MINUTE, lanes=(Lane("q", "Q", moments=(15 * MINUTE, 60 * MINUTE)),))
    spots = make(partial(lessons, (short, long)), 640).spots
    at = [(spot.visit_id, spot.rect[0]) for spot in spots]

    assert at[0][1] == pytest.approx(at[1][1])
    assert at[2][1] > 600 - 12


def test_a_moment_opens_its_visit_there():
    row = LessonRow("a", "A", length_ms=30 * MINUTE, lanes=(Lane("q", "Q", moments=(15 * MINUTE,)),))
    spot = make(partial(lessons, (row,)), 640).spots[0]

    assert (spot.visit_id, spot.at_ms) == ("a", 15 * MINUTE)
    assert "15:00" in spot.says


def test_marks_that_cover_each_other_are_drawn_once_and_all_are_told():
    many = tuple(at * 72 for at in range(100_000))
    row = LessonRow("a", "A", length_ms=120 * MINUTE, lanes=(Lane("n", "Notes", "100000", many),))
    picture = make(partial(lessons, (row,)), 900)
    places = [part.x for part in filled(picture)]

    assert len(places) < 2 * 900
    assert max(b - a for a, b in pairwise(places)) < 1.0
    assert picture.spots[-1].at_ms > many[-1] - 2000


def test_phases_of_one_name_stand_together():
    spots = {
        (spot.visit_id, spot.says.split(". ")[1].split(",")[0]): spot.rect
        for spot in make(partial(side_by_side, taught.beside()), 900).spots
        if "Plenary" in spot.says or "Warm-up" in spot.says
    }

    assert spots["v0", "Plenary"][0] == pytest.approx(spots["v4", "Plenary"][0])
    assert spots["v0", "Plenary"][2] == pytest.approx(spots["v4", "Plenary"][2])


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(0, 6))
def test_no_time_of_a_lesson_falls_out_phase_by_phase(lengths, left_out):
    names = [f"P{n}" for n in range(len(lengths))]
    ends = [sum(lengths[: n + 1]) * MINUTE for n in range(len(lengths))]
    phases = tuple(
        Span(end - length * MINUTE, end, name) for end, length, name in zip(ends, lengths, names, strict=True)
    )
    talk = Lane("t", "Talk", spans=(Span(0, ends[-1]),))
    first = LessonRow("a", "A", length_ms=ends[-1], phases=phases, lanes=(talk,))
    kept = phases[:left_out] + phases[left_out + 1 :] or phases
    second = LessonRow("b", "B", length_ms=ends[-1], phases=kept, lanes=(talk,))
    picture = make(partial(side_by_side, SideBySide(first, second, by_phase=True)), 900)

    assert len([part for part in filled(picture) if part.height > 5]) >= len(phases)
    starts = [part.x for part in filled(picture)]
    assert min(starts) == pytest.approx(starts[0])


def test_agreement_is_told_by_shape():
    picture = make(partial(agreement_strip, taught.strip()), 900)
    halves = [part for part in picture.parts if isinstance(part, HalfBox)]
    cells = [cell for code in taught.strip().sheet.codes for cell in code.cells]

    assert sum(half.upper for half in halves) == cells.count(Cell.ONLY_A) + 1  # and one in the legend
    assert sum(not half.upper for half in halves) == cells.count(Cell.ONLY_B) + 1
    assert len(filled(picture)) == cells.count(Cell.BOTH) + 1


def test_a_difference_says_who_and_when():
    picture = make(partial(agreement_strip, taught.strip()), 900)
    told = next(spot for spot in picture.spots if spot.key == "I.PQ@20")

    assert told.says == "PQ, posing a question, 40:00 to 42:00: only Tomás"
    assert told.at_ms == 40 * MINUTE


def test_codes_nobody_ticked_are_left_out_of_the_strip():
    assert not any("clicker" in text for text in texts(make(partial(agreement_strip, taught.strip()), 900)))


def test_the_strip_has_every_interval_in_its_table():
    table = make(partial(agreement_strip, taught.strip(120)), 500).table

    assert len(table.rows) == 120
