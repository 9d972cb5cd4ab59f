"""Events: what happened, when. Raw events are the single source; everything else is a view of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

MAX_OFFSET_MS = 24 * 3_600_000
"""No lesson is longer: an event that lies farther from its start is refused, and a stored one is damage."""


class EventKind(StrEnum):
    """What kind of thing happened."""

    NOTE = "note"
    TALLY = "tally"
    START = "start"
    STOP = "stop"
    INTERVAL = "interval"
    SWEEP = "sweep"
    WAIT = "wait"
    PHASE = "phase"
    PAUSE = "pause"
    RESUME = "resume"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Event:
    """One timestamped thing.

    Attributes:
        offset_ms: milliseconds since the lesson's start; negative before it. A note is stamped at its first keystroke.
        wall: wall time of the same moment, aware UTC; None where an import does not tell.
        text: the words of a note, the name of a phase, the comment of anything else.
        speaker: who spoke: "T", "S", "S7", "SS", "" when nobody did. to: whom they spoke to, in the same writing.
        seat: id of a seat of the visit's seating plan; a tally with a seat and no item says who spoke (`speaker`), and
            to whom (`to`, "" to the class). item: id of the form's item. code: code within the item.
        value, of: a number and its base: on task `value` of `of`; a wait in ms; 1 or 0 for an interval code; of a gap
            the ms by which the computer's two clocks parted.
        outcome: of a wait: "answered", "rephrased", "answered_by_teacher"; of a gap: "" while nobody said, "counted"
            where the lesson went on meanwhile, "ignored" where it did not.
        tags: without the "#", in the order written.
        private: never leaves its author. starred: worth a look afterwards.
        source: "live", "imported" or "demo".
    """

    id: str
    visit_id: str
    kind: EventKind
    offset_ms: int
    wall: datetime | None = None
    text: str = ""
    speaker: str = ""
    to: str = ""
    seat: str = ""
    item: str = ""
    code: str = ""
    value: float | None = None
    of: float | None = None
    outcome: str = ""
    tags: tuple[str, ...] = ()
    private: bool = False
    starred: bool = False
    author_id: str | None = None
    source: str = "live"
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note found by search. `text` is the whole note; `marks` are (start, end) of the found words in it."""

    event_id: str
    visit_id: str
    teacher: str
    offset_ms: int
    speaker: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The unfinished line of a visit, kept outside the journal.

    Attributes:
        slot: which editor: "note" for the note line, "edit:<event id>" for a note being edited.
        offset_ms, wall: stamp of its first keystroke.
    """

    visit_id: str
    slot: str
    text: str
    offset_ms: int
    wall: datetime
