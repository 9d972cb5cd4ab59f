"""What is kept of a session: itself, its lines, who was there, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)


@dataclass(frozen=True, slots=True)
class Session:
    """A joint development session or a meeting; all times aware UTC.

    Attributes:
        group_id: whose session it is, "" of no group. series_id: shared by all of one series, "" alone.
        rule: JSON of how the series recurs, on its first session only.
        kind: "session" or "meeting". start: None while no day is set. minutes: how long it is to be.
        zone: IANA zone of its place. link: of a video call. objectives: one a line.
        notes: what the facilitator wrote. state: "planned", "running", "held" or "cancelled".
        started, ended: when it really was, None while it was not.
    """

    id: str
    group_id: str
    series_id: str
    rule: str
    title: str
    kind: str
    start: datetime | None
    minutes: int
    zone: str
    place: str
    link: str
    objectives: str
    notes: str
    state: str
    started: datetime | None
    ended: datetime | None
    facilitator_id: str
    recorder_id: str
    time_keeper_id: str
    created: datetime
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class SessionItem:
    """A line of a session.

    Attributes:
        kind: "agenda", "parking" or "decision". minutes: planned, None without a time of its own.
        person_id: who leads it or brought it in, "" nobody. started: since when it runs now, aware UTC, None while it
        does not. spent_s: seconds it took before that. done: an agenda item that is through, a parked one that is
        settled.
    """

    id: str
    session_id: str
    group_id: str
    kind: str
    title: str
    text: str = ""
    minutes: int | None = None
    person_id: str = ""
    position: float = 0.0
    started: datetime | None = None
    spent_s: int = 0
    done: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether somebody was at a session.

    Attributes:
        id: follows from the session and the person. state: "present", "part", "apologies" or "absent".
        minutes: how long they were there, None: as long as the session.
    """

    id: str
    session_id: str
    group_id: str
    person_id: str
    state: str = "present"
    minutes: int | None = None
    note: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What somebody promised in a session, or for a goal.

    Attributes:
        session_id, goal_id: where it was promised, "" elsewhere. owner_id: who does it, "" nobody yet.
        due: day, None while not agreed. status: "open", "done" or "dropped". closed: when, aware UTC.
    """

    id: str
    session_id: str
    group_id: str
    goal_id: str
    text: str
    owner_id: str
    due: date | None
    status: str
    closed: datetime | None
    position: float
    created: datetime
    deleted: bool = False
