"""A plain table as a form: a rubric where it has levels across the top, else a checklist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.services.exchange.form_in_parts import FormDraftIn, Ids, bare, folded, is_heading, words
from observe_app.services.exchange.form_rubric_in import find_rubric, read_rubric
from observe_app.services.exchange.tables import Row, Table
from observe_app.services.forms.limits import MAX_ITEMS, MAX_SECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.form import Scale, Texts
    from observe_app.services.exchange.form_in_parts import Gathered

_HEADS = frozenset({
    "item", "items", "criterion", "criteria", "kriterium", "kriterien", "check", "question", "questions", "indicator",
    "indicators", "description", "help", "what", "no", "nr", "done", "yes", "aspect",
    "observed", "not observed", "seen", "not seen", "comment", "comments", "note", "notes", "n/a", "evidence", "date",
    "aspects", "ja", "nein", "beobachtet", "bemerkung", "bemerkungen", "tick",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    label: str
    help: str
    title: bool


def read_table_form(
    tables: Sequence[Table], gathered: Gathered, *, form_id: str, language: str, shape: str
) -> FormDraftIn:
    """Return the form of a table; a `shape` that is neither "rubric" nor "checklist" decides by what is there.

    Raises:
        FormInvalid: nothing is in it, it has more levels or rows than a form takes, or no levels for a rubric.
    """
    table = next((one for one in tables if one.visible and one.rows), tables[0])
    gathered.unstored(table)
    for other in tables:
        if other is not table:
            gathered.note(0, other.sheet, other.sheet, "sheet_left_out")
    rows = _one_column(table)
    found = None if shape == "checklist" else find_rubric(rows)
    if found is None and shape == "rubric":
        gathered.problem(0, table.sheet, "", "table_no_levels")
        gathered.stop_if_any()
    if found is not None:
        title, sections, scales = read_rubric(found, table.sheet, gathered)
        kind = "rubric"
    else:
        title, sections, scales = _checklist(rows, table.sheet, gathered, chosen=shape == "checklist")
        kind = "checklist"
    count = sum(len(section.items) for section in sections)
    if count > MAX_ITEMS or len(sections) > MAX_SECTIONS:
        gathered.problem(0, table.sheet, "", "table_too_long", str(count), (str(MAX_ITEMS),))
    gathered.stop_if_any()
    name = title or gathered.path.stem or "Form"
    label = (("", gathered.line(name, 0, table.sheet)[0] or "Form"),)
    # One section needs no name of its own, but readers and prints want one that is not the form's again.
    head = (("", "Criteria" if kind == "rubric" else "To look for"),)
    sections = tuple(section if section.title else _titled(section, head) for section in sections)
    gathered.note(0, "", gathered.path.name, "purpose_made")
    purpose = f"Brought in from {gathered.path.name}." if gathered.path.name else "Brought in from a table."
    form = Form(
        form_id or Ids().make(gathered.path.stem or name, "form"), 1, label, (("", purpose),), sections,
        language=language, scales=scales,
    )  # fmt: skip
    return FormDraftIn(form, kind, tuple(gathered.notes))


def _titled(section: Section, title: Texts) -> Section:
    return Section(section.id, title, section.items)


def _one_column(table: Table) -> tuple[Row, ...]:
    """Return the rows; lines that a comma divides only here and there are whole lines."""
    widths = [sum(1 for cell in row.cells if words(cell)) for row in table.rows]
    if not table.delimiter or table.delimiter == "\t" or not widths:
        return table.rows
    usual = max(set(widths), key=widths.count)
    if usual > 1 and widths.count(usual) * 10 >= len(widths) * 6:
        return table.rows
    return tuple(Row(row.number, (table.delimiter.join(str(cell or "") for cell in row.cells),)) for row in table.rows)


def _checklist(
    rows: Sequence[Row], sheet: str, gathered: Gathered, *, chosen: bool
) -> tuple[str, tuple[Section, ...], tuple[Scale, ...]]:
    width = max((sum(1 for cell in row.cells if words(cell)) for row in rows), default=0)
    if width > 2 and not chosen:
        gathered.note(0, sheet, sheet, "levels_unclear", str(width))
    lines = [line for row in rows if (line := _line(row))]
    if lines and _is_head(rows[0], lines[0]):
        lines = lines[1:]
    title, lines = _title_above(lines)
    if not any(not line.title for line in lines):
        lines = [_Line(line.row, line.label, line.help, title=False) for line in lines]
    sections: list[tuple[str, int, list[Item]]] = []
    items, section_ids = Ids(), Ids()
    for line in lines:
        label, whole = gathered.line(line.label, line.row, sheet)
        if not label:
            continue
        if line.title:
            sections.append((label, line.row, []))
            continue
        if not sections:
            sections.append(("", 0, []))
        more = "\n".join(part for part in (whole, gathered.passage(line.help, line.row, sheet)) if part)
        help_text = (("", gathered.passage(more, line.row, sheet)),) if more else ()
        sections[-1][2].append(Item(items.make(label, "item"), ItemKind.CHECK, (("", label),), help_text))
    kept = [one for one in sections if one[2]]
    for heading, row, inside in sections:
        if not inside:
            gathered.note(row, sheet, heading, "row_left_out", heading)
    if not kept:
        gathered.problem(0, sheet, "", "table_empty")
        gathered.stop_if_any()
    made = tuple(
        Section(section_ids.make(heading, "items"), (("", heading),) if heading else (), tuple(inside))
        for heading, _row, inside in kept
    )
    gathered.note(0, sheet, sheet or gathered.path.name, "seen_checklist", str(sum(len(one.items) for one in made)))
    return title, made, ()


def _title_above(lines: list[_Line]) -> tuple[str, list[_Line]]:
    """Return the title of it all and the lines below it; "" where none stands above the first heading."""
    if len(lines) > 2 and lines[1].title and (lines[0].title or lines[0].row + 1 < lines[1].row):
        return lines[0].label, lines[1:]
    return "", lines


def _line(row: Row) -> _Line | None:
    cells = [words(cell) for cell in row.cells]
    # A first column of numbers, marks or boxes only is the numbering of the second.
    while len(cells) > 1 and not re.search(r"[^\W\d_]{2}", cells[0]) and any(cells[1:]):
        cells = cells[1:]
    if not cells or not cells[0]:
        return None
    label = bare(cells[0])
    rest = [cell for cell in cells[1:] if cell and not _is_box(cell)]
    if not label:
        return None
    return _Line(row.number, label.removesuffix(":").rstrip(), "\n".join(rest), not rest and is_heading(cells[0]))


def _is_box(text: str) -> bool:
    return not re.search(r"[^\W\d_]", text) or text.casefold() in {"x", "yes", "no", "y", "n"}


def _is_head(row: Row, line: _Line) -> bool:
    """Tell whether the first row only names the columns."""
    cells = [folded(words(cell)).rstrip(":") for cell in row.cells if words(cell)]
    return len(cells) > 1 and not line.title and all(cell in _HEADS for cell in cells)
