"""Charts on the screen: drawn from display lists, walked with the keyboard, copied, and shown as tables."""

from __future__ import annotations

from observe_app.ui.charts.painting import paint_picture, screen_ruler
from observe_app.ui.charts.view import ChartView
from observe_app.ui.charts.words import chart_words

__all__ = ["ChartView", "chart_words", "paint_picture", "screen_ruler"]
