"""The small field under the lesson clock in which its time is corrected."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.lesson_clock import parse_clock
from observe_app.domain.note_line import clock_text
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets import Button, ButtonKind, LineEdit, TextLabel
from observe_app.ui.widgets.paint import rounded

_PAD = 16
_MOST = 24 * 60 * 60_000


class ClockField(QFrame):
    """Enter sets the lesson's time, Esc or going elsewhere leaves it as it is. It lies over the page it opens in.

    Signals:
        chosen: lesson time in ms, as an object.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock_field")
        self.setAccessibleName(self.tr("Correct the lesson time"))
        self._before: QWidget | None = None
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 12, _PAD, _PAD)
        column.setSpacing(8)
        self.label = TextLabel(self.tr("Lesson time now"), self, step="small", tone="muted")
        self.edit = LineEdit(parent=self)
        self.edit.setObjectName("lesson_time")
        self.edit.setMaxLength(9)
        self.edit.setAccessibleName(self.tr("Lesson time now, minutes and seconds"))
        self.set_button = Button(self.tr("Set"), self, kind=ButtonKind.PRIMARY)
        self.hint = TextLabel("", self, step="small", tone="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.set_button)
        column.addWidget(self.label)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.edit.setMinimumWidth(QFontMetrics(font("text", tabular=True)).horizontalAdvance("000:00:00") + 24)
        self.edit.setFont(font("text", tabular=True))
        self.edit.returnPressed.connect(self._on_chosen)
        self.set_button.clicked.connect(self._on_chosen)
        for part in (self.edit, self.set_button):
            part.installEventFilter(self)

    def ask(self, now_ms: int, window: QWidget, below: QPoint) -> None:
        """Open with the present time.

        Args:
            now_ms: the present time.
            window: whose child it becomes.
            below: where its top right corner goes, in the window.
        """
        self._before = QApplication.focusWidget()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._say("")
        self.edit.setText(clock_text(now_ms))
        self.edit.selectAll()
        self.adjustSize()
        left = max(0, min(below.x(), window.width()) - self.width())
        self.move(left, max(0, min(below.y(), window.height() - self.height())))
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes and changes nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It closes when the keyboard goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            now = QApplication.focusWidget()
            if now is not None and not self.isAncestorOf(now):
                self.hide()
        return super().eventFilter(watched, event)

    @Slot()
    def leave(self) -> None:
        """Close, and give the keyboard back to what had it."""
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plane with an edge."""
        radius = tokens().size.radius_dialog
        rounded(QPainter(self), QRectF(self.rect()), radius, fill=color("bg"), edge=color("ctl"))

    @Slot()
    def _on_chosen(self) -> None:
        ms = parse_clock(self.edit.text())
        if ms is None or ms > _MOST:
            self._say(self.tr("This is no lesson time. Write it like 31:40."), wrong=True)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit.selectAll()
            return
        self.leave()
        self.chosen.emit(ms)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.hint.setText(words or self.tr("From now on; notes keep their times. Ctrl Z takes it back."))
        self.hint.set_tone("warm" if wrong else "muted")
        self.adjustSize()
