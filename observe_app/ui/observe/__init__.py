"""Observe: a lesson is written down while it happens."""

from __future__ import annotations

from observe_app.ui.observe.clock_widget import LessonClockWidget
from observe_app.ui.observe.tab import ObserveTab

__all__ = ["LessonClockWidget", "ObserveTab"]
