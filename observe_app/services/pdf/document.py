"""The feedback as data: what the teacher will read, in reading order, before any page exists.

Every text here is the person's own or a filled sentence of `words`; nothing in it is markup. Whatever must not be
read by the teacher (private notes above all) never gets into a `ReportDocument`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Paper = Literal["A4", "Letter"]
Shape = Literal["dot", "ring", "triangle", "tick"]
Scope = Literal["summary", "record"]


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
class ViewLine:
    """A view as evidence: a sentence computed from events, with what it rests on.

    Attributes:
        key: of the view (`domain.lesson_views`). text: the whole sentence, base included. times: where its events lie.
    """

    key: str
    text: str
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointReply:
    """What the teacher answered to one claim.

    Attributes:
        stance: "agree", "partly", "different", "" without one. revision: number of the revision that was answered.
    """

    stance: str
    text: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A strength, a growth area or a question.

    Attributes:
        quotations: the notes shown below it. views: computed sentences below it.
        remark: said instead of evidence when there is none to show, "" otherwise.
        id: of the claim in the record. number: its place among all claims of the document, counted from 1; the fields
            of the reply carry it. further: notes it rests on that are not quoted here.
        replies: what the teacher answered, the first answer first.
    """

    title: str
    text: str
    quotations: tuple[Quote, ...] = ()
    remark: str = ""
    id: str = ""
    number: int = 0
    further: tuple[Quote, ...] = ()
    views: tuple[ViewLine, ...] = ()
    replies: tuple[PointReply, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit or base ("of 38"), and what it counts.

    Attributes:
        points: the same measure at earlier visits and this one, the earliest first; empty where fewer than three are
            known, as two make no line. span: what the points are, in words.
    """

    value: str
    unit: str
    label: str
    points: tuple[float, ...] = ()
    span: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An action step. `by`, `owner` and `help` are "" where nothing was agreed."""

    number: int
    text: str
    by: str = ""
    owner: str = ""
    help: str = ""
    done: bool = False
    practice: str = ""
    notice: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class EarlierStep:
    """An action step from an earlier visit: still open, or closed by this one.

    Attributes:
        agreed: when and in which visit it was agreed. evidence: notes of this visit that show it.
        status: in words, such as "open", "done", "done, as the teacher sees it".
    """

    text: str
    agreed: str = ""
    by: str = ""
    status: str = ""
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of the conversation. `who` is a name, or words for both."""

    who: str
    text: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A whole reply of the teacher, as an earlier revision was answered.

    Attributes:
        revision: number of that revision. when: in words. source: in words, such as "from the PDF".
    """

    revision: int
    when: str = ""
    source: str = ""
    name: str = ""
    received: bool = False
    overall: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet of the full record: an interval sheet, what was counted or timed, the seats; cells are texts."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hint: str = ""


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
        rests: ids of those notes, in the same order. id: of the item.
        last: index of the level at the visit before, None where that is unknown or the same.
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
    rests: tuple[str, ...] = ()
    id: str = ""
    last: int | None = None


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
        revision: number of the release, 0 for a draft that nobody but its author reads; a draft says so on every page
            and has no room for a reply. release_id: of the release, "" for a draft.
        status: "draft", "released", "withdrawn". why, changes: of a correction or withdrawal, what the author said and
            what differs from the revision before, in sentences. released: "12 March 2026, 16:02", "" for a draft.
        revised: moment of the release, or for a draft of the record's latest change that can be told, ISO 8601 in UTC,
            "" when unknown; same document, same bytes.
        when: weekday, date, and the time from start to end. date_label: "10 March 2026", "" while nothing is planned.
        visit_label: "Visit 2 of 3", "" for a first and only visit. confidential_for: who it is for.
        purpose_line: the school's own line on purpose, "" when it set none.
        notes_kept: notes on record that may be read, so that a page without them can say so truthfully.
        notes: rows of the notes that may be read; what of them is shown depends on `scope`.
        scope: "summary" shows two pages' worth, "record" everything with all notes and sheets; both are the same
            document. ink_saving: without filled areas. reply_form: whether the teacher can answer in it.
        readers: names of those who may read it. observed_led: only what the focus agreed is in it.
        turns, talk_when: the conversation. earlier_steps, next_visit: on the table, and what comes next, in words.
        replies: whole replies to earlier revisions; what they said to a claim stands at the claim.
        sheets: of the full record. with_notes: whether `notes` holds all that may be read, or only those that something
            rests on.
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
    release_id: str = ""
    status: Literal["draft", "released", "withdrawn"] = "draft"
    why: str = ""
    changes: tuple[str, ...] = ()
    released: str = ""
    scope: Scope = "summary"
    ink_saving: bool = False
    reply_form: bool = False
    school: str = ""
    readers: tuple[str, ...] = ()
    observed_led: bool = False
    turns: tuple[Said, ...] = ()
    talk_when: str = ""
    earlier_steps: tuple[EarlierStep, ...] = ()
    next_visit: str = ""
    replies: tuple[ReplyText, ...] = ()
    sheets: tuple[SheetTable, ...] = ()
    with_notes: bool = True

    @property
    def reference(self) -> str:
        """Return what names visit and revision on paper too: the end of the visit's id and the number."""
        return f"{self.visit_id[-8:]}-{self.revision}"

    @property
    def draft(self) -> bool:
        """Whether nobody but its author reads it."""
        return self.status == "draft"

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
            or self.turns
            or self.notes
        )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Strengths, growth areas and questions, in the order of reading."""
        return (*self.strengths, *self.growth, *self.questions)

    def to_json(self) -> str:
        """Return the document as indented JSON, keys in the order of reading."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ReportDocument:
        """Return the document of such a text; fields that a later version added keep their defaults.

        Raises:
            ValueError: it is no such document.
        """
        try:
            found = json.loads(text)
        except RecursionError as error:
            message = "nested too deeply"
            raise ValueError(message) from error
        document = _value(cls, found)
        if not isinstance(document, cls):
            message = "not a report document"
            raise ValueError(message)  # noqa: TRY004  (what is wrong is the text, not a type)
        return document


def _value(kind: Any, found: Any) -> Any:
    """Return what was read as the type that a field asks for."""
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(found, dict):
            message = f"no {kind.__name__}"
            raise ValueError(message)
        hints = get_type_hints(kind)
        known = {one.name for one in fields(kind)}
        try:
            return kind(**{name: _value(hints[name], value) for name, value in found.items() if name in known})
        except TypeError as error:
            raise ValueError(str(error)) from error
    origin = get_origin(kind)
    if origin is tuple:
        if not isinstance(found, list):
            message = "no list"
            raise ValueError(message)
        return tuple(_value(get_args(kind)[0], one) for one in found)
    if origin in {Union, UnionType}:
        inner = [one for one in get_args(kind) if one is not NoneType]
        return None if found is None else _value(inner[0], found)
    if origin is Literal:
        if found not in get_args(kind):
            message = f"{found!r} is none of {get_args(kind)}"
            raise ValueError(message)
        return found
    if kind is float and isinstance(found, int) and not isinstance(found, bool):
        return float(found)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        message = f"no {kind.__name__}"
        raise ValueError(message)
    return found
