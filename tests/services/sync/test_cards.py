"""Cards of colleagues, the number that two compare, and what a hostile card is refused for."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import CardUnusable
from observe_app.services.sync import cards, crypto
from observe_app.store.identity import bech32, fingerprint_of

NOW = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
ANA, BEN = (crypto.keys_of(crypto.new_words(lambda _count, n=n: bytes([n] * 16))) for n in (1, 2))
RAW = cards.make(ANA, name="Ana Grün", person_id="p-ana", at=NOW)


def refused(raw):
    with pytest.raises(CardUnusable) as caught:
        cards.read(raw)
    return caught.value.reason


def signed(keys=ANA, **changes):
    """A card with these fields, rightly signed."""
    about = json.loads(json.loads(RAW)["card"]) | changes
    text = json.dumps({name: value for name, value in about.items() if value != "left out"})
    return json.dumps({"card": text, "signature": keys.sign(b"observe-card-1\n" + text.encode()).hex()}).encode()


def test_a_card_says_who_somebody_is():
    card = cards.read(RAW)

    assert (card.name, card.person_id, card.at) == ("Ana Grün", "p-ana", NOW)
    assert (card.fingerprint, card.recipient, card.verify_key) == (ANA.fingerprint, ANA.recipient, ANA.verify_key)
    assert cards.verify(card)
    assert not cards.verify(replace(card, verify_key=BEN.verify_key))


def test_a_card_lies_under_a_name_that_every_system_takes():
    assert cards.NAME.fullmatch(cards.file_name(RAW))
    assert cards.file_name(RAW).startswith(ANA.fingerprint[:16])
    assert cards.file_name(RAW) != cards.file_name(cards.make(ANA, name="Ana", person_id="p-ana", at=NOW))


@pytest.mark.parametrize(
    "name", ["people/a.card", "../0123456789abcdef-01234567.card", "0123456789ABCDEF-01234567.card"]
)
def test_other_names_are_no_cards(name):
    assert not cards.NAME.fullmatch(name)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ana\tGrün \n", "Ana Grün"),
        ("Ana\u202egnirts", "Anagnirts"),
        ("A\u200bna\x00", "Ana"),
        ("Gru\u0308n", "Grün"),
        ("नीता शर्मा", "नीता शर्मा"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_name_is_one_line_that_reads_as_it_is_written(given, kept):
    assert cards.read(cards.make(ANA, name=given, person_id="p", at=NOW)).name == kept


@given(st.text(max_size=300))
def test_every_name_makes_a_card_or_is_none(name):
    if cards.tidy(name):
        assert cards.read(cards.make(ANA, name=name, person_id="p", at=NOW)).name == cards.tidy(name)
    else:
        with pytest.raises(ValueError, match="name"):
            cards.make(ANA, name=name, person_id="p", at=NOW)


# --- new keys --------------------------------------------------------------------------------------------------------


def test_a_new_key_follows_where_the_old_one_signed():
    raw = cards.make(BEN, name="Ana Grün", person_id="p-ana", at=NOW, previous=ANA)

    assert cards.follows(raw, cards.read(RAW))
    assert cards.read(raw).previous == ANA.fingerprint
    assert not cards.follows(RAW, cards.read(raw))


def test_nobody_follows_by_saying_so():
    plain = signed(BEN, previous=ANA.fingerprint, recipient=BEN.recipient, verify=BEN.verify_key)
    whole = json.loads(plain)
    itself = whole | {"previous_signature": BEN.sign(b"observe-card-handover-1\n" + whole["card"].encode()).hex()}
    # The old key's signature under its own card is none under a new one.
    other = whole | {"previous_signature": json.loads(RAW)["signature"]}

    for raw in (plain, json.dumps(itself).encode(), json.dumps(other).encode()):
        assert not cards.follows(raw, cards.read(RAW))


# --- the number ------------------------------------------------------------------------------------------------------


def test_a_number_is_twenty_digits_and_always_the_same():
    number = cards.safety_number(cards.read(RAW))

    assert number == "7150 5318 9181 1101 0224"
    assert [len(group) for group in number.split()] == [4] * 5
    assert number.replace(" ", "").isdigit()


def test_a_number_is_of_both_keys_and_of_nothing_else():
    card = cards.read(RAW)
    number = cards.safety_number(card)

    assert cards.safety_number(replace(card, name="Eve", person_id="e")) == number
    assert cards.safety_number(replace(card, recipient=BEN.recipient)) != number
    assert cards.safety_number(replace(card, verify_key=BEN.verify_key)) != number


# --- hostile ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "damaged"),
        ({"name": "Ana\u202e"}, "damaged"),
        ({"name": "x" * 201}, "damaged"),
        ({"name": "A\nB"}, "damaged"),
        ({"name": 1}, "damaged"),
        ({"name": "left out"}, "damaged"),
        ({"person": "../p"}, "damaged"),
        ({"person": ""}, "damaged"),
        ({"person": ["p"]}, "damaged"),
        ({"verify": "AB" * 32}, "damaged"),
        ({"verify": BEN.verify_key}, "signature"),
        ({"recipient": "age1nobody"}, "damaged"),
        ({"recipient": ANA.recipient.upper()}, "damaged"),
        ({"recipient": ANA.recipient[:-1] + "q"}, "key"),
        ({"recipient": bech32("age", bytes(32))}, "key"),
        ({"previous": "x"}, "damaged"),
        ({"previous": None}, "damaged"),
        ({"at": "2026-02-30T00:00:00.000000Z"}, "damaged"),
        ({"at": "yesterday"}, "damaged"),
        ({"at": "left out"}, "damaged"),
        ({"v": 2}, "newer"),
        ({"v": "1"}, "damaged"),
        ({"v": True}, "damaged"),
    ],
)
def test_odd_fields_are_refused_though_signed(change, reason):
    assert refused(signed(**change)) == reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"null", "damaged"),
        (b"[]", "damaged"),
        (b"{}", "damaged"),
        (b"[" * 10_000, "damaged"),
        (b'{"card":' * 2_000, "damaged"),
        (RAW[:-1], "damaged"),
        (RAW + b" " * 16_384, "too_large"),
        (RAW.replace(b'"signature"', b'"signature":"","signature"'), "damaged"),
        (RAW.replace("Grün".encode(), b"Gruen"), "signature"),
        (RAW.replace("Grün".encode(), b"\\ud800"), "damaged"),
        (RAW.replace(b'"signature":"', b'"signature":"00'), "damaged"),
    ],
)
def test_files_that_are_no_card_are_refused(raw, reason):
    assert refused(raw) == reason


def test_a_card_signed_by_another_is_refused():
    assert refused(signed(BEN)) == "signature"


def test_fields_to_come_are_passed_over():
    assert cards.read(signed(mood="fine")).name == "Ana Grün"


def test_no_mutated_card_is_believed():
    dice = random.Random(20_260_310)
    good = cards.read(RAW)
    for _ in range(4_000):
        raw = bytearray(RAW)
        place = dice.randrange(len(raw))
        raw[place : place + dice.randrange(3)] = dice.choice((b"", b"\0", b'"', b"{", b"\\", dice.randbytes(2)))
        try:
            found = cards.read(bytes(raw))
        except CardUnusable:
            continue
        assert found == good


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused(raw):
    assert refused(raw) in {"damaged", "newer"}


def test_a_card_of_made_up_keys_takes_nobodys_fingerprint():
    recipient = bech32("age", os.urandom(32))

    assert fingerprint_of(recipient, ANA.verify_key) != ANA.fingerprint
