"""First words for a claim that is still empty: offered quietly, put in by a click, written on by the person."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font
from observe_app.ui.widgets import TextLabel
from observe_app.ui.widgets.paint import paint_inner_focus, rounded

GAP = "…"
"""Where the person writes on; the first one is selected when a starter is put in."""

_SENTENCES: dict[ClaimKind, tuple[object, ...]] = {
    ClaimKind.STRENGTH: (
        QT_TRANSLATE_NOOP("Starters", "When you …, students …"),
        QT_TRANSLATE_NOOP("Starters", "At … you said “…”. After that …"),
        QT_TRANSLATE_NOOP("Starters", "… of … students …, which let them …"),
    ),
    ClaimKind.GROWTH: (
        QT_TRANSLATE_NOOP("Starters", "At … I heard “…”, then …. What would happen if …?"),
        QT_TRANSLATE_NOOP("Starters", "While …, students at … did …. How could they …?"),
        QT_TRANSLATE_NOOP("Starters", "… of … students …. Who else could …?"),
    ),
    ClaimKind.QUESTION: (
        QT_TRANSLATE_NOOP("Starters", "What did you notice when …?"),
        QT_TRANSLATE_NOOP("Starters", "At … you …. What made you choose that?"),
        QT_TRANSLATE_NOOP("Starters", "What would you do again at …, and what differently?"),
    ),
}


def starters(kind: ClaimKind) -> tuple[str, ...]:
    """Return the first words offered for a kind of claim, in the user's language."""
    lookup = QCoreApplication.translate  # the literals are marked in the table above
    return tuple(lookup("Starters", str(words)) for words in _SENTENCES[kind])


class StarterButton(QPushButton):
    """One sentence to begin with, on as many lines as it needs."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Begin with: {words}").format(words=words))

    def sizeHint(self) -> QSize:
        """As high as the words need, at least a pointer's target."""
        return QSize(60, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the card wants it."""
        return QSize(40, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        wanted = max(24, int(self._wrapped().height) + 6)
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words like a link, a plane under the pointer."""
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            rounded(painter, QRectF(self.rect()), 4, fill=color("tint2"))
        self._wrapped().draw(painter, 0, 3, color("accent"))
        if self.hasFocus():
            paint_inner_focus(painter, self.rect())
        painter.end()

    def _wrapped(self) -> Wrapped:
        return Wrapped(self.text(), font("small"), line_height("small"), max(20, self.width() - 4))


class StarterBox(QWidget):
    """A quiet line and three sentences to begin a claim with.

    Signals:
        chosen: the sentence to put in.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: ClaimKind | None = None
        self.buttons: tuple[StarterButton, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(TextLabel(self.tr("Begin with"), self, step="axis", tone="muted"))
        self.hide()

    def offer(self, kind: ClaimKind) -> None:
        """Offer the sentences of this kind."""
        if kind is self._kind:
            return
        self._kind = kind
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(StarterButton(words, self) for words in starters(kind))
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, StarterButton):
            self.chosen.emit(button.text())
