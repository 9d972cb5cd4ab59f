"""Who takes part in the record of a visit, by key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class ShareRole(StrEnum):
    """What somebody may do with a shared visit.

    The author wrote it, the teacher decides on readers, coaches join the conversation, readers read; the school key
    only opens.
    """

    AUTHOR = "author"
    TEACHER = "teacher"
    COACH = "coach"
    READER = "reader"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Share:
    """One person in a visit's audience. id = UUIDv5("share", visit, fingerprint).

    Attributes:
        folder: id of the shared folder that it travels through.
        by: fingerprint of who added or removed them. ground: "teacher" (decided in the app), "reply" (the teacher
            decided in a PDF reply, applied as given), "author" (before the teacher could decide).
    """

    id: str
    visit_id: str
    fingerprint: str
    role: ShareRole
    folder: str = ""
    name: str = ""
    by: str = ""
    ground: str = "author"
    at: datetime | None = None
    deleted: bool = False


def school_fingerprint(recipient: str) -> str:
    """Return what stands for the school's key among a visit's people; only its age recipient is known."""
    return hashlib.sha256(b"observe-school-1" + recipient.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who takes part in a visit, as the screen says it.

    Attributes:
        share: their part. name: as their card says it, else as it was written down.
        reads: what is sent from now on is encrypted to them; False for those removed, and for a key that must be
            checked first.
        checked: the two compared the number. changed: their key is another one than before.
        me: it is oneself. folder: what the shared folder is called here. linked: id of the person here, "" for nobody.
    """

    share: Share
    name: str
    reads: bool
    checked: bool = False
    changed: bool = False
    me: bool = False
    folder: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class VisitRights:
    """What this person may do with a visit.

    Attributes:
        role: their part; author of a visit that is shared with nobody.
        shared: others can read it through a folder. writes: all of it, as its author.
        joins: turns of the conversation and steps. decides: who else may read it.
        removed: nothing more comes; what came stays.
    """

    role: ShareRole = ShareRole.AUTHOR
    shared: bool = False
    writes: bool = True
    joins: bool = True
    decides: bool = True
    removed: bool = False
