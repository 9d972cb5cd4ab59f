"""Mapped rows of what follows a lesson: conversation, releases and their copies, replies, the journal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.release import ReleaseKind
from observe_app.domain.turn import Voice
from observe_app.store.columns import PackedText
from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base


class TurnRow(Base):
    """One thing said in a feedback conversation."""

    __tablename__ = "turn"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    voice: Mapped[Voice]
    text: Mapped[str] = mapped_column(server_default=EMPTY)
    prompt: Mapped[str] = mapped_column(server_default=EMPTY)
    at: Mapped[datetime | None]
    position: Mapped[float] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ProtocolRow(Base):
    """A school's own conversation protocol, as TOML. Visits keep their own snapshot."""

    __tablename__ = "protocol"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(server_default=EMPTY)
    content: Mapped[str] = mapped_column(PackedText)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ReleaseRow(Base):
    """A released revision of a visit's feedback. Never changed but for `taken_back`."""

    __tablename__ = "release"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    number: Mapped[int]
    kind: Mapped[ReleaseKind]
    at: Mapped[datetime]
    by_id: Mapped[str | None]
    document: Mapped[str] = mapped_column(PackedText)
    digest: Mapped[str]
    language: Mapped[str] = mapped_column(server_default=EMPTY)
    with_notes: Mapped[bool] = mapped_column(server_default=ZERO)
    why: Mapped[str] = mapped_column(server_default=EMPTY)
    readers: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    taken_back: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class CopyRow(Base):
    """A file of a release that went out."""

    __tablename__ = "release_copy"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    release_id: Mapped[str]
    at: Mapped[datetime]
    reader: Mapped[str] = mapped_column(server_default=EMPTY)
    way: Mapped[str] = mapped_column(server_default=sql("'file'"))
    scope: Mapped[str] = mapped_column(server_default=sql("'summary'"))
    file_name: Mapped[str] = mapped_column(server_default=EMPTY)
    sha256: Mapped[str] = mapped_column(server_default=EMPTY)
    size: Mapped[int] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ReaderRow(Base):
    """Somebody whom the teacher lets read a visit. id = UUIDv5(visit, name)."""

    __tablename__ = "reader"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[str | None]
    via: Mapped[str] = mapped_column(server_default=sql("'typed'"))
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ReplyRow(Base):
    """What the teacher answered; the points stand in it as JSON."""

    __tablename__ = "reply"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    release_id: Mapped[str] = mapped_column(server_default=EMPTY)
    number: Mapped[int] = mapped_column(server_default=ZERO)
    source: Mapped[str] = mapped_column(server_default=sql("'pdf'"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(server_default=EMPTY)
    day: Mapped[str] = mapped_column(server_default=EMPTY)
    received: Mapped[bool] = mapped_column(server_default=ZERO)
    points: Mapped[str] = mapped_column(server_default=sql("'[]'"))
    overall: Mapped[str] = mapped_column(server_default=EMPTY)
    step: Mapped[str] = mapped_column(server_default=EMPTY)
    readers: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    sha256: Mapped[str] = mapped_column(server_default=EMPTY)
    file_name: Mapped[str] = mapped_column(server_default=EMPTY)
    seen: Mapped[bool] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class EntryRow(Base):
    """An entry of somebody's own journal. It belongs to its author alone, not to the visit's record."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None]
    visit_id: Mapped[str] = mapped_column(server_default=EMPTY)
    kind: Mapped[EntryKind] = mapped_column(server_default=sql("'journal'"))
    text: Mapped[str] = mapped_column(server_default=EMPTY)
    at: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
    title: Mapped[str] = mapped_column(server_default=EMPTY)
    prompt: Mapped[str] = mapped_column(server_default=EMPTY)
    visit_ids: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))


class KeptFileRow(Base):
    """A file that came from outside and is kept as it came, by the SHA-256 of its bytes. Outside the journal."""

    __tablename__ = "kept_file"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    content: Mapped[bytes]
    at: Mapped[datetime]
