"""The question about a word that judges: asked only when the observer wants it, put away by any key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from observe_app.ui.theme import color, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_ABOVE = 6
_NARROW = 460


class WordQuestion(QFrame):
    """Asks what was seen or heard.

    Signals:
        left: the word may stay in this line. fair: it is never to be marked again. off: no word is.
        closed: the question went away; the keyboard goes back to the line.
        typed: a key that belongs to the line.
    """

    left = Signal(str)
    fair = Signal(str)
    off = Signal()
    closed = Signal()
    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("word_question")
        self._word = ""
        self.question = TextLabel(self.tr("What did you see or hear?"), self, step="body", weight=600)
        self.about = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.leave_button = Button(self.tr("Leave it"), self, size=ButtonSize.SMALL)
        self.fair_button = Button(self.tr("Never mark this word"), self, size=ButtonSize.SMALL, kind=ButtonKind.GHOST)
        self.off_button = Button(self.tr("Turn off"), self, size=ButtonSize.SMALL, kind=ButtonKind.GHOST)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        for button in (self.leave_button, self.fair_button, self.off_button):
            button.clicked.connect(self._on_pressed)
            self._row.addWidget(button)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        column.addWidget(self.question)
        column.addWidget(self.about)
        column.addSpacing(10)
        column.addLayout(self._row)
        self.hide()

    def ask(self, word: str, said: str, place: QRect) -> None:
        """Ask about a word.

        Args:
            word: as its list has it.
            said: as it stands in the line.
            place: of the word, in this widget's parent; the question stands above it.
        """
        self._word = word
        words = self.tr("What was said or done helps whoever was not there more than “{word}” does.").format(word=said)
        self.about.setText(words)
        self.setAccessibleName(f"{self.question.text()} {words}")
        self.show()
        self.place_over(place)
        self.raise_()
        self.leave_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place_over(self, place: QRect) -> None:
        """Stand above a place of the parent, wholly inside it."""
        parent = self.parentWidget()
        if parent is None:
            return
        narrow = parent.width() < scaled(_NARROW)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else right)
        self.adjustSize()
        size = self.sizeHint().boundedTo(parent.size())
        left = max(0, min(place.left() - 16, parent.width() - size.width()))
        top = max(0, place.top() - _ABOVE - size.height())
        self.setGeometry(QRect(QPoint(left, top), size))

    @Slot()
    def close_question(self) -> None:
        """Go away; the line gets the keyboard back where the question had it."""
        if self.isVisible():
            had = self.isAncestorOf(self.focusWidget() or self)
            self.hide()
            if had:
                self.closed.emit()

    @Slot()
    def _on_pressed(self) -> None:
        button: QObject | None = self.sender()
        word = self._word
        self.hide()
        self.closed.emit()
        if button is self.leave_button:
            self.left.emit(word)
        elif button is self.fair_button:
            self.fair.emit(word)
        else:
            self.off.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what types goes on in the line."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.text() and event.text().isprintable():
            self.hide()
            self.closed.emit()
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and edge."""
        radius = tokens().size.radius_button
        rounded(QPainter(self), self.rect().toRectF(), radius, fill=color("bg"), edge=color("line"))
