"""Letters by chance: whatever is changed in one, it is refused or it is right."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.sync.letter import Audience, AudienceKind
from observe_app.domain.sync.segment import NotOurs, NotReady, frame, parse
from observe_app.services.sync import crypto, letters
from observe_app.services.sync.letters import LetterBad, NotForMe

from .letter_hands import BEN, CIPHER, FOLDER, REASONS, VERIFY, changed, letter, lines, pack, read, sealed, signed


def tried(raw, keys=BEN):
    """Read whatever this is; return the letter where it is one."""
    try:
        header, body = parse(raw)
    except (NotReady, NotOurs):
        return None
    try:
        return letters.open_letter(header, body, keys, VERIFY.get, folder=FOLDER, cipher=CIPHER)
    except NotForMe:
        return None
    except LetterBad as error:
        reason = error.reason
    assert reason in REASONS
    return None


def mutated(data, dice):
    """Flip, cut, double, move, or put odd bytes in."""
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5))):
        if not spoilt:
            break
        place = dice.randrange(len(spoilt))
        length = dice.choice((1, 1, 2, 8, 40))
        way = dice.randrange(6)
        if way == 0:
            spoilt[place] ^= 1 << dice.randrange(8)
        elif way == 1:
            del spoilt[place : place + length]
        elif way == 2:
            spoilt[place:place] = spoilt[dice.randrange(len(spoilt)) :][:length]
        elif way == 3:
            spoilt[place : place + length] = dice.randbytes(length)
        elif way == 4:
            odd = (b"null", b"[", b"]", b"{", b"}", b'"', b",", b"1e999", b"NaN", b"\\ud800", b"-1", b"\n", b"true")
            spoilt[place:place] = dice.choice(odd)
        else:
            spoilt[place : place + length] = bytes(length)
    return bytes(spoilt)


def fuzz(seconds, seed, make):
    dice = random.Random(seed)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        make(dice)
        count += 1
    return count


SEALED = pack(letter())
OPEN = pack(letter(audience=Audience(AudienceKind.ALL)))
TEXT = lines()


def _whole(dice):
    raw = dice.choice((SEALED, OPEN))
    found = mutated(raw, dice)
    assert tried(found) is None or found == raw


def _reframed(dice):
    header, body = parse(dice.choice((SEALED, OPEN)))
    spoilt = mutated(body, dice)
    found = tried(frame(spoilt, writer=header.writer, seq=3, previous=header.previous, public=header.public))
    # A public letter with more zeros behind it, or fewer, says the same.
    assert found is None or spoilt == body or crypto.unsqueeze(spoilt) == crypto.unsqueeze(body)


def _resealed(dice):
    opened = BEN.open(parse(SEALED)[1])
    spoilt = mutated(opened, dice)
    found = tried(frame(CIPHER.seal(spoilt, [BEN.recipient]), writer="aabbccdd", seq=3, previous="ab" * 32))
    # What is beyond the end of the packed part is padding: more zeros or fewer say the same.
    assert found is None or crypto.unsqueeze(spoilt) == crypto.unsqueeze(opened)


def _resigned(dice):
    parts = list(TEXT)
    place = dice.randrange(len(parts))
    parts[place] = mutated(parts[place], dice)
    found = tried(signed(parts))
    if found is not None:  # a right letter of Ana's, whatever it says; it can be packed again
        assert read(pack(found)) == found


@pytest.mark.parametrize("make", [_whole, _reframed, _resealed, _resigned])
def test_mutated_letters_are_refused_or_right(make):
    assert fuzz(2.5, 20_260_310, make) > 100


@pytest.mark.long
@pytest.mark.parametrize("make", [_whole, _reframed, _resealed, _resigned])
def test_mutated_letters_are_refused_or_right_for_long(make):
    assert fuzz(300, time.time_ns(), make) > 1_000


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data):
    assert tried(data) is None
    assert tried(sealed(data)) is None
    assert tried(sealed(crypto.squeeze(data))) is None
    assert tried(frame(data, writer="aabbccdd", seq=3, previous="")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=9), inner, max_size=5),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=5))
def test_any_json_rightly_signed_is_refused(values):
    parts = [json.dumps(value).encode() for value in values]

    assert tried(signed(parts)) is None
    assert tried(signed([*TEXT[:2], *parts])) is None or parts == TEXT[2:]


@given(st.sampled_from(range(9)), JSON)
def test_any_field_of_a_change_is_refused_or_travels(place, value):
    parts = changed(2, lambda fields: [*fields[:place], value, *fields[place + 1 :]])
    found = tried(signed(parts))

    if found is not None:
        assert read(pack(found)) == found
