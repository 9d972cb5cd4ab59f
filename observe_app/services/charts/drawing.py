"""What every maker draws with: words that fit, parts, spots, and the picture at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.charts.picture import (
    Anchor,
    Box,
    Dot,
    HalfBox,
    Line,
    Part,
    Path,
    Picture,
    Spot,
    Table,
    Word,
    no_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from observe_app.services.charts.picture import Columns, Ruler, Size
    from observe_app.services.charts.words import ChartWords

SMALL = 12.0
TEXT = 13.0
BODY = 14.0
_ELLIPSIS = "…"


class Drawing:
    """Parts and spots of one picture as they are added. Lengths that hold words go through `px`."""

    def __init__(self, size: Size, ruler: Ruler, words: ChartWords) -> None:
        """Begin an empty picture."""
        self.size, self.ruler, self.words = size, ruler, words
        self.width = max(size.width, 1.0)
        self.parts: list[Part] = []
        self.spots: list[Spot] = []

    def px(self, length: float) -> float:
        """Return a length of the design at the text size asked for, in whole pixels."""
        return float(round(length * self.size.scale))

    # -- words

    def wide(self, text: str, size: float = SMALL, weight: int = 400) -> float:
        """Return the width of a line of text whose size is given at 100 %."""
        return self.ruler(text, size * self.size.scale, weight)

    def fit(self, text: str, room: float, size: float = SMALL, weight: int = 400) -> str:
        """Return the text, cut with an ellipsis where it is wider than the room; "" where not even that fits."""
        text = " ".join(text.split())
        if self.wide(text, size, weight) <= room:
            return text
        if self.wide(_ELLIPSIS, size, weight) > room:
            return ""
        low, high = 0, min(len(text), int(room / (size * self.size.scale) * 6) + 2)
        while low < high:
            middle = (low + high + 1) // 2
            if self.wide(text[:middle].rstrip() + _ELLIPSIS, size, weight) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + _ELLIPSIS

    def wrapped(self, text: str, room: float, size: float, weight: int = 400, lines: int = 2) -> list[str]:
        """Return the text in at most so many lines, the last one cut; a word longer than a line is cut too."""
        rest = text.split()
        made: list[str] = []
        while rest and len(made) < lines - 1:
            taken = 1
            while taken < len(rest) and self.wide(" ".join(rest[: taken + 1]), size, weight) <= room:
                taken += 1
            made.append(self.fit(" ".join(rest[:taken]), room, size, weight))
            rest = rest[taken:]
        if rest:
            made.append(self.fit(" ".join(rest), room, size, weight))
        return made

    def word(
        self,
        x: float,
        y: float,
        text: str,
        *,
        tone: str = "ink",
        size: float = SMALL,
        weight: int = 400,
        anchor: Anchor = Anchor.START,
        room: float | None = None,
    ) -> float:
        """Draw a line of text on its base line, cut to `room`; return its width."""
        shown = text if room is None else self.fit(text, room, size, weight)
        if not shown:
            return 0.0
        self.parts.append(Word(x, y, shown, tone, size * self.size.scale, weight, anchor))
        return self.wide(shown, size, weight)

    def middle(self, top: float, height: float, size: float = SMALL) -> float:
        """Return the base line of a word that stands in the middle of a row."""
        return top + height / 2 + size * self.size.scale * 0.34

    # -- strokes

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        tone: str = "line",
        weight: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line."""
        self.parts.append(Line(x1, y1, x2, y2, tone, weight, dash))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "",
        edge: str = "",
        weight: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle; nothing where it has no width."""
        if width > 0 and height > 0:
            self.parts.append(Box(x, y, width, height, fill, edge, weight, radius))

    def half(self, x: float, y: float, width: float, height: float, *, upper: bool, tone: str = "bar") -> None:
        """Draw a half filled rectangle."""
        self.parts.append(HalfBox(x, y, width, height, upper, tone))

    def dot(self, x: float, y: float, radius: float, fill: str = "", edge: str = "", weight: float = 1.5) -> None:
        """Draw a disc or a ring."""
        self.parts.append(Dot(x, y, radius, fill, edge, weight))

    def path(
        self,
        points: Iterable[tuple[float, float]],
        *,
        fill: str = "",
        edge: str = "",
        weight: float = 2.0,
        closed: bool = False,
    ) -> None:
        """Draw joined points; one alone is no line."""
        found = tuple(points)
        if len(found) > 1:
            self.parts.append(Path(found, fill, edge, weight, closed))

    def spot(
        self,
        rect: tuple[float, float, float, float],
        key: str,
        says: str,
        visit_id: str = "",
        at_ms: int | None = None,
        *,
        row: int = -1,
        column: int = -1,
    ) -> None:
        """Add a place that can be pointed at."""
        self.spots.append(Spot(rect, key, says, visit_id, at_ms, row, column))

    # -- the end

    def done(
        self,
        height: float,
        title: str,
        alt: str,
        make_table: Callable[[], Table] = no_table,
        columns: Columns | None = None,
    ) -> Picture:
        """Return the picture."""
        return Picture(
            self.width, height, tuple(self.parts), tuple(self.spots), title, " ".join(alt.split()), make_table, columns
        )


def nothing(size: Size, ruler: Ruler, words: ChartWords, title: str) -> Picture:
    """Return a picture that says that there is nothing to show."""
    drawing = Drawing(size, ruler, words)
    drawing.word(0, drawing.px(16), words.none, tone="muted", size=TEXT, room=drawing.width)
    return drawing.done(drawing.px(24), title, words.none)
