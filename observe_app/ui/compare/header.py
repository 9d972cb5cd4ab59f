"""The header of Compare: the views as tabs, what goes out, and under them the choices of the view that shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.compare.pick import Pick
from observe_app.ui.compare.state import LESSON, LESSONS, OBSERVERS, SIDES, TABS, TERM
from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, StageTabs, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_TABS_HIGH = 48
PICKS = {
    TERM: ("people", "form", "span", "items"),
    LESSONS: ("people", "form", "span"),
    LESSON: ("people", "span", "visit"),
    SIDES: ("people", "visit", "other", "align"),
    OBSERVERS: ("pair",),
}
"""Which choices a view has."""
MORE = frozenset({TERM, LESSONS})


@dataclass(frozen=True, slots=True)
class _Words:
    label: str
    width: int


class CompareHeader(PageHeader):
    """Tabs, choices, buttons.

    Signals:
        tab_chosen: one of `TABS`. picked: name of a choice and its key.
        more_asked: show the rarer choices. export_asked, report_asked: let something out.
    """

    tab_chosen = Signal(str)
    picked = Signal(str, str)
    more_asked = Signal()
    export_asked = Signal()
    report_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._report_words = ""
        self._build()
        self.tabs.currentChanged.connect(self._on_tab)
        self.more_button.clicked.connect(self.more_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.report_button.clicked.connect(self.report_asked)

    # --- public -----------------------------------------------------------------------------------

    def show_tab(self, tab: str) -> None:
        """Light a tab and show its choices; sends nothing."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(TABS.index(tab))
        self.tabs.blockSignals(False)
        self.tabs.update()
        for name, pick in self.picks.items():
            pick.setVisible(name in PICKS[tab])
        self.more_button.setVisible(tab in MORE)
        self.export_button.setVisible(True)
        words = {
            TERM: self.tr("Term report"),
            OBSERVERS: self.tr("Report for both"),
        }.get(tab, "")
        self._report_words = words
        self.report_button.setVisible(bool(words))
        self._fit()

    def offer(self, name: str, choices: Sequence[tuple[str, str]], key: str) -> None:
        """Offer the choices of a name as (key, words) and show one."""
        self.picks[name].offer(choices, key)

    def show_more(self, count: int) -> None:
        """Say how many of the rarer choices are made."""
        words = self.tr("More ({n})").format(n=count) if count else self.tr("More")
        self.more_button.setText(words)
        self.more_button.updateGeometry()

    def set_ready(self, *, export: str, report: str) -> None:
        """Enable what can go out; a reason disables it."""
        self.export_button.set_disabled_because(export)
        self.report_button.set_disabled_because(report)

    # --- Qt ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the name of the page goes, which the rail says too, then the words of the buttons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margin = 2 * tokens().size.margin + 3 * 8
        tabs = self.tabs.sizeHint().width()
        self.export_button.setText(self.tr("Export"))
        self.report_button.setText(self._report_words)
        buttons = self.export_button.sizeHint().width()
        buttons += self.report_button.sizeHint().width() if self._report_words else 0
        name = self.title_label.sizeHint().width() + scaled(20)
        room = self.width() - margin - tabs
        self.title_label.setVisible(room >= buttons + name)
        if room < buttons:
            self.export_button.setText("")
        for button in (self.export_button, self.report_button):
            button.updateGeometry()

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self.tab_chosen.emit(TABS[index])

    @Slot(str)
    def _on_picked(self, key: str) -> None:
        pick = self.sender()
        if isinstance(pick, Pick):
            self.picked.emit(str(pick.property("choice")), key)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        names = {
            TERM: self.tr("Over a term"),
            LESSONS: self.tr("Lessons"),
            LESSON: self.tr("One lesson"),
            SIDES: self.tr("Side by side"),
            OBSERVERS: self.tr("Two observers"),
        }
        self.title_label = TextLabel(self.tr("Compare"), self, step="page", weight=600)
        self.tabs = StageTabs([names[tab] for tab in TABS], self, height=scaled(_TABS_HIGH))
        self.tabs.setObjectName("compare_tabs")
        self.tabs.setAccessibleName(self.tr("Views"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.export_button = Button(self.tr("Export"), self, icon="download", name=self.tr("Export"))
        self.export_button.setObjectName("compare_export")
        self.report_button = Button(self.tr("Term report"), self, kind=ButtonKind.PRIMARY)
        self.report_button.setObjectName("compare_report")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title_label)
        top.addSpacing(scaled(12))
        top.addWidget(self.tabs)
        top.addStretch(1)
        top.addWidget(self.export_button)
        top.addWidget(self.report_button)
        row = self._build_picks()
        column = QVBoxLayout(self)
        margin = tokens().size.margin
        column.setContentsMargins(margin, 4, margin, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(row)

    def _build_picks(self) -> QHBoxLayout:
        words = {
            "people": _Words(self.tr("Person"), 206),
            "form": _Words(self.tr("Form"), 206),
            "span": _Words(self.tr("Visits"), 196),
            "items": _Words(self.tr("Items"), 170),
            "visit": _Words(self.tr("Lesson"), 330),
            "other": _Words(self.tr("Beside it"), 330),
            "align": _Words(self.tr("Aligned by"), 150),
            "pair": _Words(self.tr("One lesson, two observers"), 560),
        }
        row = QHBoxLayout()
        row.setSpacing(12)
        self.picks: dict[str, Pick] = {}
        for name, said in words.items():
            pick = Pick(said.label, f"compare_{name}", self, width=said.width)
            pick.setProperty("choice", name)
            pick.chosen.connect(self._on_picked)
            self.picks[name] = pick
            row.addWidget(pick)
        self.more_button = Button(self.tr("More"), self, size=ButtonSize.NORMAL, icon="sliders-horizontal")
        self.more_button.setObjectName("compare_more")
        holder = QVBoxLayout()
        holder.addStretch(1)
        holder.addWidget(self.more_button)
        row.addLayout(holder)
        row.addStretch(1)
        return row
