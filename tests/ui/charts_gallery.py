"""Every chart in every state, on screen and on paper. ``python -m tests.ui.charts_gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from observe_app.services.charts.agreement import agreement_strip
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.lessons import lessons, side_by_side
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.picture import POINTS, Size
from observe_app.services.charts.room import curve, flow, seats
from observe_app.services.charts.shares import balance, bars, budget, waits
from observe_app.services.charts.steps import steps
from observe_app.services.charts.words import ChartWords
from observe_app.services.pdf.layout.pictures import ruler as paper_ruler
from observe_app.ui.charts import ChartView, screen_ruler
from observe_app.ui.charts.copies import image_of
from observe_app.ui.charts.table import ChartTableSheet
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Plane, SectionHead
from tests.ui import charts_data as data
from tests.ui import charts_lessons as taught
from tests.ui.charts_paper import on_one_page
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


def as_table() -> QWidget:
    """The sheet with a chart's table."""
    page = multiples(data.look_term())
    sheet = ChartTableSheet(heat_map(data.mixed_term(), Size(600), screen_ruler, ChartWords()), page)
    sheet.open_over()
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
        "table": (as_table(), (1000, 620)),
        "heat-1": (heat(data.mixed_term(1)), (638, 460)),
        "heat-40": (heat(data.long_term(40, 9)), (638, 500)),
        "heat-400": (heat(data.long_term(400, 12)), (638, 560)),
    }
    for count in (1, 2, 5, 8, 40):
        made[f"multiples-{count}"] = (multiples(data.mixed_term(count)), (760, 620))
    return {**made, **one_lesson()}


def paper(folder: Path) -> None:
    """The same charts on paper, and beside it the screen's in the same width."""
    for name, (maker, width) in beside_paper().items():
        on_paper = maker(Size(width), paper_ruler, ChartWords())
        (folder / f"paper-{name}.pdf").write_bytes(on_one_page(on_paper))
        drawn = pdfium.PdfDocument(folder / f"paper-{name}.pdf")[0].render(scale=2 / POINTS).to_pil()
        on_screen = image_of(maker(Size(width), screen_ruler, ChartWords()))
        screen = Image.fromqimage(on_screen.scaledToWidth(drawn.width, Qt.TransformationMode.SmoothTransformation))
        both = Image.new("RGB", (drawn.width * 2 + 20, max(drawn.height, screen.height)), "#888888")
        both.paste(screen, (0, 0))
        both.paste(drawn, (drawn.width + 20, 0))
        both.save(folder / f"paper-{name}.png")
        both.convert("L").save(folder / f"paper-{name}-grey.png")


def beside_paper() -> dict[str, tuple[Maker, float]]:
    """Charts by name, with the width they are drawn in."""
    term, mixed = data.look_term(), data.mixed_term()
    return {
        "small": (partial(small_multiple, course_of(term, term.series[5])), 220.0),
        "share": (partial(small_multiple, course_of(mixed, mixed.series[1])), 220.0),
        "long": (partial(small_multiple, course_of(mixed, mixed.series[6])), 220.0),
        "heat": (partial(heat_map, term), 640.0),
        "mixed": (partial(heat_map, mixed), 640.0),
        "lessons": (partial(lessons, taught.stacked(2)), 640.0),
        "bars": (partial(bars, taught.copus_bars()), 640.0),
        "waits": (partial(waits, taught.waits()), 480.0),
        "curve": (partial(curve, taught.curve()), 640.0),
        "seats": (partial(seats, taught.seats()), 640.0),
        "flow": (partial(flow, taught.flow()), 480.0),
        "steps": (partial(steps, taught.steps()), 640.0),
        "balance": (partial(balance, taught.balance()), 640.0),
        "agreement": (partial(agreement_strip, taught.strip()), 640.0),
    }


def _close(page: QWidget) -> None:
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


def main(folder: Path) -> None:
    """Draw all pages, light and dark, at 100 % and 150 %, and on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme_controller(app).apply(theme)
        for name, (page, size) in pages().items():
            shoot(page, folder / f"{name}-{theme.value}.png", theme, size)
            _close(page)
    theme_controller(app).apply(ThemeChoice.LIGHT)
    paper(folder)
    theme_controller(app).set_text_size(150)
    for name, (page, size) in pages().items():
        shoot(page, folder / f"{name}-150.png", ThemeChoice.LIGHT, (size[0], size[1] * 3 // 2))
        _close(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
