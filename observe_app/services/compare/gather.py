"""What chosen visits come to, from the data folder's counts: the same facts as from each visit's events one by one."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.compare.facts import (
    Counted,
    LookFacts,
    SheetFacts,
    VisitFacts,
    WaitFacts,
    facts_of,
    look_facts,
    timer_facts,
    wait_facts,
)
from observe_app.domain.compare.length import length_ms
from observe_app.domain.compare.lines import SheetWanted
from observe_app.domain.errors import ObserveError
from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses
from observe_app.domain.timeline import timers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.compare.lines import AnswerLine, CountLine, SheetLine, VisitLine
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item
    from observe_app.store.unit import ReadUnit


class _Line(Protocol):
    @property
    def visit_id(self) -> str: ...


L = TypeVar("L", bound=_Line)
_ABSENCES = {one.value: one for one in Absence}


@lru_cache(maxsize=32)
def form_in(snapshot: str) -> Form | None:
    """Return the form of a snapshot, None of a damaged one; kept, for a term asks for the same few again and again."""
    from observe_app.services.catalogue import loads_snapshot  # noqa: PLC0415  (loaded when it is first wanted)

    try:
        return loads_snapshot(snapshot)
    except ObserveError:
        return None


def forms_of(unit: ReadUnit, visits: Iterable[VisitLine]) -> dict[str, Form | None]:
    """Return the form of each visit that has one, the same object for the same text; None for a damaged one."""
    return {visit: form_in(text) for visit, text in unit.compare.snapshots(one.id for one in visits)}


def gather(
    unit: ReadUnit,
    visits: Sequence[VisitLine],
    forms: Mapping[str, Form | None],
    released: Mapping[str, Sequence[Event]] | None = None,
) -> dict[str, VisitFacts]:
    """Return what each visit comes to, by id; of a visit in `released` what these events of it do."""
    ids = [visit.id for visit in visits]
    counts, rows = unit.compare.moments(ids)
    answers = _by_visit(unit.compare.answers(ids))
    by_count, by_row = _by_visit(counts), _by_visit(rows)
    sheets = _sheets(unit, visits, forms)
    made = {
        visit.id: _facts(
            visit,
            forms.get(visit.id),
            by_count.get(visit.id, []),
            by_row.get(visit.id, []),
            {line.item: _answer(line) for line in answers.get(visit.id, [])},
            sheets.get(visit.id, {}),
        )
        for visit in visits
    }
    for visit in visits:
        events = (released or {}).get(visit.id)
        if events is not None:
            last = max((event.offset_ms for event in events), default=None)
            whole = length_ms(visit.minutes, visit.took_ms, last)
            made[visit.id] = facts_of(visit.id, forms.get(visit.id), events, whole, made[visit.id].answers)
    return made


def _by_visit(lines: Iterable[L]) -> dict[str, list[L]]:
    found: dict[str, list[L]] = defaultdict(list)
    for line in lines:
        found[line.visit_id].append(line)
    return found


def _answer(line: AnswerLine) -> Answer:
    # A word that a newer version wrote reads as unanswered, as everywhere.
    absence = _ABSENCES.get(line.absence, Absence.UNANSWERED) if line.absence else None
    return Answer(line.visit_id, line.item, line.value, absence)


def _facts(
    visit: VisitLine,
    form: Form | None,
    counts: Sequence[CountLine],
    events: Sequence[Event],
    answers: Mapping[str, Answer],
    sheets: Mapping[str, SheetFacts],
) -> VisitFacts:
    named = {(line.what, line.name): Counted(line.n, line.at_ms) for line in counts}
    none = Counted()
    whole = length_ms(visit.minutes, visit.took_ms, named.get(("last", ""), none).at_ms)
    items = form.items if form is not None else ()
    tallied = {item.id for item in items if item.kind is ItemKind.TALLY}
    teacher, students = named.get(("teacher", ""), none), named.get(("students", ""), none)
    return VisitFacts(
        visit.id,
        outside(Stretch(0), pauses(events), whole),
        answers,
        tallies={name: one for (what, name), one in named.items() if what == "tally" and name in tallied},
        sheets=sheets,
        timers=timer_facts(timers(items, events), whole) if events else {},
        sweeps=_looks(items, events, whole),
        waits=_waits(items, events),
        teacher_words=teacher.n,
        student_words=students.n,
        talk_at_ms=min((one.at_ms for one in (teacher, students) if one.at_ms is not None), default=None),
        notes=named.get(("notes", ""), none).n,
        tags={name: one for (what, name), one in named.items() if what == "tag"},
    )


def _looks(items: Sequence[Item], events: Sequence[Event], whole: int) -> dict[str, LookFacts]:
    return {
        item.id: found
        for item in items
        if item.kind is ItemKind.SWEEP and (found := look_facts(item, events, whole)) is not None
    }


def _waits(items: Sequence[Item], events: Sequence[Event]) -> dict[str, WaitFacts]:
    return {
        item.id: found
        for item in items
        if item.kind is ItemKind.WAIT and (found := wait_facts(item, events)) is not None
    }


# -- interval sheets


def _sheets(
    unit: ReadUnit, visits: Sequence[VisitLine], forms: Mapping[str, Form | None]
) -> dict[str, dict[str, SheetFacts]]:
    """Return the sheets by visit and item: one query for the visits that have an item alike."""
    wanted: dict[tuple[str, int, tuple[str, ...], tuple[int, ...]], list[str]] = defaultdict(list)
    shapes: dict[int, list[tuple[str, int, tuple[str, ...], tuple[int, ...]]]] = {}
    for visit in visits:
        form = forms.get(visit.id)
        if form is None:
            continue
        if id(form) not in shapes:
            shapes[id(form)] = [_shape(item) for item in form.items if item.kind is ItemKind.INTERVAL]
        for shape in shapes[id(form)]:
            wanted[shape].append(visit.id)
    found: dict[str, dict[str, SheetFacts]] = defaultdict(dict)
    for (item, seconds, codes, levels), ids in wanted.items():
        lines = _by_visit(unit.compare.sheets(SheetWanted(item, seconds, codes, levels, tuple(ids))))
        for visit_id, own in lines.items():
            found[visit_id][item] = _sheet(own)
    return found


def _shape(item: Item) -> tuple[str, int, tuple[str, ...], tuple[int, ...]]:
    codes = tuple(side.full(code) for side in item.sides for code in side.codes)
    return item.id, item.seconds, codes, tuple(level.number for level in item.levels)


def _sheet(lines: Sequence[SheetLine]) -> SheetFacts:
    coded = next(line for line in lines if line.what == "coded")
    return SheetFacts(
        coded.n,
        coded.at_ms + 1 - coded.n,
        {line.name: Counted(line.n, line.at_ms) for line in lines if line.what == "code"},
        {int(line.name): Counted(line.n, line.at_ms) for line in lines if line.what == "level"},
    )
