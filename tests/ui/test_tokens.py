"""The token file against the table of contrasts that the design promises."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.settings import TEXT_SIZES
from observe_app.ui.theme import Scheme, load_tokens
from observe_app.ui.theme.controller import build_style_sheet
from observe_app.ui.theme.tokens import contrast, scale_length

TEXT, MARK = 4.5, 3.0

# token, ground: what a person must be able to read
READ = [
    *(
        (ink, ground)
        for ink in ("ink", "muted", "accent", "quote")
        for ground in ("bg", "side", "field", "tint", "hover")
    ),
    ("ink", "tint2"),
    ("ink", "warmtint"),
    ("ink", "errtint"),
    ("warm", "bg"),
    ("warm", "warmtint"),
    ("err", "bg"),
    ("err", "errtint"),
    ("onfill", "fill"),
    ("onfill", "fill_hover"),
    ("onfill", "fill_pressed"),
    ("railink", "rail"),
    ("onrail", "railon"),
    ("on_h12", "h1"),
    ("on_h12", "h2"),
    ("on_h34", "h3"),
    ("on_h34", "h4"),
]
# marks and edges that carry meaning
SEEN = [
    ("ctl", "bg"),
    ("ctl", "side"),
    ("ctl", "tint"),
    ("mid", "bg"),
    ("mid", "side"),
    ("bar", "bg"),
    ("accent", "tint"),
    ("fill", "bg"),
]
# the figures printed in the design, in its order: light, dark
PROMISED = {
    ("ink", "bg"): (15.4, 14.6),
    ("ink", "tint"): (13.3, 10.4),
    ("quote", "bg"): (11.5, 12.7),
    ("muted", "bg"): (6.2, 7.9),
    ("muted", "side"): (5.7, 7.2),
    ("muted", "tint"): (5.3, 5.6),
    ("accent", "bg"): (7.7, 8.7),
    ("accent", "tint"): (6.6, 6.1),
    ("onfill", "fill"): (7.7, 5.0),
    ("onfill", "fill_hover"): (6.2, 4.6),
    ("onfill", "fill_pressed"): (9.9, 6.7),
    ("bar", "bg"): (7.7, 5.7),
    ("mid", "bg"): (3.7, 5.0),
    ("mid", "side"): (3.4, 4.5),
    ("ink", "tint2"): (11.3, 7.6),
    ("warm", "bg"): (6.0, 8.2),
    ("warm", "warmtint"): (5.4, 7.0),
    ("err", "bg"): (7.3, 7.6),
    ("err", "errtint"): (6.4, 6.6),
    ("ctl", "bg"): (3.9, 5.2),
    ("ctl", "tint"): (3.4, 3.7),
    ("ink", "hover"): (13.8, 12.1),
    ("railink", "rail"): (8.7, 9.5),
    ("onrail", "railon"): (7.7, 8.8),
    ("on_h12", "h1"): (11.3, 9.2),
    ("on_h12", "h2"): (6.5, 4.8),
    ("on_h34", "h3"): (5.3, 5.3),
    ("on_h34", "h4"): (7.7, 8.1),
}


def ratio(scheme: Scheme, ink: str, ground: str) -> float:
    colors = load_tokens(scheme).color
    return contrast(getattr(colors, ink), getattr(colors, ground))


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read_in_every_scheme(scheme, ink, ground):
    assert ratio(scheme, ink, ground) >= TEXT


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("mark", "ground"), SEEN)
def test_marks_and_edges_can_be_seen_in_every_scheme(scheme, mark, ground):
    assert ratio(scheme, mark, ground) >= MARK


@pytest.mark.parametrize(("pair", "figures"), PROMISED.items())
def test_the_figures_of_the_design_are_true(pair, figures):
    found = (ratio(Scheme.LIGHT, *pair), ratio(Scheme.DARK, *pair))

    assert found == pytest.approx(figures, abs=0.06)


@pytest.mark.parametrize("scheme", [Scheme.CONTRAST_LIGHT, Scheme.CONTRAST_DARK])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "quote", "warm", "err", "ctl"])
def test_high_contrast_means_seven_and_more(scheme, ink):
    assert ratio(scheme, ink, "bg") >= 7


def test_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("scheme", Scheme)
def test_every_colour_is_written_in_full(scheme):
    wrong = {
        name: value
        for name, value in asdict(load_tokens(scheme).color).items()
        if not re.fullmatch("#[0-9A-F]{6}", value)
    }

    assert wrong == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_the_style_sheet_names_known_tokens_only(scheme):
    assert "$" not in build_style_sheet(load_tokens(scheme))


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_every_step_of_the_type_scale_grows_by_the_text_size(percent):
    plain, grown = load_tokens(Scheme.LIGHT).type, load_tokens(Scheme.LIGHT, percent).type

    off = {
        name: (grown[name].pixels, grown[name].line)
        for name, step in plain.items()
        if abs(grown[name].pixels - step.pixels * percent / 100) > 0.5
        or abs(grown[name].line - step.line * percent / 100) > 0.5
        or grown[name].weight != step.weight
    }

    assert off == {}


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_every_line_of_words_has_room_at_every_text_size(percent):
    tokens = load_tokens(Scheme.LIGHT, percent)
    size, lines = tokens.size, {name: step.line for name, step in tokens.type.items()}

    assert size.row_note >= lines["body"]
    assert size.row_machine >= lines["small"]
    assert size.row_two_line >= lines["text"] + lines["small"]
    assert size.control >= lines["text"]
    assert size.control_small >= lines["small"]
    assert size.key_cap >= lines["axis"]
    assert size.header >= lines["page"] + lines["small"]
    assert size.rail_item >= size.icon_rail + lines["axis"]


def test_margins_and_colours_do_not_grow_with_the_words():
    plain, grown = load_tokens(Scheme.DARK), load_tokens(Scheme.DARK, 150)

    assert grown.color == plain.color
    assert (grown.size.margin, grown.size.grid, grown.size.radius_button) == (24, 4, 6)


def test_the_style_sheet_grows_with_the_text_size():
    assert "min-height: 32px" in build_style_sheet(load_tokens(Scheme.LIGHT))
    assert "min-height: 49px" in build_style_sheet(load_tokens(Scheme.LIGHT, 150))


@given(pixels=st.integers(0, 4000), percent=st.sampled_from(TEXT_SIZES))
def test_a_scaled_length_is_the_nearest_whole_pixel(pixels, percent):
    assert abs(scale_length(pixels, percent) * 100 - pixels * percent) <= 50
    assert scale_length(pixels, 100) == pixels


def test_no_text_is_smaller_than_twelve():
    assert min(step.pixels for step in load_tokens(Scheme.LIGHT).type.values()) == 12
