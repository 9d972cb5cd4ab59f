"""Mapped rows of groups: their purpose, goals and readings, resources, sessions and what was promised there."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base


class PeerGroupRow(Base):
    """A learning community, a department, a mentoring pair. `kind`: "community", "department", "mentoring", "other".

    `norms`: one a line. `revisit`: when the purpose is looked at again.
    """

    __tablename__ = "peer_group"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=sql("'community'"))
    purpose: Mapped[str] = mapped_column(server_default=EMPTY)
    measure: Mapped[str] = mapped_column(server_default=EMPTY)
    revisit: Mapped[date | None]
    norms: Mapped[str] = mapped_column(server_default=EMPTY)
    school_goals: Mapped[str] = mapped_column(server_default=EMPTY)
    archived: Mapped[bool] = mapped_column(server_default=ZERO)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class GroupMemberRow(Base):
    """Somebody's part in a group. id = UUIDv5("group_member", group, person).

    `roles`: of "facilitator", "recorder", "time_keeper", "sponsor", "mentor", "mentee"; () is a plain member.
    """

    __tablename__ = "group_member"
    __table_args__ = (Index(None, "group_id"), Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str]
    person_id: Mapped[str]
    roles: Mapped[tuple[str, ...]]  # without a default, which the journal would not hear of
    since: Mapped[date | None]
    until: Mapped[date | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class GoalRow(Base):
    """A goal of a group, of a person (`group_id` "") or of the school (both "").

    `parent_id`: the goal it serves. `status`: "open", "reached", "dropped".
    """

    __tablename__ = "goal"
    __table_args__ = (Index(None, "group_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    person_id: Mapped[str] = mapped_column(server_default=EMPTY)
    parent_id: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    measure: Mapped[str] = mapped_column(server_default=EMPTY)
    unit: Mapped[str] = mapped_column(server_default=EMPTY)
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    due: Mapped[date | None]
    status: Mapped[str] = mapped_column(server_default=sql("'open'"))
    closed: Mapped[datetime | None]
    story: Mapped[str] = mapped_column(server_default=EMPTY)
    position: Mapped[float] = mapped_column(server_default=ZERO)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ReadingRow(Base):
    """One value of a goal's measure, or of an outcome beside it. `n`: how many it rests on, None where not said.

    `series`: "" for the goal's own measure, else the outcome's name. `batch`: one import.
    """

    __tablename__ = "reading"
    __table_args__ = (Index(None, "goal_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    goal_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    on: Mapped[date]
    value: Mapped[float]
    n: Mapped[int | None]
    series: Mapped[str] = mapped_column(server_default=EMPTY)
    note: Mapped[str] = mapped_column(server_default=EMPTY)
    source: Mapped[str] = mapped_column(server_default=EMPTY)
    batch: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class GoalLinkRow(Base):
    """What a goal is pursued by. `kind`: "visit", "step" or "session". id = UUIDv5("goal_link", goal, kind, target)."""

    __tablename__ = "goal_link"
    __table_args__ = (Index(None, "goal_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    goal_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    kind: Mapped[str]
    target_id: Mapped[str]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ResourceRow(Base):
    """A file, by the SHA-256 of its bytes, or a link, with the line that says on what terms it may be used."""

    __tablename__ = "resource"
    __table_args__ = (Index(None, "group_id"), Index(None, "session_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    session_id: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    link: Mapped[str] = mapped_column(server_default=EMPTY)
    sha256: Mapped[str] = mapped_column(server_default=EMPTY)
    file_name: Mapped[str] = mapped_column(server_default=EMPTY)
    size: Mapped[int] = mapped_column(server_default=ZERO)
    licence: Mapped[str] = mapped_column(server_default=EMPTY)
    note: Mapped[str] = mapped_column(server_default=EMPTY)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SessionRow(Base):
    """A joint development session or a meeting. `state`: "planned", "running", "held", "cancelled".

    `series_id`: shared by all of one series. `rule`: JSON of how the series recurs, on its first session only.
    """

    __tablename__ = "session"
    __table_args__ = (Index(None, "group_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    series_id: Mapped[str] = mapped_column(server_default=EMPTY)
    rule: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=sql("'session'"))
    start: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(server_default=sql("60"))
    zone: Mapped[str] = mapped_column(server_default=sql("'UTC'"))
    place: Mapped[str] = mapped_column(server_default=EMPTY)
    link: Mapped[str] = mapped_column(server_default=EMPTY)
    objectives: Mapped[str] = mapped_column(server_default=EMPTY)
    notes: Mapped[str] = mapped_column(server_default=EMPTY)
    state: Mapped[str] = mapped_column(server_default=sql("'planned'"))
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    facilitator_id: Mapped[str] = mapped_column(server_default=EMPTY)
    recorder_id: Mapped[str] = mapped_column(server_default=EMPTY)
    time_keeper_id: Mapped[str] = mapped_column(server_default=EMPTY)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SessionItemRow(Base):
    """A line of a session. `kind`: "agenda", "parking" or "decision"; `minutes` planned, `spent_s` taken."""

    __tablename__ = "session_item"
    __table_args__ = (Index(None, "session_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    kind: Mapped[str] = mapped_column(server_default=sql("'agenda'"))
    title: Mapped[str]
    text: Mapped[str] = mapped_column(server_default=EMPTY)
    minutes: Mapped[int | None]
    person_id: Mapped[str] = mapped_column(server_default=EMPTY)
    position: Mapped[float] = mapped_column(server_default=ZERO)
    started: Mapped[datetime | None]
    spent_s: Mapped[int] = mapped_column(server_default=ZERO)
    done: Mapped[bool] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class AttendanceRow(Base):
    """Whether somebody was at a session. id = UUIDv5("attendance", session, person).

    `state`: "present", "part", "apologies", "absent", without a default: what is one is not in the journal, and two who
    say different things at a time are to be heard both. `minutes` None: as long as the session.
    """

    __tablename__ = "attendance"
    __table_args__ = (Index(None, "session_id"), Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    person_id: Mapped[str]
    state: Mapped[str]
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class FollowUpRow(Base):
    """What somebody promised in a session or for a goal. `status`: "open", "done", "dropped"."""

    __tablename__ = "follow_up"
    __table_args__ = (Index(None, "session_id"), Index(None, "owner_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(server_default=EMPTY)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    goal_id: Mapped[str] = mapped_column(server_default=EMPTY)
    text: Mapped[str]
    owner_id: Mapped[str] = mapped_column(server_default=EMPTY)
    due: Mapped[date | None]
    status: Mapped[str] = mapped_column(server_default=sql("'open'"))
    closed: Mapped[datetime | None]
    position: Mapped[float] = mapped_column(server_default=ZERO)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class ExcerptRow(Base):
    """Words from a private journal that their writer chose to give to a group; it does not say from which entry."""

    __tablename__ = "excerpt"
    __table_args__ = (Index(None, "group_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str]
    person_id: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
