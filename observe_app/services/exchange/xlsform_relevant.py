"""Conditions: XLSForm's `relevant` as conditions of a form, and conditions as `relevant`."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from observe_app.domain.answer_rules import MAX_NUMBER, NO, YES
from observe_app.domain.form import EVENT_KINDS, OTHER, Condition, ConditionTest, Item, ItemKind
from observe_app.services.forms.limits import MAX_CONDITIONS
from observe_app.services.forms.read_conditions import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(r"""\s*(\$\{[^{}]*\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|!=|>=|<=|[=<>(),.\-+*]|[A-Za-z][\w:-]*)""")
_MAX_LENGTH = 2_000
_MAX_DEPTH = 12
_MAX_CELL = 32_000
"""Characters of an expression that is written; a cell of Excel holds 32,767."""
_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a condition may name: its item, and the answers by the names they have in the workbook."""

    item: Item
    answers: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Conditions out of an expression. `waits`: unlike the expression, they are not true before there is an answer."""

    conditions: tuple[Condition, ...]
    any_of: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class _Node:
    """A condition, or several joined by "and" or "or"."""

    word: str
    parts: tuple[_Node, ...] = ()
    leaf: Condition | None = None
    waits: bool = False


class _NoEqualError(Exception):
    """The expression says what conditions cannot."""


def conditions_of(expression: str, find: Callable[[str], Asked | None]) -> Mapped | None:
    """Return what an expression says as conditions, None where they cannot say it.

    Args:
        expression: such as "${a} = 'x' and ${n} > 3".
        find: returns the question of a name, None where it is unknown or comes later.
    """
    if len(expression) > _MAX_LENGTH:
        return None
    try:
        node = _Parser(_tokens(expression), find).whole()
    except _NoEqualError:
        return None
    parts = node.parts if node.word else (node,)
    if any(part.word for part in parts) or not 0 < len(parts) <= MAX_CONDITIONS:
        return None
    leaves = tuple(part.leaf for part in parts if part.leaf is not None)
    return Mapped(leaves, node.word == "or" and len(leaves) > 1, any(part.waits for part in parts))


def _tokens(expression: str) -> list[str]:
    found, at, text = [], 0, expression.replace("‘", "'").replace("’", "'").strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NoEqualError
        found.append(match[1])
        at = match.end()
    return found


@dataclass(slots=True)
class _Parser:
    tokens: list[str]
    find: Callable[[str], Asked | None]
    at: int = 0
    depth: int = 0

    def whole(self) -> _Node:
        node = self.either()
        if self.at != len(self.tokens):
            raise _NoEqualError
        return node

    def look(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.look()
        if not token or (wanted and token != wanted):
            raise _NoEqualError
        self.at += 1
        return token

    def either(self) -> _Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _NoEqualError
        parts = [self.both()]
        while self.look() == "or":
            self.take()
            parts.append(self.both())
        self.depth -= 1
        return _joined("or", parts)

    def both(self) -> _Node:
        parts = [self.one()]
        while self.look() == "and":
            self.take()
            parts.append(self.one())
        return _joined("and", parts)

    def one(self) -> _Node:
        if self.look() == "(":
            self.take()
            node = self.either()
            self.take(")")
            return node
        if self.look() == "not":
            self.take()
            self.take("(")
            node = _negated(self.either(), self.find)
            self.take(")")
            return node
        if self.look() == "selected":
            return self.selected()
        return self.comparison()

    def selected(self) -> _Node:
        self.take()
        self.take("(")
        asked = self.asked(self.take())
        self.take(",")
        value = _literal(self.take())
        self.take(")")
        if asked.item.kind not in {ItemKind.CHECK, ItemKind.CHOICE, ItemKind.CHOICES, ItemKind.RATING}:
            raise _NoEqualError
        return _leaf(asked, ConditionTest.IS, _answer(asked, value))

    def comparison(self) -> _Node:
        left, sign, right = self.operand(), self.take(), self.operand()
        if sign not in _TURNED:
            raise _NoEqualError
        if right.startswith("${"):
            left, sign, right = right, _TURNED[sign], left
        asked, value = self.asked(left), _literal(right)
        if value == "":
            if sign not in {"=", "!="}:
                raise _NoEqualError
            return _leaf(asked, ConditionTest.ANSWERED, sign == "!=")
        if sign in {"=", "!="}:
            # Equal to one of several chosen answers means: this one and no other.
            if asked.item.kind is ItemKind.CHOICES:
                raise _NoEqualError
            same = sign == "="
            return _leaf(asked, ConditionTest.IS if same else ConditionTest.IS_NOT, _answer(asked, value), not same)
        return _bound(asked, sign, value)

    def operand(self) -> str:
        token = self.take()
        if token in {"-", "+"}:
            return f"{token}{self.take()}"
        return token

    def asked(self, token: str) -> Asked:
        found = self.find(token[2:-1].strip()) if token.startswith("${") else None
        if found is None or found.item.kind in EVENT_KINDS or found.item.kind is ItemKind.GUIDANCE:
            raise _NoEqualError
        return found


def _literal(token: str) -> str | float:
    if token[:1] in {"'", '"'}:
        return token[1:-1]
    try:
        return float(token)
    except ValueError:
        raise _NoEqualError from None


def _leaf(asked: Asked, test: ConditionTest, value: Value, waits: bool = False) -> _Node:  # noqa: FBT001, FBT002
    return _Node("", leaf=Condition(asked.item.id, test, (value,)), waits=waits)


def _answer(asked: Asked, value: str | float) -> Value:
    """Return the item's answer that is meant, or give up where it has none such."""
    kind = asked.item.kind
    if kind is ItemKind.NUMBER:
        return _number(asked.item, value)
    name = f"{value:g}" if isinstance(value, float) else value
    found = asked.answers.get(name)
    if found is None:
        raise _NoEqualError
    return found


def _number(item: Item, value: str | float) -> int | float:
    try:
        number = float(value)
    except ValueError:
        raise _NoEqualError from None
    low = -MAX_NUMBER if item.low is None else item.low
    high = MAX_NUMBER if item.high is None else item.high
    # Not a number compares false with everything.
    if not low <= number <= high or (not item.decimals and number != math.floor(number)):
        raise _NoEqualError
    return int(number) if number == math.floor(number) else number


def _bound(asked: Asked, sign: str, value: str | float) -> _Node:
    item = asked.item
    if item.kind not in {ItemKind.NUMBER, ItemKind.RATING}:
        raise _NoEqualError
    try:
        number = float(value)
    except ValueError:
        raise _NoEqualError from None
    if not abs(number) <= MAX_NUMBER:
        raise _NoEqualError
    whole = item.kind is ItemKind.RATING or not item.decimals
    if whole:
        number = {
            ">": math.floor(number) + 1, ">=": math.ceil(number), "<": math.ceil(number) - 1, "<=": math.floor(number),
        }[sign]  # fmt: skip
    elif sign in {">", "<"}:
        raise _NoEqualError
    test = ConditionTest.AT_LEAST if sign in {">", ">="} else ConditionTest.AT_MOST
    if item.kind is ItemKind.RATING:
        if number not in {level.number for level in item.levels}:
            raise _NoEqualError
        return _leaf(asked, test, int(number))
    return _leaf(asked, test, _number(item, number))


def _joined(word: str, parts: list[_Node]) -> _Node:
    """Join nodes; those joined by the same word become one level, the same test of one item one condition."""
    flat = [inner for part in parts for inner in (part.parts if part.word == word else (part,))]
    test = ConditionTest.IS if word == "or" else ConditionTest.IS_NOT
    merged: list[_Node] = []
    for node in flat:
        before = next((m for m in merged if _same(m, node, test)), None)
        if before is None or node.leaf is None or before.leaf is None:
            merged.append(node)
            continue
        values = tuple(dict.fromkeys((*before.leaf.values, *node.leaf.values)))
        if len(values) > MAX_CONDITIONS:
            raise _NoEqualError
        merged[merged.index(before)] = replace(before, leaf=replace(before.leaf, values=values))
    return merged[0] if len(merged) == 1 else _Node(word, tuple(merged))


def _same(one: _Node, other: _Node, test: ConditionTest) -> bool:
    return (
        one.leaf is not None
        and other.leaf is not None
        and one.leaf.item == other.leaf.item
        and one.leaf.test is test
        and other.leaf.test is test
    )


def _negated(node: _Node, find: Callable[[str], Asked | None]) -> _Node:
    if node.word:
        return _joined("and" if node.word == "or" else "or", [_negated(part, find) for part in node.parts])
    leaf = node.leaf
    if leaf is None:
        raise _NoEqualError
    if leaf.test is ConditionTest.ANSWERED:
        return replace(node, leaf=replace(leaf, values=(not leaf.values[0],)))
    if leaf.test in {ConditionTest.IS, ConditionTest.IS_NOT}:
        turned = ConditionTest.IS_NOT if leaf.test is ConditionTest.IS else ConditionTest.IS
        return replace(node, leaf=replace(leaf, test=turned), waits=True)
    bound = leaf.values[0]
    if not isinstance(bound, int):
        raise _NoEqualError
    if leaf.test is ConditionTest.AT_LEAST:
        return replace(node, leaf=Condition(leaf.item, ConditionTest.AT_MOST, (bound - 1,)), waits=True)
    return replace(node, leaf=Condition(leaf.item, ConditionTest.AT_LEAST, (bound + 1,)), waits=True)


# --- the way out ------------------------------------------------------------------------------------------------------


def expression_of(
    conditions: tuple[Condition, ...], items: Mapping[str, Item], name: Callable[[str], str], *, any_of: bool
) -> str:
    """Return the conditions as an expression for other tools, "" where nothing of them can be said.

    What another tool cannot know (why there is no answer) is left out, so that it rather shows too much; so is what no
    cell would hold whole.
    """
    parts = [_part(one, items.get(one.item), name(one.item)) for one in conditions]
    if any_of and not all(parts):
        return ""
    said = [part for part in parts if part]
    whole = (" or " if any_of else " and ").join(said if len(said) == 1 else [_in_brackets(part) for part in said])
    return whole if len(whole) <= _MAX_CELL else ""


def _in_brackets(part: str) -> str:
    return f"({part})" if " or " in part or " and " in part else part


def _part(condition: Condition, item: Item | None, name: str) -> str:
    if item is None or item.kind in EVENT_KINDS or item.kind is ItemKind.GUIDANCE:
        return ""
    ref = f"${{{name}}}"
    match condition.test:
        case ConditionTest.ANSWERED:
            return f"{ref} != ''" if condition.values[0] else f"{ref} = ''"
        case ConditionTest.AT_LEAST | ConditionTest.AT_MOST:
            sign = ">=" if condition.test is ConditionTest.AT_LEAST else "<="
            return f"{ref} {sign} {_written(condition.values[0])}"
        case _:
            same = condition.test is ConditionTest.IS
            known = [value for value in condition.values if value not in REASONS]
            if not known:
                return ""
            if item.kind is ItemKind.CHOICES:
                tests = [f"selected({ref}, {_written(value)})" for value in known]
                said = " or ".join(tests)
                return said if same else f"{ref} != '' and not({said})"
            if same:
                return " or ".join(f"{ref} = {_written(value)}" for value in known)
            return " and ".join([f"{ref} != ''", *(f"{ref} != {_written(value)}" for value in known)])


def _written(value: Value) -> str:
    return f"'{value}'" if isinstance(value, str) else number_text(value)


def number_text(value: float) -> str:
    """Return a number without an exponent, which XPath does not know."""
    return str(int(value)) if value == math.floor(value) else f"{Decimal(repr(float(value))):f}"


def conditions_text(conditions: tuple[Condition, ...], *, any_of: bool) -> str:
    """Return the conditions exactly, for a column of our own: {"all": [{"item": "a", "is": ["yes"]}]}."""
    if not conditions:
        return ""
    rows = [{"item": one.item, one.test.value: list(one.values)} for one in conditions]
    return json.dumps({"any" if any_of else "all": rows}, ensure_ascii=False)


def conditions_in(text: str) -> tuple[tuple[Condition, ...], bool]:
    """Read `conditions_text` back.

    Raises:
        ValueError: it is something else.
    """
    try:
        data = json.loads(text)
        ((word, rows),) = data.items()
        if word not in {"all", "any"}:
            raise ValueError(word)
        found = []
        for row in rows:
            ((test, values),) = ((key, value) for key, value in row.items() if key != "item")
            if not values or not all(isinstance(value, (str, int, float)) for value in values):
                raise ValueError(test)
            found.append(Condition(str(row["item"]), ConditionTest(test), tuple(values)))
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(text[:40]) from error
    return tuple(found), word == "any"


def answers_of(item: Item) -> dict[str, str | int]:
    """Return the answers of an item by the names that they have on the way out."""
    match item.kind:
        case ItemKind.CHECK:
            return {YES: YES, NO: NO}
        case ItemKind.RATING:
            return {str(level.number): level.number for level in item.levels}
        case _:
            found: dict[str, str | int] = {option.id: option.id for option in item.options}
            return {**found, OTHER: OTHER} if item.other else found
