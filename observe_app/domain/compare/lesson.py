"""Everything one visit shows, each part with what it rests on. Private and deleted events are in none of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.compare.budget import Rate, TimeBudget, phase_budget, rates, talk_seconds, time_budgets
from observe_app.domain.compare.derive import CONTINUOUS, DerivedSheet, derived_sheet
from observe_app.domain.compare.facts import VisitFacts, facts_of
from observe_app.domain.compare.length import length_ms
from observe_app.domain.compare.looks import Look, look_curve
from observe_app.domain.compare.marks import Origin
from observe_app.domain.compare.question_levels import QuestionLevels, question_levels
from observe_app.domain.compare.steps import Balance, balance
from observe_app.domain.compare.waits import WaitSpread, wait_spread
from observe_app.domain.errors import Invalid
from observe_app.domain.event import Event  # noqa: TC001  (dataclass fields are read at run time)
from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_parts import Phase, Stretch, pauses, phases
from observe_app.domain.participation import Participation, participation
from observe_app.domain.seating import SeatingPlan, loads
from observe_app.domain.talk_share import TalkShare, talk_share
from observe_app.domain.timeline import (
    CodeShares,
    IntervalSheet,
    Share,
    category_shares,
    code_shares,
    interval_sheet,
    sweep_sheet,
    tallies,
    timers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.form import Form, Item
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """An interval sheet with the shares of its codes and categories.

    Attributes:
        codes, categories: by full id, in the form's order; each share of intervals or of ticks, never mixed.
        levels: (number, how many of the intervals that have one). blank: intervals before the last that nobody coded.
    """

    item: str
    sheet: IntervalSheet
    codes: tuple[tuple[str, CodeShares], ...]
    categories: tuple[tuple[str, CodeShares], ...]
    levels: tuple[tuple[int, Share], ...] = ()
    blank: int = 0


@dataclass(frozen=True, slots=True)
class LooksPicture:
    """Looks over the room: all of them together, the curve, and how many that were due nobody made."""

    item: str
    overall: Share
    curve: tuple[Look, ...]
    missed: int = 0


@dataclass(frozen=True, slots=True)
class LessonPicture:
    """What one visit shows.

    Attributes:
        events: those that may be shown, by moment.
        origin: recorded live or imported; what `derived` makes is derived.
        length_ms: the lesson, pauses included. facts: its counts; `facts.length_ms` is the lesson without pauses.
        moments: (item, moments in ms) of tallies. runs: (item, runs) of timers. Items without any are left out, here
            and in all else.
        budgets: of timers, by group; phase_budget: of phases, None without any.
        talk: words of notes by who spoke; their base is `talk.of_talk`. talk_seconds: the teacher's part of the timed
            talk in ms, None where no group of timers says who talks.
        tags: (tag, notes with it of all notes), the most frequent first.
        balance: of the conversation afterwards, None where none was written down.
    """

    visit: Visit
    form: Form | None
    origin: Origin
    events: tuple[Event, ...]
    length_ms: int
    facts: VisitFacts
    paused: tuple[Stretch, ...] = ()
    phases: tuple[Phase, ...] = ()
    moments: tuple[tuple[str, tuple[int, ...]], ...] = ()
    runs: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    sheets: tuple[SheetPicture, ...] = ()
    budgets: tuple[TimeBudget, ...] = ()
    phase_budget: TimeBudget | None = None
    rates: tuple[Rate, ...] = ()
    talk: TalkShare = field(default_factory=TalkShare)
    talk_seconds: Share | None = None
    waits: tuple[WaitSpread, ...] = ()
    looks: tuple[LooksPicture, ...] = ()
    levels: tuple[QuestionLevels, ...] = ()
    plan: SeatingPlan = field(default_factory=SeatingPlan)
    participation: Participation = field(default_factory=Participation)
    tags: tuple[tuple[str, Share], ...] = ()
    balance: Balance | None = None

    @property
    def continuous(self) -> bool:
        """Whether anything was recorded that a sheet can be derived from."""
        return bool(self.moments or self.runs or self.waits or self.looks)

    def derived(self, seconds: int) -> DerivedSheet | None:
        """Return the sheet of this interval length made of what was recorded as it came, None where nothing was.

        It is derived: a view says so, and no line joins it with a sheet that somebody ticked.
        """
        if self.form is None or not self.continuous:
            return None
        rows = [item for item in self.form.items if item.kind in CONTINUOUS]
        return derived_sheet(rows, self.events, seconds, self.length_ms)


def lesson(record: VisitRecord) -> LessonPicture:
    """Return what a visit shows; a part that nothing was recorded for is left out, for it is no zero."""
    visit, form = record.visit, record.form
    told = tuple(
        sorted(
            (event for event in record.events if not event.private and not event.deleted),
            key=lambda event: (event.offset_ms, event.id),
        )
    )
    whole = whole_ms(visit, told)
    items = form.items if form is not None else ()
    plan = _plan(visit)
    facts = facts_of(visit.id, form, told, whole, {answer.item: answer for answer in record.answers})
    counted = [(item.id, tuple(one.offset_ms for one in tallies(told, item.id))) for item in _of(items, ItemKind.TALLY)]
    states = timers(items, told)
    return LessonPicture(
        visit,
        form,
        origin_of(visit.source),
        told,
        whole,
        facts,
        paused=pauses(told),
        phases=phases(told),
        moments=tuple((item, at) for item, at in counted if at),
        runs=tuple((item, state.stretches) for item, state in states.items() if state.stretches),
        sheets=tuple(_sheet(item, told) for item in _of(items, ItemKind.INTERVAL) if item.id in facts.sheets),
        budgets=time_budgets(items, told, whole),
        phase_budget=phase_budget(told, whole),
        rates=rates(items, told, whole),
        talk=talk_share(told),
        talk_seconds=talk_seconds(items, told, whole),
        waits=tuple(found for item in _of(items, ItemKind.WAIT) if (found := wait_spread(item, told))),
        looks=tuple(_looks(item, told, whole) for item in _of(items, ItemKind.SWEEP) if item.id in facts.sweeps),
        levels=question_levels(items, told),
        plan=plan,
        participation=participation(plan, told),
        tags=_tags(facts),
        balance=balance(record),
    )


def whole_ms(visit: Visit, told: Sequence[Event]) -> int:
    """Return how long a visit's lesson was, pauses included, in ms of whole minutes."""
    took = 0
    if visit.started is not None and visit.ended is not None and visit.ended > visit.started:
        took = -(-((visit.ended - visit.started) // timedelta(microseconds=1)) // 1000)  # a part of one counts whole
    return length_ms(visit.minutes, took, max((event.offset_ms for event in told), default=None))


def origin_of(source: str) -> Origin:
    """Return where a visit came from; a word that a newer version wrote counts as live, as everywhere."""
    try:
        return Origin(source)
    except ValueError:
        return Origin.LIVE


def _of(items: Sequence[Item], kind: ItemKind) -> list[Item]:
    return [item for item in items if item.kind is kind]


def _sheet(item: Item, told: Sequence[Event]) -> SheetPicture:
    sheet = interval_sheet(item, told)
    counts = sheet.levels()
    rated = sum(counts.values())
    levels = tuple((level.number, Share(counts.get(level.number, 0), rated)) for level in item.levels) if rated else ()
    return SheetPicture(
        item.id,
        sheet,
        tuple(code_shares(item, sheet).items()),
        tuple(category_shares(item, sheet).items()),
        levels,
        sheet.blank,
    )


def _looks(item: Item, told: Sequence[Event], whole: int) -> LooksPicture:
    curve = look_curve(item, told, whole)
    overall = sweep_sheet(told, item.id).overall
    return LooksPicture(item.id, overall, curve, sum(one.seen is None for one in curve))


def _tags(facts: VisitFacts) -> tuple[tuple[str, Share], ...]:
    counts = sorted(facts.tags.items(), key=lambda pair: (-pair[1].n, pair[0]))
    return tuple((tag, Share(counted.n, facts.notes)) for tag, counted in counts)


def _plan(visit: Visit) -> SeatingPlan:
    if not visit.seating:
        return SeatingPlan()
    try:
        return loads(visit.seating)
    except Invalid:  # a plan that cannot be read seats nobody; who opens it is told why
        return SeatingPlan()
