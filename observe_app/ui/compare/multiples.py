"""One small chart for each item, in columns; the first ones at once, the others while nothing else happens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.ui.charts import ChartView
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.compare.marks import Series, Term

_LEAST = 176
"""Width of a chart under which there is one column fewer."""
_MOST_COLUMNS = 4
_AT_ONCE = 9
_EACH_TURN = 6


class Multiples(QWidget):
    """The charts of a term.

    Signals:
        opened: visit id and moment in ms or None. chosen: key of the line and visit id.
    """

    opened = Signal(str, object)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self._lines: list[Series] = []
        self._chosen = ("", "")
        self._columns = 3
        self.charts: list[ChartView] = []
        self._heads: list[tuple[str, QWidget]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(26))
        self._grid.setVerticalSpacing(scaled(14))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def show_lines(self, term: Term, lines: list[Series]) -> None:
        """Show these lines of a term; charts that are there already are used again."""
        self._timer.stop()
        same = [line_key(line) for line in lines] == [line_key(line) for line in self._lines]
        if same and len(self.charts) == len(lines):
            self._term, self._lines = term, lines
            for line, chart in zip(lines, self.charts, strict=True):
                chart.set_maker(partial(small_multiple, course_of(term, line)))
            return
        clear_layout(self._grid)
        self.charts, self._heads = [], []
        self._term, self._lines = term, lines
        self._add(_AT_ONCE)
        self._arrange()

    def choose(self, key: str, visit_id: str) -> None:
        """Let a mark stand out; sends nothing."""
        self._chosen = (key, visit_id)
        for line, chart in zip(self._lines, self.charts, strict=False):
            chart.set_chosen(f"{line.key}@{visit_id}" if line_key(line) == key else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as have room."""
        super().resizeEvent(event)
        gap = self._grid.horizontalSpacing()
        fits = (event.size().width() + gap) // (scaled(_LEAST) + gap)
        columns = min(max(fits, 1), _MOST_COLUMNS)
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _add(self, count: int) -> None:
        if self._term is None:
            return
        for line in self._lines[len(self.charts) : len(self.charts) + count]:
            chart = ChartView(partial(small_multiple, course_of(self._term, line)), self, click_opens=False)
            chart.setObjectName(f"multiple_{line.key}")
            chart.setProperty("line", line_key(line))
            chart.opened.connect(self.opened)
            chart.chosen.connect(self._on_chosen)
            self.charts.append(chart)
            chart.show()
        if len(self.charts) < len(self._lines):
            self._timer.start()

    def _arrange(self) -> None:
        """Put the charts into the grid, a head where another person or section begins."""
        for _name, head in self._heads:
            head.deleteLater()
        self._heads = []
        while self._grid.takeAt(0) is not None:
            pass
        names = {visit.teacher_id: visit.teacher for visit in self._term.visits} if self._term is not None else {}
        several = len({line.teacher_id for line in self._lines}) > 1
        sections = len({line.section for line in self._lines}) > 1
        row = column = 0
        last: tuple[str, str] | None = None
        for line, chart in zip(self._lines, self.charts, strict=False):
            place = (line.teacher_id if several else "", line.section if sections else "")
            if place != last and any(place):
                row += 1 if column else 0
                column = 0
                parts = [names.get(place[0], ""), place[1]]
                row = self._head([part for part in parts if part], row)
            last = place
            self._grid.addWidget(chart, row, column)
            column += 1
            if column >= self._columns:
                row, column = row + 1, 0
        for at in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        self._grid.invalidate()
        self.updateGeometry()
        holder = self.parentWidget()
        outer = holder.layout() if holder is not None else None
        if outer is not None:  # charts that came in the place of others: nobody else asks for their height
            outer.invalidate()
            self._grow(holder, outer.heightForWidth(holder.width()))
            outer.activate()

    @staticmethod
    def _grow(holder: QWidget | None, height: int) -> None:
        """Give the page the height of what it shows at once: until its scroll pane does, charts would be squeezed."""
        if holder is not None and height > holder.height():
            holder.resize(holder.width(), height)

    def _head(self, parts: list[str], row: int) -> int:
        label = TextLabel(" · ".join(parts), self, step="small", tone="muted", weight=600)
        label.show()
        self._heads.append(("", label))
        self._grid.addWidget(label, row, 0, 1, self._columns)
        return row + 1

    @Slot()
    def _on_turn(self) -> None:
        self._add(_EACH_TURN)
        self._arrange()
        self.choose(*self._chosen)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        chart = self.sender()
        if isinstance(chart, ChartView):
            self.chosen.emit(str(chart.property("line")), key.rpartition("@")[2])


def line_key(line: Series) -> str:
    """Return what names a line within a term: its thing, its measure, its person."""
    return f"{line.key}/{line.measure}/{line.teacher_id}"
