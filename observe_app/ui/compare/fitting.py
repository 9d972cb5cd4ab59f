"""Scrolled pages that are as high as what they show at once, and not a turn of the event loop later."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.ui.widgets import ScrollPane


def fit(pane: ScrollPane) -> None:
    """Give a pane's content the height of what stands in it: until Qt does so by itself, words are cut."""
    content = pane.body.parentWidget()
    if content is None:
        return
    pane.body.invalidate()
    height = max(pane.body.heightForWidth(content.width()), pane.viewport().height())
    if height != content.height():
        content.resize(content.width(), height)
    pane.body.activate()
