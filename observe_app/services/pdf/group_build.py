"""From the visits of a group to its pages as data: how often something was seen, without names, means or ranks.

Every count stands for at least five teachers; what does not is left out, and so is what would give it away.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observe_app.domain.compare.group import LEAST_PEOPLE, Cell, held_back, people_of
from observe_app.domain.compare.marks import Measure
from observe_app.domain.errors import Invalid
from observe_app.services.pdf.dates import local
from observe_app.services.pdf.term_build import Speaks, speaks
from observe_app.services.pdf.term_document import (
    CompareDocument,
    Facts,
    Head,
    Heading,
    Prose,
    TextCell,
    TextTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.domain.compare.marks import Mark, Series, Term, TermVisit
    from observe_app.services.pdf.term_document import Part

_COUNTED = frozenset(
    {Measure.RATING, Measure.CHECK, Measure.CHOICE, Measure.CODE_INTERVALS, Measure.TALLY, Measure.TIMER}
)
"""Measures of which it can be counted in how many visits something was so; the others are figures of one lesson."""
_SIGN = "<{least}"


@dataclass(slots=True)
class _Row:
    """One item of one form over all people: its levels, and how often each by teacher."""

    series: Series
    form: str
    names: list[str]
    cells: list[Cell] = field(default_factory=list)

    def add(self, name: str, teacher: str) -> None:
        if name not in self.names:
            self.names.append(name)
        while len(self.cells) < len(self.names):
            self.cells.append({})
        cell = self.cells[self.names.index(name)]
        cell[teacher] = cell.get(teacher, 0) + 1

    @property
    def people(self) -> int:
        return len(people_of(self.cells))

    @property
    def visits(self) -> int:
        return sum(sum(cell.values()) for cell in self.cells)


def build_group(term: Term, facts: Facts) -> CompareDocument:
    """Return the pages of a group; `term` holds nothing that whoever makes them may not be told.

    Raises:
        Invalid: "too_few_people": the visits are of fewer than five teachers.
    """
    # Of a visit whose teacher nobody named nobody can tell whether it is one of the others': it makes no group larger.
    nobodys = unnamed(term)
    term = replace(term, visits=tuple(visit for visit in term.visits if _is_named(visit)))
    teachers = {_teacher(visit) for visit in term.visits}
    if len(teachers) < LEAST_PEOPLE:
        raise Invalid("group", str(len(teachers)), "too_few_people", str(LEAST_PEOPLE))
    said = speaks(facts.language)
    rows = _rows(term, said)
    shown = [row for row in rows if row.people >= LEAST_PEOPLE]
    parts = [*_intro(rows, shown, nobodys, said), *_visits(term, said), *_items(shown, said)]
    return CompareDocument("group", _head(term, len(teachers), facts, said), tuple(parts), facts)


def unnamed(term: Term) -> int:
    """Return how many visits a group leaves out, for nobody said who taught."""
    return sum(not _is_named(visit) for visit in term.visits)


def _is_named(visit: TermVisit) -> bool:
    return bool(visit.teacher_id or visit.teacher.strip())


def _teacher(visit: TermVisit) -> str:
    return visit.teacher_id or f"name:{visit.teacher.casefold()}"


def _head(term: Term, teachers: int, facts: Facts, said: Speaks) -> Head:
    own = said.own
    people, count = own.teachers.format(n=teachers), own.many(own.visit_one, own.visits, len(term.visits))
    span = _months_span(term.visits, said)
    observers = {visit.observer_id or visit.observer for visit in term.visits} - {""}
    second = own.observers.format(n=len(observers)) if len(observers) > 1 else ""
    return Head(
        kind=own.kind_group,
        title=facts.school or own.group_for,
        lines=tuple(filter(None, (f"{people} · {count} · {span}", second))),
        confidential=own.group_for,
        running=own.running_group,
        name=own.name_group.format(teachers=people, visits=count, span=span),
    )


def _months_span(visits: Sequence[TermVisit], said: Speaks) -> str:
    """Return from which month to which: a day could be told to be somebody's visit."""
    dated = sorted(visit.start for visit in visits if visit.start is not None)
    if not dated:
        return said.own.no_dates
    zone = visits[0].zone
    first, last = (_month(local(one, zone).year, local(one, zone).month, said) for one in (dated[0], dated[-1]))
    return first if first == last else said.own.span.format(first=first, last=last)


def _month(year: int, month: int, said: Speaks) -> str:
    return said.own.month_name.format(month=said.own.months[month - 1], year=year)


def _intro(rows: Sequence[_Row], shown: Sequence[_Row], nobodys: int, said: Speaks) -> Iterator[Part]:
    own = said.own
    yield Heading(own.group_visits)
    yield Prose(own.group_reading)
    yield Prose(own.group_few.format(least=LEAST_PEOPLE, sign=_SIGN.format(least=LEAST_PEOPLE)), small=True)
    yield Prose(own.group_other, small=True)
    left = len(rows) - len(shown)
    if left:
        text = own.group_item_left if left == 1 else own.group_items_left
        yield Prose(text.format(n=left, least=LEAST_PEOPLE), small=True)
    if nobodys:
        text = own.group_visit_left if nobodys == 1 else own.group_visits_left
        yield Prose(text.format(n=nobodys), small=True)


def _visits(term: Term, said: Speaks) -> Iterator[Part]:
    own = said.own
    forms: dict[str, Cell] = {}
    months: dict[tuple[int, int], Cell] = {}
    for visit in term.visits:
        cell = forms.setdefault(visit.form_title or "–", {})
        cell[_teacher(visit)] = cell.get(_teacher(visit), 0) + 1
        if visit.start is not None:
            there = local(visit.start, visit.zone)
            cell = months.setdefault((there.year, there.month), {})
            cell[_teacher(visit)] = cell.get(_teacher(visit), 0) + 1
    ordered = sorted(forms.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    yield _merged(own.form, [(name, cell) for name, cell in ordered], own.other_forms, said)
    by_month = [(_month(*month, said), months[month]) for month in sorted(months)]
    if by_month:
        yield _merged(own.month, by_month, own.other_months, said)


def _merged(head: str, rows: Sequence[tuple[str, Cell]], other: str, said: Speaks) -> TextTable:
    """Return counts of visits and teachers; what rests on too few is one row together."""
    own, gone = said.own, held_back([cell for _name, cell in rows])
    made = [(name, cell) for at, (name, cell) in enumerate(rows) if at not in gone]
    if gone:
        together: Counter[str] = Counter()
        for at in gone:
            together.update(rows[at][1])
        made.append((other, dict(together)))
    most = max((sum(cell.values()) for _name, cell in made), default=1)
    cells = tuple(
        (
            TextCell(name, "muted" if name == other else ""),
            TextCell(own.many(own.visit_one, own.visits, count), bar=(0.0, 0.0, 0.0, count / most)),
            TextCell(own.teachers.format(n=len(people_of([cell])))),
        )
        for name, cell in made
        for count in (sum(cell.values()),)
    )
    return TextTable((head, own.visits_with, own.group_teachers), cells, (0.34, 0.46, 0.2))


# --- items -----------------------------------------------------------------------------------------------------------


def _rows(term: Term, said: Speaks) -> list[_Row]:
    visits = {visit.id: visit for visit in term.visits}
    found: dict[tuple[object, ...], _Row] = {}
    for series in term.series:
        if series.measure not in _COUNTED:
            continue
        for mark in series.marks:
            visit = visits.get(mark.visit_id)
            if visit is None or mark.missing is not None:
                continue
            key = (visit.form_id, series.key, series.measure, series.levels)
            row = found.get(key)
            if row is None:
                row = found[key] = _Row(series, visit.form_title, _names(series, said))
            row.add(_name(series, mark, said), _teacher(visit))
    return [row for row in found.values() if row.cells]


def _names(series: Series, said: Speaks) -> list[str]:
    if series.measure is Measure.RATING:
        return [word for _number, word in series.levels]
    if series.measure is Measure.CHECK:
        return [said.charts.no, said.charts.yes]
    if series.measure is Measure.CHOICE:
        return []
    return [said.own.group_not, _seen(series, said)]


def _seen(series: Series, said: Speaks) -> str:
    return said.own.group_ticked if series.measure is Measure.CODE_INTERVALS else said.own.group_used


def _name(series: Series, mark: Mark, said: Speaks) -> str:
    if series.measure is Measure.RATING:
        number = round(mark.value) if mark.value is not None else None
        return next((word for at, word in series.levels if at == number), mark.words or "–")
    if series.measure is Measure.CHECK:
        return said.charts.yes if mark.value else said.charts.no
    if series.measure is Measure.CHOICE:
        return mark.words or "–"
    return _seen(series, said) if mark.n or mark.value else said.own.group_not


def _items(rows: Sequence[_Row], said: Speaks) -> Iterator[Part]:
    own = said.own
    for form in dict.fromkeys(row.form for row in rows):
        of_form = [row for row in rows if row.form == form]
        yield Heading(own.group_item.format(form=form))
        cells: list[tuple[TextCell, ...]] = []
        spans: list[int] = []
        section = ""
        for row in of_form:
            if row.series.section and row.series.section != section:
                section = row.series.section
                spans.append(len(cells))
                cells.append((TextCell(section, "strong"),))
            cells.append((TextCell(row.series.label), TextCell(_looked(row, said)), _levels(row, said)))
        yield TextTable((own.item, own.looked, own.levels), tuple(cells), (0.34, 0.2, 0.46), tuple(spans))


def _looked(row: _Row, said: Speaks) -> str:
    return said.own.looked_cell.format(visits=row.visits, teachers=row.people)


def _levels(row: _Row, said: Speaks) -> TextCell:
    while len(row.cells) < len(row.names):
        row.cells.append({})
    gone = held_back(row.cells)
    counts = [sum(cell.values()) for cell in row.cells]
    sign = _SIGN.format(least=LEAST_PEOPLE)
    told: list[str] = []
    for at, (name, count) in enumerate(zip(row.names, counts, strict=True)):
        if at in gone and row.series.measure is Measure.CHOICE:
            continue  # an answer in the observer's own words would say whose it is without any number
        hidden = sign if _few(row.cells[at]) else said.own.withheld
        told.append(said.own.level_cell.format(level=name, n=hidden if at in gone else count))
    if gone and row.series.measure is Measure.CHOICE:
        told.append(said.own.withheld)
    whole = sum(counts) or 1
    bar = () if gone else tuple(round(count / whole, 4) for count in counts)
    return TextCell(" · ".join(told), bar=bar)


def _few(cell: Cell) -> bool:
    return 0 < len(people_of([cell])) < LEAST_PEOPLE
