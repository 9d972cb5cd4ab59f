"""In place of the note line while keys alone tick codes: says so, and how to write again."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.observe.board_head import LegendKey
from observe_app.ui.observe.commands import SIGN
from observe_app.ui.theme import color, font, scaled, set_focus_ring, tokens
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, rounded

HEIGHT = 50
_MARGIN = 24
_RULE = 2
_BADGE = 26
_PART = re.compile(r"\{(space|enter)\}")
_SAY_MS = 3000


class CodesLine(QWidget):
    """Takes every key of the codes mode. Nothing is typed into nothing: a key that means nothing is answered.

    Signals:
        key_pressed: the `QKeyEvent`; whoever has a use for it accepts it.
        write_asked: Space or a click: the user wants to write a note.
        typed: a sign that begins a command and is the key of no code: it belongs to the note line.
        left: Esc that nobody used: the user wants out of the codes mode.
        keys_asked: the user wants to see what all codes mean.
    """

    key_pressed = Signal(object)
    write_asked = Signal()
    typed = Signal(str)
    left = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codes_line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_ring(self, shown=False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._said = ""
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAY_MS)
        self._saying.timeout.connect(self._on_said)
        self.keys_button = LegendKey("F1", self.tr("all codes explained"), self)
        self.keys_button.setObjectName("codes_keys")
        self.keys_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.keys_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.keys_button.clicked.connect(self.keys_asked)
        self.setAccessibleName(self.tr("Codes: each key ticks its code"))
        self._describe()

    @property
    def said(self) -> str:
        """The answer to a key that meant nothing, "" for none."""
        return self._said

    def say(self, words: str) -> None:
        """Answer for a few seconds in place of the sentence."""
        self._said = words
        if words:
            self._saying.start()
        self._describe()
        self.update()

    # -- Qt overrides

    def sizeHint(self) -> QSize:
        """As high as the note line with one line."""
        return QSize(400, scaled(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As high as that."""
        return QSize(280, scaled(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the key to the board; Space writes, Esc leaves, a key of no code is answered, the rest goes on."""
        if event.key() == Qt.Key.Key_Space and types_text(event):
            self.write_asked.emit()
            return
        event.ignore()
        self.key_pressed.emit(event)
        if event.isAccepted():
            self.say("")
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
        elif types_text(event) and event.text() == SIGN:
            event.accept()
            self.typed.emit(SIGN)
        elif types_text(event) and event.text().strip() and event.text().isprintable():
            event.accept()
            self.say(self.tr("“{key}” is the key of no code. Space writes a note.").format(key=event.text()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is a click into the note line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.write_asked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys tick again."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere; the line says so."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key of the card stands at the end."""
        size = self.keys_button.sizeHint()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 12 if rtl else self.width() - 12 - size.width()
        self.keys_button.setGeometry(x, (self.height() + _RULE - size.height()) // 2, size.width(), size.height())
        self.keys_button.setVisible(size.width() + scaled(420) < self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rule, badge, sentence."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.rect(), color("bg"))
        active = self.hasFocus()
        painter.fillRect(0, 0, self.width(), _RULE, color("mid" if active else "line"))
        look = font("small", weight=600)
        words = self.tr("Codes")
        width, height = QFontMetrics(look).horizontalAdvance(words) + 16, scaled(_BADGE)
        badge = QRectF(_MARGIN, (self.height() + _RULE - height) / 2, width, height)
        edge = color("ink") if tokens().scheme.is_contrast else None
        ground = color("tint" if active else "hover")
        rounded(painter, self._turned(badge), tokens().size.radius_button, fill=ground, edge=edge)
        tone = color("accent" if active else "muted")
        draw_text(painter, self._turned(badge).adjusted(8, 0, -6, 0), words, font=look, color=tone)
        end = self.width() - 24 - (0 if self.keys_button.isHidden() else self.keys_button.width())
        left = badge.right() + 14
        self._paint_sentence(painter, QRectF(left, _RULE, end - left, self.height() - _RULE))

    # -- helpers

    def _paint_sentence(self, painter: QPainter, room: QRectF) -> None:
        look = font("lead")
        if self._said:
            draw_text(painter, self._turned(room), self._said, font=look, color=color("accent"))
            return
        metrics = QFontMetrics(look)
        caps = {"space": self.tr("Space"), "enter": self.tr("Enter")}
        parts: list[str] = []
        for sentence in self._sentences():
            parts = _PART.split(sentence)
            width = sum(metrics.horizontalAdvance(part.strip()) + 8 for part in parts[::2])
            width += sum(key_cap_width(caps[part]) + 8 for part in parts[1::2])
            if width <= room.width():
                break
        x, cap = room.x(), tokens().size.key_cap
        for number, part in enumerate(parts):
            box = QRectF(x, room.y(), max(0.0, room.right() - x), room.height())
            if number % 2:
                width = key_cap_width(caps[part])
                box = QRectF(x, room.center().y() - cap / 2, width, cap)
                paint_key_cap(painter, self._turned(box), caps[part], active=True)
                x += width + 8
            elif part.strip():
                x += draw_text(painter, self._turned(box), part.strip(), font=look, color=color("muted")) + 8

    def _sentences(self) -> tuple[str, ...]:
        """What is said here, the longest first."""
        return (
            self.tr("Each key ticks its code. {space} writes a note, {enter} keeps it and comes back here."),
            self.tr("Each key ticks its code. {space} writes a note."),
            self.tr("{space} writes a note"),
        )

    def _describe(self) -> None:
        words = self._sentences()[0].format(space=self.tr("Space"), enter=self.tr("Enter"))
        self.setAccessibleDescription(self._said or words)

    def _turned(self, box: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height())

    @Slot()
    def _on_said(self) -> None:
        self.say("")
