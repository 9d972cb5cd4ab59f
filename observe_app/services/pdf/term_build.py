"""From a term of one person to its pages as data: charts by section, tables, steps, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import LEAST, Break, Measure, Missing, Origin
from observe_app.services.charts.figures import base_line, date_of, label_of, spans_years, value_words
from observe_app.services.pdf.dates import day, local
from observe_app.services.pdf.term_document import (
    Bullets,
    CompareDocument,
    Facts,
    Head,
    Heading,
    Heat,
    Multiples,
    Prose,
    TextCell,
    TextTable,
)
from observe_app.services.pdf.term_words import chart_words, term_words
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from observe_app.domain.compare.marks import Mark, Series, Term, TermVisit
    from observe_app.services.charts.words import ChartWords
    from observe_app.services.pdf.term_document import Part
    from observe_app.services.pdf.term_words import TermWords
    from observe_app.services.pdf.words import Words

MOST_COLUMNS = 6
"""Visits that one table has room for."""
_HEAT_FROM = 6
_MOST_NAMES = 4
_APART = frozenset({Measure.CODE_TICKS, Measure.TAG})
"""Measures that are told elsewhere: ticks beside the intervals of the same code would double every chart."""


@dataclass(frozen=True, slots=True)
class TermStep:
    """An action step as the pages tell it. agreed, by, closed: dates in words, "" for none. state: as `StepStatus`."""

    text: str
    agreed: str = ""
    by: str = ""
    state: str = "open"
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Speaks:
    """The words of one language: of pages, of comparisons and of charts."""

    pages: Words
    own: TermWords
    charts: ChartWords

    def names(self, found: Iterable[str]) -> str:
        """Return names one after the other, the first few of many."""
        every = list(dict.fromkeys(name for name in found if name.strip()))
        shown = ", ".join(every[:_MOST_NAMES])
        left = len(every) - _MOST_NAMES
        return self.own.and_more.format(names=shown, n=left) if left > 0 else shown

    def date(self, visit: TermVisit) -> str:
        """Return a visit's date in full."""
        return day(local(visit.start, visit.zone), self.pages) if visit.start is not None else self.own.no_dates

    def missing(self, why: Missing | None) -> str:
        """Return why there is no value, as short as a column of a table asks for."""
        pages = {
            Missing.NOT_SEEN: self.pages.not_seen,
            Missing.NOT_LOOKED_FOR: self.pages.not_looked_for,
            Missing.NOT_APPLICABLE: self.pages.not_applicable,
        }
        return pages.get(why or Missing.NOT_ON_FORM) or self.charts.missing_words(why or Missing.NOT_ON_FORM)

    def span(self, visits: Sequence[TermVisit]) -> str:
        """Return from when to when visits reach."""
        dated = [visit for visit in visits if visit.start is not None]
        if not dated:
            return self.own.no_dates
        first, last = self.date(dated[0]), self.date(dated[-1])
        return first if first == last else self.own.span.format(first=first, last=last)


def speaks(language: str) -> Speaks:
    """Return the words of a language that comparisons speak."""
    return Speaks(words_for(language), term_words(language), chart_words(language))


@dataclass(frozen=True, slots=True)
class TermAsk:
    """What a term report is made for.

    Attributes:
        reader: name of who will read it. own: with what is not released, for its author alone.
        steps: of its visits, the first agreed one first.
    """

    reader: str
    own: bool = False
    steps: tuple[TermStep, ...] = ()
    facts: Facts = field(default_factory=Facts)


def build_term(term: Term, ask: TermAsk) -> CompareDocument:
    """Return the pages of a term of one person; `term` holds nothing that the reader may not be told."""
    said = speaks(ask.facts.language)
    shown, never = _shown(term, said)
    # one value alone makes no chart, unless there is nothing else to show
    drawn = [series for series in shown if series.valued > 1] if len(term.visits) > 1 else shown
    parts = [*_intro(term, shown, ask, said), *_charts(term, drawn, len(shown) - len(drawn), said)]
    if never:
        parts.append(Prose(said.own.never.format(codes=", ".join(never)), small=True))
    if len(term.visits) >= _HEAT_FROM and drawn:
        heat = Heat(replace(term, series=tuple(drawn)))
        parts += [Heading(said.own.every_visit), Prose(said.own.heat_hint, small=True), heat]
    parts += [*_tables(term, shown, said), *_breaks(term, shown, said), *_steps(ask.steps, said), *_tags(term, said)]
    parts += _rests(term.visits, said)
    return CompareDocument("term", _head(term, ask, said), tuple(parts), ask.facts)


def _head(term: Term, ask: TermAsk, said: Speaks) -> Head:
    own, visits = said.own, term.visits
    teacher = next((visit.teacher for visit in visits if visit.teacher), "") or own.nobody
    counted, span = own.many(own.visit_one, own.visits, len(visits)), said.span(visits)
    second = [own.observer.format(names=said.names(visit.observer for visit in visits))]
    classes = said.names(visit.class_name for visit in visits)
    second += [own.classes.format(names=classes)] if classes else []
    if not any(visit.observer for visit in visits):
        second = second[1:]
    return Head(
        kind=own.kind_term,
        title=teacher,
        lines=tuple(filter(None, (f"{counted} · {span}", " · ".join(filter(None, [*second, ask.facts.school]))))),
        confidential=own.confidential.format(name=ask.reader),
        running=own.running_term.format(name=teacher),
        name=own.name_term.format(teacher=teacher, visits=counted, span=span),
    )  # fmt: skip


def _shown(term: Term, said: Speaks) -> tuple[list[Series], list[str]]:
    """Return the lines that have a value, and the labels of codes that were never ticked."""
    shown: list[Series] = []
    never: list[str] = []
    for series in term.series:
        if series.measure in _APART or not series.valued:
            continue
        code = series.measure in {Measure.CODE_INTERVALS, Measure.LEVEL}
        if code and not any(mark.n for mark in series.marks):
            never.append(label_of(series, said.charts))
        else:
            shown.append(replace(series, label=label_of(series, said.charts)))
    return shown, list(dict.fromkeys(never))


def _intro(term: Term, shown: Sequence[Series], ask: TermAsk, said: Speaks) -> Iterator[Part]:
    own, count = said.own, len(term.visits)
    yield Heading(own.what_changed)
    if not shown:
        yield Prose(own.nothing)
    else:
        yield Prose(own.reading_one if count == 1 else own.reading_two if count < LEAST else own.reading)
    yield Prose(own.cannot, small=True)
    yield Prose((own.own_too if ask.own else own.only_read).format(name=ask.reader), small=True)


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines of one section of one form that follow one another; both "" for what belongs to no item."""

    form: str
    section: str
    series: list[Series]


def _groups(term: Term, shown: Sequence[Series]) -> list[_Group]:
    titles = {visit.id: visit.form_title for visit in term.visits}
    made: list[_Group] = []
    for series in shown:
        valued = next((mark.visit_id for mark in series.marks if mark.missing is None), "")
        place = (titles.get(valued, ""), series.section) if series.item else ("", "")
        if not made or (made[-1].form, made[-1].section) != place:
            made.append(_Group(*place, []))
        made[-1].series.append(series)
    return made


def _title(group: _Group, several: bool, said: Speaks) -> str:  # noqa: FBT001  (whether there are several forms)
    if not several or not group.form:
        return group.section
    return said.own.of_form.format(form=group.form, section=group.section) if group.section else group.form


def _charts(term: Term, drawn: Sequence[Series], once: int, said: Speaks) -> Iterator[Part]:
    visits = replace(term, series=(), tags=(), left_out=())
    groups = _groups(term, drawn)
    several = len({group.form for group in groups if group.form}) > 1
    for at, group in enumerate(groups):
        title = _title(group, several, said)
        if title or (at and groups[at - 1].section):
            yield Heading(title or said.own.beside, 1)
        yield Multiples(visits, tuple(group.series))
    if once:
        yield Prose(said.own.many(said.own.once_one, said.own.once, once).format(n=once), small=True)


# --- tables ----------------------------------------------------------------------------------------------------------


def pieces(count: int, most: int = MOST_COLUMNS) -> list[tuple[int, int]]:
    """Return (first, behind the last) of columns in tables of about one width."""
    tables = max(1, -(-count // most))
    wide, more = divmod(count, tables)
    ends = [0]
    for at in range(tables):
        ends.append(ends[-1] + wide + (at < more))
    return list(pairwise(ends))


def _tables(term: Term, shown: Sequence[Series], said: Speaks) -> Iterator[Part]:
    """Return a table for each form, with the visits that used it; wide ones in pieces."""
    if not shown:
        return
    own = said.own
    yield Heading(own.as_table)
    groups = _groups(term, shown)
    heads = dict(zip((visit.id for visit in term.visits), _dates(term.visits, said), strict=True))
    for form in dict.fromkeys(group.form for group in groups):
        of_form = [group for group in groups if group.form == form]
        visits = _visits_of(term, of_form)
        found = pieces(len(visits))
        for first, last in found:
            some = visits[first:last]
            title = (form or own.beside) if len(groups) > len(of_form) else ""
            if len(found) > 1:
                part = own.table_of.format(first=first + 1, last=last, of=len(visits))
                title = own.of_form.format(form=title, section=part) if title else part
            if title:
                yield Heading(title, 1)
            yield _table(of_form, some, term.visits[-1], heads, said)


def _visits_of(term: Term, groups: Sequence[_Group]) -> tuple[TermVisit, ...]:
    """Return the visits that have any of these lines on their form."""
    asked = {
        mark.visit_id
        for group in groups
        for series in group.series
        for mark in series.marks
        if mark.missing is not Missing.NOT_ON_FORM
    }
    return tuple(visit for visit in term.visits if visit.id in asked)


def _table(
    groups: Sequence[_Group], visits: Sequence[TermVisit], newest: TermVisit, heads: dict[str, str], said: Speaks
) -> TextTable:
    rows: list[tuple[TextCell, ...]] = []
    spans: list[int] = []
    for group in groups:
        if group.section:
            spans.append(len(rows))
            rows.append((TextCell(group.section, "strong"),))
        rows += [_row(one, visits, newest, said) for one in group.series]
    wide = len(visits)
    label = 0.28 if wide > 4 else 0.36
    width = min((1 - label) / wide, 0.18)
    names = (said.own.item, *(heads[visit.id] for visit in visits))
    return TextTable(names, tuple(rows), (label, *[width] * wide), tuple(spans))


def _dates(visits: Sequence[TermVisit], said: Speaks) -> list[str]:
    """Return the heads of the columns; of several visits on one day each has its number."""
    year = spans_years(tuple(visits))
    plain = [date_of(visit, said.charts, year=year) for visit in visits]
    return [
        f"{text} ({plain[:at].count(text) + 1})" if plain.count(text) > 1 else text for at, text in enumerate(plain)
    ]


def _row(series: Series, visits: Sequence[TermVisit], newest: TermVisit, said: Speaks) -> tuple[TextCell, ...]:
    marks = {mark.visit_id: mark for mark in series.marks}
    base = base_line(series, said.charts)
    label = f"{series.label} ({base})" if base else series.label
    return (TextCell(label), *(_cell(series, marks.get(visit.id), said, latest=visit is newest) for visit in visits))


def _cell(series: Series, mark: Mark | None, said: Speaks, *, latest: bool) -> TextCell:
    if mark is None or mark.missing is not None:
        return TextCell(said.missing(mark.missing if mark is not None else None), "muted")
    return TextCell(value_words(series, mark, said.charts, short=True), "strong" if latest else "")


# --- what follows ----------------------------------------------------------------------------------------------------


def _breaks(term: Term, shown: Sequence[Series], said: Speaks) -> Iterator[Part]:
    by_id = {visit.id: visit for visit in term.visits}
    found: dict[tuple[str, Break], list[Series]] = {}
    for series in shown:
        for at, why in series.breaks:
            found.setdefault((series.marks[at].visit_id, why), []).append(series)
    if not found:
        return
    own = said.own
    order = {visit.id: at for at, visit in enumerate(term.visits)}
    lines = []
    for (visit_id, why), broken in sorted(found.items(), key=lambda one: (order.get(one[0][0], 0), one[0][1])):
        visit, words = by_id[visit_id], said.charts.break_words(why)
        if why is Break.OBSERVER and visit.observer:
            words = own.other_observer.format(why=words, name=visit.observer)
        items = broken[0].label if len(broken) == 1 else own.items.format(n=len(broken))
        lines.append(own.broken.format(date=said.date(visit), why=words, items=items))
    yield Heading(own.breaks)
    yield Bullets(tuple(lines))


def _steps(steps: Sequence[TermStep], said: Speaks) -> Iterator[Part]:
    if not steps:
        return
    own = said.own
    yield Heading(own.steps)
    done = sum(step.state == "done" for step in steps)
    yield Prose(own.steps_sum.format(done=done, n=len(steps)), small=True)
    rows = tuple((TextCell(one.text), TextCell(one.agreed), TextCell(one.by), _state(one, own)) for one in steps)
    yield TextTable((own.step, own.agreed, own.by, own.state), rows, (0.41, 0.18, 0.18, 0.23))


def _state(step: TermStep, own: TermWords) -> TextCell:
    if step.state == "done":
        return TextCell(own.step_done_on.format(date=step.closed) if step.closed else own.step_done, "strong")
    return TextCell(own.step_dropped if step.state == "dropped" else own.step_open, "muted")


def _tags(term: Term, said: Speaks) -> Iterator[Part]:
    if not term.tags:
        return
    own = said.own
    yield Heading(own.tags)
    rows = tuple(
        (
            TextCell(f"#{tag}"),
            TextCell(own.of.format(n=notes, of=of)),
            TextCell(own.of.format(n=visits, of=len(term.visits))),
        )
        for tag, notes, of, visits in term.tags
    )
    yield TextTable((own.tag, own.notes_with, own.visits_with), rows, (0.4, 0.2, 0.2))


def _rests(visits: Sequence[TermVisit], said: Speaks) -> Iterator[Part]:
    own = said.own
    yield Heading(own.rests)
    rows = tuple(
        (
            TextCell(said.date(visit)),
            TextCell(visit.observer or own.whoever),
            TextCell(" · ".join(filter(None, (visit.class_name, visit.subject)))),
            TextCell(visit.form_title),
            TextCell(own.minutes.format(n=round(visit.minutes))),
            TextCell(said.charts.origin_words(visit.origin), "" if visit.origin is Origin.LIVE else "muted"),
        )
        for visit in visits
    )
    heads = (own.date, own.who_observed, own.class_head, own.form, own.length, own.came)
    yield TextTable(heads, rows, (0.18, 0.2, 0.2, 0.2, 0.1, 0.12))
