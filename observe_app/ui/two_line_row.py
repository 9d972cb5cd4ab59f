"""A row of two lines: a day or an icon in front, who and what, one thing to do. A click on the row opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets.paint import RIGHT, draw_text, hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from observe_app.ui.widgets import Button

_DAY = 108
_ICON = 30


class TwoLineRow(QWidget):
    """A day, or an icon, in front of two lines; a button or muted words at the end.

    Args:
        lead: the day, such as "Tue 10 Mar". icon: shown instead of it, in a side panel.
        name: first words of the first line, in 600. rest: what follows on the line, muted.
        second: the second line.
        button: what can be done; None for none.
        aside: muted words where the button would be.

    Signals:
        opened: the row was clicked, or Enter pressed on it.
    """

    opened = Signal()

    def __init__(
        self,
        name: str,
        rest: str = "",
        second: str = "",
        parent: QWidget | None = None,
        *,
        lead: str = "",
        icon: str = "",
        button: Button | None = None,
        aside: str = "",
        warn: bool = False,
    ) -> None:
        super().__init__(parent)
        self._lead, self._icon, self._name, self._rest, self._second = lead, icon, name, rest, second
        self._button, self._aside, self._warn = button, aside, warn
        self.setFixedHeight(tokens().size.row_two_line if lead else scaled(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is None else Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = ", ".join(part for part in (lead, name, rest, second, aside) if part)
        self.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.addStretch(1)
        if button is not None:
            button.setAccessibleDescription(words)
            row.addWidget(button)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, self.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, _event: object) -> None:
        """What does not fit is in the tooltip."""
        metrics = QFontMetrics(font("text", weight=600))
        text = f"{self._name} · {self._rest}" if self._rest else self._name
        small = QFontMetrics(font("small")).horizontalAdvance(self._second)
        room = self._words().width()
        cut = metrics.horizontalAdvance(text) > room or small > room
        self.setToolTip(plain_tip(f"{text}\n{self._second}".strip()) if cut else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hover plane, day or icon, two lines, words at the end, rule."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), color("hover"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._icon:
            side = tokens().size.icon
            left = self.width() - side if mirrored else 0
            paint_icon(painter, QRect(left, scaled(10), side, side).toRectF(), self._icon, color("muted"))
        elif self._lead:
            tone = color("warm" if self._warn else "ink")
            lead = QRect(self.width() - scaled(_DAY) if mirrored else 0, 0, scaled(_DAY) - 8, self.height())
            draw_text(painter, lead, self._lead, font=font("text", weight=600, tabular=True), color=tone)
        self._paint_words(painter)
        if self._aside:
            draw_text(painter, self.rect(), self._aside, font=font("small"), color=color("muted"), align=RIGHT)
        hairline(painter, self.rect())

    def _words(self) -> QRect:
        lead = _ICON - 18 + tokens().size.icon if self._icon else scaled(_DAY) if self._lead else 0
        tail = self._button.sizeHint().width() + 16 if self._button is not None else 0
        if self._aside:
            tail = max(tail, QFontMetrics(font("small")).horizontalAdvance(self._aside) + 16)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.rect().adjusted(tail if mirrored else lead, 0, -lead if mirrored else -tail, 0)

    def _paint_words(self, painter: QPainter) -> None:
        rect = self._words()
        middle = rect.center().y()
        first = QRect(rect.left(), middle - scaled(20), rect.width(), scaled(20))
        weight = 400 if self._icon else 600
        bold = font("text", weight=weight)
        width = draw_text(painter, first, self._name, font=bold, color=color("ink"), elide=Qt.TextElideMode.ElideMiddle)
        if self._rest and rect.width() - width > 40:
            taken = width + 4
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            rest = first.adjusted(0 if mirrored else taken, 0, -taken if mirrored else 0, 0)
            draw_text(painter, rest, f"· {self._rest}", font=font("text"), color=color("muted"))
        second = QRect(rect.left(), middle, rect.width(), scaled(18))
        draw_text(painter, second, self._second, font=font("small", tabular=True), color=color("muted"))
