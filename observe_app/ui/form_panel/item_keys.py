"""Which letter reaches which item."""

from __future__ import annotations

import sys
from string import ascii_uppercase
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.form import ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.form import Item

# On a Mac Alt types characters; Qt calls its Control key Meta.
_ON_MAC = sys.platform == "darwin"
FORM_MODIFIER = Qt.KeyboardModifier.MetaModifier if _ON_MAC else Qt.KeyboardModifier.AltModifier
FORM_KEY = "⌃" if _ON_MAC else "Alt"
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def types_text(event: QKeyEvent) -> bool:
    """Whether a key press types: no command key is held; AltGr, which Windows reports as Ctrl+Alt, types "@" or "#"."""
    held = event.modifiers() & _COMMANDS
    return held == Qt.KeyboardModifier.NoModifier or (held == _ALT_GR and event.text().isprintable())


def assign_letters(items: Iterable[Item]) -> dict[str, str]:
    """Return the letter of each item: its own where it has one and is the first to, else the next free one.

    Guidance takes no letter; items beyond the alphabet have none and are reached with the arrows.
    """
    asked = [item for item in items if item.kind is not ItemKind.GUIDANCE]
    letters: dict[str, str] = {}
    for item in asked:
        own = item.hotkey.upper()
        if own in ascii_uppercase and len(own) == 1 and own not in letters.values():
            letters[item.id] = own
    free = iter([letter for letter in ascii_uppercase if letter not in letters.values()])
    for item in asked:
        if item.id not in letters and (letter := next(free, "")):
            letters[item.id] = letter
    return letters
