"""Settings: who one is, how the program looks, what stands on PDFs, where the record and its backups are."""

from __future__ import annotations

from observe_app.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
