"""Twelve words and keys, age with its fillers and bounds, sizes, packing."""

from __future__ import annotations

import contextlib
import copy
import os
import pickle
import random
import time
import zlib

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import WordsWrong
from observe_app.services.sync import crypto
from observe_app.services.words import describe
from observe_app.store import twelve_words
from observe_app.store.identity import bech32, from_bech32

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
SECRET = bytes([0x7F] * 16)


@pytest.fixture(scope="module")
def keys():
    return crypto.keys_of(WORDS)


@pytest.fixture(scope="module")
def other():
    return crypto.keys_of(crypto.new_words(bytes))


# --- words -----------------------------------------------------------------------------------------------------------


def test_words_are_those_of_bip_39():
    assert crypto.secret_of(WORDS) == SECRET
    assert crypto.new_words(lambda count: SECRET[:count]) == WORDS


@given(st.binary(min_size=16, max_size=16))
def test_words_lead_back_to_the_secret(secret):
    words = twelve_words.of_secret(secret)

    assert len(words.split()) == 12
    assert crypto.secret_of(words) == secret


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        WORDS.replace(" ", "\n"),
        "  " + WORDS.replace(" ", " \t\u00a0 ") + " \r\n",
        ", ".join(f"{place}. {word.title()}" for place, word in enumerate(WORDS.split(), 1)),
        " ".join(word[:4] for word in WORDS.split()),
        WORDS.replace("legal", "légal").replace("winner", "wi\u0301nner"),
        WORDS.replace("year", "ｙｅａｒ"),
    ],
)
def test_how_words_are_typed_does_not_matter(typed):
    assert crypto.secret_of(typed) == SECRET


@pytest.mark.parametrize(
    ("typed", "reason", "position", "nearest"),
    [
        ("", "count", 0, ""),
        (WORDS.rsplit(" ", 1)[0], "count", 0, ""),
        (WORDS + " legal", "count", 0, ""),
        (WORDS.replace("sausage", "sausgae"), "misspelt", 6, "sausage"),
        (WORDS.replace("useful", "usefull"), "misspelt", 8, "useful"),
        (WORDS.replace("thank", "qqqqqqqqqq", 1), "unknown", 3, ""),
        (WORDS.replace("year", "wave"), "checksum", 0, ""),
        ("winner legal" + WORDS[12:], "checksum", 0, ""),
    ],
)
def test_it_is_said_what_is_wrong_with_words(typed, reason, position, nearest):
    with pytest.raises(WordsWrong) as caught:
        crypto.secret_of(typed)

    assert (caught.value.reason, caught.value.position, caught.value.nearest) == (reason, position, nearest)


def test_wrong_words_show_on_screen_and_are_not_printed():
    with pytest.raises(WordsWrong) as caught:
        crypto.secret_of(WORDS.replace("sausage", "sausgae"))

    assert "“sausage”" in describe(caught.value).text
    assert "saus" not in repr(caught.value) + str(caught.value) + str(caught.value.args)
    assert caught.value.__cause__ is None


@given(st.text(max_size=400))
def test_whatever_is_typed_ends_in_a_secret_or_in_what_is_wrong(typed):
    try:
        secret, reason = crypto.secret_of(typed), ""
    except WordsWrong as error:
        secret, reason = b"", error.reason
    assert len(secret) == 16 or reason in {"count", "misspelt", "unknown", "checksum"}


def test_very_much_typed_takes_no_time():
    start = time.monotonic()
    with pytest.raises(WordsWrong):
        crypto.secret_of("legal " * 2_000_000)

    assert time.monotonic() - start < 2


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_same_words_give_the_same_keys_for_ever(keys):
    assert keys.recipient == "age1hup6240haw2apcphanlmf3jchvmenh86e94dh7fjh5cx63skfdzssl3lln"
    assert keys.verify_key == "bf092a437fd48de060123bf5711f46a40a6470224ede40bdd2a6b7e4c361b100"
    assert keys.fingerprint == "7e2db2fba10490f21c7de2592dd8b33d"


def test_keys_are_not_printed_copied_or_pickled(keys):
    assert repr(keys) == str(keys) == f"PersonKeys({keys.fingerprint})"
    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            way(keys)


def test_a_secret_of_another_length_makes_no_keys():
    with pytest.raises(ValueError, match="16 bytes"):
        crypto.PersonKeys(bytes(15))


@given(st.binary(min_size=32, max_size=32))
def test_bech32_is_that_of_age(data):
    text = bech32("age-secret-key-", data)

    assert str(pyrage.x25519.Identity.from_str(text.upper())) == text.upper()
    assert from_bech32("age-secret-key-", text) == data
    assert crypto.usable_recipient(str(pyrage.x25519.Identity.from_str(text.upper()).to_public()))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_recipient_with_one_wrong_letter_is_none(data, place, char):
    text = bech32("age", data)
    wrong = text[:place] + char + text[place + 1 :]

    assert wrong == text or from_bech32("age", wrong) is None


@given(st.text(max_size=130) | st.text("age1qpzry9x8gf2tvdw0s3jn54khce6mua7l", max_size=130).map("age1".__add__))
def test_what_is_no_recipient_is_found_out(text):
    if crypto.usable_recipient(text):
        pyrage.x25519.Recipient.from_str(text)


@pytest.mark.parametrize(
    "point",
    [
        "00" * 32,
        "01" + "00" * 31,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ],
)
def test_keys_that_keep_no_secret_are_refused(point):
    assert not crypto.usable_recipient(bech32("age", bytes.fromhex(point)))


def test_signatures_are_checked(keys, other):
    signature = keys.sign(b"word")

    assert crypto.verified(keys.verify_key, b"word", signature)
    assert not crypto.verified(keys.verify_key, b"sword", signature)
    assert not crypto.verified(other.verify_key, b"word", signature)
    assert not crypto.verified(keys.verify_key, b"word", signature[:-1])
    assert not crypto.verified("zz", b"word", signature)
    assert not crypto.verified("", b"word", b"")


# --- encrypting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "shown"), [(1, 4), (4, 4), (5, 8), (9, 16), (17, 32), (48, 48)])
def test_a_file_shows_one_of_few_numbers_of_readers(keys, people, shown):
    others = [bech32("age", os.urandom(32)) for _ in range(people - 1)]

    data = crypto.encrypt(b"word", [keys.recipient, *others], os.urandom)

    # age itself adds a stanza of nonsense at times.
    assert crypto.stanzas(data) in {shown, shown + 1}
    assert keys.open(data) == b"word"


def test_a_reader_named_twice_is_one(keys):
    assert crypto.stanzas(crypto.encrypt(b"", [keys.recipient] * 9, os.urandom)) <= 5


def test_too_many_readers_are_refused(keys):
    with pytest.raises(crypto.TooManyPeople):
        crypto.encrypt(b"", [bech32("age", os.urandom(32)) for _ in range(49)], os.urandom)


@pytest.mark.parametrize("people", [[], ["age1nobody"], [""], [bech32("age", bytes(31))]])
def test_nobody_is_encrypted_to_who_is_no_reader(people):
    with pytest.raises(ValueError, match=r"recipient|nobody"):
        crypto.encrypt(b"word", people, os.urandom)


def test_others_do_not_open_it(keys, other):
    data = crypto.encrypt(b"word", [keys.recipient], os.urandom)

    with pytest.raises(crypto.NotForMe):
        other.open(data)


def test_fillers_come_from_the_given_source(keys):
    asked = []

    def source(count):
        asked.append(count)
        return random.Random(7).randbytes(count) if len(asked) == 1 else os.urandom(count)

    crypto.encrypt(b"", [keys.recipient], source)

    assert asked == [32, 32, 32]


def test_age_itself_opens_what_we_write(keys):
    identity = pyrage.x25519.Identity.from_str(bech32("age-secret-key-", _age_secret()).upper())

    found = pyrage.decrypt(crypto.encrypt(crypto.squeeze(b"word"), [keys.recipient], os.urandom), [identity])

    assert zlib.decompressobj().decompress(found) == b"word"


def _age_secret() -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, b"observe-identity-1", b"observe-age-1").derive(SECRET)


def test_a_head_of_thousands_is_refused_before_age_sees_it(keys):
    data = crypto.encrypt(b"word", [keys.recipient], os.urandom)
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    crowd = data.replace(b"-> ", stanza * 4_000 + b"-> ", 1)
    start = time.monotonic()

    with pytest.raises(crypto.Unreadable):
        keys.open(crowd)

    assert time.monotonic() - start < 0.2


def test_as_many_stanzas_as_allowed_are_read(keys):
    data = crypto.encrypt(b"word", [keys.recipient], os.urandom)
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    count = crypto.stanzas(data)

    assert crypto.stanzas(data.replace(b"-> ", stanza * (64 - count) + b"-> ", 1)) == 64
    assert crypto.stanzas(data.replace(b"-> ", stanza * (65 - count) + b"-> ", 1)) == 65


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v2\n-> X25519 A\n\n--- A\n",
        b"age-encryption.org/v1\n" + b"-> a" + b"b" * 10_000_000 + b"\n",
        b"age-encryption.org/v1\n-> X25519 a\n" + (b"A" * 64 + b"\n") * 200_000,
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    ],
)
def test_what_is_no_age_file_is_found_out_at_once(keys, data):
    start = time.monotonic()

    with pytest.raises(crypto.Unreadable):
        keys.open(data)

    assert time.monotonic() - start < 0.5


def test_every_cut_of_a_file_is_damage_and_not_for_others(keys):
    data = crypto.encrypt(b"word" * 10, [keys.recipient], os.urandom)

    for length in range(len(data)):
        with pytest.raises(crypto.Unreadable):
            keys.open(data[:length])


def test_no_flipped_bit_goes_through(keys):
    data = crypto.encrypt(b"word" * 10, [keys.recipient], os.urandom)

    for place in range(0, len(data) * 8, 7):
        spoilt = bytearray(data)
        spoilt[place // 8] ^= 1 << place % 8
        with pytest.raises((crypto.Unreadable, crypto.NotForMe)):
            keys.open(bytes(spoilt))


@pytest.mark.usefixtures("slow_passphrases")
def test_guessing_a_passphrase_costs_its_price_each_time():
    data = crypto.encrypt_with_passphrase(b"word", "four words put together")

    assert crypto.decrypt_with_passphrase(data, "four words put together") == b"word"
    kind, _salt, work = data.split(b"\n")[1].split()[1:]
    assert kind == b"scrypt"
    assert int(work) >= 14, "a file that many thousands of passphrases a minute can be tried on"


def test_a_passphrase_file_is_not_for_a_key_and_the_other_way_round(keys):
    data = crypto.encrypt_with_passphrase(b"word", "four words put together")

    assert crypto.decrypt_with_passphrase(data, "four words put together") == b"word"
    with pytest.raises((crypto.NotForMe, crypto.Unreadable)):
        keys.open(data)
    with pytest.raises(crypto.NotForMe):
        crypto.decrypt_with_passphrase(crypto.encrypt(b"word", [keys.recipient], os.urandom), "four words")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt_with_passphrase(b"PK", "four words")


# --- packing ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, 70_000_000))
def test_padding_costs_an_eighth_at_most_and_leaves_few_sizes(length):
    padded = crypto.padded_length(length)

    assert padded >= max(length, 256)
    assert padded <= max(256, length * 1.12)
    assert crypto.padded_length(padded) == padded


def test_few_sizes_are_left():
    assert len({crypto.padded_length(length) for length in range(100_000)}) < 200


@given(st.binary(max_size=3_000))
def test_what_is_squeezed_comes_back(data):
    packed = crypto.squeeze(data)

    assert len(packed) == crypto.padded_length(len(packed))
    assert crypto.unsqueeze(packed) == data


def test_a_bomb_is_stopped_at_the_limit():
    bomb = zlib.compress(bytes(10_000_001), 9)
    start = time.monotonic()

    assert len(crypto.unsqueeze(zlib.compress(bytes(10_000_000)), 10_000_000)) == 10_000_000
    with pytest.raises(crypto.Unreadable, match="too long"):
        crypto.unsqueeze(bomb, 10_000_000)
    assert time.monotonic() - start < 2


@given(st.binary(max_size=300))
def test_whatever_is_unpacked_ends_in_bytes_or_in_one_error(data):
    for raw in (data, crypto.squeeze(b"word")[:12] + data, zlib.compress(data) + data):
        with contextlib.suppress(crypto.Unreadable):
            crypto.unsqueeze(raw)


def test_padding_hides_nothing():
    with pytest.raises(crypto.Unreadable, match="padding"):
        crypto.unsqueeze(zlib.compress(b"word") + b"\0\0x")


def test_a_cut_packing_is_damage():
    packed = zlib.compress(os.urandom(500))

    for length in range(len(packed)):
        with pytest.raises(crypto.Unreadable):
            crypto.unsqueeze(packed[:length])


def test_more_than_readers_take_is_not_packed():
    with pytest.raises(ValueError, match="too long"):
        crypto.squeeze(bytes(crypto.MOST_PLAIN + 1))
