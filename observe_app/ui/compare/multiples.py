"""One small chart for each item, in columns; those in view at once, the others while nothing else happens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.ui.charts import ChartView
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from observe_app.domain.compare.marks import Series, Term

_LEAST = 176
"""Width of a chart under which there is one column fewer."""
_MOST_COLUMNS = 4
_GAP, _BETWEEN = 26, 14
_AT_ONCE = 12
_EACH_TURN = 6
_PAUSE_MS, _UNSEEN_MS = 10, 120
"""Before the next charts, so that what is there is painted first; where nothing of it is in sight they come anyway."""
_MOST = 60
"""Charts that are made before somebody asks for more: nobody looks at a thousand, and each costs time and memory."""


class _Board(QWidget):
    """Charts in columns of one width, a head over those of another person or section.

    Signals:
        painted: it was just painted.

    A layout of Qt's asks each chart for its height at several widths, and all of them again when one comes. Here each
    is made at the one width that it has.
    """

    painted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QWidget | None, list[ChartView]]] = []

    def put(self, groups: list[tuple[QWidget | None, list[ChartView]]]) -> None:
        """Show these charts, each group under its head; None for no head."""
        self._rows = groups
        self.arrange()

    def arrange(self) -> None:
        """Give every chart its place, and the board the height that they come to."""
        gap, between = scaled(_GAP), scaled(_BETWEEN)
        columns = min(max((self.width() + gap) // (scaled(_LEAST) + gap), 1), _MOST_COLUMNS)
        wide = max((self.width() - gap * (columns - 1)) // columns, 1)
        top = 0
        for head, charts in self._rows:
            if head is not None:
                high = head.sizeHint().height()
                head.setGeometry(0, top, self.width(), high)
                top += high + between
            for first in range(0, len(charts), columns):
                row = charts[first : first + columns]
                high = max(chart.heightForWidth(wide) for chart in row)
                for at, chart in enumerate(row):
                    x = at * (wide + gap)
                    chart.setGeometry(self.width() - x - wide if self.isRightToLeft() else x, top, wide, high)
                top += high + between
        self.setFixedHeight(max(top - between, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as have room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tell that the charts are painted: they are right after this."""
        self.painted.emit()

    def event(self, event: QEvent) -> bool:
        """A chart that wants another height moves those below it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)


class Multiples(QWidget):
    """The charts of a term.

    Signals:
        opened: visit id and moment in ms or None. chosen: key of the line and visit id.
        turned: some more charts are there; the first time what was there before is painted.
    """

    turned = Signal()
    opened = Signal(str, object)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self._lines: list[Series] = []
        self._chosen = ("", "")
        self._most = _MOST
        self.charts: list[ChartView] = []
        self._spare: list[ChartView] = []
        self._heads: list[QWidget] = []
        self._fresh = 0
        self._board = _Board(self)
        self._board.painted.connect(self._on_painted)
        self.more_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("more_charts")
        self.more_button.clicked.connect(self._on_more)
        self.more_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self._board)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_turn)

    def show_lines(self, term: Term, lines: list[Series]) -> None:
        """Show these lines of a term in the charts that are there already; charts of lines that stay stay in sight."""
        self._timer.stop()
        if [line_key(line) for line in lines] != [line_key(line) for line in self._lines]:
            for chart in self.charts:
                chart.hide()
            self._spare = [*self.charts, *self._spare]
            self.charts, self._most = [], _MOST
        self._term, self._lines = term, lines
        self._fresh = 0
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

    def _add(self, count: int) -> None:
        """Bring so many charts more up to date, those that are not there yet made."""
        if self._term is None:
            return
        key, visit_id = self._chosen
        until = min(self._fresh + count, self.wanted)
        for at in range(self._fresh, until):
            line = self._lines[at]
            if at == len(self.charts):
                self.charts.append(self._spare.pop(0) if self._spare else self._chart())
            chart = self.charts[at]
            chart.setObjectName(f"multiple_{line.key}")
            chart.setProperty("line", line_key(line))
            chosen = f"{line.key}@{visit_id}" if line_key(line) == key else ""
            chart.set_maker(partial(small_multiple, course_of(self._term, line)), chosen)
            chart.show()
        self._fresh = until
        if until < self.wanted:
            self._timer.start(_UNSEEN_MS)

    def _chart(self) -> ChartView:
        chart = ChartView(None, self._board, click_opens=False)
        chart.opened.connect(self.opened)
        chart.chosen.connect(self._on_chosen)
        return chart

    def _place(self) -> None:
        """Put the charts onto the board, a head where another person or section begins."""
        names = {visit.teacher_id: visit.teacher for visit in self._term.visits} if self._term is not None else {}
        several = len({line.teacher_id for line in self._lines}) > 1
        sections = len({line.section for line in self._lines}) > 1
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._heads = []
        groups: list[tuple[QWidget | None, list[ChartView]]] = []
        last: tuple[str, str] | None = None
        for line, chart in zip(self._lines, self.charts, strict=False):
            place = (line.teacher_id if several else "", line.section if sections else "")
            if place != last:
                told = [part for part in (names.get(place[0], ""), place[1]) if part]
                groups.append((self._head(told) if told else None, []))
            last = place
            groups[-1][1].append(chart)
        left = len(self._lines) - self._most
        self.more_button.setVisible(left > 0 and len(self.charts) == self.wanted)
        self.more_button.setText(self.tr("Show more charts, {n} are left").format(n=max(left, 0)))
        self._board.put(groups)

    def _head(self, parts: list[str]) -> QWidget:
        label = TextLabel(" · ".join(parts), self._board, step="small", tone="muted", weight=600)
        label.show()
        self._heads.append(label)
        return label

    @Slot()
    def _on_painted(self) -> None:
        if self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    @Slot()
    def _on_turn(self) -> None:
        self._add(_EACH_TURN)
        self._place()
        self.turned.emit()

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
