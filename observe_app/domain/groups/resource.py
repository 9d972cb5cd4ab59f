"""What a group or a session works with: a file, or a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file, by the SHA-256 of its bytes, or a link, with the line that says on what terms it may be used.

    Attributes:
        session_id: the session it was used in, "" for the group as a whole. link: an address, "" for a file.
        sha256: of the file's bytes, "" for a link. size: of the file, in bytes.
    """

    id: str
    title: str
    group_id: str = ""
    session_id: str = ""
    link: str = ""
    sha256: str = ""
    file_name: str = ""
    size: int = 0
    licence: str = ""
    note: str = ""
    created: datetime | None = None
    deleted: bool = False
