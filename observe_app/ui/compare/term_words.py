"""Sentences about a term: how many visits, by whom, on which scale, and what is not shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.compare.marks import LEAST, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.compare.marks import Series, Term

_NAMED = 5
_APART = frozenset({Measure.CODE_TICKS, Measure.TAG})
"""Ticks beside the intervals of the same code would double every chart; tags stand with the lessons."""


def shown_lines(term: Term) -> list[Series]:
    """Return the lines that have a chart: something is recorded for them."""
    return [line for line in term.series if line.measure not in _APART and line.valued and not _never_ticked(line)]


def never_lines(term: Term) -> list[Series]:
    """Return the lines that nothing is recorded for."""
    return [line for line in term.series if line.measure not in _APART and (not line.valued or _never_ticked(line))]


def _never_ticked(line: Series) -> bool:
    return line.measure in {Measure.CODE_INTERVALS, Measure.LEVEL} and not any(mark.n for mark in line.marks)


def lines_words(term: Term, shown: Sequence[Series]) -> str:
    """Return how the charts are to be read."""
    tr = QCoreApplication.translate
    if all(not line.enough for line in shown):
        if len(term.visits) == 1:
            return tr("CompareTerm", "One visit. A line needs three that can be compared.")
        return tr("CompareTerm", "Points without a line: it needs three visits that can be compared.")
    return tr("CompareTerm", "Lines join visits where it was seen; a gap is not a zero.")


def scale_words(shown: Sequence[Series]) -> str:
    """Return the scale of the ratings where they all have the same one, "" else."""
    scales = {line.levels for line in shown if line.measure is Measure.RATING and line.levels}
    if len(scales) != 1:
        return ""
    names = ", ".join(word for _number, word in scales.pop())
    return QCoreApplication.translate("CompareTerm", "Scale: {levels}.").format(levels=names)


def seen_words(term: Term, shown: Sequence[Series]) -> str:
    """Return what the figures rest on, and that they cannot say why."""
    tr = QCoreApplication.translate
    people = len({visit.teacher_id for visit in term.visits})
    observers = len({visit.observer_id for visit in term.visits})
    classes = len({visit.class_name for visit in term.visits if visit.class_name})
    parts = []
    if people > 1:
        parts.append(tr("CompareTerm", "{n} people, by name").format(n=people))
    parts.append(
        tr("CompareTerm", "one observer") if observers == 1
        else tr("CompareTerm", "{n} observers").format(n=observers)
    )  # fmt: skip
    if classes:
        parts.append(
            tr("CompareTerm", "one class") if classes == 1 else tr("CompareTerm", "{n} classes").format(n=classes)
        )
    lessons = len(term.visits)
    parts.append(
        tr("CompareTerm", "one lesson") if lessons == 1 else tr("CompareTerm", "{n} lessons").format(n=lessons)
    )
    told = ", ".join(parts)
    words = tr("CompareTerm", "{what}. This shows what was seen on those days; it can’t show why.").format(
        what=told[:1].upper() + told[1:]
    )
    few = sum(not line.enough for line in shown)
    if lessons >= LEAST and few:
        words += " " + tr("CompareTerm", "{few} of {n} charts have too few visits to say.").format(
            few=few, n=len(shown)
        )
    return words


def left_out_words(term: Term, unseen: Sequence[Series]) -> tuple[str, ...]:
    """Return what is not in the charts: items nobody recorded anything for, visits that could not be shown."""
    tr = QCoreApplication.translate
    said = []
    if unseen:
        names = list(Counter(line.label for line in unseen))
        listed = ", ".join(names[:_NAMED])
        if len(names) > _NAMED:
            listed = tr("CompareTerm", "{names} and {n} more").format(names=listed, n=len(names) - _NAMED)
        said.append(tr("CompareTerm", "Nothing recorded for: {names}.").format(names=listed))
    for why, count in term.left_out:
        said.append(_left_out(why, count))
    return tuple(one for one in said if one)


def _left_out(why: str, count: int) -> str:
    tr = QCoreApplication.translate
    sentences = {
        "planned": tr("CompareTerm", "Visits that have not taken place are not shown: {n}."),
        "form_damaged": tr("CompareTerm", "Visits with a form that cannot be read show their notes alone: {n}."),
    }
    return sentences.get(why, tr("CompareTerm", "Visits that are not shown: {n}.")).format(n=count)
