"""Rows of sharing: who reads a visit and attachments, which travel; folders, segments and cards, which do not.

What does not travel is only ever asked for in SQL (`store/sync`). Plain tables are described faster than mapped ones,
and every start waits for that.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.store.columns import BoolInt, UtcText
from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base

_LOCAL: dict[str, Any] = {**STRICT, "info": {"local": True}}
_NO_ROWID: dict[str, Any] = {**_LOCAL, "sqlite_with_rowid": False}


class ShareRow(Base):
    """Somebody who takes part in the record of a visit. id = UUIDv5("share", visit, fingerprint)."""

    __tablename__ = "visit_share"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    fingerprint: Mapped[str]
    role: Mapped[str]
    folder: Mapped[str] = mapped_column(server_default=EMPTY)
    name: Mapped[str] = mapped_column(server_default=EMPTY)
    by: Mapped[str] = mapped_column(server_default=EMPTY)
    ground: Mapped[str] = mapped_column(server_default=sql("'author'"))
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class AttachmentRow(Base):
    """A file that belongs to a visit, such as a filled reply. id = UUIDv5("attachment", visit, sha256).

    `sha256` is that of the file itself, `blob` that of the encrypted file in the folder, `key` opens it.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    sha256: Mapped[str]
    name: Mapped[str] = mapped_column(server_default=EMPTY)
    size: Mapped[int] = mapped_column(server_default=ZERO)
    blob: Mapped[str] = mapped_column(server_default=EMPTY)
    key: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ErasureRow(Base):
    """That a visit was erased for good, when and by whom; nothing of what it held. id = UUIDv5("erasure", visit)."""

    __tablename__ = "erasure"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(server_default=EMPTY)
    reason: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ProgressRow(Base):
    """How many visits somebody made in a term; figures that everybody in the folder reads.

    id = UUIDv5("progress", fingerprint, folder, first day of the term); written by that person alone.
    """

    __tablename__ = "progress_count"
    __table_args__ = (Index(None, "folder", "fingerprint"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    folder: Mapped[str]
    name: Mapped[str] = mapped_column(server_default=EMPTY)
    since: Mapped[date]
    until: Mapped[date]
    planned: Mapped[int] = mapped_column(server_default=ZERO)
    observed: Mapped[int] = mapped_column(server_default=ZERO)
    talked: Mapped[int] = mapped_column(server_default=ZERO)
    released: Mapped[int] = mapped_column(server_default=ZERO)
    answered: Mapped[int] = mapped_column(server_default=ZERO)
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


# A shared folder that this computer takes part in; `sealed` is the journal position that went into segments.
Table(
    "sync_folder",
    Base.metadata,
    Column("id", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("name", Text, server_default=EMPTY, nullable=False),
    Column("home", BoolInt, server_default=ZERO, nullable=False),
    Column("paused", BoolInt, server_default=ZERO, nullable=False),
    Column("school_key", Text, server_default=EMPTY, nullable=False),
    Column("joined", UtcText, nullable=False),
    Column("sealed", Integer, server_default=ZERO, nullable=False),
    Column("last_seq", Integer, server_default=ZERO, nullable=False),
    Column("last_hash", Text, server_default=EMPTY, nullable=False),
    Column("last_round", UtcText),
    **_LOCAL,
)

# A segment held here. `state`: "out" not in the folder yet, "published", "taken" from others, "covered" by one of one's
# own, "waiting" for a card or a record, "unread" of a format to come, "refused".
Table(
    "sync_segment",
    Base.metadata,
    Column("folder", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("writer", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("audience", Text, server_default=EMPTY, nullable=False),
    Column("changes", Integer, server_default=ZERO, nullable=False),
    Column("at", UtcText, nullable=False),
    Column("name", Text, server_default=EMPTY, nullable=False),
    Column("size", Integer, server_default=ZERO, nullable=False),
    Index(None, "folder", "state"),
    **_NO_ROWID,
)

# The bytes of a segment; apart, so that lists of segments stay short.
Table(
    "sync_raw",
    Base.metadata,
    Column("hash", Text, primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    **_LOCAL,
)

# A segment that is whole and not for this person, by its hash.
Table(
    "sync_stranger",
    Base.metadata,
    Column("folder", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("writer", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    **_NO_ROWID,
)

# That one segment says it holds all changes of another one.
Table(
    "sync_cover",
    Base.metadata,
    Column("folder", Text, primary_key=True),
    Column("covered", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    **_NO_ROWID,
)

# A record whose present values are to go to a visit's people with the next segment.
Table(
    "sync_push",
    Base.metadata,
    Column("visit_id", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    **_NO_ROWID,
)

# A record that has gone to a visit's people; whoever joins them gets its present values.
Table(
    "sync_shared",
    Base.metadata,
    Column("visit_id", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    **_NO_ROWID,
)

# A letter, or an op of one, that was not let in: kept, shown, never dropped.
Table(
    "sync_refused",
    Base.metadata,
    Column("id", Text, primary_key=True),
    Column("folder", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("writer", Text, server_default=EMPTY, nullable=False),
    Column("signer", Text, server_default=EMPTY, nullable=False),
    Column("reason", Text, nullable=False),
    Column("content", Text, server_default=EMPTY, nullable=False),
    Column("at", UtcText, nullable=False),
    Column("seen", BoolInt, server_default=ZERO, nullable=False),
    **_LOCAL,
)

# Somebody's signed card as it came. `trust`: "new", "checked", "changed".
Table(
    "sync_card",
    Base.metadata,
    Column("id", Text, primary_key=True),
    Column("folder", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("trust", Text, server_default=sql("'new'"), nullable=False),
    Column("checked", UtcText),
    Column("at", UtcText, nullable=False),
    Index(None, "fingerprint"),
    **_LOCAL,
)

# Who made a visit, as the first letter about it said, by fingerprint; a later letter cannot say otherwise.
Table(
    "sync_visit",
    Base.metadata,
    Column("visit_id", Text, primary_key=True),
    Column("author", Text, nullable=False),
    Column("folder", Text, nullable=False),
    **_LOCAL,
)

# A cell that may hold values which stand against each other; made sure of when it is listed.
Table(
    "sync_conflict",
    Base.metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("column_name", Text, primary_key=True),
    **_NO_ROWID,
)

# Another installation, as its files tell: whose it is, its last word, how many seconds its clock was off ("" for fine).
Table(
    "sync_laptop",
    Base.metadata,
    Column("folder", Text, primary_key=True),
    Column("writer", Text, primary_key=True),
    Column("fingerprint", Text, server_default=EMPTY, nullable=False),
    Column("seen", UtcText),
    Column("clock", Text, server_default=EMPTY, nullable=False),
    Column("version", Text, server_default=EMPTY, nullable=False),
    Column("last_seq", Integer, server_default=ZERO, nullable=False),
    **_NO_ROWID,
)

# A line of the plain log: what was sent, what came, what went wrong; never what somebody wrote.
Table(
    "sync_log",
    Base.metadata,
    Column("pk", Integer, primary_key=True),
    Column("at", UtcText, nullable=False),
    Column("folder", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", Text, server_default=EMPTY, nullable=False),
    Column("count", Integer, server_default=ZERO, nullable=False),
    **_LOCAL,
)

# An op that is known to be superseded in its cell and has not come yet. A deletion names ops of other columns too; a
# cell alone says nothing of what stands elsewhere, whatever ids somebody wrote into it.
Table(
    "journal_dead",
    Base.metadata,
    Column("op", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("column_name", Text, primary_key=True),
    **_NO_ROWID,
)
