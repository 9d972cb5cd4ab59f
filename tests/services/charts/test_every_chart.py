"""What holds for every chart, in every width and size of words."""

from __future__ import annotations

import tomllib

import pytest

from observe_app.paths import resources_dir
from observe_app.services.charts.mirror import mirrored
from observe_app.services.charts.picture import Box, Dot, HalfBox, Line, Path, Word
from tests.services.charts.drawn import ends, make, makers, nothing_to_show, texts

MAKERS = makers()
ROOMS = [(240.0, 1.0), (640.0, 1.0), (640.0, 1.5), (1100.0, 1.25)]


@pytest.mark.parametrize(("width", "scale"), ROOMS)
@pytest.mark.parametrize("name", MAKERS)
def test_nothing_is_drawn_outside(name, width, scale):
    picture = make(MAKERS[name], width, scale=scale)

    for part in picture.parts:
        left, right, top, bottom = edges(part)
        assert left >= -1, part
        assert right <= width + 1, part
        assert top >= -1, part
        assert bottom <= picture.height + 1, part


def edges(part):
    match part:
        case Word():
            return (*ends(part), part.y - part.size, part.y)
        case Line():
            return min(part.x1, part.x2), max(part.x1, part.x2), min(part.y1, part.y2), max(part.y1, part.y2)
        case Box() | HalfBox():
            return part.x, part.x + part.width, part.y, part.y + part.height
        case Dot():
            return part.x - part.radius, part.x + part.radius, part.y - part.radius, part.y + part.radius
        case Path():
            xs, ys = zip(*part.points, strict=True)
            return min(xs), max(xs), min(ys), max(ys)


@pytest.mark.parametrize("name", MAKERS)
def test_every_mark_says_a_sentence_and_has_a_name(name):
    picture = make(MAKERS[name], 640)
    keys = [spot.key for spot in picture.spots]

    assert keys
    assert len(set(keys)) == len(keys)
    assert all(spot.says.strip() and "{" not in spot.says for spot in picture.spots)


@pytest.mark.parametrize("name", MAKERS)
def test_every_chart_is_a_table_and_sentences_too(name):
    picture = make(MAKERS[name], 640)
    table = picture.table

    assert picture.title
    assert picture.alt
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.header)}


@pytest.mark.parametrize("name", MAKERS)
def test_colours_are_tokens_of_every_theme(name):
    themes = tomllib.loads((resources_dir() / "styles" / "tokens.toml").read_text(encoding="utf-8"))["color"]
    used = set()
    for part in make(MAKERS[name], 640).parts:
        used |= {value for field in ("tone", "fill", "edge") if (value := getattr(part, field, ""))}

    for theme in themes.values():
        assert used - {"ground"} <= set(theme)


@pytest.mark.parametrize("name", MAKERS)
def test_no_word_is_smaller_than_twelve(name):
    picture = make(MAKERS[name], 240)

    assert min(part.size for part in picture.parts if isinstance(part, Word)) >= 12


@pytest.mark.parametrize("name", MAKERS)
def test_mirrored_twice_it_is_itself(name):
    picture = make(MAKERS[name], 640)
    back = mirrored(mirrored(picture))

    assert texts(back) == texts(picture)
    for part, same in zip(picture.parts, back.parts, strict=True):
        assert edges(same) == pytest.approx(edges(part))


def test_a_mirrored_mark_stands_at_the_other_side():
    picture = make(MAKERS["strip"], 640)
    spot, turned = picture.spots[0], mirrored(picture).spots[0]

    assert turned.rect[0] == pytest.approx(640 - spot.rect[0] - spot.rect[2])


@pytest.mark.parametrize("name", nothing_to_show())
def test_without_data_it_says_so(name):
    picture = make(nothing_to_show()[name], 400)

    assert not picture.spots
    assert picture.height > 0


@pytest.mark.parametrize("name", MAKERS)
def test_a_room_of_a_few_pixels_breaks_nothing(name):
    assert make(MAKERS[name], 20.0, scale=1.5).height > 0
