"""Which answers an item takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.answer import Absence, AnswerValue
from observe_app.domain.answer_rules import MAX_LONG_ANSWER, MAX_SHORT_ANSWER, checked_answer
from observe_app.domain.errors import Invalid
from observe_app.domain.form import MAX_LEVELS, Item, ItemKind, Level

LABEL = (("", "An item"),)
CHECK = Item("tick", ItemKind.CHECK, LABEL)
TEXT = Item("words", ItemKind.TEXT, LABEL)
LONG = Item("story", ItemKind.TEXT, LABEL, long=True)
GUIDANCE = Item("hint", ItemKind.GUIDANCE, LABEL)

anything = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2).map(tuple)
)


def rating(count: int) -> Item:
    levels = tuple(Level(number, LABEL) for number in range(1, count + 1))
    return Item("rate", ItemKind.RATING, LABEL, levels=levels, scale="s")


items = st.sampled_from([CHECK, TEXT, LONG, GUIDANCE]) | st.integers(2, MAX_LEVELS).map(rating)


def rule_of(item: Item, value: AnswerValue = None, absence: Absence | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        checked_answer(item, value, absence)
    assert caught.value.field == item.id
    return caught.value.rule


@given(st.integers(2, MAX_LEVELS), st.integers(-3, 12) | st.integers())
def test_a_rating_is_taken_exactly_when_it_is_in_the_scale(count: int, value: int) -> None:
    if 1 <= value <= count:
        assert checked_answer(rating(count), value) == (value, None)
    else:
        assert rule_of(rating(count), value) == "not_in_scale"


@pytest.mark.parametrize("value", [True, False, 1.0, "1", "", ("1",), float("nan")])
def test_a_rating_is_a_whole_number(value: AnswerValue) -> None:
    assert rule_of(rating(4), value) == "not_a_number"


def test_a_rating_out_of_the_scale_is_told_the_scale() -> None:
    with pytest.raises(Invalid) as caught:
        checked_answer(rating(4), 0)

    assert (caught.value.value, caught.value.limit) == ("0", "1-4")


def test_a_number_of_very_many_digits_is_refused_like_any_other() -> None:
    assert rule_of(rating(4), 10**5000) == "not_in_scale"


@given(anything)
def test_a_check_takes_yes_and_no_and_nothing_else(value: AnswerValue) -> None:
    if value is None:
        assert checked_answer(CHECK, value) == (None, Absence.UNANSWERED)
    elif value in {"yes", "no"}:
        assert checked_answer(CHECK, value) == (value, None)
    else:
        assert rule_of(CHECK, value) == "unknown"


@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_check_keeps_yes_and_no(value: str) -> None:
    assert checked_answer(CHECK, value) == (value, None)


@pytest.mark.parametrize(("item", "limit"), [(TEXT, MAX_SHORT_ANSWER), (LONG, MAX_LONG_ANSWER)])
def test_a_text_is_taken_up_to_its_limit(item: Item, limit: int) -> None:
    assert checked_answer(item, "x" * limit) == ("x" * limit, None)
    assert rule_of(item, "x" * (limit + 1)) == "too_long"


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_shown() -> None:
    assert checked_answer(LONG, " one\r\ntwo\0\ud800 ") == ("one\ntwo", None)


@pytest.mark.parametrize("value", ["", "  \n "])
def test_a_text_of_nothing_is_unanswered(value: str) -> None:
    assert checked_answer(TEXT, value) == (None, Absence.UNANSWERED)


def test_a_text_is_no_number() -> None:
    assert rule_of(TEXT, 3) == "not_a_text"


@pytest.mark.parametrize("item", [CHECK, TEXT, LONG, rating(3)])
@pytest.mark.parametrize("absence", list(Absence))
def test_every_way_of_having_no_value_is_kept_apart(item: Item, absence: Absence) -> None:
    assert checked_answer(item, None, absence) == (None, absence)


@pytest.mark.parametrize(("value", "absence"), [(None, None), ("yes", None), (None, Absence.NOT_APPLICABLE)])
def test_guidance_takes_no_answer(value: AnswerValue, absence: Absence | None) -> None:
    assert rule_of(GUIDANCE, value, absence) == "no_answer_wanted"


def test_a_value_and_a_reason_for_having_none_exclude_each_other() -> None:
    assert rule_of(CHECK, "yes", Absence.NOT_SEEN) == "value_and_absence"


@given(items, anything, st.none() | st.sampled_from(list(Absence)))
def test_what_is_taken_has_either_a_value_or_an_absence_and_is_taken_again(
    item: Item, value: AnswerValue, absence: Absence | None
) -> None:
    try:
        kept = checked_answer(item, value, absence)
    except Invalid:
        return
    assert (kept[0] is None) != (kept[1] is None)
    assert checked_answer(item, *kept) == kept
