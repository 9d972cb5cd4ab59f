"""Mapped rows of a school's year: terms, holidays, classes, timetables, and rounds of visits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base


class SchoolTermRow(Base):
    """A part of the school's year. `kind`: "year", "term" or "half"; both days count."""

    __tablename__ = "school_term"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=sql("'term'"))
    first: Mapped[date]
    last: Mapped[date]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class HolidayRow(Base):
    """Days without lessons; both count."""

    __tablename__ = "holiday"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(server_default=EMPTY)
    first: Mapped[date]
    last: Mapped[date]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SchoolClassRow(Base):
    """A class. `seating` is as a visit keeps it; `term_id` the year or term it belongs to, "" for any."""

    __tablename__ = "school_class"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(server_default=EMPTY)
    year_group: Mapped[str] = mapped_column(server_default=EMPTY)
    size: Mapped[int | None]
    room: Mapped[str] = mapped_column(server_default=EMPTY)
    building: Mapped[str] = mapped_column(server_default=EMPTY)
    term_id: Mapped[str] = mapped_column(server_default=EMPTY)
    teacher_ids: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    seating: Mapped[str] = mapped_column(server_default=EMPTY)
    archived: Mapped[bool] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class LessonSlotRow(Base):
    """A time that somebody teaches or is not free.

    `kind`: "teaching", "busy" or "protected". `weekday`: 0 Monday to 6, -1 where `on` names one day. Minutes count from
    midnight, local time of the school, half-open. `week`: "" every week, else its letter. `batch`: one import.
    """

    __tablename__ = "lesson_slot"
    __table_args__ = (Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=sql("'teaching'"))
    weekday: Mapped[int] = mapped_column(server_default=sql("-1"))
    on: Mapped[date | None]
    start_min: Mapped[int]
    end_min: Mapped[int]
    week: Mapped[str] = mapped_column(server_default=EMPTY)
    class_name: Mapped[str] = mapped_column(server_default=EMPTY)
    subject: Mapped[str] = mapped_column(server_default=EMPTY)
    room: Mapped[str] = mapped_column(server_default=EMPTY)
    building: Mapped[str] = mapped_column(server_default=EMPTY)
    source: Mapped[str] = mapped_column(server_default=EMPTY)
    batch: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class VisitRoundRow(Base):
    """A round of visits. `rules` and `report` are JSON; `state`: "draft", "open" or "closed"."""

    __tablename__ = "visit_round"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    people: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    rules: Mapped[str] = mapped_column(server_default=sql("'{}'"))
    report: Mapped[str] = mapped_column(server_default=sql("'{}'"))
    state: Mapped[str] = mapped_column(server_default=sql("'draft'"))
    zone: Mapped[str] = mapped_column(server_default=sql("'UTC'"))
    solved: Mapped[datetime | None]
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class PairingRow(Base):
    """One visit of a round: who observes whom, when. `on` None: no time was found yet.

    `state`: "planned", "invited", "cancelled". Whether it took place the visit says that it became (`visit_id`).
    """

    __tablename__ = "pairing"
    __table_args__ = (Index(None, "round_id"), Index(None, "visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[str]
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    observer_id: Mapped[str]
    teacher_id: Mapped[str]
    on: Mapped[date | None]
    start_min: Mapped[int | None]
    end_min: Mapped[int | None]
    slot_id: Mapped[str] = mapped_column(server_default=EMPTY)
    class_name: Mapped[str] = mapped_column(server_default=EMPTY)
    subject: Mapped[str] = mapped_column(server_default=EMPTY)
    room: Mapped[str] = mapped_column(server_default=EMPTY)
    building: Mapped[str] = mapped_column(server_default=EMPTY)
    locked: Mapped[bool] = mapped_column(server_default=ZERO)
    state: Mapped[str] = mapped_column(server_default=sql("'planned'"))
    why: Mapped[str] = mapped_column(server_default=EMPTY)
    visit_id: Mapped[str] = mapped_column(server_default=EMPTY)
    position: Mapped[float] = mapped_column(server_default=ZERO)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
