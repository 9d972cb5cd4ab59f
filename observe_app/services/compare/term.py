"""Visits over a term: what can be chosen, and what a choice shows, each figure with its n, its base and its origin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.compare.lesson import origin_of
from observe_app.domain.compare.lines import TermWanted
from observe_app.domain.compare.marks import Term, TermVisit
from observe_app.domain.compare.series import observed, placed, series_of
from observe_app.domain.errors import NotFound
from observe_app.domain.form import ItemKind, text_in
from observe_app.services.compare.gather import form_in, forms_of, gather
from observe_app.services.compare.presets import Preset, presets, school_terms, turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.compare.facts import VisitFacts
    from observe_app.domain.compare.lines import Facet, VisitLine
    from observe_app.domain.compare.marks import Series
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form
    from observe_app.domain.school.terms import SchoolTerm
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

PLANNED, FORM_DAMAGED = "planned", "form_damaged"
"""Why a visit of a choice is not shown: it has not begun; or its form cannot be read, so that only its notes count."""


@dataclass(frozen=True, slots=True)
class TermChoice:
    """What to compare; every part that is empty leaves nothing out.

    Attributes:
        since, until: the visit's start, half-open, aware UTC; with either, undated visits are left out.
        items: ids of items. language: of the form's texts, "" for the form's own.
        observer_id: None for every observer.
        reader: id or name of who will read it: only visits whose audience they are in, as they were released. None
            shows everything that is in this data folder.
        ids: these visits alone.
        talk_label: what the line of the teacher's share of the words is called.
    """

    teacher_ids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    form_id: str = ""
    items: tuple[str, ...] = ()
    focus: str = ""
    class_name: str = ""
    observer_id: str | None = None
    language: str = ""
    reader: str | None = None
    ids: tuple[str, ...] = ()
    talk_label: str = "Teacher’s share of the words noted"


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be chosen, and how many visits have it; `section` of an item."""

    id: str
    name: str
    visits: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class TermOptions:
    """What can be chosen.

    Attributes:
        people: whose lessons were observed, by name. All else is of the chosen people's visits alone: forms by how
            often they were used; observers, classes and focuses by name; items of the chosen form, in its order.
        presets: of the school's terms, else of school years and their halves, those with visits, the newest first.
        visits: of the chosen people.
    """

    people: tuple[Offered, ...] = ()
    forms: tuple[Offered, ...] = ()
    observers: tuple[Offered, ...] = ()
    classes: tuple[Offered, ...] = ()
    focuses: tuple[Offered, ...] = ()
    items: tuple[Offered, ...] = ()
    presets: tuple[Preset, ...] = ()
    visits: int = 0


def term(core: Core, choice: TermChoice, released: Mapping[str, Sequence[Event]] | None = None) -> Term:
    """Return what a choice of visits shows.

    Args:
        core: the open data folder.
        choice: which visits, and for whom.
        released: by visit, the events that count there instead of what stands there now.

    Raises:
        NotFound, Ambiguous: the reader is nobody or several people.
    """
    with core.store.read() as unit:
        every = unit.compare.visits(_wanted(choice))
        begun = [visit for visit in every if visit.observed]
        lines = sorted(begun, key=lambda visit: (visit.teacher.casefold(), visit.teacher_id))  # stable: by start within
        forms = forms_of(unit, lines)
        facts = gather(unit, lines, forms, released)
    left = Counter({PLANNED: len(every) - len(begun), FORM_DAMAGED: sum(form is None for form in forms.values())})
    made = Term(
        tuple(_visit(line, facts[line.id]) for line in lines),
        _series(lines, forms, facts, choice),
        _tags(facts.values()),
        tuple((why, count) for why, count in left.items() if count),
    )
    return made if choice.reader is None else _as_told(core, made, choice)


def _wanted(choice: TermChoice) -> TermWanted:
    return TermWanted(
        choice.teacher_ids,
        choice.since,
        choice.until,
        choice.form_id,
        choice.focus,
        choice.class_name,
        choice.observer_id,
        choice.ids,
    )


def _visit(line: VisitLine, facts: VisitFacts) -> TermVisit:
    return TermVisit(
        id=line.id,
        teacher_id=line.teacher_id,
        teacher=line.teacher,
        observer_id=line.observer_id,
        observer=line.observer,
        class_name=line.class_name,
        subject=line.subject,
        start=line.start,
        zone=line.zone,
        minutes=facts.length_ms / 60_000,
        form_id=line.form_id,
        form_version=line.form_version,
        form_title=line.form_title,
        focus=line.focus,
        origin=origin_of(line.source),
    )


def _series(
    lines: Sequence[VisitLine],
    forms: Mapping[str, Form | None],
    facts: Mapping[str, VisitFacts],
    choice: TermChoice,
) -> tuple[Series, ...]:
    seen = [
        observed(line.id, line.teacher_id, line.observer_id, origin_of(line.source), forms.get(line.id), facts[line.id])
        for line in lines
    ]
    dated = frozenset(line.id for line in lines if line.start is not None)
    made = series_of(seen, choice.language, choice.items, choice.talk_label)
    return tuple(placed(series, dated) for series in made)


def _tags(facts: Iterable[VisitFacts]) -> tuple[tuple[str, int, int, int], ...]:
    every = list(facts)
    notes = sum(one.notes for one in every)
    counts: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for one in every:
        for tag, counted in one.tags.items():
            counts[tag] += counted.n
            visits[tag] += 1
    return tuple(
        (tag, count, notes, visits[tag]) for tag, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _as_told(core: Core, made: Term, choice: TermChoice) -> Term:
    """Return the term as a reader may see it: what they may not is not even counted."""
    from observe_app.domain.compare.audience import Who  # noqa: PLC0415  (asked only where there is a reader)
    from observe_app.services.compare.audience import audience, reader_named  # noqa: PLC0415
    from observe_app.services.compare.told_term import told_term  # noqa: PLC0415

    reader = choice.reader or ""
    try:
        with core.store.read() as unit:
            who = Who(reader, unit.people.get(reader).name)
    except NotFound:
        who = reader_named(core, reader)
    may = audience(core, (visit.id for visit in made.visits), reader=who)
    told = may.told
    # Lines and their breaks are those of what may be told, not of the rest; counts are those of the release.
    if len(told) < len(made.visits) or may.released:
        made = term(core, replace(choice, reader=None, ids=tuple(told)), may.released) if told else Term()
    return replace(told_term(made, told), left_out=())


# -- what can be chosen


def options(core: Core, choice: TermChoice | None = None) -> TermOptions:
    """Return what can be chosen, given the people and the form that are chosen already."""
    choice = choice or TermChoice()
    with core.store.read() as unit:
        terms = school_terms(unit)
        facets = unit.compare.facets(choice.teacher_ids, turns(terms))
        return _options(core, unit, facets, choice, terms, _by_name(unit.compare.people(), "person"))


def filled(
    core: Core, choice: TermChoice, *, everybody: bool = False, people: tuple[Offered, ...] = ()
) -> tuple[TermChoice, TermOptions]:
    """Return a choice without what is gone, and what else can be chosen.

    Where nobody is left it is of who was visited most, with the form used most there.

    Args:
        core: the open data folder.
        choice: what was chosen.
        everybody: nobody chosen means all of them.
        people: of what could be chosen before, where nothing was written since: every visit has to be looked at for
            them. () looks.
    """
    with core.store.read() as unit:
        terms = school_terms(unit)
        days = turns(terms)
        people = people or _by_name(unit.compare.people(), "person")
        known = {one.id for one in people}
        ids = tuple(one for one in choice.teacher_ids if one in known)
        first = not ids and not everybody
        if first and people:
            ids = (max(people, key=lambda one: one.visits).id,)
        facets = unit.compare.facets(ids, days)
        forms = [one.id for one in _forms(facets)]
        form = choice.form_id
        if form not in forms:
            # A term is of one form where nobody said otherwise: another form's items are other lines.
            form = forms[0] if forms and (form or first) else ""
        items = choice.items if form == choice.form_id else ()
        choice = replace(choice, teacher_ids=ids, form_id=form, items=items)
        return choice, _options(core, unit, facets, choice, terms, people)


def _options(
    core: Core,
    unit: ReadUnit,
    facets: Sequence[Facet],
    choice: TermChoice,
    terms: Sequence[SchoolTerm],
    people: tuple[Offered, ...],
) -> TermOptions:
    return TermOptions(
        people=people,
        forms=_forms(facets),
        observers=_by_name(facets, "observer"),
        classes=_by_name(facets, "class"),
        focuses=_by_name(facets, "focus"),
        items=_items(unit, choice),
        presets=presets(facets, terms, core.clock.zone_name()),
        visits=sum(facet.visits for facet in facets if facet.what == "all"),
    )


def _by_name(facets: Iterable[Facet], what: str) -> tuple[Offered, ...]:
    return tuple(sorted(_offered(facets, what), key=lambda one: (one.name.casefold(), one.id)))


def _forms(facets: Iterable[Facet]) -> tuple[Offered, ...]:
    return tuple(sorted(_offered(facets, "form"), key=lambda one: (-one.visits, one.name.casefold(), one.id)))


def _offered(facets: Iterable[Facet], what: str) -> list[Offered]:
    return [Offered(one.id, one.name or one.id, one.visits) for one in facets if one.what == what]


def _items(unit: ReadUnit, choice: TermChoice) -> tuple[Offered, ...]:
    """Return the items that make lines, by form and in its order; of one id in two versions the newer one's words."""
    visits: Counter[str] = Counter()
    found: dict[str, Offered] = {}
    for snapshot, count in unit.compare.forms(choice.teacher_ids, choice.form_id):
        form = form_in(snapshot)
        for section in form.sections if form is not None else ():
            title = text_in(section.title, choice.language)
            for item in section.items:
                if item.kind in _WITHOUT_LINES:
                    continue
                visits[item.id] += count
                label = text_in(item.label, choice.language) or item.id
                found.setdefault(item.id, Offered(item.id, label, 0, title))
    return tuple(replace(one, visits=visits[one.id]) for one in found.values())


_WITHOUT_LINES = frozenset({ItemKind.TEXT, ItemKind.GUIDANCE})
