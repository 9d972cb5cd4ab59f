"""Every chart in every state, on screen and on paper. ``python -m tests.ui.charts_gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.ui.charts import ChartView
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Plane, SectionHead
from tests.ui import charts_data as data
from tests.ui.shots import shoot, theme_controller

if TYPE_CHECKING:
    from observe_app.domain.compare.marks import Term


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
    return made


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
