"""What a key press means on a form: text, an item, or the command that asks for an item's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.ui.form_panel.digit_keys import digit_of
from observe_app.ui.key_press import SYSTEM, CommandKeys, pressed, shown

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

__all__ = [
    "FORM_KEY",
    "FORM_MODIFIER",
    "NUMBER_COMMAND",
    "NUMBER_KEY",
    "SYSTEM",
    "CommandKeys",
    "asks_number",
    "form_key",
    "function_key",
    "pressed",
    "shown",
    "types_text",
]

# On a Mac Alt types characters; Qt calls its Control key Meta.
_ON_MAC = SYSTEM == "mac"
FORM_MODIFIER = Qt.KeyboardModifier.MetaModifier if _ON_MAC else Qt.KeyboardModifier.AltModifier
FORM_KEY = "⌃" if _ON_MAC else "Alt"
NUMBER_COMMAND = "Ctrl G"
NUMBER_KEY = shown(NUMBER_COMMAND)
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
    digit = digit_of(event, SYSTEM) if held == FORM_MODIFIER else 0
    return f"F{digit}" if digit > 1 else ""


def form_key(event: QKeyEvent) -> str:
    """Return the key of an item that was pressed, a letter or "F2" to "F9"; "" for anything else. Shift may be held."""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z and event.modifiers() & _COMMANDS == FORM_MODIFIER:
        return chr(key)
    return function_key(event)


def asks_number(event: QKeyEvent, key: str = NUMBER_COMMAND) -> bool:
    """Whether the press opens the field for an item's number, wherever the keyboard is; `key` as in the table."""
    return bool(key) and pressed(event) == key
