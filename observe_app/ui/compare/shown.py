"""One chart of a lesson, before it stands on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from observe_app.services.charts.picture import Picture, Ruler, Size
from observe_app.services.charts.words import ChartWords

Maker = Callable[[Size, Ruler, ChartWords], Picture]


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart. wide: it takes the whole width."""

    key: str
    maker: Maker
    wide: bool = False
