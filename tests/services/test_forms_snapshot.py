"""The snapshot of a form that a visit keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FormInvalid
from observe_app.domain.form import Form, Item, ItemKind, Level, Scale, Section
from observe_app.services.catalogue import SnapshotDamaged, dumps_snapshot, loads_snapshot
from observe_app.services.form_words import problem_text

from .forms_made import forms

FIXTURES = Path(__file__).parents[1] / "fixtures" / "forms"
LEVELS = (Level(1, (("", "No"),)), Level(2, (("", "Yes"),), (("", "Of course."),)))
FORM = Form(
    id="small",
    version=2,
    title=(("", "Small"), ("de", "Klein")),
    purpose=(("", "To be small."),),
    sections=(
        Section(
            "one",
            (("", "One"),),
            (
                Item(
                    id="rate",
                    kind=ItemKind.RATING,
                    label=(("", "Rate"),),
                    scale="yes",
                    levels=LEVELS,
                    hotkey="r",
                    required=True,
                ),
            ),
        ),
    ),
    scales=(Scale("yes", LEVELS),),
)


@given(forms())
def test_a_snapshot_gives_back_exactly_the_form(form: Form) -> None:
    text = dumps_snapshot(form)

    assert loads_snapshot(text) == form
    assert dumps_snapshot(loads_snapshot(text)) == text


def test_a_snapshot_says_what_it_is() -> None:
    content = json.loads(dumps_snapshot(FORM))

    assert (content["format"], content["version"]) == ("observe-form", 2)


def test_a_snapshot_of_version_1_stays_readable() -> None:
    """Written by version 1 of the format, which kept no scales; the file may never change."""
    assert loads_snapshot((FIXTURES / "snapshot-1.json").read_text(encoding="utf-8")) == FORM


def test_a_snapshot_of_version_2_stays_readable() -> None:
    """Written by version 2 of the format; the file may never change."""
    text = (FIXTURES / "snapshot-2.json").read_text(encoding="utf-8").strip()

    form = loads_snapshot(text)

    assert {item.kind for item in form.items} == set(ItemKind)
    assert form.id == "every-kind"
    assert dumps_snapshot(form) == text


def test_the_label_of_a_scale_is_written_only_where_there_is_one() -> None:
    named = replace(FORM, scales=(Scale("yes", LEVELS, (("", "Agreement"), ("de", "Zustimmung"))),))

    assert '"label":[["","Agreement"],["de","Zustimmung"]],"levels"' in dumps_snapshot(named)
    assert loads_snapshot(dumps_snapshot(named)) == named
    assert "label" not in json.loads(dumps_snapshot(FORM))["form"]["scales"][0]


def test_a_snapshot_of_version_1_gets_scales_that_its_items_share() -> None:
    content = json.loads((FIXTURES / "snapshot-1.json").read_text(encoding="utf-8"))
    (item,) = content["form"]["sections"][0]["items"]
    second = json.loads(json.dumps(item)) | {"id": "second"}
    second["levels"][1][2] = [["", "Its own."]]
    content["form"]["sections"][0]["items"].append(second)

    form = loads_snapshot(json.dumps(content))

    assert form.scales == (Scale("yes", (LEVELS[0], Level(2, (("", "Yes"),)))),)
    assert form.items[0].levels == LEVELS
    assert form.items[1].levels[1].descriptor == (("", "Its own."),)


def test_what_a_later_version_added_is_passed_over() -> None:
    content = json.loads(dumps_snapshot(FORM))
    content["form"]["colour"] = "red"

    assert loads_snapshot(json.dumps(content)) == FORM


def test_a_newer_format_is_said_to_be_newer() -> None:
    content = json.loads(dumps_snapshot(FORM)) | {"version": 3}

    with pytest.raises(SnapshotDamaged) as caught:
        loads_snapshot(json.dumps(content))

    assert [problem.rule for problem in caught.value.problems] == ["snapshot_newer"]
    assert "newer version" in problem_text(caught.value.problems[0])


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"kind":"check"', '"kind":"drawing"', "drawing"),
        ('"use":"before"', '"use":"yearly"', "yearly"),
        ('"is_not"', '"contains"', "contains"),
        ('"after":"answer"', '"after":"bell"', "bell"),
    ],
)
def test_a_word_of_a_newer_program_is_said_to_be_newer(old: str, new: str, word: str) -> None:
    text = (FIXTURES / "snapshot-2.json").read_text(encoding="utf-8")
    assert old in text

    with pytest.raises(SnapshotDamaged) as caught:
        loads_snapshot(text.replace(old, new))

    assert [(problem.rule, problem.found) for problem in caught.value.problems] == [("snapshot_newer", word)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "{",
        '"x"',
        "[" * 100_000,
        '{"format": "other", "version": 1}',
        '{"format": "observe-form"}',
    ],
)
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(FormInvalid) as caught:
        loads_snapshot(text)

    assert [problem.rule for problem in caught.value.problems] == ["snapshot_damaged"]


EVERY_KIND = loads_snapshot((FIXTURES / "snapshot-2.json").read_text(encoding="utf-8"))


def _spots(value: Any) -> list[tuple[Any, Any]]:
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [spot for key, one in inner for spot in ((value, key), *_spots(one))]


@given(st.data())
def test_a_snapshot_with_one_value_replaced_is_a_form_or_refused(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([FORM, EVERY_KIND]))
    content = json.loads(dumps_snapshot(form))
    holder, key = data.draw(st.sampled_from(_spots(content)))
    holder[key] = data.draw(
        st.sampled_from(
            [None, True, -1, 1.5, float("nan"), float("inf"), 10**400, "x", "\ud800", [], {}, [[]], ["a", "b"]]
        )
    )

    try:
        form = loads_snapshot(json.dumps(content))
    except FormInvalid:
        return
    assert loads_snapshot(dumps_snapshot(form)) == form
