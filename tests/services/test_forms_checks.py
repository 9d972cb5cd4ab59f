"""The rules of a form file for a form in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.form import (
    Code,
    Condition,
    ConditionTest,
    Form,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
    Side,
)
from observe_app.services.form_words import SENTENCES
from observe_app.services.forms.checks import problems_of, read_form
from observe_app.services.forms.reader import read_bytes_as, read_file
from observe_app.services.forms.writer import dumps_toml

from .forms_made import forms

SHIPPED = sorted((Path(__file__).parents[2] / "forms").glob("*.toml"))
LABEL = (("", "Label"),)
LEVELS = (Level(1, (("", "No"),)), Level(2, (("", "Yes"),)))


def form_with(*items: Item, **fields: Any) -> Form:
    sections = (Section("one", (("", "One"),), items),)
    return Form("small", 1, (("", "Small"),), (("", "To be small."),), sections, **fields)


CHECK = Item("seen", ItemKind.CHECK, LABEL)


@given(forms())
def test_a_valid_form_has_no_problem_and_is_read_as_it_is(form: Form) -> None:
    assert problems_of(form) == ()
    assert read_form(form).form == form


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_form_has_no_problem(path: Path) -> None:
    form = read_file(path).form
    assert form is not None

    assert problems_of(form) == ()


ITEM = ("sections", 0, "items", 0)
NEXT = ("sections", 0, "items", 1)


@pytest.mark.parametrize(
    ("form", "rule", "place"),
    [
        (replace(form_with(CHECK), title=()), "missing_key", ("title",)),
        (replace(form_with(CHECK), title=(("", "  "),)), "empty_text", ("title",)),
        (replace(form_with(CHECK), version=0), "bad_version", ("version",)),
        (replace(form_with(CHECK), id=""), "bad_id", ("id",)),
        (replace(form_with(CHECK), sections=()), "empty_form", ("sections",)),
        (form_with(), "empty_section", ("sections", 0, "items")),
        (form_with(replace(CHECK, label=())), "missing_key", (*ITEM, "label")),
        (form_with(replace(CHECK, label=(("de", "Da"),))), "own_language_missing", (*ITEM, "label")),
        (form_with(replace(CHECK, id="Seen!")), "bad_id", (*ITEM, "id")),
        (form_with(replace(CHECK, hotkey="f2")), "bad_hotkey", (*ITEM, "hotkey")),
        (form_with(replace(CHECK, long=True)), "key_of_other_kind", (*ITEM, "long")),
        (form_with(CHECK, CHECK), "duplicate_id", (*NEXT, "id")),
        (form_with(replace(CHECK, kind=ItemKind.RATING)), "no_scale", (*ITEM, "scale")),
        (form_with(replace(CHECK, kind=ItemKind.RATING, scale="x", levels=LEVELS)), "unknown_scale", (*ITEM, "scale")),
        (
            form_with(
                replace(CHECK, kind=ItemKind.RATING, scale="x", levels=LEVELS),
                scales=(Scale("x", (*LEVELS, Level(3, LABEL))),),
            ),
            "levels_differ",
            (*ITEM, "scale"),
        ),
        (form_with(CHECK, scales=(Scale("x", LEVELS), Scale("x", LEVELS))), "duplicate_scale", ("scales", "x")),
        (form_with(CHECK, scales=(Scale("x", LEVELS[:1]),)), "level_count", ("scales", "x", "levels")),
        (
            form_with(CHECK, scales=(Scale("x", (LEVELS[0], Level(2, ()))),)),
            "missing_key",
            ("scales", "x", "levels", 1, "label"),
        ),
        (form_with(replace(CHECK, kind=ItemKind.CHOICE)), "option_count", (*ITEM, "options")),
        (
            form_with(replace(CHECK, kind=ItemKind.CHOICE, options=(Option("a", LABEL), Option("a", LABEL)))),
            "duplicate_option",
            (*ITEM, "options", 1, "id"),
        ),
        (form_with(replace(CHECK, kind=ItemKind.NUMBER, low=3, high=1)), "low_above_high", (*ITEM, "high")),
        (form_with(replace(CHECK, kind=ItemKind.NUMBER, low=float("nan"))), "out_of_range", (*ITEM, "low")),
        (form_with(replace(CHECK, kind=ItemKind.SWEEP)), "out_of_range", (*ITEM, "every")),
        (form_with(replace(CHECK, kind=ItemKind.WAIT, aim=0)), "out_of_range", (*ITEM, "aim")),
        (form_with(replace(CHECK, kind=ItemKind.INTERVAL)), "missing_key", (*ITEM, "seconds")),
        (form_with(replace(CHECK, kind=ItemKind.INTERVAL, seconds=60)), "no_codes", (*ITEM, "codes")),
        (
            form_with(replace(CHECK, kind=ItemKind.INTERVAL, seconds=60, sides=(Side("", (), ()),))),
            "no_codes",
            (*ITEM, "codes"),
        ),
        (
            form_with(
                replace(CHECK, kind=ItemKind.INTERVAL, seconds=60, sides=(Side("", LABEL, (Code("a", LABEL),)),))
            ),
            "bad_side",
            (*ITEM, "sides", 0, "id"),
        ),
        (
            form_with(CHECK, replace(CHECK, id="b", show_when=(Condition("seen", ConditionTest.IS, ("maybe",)),))),
            "impossible_answer",
            (*NEXT, "show_when", 0, "is"),
        ),
        (
            form_with(replace(CHECK, show_when=(Condition("seen", ConditionTest.ANSWERED, (True,)),), show_any=True)),
            "later_item",
            (*ITEM, "show_when_any", 0, "item"),
        ),
    ],
)
def test_a_problem_points_at_its_field(form: Form, rule: str, place: tuple[str | int, ...]) -> None:
    problems = problems_of(form)

    assert (rule, place) in {(problem.rule, problem.place) for problem in problems}
    assert {problem.line for problem in problems} == {0}
    assert {problem.rule for problem in problems} <= set(SENTENCES)


@given(forms(), st.data())
def test_the_checks_say_what_the_file_would(form: Form, data: st.DataObject) -> None:
    """One field of one item is spoilt; what is found in memory is what is found in the file."""
    number = data.draw(st.integers(0, len(form.items) - 1))
    field, value = data.draw(
        st.sampled_from(
            [
                ("id", "x" * 61),
                ("label", ()),
                ("help", (("", "a\x07"),)),
                ("hotkey", "??"),
                ("kind", ItemKind.TALLY),
                ("kind", ItemKind.GUIDANCE),
                ("seconds", 3),
                ("every", 61),
                ("low", 1e12),
                ("group", "A b"),
                ("options", ()),
                ("sides", ()),
                ("show_when", (Condition("nowhere", ConditionTest.ANSWERED, (True,)),)),
            ]
        )
    )
    spoiling: dict[str, Any] = {field: value}
    spoilt = replace(form.items[number], **spoiling)
    sections = tuple(
        replace(section, items=tuple(spoilt if item is form.items[number] else item for item in section.items))
        for section in form.sections
    )
    changed = replace(form, sections=sections)

    in_file = read_bytes_as(dumps_toml(changed).encode()).problems
    in_memory = problems_of(changed)

    assert sorted((one.rule, one.place, one.found) for one in in_memory if one.rule != "levels_differ") == sorted(
        (one.rule, one.place, one.found) for one in in_file
    )


def test_texts_come_back_trimmed_and_in_order() -> None:
    form = form_with(replace(CHECK, label=(("fr", "Ça "), ("de", " Da"), ("", " There "))))

    read = read_form(form).form

    assert read is not None
    assert read.items[0].label == (("", "There"), ("de", "Da"), ("fr", "Ça"))
