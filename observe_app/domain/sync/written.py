"""Which fields people are asked about when two wrote into them at a time, and what kind of thing stands in each.

What is not named here, such as the place of a row in its list, shows the latest value and asks nobody.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.sync.conflict import Conflict


class FieldKind(StrEnum):
    """What stands in a field, and so what can be offered for it."""

    TEXT = "text"
    LINE = "line"
    WORDS = "words"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    FLAG = "flag"
    PERSON = "person"
    WHOLE = "whole"


_T, _L, _W, _N = FieldKind.TEXT, FieldKind.LINE, FieldKind.WORDS, FieldKind.NUMBER
_M, _C, _F, _P, _ALL = FieldKind.MOMENT, FieldKind.CHOICE, FieldKind.FLAG, FieldKind.PERSON, FieldKind.WHOLE


def kinds() -> dict[tuple[str, str], FieldKind]:
    """Return the kind of every field that people are asked about, by table and column."""
    return {
        ("visit", "focus"): _T, ("visit", "looking_for"): _T, ("visit", "context"): _T, ("visit", "preparation"): _T,
        ("visit", "conversation"): _T, ("visit", "class_name"): _L, ("visit", "subject"): _L, ("visit", "topic"): _L,
        ("visit", "room"): _L, ("visit", "class_size"): _N, ("visit", "minutes"): _N, ("visit", "start"): _M,
        ("visit", "started"): _M, ("visit", "ended"): _M, ("visit", "stage"): _C, ("visit", "form_id"): _ALL,
        ("visit", "seating"): _ALL, ("visit", "video_consent"): _C, ("visit", "led"): _C,
        ("visit", "agreed_items"): _W, ("visit", "protocol_id"): _ALL,
        ("event", "text"): _T, ("event", "speaker"): _L, ("event", "to"): _L, ("event", "offset_ms"): _N,
        ("event", "value"): _N, ("event", "of"): _N, ("event", "outcome"): _C, ("event", "tags"): _W,
        ("event", "private"): _F, ("event", "starred"): _F,
        ("answer", "value"): _C, ("answer", "comment"): _T,
        ("claim", "title"): _L, ("claim", "text"): _T, ("claim", "kind"): _C,
        ("action_step", "text"): _T, ("action_step", "owner_id"): _P, ("action_step", "due"): FieldKind.DAY,
        ("action_step", "help"): _T, ("action_step", "practice"): _T, ("action_step", "notice"): _T,
        ("action_step", "status"): _C, ("action_step", "teacher_agrees"): _F, ("action_step", "observer_agrees"): _F,
        ("turn", "text"): _T, ("turn", "voice"): _C,
        ("reply", "overall"): _T, ("reply", "step"): _T,
        ("journal_entry", "text"): _T, ("journal_entry", "title"): _L, ("journal_entry", "kind"): _C,
        ("portfolio", "title"): _L, ("portfolio", "foreword"): _T, ("portfolio", "first"): FieldKind.DAY,
        ("portfolio", "last"): FieldKind.DAY, ("portfolio", "picks"): _ALL,
        ("hours_rule", "per"): _C, ("hours_rule", "minutes"): _N, ("hours_rule", "cap_min"): _N,
        ("hours_entry", "on"): FieldKind.DAY, ("hours_entry", "minutes"): _N, ("hours_entry", "what"): _L,
        ("person", "name"): _L, ("person", "email"): _L, ("person", "staff_id"): _L, ("person", "subjects"): _L,
        ("person", "roles"): _W, ("person", "language"): _C, ("person", "archived"): _F,
        ("person", "pronouns"): _L, ("person", "building"): _L, ("person", "week_load"): _N,
        ("person", "left_on"): FieldKind.DAY, ("person", "manager_id"): _P,
        ("school_term", "name"): _L, ("school_term", "first"): FieldKind.DAY, ("school_term", "last"): FieldKind.DAY,
        ("holiday", "name"): _L, ("holiday", "first"): FieldKind.DAY, ("holiday", "last"): FieldKind.DAY,
        ("school_class", "name"): _L, ("school_class", "subject"): _L, ("school_class", "year_group"): _L,
        ("school_class", "size"): _N, ("school_class", "room"): _L, ("school_class", "building"): _L,
        ("school_class", "seating"): _ALL, ("school_class", "archived"): _F,
        ("form_draft", "content"): _ALL,
        ("session", "title"): _L, ("session", "objectives"): _T, ("session", "notes"): _T, ("session", "start"): _M,
        ("session", "minutes"): _N, ("session", "place"): _L, ("session", "link"): _L, ("session", "state"): _C,
        ("session", "facilitator_id"): _P, ("session", "recorder_id"): _P, ("session", "time_keeper_id"): _P,
        ("session_item", "title"): _L, ("session_item", "text"): _T, ("session_item", "minutes"): _N,
        ("session_item", "person_id"): _P, ("session_item", "done"): _F,
        ("attendance", "state"): _C, ("attendance", "minutes"): _N, ("attendance", "note"): _L,
        ("follow_up", "text"): _T, ("follow_up", "owner_id"): _P, ("follow_up", "due"): FieldKind.DAY,
        ("follow_up", "status"): _C,
        ("peer_group", "name"): _L, ("peer_group", "purpose"): _T, ("peer_group", "measure"): _L,
        ("peer_group", "revisit"): FieldKind.DAY, ("peer_group", "norms"): _T, ("peer_group", "school_goals"): _T,
        ("peer_group", "archived"): _F, ("group_member", "roles"): _W, ("group_member", "since"): FieldKind.DAY,
        ("group_member", "until"): FieldKind.DAY, ("goal", "title"): _L, ("goal", "measure"): _L, ("goal", "unit"): _L,
        ("goal", "baseline"): _N, ("goal", "target"): _N, ("goal", "due"): FieldKind.DAY, ("goal", "status"): _C,
        ("goal", "story"): _T, ("reading", "value"): _N, ("reading", "n"): _N, ("reading", "on"): FieldKind.DAY,
        ("reading", "note"): _L, ("resource", "title"): _L, ("resource", "link"): _L, ("resource", "licence"): _L,
        ("resource", "note"): _T,
        ("visit_round", "title"): _L, ("visit_round", "first"): FieldKind.DAY, ("visit_round", "last"): FieldKind.DAY,
        ("visit_round", "people"): _ALL, ("visit_round", "rules"): _ALL, ("visit_round", "state"): _C,
        ("pairing", "observer_id"): _P, ("pairing", "teacher_id"): _P, ("pairing", "on"): FieldKind.DAY,
        ("pairing", "state"): _C, ("pairing", "why"): _L,
    }  # fmt: skip


def kind_of(table: str, column: str) -> FieldKind | None:
    """Return what kind of thing stands in a field, None where nobody is asked."""
    return kinds().get((table, column))


def company(table: str, column: str) -> tuple[str, ...]:
    """Return the fields that go with one: whoever chooses its value gets theirs of the same moment."""
    return {
        ("visit", "form_id"): ("form_version", "form_title", "form_snapshot"),
        ("visit", "protocol_id"): ("protocol_snapshot",),
        ("answer", "value"): ("absence", "at"),
        ("action_step", "status"): ("closed", "closed_visit_id"),
        ("session", "state"): ("started", "ended"),
        ("follow_up", "status"): ("closed",),
        ("goal", "status"): ("closed",),
        ("pairing", "on"): ("start_min", "end_min", "slot_id", "class_name", "subject", "room", "building"),
        ("pairing", "state"): ("visit_id",),
    }.get((table, column), ())


def leader(table: str, column: str) -> str:
    """Return the field that people are asked about for this one: itself, or the one it goes with."""
    for (of, name), others in (
        (("visit", "form_id"), ("form_version", "form_snapshot")),
        (("visit", "protocol_id"), ("protocol_snapshot",)),
        (("answer", "value"), ("absence",)),
        (("pairing", "on"), ("start_min", "end_min", "slot_id")),
    ):
        if of == table and column in others:
            return name
    return column


def asks_before_deleting(table: str) -> bool:
    """Tell whether people are asked when one deleted a record of this table and another edited it meanwhile."""
    return table in {"visit", "event", "claim", "action_step", "turn", "reply", "journal_entry", "person", "form_draft",
                     "school_term", "holiday", "school_class", "session", "session_item", "follow_up", "visit_round",
                     "peer_group", "goal", "reading", "resource", "portfolio", "hours_entry"}  # fmt: skip


def is_asked(table: str, column: str) -> bool:
    """Tell whether people are asked when two wrote into this field, or into one that goes with it, at a time."""
    if column == "deleted":
        return asks_before_deleting(table)
    return kind_of(table, leader(table, column)) is not None


def together(conflict: Conflict, others: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return the other open fields of the same record where the same computers wrote, in their order."""
    laptops = {version.laptop for version in conflict.versions}
    return tuple(
        one
        for one in others
        if (one.table, one.row) == (conflict.table, conflict.row)
        and one.column != conflict.column
        and one.kind == conflict.kind == "field"
        and {version.laptop for version in one.versions} == laptops
    )
