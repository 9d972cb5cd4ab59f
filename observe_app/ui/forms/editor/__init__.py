"""The form editor: structure at the left, what is chosen in the middle, the form as it will be used at the right."""

from __future__ import annotations

from observe_app.ui.forms.editor.editor import FormEditor

__all__ = ["FormEditor"]
