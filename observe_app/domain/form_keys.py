"""Which key reaches which item of a form, and which code of an item: on the screen, on paper and in what checks a form.

On paper keys are the form's own; on the screen a person may have chosen others.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from types import MappingProxyType
from typing import TYPE_CHECKING

from observe_app.domain.form import EVENT_KINDS, ItemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from observe_app.domain.form import Item

FUNCTION_KEYS = ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9")
"""Keys of what is counted or timed; F10 and F11 belong to the system."""

GRID_KEYS = "=0"
"""Signs that mean something in every grid of codes: the same as last, and nothing of it."""

_WALKS = "F6"
_PRESSED_OFTEN = frozenset({ItemKind.TALLY, ItemKind.TIMER})
_NONE: Mapping[str, str] = MappingProxyType({})


def keys_of(items: Iterable[Item], own: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Return the key of each item: the person's own, else the form's where it is the first to ask, else the next free.

    What is counted or timed has a function key ("F2"), everything else a letter to be pressed with Alt; tallies and
    timers beyond F9 get letters too. F6 goes only to an item that asks for it: elsewhere it walks through the window.
    Guidance takes no key; items beyond the alphabet have none and are reached by number.

    Args:
        items: of one form, in order.
        own: keys of the person's own choice by item id, a letter or "F2" to "F9"; "" takes the key away. What is
            neither, and the second of two that are the same, counts as not chosen.
    """
    asked = [item for item in items if item.kind is not ItemKind.GUIDANCE]
    keys: dict[str, str] = {}
    without = {item.id for item in asked if own.get(item.id) == ""}
    for item in asked:
        mine = own.get(item.id, "").upper()
        if mine and mine not in keys.values() and (_is_letter(mine) or mine in FUNCTION_KEYS):
            keys[item.id] = mine
    for item in asked:
        given = item.hotkey.upper()
        open_ = item.id not in keys and item.id not in without and given not in keys.values()
        if open_ and (_is_letter(given) or (item.kind in EVENT_KINDS and given in FUNCTION_KEYS)):
            keys[item.id] = given
    for wanted, kinds in ((FUNCTION_KEYS, _PRESSED_OFTEN), (tuple(ascii_uppercase), frozenset(ItemKind))):
        left = iter([key for key in wanted if key not in keys.values() and key != _WALKS])
        for item in asked:
            if item.id not in keys and item.id not in without and item.kind in kinds and (key := next(left, "")):
                keys[item.id] = key
    return keys


def codes_of(item: Item, own: Mapping[str, str] = _NONE, here: Callable[[str], str] = str) -> dict[str, str]:
    """Return the key of each code of an interval item by full id, in lower case; "" where none is left.

    Each has the person's own, else the form's where it is the first to ask, else the next free letter. The digits of
    the item's levels and `GRID_KEYS` are no keys of codes.

    Args:
        item: with sides and codes.
        own: keys of the person's own choice by "item id/full code id", one sign each; "" takes the key away.
        here: says which key of this keyboard lies where a key of the form lies on the one it was made for.
    """
    codes = [(side.full(code), code) for side in item.sides for code in side.codes]
    taken = grid_keys(item)
    keys: dict[str, str] = {}
    without = {full for full, _code in codes if own.get(f"{item.id}/{full}") == ""}
    asked = [(full, own.get(f"{item.id}/{full}", "")) for full, _code in codes]
    asked += [(full, here(code.hotkey.casefold())) for full, code in codes]
    for full, wanted in asked:
        key = wanted.casefold()
        usable = len(key) == 1 and key.isprintable() and not key.isspace() and key not in taken
        if usable and full not in keys and full not in without and key not in keys.values():
            keys[full] = key
    free = iter([letter for letter in ascii_lowercase if letter not in keys.values()])
    return {full: keys.get(full, "") or ("" if full in without else next(free, "")) for full, _code in codes}


def grid_keys(item: Item) -> str:
    """Return the signs that mean something else in an item's grid of codes."""
    return GRID_KEYS + "".join(str(level.number) for level in item.levels)


def _is_letter(key: str) -> bool:
    return len(key) == 1 and key in ascii_uppercase
