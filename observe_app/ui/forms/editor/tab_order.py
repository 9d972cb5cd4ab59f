"""Tab goes through what was made later in the order in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


def insert_before(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab reach these widgets, in their order, just before the anchor."""
    last = anchor
    for widget in widgets:
        QWidget.setTabOrder(last, widget)
        last = widget
    # What stood before the anchor now leads to the first of them, and the last of them to the anchor.
    if last is not anchor:
        QWidget.setTabOrder(last, anchor)
