"""A small button that shows its key: a keycap and a word or two. Ticked, the cap is filled and the word stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from observe_app.ui.form_panel.form_item import mirrored
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, rounded
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable

_GAP = 6
_PAD = 4
_ICON = 16
ROW_GAP = 4


class KeyButton(QAbstractButton):
    """A key and what it does; a click does the same.

    Args:
        cap: key shown, "" for none. words: what it does, "" for an icon alone.
        name: accessible name, the words where "".
        icon: shown instead of a keycap.
        checkable: it says a state, too.
    """

    def __init__(
        self,
        cap: str,
        words: str,
        parent: QWidget,
        *,
        name: str = "",
        icon: str = "",
        checkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._cap = cap
        self._icon = icon
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(name or words)
        if name:
            self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def cap(self) -> str:
        """The key shown."""
        return self._cap

    def sizeHint(self) -> QSize:
        """As wide as key and words, at least as large as a pointer needs."""
        least = tokens().size.target
        width = 2 * _PAD + self._head_width()
        if self.text():
            # As wide ticked as not, so that nothing moves.
            words = QFontMetrics(self._look(ticked=self.isCheckable())).horizontalAdvance(self.text()) + 1
            width += words + (_GAP if self._head_width() else 0)
        return QSize(max(least, width), max(least, tokens().type["small"].line + 6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane under the pointer, cap or icon, words."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rect = QRectF(self.rect())
        on = self.isChecked()
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            rounded(painter, rect, tokens().size.radius_button, fill=color("tint2" if self.isDown() else "hover"))
        ink = color("muted" if not self.isEnabled() else "accent" if on else "ink")
        x, head = float(_PAD), self._head_width()
        if self._icon:
            place = mirrored(painter, QRectF(x, (rect.height() - scaled(_ICON)) / 2, scaled(_ICON), scaled(_ICON)))
            paint_icon(painter, place, self._icon, ink)
        elif self._cap:
            height = tokens().size.key_cap
            box = QRectF(x, (rect.height() - height) / 2, head, height)
            paint_key_cap(painter, mirrored(painter, box), self._cap, active=self.isEnabled(), ticked=on)
        if head:
            x += head + _GAP
        if self.text():
            box = QRectF(x, 0, rect.width() - x - _PAD, rect.height())
            draw_text(painter, mirrored(painter, box), self.text(), font=self._look(ticked=on), color=ink)

    def _head_width(self) -> int:
        if self._icon:
            return scaled(_ICON)
        return key_cap_width(self._cap) if self._cap else 0

    def _look(self, *, ticked: bool) -> QFont:
        return font("small", weight=600 if ticked else None)


def flow(buttons: Iterable[QWidget], left: int, top: int, right: int, gap: int = 8) -> int:
    """Place widgets beside each other, on further lines where they do not fit; return the bottom of the last line."""
    x, y, line = left, top, 0
    for button in buttons:
        size = button.sizeHint().boundedTo(button.maximumSize())
        if x > left and x + size.width() > right:
            x, y, line = left, y + line + ROW_GAP, 0
        button.setGeometry(x, y, min(size.width(), right - left), size.height())
        x += size.width() + gap
        line = max(line, size.height())
    return y + line
