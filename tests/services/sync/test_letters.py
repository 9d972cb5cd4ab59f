"""Letters between people: what goes through, and what a hostile one is refused for."""

from __future__ import annotations

import json
import time
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.sync.letter import Audience, AudienceKind, Removal
from observe_app.domain.sync.segment import frame, parse
from observe_app.services.sync import letters
from observe_app.services.sync.letters import LetterBad, NotForMe

from .letter_hands import (
    ANA,
    BEN,
    CIPHER,
    EVE,
    FOLDER,
    HEAD,
    OP,
    RECIPIENTS,
    VERIFY,
    changed,
    letter,
    lines,
    pack,
    read,
    refused,
    sealed,
    signed,
    visit,
)

# --- what goes through -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "audience", [visit(ANA, BEN), visit(BEN), Audience(AudienceKind.ALL), visit(ANA, BEN, EVE, author=BEN)]
)
def test_a_letter_is_read_as_it_was_written(audience):
    one = letter(audience=audience, covers=("cd" * 32,))

    assert read(pack(one)) == one


def test_what_is_for_oneself_only_oneself_reads():
    one = letter(audience=Audience(AudienceKind.ME, members=(ANA.fingerprint,)))

    assert read(pack(one), keys=ANA) == one
    with pytest.raises(NotForMe):
        read(pack(one), keys=BEN)


def test_others_of_the_folder_cannot_read_what_is_for_a_visit():
    with pytest.raises(NotForMe):
        read(pack(letter()), keys=EVE)


def test_who_was_removed_travels_with_a_letter_and_is_missing_in_older_ones():
    many = tuple(Removal(f"{place:016x}", f"v-{place}", BEN.fingerprint) for place in range(letters.MOST_REMOVALS))

    assert read(pack(letter(removals=many))).removals == many
    assert b"removals" not in lines()[0]


@pytest.mark.parametrize("wrong", ["", ["00" * 8], ["00" * 8, "v-1", "no fingerprint"], [["00" * 8, "v-1", "ab" * 16]]])
def test_a_removal_that_cannot_be_read_spoils_the_letter(wrong):
    assert refused(signed(changed(0, lambda head: head | {"removals": wrong}))).reason == "content"


def test_a_first_letter_has_none_before_it():
    assert read(pack(letter(seq=1), previous="")).seq == 1


VALUES = (
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=300)
)  # fmt: skip


@given(st.lists(VALUES, max_size=20))
def test_every_value_that_a_cell_may_hold_travels(values):
    ops = tuple(replace(OP, op=f"{place:016x}", new=value) for place, value in enumerate(values))
    one = letter(ops=ops, audience=Audience(AudienceKind.ALL))

    found = read(pack(one)).ops

    assert found == ops
    assert [type(op.new) for op in found] == [type(value) for value in values]


def test_long_texts_full_of_brackets_and_quotes_travel():
    text = '[{"\\' * 100_000 + "\n\u2028,,,,"
    one = letter(ops=(replace(OP, new=text),), audience=Audience(AudienceKind.ALL))

    assert read(pack(one)).ops[0].new == text


def test_a_change_of_a_record_with_a_long_history_travels():
    one = letter(ops=(replace(OP, over=tuple(f"{place:016x}" for place in range(letters.MOST_OVER))),))

    assert len(read(pack(one)).ops[0].over) == letters.MOST_OVER


def test_many_changes_travel_quickly():
    ops = tuple(replace(OP, op=f"{place:016x}", new=f"word {place}") for place in range(letters.MOST_OPS))
    start = time.monotonic()

    assert len(read(pack(letter(ops=ops))).ops) == letters.MOST_OPS
    assert time.monotonic() - start < 3


def test_a_letter_says_its_size_and_little_else():
    sizes = {len(pack(letter(ops=(replace(OP, new="w" * length),)))) for length in range(1, 40)}

    assert len(sizes) < 40  # age's own nonsense stanza varies, and hides more
    assert b"event" not in pack(letter())
    assert ANA.fingerprint.encode() not in pack(letter())


# --- what is not sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one",
    [
        letter(ops=(OP,) * (letters.MOST_OPS + 1)),
        letter(ops=(replace(OP, over=("00" * 8,) * (letters.MOST_OVER + 1)),)),
        letter(covers=("ab" * 32,) * (letters.MOST_COVERS + 1)),
        letter(actions=tuple(replace(HEAD, id=f"a-{place}") for place in range(letters.MOST_ACTIONS + 2))),
    ],
)
def test_what_no_reader_would_take_is_not_sent(one):
    with pytest.raises(letters.LetterTooLarge):
        pack(one)


def test_nobody_signs_for_another():
    with pytest.raises(ValueError, match="another"):
        pack(letter(), keys=BEN)


def test_a_reader_without_a_card_is_no_reader():
    with pytest.raises(KeyError):
        letters.pack(letter(), ANA, {ANA.fingerprint: ANA.recipient}, "", cipher=CIPHER)


# --- forged, moved and handed on -------------------------------------------------------------------------------------


def test_a_letter_in_another_name_is_refused():
    error = refused(signed(lines(), keys=EVE, claims=ANA))

    assert (error.reason, error.signer) == ("signature", ANA.fingerprint)


def test_a_letter_whose_lines_name_another_signer_is_refused():
    raw = signed(changed(0, lambda head: head.update(signer=ANA.fingerprint)), keys=EVE)

    assert refused(raw).reason == "content"


def test_somebody_without_a_card_is_refused_before_anything_is_parsed():
    error = refused(signed([b"["]), verify={BEN.fingerprint: BEN.verify_key}.get)

    assert (error.reason, error.signer) == ("unknown_signer", ANA.fingerprint)


def test_a_letter_of_another_folder_is_refused():
    assert refused(pack(letter()), folder="0197d2c5-ffff").reason == "folder"


def test_a_letter_handed_on_to_somebody_else_is_refused():
    signed_for_ben = BEN.open(parse(pack(letter()))[1])
    handed_on = CIPHER.seal(signed_for_ben, [EVE.recipient])

    error = refused(frame(handed_on, writer="aabbccdd", seq=3, previous="ab" * 32), keys=EVE)

    assert error.reason == "not_addressed"


def test_a_private_letter_made_public_is_refused():
    opened = BEN.open(parse(pack(letter()))[1])

    assert refused(frame(opened, writer="aabbccdd", seq=3, previous="ab" * 32, public=True)).reason == "public"


def test_a_public_letter_made_private_is_refused():
    assert refused(signed(lines(), public=False)).reason == "public"


def test_a_letter_for_oneself_signed_by_another_is_refused():
    about = {"kind": "me", "visit": "", "author": "", "members": [BEN.fingerprint]}

    assert refused(signed(changed(0, lambda head: head.update(audience=about)), public=False)).reason == "content"


@pytest.mark.parametrize(
    ("field", "outside"),
    [
        ("writer", {"writer": "ffffffff"}),
        ("seq", {"seq": 4}),
        ("previous", {"previous": "cd" * 32}),
        ("previous", {"previous": ""}),
        ("covers", {"covers": ("cd" * 32,)}),
    ],
)
def test_what_the_file_says_outside_must_be_what_is_signed(field, outside):
    header, body = parse(pack(letter()))
    about = {"writer": header.writer, "seq": header.seq, "previous": header.previous, "covers": header.covers} | outside

    error = refused(frame(body, public=header.public, **about))

    assert (error.reason, error.detail) == ("header", field)


def test_a_segment_of_a_version_to_come_waits():
    header, body = parse(pack(letter()))

    with pytest.raises(LetterBad) as caught:
        letters.open_letter(replace(header, format=2), body, BEN, VERIFY.get, folder=FOLDER, cipher=CIPHER)
    assert caught.value.reason == "newer"
    assert refused(signed(changed(0, lambda head: head.update(v=2)))).reason == "newer"


def test_fields_to_come_are_passed_over():
    assert read(signed(changed(0, lambda head: head.update(mood="fine")))).ops == (OP,)


# --- hostile lines, rightly signed -----------------------------------------------------------------------------------

ODD = [
    None, True, False, 0, -1, 1.5, 10**400, "", "x" * 101, "../../etc/passwd", "A B", "\u0000", "\ud800", "ａ", [], {},
    [[]], {"a": 1}, "event; drop table visit", "\n", 2**63, "0" * 16 + "\n",
]  # fmt: skip


def line_of(value):
    return json.dumps(value).encode()


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("name", ["folder", "writer", "seq", "previous", "signer", "format", "covers", "audience", "v"])
def test_odd_fields_of_a_letter_are_refused(name, odd):
    raw = signed(changed(0, lambda head: head.update({name: odd})))
    fine = {"format": [0], "covers": [[]]}

    if any(odd == one and type(odd) is type(one) for one in fine.get(name, [])):
        assert read(raw).ops == (OP,)
    else:
        assert refused(raw).reason == ("header" if (name, odd) == ("previous", "") else "content")


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("place", range(9))
def test_odd_fields_of_a_change_are_refused(place, odd):
    parts = lines()
    value = json.loads(parts[2])
    value[place] = odd
    parts[2] = line_of(value)
    fine = {
        1: [0], 3: [], 5: [None, 0, -1, 1.5, *[one for one in ODD if isinstance(one, str) and one != "\ud800"]],
        6: [[]], 8: [0],
    }  # fmt: skip

    if any(odd == one and type(odd) is type(one) for one in fine.get(place, [])):
        assert read(signed(parts)).ops
    else:
        assert refused(signed(parts)).reason == "content"


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("place", range(6))
def test_odd_fields_of_an_action_are_refused(place, odd):
    parts = lines()
    value = json.loads(parts[1])
    value[place] = odd
    parts[1] = line_of(value)

    if odd is None and place >= 3:
        assert read(signed(parts)).actions
    else:
        assert refused(signed(parts)).reason == "content"


OP_LINE = '["00112233445566ff",0,"event","e-1","text",{},[],"019cd2c5aaaaa-000001-aabbccdd",0]'


@pytest.mark.parametrize(
    "value",
    [
        "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9223372036854775808", "1" * 5_000,
        '"\\ud800"', '"\\udc00x"',
        "[" * 100_000 + "]" * 100_000, '{"a":' * 2_000 + "1" + "}" * 2_000, "[" * 3_000, "true", "nul", "'a'", "",
        "1]", '"a', "[1]", '{"a":1}', "0x1", "01", "+1", '"\t"',
    ],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_values_that_no_cell_holds_are_refused(value):
    parts = lines()
    parts[2] = OP_LINE.replace("{}", value).encode()

    assert refused(signed(parts)).reason == "content"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda parts: parts[:1],
        lambda parts: parts[:2],
        lambda parts: [*parts, parts[2]],
        lambda parts: [parts[0], parts[2], parts[1]],
        lambda parts: [*parts[:1], b"", *parts[1:]],
        lambda parts: [b"[]", *parts[1:]],
        lambda parts: [b"null", *parts[1:]],
        lambda parts: [parts[0].replace(b'"seq":3', b'"seq":3,"seq":4'), *parts[1:]],
        lambda parts: [parts[0].replace(b"{", b'{"signer":"x",', 1), *parts[1:]],
        lambda parts: [parts[0].decode().encode("utf-16"), *parts[1:]],
        lambda parts: [b"\xef\xbb\xbf" + parts[0], *parts[1:]],
        lambda parts: [parts[0].replace(b"note", b"\xff\xfe"), parts[1].replace(b"note", b"\xff"), *parts[2:]],
        lambda parts: [*parts[:2], b"[" + b"[],," * 4_000_000 + b"]"],
    ],
)
def test_letters_of_another_build_are_refused(spoil):
    assert refused(signed(spoil(lines()))).reason == "content"


def test_an_action_told_twice_is_refused():
    parts = changed(0, lambda head: head.update(actions=2))

    assert refused(signed([parts[0], parts[1], parts[1], parts[2]])).reason == "content"


@pytest.mark.parametrize(
    "about",
    [
        {"kind": "all", "visit": "", "author": "", "members": [BEN.fingerprint]},
        {"kind": "all", "visit": "v-1", "author": "", "members": []},
        {"kind": "visit", "visit": "", "author": ANA.fingerprint, "members": [BEN.fingerprint]},
        {"kind": "visit", "visit": "v-1", "author": "", "members": [BEN.fingerprint]},
        {"kind": "visit", "visit": "v-1", "author": ANA.fingerprint, "members": []},
        {"kind": "visit", "visit": "v-1", "author": ANA.fingerprint, "members": [BEN.fingerprint] * 2},
        {"kind": "visit", "visit": "v-1", "author": ANA.fingerprint, "members": sorted(RECIPIENTS, reverse=True)},
        {"kind": "visit", "visit": "v-1", "author": ANA.fingerprint, "members": [f"{n:032x}" for n in range(65)]},
        {"kind": ["all"], "visit": "", "author": "", "members": []},
        {"kind": "all", "visit": "", "author": ""},
        {"kind": "me", "visit": "", "author": "", "members": [ANA.fingerprint, BEN.fingerprint]},
    ],
)
def test_audiences_that_cannot_be_are_refused(about):
    raw = signed(changed(0, lambda head: head.update(audience=about)), public=about["kind"] == "all")

    assert refused(raw).reason == "content"


@pytest.mark.parametrize("at", ["2026-13-10T09:05:00.000000Z", "2026-03-10", "0000-03-10T09:05:00.000000Z", "now"])
def test_moments_that_never_were_are_refused(at):
    def change(value):
        value[2] = at

    assert refused(signed(changed(1, change))).reason == "content"


# --- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("public", [True, False])
def test_a_bomb_takes_no_more_than_its_bounds(public):
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1_000)) + packer.flush()
    raw = sealed(bomb, public=public)
    tracemalloc.start()
    start = time.monotonic()

    error = refused(raw)

    assert error.reason == "too_large"
    assert time.monotonic() - start < 10
    assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    tracemalloc.stop()


@pytest.mark.parametrize("many", [b"1,", b'"",', b"[],", b"{},", b'"\\"",'])
def test_many_small_values_in_one_line_take_no_memory(many):
    whole = b"[" + many * (letters.MOST_LINE // len(many) // 2) + b"1]"
    raw = signed([*lines()[:2], whole])
    tracemalloc.start()

    assert refused(raw).reason == "content"

    # The text itself, in a few copies; parsed as Python's lists it would be many times that.
    assert tracemalloc.get_traced_memory()[1] < 8 * letters.MOST_LINE
    tracemalloc.stop()


@pytest.mark.parametrize("body", [b"", bytes(256), b"PK\x03\x04", zlib.compress(b""), zlib.compress(b"x" * 80)])
def test_bodies_that_are_no_letter_are_damaged(body):
    assert refused(sealed(body)).reason in {"damaged", "unknown_signer"}
    assert refused(sealed(body, public=False)).reason in {"damaged", "unknown_signer"}
    if body:
        error = refused(frame(body, writer="aabbccdd", seq=3, previous=""))
        assert error.reason == "damaged"


def test_a_refusal_says_nothing_of_what_was_written():
    parts = changed(2, lambda value: value.__setitem__(2, "canary bird") or None)

    error = refused(signed(parts))

    assert "canary" not in f"{error!r} {error} {error.detail} {error.__cause__} {error.__context__}"
