"""A term out to other tools: a workbook with a sheet for each view, or one tidy table as CSV, Parquet or JSON.

Nothing leaves that the reader could not read at the visits themselves: never a private event; of a visit what its
release told; of one's own visit that is not released, only where its author asks for it and reads it alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from observe_app.domain.errors import ExportFailed
from observe_app.services.compare.reported import Reported, reported_term, told_records
from observe_app.services.exchange.compare_columns import EVENTS, FIGURES, STEPS, TAGS, VISIT, Row
from observe_app.services.exchange.compare_files import (
    Sheet,
    csv_chunks,
    dictionary_sheet,
    json_bytes,
    table_sheet,
    workbook,
    write_parquet,
)
from observe_app.services.exchange.compare_rows import day_of, figures, rows_of, term_head
from observe_app.services.exchange.files import exporting, fit_to_replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.compare.audience import Who, Why
    from observe_app.domain.progress import Progress
    from observe_app.services.compare.term import TermChoice
    from observe_app.services.core import Core

FORMATS = (".xlsx", ".csv", ".parquet", ".json")
What = Literal["events", "figures"]


@dataclass(frozen=True, slots=True)
class TermExport:
    """What was written.

    Attributes:
        visits, rows: how many of each. left_out: (why, how many) visits of the choice that may not be told.
        own: whether something is in it that was not released.
    """

    path: Path
    visits: int
    rows: int
    left_out: tuple[tuple[Why, int], ...] = ()
    own: bool = False


def export_term(
    core: Core,
    choice: TermChoice,
    target: Path,
    *,
    reader: Who | None = None,
    own: bool = False,
    what: What = "events",
    language: str = "",
    progress: Progress | None = None,
) -> TermExport:
    """Write what a reader may be told of a choice of visits; what stood at `target` stands until it is whole.

    Args:
        core: the open data folder.
        choice: which visits.
        target: ends in .xlsx or .json (every table), .csv or .parquet (one table).
        reader: who will read it; None is whoever sits at this computer.
        own: with all but the private of what I wrote myself; only where I am the reader.
        what: the table of .csv and .parquet: a row for each event and answer, or for each figure of each visit.
        language: of the form's labels; "" is the form's own.
        progress: told after each visit; a cancelled export writes nothing.

    Raises:
        ExportFailed: an ending we do not know, "no_parquet", a disk that is full, no right to write, no such folder.
        Invalid: "nobody_reads". FormInvalid: the form of a visit is damaged. Cancelled: the person asked to stop.
    """
    ending = target.suffix.casefold()
    if ending not in FORMATS:
        raise ExportFailed(target, "unknown_format", ", ".join(FORMATS))
    if not fit_to_replace(target):
        raise ExportFailed(target, "not_a_file")
    found = reported_term(core, choice, reader=reader, own=own)
    maker = _Maker(core, found, language, progress)
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with exporting(target):
            maker.write(ending, target, part, what)
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return TermExport(target, len(found.term.visits), maker.rows, found.audience.left_out, found.own)


class _Maker:
    """The tables of one export; counts the rows of the main one as they are written."""

    def __init__(self, core: Core, found: Reported, language: str, progress: Progress | None) -> None:
        self._core, self._found, self._language, self._progress = core, found, language, progress
        self.rows = 0

    def write(self, ending: str, target: Path, part: Path, what: What) -> None:
        columns, rows = (EVENTS, self._events) if what == "events" else (FIGURES, self._figures)
        if ending == ".parquet":
            write_parquet(target, columns, rows(), part)
        elif ending == ".csv":
            with part.open("xb") as file:
                for chunk in csv_chunks(columns, rows()):
                    file.write(chunk)
        else:
            part.write_bytes(workbook(self._sheets()) if ending == ".xlsx" else self._json())

    def _json(self) -> bytes:
        return json_bytes(
            "compare",
            {
                "Visits": (VISIT, self._visits()),
                "Events": (EVENTS, self._events()),
                "Figures": (FIGURES, figures(self._found.term)),
                "Steps": (STEPS, self._steps()),
                "Tags": (TAGS, self._tags()),
            },
        )

    def _sheets(self) -> Iterator[Sheet]:
        """Give the views first, the raw table and the dictionary last."""
        term = self._found.term
        yield table_sheet("Visits", VISIT, self._visits())
        yield from self._every_visit()
        yield table_sheet("Figures", FIGURES, figures(term))
        steps, tags = tuple(self._steps()), tuple(self._tags())
        if steps:
            yield table_sheet("Steps", STEPS, steps)
        if tags:
            yield table_sheet("Tags", TAGS, tags)
        yield table_sheet("Events", EVENTS, self._events())
        described = ["Visits", "Figures", *["Steps"] * bool(steps), *["Tags"] * bool(tags), "Events"]
        yield dictionary_sheet(tuple(described))

    def _every_visit(self) -> Iterator[Sheet]:
        """Give visit by item in words, and the numbers behind them."""
        from observe_app.services.charts.heat import heat_table  # noqa: PLC0415
        from observe_app.services.charts.words import ChartWords  # noqa: PLC0415

        if self._found.term.series:
            table = heat_table(self._found.term, ChartWords())
            yield Sheet("Every visit", table.header, table.rows, (12, 20, *[18] * (len(table.header) - 2)))

    def _visits(self) -> Iterator[Row]:
        return (term_head(visit) for visit in self._found.term.visits)

    def _events(self) -> Iterator[Row]:
        for record in told_records(self._core, self._found.audience, self._progress):
            for row in rows_of(record, self._language):
                self.rows += 1
                yield row

    def _figures(self) -> Iterator[Row]:
        for row in figures(self._found.term):
            self.rows += 1
            yield row

    def _steps(self) -> Iterator[Row]:
        from observe_app.services.compare.told_steps import told_steps  # noqa: PLC0415

        visits = {visit.id: visit for visit in self._found.term.visits}
        for step in told_steps(self._core, self._found.audience):
            visit = visits[step.visit_id]
            yield (
                step.visit_id, visit.teacher, step.text, day_of(visit.start, visit.zone),
                step.due.isoformat() if step.due else "", step.state, day_of(step.closed, visit.zone),
            )  # fmt: skip

    def _tags(self) -> Iterator[Row]:
        return iter(self._found.term.tags)
