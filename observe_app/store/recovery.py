"""The recovery file: lines that the database would not take, each one sealed by itself while the record is protected.

Each sealed line is a mark and base64 of nonce and ciphertext (ChaCha20-Poly1305). Lines are only ever added, so a line
that a kill or a full disk cut off takes nothing else with it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from observe_app.store import sealing

if TYPE_CHECKING:
    from pathlib import Path

_MARK = "observe-sealed-1:"
_NONCE = 12


def append(path: Path, line: str, key: bytes | None = None) -> bool:
    """Add a line and force it to the disk; False where even that fails.

    Args:
        path: the file; made where it is not there.
        line: what is to be kept.
        key: protects the record; None adds the line as it is.
    """
    with contextlib.suppress(OSError):
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(as_kept(line, key) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return True
    return False


def as_kept(line: str, key: bytes | None) -> str:
    """Return a line as the file has it: sealed where the record is protected by a key."""
    if key is None:
        return line
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415  (only when sealing)

    nonce = os.urandom(_NONCE)
    body = ChaCha20Poly1305(_derived(key)).encrypt(nonce, line.encode("utf-8", "replace"), None)
    return _MARK + base64.b64encode(nonce + body).decode("ascii")


def read(path: Path, key: bytes | None) -> tuple[tuple[str, ...], int]:
    """Return the lines of a recovery file, and how many more there are that this key does not open.

    Raises:
        OSError: the file is there and cannot be read.
    """
    if not path.exists():
        return (), 0
    found: list[str] = []
    closed = 0
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(_MARK):
            opened = _opened(line.removeprefix(_MARK), key)
            if opened is None:
                closed += 1
            else:
                found += opened.splitlines() or [""]
        else:
            found.append(line)
    return tuple(found), closed


def opened(line: str, key: bytes | None) -> tuple[str, ...]:
    """Return what a line of the file says, () where this key does not open it."""
    found = _opened(line.removeprefix(_MARK), key) if line.startswith(_MARK) else line
    return () if found is None else (found,)


def convert(path: Path, key: bytes, *, seal: bool) -> None:
    """Write the lines anew, sealed or as they are; lines that the key does not open stay as they stand.

    Raises:
        OSError: the file could not be written; it stands as it was.
    """
    if not path.is_file():
        return
    kept = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        opened = _opened(line.removeprefix(_MARK), key) if line.startswith(_MARK) else line
        kept.append(line if opened is None else as_kept(opened, key if seal else None))
    fresh = path.with_name(path.name + sealing.FRESH)
    fresh.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    old = path.with_name(path.name + sealing.OLD)
    path.replace(old)
    fresh.replace(path)
    sealing.wipe(old)


def tidy(path: Path) -> None:
    """Mend what a kill during `convert` left."""
    old, fresh = path.with_name(path.name + sealing.OLD), path.with_name(path.name + sealing.FRESH)
    if old.exists() and not path.exists():
        old.replace(path)
    for one in (old, fresh):
        if one.exists():
            sealing.wipe(one)


def _derived(key: bytes) -> bytes:
    return hmac.new(key, b"observe-recovery-1", hashlib.sha256).digest()


def _opened(text: str, key: bytes | None) -> str | None:
    if key is None:
        return None
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  (only when opening)
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    try:
        raw = base64.b64decode(text, validate=True)
        return ChaCha20Poly1305(_derived(key)).decrypt(raw[:_NONCE], raw[_NONCE:], None).decode("utf-8")
    except (binascii.Error, InvalidTag, ValueError):
        return None
