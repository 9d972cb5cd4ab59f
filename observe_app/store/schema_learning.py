"""Mapped rows of surveys, portfolios, hours and certificates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from observe_app.store.schema_base import EMPTY, STRICT, ZERO, Base


class SurveyRow(Base):
    """A survey as everybody asked may read it; nothing in it says who was asked or who answered.

    `kind`: "survey", "pulse", "before", "after", "needs". `series_id`: shared by all rounds of a pulse, and by before
    and after. `content`: the form, TOML. `least`: answers from which results appear. `key`: the age recipient that
    anonymous answers are encrypted to. `state`: "draft", "open", "closed".
    """

    __tablename__ = "survey"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(server_default=EMPTY)
    session_id: Mapped[str] = mapped_column(server_default=EMPTY)
    series_id: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=sql("'survey'"))
    content: Mapped[str]
    anonymous: Mapped[bool] = mapped_column(server_default=sql("1"))
    least: Mapped[int] = mapped_column(server_default=sql("5"))
    key: Mapped[str] = mapped_column(server_default=EMPTY)
    opens: Mapped[date | None]
    closes: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default=sql("'draft'"))
    organiser_id: Mapped[str] = mapped_column(server_default=EMPTY)
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SurveySecretRow(Base):
    """What only the organiser has of a survey: the age identity that opens answers, and who was asked. id = survey.

    `collector`: the one installation of theirs that takes answers in. `taken`: hashes of those that were released, in
    the order of the hashes.
    """

    __tablename__ = "survey_secret"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str]
    identity: Mapped[str] = mapped_column(server_default=EMPTY)
    asked: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    batches: Mapped[int] = mapped_column(server_default=ZERO)
    collector: Mapped[str] = mapped_column(server_default=EMPTY)
    taken: Mapped[tuple[str, ...]] = mapped_column(server_default=sql("'[]'"))
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SurveyAnswerRow(Base):
    """One filled survey. Anonymous: random id, no person, no time; rows come in shuffled batches."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index(None, "survey_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str]
    batch: Mapped[int] = mapped_column(server_default=ZERO)
    person_id: Mapped[str] = mapped_column(server_default=EMPTY)
    on: Mapped[date | None]
    content: Mapped[str]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class SurveyUrnRow(Base):
    """An anonymous answer that waits on this computer, encrypted and padded; kept in the order of its random id.

    `leave`: it is for the shared folder (1) or for the organiser's own next batch (0). Never in the journal.
    """

    __tablename__ = "survey_urn"
    __table_args__ = {**STRICT, "info": {"local": True}, "sqlite_with_rowid": False}  # noqa: RUF012
    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str]
    leave: Mapped[bool] = mapped_column(server_default=ZERO)
    content: Mapped[bytes]


class SurveyDoneRow(Base):
    """That a survey was answered on this computer, so that it is not asked again; stays here, without a time."""

    __tablename__ = "survey_done"
    __table_args__ = {**STRICT, "info": {"local": True}, "sqlite_with_rowid": False}  # noqa: RUF012
    survey_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)


class PortfolioRow(Base):
    """What somebody picked for their portfolio. `picks`: JSON, in order."""

    __tablename__ = "portfolio"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(server_default=EMPTY)
    title: Mapped[str]
    first: Mapped[date | None]
    last: Mapped[date | None]
    foreword: Mapped[str] = mapped_column(server_default=EMPTY)
    picks: Mapped[str] = mapped_column(server_default=sql("'[]'"))
    created: Mapped[datetime]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class HoursRuleRow(Base):
    """How a kind of activity counts. id = UUIDv5("hours_rule", kind).

    `kind`: "session", "observing", "observed", "talk". `per`: "actual" minutes, or `minutes` for "each"; without a
    default, so that the journal has it and two who choose at a time are heard both. `cap_min`: at
    most so much a year, None without end.
    """

    __tablename__ = "hours_rule"
    __table_args__ = STRICT
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    per: Mapped[str]
    minutes: Mapped[int] = mapped_column(server_default=ZERO)
    cap_min: Mapped[int | None]
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class HoursEntryRow(Base):
    """Time that somebody put in by hand, or takes off with a minus."""

    __tablename__ = "hours_entry"
    __table_args__ = (Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    on: Mapped[date]
    minutes: Mapped[int]
    what: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)


class CertificateRow(Base):
    """A certificate as it was issued. `content`: its lines, JSON; `sha256` of them is what its number is checked by."""

    __tablename__ = "certificate"
    __table_args__ = (Index(None, "number"), Index(None, "person_id"), STRICT)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    person_id: Mapped[str]
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    minutes: Mapped[int]
    content: Mapped[str]
    sha256: Mapped[str]
    issued: Mapped[datetime]
    withdrawn: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(server_default=EMPTY)
    deleted: Mapped[bool] = mapped_column(server_default=ZERO)
