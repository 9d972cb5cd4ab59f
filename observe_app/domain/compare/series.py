"""Lines over a term: one for each thing a form asks for, and where a line may not go on.

Only like is joined with like: the same item of the same form, the same scale, the same base, the same observer, and
both recorded live or both brought in. Whatever changes between two visits that have a value breaks the line there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.compare.item_lines import TALK_WORDS, item_lines, tag_mark, talk_mark
from observe_app.domain.compare.marks import Base, Break, Mark, Measure, Missing, Origin, Series
from observe_app.domain.form import text_in
from observe_app.domain.show_when import shown_items

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from observe_app.domain.compare.facts import VisitFacts
    from observe_app.domain.compare.item_lines import ItemLine
    from observe_app.domain.form import Form, Item, Section


@dataclass(frozen=True, slots=True)
class Observed:
    """A visit as a line needs it: its form as used, and what it came to."""

    id: str
    teacher_id: str
    observer_id: str
    origin: Origin
    form: Form | None
    facts: VisitFacts
    shown: frozenset[str] = frozenset()


def observed(
    visit_id: str, teacher_id: str, observer_id: str, origin: Origin, form: Form | None, facts: VisitFacts
) -> Observed:
    """Return a visit as a line needs it; items that its answers hide were not asked."""
    asks = form is not None and any(
        section.show_when or any(item.show_when for item in section.items) for section in form.sections
    )
    shown: frozenset[str] = frozenset()
    if form is not None:
        shown = shown_items(form, facts.answers) if asks else frozenset(item.id for item in form.items)
    return Observed(visit_id, teacher_id, observer_id, origin, form, facts, shown)


def series_of(
    visits: Sequence[Observed], language: str = "", items: Iterable[str] = (), talk_label: str = ""
) -> tuple[Series, ...]:
    """Return the lines of these visits: in the form's order, of several people one after the other.

    Args:
        visits: by start; of several people grouped.
        language: of the form's texts, "" for each form's own.
        items: ids of the items wanted, () for all of them and for talk and tags.
        talk_label: what the line of the teacher's share of the words is called.
    """
    wanted = frozenset(items)
    made: list[Series] = []
    for teacher in dict.fromkeys(visit.teacher_id for visit in visits):
        own = [visit for visit in visits if visit.teacher_id == teacher]
        kinds = _items_of(own)
        missing = [Mark(visit.id, missing=Missing.NOT_ON_FORM, origin=visit.origin) for visit in own]
        for key, one in kinds.items():
            if not wanted or one.item.id in wanted:
                made += _of_item(key, one, own, missing, language)
        if not wanted:
            made += _beside(own, talk_label)
    return tuple(made)


@dataclass(slots=True)
class _Kind:
    """One thing asked for, by every version of the form that asks for it: the last one's words are shown."""

    form_id: str
    item: Item
    section: Section
    form: Form
    by_form: dict[int, Item]


def _items_of(visits: Sequence[Observed]) -> dict[str, _Kind]:
    """Return what the visits' forms ask for by key: an item's id, with its form's where two forms share an id."""
    found: dict[tuple[str, str, str], _Kind] = {}
    seen: set[int] = set()
    for visit in visits:
        form = visit.form
        if form is None or id(form) in seen:
            continue
        seen.add(id(form))
        for section in form.sections:
            for item in section.items:
                name = (form.id, item.id, item.kind)
                if name in found:
                    kind = found[name]
                    kind.item, kind.section, kind.form = item, section, form
                else:
                    kind = found[name] = _Kind(form.id, item, section, form, {})
                kind.by_form[id(form)] = item
    keyed: dict[str, _Kind] = {}
    for kind in _in_order(list(found.values())):
        key = kind.item.id
        if key in keyed:
            key = f"{kind.form_id}/{key}"
        if key in keyed:
            key = f"{key}/{kind.item.kind.value}"
        keyed[key] = kind
    return keyed


def _in_order(kinds: list[_Kind]) -> list[_Kind]:
    """Return forms in the order of their first visit, items as the newest version has them, those it dropped last."""
    forms = {name: place for place, name in enumerate(dict.fromkeys(kind.form_id for kind in kinds))}
    newest: dict[str, Form] = {}
    for kind in kinds:
        newest[kind.form_id] = kind.form if kind.form_id not in newest else _newer(newest[kind.form_id], kind.form)
    places = {name: {item.id: at for at, item in enumerate(form.items)} for name, form in newest.items()}
    return sorted(kinds, key=lambda one: (forms[one.form_id], places[one.form_id].get(one.item.id, 1 << 30)))


def _newer(one: Form, other: Form) -> Form:
    return other if other.version >= one.version else one


def _of_item(key: str, kind: _Kind, visits: Sequence[Observed], missing: Sequence[Mark], language: str) -> list[Series]:
    lines = item_lines(kind.form, kind.item, language)
    if not lines:
        return []
    # A code that only an earlier version has keeps its own line, after those of the newest.
    known = {(line.measure, line.part) for line in lines}
    versions = {place: item_lines(form, item, language) for place, item, form in _versions(kind, visits)}
    for others in versions.values():
        lines += [line for line in others if (line.measure, line.part) not in known]
        known |= {(line.measure, line.part) for line in others}
    lookup = {place: {(line.measure, line.part): line for line in others} for place, others in versions.items()}
    section = text_in(kind.section.title, language)
    return [_line(key, line, kind, visits, lookup, missing, section) for line in lines]


def _versions(kind: _Kind, visits: Sequence[Observed]) -> list[tuple[int, Item, Form]]:
    forms = {id(visit.form): visit.form for visit in visits if visit.form is not None}
    return [(place, kind.by_form[place], form) for place, form in forms.items() if place in kind.by_form]


def _line(
    key: str,
    line: ItemLine,
    kind: _Kind,
    visits: Sequence[Observed],
    lookup: Mapping[int, Mapping[tuple[Measure, str], ItemLine]],
    missing: Sequence[Mark],
    section: str,
) -> Series:
    marks: list[Mark] = []
    alike: list[object] = []
    name, item_id = (line.measure, line.part), kind.item.id
    own = {place: lines[name] for place, lines in lookup.items() if name in lines}
    for visit, absent in zip(visits, missing, strict=True):
        here = own.get(id(visit.form))
        if here is None and line.part and visit.origin is not Origin.LIVE and id(visit.form) in kind.by_form:
            # The sheet that was brought in has no such code: who kept it did not look for it.
            marks.append(replace(absent, missing=Missing.NOT_LOOKED_FOR))
        elif here is None:
            marks.append(absent)
        elif item_id not in visit.shown:
            marks.append(Mark(visit.id, missing=Missing.NOT_APPLICABLE, origin=visit.origin))
        else:
            marks.append(here.mark(visit.facts, visit.origin))
        alike.append(here)
    breaks = _breaks(visits, marks, alike)
    return Series(
        key=f"{key}:{line.part}" if line.part else key,
        measure=line.measure,
        base=line.base,
        label=line.label,
        item=kind.item.id,
        part=line.part,
        section=section,
        teacher_id=visits[0].teacher_id,
        levels=line.levels,
        marks=tuple(marks),
        breaks=breaks,
        comparable=comparable(marks, breaks),
    )


def _breaks(
    visits: Sequence[Observed], marks: Sequence[Mark], alike: Sequence[object]
) -> tuple[tuple[int, Break], ...]:
    """Return where the line may not go on: each visit with a value against the one with a value before it."""
    found: list[tuple[int, Break]] = []
    before: int | None = None
    for place, mark in enumerate(marks):
        if mark.missing is not None:
            continue
        if before is not None:
            found += [(place, why) for why in _changed(visits[before], visits[place], alike[before], alike[place])]
        before = place
    return tuple(found)


def _changed(one: Observed, other: Observed, before: object, after: object) -> list[Break]:
    why = []
    # Two visits without an observer may be anybody's: nobody is not the same as nobody.
    if one.observer_id != other.observer_id or not other.observer_id:
        why.append(Break.OBSERVER)
    if getattr(before, "scale", None) != getattr(after, "scale", None):
        why.append(Break.SCALE)
    if getattr(before, "rests_on", None) != getattr(after, "rests_on", None):
        why.append(Break.BASE)
    if one.origin is not other.origin:
        why.append(Break.ORIGIN)
    return why


def comparable(marks: Sequence[Mark], breaks: Sequence[tuple[int, Break]]) -> int:
    """Return how many marks of the longest uninterrupted run have a value."""
    cut = {at for at, _why in breaks}
    longest = run = 0
    for at, mark in enumerate(marks):
        run = (0 if at in cut else run) + (mark.missing is None)
        longest = max(longest, run)
    return longest


def placed(series: Series, dated: Collection[str]) -> Series:
    """Return a line that counts as comparable only what can stand in an order of time, and is of one person for sure.

    A visit without a date may have been before any other; visits whose teacher nobody named may be of several people.

    Args:
        series: one line.
        dated: ids of visits with a date.
    """
    if not series.teacher_id:
        return replace(series, comparable=min(1, series.comparable))
    if all(mark.visit_id in dated for mark in series.marks):
        return series
    marks = [
        mark if mark.visit_id in dated else Mark(mark.visit_id, missing=Missing.NOTHING_RECORDED)
        for mark in series.marks
    ]
    return replace(series, comparable=comparable(marks, series.breaks))


def _beside(visits: Sequence[Observed], talk_label: str) -> list[Series]:
    """Return the lines that rest on notes and on no form: the teacher's share of the words, and tags."""
    made = []
    talk = [talk_mark(visit.id, visit.facts, visit.origin) for visit in visits]
    if any(mark.missing is None for mark in talk):
        made.append(_plain(TALK_WORDS, "", Measure.TALK_WORDS, Base.TALK_WORDS, talk, visits, talk_label))
    counts: dict[str, int] = {}
    for visit in visits:
        for tag, counted in visit.facts.tags.items():
            counts[tag] = counts.get(tag, 0) + counted.n
    for tag in sorted(counts, key=lambda one: (-counts[one], one)):
        marks = [tag_mark(visit.id, visit.facts, tag, visit.origin) for visit in visits]
        made.append(_plain("tag", tag, Measure.TAG, Base.NOTES, marks, visits, f"#{tag}"))
    return made


def _plain(
    name: str, part: str, measure: Measure, base: Base, marks: list[Mark], visits: Sequence[Observed], label: str
) -> Series:
    breaks = _breaks(visits, marks, [None] * len(marks))
    return Series(
        key=f"{name}:{part}" if part else name,
        measure=measure,
        base=base,
        label=label,
        part=part,
        teacher_id=visits[0].teacher_id,
        marks=tuple(marks),
        breaks=breaks,
        comparable=comparable(marks, breaks),
    )
