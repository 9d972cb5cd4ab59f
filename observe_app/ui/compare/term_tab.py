"""Over a term: one small chart for each item, every visit by every item, and what is behind the mark that is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.compare.marks import Measure, Origin, Term
from observe_app.services import visits
from observe_app.services.charts.heat import heat_data, heat_map
from observe_app.ui.charts import ChartView
from observe_app.ui.compare.detail import MarkDetail
from observe_app.ui.compare.moments import quoted
from observe_app.ui.compare.multiples import Multiples, line_key
from observe_app.ui.compare.observer_offer import ObserverOffer
from observe_app.ui.compare.remark import Remark
from observe_app.ui.compare.state import SIDES, TERM, CompareTarget
from observe_app.ui.compare.tab_base import CompareTab
from observe_app.ui.compare.term_words import (
    left_out_words,
    lines_words,
    never_lines,
    scale_words,
    seen_words,
    shown_lines,
)
from observe_app.ui.widgets import ElidedLabel, Plane, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from observe_app.domain.compare.marks import Mark, Series, TermVisit
    from observe_app.domain.progress import Progress
    from observe_app.services.charts.heat import HeatData
    from observe_app.services.core import Core
    from observe_app.ui.compare.moments import Quoted
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner

_ROWS_AT_ONCE = 18
"""Rows of the map that are drawn before anything else: more than a screen shows."""


class TermTab(CompareTab):
    """What changed from visit to visit."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("compare_term")
        self.term = Term()
        self._mark = ("", "")
        self._whole: HeatData | None = None
        self._build()
        self.multiples.turned.connect(self._on_turned)
        self.multiples.opened.connect(self.open_visit)
        self.multiples.chosen.connect(self._on_small_chosen)
        self.heat.opened.connect(self.open_visit)
        self.heat.chosen.connect(self._on_heat_chosen)
        self.heat.current_changed.connect(self._on_heat_chosen)
        self.detail.open_asked.connect(self.open_visit)
        self.detail.beside_asked.connect(self._on_beside)

    def start_widget(self) -> QWidget | None:
        """The map, where there is one."""
        return self.heat if self.stack.currentWidget() is self.content else None

    def regions(self) -> tuple[QWidget, ...]:
        """Charts, map and what is behind a mark."""
        return (self.left, self.side)

    def show_read(self, found: Read) -> None:
        """Show what was counted; the mark that was chosen stays so where it still is."""
        term = self.term = found.term
        if not found.options.people:
            self.say_empty(
                self.tr("Nothing to compare yet"),
                self.tr(
                    "After the first visit its figures stand here; from three visits with one form on they make a line."
                ),
            )
            return
        if not term.visits:
            self.say_empty(
                self.tr("No visits to compare"),
                self.tr("No visit has these choices. Choose other dates, another form or another person."),
            )
            return
        shown = list(found.heat.term.series) if found.heat is not None else shown_lines(term)
        if not shown:
            self.say_empty(
                self.tr("Nothing to count yet"),
                self.tr("These visits have a form with nothing filled in. What is rated, ticked, counted or timed "
                        "in a visit stands here afterwards."),
            )  # fmt: skip
            return
        self.lines_label.setText(lines_words(term, shown))
        self.scale_label.setText(scale_words(shown))
        self.scale_label.setVisible(bool(self.scale_label.text()))
        self.offer.show_term(term, shown, found.chosen.observer)
        self.multiples.show_lines(term, shown)
        line, visit_id = self._first_mark(shown)
        column = next((at for at, one in enumerate(term.visits) if one.id == visit_id), 0)
        spot = f"{line.key}/{line.measure}@{visit_id}" if line is not None else ""
        self._whole = found.heat or heat_data(term)
        walked = self.heat.current_index >= 0  # who stands in a row further down stays there
        self.heat.set_maker(partial(heat_map, self._whole if walked else self._whole.top(_ROWS_AT_ONCE)), spot, column)
        self.remark.say(seen_words(term, shown), *left_out_words(term, never_lines(term)))
        imported = any(visit.origin is Origin.IMPORTED for visit in term.visits)
        self.legend.setText(self.tr("– not seen or not looked for, ○ imported") if imported
                            else self.tr("– not seen or not looked for"))  # fmt: skip
        self.show_content(self.content)
        if line is not None:
            self.choose(line_key(line), visit_id)

    # --- the mark that is chosen ------------------------------------------------------------------

    def choose(self, key: str, visit_id: str) -> None:
        """Choose the mark of a line and a visit, and say what is behind it."""
        line = next((one for one in self.term.series if line_key(one) == key), None)
        mark = next((one for one in line.marks if one.visit_id == visit_id), None) if line is not None else None
        visit = self._visit(visit_id)
        if line is None or mark is None or visit is None:
            self.detail.hide()
            return
        self._mark = (key, visit_id)
        self.multiples.choose(key, visit_id)
        self.heat.set_chosen(f"{line.key}/{line.measure}@{visit_id}")
        self.detail.show_mark(line, mark, visit, self._before(line, mark))
        self.detail.show()
        self._ask_quote(line, mark)

    def _first_mark(self, shown: list[Series]) -> tuple[Series | None, str]:
        """Return the mark that stands out: the one that did where it still is, else the latest of the first line."""
        key, visit_id = self._mark
        kept = next((line for line in shown if line_key(line) == key), None)
        if kept is not None and any(mark.visit_id == visit_id for mark in kept.marks):
            return kept, visit_id
        latest = next((mark for mark in reversed(shown[0].marks) if mark.missing is None), None)
        return (shown[0], latest.visit_id) if latest is not None else (None, "")

    def _before(self, line: Series, mark: Mark) -> TermVisit | None:
        """Return the first visit of the line that has a value; of the first one the last."""
        valued = [one for one in line.marks if one.missing is None and one.visit_id != mark.visit_id]
        if not valued:
            return None
        ids = [one.visit_id for one in line.marks]
        earlier = [one for one in valued if ids.index(one.visit_id) < ids.index(mark.visit_id)]
        return self._visit(earlier[0].visit_id if earlier else valued[-1].visit_id)

    def _visit(self, visit_id: str) -> TermVisit | None:
        return next((one for one in self.term.visits if one.id == visit_id), None)

    def _ask_quote(self, line: Series, mark: Mark) -> None:
        core, item, at_ms, visit_id = self.core, line.item or line.key, mark.at_ms, mark.visit_id
        answered = line.measure in {Measure.RATING, Measure.CHECK, Measure.CHOICE, Measure.NUMBER}

        def read(_progress: Progress) -> Quoted | None:
            return quoted(visits.load_record(core, visit_id), item, None if answered else at_ms)

        if mark.missing is None:
            self.latest.ask(read, self.detail.show_quote)

    @Slot(str, str)
    def _on_small_chosen(self, key: str, visit_id: str) -> None:
        self.choose(key, visit_id)

    @Slot()
    def _on_turned(self) -> None:
        """What is seen is painted: the rows of the map that lie further down."""
        whole, self._whole = self._whole, None
        if whole is not None and len(whole.rows) > _ROWS_AT_ONCE:
            self.heat.set_maker(partial(heat_map, whole), first=None)

    @Slot(str)
    def _on_heat_chosen(self, spot: str) -> None:
        name, _at, visit_id = spot.rpartition("@")
        found = next(
            (one for one in self.term.series if f"{one.key}/{one.measure}" == name
             and any(mark.visit_id == visit_id for mark in one.marks)), None,
        )  # fmt: skip
        if found is not None:
            self.choose(line_key(found), visit_id)

    @Slot(str)
    def _on_observer(self, observer_id: str) -> None:
        self.target_asked.emit(CompareTarget(TERM, observer_id=observer_id))

    @Slot(str, str)
    def _on_beside(self, visit_id: str, other_id: str) -> None:
        self.go(SIDES, visit_id, other_id)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.content = QWidget(self)
        self.stack.addWidget(self.content)
        self.left = ScrollPane(self.content, exact=True)
        self.left.setObjectName("term_charts")
        body = self.left.body
        body.setContentsMargins(24, 20, 24, 20)
        body.addWidget(TextLabel(self.tr("One small chart for each item"), self, step="heading", weight=600))
        self.lines_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.scale_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        body.addWidget(self.lines_label)
        body.addWidget(self.scale_label)
        self.offer = ObserverOffer(self)
        self.offer.chosen.connect(self._on_observer)
        body.addWidget(self.offer)
        body.addSpacing(16)
        self.multiples = Multiples(self)
        body.addWidget(self.multiples)
        body.addSpacing(18)
        self.remark = Remark(self)
        body.addWidget(self.remark)
        body.addStretch(1)
        self.side = Plane("side", self.content)
        self._build_side()
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 51)
        row.addWidget(self.side, 49)

    def _build_side(self) -> None:
        scroll = ScrollPane(self.side, plane="side", exact=True)
        scroll.body.setContentsMargins(28, 20, 24 + SCROLL_BAR // 2, 12)
        head = QHBoxLayout()
        head.addWidget(TextLabel(self.tr("Every visit, every item"), self, step="heading", weight=600))
        head.setSpacing(16)
        self.legend = ElidedLabel("", self, step="small", tone="muted", align_right=True)
        head.addWidget(self.legend, 1)
        self.heat = ChartView(None, self, ground="side", click_opens=False)
        self.heat.setObjectName("term_heat")
        scroll.body.addLayout(head)
        scroll.body.addSpacing(10)
        scroll.body.addWidget(self.heat)
        scroll.body.addStretch(1)
        self.detail = MarkDetail(self.side)
        self.detail.setObjectName("term_detail")
        self.detail.hide()
        holder = QVBoxLayout()
        holder.setContentsMargins(28, 0, 24, 8)
        holder.addWidget(self.detail)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(holder)
