"""One option of a choice: its key, its words, and what it means on a line of its own where there is room for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from observe_app.ui.form_panel.form_item import WrappedText, mirrored, small_line
from observe_app.ui.theme import color, font, scaled, set_focus_ring, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import key_cap_width, paint_key_cap, rounded

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item

_PAD = 4
_GAP = 6
_TICK = 16
_LEAST = 26


class OptionButton(QAbstractButton):
    """Checkable. Narrow it shows key and words; as a row also its help, wrapped to the width it is given.

    Args:
        key: "" for none. tells: item and option, for a screen reader.
    """

    def __init__(self, key: str, words: str, told: str, tells: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.told = told
        self._lines: tuple[WrappedText, WrappedText | None] | None = None
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(tells)
        self.setAccessibleDescription(told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_focus_ring(self, shown=False)  # rows lie close: theirs is drawn inside the edge

    def sizeHint(self) -> QSize:
        """Key and words in one line, as wide chosen as not, so that nothing moves."""
        words = QFontMetrics(self._look(chosen=True)).horizontalAdvance(self.text()) + 2
        return QSize(2 * _PAD + self._head() + words, max(scaled(_LEAST), tokens().size.target))

    def lay_out(self, width: int, *, told: bool) -> int:
        """Wrap the words to a width, with the help where asked; return the height this takes."""
        room = width - 2 * _PAD - self._head()
        words = WrappedText(self.text(), self._look(chosen=True), small_line(), room)
        help_text = WrappedText(self.told, font("small"), small_line(), room) if told and self.told else None
        self._lines = words, help_text
        return max(scaled(_LEAST), words.height + (help_text.height if help_text else 0) + 2 * _PAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane under the pointer, key or tick, words, help."""
        if self._lines is None:
            return
        painter = QPainter(self)
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        if self.isDown() or self.underMouse():
            rounded(painter, rect, tokens().size.radius_button, fill=color("tint2" if self.isDown() else "hover"))
        words, told = self._lines
        height = tokens().size.key_cap
        top = _PAD if told or words.lines > 1 else (rect.height() - small_line()) / 2
        if self.key:
            box = QRectF(_PAD, top, key_cap_width(self.key), height)
            paint_key_cap(painter, mirrored(painter, box), self.key, ticked=chosen)
        else:
            box = mirrored(painter, QRectF(_PAD + 2, top + 1, scaled(_TICK), scaled(_TICK)))
            rounded(painter, box, tokens().size.radius_key, edge=color("ctl"), fill=color("fill") if chosen else None)
            if chosen:
                paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", color("onfill"))
        left = _PAD + self._head()
        shown = WrappedText(self.text(), self._look(chosen=chosen), small_line(), rect.width() - left - _PAD + 1)
        shown.draw(painter, left, top, "accent" if chosen else "ink")
        if told is not None:
            told.draw(painter, left, top + words.height, "muted")
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = tokens().size.radius_button
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def _head(self) -> int:
        return (key_cap_width(self.key) if self.key else scaled(_TICK) + 4) + _GAP

    def _look(self, *, chosen: bool) -> QFont:
        return font("small", weight=600 if chosen else None)


_LETTERS = "ABCDEFGHIJKMNOPQRSTUVWYZ"


def option_keys(item: Item) -> tuple[str, ...]:
    """Return the key of each option, "other" last: digits, then letters, without those that say why there is none."""
    count = len(item.options) + (1 if item.other else 0)
    keys = (*"123456789", *_LETTERS)
    return tuple(keys[place] if place < len(keys) else "" for place in range(count))
