"""`compare term`: what changed over the visits of one teacher, each figure with its n and its base."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.cli import output
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.cli.term_choice import choice_arguments, choice_of, reader_arguments
from observe_app.cli.term_out_commands import say_written, write
from observe_app.domain.compare.marks import Base, Measure

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from observe_app.cli.parts import Commands
    from observe_app.domain.compare.marks import Mark, Series, Term, TermVisit

_NAMES = {Measure.CODE_INTERVALS: "share_of_intervals", Measure.CODE_TICKS: "share_of_ticks"}
_BASES = {
    Base.INTERVALS: "of intervals",
    Base.TICKS: "of ticks",
    Base.LESSON_MINUTES: "of the lesson",
    Base.TALK_SECONDS: "of timed talk",
    Base.TALK_WORDS: "of words",
    Base.WAITS: "of waits",
    Base.LOOKS: "of looks",
    Base.NOTES: "of notes",
}
_LEFT = {"planned": "not begun yet", "form_damaged": "with a form that cannot be read: only its notes count"}


def add_to(group: Commands) -> None:
    """Add the command behind `compare`."""
    one = add(group, "term", "say what changed over a term of one teacher, each figure with its base", term)
    choice_arguments(one)
    reader_arguments(one)
    one.add_argument("--item", metavar="ID", action="append", default=[], help="only this item; may be repeated")
    one.add_argument("--language", metavar="CODE", default="", help="of the form's labels; its own when left out")
    one.add_argument("--to", metavar="FILE", help="write a file instead: .xlsx, .csv, .parquet or .json")


def term(arguments: Namespace) -> int:
    """Say a term, or write it to a file."""
    from observe_app.services.compare.term import term as found_in  # noqa: PLC0415  (help and usage need it not)

    with opened(arguments) as core:
        choice = replace(
            choice_of(core, arguments), items=tuple(arguments.item), language=arguments.language,
            reader=arguments.reader or None,
        )  # fmt: skip
        if arguments.to:
            return say_written(write(core, arguments, replace(choice, reader=None)), arguments)
        found = found_in(core, choice)
    if arguments.json:
        output.say_json(document(found))
    else:
        _say(found)
    return 0


def document(found: Term) -> dict[str, Any]:
    """Return a term in the stable form."""
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415  (as above)

    visits = {visit.id: visit for visit in found.visits}
    return {
        "visits": [
            {
                "visit": visit.id,
                "start": moment(visit.start),
                "minutes": visit.minutes,
                "teacher": visit.teacher,
                "observer": visit.observer,
                "class": visit.class_name,
                "form": visit.form_id,
                "form_version": visit.form_version,
                "origin": visit.origin.value,
            }
            for visit in found.visits
        ],
        "items": _items(found.series, visits),
        "lines": [_line(series, visits) for series in found.series],
        "tags": [{"tag": tag, "n": n, "denominator": of, "visits": in_} for tag, n, of, in_ in found.tags],
        "left_out": dict(found.left_out),
    }


def _items(found: Iterable[Series], visits: Mapping[str, TermVisit]) -> dict[str, list[dict[str, Any]]]:
    """Return a list of values for each item, by its id; of a part of one by "item:part".

    A code of intervals has both its shares in one value, under their names; `value` is the share of intervals. What
    else an item is measured by stands under its key, a colon and the measure.
    """
    made: dict[str, list[dict[str, Any]]] = {}
    first: dict[str, Measure] = {}
    shares: dict[tuple[str, str], dict[str, Any]] = {}
    for series in found:
        line = _line(series, visits)
        if series.measure is Measure.CODE_TICKS and any(key == series.key for key, _visit in shares):
            for one in line["values"]:
                shares[series.key, one["visit"]] |= {
                    "share_of_ticks": one["value"], "n_ticks": one["n"], "denominator_ticks": one["denominator"],
                }  # fmt: skip
            continue
        key = series.key
        if first.setdefault(key, series.measure) is not series.measure:
            key = f"{key}:{line['measure']}"
        for one in line["values"]:
            if series.measure is Measure.CODE_INTERVALS:
                one["share_of_intervals"] = one["value"]
                shares[key, one["visit"]] = one
            made.setdefault(key, []).append(one)
    return made


def _line(series: Series, visits: Mapping[str, TermVisit]) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415  (as above)

    return {
        "key": series.key,
        "item": series.item,
        "part": series.part,
        "measure": _NAMES.get(series.measure, series.measure.value),
        "base": series.base.value,
        "label": series.label,
        "section": series.section,
        "levels": [{"number": number, "label": label} for number, label in series.levels],
        "comparable": series.comparable,
        "enough": series.enough,
        "breaks": [{"before": series.marks[at].visit_id, "why": why.value} for at, why in series.breaks],
        "values": [
            {
                "visit": mark.visit_id,
                "start": moment(visits[mark.visit_id].start),
                "value": mark.value,
                "words": mark.words,
                "n": mark.n,
                "denominator": mark.of or None,
                "missing": mark.missing.value if mark.missing is not None else None,
                "not_observed": mark.blank,
                "origin": mark.origin.value,
                "at_ms": mark.at_ms,
            }
            for mark in series.marks
        ],
    }


def _say(found: Term) -> None:
    if not found.visits:
        output.say("No visit of this choice was observed.")
    else:
        heads = ("ITEM", "BASE", *(_day(visit) for visit in found.visits))
        places = {visit.id: at for at, visit in enumerate(found.visits)}
        rows = []
        for series in found.series:
            cells = [""] * len(places)
            for mark in series.marks:
                cells[places[mark.visit_id]] = _cell(series, mark)
            rows.append((series.label or series.key, _BASES.get(series.base, ""), *cells))
        output.say_table(heads, rows)
        few = sum(not series.enough for series in found.series)
        if few:
            lines = "line has" if few == 1 else "lines have"
            output.say(f"{few} {lines} fewer than three comparable visits: too few to say what changed.")
    for why, count in found.left_out:
        output.say(f"left out: {count} {_LEFT.get(why, why)}")


def _day(visit: TermVisit) -> str:
    if visit.start is None:
        return "undated"
    try:
        zone = ZoneInfo(visit.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return f"{visit.start:%Y-%m-%d}"
    return f"{visit.start.astimezone(zone):%Y-%m-%d}"


def _cell(series: Series, mark: Mark) -> str:
    """Return a value with what it rests on; a missing one is a dash and never a zero."""
    if mark.missing is not None or (mark.value is None and not mark.words):
        return "-"
    value = mark.value or 0.0
    match series.measure:
        case Measure.RATING | Measure.CHOICE:
            return mark.words
        case Measure.CHECK:
            return "yes" if value else "no"
        case Measure.NUMBER:
            return f"{value:g}"
        case Measure.TALLY:
            return f"{mark.n} in {mark.of / 60_000:g} min"
        case Measure.WAIT:
            return f"{value / 1000:.1f} s (n {mark.n})"
        case Measure.TIMER | Measure.TALK_SECONDS:
            return f"{mark.n / 60_000:.1f} of {mark.of / 60_000:.1f} min"
        case _:
            return f"{mark.n} of {mark.of}"
