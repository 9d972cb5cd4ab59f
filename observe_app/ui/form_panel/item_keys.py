"""Which key reaches which item."""

from __future__ import annotations

import sys
from string import ascii_uppercase
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.form import EVENT_KINDS, ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.form import Item

# On a Mac Alt types characters; Qt calls its Control key Meta.
_ON_MAC = sys.platform == "darwin"
FORM_MODIFIER = Qt.KeyboardModifier.MetaModifier if _ON_MAC else Qt.KeyboardModifier.AltModifier
FORM_KEY = "⌃" if _ON_MAC else "Alt"
NUMBER_KEY = "⌘ G" if _ON_MAC else "Ctrl G"
FUNCTION_KEYS = ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9")
_WALKS = "F6"
_PRESSED_OFTEN = frozenset({ItemKind.TALLY, ItemKind.TIMER})
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def types_text(event: QKeyEvent) -> bool:
    """Whether a key press types: no command key is held; AltGr, which Windows reports as Ctrl+Alt, types "@" or "#"."""
    held = event.modifiers() & _COMMANDS
    return held == Qt.KeyboardModifier.NoModifier or (held == _ALT_GR and event.text().isprintable())


def assign_letters(items: Iterable[Item]) -> dict[str, str]:
    """Return the key of each item: its own where it has one and is the first to, else the next free one.

    What is counted or timed has a function key ("F2"), everything else a letter to be pressed with Alt; tallies and
    timers beyond F9 get letters too. F6 goes only to an item that asks for it: elsewhere it walks through the window.
    Guidance takes no key; items beyond the alphabet have none and are reached by number.
    """
    asked = [item for item in items if item.kind is not ItemKind.GUIDANCE]
    keys: dict[str, str] = {}
    for item in asked:
        own = item.hotkey.upper()
        free = own not in keys.values()
        if free and ((len(own) == 1 and own in ascii_uppercase) or (item.kind in EVENT_KINDS and own in FUNCTION_KEYS)):
            keys[item.id] = own
    for wanted, kinds in ((FUNCTION_KEYS, _PRESSED_OFTEN), (tuple(ascii_uppercase), frozenset(ItemKind))):
        left = iter([key for key in wanted if key not in keys.values() and key != _WALKS])
        for item in asked:
            if item.id not in keys and item.kind in kinds and (key := next(left, "")):
                keys[item.id] = key
    return keys


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
