"""How much height parts of a printed form need, and parts that depend on the height a page has left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from observe_app.services.pdf.layout.flowables import ENDLESS, Together, height_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from observe_app.services.pdf.layout.styles import Sheet

_EDGE = 2.0
_BEGINS = 170.0
"""Points of other parts than tables that stay with what is above them."""
_ROWS_BEGIN = 2
"""Rows of a table that stay with its heads: two short ones, or the words of an item and what is filled in."""


def room_of(sheet: Sheet) -> float:
    """Return the height that a page after the first has for its parts."""
    return sheet.height - sheet.foot - sheet.head - _EDGE


def flat(parts: Iterable[Any]) -> list[Any]:
    """Return the parts without what only says where a page may end."""
    out: list[Any] = []
    for part in parts:
        if isinstance(part, Together):
            out += flat(part.parts)
        elif not isinstance(part, CondPageBreak):
            out.append(part)
    return out


def beginning(made: list[Any], width: float) -> float:
    """Return the height of what must not be parted from a heading above `made`."""
    if not made:
        return 0.0
    if isinstance(made[0], Together):
        return height_of(made[0].parts, width, None)
    total = 0.0
    for part in flat(made):
        if isinstance(part, Table):
            return total + sum(_rows(part, width)[: part.repeatRows + _ROWS_BEGIN])
        total += height_of([part], width, None)
        if total > _BEGINS:
            return _BEGINS
    return total


def can_be_set(made: list[Any], width: float, room: float) -> bool:
    """Whether no row, with its heads and the row it belongs to, is higher than a page."""
    for part in flat(made):
        if not isinstance(part, Table):
            continue
        rows = _rows(part, width)
        heads = sum(rows[: part.repeatRows])
        body = rows[part.repeatRows :]
        if any(heads + one + other > room for one, other in zip(body, [*body[1:], 0.0], strict=True)):
            return False
    return True


def _rows(made: Table, width: float) -> list[float]:
    made.wrapOn(None, width, ENDLESS)
    heights: list[float] = made._rowHeights  # noqa: SLF001  (ReportLab tells them nowhere else)
    return list(heights)


class Chosen(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """Parts that are chosen when it is known how much height the page has left."""

    def __init__(self, choose: Callable[[float], list[Any]]) -> None:
        """Ask `choose(points left)` for the parts, once."""
        super().__init__()
        self._choose = choose

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Fit nowhere, so that the page asks for parts."""
        return width, ENDLESS

    def split(self, _width: float, height: float) -> list[Any]:
        """Return the parts; the first must be drawable wherever it stands."""
        return [Spacer(1, 0), *self._choose(height)]


class Lying(list[Any]):
    """Parts that begin on a page of their own, which lies on its side."""


def ahead(sheet: Lying, later: list[list[Any]], width: float) -> Chosen:
    """Return a sheet that takes a page of its own, and what comes later in the form.

    Sections that still have room on the page before the sheet stand there: the rest of that page would stay empty.
    """

    def choose(left: float) -> list[Any]:
        before: list[Any] = []
        used, taken = 0.0, 0
        for section in later:
            parts = flat(section)
            used += height_of(parts, width, None)
            if used > left - _EDGE:
                break
            before += parts
            taken += 1
        return [*before, *sheet, *(part for section in later[taken:] for part in section)]

    return Chosen(choose)
