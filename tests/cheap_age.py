"""Files of the age format under a passphrase, at a hundredth of what guessing is meant to cost.

The library chooses a work factor that takes a second and a quarter of a gigabyte; a test that is not about this cost
needs the format only. What is written here is read by the library itself, as any file of another program is.
Source: the specification at age-encryption.org/v1.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WORK = 10
"""The binary logarithm of the rounds; the library itself takes 18 and more."""
CHUNK = 64 * 1024


def encrypt(data: bytes, passphrase: str) -> bytes:
    """Return an age file that this passphrase opens, as `pyrage.passphrase.encrypt` does."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    label = b"age-encryption.org/v1/scrypt" + salt
    wrapping = hashlib.scrypt(passphrase.encode(), salt=label, n=1 << WORK, r=8, p=1, dklen=32)
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_base64(salt), WORK, _base64(body))
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    return head + b" " + _base64(mac) + b"\n" + nonce + _payload(_derived(file_key, nonce, b"payload"), data)


def _payload(key: bytes, data: bytes) -> bytes:
    cipher = ChaCha20Poly1305(key)
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)] or [b""]
    last = len(chunks) - 1
    return b"".join(
        cipher.encrypt(number.to_bytes(11, "big") + bytes([number == last]), chunk, None)
        for number, chunk in enumerate(chunks)
    )


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
