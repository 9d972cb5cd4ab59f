"""Releases: the act by which a record leaves its author, its later corrections, and the copies that went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that say anything, each once however it is spelled in capitals, as it stands first."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(name.strip().casefold(), name.strip())
    return tuple(found.values())


class ReleaseKind(StrEnum):
    """What a revision does."""

    RELEASE = "release"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Release:
    """One released revision of a visit's feedback.

    Attributes:
        number: 1 for the first; each later one replaces those before, which stay readable.
        document: what left, as the JSON of a `ReportDocument`: the whole of what may be read, without one private word.
        digest: SHA-256 of `document` in UTF-8, hexadecimal.
        with_notes: whether all notes but the private ones went too; else those only that claims and answers rest on.
        why: what the author said on correcting or withdrawing, "" for a first release.
        readers: names of those who could read it at that moment, the teacher first.
        taken_back: when it was taken back before any copy had left; None otherwise.
    """

    id: str
    visit_id: str
    number: int
    kind: ReleaseKind = ReleaseKind.RELEASE
    at: datetime | None = None
    by_id: str | None = None
    by: str = ""
    document: str = ""
    digest: str = ""
    language: str = ""
    with_notes: bool = False
    why: str = ""
    readers: tuple[str, ...] = ()
    taken_back: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of a release that was written or printed: from then on it is out of the author's hands.

    Attributes:
        reader: who it is for. way: "file" or "print". scope: "summary" or "record".
        sha256: of the file's bytes, hexadecimal. size: bytes.
    """

    id: str
    visit_id: str
    release_id: str
    at: datetime | None = None
    reader: str = ""
    way: str = "file"
    scope: str = "summary"
    file_name: str = ""
    sha256: str = ""
    size: int = 0
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody beside teacher and observer whom the teacher lets read the visit.

    Attributes:
        person_id: None for a name that is nobody known here. via: "reply" where the teacher wrote it into the PDF,
            "typed" where the observer entered the teacher's wish.
    """

    visit_id: str
    name: str
    person_id: str | None = None
    via: str = "typed"
    at: datetime | None = None
    deleted: bool = False
