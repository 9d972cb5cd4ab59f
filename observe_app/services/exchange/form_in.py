"""Forms in: an XLSForm, a rubric or a checklist out of a workbook or table, as a form that is not stored yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable, FormInvalid, FormProblem
from observe_app.services.exchange.form_in_parts import FormDraftIn, Gathered, Unmapped
from observe_app.services.exchange.form_table_in import read_table_form
from observe_app.services.exchange.tables import read_pasted, read_sheets
from observe_app.services.exchange.xlsform_in import read_xlsform
from observe_app.services.exchange.xlsform_sheets import is_xlsform
from observe_app.services.forms.checks import read_form
from observe_app.services.forms.limits import MAX_ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.progress import Progress

__all__ = ["SHAPES", "FormDraftIn", "Unmapped", "read_form_file", "read_form_text"]

SHAPES = ("auto", "xlsform", "rubric", "checklist")
MAX_PASTED = 1_000_000
"""Characters of a text that is pasted."""


def read_form_file(
    path: Path, *, form_id: str = "", language: str = "en", shape: str = "auto", progress: Progress | None = None
) -> FormDraftIn:
    """Read a workbook (.xlsx, .xls) or a text table (.csv, .tsv) as a form; nothing is stored.

    Args:
        path: told apart by content, not by name.
        form_id: the form's id; "" makes one from the file.
        language: of texts that do not say theirs.
        shape: one of `SHAPES`; "auto" decides, and a note says what it saw.
        progress: told now and then; may cancel.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        FormInvalid: it was read, but no form can be made of it; every problem with sheet, row and column.
        Cancelled: the person asked to stop.
    """
    tables = read_sheets(path, progress=progress)
    gathered = Gathered(path)
    gathered.about_file(tables[0])
    if shape == "xlsform" or (shape == "auto" and is_xlsform(tables)):
        form = read_xlsform(tables, gathered, form_id=form_id, language=language)
        draft = FormDraftIn(form, "xlsform", tuple(gathered.notes))
    else:
        draft = read_table_form(tables, gathered, form_id=form_id, language=language, shape=shape)
    return _valid(draft, path, [table.sheet for table in tables])


def read_form_text(text: str, *, form_id: str = "", language: str = "en", shape: str = "auto") -> FormDraftIn:
    """Read a table pasted from a spreadsheet, or lines of text, as a rubric or a checklist; nothing is stored.

    Raises:
        FormInvalid: nothing in it can become a form. Its path is empty.
    """
    if len(text) > MAX_PASTED:
        raise FormInvalid(Path(), (FormProblem(0, "", "file_too_large", str(len(text)), str(MAX_PASTED)),))
    try:
        table = read_pasted(text)
    except FileUnreadable as error:
        raise FormInvalid(Path(), (FormProblem(0, "", "table_too_long", error.detail, str(MAX_ITEMS)),)) from error
    if table is None:
        raise FormInvalid(Path(), (FormProblem(0, "", "table_empty"),))
    gathered = Gathered(Path())
    gathered.about_file(table)
    draft = read_table_form((table,), gathered, form_id=form_id, language=language, shape=shape)
    return _valid(draft, Path(), [""])


def _valid(draft: FormDraftIn, path: Path, sheets: Sequence[str]) -> FormDraftIn:
    """Return the draft with its form as the form's own file would give it, and its notes by sheet and row.

    Raises:
        FormInvalid: somebody wrote into our own columns what no form may hold.
    """
    reading = read_form(draft.form)
    if reading.form is None:
        raise FormInvalid(path, reading.problems)
    order = {sheet: place for place, sheet in enumerate(sheets)}
    # What concerns a sheet or the file as a whole comes after its rows.
    notes = sorted(
        draft.notes,
        key=lambda note: (order.get(note.sheet, len(order)), note.row == 0, note.row),
    )
    return replace(draft, form=reading.form, notes=tuple(notes))
