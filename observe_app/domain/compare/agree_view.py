"""What two records of one lesson have in common and where they part. Shapes only; nothing here counts.

"a" is the visit named first, "b" the other one; times are a's lesson time in ms, b's are moved by the offset. Counts
stand beside every coefficient, and one that is not defined says why. Nothing private is in any of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

from observe_app.domain.agreement import Band, Counts, Figure, Undefined, Weights
from observe_app.domain.compare.marks import Origin
from observe_app.domain.event import EventKind  # noqa: TC001


class Cell(StrEnum):
    """What two observers say of one code in one interval."""

    BOTH = "both"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    NEITHER = "neither"
    NOT_COMPARED = "not_compared"


class OffsetBy(StrEnum):
    """How b's clock was laid on a's: as recorded, found from what both wrote down, or given by a person."""

    ZERO = "zero"
    FOUND = "found"
    GIVEN = "given"


class DifferenceKind(StrEnum):
    """What a difference is about."""

    TICK = "tick"
    LEVEL = "level"
    MOMENT = "moment"
    STATE = "state"
    ANSWER = "answer"


class LeftOutWhy(StrEnum):
    """Why something of the two records is not compared."""

    NOT_ON_BOTH = "not_on_both"
    KIND_DIFFERS = "kind_differs"
    SCALE_DIFFERS = "scale_differs"
    LENGTH_DIFFERS = "length_differs"
    CODE_NOT_ON_BOTH = "code_not_on_both"
    NOT_CODED_BY_BOTH = "not_coded_by_both"
    NO_MULTIPLE = "no_multiple"
    ONE_ALONE_WATCHED = "one_alone_watched"


class Verdict(StrEnum):
    """What the two agreed on for one place, after looking at it together."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class NoSpread(StrEnum):
    """Why a figure has no 95 % interval."""

    TOO_FEW = "too_few"
    UNDEFINED = "undefined"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Spread:
    """A 95 % interval of a figure, by resampling blocks of neighbouring intervals.

    Attributes:
        low, high: None where `why` says why there is none. Both equal: no spread, every sample gave the same.
        draws: how many samples it rests on. undefined: how many more of them gave no figure.
        block: intervals in a block.
    """

    low: float | None = None
    high: float | None = None
    why: NoSpread | None = NoSpread.TOO_FEW
    draws: int = 0
    undefined: int = 0
    block: int = 0

    @property
    def flat(self) -> bool:
        """Whether every sample gave the same figure: "no spread"."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two records.

    Attributes:
        start: real start, else the planned one, aware UTC; None where nobody said. minutes: observed, pauses left out.
    """

    visit_id: str
    observer: str
    observer_id: str = ""
    teacher: str = ""
    class_name: str = ""
    subject: str = ""
    start: datetime | None = None
    zone: str = "UTC"
    minutes: float = 0.0
    form_id: str = ""
    form_version: int = 0
    form_title: str = ""
    origin: Origin = Origin.LIVE


@dataclass(frozen=True, slots=True)
class Offset:
    """How the two clocks were laid on each other.

    Attributes:
        ms: added to b's times. by: where it came from.
        found_ms: what matching events say, whatever was used; None where too little matches. votes: of how many events
            that could match (`of`) so many do at it.
        clock_ms: what the two computers' clocks say, start of b minus start of a; None where one has no real start.
    """

    ms: int = 0
    by: OffsetBy = OffsetBy.ZERO
    found_ms: int | None = None
    votes: int = 0
    of: int = 0
    clock_ms: int | None = None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two observers agree on one code, interval by interval, or on all codes together.

    Attributes:
        code: full id such as "I.PQ"; "" of codes together. label: its meaning in the form's language. short: as written
            on a sheet, such as "PQ". side: label of its side.
        counts: in how many intervals both, only one, neither ticked it; `counts.n` is the base.
        percent, kappa, ac1, jaccard, alpha: figures, `None` with a reason where not defined.
        spread, ac1_spread: of kappa and of AC1. band: words of Landis & Koch for kappa, None where it is not defined.
        cells: one for each interval of the sheet, from its first.
    """

    code: str
    label: str
    short: str = ""
    side: str = ""
    counts: Counts = field(default_factory=Counts)
    percent: Figure = field(default_factory=Figure)
    kappa: Figure = field(default_factory=Figure)
    ac1: Figure = field(default_factory=Figure)
    jaccard: Figure = field(default_factory=Figure)
    alpha: Figure = field(default_factory=Figure)
    spread: Spread = field(default_factory=Spread)
    ac1_spread: Spread = field(default_factory=Spread)
    band: Band | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether anybody ticked it."""
        return self.counts.n > self.counts.neither


@dataclass(frozen=True, slots=True)
class RatedAgreement:
    """How far two observers agree on ratings of one scale: items of a form, or the level of each interval.

    Attributes:
        key: id of the scale, or of the interval item. levels: (number, word) from the lowest.
        pairs: (id of the item or index of the interval, level of a, level of b) where both rated.
        percent: the very same level. close: the same or the next one.
        kappa: unweighted. linear, quadratic: weighted kappa with these weights. alpha: Krippendorff's, ordinal.
        spread: of the weighted kappa that `weights` names; only levels of intervals have one. band: words for it.
    """

    key: str
    label: str
    levels: tuple[tuple[int, str], ...] = ()
    pairs: tuple[tuple[str, int, int], ...] = ()
    percent: Figure = field(default_factory=Figure)
    close: Figure = field(default_factory=Figure)
    kappa: Figure = field(default_factory=Figure)
    linear: Figure = field(default_factory=Figure)
    quadratic: Figure = field(default_factory=Figure)
    alpha: Figure = field(default_factory=Figure)
    spread: Spread = field(default_factory=Spread)
    weights: Weights = Weights.LINEAR
    band: Band | None = None

    @property
    def n(self) -> int:
        """How many both rated."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class SheetAgreement:
    """Two interval sheets laid on each other.

    Attributes:
        seconds: length of an interval. derived: made from moments and timers, not ticked on a sheet; or made by merging
            shorter intervals.
        shift: by how many whole intervals b's sheet was moved. rest_ms: by how much the borders of the two still lie
            apart then: an interval cannot be cut.
        first: index of the first interval of `cells`, in a's count. n: intervals that both coded, the base of it all.
        blank_a, blank_b: intervals that only the other one coded; they are left out.
        codes: every code on both sheets, in the form's order, those nobody ticked too.
        pooled: all places of the codes that anybody ticked. pooled_all: all codes; many places where nobody ticked
            flatter it.
        levels: of each interval's level, None without one on both.
    """

    item: str
    label: str
    seconds: int
    derived: bool = False
    shift: int = 0
    rest_ms: int = 0
    first: int = 0
    intervals: int = 0
    n: int = 0
    blank_a: int = 0
    blank_b: int = 0
    codes: tuple[CodeAgreement, ...] = ()
    pooled: CodeAgreement = field(default_factory=lambda: CodeAgreement("", ""))
    pooled_all: CodeAgreement = field(default_factory=lambda: CodeAgreement("", ""))
    levels: RatedAgreement | None = None

    def span(self, place: int) -> tuple[int, int]:
        """Return the half-open [start, end) of an interval by its index in a's count, in ms."""
        return place * self.seconds * 1000, (place + 1) * self.seconds * 1000


@dataclass(frozen=True, slots=True)
class MomentAgreement:
    """Timestamped things of one kind, matched one to one within the tolerance.

    Attributes:
        part: of notes the tag, of presses on the seating plan who spoke (and to whom), of phases the name; else "".
        kind: of the events. matched: pairs. share: matched of all that stand on either side (there is no "neither" of
            moments, so no kappa).
        apart_ms: median distance of matched pairs, None without any.
        close: of matched waits, those as long within a second; of matched sweeps, those that saw the same share within
            a tenth. None for other kinds.
    """

    kind: EventKind
    item: str
    label: str
    part: str = ""
    matched: int = 0
    only_a: int = 0
    only_b: int = 0
    share: Figure = field(default_factory=Figure)
    apart_ms: float | None = None
    close: Figure | None = None


@dataclass(frozen=True, slots=True)
class StateAgreement:
    """A timer of both: in ms of the lesson that both observed, pauses of either left out.

    Attributes:
        counts: ms in which both, only one, neither had it on; kappa is over time, not over intervals.
    """

    item: str
    label: str
    counts: Counts = field(default_factory=Counts)
    percent: Figure = field(default_factory=Figure)
    kappa: Figure = field(default_factory=Figure)
    jaccard: Figure = field(default_factory=Figure)
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two records part.

    Attributes:
        start_ms, end_ms: in a's lesson time, half-open; equal for a moment, both -1 for an answer.
        item, code: what it is about. label: its name in words.
        place: interval index in a's count, or ms of a moment; -1 for an answer. It names the place for a decision.
        a, b: what each says: "yes" or "no", the word of a level, the text of an answer; "" for nothing.
        text: a whole sentence. event_a, event_b: ids of the events, "" without.
        beside: a moment of the other one that lies near but not within the tolerance, ms apart; None without.
    """

    kind: DifferenceKind
    start_ms: int
    end_ms: int
    item: str
    code: str = ""
    label: str = ""
    place: int = -1
    a: str = ""
    b: str = ""
    text: str = ""
    event_a: str = ""
    event_b: str = ""
    beside_ms: int | None = None


@dataclass(frozen=True, slots=True)
class SaidNote:
    """A note of one of the two, at its moment on a's clock. `who` is "a" or "b"."""

    who: str
    at_ms: int
    speaker: str
    text: str
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the two agreed on for one place.

    Attributes:
        place: as in `Difference`. value: the level agreed on, for a rating. why: their reason, "" for none.
        clock_of: id of the visit whose time `place` is in. id: of the row, by which it is taken back.
    """

    item: str
    code: str
    place: int
    verdict: Verdict
    value: float | None = None
    why: str = ""
    at: datetime | None = None
    clock_of: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not compared: an item, a code of it, or intervals; `count` says how many."""

    why: LeftOutWhy
    item: str
    label: str = ""
    code: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class AgreementView:
    """How far two records of one lesson agree.

    Attributes:
        same_lesson: id of the mark that they are one lesson, "" where nobody marked them.
        tolerance_ms: how far apart two moments may lie and still be one; it has nothing to do with `sheets[…].seconds`.
        sheets, moments, states: at the offset. at_zero: the same sheets as recorded, without any offset;
            moments_at_zero too. Fitting the offset flatters, so both are shown.
        ratings: items that both rated, together by scale.
        answers: (item, label, answer of a, answer of b, same) of checks, choices and numbers that both answered.
        differences: by moment, answers last.
        decided: by (item, code, place), what the two agreed on.
    """

    a: Party
    b: Party
    same_lesson: str = ""
    offset: Offset = field(default_factory=Offset)
    tolerance_ms: int = 2000
    sheets: tuple[SheetAgreement, ...] = ()
    at_zero: tuple[SheetAgreement, ...] = ()
    ratings: tuple[RatedAgreement, ...] = ()
    answers: tuple[tuple[str, str, str, str, bool], ...] = ()
    moments: tuple[MomentAgreement, ...] = ()
    moments_at_zero: tuple[MomentAgreement, ...] = ()
    states: tuple[StateAgreement, ...] = ()
    differences: tuple[Difference, ...] = ()
    notes: tuple[SaidNote, ...] = ()
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def decided(self) -> dict[tuple[str, str, int], Decision]:
        """Decisions by item, code and place."""
        return {(one.item, one.code, one.place): one for one in self.decisions}

    def notes_between(self, start_ms: int, end_ms: int) -> tuple[SaidNote, ...]:
        """Return the notes of both in a stretch of the lesson, half-open, by moment."""
        return tuple(note for note in self.notes if start_ms <= note.at_ms < end_ms)


@dataclass(frozen=True, slots=True)
class CodeAlpha:
    """One code over more than two observers: Krippendorff's alpha, nominal, with gaps.

    Attributes:
        units: intervals that at least two coded. ticks: by observer, in the order of the visits; None where that form
            has no such code.
    """

    item: str
    code: str
    label: str
    short: str = ""
    units: int = 0
    alpha: Figure = field(default_factory=Figure)
    spread: Spread = field(default_factory=Spread)
    ticks: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """How far any number of records of one lesson agree, as recorded and without moving any clock.

    Attributes:
        codes: of every interval item they share; pooled: all places of an item's codes that anybody ticked.
        ratings: (label of the scale, items that at least two rated, alpha ordinal).
    """

    visits: tuple[Party, ...] = ()
    codes: tuple[CodeAlpha, ...] = ()
    pooled: tuple[CodeAlpha, ...] = ()
    ratings: tuple[tuple[str, int, Figure], ...] = ()
    left_out: tuple[LeftOut, ...] = ()


__all__ = [
    "AgreementView", "Cell", "CodeAgreement", "CodeAlpha", "Decision", "Difference", "DifferenceKind", "GroupAgreement",
    "LeftOut", "LeftOutWhy", "MomentAgreement", "NoSpread", "Offset", "OffsetBy", "Party", "RatedAgreement", "SaidNote",
    "SheetAgreement", "Spread", "StateAgreement", "Undefined", "Verdict",
]  # fmt: skip
