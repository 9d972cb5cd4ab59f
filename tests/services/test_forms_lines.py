"""The line map of TOML files, held against `tomllib`."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.forms.limits import MAX_NESTING, MAX_VALUES
from observe_app.services.forms.toml_lines import Place, ScanStopped, map_lines
from observe_app.services.forms.writer import dumps_toml

from .forms_made import forms

TOML = '''id = "x" # a remark
a . b."c.d" = 1
[scales.f]  # of what
levels = [
  { label = "A", descriptor.en = "] } #" },  # a remark with ] in it

  "C", [1, [2]],
]
long = """
a
""b\\"""c"""""
'quoted key' = \'\'\'
x\'\'y
\'\'\'
[[sections]]
title = 'q'
[[sections.items]]
label.en = "x"
label.de = "y"
[sections.items.descriptors]
1 = "k"
[[sections.items]]
when = 1979-05-27 07:32:00
[[sections]]
[[sections.items]]
"k\\u0041" = true
'''


def places(value: Any, at: Place = ()) -> list[Place]:
    """Return the place of everything in parsed TOML."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in ((*at, key), *places(one, (*at, key)))]


def test_every_key_has_the_line_it_stands_on() -> None:
    lines = map_lines(TOML)

    assert lines.line(("id",)) == 1
    assert lines.line(("a", "b", "c.d")) == 2
    assert lines.line(("scales", "f", "levels", 0, "descriptor", "en")) == 5
    assert lines.line(("scales", "f", "levels", 1)) == 7
    assert lines.line(("scales", "f", "levels", 2, 1, 0)) == 7
    assert lines.line(("scales", "f", "long")) == 9
    assert lines.line(("scales", "f", "quoted key")) == 12
    assert lines.line(("sections", 0, "items", 0, "label", "de")) == 19
    assert lines.line(("sections", 0, "items", 0, "descriptors", "1")) == 21
    assert lines.line(("sections", 0, "items", 1, "when")) == 23
    assert lines.line(("sections", 1, "items", 0, "kA")) == 26


def test_what_is_missing_has_the_line_of_what_is_around_it() -> None:
    assert map_lines(TOML).line(("sections", 0, "items", 1, "label", "en")) == 22
    assert map_lines(TOML).line(("nothing",)) == 1


def test_everything_that_tomllib_reads_has_a_line() -> None:
    assert set(places(tomllib.loads(TOML))) == set(map_lines(TOML).lines)


@given(forms())
def test_every_place_of_a_form_has_a_line(form: Any) -> None:
    text = dumps_toml(form)

    assert set(places(tomllib.loads(text))) == set(map_lines(text).lines)


@given(st.data())
def test_the_scanner_reads_whatever_tomllib_reads(data: st.DataObject) -> None:
    """Mutated text: where `tomllib` is content the scanner is, and both see the same places."""
    pieces = ['"', "'", '"""', "'''", "\\", "\n", "[", "]", "{", "}", "=", ".", ",", "#", "a", "1", " ", "[[", "]]"]
    start = data.draw(st.integers(0, len(TOML)))
    end = data.draw(st.integers(start, min(len(TOML), start + 4)))
    put = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=4)))
    text = TOML[:start] + put + TOML[end:]
    try:
        parsed = tomllib.loads(text)
    except ValueError:
        return

    assert set(places(parsed)) == set(map_lines(text).lines)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a = " + "[" * (MAX_NESTING + 1), "nesting"),
        ("a = " + "{a=" * 50_000, "nesting"),
        (".".join("a" * (MAX_NESTING + 1)) + " = 1", "nesting"),
        ("x = { b = { " + "a." * 100_000 + "a = 1 } }", "nesting"),
        ("[" + "a." * 400_000 + "a]", "nesting"),
        ("a = [" + "1," * (MAX_VALUES + 1) + "]", "too_many_values"),
        ('a = """\nnever closed', "unclosed_text"),
        ("a = 'never closed\n", "unclosed_text"),
        ("a 1", ""),
        ('a = "1" b', ""),
        ("= 1", ""),
        ("[a", ""),
        ("a = ", ""),
        ("a = ['1' 2]", ""),
        ('"\\x" = 1', ""),
    ],
)
def test_stops_where_the_text_is_no_toml_or_goes_too_far(text: str, rule: str) -> None:
    with pytest.raises(ScanStopped) as stopped:
        map_lines(text)

    assert (stopped.value.rule, stopped.value.line) == (rule, 1)
