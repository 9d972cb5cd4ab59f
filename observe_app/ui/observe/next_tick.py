"""Right of the clock: how long the current interval still takes, as a ring and in figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.form_panel.event_item import clock_words
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import draw_text

_RING, _PEN, _GAP, _HEIGHT = 28, 4, 8, 44
_STEPS = 88  # pixels along the ring: it moves by whole ones


class NextTick(QWidget):
    """A ring that fills, "0:18" and "to next tick"; repaints only when one of them changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next_tick")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._time = ""
        self._done = 0
        self._widest = clock_words(0)
        # The seconds stay out of the name: a screen reader should not be told of each of them.
        self.setAccessibleName(self.tr("Time to the next tick"))

    @property
    def time_text(self) -> str:
        """The figures shown, "0:18"."""
        return self._time

    def set_left(self, ms: int, total_ms: int) -> None:
        """Show that so much of an interval of this length is left; parts of a second count as one."""
        ms, total_ms = max(0, min(ms, total_ms)), max(1, total_ms)
        shown = clock_words(-(-ms // 1000) * 1000), round(_STEPS * (total_ms - ms) / total_ms)
        widest = clock_words(total_ms)
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()
        if shown != (self._time, self._done):
            self._time, self._done = shown
            self.update()

    def sizeHint(self) -> QSize:
        """Ring and words; the figures of a whole interval fit."""
        figures = QFontMetrics(font("lead", tabular=True)).horizontalAdvance("0" * len(self._widest))
        words = max(figures, QFontMetrics(font("axis")).horizontalAdvance(self._words())) + 2
        return QSize(scaled(_RING) + _GAP + words, scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, figures, words."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, pen = scaled(_RING), scaled(_PEN)
        left = self.width() - side if rtl else 0
        ring = QRectF(left, (self.height() - side) / 2, side, side).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line"), pen))
        painter.drawEllipse(ring)
        painter.setPen(QPen(color("accent"), pen, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._done / _STEPS))
        box = QRectF(0 if rtl else side + _GAP, scaled(2), self.width() - side - _GAP, scaled(22))
        draw_text(painter, box, self._time, font=font("lead", tabular=True), color=color("ink"))
        box.moveTop(scaled(23))
        box.setHeight(scaled(16))
        draw_text(painter, box, self._words(), font=font("axis"), color=color("muted"))

    def _words(self) -> str:
        return self.tr("to next tick")
