"""Interval sheets in: a grid of ticks becomes the interval events of a visit, as if they had been ticked there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable, ImportProblem
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Form, Item, ItemKind, text_in
from observe_app.domain.note_line import MAX_NOTE, clean_note
from observe_app.domain.people import checked_name
from observe_app.domain.progress import Progress
from observe_app.domain.timeline import index_at
from observe_app.services import visits
from observe_app.services.exchange.interval_codes import CodeBook
from observe_app.services.exchange.interval_looked import coded_item, kept_form, whole_form
from observe_app.services.exchange.interval_table import read_grid
from observe_app.services.exchange.interval_turned import ORIENTATIONS, Grid
from observe_app.services.exchange.notes_in import ImportResult
from observe_app.services.exchange.problems import Problem
from observe_app.services.exchange.tables import MAX_COLUMNS, Table, column_letter, read_sheets
from observe_app.services.exchange.visit_in import add_visit, mark_observed
from observe_app.services.happenings import MAX_COMMENT, cell_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit

DEFAULT_FORM = "copus"
__all__ = ["ORIENTATIONS", "Asked", "GridPreview", "forms_with_intervals", "import_intervals", "preview"]
_BATCH = 2_000
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """How a person wants a sheet to be read; what is empty is found out.

    Attributes:
        form_id: the form whose codes they are. item: id of an interval item of it.
        sheet: a workbook's sheet. orientation: one of `ORIENTATIONS`.
        seconds: length of an interval of the sheet, 0 to find out.
        mapping: (heading in the sheet, code of the form or "" to leave it out).
    """

    form_id: str = ""
    item: str = ""
    sheet: str = ""
    orientation: str = ""
    seconds: int = 0
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GridPreview:
    """What an import of this sheet would give, before anything is kept.

    Attributes:
        form: the form it was read with. item: its interval item. sheets: all sheets of the file.
        grid: what stands in the sheet. seconds: length of an interval in the sheet.
        intervals: how many intervals of the form are coded. ticks: how many ticks. events: how many events it makes.
        problems: what a person should know. refused: why it cannot be kept as it is, None where it can.
    """

    path: Path
    form: Form
    item: Item
    sheets: tuple[str, ...]
    grid: Grid
    seconds: int
    intervals: int
    ticks: int
    events: int
    problems: tuple[Problem, ...]
    refused: ImportProblem | None = None


def preview(
    core: Core, path: Path, asked: Asked | None = None, *, visit_id: str | None = None, progress: Progress | None = None
) -> GridPreview:
    """Read a sheet the way `import_intervals` would, and keep nothing.

    Raises:
        as `import_intervals`, apart from an interval that does not fit the form: that is `refused`.
    """
    asked = asked or Asked()
    form, item, table, grid = _read(core, path, asked, visit_id, progress or Progress())
    seconds = asked.seconds or grid.seconds or item.seconds
    refused = None
    fitted = grid
    try:
        fitted = _fitted(path, grid, seconds, item)
    except ImportProblem as error:
        refused = error
    events = _events("", item, fitted, str)
    return GridPreview(
        path=path,
        form=form,
        item=item,
        sheets=table.sheets,
        grid=grid,
        seconds=seconds,
        intervals=len(fitted.present),
        ticks=len(fitted.ticks),
        events=len(events),
        problems=fitted.problems,
        refused=refused,
    )


def import_intervals(
    core: Core,
    *,
    path: Path,
    visit_id: str | None = None,
    teacher: str = "",
    start: datetime | None = None,
    asked: Asked | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Keep the ticks of a sheet, as one action that undo takes back whole.

    Args:
        core: the open data folder.
        path: CSV or workbook; nothing in it is ever run or followed.
        visit_id: the visit they belong to; None makes a new one, ready for the conversation.
        teacher: name of the teacher of a new visit, found or added; "" leaves it open.
        start: start of a new visit, aware; None leaves it open.
        asked: how to read it.
        progress: told while reading and keeping; a cancelled import keeps nothing.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        ImportProblem: the form has no interval codes or the visit another form; no code of it is in the file; nothing
            is ticked; intervals that cannot be those of the form; a mapping that names no code.
        NotFound: no such visit or form. FormInvalid: the form is broken.
        Invalid: a teacher's name that cannot be kept. Ambiguous: several people have it.
        Cancelled: the person asked to stop.
    """
    asked, progress = asked or Asked(), progress or Progress()
    name = checked_name(teacher) if teacher.strip() else ""
    form, item, _table, found = _read(core, path, asked, visit_id, progress)
    grid = _fitted(path, found, asked.seconds or found.seconds or item.seconds, item)
    target = visit_id or core.ids.new()
    events = _events(target, item, grid, core.ids.new)
    problems = list(grid.problems)
    last_ms = (max(grid.present) + 1) * item.seconds * 1000
    with core.store.write("import.intervals", scope=target) as work:
        if visit_id is None:
            kept = kept_form(form, item, None, found)
            add_visit(core, work, target, path=path, teacher=name, start=start, last_ms=last_ms, form=kept)
        else:
            kept = kept_form(form, item, coded_item(work, target, item.id), found)
            fields = visits.form_fields(kept)
            same = work.visits.get(target).form_snapshot == fields["form_snapshot"]
            mark_observed(work, target, last_ms, None if same else fields)
        for begin in range(0, len(events), _BATCH):
            progress.step(begin, len(events))
            _keep(work, events[begin : begin + _BATCH])
        progress.step(len(events), len(events))
        if visit_id is not None and (stays := _ticked_else(work, target, item, grid)):
            problems.append(Problem("tick_kept", count=stays))
        work.commit()
    return ImportResult(target, len(events), tuple(problems), {})


def forms_with_intervals(core: Core) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of every form that has interval codes, in the order of the library."""
    found = []
    for entry in core.catalogue.entries():
        if entry.problems:
            continue
        form = core.catalogue.form(entry.form_id)
        if _interval_items(form):
            found.append((form.id, text_in(form.title, form.language)))
    return tuple(found)


def _interval_items(form: Form) -> tuple[Item, ...]:
    return tuple(item for item in form.items if item.kind is ItemKind.INTERVAL)


# -- reading


def _read(
    core: Core, path: Path, asked: Asked, visit_id: str | None, progress: Progress
) -> tuple[Form, Item, Table, Grid]:
    form = _form(core, path, asked, visit_id)
    items = tuple(item for item in _interval_items(form) if asked.item in {"", item.id})
    if not items:
        raise ImportProblem(path, "no_intervals", text_in(form.title, form.language))
    if asked.orientation and asked.orientation not in ORIENTATIONS:
        raise ImportProblem(path, "unknown_orientation", asked.orientation, ", ".join(ORIENTATIONS))
    tables = read_sheets(path, progress=progress)
    if asked.sheet:
        tables = tuple(table for table in tables if table.sheet == asked.sheet)
        if not tables:
            raise FileUnreadable(path, "no_sheet", asked.sheet)
    best: tuple[tuple[int, bool, int], Item, Table, Grid] | None = None
    for number, table in enumerate(tables):
        for item in items:
            progress.step(number, len(tables))
            grid = read_grid(table, item, _mapping(path, item, asked.mapping), asked.orientation)
            rank = (grid.recognised if grid else 0, table.visible, -number)
            if grid is not None and (best is None or rank > best[0]):
                best = rank, item, table, grid
    if best is None:
        known = ", ".join(side.full(code) for side in items[0].sides for code in side.codes)
        raise ImportProblem(path, "no_codes", text_in(form.title, form.language), known)
    _rank, item, table, grid = best
    if not grid.present:
        raise ImportProblem(path, "no_ticks", grid.sheet)
    return form, item, table, replace(grid, problems=(*grid.problems, *_about_table(table)))


def _form(core: Core, path: Path, asked: Asked, visit_id: str | None) -> Form:
    if visit_id is not None:
        visit = visits.get(core, visit_id)
        own = visits.form_of(visit)
        if own is not None:
            if asked.form_id and asked.form_id != own.id:
                raise ImportProblem(path, "other_form", asked.form_id, text_in(own.title, own.language))
            return whole_form(core, own)
    return core.catalogue.form(asked.form_id or DEFAULT_FORM)


def _mapping(path: Path, item: Item, given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return heading to full code id; a code may be given as in a sheet.

    Raises:
        ImportProblem: no such code.
    """
    book = CodeBook(item, {})
    mapping = {}
    for head, wanted in given:
        found = book.find(wanted) if wanted.strip("- ") else ()
        if wanted.strip("- ") and len(found) != 1:
            known = ", ".join(side.full(code) for side in item.sides for code in side.codes)
            raise ImportProblem(path, "unknown_code", wanted, known)
        mapping[head] = found[0].full if found else ""
    return mapping


def _about_table(table: Table) -> list[Problem]:
    problems = [Problem("formula_unstored", row, column_letter(column)) for row, column in table.unstored[:_LISTED]]
    if len(table.unstored) > _LISTED:
        problems.append(Problem("formula_unstored_more", count=len(table.unstored) - _LISTED))
    beyond = sum(row.beyond for row in table.rows)
    if beyond:
        problems.append(Problem("columns_beyond", column=column_letter(MAX_COLUMNS - 1), count=beyond))
    if table.mended:
        problems.append(Problem("quotes_mended"))
    if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
        problems.append(Problem("encoding_guessed", found=table.encoding))
    return problems


def _fitted(path: Path, grid: Grid, seconds: int, item: Item) -> Grid:
    """Return the grid in the intervals of the form; shorter ones are joined: what occurs in a part occurs in the whole.

    Raises:
        ImportProblem: the intervals of the sheet are longer than those of the form, or do not fill them.
    """
    if seconds < 1 or item.seconds % seconds:
        raise ImportProblem(path, "interval_length", str(seconds), str(item.seconds))
    factor = item.seconds // seconds
    last = index_at(MAX_OFFSET_MS - 1, item.seconds)
    far = {index for index in grid.present if index // factor > last}
    problems = list(grid.problems)
    if factor > 1:
        problems.append(Problem("intervals_joined", found=str(seconds), count=factor))
    if far:
        problems.append(Problem("interval_far", count=len(far)))
    levels: dict[int, int] = {}
    differing: set[int] = set()
    for index, level in grid.levels.items():
        if levels.setdefault(index // factor, level) != level:
            differing.add(index // factor)
    problems += [Problem("levels_differ", found=str(index + 1)) for index in sorted(differing)]
    ticks: dict[tuple[int, str], str] = {}
    for (index, code), words in grid.ticks.items():
        if index not in far:
            place = index // factor, code
            ticks[place] = "; ".join(part for part in (ticks.get(place, ""), words) if part)
    return replace(
        grid,
        present=tuple(sorted({index // factor for index in grid.present if index not in far})),
        ticks=ticks,
        levels={index: level for index, level in levels.items() if index not in differing and index <= last},
        comments=tuple((index // factor, words) for index, words in grid.comments if index // factor <= last),
        problems=tuple(problems),
    )


# -- keeping


def _events(visit_id: str, item: Item, grid: Grid, new_id: Callable[[], str]) -> list[Event]:
    """Return the events: of each coded interval its level or the mark that somebody looked, its ticks, its words."""
    length = item.seconds * 1000

    def cell(index: int, code: str, value: float, words: str = "") -> Event:
        return Event(
            id=cell_id(visit_id, item.id, index, code),
            visit_id=visit_id,
            kind=EventKind.INTERVAL,
            offset_ms=index * length,
            item=item.id,
            code=code,
            value=value,
            text=clean_note(words)[:MAX_COMMENT],
            source="imported",
        )

    events = [cell(index, "", float(grid.levels.get(index, 0))) for index in grid.present]
    events += [cell(index, code, 1.0, words) for (index, code), words in grid.ticks.items()]
    for index, words in grid.comments:
        text = clean_note(words)
        events += [
            Event(new_id(), visit_id, EventKind.NOTE, index * length, text=text[at : at + MAX_NOTE], source="imported")
            for at in range(0, len(text), MAX_NOTE)
        ]
    return events


def _keep(work: WriteUnit, events: list[Event]) -> None:
    """Keep cells; one that the visit has already is changed where the sheet says more."""
    cells = {event.id: event for event in events}
    stored = {event.id: event for event in work.events.some(cells)}
    work.events.add_many(event for event in events if event.id not in stored)
    for event_id, was in stored.items():
        now = cells[event_id]
        fields: dict[str, object] = {"value": now.value} if now.value else {}
        if now.text:
            fields["text"] = now.text
        if was.deleted:
            fields |= {"deleted": False, "value": now.value, "text": now.text}
        wanted = {name: value for name, value in fields.items() if getattr(was, name) != value}
        if wanted:
            work.see(work.seen(("event", event_id)))
            work.events.change(event_id, wanted)


def _ticked_else(work: WriteUnit, visit_id: str, item: Item, grid: Grid) -> int:
    """Count the intervals of the sheet in which the visit has a tick that the sheet has not."""
    here = work.events.of_items(visit_id, (item.id,))
    present = set(grid.present)
    others = {
        index_at(event.offset_ms, item.seconds)
        for event in here
        if event.kind is EventKind.INTERVAL
        and event.code
        and event.value
        and (index_at(event.offset_ms, item.seconds), event.code) not in grid.ticks
    }
    return len(others & present)
