"""The columns of what a comparison exports, and what each means: the data dictionary that goes along.

Names and meanings are stable: scripts are written against them. They are not translated, as names of columns are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Value = str | int | float | bool | datetime | None
Row = tuple[Value, ...]
Kind = Literal["text", "whole", "number", "yes_no", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. unit: of its numbers, "" for none. An empty cell is a missing value; `meaning` says what it means."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def _whole(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, "whole", meaning, unit)


def _number(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, "number", meaning, unit)


VISIT = (
    _text("visit_id", "id of the visit, the same in every table and export"),
    _text("teacher", "whose lesson it was"),
    _text("observer", "who observed; figures of different observers are not on one scale"),
    _text("class_name", "class"),
    _text("subject", "subject"),
    _text("date", "local date of the lesson, YYYY-MM-DD; empty while nobody said"),
    Column("start", "moment", "real start, else the planned one, UTC"),
    _number("minutes", "how long was observed, pauses left out", "min"),
    _text("source", "live, imported or demo"),
    _text("form_id", "id of the form; items are the same only within one form"),
    _whole("form_version", "version of the form as it was used"),
    _text("form_title", "title of the form"),
)
"""Columns that every row of a visit begins with."""

EVENTS = (
    *VISIT,
    _text("row", "event: something at a moment; answer: one answer to an item of the form"),
    _text("id", "id of the event, empty for an answer"),
    _text("kind", "of an event: note, tally, start, stop, interval, sweep, wait, phase, pause, resume or gap; of an "
                  "answer the kind of its item: rating, check, choice, choices, number or text"),
    _whole("t_ms", "time since the start of the lesson, negative before it; empty for an answer", "ms"),
    _text("clock", "the same as h:mm:ss"),
    Column("wall", "moment", "wall time of the moment, UTC; empty where an import does not tell"),
    _text("item", "id of the item of the form, empty for what belongs to none"),
    _text("item_label", "the item in the form's language"),
    _text("section", "title of its section"),
    _text("code", "code within the item, such as I.Lec"),
    _text("code_label", "what the code means"),
    _number("value", "of a rating its level's number from 1, of a check 1 or 0, of a number the number; of an interval "
                     "code 1 ticked or 0 cleared again; of a wait its length in ms; of a sweep how many were on task"),
    _number("of", "what the value is a part of: of a sweep how many were looked at"),
    _text("words", "a level or option in words; several are parted by a semicolon"),
    _text("absence", "why there is no value: unanswered, not_looked_for, not_seen or not_applicable; none is a zero"),
    _text("outcome", "how a wait ended: answered, rephrased or answered_by_teacher"),
    _text("speaker", "who spoke: T, S, S7 or SS"),
    _text("to", "whom they spoke to, in the same writing"),
    _text("seat", "id of the seat in the visit's plan"),
    _text("tags", "without the sign, parted by spaces"),
    Column("starred", "yes_no", "marked as worth a look"),
    _text("text", "words of a note, name of a phase, comment of anything else"),
)  # fmt: skip
"""The tidy table: a row for each event and each answer, the latter without a time."""

FIGURES = (
    *VISIT,
    _text("key", "what it is a figure of, the same over all visits: item, or item:part"),
    _text("item", "id of the item of the form, empty for what belongs to none"),
    _text("part", "code, level, outcome or tag within the item"),
    _text("label", "the item or part in the form's language"),
    _text("section", "title of its section"),
    _text("measure", "rating, check, choice, number, tally, timer, code_intervals, code_ticks, level, sweep, wait, "
                     "wait_aim, talk_words, talk_seconds or tag"),
    _text("base", "what it is a part of: intervals, ticks, lesson_minutes, talk_seconds, talk_words, waits, looks or "
                  "notes; empty for levels and plain numbers"),
    _number("value", "a level's number, 1 or 0 of a check, a share from 0 to 1, events per minute of a tally, median "
                     "in ms of waits; empty where missing says why"),
    _text("words", "the level or option in words"),
    _whole("n", "how many were counted; ms for timers and talk time"),
    _whole("of", "of how many, in the unit of the base; ms for lesson minutes and talk time; 0 without a base"),
    _whole("blank", "what was not observed: intervals nobody coded, sweeps that were due and not made"),
    _text("missing", "why there is no value: unanswered, not_looked_for, not_seen, not_applicable, not_on_form, "
                     "nothing_recorded or not_told; none is a zero"),
    _text("origin", "live, imported, derived or demo"),
    _text("break_before", "why the line is interrupted before this visit: observer, scale, base or origin"),
    Column("enough", "yes_no", "whether at least three visits of the line can be compared"),
)  # fmt: skip
"""A row for each visit and each line of a term."""

STEPS = (
    _text("visit_id", "id of the visit in which it was agreed"),
    _text("teacher", "whose lesson it was"),
    _text("step", "what was agreed"),
    _text("agreed", "local date of the lesson, YYYY-MM-DD"),
    _text("by", "date by which, YYYY-MM-DD"),
    _text("state", "open, done or dropped"),
    _text("closed", "date of its end, YYYY-MM-DD; empty while it is open"),
)

TAGS = (
    _text("tag", "tag of notes, without the sign"),
    _whole("notes", "notes with it"),
    _whole("of", "notes in all"),
    _whole("visits", "visits with it"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "Visits": VISIT, "Events": EVENTS, "Figures": FIGURES, "Steps": STEPS, "Tags": TAGS,
}  # fmt: skip
"""By the name of its sheet."""

DICTIONARY = ("table", "column", "type", "unit", "meaning")
TYPES: dict[Kind, str] = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "yes_no": "true or false",
    "moment": "moment, ISO 8601 in UTC",
}


def dictionary(tables: tuple[str, ...] = tuple(TABLES)) -> list[tuple[str, ...]]:
    """Return the data dictionary: a row for each column of these tables."""
    return [(table, one.name, TYPES[one.kind], one.unit, one.meaning) for table in tables for one in TABLES[table]]
