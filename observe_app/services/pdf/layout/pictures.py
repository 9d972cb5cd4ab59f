"""Charts on paper: the same display list as on the screen, as vectors, tagged as a figure with its words."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from observe_app.paths import resources_dir
from observe_app.services.charts.picture import POINTS, Anchor, Box, Dot, HalfBox, Line, Path, Word
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.charts.picture import Part, Picture
    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.structure import Node

_STRONG = 600
_LIGHT_FILLS = frozenset({"ground", "bg", "side", "field", "tint", "tint2", "line2", "hover"})
"""Fills that are paper or nearly so; they stay where ink is saved."""
_FRAMES = {"h1": 0.6, "h2": 1.2, "h3": 2.0, "h4": 3.0}
"""Widths of the frames that stand for the shades of a heat map where ink is saved: heavier for darker."""


def ruler(text: str, size: float, weight: int) -> float:
    """Return the width in pixels of a line of text in the faces of the pages."""
    return fonts.width(text, _face(weight), size)


@cache
def _tokens() -> dict[str, str]:
    """Return the colours of the light theme: paper is light."""
    with (resources_dir() / "styles" / "tokens.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)["color"]["light"]
    return {**found, "ground": "#FFFFFF"}


def tone(name: str) -> Any:
    """Return the colour of a token on paper.

    Raises:
        KeyError: there is no such token.
    """
    return HexColor(_tokens()[name])


def _face(weight: int) -> str:
    return fonts.SEMIBOLD if weight >= _STRONG else fonts.REGULAR


class PictureFlowable(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """A picture as vectors, three quarters of a point to a pixel."""

    def __init__(
        self,
        picture: Picture,
        node: Node | None = None,
        *,
        scale: float = POINTS,
        line: Callable[[str], str] | None = None,
    ) -> None:
        """Draw as a Figure below `node`, which gets the picture's words; as decoration without one.

        `scale` is points of a pixel; `line` makes a text fit for the faces, such as `Ink.line`.
        """
        super().__init__()
        self.picture, self.scale = picture, scale
        self.width, self.height = picture.width * scale, picture.height * scale
        self._line = line or str
        self.node = node.add("Figure", alt=self._line(picture.alt or picture.title)) if node is not None else None

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the fixed size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw every part and tell the structure where the figure lies."""
        canvas: MarkedCanvas = self.canv
        if self.node is not None:
            x, y = canvas.absolutePosition(0, 0)
            self.node.box = (round(x, 2), round(y, 2), round(x + self.width, 2), round(y + self.height, 2))
        canvas.begin_mark(self.node)
        canvas.saveState()
        for part in self.picture.parts:
            self._part(canvas, part)
        canvas.restoreState()
        canvas.end_mark()

    def _x(self, x: float) -> float:
        return x * self.scale

    def _y(self, y: float) -> float:
        return self.height - y * self.scale

    def _part(self, canvas: Any, part: Part) -> None:
        match part:
            case Word():
                self._word(canvas, part)
            case Line():
                canvas.setStrokeColor(tone(part.tone))
                canvas.setLineWidth(part.weight * self.scale)
                canvas.setDash([length * self.scale for length in part.dash])
                canvas.line(self._x(part.x1), self._y(part.y1), self._x(part.x2), self._y(part.y2))
                canvas.setDash([])
            case Box():
                self._box(canvas, part)
            case HalfBox():
                self._half(canvas, part)
            case Dot():
                stroke, fill = self._pens(canvas, part.fill, part.edge, part.weight)
                radius = part.radius * self.scale
                canvas.circle(self._x(part.x), self._y(part.y), radius, stroke=stroke, fill=fill)
            case Path():
                self._path(canvas, part)

    def _pens(self, canvas: Any, fill: str, edge: str, weight: float, *, area: bool = False) -> tuple[int, int]:
        """Set colours and width; return whether to stroke and to fill. Areas become outlines where ink is saved."""
        if area and fill and look.saving(canvas) and fill not in _LIGHT_FILLS:
            edge, weight = edge or fill, _FRAMES.get(fill, max(weight, 1.0))
            edge, fill = "bar" if fill in _FRAMES else edge, ""
        if fill:
            canvas.setFillColor(tone(fill))
        if edge:
            canvas.setStrokeColor(tone(edge))
            canvas.setLineWidth(weight * self.scale)
        return int(bool(edge)), int(bool(fill))

    def _box(self, canvas: Any, part: Box) -> None:
        stroke, fill = self._pens(canvas, part.fill, part.edge, part.weight, area=True)
        inset = part.weight / 2 if stroke else 0.0
        x, y = self._x(part.x + inset), self._y(part.y + part.height - inset)
        wide, high = (part.width - 2 * inset) * self.scale, (part.height - 2 * inset) * self.scale
        if part.radius:
            radius = min(part.radius * self.scale, wide / 2, high / 2)
            canvas.roundRect(x, y, wide, high, radius, stroke=stroke, fill=fill)
        else:
            canvas.rect(x, y, wide, high, stroke=stroke, fill=fill)

    def _half(self, canvas: Any, part: HalfBox) -> None:
        top = part.y if part.upper else part.y + part.height / 2
        canvas.setFillColor(tone(part.tone))
        canvas.rect(
            self._x(part.x), self._y(top + part.height / 2), self._x(part.width), self._x(part.height / 2),
            stroke=0, fill=1,
        )  # fmt: skip
        self._box(canvas, Box(part.x, part.y, part.width, part.height, edge=part.tone, weight=part.weight))

    def _path(self, canvas: Any, part: Path) -> None:
        stroke, fill = self._pens(canvas, part.fill, part.edge, part.weight)
        path = canvas.beginPath()
        path.moveTo(self._x(part.points[0][0]), self._y(part.points[0][1]))
        for x, y in part.points[1:]:
            path.lineTo(self._x(x), self._y(y))
        if part.closed:
            path.close()
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        canvas.drawPath(path, stroke=stroke, fill=fill)
        canvas.setLineCap(0)

    def _word(self, canvas: Any, part: Word) -> None:
        name = part.tone
        if look.saving(canvas) and name == "on_h34":
            name = "ink"
        face, size = _face(part.weight), part.size * self.scale
        canvas.setFillColor(tone(name))
        canvas.setFont(face, size)
        text = self._line(part.text)
        x, y = self._x(part.x), self._y(part.y)
        if part.anchor is Anchor.START:
            canvas.drawString(x, y, text)
        else:
            # measured with its joined letters and companions, as it will be drawn
            wide = fonts.width(text, face, size)
            canvas.drawString(x - (wide if part.anchor is Anchor.END else wide / 2), y, text)
