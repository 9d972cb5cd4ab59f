"""Who takes part in the record of a visit, by key."""

from __future__ import annotations

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
