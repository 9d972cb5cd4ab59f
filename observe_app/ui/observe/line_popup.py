"""What can be picked while the note line is typed: tags, form items, commands. It never takes Enter by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, paint_selection, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 12
_LEAST = 3
_WIDTH = 220
_WIDEST = 420
_ROW = 28
_PAD = 4
_SIDE = 14


@dataclass(frozen=True, slots=True)
class Offer:
    """One row.

    Attributes:
        value: what is handed over when it is picked. text: what it is called. key: shown as a keycap before it.
        detail: shown muted behind it.
    """

    value: str
    text: str
    key: str = ""
    detail: str = ""


class LinePopup(QWidget):
    """A few rows above the note line, picked with the arrows and Enter or with the pointer.

    Signals:
        picked: value of the row that was clicked.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._offers: tuple[Offer, ...] = ()
        self._current = -1
        self.hide()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered, from top to bottom; nothing while hidden."""
        return self._offers if self.isVisible() else ()

    @property
    def chosen(self) -> str | None:
        """Value of the row picked with the arrows, None while none is."""
        return self._offers[self._current].value if self.isVisible() and self._current >= 0 else None

    def show_offers(self, offers: Sequence[Offer], bottom_left: tuple[int, int], name: str) -> None:
        """Show rows, their lower left corner at this place of the parent; hide without any.

        Args:
            offers: from top to bottom; as many as have room are shown.
            bottom_left: where the lower left corner goes, moved left where there is no room.
            name: what a screen reader calls the list.
        """
        room = max(_LEAST, (bottom_left[1] - 2 * _PAD) // scaled(_ROW))
        shown = tuple(offers[: min(_MOST, room)])
        if shown != self._offers:
            self._current = -1
        self._offers = shown
        self.setAccessibleName(name)
        self.setVisible(bool(shown))
        if shown:
            size, parent = self.sizeHint(), self.parentWidget()
            left = bottom_left[0] if parent is None else max(0, min(bottom_left[0], parent.width() - size.width()))
            self.setGeometry(left, bottom_left[1] - size.height(), size.width(), size.height())
            self.raise_()
            self.update()

    def close_offer(self) -> None:
        """Offer nothing."""
        self._offers, self._current = (), -1
        self.hide()

    def step(self, down: int) -> None:
        """Move the choice: +1 down, -1 up; the first step up lands on the nearest row, beyond the ends on none."""
        count = len(self._offers)
        at = count - 1 if self._current < 0 and down < 0 else self._current + down
        self._current = at if 0 <= at < count else -1
        self.setAccessibleDescription(self._offers[self._current].text if self._current >= 0 else "")
        self.update()

    def sizeHint(self) -> QSize:
        """One row for each offer, as wide as the widest up to a limit."""
        cap = self._cap_width()
        text, small = QFontMetrics(font("text", weight=600)), QFontMetrics(font("small"))
        widest = max(
            (
                text.horizontalAdvance(one.text) + (small.horizontalAdvance(one.detail) + 16 if one.detail else 0)
                for one in self._offers
            ),
            default=0,
        )
        width = min(scaled(_WIDEST), max(scaled(_WIDTH), 2 * _SIDE + cap + widest + 4))
        return QSize(width, len(self._offers) * scaled(_ROW) + 2 * _PAD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the row under the pointer."""
        row = self._row_at(event)
        if 0 <= row < len(self._offers):
            self.picked.emit(self._offers[row].value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, edge, rows."""
        painter = QPainter(self)
        rounded(painter, self.rect().toRectF(), tokens().size.radius_button, fill=color("bg"), edge=color("line"))
        cap = self._cap_width()
        for row, offer in enumerate(self._offers):
            rect = QRect(1, _PAD + row * scaled(_ROW), self.width() - 2, scaled(_ROW))
            picked = row == self._current
            if picked:
                paint_selection(painter, rect)
            self._paint_row(painter, rect.adjusted(_SIDE, 0, -8, 0), offer, cap, picked=picked)

    def _paint_row(self, painter: QPainter, rect: QRect, offer: Offer, cap: int, *, picked: bool) -> None:
        height = scaled(18)
        if offer.key:
            width = key_cap_width(offer.key)
            box = QRectF(rect.left(), rect.top() + (rect.height() - height) / 2, width, height)
            paint_key_cap(painter, box, offer.key, active=False)
        rect = rect.adjusted(cap, 0, 0, 0)
        detail = QFontMetrics(font("small")).horizontalAdvance(offer.detail) + 16 if offer.detail else 0
        ink = font("text", weight=600 if picked else None)
        draw_text(painter, rect.adjusted(0, 0, -detail, 0), offer.text, font=ink, color=color("accent"))
        if offer.detail:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            draw_text(painter, rect, offer.detail, font=font("small"), color=color("muted"), align=right)

    def _cap_width(self) -> int:
        keys = [offer.key for offer in self._offers if offer.key]
        return max(key_cap_width(key) for key in keys) + 8 if keys else 0

    def _row_at(self, event: QMouseEvent) -> int:
        return (int(event.position().y()) - _PAD) // scaled(_ROW)
