"""Mapped rows. Nothing outside `store` may import them.

Synced tables carry text ids, no UNIQUE and no foreign keys (a child may arrive before its parent), and a `deleted`
flag instead of a DELETE. Changes to them are additive only. Local tables (`LOCAL`) stay out of the journal.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage
from observe_app.store.columns import AnyValue, JsonValue, PackedText
from observe_app.store.schema_base import EMPTY, FORMAT_MAJOR, FORMAT_MINOR, STRICT, ZERO, Base
from observe_app.store.schema_compare import AgreedCellRow, SameLessonRow
from observe_app.store.schema_groups import (
    AttendanceRow,
    ExcerptRow,
    FollowUpRow,
    GoalLinkRow,
    GoalRow,
    GroupMemberRow,
    PeerGroupRow,
    ReadingRow,
    ResourceRow,
    SessionItemRow,
    SessionRow,
)
from observe_app.store.schema_learning import (
    CertificateRow,
    HoursEntryRow,
    HoursRuleRow,
    PortfolioRow,
    SurveyAnswerRow,
    SurveyDoneRow,
    SurveyRow,
    SurveySecretRow,
    SurveyUrnRow,
)
from observe_app.store.schema_school import (
    HolidayRow,
    LessonSlotRow,
    PairingRow,
    SchoolClassRow,
    SchoolTermRow,
    VisitRoundRow,
)
from observe_app.store.schema_sync import AttachmentRow, ErasureRow, ProgressRow, ShareRow
from observe_app.store.schema_talk import (
    CopyRow,
    EntryRow,
    KeptFileRow,
    ProtocolRow,
    ReaderRow,
    ReleaseRow,
    ReplyRow,
    TurnRow,
)

__all__ = [
    "FORMAT_MAJOR",
    "FORMAT_MINOR",
    "FORM_TABLES",
    "FTS_DDL",
    "ActionRow",
    "AgreedCellRow",
    "AnchorRow",
    "AnswerRow",
    "AttachmentRow",
    "AttendanceRow",
    "Base",
    "CertificateRow",
    "ChangeRow",
    "ClaimRow",
    "CopyRow",
    "DraftRow",
    "EntryRow",
    "ErasureRow",
    "EventRow",
    "EvidenceRow",
    "ExcerptRow",
    "FollowUpRow",
    "FormDraftRow",
    "FormIndexRow",
    "FormVersionRow",
    "GoalLinkRow",
    "GoalRow",
    "GroupMemberRow",
    "HeadRow",
    "HolidayRow",
    "HoursEntryRow",
    "HoursRuleRow",
    "KeptFileRow",
    "LessonSlotRow",
    "MemberRow",
    "MetaRow",
    "PairingRow",
    "PeerGroupRow",
    "PersonRow",
    "PortfolioRow",
    "ProgressRow",
    "ProtocolRow",
    "ReaderRow",
    "ReadingRow",
    "ReleaseRow",
    "ReplyRow",
    "ResourceRow",
    "SameLessonRow",
    "SchoolClassRow",
    "SchoolTermRow",
    "SearchDocRow",
    "SessionItemRow",
    "SessionRow",
    "ShareRow",
    "StepRowData",
    "SurveyAnswerRow",
    "SurveyDoneRow",
    "SurveyRow",
    "SurveySecretRow",
    "SurveyUrnRow",
    "TurnRow",
    "VideoRow",
    "VisitDataRow",
    "VisitRoundRow",
    "synced_tables",
]


class PersonRow(Base):
    """A colleague."""

    __tablename__ = "person"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(server_default=EMPTY)
    staff_id: Mapped[str] = mapped_column(server_default=EMPTY)
    subjects: Mapped[str] = mapped_column(server_default=EMPTY)
    roles: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    archived: Mapped[bool] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
    language: Mapped[str] = mapped_column(server_default=EMPTY)
    card: Mapped[str] = mapped_column(server_default=EMPTY)
    pronouns: Mapped[str] = mapped_column(server_default=EMPTY)
    photo: Mapped[str] = mapped_column(server_default=EMPTY)  # SHA-256 of a kept file
    building: Mapped[str] = mapped_column(server_default=EMPTY)
    manager_id: Mapped[str] = mapped_column(server_default=EMPTY)
    week_load: Mapped[int | None]  # visits a week at most
    left_on: Mapped[date | None]
    merged_into: Mapped[str] = mapped_column(server_default=EMPTY)


class VisitDataRow(Base):
    """A visit; who takes part stands in `visit_member`."""

    __tablename__ = "visit"
    # The second index answers where forms are used without reading the visits, each of which holds a whole form.
    # The third is all that a list is ordered and narrowed by, in the order of most lists.
    __table_args__ = (
        Index(None, "start"),
        Index(None, "form_id", "form_version", "deleted"),
        Index(
            "ix_visit_listed", "deleted", sql("coalesce(started, start, created)"), "id", "stage", "form_id",
            "form_title", "class_name", "focus", "start", "started", "created",
        ),
        STRICT,
    )  # fmt: skip
    id: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[Stage] = mapped_column(server_default=sql("'prepare'"))
    class_name: Mapped[str] = mapped_column(server_default=EMPTY)
    subject: Mapped[str] = mapped_column(server_default=EMPTY)
    topic: Mapped[str] = mapped_column(server_default=EMPTY)
    room: Mapped[str] = mapped_column(server_default=EMPTY)
    class_size: Mapped[int | None]
    start: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(server_default=sql("50"))
    zone: Mapped[str] = mapped_column(server_default=sql("'UTC'"))
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    focus: Mapped[str] = mapped_column(server_default=EMPTY)
    looking_for: Mapped[str] = mapped_column(server_default=EMPTY)
    context: Mapped[str] = mapped_column(server_default=EMPTY)
    preparation: Mapped[str] = mapped_column(server_default=EMPTY)
    conversation: Mapped[str] = mapped_column(server_default=EMPTY)
    form_id: Mapped[str] = mapped_column(server_default=EMPTY)
    form_version: Mapped[int] = mapped_column(server_default=ZERO)
    form_title: Mapped[str] = mapped_column(server_default=EMPTY)
    form_snapshot: Mapped[str] = mapped_column(server_default=EMPTY)
    source: Mapped[str] = mapped_column(server_default=sql("'live'"))
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
    seating: Mapped[str] = mapped_column(server_default=EMPTY)
    video_consent: Mapped[str] = mapped_column(server_default=EMPTY)
    led: Mapped[str] = mapped_column(server_default=sql("'observer'"))
    agreed_items: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    protocol_id: Mapped[str] = mapped_column(server_default=EMPTY)
    protocol_snapshot: Mapped[str] = mapped_column(server_default=EMPTY)
    talk_started: Mapped[datetime | None]
    talk_ended: Mapped[datetime | None]
    next_visit_id: Mapped[str] = mapped_column(server_default=EMPTY)
    class_id: Mapped[str] = mapped_column(server_default=EMPTY)


class MemberRow(Base):
    """A person's role in a visit. id = UUIDv5(visit, role, person)."""

    __tablename__ = "visit_member"
    __table_args__ = (Index(None, "visit_id"), Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    person_id: Mapped[str]
    role: Mapped[Role]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class EventRow(Base):
    """Anything that happened, of any kind."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "visit_id", "offset_ms"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    kind: Mapped[EventKind]
    offset_ms: Mapped[int]
    wall: Mapped[datetime | None]
    text: Mapped[str] = mapped_column(server_default=EMPTY)
    speaker: Mapped[str] = mapped_column(server_default=EMPTY)
    to: Mapped[str] = mapped_column(server_default=EMPTY)
    seat: Mapped[str] = mapped_column(server_default=EMPTY)
    item: Mapped[str] = mapped_column(server_default=EMPTY)
    code: Mapped[str] = mapped_column(server_default=EMPTY)
    value: Mapped[float | None]
    of: Mapped[float | None]
    outcome: Mapped[str] = mapped_column(server_default=EMPTY)
    tags: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    private: Mapped[bool] = mapped_column(server_default=ZERO)
    starred: Mapped[bool] = mapped_column(server_default=ZERO)
    author_id: Mapped[str | None]
    source: Mapped[str] = mapped_column(server_default=sql("'live'"))
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class AnswerRow(Base):
    """The answer to one item of one visit. id = UUIDv5(visit, item)."""

    __tablename__ = "answer"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    item: Mapped[str]
    value: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    absence: Mapped[Absence | None]
    comment: Mapped[str] = mapped_column(server_default=EMPTY)
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ClaimRow(Base):
    """A strength, a growth area or a question."""

    __tablename__ = "claim"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    kind: Mapped[ClaimKind]
    title: Mapped[str] = mapped_column(server_default=EMPTY)
    text: Mapped[str] = mapped_column(server_default=EMPTY)
    position: Mapped[float] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class EvidenceRow(Base):
    """A link from a claim, an answer or a step to an event or a view. id = UUIDv5(visit, target kind, target, event).

    Of a link to a view the event is "" and the id is made of "view:" and its key.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    target_kind: Mapped[str]
    target_id: Mapped[str]
    event_id: Mapped[str]
    position: Mapped[float] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
    view: Mapped[str] = mapped_column(server_default=EMPTY)


class StepRowData(Base):
    """An action step."""

    __tablename__ = "action_step"
    __table_args__ = (Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    text: Mapped[str]
    owner_id: Mapped[str | None]
    due: Mapped[date | None]
    help: Mapped[str] = mapped_column(server_default=EMPTY)
    status: Mapped[StepStatus] = mapped_column(server_default=sql("'open'"))
    position: Mapped[float] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
    practice: Mapped[str] = mapped_column(server_default=EMPTY)
    notice: Mapped[str] = mapped_column(server_default=EMPTY)
    teacher_agrees: Mapped[bool] = mapped_column(server_default=ZERO)
    observer_agrees: Mapped[bool] = mapped_column(server_default=ZERO)
    closed_visit_id: Mapped[str] = mapped_column(server_default=EMPTY)
    closed: Mapped[datetime | None]


class FormVersionRow(Base):
    """One version of a school's own form. Never changed but for `deleted`; a visit keeps its own snapshot anyway."""

    __tablename__ = "form_version"
    __table_args__ = (Index(None, "form_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str]
    version: Mapped[int]
    title: Mapped[str] = mapped_column(server_default=EMPTY)
    content: Mapped[str]
    digest: Mapped[str]
    created: Mapped[datetime]
    author_id: Mapped[str | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class FormDraftRow(Base):
    """What somebody is making of an own form, saved as they type. id = UUIDv5(form)."""

    __tablename__ = "form_draft"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    form_id: Mapped[str]
    based_on: Mapped[int] = mapped_column(server_default=ZERO)
    content: Mapped[str] = mapped_column(PackedText)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ActionRow(Base):
    """One thing a person did. Local in derived fields (`undone`), the rest travels with its changes.

    `signer` is the fingerprint of who signed it, NULL for what was done here; `audience` whom it came to: "me", "all"
    or the id of a visit, "" for what was done here.
    """

    __tablename__ = "journal_action"
    __table_args__ = (Index(None, "scope"), {**STRICT, "info": {"local": True}})
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    writer: Mapped[str]
    author_id: Mapped[str | None]
    scope: Mapped[str | None]
    undoes: Mapped[str | None]
    undone: Mapped[bool] = mapped_column(server_default=ZERO)
    undoable: Mapped[bool] = mapped_column(server_default=sql("1"))
    skipped: Mapped[int] = mapped_column(server_default=ZERO)
    signer: Mapped[str | None]
    audience: Mapped[str] = mapped_column(server_default=EMPTY)


class ChangeRow(Base):
    """One changed value; the op id, `over` and the stamp are fixed when it is written."""

    __tablename__ = "journal_change"
    __table_args__ = (
        Index("ix_journal_change_cell", "row_id", "column_name"),
        Index(None, "action_id"),
        {**STRICT, "info": {"local": True}},
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    op: Mapped[str] = mapped_column(unique=True)
    action_id: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[str]
    column_name: Mapped[str]
    old: Mapped[Any] = mapped_column(AnyValue, nullable=True)
    new: Mapped[Any] = mapped_column(AnyValue, nullable=True)
    over: Mapped[str]
    stamp: Mapped[str]
    inserted: Mapped[bool] = mapped_column(server_default=ZERO)


class HeadRow(Base):
    """The live ops of a cell: those that no other op of the cell has superseded."""

    __tablename__ = "journal_head"
    __table_args__ = {**STRICT, "info": {"local": True}, "sqlite_with_rowid": False}  # noqa: RUF012  (SQLAlchemy's way)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    column_name: Mapped[str] = mapped_column(primary_key=True)
    op: Mapped[str] = mapped_column(primary_key=True)
    table_name: Mapped[str]


class DraftRow(Base):
    """An unfinished line, outside the journal so that deleted words leave no history."""

    __tablename__ = "draft"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    visit_id: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    offset_ms: Mapped[int]
    wall: Mapped[datetime]


class AnchorRow(Base):
    """A moment at which a running lesson's time was known; each computer keeps its own."""

    __tablename__ = "lesson_anchor"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    visit_id: Mapped[str] = mapped_column(primary_key=True)
    raw_ms: Mapped[int]
    wall: Mapped[datetime]
    boot: Mapped[str] = mapped_column(server_default=EMPTY)
    boot_ms: Mapped[int] = mapped_column(server_default=ZERO)


class VideoRow(Base):
    """Where the film of a lesson lies on this computer; the film itself is never copied, and this never travels."""

    __tablename__ = "video"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    visit_id: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    starts_ms: Mapped[int] = mapped_column(server_default=ZERO)


class FormIndexRow(Base):
    """What a list shows of a form, by the hash of what it was read from; made again whenever it does not fit."""

    __tablename__ = "form_index"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    digest: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[int]
    content: Mapped[str]


class MetaRow(Base):
    """What this file knows of itself: its writer id and the like."""

    __tablename__ = "meta"
    __table_args__ = {**STRICT, "info": {"local": True}}  # noqa: RUF012
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SearchDocRow(Base):
    """The words of a note, a person or a visit, as full-text search reads them; kept by triggers."""

    __tablename__ = "search_doc"
    __table_args__ = (
        Index("ix_search_doc_row", "row_id", "kind", unique=True),
        {**STRICT, "info": {"local": True}},
    )
    pk: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    row_id: Mapped[str]
    visit_id: Mapped[str | None]
    body: Mapped[str]


FTS_DDL = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(body, content='search_doc', content_rowid='pk', "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
)


FORM_TABLES = frozenset({"form_version", "form_draft", "protocol"})
"""Tables whose records belong to a form or a protocol and to no visit; the scope of an action on them is theirs."""


def synced_tables() -> tuple[str, ...]:
    """Return the names of the tables whose every change the journal captures."""
    return tuple(sorted(name for name, table in Base.metadata.tables.items() if not table.info.get("local")))
