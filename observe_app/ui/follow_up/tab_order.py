"""Tab walks as one reads: rows that are made later would else all stand at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Iterator


def order_tabs(layout: QLayout | None, *more: QWidget | None) -> None:
    """Let Tab go through what a layout holds from its beginning to its end, and then through `more`."""
    chain = [*_stops(layout), *(one for one in more if one is not None)]
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def _stops(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        widget = item.widget()
        if widget is None:
            yield from _stops(item.layout())
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
        if isinstance(widget, FlowRow):
            yield from (part for part in widget.parts() if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
            continue
        inside = widget.widget() if isinstance(widget, QScrollArea) else None
        if inside is not None and inside.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield inside
        yield from _stops(inside.layout() if inside is not None else widget.layout())
