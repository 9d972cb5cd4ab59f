"""The foot of Talk: who reads this, what there is, and the way on to the PDF."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel
from observe_app.ui.widgets.paint import hairline


class SummaryBar(QWidget):
    """One sentence about readers, one with counts, one button.

    Signals:
        preview_asked: the person wants to see the PDF.
    """

    preview_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(scaled(60) + 1)
        self.readers = ElidedLabel("", self, weight=600, mode=Qt.TextElideMode.ElideRight)
        self.counts = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.preview_button = Button(self.tr("Preview"), self, kind=ButtonKind.PRIMARY, icon="file-text")
        self.preview_button.setObjectName("preview")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.readers)
        words.addWidget(self.counts)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(38 + scaled(18), 1, 24, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.preview_button)
        self.preview_button.clicked.connect(self.preview_asked)
        self._sentence = ""

    def show_counts(self, teacher: str, claims: int, questions: int, notes: int, steps: int) -> None:
        """Say who reads this and what there is to read.

        `teacher` is "" while nobody was chosen; `claims` are strengths and growth areas; `notes` those that claims
        rest on.
        """
        if teacher:
            words = self.tr("Only you can read this. {teacher} reads what you hand over as a PDF.").format(
                teacher=teacher
            )
        else:
            words = self.tr("Only you can read this. The teacher reads what you hand over as a PDF.")
        self._sentence = words
        self._fit()
        counted = (
            (claims, self.tr("1 claim") if claims == 1 else self.tr("{n} claims")),
            (questions, self.tr("1 question") if questions == 1 else self.tr("{n} questions")),
            (notes, self.tr("1 note as evidence") if notes == 1 else self.tr("{n} notes as evidence")),
            (steps, self.tr("1 action step") if steps == 1 else self.tr("{n} action steps")),
        )
        parts = ", ".join(words.format(n=count) for count, words in counted if count)
        words = self.tr("{counts}.").format(counts=parts) if parts else self.tr("Nothing to hand over yet.")
        self.counts.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name gives way; that nobody else reads this does not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 38 - scaled(18) - 24 - 16 - self.preview_button.sizeHint().width()
        fits = QFontMetrics(font("text", weight=600)).horizontalAdvance(self._sentence) <= room
        self.readers.setText(
            self._sentence if fits else self.tr("Only you can read this, until you hand over the PDF.")
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rule above, eye before the words."""
        painter = QPainter(self)
        hairline(painter, self.rect().adjusted(0, 0, 0, 1 - self.height()), "line")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(18)
        left = self.width() - 24 - side if mirrored else 24
        paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), "eye", color("accent"))
        painter.end()
