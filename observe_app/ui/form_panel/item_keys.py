"""What a key press means on a form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

# On a Mac Alt types characters; Qt calls its Control key Meta.
_ON_MAC = sys.platform == "darwin"
FORM_MODIFIER = Qt.KeyboardModifier.MetaModifier if _ON_MAC else Qt.KeyboardModifier.AltModifier
FORM_KEY = "⌃" if _ON_MAC else "Alt"
NUMBER_KEY = "⌘ G" if _ON_MAC else "Ctrl G"
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def types_text(event: QKeyEvent) -> bool:
    """Whether a key press types: no command key is held; AltGr, which Windows reports as Ctrl+Alt, types "@" or "#"."""
    held = event.modifiers() & _COMMANDS
    return held == Qt.KeyboardModifier.NoModifier or (held == _ALT_GR and event.text().isprintable())


def function_key(event: QKeyEvent) -> str:
    """Return "F2" to "F9" for such a key, or for Alt with a digit where a keyboard has no function keys; else ""."""
    key = event.key()
    held = event.modifiers() & _COMMANDS
    if Qt.Key.Key_F2 <= key <= Qt.Key.Key_F9 and held == Qt.KeyboardModifier.NoModifier:
        return f"F{2 + key - Qt.Key.Key_F2}"
    if Qt.Key.Key_2 <= key <= Qt.Key.Key_9 and held == FORM_MODIFIER:
        return f"F{2 + key - Qt.Key.Key_2}"
    return ""


def form_key(event: QKeyEvent) -> str:
    """Return the key of an item that was pressed, a letter or "F2" to "F9"; "" for anything else. Shift may be held."""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z and event.modifiers() & _COMMANDS == FORM_MODIFIER:
        return chr(key)
    return function_key(event)


def asks_number(event: QKeyEvent) -> bool:
    """Whether the press opens the field for an item's number, wherever the keyboard is."""
    return event.key() == Qt.Key.Key_G and event.modifiers() & _COMMANDS == Qt.KeyboardModifier.ControlModifier
