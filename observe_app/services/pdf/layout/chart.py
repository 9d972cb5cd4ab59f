"""The lesson in time: lanes of marks over a true axis of minutes, phases above, numbered moments below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import disc

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Timeline
    from observe_app.services.pdf.text import Ink
    from observe_app.services.pdf.words import Words

_AXIS = 14.0
_PHASE = 17.0
_DISC = 14.0
_LABELS = 92.0
_VALUES = 26.0
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440, 10080)
_MAX_GRID = 14
_MAX_DISC_LANES = 3


def grid_step(minutes: float) -> float:
    """Return the distance of grid lines: a round number of minutes that gives at most 14 of them."""
    for step in _STEPS:
        if minutes / step <= _MAX_GRID:
            return step
    return minutes / _MAX_GRID


def disc_lanes(places: list[float], apart: float = 13) -> list[int]:
    """Return a lane for each place (ascending, in points) such that discs of one lane do not overlap.

    The lanes are at most three; -1 where all of them are full.
    """
    ends = [-1e9] * _MAX_DISC_LANES
    lanes: list[int] = []
    for place in places:
        free = next((lane for lane, end in enumerate(ends) if place - end >= apart), -1)
        if free >= 0:
            ends[free] = place
        lanes.append(free)
    return lanes


@dataclass(frozen=True, slots=True)
class Chart:
    """Draws one timeline `width` points wide."""

    timeline: Timeline
    words: Words
    ink: Ink
    width: float
    air: float = 1.0

    @property
    def height(self) -> float:
        """Height in points, from its lanes."""
        lanes = len(self.timeline.rows) * self._lane
        phases = _PHASE + 6 if self.timeline.phases else 0
        return phases + lanes + self._disc_rows * _DISC + (4 if self._disc_rows else 0) + _AXIS + 4

    def paint(self, canvas: Any, _width: float, height: float) -> None:
        """Draw from the lower left corner."""
        top = height
        plot_top = top - (_PHASE if self.timeline.phases else 0)
        self._grid(canvas, plot_top)
        if self.timeline.phases:
            self._phases(canvas, top - _PHASE)
            top -= _PHASE + 6
        for row in self.timeline.rows:
            top -= self._lane
            self._row(canvas, top, row)
        if self._disc_rows:
            self._moments(canvas, top - 4)

    @property
    def _lane(self) -> float:
        return 9.8 + 4.2 * self.air

    @property
    def _left(self) -> float:
        return _LABELS + _VALUES

    def _x(self, minute: float) -> float:
        end = max(self.timeline.minutes, 1e-6)
        return self._left + (self.width - self._left - 1) * min(max(minute, 0), end) / end

    @property
    def _disc_rows(self) -> int:
        lanes = disc_lanes([self._x(moment.minute) for moment in self.timeline.moments])
        return max(lanes) + 1 if lanes else 0

    def _grid(self, canvas: Any, top: float) -> None:
        end = self.timeline.minutes
        step = grid_step(end)
        canvas.setStrokeColor(look.RULE)
        minute = 0.0
        while minute <= end + 1e-6:
            x = self._x(minute)
            canvas.setLineWidth(0.8 if minute % (2 * step) == 0 else 0.5)
            canvas.line(x, _AXIS, x, top)
            self._tick(canvas, minute, x, last=minute + step > end + 1e-6)
            minute += step
        if end % step:
            canvas.setLineWidth(0.8)
            canvas.line(self._x(end), _AXIS, self._x(end), top)

    def _tick(self, canvas: Any, minute: float, x: float, *, last: bool) -> None:
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 7.6)
        if last:
            label = self.words.minutes.format(n=f"{minute:g}")
            wide = fonts.width(label, fonts.REGULAR, 7.6)
            canvas.drawString(min(x - fonts.width(f"{minute:g}", fonts.REGULAR, 7.6) / 2, self.width - wide), 3, label)
        else:
            canvas.drawCentredString(x, 3, f"{minute:g}")

    def _phases(self, canvas: Any, y: float) -> None:
        canvas.setFillColor(look.INK)
        canvas.setFont(fonts.SEMIBOLD, 8.2)
        canvas.drawString(0, y + 5, self.words.phase)
        for index, phase in enumerate(self.timeline.phases):
            left, right = self._x(phase.start), self._x(phase.end)
            canvas.setFillColor(look.WHITE if index % 2 else look.PALE)
            canvas.setStrokeColor(look.TEAL)
            canvas.setLineWidth(0.6)
            canvas.rect(left, y, right - left, _PHASE, stroke=1, fill=int(not look.saving(canvas)))
            label = fonts.fitted(self.ink.line(phase.label), fonts.REGULAR, 7.8, right - left - 5)
            if len(label) > 1:
                canvas.setFillColor(look.INK)
                canvas.setFont(fonts.REGULAR, 7.8)
                canvas.drawCentredString((left + right) / 2, y + 5.4, label)

    def _row(self, canvas: Any, y: float, row: Any) -> None:
        canvas.setFont(fonts.REGULAR, 8.2)
        canvas.setFillColor(look.INK)
        canvas.drawString(0, y + 3.4, fonts.fitted(self.ink.line(row.label), fonts.REGULAR, 8.2, _LABELS - 4))
        canvas.setFont(fonts.REGULAR, 7.6)
        canvas.setFillColor(look.MUTED)
        canvas.drawRightString(
            self._left - 9, y + 3.4, fonts.fitted(self.ink.line(row.value), fonts.REGULAR, 7.6, _VALUES)
        )
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.4)
        canvas.line(self._left, y, self.width - 1, y)
        for minute in row.marks:
            self._mark(canvas, self._x(minute), y + (self._lane - 9.2) / 2, row.shape)

    @staticmethod
    def _mark(canvas: Any, x: float, y: float, shape: str) -> None:
        if shape == "tick":
            canvas.setFillColor(look.ACCENT)
            canvas.rect(x - 0.6, y + 0.6, 1.2, 8, stroke=0, fill=1)
        elif shape == "dot":
            canvas.setFillColor(look.ACCENT)
            canvas.circle(x, y + 4.6, 2.3, stroke=0, fill=1)
        elif shape == "ring":
            canvas.setStrokeColor(look.MUTED)
            canvas.setFillColor(look.WHITE)
            canvas.setLineWidth(1)
            canvas.circle(x, y + 4.6, 2.1, stroke=1, fill=1)
        else:
            canvas.setFillColor(look.WARM)
            path = canvas.beginPath()
            path.moveTo(x - 2.8, y + 2)
            path.lineTo(x + 2.8, y + 2)
            path.lineTo(x, y + 7.4)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    def _moments(self, canvas: Any, top: float) -> None:
        canvas.setFont(fonts.REGULAR, 8.2)
        canvas.setFillColor(look.INK)
        canvas.drawString(0, top - _DISC + 4.4, self.words.moments)
        places = [self._x(moment.minute) for moment in self.timeline.moments]
        for moment, x, lane in zip(self.timeline.moments, places, disc_lanes(places), strict=True):
            if lane >= 0:
                disc(canvas, min(x, self.width - 6), top - _DISC / 2 - lane * _DISC, moment.number)
            else:
                # no room for one more number: the moment still shows, as a small point below the discs
                canvas.setFillColor(look.INK)
                canvas.circle(x, top - self._disc_rows * _DISC - 1, 1.2, stroke=0, fill=1)
