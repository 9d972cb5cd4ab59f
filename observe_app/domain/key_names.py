"""How a key is written: "Ctrl Shift P", "F12", "Q"; read from what people type, shown as the system shows it."""

from __future__ import annotations

from string import ascii_uppercase, digits

SYSTEMS = ("mac", "windows", "linux")
"""Systems whose keyboards differ: Alt types characters on "mac", AltGr is Ctrl+Alt on "windows"."""

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
"""In the order they are written. As in Qt, "Ctrl" is Command and "Meta" is Control on a Mac."""

FUNCTIONS = tuple(f"F{number}" for number in range(1, 25))
NAMED = (
    "Enter",
    "Space",
    "Esc",
    "Tab",
    "Backspace",
    "Delete",
    "Insert",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Left",
    "Right",
    "Up",
    "Down",
)
LETTERS = frozenset(ascii_uppercase)

_LONGEST = 40
_SAME = {
    "return": "Enter",
    "escape": "Esc",
    "del": "Delete",
    "ins": "Insert",
    "pgup": "PageUp",
    "pgdown": "PageDown",
    "control": "Ctrl",
    "option": "Alt",
}
_KNOWN = {name.casefold(): name for name in (*MODIFIERS, *FUNCTIONS, *NAMED)} | _SAME
_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


def key_name(text: str) -> str:
    """Return a key as it is written everywhere, "" for what names no key.

    Read whatever the case and order, parted by blanks or "+": "shift+ctrl+p" is "Ctrl Shift P".
    """
    if not text or len(text) > _LONGEST:
        return ""
    # A key may itself be a plus sign, with or without others before it.
    plus = text == "+" or text.endswith(("++", " +"))
    parts = [_part(part) for part in (text[:-1] if plus else text).replace("+", " ").split()]
    if plus:
        parts.append("+")
    held, keys = [part for part in parts if part in MODIFIERS], [part for part in parts if part not in MODIFIERS]
    if len(keys) != 1 or not keys[0] or len(set(held)) != len(held):
        return ""
    return " ".join([*(one for one in MODIFIERS if one in held), keys[0]])


def _part(text: str) -> str:
    known = _KNOWN.get(text.casefold(), "")
    if known:
        return known
    single = text.upper() if len(text.upper()) == 1 else text
    return single if len(single) == 1 and single.isprintable() and not single.isspace() else ""


def held(key: str) -> frozenset[str]:
    """Return the modifiers of a key as `key_name` writes it."""
    return frozenset(key.split(" ")[:-1])


def bare(key: str) -> str:
    """Return a key as `key_name` writes it without its modifiers; "" of ""."""
    return key.rpartition(" ")[2]


def types_text(key: str, system: str) -> bool:
    """Whether a key writes something, so that it cannot be a command while one writes.

    Enter, Tab, Backspace and the keys that move the cursor belong to writing, too. AltGr is Ctrl+Alt on Windows, Alt
    writes signs on a Mac.
    """
    with_, alone = held(key), bare(key)
    commands = with_ - {"Shift"}
    if alone in FUNCTIONS:
        return False
    if system == "mac" and commands == {"Alt"}:
        return True
    if commands == {"Ctrl", "Alt"} and system != "mac":
        return alone not in NAMED
    return not commands


def shown_key(key: str, system: str) -> str:
    """Return what stands on a keycap: "Ctrl Shift P", on a Mac "⌘ ⇧ P"."""
    if system != "mac":
        return key
    return " ".join(_MAC.get(part, part) for part in key.split(" "))


def is_digit(key: str) -> bool:
    """Whether a key, as `key_name` writes it, is a digit with or without modifiers."""
    return bare(key) in digits and bool(bare(key))
