"""The shared folder: set up in four steps, then how it stands, who takes part, and what was done."""

from __future__ import annotations

from observe_app.ui.shared_folder.page import SharedFolderPage

__all__ = ["SharedFolderPage"]
