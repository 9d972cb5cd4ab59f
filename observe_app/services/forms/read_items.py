"""One item of a form file: the keys that its kind has, and what they may say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.form import EVENT_KINDS, OTHER, Item, ItemKind, Option, WaitAfter
from observe_app.domain.form_keys import FUNCTION_KEYS
from observe_app.services.forms.limits import (
    MAX_AIM,
    MAX_EVERY,
    MAX_ID,
    MAX_LABEL,
    MAX_OF,
    MAX_OPTIONS,
    MAX_SECONDS,
    MIN_AIM,
    MIN_OPTIONS,
    MIN_SECONDS,
)
from observe_app.services.forms.read_conditions import Earlier, read_conditions
from observe_app.services.forms.read_intervals import folded_key, read_sides
from observe_app.services.forms.read_scales import Scales, item_levels
from observe_app.services.forms.tables import ID, Table, shown_number, type_word

if TYPE_CHECKING:
    from collections.abc import Callable

_SHARED_KEYS = ("kind", "id", "label", "help", "show_when", "show_when_any")
_ASKING_KEYS = (*_SHARED_KEYS, "required", "hotkey")
ITEM_KEYS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.CHECK: _ASKING_KEYS,
    ItemKind.RATING: (*_ASKING_KEYS, "scale", "descriptors"),
    ItemKind.CHOICE: (*_ASKING_KEYS, "options", "other"),
    ItemKind.CHOICES: (*_ASKING_KEYS, "options", "other"),
    ItemKind.NUMBER: (*_ASKING_KEYS, "low", "high", "decimals", "unit"),
    ItemKind.TEXT: (*_ASKING_KEYS, "long"),
    ItemKind.TALLY: (*_SHARED_KEYS, "hotkey"),
    ItemKind.TIMER: (*_SHARED_KEYS, "hotkey", "group"),
    ItemKind.INTERVAL: (
        *_SHARED_KEYS, "hotkey", "seconds", "look", "scale", "descriptors", "codes", "categories", "sides",
    ),
    ItemKind.SWEEP: (*_SHARED_KEYS, "hotkey", "every", "of"),
    ItemKind.WAIT: (*_SHARED_KEYS, "hotkey", "aim", "after"),
    ItemKind.GUIDANCE: _SHARED_KEYS,
}  # fmt: skip
OPTION_KEYS = ("id", "label", "help")
DEFAULT_EVERY = 5
_ALL_ITEM_KEYS = tuple(dict.fromkeys(key for keys in ITEM_KEYS.values() for key in keys))
_FUNCTION_KEYS = frozenset(key.casefold() for key in FUNCTION_KEYS)
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return an id made from a text, "" when it has no letter or digit of the Latin alphabet."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NOT_IN_SLUGS.sub("-", plain).strip("-")[: MAX_ID - 2].rstrip("-")
    return words if not words or words[0].isalpha() else f"n-{words}"


@dataclass(slots=True)
class ItemReader:
    """Reads the items of one file, in order: ids and hotkeys must differ, and conditions look back."""

    scales: Scales
    earlier: Earlier
    lines: dict[str, int] = field(default_factory=dict)
    hotkeys: dict[str, str] = field(default_factory=dict)

    def item(self, table: Table) -> Item:
        """Return one item, after noting what is wrong with it."""
        before = len(table.notes.problems)
        kind = _kind(table)
        _check_keys(table, kind)
        item_id = self._id(table)
        conditions, show_any = read_conditions(table, self.earlier)
        common: dict[str, Any] = {
            "id": item_id,
            "kind": kind or ItemKind.GUIDANCE,
            "label": table.text("label", needed=True, limit=MAX_LABEL),
            "help": table.text("help"),
            "show_when": conditions,
            "show_any": show_any,
        }
        allowed = _ALL_ITEM_KEYS if kind is None else ITEM_KEYS[kind]
        if "hotkey" in allowed:
            common["hotkey"] = self._hotkey(table, item_id, kind)
        if "required" in allowed:
            common["required"] = table.flag("required")
        own = self._own(kind)
        item = Item(**common, **(own(table) if own else {}))
        if item_id and item_id not in self.earlier.items:
            good = len(table.notes.problems) == before and not table.notes.left_out
            self.earlier.items[item_id] = item if good else None
        return item

    def _own(self, kind: ItemKind | None) -> Callable[[Table], dict[str, Any]] | None:
        """Return the reader of what only this kind has."""
        readers: dict[ItemKind, Callable[[Table], dict[str, Any]]] = {
            ItemKind.RATING: self._rating,
            ItemKind.CHOICE: _choice,
            ItemKind.CHOICES: _choice,
            ItemKind.NUMBER: _number,
            ItemKind.TEXT: _text,
            ItemKind.TIMER: _timer,
            ItemKind.INTERVAL: self._interval,
            ItemKind.SWEEP: _sweep,
            ItemKind.WAIT: _wait,
        }
        return None if kind is None else readers.get(kind)

    def _id(self, table: Table) -> str:
        item_id = table.identifier("id")
        if item_id in self.lines:
            table.problem("id", "duplicate_id", item_id, (str(self.lines[item_id] or ""),))
        elif item_id:
            self.lines[item_id] = table.notes.lines.line((*table.place, "id"))
        return item_id

    def _hotkey(self, table: Table, item_id: str, kind: ItemKind | None) -> str:
        given = table.of_type("hotkey", "text")
        if not given:
            return ""
        key = folded_key(given) if len(given) == 1 else given.lower()
        takes_function_keys = kind is None or kind in EVENT_KINDS
        if not (len(key) == 1 and key.isalpha()) and not (takes_function_keys and key in _FUNCTION_KEYS):
            table.problem("hotkey", "bad_event_hotkey" if kind in EVENT_KINDS else "bad_hotkey", given)
            return ""
        if key in self.hotkeys:
            table.problem("hotkey", "duplicate_hotkey", key, (self.hotkeys[key],))
        self.hotkeys.setdefault(key, item_id)
        return str(key)

    def _rating(self, table: Table) -> dict[str, Any]:
        scale, levels = item_levels(table, self.scales, needed=True)
        return {"scale": scale, "levels": levels}

    def _interval(self, table: Table) -> dict[str, Any]:
        seconds = table.whole("seconds", MIN_SECONDS, MAX_SECONDS, needed=True) or 0
        look = table.whole("look", 1, seconds or MAX_SECONDS, 0) or 0
        scale, levels = item_levels(table, self.scales, needed=False)
        return {"seconds": seconds, "look": look, "scale": scale, "levels": levels, "sides": read_sides(table)}


def _kind(table: Table) -> ItemKind | None:
    word = table.of_type("kind", "text", needed=True)
    if word is None:
        return None
    if word not in set(ItemKind):
        table.problem("kind", "unknown_kind", word, tuple(ItemKind))
        return None
    return ItemKind(word)


def _check_keys(table: Table, kind: ItemKind | None) -> None:
    """Note keys that no item has, and keys that this kind of item does not have."""
    for key in table.data:
        place = (*table.place, key)
        if key not in _ALL_ITEM_KEYS:
            known = _ALL_ITEM_KEYS if kind is None else ITEM_KEYS[kind]
            table.notes.add(place, table.where, "unknown_key", key, known)
        elif kind is not None and key not in ITEM_KEYS[kind]:
            # The word is right and only the kind does not have it: a nearest word would mislead.
            table.notes.add(place, table.where, "key_of_other_kind", key, ITEM_KEYS[kind], nearest=kind.value)


def _choice(table: Table) -> dict[str, Any]:
    other = table.flag("other")
    rows = table.of_type("options", "list", needed=True)
    if rows is None:
        return {"other": other}
    if not MIN_OPTIONS <= len(rows) <= MAX_OPTIONS:
        table.problem("options", "option_count", str(len(rows)), (str(MIN_OPTIONS), str(MAX_OPTIONS)))
    found: dict[str, Option] = {}
    for position, row in enumerate(rows[:MAX_OPTIONS]):
        option = _option(table, position, row)
        if option is None:
            continue
        where = f"{table.at('options')} {position + 1}"
        place = (*table.place, "options", position, *(("id",) if isinstance(row, dict) else ()))
        if option.id == OTHER and other:
            table.notes.add(place, where, "reserved_option", OTHER)
        elif option.id and option.id in found:
            table.notes.add(place, where, "duplicate_option", option.id)
        found.setdefault(option.id, option)
    return {"other": other, "options": tuple(found.values())}


def _option(table: Table, position: int, row: Any) -> Option | None:
    """Return one option; one written as its label alone gets an id made from it."""
    place = (*table.place, "options", position)
    where = f"{table.at('options')} {position + 1}"
    if isinstance(row, str):
        inner = Table({"label": row}, place, where, table.notes)
        label = inner.text("label", needed=True, limit=MAX_LABEL)
        return Option(slug(row) or f"option-{position + 1}", label) if label else None
    if not isinstance(row, dict):
        table.notes.add(place, where, "wrong_type", type_word(row), ("text", "table"))
        return None
    inner = Table(row, place, where, table.notes)
    inner.only(OPTION_KEYS)
    label = inner.text("label", needed=True, limit=MAX_LABEL)
    return Option(inner.identifier("id"), label, inner.text("help"))


def _number(table: Table) -> dict[str, Any]:
    low, high, decimals = table.number("low"), table.number("high"), table.flag("decimals")
    for key, bound in (("low", low), ("high", high)):
        if bound is not None and not decimals and not bound.is_integer():
            table.problem(key, "bound_not_whole", shown_number(bound))
    if low is not None and high is not None and low >= high:
        table.problem("high", "low_above_high", shown_number(high), (shown_number(low),))
    return {"low": low, "high": high, "decimals": decimals, "unit": table.text("unit", limit=MAX_LABEL)}


def _text(table: Table) -> dict[str, Any]:
    return {"long": table.flag("long")}


def _timer(table: Table) -> dict[str, Any]:
    return {"group": table.identifier("group", needed=False, pattern=ID)}


def _sweep(table: Table) -> dict[str, Any]:
    return {"every": table.whole("every", 1, MAX_EVERY, DEFAULT_EVERY), "of": table.whole("of", 1, MAX_OF)}


def _wait(table: Table) -> dict[str, Any]:
    aim = table.number("aim")
    if aim is not None and not MIN_AIM <= aim <= MAX_AIM:
        table.problem("aim", "out_of_range", shown_number(aim), (str(MIN_AIM), str(MAX_AIM)))
        aim = None
    return {"aim": aim, "after": WaitAfter(table.word("after", tuple(WaitAfter), WaitAfter.QUESTION))}
