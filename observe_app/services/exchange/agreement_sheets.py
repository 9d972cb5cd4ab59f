"""Agreement of observers as a workbook: a sheet for each view, and a dictionary of the columns.

Names of columns are stable: scripts are written against them. They are not translated, as names of columns are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.compare.agreed import agreed
from observe_app.services.compare import agree_words
from observe_app.services.compare.agree_words import AgreementWords
from observe_app.services.exchange.compare_files import Sheet, iso, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.domain.compare.agree_view import (
        AgreementView,
        CodeAgreement,
        GroupAgreement,
        Party,
        RatedAgreement,
        SheetAgreement,
    )

Cell = str | int | float | bool | None

_CODES = (
    ("item", "id of the interval item; * is a sheet made from counted moments and timers"),
    ("code", "full id of the code; (codes seen) takes all together that anybody ticked"),
    ("label", "its meaning in the form's language"),
    ("interval_s", "length of an interval in seconds"),
    ("offset", "zero: clocks as recorded; used: with the offset of the sheet About"),
    ("both", "intervals that both ticked"),
    ("only_a", "intervals that only the first observer ticked"),
    ("only_b", "intervals that only the second one ticked"),
    ("neither", "intervals that both coded and neither ticked"),
    ("n", "intervals that both coded: the base of it all"),
    ("percent", "share of n in which they said the same, 0 to 1"),
    ("kappa", "Cohen's kappa; empty where it is not defined"),
    ("kappa_low", "lower end of its 95 % interval, by resampling blocks of neighbouring intervals"),
    ("kappa_high", "upper end of it"),
    ("in_words", "words of Landis and Koch for kappa, or why it is not defined"),
    ("ac1", "Gwet's AC1"),
    ("jaccard", "both of those that anybody ticked"),
    ("alpha", "Krippendorff's alpha, nominal"),
)
_CELLS = (
    ("item", "id of the interval item"),
    ("code", "full id of the code"),
    ("start", "start of the interval on the first observer's clock, minutes and seconds"),
    ("end", "end of it"),
    ("cell", "both, only_a, only_b, neither, or not_compared: one of the two did not code the interval"),
    ("agreed", "what the two agreed on afterwards: yes, no or open; empty while nothing was said"),
)
_RATED = (
    ("scale", "id of the scale, or of the interval item whose levels they are"),
    ("label", "its name"),
    ("place", "id of the rated item, or index of the interval"),
    ("a", "level of the first observer, 1 is the lowest"),
    ("b", "level of the second one"),
)
_SCALES = (
    ("scale", "id of the scale"),
    ("label", "its name"),
    ("n", "how many places both rated; what only one rated is in none of it"),
    ("percent", "share of n with the very same level"),
    ("within_one", "share of n with the same or the next level"),
    ("kappa", "Cohen's kappa, unweighted"),
    ("kappa_linear", "weighted kappa, linear weights"),
    ("kappa_quadratic", "weighted kappa, quadratic weights"),
    ("alpha_ordinal", "Krippendorff's alpha, ordinal"),
)
_MOMENTS = (
    ("kind", "of the events"),
    ("item", "id of the form's item, empty for notes and phases"),
    ("label", "its name"),
    ("matched", "pairs within the tolerance"),
    ("only_a", "moments that only the first observer recorded"),
    ("only_b", "moments that only the second one recorded"),
    ("share", "matched of all that stand on either side"),
    ("apart_ms", "median distance of matched pairs in ms"),
)
_TIMERS = (
    ("item", "id of the timer"),
    ("label", "its name"),
    ("both_ms", "time in which both had it on"),
    ("only_a_ms", "time in which only the first observer had"),
    ("only_b_ms", "time in which only the second one had"),
    ("neither_ms", "time in which neither had"),
    ("percent", "share of the time in which they said the same"),
    ("kappa", "Cohen's kappa over time"),
)
_DIFFERENCES = (
    ("start", "on the first observer's clock, minutes and seconds; empty for an answer"),
    ("end", "end of it"),
    ("item", "what it is about"),
    ("code", "full id of the code"),
    ("a", "what the first observer says"),
    ("b", "what the second one says"),
    ("text", "a whole sentence"),
    ("agreed", "what the two agreed on afterwards: yes, no or open"),
    ("why", "their reason"),
)
_ALPHAS = (
    ("item", "id of the interval item"),
    ("code", "full id of the code, empty for all together that anybody ticked"),
    ("label", "its meaning"),
    ("places", "intervals that at least two observers coded"),
    ("alpha", "Krippendorff's alpha, nominal; empty where it is not defined"),
    ("low", "lower end of its 95 % interval"),
    ("high", "upper end of it"),
    ("why", "why there is no alpha"),
    ("ticks", "how often each observer ticked it, in the order of the sheet About"),
)


def _named(title: str, columns: tuple[tuple[str, str], ...], rows: Sequence[Sequence[Cell]]) -> Sheet:
    widths = tuple(60 if name == "text" else 30 if name in ("label", "why", "in_words") else 13 for name, _ in columns)
    return Sheet(title, tuple(name for name, _meaning in columns), rows, widths)


def _dictionary(tables: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> Sheet:
    rows = [(title, name, meaning) for title, columns in tables for name, meaning in columns]
    return Sheet("Data dictionary", ("table", "column", "meaning"), rows, (16, 18, 100))


def agreement_workbook(view: AgreementView, words: AgreementWords | None = None) -> bytes:
    """Return a workbook of two observers' agreement; a sheet that nothing stands in is left out."""
    words = words or AgreementWords()
    rated = [*view.ratings, *(sheet.levels for sheet in view.sheets if sheet.levels is not None)]
    tables: list[tuple[str, tuple[tuple[str, str], ...], list[tuple[Cell, ...]]]] = [
        ("Codes", _CODES, [*_code_rows(view.sheets, "used", words), *_at_zero(view, words)]),
        ("Intervals", _CELLS, list(_cell_rows(view))),
        ("Scales", _SCALES, [_scale_row(one) for one in rated]),
        ("Ratings", _RATED, [(one.key, one.label, *pair) for one in rated for pair in one.pairs]),
        ("Moments", _MOMENTS, [
            (one.kind.value, one.item, one.label, one.matched, one.only_a, one.only_b, one.share.value, one.apart_ms)
            for one in view.moments
        ]),
        ("Timers", _TIMERS, [
            (one.item, one.label, one.counts.both, one.counts.only_a, one.counts.only_b, one.counts.neither,
             one.percent.value, one.kappa.value)
            for one in view.states
        ]),
        ("Differences", _DIFFERENCES, [tuple(row) for row in difference_rows(view)]),
    ]  # fmt: skip
    shown = [table for table in tables if table[2]]
    return workbook(
        [
            _about(view, words),
            *(_named(title, columns, rows) for title, columns, rows in shown),
            _dictionary([(title, columns) for title, columns, _rows in shown]),
        ]
    )


def group_workbook(group: GroupAgreement) -> bytes:
    """Return a workbook of three observers' agreement and more."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.item, one.code, one.label, one.units, one.alpha.value, one.spread.low, one.spread.high,
            one.alpha.why.value if one.alpha.why else None, " ".join(str(count) for count in one.ticks),
        )
        for one in (*group.codes, *group.pooled)
    ]  # fmt: skip
    about: list[tuple[Cell, ...]] = [(f"observer {at}", *_who(one)) for at, one in enumerate(group.visits, start=1)]
    about += [(f"alpha (ordinal): {label}", figure.value, n) for label, n, figure in group.ratings]
    about += [("not compared", one.why.value, one.label, one.code, one.count) for one in group.left_out]
    return workbook(
        [
            Sheet("About", ("what", "value", "", "", ""), about, (30, 40, 22, 22, 12)),
            _named("Codes", _ALPHAS, rows),
            _dictionary([("Codes", _ALPHAS)]),
        ]
    )


def _who(one: Party) -> tuple[Cell, ...]:
    return one.observer, one.visit_id, iso(one.start) if one.start is not None else None, round(one.minutes, 2)


def _about(view: AgreementView, words: AgreementWords) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        ("first observer (a)", *_who(view.a)),
        ("second observer (b)", *_who(view.b)),
        ("offset added to b's times, ms", view.offset.ms, view.offset.by.value),
        ("events that match at it", view.offset.votes, view.offset.of),
        ("moments are one within, ms", view.tolerance_ms),
    ]
    if view.same_lesson:
        third = agreed(view)
        rows.append(("differences settled afterwards, of", third.settled.count, third.settled.of))
    rows += [
        ("not compared", agree_words.left_out(left.why, left.label, left.code, left.count, words))
        for left in view.left_out
    ]
    return Sheet("About", ("what", "value", "", "", ""), rows, (36, 60, 40, 22, 12))


def _at_zero(view: AgreementView, words: AgreementWords) -> Iterator[tuple[Cell, ...]]:
    """Give the same codes with the clocks as recorded: fitting an offset flatters."""
    return _code_rows(view.at_zero, "zero", words) if view.offset.ms else iter(())


def _code_rows(sheets: Sequence[SheetAgreement], offset: str, words: AgreementWords) -> Iterator[tuple[Cell, ...]]:
    for sheet in sheets:
        for code in (*sheet.codes, sheet.pooled):
            yield sheet.item, code.code or "(codes seen)", code.label, sheet.seconds, offset, *_figures(code, words)


def _figures(code: CodeAgreement, words: AgreementWords) -> tuple[Cell, ...]:
    counts = code.counts
    why = agree_words.band(code.band, words) or agree_words.undefined(code.kappa.why, words)
    return (
        counts.both, counts.only_a, counts.only_b, counts.neither, counts.n, code.percent.value, code.kappa.value,
        code.spread.low, code.spread.high, why, code.ac1.value, code.jaccard.value, code.alpha.value,
    )  # fmt: skip


def _cell_rows(view: AgreementView) -> Iterator[tuple[Cell, ...]]:
    decided = view.decided
    for sheet in view.sheets:
        for code in sheet.codes:
            for place, cell in enumerate(code.cells, sheet.first):
                start, end = sheet.span(place)
                found = decided.get((sheet.item, code.code, place))
                yield (
                    sheet.item, code.code, agree_words.clock(start), agree_words.clock(end), cell.value,
                    found.verdict.value if found else None,
                )  # fmt: skip


def _scale_row(one: RatedAgreement) -> tuple[Cell, ...]:
    return (
        one.key, one.label, one.n, one.percent.value, one.close.value, one.kappa.value, one.linear.value,
        one.quadratic.value, one.alpha.value,
    )  # fmt: skip


def difference_rows(view: AgreementView) -> list[list[str | int | float | None]]:
    """Return a row for each difference with what was agreed on."""
    made: list[list[str | int | float | None]] = []
    for one in view.differences:
        found = view.decided.get((one.item, one.code, one.place))
        answer = one.start_ms < 0
        made.append([
            None if answer else agree_words.clock(one.start_ms), None if answer else agree_words.clock(one.end_ms),
            one.item, one.code, one.a, one.b, one.text, found.verdict.value if found else None,
            found.why if found else None,
        ])  # fmt: skip
    return made
