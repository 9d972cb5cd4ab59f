"""Results of a survey as a workbook or a table: counts, what people wrote, and answers in no order.

Of an anonymous survey each column of answers is shuffled by itself: what stands in one line is of different people.
Nothing goes out that the screen does not show.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path  # noqa: TC003  (kept for readers of the signature)
from typing import TYPE_CHECKING

from observe_app.domain.errors import ExportFailed
from observe_app.domain.form import ItemKind, text_in
from observe_app.services.exchange.compare_columns import Column
from observe_app.services.surveys import results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.form import Item
    from observe_app.services.core import Core
    from observe_app.services.exchange.compare_columns import Value
    from observe_app.services.exchange.compare_files import Sheet
    from observe_app.services.surveys.results import SurveyResults

COLUMNS = (
    Column("kind", "text", "“count” of an answer, or a “text” that somebody wrote"),
    Column("item", "text", "id of the question"),
    Column("item_label", "text", "the question"),
    Column("answer", "text", "the answer as the form words it, or what was written"),
    Column("count", "whole", "people who gave it"),
    Column("n", "whole", "people who answered the question, or wrote something"),
)


def export(core: Core, survey_id: str, target: Path, language: str = "") -> Path:
    """Write what a survey comes to; the file's ending says how (.xlsx, .csv).

    Raises:
        NotFound: no such survey. ExportFailed: nothing may be shown yet, or the file could not be written.
    """
    from observe_app.services.exchange.compare_files import csv_chunks  # noqa: PLC0415  (writers load when asked for)
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (as above)

    found = results.results(core, survey_id)
    if not found.enough:
        raise ExportFailed(target, "nothing_to_show")
    if target.suffix.casefold() == ".csv":
        write_whole(target, b"".join(csv_chunks(COLUMNS, rows(found, language))))
    else:
        write_whole(target, _workbook(core, found, language))
    return target


def rows(found: SurveyResults, language: str = "") -> Iterator[tuple[Value, ...]]:
    """Yield counts and texts, question by question."""
    for one in found.items:
        label = text_in(one.item.label, language) or one.item.id
        for key, count in one.counts:
            if one.n:
                yield "count", one.item.id, label, answer_words(one.item, key, language), count, one.n
        for text in one.texts:
            yield "text", one.item.id, label, text, None, len(one.texts)


def answer_words(item: Item, key: str, language: str) -> str:
    """Return an answer as the form words it."""
    if item.kind is ItemKind.RATING:
        found = next((text_in(one.label, language) for one in item.levels if str(one.number) == key), "")
        return f"{key} {found}".strip()
    return next((text_in(one.label, language) or key for one in item.options if one.id == key), key)


def _workbook(core: Core, found: SurveyResults, language: str) -> bytes:
    from observe_app.services.exchange.compare_files import Sheet, table_sheet, workbook  # noqa: PLC0415  (as above)

    sheets = [table_sheet("Results", COLUMNS, rows(found, language))]
    survey = found.view.survey
    if survey.anonymous:
        columns = results.columns(core, survey.id)
        heads = tuple(text_in(item.label, language) or item.id for item, _values in columns)
        body: list[tuple[Value, ...]] = [
            tuple(map(_cell, line)) for line in zip_longest(*(values for _item, values in columns))
        ]
        sheets.append(Sheet("Answers, each column shuffled", heads, body, (18,) * len(heads)))
    else:
        sheets.append(_named(core, found, language))
    return workbook(sheets)


def _named(core: Core, found: SurveyResults, language: str) -> Sheet:
    from observe_app.services.exchange.compare_files import Sheet  # noqa: PLC0415  (as above)

    items = [one.item for one in found.items]
    heads = ("name", "on", *(text_in(item.label, language) or item.id for item in items))
    body: list[tuple[Value, ...]] = []
    for one in results.named(core, found.view.survey.id):
        cells = [one.sheet.get(item.id) for item in items]
        told = [
            None if cell is None else " ".join(filter(None, (str(_cell(cell.value) or ""), cell.words)))
            for cell in cells
        ]
        body.append((one.name, one.on.isoformat() if one.on is not None else "", *told))
    return Sheet("Answers", heads, body, (22, 12, *(18,) * len(items)))


def _cell(value: object) -> Value:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, str | int | float) or value is None else str(value)
