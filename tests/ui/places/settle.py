"""Letting the window come to rest without waiting for a clock."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

_TURNS = 12
"""A resize asks for a layout, the layout for a refit, the refit for another layout: far fewer turns than this."""


def settle() -> None:
    """Let everything that is due now happen, and what that asks for in turn."""
    for _turn in range(_TURNS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
