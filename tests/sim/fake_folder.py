"""The shared folder as one laptop sees it, with everything that goes wrong there, and the copier between views."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.services.sync.folder_io import FileSeen
from tests.sim.installation import Killed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from hashlib import _Hash as Hash

_COPY_NAMES = (
    "{stem} (1){end}",
    "{stem} (Anna's conflicted copy 2026-11-21){end}",
    "{stem}.sync-conflict-20261121-101010-ABCDEFG{end}",
    "{stem}-DESKTOP-7{end}",
    "{stem} - Copy{end}",
    "{stem}{end}.bak",
    "lost+found/{digest}{end}",
)
_FOREIGN = ("desktop.ini", ".DS_Store", "~$x.seg", "d/x/readme.seg", "holiday.jpg.seg", "d/0123abcd/notes.txt")


@dataclass
class Files:
    """Files by name: bytes and modification time. All laptops on a network drive share one of these."""

    held: dict[str, tuple[bytes, int]] = field(default_factory=dict)


@dataclass
class FakeFolder:
    """What a laptop reaches of the folder. Destructive faults change bytes that lie there; benign ones do not.

    Attributes:
        faults: whether anything goes wrong at all.
        gone: unplugged, offline, not mounted.
        read_only: nothing can be written or deleted.
        trace: takes down every write, so that two runs can be compared.
        written: hash of each whole segment that was written here.
    """

    files: Files
    dice: random.Random
    now_ns: Callable[[], int]
    trace: Hash
    faults: bool = True
    gone: bool = False
    read_only: bool = False
    written: list[str] = field(default_factory=list)

    def _there(self) -> None:
        if self.gone:
            raise OSError(errno.ENOENT, "gone")

    def list(self) -> list[FileSeen]:
        """Return the files; now and then in no order, or only some of them."""
        self._there()
        found = [FileSeen(name, len(data), at) for name, (data, at) in self.files.held.items()]
        if self.faults:
            self.dice.shuffle(found)
            chance = self.dice.random()
            if chance < 0.02:
                raise OSError(errno.EIO, "listing")
            if chance < 0.12:
                found = found[: self.dice.randint(0, len(found))]
        return found

    def read(self, name: str, limit: int) -> bytes:
        """Return a file's bytes, now and then fewer, or other ones."""
        self._there()
        if name not in self.files.held:
            raise FileNotFoundError(errno.ENOENT, "read", name)
        data = self.files.held[name][0]
        if len(data) > limit:
            raise OSError(errno.EFBIG, "read", name)
        chance = self.dice.random() if self.faults else 1.0
        if chance < 0.03:
            raise OSError(self.dice.choice((errno.EIO, errno.EACCES, errno.ETIMEDOUT)), "read", name)
        if chance < 0.06:
            return data[: self.dice.randint(0, len(data))]
        if chance < 0.08 and data:
            return flipped(data, self.dice)
        if chance < 0.085:
            raise Killed
        return data

    def write_new(self, name: str, data: bytes) -> None:
        """Write a file that is not there yet; whatever goes wrong may leave a part of it."""
        self._there()
        self.trace.update(name.encode() + data)
        if self.read_only:
            raise OSError(errno.EROFS, "write", name)
        if name in self.files.held:
            raise FileExistsError(errno.EEXIST, "write", name)
        chance, at = self.dice.random() if self.faults else 1.0, self.now_ns()
        torn = data[: self.dice.randint(0, len(data))] if chance < 0.16 else data
        if chance < 0.05:
            self.files.held[name] = (torn, at)
            raise OSError(errno.ENOSPC, "write", name)
        if chance < 0.08:
            self.files.held[name] = (torn, at)
            self.gone = True
            raise OSError(errno.EIO, "write", name)
        if chance < 0.1:
            self.files.held[name] = (bytes(len(data)), at)
            raise Killed  # the power went before the bytes were on the disk
        if chance < 0.12:
            self.files.held[name] = (torn, at)
            raise Killed
        if chance < 0.13:
            self.files.held[name + ".tmp"] = (torn, at)
            raise Killed
        if chance < 0.14:
            raise OSError(errno.EACCES, "write", name)
        if chance < 0.16:
            self.files.held[name] = (torn, at)  # said to be whole, and is not: only reading back tells
            return
        self.files.held[name] = (data, at)
        if name.endswith(".seg"):
            self.written.append(hashlib.sha256(data).hexdigest())

    def delete(self, name: str) -> None:
        """Delete a file."""
        self._there()
        if self.read_only:
            raise OSError(errno.EROFS, "delete", name)
        if self.faults and self.dice.random() < 0.05:
            raise OSError(errno.EACCES, "delete", name)
        self.files.held.pop(name, None)


def flipped(data: bytes, dice: random.Random) -> bytes:
    """Return data with one bit changed."""
    place = dice.randrange(min(len(data), 8) if dice.random() < 0.4 else len(data))
    return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]


def copy_name(name: str, dice: random.Random) -> str:
    """Return a name as copiers give it to the second of two files."""
    stem, dot, end = name.rpartition(".")
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return dice.choice(_COPY_NAMES).format(stem=stem, end=dot + end, digest=digest)


def replicate(one: FakeFolder, other: FakeFolder, dice: random.Random, *, destructive: bool) -> None:
    """Copy some files from one view to another: late, partly, doubled, under other names."""
    source, target, now = one.files.held, other.files.held, one.now_ns()
    if source is target or not source:
        return
    for name in dice.sample(sorted(source), min(len(source), dice.randint(1, 8))):
        data, at = source[name]
        chance = dice.random()
        if chance < 0.72:
            if name not in target or _is_part(target[name][0], data):
                target[name] = (data, at)
        elif chance < 0.80:
            target.setdefault(name, (data[: dice.randint(0, len(data))], at))
        elif chance < 0.84:
            target.setdefault(name, (bytes(len(data)), at))
        elif chance < 0.90:
            target[copy_name(name, dice)] = (data, now)
        elif chance < 0.93:
            _foreign(target, dice, now)
        elif not destructive:
            continue
        elif chance < 0.97:
            target.pop(name, None)
        elif name in target and target[name][0] and not name.startswith("people/"):
            target[name] = (flipped(target[name][0], dice), target[name][1])  # rot keeps size and time


def spoil(folder: FakeFolder, dice: random.Random) -> None:
    """Delete or damage some of what lies in one view."""
    names = sorted(folder.files.held)
    for name in dice.sample(names, min(len(names), dice.randint(1, 4))):
        data, at = folder.files.held[name]
        if dice.random() < 0.5 or not data:
            folder.files.held.pop(name)
        elif not name.startswith("people/"):  # a card is put back where it is missing, not where it rotted far away
            folder.files.held[name] = (flipped(data, dice), at)


def litter(folder: FakeFolder, dice: random.Random) -> None:
    """Put copies of files and foreign files into a view."""
    names = sorted(folder.files.held)
    if names and dice.random() < 0.7:
        name = dice.choice(names)
        folder.files.held[copy_name(name, dice)] = (folder.files.held[name][0], folder.now_ns())
    else:
        _foreign(folder.files.held, dice, folder.now_ns())


def _foreign(held: dict[str, tuple[bytes, int]], dice: random.Random, now: int) -> None:
    held[dice.choice(_FOREIGN)] = (dice.randbytes(dice.randint(0, 200)), now)


def settle(folders: list[FakeFolder]) -> None:
    """Let the copier get through: every file ends up in every view; a whole one replaces what had only begun.

    Names that stand for different bytes in two views are kept under both names, as copiers do.
    """
    for one in folders:
        for other in folders:
            if one.files is other.files:
                continue
            for name, (data, at) in list(one.files.held.items()):
                there = other.files.held.get(name)
                if there is None or _is_part(there[0], data):
                    other.files.held[name] = (data, at)


def _is_part(part: bytes, whole: bytes) -> bool:
    """Tell whether a file is the beginning of another one, or room that was kept for it."""
    return any(whole[:8]) and ((len(part) < len(whole) and whole.startswith(part)) or not any(part[:8]))
