"""The shared folder: set up in four steps, then how it stands, who takes part, and what was done."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.ui.shared_folder.page import SharedFolderPage


def __getattr__(name: str) -> object:
    """Load the page when it is first named: the rail and the conversation need small parts of this package only."""
    if name != "SharedFolderPage":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return import_module(f"{__name__}.page").SharedFolderPage


__all__ = ["SharedFolderPage"]
