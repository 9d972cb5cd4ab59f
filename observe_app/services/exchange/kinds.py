"""What a file is, by what is in it: its name says little, and is often wrong."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import Item, ItemKind
from observe_app.services.exchange.interval_table import read_grid
from observe_app.services.exchange.tables import read_sheets
from observe_app.services.exchange.text_notes import is_lines

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.services.exchange.tables import Table

_HEAD = 65_536
_FEWEST = 3
_ROWS = 300
"""Rows to look at: a lesson has fewer intervals than that, and a form fewer codes."""

_PACKED = b"\x1f\x8b"
_FORM_SHEETS = frozenset({"survey", "choices", "settings"})


class Kind(StrEnum):
    """What can be brought in."""

    NOTES = "notes"
    INTERVALS = "intervals"
    BORIS = "boris"
    FORM = "form"


def kind_of(core: Core, path: Path) -> Kind:
    """Return what a file is. What cannot be told, or read, counts as notes: reading it as such says what is wrong.

    Args:
        core: the open data folder; the codes of its forms are what interval sheets are known by.
        path: any file.
    """
    head = _head(path)
    if head.startswith(_PACKED) or _is_boris(head):
        return Kind.BORIS
    if b"[[sections" in head and (b"\nid" in head or head.startswith(b"id")):
        return Kind.FORM
    try:
        tables = read_sheets(path)
    except ObserveError:
        return Kind.NOTES
    if len(_FORM_SHEETS & {table.sheet.casefold() for table in tables}) > 1:
        return Kind.FORM
    looked = [replace(table, rows=table.rows[:_ROWS]) for table in tables]
    return Kind.INTERVALS if any(_is_grid(table, item) for item in _items(core) for table in looked) else Kind.NOTES


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would keep us waiting for ever
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError):
        return b""


def _is_boris(head: bytes) -> bool:
    """Tell a project of BORIS: an object whose first keys are among these, in whichever order they were written."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    known = (b'"behaviors_conf"', b'"subjects_conf"', b'"observations"', b'"project_format_version"', b'"time_format"')
    return text.startswith(b"{") and sum(key in text for key in known) >= 2


def _items(core: Core) -> list[Item]:
    items = []
    for entry in core.catalogue.entries():
        if not entry.problems:
            form = core.catalogue.form(entry.form_id)
            items += [item for item in form.items if item.kind is ItemKind.INTERVAL]
    return items


def _is_grid(table: Table, item: Item) -> bool:
    """Tell a grid of codes from a table that happens to use some of their words."""
    if not table.sheet and is_lines("", [" ".join(str(cell) for cell in row.cells) for row in table.rows[:100]]):
        return False
    grid = read_grid(table, item)
    if grid is None or not grid.present:
        return False
    every = sum(len(side.codes) for side in item.sides)
    ticked = {full for _index, full in grid.ticks}
    return grid.recognised >= min(_FEWEST, every) and bool(ticked)
