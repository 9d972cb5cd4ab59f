"""Agreement of two observers as a document: the stable JSON, tables, and a workbook with a sheet for each view."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from observe_app.domain import agreement as figures
from observe_app.domain.compare.agree_view import CodeAgreement
from observe_app.domain.compare.agreed import agreed
from observe_app.domain.errors import ExportFailed
from observe_app.services.compare import agree_words
from observe_app.services.compare.agree_sheets import measured
from observe_app.services.compare.agree_words import AgreementWords
from observe_app.services.exchange.agreement_sheets import agreement_workbook, difference_rows, group_workbook
from observe_app.services.exchange.compare_files import shown
from observe_app.services.exchange.files import write_whole
from observe_app.services.exchange.visit_json import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from observe_app.domain.compare.agree_view import (
        AgreementView,
        CodeAlpha,
        Difference,
        GroupAgreement,
        MomentAgreement,
        Party,
        RatedAgreement,
        SheetAgreement,
        Spread,
        StateAgreement,
    )

FORMATS = (".xlsx", ".csv", ".json")

Row = list[str | int | float | None]


def pooled(view: AgreementView) -> CodeAgreement:
    """Return all places together of codes that anybody ticked, over all sheets; sheets made from moments only alone."""
    sheets = [sheet for sheet in view.sheets if sheet.item != "*"] or list(view.sheets)
    if len(sheets) == 1:
        return sheets[0].pooled
    return measured(CodeAgreement("", ""), sum((sheet.pooled.counts for sheet in sheets), figures.Counts()))


def document(view: AgreementView) -> dict[str, Any]:
    """Return the stable JSON. A figure that is not defined is null, and its reason stands in `why`."""
    whole = pooled(view)
    offset = view.offset
    return {
        **_code(whole),
        "kappa_defined": whole.kappa.defined,
        "alpha": whole.alpha.value,
        "interval_s": view.sheets[0].seconds if view.sheets else None,
        "per_code": _per_code(view),
        "a": _party(view.a),
        "b": _party(view.b),
        "offset_ms": offset.ms,
        "offset": {
            "by": offset.by.value,
            "found_ms": offset.found_ms,
            "votes": offset.votes,
            "of": offset.of,
            "clock_ms": offset.clock_ms,
        },
        "tolerance_ms": view.tolerance_ms,
        "sheets": [_sheet(sheet) for sheet in view.sheets],
        "at_zero": [_sheet(sheet) for sheet in view.at_zero],
        "ratings": [_rated(one) for one in view.ratings],
        "answers": [
            {"item": item, "label": label, "a": a, "b": b, "same": same} for item, label, a, b, same in view.answers
        ],
        "moments": [_moment(one) for one in view.moments],
        "moments_at_zero": [_moment(one) for one in view.moments_at_zero],
        "timers": [_timer(one) for one in view.states],
        "differences": [_difference(one) for one in view.differences],
        "agreed": _agreed(view),
        "left_out": [
            {"why": one.why.value, "item": one.item, "code": one.code, "count": one.count} for one in view.left_out
        ],
    }


def _per_code(view: AgreementView) -> dict[str, Any]:
    """Return every code by its name; one that two items of a form have in common belongs to the first of them."""
    codes: dict[str, Any] = {}
    for sheet in view.sheets:
        for code in sheet.codes:
            name = code.code if code.code not in codes else f"{sheet.item}:{code.code}"
            codes[name] = _code(code) | {"item": sheet.item, "label": code.label}
    return codes


def _timer(one: StateAgreement) -> dict[str, Any]:
    return {
        "item": one.item,
        "both_ms": one.counts.both,
        "only_a_ms": one.counts.only_a,
        "only_b_ms": one.counts.only_b,
        "neither_ms": one.counts.neither,
        "percent": one.percent.value,
        "kappa": one.kappa.value,
        "jaccard": one.jaccard.value,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "start_ms": one.start_ms,
        "end_ms": one.end_ms,
        "item": one.item,
        "code": one.code,
        "a": one.a,
        "b": one.b,
        "text": one.text,
    }


def _agreed(view: AgreementView) -> dict[str, Any]:
    third = agreed(view)
    return {
        "same_lesson": view.same_lesson or None,
        "settled": third.settled.count,
        "of": third.settled.of,
        "left_open": third.left_open,
        "decisions": [
            {
                "item": one.item,
                "code": one.code,
                "place": one.place,
                "verdict": one.verdict.value,
                "value": one.value,
                "why": one.why,
            }
            for one in view.decisions
        ],
    }


def _party(one: Party) -> dict[str, Any]:
    return {
        "visit": one.visit_id,
        "observer": one.observer,
        "teacher": one.teacher,
        "start": moment(one.start),
        "form": {"id": one.form_id, "version": one.form_version},
        "minutes": round(one.minutes, 3),
        "origin": one.origin.value,
    }


def _code(code: CodeAgreement) -> dict[str, Any]:
    why = {
        name: figure.why.value
        for name, figure in (
            ("percent", code.percent),
            ("kappa", code.kappa),
            ("ac1", code.ac1),
            ("jaccard", code.jaccard),
            ("alpha", code.alpha),
        )
        if figure.why is not None
    }
    return {
        "n": code.counts.n,
        "both": code.counts.both,
        "only_a": code.counts.only_a,
        "only_b": code.counts.only_b,
        "neither": code.counts.neither,
        "percent": code.percent.value,
        "kappa": code.kappa.value,
        "ac1": code.ac1.value,
        "jaccard": code.jaccard.value,
        "alpha": code.alpha.value,
        "kappa_interval": _spread(code.spread),
        "ac1_interval": _spread(code.ac1_spread),
        "band": code.band.value if code.band else None,
        "why": why,
    }


def _spread(one: Spread) -> dict[str, Any]:
    return {
        "low": one.low,
        "high": one.high,
        "why": one.why.value if one.why else None,
        "draws": one.draws,
        "undefined": one.undefined,
        "block": one.block,
    }


def _sheet(sheet: SheetAgreement) -> dict[str, Any]:
    return {
        "item": sheet.item,
        "label": sheet.label,
        "interval_s": sheet.seconds,
        "derived": sheet.derived,
        "shift": sheet.shift,
        "rest_ms": sheet.rest_ms,
        "intervals": sheet.intervals,
        "compared": sheet.n,
        "only_b_coded": sheet.blank_a,
        "only_a_coded": sheet.blank_b,
        "pooled": _code(sheet.pooled),
        "pooled_all": _code(sheet.pooled_all),
        "levels": _rated(sheet.levels) if sheet.levels else None,
    }


def _rated(one: RatedAgreement) -> dict[str, Any]:
    return {
        "scale": one.key,
        "label": one.label,
        "n": one.n,
        "percent": one.percent.value,
        "within_one": one.close.value,
        "kappa": one.kappa.value,
        "kappa_linear": one.linear.value,
        "kappa_quadratic": one.quadratic.value,
        "alpha_ordinal": one.alpha.value,
        "kappa_linear_interval": _spread(one.spread),
        "pairs": [{"item": item, "a": a, "b": b} for item, a, b in one.pairs],
    }


def _moment(one: MomentAgreement) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "item": one.item,
        "part": one.part,
        "label": one.label,
        "matched": one.matched,
        "only_a": one.only_a,
        "only_b": one.only_b,
        "share": one.share.value,
        "apart_ms": one.apart_ms,
        "close": one.close.value if one.close else None,
    }


def group_document(group: GroupAgreement) -> dict[str, Any]:
    """Return the agreement of any number of observers as JSON."""

    def code(one: CodeAlpha) -> dict[str, Any]:
        return {
            "item": one.item,
            "code": one.code,
            "label": one.label,
            "units": one.units,
            "alpha": one.alpha.value,
            "why": one.alpha.why.value if one.alpha.why else None,
            "interval": _spread(one.spread),
            "ticks": list(one.ticks),
        }

    return {
        "visits": [_party(one) for one in group.visits],
        "pooled": [code(one) for one in group.pooled],
        "per_code": {f"{one.item}:{one.code}": code(one) for one in group.codes},
        "ratings": [{"label": label, "n": n, "alpha": figure.value} for label, n, figure in group.ratings],
        "left_out": [
            {"why": one.why.value, "item": one.item, "code": one.code, "count": one.count} for one in group.left_out
        ],
    }


CODE_HEADS = (
    "code", "label", "both", "only a", "only b", "neither", "same", "of", "percent", "kappa", "95 % low", "95 % high",
    "in words", "AC1", "Jaccard", "alpha",
)  # fmt: skip
DIFFERENCE_HEADS = ("start", "end", "item", "code", "a", "b", "text", "agreed", "why")


def code_rows(view: AgreementView, words: AgreementWords | None = None) -> list[Row]:
    """Return a row for each code, a row for all seen codes together last of each sheet; None where not defined."""
    words = words or AgreementWords()
    made: list[Row] = []
    for sheet in view.sheets:
        for code in (*sheet.codes, sheet.pooled):
            name = code.code or f"{sheet.item} (codes seen)"
            counts = code.counts
            why = agree_words.band(code.band, words) or agree_words.undefined(code.kappa.why, words)
            made.append([
                name, code.label, counts.both, counts.only_a, counts.only_b, counts.neither, counts.same, counts.n,
                code.percent.value, code.kappa.value, code.spread.low, code.spread.high, why, code.ac1.value,
                code.jaccard.value, code.alpha.value,
            ])  # fmt: skip
    return made


def export(view: AgreementView, target: Path) -> None:
    """Write agreement to a file: everything as JSON or a workbook, or codes and the differences below them as CSV.

    Raises:
        ExportFailed: an ending we do not know, a disk that is full, no right to write, no such folder.
    """
    ending = target.suffix.casefold()
    if ending == ".json":
        data = (json.dumps(document(view), ensure_ascii=False, indent=2) + "\n").encode("utf-8", errors="replace")
    elif ending == ".csv":
        data = _csv((list(CODE_HEADS), *code_rows(view), [], list(DIFFERENCE_HEADS), *difference_rows(view)))
    elif ending == ".xlsx":
        data = agreement_workbook(view)
    else:
        raise ExportFailed(target, "unknown_format", ", ".join(FORMATS))
    write_whole(target, data)


def export_group(group: GroupAgreement, target: Path) -> None:
    """Write the agreement of any number of observers as JSON or as a workbook.

    Raises:
        ExportFailed: another ending, a disk that is full, no right to write, no such folder.
    """
    ending = target.suffix.casefold()
    if ending == ".json":
        data = (json.dumps(group_document(group), ensure_ascii=False, indent=2) + "\n").encode(
            "utf-8", errors="replace"
        )
    elif ending == ".xlsx":
        data = group_workbook(group)
    else:
        raise ExportFailed(target, "unknown_format", ".xlsx, .json")
    write_whole(target, data)


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(["" if value is None else shown(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")
