"""The keys of a lesson: each command with its key on each system, keys of one's own, and what is wrong with them.

No default is Ctrl+Alt with a letter (Windows reports AltGr so), none is Alt alone (it types on a Mac and belongs to the
items of a form elsewhere), and F10 and F11 stay with the system.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.key_names import LETTERS, bare, held, is_digit, key_name, types_text

if TYPE_CHECKING:
    from collections.abc import Iterable

KeyRows = tuple[tuple[str, ...], ...]
"""As `Settings.keys` holds them: (form id, target, key)."""

ITEM_FUNCTIONS = tuple(f"F{number}" for number in range(2, 10))
MOST_ROWS = 5_000
"""Rows of own keys that are read; more were not made by hand."""


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """A command of the lesson.

    Attributes:
        id: as in `Settings.keys`, and in the note line after "/" where it is there, too.
        key: its key on Windows and Linux, "" for none. mac: on a Mac, where another.
        fixed: the system's own key for it; it stays.
    """

    id: str
    key: str
    mac: str = ""
    fixed: bool = False

    def default(self, system: str) -> str:
        """Return its key on a system."""
        return self.mac if self.mac and system == "mac" else self.key


COMMANDS = (
    KeyCommand("blank", "F12", mac="Ctrl B"),
    KeyCommand("keys", "F1"),
    KeyCommand("form", "F6"),
    KeyCommand("number", "Ctrl G"),
    KeyCommand("codes", "Ctrl Shift K"),
    KeyCommand("seats", "Ctrl Shift S"),
    KeyCommand("pause", "Ctrl Shift P"),
    KeyCommand("phase", "Ctrl Shift H"),
    KeyCommand("clock", ""),
    KeyCommand("star", "Ctrl Shift A"),
    KeyCommand("private", "Ctrl Shift M"),
    KeyCommand("retime", "Ctrl Shift T"),
    KeyCommand("start", "Ctrl Enter", fixed=True),
    KeyCommand("end", "Ctrl Shift Enter"),
    KeyCommand("undo", "Ctrl Z", fixed=True),
    KeyCommand("redo", "Ctrl Shift Z", fixed=True),
    KeyCommand("video", ""),
    KeyCommand("video_play", "Ctrl Shift Space"),
    KeyCommand("video_back", "Ctrl J"),
    KeyCommand("video_on", "Ctrl L"),
    KeyCommand("video_frame_back", "Ctrl Shift J"),
    KeyCommand("video_frame_on", "Ctrl Shift L"),
    KeyCommand("video_speed", "Ctrl Shift R"),
)
"""Every command of the lesson, in the order in which they are listed."""

_BY_ID = {command.id: command for command in COMMANDS}

_WINDOW = frozenset({"Ctrl K", "Ctrl N", "Ctrl ,", "Ctrl Enter", "Ctrl Z", "Ctrl Y", "Ctrl Shift Z"}) | {
    f"Ctrl {digit}" for digit in range(1, 10)
}
_TEXT = frozenset(
    [f"Ctrl {key}" for key in ("A", "C", "V", "X", "Insert", "Delete", "Backspace")]
    + [f"{held_}{key}" for held_ in ("Ctrl ", "Ctrl Shift ") for key in ("Left", "Right", "Up", "Down", "Home", "End")]
    + ["Shift Insert", "Shift Delete", "Ctrl Tab", "Ctrl Shift Tab"]
)
_SYSTEM = {
    "windows": frozenset({"F10", "Shift F10", "F11", "Alt F4", "Ctrl Esc", "Ctrl Shift Esc", "Ctrl F4", "Ctrl F6"}),
    "linux": frozenset({"F10", "Shift F10", "F11", "Alt F1", "Alt F2", "Alt F4", "Ctrl Shift U", "Ctrl Shift E"}),
    "mac": frozenset({"F10", "F11", "Ctrl Q", "Ctrl Shift Q", "Ctrl H", "Ctrl M", "Ctrl W", "Ctrl Space"})
    | {f"Ctrl Shift {digit}" for digit in range(3, 7)},
}
_EMACS = {"linux": "Ctrl ", "mac": "Meta "}
_EMACS_KEYS = frozenset("DEHKU")


class ClashWhy(StrEnum):
    """What is wrong with a key."""

    SAME = "same"
    WINDOW = "window"
    SYSTEM = "system"
    TEXT = "text"
    FORM = "form"
    NOT_HERE = "not_here"


class KeyKind(StrEnum):
    """What a key is for."""

    COMMAND = "command"
    ITEM = "item"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key in the table: target as in `Settings.keys`; key as `key_name` writes it, "" for none.

    Attributes:
        group: rows of one group are in force together: "" for commands, a form's id for its items and codes.
        own: chosen by the person; such a key comes before a usual one.
        reserved: of a code: signs that mean something else in its grid.
    """

    target: str
    key: str
    kind: KeyKind = KeyKind.COMMAND
    group: str = ""
    own: bool = False
    reserved: str = "=0"


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that will not do what its row says. `other` is the target that has it, "" where no row has it."""

    target: str
    why: ClashWhy
    other: str = ""


def command(command_id: str) -> KeyCommand | None:
    """Return a command, None where there is none of this id."""
    return _BY_ID.get(command_id)


def key_of(command_id: str, own: KeyRows, system: str) -> str:
    """Return the key of a command: one's own, else the system's; "" for none or where there is no such command."""
    return keys_in_force(own, system).get(command_id, "")


def keys_in_force(own: KeyRows, system: str) -> dict[str, str]:
    """Return the key of every command that has one. One's own come first, then the usual ones that are still free.

    An own key that cannot be pressed here as a command (it types, or belongs to the system) is left aside for the
    usual one, so that no setting can take a command away by mistake; an own key "" does so on purpose.
    """
    chosen: dict[str, str] = {}
    for target, text in own_keys(own, "").items():
        key, one = key_name(text), _BY_ID.get(target)
        if one is not None and not one.fixed and (not text or (key and refused(key, system) is None)):
            chosen[target] = key
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for mine in (True, False):
        for one in COMMANDS:
            key = chosen.get(one.id, "") if mine else one.default(system)
            if key and key not in taken and (mine or one.id not in chosen):
                keys[one.id] = key
                taken.add(key)
    return keys


def own_keys(own: KeyRows, form_id: str) -> dict[str, str]:
    """Return the own keys of a form by target, of the commands for form id ""; the last of several counts.

    Rows that are none are left out, and all before the last `MOST_ROWS`: the newest are at the end.
    """
    found: dict[str, str] = {}
    for row in own[-MOST_ROWS:]:
        if len(row) == 3 and row[0] == form_id:
            found[row[1]] = row[2]
    return found


def with_key(own: KeyRows, form_id: str, target: str, key: str | None) -> KeyRows:
    """Return the rows with another key of one target; None for its usual one again."""
    kept = tuple(row for row in own if len(row) == 3 and row[:2] != (form_id, target))
    return kept if key is None else (*kept, (form_id, target, key))


def without_form(own: KeyRows, form_id: str) -> KeyRows:
    """Return the rows without the own keys of a form, of the commands for form id ""."""
    return tuple(row for row in own if len(row) == 3 and row[0] != form_id)


def refused(key: str, system: str) -> ClashWhy | None:
    """Return why a key can be no command on a system, None where it can."""
    commands = held(key) - {"Shift"}
    foreign = system != "mac" and ("Meta" in commands or (commands == {"Ctrl", "Alt"} and not types_text(key, system)))
    if foreign or key in _SYSTEM.get(system, frozenset()):
        return ClashWhy.SYSTEM
    if key in _WINDOW:
        return ClashWhy.WINDOW
    if bare(key) in ITEM_FUNCTIONS and held(key) <= {"Shift"} and key != "F6":
        return ClashWhy.FORM
    if commands == {"Meta" if system == "mac" else "Alt"} and (bare(key) in LETTERS or is_digit(key)):
        return ClashWhy.FORM
    if types_text(key, system) or key in _TEXT or bare(key) in ("Esc", "Tab"):
        return ClashWhy.TEXT
    if key.startswith(_EMACS.get(system, "\0")) and bare(key) in _EMACS_KEYS and len(held(key)) == 1:
        return ClashWhy.TEXT
    return None


def is_item_key(key: str) -> bool:
    """Whether an item may have this key: a letter, pressed with Alt, or F2 to F9."""
    return key in LETTERS or key in ITEM_FUNCTIONS


def is_code_key(key: str, reserved: str = "=0") -> bool:
    """Whether a code may have this key: one sign that is not blank and means nothing else in the grid."""
    return len(key) == 1 and key.isprintable() and not key.isspace() and key not in reserved


def clashes(rows: Iterable[KeyRow], system: str) -> tuple[Clash, ...]:
    """Return what is wrong, in the order of the rows: at most one clash a row, and none for a row without a key.

    Of several rows with one key the first has it, an own one before others; the clash is with the rest. Codes and items
    of a form share its letters, because both are pressed with Alt while one writes.
    """
    rows = tuple(rows)
    found: dict[int, Clash] = {}
    first: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for place, row in sorted(enumerate(rows), key=lambda pair: not pair[1].own):
        if not row.key:
            continue
        why, command_ = _wrong(row, system), row.kind is KeyKind.COMMAND
        taken, key = first["" if command_ else row.group], row.key if command_ else row.key.upper()
        if why is not None:
            found[place] = Clash(row.target, why)
        elif key in taken:
            found[place] = Clash(row.target, ClashWhy.SAME, taken[key])
        else:
            taken[key] = row.target
    return tuple(found[place] for place in sorted(found))


def _wrong(row: KeyRow, system: str) -> ClashWhy | None:
    if row.kind is KeyKind.ITEM:
        return None if is_item_key(row.key.upper()) else ClashWhy.NOT_HERE
    if row.kind is KeyKind.CODE:
        return None if is_code_key(row.key, row.reserved) else ClashWhy.NOT_HERE
    one = _BY_ID.get(row.target)
    if one is None or not key_name(row.key):
        return ClashWhy.NOT_HERE
    return None if one.fixed else refused(row.key, system)
