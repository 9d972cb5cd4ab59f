"""The fixed words of comparisons on paper, in one place so that a translation replaces them all."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from observe_app.paths import resources_dir
from observe_app.services.charts.words import ChartWords
from observe_app.services.compare.agree_words import AgreementWords
from observe_app.services.pdf.words import ENGLISH as PAGES
from observe_app.services.pdf.words import filled, page_language


@dataclass(frozen=True, slots=True)
class TermWords:
    """Every sentence that a comparison says by itself; fields in braces are filled with `.format`.

    Attributes:
        months: their names where no day stands before them.
    """

    kind_term: str = "Peer observation · over time"
    kind_group: str = "Peer observation · a group"
    kind_calibration: str = "Peer observation · two observers"
    confidential: str = "Confidential – for {name}"
    confidential_many: str = "Confidential – for the two observers"
    group_for: str = "Without names"
    running_term: str = "Over time · {name}"
    running_group: str = "A group, without names"
    running_calibration: str = "Two observers · {name}"
    name_term: str = "{teacher}: {visits}, {span}"
    name_group: str = "{teachers}: {visits}, {span}"
    name_calibration: str = "{first} and {second}: {lesson}"
    made: str = "Made {date}"
    span: str = "{first} to {last}"
    no_dates: str = "without a date"
    visits: str = "{n} visits"
    visit_one: str = "1 visit"
    teachers: str = "{n} teachers"
    observers: str = "{n} observers"
    observer: str = "Observer: {names}"
    classes: str = "Class: {names}"
    nobody: str = "Teacher not named"
    whoever: str = "not named"
    and_more: str = "{names} and {n} more"
    only_read: str = "Only visits that {name} may read are in it, with what their releases told."
    own_too: str = "With visits that are not released: for {name} alone. Private notes are not in it."

    what_changed: str = "What was seen, visit by visit"
    reading: str = (
        "Each small chart is one item, on a true time axis. A dash below means that there is no value, which is not a "
        "zero. A line joins visits only where at least three can be compared."
    )
    reading_one: str = "One visit. What is there can be read, but nothing can have changed yet."
    reading_two: str = "Two visits: points without a line, for two points always make a trend."
    cannot: str = "This shows what was seen on those days. It can't show why, and it ranks nobody."
    nothing: str = "These visits have nothing that can be compared."
    once: str = "What has a value in one visit only stands in the table alone: {n} items."
    once_one: str = "What has a value in one visit only stands in the table alone: one item."
    of_form: str = "{form}: {section}"
    beside: str = "Beside the form"
    never: str = "Never ticked: {codes}."
    every_visit: str = "Every visit, every item"
    heat_hint: str = "Darker, or in a heavier frame, is a higher level or a larger share of its row; – has no value."
    heat_more: str = "Visits {first} to {last}"
    as_table: str = "The same, as a table"
    table_of: str = "Visits {first} to {last} of {of}"
    item: str = "Item"
    breaks: str = "Lines that are interrupted"
    broken: str = "{date}: {why} ({items})"
    items: str = "{n} items"
    other_observer: str = "{why}, {name}"
    steps: str = "Action steps"
    step: str = "Step"
    agreed: str = "Agreed"
    by: str = "By"
    state: str = "Now"
    step_open: str = "open"
    step_done: str = "done"
    step_dropped: str = "let go"
    step_done_on: str = "done, {date}"
    steps_sum: str = "{done} of {n} are done."
    tags: str = "Tags of notes"
    tag: str = "Tag"
    notes_with: str = "Notes"
    visits_with: str = "Visits"
    of: str = "{n} of {of}"
    rests: str = "What it rests on"
    date: str = "Date"
    who_observed: str = "Observer"
    class_head: str = "Class"
    form: str = "Form"
    length: str = "Observed"
    minutes: str = "{n} min"
    came: str = "Recorded"

    group_reading: str = (
        "Counted over visits by several observers, who do not use a scale alike. It says how often something was seen, "
        "not how good anybody is. There are no names in it and no means of people."
    )
    group_few: str = "What rests on fewer than {least} teachers is left out: “{sign}” stands for it."
    group_other: str = "Some further counts are left out so that those cannot be worked out from the sums."
    group_items_left: str = "{n} items are not in it, for fewer than {least} teachers were looked at with them."
    group_item_left: str = "One item is not in it, for fewer than {least} teachers were looked at with it."
    group_visits_left: str = "{n} visits are not in it, for nobody said who taught."
    group_visit_left: str = "One visit is not in it, for nobody said who taught."
    group_visits: str = "The visits"
    month: str = "Month"
    months: tuple[str, ...] = PAGES.months
    month_name: str = "{month} {year}"
    other_forms: str = "Other forms"
    other_months: str = "Other months"
    group_item: str = "{form}"
    group_teachers: str = "Teachers"
    group_not: str = "not"
    group_ticked: str = "ticked"
    group_used: str = "used"
    looked: str = "Looked for"
    looked_cell: str = "{visits} visits, {teachers} teachers"
    levels: str = "In so many visits"
    level_cell: str = "{level} {n}"
    withheld: str = "left out"

    calibration_title: str = "{first} and {second}"
    calibration_reading: str = (
        "Two observers recorded the same lesson. Where they agree, the record says something about the lesson; where "
        "they do not, it says something about the observers: talk about those places."
    )
    calibration_none: str = "There is nothing that both of them recorded."
    strips_hint: str = "Full: both. Upper half: only {first}. Lower half: only {second}."
    both_coded: str = "{n} intervals of {length} that both coded, of {of}."
    merged: str = "Made from moments and timers, or by merging shorter intervals."
    code: str = "Code"
    both_ticked: str = "Both"
    only_ticked: str = "Only {name}"
    neither_ticked: str = "Neither"
    the_same: str = "The same"
    kappa: str = "Kappa"
    between: str = "95 % interval"
    ac1: str = "AC1"
    jaccard: str = "Jaccard"
    pooled: str = "All codes that anybody ticked"
    coefficients: str = (
        "Kappa and AC1 count what would agree by chance; a rare code has a low kappa with few differences, so that "
        "the counts come first. Words for kappa after Landis and Koch (1977), who call their borders arbitrary. The "
        "intervals are found by resampling runs of neighbouring intervals, for these are not independent."
    )
    ratings: str = "Ratings"
    rated: str = "Scale"
    rated_both: str = "Rated by both"
    same_level: str = "The same level"
    next_level: str = "Or the next"
    weighted: str = "Weighted kappa"
    weights_linear: str = "{figure} (linear)"
    weights_quadratic: str = "{figure} (quadratic)"
    answers: str = "Answers"
    is_same: str = "same"
    is_other: str = "not the same"
    moments: str = "Moments"
    moment: str = "What"
    matched: str = "Matched"
    matched_hint: str = "Two moments are one where they lie at most {seconds} s apart."
    states: str = "Timers"
    state_both: str = "Both on"
    apart: str = "Where they differ, in time"
    apart_one: str = "One place."
    apart_many: str = "{n} places."
    apart_none: str = "Nowhere."
    offset_found: str = "Clocks: {second} was moved by {offset} s, as {votes} of {of} matching events say."
    offset_given: str = "Clocks: {second} was moved by {offset} s, as somebody set it."
    offset_none: str = "Clocks: taken as they are."
    zero_line: str = "With the clocks as they are: the same in {share}, kappa {kappa}. Fitting the clocks flatters."
    not_compared: str = "What is not compared"

    def many(self, one: str, several: str, n: int) -> str:
        """Return a count in words: the sentence for one, or the other filled with the number."""
        return one if n == 1 else several.format(n=n)


ENGLISH = TermWords()


_TABLES = ("compare", "charts", "agree")
"""The tables of a language's file that comparisons need, all of them."""


def compare_language(language: str) -> str:
    """Return the language that comparisons asked for in this one speak: never half of them in another."""
    found = page_language(language)
    return found if _table(found[:2].lower()) else "en"


@cache
def _table(code: str) -> dict[str, Any]:
    """Return a language's tables for comparisons; none of them where one is missing."""
    path = resources_dir() / "pages" / f"{code}.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if code != "en" and path.is_file() else {}
    return {name: found[name] for name in _TABLES} if all(name in found for name in _TABLES) else {}


@cache
def term_words(language: str) -> TermWords:
    """Return the words of a language, English where comparisons do not speak it."""
    return filled(TermWords, _of(language, "compare"))


@cache
def chart_words(language: str) -> ChartWords:
    """Return the words of charts in a language, English where comparisons do not speak it."""
    return filled(ChartWords, _of(language, "charts"))


@cache
def agree_words(language: str) -> AgreementWords:
    """Return the words of two observers' differences in a language, English where comparisons do not speak it."""
    return filled(AgreementWords, _of(language, "agree"))


def _of(language: str, table: str) -> dict[str, Any]:
    found: dict[str, Any] = _table(compare_language(language)[:2].lower()).get(table, {})
    return found
