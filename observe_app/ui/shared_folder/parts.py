"""Small parts of the shared folder's page: the steps at the side, a finding with its mark, an icon beside words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.services.sync.check_words import Grade
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import Rule, TextLabel
from observe_app.ui.widgets.paint import CENTER, draw_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from observe_app.services.sync.check_words import Point

_ROW = 42
_RING = 22
_GRADES = {
    Grade.GOOD: ("check", "accent"),
    Grade.LOOK: ("info", "warm"),
    Grade.BAD: ("triangle-alert", "err"),
    Grade.PEOPLE: ("users", "muted"),
}


class IconMark(QWidget):
    """An icon in the colour of a token, beside words; never the only carrier of what it means."""

    def __init__(self, name: str, tone: str, parent: QWidget | None = None, *, size: int = 20) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setFixedSize(scaled(size), scaled(size))

    def show_icon(self, name: str, tone: str) -> None:
        """Show another one."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        paint_icon(QPainter(self), QRectF(self.rect()), self._name, color(self._tone))


class StepList(QWidget):
    """Where one is among the steps: done ones are ticked, the present one is in 600."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._at = 0
        self.setFixedHeight(scaled(_ROW) * len(self._names))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(0)

    @property
    def step(self) -> int:
        """The present one, from 0."""
        return self._at

    def set_names(self, names: Sequence[str]) -> None:
        """Call the steps otherwise; as many as before."""
        self._names = tuple(names)
        self.set_step(self._at)

    def set_step(self, at: int) -> None:
        """Go to a step; all before it are done."""
        self._at = at
        words = self.tr("Step {n} of {all}: {name}")
        self.setAccessibleName(words.format(n=at + 1, all=len(self._names), name=self._names[at]))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(scaled(220), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rings with figures or ticks, and the names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(_RING)
        for at, name in enumerate(self._names):
            top = at * scaled(_ROW)
            middle = top + scaled(_ROW) / 2
            left = self.width() - side - 1 if mirrored else 1
            ring = QRectF(left, middle - side / 2, side, side)
            done, here = at < self._at, at == self._at
            self._paint_ring(painter, ring, str(at + 1), done=done, here=here)
            gap = side + scaled(14)
            words = QRectF(0 if mirrored else gap, top, self.width() - gap, scaled(_ROW))
            ink = color("ink" if here else "muted")
            draw_text(painter, words, name, font=font("text", weight=600 if here else 400), color=ink)

    def _paint_ring(self, painter: QPainter, ring: QRectF, figure: str, *, done: bool, here: bool) -> None:
        if done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("fill"))
            painter.drawEllipse(ring)
            inner = ring.adjusted(4, 4, -4, -4)
            paint_icon(painter, inner, "check", color("onfill"))
            return
        painter.setBrush(color("bg") if here else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent" if here else "ctl"), 2 if here else 1.2))
        painter.drawEllipse(QPointF(ring.center()), ring.width() / 2 - 1, ring.height() / 2 - 1)
        ink = color("accent" if here else "muted")
        draw_text(painter, ring, figure, font=font("axis", weight=600), color=ink, align=CENTER)


class PointRow(QWidget):
    """A finding: its mark, a sentence, a shorter one below."""

    def __init__(self, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = point
        icon, tone = _GRADES[point.grade]
        self.setAccessibleName(f"{point.text}. {point.detail}".strip())
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 9)
        row.setSpacing(10)
        row.addWidget(IconMark(icon, tone, self, size=18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(point.text, self, wrap=True, tone="err" if point.grade is Grade.BAD else "ink"))
        if point.detail:
            words.addWidget(TextLabel(point.detail, self, step="small", tone="muted", wrap=True))
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule(self))


class IconLine(QWidget):
    """An icon and a sentence that may wrap."""

    def __init__(self, icon: str, tone: str, text: str, parent: QWidget | None = None, *, step: str = "text") -> None:
        super().__init__(parent)
        self.mark = IconMark(icon, tone, self, size=18)
        self.label = TextLabel(text, self, step=step, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def show_words(self, icon: str, tone: str, text: str) -> None:
        """Show something else."""
        self.mark.show_icon(icon, tone)
        self.label.setText(text)
        self.setAccessibleName(text)
