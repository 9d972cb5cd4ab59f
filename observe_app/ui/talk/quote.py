"""A quotation under a claim: the note it rests on, with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.ui.talk.marks import bar_color
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, paint_icon, scaled, set_focus_ring
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyCap
from observe_app.ui.widgets.paint import BAR, draw_text, paint_inner_focus

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import ClaimKind

_LEFT = 14
_TOP = 5
_SHOWN = 400


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return the text, cut at a word where it is longer than a quotation should be; the note itself is whole."""
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + " …"


class Quote(QWidget):
    """Bar, time and the note's words in italics.

    Signals:
        asked: event id: show this note in the list.
        unlink_asked: event id: the claim no longer rests on it.
    """

    asked = Signal(str)
    unlink_asked = Signal(str)

    def __init__(self, note: Event, kind: ClaimKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self._kind = kind
        self._wrapped: Wrapped | None = None
        set_focus_ring(self, shown=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.unlink_button = Button(
            "",
            self,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="unlink",
            name=self.tr("Take this quotation away (Del)"),
        )
        self.unlink_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unlink_button.hide()
        self.unlink_button.clicked.connect(self._on_unlink)
        self.show_note(note, kind)

    @property
    def event_id(self) -> str:
        """Id of the note."""
        return self._note.id

    def show_note(self, note: Event, kind: ClaimKind) -> None:
        """Show a note as it is now."""
        self._note, self._kind, self._wrapped = note, kind, None
        name = self.tr("Evidence at {time}: {text}").format(time=clock_text(note.offset_ms), text=note.text)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Private: it stays out of the PDF") if note.private else "")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(80, int(self._text().height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar at the leading edge, time, words."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - BAR if mirrored else 0, 0, BAR, self.height(), bar_color(self._kind))
        left, line = 0 if mirrored else _LEFT, line_height("text")
        time = clock_text(self._note.offset_ms)
        face = font("axis", weight=600, tabular=True)
        width = QFontMetricsF(face).horizontalAdvance(time)
        text_width, lock = self.width() - _LEFT, scaled(12)
        first = left + text_width - width if mirrored else left
        draw_text(painter, QRectF(first, 0, width + 2, line), time, font=face, color=color("muted"))
        if self._note.private:
            paint_icon(
                painter,
                QRectF(first + (-6 - lock if mirrored else width + 5), scaled(4), lock, lock),
                "lock",
                color("muted"),
            )
        self._text().draw(painter, left, 0, color("quote"))
        if self.hasFocus():
            paint_inner_focus(painter, self.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again; the button keeps its corner."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._wrapped = None
            self._fit()
        side = scaled(26)
        x = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - side
        self.unlink_button.setGeometry(x, 0, side, side)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The way to unlink appears under the pointer."""
        self.unlink_button.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """It goes with the pointer."""
        self.unlink_button.setVisible(self.hasFocus())
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring inside the edge."""
        self.unlink_button.show()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        self.unlink_button.hide()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the note, Delete unlinks it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self._note.id)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unlink_asked.emit(self._note.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows the note."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit(self._note.id)
        super().mouseReleaseEvent(event)

    @Slot()
    def _on_unlink(self) -> None:
        self.unlink_asked.emit(self._note.id)

    def _text(self) -> Wrapped:
        if self._wrapped is None:
            time = QFontMetricsF(font("axis", weight=600, tabular=True)).horizontalAdvance(
                clock_text(self._note.offset_ms)
            )
            indent = time + 7 + (scaled(12) + 5 if self._note.private else 0)
            words = shortened(self._note.text)
            width = max(1, self.width() - _LEFT)
            self._wrapped = Wrapped(words, font("text", italic=True), line_height("text"), width, indent)
        return self._wrapped

    def _fit(self) -> None:
        wanted = int(self._text().height)
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)


class NoEvidence(QWidget):
    """Says that a claim rests on nothing yet, and the key that mends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self.tr("No evidence yet: pick a note, press")
        self._cap = KeyCap("L", self)
        self.setAccessibleName(self.tr("No evidence yet: pick a note, press L"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(80, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Broken link and the words, both warm."""
        painter = QPainter(self)
        mirrored, side = self.layoutDirection() == Qt.LayoutDirection.RightToLeft, scaled(15)
        paint_icon(
            painter,
            QRectF(self.width() - side if mirrored else 0, _TOP + scaled(3), side, side),
            "unlink",
            color("warm"),
        )
        self._wrapped().draw(painter, 0 if mirrored else side + 6, _TOP, color("warm"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again; the keycap follows the last word."""
        super().resizeEvent(event)
        self._fit()

    def _wrapped(self) -> Wrapped:
        return Wrapped(self._words, font("text"), line_height("text"), max(1, self.width() - scaled(15) - 6))

    def _fit(self) -> None:
        text, line = self._wrapped(), line_height("text")
        width = self._cap.sizeHint().width()
        lead = scaled(15) + 6
        beside = lead + text.last_width + 7 + width <= self.width()
        x = lead + text.last_width + 7 if beside else float(lead)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - width
        y = _TOP + (text.height - line if beside else text.height)
        self._cap.setGeometry(int(x), int(y) + 1, width, scaled(18))
        height = int(y) + line
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
