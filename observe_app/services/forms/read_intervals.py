"""The sides, codes and categories of an interval item."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.form import Category, Code, Side
from observe_app.services.forms.limits import (
    MAX_ALIASES,
    MAX_CATEGORIES,
    MAX_CODE,
    MAX_CODES,
    MAX_ID,
    MAX_LABEL,
    MAX_SIDES,
)
from observe_app.services.forms.tables import type_word

if TYPE_CHECKING:
    from observe_app.services.forms.tables import Table

SIDE_KEYS = ("id", "label", "categories", "codes")
CATEGORY_KEYS = ("id", "label")
CODE_KEYS = ("id", "label", "help", "category", "aliases", "hotkey", "comment")
SIDE_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*")
CODE_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9/+&_-]{{0,{MAX_CODE - 1}}}")


def read_sides(table: Table) -> tuple[Side, ...]:
    """Return the sides of an interval item; codes that stand on the item itself are one side whose id is ""."""
    reader = _SidesReader(table)
    if "sides" not in table.data:
        if "codes" not in table.data:
            table.notes.add((*table.place, "codes"), table.where, "no_codes")
        return (reader.side(table, ""),)
    for key in ("codes", "categories"):
        if key in table.data:
            table.problem(key, "codes_and_sides", key)
    rows = table.tables("sides", "side", MAX_SIDES, needed=True)
    if not table.data["sides"]:
        table.problem("sides", "no_codes")
    return tuple(reader.named_side(row) for row in rows)


@dataclass(slots=True)
class _SidesReader:
    """Reads all sides of one item: their ids and the keys of their codes must differ."""

    item: Table
    ids: set[str] = field(default_factory=set)
    hotkeys: dict[str, str] = field(default_factory=dict)

    def named_side(self, table: Table) -> Side:
        table.only(SIDE_KEYS)
        side_id = table.identifier("id", pattern=SIDE_ID, rule="bad_side")
        if side_id and side_id.casefold() in self.ids:
            table.problem("id", "duplicate_side", side_id)
        self.ids.add(side_id.casefold())
        if "codes" not in table.data:
            table.notes.add((*table.place, "codes"), table.where, "no_codes")
        return self.side(table, side_id)

    def side(self, table: Table, side_id: str) -> Side:
        label = table.text("label", needed=True, limit=MAX_LABEL) if table is not self.item else ()
        categories = _categories(table)
        known = tuple(category.id for category in categories)
        rows = table.tables("codes", "code", MAX_CODES)
        if table.data.get("codes") == []:
            table.problem("codes", "no_codes")
        taken: dict[str, str] = {}
        codes = tuple(self.code(row, known, taken) for row in rows)
        for row, code in zip(rows, codes, strict=True):
            # Aliases last: they must not stand for a code that comes further down either.
            _check_aliases(row, code, taken)
        return Side(side_id, label, codes, categories)

    def code(self, table: Table, categories: tuple[str, ...], taken: dict[str, str]) -> Code:
        table.only(CODE_KEYS)
        code_id = table.identifier("id", pattern=CODE_ID, rule="bad_code")
        if code_id:
            if code_id.casefold() in taken:
                table.problem("id", "duplicate_code", code_id)
            taken.setdefault(code_id.casefold(), code_id)
        category = table.of_type("category", "text") or ""
        if category and category not in categories:
            table.problem("category", "unknown_category", category, categories)
        return Code(
            code_id,
            table.text("label", needed=True, limit=MAX_LABEL),
            table.text("help"),
            category,
            _aliases(table),
            self.hotkey(table, code_id),
            table.flag("comment"),
        )

    def hotkey(self, table: Table, code_id: str) -> str:
        key = table.of_type("hotkey", "text")
        if not key:
            return ""
        if len(key) != 1 or unicodedata.category(key)[0] not in "LNPS":
            table.problem("hotkey", "bad_code_hotkey", key)
            return ""
        key = folded_key(key)
        if key in self.hotkeys:
            table.problem("hotkey", "duplicate_code_hotkey", key, (self.hotkeys[key],))
        self.hotkeys.setdefault(key, code_id)
        return key


def folded_key(key: str) -> str:
    """Return a key as it is stored: small where there is one small letter for it."""
    return key.lower() if len(key.lower()) == 1 else key


def _categories(table: Table) -> tuple[Category, ...]:
    found: dict[str, Category] = {}
    for row in table.tables("categories", "category", MAX_CATEGORIES):
        row.only(CATEGORY_KEYS)
        category_id = row.identifier("id")
        if category_id and category_id in found:
            row.problem("id", "duplicate_category", category_id)
        label = row.text("label", needed=True, limit=MAX_LABEL)
        found.setdefault(category_id, Category(category_id, label))
    return tuple(found.values())


def _aliases(table: Table) -> tuple[str, ...]:
    rows = table.of_type("aliases", "list")
    if rows is None:
        return ()
    if len(rows) > MAX_ALIASES:
        table.problem("aliases", "too_many", str(len(rows)), (str(MAX_ALIASES),))
    found = []
    for position, row in enumerate(rows[:MAX_ALIASES]):
        place = (*table.place, "aliases", position)
        where = table.at("aliases")
        if not isinstance(row, str):
            table.notes.add(place, where, "wrong_type", type_word(row), ("text",))
            continue
        words = table.words(("aliases", position), row, MAX_ID, one_line=True)
        if not words:
            table.notes.add(place, where, "empty_text")
        found.append(words)
    return tuple(found)


def _check_aliases(table: Table, code: Code, taken: dict[str, str]) -> None:
    for alias in code.aliases:
        owner = taken.setdefault(alias.casefold(), code.id)
        if owner != code.id:
            table.problem("aliases", "duplicate_alias", alias, (owner,))
