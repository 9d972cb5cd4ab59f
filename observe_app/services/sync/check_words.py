"""What was found out about a folder, in sentences: one finding, one line. The window and the command line share them.

The sentences are literals in the context "folder_check"; the window translates them, the command line does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.services.sync.folder_check import CLOCK_OFF_S, LITTLE_ROOM, FolderProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.sync.folder_check import FolderCheck

Translate = Callable[[str], str]


class Grade(StrEnum):
    """What a finding means: fine, worth a look, in the way, or who is there."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Point:
    """One finding: a short sentence, and a shorter one below it that may be ""."""

    key: str
    grade: Grade
    text: str
    detail: str = ""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_PROBLEMS = {
    FolderProblem.MISSING: (
        QT_TRANSLATE_NOOP("folder_check", "There is no such folder"),
        QT_TRANSLATE_NOOP("folder_check", "Make it first, or connect the drive that it is on."),
    ),
    FolderProblem.NOT_A_FOLDER: (
        QT_TRANSLATE_NOOP("folder_check", "This is a file, not a folder"),
        QT_TRANSLATE_NOOP("folder_check", "Choose the folder that it lies in."),
    ),
    FolderProblem.DENIED: (
        QT_TRANSLATE_NOOP("folder_check", "You may not write here"),
        QT_TRANSLATE_NOOP("folder_check", "Ask whoever looks after the drive to let you write, not only read."),
    ),
    FolderProblem.READ_ONLY: (
        QT_TRANSLATE_NOOP("folder_check", "Nobody can write here"),
        QT_TRANSLATE_NOOP("folder_check", "The drive is read-only. Choose another one."),
    ),
    FolderProblem.FULL: (
        QT_TRANSLATE_NOOP("folder_check", "There is no room left"),
        QT_TRANSLATE_NOOP("folder_check", "Make room on the drive, or choose another one."),
    ),
    FolderProblem.CHANGES: (
        QT_TRANSLATE_NOOP("folder_check", "What is written here changes"),
        QT_TRANSLATE_NOOP("folder_check", "A file came back with other content. Choose another folder."),
    ),
    FolderProblem.SILENT: (
        QT_TRANSLATE_NOOP("folder_check", "The folder does not answer"),
        QT_TRANSLATE_NOOP("folder_check", "Check the network or the cloud program, then try again."),
    ),
    FolderProblem.OWN_DATA: (
        QT_TRANSLATE_NOOP("folder_check", "Your own record lies here"),
        QT_TRANSLATE_NOOP("folder_check", "It must not be shared as it is. Choose another folder."),
    ),
    FolderProblem.DAMAGED: (
        QT_TRANSLATE_NOOP("folder_check", "There is a shared folder here that cannot be read"),
        QT_TRANSLATE_NOOP("folder_check", "It may still be arriving. Wait a little, then try again."),
    ),
    FolderProblem.NEWER: (
        QT_TRANSLATE_NOOP("folder_check", "A newer version made this shared folder"),
        QT_TRANSLATE_NOOP("folder_check", "Update Observe on this computer, then try again."),
    ),
    FolderProblem.OTHER: (
        QT_TRANSLATE_NOOP("folder_check", "The folder cannot be used"),
        QT_TRANSLATE_NOOP("folder_check", "The computer says: {detail}"),
    ),
}

_WRITES = QT_TRANSLATE_NOOP("folder_check", "Can write and read back")
_IN_MS = QT_TRANSLATE_NOOP("folder_check", "in {n} ms")
_SLOW = QT_TRANSLATE_NOOP("folder_check", "Slow: a small file takes {n} s")
_SLOW_DETAIL = QT_TRANSLATE_NOOP("folder_check", "Everything arrives, later. You never wait for it.")
_CLOCKS = QT_TRANSLATE_NOOP("folder_check", "Both clocks agree")
_WITHIN = QT_TRANSLATE_NOOP("folder_check", "within {n} s")
_AHEAD = QT_TRANSLATE_NOOP("folder_check", "The folder’s clock is {much} ahead")
_BEHIND = QT_TRANSLATE_NOOP("folder_check", "The folder’s clock is {much} behind")
_CLOCK_DETAIL = QT_TRANSLATE_NOOP("folder_check", "Nothing depends on it. See that this computer’s time is right.")
_ROOM = QT_TRANSLATE_NOOP("folder_check", "Room for about {n} visits")
_LITTLE = QT_TRANSLATE_NOOP("folder_check", "Little room: about {n} visits")
_FREE = QT_TRANSLATE_NOOP("folder_check", "{size} free")
_RENAMES_NOT = QT_TRANSLATE_NOOP("folder_check", "Files cannot be renamed here")
_RENAMES_DETAIL = QT_TRANSLATE_NOOP("folder_check", "They are written directly then, and checked when read.")
_CASE = QT_TRANSLATE_NOOP("folder_check", "Capital and small letters are one name here")
_CASE_DETAIL = QT_TRANSLATE_NOOP("folder_check", "Observe uses small letters only, so this does no harm.")
_NOBODY = QT_TRANSLATE_NOOP("folder_check", "Nobody shares here yet")
_NOBODY_DETAIL = QT_TRANSLATE_NOOP("folder_check", "You begin a new shared folder.")
_ONE = QT_TRANSLATE_NOOP("folder_check", "One colleague is here")
_SOME = QT_TRANSLATE_NOOP("folder_check", "{n} colleagues are here")
_EMPTY = QT_TRANSLATE_NOOP("folder_check", "A shared folder without people yet")
_FOREIGN_ONE = QT_TRANSLATE_NOOP("folder_check", "Something else lies here too")
_FOREIGN = QT_TRANSLATE_NOOP("folder_check", "{n} other things lie here too")
_FOREIGN_DETAIL = QT_TRANSLATE_NOOP(
    "folder_check", "Observe keeps to a folder “observe” inside and leaves the rest alone."
)
_CLOUD = QT_TRANSLATE_NOOP("folder_check", "{name} copies this folder")
_CLOUD_DETAIL = QT_TRANSLATE_NOOP("folder_check", "Set it to keep the files on this computer always.")
_AWAY = QT_TRANSLATE_NOOP("folder_check", "Some files are not on this computer yet")
_SCHOOL = QT_TRANSLATE_NOOP("folder_check", "The school can open what is shared here")
_SCHOOL_DETAIL = QT_TRANSLATE_NOOP("folder_check", "Its founder turned on a recovery key of the school.")


def plain(text: str) -> str:
    """Return a sentence as it stands."""
    return text


def points(check: FolderCheck, translate: Translate = plain) -> tuple[Point, ...]:
    """Return the findings in the order in which one reads them; what is in the way stands first and alone."""
    if not check.is_usable:
        text, detail = _PROBLEMS[check.problem]
        return (Point("problem", Grade.BAD, translate(text), translate(detail).format(detail=check.detail)),)
    return tuple(_fine(check, translate))


def _fine(check: FolderCheck, tr: Translate) -> Iterator[Point]:
    if check.write_ms is not None and check.is_slow:
        yield Point("write", Grade.LOOK, tr(_SLOW).format(n=round(check.write_ms / 1000)), tr(_SLOW_DETAIL))
    elif check.write_ms is not None:
        yield Point("write", Grade.GOOD, tr(_WRITES), tr(_IN_MS).format(n=max(1, check.write_ms)))
    if check.clock_off is not None:
        yield _clock(check.clock_off, tr)
    if check.free is not None and check.visits is not None:
        little = check.free < LITTLE_ROOM
        text = tr(_LITTLE if little else _ROOM).format(n=grouped(rounded(check.visits)))
        yield Point("room", Grade.LOOK if little else Grade.GOOD, text, tr(_FREE).format(size=size_words(check.free)))
    yield _people(check, tr)
    if check.found is not None and check.found.school_key:
        yield Point("school", Grade.LOOK, tr(_SCHOOL), tr(_SCHOOL_DETAIL))
    if check.renames is False:
        yield Point("rename", Grade.LOOK, tr(_RENAMES_NOT), tr(_RENAMES_DETAIL))
    if check.case_sensitive is False:
        yield Point("case", Grade.GOOD, tr(_CASE), tr(_CASE_DETAIL))
    if check.cloud:
        yield Point(
            "cloud", Grade.LOOK if check.away else Grade.GOOD, tr(_CLOUD).format(name=check.cloud), tr(_CLOUD_DETAIL)
        )
    elif check.away:
        yield Point("away", Grade.LOOK, tr(_AWAY), tr(_CLOUD_DETAIL))
    if check.foreign:
        text = tr(_FOREIGN_ONE) if check.foreign == 1 else tr(_FOREIGN).format(n=grouped(check.foreign))
        yield Point("foreign", Grade.GOOD, text, tr(_FOREIGN_DETAIL))


def _people(check: FolderCheck, tr: Translate) -> Point:
    if check.found is None:
        return Point("people", Grade.PEOPLE, tr(_NOBODY), tr(_NOBODY_DETAIL))
    names = check.found.people
    if not names:
        return Point("people", Grade.PEOPLE, tr(_EMPTY), check.found.name)
    shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
    text = tr(_ONE) if len(names) == 1 else tr(_SOME).format(n=len(names))
    return Point("people", Grade.PEOPLE, text, shown)


def _clock(off: float, tr: Translate) -> Point:
    seconds = abs(off)
    if seconds < CLOCK_OFF_S:
        return Point("clock", Grade.GOOD, tr(_CLOCKS), tr(_WITHIN).format(n=max(1, round(seconds))))
    text = tr(_AHEAD if off > 0 else _BEHIND).format(much=_much(seconds, tr))
    return Point("clock", Grade.LOOK, text, tr(_CLOCK_DETAIL))


_MINUTES = QT_TRANSLATE_NOOP("folder_check", "{n} minutes")
_HOURS = QT_TRANSLATE_NOOP("folder_check", "{n} hours")
_DAYS = QT_TRANSLATE_NOOP("folder_check", "{n} days")


def _much(seconds: float, tr: Translate) -> str:
    if seconds < 100 * 60:
        return tr(_MINUTES).format(n=round(seconds / 60))
    if seconds < 48 * 3600:
        return tr(_HOURS).format(n=round(seconds / 3600))
    return tr(_DAYS).format(n=grouped(round(seconds / 86_400)))


def rounded(count: int) -> int:
    """Return a number with one figure that counts, or two under 20 of its kind: 90,000; 1,500; 40; 7."""
    if count < 10:
        return count
    digits = len(str(count)) - 1
    step = int(f"1{'0' * digits}")
    if count < 2 * step:
        step //= 10
    return count // step * step


def grouped(count: int) -> str:
    """Return a number with its thousands parted."""
    return f"{count:,}"


def size_words(size: int) -> str:
    """Return bytes as people read them: "4.1 GB", "350 MB"."""
    for unit, name in ((10**12, "TB"), (10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            whole = size / unit
            return f"{whole:.1f} {name}" if whole < 10 else f"{whole:.0f} {name}"
    return f"{size // 1000} kB"
