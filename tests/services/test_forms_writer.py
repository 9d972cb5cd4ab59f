"""Writing a form as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from observe_app.domain.form import Form, Item, ItemKind, Level, Scale, Section
from observe_app.services.forms.reader import read_bytes_as, read_file
from observe_app.services.forms.writer import dumps_toml

from .forms_made import forms

FIXTURES = Path(__file__).parents[1] / "fixtures" / "forms"
SHIPPED = sorted((Path(__file__).parents[2] / "forms").glob("*.toml"))
LEVELS = (Level(1, (("", "No"),), (("", "Not at all."),)), Level(2, (("", "Yes"),)))


def written(form: Form) -> list[str]:
    return dumps_toml(form).split("\n")


def form_with(*items: Item) -> Form:
    return Form(
        "small",
        1,
        (("", "Small"),),
        (("", "To be small."),),
        (Section("one", (("", "One"),), items),),
    )


def rating(item_id: str, levels: tuple[Level, ...], scale: str = "") -> Item:
    return Item(item_id, ItemKind.RATING, (("", "Rate"),), levels=levels, scale=scale)


@given(forms())
def test_any_valid_form_survives_writing_and_reading(form: Form) -> None:
    text = dumps_toml(form)

    reading = read_bytes_as(text.encode(), form.id)

    assert reading.problems == ()
    assert reading.form == form
    assert dumps_toml(reading.form) == text


@pytest.mark.parametrize("path", [*SHIPPED, FIXTURES / "every-kind.toml"], ids=lambda path: path.stem)
def test_a_form_file_survives_reading_and_writing(path: Path) -> None:
    form = read_file(path).form
    assert form is not None

    assert read_bytes_as(dumps_toml(form).encode(), form.id).form == form


def test_a_form_of_one_language_has_plain_texts() -> None:
    lines = written(form_with(Item("a", ItemKind.CHECK, (("", 'Say "hello"'),), hotkey="h")))

    assert lines == [
        'id = "small"',
        "version = 1",
        'language = "en"',
        'title = "Small"',
        'purpose = "To be small."',
        "",
        "[[sections]]",
        'id = "one"',
        'title = "One"',
        "",
        "[[sections.items]]",
        'kind = "check"',
        'id = "a"',
        'hotkey = "h"',
        'label = "Say \\"hello\\""',
        "",
    ]


def test_with_a_translation_every_text_names_its_language() -> None:
    form = replace(form_with(Item("a", ItemKind.CHECK, (("", "Hello"),))), title=(("", "Small"), ("de", "Klein")))

    lines = written(form)

    assert {'title.en = "Small"', 'title.de = "Klein"', 'label.en = "Hello"'} <= set(lines)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('One\nsays "two"', 'One\nsays "two\\"'),
        ('One\n"""', 'One\n\\"\\"\\"'),
        ('One\n"""two\\"', 'One\n\\"\\"\\"two\\\\\\"'),
        ('"""\n"""" two', '\\"\\"\\"\n\\"\\"\\"\\" two'),
    ],
)
def test_paragraphs_stand_on_lines_of_their_own(words: str, expected: str) -> None:
    form = replace(form_with(Item("a", ItemKind.CHECK, (("", "Hello"),))), purpose=(("", words),))

    text = dumps_toml(form)

    assert f'purpose = """\n{expected}"""\n' in text
    assert read_bytes_as(text.encode()).form == form


def test_levels_without_a_scale_get_one_that_items_share() -> None:
    other = (replace(LEVELS[0], descriptor=(("", "Never."),)), LEVELS[1])
    form = form_with(rating("first", LEVELS), rating("second", other), rating("third", LEVELS[:1] + LEVELS[:1]))

    read = read_bytes_as(
        dumps_toml(replace(form, sections=(replace(form.sections[0], items=form.items[:2]),))).encode()
    )

    assert read.form is not None
    assert [item.scale for item in read.form.items] == ["first", "first"]
    assert [item.levels for item in read.form.items] == [LEVELS, other]


def test_the_label_of_a_scale_stands_above_its_levels() -> None:
    form = replace(form_with(rating("one", LEVELS, "yes")), scales=(Scale("yes", LEVELS, (("", "Agreement"),)),))
    lines = written(form)

    assert lines[lines.index("[scales.yes]") + 1] == 'label = "Agreement"'


def test_a_scale_made_for_levels_that_differ_keeps_the_label() -> None:
    label = (("", "Agreement"),)
    item = rating("first", (*LEVELS, Level(3, (("", "Much"),))), "amount")
    form = replace(form_with(item), scales=(Scale("amount", LEVELS, label),))

    read = read_bytes_as(dumps_toml(form).encode()).form

    assert read is not None
    assert [(scale.id, scale.label) for scale in read.scales] == [("amount", label), ("amount-2", label)]


def test_levels_that_are_not_those_of_the_named_scale_keep_their_words() -> None:
    form = form_with(
        rating("first", LEVELS, "amount"), rating("second", (*LEVELS, Level(3, (("", "Much"),))), "amount")
    )

    read = read_bytes_as(dumps_toml(form).encode()).form

    assert read is not None
    assert [item.scale for item in read.items] == ["amount", "amount-2"]
    assert [item.levels for item in read.items] == [item.levels for item in form.items]
