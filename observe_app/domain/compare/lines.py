"""What a query over many visits gives: plain lines, one visit, count or moment each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)


@dataclass(frozen=True, slots=True)
class TermWanted:
    """Which visits; what is empty leaves nothing out.

    Attributes:
        since, until: real start, else the planned one; half-open, aware UTC. With either, undated visits are left out.
        ids: these visits alone.
    """

    teacher_ids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    form_id: str = ""
    focus: str = ""
    class_name: str = ""
    observer_id: str | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit without its texts.

    Attributes:
        start: the real one, else the planned one. observed: it is past its preparation.
        minutes: planned. took_ms: from the real start to the real end, 0 where there is no such thing.
        teacher_id, observer_id: "" for nobody.
    """

    id: str
    class_name: str
    subject: str
    start: datetime | None
    observed: bool
    took_ms: int
    minutes: int
    zone: str
    focus: str
    form_id: str
    form_version: int
    form_title: str
    source: str
    teacher_id: str = ""
    teacher: str = ""
    observer_id: str = ""
    observer: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer; `value` as `Answer.value`, `absence` the word of an `Absence`, "" with a value."""

    visit_id: str
    item: str
    value: str | int | float | tuple[str, ...] | None
    absence: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """A count of one visit: of a tally, of a tag, of words by who spoke, of notes, or the last moment of all.

    Attributes:
        what: "tally", "tag", "teacher", "students", "notes" or "last". name: the item or the tag, else "".
        at_ms: the first moment counted; of "last" the latest of all.
    """

    visit_id: str
    what: str
    name: str
    n: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class SheetWanted:
    """The sheets of one interval item, as several visits have it."""

    item: str
    seconds: int
    codes: tuple[str, ...]
    levels: tuple[int, ...]
    visit_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A count over the intervals of one sheet.

    Attributes:
        what: "coded", with the last coded interval's index in `at_ms`; "code" or "level", with the first moment.
        name: full code id, number of a level, "" for "coded".
    """

    visit_id: str
    what: str
    name: str
    n: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that can be chosen, how many visits have it, and when the first and the last of them were.

    Attributes:
        what: "person", "observer", "form", "class" or "focus"; "all" for the visits together, and "day" for those of
            one day.
    """

    what: str
    id: str
    name: str
    visits: int
    first: datetime | None = None
    last: datetime | None = None
