"""Workbooks of forms, made for one test each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from observe_app.services.exchange.form_in import FormDraftIn, read_form_file

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.form import Form, Item

YES_NO = [["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]]
COLOURS = [["colours", "red", "Red"], ["colours", "blue", "Blue"], ["colours", "sea_green", "Sea green"]]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """Write a workbook of these sheets."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def xlsform(folder: Path, survey: list[list[Any]], choices: list[list[Any]] | None = None, **more: Any) -> FormDraftIn:
    """Read a form made of these rows; the first is the headings."""
    lists = [["list_name", "name", "label"], *(choices or [])]
    return read_form_file(book(folder / "made.xlsx", survey=survey, choices=lists, **more))


def questions(folder: Path, *rows: list[Any], columns: str = "type name label", choices: Any = None) -> FormDraftIn:
    """Read questions under these columns; the lists that they name are there."""
    named = " ".join(str(row[0]) for row in rows)
    lists = [one for one in (*YES_NO, *COLOURS) if one[0] in named]
    return xlsform(folder, [columns.split(), *rows], choices if choices is not None else lists)


def item(form: Form, item_id: str) -> Item:
    found = form.item(item_id)
    assert found is not None
    return found


def said(draft: FormDraftIn) -> list[tuple[int, str, str]]:
    """Return (row, what, rule) of every note but the one that there is no purpose."""
    return [(note.row, note.what, note.rule) for note in draft.notes if note.rule != "purpose_made"]
