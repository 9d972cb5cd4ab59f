"""The stream standing on the note line, with what floats at its lower edge: "3 newer", and what undo can bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.observe.stream_view import StreamView
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import Button, ButtonSize
from observe_app.ui.widgets.paint import draw_text, hairline, rounded

if TYPE_CHECKING:
    from observe_app.ui.observe.stream_model import StreamModel

NOTICE_MS = 6000
_NOTICE = 30


class Notice(QWidget):
    """One sentence at the bottom of the stream for six seconds.

    Signals:
        shown_changed: it came or went; the stream makes room.
    """

    shown_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE_MS)
        self._timer.timeout.connect(self._on_time_up)
        self.setObjectName("notice")
        self.hide()

    @property
    def text(self) -> str:
        """The sentence; it stays readable after the line went away."""
        return self._text

    def say(self, text: str) -> None:
        """Show a sentence for six seconds."""
        self._text = text
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self.update()
        self._timer.start()
        self.shown_changed.emit()

    @Slot()
    def _on_time_up(self) -> None:
        self.hide()
        self.shown_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, hairline, words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("side"))
        hairline(painter, self.rect().adjusted(0, 0, 0, -self.height() + 1))
        rect = self.rect().adjusted(24, 0, -16, 0)
        draw_text(painter, rect, self._text, font=font("small"), color=color("ink"))


class _Floating(Button):
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), tokens().size.radius_button, fill=color("bg"))
        super().paintEvent(event)


class StreamPane(QWidget):
    """Holds the stream so that few rows stand at the bottom, where the next one comes."""

    def __init__(self, model: StreamModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = StreamView(self)
        self.view.setModel(model)
        self.notice = Notice(self)
        self.newer_button = _Floating("", self, size=ButtonSize.SMALL, icon="arrow-down")
        self.newer_button.setObjectName("newer")
        self.newer_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.newer_button.hide()
        self._over: QWidget | None = None
        self.view.content_changed.connect(self._place)
        self.view.newer_changed.connect(self._on_newer)
        self.newer_button.clicked.connect(self.view.go_to_end)
        self.notice.shown_changed.connect(self._place)
        model.rowsRemoved.connect(self._on_removed)
        model.rowsMoved.connect(self._on_removed)

    def set_over(self, widget: QWidget | None) -> None:
        """Show a widget in place of the rows (what a visit says before its first note), None to take it away."""
        if widget is None and self._over is None and not self.view.isHidden():
            return  # said again with every note
        if self._over is not None and self._over is not widget:
            self._over.hide()
        self._over = widget
        if widget is not None:
            widget.setParent(self)
            widget.show()
        self.view.setVisible(widget is None)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Room for three rows."""
        return QSize(320, 3 * tokens().size.row_note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand on the lower edge."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground behind few rows."""
        QPainter(self).fillRect(QRectF(self.rect()), color("bg"))

    @Slot()
    def _place(self) -> None:
        gap = 9 if self.notice.isHidden() else scaled(_NOTICE)
        room = max(0, self.height() - gap)
        if self.view.width() != self.width():
            self.view.resize(self.width(), max(1, self.view.height()))
        self.view.fit(room)
        height = min(room, max(self.view.content_height(), 1))
        self.view.setGeometry(0, room - height, self.width(), height)
        if self._over is not None:
            self._over.setGeometry(self.rect())
        self.notice.setGeometry(0, self.height() - scaled(_NOTICE), self.width(), scaled(_NOTICE))
        self._place_newer()

    @Slot()
    def _on_removed(self) -> None:
        self.view.fit()
        self._place()

    @Slot(int)
    def _on_newer(self, count: int) -> None:
        self.newer_button.setVisible(count > 0)
        if count:
            self.newer_button.setText(self.tr("%n newer", "", count))
            self._place_newer()

    def _place_newer(self) -> None:
        size = self.newer_button.sizeHint()
        left = (self.width() - size.width()) // 2
        below = 10 if self.notice.isHidden() else scaled(_NOTICE) + 6
        self.newer_button.setGeometry(left, self.height() - size.height() - below, size.width(), size.height())
        self.newer_button.raise_()
