"""One lesson: the lesson in time and a chart for everything that was recorded in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from observe_app.domain.compare.lesson import lesson
from observe_app.services import visits
from observe_app.ui.charts import ChartView
from observe_app.ui.compare.lesson_data import charts_of, day_of, form_name
from observe_app.ui.compare.lesson_more import DEFAULT_S, LENGTHS_S, origin_words
from observe_app.ui.compare.state import SIDES
from observe_app.ui.compare.tab_base import CompareTab
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import Button, ButtonKind, ComboBox, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.progress import Progress
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.compare.shown import Shown
    from observe_app.ui.jobs import JobRunner

_TWO = 860
"""Width from which charts stand in two columns."""


class LessonTab(CompareTab):
    """All views of one visit."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("compare_lesson")
        self._visit: Visit | None = None
        self._shown: tuple[Shown, ...] = ()
        self._columns = 0
        self._found: Read | None = None
        self.charts: list[ChartView] = []
        self._build()
        self.open_button.clicked.connect(self._on_open)
        self.beside_button.clicked.connect(self._on_beside)
        self.length.activated.connect(self._on_length)

    def start_widget(self) -> QWidget | None:
        """The lesson in time."""
        return self.charts[0] if self.charts and self.stack.currentWidget() is self.content else None

    def regions(self) -> tuple[QWidget, ...]:
        """All charts."""
        return (self.content,)

    def show_read(self, found: Read) -> None:
        """Read the visit that is chosen."""
        visit_id, core, language = found.chosen.visit, self.core, QLocale().name()
        self._found, seconds = found, int(self.length.currentData())
        if not visit_id:
            self.say_empty(
                self.tr("No lesson to look at"),
                self.tr("No visit with these choices has taken place. Choose another person or other dates."),
            )
            return

        def read(_progress: Progress) -> tuple[VisitRecord, str, tuple[Shown, ...]]:
            record = visits.load_record(core, visit_id)
            return record, origin_words(lesson(record)), charts_of(record, language, seconds)

        self.latest.ask(read, self._on_read)

    def _on_read(self, found: tuple[VisitRecord, str, tuple[Shown, ...]]) -> None:
        record, origin, self._shown = found
        # A choice of lengths only where something can be made of it.
        self.length.setVisible(any(one.key == "derived" or one.key.startswith("codes:") for one in self._shown))
        visit = self._visit = record.visit
        self.name.setText(visit.topic or visit.class_name or visit.subject or visit.teacher)
        told = (visit.teacher, day_of(visit), visit.class_name, form_name(record), visit.observer, origin)
        self.line.setText(" · ".join(part for part in told if part))
        if not self._shown:
            self.say_empty(
                self.tr("Nothing was recorded in this lesson"),
                self.tr("What is counted, timed, ticked or noted in a visit makes its charts."),
            )
            return
        # A chart that has the keyboard and goes would hand it on to what lies far below, and the page would follow.
        focused = any(chart.hasFocus() for chart in self.charts)
        if focused:
            self.content.setFocus()
        clear_layout(self.grid)
        self.charts = []
        self.content.verticalScrollBar().setValue(0)
        for shown in self._shown:
            chart = ChartView(shown.maker, self, click_opens=True)
            chart.setObjectName(f"lesson_{shown.key}")
            chart.opened.connect(self.open_visit)
            chart.show()
            self.charts.append(chart)
        self._columns = 0
        self._arrange()
        self.show_content(self.content)
        if focused and self.charts:
            self.charts[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= room_for(_TWO) else 1
        if columns == self._columns:
            return
        self._columns = columns
        while self.grid.takeAt(0) is not None:
            pass
        row = column = 0
        for shown, chart in zip(self._shown, self.charts, strict=True):
            if shown.wide and column:
                row, column = row + 1, 0
            self.grid.addWidget(chart, row, column, 1, columns if shown.wide else 1)
            column = columns if shown.wide else column + 1
            if column >= columns:
                row, column = row + 1, 0
        for at in range(2):
            self.grid.setColumnStretch(at, 1 if at < columns else 0)

    @Slot()
    def _on_length(self) -> None:
        if self._found is not None:
            self.show_read(self._found)

    @Slot()
    def _on_open(self) -> None:
        if self._visit is not None:
            self.open_visit(self._visit.id)

    @Slot()
    def _on_beside(self) -> None:
        if self._visit is not None:
            self.go(SIDES, self._visit.id)

    def _build(self) -> None:
        self.content = ScrollPane(self, exact=True)
        self.stack.addWidget(self.content)
        body = self.content.body
        body.setContentsMargins(24, 16, 24, 24)
        self.name = TextLabel("", self, step="heading", weight=600)
        self.line = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.open_button = Button(self.tr("Open the visit"), self, kind=ButtonKind.LINK)
        self.open_button.setObjectName("lesson_open")
        self.beside_button = Button(self.tr("Side by side"), self, kind=ButtonKind.LINK)
        self.beside_button.setObjectName("lesson_beside")
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        self.length = ComboBox(self)
        self.length.setObjectName("lesson_length")
        self.length.setAccessibleName(self.tr("Length of an interval in sheets that are made here"))
        for seconds in LENGTHS_S:
            self.length.addItem(self.tr("Intervals of {n} min").format(n=seconds // 60), seconds)
        self.length.setCurrentIndex(LENGTHS_S.index(DEFAULT_S))
        head.addWidget(self.length)
        head.addWidget(self.open_button)
        head.addWidget(self.beside_button)
        body.addLayout(head)
        body.addWidget(self.line)
        body.addSpacing(14)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(scaled(48))
        self.grid.setVerticalSpacing(scaled(28))
        body.addLayout(self.grid)
        body.addStretch(1)
