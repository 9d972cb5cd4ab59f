"""One form to choose: a row of one line with its circle, its name and a word at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from observe_app.ui.theme import color, font, scaled, set_focus_ring, tokens
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text, paint_dot, paint_inner_focus, paint_selection
from observe_app.ui.widgets.tips import plain_tip

_LEAD, _SIDE, _GAP, _CENTRE = 36, 12, 10, 20


class FormChoice(QAbstractButton):
    """One form as a radio row.

    Signals:
        reached: the keyboard or the pointer came here.
        moved: -1 for the row before, 1 for the one after.
    """

    reached = Signal()
    moved = Signal(int)

    def __init__(self, form_id: str, title: str, parent: QWidget | None = None, *, aside: str = "") -> None:
        """Make a row; `aside` are the muted words at the right."""
        super().__init__(parent)
        self.form_id = form_id
        self._aside = aside
        self.setText(title)
        self.setObjectName(f"form_{form_id or 'none'}")
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setToolTip(plain_tip(title))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_ring(self, shown=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(scaled(240), tokens().size.row_item)

    def minimumSizeHint(self) -> QSize:
        """Names elide."""
        return QSize(scaled(80), tokens().size.row_item)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.reached.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say that the pointer came here once it is let go: what is said scrolls the list away from under it."""
        super().mouseReleaseEvent(event)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows look, Space and Enter choose: going past a form must not take it."""
        key, plain = event.key(), event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, circle, words."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        chosen = self.isChecked()
        if chosen:
            paint_selection(painter, self.rect(), right_to_left=mirrored)
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), color("hover"))
        middle = QRectF(self.width() - _CENTRE if mirrored else _CENTRE, self.height() / 2, 0, 0).topLeft()
        paint_dot(painter, middle, 14, "accent" if chosen else "ctl", filled=False)
        if chosen:
            paint_dot(painter, middle, 7, "accent", filled=True)
        inner = QRectF(self.rect().adjusted(_SIDE if mirrored else _LEAD, 0, -_LEAD if mirrored else -_SIDE, 0))
        if self._aside:
            width = QFontMetrics(font("small")).horizontalAdvance(self._aside) + 1
            tone = color("muted" if self.isEnabled() else "warm")
            draw_text(painter, inner, self._aside, font=font("small"), color=tone, align=RIGHT)
            inner.adjust(width + _GAP if mirrored else 0, 0, 0 if mirrored else -width - _GAP, 0)
        tone = color("ink" if self.isEnabled() else "muted")
        draw_text(painter, inner, self.text(), font=font("text", weight=600 if chosen else 400), color=tone, align=LEFT)
        if self.hasFocus():
            paint_inner_focus(painter, self.rect())
