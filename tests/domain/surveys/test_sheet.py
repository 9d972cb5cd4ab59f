"""A filled survey: padded so that lengths tell little, and nothing believed that its form does not allow."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid
from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Level, Section
from observe_app.domain.surveys.sheet import (
    SIZES,
    Given,
    checked_sheet,
    content_of,
    padded,
    read_content,
    sheet_of,
    unpadded,
)
from observe_app.domain.surveys.survey import checked_days, checked_form, checked_least, checked_title

RATING = Item("rate", ItemKind.RATING, (("", "R"),), levels=tuple(Level(n, (("", str(n)),)) for n in (1, 2, 3)))
WHY = Item(
    "why", ItemKind.TEXT, (("", "Why"),), long=True, show_when=(Condition("rate", ConditionTest.IS, (1,)),)
)  # fmt: skip
FORM = Form("f", 1, (("", "F"),), (), (Section("s", (("", "S"),), (RATING, WHY)),))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=300), max_size=30))
def test_padding_comes_back_and_has_one_of_four_sizes(table):
    raw = padded(table)

    assert len(raw) in SIZES
    assert unpadded(raw) == table


@given(st.binary(max_size=1500))
def test_what_is_no_padded_answer_is_said_to_be_none(raw):
    with pytest.raises(ValueError, match=r".*"):
        unpadded(raw + b"\xff" * (1024 - len(raw)) if len(raw) < 1024 else raw)


def test_what_is_too_long_is_refused():
    with pytest.raises(Invalid) as caught:
        padded({"text": "x" * 70_000})
    assert (caught.value.field, caught.value.rule) == ("answer", "too_long")


@given(anything)
def test_a_hostile_table_is_no_more_than_its_form_allows(table):
    found = sheet_of(FORM, {"rate": {"v": table, "w": table}, "why": {"v": table}, "other": {"v": 1}})

    assert set(found) <= {"rate", "why"}
    assert all(found["rate"].value in {None, 1, 2, 3} for _ in [0] if "rate" in found)


@given(st.text(max_size=200))
def test_reading_what_is_stored_never_raises(content):
    assert set(read_content(FORM, content)) <= {"rate", "why"}


def test_deep_json_is_no_answer():
    assert read_content(FORM, "[" * 200_000) == {}
    deep = b"[" * 60_000
    with pytest.raises(ValueError, match="padded"):
        unpadded(len(deep).to_bytes(4, "big") + deep + bytes(65_536 - 4 - len(deep)))


def test_what_was_hidden_is_not_sent_and_what_was_mixed_stays():
    sheet = checked_sheet(FORM, {"rate": Given(2), "why": Given("typed before the rating was changed")})

    assert set(sheet) == {"rate"}
    assert json.loads(content_of(sheet)) == {"rate": {"v": 2}}
    assert set(read_content(FORM, '{"rate":{"v":2},"why":{"v":"of somebody else"}}')) == {"rate", "why"}


def test_answers_stand_in_the_order_of_the_form_however_they_were_given():
    one = checked_sheet(FORM, {"why": Given("because"), "rate": Given(1)})
    two = checked_sheet(FORM, {"rate": Given(1), "why": Given("because")})

    assert content_of(one) == content_of(two)


def test_what_cannot_be_a_survey_is_refused():
    tally = Form("t", 1, (), (), (Section("s", (), (Item("hands", ItemKind.TALLY, (("", "Hands"),)),)),))
    for form, rule in ((tally, "events"), (Form("e", 1, (), (), ()), "empty")):
        with pytest.raises(Invalid) as caught:
            checked_form(form)
        assert caught.value.rule == rule
    assert checked_form(FORM) is FORM


def test_fewer_than_five_cannot_be_asked_for():
    for least in (0, 4, 51):
        with pytest.raises(Invalid):
            checked_least(least)
    assert checked_least(5) == 5
    with pytest.raises(Invalid):
        checked_title(" \n ")
    from datetime import date

    with pytest.raises(Invalid):
        checked_days(date(2026, 5, 2), date(2026, 5, 1))
