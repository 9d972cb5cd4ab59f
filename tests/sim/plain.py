"""Keys and a cipher that cost next to nothing and repeat: who may read is checked, that nobody else can is not.

Most schedules use these; a share of them uses the program's own (age and Ed25519).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from observe_app.services.sync.crypto import PersonKeys
from observe_app.store.identity import NotForMe, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = b"sim-sealed\n"


def _stream(data: bytes, start: bytes) -> bytes:
    """Hide data as a stream cipher would, so that a search for words in the folder's bytes means something."""
    block = hashlib.sha256(start).digest()
    stream = (block * (len(data) // 32 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")


@dataclass(frozen=True)
class PlainKeys:
    """A person's keys: names that say who they are."""

    secret: bytes

    @cached_property
    def _known(self) -> PersonKeys:
        return _real(self.secret)

    @cached_property
    def fingerprint(self) -> str:
        return self._known.fingerprint

    @cached_property
    def recipient(self) -> str:
        return self._known.recipient

    @cached_property
    def verify_key(self) -> str:
        return self._known.verify_key

    def sign(self, message: bytes) -> bytes:
        return signature(self.verify_key, message)

    def open(self, data: bytes) -> bytes:
        if not data.startswith(_MARK):
            raise Unreadable("mark")
        names, _, hidden = data[len(_MARK) :].partition(b"\n")
        if self.recipient not in json.loads(names):
            raise NotForMe
        return _stream(hidden, names)


_REAL: dict[bytes, PersonKeys] = {}


def _real(secret: bytes) -> PersonKeys:
    if secret not in _REAL:
        _REAL[secret] = PersonKeys(secret)
    return _REAL[secret]


def signature(verify_key: str, message: bytes) -> bytes:
    """Return what stands for a signature."""
    return hashlib.sha512(verify_key.encode() + message).digest()


def readers(body: bytes) -> frozenset[str]:
    """Return the recipients that a sealed body names."""
    return frozenset(json.loads(body[len(_MARK) :].partition(b"\n")[0])) if body.startswith(_MARK) else frozenset()


class PlainCipher:
    """Stands for age: names its readers openly."""

    def seal(self, data: bytes, recipients: Iterable[str]) -> bytes:
        names = json.dumps(sorted(set(recipients))).encode()
        return _MARK + names + b"\n" + _stream(data, names)

    def verify(self, verify_key: str, message: bytes, given: bytes) -> bool:
        return signature(verify_key, message) == given
