"""One version in the dialog: whose, when, its words with what differs on a plane and in 600; a click chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import ElidedLabel, ScrollPane, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_WIDE = 4000


class MarkedText(QWidget):
    """Text of any length and direction with some runs of it on a plane; it wraps."""

    def __init__(
        self, text: str, runs: Sequence[tuple[int, int]], parent: QWidget | None = None, *, plane: str = "warmtint"
    ) -> None:
        super().__init__(parent)
        self._text, self._runs, self._plane = text, tuple(runs), plane
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._document.setDefaultFont(font("lead"))
        self._document.setPlainText(text)
        self._mark()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    @property
    def runs(self) -> tuple[str, ...]:
        """The words that are marked."""
        return tuple(self._text[start:end] for start, end in self._runs)

    def set_plane(self, token: str) -> None:
        """Put the marked words on another plane."""
        if token != self._plane:
            self._plane = token
            self._mark()
            self.update()

    def _mark(self) -> None:
        shape = QTextCharFormat()
        shape.setBackground(color(self._plane))
        shape.setFontWeight(600)
        cursor = QTextCursor(self._document)
        for start, end in self._runs:
            # The document counts in UTF-16, in which some signs are two.
            cursor.setPosition(_units(self._text[:start]))
            cursor.setPosition(_units(self._text[:end]), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(shape)

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the lines at that width."""
        self._document.setTextWidth(max(1, width))
        return round(self._document.size().height() + 0.5)

    def sizeHint(self) -> QSize:
        """A column wide."""
        return QSize(scaled(320), self.heightForWidth(scaled(320)))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(scaled(80), QFontMetrics(font("lead")).height())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._mark()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words."""
        self._document.setTextWidth(self.width())
        painter = QPainter(self)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, color("ink"))
        context.clip = QRectF(event.rect())
        self._document.documentLayout().draw(painter, context)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class VersionCard(QWidget):
    """A version that can be chosen.

    Signals:
        chosen: the person chose it.
        resized: its text takes another height now.
    """

    chosen = Signal()

    def __init__(
        self,
        whose: str,
        when: str,
        text: str,
        runs: Sequence[tuple[int, int]],
        further: Sequence[str],
        parent: QWidget | None = None,
        *,
        most: int = 0,
    ) -> None:
        """Make a card.

        Args:
            whose: such as "Your words".
            when: such as "Thu 12 Mar, 08:12".
            text: the version.
            runs: what of it differs.
            further: lines below, such as another field of the record.
            parent: Qt parent.
            most: height of the text in px beyond which it scrolls; 0 for no bound.
        """
        super().__init__(parent)
        self.setObjectName("also_version")
        self.radio = QRadioButton("", self)
        self.radio.setAccessibleName(", ".join(part for part in (whose, when, text[:300], *further) if part))
        self._most = most
        name = ElidedLabel(whose, self, weight=600, mode=Qt.TextElideMode.ElideMiddle)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 7)
        head.setSpacing(8)
        head.addWidget(self.radio)
        head.addWidget(name, 1)
        head.addWidget(TextLabel(when, self, step="small", tone="muted"))
        self.text = MarkedText(text, runs, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(10)
        self.pane = ScrollPane(self, margin=0) if most else None
        if self.pane is not None:
            self.pane.body.addWidget(self.text)
            self.pane.body.addStretch(1)
            column.addWidget(self.pane)
        else:
            column.addWidget(self.text)
        for line in further:
            column.addSpacing(6)
            column.addWidget(TextLabel(line, self, tone="muted", wrap=True))
        column.addStretch(1)
        self._head = head
        self.radio.toggled.connect(self._on_toggled)

    @property
    def is_chosen(self) -> bool:
        """Whether this is the version to be shown."""
        return self.radio.isChecked()

    def fit(self, width: int) -> None:
        """Give the text the height it takes at that width, and no more than the bound."""
        if self.pane is not None:
            self.pane.setFixedHeight(min(self._most, self.text.heightForWidth(max(1, width - scaled(14))) + 4))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere chooses."""
        event.accept()
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text wraps anew."""
        super().resizeEvent(event)
        self.fit(event.size().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below the head: of the accent where it is chosen."""
        y = self._head.geometry().bottom() + 1
        high = 2 if self.is_chosen else 1
        QPainter(self).fillRect(0, y, self.width(), high, color("accent" if self.is_chosen else "line"))

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.text.set_plane("tint2" if on else "warmtint")
        self.update()
        if on:
            self.chosen.emit()
