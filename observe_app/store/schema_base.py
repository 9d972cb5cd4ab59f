"""What every mapped row is made of: the base class, the types of its columns, the format's number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import REAL, Integer, LargeBinary, MetaData, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.people import Role
from observe_app.domain.release import ReleaseKind
from observe_app.domain.turn import Voice
from observe_app.domain.visit import Stage
from observe_app.store.columns import BoolInt, DayText, EnumText, UtcText, WordList

FORMAT_MAJOR = 1
FORMAT_MINOR = 6

EMPTY = sql("''")
ZERO = sql("0")


class Base(DeclarativeBase):
    """Base of every mapped row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: Integer,
        float: REAL,
        bool: BoolInt,
        bytes: LargeBinary,
        datetime: UtcText,
        date: DayText,
        tuple[str, ...]: WordList,
        Stage: EnumText(Stage, Stage.PREPARE),
        Role: EnumText(Role, Role.OBSERVER),
        EventKind: EnumText(EventKind, EventKind.NOTE),
        ClaimKind: EnumText(ClaimKind, ClaimKind.QUESTION),
        StepStatus: EnumText(StepStatus, StepStatus.OPEN),
        Absence: EnumText(Absence, Absence.UNANSWERED),
        Voice: EnumText(Voice, Voice.BOTH),
        ReleaseKind: EnumText(ReleaseKind, ReleaseKind.CORRECTION),
        EntryKind: EnumText(EntryKind, EntryKind.JOURNAL),
    }


STRICT = {"sqlite_strict": True}
