"""Which key was pressed, and which command of the lesson it means by the table of keys of this system."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.key_names import key_name, shown_key
from observe_app.domain.key_table import command, keys_in_force

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.key_table import KeyRows

SYSTEM = "mac" if sys.platform == "darwin" else "windows" if sys.platform == "win32" else "linux"
"""Whose keys are pressed, as `key_table` names them."""

_HELD = (
    ("Ctrl", Qt.KeyboardModifier.ControlModifier),
    ("Alt", Qt.KeyboardModifier.AltModifier),
    ("Shift", Qt.KeyboardModifier.ShiftModifier),
    ("Meta", Qt.KeyboardModifier.MetaModifier),
)
_NAMES = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
}
_LAST_SIGN = 0xFFFF


def pressed(event: QKeyEvent) -> str:
    """Return the key pressed as the table writes it ("Ctrl Shift P"); "" for a modifier alone or a dead key."""
    key = event.key()
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24:
        name = f"F{1 + key - Qt.Key.Key_F1}"
    elif key in _NAMES:
        name = _NAMES[Qt.Key(key)]
    else:
        name = chr(key) if 0 < key <= _LAST_SIGN else ""
    held = [word for word, flag in _HELD if event.modifiers() & flag]
    return key_name(" ".join([*held, name])) if name else ""


def shown(key: str) -> str:
    """Return what stands on the cap of a key of the table."""
    return shown_key(key, SYSTEM)


class CommandKeys:
    """The keys of the lesson's commands on this system, with the person's own.

    Args:
        own: `Settings.keys`. system: whose keys; this computer's where not said.
    """

    def __init__(self, own: KeyRows, system: str = SYSTEM) -> None:
        self._own, self._system = own, system
        self._keys = keys_in_force(own, system)
        self._commands = {key: command_id for command_id, key in self._keys.items()}

    def command(self, event: QKeyEvent) -> str:
        """Return the command that a press means, "" for none. The system's own (undo, redo, start) are not matched."""
        found = self._commands.get(pressed(event), "")
        known = command(found) if found else None
        return "" if known is None or known.fixed else found

    def key(self, command_id: str) -> str:
        """Return the key of a command as the table writes it, "" for none."""
        return self._keys.get(command_id, "")

    def cap(self, command_id: str) -> str:
        """Return what stands on the cap of a command's key, "" for none."""
        return shown_key(self.key(command_id), self._system)

    def same_as(self, own: KeyRows) -> bool:
        """Whether these are the keys that such settings give."""
        return self._own == own
