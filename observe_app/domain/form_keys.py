"""Which key reaches which item of a form: the same on the screen, on paper and in what checks a form."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from observe_app.domain.form import EVENT_KINDS, ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.form import Item

FUNCTION_KEYS = ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9")
"""Keys of what is counted or timed; F10 and F11 belong to the system."""

_WALKS = "F6"
_PRESSED_OFTEN = frozenset({ItemKind.TALLY, ItemKind.TIMER})


def keys_of(items: Iterable[Item]) -> dict[str, str]:
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
