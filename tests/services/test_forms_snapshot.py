"""The snapshot of a form that a visit keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FormInvalid
from observe_app.domain.form import Form, Item, ItemKind, Level, Section
from observe_app.services.catalogue import SnapshotDamaged, dumps_snapshot, loads_snapshot
from observe_app.services.form_words import problem_text

from .forms_made import forms

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
                    levels=(Level(1, (("", "No"),)), Level(2, (("", "Yes"),), (("", "Of course."),))),
                    hotkey="r",
                    required=True,
                ),
            ),
        ),
    ),
)


@given(forms())
def test_a_snapshot_gives_back_exactly_the_form(form: Form) -> None:
    text = dumps_snapshot(form)

    assert loads_snapshot(text) == form
    assert dumps_snapshot(loads_snapshot(text)) == text


def test_a_snapshot_says_what_it_is() -> None:
    content = json.loads(dumps_snapshot(FORM))

    assert (content["format"], content["version"]) == ("observe-form", 1)


def test_a_snapshot_of_today_stays_readable() -> None:
    """Written by version 1 of the format; it may never change."""
    text = (
        '{"format":"observe-form","version":1,"form":{"id":"small","version":2,"title":[["","Small"],["de","Klein"]],'
        '"purpose":[["","To be small."]],"source":"","licence":"","citation":"","language":"en",'
        '"sections":[{"id":"one","title":[["","One"]],"help":[],"items":[{"id":"rate","kind":"rating","label":[["","Rate"]],"help":[],'
        '"scale":"yes","levels":[[1,[["","No"]],[]],[2,[["","Yes"]],[["","Of course."]]]],"hotkey":"r","required":true,'
        '"long":false}]}]}}'
    )

    assert loads_snapshot(text) == FORM


def test_what_a_later_version_added_is_passed_over() -> None:
    content = json.loads(dumps_snapshot(FORM))
    content["form"]["colour"] = "red"

    assert loads_snapshot(json.dumps(content)) == FORM


def test_a_newer_format_is_said_to_be_newer() -> None:
    content = json.loads(dumps_snapshot(FORM)) | {"version": 2}

    with pytest.raises(SnapshotDamaged) as caught:
        loads_snapshot(json.dumps(content))

    assert [problem.rule for problem in caught.value.problems] == ["snapshot_newer"]
    assert "newer version" in problem_text(caught.value.problems[0])


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


def _spots(value: Any) -> list[tuple[Any, Any]]:
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [spot for key, one in inner for spot in ((value, key), *_spots(one))]


@given(st.data())
def test_a_snapshot_with_one_value_replaced_is_a_form_or_refused(data: st.DataObject) -> None:
    content = json.loads(dumps_snapshot(FORM))
    holder, key = data.draw(st.sampled_from(_spots(content)))
    holder[key] = data.draw(st.sampled_from([None, True, -1, 1.5, "x", "\ud800", [], {}, [[]], ["a", "b"]]))

    try:
        form = loads_snapshot(json.dumps(content))
    except FormInvalid:
        return
    assert loads_snapshot(dumps_snapshot(form)) == form
