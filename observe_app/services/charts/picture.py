"""A chart as a list of what is drawn, where it can be pointed at, and the same data as a table.

Screen and paper draw the same list: pixels at 100 % here, three quarters of a point there. Colours are names of tokens;
whoever draws knows their values, so that dark, high contrast and print need no second chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

POINTS = 0.75
"""Points of a pixel at 100 %."""

Ruler = Callable[[str, float, int], float]
"""(text, size in pixels, weight) -> width in pixels of one line, as it will be drawn."""

Cell = str | int | float | None


class Anchor(StrEnum):
    """Which part of a word stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line. dash: lengths of stroke and gap in pixels, () for none."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str = "line"
    weight: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from its top left corner. fill, edge: tokens, "" for none; the edge lies inside."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    weight: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc or ring around a centre; the edge lies on the radius."""

    x: float
    y: float
    radius: float
    fill: str = ""
    edge: str = ""
    weight: float = 1.5


@dataclass(frozen=True, slots=True)
class HalfBox:
    """A framed rectangle of which the upper or the lower half is filled: told apart without colour."""

    x: float
    y: float
    width: float
    height: float
    upper: bool
    tone: str = "bar"
    weight: float = 2.0


@dataclass(frozen=True, slots=True)
class Path:
    """Points joined by straight lines; closed ones can be filled."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    edge: str = ""
    weight: float = 2.0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text; y is its base line. weight: 400 or 600."""

    x: float
    y: float
    text: str
    tone: str = "ink"
    size: float = 12.0
    weight: int = 400
    anchor: Anchor = Anchor.START


Part = Line | Box | Dot | HalfBox | Path | Word


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a picture that means something by itself.

    Attributes:
        rect: x, y, width, height; never under 24 pixels where there is room for it.
        key: what the maker calls it; unique within the picture.
        says: one sentence, for a pointer and for a screen reader.
        visit_id, at_ms: what it opens: a visit, at a moment of it; "" and None for nothing.
        row, column: its place for arrow keys; -1 where the reading order is all there is.
    """

    rect: tuple[float, float, float, float]
    key: str
    says: str
    visit_id: str = ""
    at_ms: int | None = None
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a picture; numbers stay numbers, None is an empty cell."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a wide chart a picture shows: `shown` of `total` from `first`, counted from 0."""

    first: int
    shown: int
    total: int


def no_table() -> Table:
    """Return a table without anything."""
    return Table()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, ready to be drawn at (0, 0).

    Attributes:
        width, height: in pixels; as high as it needs.
        parts: in the order of drawing. spots: in the order of reading.
        title: its name. alt: what it shows, in sentences, for whoever cannot see it.
        make_table: makes the table when it is asked for: a chart is drawn far more often than its table is read.
        columns: None where everything is shown.
    """

    width: float
    height: float
    parts: tuple[Part, ...] = ()
    spots: tuple[Spot, ...] = ()
    title: str = ""
    alt: str = ""
    make_table: Callable[[], Table] = field(default=no_table, compare=False, repr=False)
    columns: Columns | None = None

    @property
    def table(self) -> Table:
        """The same data as a table; made anew each time."""
        return self.make_table()


@dataclass(frozen=True, slots=True)
class Size:
    """The room for a picture.

    Attributes:
        width: in pixels. height: at least so high, plots stay at the bottom; 0 for what it needs.
        scale: of the words and what holds them, 1.25 and 1.5 for larger text.
        first: the first column shown of a chart that cannot show all.
        chosen: key of the spot that stands out, "" for none.
    """

    width: float
    height: float = 0.0
    scale: float = 1.0
    first: int = 0
    chosen: str = ""
