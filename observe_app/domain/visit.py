"""A visit: one observation of one lesson by one observer, and the four stages it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

MAX_LINE = 300
MAX_TEXT = 100_000


class Stage(StrEnum):
    """Where a visit stands."""

    PREPARE = "prepare"
    OBSERVE = "observe"
    TALK = "talk"
    FOLLOW_UP = "follow_up"

    @property
    def order(self) -> int:
        """0 for Prepare to 3 for Follow up."""
        return list(Stage).index(self)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it is kept.

    Attributes:
        start: planned start, aware UTC; None while not planned. minutes: planned length.
        zone: IANA zone of the school when it was planned, for showing local time.
        started, ended: when observing began and ended, aware UTC; None before.
        focus: what the teacher asked the observer to look for. looking_for: the signs agreed on.
        preparation: notes of the pre-observation meeting. conversation: what was said afterwards.
        form_id, form_version, form_title: the instrument. form_snapshot: its text as used (JSON), "" while none is
            chosen.
        source: "live", "imported" or "demo".
        created: when the record was made.
        seating: the seating plan as used (JSON, `seating.dumps`), "" while there is none.
        video_consent: who agreed to filming and how that was recorded; "" where nobody was asked.
        led: "observer" where a shared form leads, "teacher" for an observed-led visit: then only what the focus agreed
            is told. agreed_items: ids of the form's items that belong to that focus.
        protocol_id, protocol_snapshot: what guides the conversation, and its text as used (JSON), "" while none is
            chosen. talk_started, talk_ended: the feedback conversation, aware UTC.
        next_visit_id: the visit that the two agreed on, "" for none. class_id: the school's class, "" for none known.
    """

    id: str
    stage: Stage = Stage.PREPARE
    teacher: str = ""
    observer: str = ""
    teacher_id: str | None = None
    observer_id: str | None = None
    class_name: str = ""
    subject: str = ""
    topic: str = ""
    room: str = ""
    class_size: int | None = None
    start: datetime | None = None
    minutes: int = 50
    zone: str = "UTC"
    started: datetime | None = None
    ended: datetime | None = None
    focus: str = ""
    looking_for: str = ""
    context: str = ""
    preparation: str = ""
    conversation: str = ""
    form_id: str = ""
    form_version: int = 0
    form_title: str = ""
    form_snapshot: str = ""
    source: str = "live"
    created: datetime | None = None
    deleted: bool = False
    seating: str = ""
    video_consent: str = ""
    led: str = "observer"
    agreed_items: tuple[str, ...] = ()
    protocol_id: str = ""
    protocol_snapshot: str = ""
    talk_started: datetime | None = None
    talk_ended: datetime | None = None
    next_visit_id: str = ""
    class_id: str = ""

    @property
    def class_line(self) -> str:
        """Class, topic and room on one line, empty parts left out."""
        return " · ".join(part for part in (self.class_name, self.subject, self.topic, self.room) if part)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a list shows it.

    Attributes:
        notes: how many notes it has. hits: how many of them match the search words, None without words.
        claims: strengths, growth areas and questions. steps_open: action steps not done.
    """

    id: str
    stage: Stage
    teacher: str
    observer: str
    class_name: str
    subject: str
    topic: str
    room: str
    start: datetime | None
    started: datetime | None
    minutes: int
    zone: str
    focus: str
    form_id: str
    form_name: str
    notes: int = 0
    starred: int = 0
    claims: int = 0
    steps_open: int = 0
    hits: int | None = None

    @property
    def class_line(self) -> str:
        """Class, topic and room on one line, empty parts left out."""
        return " · ".join(part for part in (self.class_name, self.subject, self.topic, self.room) if part)


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What a list of visits shows; every part is optional and they all must hold.

    Attributes:
        words: free words, found in names, class, focus and notes, each as a prefix.
        since, until: planned or real start, half-open, aware UTC.
        deleted: what lies in the bin instead of the rest.
        order: "start" or "teacher" or "class_name" or "form" or "stage"; descending when `descending`.
        limit, offset: for paging.
    """

    words: str = ""
    person_id: str | None = None
    stage: Stage | None = None
    form_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    deleted: bool = False
    order: str = "start"
    descending: bool = True
    limit: int = 500
    offset: int = 0


@dataclass(frozen=True, slots=True)
class VisitCount:
    """How much a filter finds: visits that match, visits in all, notes that match the words (0 without words)."""

    visits: int
    all_visits: int
    notes: int
