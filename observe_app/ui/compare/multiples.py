"""One small chart for each item, in columns; the first ones at once, the others while nothing else happens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.ui.charts import ChartView
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.compare.marks import Series, Term

_LEAST = 176
"""Width of a chart under which there is one column fewer."""
_MOST_COLUMNS = 4
_AT_ONCE = 9
_EACH_TURN = 6
_PAUSE_MS = 10
"""Before the next charts, so that what is there is painted first."""
_MOST = 60
"""Charts that are made before somebody asks for more: nobody looks at a thousand, and each costs time and memory."""


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
        self._most = _MOST
        self.charts: list[ChartView] = []
        self._heads: list[QWidget] = []
        self._row = self._column = self._placed = 0
        self._last: tuple[str, str] | None = None
        self._charts_grid = QWidget(self)
        self._grid = QGridLayout(self._charts_grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(26))
        self._grid.setVerticalSpacing(scaled(14))
        self.more_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("more_charts")
        self.more_button.clicked.connect(self._on_more)
        self.more_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self._charts_grid)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_turn)

    def show_lines(self, term: Term, lines: list[Series]) -> None:
        """Show these lines of a term; charts that are there already are used again."""
        self._timer.stop()
        same = [line_key(line) for line in lines] == [line_key(line) for line in self._lines]
        if same and len(self.charts) == min(len(lines), self._most):
            self._term, self._lines = term, lines
            for line, chart in zip(lines, self.charts, strict=False):
                chart.set_maker(partial(small_multiple, course_of(term, line)))
            return
        clear_layout(self._grid)
        self.charts, self._heads, self._most = [], [], _MOST
        self._term, self._lines = term, lines
        self._begin()
        self._grid.setEnabled(False)  # each chart that is shown would lay out all of them
        self._add(_AT_ONCE)
        self._place()

    @property
    def wanted(self) -> int:
        """How many charts there will be once those that are to be seen are made."""
        return min(len(self._lines), self._most)

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
        key, visit_id = self._chosen
        for line in self._lines[len(self.charts) : min(len(self.charts) + count, self._most)]:
            course = course_of(self._term, line)
            chart = ChartView(partial(small_multiple, course), self._charts_grid, click_opens=False)
            chart.setObjectName(f"multiple_{line.key}")
            chart.setProperty("line", line_key(line))
            chart.set_chosen(f"{line.key}@{visit_id}" if line_key(line) == key else "")
            chart.opened.connect(self.opened)
            chart.chosen.connect(self._on_chosen)
            self.charts.append(chart)
            chart.show()
        if len(self.charts) < self.wanted:
            self._timer.start()

    def _begin(self) -> None:
        """Begin the grid anew."""
        for head in self._heads:
            head.deleteLater()
        self._heads = []
        self._row = self._column = self._placed = 0
        self._last = None

    def _arrange(self) -> None:
        """Put every chart into its place again, as for another number of columns."""
        while self._grid.takeAt(0) is not None:
            pass
        self._begin()
        self._place()

    def _place(self) -> None:
        """Put the charts that have no place yet into the grid, a head where another person or section begins."""
        names = {visit.teacher_id: visit.teacher for visit in self._term.visits} if self._term is not None else {}
        several = len({line.teacher_id for line in self._lines}) > 1
        sections = len({line.section for line in self._lines}) > 1
        for at in range(self._placed, len(self.charts)):
            line = self._lines[at]
            place = (line.teacher_id if several else "", line.section if sections else "")
            if place != self._last and any(place):
                self._row += 1 if self._column else 0
                self._column = 0
                self._head([part for part in (names.get(place[0], ""), place[1]) if part])
            self._last = place
            self._grid.addWidget(self.charts[at], self._row, self._column)
            self._column += 1
            if self._column >= self._columns:
                self._row, self._column = self._row + 1, 0
        self._placed = len(self.charts)
        left = len(self._lines) - self._most
        self.more_button.setVisible(left > 0 and self._placed == self.wanted)
        self.more_button.setText(self.tr("Show more charts, {n} are left").format(n=max(left, 0)))
        for at in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        self._grid.setEnabled(True)
        self._grid.invalidate()
        self.updateGeometry()
        holder = self.parentWidget()
        outer = holder.layout() if holder is not None else None
        # Charts that came in the place of others: nobody else asks for their height.
        if holder is not None and outer is not None:
            outer.invalidate()
            self._grow(holder, outer.heightForWidth(holder.width()))
            outer.activate()

    @staticmethod
    def _grow(holder: QWidget, height: int) -> None:
        """Give the page the height of what it shows at once: until its scroll pane does, charts would be squeezed."""
        if height > holder.height():
            holder.resize(holder.width(), height)

    def _head(self, parts: list[str]) -> None:
        label = TextLabel(" · ".join(parts), self._charts_grid, step="small", tone="muted", weight=600)
        label.show()
        self._heads.append(label)
        self._grid.addWidget(label, self._row, 0, 1, self._columns)
        self._row += 1

    @Slot()
    def _on_turn(self) -> None:
        self._grid.setEnabled(False)
        self._add(_EACH_TURN)
        self._place()

    @Slot()
    def _on_more(self) -> None:
        self._most += _MOST
        self._on_turn()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        chart = self.sender()
        if isinstance(chart, ChartView):
            self.chosen.emit(str(chart.property("line")), key.rpartition("@")[2])


def line_key(line: Series) -> str:
    """Return what names a line within a term: its thing, its measure, its person."""
    return f"{line.key}/{line.measure}/{line.teacher_id}"
