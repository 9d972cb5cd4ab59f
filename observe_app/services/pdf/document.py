"""The feedback as data: what the teacher will read, in reading order, before any page exists.

Every text here is the person's own or a filled sentence of `words`; nothing in it is markup. Whatever must not be
read by the teacher (private notes above all) never gets into a `ReportDocument`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

Paper = Literal["A4", "Letter"]
Shape = Literal["dot", "ring", "triangle", "tick"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A note as it was taken.

    Attributes:
        time: lesson clock "MM:SS" of its first keystroke. speaker: "T", "S7", "" when nobody spoke.
        number: its number in the chart and the list of moments, 0 when it has none. event: id of the event.
    """

    time: str
    speaker: str
    text: str
    number: int = 0
    event: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A strength, a growth area or a question.

    Attributes:
        remark: said instead of quotations when there are none to show, "" otherwise.
    """

    title: str
    text: str
    quotations: tuple[Quote, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit or base ("of 38"), and what it counts."""

    value: str
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """An action step. `by`, `owner` and `help` are "" where nothing was agreed."""

    number: int
    text: str
    by: str = ""
    owner: str = ""
    help: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A named part of the lesson, in minutes from its start."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One lane of the chart: a label, its count as text, and the minutes at which it happened."""

    label: str
    value: str
    marks: tuple[float, ...]
    shape: Shape = "tick"


@dataclass(frozen=True, slots=True)
class Moment:
    """A numbered moment of the list below the chart, in minutes."""

    number: int
    minute: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lesson in time.

    Attributes:
        minutes: length of the axis. caption: what the marks are.
        summary: the same in words, for those who cannot see it.
    """

    minutes: float
    rows: tuple[TimelineRow, ...]
    phases: tuple[Phase, ...] = ()
    moments: tuple[Moment, ...] = ()
    caption: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One line of an interval item: in how many of the coded intervals something occurred.

    Attributes:
        value: "14 of 25". share: the same in [0, 1], for a bar.
        side: name of the side on its first line, "" on the others. parts: codes of a category with their counts.
    """

    label: str
    value: str
    share: float
    side: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of the form and what was answered.

    Attributes:
        kind: "value" is anything told in a few words: options, a number, what was counted or timed.
        levels: labels of a rating's levels, lowest first.
        level: index into `levels`, None without a value.
        answer: the value in words ("Often", "Yes", a text), "" without one; of an interval item what its shares are of.
        absence: why there is no value, in words; "" when there is one.
        evidence: lesson clock times of the notes it rests on. comment: the observer's remark to the answer.
    """

    kind: Literal["rating", "check", "text", "value", "interval"]
    label: str
    levels: tuple[str, ...] = ()
    level: int | None = None
    answer: str = ""
    absence: str = ""
    evidence: tuple[str, ...] = ()
    comment: str = ""
    shares: tuple[ShareLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistSection:
    """Items that the form keeps together."""

    title: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note of the appendix."""

    time: str
    speaker: str
    text: str
    tags: tuple[str, ...] = ()
    starred: bool = False
    event: str = ""


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The whole feedback on one visit.

    Attributes:
        revision: position in the journal that this was read at; same revision, same bytes.
        revised: moment of the record's latest change that can be told, ISO 8601 in UTC, "" when unknown.
        when: weekday, date, and the time from start to end. date_label: "10 March 2026", "" while nothing is planned.
        visit_label: "Visit 2 of 3", "" for a first and only visit. confidential_for: who it is for.
        purpose_line: the school's own line on purpose, "" when it set none.
        notes_kept: notes on record that may be read, so that a page without them can say so truthfully.
        notes: rows of the appendix; empty unless it was asked for.
    """

    visit_id: str
    revision: int
    teacher: str
    observer: str = ""
    class_line: str = ""
    when: str = ""
    date_label: str = ""
    visit_label: str = ""
    confidential_for: str = ""
    focus: str = ""
    looking_for: str = ""
    figures: tuple[Figure, ...] = ()
    strengths: tuple[Claim, ...] = ()
    growth: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    steps: tuple[Step, ...] = ()
    timeline: Timeline | None = None
    heard: tuple[Quote, ...] = ()
    form_title: str = ""
    checklist: tuple[ChecklistSection, ...] = ()
    conversation: str = ""
    notes: tuple[NoteRow, ...] = ()
    notes_kept: int = 0
    paper: Paper = "A4"
    language: str = "en"
    purpose_line: str = ""
    revised: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was recorded that a page could show."""
        return not (
            self.strengths
            or self.growth
            or self.questions
            or self.steps
            or self.timeline
            or self.heard
            or self.checklist
            or self.conversation.strip()
            or self.notes
        )

    def to_json(self) -> str:
        """Return the document as indented JSON, keys in the order of reading."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
