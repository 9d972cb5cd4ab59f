"""A table read as notes: columns, times, speakers and tags put together, with everything noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem
from observe_app.domain.note_line import MAX_NOTE, clean_note, parse_note_line
from observe_app.services.exchange import columns, speakers, times
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import Row, Table, column_letter, read_table, text_of
from observe_app.services.exchange.text_notes import read_text_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from observe_app.domain.progress import Progress

_LISTED = 200


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """A note as it would be kept. `row` is where it stood in the file."""

    row: int
    offset_ms: int
    speaker: str
    text: str
    tags: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file of notes says.

    Attributes:
        reading: how times were read. first: date and time on the wall of offset 0, None where the file does not tell.
        students: names in the file to the numbers they become.
    """

    table: Table
    layout: columns.Layout
    notes: tuple[ImportedNote, ...]
    reading: str
    first: datetime | None
    problems: tuple[Problem, ...]
    students: dict[str, str]


def parse_notes(path: Path, mapping: Mapping[str, str] | None, teacher: str, progress: Progress) -> Parsed:
    """Read a file as notes.

    Raises:
        FileUnreadable, ImportProblem, Cancelled: as `import_notes`.
    """
    given = dict(mapping or {})
    sheet, reading = given.pop("sheet", None) or None, given.pop("reading", "")
    if reading and reading not in times.READINGS:
        raise ImportProblem(path, "unknown_reading", reading, ", ".join(times.READINGS))
    typed = read_text_notes(path, progress) if not given else None
    if typed is not None:
        table = typed.table
        roles: dict[str, tuple[int, ...]] = {"time": (0,), "text": (2,)}
        if typed.speakers:
            roles["speaker"] = (1,)
        layout = columns.Layout(None, 0, roles)
        problems = [*_about_file(table, None), *typed.problems]
    else:
        table = read_table(path, sheet=sheet, progress=progress)
        layout = columns.lay_out(table, columns.NOTE_ROLES, given, needs="text")
        problems = _about_file(table, layout)
    text_column = layout.roles["text"][0]
    all_rows = table.rows[layout.first :]
    rows = tuple(row for row in all_rows if clean_note(text_of(row.cell(text_column))))
    if not rows:
        raise ImportProblem(path, "no_rows")
    if len(rows) < len(all_rows):
        problems.append(Problem("empty_text", count=len(all_rows) - len(rows)))
    lines = [clean_note(text_of(row.cell(text_column))) for row in rows]
    column = _times(layout, rows, lines, reading)
    problems += _about_times(layout, rows, column)
    heads, naming = _speakers(layout, rows, lines, teacher, typed=typed is not None)
    problems += _about_speakers(layout, rows, lines, naming)
    tag_columns = layout.roles.get("tags", ())
    notes: list[ImportedNote] = []
    for index, row in enumerate(rows):
        speaker, to, text, inline = heads[index]
        cells = [tag for i in tag_columns for tag in speakers.tags_of(text_of(row.cell(i)))]
        tags = tuple(dict.fromkeys((*cells, *inline)))
        note = ImportedNote(row.number, column.offsets_ms[index], speaker, text, tags, to)
        parts = _in_pieces(note)
        if len(parts) > 1:
            problems.append(Problem("note_split", row.number, column_letter(text_column), count=len(parts)))
        notes += parts
    return Parsed(table, layout, tuple(notes), column.reading, column.first, tuple(problems), naming.students)


def _in_pieces(note: ImportedNote) -> list[ImportedNote]:
    text = note.text
    if len(text) <= MAX_NOTE:
        return [note]
    pieces = []
    while text:
        cut = text.rfind(" ", 1, MAX_NOTE) if len(text) > MAX_NOTE else len(text)
        cut = cut if cut > 0 else MAX_NOTE
        pieces.append(ImportedNote(note.row, note.offset_ms, note.speaker, text[:cut].strip(), note.tags, note.to))
        text = text[cut:].strip()
    return pieces


def _about_file(table: Table, layout: columns.Layout | None) -> list[Problem]:
    problems = []
    if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
        problems.append(Problem("encoding_guessed", found=table.encoding))
    if table.mended:
        problems.append(Problem("quotes_mended"))
    if layout is not None and layout.heads is None and table.width > 1:
        problems.append(Problem("no_header"))
    return problems


def _times(layout: columns.Layout, rows: Sequence[Row], lines: Sequence[str], reading: str) -> times.TimeColumn:
    words = [len(line.split()) for line in lines]
    index = layout.one("time")
    if index is None:
        return times.TimeColumn(times.fill([None] * len(rows), words), "words", blank=tuple(range(len(rows))))
    hint = columns.time_hint(text_of(layout.heads.cell(index))) if layout.heads else ""
    return times.read_times([row.cell(index) for row in rows], words, hint=hint, reading=reading)


def _about_times(layout: columns.Layout, rows: Sequence[Row], column: times.TimeColumn) -> list[Problem]:
    index = layout.one("time")
    letter = column_letter(index) if index is not None else ""
    problems = []
    if column.reading == "words":
        problems.append(Problem("no_times", count=len(rows)))
    elif column.blank:
        problems.append(Problem("times_missing", column=letter, count=len(column.blank)))
    if column.reading in {"frames", "clock"}:
        problems.append(Problem(f"times_{column.reading}", column=letter))
    for rule, places in (("time_unreadable", column.unreadable), ("time_back", column.back)):
        for place in places[:_LISTED]:
            row = rows[place]
            problems.append(Problem(rule, row.number, letter, shortened(text_of(row.cell(index or 0)), 30)))
        if len(places) > _LISTED:
            problems.append(Problem(f"{rule}_more", column=letter, count=len(places) - _LISTED))
    return problems


_Head = tuple[str, str, str, tuple[str, ...]]


def _speakers(
    layout: columns.Layout, rows: Sequence[Row], lines: Sequence[str], teacher: str, *, typed: bool
) -> tuple[list[_Head], speakers.Naming]:
    """Return (speaker, to, text, tags in the text) of every row. Without a column of speakers the line itself tells."""
    index = layout.one("speaker")
    if index is None:
        parsed = [parse_note_line(line) for line in lines]
        heads = [(line.speaker, line.to, line.text, line.tags) for line in parsed]
        return heads, speakers.Naming(tuple(line.speaker for line in parsed), {}, {}, 0, ())
    naming = speakers.name_speakers([text_of(row.cell(index)) for row in rows], teacher=teacher)
    if typed:
        parsed = [parse_note_line(line) for line in lines]
        return [
            (code or line.speaker, line.to, line.text if not code or not line.speaker else text, line.tags)
            for code, line, text in zip(naming.codes, parsed, lines, strict=True)
        ], naming
    return [(code, "", line, ()) for code, line in zip(naming.codes, lines, strict=True)], naming


def _about_speakers(
    layout: columns.Layout, rows: Sequence[Row], lines: Sequence[str], naming: speakers.Naming
) -> list[Problem]:
    index = layout.one("speaker")
    letter = column_letter(index) if index is not None else ""
    problems = []
    if naming.students:
        problems.append(Problem("students_named", column=letter, count=len(naming.students)))
        text_column = column_letter(layout.roles["text"][0])
        if count := speakers.names_in_text(lines, list(naming.students)):
            problems.append(Problem("names_in_text", column=text_column, count=count))
    for name, count in naming.teachers.items():
        problems.append(Problem("second_teacher", column=letter, found=shortened(name, 30), count=count))
    if naming.several:
        problems.append(Problem("several_speakers", column=letter, count=naming.several))
    problems += [
        Problem("speaker_unknown", rows[place].number, letter, shortened(found, 30))
        for place, found in naming.unknown[:_LISTED]
    ]
    return problems
