"""One sentence and one action, or two answers, under the header; and the progress line with its words and a stop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.button import Button, ButtonKind, ButtonSize
from observe_app.ui.widgets.labels import ElidedLabel, TextLabel

_PROGRESS_AFTER = 500  # ms before a running job shows


class MessageKind(Enum):
    """Ground, ink of the action, usual icon."""

    NEWS = ("tint", "accent", "info")
    LOOK = ("warmtint", "warm", "triangle-alert")
    RISK = ("errtint", "err", "triangle-alert")


@dataclass(frozen=True, slots=True)
class Message:
    """What a message bar says.

    Attributes:
        key: tells messages apart, so that a page takes away only its own.
        action: word of the action, empty for none. second: the other answer where the sentence asks something.
        closable: False for a message that stays until it is no longer true.
    """

    kind: MessageKind
    text: str
    action: str = ""
    icon: str = ""
    key: str = ""
    closable: bool = True
    second: str = ""


class MessageBar(QWidget):
    """Shows one message at a time; a risk is never hidden by news.

    Signals:
        acted: the `Message` whose action the user chose.
        second_acted: the `Message` whose other answer the user chose.
        closed: the `Message` the user put away.
    """

    acted = Signal(object)
    second_acted = Signal(object)
    closed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self.setFixedHeight(tokens().size.message_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(26 + scaled(18), 0, 8, 0)
        row.setSpacing(8)
        self.text_label = ElidedLabel("", self, mode=Qt.TextElideMode.ElideRight)
        self.action_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.second_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.close_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Put this message away")
        )
        row.addWidget(self.text_label, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.second_button)
        row.addWidget(self.close_button)
        self.action_button.clicked.connect(self._on_acted)
        self.second_button.clicked.connect(self._on_second_acted)
        self.close_button.clicked.connect(self._on_closed)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown, None when the bar is away."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show a message, unless a risk is showing and this is less."""
        current = self._message
        if current is not None and current.kind is MessageKind.RISK and message.kind is not MessageKind.RISK:
            return
        self._message = message
        self.text_label.setText(message.text)
        for button, words in ((self.action_button, message.action), (self.second_button, message.second)):
            button.setText(words)
            button.set_tone(message.kind.value[1])
            button.setVisible(bool(words))
        self.close_button.setVisible(message.closable)
        self.setAccessibleName(message.text)
        self.show()
        self.update()

    def clear(self, key: str = "") -> None:
        """Take the message away; with a key only that message."""
        if self._message is not None and (not key or self._message.key == key):
            self._message = None
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and icon."""
        if self._message is None:
            return
        ground, ink, icon = self._message.kind.value
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(ground))
        if tokens().scheme.is_contrast:
            painter.setPen(QPen(color("ink"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(18)
        left = self.width() - 14 - side if mirrored else 14
        paint_icon(
            painter, QRectF(left, (self.height() - side) / 2, side, side), self._message.icon or icon, color(ink)
        )

    @Slot()
    def _on_acted(self) -> None:
        if self._message is not None:
            self.acted.emit(self._message)

    @Slot()
    def _on_second_acted(self) -> None:
        if self._message is not None:
            self.second_acted.emit(self._message)

    @Slot()
    def _on_closed(self) -> None:
        message = self._message
        self.clear()
        if message is not None:
            self.closed.emit(message)


class ProgressLine(QWidget):
    """A 3 px bar with words and a stop; appears only when the work takes longer than half a second.

    Signals:
        stopped: the user wants the work to stop.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PROGRESS_AFTER)
        self._timer.timeout.connect(self.show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(24, 2, 18, 2)
        self.words_label = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.stop_button = Button(self.tr("Stop"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        row.addWidget(self.words_label, 1)
        row.addWidget(self.stop_button)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop_button.clicked.connect(self.stopped)
        self.hide()

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1; 0 when the total is not known."""
        return min(1.0, self._done / self._total) if self._total else 0.0

    def start(self, words: str) -> None:
        """Work began; shows after half a second."""
        self.set_progress(0, 0, words)
        self._timer.start()

    def set_progress(self, done: int, total: int, words: str = "") -> None:
        """Move the bar; empty words keep the old ones."""
        self._done, self._total = done, total
        if words:
            self.words_label.setText(words)
            self.setAccessibleName(words)
        self.update()

    def finish(self) -> None:
        """Work ended, in whatever way."""
        self._timer.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and done part, from the leading edge."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 3, color("line2"))
        width = round(self.width() * self.fraction)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - width if mirrored else 0, 0, width, 3, color("accent"))
