"""A sheet of ticks read as intervals: codes down or across, in one block or several, whatever stands around them.

In here a grid is turned so that every code has a line and every interval a place in it; the turned places keep the
row and the column that a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.services.exchange.interval_codes import CodeBook, Found, Meaning
from observe_app.services.exchange.interval_labels import Labels, read_labels
from observe_app.services.exchange.interval_lines import Gathered, fill_line, join_lines
from observe_app.services.exchange.interval_turned import ORIENTATIONS, Grid, Line, Turned
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from observe_app.domain.form import Item
    from observe_app.services.exchange.tables import Table

_FEWEST = 2
_LISTED = 40
_LOOKED = 400
_BESIDE, _ABOVE = 2, 2
_MOST_BLOCKS = 12


@dataclass(slots=True)
class _Block:
    """Codes that stand in one place, with the headings of their intervals. `last` is behind the last place."""

    place: int
    lines: tuple[int, ...]
    last: int
    head: int = -1
    labels: Labels | None = None


def read_grid(table: Table, item: Item, mapping: Mapping[str, str] | None = None, orientation: str = "") -> Grid | None:
    """Read a sheet as a grid of the item's codes; None where there is none in it.

    Args:
        table: one sheet.
        item: of kind interval.
        mapping: heading in the sheet to full code id, "" to leave it out.
        orientation: one of `ORIENTATIONS`; "" to find out.
    """
    book = CodeBook(item, dict(mapping or {}))
    best: tuple[int, int, Turned, list[_Block]] | None = None
    for order, one in enumerate(ORIENTATIONS):
        if orientation in {"", one}:
            turned = Turned(table, one)
            blocks = _blocks(turned, book)
            score = sum(len(block.lines) for block in blocks)
            if blocks and (best is None or score > best[0]):
                best = score, order, turned, blocks
    if best is None:
        return None
    _score, order, turned, blocks = best
    gathered = Gathered()
    for number, block in enumerate(blocks):
        above = [one for one in blocks[:number] if one.labels is not None]
        _label_block(turned, block, above[-1] if above else None, item.seconds, gathered)
        _read_block(turned, block, book, gathered)
    return join_lines(table.sheet, ORIENTATIONS[order], item, gathered)


def _blocks(turned: Turned, book: CodeBook) -> list[_Block]:
    """Find the places in which codes stand below each other."""
    columns: dict[int, dict[int, tuple[Found, ...]]] = {}
    for line, cells in enumerate(turned.lines):
        for place, cell in enumerate(cells):
            found = book.find(cell) if isinstance(cell, str) else ()
            if found:
                columns.setdefault(place, {})[line] = found
    fewest = min(_FEWEST, sum(len(side.codes) for side in book.item.sides))
    kept: list[tuple[int, dict[int, tuple[Found, ...]]]] = []
    for place in sorted(columns):
        lines = columns[place]
        if len({one.full for found in lines.values() for one in found[:1]}) < fewest:
            continue
        before = kept[-1][1] if kept and place - kept[-1][0] <= _BESIDE else {}
        same = sum(bool(set(found) & set(before.get(line, ()))) for line, found in lines.items())
        if same * 2 >= len(lines):
            continue  # the long names beside the short ones
        kept.append((place, lines))
        if len(kept) > _MOST_BLOCKS:
            return []  # words that happen to be codes, over and over: a transcript
    ends = [*(place for place, _lines in kept[1:]), turned.width][: len(kept)]
    return [_Block(place, tuple(lines), end) for (place, lines), end in zip(kept, ends, strict=True)]


def _label_block(turned: Turned, block: _Block, above: _Block | None, seconds: int, gathered: Gathered) -> None:
    """Find the line that heads the intervals: the nearest above the codes that reads as one, else any other."""
    first, own = block.lines[0], frozenset(block.lines)
    order = [*range(first - 1, -1, -1), *(line for line in range(first, len(turned.lines)) if line not in own)]
    best: tuple[int, int] | None = None
    for rank, line in enumerate(order[:_LOOKED]):
        labels = read_labels(turned.lines[line], block.place + 1, block.last, seconds)
        # A row of zeros and ones is no heading, and a longer heading is a better one.
        if labels is None or len(labels.indexes) < min(2, block.last - block.place - 1):
            continue
        score = (len(labels.indexes), -rank)
        if best is None or score > best:
            best, block.head, block.labels = score, line, labels
    if block.labels is None and above is not None and above.labels is not None and above.place == block.place:
        block.head, block.labels = above.head, above.labels
    if block.labels is None:
        block.labels = _counted(turned, block)
        gathered.problems.append(Problem("intervals_unlabelled", count=len(block.labels.indexes)))
        return
    gathered.seconds = gathered.seconds or block.labels.seconds
    for rule, places in (("interval_odd", block.labels.odd), ("interval_twice", block.labels.twice)):
        for place in places[:_LISTED]:
            row, column = turned.spot(block.head, place)
            found = shortened(text_of(turned.cell(block.head, place)), 30)
            gathered.problems.append(Problem(rule, row, column, found))


def _counted(turned: Turned, block: _Block) -> Labels:
    """Number the places of a block without headings: as far as there are ticks and zeros."""
    indexes: dict[int, int] = {}
    for place in range(block.place + 1, block.last):
        values = [turned.cell(line, place) for line in block.lines]
        if any(isinstance(value, int | float) and value not in {0, 1} for value in values):
            break
        indexes[place] = place - block.place - 1
    while indexes and all(turned.cell(line, max(indexes)) is None for line in block.lines):
        del indexes[max(indexes)]
    return Labels(indexes, 0)


def _read_block(turned: Turned, block: _Block, book: CodeBook, gathered: Gathered) -> None:
    assert block.labels is not None  # noqa: S101  (found or counted before)
    labels = block.labels
    side, before = _side_above(turned, block, book), ""
    taken: set[str] = set()
    for line, head in _headed(turned, block, book):
        named = _side_beside(turned, block, book, line)
        side = named or side
        row, column = turned.spot(line, block.place)
        made = Line(head, row, column)
        found = book.find(head) if head else ()
        level = _level_line(turned, block, book, line)
        if level is not None:
            made.meaning, made.level = Meaning.LEVEL, level
        elif found:
            full, how = _which(found, head, side, before, taken)
            made.meaning, made.full, made.how = Meaning.CODE, full, how if book.told(head) is None else "told"
            taken.add(full)
            before = full.partition(".")[0] if "." in full else ""
        elif book.told(head) == "":
            made.meaning, made.how = Meaning.CODE, "left_out"
        else:
            made.meaning = book.meaning(head)
            if made.meaning is Meaning.SIDE:
                side, before = book.side_named(head), ""
        if made.meaning is Meaning.NOTHING and (again := _labels_again(turned, block, line, labels, book)):
            labels = again
            continue
        gathered.problems += fill_line(made, turned, line, labels.indexes, book)
        if made.meaning is Meaning.TOTAL:
            gathered.totals += 1
        elif made.meaning in {Meaning.CODE, Meaning.LEVEL} or made.marks:
            gathered.lines.append(made)


def _labels_again(turned: Turned, block: _Block, line: int, labels: Labels, book: CodeBook) -> Labels | None:
    """Return the headings of intervals that stand once more above the codes of the other side."""
    again = read_labels(turned.lines[line], block.place + 1, block.last, book.item.seconds)
    return again if again is not None and len(again.indexes) * 2 >= max(len(labels.indexes), 4) else None


def _headed(turned: Turned, block: _Block, book: CodeBook) -> Iterator[tuple[int, str]]:
    """Yield the lines of a block with their headings: from the line that heads the intervals on."""
    first = block.lines[0]
    start = block.head + 1 if 0 <= block.head < first else max(0, first - 3)
    for line in range(start, len(turned.lines)):
        if line == block.head:
            continue
        head = text_of(turned.cell(line, block.place)).strip()
        if isinstance(turned.cell(line, block.place), str) or book.find(head):
            yield line, head
        elif line > first:
            yield line, ""


def _side_beside(turned: Turned, block: _Block, book: CodeBook, line: int) -> str:
    """Return the side that a heading before the codes names for this line and those below, "" for none."""
    for place in range(block.place - 1, -1, -1):
        cell = turned.cell(line, place)
        if isinstance(cell, str) and (side := book.side_named(cell)):
            return side
    return ""


def _side_above(turned: Turned, block: _Block, book: CodeBook) -> str:
    """Return the side that a heading just before the first code, or before the headings of intervals, names."""
    first = block.lines[0]
    head = block.head if 0 <= block.head < first else first
    side = ""
    for line in range(max(0, head - _ABOVE), first):
        cell = turned.cell(line, block.place)
        named = book.side_named(cell) if isinstance(cell, str) else ""
        side = named or _side_beside(turned, block, book, line) or side
    return side


def _which(found: tuple[Found, ...], head: str, side: str, before: str, taken: set[str]) -> tuple[str, str]:
    """Return the code that a heading means and how that was told."""
    exact = head.strip().casefold() in {found[0].code.id.casefold(), found[0].full.casefold()}
    how = "id" if exact else "alias"
    if len(found) == 1:
        return found[0].full, how
    by_side = {one.side.id: one.full for one in found}
    if side in by_side:
        return by_side[side], how
    if before in by_side and by_side[before] not in taken:
        return by_side[before], "side"
    free = [one.full for one in found if one.full not in taken]
    return (free or [found[0].full])[0], "side"


def _level_line(turned: Turned, block: _Block, book: CodeBook, line: int) -> int | None:
    """Return the level whose ticks stand in a line: one of several neighbours that name the whole scale in turn."""
    levels = book.item.levels
    for start in range(line - len(levels) + 1, line + 1):
        heads = [turned.cell(start + number, block.place) for number in range(len(levels))]
        named = [book.level_of(head) if isinstance(head, str) else None for head in heads]
        numbers = [level.number for level in levels]
        if len(levels) > 1 and named in (numbers, numbers[::-1]):
            return named[line - start]
    return None
