"""Conditions of an XLSForm: what they say here, and what has no equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.form import Condition, ConditionTest, Item, ItemKind, Level, Option
from observe_app.services.exchange.xlsform_relevant import (
    Asked,
    answers_of,
    conditions_in,
    conditions_of,
    conditions_text,
    expression_of,
    number_text,
)

IS, IS_NOT, AT_LEAST, AT_MOST, ANSWERED = ConditionTest
LABEL = (("", "x"),)
ITEMS = {
    item.id: item
    for item in (
        Item("c", ItemKind.CHECK, LABEL),
        Item("o", ItemKind.CHOICE, LABEL, options=(Option("a", LABEL), Option("b", LABEL)), other=True),
        Item("m", ItemKind.CHOICES, LABEL, options=(Option("a", LABEL), Option("b", LABEL))),
        Item("n", ItemKind.NUMBER, LABEL),
        Item("d", ItemKind.NUMBER, LABEL, decimals=True),
        Item("r", ItemKind.RATING, LABEL, levels=tuple(Level(n, LABEL) for n in range(1, 5))),
        Item("t", ItemKind.TEXT, LABEL),
        Item("k", ItemKind.TALLY, LABEL),
    )
}


def find(name: str) -> Asked | None:
    return Asked(ITEMS[name], answers_of(ITEMS[name])) if name in ITEMS else None


def read(expression: str) -> tuple | None:
    found = conditions_of(expression, find)
    return None if found is None else (found.conditions, found.any_of)


def one(item: str, test: ConditionTest, *values: object) -> tuple:
    return (Condition(item, test, values),), False


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${c} = 'yes'", one("c", IS, "yes")),
        ("${c}='yes'", one("c", IS, "yes")),
        ("'yes' = ${ c }", one("c", IS, "yes")),
        ("${c} != 'yes'", one("c", IS_NOT, "yes")),
        ("selected(${m}, 'a')", one("m", IS, "a")),
        ('selected (${o}, "a")', one("o", IS, "a")),
        ("not(selected(${m}, 'a'))", one("m", IS_NOT, "a")),
        ("${o} = 'other'", one("o", IS, "other")),
        ("${n} > 3", one("n", AT_LEAST, 4)),
        ("${n} >= 3", one("n", AT_LEAST, 3)),
        ("${n} < 3", one("n", AT_MOST, 2)),
        ("3 >= ${n}", one("n", AT_MOST, 3)),
        ("${n} > -3", one("n", AT_LEAST, -2)),
        ("${d} >= 2.5", one("d", AT_LEAST, 2.5)),
        ("${r} > 2", one("r", AT_LEAST, 3)),
        ("${n} = 3", one("n", IS, 3)),
        ("${n} = '3'", one("n", IS, 3)),
        ("not(${n} > 3)", one("n", AT_MOST, 3)),
        ("${t} != ''", one("t", ANSWERED, True)),
        ("not(${t} = '')", one("t", ANSWERED, True)),
        ("${t} = ''", one("t", ANSWERED, False)),
        ("(${c} = 'yes')", one("c", IS, "yes")),
        ("${o} = 'a' or ${o} = 'b'", one("o", IS, "a", "b")),
        ("${o} != 'a' and ${o} != 'b'", one("o", IS_NOT, "a", "b")),
    ],
)
def test_a_simple_condition_says_the_same_here(expression, expected):
    assert read(expression) == expected


def test_several_conditions_are_joined_in_one_way():
    both = (Condition("c", IS, ("yes",)), Condition("n", AT_LEAST, (4,)))

    assert read("${c} = 'yes' and ${n} > 3") == (both, False)
    assert read("${c} = 'yes' or (${n} > 3)") == (both, True)
    assert read("not(${c} != 'yes' or ${n} <= 3)") == (both, False)
    assert read("(${o}='a' or ${o}='b') and ${n} > 3") == ((Condition("o", IS, ("a", "b")), both[1]), False)


@pytest.mark.parametrize(
    "expression",
    [
        "", "${c}", "${gone} = 'yes'", "${k} > 3", "${t} = 'words'", "${o} = 'gone'", "${d} > 2.5", "${n} = 2.5",
        "${m} = 'a'", "${c} = 'yes' and ${n} > 3 or ${o} = 'a'", "${n} > ${d}", "${n} + 1 > 3", "count(${m}) > 1",
        "regex(${t}, 'x')", "${c} = 'yes", "((${c} = 'yes')", "${r} > 4", "selected(., 'a')", "true()", "${n} > 1e400",
        "not" * 500, "(" * 500, "${n} > " + "9" * 400,
    ],
)  # fmt: skip
def test_what_has_no_equal_is_none(expression):
    assert read(expression) is None


def test_what_waits_for_an_answer_says_so():
    assert conditions_of("${c} != 'yes'", find).waits
    assert conditions_of("not(${n} > 3)", find).waits
    assert not conditions_of("${c} = 'yes'", find).waits


@given(st.text("${}cnmo()'\" =!<>andort.,0123456789selc", max_size=60))
def test_any_text_is_conditions_or_none(expression):
    conditions_of(expression, find)


@pytest.mark.parametrize(
    ("conditions", "any_of", "expression"),
    [
        ((Condition("c", IS, ("yes",)),), False, "${c} = 'yes'"),
        ((Condition("o", IS, ("a", "b")), Condition("n", AT_LEAST, (4,))), False,
         "(${o} = 'a' or ${o} = 'b') and ${n} >= 4"),
        ((Condition("m", IS_NOT, ("a",)),), False, "${m} != '' and not(selected(${m}, 'a'))"),
        ((Condition("c", IS, ("yes", "not_seen")),), False, "${c} = 'yes'"),
        ((Condition("c", IS, ("not_seen",)),), False, ""),
        ((Condition("c", IS, ("not_seen",)), Condition("n", AT_MOST, (2,))), True, ""),
        ((Condition("t", ANSWERED, (False,)),), False, "${t} = ''"),
    ],
)  # fmt: skip
def test_other_tools_get_an_expression(conditions, any_of, expression):
    assert expression_of(conditions, ITEMS, lambda name: name, any_of=any_of) == expression


def test_conditions_come_back_from_our_own_column():
    conditions = (Condition("c", IS, ("yes", "not_seen")), Condition("d", AT_LEAST, (2.5,)))

    assert conditions_in(conditions_text(conditions, any_of=True)) == (conditions, True)


@pytest.mark.parametrize(
    "text",
    ["x", "[]", "{}", '{"some": []}', '{"all": [{"item": "a"}]}', '{"all": [{"item": "a", "is": []}]}', "[" * 9999],
)
def test_a_spoilt_column_is_told(text):
    with pytest.raises(ValueError, match=r".*"):
        conditions_in(text)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_numbers_are_written_without_exponents(value):
    text = number_text(value)

    assert "e" not in text
    assert float(text) == value
