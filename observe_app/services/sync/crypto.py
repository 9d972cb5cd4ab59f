"""Encrypting for people: twelve words and their keys, letters that only their readers open, sizes that say little.

What is encrypted is an ordinary age file: the `age` command opens it with the person's key, without this program.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from observe_app.store import twelve_words
from observe_app.store.identity import (
    MOST_STANZAS,
    SECRET_BYTES,
    Keys,
    NotForMe,
    PersonKeys,
    Unreadable,
    bech32,
    from_bech32,
    stanzas,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable

RandomBytes = Callable[[int], bytes]
"""A source of random bytes: `os.urandom`, or a simulation's own."""

MOST_PLAIN = 64 * 1024 * 1024
"""Bytes that a letter may have once it is unpacked."""
LEVELS = (4, 8, 16, 32, 48)
"""Recipients that a file shows: the next of these, so that their number tells little."""
MOST_PEOPLE = LEVELS[-1]

_FEED = 1 << 20


class TooManyPeople(ValueError):
    """More readers than an age file may name."""


class Cipher(Protocol):
    """How bodies are encrypted and signatures checked; a simulation of thousands of rounds may bring a cheaper one."""

    def seal(self, data: bytes, recipients: Iterable[str]) -> bytes:
        """Return data so that only these recipients can read it."""

    def verify(self, verify_key: str, message: bytes, signature: bytes) -> bool:
        """Tell whether the holder of this key signed the message."""


class AgeCipher:
    """The cipher of the program: age and Ed25519."""

    def __init__(self, rng: RandomBytes) -> None:
        """Make the recipients that fill up from this source."""
        self._rng = rng

    def seal(self, data: bytes, recipients: Iterable[str]) -> bytes:
        """Return data encrypted to these recipients; see `encrypt`."""
        return encrypt(data, recipients, self._rng)

    def verify(self, verify_key: str, message: bytes, signature: bytes) -> bool:
        """Tell whether the holder of this key signed the message; see `verified`."""
        return verified(verify_key, message, signature)


def new_words(random_bytes: RandomBytes) -> str:
    """Return twelve new words, parted by spaces."""
    return twelve_words.of_secret(random_bytes(SECRET_BYTES))


def secret_of(words: str) -> bytes:
    """Return the secret that twelve words say.

    Raises:
        WordsWrong: which word is unknown, how many there are, or that they do not belong together.
    """
    return twelve_words.to_secret(words)


def keys_of(words: str) -> PersonKeys:
    """Return the keys of twelve words, however they were typed.

    Raises:
        WordsWrong: which word is unknown, how many there are, or that they do not belong together.
    """
    return PersonKeys(secret_of(words))


def verified(verify_key: str, message: bytes, signature: bytes) -> bool:
    """Tell whether the holder of this key (64 hexadecimal digits) signed the message."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(verify_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=512)
def usable_recipient(text: str) -> bool:
    """Tell whether one can encrypt to an age recipient: well written, and a key that keeps a secret."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey  # noqa: PLC0415

    key = from_bech32("age", text)
    if key is None or len(key) != 32:
        return False
    try:
        # Some points give the same shared secret to everybody; age would refuse them in the middle of a round.
        X25519PrivateKey.from_private_bytes(bytes(range(32))).exchange(X25519PublicKey.from_public_bytes(key))
    except ValueError:
        return False
    return True


# --- encrypting ------------------------------------------------------------------------------------------------------


def encrypt(data: bytes, recipients: Iterable[str], rng: RandomBytes) -> bytes:
    """Return an age file for these recipients, filled up with made-up ones to the next of `LEVELS`.

    Raises:
        TooManyPeople: more recipients than `MOST_PEOPLE`.
        ValueError: no recipient, or one that is none.
    """
    import pyrage  # noqa: PLC0415

    people = set(recipients)
    if not people:
        message = "nobody to encrypt to"
        raise ValueError(message)
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople(len(people))
    wanted = next(level for level in LEVELS if level >= len(people))
    while len(people) < wanted:
        people.add(bech32("age", rng(32)))
    try:
        return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(one) for one in sorted(people)]))
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        message = "not a recipient"
        raise ValueError(message) from error


def decrypt(data: bytes, keys: Keys) -> bytes:
    """Return what was encrypted to these keys.

    Raises:
        NotForMe: it was encrypted to others. Unreadable: it is damaged.
    """
    return keys.open(data)


def encrypt_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Return an age file that this passphrase opens; takes about a second, which is what makes guessing slow."""
    import pyrage  # noqa: PLC0415

    return bytes(pyrage.passphrase.encrypt(data, passphrase))


def decrypt_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Return what was encrypted with this passphrase.

    Raises:
        NotForMe: another passphrase, or no passphrase at all opens it. Unreadable: it is no age file.
    """
    import pyrage  # noqa: PLC0415

    stanzas(data)
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError:
        raise NotForMe from None


# --- packing ---------------------------------------------------------------------------------------------------------


def padded_length(length: int) -> int:
    """Return the size that a text of this length is padded to (Padmé: at most 12 % more, few sizes in all).

    Source: Nikitin and others, Reducing Metadata Leakage from Encrypted Files and Communication with PURBs, 2019.
    """
    if length < 256:
        return 256
    exponent = length.bit_length() - 1
    loose = exponent - exponent.bit_length()
    step = (1 << loose) - 1
    return (length + step) & ~step


def squeeze(data: bytes) -> bytes:
    """Return data compressed, then padded with zeros.

    Raises:
        ValueError: it is longer than `MOST_PLAIN`, which no reader would take.
    """
    if len(data) > MOST_PLAIN:
        message = "too long"
        raise ValueError(message)
    packed = zlib.compress(data, 6)
    return packed + bytes(padded_length(len(packed)) - len(packed))


def unsqueeze(data: bytes, limit: int = MOST_PLAIN) -> bytes:
    """Return what was squeezed; never holds much more than `limit` bytes of it.

    Raises:
        Unreadable: it is damaged, or longer than that.
    """
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    room = limit + 1
    rest = data
    try:
        while not unpacker.eof and room > 0:
            part = unpacker.decompress(rest, min(room, _FEED))
            rest = unpacker.unconsumed_tail
            if not part and not rest and not unpacker.eof:
                raise Unreadable("cut")
            parts.append(part)
            room -= len(part)
    except zlib.error:
        raise Unreadable("packed") from None
    if room <= 0:
        raise Unreadable("too long")
    if any(unpacker.unused_data):
        raise Unreadable("padding")
    return b"".join(parts)


__all__ = [
    "LEVELS", "MOST_PEOPLE", "MOST_PLAIN", "MOST_STANZAS", "AgeCipher", "Cipher", "Keys", "NotForMe", "PersonKeys",
    "RandomBytes", "TooManyPeople", "Unreadable", "decrypt", "decrypt_with_passphrase", "encrypt",
    "encrypt_with_passphrase", "keys_of", "new_words", "padded_length", "secret_of", "squeeze", "stanzas",
    "unsqueeze", "usable_recipient", "verified",
]  # fmt: skip
