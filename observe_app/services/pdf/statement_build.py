"""From the hours of a person to the pages of their statement as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.hours import RULED, Counted, HoursKind, HoursRule, Line, Per, default_rule
from observe_app.services.pdf.dates import day
from observe_app.services.pdf.learning_words import LearningWords, learning_words
from observe_app.services.pdf.term_document import (
    Bullets,
    CompareDocument,
    Facts,
    Head,
    Heading,
    Prose,
    TextCell,
    TextTable,
)
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from observe_app.services.learning.hours import Statement
    from observe_app.services.pdf.term_document import Part
    from observe_app.services.pdf.words import Words


def build_statement(found: Statement, facts: Facts) -> CompareDocument:
    """Return the statement of a person's hours as pages."""
    own, pages = learning_words(facts.language), words_for(facts.language)
    name, span = found.person.name, span_words(found.first, found.last, own, pages)
    head = Head(
        kind=own.kind_statement,
        title=name,
        lines=tuple(filter(None, (span, facts.school))),
        confidential=own.for_whom.format(name=name),
        running=own.running_statement.format(name=name),
        name=own.file_statement.format(name=name, span=span),
    )
    parts = (*_sums(found, own), *_lines(found, own, pages), *_rules(found, own))
    return CompareDocument("statement", head, parts, facts)


def span_words(first: date | None, last: date | None, own: LearningWords, pages: Words) -> str:
    """Return from which day to which; "" where neither is known."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return own.since.format(first=day(first, pages)) if first else own.until.format(last=day(last, pages))  # type: ignore[arg-type]  # one of the two is a day
    return own.span.format(first=day(first, pages), last=day(last, pages))


def kind_words(kind: HoursKind, own: LearningWords) -> str:
    """Return what a kind of activity is called where there are many of it."""
    return {
        HoursKind.SESSION: own.session,
        HoursKind.OBSERVING: own.observing,
        HoursKind.OBSERVED: own.observed,
        HoursKind.TALK: own.talk,
        HoursKind.MANUAL: own.manual,
    }[kind]


def line_words(line: Line, own: LearningWords) -> str:
    """Return what a line is about; of visits and conversations nothing but what kind they are."""
    return {
        HoursKind.SESSION: line.what or own.one_session,
        HoursKind.OBSERVING: own.one_observing,
        HoursKind.OBSERVED: own.one_observed,
        HoursKind.TALK: own.one_talk,
        HoursKind.MANUAL: line.what,
    }[line.kind]


def how_words(line: Line, own: LearningWords) -> str:
    """Return how a line came to its minutes."""
    return {
        Counted.ACTUAL: own.how_actual,
        Counted.PLANNED: own.how_planned,
        Counted.FIXED: own.how_fixed,
        Counted.MANUAL: own.how_manual,
        Counted.CAPPED: own.how_capped.format(time=own.time(line.whole)),
        Counted.NO_TIMES: own.how_no_times,
        Counted.SAME_TIME: own.how_same_time,
        Counted.NOT_COUNTED: own.how_not_counted,
    }[line.how]


def rule_words(rule: HoursRule, own: LearningWords) -> str:
    """Return in a sentence how a kind counts."""
    kind = kind_words(HoursKind(rule.kind), own)
    if rule.per == Per.EACH:
        said = own.rule_each.format(kind=kind, time=own.time(rule.minutes))
    elif rule.per == Per.NOTHING:
        said = own.rule_nothing.format(kind=kind)
    else:
        said = own.rule_actual.format(kind=kind)
    if rule.cap_min is None or rule.per == Per.NOTHING:
        return said
    return own.rule_cap.format(rule=said, time=own.time(rule.cap_min))


def every_rule(rules: Mapping[HoursKind, HoursRule], kinds: set[HoursKind], own: LearningWords) -> tuple[str, ...]:
    """Return how those kinds count that a statement has lines of, in their usual order."""
    told = [rule_words(rules.get(kind) or default_rule(kind), own) for kind in RULED if kind in kinds]
    return (*told, *((own.rule_manual,) if HoursKind.MANUAL in kinds else ()))


def _sums(found: Statement, own: LearningWords) -> Iterator[Part]:
    yield Heading(own.in_all.format(time=own.time(found.minutes)))
    yield Prose(own.only_counts, small=True)
    sums = found.by_kind
    if not sums:
        yield Prose(own.no_lines)
        return
    rows = [
        (
            TextCell(kind_words(kind, own)),
            TextCell(str(sum(1 for line in found.lines if line.kind is kind))),
            TextCell(own.time(sums[kind])),
        )
        for kind in HoursKind
        if kind in sums
    ]
    rows.append(
        (
            TextCell(own.sum, "strong"),
            TextCell(str(len(found.lines)), "strong"),
            TextCell(own.time(found.minutes), "strong"),
        )
    )
    yield TextTable((own.by_kind, own.times, own.hours), tuple(rows), (0.5, 0.2, 0.3))


def _lines(found: Statement, own: LearningWords, pages: Words) -> Iterator[Part]:
    if not found.lines:
        return
    yield Heading(own.every_line)
    rows = tuple(
        (
            TextCell(day(line.on, pages)),
            TextCell(line_words(line, own)),
            TextCell(how_words(line, own), "muted"),
            TextCell(own.time(line.minutes), "strong" if line.minutes else "muted"),
        )
        for line in found.lines
    )
    yield TextTable((own.date, own.what, own.counted, own.hours), rows, (0.2, 0.4, 0.24, 0.16))


def _rules(found: Statement, own: LearningWords) -> Iterator[Part]:
    kinds = {line.kind for line in found.lines}
    if kinds:
        yield Heading(own.how)
        yield Bullets(every_rule(found.rules, kinds, own))
