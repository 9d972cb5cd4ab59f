"""Mapped rows of what two observers of one lesson agreed on: for nobody else, as the visits may have other readers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base


class SameLessonRow(Base):
    """That two visits are of one lesson, or that somebody said they are not. id = UUIDv5("same_lesson", both visits).

    `visit_id` is the one with the lower id. Deleted: it was offered or marked, and is not so.
    """

    __tablename__ = "same_lesson"
    __table_args__ = (Index(None, "visit_id"), Index(None, "other_visit_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str]
    other_visit_id: Mapped[str]
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class AgreedCellRow(Base):
    """What the two agreed on for one place. id = UUIDv5("agreed_cell", pair, visit, item, code, place).

    `place` is an interval or ms of the visit named in `visit_id`, -1 for an answer.
    """

    __tablename__ = "agreed_cell"
    __table_args__ = (Index(None, "pair_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    pair_id: Mapped[str]
    visit_id: Mapped[str]
    other_visit_id: Mapped[str]
    item: Mapped[str] = mapped_column(server_default=EMPTY)
    code: Mapped[str] = mapped_column(server_default=EMPTY)
    place: Mapped[int] = mapped_column(server_default=sql("-1"))
    verdict: Mapped[str] = mapped_column(server_default=sql("'open'"))
    value: Mapped[float | None]
    why: Mapped[str] = mapped_column(server_default=EMPTY)
    at: Mapped[datetime | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
