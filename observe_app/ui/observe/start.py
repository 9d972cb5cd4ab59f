"""Before the first note: what the lesson waits for; and in a narrow window the way to the form."""

from __future__ import annotations

from textwrap import shorten

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.form_panel.item_keys import FORM_KEY
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, FocusPanel, TextLabel, TimeLineMark
from observe_app.ui.widgets.paint import RIGHT, draw_text, key_cap_width, paint_key_cap

_MARGIN = 24
_MARK_FROM = 250
_FOCUS_SHOWN = 280
_FOCUS_WIDTH = 640


class LessonStart(QWidget):
    """In place of the empty stream: start the lesson, or simply write."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_start")
        self._mark = TimeLineMark(self)
        self.sentence = TextLabel("", self, step="empty", wrap=True)
        self.text_label = TextLabel("", self, step="lead", tone="muted", wrap=True)
        self.focus_panel = FocusPanel("", self, label=self.tr("Focus agreed"), plain=True)
        self.focus_panel.setMaximumWidth(scaled(_FOCUS_WIDTH))
        self.start_button = Button(
            self.tr("Start the lesson"), self, kind=ButtonKind.PRIMARY, size=ButtonSize.MAIN, keys=self.tr("Ctrl Enter")
        )
        self.start_button.setObjectName("start_lesson")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(self._mark)
        column.addSpacing(28)
        column.addWidget(self.sentence)
        column.addSpacing(6)
        column.addWidget(self.text_label)
        column.addSpacing(20)
        column.addWidget(self.focus_panel)
        self._gap = QWidget(self)
        self._gap.setFixedHeight(20)
        column.addWidget(self._gap)
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self.set_begun(begun=False)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawn line is the first to go where it is low."""
        super().resizeEvent(event)
        self._mark.setVisible(event.size().height() >= scaled(_MARK_FROM))

    def set_begun(self, *, begun: bool, focus: str = "") -> None:
        """Say what comes next, and what the teacher asked to look for."""
        words = shorten(focus, _FOCUS_SHOWN, placeholder="…")
        self.focus_panel.set_text(words)
        for widget in (self.focus_panel, self._gap):
            widget.setVisible(bool(words))
        if begun:
            self.sentence.setText(self.tr("The lesson runs"))
            self.text_label.setText(self.tr("Type what you see and hear. Enter keeps it."))
        else:
            self.sentence.setText(self.tr("Ready when the lesson is"))
            self.text_label.setText(self.tr("The clock starts with the button, or with the first key you type."))
        self.start_button.setVisible(not begun)


class FormBar(QWidget):
    """Above the note line of a narrow window: holding Alt shows the form.

    Signals:
        pressed: the bar was clicked, the way without a keyboard.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Show the form"))
        self.hide()

    def sizeHint(self) -> QSize:
        """32 high."""
        return QSize(200, scaled(32))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the form."""
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Side plane, key, words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("side"))
        words = self.tr("shows the form")
        rect = QRectF(self.rect()).adjusted(_MARGIN, 0, -16, 0)
        width = draw_text(painter, rect, words, font=font("small"), color=color("muted"), align=RIGHT)
        cap, high = key_cap_width(FORM_KEY), scaled(18)
        box = QRectF(rect.right() - width - cap - 8, (self.height() - high) / 2, cap, high)
        paint_key_cap(painter, box, FORM_KEY)
