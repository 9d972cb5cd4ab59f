"""Every chart in every state, on screen and on paper. ``python -m tests.ui.charts_gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from observe_app.services.charts.agreement import agreement_strip
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.lessons import lessons, side_by_side
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.room import curve, flow, seats
from observe_app.services.charts.shares import balance, bars, budget, waits
from observe_app.services.charts.steps import steps
from observe_app.ui.charts import ChartView
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Plane, SectionHead
from tests.ui import charts_data as data
from tests.ui import charts_lessons as taught
from tests.ui.shots import shoot, theme_controller

if TYPE_CHECKING:
    from observe_app.domain.compare.marks import Term
    from observe_app.ui.charts.view import Maker


def multiples(term: Term, columns: int = 3) -> QWidget:
    """Small multiples of a term in a grid."""
    page = Plane("page")
    grid = QGridLayout(page)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setHorizontalSpacing(26)
    grid.setVerticalSpacing(20)
    for at, series in enumerate(term.series):
        grid.addWidget(ChartView(partial(small_multiple, course_of(term, series)), page), at // columns, at % columns)
    grid.setRowStretch(99, 1)
    return page


def heat(term: Term) -> QWidget:
    """A heat map on the side plane."""
    page = Plane("side")
    column = QVBoxLayout(page)
    column.setContentsMargins(28, 24, 24, 24)
    column.addWidget(SectionHead("Every visit, every item", parent=page))
    view = ChartView(partial(heat_map, term), page, ground="side", click_opens=False)
    if term.series:
        view.set_chosen(f"{term.series[0].key}/{term.series[0].measure}")
    column.addWidget(view)
    column.addStretch(1)
    return page


def alone(*makers: Maker) -> QWidget:
    """Charts below one another."""
    page = Plane("page")
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(28)
    for maker in makers:
        column.addWidget(ChartView(maker, page))
    column.addStretch(1)
    return page


def one_lesson() -> dict[str, tuple[QWidget, tuple[int, int]]]:
    """Pages of the charts that show one lesson or several in time."""
    shares = (partial(bars, taught.copus_bars()), partial(budget, taught.budget()), partial(waits, taught.waits()))
    seen = (partial(curve, taught.curve()), partial(seats, taught.seats()), partial(flow, taught.flow()))
    strips = (partial(agreement_strip, taught.strip()), partial(agreement_strip, taught.strip(120)))
    return {
        "lessons-1": (alone(partial(lessons, taught.stacked(1))), (900, 260)),
        "lessons-3": (alone(partial(lessons, taught.stacked(3))), (900, 620)),
        "beside": (alone(partial(side_by_side, taught.beside())), (900, 480)),
        "shares": (alone(*shares), (620, 780)),
        "room": (alone(*seen), (700, 860)),
        "term": (alone(partial(steps, taught.steps()), partial(balance, taught.balance())), (760, 420)),
        "agreement": (alone(*strips), (1100, 520)),
        "agreement-narrow": (alone(*strips), (520, 520)),
    }


def pages() -> dict[str, tuple[QWidget, tuple[int, int]]]:
    """Pages of charts by name, with their size."""
    made: dict[str, tuple[QWidget, tuple[int, int]]] = {
        "multiples-look": (multiples(data.look_term()), (652, 560)),
        "heat-look": (heat(data.look_term()), (638, 460)),
        "heat-mixed": (heat(data.mixed_term()), (760, 460)),
        "heat-1": (heat(data.mixed_term(1)), (638, 460)),
        "heat-40": (heat(data.long_term(40, 9)), (638, 500)),
        "heat-400": (heat(data.long_term(400, 12)), (638, 560)),
    }
    for count in (1, 2, 5, 8, 40):
        made[f"multiples-{count}"] = (multiples(data.mixed_term(count)), (760, 620))
    return {**made, **one_lesson()}


def main(folder: Path) -> None:
    """Draw all pages, light and dark."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme_controller(app).apply(theme)
        for name, (page, size) in pages().items():
            shoot(page, folder / f"{name}-{theme.value}.png", theme, size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
