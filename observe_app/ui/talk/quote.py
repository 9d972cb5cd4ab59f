"""A quotation under a claim or an answer: the note it rests on with its time, or the view it rests on."""

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

from observe_app.ui.talk.marks import bar_color
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, paint_icon, scaled, set_focus_ring
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize
from observe_app.ui.widgets.paint import BAR, draw_text, paint_inner_focus

if TYPE_CHECKING:
    from observe_app.domain.evidence import ClaimKind
    from observe_app.ui.talk.source import Source

_LEFT = 14
_ICON = 14
_SHOWN = 400


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return the text, cut at a word where it is longer than a quotation should be; the note itself is whole."""
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + " …"


class Quote(QWidget):
    """Bar, time and the note's words in italics; of a view a sign and its sentence, which is nobody's words.

    Args:
        kind: of the claim, None under an answer.

    Signals:
        asked: Source: show it in the list.
        unlink_asked: Source: nothing rests on it here any longer.
    """

    asked = Signal(object)
    unlink_asked = Signal(object)

    def __init__(self, source: Source, kind: ClaimKind | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
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
        self.show_source(source, kind)

    @property
    def event_id(self) -> str:
        """Id of the event, "" of a view."""
        return self._source.event_id

    @property
    def view(self) -> str:
        """Key of the view, "" of an event."""
        return self._source.view

    @property
    def source(self) -> Source:
        """What is quoted."""
        return self._source

    def show_source(self, source: Source, kind: ClaimKind | None) -> None:
        """Show a note or a view as it is now."""
        if self._wrapped is not None and (source, kind) == (self._source, self._kind):
            return
        self._source, self._kind, self._wrapped = source, kind, None
        if source.view:
            name = self.tr("Evidence, a view of {n} events: {text}").format(n=source.count, text=source.text)
        else:
            name = self.tr("Evidence at {time}: {text}").format(time=source.time, text=source.text)
        self.setAccessibleName(f"{name}. {self._stays()}" if source.private else name)
        self.setToolTip(self.tr("Show the events it counts") if source.view and source.count else "")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(80, self._wanted_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar at the leading edge, time, words."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(
            self.width() - BAR if mirrored else 0,
            0,
            BAR,
            self.height(),
            bar_color(self._kind) if self._kind is not None else color("mid"),
        )
        left, line = 0 if mirrored else _LEFT, line_height("text")
        right = left + self.width() - _LEFT
        if self._source.view:
            side = scaled(_ICON)
            # A clock and its words read from left to right in every layout.
            paint_icon(painter, QRectF(left, (line - side) / 2, side, side), "hash", color("muted"))
        else:
            face = font("axis", weight=600, tabular=True)
            width = QFontMetricsF(face).horizontalAdvance(self._source.time)
            draw_text(painter, QRectF(left, 0, width + 2, line), self._source.time, font=face, color=color("muted"))
        self._text().draw(painter, left, 0, color("quote"))
        if self._source.private:
            self._paint_stays(painter, left, right, mirrored=mirrored)
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
        """Enter shows it in the list, Delete unlinks it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self._source)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unlink_asked.emit(self._source)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows it in the list."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit(self._source)
        super().mouseReleaseEvent(event)

    @Slot()
    def _on_unlink(self) -> None:
        self.unlink_asked.emit(self._source)

    def _text(self) -> Wrapped:
        if self._wrapped is None:
            if self._source.view:
                indent = float(scaled(_ICON) + 6)
            else:
                indent = QFontMetricsF(font("axis", weight=600, tabular=True)).horizontalAdvance(self._source.time) + 7
            words = shortened(self._source.text)
            face = font("text", italic=not self._source.view)
            self._wrapped = Wrapped(words, face, line_height("text"), max(1, self.width() - _LEFT), indent)
        return self._wrapped

    def _stays(self) -> str:
        return self.tr("Private: left out of what leaves")

    def _paint_stays(self, painter: QPainter, left: float, right: float, *, mirrored: bool) -> None:
        side, top, line = scaled(12), self._text().height, line_height("axis")
        lock = QRectF(right - side if mirrored else left, top + (line - side) / 2, side, side)
        paint_icon(painter, lock, "lock", color("warm"))
        words = QRectF(left, top, right - left, line)
        words = words.adjusted(0, 0, -side - 5, 0) if mirrored else words.adjusted(side + 5, 0, 0, 0)
        draw_text(painter, words, self._stays(), font=font("axis"), color=color("warm"))

    def _wanted_height(self) -> int:
        return int(self._text().height) + (line_height("axis") if self._source.private else 0)

    def _fit(self) -> None:
        wanted = self._wanted_height()
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
