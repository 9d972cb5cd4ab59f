"""Who a person is to the shared folder: one secret of 128 bits, and the two pairs of keys that come of it.

The secret is what the twelve words say. An age key opens what was encrypted to the person, an Ed25519 key signs what
they write. Libraries are loaded when the first key is made, never when this module is.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from pyrage.x25519 import Identity

SECRET_BYTES = 16
MOST_STANZAS = 64
"""Recipients in the head of an age file. Readers try each of them, so a file with thousands would cost seconds."""
MOST_AGE_HEAD = 32_768

_CHARS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_AGE = b"age-encryption.org/v1\n"
_STANZA = re.compile(rb"-> [\x21-\x7e]+(?: [\x21-\x7e]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n")
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")


class NotForMe(Exception):
    """Whole as far as one can tell, and encrypted to others."""


class Unreadable(Exception):
    """No age file, a damaged one, or one with a head beyond every measure."""


class Keys(Protocol):
    """What a person can do with their keys; what they are nobody learns from this."""

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits, of both public keys."""

    @property
    def recipient(self) -> str:
        """Age recipient, "age1…"."""

    @property
    def verify_key(self) -> str:
        """Ed25519 public key, 64 hexadecimal digits."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""

    def open(self, data: bytes) -> bytes:
        """Return what was encrypted to this person.

        Raises:
            NotForMe: it was encrypted to others. Unreadable: it is damaged.
        """


class PersonKeys:
    """The keys of a person. Printing, pickling and copying them gives nothing away."""

    __slots__ = ("_identity", "_signing", "fingerprint", "recipient", "verify_key")

    def __init__(self, secret: bytes) -> None:
        """Make the keys of this secret of `SECRET_BYTES`.

        Raises:
            ValueError: the secret has another length.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as Signing  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

        self._identity: Identity = age_identity(secret)
        self._signing: Ed25519PrivateKey = Signing.from_private_bytes(_derived(secret, b"observe-sign-1"))
        self.recipient = str(self._identity.to_public())
        self.verify_key = self._signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        self.fingerprint = fingerprint_of(self.recipient, self.verify_key)

    def sign(self, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return self._signing.sign(message)

    def open(self, data: bytes) -> bytes:
        """Return what was encrypted to this person; see `Keys`."""
        return age_open(data, self._identity)

    def __repr__(self) -> str:
        return f"PersonKeys({self.fingerprint})"

    def __reduce__(self) -> str:
        message = "keys are not to be copied"
        raise TypeError(message)


def fingerprint_of(recipient: str, verify_key: str) -> str:
    """Return the name of a pair of keys: the first 32 hexadecimal digits of a hash over both."""
    return hashlib.sha256(f"observe-card-1{recipient}{verify_key}".encode()).hexdigest()[:32]


def age_identity(secret: bytes) -> Identity:
    """Return the age identity of a secret.

    Raises:
        ValueError: the secret has another length than `SECRET_BYTES`.
    """
    from pyrage import x25519  # noqa: PLC0415

    return x25519.Identity.from_str(bech32("age-secret-key-", _derived(secret, b"observe-age-1")).upper())


def _derived(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    if len(secret) != SECRET_BYTES:
        message = "a secret has 16 bytes"
        raise ValueError(message)
    return HKDF(algorithm=SHA256(), length=32, salt=b"observe-identity-1", info=purpose).derive(secret)


def age_open(data: bytes, identity: Identity) -> bytes:
    """Return what was encrypted to this identity; the head is measured before age sees it.

    Raises:
        NotForMe: it was encrypted to others. Unreadable: it is damaged.
    """
    import pyrage  # noqa: PLC0415

    if stanzas(data) > MOST_STANZAS:
        raise Unreadable("too many stanzas")
    try:
        return bytes(pyrage.decrypt(data, [identity]))
    except pyrage.DecryptError as error:
        # The one way in which age tells "none of the keys fits" from damage; a test holds it to that.
        if str(error) == "No matching keys found":
            raise NotForMe from None
        raise Unreadable("damaged") from None


def stanzas(data: bytes) -> int:
    """Return how many recipients the head of an age file has, those that fill up among them.

    Raises:
        Unreadable: it is no age file, or its head goes on for too long.
    """
    if not data.startswith(_AGE):
        raise Unreadable("not age")
    place, count = len(_AGE), 0
    while place < MOST_AGE_HEAD and count <= MOST_STANZAS:
        if _MAC.match(data, place):
            return count
        found = _STANZA.match(data, place, place + MOST_AGE_HEAD)
        if found is None:
            raise Unreadable("head")
        place, count = found.end(), count + 1
    if count > MOST_STANZAS:
        return count
    raise Unreadable("head")


# --- bech32 (BIP 173), as age writes its keys ----------------------------------------------------------------------


def bech32(prefix: str, data: bytes) -> str:
    """Return bytes as age writes keys: prefix, "1", characters, six of them a checksum."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[start : start + 5], 2) for start in range(0, len(bits), 5)]
    total = _checksum(prefix, [*values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [total >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_CHARS[value] for value in values)}"


def from_bech32(prefix: str, text: str) -> bytes | None:
    """Return the bytes of a key in small letters; None where it is none, has another prefix or a wrong checksum."""
    if len(text) > 120 or not text.startswith(f"{prefix}1"):
        return None
    values = [_CHARS.find(char) for char in text[len(prefix) + 1 :]]
    if len(values) < 6 or min(values) < 0 or _checksum(prefix, values) != 1:
        return None
    bits = "".join(f"{value:05b}" for value in values[:-6])
    whole = len(bits) // 8 * 8
    if len(bits) - whole > 4 or "1" in bits[whole:]:
        return None
    return bytes(int(bits[start : start + 8], 2) for start in range(0, whole, 8))


def _checksum(prefix: str, values: list[int]) -> int:
    total = 1
    for value in [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix), *values]:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> place & 1:
                total ^= part
    return total
