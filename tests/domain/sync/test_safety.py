"""Whom to believe when a card appears."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.sync.card import Card, Colleague, Trust
from observe_app.domain.sync.safety import may_share_to, same_name, trust_of


def card(key, name="Ana Grün", person="p-ana", previous=""):
    return Card(key * 32, name, person, "age1", "00", previous * 32)


def known(key, name="Ana Grün", person="p-ana", trust=Trust.CHECKED, *, me=False):
    return Colleague(card(key, name, person), trust, me=me)


def test_the_first_card_is_new():
    assert trust_of(card("a"), []) is Trust.NEW
    assert trust_of(card("a"), [known("b", "Ben", "p-ben")]) is Trust.NEW


@pytest.mark.parametrize("trust", Trust)
def test_a_known_key_stays_what_it_is(trust):
    assert trust_of(card("a"), [known("a", trust=trust)]) is trust


def test_somebody_who_writes_their_own_name_anew_stays_checked():
    assert trust_of(card("a", "Ana Blau"), [known("a"), known("b", "Ben", "p-ben")]) is Trust.CHECKED


@pytest.mark.parametrize(("name", "person"), [("Ben", "p-ana"), ("Ana Grün", "p-ben")])
def test_a_known_key_that_takes_somebody_elses_place_is_red(name, person):
    assert trust_of(card("a", name, person), [known("a"), known("b", "Ben", "p-ben")]) is Trust.CHANGED


@pytest.mark.parametrize(
    ("name", "person"),
    [("Ana Grün", "p-other"), ("Somebody", "p-ana"), ("ana  GRUN", "p-other"), ("Ana\u00a0Gru\u0308n.", "p-other")],
)
def test_another_key_with_the_same_name_or_person_is_red(name, person):
    assert trust_of(card("b", name, person), [known("a")]) is Trust.CHANGED


def test_ones_own_name_under_another_key_is_red():
    assert trust_of(card("b"), [known("a", me=True)]) is Trust.CHANGED


@pytest.mark.parametrize("trust", Trust)
def test_a_key_that_the_old_one_signed_is_what_the_old_one_was(trust):
    assert trust_of(card("b", previous="a"), [known("a", trust=trust)], follows=True) is trust


def test_naming_an_old_key_is_not_enough():
    assert trust_of(card("b", previous="a"), [known("a")]) is Trust.CHANGED


def test_a_key_that_follows_cannot_take_a_third_persons_place():
    people = [known("a"), known("c", "Cem", "p-cem")]

    assert trust_of(card("b", "Cem", previous="a"), people, follows=True) is Trust.CHANGED


def test_nothing_is_shared_to_a_red_card():
    assert [may_share_to(one) for one in (Trust.NEW, Trust.CHECKED, Trust.CHANGED)] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana", "ANA ", True),
        ("Müller", "Muller", True),
        ("Straße", "STRASSE", True),
        ("Ａna", "Ana", True),
        ("O'Neil", "ONeil", True),
        ("Ana", "Anna", False),
        ("की", "का", False),
        ("李", "王", False),
        ("", "", False),
        ("...", "---", False),
    ],
)
def test_names_that_look_alike_are_the_same(one, other, same):
    assert same_name(one, other) is same


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_direction(one, other):
    assert same_name(one, other) == same_name(other, one)
