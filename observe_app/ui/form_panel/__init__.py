"""The form beside the lesson: its items are answered as things are seen."""

from __future__ import annotations

from observe_app.ui.form_panel.panel import FormPanel

__all__ = ["FormPanel"]
