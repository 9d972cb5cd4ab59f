"""A grid turned so that every code has a line, and the shapes that it is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.services.exchange.interval_codes import Meaning
from observe_app.services.exchange.tables import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.problems import Problem
    from observe_app.services.exchange.tables import Cell, Table

DOWN, ACROSS = "down", "across"
ORIENTATIONS = (DOWN, ACROSS)
"""Codes stand one below the other, each with its row; or beside each other, each with its column."""

_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class GridCode:
    """A heading that stands where codes stand.

    Attributes:
        head: as in the sheet. full: the form's code, "" where it is left out. how: "id" written as in the form, "alias"
            another writing, "side" only its neighbours told the side, "told" by a person, "unknown", "left_out".
        row, column: where it stands; row from 1, column as letters. ticks: how many intervals are ticked.
    """

    head: str
    full: str
    how: str
    row: int
    column: str
    ticks: int


@dataclass(frozen=True, slots=True)
class Grid:
    """What a sheet says.

    Attributes:
        sheet: its name, "" for text. orientation: one of `ORIENTATIONS`.
        seconds: length of its intervals, 0 where the headings only count them.
        codes: headings in their order. present: intervals that somebody coded, with or without a tick.
        ticks: (interval, full code id) to the words beside the tick. levels: interval to level.
        comments: (interval, words). problems: what a person should know; nothing is dropped without one.
    """

    sheet: str
    orientation: str
    seconds: int
    codes: tuple[GridCode, ...]
    present: tuple[int, ...]
    ticks: dict[tuple[int, str], str]
    levels: dict[int, int]
    comments: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]

    @property
    def recognised(self) -> int:
        """How many different codes of the form were found."""
        return len({code.full for code in self.codes if code.full})


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of a line: ticked, not ticked, or words; `row` and `column` are where it stands."""

    ticked: bool
    row: int
    column: str
    text: str = ""
    level: int | None = None


@dataclass(slots=True)
class Line:
    """A line of the grid: its heading, what that means, and its cells by interval."""

    head: str
    row: int
    column: str
    meaning: Meaning = Meaning.NOTHING
    full: str = ""
    how: str = "unknown"
    level: int | None = None
    marks: dict[int, Mark] = field(default_factory=dict)

    @property
    def ticks(self) -> int:
        """How many intervals are ticked."""
        return sum(mark.ticked for mark in self.marks.values())


class Turned:
    """A table as lines of codes. Empty rows keep their place, so that rows and columns are those of the sheet."""

    def __init__(self, table: Table, orientation: str) -> None:
        self.down = orientation == DOWN
        rows = {row.number: row.cells for row in table.rows}
        first, last = min(rows, default=1), max(rows, default=0)
        # Empty rows within a sheet of ticks are few; a file that claims a million of them is not followed.
        self._numbers = list(range(first, last + 1)) if last - first < _MOST_ROWS else sorted(rows)
        grid: list[Sequence[Cell]] = [rows.get(number, ()) for number in self._numbers]
        if not self.down:
            width = max((len(cells) for cells in grid), default=0)
            grid = [[row[place] if place < len(row) else None for row in grid] for place in range(width)]
        self.lines = grid
        self.width = max((len(line) for line in grid), default=0)

    def cell(self, line: int, place: int) -> Cell:
        """Return a cell, None outside."""
        cells = self.lines[line] if 0 <= line < len(self.lines) else ()
        return cells[place] if 0 <= place < len(cells) else None

    def spot(self, line: int, place: int) -> tuple[int, str]:
        """Return row number and column letter of a place."""
        row, column = (line, place) if self.down else (place, line)
        return self._numbers[row] if row < len(self._numbers) else 0, column_letter(column)
