"""Letters for tests: right ones, and ones that are rightly signed and wrong."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.domain.sync.segment import frame, parse
from observe_app.services.sync import crypto, letters
from observe_app.services.sync.letters import LetterBad

FOLDER = "0197d2c5-aaaa-7bbb-8ccc-0123456789ab"
CIPHER = crypto.AgeCipher(os.urandom)
ANA, BEN, EVE = (crypto.keys_of(crypto.new_words(lambda _count, n=n: bytes([n] * 16))) for n in (1, 2, 3))
PEOPLE = {one.fingerprint: one for one in (ANA, BEN, EVE)}
RECIPIENTS = {one.fingerprint: one.recipient for one in PEOPLE.values()}
VERIFY = {one.fingerprint: one.verify_key for one in PEOPLE.values()}
REASONS = {
    "newer", "damaged", "too_large", "unknown_signer", "signature", "content", "folder", "header", "not_addressed",
    "public",
}  # fmt: skip
STAMP = "019cd2c5aaaaa-000001-aabbccdd"
HEAD = ActionHead("a-1", "note.write", "2026-03-10T09:05:00.000000Z", "p-1", "v-1", None)
OP = Op("00112233445566ff", "a-1", "event", "e-1", "text", "Zwölf Wörter", ("ffeeddccbbaa9988",), STAMP, inserted=True)


def visit(*people, author=ANA):
    return Audience(AudienceKind.VISIT, "v-1", author.fingerprint, tuple(sorted(one.fingerprint for one in people)))


def letter(**changes):
    whole = Letter(FOLDER, "aabbccdd", 3, visit(ANA, BEN), ANA.fingerprint, 1004, (HEAD,), (OP,))
    return replace(whole, **changes)


def pack(one, *, keys=ANA, previous="ab" * 32):
    return letters.pack(one, keys, RECIPIENTS, previous, cipher=CIPHER)[0]


def read(raw, *, keys=BEN, verify=VERIFY.get, folder=FOLDER):
    return letters.open_letter(*parse(raw), keys, verify, folder=folder, cipher=CIPHER)


def refused(raw, **more):
    with pytest.raises(LetterBad) as caught:
        read(raw, **more)
    assert caught.value.reason in REASONS
    return caught.value


def lines(one=None, previous="ab" * 32):
    """The lines of a letter as its maker signs them, to be spoilt."""
    raw = letters.pack(one or letter(audience=Audience(AudienceKind.ALL)), ANA, RECIPIENTS, previous, cipher=CIPHER)[0]
    return crypto.unsqueeze(parse(raw)[1])[80:].splitlines()


def signed(parts, *, keys=ANA, claims=None, public=True, to=(BEN,), writer="aabbccdd", seq=3, covers=()):
    """A segment with these lines, rightly signed, whatever they say."""
    text = b"".join(part + b"\n" for part in parts)
    name = bytes.fromhex((claims or keys).fingerprint)
    body = crypto.squeeze(name + keys.sign(b"observe-letter-1\n" + name + text) + text)
    if not public:
        body = CIPHER.seal(body, [one.recipient for one in to])
    return frame(body, writer=writer, seq=seq, previous="ab" * 32, public=public, covers=tuple(covers))


def changed(place, change):
    """The lines of a good letter, one of them changed as a value."""
    parts = lines()
    value = json.loads(parts[place])
    parts[place] = json.dumps(change(value) or value).encode()
    return parts


def sealed(data, *, public=True):
    body = data if public else CIPHER.seal(data, [BEN.recipient])
    return frame(body, writer="aabbccdd", seq=3, previous="", public=public)
