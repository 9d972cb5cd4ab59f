"""Every visit by every item: what is seen is made, and no figure is cut in half."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from observe_app.domain.compare.marks import Mark, Measure, Missing, Term
from observe_app.services.charts.heat import heat_data, heat_map, heat_tone
from observe_app.services.charts.picture import Box, Line, Size
from tests.services.charts.drawn import WORDS, make, ruler, texts
from tests.ui import charts_data as data

TERM = data.look_term()


def test_every_cell_says_its_level():
    shown = texts(make(partial(heat_map, TERM), 640))

    assert shown.count("Not yet") == 7
    assert shown.count("Throughout") == 7


def test_four_hundred_visits_make_only_the_columns_that_are_seen():
    term = data.long_term(400, 10)
    picture = make(partial(heat_map, term), 640)
    columns = picture.columns

    assert columns is not None
    assert (columns.first, columns.total) == (0, 400)
    assert columns.shown < 60
    assert len(picture.spots) == 10 * columns.shown
    assert len(picture.table.rows) == 400


def test_later_columns_are_reached_and_the_last_ones_fill_the_room():
    term = data.long_term(400, 3)
    picture = make(partial(heat_map, term), 640, first=9999)
    columns = picture.columns

    assert columns is not None
    assert columns.first + columns.shown == 400
    assert picture.spots[-1].visit_id == term.visits[-1].id
    assert "400" in picture.alt


def test_the_first_rows_stand_where_they_stand_in_the_whole_map():
    whole = heat_data(data.long_term(40, 30))
    few, every = (make(partial(heat_map, one), 640, first=9) for one in (whole.top(4), whole))

    assert few.spots == every.spots[: 4 * few.columns.shown]
    assert few.parts == every.parts[: len(few.parts)]
    assert (few.alt, few.columns) == (every.alt, every.columns)
    assert len(every.spots) == 30 * every.columns.shown


@pytest.mark.parametrize("width", [400, 500, 600, 700, 900])
@pytest.mark.parametrize("count", [5, 8, 12])
def test_a_share_is_whole_or_not_there(width, count):
    of = data.visits(count)
    term = Term(of, (data.share("Groups", of, [35] * count), data.share("Lecture", of, [8] * count)))
    shown = [text for text in texts(make(partial(heat_map, term), width)) if "3" in text or "8" in text]

    assert not [text for text in shown if "…" in text]


def test_levels_of_a_row_are_all_words_or_all_numbers():
    of = data.visits(8)
    term = Term(of, (data.rating("Item", of, [1, 2, 3, 4, 1, 2, 3, 4]),))
    for width in range(260, 900, 40):
        shown = set(texts(make(partial(heat_map, term), width)))
        words = shown & {"Not yet", "Sometimes", "Often", "Throughout"}
        assert not words or not shown & {"1", "2", "3", "4"}


def test_what_is_missing_is_a_dash_and_says_why():
    picture = make(partial(heat_map, TERM), 640)
    spot = next(s for s in picture.spots if s.says.startswith("Quiet pupils"))
    x, y, wide, high = spot.rect

    assert spot.says.endswith(WORDS.not_seen)
    boxes = [p for p in picture.parts if isinstance(p, Box) and y <= p.y < y + high]
    assert [p for p in boxes if p.x >= x and p.x + p.width <= x + wide] == []
    assert [p for p in picture.parts if isinstance(p, Line) and y < p.y1 < y + high and x < p.x1 < x + wide]


def test_nought_has_no_tone_and_missing_has_no_value():
    series = data.share("Groups", data.visits(1), [0])

    assert heat_tone(series, series.marks[0]) == ""
    assert heat_tone(series, Mark("v", missing=Missing.NOT_SEEN)) == ""


def test_tones_rise_with_the_level():
    series = TERM.series[0]
    tones = [heat_tone(series, Mark("v", float(at))) for at, _word in series.levels]

    assert tones == ["h1", "h2", "h3", "h4"]


def test_several_people_stand_under_their_names_without_a_mean():
    first, second = data.visits(3, "Amina"), data.visits(3, "Zoë")
    term = Term((*first, *second), (data.rating("Aim", first, [1, 2, 3]), data.rating("Aim", second, [4, 4, 4])))
    picture = make(partial(heat_map, term), 800)

    assert {"Amina", "Zoë"} <= set(texts(picture))
    assert len({spot.row for spot in picture.spots}) == 1
    assert len(picture.table.rows) == 6


def test_an_item_that_was_not_on_a_form_says_so():
    of = data.visits(2)
    series = data.rating("Aim", of, [1, 2])
    term = Term(of, (replace(series, marks=series.marks[:1]),))
    picture = heat_map(term, Size(640), ruler, WORDS)

    assert picture.spots[1].says.endswith(WORDS.not_on_form)


def test_narrow_cells_are_told_by_height_too():
    of = data.visits(40)
    term = Term(of, (data.rating("Item", of, [n % 4 + 1 for n in range(40)]),))
    picture = make(partial(heat_map, term), 640)
    heights = {
        part.fill: round(part.height)
        for part in picture.parts
        if isinstance(part, Box) and part.fill in {"h1", "h2", "h3", "h4"}
    }

    assert heights["h1"] < heights["h2"] < heights["h3"] < heights["h4"]


def test_a_check_is_words_and_tone():
    of = data.visits(3)
    series = replace(
        data.rating("Aim", of, [1, 1, 1]),
        measure=Measure.CHECK,
        levels=(),
        marks=tuple(Mark(v.id, float(n % 2)) for n, v in enumerate(of)),
    )
    shown = texts(make(partial(heat_map, Term(of, (series,))), 640))

    assert shown.count(WORDS.no) == 2
    assert shown.count(WORDS.yes) == 1
