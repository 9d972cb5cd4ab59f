"""The cells of a grid's lines, and all lines put together: ticks, levels, words, and what contradicts what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.services.exchange.interval_codes import CodeBook, Meaning, plain
from observe_app.services.exchange.interval_turned import Grid, GridCode, Line, Mark, Turned
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import text_of

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.services.exchange.tables import Cell

_YES = frozenset({"1", "x", "xx", "yes", "y", "ja", "j", "true", "wahr", "vrai", "verdadero", "oui", "si", "ok", "on"})
_NO = frozenset({"0", "no", "n", "nein", "false", "falsch", "faux", "falso", "non", "off"})
_SIGNS = frozenset("✓✔√☑☒✗✘×•●■▪◼*+🗸⨯")
_EMPTY = frozenset("-–—.☐□○ ")
_NUMBER = re.compile(r"[-+]?\d{1,9}(?:[.,]\d+)?(?:e[-+]?\d{1,3})?", re.IGNORECASE)
_LISTED = 40


@dataclass(slots=True)
class Gathered:
    """What is gathered while the blocks of a sheet are read. `seconds`: 0 while no heading told a length."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seconds: int = 0
    totals: int = 0


def fill_line(made: Line, turned: Turned, line: int, indexes: dict[int, int], book: CodeBook) -> list[Problem]:
    """Read the cells of a line into its marks, and return what was not understood."""
    problems = []
    words = book.item.code(made.full)
    takes_words = words is not None and words[1].comment
    if made.meaning is Meaning.NOTHING and _sums(turned, line, indexes, made.head):
        made.meaning = Meaning.TOTAL
        return []
    for place, index in indexes.items():
        cell = turned.cell(line, place)
        text = text_of(cell).strip()
        if not text:
            continue
        row, column = turned.spot(line, place)
        if made.meaning is Meaning.COMMENT:
            mark: Mark | None = Mark(ticked=False, row=row, column=column, text=text)
        elif made.meaning is Meaning.LEVEL and made.level is None:
            level = book.level_of(text)
            mark = None if level is None else Mark(ticked=True, row=row, column=column, level=level)
        else:
            mark = _mark(cell, text, row, column, takes_words=takes_words)
        if mark is None:
            rule = "level_unclear" if made.meaning is Meaning.LEVEL else "tick_unclear"
            if made.full or made.meaning is Meaning.LEVEL:
                problems.append(Problem(rule, row, column, shortened(text, 30)))
            continue
        if index in made.marks and made.marks[index].ticked != mark.ticked:
            problems.append(Problem("ticks_differ", row, column, shortened(made.head, 30)))
            mark = mark if mark.ticked else made.marks[index]
        made.marks[index] = mark
    return problems


def _mark(cell: Cell, text: str, row: int, column: str, *, takes_words: bool) -> Mark | None:
    """Return what a cell of ticks says, None where that is not clear."""
    key = plain(text)
    if isinstance(cell, bool):
        return Mark(cell, row, column)
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", "."))
        return Mark(bool(number), row, column) if number in {0, 1} else None
    if key in _YES or (not key and set(text) <= _SIGNS):
        return Mark(ticked=True, row=row, column=column)
    if key in _NO or (not key and set(text) <= _EMPTY):
        return Mark(ticked=False, row=row, column=column)
    if takes_words and any(char.isalpha() for char in text) and not text.startswith("#"):
        return Mark(ticked=True, row=row, column=column, text=text)
    return None


def _sums(turned: Turned, line: int, indexes: dict[int, int], head: str) -> bool:
    """Tell a line of the sheet's own arithmetic that has no heading."""
    values = [turned.cell(line, place) for place in indexes]
    numbers = [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    return not head and bool(numbers) and any(number not in {0, 1} for number in numbers)


def join_lines(sheet: str, orientation: str, item: Item, gathered: Gathered) -> Grid:
    """Put the lines of a sheet together into one grid."""
    problems = list(gathered.problems)
    codes = [line for line in gathered.lines if line.meaning is Meaning.CODE and line.full]
    others = [line for line in gathered.lines if line.meaning in {Meaning.NOTHING, Meaning.CODE} and not line.full]
    ticks, twice = _ticks(codes)
    levels, clashing = _levels([line for line in gathered.lines if line.meaning is Meaning.LEVEL])
    comments = tuple(
        (index, mark.text)
        for line in gathered.lines
        if line.meaning is Meaning.COMMENT
        for index, mark in sorted(line.marks.items())
    )
    problems += [*_about_codes(item, codes, others), *twice, *clashing]
    if gathered.totals:
        problems.append(Problem("totals_ignored", count=gathered.totals))
    present, blank = _present(codes + others, levels)
    if blank:
        problems.append(Problem("intervals_blank", count=blank))
    told = tuple(
        GridCode(line.head, line.full, line.how, line.row, line.column, line.ticks)
        for line in gathered.lines
        if line.meaning in {Meaning.CODE, Meaning.NOTHING}
    )
    return Grid(sheet, orientation, gathered.seconds, told, present, ticks, levels, comments, tuple(problems))


def _about_codes(item: Item, codes: list[Line], others: list[Line]) -> list[Problem]:
    problems = [
        Problem("code_unknown", line.row, line.column, shortened(line.head, 30) or "?", line.ticks)
        for line in others
        if line.how == "unknown"
    ]
    problems += [
        Problem("code_left_out", line.row, line.column, shortened(line.head, 30), line.ticks)
        for line in others
        if line.how == "left_out"
    ]
    problems += [
        Problem("side_guessed", line.row, line.column, f"{shortened(line.head, 30)} → {line.full}")
        for line in codes
        if line.how == "side"
    ]
    found = {line.full for line in codes}
    absent = [side.full(code) for side in item.sides for code in side.codes if side.full(code) not in found]
    return problems + [Problem("code_absent", found=full) for full in absent]


def _ticks(lines: list[Line]) -> tuple[dict[tuple[int, str], str], list[Problem]]:
    """Return every tick with its words. Of two lines for one code any tick counts, and where they differ is told."""
    ticks: dict[tuple[int, str], str] = {}
    first: dict[str, Line] = {}
    problems: list[Problem] = []
    for line in lines:
        before = first.setdefault(line.full, line)
        if before is not line:
            problems.append(Problem("code_twice", line.row, line.column, f"{shortened(line.head, 30)} = {line.full}"))
            differing = [
                mark
                for index, mark in line.marks.items()
                if index in before.marks and before.marks[index].ticked != mark.ticked
            ]
            problems += [
                Problem("ticks_differ", mark.row, mark.column, shortened(line.head, 30)) for mark in differing[:_LISTED]
            ]
        for index, mark in line.marks.items():
            if mark.ticked:
                ticks[index, line.full] = mark.text or ticks.get((index, line.full), "")
    return ticks, problems


def _levels(lines: list[Line]) -> tuple[dict[int, int], list[Problem]]:
    """Return each interval's level; of two different ones none is taken, and that is told."""
    levels: dict[int, int] = {}
    problems: dict[int, Problem] = {}
    for line in lines:
        for index, mark in line.marks.items():
            level = mark.level if line.level is None else line.level
            if not mark.ticked or level is None:
                continue
            if levels.setdefault(index, level) != level:
                problems[index] = Problem("levels_differ", mark.row, mark.column, shortened(line.head, 30))
    return {index: level for index, level in levels.items() if index not in problems}, list(problems.values())


def _present(lines: list[Line], levels: dict[int, int]) -> tuple[tuple[int, ...], int]:
    """Return the intervals that somebody coded, and how many before the last of them nobody did.

    Where a sheet writes zeros, an interval without any mark was not coded. Where it only has ticks, an interval
    without one was coded too, as far as the last one that has any.
    """
    marked = {index for line in lines for index in line.marks} | set(levels)
    if not marked:
        return (), 0
    if any(not mark.ticked for line in lines for mark in line.marks.values()):
        return tuple(sorted(marked)), max(marked) + 1 - len(marked)
    return tuple(range(max(marked) + 1)), 0
