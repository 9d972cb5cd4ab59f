"""A code on the board: large enough to be found without looking for it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from observe_app.ui.form_panel.code_grid import CodeToggle
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_dot, paint_key_cap, rounded

PAD = 10
_GAP = 8
_MARK = 15
_RING = 10
_CLOSE = 6
_TIGHT = 4


class CellLook(Enum):
    """How much a cell says."""

    FULL = "full"
    """Key and code, the meaning below."""
    SMALL = "small"
    """The same, closer together: the room is a little low or narrow."""
    SHORT = "short"
    """Key and code: the room is low."""
    NARROW = "narrow"
    """Key above code: the room is narrow."""
    TIGHT = "tight"
    """Key and a smaller code: the room is narrow and low."""


def least_height(look: CellLook) -> int:
    """Return the height below which a cell's words are cut."""
    types = tokens().type
    if look in (CellLook.SHORT, CellLook.TIGHT):
        return max(tokens().size.target, types["note"].line + 2)
    if look is CellLook.SMALL:
        return types["text"].line + types["axis"].line + 2
    return types["note"].line + types["axis"].line + 4


class CodeCell(CodeToggle):
    """One code: key, code, meaning. Ticked: filled, with a check. Ticked in the last interval: a ring."""

    look = CellLook.FULL

    def least_width(self) -> int:
        """The width at which key, code and check stand beside each other."""
        cap = key_cap_width(self.key.upper()) + _GAP if self.key else 0
        return 2 * PAD + cap + QFontMetrics(self._code_font()).horizontalAdvance(self.code.id) + scaled(_MARK) + 4

    def small_width(self) -> int:
        """The same where they stand closer."""
        cap = key_cap_width(self.key.upper()) + _CLOSE if self.key else 0
        words = QFontMetrics(font("text", weight=600)).horizontalAdvance(self.code.id)
        return PAD + cap + words + 2 + scaled(_MARK) + _TIGHT

    def set_look(self, look: CellLook) -> None:
        """Say as much as there is room for."""
        if look is not self.look:
            self.look = look
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, key, code, mark, meaning."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rect, on = QRectF(self.rect()), self.isChecked()
        radius = tokens().size.radius_button
        if on:
            rounded(painter, rect, radius, fill=color("fill_pressed" if self.isDown() else "fill"))
        elif self.isDown() or self.underMouse():
            rounded(painter, rect, radius, fill=color("tint2" if self.isDown() else "hover"))
        if self.look is CellLook.TIGHT:
            self._paint_tight(painter)
            return
        types, small = tokens().type, self.look is CellLook.SMALL
        head = types["text" if small else "note"].line
        below = 0 if self.look is CellLook.SHORT else types["axis"].line
        air = 3 if below and rect.height() >= scaled(50) else 0
        top = max(0.0, (rect.height() - head - below - air) / 2 - air)
        x, cap_height = float(PAD), tokens().size.key_cap
        right = rect.width() - (_TIGHT if small else PAD)
        ink = color("onfill" if on else "ink")
        self._paint_mark(painter, QPointF(right, top + head / 2))
        if self.key:
            cap = self.key.upper()
            width = key_cap_width(cap)
            paint_key_cap(painter, QRectF(x, top + (head - cap_height) / 2, width, cap_height), cap, on_fill=on)
            if self.look is not CellLook.NARROW:
                x += width + (_CLOSE if small else _GAP)
        if self.look is CellLook.NARROW:
            box = QRectF(x, top + head - 2, rect.width() - x - 2, below + 4)
            draw_text(painter, box, self.code.id, font=font("body", weight=600), color=ink)
            return
        room = right - x - (scaled(_MARK) if on or self.was_ticked else 0)
        look = font("text", weight=600) if small else self._code_font()
        draw_text(painter, QRectF(x, top, room, head), self.code.id, font=look, color=ink)
        if below:
            box = QRectF(PAD, top + head - 1 + air, rect.width() - PAD - 2, below)
            draw_text(painter, box, self.meaning, font=font("axis"), color=color("onfill" if on else "muted"))

    def _paint_mark(self, painter: QPainter, at: QPointF) -> None:
        if self.isChecked():
            size = scaled(_MARK)
            paint_icon(painter, QRectF(at.x() - size + 2, at.y() - size / 2, size, size), "check", color("onfill"))
        elif self.was_ticked:
            ring = scaled(_RING)
            paint_dot(painter, QPointF(at.x() - ring / 2 - 1, at.y()), ring, "accent", filled=False, pen=2)

    def _paint_tight(self, painter: QPainter) -> None:
        """Key and code with as little between them as needed; where no mark fits the plane alone says ticked."""
        cap, on, height = self.key.upper(), self.isChecked(), tokens().size.key_cap
        look, mark = font("text", weight=600), scaled(_MARK)
        words = QFontMetrics(look).horizontalAdvance(self.code.id)
        width = key_cap_width(cap) if cap else 0
        gap = _GAP if self.width() - width - words >= 2 * PAD + _GAP else _TIGHT
        x, middle = float(PAD), self.height() / 2
        if cap:
            paint_key_cap(painter, QRectF(x, middle - height / 2, width, height), cap, on_fill=on)
            x += width + gap
        box = QRectF(x, 0, self.width() - x, self.height())
        draw_text(painter, box, self.code.id, font=look, color=color("onfill" if on else "ink"))
        if self.width() - x - words >= mark + PAD:
            self._paint_mark(painter, QPointF(self.width() - PAD, middle))
        elif self.was_ticked and not on:
            paint_dot(painter, QPointF(self.width() - 6, 7), 8, "accent", filled=False, pen=2)

    def _code_font(self) -> QFont:
        return font("note", weight=600)
