"""Rows of the tables that a comparison exports. What comes in may be told: nothing is left out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Measure
from observe_app.domain.form import ItemKind, text_in
from observe_app.services.charts.figures import local
from observe_app.services.exchange.visit_sheets import lesson_time
from observe_app.services.item_words import ItemWords, lesson_minutes, options_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from observe_app.domain.answer import Answer
    from observe_app.domain.compare.marks import Series, Term, TermVisit
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item
    from observe_app.domain.record import VisitRecord
    from observe_app.services.exchange.compare_columns import Row, Value

_WORDS = ItemWords()


def visit_row(record: VisitRecord) -> Row:
    """Return what every row of a visit begins with."""
    visit = record.visit
    begun = visit.started or visit.start
    minutes = round(lesson_minutes(visit, record.events), 3)
    return (
        visit.id, visit.teacher, visit.observer, visit.class_name, visit.subject, day_of(begun, visit.zone), begun,
        minutes, visit.source, visit.form_id, visit.form_version if visit.form_id else None, visit.form_title,
    )  # fmt: skip


def day_of(moment: datetime | None, zone: str) -> str:
    """Return the local date as YYYY-MM-DD, "" for none."""
    return f"{local(moment, zone):%Y-%m-%d}" if moment is not None else ""


def rows_of(record: VisitRecord, language: str = "") -> Iterator[Row]:
    """Yield the tidy rows of one visit: its events by time, then its answers in the form's order."""
    head, names = visit_row(record), _Names(record.form, language)
    for event in record.events:
        yield (*head, *_event(event, names))
    given = {answer.item: answer for answer in record.answers}
    items = [item.id for item in record.form.items] if record.form is not None else []
    for item_id in dict.fromkeys((*items, *given)):
        if item_id in given:
            yield (*head, *_answer(given[item_id], names))


class _Names:
    """Labels of the form in one language."""

    def __init__(self, form: Form | None, language: str) -> None:
        self.items: dict[str, Item] = {}
        self.sections: dict[str, str] = {}
        self.language = language
        for section in form.sections if form is not None else ():
            for item in section.items:
                self.items[item.id] = item
                self.sections[item.id] = text_in(section.title, language)

    def label(self, item: str) -> str:
        found = self.items.get(item)
        return text_in(found.label, self.language) if found is not None else ""

    def code(self, item: str, code: str) -> str:
        found = self.items.get(item)
        known = found.code(code) if found is not None and code else None
        return text_in(known[1].label, self.language) if known is not None else ""


def _event(event: Event, names: _Names) -> Row:
    return (
        "event", event.id, event.kind.value, event.offset_ms, lesson_time(event.offset_ms), event.wall, event.item,
        names.label(event.item), names.sections.get(event.item, ""), event.code, names.code(event.item, event.code),
        event.value, event.of, "", "", event.outcome, event.speaker, event.to, event.seat, " ".join(event.tags),
        event.starred, event.text,
    )  # fmt: skip


def _answer(answer: Answer, names: _Names) -> Row:
    item = names.items.get(answer.item)
    value, words, text = _given(answer, item, names.language)
    absence = answer.absence.value if answer.absence is not None else ""
    kind = item.kind.value if item is not None else ""
    place = (answer.item, names.label(answer.item), names.sections.get(answer.item, ""))
    return (
        "answer", "", kind, None, "", answer.at, *place, "", "", value, None, words, absence, "", "", "", "", "", None,
        " ".join(filter(None, (text, answer.comment))),
    )  # fmt: skip


def _given(answer: Answer, item: Item | None, language: str) -> tuple[Value, str, str]:
    """Return the number, the words and the text of an answer."""
    given = answer.value
    if given is None or answer.absence is not None:
        return None, "", ""
    kind = item.kind if item is not None else None
    if kind is ItemKind.CHECK:
        return {"yes": 1, "no": 0}.get(str(given)), str(given), ""
    if item is not None and kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        return None, options_in_words(item, answer, _WORDS, language), ""
    if item is not None and kind is ItemKind.RATING and isinstance(given, int):
        word = next((text_in(level.label, language) for level in item.levels if level.number == given), "")
        return given, word, ""
    if isinstance(given, (int, float)):
        return given, "", ""
    return None, "", ", ".join(map(str, given)) if isinstance(given, tuple) else given


# --- a term ----------------------------------------------------------------------------------------------------------


def term_head(visit: TermVisit, subject: str = "") -> Row:
    """Return what every row of a visit begins with, from a term."""
    return (
        visit.id, visit.teacher, visit.observer, visit.class_name, subject or visit.subject,
        day_of(visit.start, visit.zone), visit.start, round(visit.minutes, 3), visit.origin.value, visit.form_id,
        visit.form_version if visit.form_id else None, visit.form_title,
    )  # fmt: skip


def figures(term: Term) -> Iterator[Row]:
    """Yield a row for each visit and each line of a term."""
    heads = {visit.id: term_head(visit) for visit in term.visits}
    for series in term.series:
        yield from _figures(series, heads)


def _figures(series: Series, heads: dict[str, Row]) -> Iterator[Row]:
    broken: dict[int, str] = {}
    for at, why in series.breaks:
        broken[at] = " ".join(filter(None, (broken.get(at, ""), why.value)))
    levels = dict(series.levels)
    for at, mark in enumerate(series.marks):
        words = mark.words
        if not words and series.measure is Measure.RATING and mark.value is not None:
            words = levels.get(round(mark.value), "")
        if mark.visit_id in heads:
            yield (
                *heads[mark.visit_id], series.key, series.item, series.part, series.label, series.section,
                series.measure.value, series.base.value, mark.value, words, mark.n, mark.of, mark.blank,
                mark.missing.value if mark.missing is not None else "", mark.origin.value, broken.get(at, ""),
                series.enough,
            )  # fmt: skip
