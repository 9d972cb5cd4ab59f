"""The words in which sessions, their lines, attendance and follow-ups are kept."""

from __future__ import annotations

from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"


class SessionKind(StrEnum):
    """What a session is."""

    SESSION = "session"
    MEETING = "meeting"


class ItemKind(StrEnum):
    """What a line of a session is."""

    AGENDA = "agenda"
    PARKING = "parking"
    DECISION = "decision"


class Presence(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    PART = "part"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class FollowUpStatus(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
