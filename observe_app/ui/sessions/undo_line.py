"""A line that leaves Ctrl+Z to the window where it has nothing of its own to take back."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

from observe_app.ui.widgets import LineEdit


class UndoLine(LineEdit):
    """One line; its own typing first, then what was done in the window."""

    def event(self, event: QEvent) -> bool:
        """Let go of undo and redo that would do nothing here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for key, available in (
                (QKeySequence.StandardKey.Undo, self.isUndoAvailable()),
                (QKeySequence.StandardKey.Redo, self.isRedoAvailable()),
            ):
                if event.matches(key) and not available:
                    event.ignore()
                    return True
        return super().event(event)
