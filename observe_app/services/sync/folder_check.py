"""A folder looked at before people share through it: can it be written, is there room, how do its files behave.

Nothing here raises for a bad folder, and nothing waits for ever: a network folder that does not answer is a finding
like any other. What is written to try the folder is taken away again. `check_words` says the findings in sentences.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock

ROOM = "observe"
"""Name of the part of a shared folder that is ours."""
ABOUT = "folder.json"
VISIT_BYTES = 45_000
"""What one visit takes in the folder, all its changes and copies together, as measured on full lessons."""
SLOW_MS = 2_000
PATIENCE_S = 15.0
CLOCK_OFF_S = 120.0
LITTLE_ROOM = 50_000_000
_PROBE = 4_096
_MOST_LISTED = 5_000
_MOST_ABOUT = 20_000
_CARD = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8,64}\.card")
_OFFLINE = 0x00400000 | 0x00001000 | 0x00040000  # Windows: recall on data access, offline, recall on open
_CLOUDS = (
    ("onedrive", "OneDrive"), ("dropbox", "Dropbox"), ("google drive", "Google Drive"), ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"), ("icloud", "iCloud Drive"), ("com~apple~clouddocs", "iCloud Drive"),
    ("nextcloud", "Nextcloud"), ("owncloud", "ownCloud"), ("pcloud", "pCloud"), ("syncthing", "Syncthing"),
)  # fmt: skip


class FolderProblem(StrEnum):
    """Why a folder cannot be used; NONE where it can."""

    NONE = ""
    MISSING = "missing"
    NOT_A_FOLDER = "not_a_folder"
    DENIED = "denied"
    READ_ONLY = "read_only"
    FULL = "full"
    CHANGES = "changes"  # what is read back is not what was written
    SILENT = "silent"  # no answer within `PATIENCE_S`
    OWN_DATA = "own_data"  # it is, lies in, or holds this computer's own data folder
    DAMAGED = "damaged"  # there is a shared folder, and what says which one cannot be read
    NEWER = "newer"  # made by a version that this one does not know
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """A shared folder that is there already.

    Attributes:
        id, name: from its `folder.json`. school_key: age recipient of the school's recovery key, "" for none.
        people: names on the cards as their holders write them, sorted; nobody compared their numbers yet.
    """

    id: str
    name: str = ""
    school_key: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What was found; a field that could not be found out is None.

    Attributes:
        problem: why the folder cannot be used. detail: the system's word for it.
        write_ms: milliseconds to write a small file, have it on the disk, and read it back.
        renames: a file can be written under one name and renamed. Without it the program writes directly.
        case_sensitive: "a" and "A" are two files.
        clock_off: seconds that the folder's clock is ahead of this computer's.
        free: bytes. visits: about how many visits fit into them.
        found: a shared folder that is there already, None for none.
        foreign: how many files and folders of others lie beside it. busy: there are thousands of them.
        cloud: name of the program that copies the folder to other computers, as far as its path tells; "" for none.
        away: files of the shared folder that are not on this computer until somebody opens them.
    """

    path: Path
    problem: FolderProblem = FolderProblem.NONE
    detail: str = ""
    write_ms: int | None = None
    renames: bool | None = None
    case_sensitive: bool | None = None
    clock_off: float | None = None
    free: int | None = None
    found: FoundFolder | None = None
    foreign: int = 0
    busy: bool = False
    cloud: str = ""
    away: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether one can share through it."""
        return self.problem is FolderProblem.NONE

    @property
    def is_slow(self) -> bool:
        """Whether each file takes noticeable time."""
        return self.write_ms is not None and self.write_ms >= SLOW_MS

    @property
    def visits(self) -> int | None:
        """About how many visits there is room for, None where that is not known."""
        return None if self.free is None else self.free // VISIT_BYTES


def check(path: Path, clock: Clock, *, data: Path | None = None, patience: float = PATIENCE_S) -> FolderCheck:
    """Look at a folder and try it; takes at most `patience` seconds.

    Args:
        path: the folder.
        clock: of this computer.
        data: this computer's own data folder, which must not be shared.
        patience: seconds after which the folder counts as silent.
    """
    path = Path(path)
    found: list[FolderCheck] = []

    def look() -> None:
        try:
            found.append(_look(path, clock, data))
        except OSError as error:
            found.append(FolderCheck(path, _problem(error), error.strerror or type(error).__name__))
        except ValueError:  # a name that no system can have, such as one with a zero in it
            found.append(FolderCheck(path, FolderProblem.MISSING))

    # A thread of its own that nobody waits for at the end: a dead network drive holds a call for minutes.
    worker = threading.Thread(target=look, name="observe-folder-check", daemon=True)
    worker.start()
    worker.join(patience)
    return found[0] if found else FolderCheck(path, FolderProblem.SILENT, cloud=cloud_of(path))


def cloud_of(path: Path) -> str:
    """Return the name of the program that copies a folder to other computers as its path tells, "" for none."""
    words = [part.casefold() for part in path.parts]
    for mark, name in _CLOUDS:
        if any(part.startswith(mark) or mark in part.split(" - ") for part in words):
            return name
    for parent in (path, *path.parents):
        with suppress(OSError):
            if (parent / ".stfolder").exists():
                return "Syncthing"
            if (parent / ".dropbox.cache").exists():
                return "Dropbox"
    return ""


def _look(path: Path, clock: Clock, data: Path | None) -> FolderCheck:
    made = FolderCheck(path, cloud=cloud_of(path))
    if not path.exists():
        return replace(made, problem=FolderProblem.MISSING)
    if not path.is_dir():
        return replace(made, problem=FolderProblem.NOT_A_FOLDER)
    if data is not None and _overlap(path, data):
        return replace(made, problem=FolderProblem.OWN_DATA)
    with suppress(OSError):
        made = replace(made, free=shutil.disk_usage(path).free)
    made = _neighbours(made)
    made = _inhabited(made)
    if not made.is_usable:
        return made
    return _tried(made, clock)


def _overlap(path: Path, data: Path) -> bool:
    one, other = path.resolve(), data.resolve()
    return one == other or one in other.parents or other in one.parents


def _neighbours(made: FolderCheck) -> FolderCheck:
    """Count what others keep in the folder; ours is left out."""
    count = 0
    with os.scandir(made.path) as entries:
        for entry in entries:
            if entry.name == ROOM or entry.name.startswith("."):
                continue
            count += 1
            if count >= _MOST_LISTED:
                return replace(made, foreign=count, busy=True)
    return replace(made, foreign=count)


def _inhabited(made: FolderCheck) -> FolderCheck:
    """Read which shared folder is there already, and who is in it."""
    room = made.path / ROOM
    if room.is_symlink() or (room.exists() and not room.is_dir()):
        return replace(made, problem=FolderProblem.DAMAGED)
    about = room / ABOUT
    if not about.exists():
        return made
    try:
        with about.open("rb") as file:
            told: Any = json.loads(file.read(_MOST_ABOUT))
        if told["format"] != "observe-folder" or not re.fullmatch(r"[0-9a-f-]{8,40}", told["id"]):
            return replace(made, problem=FolderProblem.DAMAGED)
        if told["version"] != 1:
            return replace(made, problem=FolderProblem.NEWER)
        found = FoundFolder(told["id"], str(told.get("name", ""))[:200], str(told.get("school_key", ""))[:200])
    except (ValueError, KeyError, TypeError, RecursionError):
        return replace(made, problem=FolderProblem.DAMAGED)
    names, away = _people(room / "people")
    return replace(made, found=replace(found, people=names), away=away)


def look(path: Path) -> FoundFolder | None:
    """Return which shared folder lies here, None for none that can be read; nothing is written to find out."""
    with suppress(OSError):
        return _inhabited(FolderCheck(Path(path))).found
    return None


def _people(folder: Path) -> tuple[tuple[str, ...], int]:
    """Return the names on the cards, and how many of them are not on this computer."""
    names: dict[str, str] = {}
    away = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name)[:_MOST_LISTED]:
            if not _CARD.fullmatch(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if is_away(entry.stat(follow_symlinks=False)):
                away += 1
                continue
            with suppress(OSError):
                names[entry.name[:16]] = _name_on(Path(entry.path)) or names.get(entry.name[:16], "")
    return tuple(sorted((name for name in names.values() if name), key=str.casefold)), away


def is_away(seen: os.stat_result) -> bool:
    """Tell whether a file's content is not on this computer until it is opened (a placeholder of a cloud drive)."""
    attributes = getattr(seen, "st_file_attributes", 0)
    if attributes & _OFFLINE:
        return True
    blocks = getattr(seen, "st_blocks", None)
    flags = getattr(seen, "st_flags", 0)
    return bool(flags & 0x40000000) or (blocks == 0 and seen.st_size > _PROBE)  # macOS: SF_DATALESS


def _name_on(card: Path) -> str:
    """Return the name on a card whose own signature holds, "" for anything else."""
    from observe_app.domain.errors import CardUnusable  # noqa: PLC0415  (with what checks signatures)
    from observe_app.services.sync import cards  # noqa: PLC0415  (the same)

    with card.open("rb") as file:
        raw = file.read(cards.MOST_BYTES + 1)
    try:
        return cards.read(raw).name
    except CardUnusable:
        return ""


def _tried(made: FolderCheck, clock: Clock) -> FolderCheck:
    """Write a file, rename it, read it back, look at its time, and take it away."""
    token = secrets.token_hex(6)
    first, last = made.path / f".observe-try-{token}.tmp", made.path / f".observe-try-{token}.ok"
    data = secrets.token_bytes(_PROBE)
    begun = clock.monotonic_ms()
    try:
        _write(first, data)
        try:
            first.replace(last)
            renames = True
        except OSError:
            renames = False
            _write(last, data)
        if last.read_bytes() != data:
            return replace(made, problem=FolderProblem.CHANGES)
        spent = clock.monotonic_ms() - begun
        ahead = last.stat().st_mtime - clock.now().timestamp()
        apart = not last.with_name(last.name.upper()).exists()
    except OSError as error:
        return replace(made, problem=_problem(error), detail=error.strerror or type(error).__name__)
    finally:
        for path in (first, last):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return replace(made, write_ms=spent, renames=renames, clock_off=ahead, case_sensitive=apart)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _problem(error: OSError) -> FolderProblem:
    known = {
        errno.EACCES: FolderProblem.DENIED,
        errno.EPERM: FolderProblem.DENIED,
        errno.EROFS: FolderProblem.READ_ONLY,
        errno.ENOSPC: FolderProblem.FULL,
        getattr(errno, "EDQUOT", errno.ENOSPC): FolderProblem.FULL,
        errno.ENOENT: FolderProblem.MISSING,
        errno.ENOTDIR: FolderProblem.NOT_A_FOLDER,
        errno.ETIMEDOUT: FolderProblem.SILENT,
    }
    return known.get(error.errno or 0, FolderProblem.OTHER)
