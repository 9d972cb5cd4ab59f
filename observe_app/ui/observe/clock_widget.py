"""The lesson clock of the visit's header: lesson time in 40 px, time of day and minutes left beside it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.lesson_clock import LessonClock, left_minutes
from observe_app.domain.note_line import clock_text
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text

_GAP = 12
_HEIGHT = 44


class LessonClockWidget(QWidget):
    """Shows a `LessonClock`; whoever owns the clock calls `tick` once a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_clock")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._time = ""
        self._day = ""
        self._left = ""
        self._runs = False
        self._bare = False

    @property
    def time_text(self) -> str:
        """Lesson time as shown, "31:42"."""
        return self._time

    @property
    def left_text(self) -> str:
        """The words under the time of day."""
        return self._left

    def tick(self, lesson: LessonClock, minutes: int) -> None:
        """Show the moment."""
        elapsed = lesson.elapsed_ms()
        moment = QDateTime.fromMSecsSinceEpoch(round(lesson.stamp().wall.timestamp() * 1000))
        day = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        if lesson.started is None:
            left = self.tr("{minutes} min planned").format(minutes=minutes)
        elif not lesson.running:
            left = self.tr("ended")
        else:
            over = left_minutes(elapsed, minutes)
            left = (
                self.tr("{minutes} min left").format(minutes=over)
                if over >= 0
                else self.tr("{minutes} min over").format(minutes=-over)
            )
        shown = clock_text(elapsed), day, left
        if shown != (self._time, self._day, self._left):
            before = self.sizeHint()
            self._time, self._day, self._left = shown
            self._runs = lesson.running
            # The seconds stay out of the name: a screen reader should not be told of each of them.
            self.setAccessibleName(self.tr("Lesson clock"))
            self.setAccessibleDescription(left)
            self._tip()
            if before != self.sizeHint():
                self.updateGeometry()
            self.update()

    def set_bare(self, *, bare: bool) -> None:
        """Show the lesson time alone; the words beside it are the tooltip then."""
        if bare != self._bare:
            self._bare = bare
            self._tip()
            self.updateGeometry()
            self.update()

    def _tip(self) -> None:
        self.setToolTip(f"{self._day} · {self._left}" if self._bare else "")

    def sizeHint(self) -> QSize:
        """Widest figures of this length, and the words beside."""
        metrics = QFontMetrics(font("clock", tabular=True))
        figures = metrics.horizontalAdvance("0" * max(5, len(self._time)))
        return QSize(figures if self._bare else figures + _GAP + self._beside(), scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Large figures, two small lines."""
        painter = QPainter(self)
        beside = self._beside()
        rect = QRectF(0, 0, self.width() - (0 if self._bare else beside + _GAP), self.height())
        draw_text(painter, rect, self._time, font=font("clock", tabular=True), color=color("ink"), align=RIGHT)
        if self._bare:
            return
        look = font("small", tabular=True)
        left = self.width() - beside
        draw_text(
            painter, QRectF(left, scaled(4), beside, scaled(18)), self._day, font=look, color=color("muted"), align=LEFT
        )
        draw_text(
            painter,
            QRectF(left, scaled(22), beside, scaled(18)),
            self._left,
            font=look,
            color=color("muted"),
            align=LEFT,
        )

    def _beside(self) -> int:
        """Width of the two lines; while the lesson runs it is fixed, so that nothing moves with the minutes."""
        small = QFontMetrics(font("small", tabular=True))
        words = max(small.horizontalAdvance(self._left), small.horizontalAdvance(self._day)) + 2
        usual = small.horizontalAdvance(self.tr("{minutes} min left").format(minutes=88)) + 2
        return max(usual, words) if self._runs else words
