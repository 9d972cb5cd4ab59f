"""Observe: a lesson is written down while it happens.

Its names are found when they are asked for, and not before: the window loads these modules ahead a few at a time
(`ui.pages.CODE`), because all of them at once would keep it still for a tenth of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.ui.observe.clock_widget import LessonClockWidget
    from observe_app.ui.observe.tab import ObserveTab

__all__ = ["LessonClockWidget", "ObserveTab"]

_HOMES = {"LessonClockWidget": "clock_widget", "ObserveTab": "tab"}


def __getattr__(name: str) -> object:
    """Load the module of a name; AttributeError for any other."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
