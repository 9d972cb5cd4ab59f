"""The lesson in time and its figures: counts of notes, each with its base, and where they lie."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.lesson_parts import phases
from observe_app.domain.timeline import sweep_sheet, wait_sheet
from observe_app.services.item_words import figure, lesson_minutes, minutes_seen
from observe_app.services.pdf.document import Figure, Moment, Phase, Timeline, TimelineRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item
    from observe_app.domain.visit import Visit
    from observe_app.services.item_words import Happened
    from observe_app.services.pdf.document import ChecklistSection, Shape
    from observe_app.services.pdf.words import Words

MAX_TAG_ROWS = 2
MAX_FIGURES = 4
MIN_POINTS = 3
"""Visits that make a line; two are a difference, which is no course."""
_SHAPES: tuple[Shape, ...] = ("dot", "ring", "triangle")
_ONE_STUDENT = re.compile(r"S\d+", re.ASCII)
_MINUTE = 60_000
_ROUND = 3


def _minute(offset_ms: float) -> float:
    return round(offset_ms / _MINUTE, _ROUND)


def _by_teacher(note: Event) -> bool:
    return note.speaker.upper() == "T"


def _by_students(note: Event) -> bool:
    return note.speaker.upper().startswith("S")


def figures(
    visit: Visit,
    notes: Sequence[Event],
    checklist: Sequence[ChecklistSection],
    words: Words,
    events: Sequence[Event] = (),
    first: Sequence[Figure] = (),
) -> tuple[Figure, ...]:
    """Return up to four figures, each with its unit or base; none where there is nothing to count.

    Args:
        visit: its length.
        notes: readable events with words.
        checklist: the form's items as answered.
        words: labels.
        events: all readable events: the pauses among them are no minutes of the lesson.
        first: figures that come before those of the notes.
    """
    if not notes:
        return tuple(first)[:MAX_FIGURES]
    minutes = f"{minutes_seen(lesson_minutes(visit, notes), events):g}"
    base = words.figure_of_notes.format(n=len(notes))
    made = list(first)
    made += [Figure(str(len(notes)), words.figure_notes_unit.format(n=minutes), words.figure_notes)]
    teacher = sum(map(_by_teacher, notes))
    students = sum(map(_by_students, notes))
    if teacher:
        made.append(Figure(str(teacher), base, words.figure_teacher))
    if students:
        made.append(Figure(str(students), base, words.figure_students))
    numbered = {note.speaker.upper() for note in notes if _ONE_STUDENT.fullmatch(note.speaker.upper())}
    if numbered:
        of = words.figure_seats_of.format(n=visit.class_size) if visit.class_size else words.figure_seats_unit
        made.append(Figure(str(len(numbered)), of, words.figure_seats))
    items = [item for section in checklist for item in section.items if item.kind != "text"]
    answered = sum(1 for item in items if item.answer)
    looked_for = any(item.kind in {"rating", "check"} for item in items)  # elsewhere nothing is there to be seen
    if answered and looked_for:
        made.append(Figure(str(answered), words.figure_of_notes.format(n=len(items)), words.figure_items))
    return tuple(made[:MAX_FIGURES])


def item_figures(
    form: Form, found: Happened, language: str, words: Words, before: Sequence[tuple[Form, Happened]] = ()
) -> tuple[Figure, ...]:
    """Return a figure for each waited, timed or swept item of the form that something was recorded for.

    Args:
        form: the visit's form.
        found: what its items came to.
        language: of the form's texts.
        words: units.
        before: the same of earlier visits with this form, the earliest first; a line is drawn from three visits on.
    """
    made = []
    for item in form.items:
        measure = _measure(item, found)
        if measure is None:
            continue
        value, unit = _in_words(item, measure, words)
        known = [_measure(then_item, then) for then_form, then in before if (then_item := then_form.item(item.id))]
        points = tuple(round(one.value, _ROUND) for one in (*known, measure) if one is not None)
        line = points if len(points) >= MIN_POINTS else ()
        span = words.figure_span.format(n=len(line)) if line else ""
        made.append(Figure(value, unit, text_in(item.label, language), line, span))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A value with what it rests on: waits, minutes or looks."""

    value: float
    base: float


def _measure(item: Item, found: Happened) -> _Measure | None:
    if item.kind is ItemKind.WAIT:
        waits = wait_sheet(item, found.events)
        return None if waits.median_ms is None else _Measure(waits.median_ms / 1000, len(waits.waits_ms))
    if item.kind is ItemKind.SWEEP:
        looks = sweep_sheet(found.events, item.id).overall
        return None if looks.value is None else _Measure(100 * looks.value, looks.of)
    state = found.running.get(item.id) if item.kind is ItemKind.TIMER else None
    if state is None or not state.stretches or not found.minutes:
        return None
    return _Measure(100 * state.total_ms(found.until_ms) / (found.minutes * _MINUTE), found.minutes)


def _in_words(item: Item, measure: _Measure, words: Words) -> tuple[str, str]:
    if item.kind is ItemKind.WAIT:
        pattern = words.figure_wait if measure.base > 1 else words.figure_wait_one
        return figure(round(measure.value, 1), 1, words.items.point), pattern.format(n=figure(measure.base))
    pattern = words.figure_sweep if item.kind is ItemKind.SWEEP else words.figure_percent
    return str(round(measure.value)), pattern.format(n=figure(measure.base))


def timeline(
    visit: Visit, events: Sequence[Event], notes: Sequence[Event], numbers: dict[str, int], words: Words
) -> Timeline | None:
    """Return the chart's data; None where nothing happened in the lesson.

    Args:
        visit: its length, where nobody measured it.
        events: readable events by time.
        notes: those of them with words.
        numbers: event id to its number among the starred ones.
        words: labels.
    """
    if not notes:
        return None
    minutes = lesson_minutes(visit, events)
    rows = _rows(notes, words)
    parts = _phases(events, minutes)
    moments = tuple(Moment(numbers[note.id], _minute(note.offset_ms)) for note in notes if note.id in numbers)
    caption = words.caption_moments if moments else words.caption
    return Timeline(minutes, rows, parts, moments, caption, _summary(minutes, rows, parts, moments, words))


def _row(label: str, notes: Sequence[Event], shape: Shape = "tick") -> TimelineRow:
    return TimelineRow(label, str(len(notes)), tuple(_minute(note.offset_ms) for note in notes), shape)


def _rows(notes: Sequence[Event], words: Words) -> tuple[TimelineRow, ...]:
    rows = [
        _row(words.row_teacher, [note for note in notes if _by_teacher(note)]),
        _row(words.row_students, [note for note in notes if _by_students(note)]),
        _row(words.row_other, [note for note in notes if not _by_teacher(note) and not _by_students(note)]),
    ]
    tags = Counter(tag for note in notes for tag in dict.fromkeys(note.tags))
    common = sorted(tags.items(), key=lambda entry: (-entry[1], entry[0]))[:MAX_TAG_ROWS]
    for (tag, _count), shape in zip(common, _SHAPES, strict=False):
        rows.append(_row(words.row_tag.format(tag=tag), [note for note in notes if tag in note.tags], shape))
    return tuple(row for row in rows if row.marks)


def _phases(events: Sequence[Event], minutes: float) -> tuple[Phase, ...]:
    """Return the phases: each lasts until the next one begins, the last until the end."""
    made = [
        Phase(max(0.0, _minute(one.start_ms)), minutes if one.end_ms is None else _minute(one.end_ms), one.name)
        for one in phases(events)
    ]
    return tuple(phase for phase in made if phase.end > phase.start)


def _summary(
    minutes: float, rows: Sequence[TimelineRow], phases: Sequence[Phase], moments: Sequence[Moment], words: Words
) -> str:
    parts = [words.summary_minutes.format(n=f"{minutes:g}")]
    parts += [
        words.summary_phase.format(label=phase.label, start=f"{phase.start:.0f}", end=f"{phase.end:.0f}")
        for phase in phases
    ]
    for row in rows:
        first, last = f"{row.marks[0]:.0f}", f"{row.marks[-1]:.0f}"
        pattern = words.summary_row if len(row.marks) > 1 else words.summary_row_one
        parts.append(pattern.format(label=row.label, n=len(row.marks), first=first, last=last))
    if moments:
        parts.append(words.summary_moments.format(n=len(moments)))
    return " ".join(parts)
