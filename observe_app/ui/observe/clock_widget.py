"""The lesson clock of the visit's header: lesson time in 40 px, time of day and minutes left beside it."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.lesson_clock import LessonClock, left_minutes
from observe_app.domain.note_line import clock_text
from observe_app.ui.observe.clock_field import ClockField
from observe_app.ui.observe.stream_model import length_text
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text
from observe_app.ui.widgets.tips import plain_tip

_GAP = 12
_HEIGHT = 44
_ICON = 12


class LessonClockWidget(QWidget):
    """Shows a `LessonClock`; whoever owns the clock calls `tick` once a second.

    A click, Enter or Space opens a small field in which the lesson's time is corrected while the lesson runs.

    Signals:
        correction_asked: lesson time in ms that a person says it is now, as an object.
    """

    correction_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_clock")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.field = ClockField(self)
        self.field.chosen.connect(self.correction_asked)
        self.destroyed.connect(self.field.deleteLater)  # it lies in the window, which outlives the page
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._time = ""
        self._day = ""
        self._left = ""
        self._runs = False
        self._bare = False
        self._paused = False
        self._elapsed_ms = 0

    @property
    def time_text(self) -> str:
        """Lesson time as shown, "31:42"."""
        return self._time

    @property
    def left_text(self) -> str:
        """The words under the time of day."""
        return self._left

    @property
    def is_paused(self) -> bool:
        """Whether the lesson is shown as paused."""
        return self._paused

    def tick(self, lesson: LessonClock, minutes: int, paused_since: int | None = None) -> None:
        """Show the moment.

        Args:
            lesson: the clock.
            minutes: planned length.
            paused_since: lesson time in ms at which the pause began that goes on; None without one.
        """
        elapsed = self._elapsed_ms = lesson.elapsed_ms()
        paused = paused_since is not None and lesson.running
        moment = QDateTime.fromMSecsSinceEpoch(round(lesson.stamp().wall.timestamp() * 1000))
        day = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        if lesson.started is None:
            left = self.tr("{minutes} min planned").format(minutes=minutes)
        elif not lesson.running:
            left = self.tr("ended")
        elif paused:
            left = self.tr("paused {length}").format(length=length_text(elapsed - (paused_since or 0)))
        else:
            over = left_minutes(elapsed, minutes)
            left = (
                self.tr("{minutes} min left").format(minutes=over)
                if over >= 0
                else self.tr("{minutes} min over").format(minutes=-over)
            )
        shown = clock_text(elapsed), day, left
        if shown != (self._time, self._day, self._left) or paused != self._paused:
            before = self.sizeHint()
            self._time, self._day, self._left = shown
            self._runs, self._paused = lesson.running, paused
            # The seconds stay out of the name: a screen reader should not be told of each of them.
            self.setAccessibleName(self.tr("Lesson clock"))
            self.setAccessibleDescription(self.tr("paused") if paused else left)
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

    @Slot()
    def ask(self) -> None:
        """Open the field that corrects the time; only while the lesson runs."""
        if self._runs:
            corner = self.mapTo(self.window(), QPoint(self.width(), self.height() + 4))
            self.field.ask(self._elapsed_ms, self.window(), corner)

    def _tip(self) -> None:
        words = [f"{self._day} · {self._left}"] if self._bare else []
        if self._runs:
            words.append(self.tr("Click to correct the lesson time"))
        self.setToolTip(plain_tip("\n".join(words)))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._runs else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """Widest figures of this length, and the words beside."""
        metrics = QFontMetrics(font("clock", tabular=True))
        figures = metrics.horizontalAdvance("0" * max(5, len(self._time)))
        return QSize(figures if self._bare else figures + _GAP + self._beside(), scaled(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click asks for the right time."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Large figures, two small lines."""
        painter = QPainter(self)
        beside = self._beside()
        rect = QRectF(0, 0, self.width() - (0 if self._bare else beside + _GAP), self.height())
        figures = color("warm" if self._bare and self._paused else "ink")
        draw_text(painter, rect, self._time, font=font("clock", tabular=True), color=figures, align=RIGHT)
        if self._bare:
            return
        look = font("small", tabular=True)
        left = self.width() - beside
        draw_text(
            painter, QRectF(left, scaled(4), beside, scaled(18)), self._day, font=look, color=color("muted"), align=LEFT
        )
        line = QRectF(left, scaled(22), beside, scaled(18))
        ink = color("warm" if self._paused else "muted")
        if self._paused:
            side = scaled(_ICON)
            paint_icon(painter, QRectF(left, line.center().y() - side / 2, side, side), "pause", ink)
            line.adjust(side + 4, 0, 0, 0)
        draw_text(painter, line, self._left, font=look, color=ink, align=LEFT)

    def _beside(self) -> int:
        """Width of the two lines; while the lesson runs it is fixed, so that nothing moves with the minutes."""
        small = QFontMetrics(font("small", tabular=True))
        icon = scaled(_ICON) + 4 if self._paused else 0
        words = max(small.horizontalAdvance(self._left) + icon, small.horizontalAdvance(self._day)) + 2
        usual = small.horizontalAdvance(self.tr("{minutes} min left").format(minutes=88)) + 2
        return max(usual, words) if self._runs else words
