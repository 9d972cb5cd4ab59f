"""Two observers, one lesson: where they agree and differ, how far, and what they agree on afterwards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.charts.agreement import Strip, agreement_strip
from observe_app.services.compare import pairs
from observe_app.ui.charts import ChartView
from observe_app.ui.compare.agree_model import AgreeTable
from observe_app.ui.compare.agree_words import agreement_words
from observe_app.ui.compare.clock_bar import ClockBar
from observe_app.ui.compare.difference_panel import DifferencePanel, around
from observe_app.ui.compare.fitting import fit
from observe_app.ui.compare.observers_words import called, figures_words, first_words, foot_words
from observe_app.ui.compare.remark import Remark
from observe_app.ui.compare.same_strip import SameStrip
from observe_app.ui.compare.tab_base import CompareTab
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import Plane, Rule, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import SteadyScrollArea, side_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.compare.agree_view import AgreementView, Difference, SheetAgreement
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.compare.difference_panel import Agreed
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner

_SIDE, _NARROW, _BELOW = 392, 300, 1100
_KEYS = {Qt.Key.Key_Y: "y", Qt.Key.Key_N: "n", Qt.Key.Key_L: "l"}
_STRIP = 0.48
_LEAST_ROWS = 3
_LOWER = 250
"""px that figures and the difference have at least, at text of 100 %."""


class ObserversTab(CompareTab):
    """How far two records of one lesson agree."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("compare_observers")
        self.view: AgreementView | None = None
        self._pair = ("", "")
        self._at = 0
        self._names = ("", "")
        self._build()
        self.strip.chosen.connect(self._on_spot)
        self.strip.current_changed.connect(self._on_spot)
        self.strip.opened.connect(self.open_visit)
        self.clock.offset_asked.connect(self._on_offset)
        self.panel.step_asked.connect(self._on_step)
        self.panel.decided.connect(self._on_decided)
        self.panel.taken_back.connect(self._on_taken_back)
        self.panel.note_asked.connect(self._on_note)
        self.same.same_said.connect(self._on_same)
        self.same.apart_said.connect(self._on_apart)

    def start_widget(self) -> QWidget | None:
        """The strip."""
        return self.strip if self.view is not None else None

    def regions(self) -> tuple[QWidget, ...]:
        """Strip, figures, the difference."""
        return (self.top, self.figures, self.panel)

    def show_read(self, found: Read) -> None:
        """Count the pair that is chosen."""
        pair = found.chosen.first, found.chosen.second
        if not all(pair):
            self.view = None
            self.say_empty(
                self.tr("No lesson that two observers saw"),
                self.tr("When two visits have the same class at the same time and another observer, they are offered "
                        "here. You can also choose two visits yourself, above."),
            )  # fmt: skip
            return
        if pair != self._pair:
            self._pair, self.offset_ms, self._at = pair, None, 0
        self._ask()

    def _ask(self) -> None:
        core, (a, b), offset = self.core, self._pair, self.offset_ms
        words, language = agreement_words(), QLocale().name()

        def count(_progress: Progress) -> AgreementView:
            from observe_app.services.compare.agreement import agreement  # noqa: PLC0415  (loads numpy)

            return agreement(core, a, b, offset_ms=offset, words=words, language=language)

        self.latest.ask(count, self._on_counted)

    def _on_counted(self, view: AgreementView) -> None:
        self.view = view
        self._names = called(view, self.core.settings.get().me_id)
        words = agreement_words(*self._names)
        sheet = view.sheets[0] if view.sheets else None
        self.same.show_pair(view)
        self.clock.show_offset(view.offset, self._names[1])
        self.strip.setVisible(sheet is not None)
        if sheet is not None:
            self._show_strip(sheet)
            seen = [code for code in sheet.codes if code.seen]
            rows = [*seen, sheet.pooled] if len(seen) > 1 else seen
            self.table.show(rows, self._names, words)
        self.table.setVisible(sheet is not None and bool(sheet.codes))
        self.summary.setText(first_words(view, self._names))
        for label, text in zip(self.facts, figures_words(view, words), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        self.remark.say(*foot_words(view, words))
        self.show_content(self.content)
        self._arrange()
        fit(self.figures)
        self._show_difference()

    def _show_strip(self, sheet: SheetAgreement) -> None:
        view = self.view
        difference = self._difference()
        if view is None:
            return
        decided = frozenset((one.code, one.place) for one in view.decisions if one.item == sheet.item)
        chosen = difference.place if difference is not None and difference.item == sheet.item else None
        strip = Strip(sheet, self._names, view.a.visit_id, decided, chosen=chosen if chosen != -1 else None)
        first = self.strip.picture().columns
        self.strip.set_maker(partial(agreement_strip, strip))
        if first is not None and chosen is not None and chosen >= 0:
            self.strip.show_column(chosen - sheet.first)

    # --- differences ------------------------------------------------------------------------------

    def _difference(self) -> Difference | None:
        view = self.view
        return view.differences[self._at] if view is not None and self._at < len(view.differences) else None

    def _show_difference(self) -> None:
        view = self.view
        if view is None:
            return
        self._at = min(self._at, max(len(view.differences) - 1, 0))
        difference = self._difference()
        if difference is None:
            self.panel.show_none(self.tr("You wrote down the same"))
            return
        notes = view.notes_between(*around(difference)) if difference.start_ms >= 0 else ()
        self.panel.show_difference(
            difference,
            place=(self._at + 1, len(view.differences)),
            names=self._names,
            notes=notes,
            decision=view.decided.get((difference.item, difference.code, difference.place)),
            levels=_levels(view, difference),
            can_decide=bool(view.same_lesson),
        )

    @Slot(str)
    def _on_spot(self, key: str) -> None:
        """Go to the difference at a cell of the strip, where there is one."""
        code, _at, place = key.rpartition("@")
        view = self.view
        if view is None or not place.isdigit():
            return
        here = [at for at, one in enumerate(view.differences) if one.place == int(place) and one.code]
        same = [at for at in here if view.differences[at].code == code]
        if same or here:
            self._go_to((same or here)[0])

    @Slot(int)
    def _on_step(self, step: int) -> None:
        self._go_to(self._at + step)

    def _go_to(self, at: int) -> None:
        view = self.view
        if view is None or not view.differences:
            return
        self._at = min(max(at, 0), len(view.differences) - 1)
        self._show_difference()
        if view.sheets:
            self._show_strip(view.sheets[0])

    @Slot(object)
    def _on_decided(self, agreed: Agreed) -> None:
        view, one = self.view, agreed.difference
        if view is None or not view.same_lesson:
            return
        try:
            pairs.decide(
                self.core, view.same_lesson, clock_of=view.a.visit_id, item=one.item, place=one.place,
                verdict=agreed.verdict, code=one.code, value=agreed.value, why=agreed.why,
            )  # fmt: skip
        except ObserveError as error:
            self.failed.emit(error)
            return
        kept = (one.item, one.code, one.place)
        if kept not in view.decided and self._at + 1 < len(view.differences):
            self._at += 1
        self._ask()

    @Slot(object)
    def _on_taken_back(self, one: Difference) -> None:
        view = self.view
        kept = view.decided.get((one.item, one.code, one.place)) if view is not None else None
        if kept is None:
            return
        try:
            pairs.take_back(self.core, kept.id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._ask()

    @Slot(str, str)
    def _on_note(self, who: str, event_id: str) -> None:
        view = self.view
        if view is not None:
            visit_id = view.a.visit_id if who == "a" else view.b.visit_id
            self.visit_asked.emit(VisitTarget(visit_id, "observe", event_id))

    # --- clocks and the pair ----------------------------------------------------------------------

    @Slot(object)
    def _on_offset(self, offset_ms: int | None) -> None:
        self.offset_ms = offset_ms
        self._ask()

    @Slot()
    def _on_same(self) -> None:
        self._say(same=True)

    @Slot()
    def _on_apart(self) -> None:
        self._say(same=False)

    def _say(self, *, same: bool) -> None:
        try:
            (pairs.mark if same else pairs.decline)(self.core, *self._pair)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._ask()

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y, N and L agree on the difference that shows; J and K go on and back."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and key in _KEYS and self.panel.decide(_KEYS[key]):
            return
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._go_to(self._at + (1 if key == Qt.Key.Key_J else -1))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip has its own height, the difference its own width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give strip and figures the window; where it is too low for three rows and a table, the page scrolls."""
        width = side_width(self.width(), wide=_SIDE, narrow=_NARROW, below=_BELOW)
        self.panel.setFixedWidth(width)
        self.clock.label.setVisible(self.width() >= room_for(900))
        if self.view is None:
            return
        room = max(self.width() - 48, 200)
        shown = self.strip.isVisibleTo(self)
        strip = self.strip.heightForWidth(room) if shown else 0
        self.strip.setMinimumHeight(strip)
        fit(self.top)
        above = self.strip.y() if shown else scaled(96)
        natural = above + strip + 8
        least = above + self._rows_end() + 8 if shown else natural
        top = min(natural, max(round(self.height() * _STRIP), least))
        self.top.setFixedHeight(top)
        self.inner.setMinimumHeight(top + scaled(_LOWER))

    def _rows_end(self) -> int:
        """Return where the third row of the strip ends, in px from its top."""
        rows: dict[int, int] = {}
        for spot in self.strip.picture().spots:
            rows[spot.row] = max(rows.get(spot.row, 0), round(spot.rect[1] + spot.rect[3]))
        return sorted(rows.values())[:_LEAST_ROWS][-1] if rows else 0

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.content = SteadyScrollArea(self)
        self.stack.addWidget(self.content)
        self.inner = Plane("page")
        self.content.setWidget(self.inner)
        self.top = ScrollPane(self.inner, exact=True)
        body = self.top.body
        body.setContentsMargins(24, 14, 24, 8)
        body.setSpacing(8)
        self.same = SameStrip(self)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(TextLabel(self.tr("Where you agree and differ"), self, step="heading", weight=600))
        self.clock = ClockBar(self)
        head.addWidget(self.clock, 1)
        self.strip = ChartView(None, self, click_opens=False)
        self.strip.setObjectName("agreement_strip")
        body.addWidget(self.same)
        body.addLayout(head)
        body.addWidget(self.strip)
        body.addStretch(1)
        self.figures = ScrollPane(self.inner, exact=True)
        self._build_figures()
        self.panel = DifferencePanel(self.inner)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(self.figures, 1)
        lower.addWidget(self.panel)
        column = QVBoxLayout(self.inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(Rule(self.inner, line="line"))
        column.addLayout(lower, 1)

    def _build_figures(self) -> None:
        body = self.figures.body
        # The first column of a table keeps the page's margin by itself.
        body.setContentsMargins(0, 16, 24, 20)
        body.setSpacing(6)
        self.summary = TextLabel("", self, step="lead", wrap=True)
        self.summary.setObjectName("agree_summary")
        self.table = AgreeTable(self)
        body.addWidget(self.summary)
        body.addSpacing(4)
        body.addWidget(self.table)
        body.addSpacing(8)
        self.facts = tuple(TextLabel("", self, wrap=True) for _ in range(7))
        for label in (self.summary, *self.facts):
            label.setContentsMargins(24, 0, 0, 0)
        for label in self.facts:
            body.addWidget(label)
        body.addSpacing(6)
        self.remark = Remark(self)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 0, 0)
        foot.addWidget(self.remark)
        body.addLayout(foot)
        body.addStretch(1)


def _levels(view: AgreementView, difference: Difference) -> dict[str, int]:
    """Return the numbers of the words of the scale that a difference is about, {} for none."""
    for sheet in view.sheets:
        if sheet.levels is not None and sheet.item == difference.item and not difference.code:
            return {word: number for number, word in sheet.levels.levels}
    for rated in view.ratings:
        if any(key == difference.item for key, _a, _b in rated.pairs):
            return {word: number for number, word in rated.levels}
    return {}
