"""What is behind a mark: its figure with its base, what was said at that moment, and the way to the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.services.charts.figures import date_of, value_words
from observe_app.ui.charts import chart_words
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel, Rule, TextLabel
from observe_app.ui.widgets.paint import BAR

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.compare.marks import Mark, Series, TermVisit
    from observe_app.ui.compare.moments import Quoted


class SaidQuote(QWidget):
    """Bar, time and words of a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = TextLabel("", self, step="small", tone="muted", weight=600, tabular=True)
        self.words = TextLabel("", self, tone="quote", wrap=True, italic=True)
        self.words.setMaximumHeight(scaled(64))
        row = QHBoxLayout(self)
        row.setContentsMargins(BAR + 10, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_quote(self, said: Quoted) -> None:
        """Show a note."""
        self.time.setText(clock_text(said.at_ms))
        self.words.setText(f"{said.speaker} {said.text}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar at the leading edge."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - BAR if mirrored else 0
        QPainter(self).fillRect(QRectF(x, 0, BAR, self.height()), color("accent"))


class MarkDetail(QWidget):
    """One mark in words.

    Signals:
        open_asked: visit id and moment in ms or None. beside_asked: ids of this visit and of one before it.
    """

    open_asked = Signal(str, object)
    beside_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._other = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.name = ElidedLabel("", self, weight=600, mode=Qt.TextElideMode.ElideRight)
        self.when = TextLabel("", self, tone="muted")
        self.value = TextLabel("", self, tone="accent", weight=600)
        self.base = TextLabel("", self, tone="muted", wrap=True, step="small")
        self.quote = SaidQuote(self)
        self.open_button = Button(self.tr("Open the visit"), self, kind=ButtonKind.LINK)
        self.open_button.setObjectName("detail_open")
        self.beside_button = Button("", self, kind=ButtonKind.LINK)
        self.beside_button.setObjectName("detail_beside")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name)
        head.addWidget(self.when)
        head.addWidget(self.value)
        head.addStretch(1)
        links = QHBoxLayout()
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(20)
        links.addWidget(self.open_button)
        links.addWidget(self.beside_button)
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(6)
        column.addWidget(Rule(self, line="line"))
        column.addSpacing(2)
        column.addLayout(head)
        column.addWidget(self.base)
        column.addWidget(self.quote)
        column.addLayout(links)
        self.open_button.clicked.connect(self._on_open)
        self.beside_button.clicked.connect(self._on_beside)

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(320, super().sizeHint().height())

    def show_mark(self, line: Series, mark: Mark, visit: TermVisit, before: TermVisit | None) -> None:
        """Show a mark; `before` is an earlier visit of the same person, to look at beside it."""
        words = chart_words()
        self._mark, self._other = mark, before.id if before is not None else ""
        self.name.setText(line.label)
        self.when.setText(date_of(visit, words))
        value = value_words(line, mark, words)
        self.value.setText(value)
        self.value.set_tone("muted" if mark.missing is not None else "accent")
        told = [visit.observer, visit.class_name, words.origin_words(mark.origin)]
        self.base.setText(" · ".join(part for part in told if part))
        self.quote.hide()
        other = date_of(before, words) if before is not None else ""
        self.beside_button.setText(self.tr("Side by side with {date}").format(date=other))
        self.beside_button.setVisible(bool(other))
        self.beside_button.updateGeometry()

    def show_quote(self, said: Quoted | None) -> None:
        """Show what was said there; None for nothing."""
        self.quote.setVisible(said is not None)
        if said is not None:
            self.quote.show_quote(said)

    @Slot()
    def _on_open(self) -> None:
        if self._mark is not None:
            self.open_asked.emit(self._mark.visit_id, self._mark.at_ms)

    @Slot()
    def _on_beside(self) -> None:
        if self._mark is not None and self._other:
            self.beside_asked.emit(self._mark.visit_id, self._other)
