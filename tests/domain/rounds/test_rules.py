"""Rules of a round: kept and read without loss, refused with every problem at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import RulesInvalid
from observe_app.domain.rounds.rules import Hours, OwnCount, Rules, Travel, checked, dumps, loads

from .schools import rules

NAMES = ("p0", "p1", "p2")


@given(rules(NAMES))
def test_rules_come_back_as_they_were(made: Rules) -> None:
    again = loads(dumps(made))

    assert dumps(again) == dumps(checked(made, NAMES))
    assert (again.observes, again.own, again.protected, again.shape) == (
        made.observes, made.own, made.protected, made.shape,
    )  # fmt: skip


def test_what_is_left_out_is_as_plain_rules_have_it() -> None:
    assert loads("{}") == Rules()
    assert loads('{"observes": 2}') == Rules(observes=2)


def test_every_problem_is_told_at_once() -> None:
    text = json.dumps(
        {
            "observes": 21,
            "observed": "two",
            "subject": "blue",
            "subject_must": 1,
            "own": [{"person_id": "p0", "observes": True}, {"person_id": "p0"}, 7],
            "exclusions": [["p0", "p0"], ["p0"], ["p1", "p2"]],
            "travel": [{"one": "N", "other": "n", "minutes": 3}, {"one": "", "other": "S", "minutes": 999}],
            "protected": [{"weekday": 9, "start_min": 600, "end_min": 600}],
            "minutes": 2,
        }
    )

    with pytest.raises(RulesInvalid) as refused:
        loads(text)

    assert {(one.field, one.rule, one.where) for one in refused.value.problems} == {
        ("observes", "out_of_range", 0), ("observed", "not_a_number", 0), ("subject", "unknown", 0),
        ("subject_must", "unknown", 0), ("own", "not_a_number", 1), ("own", "twice", 2), ("own", "unknown", 3),
        ("exclusions", "one_person", 1), ("exclusions", "unknown", 2), ("travel", "twice", 1), ("travel", "empty", 2),
        ("travel", "out_of_range", 2), ("protected", "out_of_range", 1), ("protected", "empty", 1),
        ("minutes", "out_of_range", 0),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "[]", "7", '{"version": 2}', '{"version": "x"}', "[" * 100_000])
def test_what_is_no_rules_is_refused(text: str) -> None:
    with pytest.raises(RulesInvalid):
        loads(text)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
)


@given(st.dictionaries(st.sampled_from([*json.loads(dumps(Rules())), "x"]), _ANY, max_size=6))
def test_any_object_is_read_or_refused(value: dict[str, Any]) -> None:
    text = json.dumps(value)
    try:
        found = loads(text)
    except RulesInvalid:
        with pytest.raises(RulesInvalid, match="RuleProblem"):
            loads(text)
    else:
        assert loads(dumps(found)) == found


def test_people_who_do_not_take_part_are_named() -> None:
    made = Rules(own=(OwnCount("gone", 1),), exclusions=(("p0", "lost"),), protected=(Hours(0, 1, 2, "away"),))

    with pytest.raises(RulesInvalid) as refused:
        checked(made, NAMES)

    assert {(one.field, one.rule, one.value) for one in refused.value.problems} == {
        ("own", "stranger", "gone"), ("exclusions", "stranger", "lost"), ("protected", "stranger", "away"),
    }  # fmt: skip


def test_a_way_told_twice_in_different_lengths_is_a_problem() -> None:
    with pytest.raises(RulesInvalid):
        checked(Rules(travel=(Travel("N", "S", 5), Travel("s", "N", 6))))
