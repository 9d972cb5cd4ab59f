"""The codes of the board: each lies where its key lies, the sides beside each other as the hands are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from observe_app.domain.form import text_in
from observe_app.ui.form_panel.code_grid import CodeGrid, CodeToggle
from observe_app.ui.form_panel.keyboard import REACH, Hand, own_keyboard
from observe_app.ui.observe.code_cell import PAD, CellLook, CodeCell, least_height
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import draw_text, hairline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item, Side

HEIGHT, HEIGHT_LARGE = 58, 64
_MARGIN = 24
_SIDES_GAP = 44
_HEAD, _HEAD_GAP = 34, 5
_LINES_GAP = 8
_WIDE_COLUMNS = 8
_LEAST_WIDTH = 72
_FIELD = 32


@dataclass(frozen=True, slots=True)
class _Block:
    """A side as it lies: (full code id, row, column) of each code, and the hand that has its keys."""

    side: Side
    cells: tuple[tuple[str, int, int], ...]
    rows: int
    columns: int
    hand: Hand | None


class CodeField(CodeGrid):
    """Every code of an interval item. Keys lie as on the keyboard in either direction of reading."""

    toggle_kind: ClassVar[type[CodeToggle]] = CodeCell

    def __init__(
        self, item: Item, language: str, parent: QWidget | None = None, *, own_keys: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(item, language, parent, own_keys=own_keys)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._words: list[tuple[QRect, str, str]] = []
        self._free: dict[str, QRect] = {}
        self._is_marked = False
        self._lines: tuple[tuple[_Block, ...], ...] = ()
        self.keys_changed()

    # -- public

    def keys_changed(self) -> None:
        """Find the places again: codes lie by their keys."""
        filled = [side for side in self._sides if side.codes]
        keyboard, hands = own_keyboard(), []
        for side in filled[:2]:
            keys = tuple(self.toggles[side.full(code)].key for code in side.codes)
            # Keys that nobody chose lie anywhere: then the order of the form says more.
            chosen = all(code.hotkey for code in side.codes)
            hands.append(keyboard.hand(keys) if chosen else None)
        if len(filled) > 1 and hands == [Hand.RIGHT, Hand.LEFT]:
            filled[:2], hands = [filled[1], filled[0]], [Hand.LEFT, Hand.RIGHT]
        if hands != [Hand.LEFT, Hand.RIGHT]:
            hands = []
        lines = []
        for start in range(0, len(filled), 2):
            pair = filled[start : start + 2]
            by_hand = hands if start == 0 else []
            lines.append(
                tuple(self._block(side, by_hand[n] if by_hand else None, len(pair)) for n, side in enumerate(pair))
            )
        self._lines = tuple(lines)

    def set_marked(self, *, marked: bool) -> None:
        """Draw the ring: the codes belong to an interval that is being corrected."""
        if marked != self._is_marked:
            self._is_marked = marked
            self.update()

    def height_of(self, cell: int, width: int) -> int:
        """Return the height of everything with cells of this height."""
        lines = self._stacked(width)
        rows = sum(max(block.rows for block in line) for line in lines)
        heads = sum(_head() for line in lines if any(text_in(block.side.label, self._language) for block in line))
        return heads + rows * (cell + _row_gap(cell)) + (len(lines) - 1) * _LINES_GAP

    def least_height(self, width: int) -> int:
        """Return the least height at which nothing is cut."""
        return self.height_of(least_height(CellLook.SHORT), width)

    def lay_out_in(self, width: int, height: int) -> int:
        """Place every cell: as high as there is room, with as many words; return the height taken."""
        lines = self._stacked(width)
        rows = max(1, sum(max(block.rows for block in line) for line in lines))
        fixed = self.height_of(0, width) - rows * _row_gap(0)
        each = (height - fixed) // rows
        cell = each - _row_gap(each - 11)
        look = self._look(width, cell)
        cell = max(least_height(look), min(cell, scaled(HEIGHT_LARGE)))
        self._words, self._rules, self._free = [], [], {}
        y = 0
        for line in lines:
            each_width = (width - 2 * _MARGIN - _SIDES_GAP * (len(line) - 1)) // len(line)
            for number, block in enumerate(line):
                self._place_block(block, _MARGIN + number * (each_width + _SIDES_GAP), y, each_width, cell, look)
            headed = any(text_in(block.side.label, self._language) for block in line)
            y += (_head() if headed else 0) + max(block.rows for block in line) * (cell + _row_gap(cell)) + _LINES_GAP
        self.update()
        return y - _LINES_GAP

    def free_beside(self, full: str) -> QRect:
        """Where words beside a code fit: at the end of its row; empty where there is no room."""
        return self._free.get(full, QRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names of the sides and their hands, hairlines between rows, the ring of a correction."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        for rect, name, hand in self._words:
            taken = draw_text(painter, rect.adjusted(0, 0, 0, -4), name, font=font("heading"), color=color("ink"))
            beside = rect.adjusted(taken + 8, 0, 0, -3)
            draw_text(painter, beside, hand, font=font("small"), color=color("muted"))
            hairline(painter, rect, "ink")
        for rect in self._rules:
            hairline(painter, rect)
        if self._is_marked:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accent"), 2))
            edge = tokens().size.radius_button
            painter.drawRoundedRect(self.rect().adjusted(6, 1, -7, -2), edge, edge)

    # -- helpers

    def _block(self, side: Side, hand: Hand | None, in_line: int) -> _Block:
        fulls = [side.full(code) for code in side.codes]
        if hand is None:
            columns = min(len(fulls), REACH if in_line > 1 else _WIDE_COLUMNS)
            cells = tuple((full, number // columns, number % columns) for number, full in enumerate(fulls))
            return _Block(side, cells, -(-len(fulls) // columns), columns, None)
        keyboard = own_keyboard()
        places = {full: keyboard.place(self.toggles[full].key) or (0, 0) for full in fulls}
        rows = sorted({row for row, _column in places.values()})
        first = REACH if hand is Hand.RIGHT else 0
        cells = tuple((full, rows.index(places[full][0]), places[full][1] - first) for full in fulls)
        return _Block(side, cells, len(rows), REACH, hand)

    def _stacked(self, width: int) -> tuple[tuple[_Block, ...], ...]:
        """Pairs of sides, or one under the other where the window is too narrow for two."""
        columns = max((sum(block.columns for block in line) for line in self._lines), default=1)
        if (width - 2 * _MARGIN - _SIDES_GAP) / columns >= _LEAST_WIDTH:
            return self._lines
        return tuple((block,) for line in self._lines for block in line)

    def _look(self, width: int, cell: int) -> CellLook:
        """Return how much cells of this height say."""
        wide = small = True
        for line in self._stacked(width):
            room = (width - 2 * _MARGIN - _SIDES_GAP * (len(line) - 1)) // len(line)
            for block in line:
                each = (room + 2 * PAD) // block.columns - 2
                cells = [self.toggles[full] for full, _row, _column in block.cells]
                wide = wide and all(one.least_width() <= each for one in cells)
                small = small and all(one.small_width() <= each for one in cells if isinstance(one, CodeCell))
        looks = (
            (CellLook.FULL, wide),
            (CellLook.SMALL, small),
            (CellLook.SHORT, wide),
            (CellLook.NARROW, not small),
        )
        return next((look for look, fits in looks if fits and cell >= least_height(look)), CellLook.TIGHT)

    def _place_block(self, block: _Block, left: int, top: int, width: int, cell: int, look: CellLook) -> None:
        name = text_in(block.side.label, self._language)
        if name:
            hands = {Hand.LEFT: self.tr("left hand"), Hand.RIGHT: self.tr("right hand"), None: ""}
            self._words.append((QRect(left, top, width, scaled(_HEAD)), name, hands[block.hand]))
            top += _head()
        gap = _row_gap(cell)
        # Words of a cell begin where the side begins, its plane a little before.
        edges = [left - PAD + round(n * (width + 2 * PAD) / block.columns) for n in range(block.columns + 1)]
        last = {row: max(column for _full, at, column in block.cells if at == row) for _full, row, _c in block.cells}
        for full, row, column in block.cells:
            y = top + row * (cell + gap)
            toggle = self.toggles[full]
            toggle.setGeometry(edges[column], y, edges[column + 1] - edges[column] - 2, cell)
            if isinstance(toggle, CodeCell):
                toggle.set_look(look)
            free = block.columns - 1 - last[row]
            same = [other for other, at, _c in block.cells if at == row and self.toggles[other].code.comment]
            if free > 1 and same == [full]:
                tall = min(cell, scaled(_FIELD))
                start = edges[last[row] + 1]
                self._free[full] = QRect(start, y + (cell - tall) // 2, left + width - start, tall)
        for row in range(block.rows):
            self._rules.append(QRect(left, top + row * (cell + gap) + cell + gap // 2 - 1, width, 2))


def _head() -> int:
    return scaled(_HEAD) + _HEAD_GAP


def _row_gap(cell: int) -> int:
    return 11 if cell >= 50 else 7
