"""A term as its reader may be shown it: what the releases told, in the values that they told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Measure, Missing
from observe_app.domain.compare.series import placed
from observe_app.services.compare.told_record import says_number
from observe_app.services.page_answers import yes_and_no

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.compare.marks import Break, Mark, Series, Term
    from observe_app.services.compare.audience import Told, ToldItem


def told_term(term: Term, told: Mapping[str, Told]) -> Term:
    """Return a term with nothing in it that the releases of its visits do not tell.

    Visits that are not in `told` go without a trace. A value that was changed since counts as it was told; one that was
    not is missing and says so. Tags count words of notes; a visit that the teacher led tells none, so that with such a
    visit there are none.
    """
    visits = tuple(visit for visit in term.visits if visit.id in told)
    dated = frozenset(visit.id for visit in visits if visit.start is not None)
    made = (placed(_series(series, told), dated) for series in term.series)
    kept = tuple(series for series in made if any(mark.missing is not Missing.NOT_TOLD for mark in series.marks))
    tags = term.tags if len(visits) == len(term.visits) and not any(told[one.id].led for one in visits) else ()
    return replace(term, visits=visits, series=kept, tags=tags)


def _series(series: Series, told: Mapping[str, Told]) -> Series:
    places = [at for at, mark in enumerate(series.marks) if mark.visit_id in told]
    marks = tuple(_mark(series, series.marks[at], told[series.marks[at].visit_id]) for at in places)
    breaks = _breaks(series.breaks, places)
    return replace(series, marks=marks, breaks=breaks, comparable=comparable(marks, breaks))


def _breaks(breaks: Sequence[tuple[int, Break]], places: Sequence[int]) -> tuple[tuple[int, Break], ...]:
    """Return the breaks before the marks that stay: one between two of them stays, whoever stood there."""
    found: list[tuple[int, Break]] = []
    for at in range(1, len(places)):
        why = [kind for place, kind in breaks if places[at - 1] < place <= places[at]]
        found += [(at, kind) for kind in dict.fromkeys(why)]
    return tuple(found)


def comparable(marks: Sequence[Mark], breaks: Sequence[tuple[int, Break]]) -> int:
    """Return how many marks of the longest uninterrupted run have a value."""
    cut = {at for at, _why in breaks}
    longest = run = 0
    for at, mark in enumerate(marks):
        run = (0 if at in cut else run) + (mark.missing is None)
        longest = max(longest, run)
    return longest


def _mark(series: Series, mark: Mark, told: Told) -> Mark:
    if told.whole:
        return mark
    if not told.tells(series.item):
        return mark if mark.missing is Missing.NOT_ON_FORM else _untold(mark)
    return mark if not series.item else _as_told(series, mark, told.items[series.item], told.language)


def _untold(mark: Mark) -> Mark:
    return replace(mark, value=None, missing=Missing.NOT_TOLD, words="", n=0, of=0, blank=0, at_ms=None)


def _as_told(series: Series, mark: Mark, item: ToldItem, language: str) -> Mark:
    """Return a mark of a released item with the value that was told of it."""
    if series.measure is Measure.RATING:
        return _rating(series, mark, item)
    if series.measure is Measure.CHECK:
        yes, no = yes_and_no(language)
        value = {yes: 1.0, no: 0.0}.get(item.answer)
        if value is None:
            return mark if mark.missing is not None else _untold(mark)
        return mark if mark.value == value else replace(_given(mark), value=value)
    if mark.missing is None and not item.answer:  # answered or counted only after the release
        return _untold(mark)
    if series.measure is Measure.NUMBER and mark.value is not None and not says_number(mark.value, item.answer):
        return _untold(mark)
    if series.measure is Measure.CHOICE and mark.missing is None:
        return replace(mark, words=item.answer)
    return mark


def _rating(series: Series, mark: Mark, item: ToldItem) -> Mark:
    if item.level is None:
        return mark if mark.missing is not None else _untold(mark)
    if item.levels != len(series.levels):  # another scale than the line's: its own words and number stand in the mark
        return mark if mark.missing is None else _untold(mark)
    number, word = series.levels[item.level]
    if mark.missing is None and mark.value == number:
        return mark
    return replace(_given(mark), value=float(number), words=word)


def _given(mark: Mark) -> Mark:
    return replace(mark, missing=None, words="", at_ms=None)
