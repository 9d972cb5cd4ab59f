"""Every maker with data, a ruler that needs no fonts, and questions about what was drawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Term
from observe_app.services.charts.agreement import agreement_strip
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.lessons import SideBySide, lessons, side_by_side
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.picture import Anchor, Dot, Line, Path, Picture, Size, Word
from observe_app.services.charts.readings import GoalReadings, readings
from observe_app.services.charts.room import curve, flow, seats
from observe_app.services.charts.shares import balance, bars, budget, waits
from observe_app.services.charts.steps import steps
from observe_app.services.charts.words import ChartWords
from tests.ui import charts_data as data
from tests.ui import charts_lessons as taught
from tests.ui import charts_readings as read

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.compare.marks import Series

    Maker = Callable[..., Picture]

WORDS = ChartWords()


def ruler(text: str, size: float, weight: int) -> float:
    """Half an em for each character, a little more in bold."""
    return len(text) * size * (0.52 if weight >= 600 else 0.5)


def make(maker: Maker, width: float = 240.0, **size: float) -> Picture:
    """The picture of a maker that has its data already."""
    return maker(Size(width, **size), ruler, WORDS)


def one(term: Term, series: Series, width: float = 240.0) -> Picture:
    """The small chart of one line."""
    return make(partial(small_multiple, course_of(term, series)), width)


def makers() -> dict[str, Maker]:
    """Every maker with data, by name."""
    mixed = data.mixed_term()
    found: dict[str, Maker] = {
        f"small-{series.measure}-{count}": partial(small_multiple, course_of(term, series))
        for count in (1, 2, 5, 40)
        for term in (data.mixed_term(count),)
        for series in term.series
    }
    return found | {
        "heat": partial(heat_map, mixed),
        "heat-1": partial(heat_map, data.mixed_term(1)),
        "heat-400": partial(heat_map, data.long_term(400)),
        "lessons": partial(lessons, taught.stacked(3)),
        "beside": partial(side_by_side, taught.beside()),
        "bars": partial(bars, taught.copus_bars()),
        "budget": partial(budget, taught.budget()),
        "waits": partial(waits, taught.waits()),
        "curve": partial(curve, taught.curve()),
        "seats": partial(seats, taught.seats()),
        "flow": partial(flow, taught.flow()),
        "steps": partial(steps, taught.steps()),
        "balance": partial(balance, taught.balance()),
        "strip": partial(agreement_strip, taught.strip()),
        "strip-120": partial(agreement_strip, taught.strip(120)),
        "readings": partial(readings, read.goal()),
        "readings-1": partial(readings, read.goal(1, visits=0, outcomes=0)),
        "readings-60": partial(readings, read.goal(60, visits=40, outcomes=8)),
        "readings-long": partial(readings, read.goal(3, long=True)),
    }


def nothing_to_show() -> dict[str, Maker]:
    """Makers without any data."""
    empty = taught.lesson(0)
    return {
        "heat": partial(heat_map, Term()),
        "lessons": partial(lessons, ()),
        "beside": partial(side_by_side, SideBySide(type(empty)("a", "A"), type(empty)("b", "B"), by_phase=True)),
        "bars": partial(bars, type(taught.copus_bars())("Codes", ())),
        "budget": partial(budget, type(taught.budget())("Time", (), 0)),
        "waits": partial(waits, type(taught.waits())("Waits", ())),
        "curve": partial(curve, type(taught.curve())("At work", (), 0)),
        "seats": partial(seats, type(taught.seats())("Seats", ())),
        "flow": partial(flow, type(taught.flow())("Flow", (), ())),
        "steps": partial(steps, type(taught.steps())("Steps", (), taught.FIRST)),
        "balance": partial(balance, ()),
        "strip": partial(agreement_strip, taught.strip(0)),
        "readings": partial(readings, GoalReadings("A goal")),
    }


def texts(picture: Picture) -> list[str]:
    """Everything that is written."""
    return [part.text for part in picture.parts if isinstance(part, Word)]


def curves(picture: Picture) -> list[Path]:
    """Lines that join marks."""
    return [part for part in picture.parts if isinstance(part, Path) and not part.closed]


def dots(picture: Picture) -> list[Dot]:
    """Discs and rings."""
    return [part for part in picture.parts if isinstance(part, Dot)]


def dashed(picture: Picture) -> list[Line]:
    """Dashed lines."""
    return [part for part in picture.parts if isinstance(part, Line) and part.dash]


def ends(word: Word) -> tuple[float, float]:
    """Left and right end of a word."""
    wide = ruler(word.text, word.size, word.weight)
    left = word.x - {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[word.anchor]
    return left, left + wide
