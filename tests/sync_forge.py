"""A colleague who may write in the shared folder and means harm: everything that their keys and a hex editor allow."""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.domain.sync.segment import file_hash, frame
from observe_app.services.sync import letters
from observe_app.services.sync.crypto import AgeCipher, PersonKeys, squeeze

if TYPE_CHECKING:
    from pathlib import Path

    from tests.laptops import Laptop

CIPHER = AgeCipher(os.urandom)


class Hand:
    """Writes files with the keys of a laptop's person."""

    def __init__(self, laptop: Laptop, shared: Path) -> None:
        from observe_app.services.sync import colleagues, setup

        with laptop.core() as core:
            self.keys: PersonKeys = core.vault.keys()
            cards = [one.card for one in colleagues.listing(core, numbers=False)]
            self.recipients = {one.fingerprint: one.recipient for one in cards}
            self.names = {one.name: one.fingerprint for one in cards}
            self.folder = setup.folders(core)[0].id
        self.root = shared / "observe"
        self.seq = 0
        self.made: list[Path] = []

    def letter(self, ops: tuple[Op, ...], audience: Audience, *, writer: str = "bad0bad0", **fields) -> Letter:
        """Return a letter of these changes."""
        self.seq += 1
        actions = tuple(ActionHead(one, "visit.edit", "2026-03-10T08:05:00Z") for one in {op.action for op in ops})
        signer = self.keys.fingerprint
        about = {"folder": self.folder, "writer": writer, "seq": self.seq, "signer": signer, "format": 1004}
        return Letter(**(about | fields), audience=audience, actions=actions, ops=ops)

    def seal(self, letter: Letter) -> bytes:
        """Return the segment as the program would make it."""
        known = {one: self.recipients[one] for one in letter.audience.members}
        return letters.pack(letter, self.keys, known, "", cipher=CIPHER)[0]

    def put(self, raw: bytes, name: str = "") -> Path:
        """Lay a file into the folder."""
        path = self.root / (name or f"d/bad0bad0/{self.seq:08d}-{file_hash(raw)[:16]}.seg")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        self.made.append(path)
        return path

    def to(self, *names: str, visit: str, author: str) -> Audience:
        """Return an audience by names; oneself is always in it."""
        members = {self.names[name] for name in names} | {self.keys.fingerprint}
        return Audience(AudienceKind.VISIT, visit, self.names[author], tuple(sorted(members)))

    def body(self, inner: bytes, *names: str) -> bytes:
        """Return anything encrypted to these people and framed as a segment."""
        self.seq += 1
        sealed = CIPHER.seal(inner, [self.recipients[self.names[name]] for name in names])
        return frame(sealed, writer="bad0bad0", seq=self.seq, previous="")


def change(table: str, row: str, column: str, new: object, *, number: int = 1, over: tuple[str, ...] = ()) -> Op:
    """Return a change with an id of its own and a stamp far ahead, so that it would be shown if it were let in."""
    op = f"{number:08x}{os.urandom(4).hex()}"
    return Op(op, f"evil-{op}", table, row, column, new, over, f"01a2f000000ff-{number:06x}-bad0bad0")  # type: ignore[arg-type]


def bomb(size: int) -> bytes:
    """Return little that unpacks to this many zeros."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join(parts) + packer.flush()


def crowd(count: int) -> bytes:
    """Return an age file with this many recipients in its head; nobody can open it."""
    line = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + line * count + b"--- " + b"C" * 43 + b"\n" + os.urandom(400)


def nested(depth: int) -> bytes:
    """Return a body whose JSON nests without end."""
    return squeeze(bytes(80) + b"[" * depth + b"\n")


def have(count: int) -> bytes:
    """Return a report that names this many segments."""
    return json.dumps({"have": [f"{n:012x}" for n in range(count)], "clock": 1, "version": "9"}).encode()
