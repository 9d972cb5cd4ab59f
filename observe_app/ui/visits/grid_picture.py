"""A sheet of ticks as it was understood: a line for each code, a square for each interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from observe_app.domain.form import text_in
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text, hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.services.exchange.interval_in import GridPreview
    from observe_app.services.exchange.interval_turned import GridCode

_LINE, _HEAD = 19, 20
_WIDEST = 16
_EVERY = 5


class GridPicture(QWidget):
    """The grid of a preview: what the sheet calls a code, which code that is, its ticks and their number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid_picture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Codes and intervals of the sheet"))
        self._preview: GridPreview | None = None
        self._language = ""
        self._ticks: dict[tuple[str, str], frozenset[int]] = {}
        self._last = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """What the lines say, such as "SAnQ → AnQ (Students)"."""
        return tuple(f"{code.head} {self._meaning(code)}".strip() for code in self._codes)

    def show_preview(self, preview: GridPreview, language: str) -> None:
        """Draw this preview, its sides and codes named in a language."""
        self._preview, self._language = preview, language
        ticks: dict[str, set[int]] = {}
        for index, full in preview.grid.ticks:
            ticks.setdefault(full, set()).add(index)
        self._ticks = {(code.head, code.full): frozenset(ticks.get(code.full, set())) for code in self._codes}
        self._last = max(preview.grid.present, default=0)
        counts = (
            self.tr("{code}: {n}").format(code=line, n=code.ticks)
            for code, line in zip(self._codes, self.lines, strict=True)
        )
        self.setAccessibleDescription("; ".join(counts))
        self.updateGeometry()
        self.update()

    @property
    def _codes(self) -> tuple[GridCode, ...]:
        return self._preview.grid.codes if self._preview is not None else ()

    def _meaning(self, code: GridCode) -> str:
        """Return what a heading became: the code where it is written otherwise, and the side."""
        found = self._preview.item.code(code.full) if self._preview is not None and code.full else None
        if found is None:
            return self.tr("left out") if code.how == "left_out" else self.tr("not in the form")
        side, own = found
        place = text_in(side.label, self._language)
        if code.head.casefold() == own.id.casefold():
            return f"({place})" if place else ""
        return f"→ {own.id} ({place})" if place else f"→ {own.id}"

    # --- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Every code has a line."""
        return QSize(scaled(480), scaled(_HEAD) + scaled(_LINE) * len(self._codes) + 2)

    def minimumSizeHint(self) -> QSize:
        """The names and a few squares."""
        return QSize(scaled(320), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heads of the intervals, then a line for each code."""
        if self._preview is None:
            return
        painter = QPainter(self)
        left, cell = self._left(), self._cell()
        small = font("axis", tabular=True)
        for index in range(self._last + 1):
            if index == 0 or (index + 1) % _EVERY == 0:
                width = max(cell, scaled(22))
                spot = QRect(round(left + index * cell + cell / 2 - width / 2), 0, round(width), scaled(_HEAD) - 4)
                draw_text(
                    painter, spot, str(index + 1), font=small, color=color("muted"), align=Qt.AlignmentFlag.AlignCenter
                )
        for number, code in enumerate(self._codes):
            top = scaled(_HEAD) + number * scaled(_LINE)
            self._paint_line(painter, code, QRect(0, top, self.width(), scaled(_LINE)), left, cell)

    def _paint_line(self, painter: QPainter, code: GridCode, line: QRect, left: int, cell: float) -> None:
        assert self._preview is not None  # noqa: S101  (asked before)
        hairline(painter, line)
        strong = font("small", weight=600)
        head = QRect(line.left(), line.top(), scaled(58), line.height())
        draw_text(painter, head, code.head or "?", font=strong, color=color("ink" if code.full else "warm"), align=LEFT)
        rest = QRect(head.right() + 6, line.top(), left - head.right() - 14, line.height())
        tone = "muted" if code.full or code.how == "left_out" else "warm"
        draw_text(painter, rest, self._meaning(code), font=font("small"), color=color(tone), align=LEFT)
        ticks = self._ticks.get((code.head, code.full), frozenset()) if code.full else frozenset()
        side = line.height() - 4
        gap = 1 if cell >= 4 else 0
        for index in self._preview.grid.present:
            spot = QRect(round(left + index * cell), line.top() + 1, max(1, round(cell) - gap), side)
            painter.fillRect(spot, color("accent" if index in ticks else "tint2" if code.full else "line2"))
        room = QRect(line.right() - scaled(30), line.top(), scaled(30), line.height())
        tone = "ink" if code.full and code.ticks else "muted"
        draw_text(painter, room, str(code.ticks), font=font("small", tabular=True), color=color(tone), align=RIGHT)

    def event(self, event: QEvent) -> bool:
        """A tip tells the whole of a line that is cut, and which interval is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._tip(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _tip(self, spot: QPoint) -> str:
        number = (spot.y() - scaled(_HEAD)) // scaled(_LINE)
        if self._preview is None or spot.y() < scaled(_HEAD) or number >= len(self._codes):
            return ""
        index = int((spot.x() - self._left()) // self._cell())
        if spot.x() < self._left() or index > self._last:
            return self.lines[number]
        return self.tr("{code}, interval {n}").format(code=self.lines[number], n=index + 1)

    def _left(self) -> int:
        """Where the squares begin: behind the longest name, within a third of the width."""
        metrics = QFontMetrics(font("small"))
        widest = max((metrics.horizontalAdvance(self._meaning(code)) for code in self._codes), default=0)
        return min(scaled(58) + widest + scaled(20), max(scaled(150), self.width() * 2 // 5))

    def _cell(self) -> float:
        room = self.width() - self._left() - scaled(36)
        return max(1.0, min(float(scaled(_WIDEST)), room / (self._last + 1)))
