"""Notes in: a lesson typed or transcribed elsewhere becomes a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.people import checked_name
from observe_app.domain.progress import Progress
from observe_app.services.exchange.columns import Column
from observe_app.services.exchange.notes_table import ImportedNote, parse_notes
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import column_letter, text_of
from observe_app.services.exchange.visit_in import add_visit, mark_observed, on_the_wall

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from observe_app.services.core import Core

_PREVIEW_ROWS = 50
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of this file would give, before anything is kept.

    Attributes:
        sheet, sheets: the sheet read, and all of them. columns: every column with the role it has.
        mapping: role to column letters, as `import_notes` takes it. reading: how times were read.
        rows: the first notes. total: all notes. problems: what a person should know.
        students: names in the file to the numbers they become.
    """

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    mapping: dict[str, str]
    reading: str
    rows: tuple[ImportedNote, ...]
    total: int
    problems: tuple[Problem, ...]
    students: dict[str, str]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did.

    Attributes:
        visit_id: the visit the notes went to. events: how many were kept. problems: nothing was dropped without one.
        students: names in the file to the numbers they became; shown once, never stored.
    """

    visit_id: str
    events: int
    problems: tuple[Problem, ...]
    students: dict[str, str]


def preview(path: Path, mapping: Mapping[str, str] | None = None, *, teacher: str = "") -> Preview:
    """Read a file the way `import_notes` would, and keep nothing.

    Raises:
        FileUnreadable, ImportProblem: as `import_notes`.
    """
    parsed = parse_notes(path, mapping, teacher, Progress())
    roles = {index: role for role, indexes in parsed.layout.roles.items() for index in indexes}
    heads, body = parsed.layout.heads, parsed.table.rows[parsed.layout.first :][:100]
    shown = tuple(
        Column(
            index,
            column_letter(index),
            shortened(text_of(heads.cell(index))) if heads else "",
            next((shortened(text) for row in body if (text := text_of(row.cell(index)).strip())), ""),
            roles.get(index, ""),
        )
        for index in range(parsed.table.width)
    )
    letters = {role: "+".join(column_letter(i) for i in indexes) for role, indexes in parsed.layout.roles.items()}
    return Preview(
        path=path,
        sheet=parsed.table.sheet,
        sheets=parsed.table.sheets,
        columns=shown,
        mapping=letters,
        reading=parsed.reading,
        rows=parsed.notes[:_PREVIEW_ROWS],
        total=len(parsed.notes),
        problems=parsed.problems,
        students=parsed.students,
    )


def import_notes(
    core: Core,
    *,
    path: Path,
    visit_id: str | None = None,
    teacher: str = "",
    start: datetime | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Keep the notes of a CSV or XLSX file, as one action that undo takes back whole.

    Args:
        core: the open data folder.
        path: the file; nothing in it is ever run or followed.
        visit_id: the visit they belong to; None makes a new one, ready for the conversation.
        teacher: name of the teacher of a new visit, found or added; "" leaves it open.
        start: start of a new visit, aware; None takes the date in the file, when it has one.
        mapping: "time", "speaker", "text", "tags" to a head, a column letter or a number from 1 ("" leaves one out,
            "+" joins several tag columns); "sheet" to a sheet's name; "reading" to one of `times.READINGS`.
        progress: told while reading and keeping; a cancelled import keeps nothing.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        ImportProblem: no column of text, no row with text, or a mapping that does not fit.
        NotFound: no such visit.
        Invalid: a teacher's name that cannot be kept. Ambiguous: several people have it.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    name = checked_name(teacher) if teacher.strip() else ""
    if visit_id is not None:
        with core.store.read() as unit:
            name = unit.visits.get(visit_id).teacher
    parsed = parse_notes(path, mapping, name, progress)
    target = visit_id or core.ids.new()
    last_ms = max((note.offset_ms for note in parsed.notes), default=0)
    with core.store.write("import.notes", scope=target) as work:
        if visit_id is None:
            moment = start if start is not None else on_the_wall(parsed.first, core.clock.zone_name())
            add_visit(core, work, target, path=path, teacher=name, start=moment, last_ms=last_ms)
        else:
            mark_observed(work, target, last_ms)
        for begin in range(0, len(parsed.notes), _BATCH):
            progress.step(begin, len(parsed.notes))
            work.events.add_many(_event(core, target, note) for note in parsed.notes[begin : begin + _BATCH])
        progress.step(len(parsed.notes), len(parsed.notes))
        work.commit()
    return ImportResult(target, len(parsed.notes), parsed.problems, parsed.students)


def _event(core: Core, visit_id: str, note: ImportedNote) -> Event:
    return Event(
        id=core.ids.new(),
        visit_id=visit_id,
        kind=EventKind.NOTE,
        offset_ms=note.offset_ms,
        text=note.text,
        speaker=note.speaker,
        to=note.to,
        tags=note.tags,
        source="imported",
    )
