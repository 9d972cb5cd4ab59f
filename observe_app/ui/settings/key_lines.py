"""The rows of the table of keys: the commands, or the items and codes of a form, with what is wrong with a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.form_keys import codes_of, grid_keys, keys_of
from observe_app.domain.key_names import key_name
from observe_app.domain.key_table import COMMANDS, KeyKind, KeyRow, clashes, own_keys
from observe_app.ui.form_panel.item_keys import FORM_KEY
from observe_app.ui.form_panel.keyboard import own_keyboard
from observe_app.ui.key_press import SYSTEM, shown
from observe_app.ui.key_words import clash_words, command_title

if TYPE_CHECKING:
    from observe_app.domain.form import Form, Item, Section
    from observe_app.domain.key_table import KeyRows


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A row of the table.

    Attributes:
        target: as in `Settings.keys`; "" for a heading.
        words: what the key does. cap: what stands on it, "" for none.
        own: chosen by the person. fixed: it cannot be another.
        clash: what is wrong with it, "" for nothing.
    """

    target: str
    words: str
    cap: str = ""
    kind: KeyKind = KeyKind.COMMAND
    own: bool = False
    fixed: bool = False
    clash: str = ""


def command_lines(own: KeyRows) -> tuple[KeyLine, ...]:
    """Return the commands of a lesson."""
    mine = own_keys(own, "")
    rows = []
    for one in COMMANDS:
        is_own = one.id in mine and not one.fixed
        key = (key_name(mine[one.id]) or mine[one.id]) if is_own else one.default(SYSTEM)
        rows.append(KeyRow(one.id, key, own=is_own))
    wrong = _wrong(rows, {one.id: command_title(one.id) for one in COMMANDS})
    fixed = {one.id for one in COMMANDS if one.fixed}
    return tuple(
        KeyLine(row.target, command_title(row.target), shown(row.key), own=row.own, fixed=row.target in fixed,
                clash=wrong.get(row.target, ""))
        for row in rows
    )  # fmt: skip


def form_lines(form: Form, own: KeyRows, language: str) -> tuple[KeyLine, ...]:
    """Return the items and codes of a form, under the titles of sections and sides."""
    mine = own_keys(own, form.id)
    asked = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    keys = keys_of(asked, mine)
    rows, names = [], {}
    for item in asked:
        rows.append(
            KeyRow(item.id, _wanted(mine, item.id, keys.get(item.id, "")), KeyKind.ITEM, form.id, item.id in mine)
        )
        names[item.id] = text_in(item.label, language)
        for full, key in codes_of(item, mine, own_keyboard().here).items():
            target = f"{item.id}/{full}"
            wanted, taken = _wanted(mine, target, key).upper(), grid_keys(item)
            rows.append(KeyRow(target, wanted, KeyKind.CODE, form.id, target in mine, taken))
            names[target] = _code_name(item, full, language)
    wrong = _wrong(rows, names)
    made = {
        row.target: KeyLine(
            row.target, names[row.target], _cap(row), row.kind, row.own, clash=wrong.get(row.target, "")
        )
        for row in rows
    }
    return tuple(line for section in form.sections for line in _section(section, made, language))


def _wanted(mine: dict[str, str], target: str, in_force: str) -> str:
    return mine.get(target, in_force)


def _cap(row: KeyRow) -> str:
    if row.kind is KeyKind.ITEM and len(row.key) == 1:
        return f"{FORM_KEY} {row.key.upper()}"
    return row.key[:24]


def _wrong(rows: list[KeyRow], names: dict[str, str]) -> dict[str, str]:
    return {one.target: clash_words(one, names.get(one.other, "")) for one in clashes(rows, SYSTEM)}


def _code_name(item: Item, full: str, language: str) -> str:
    found = item.code(full)
    if found is None:
        return full
    meaning = text_in(found[1].label, language)
    return f"{found[1].id} · {meaning}" if meaning else found[1].id


def _section(section: Section, made: dict[str, KeyLine], language: str) -> list[KeyLine]:
    lines = []
    asked = [item for item in section.items if item.id in made]
    if asked:
        lines.append(KeyLine("", text_in(section.title, language)))
    for item in asked:
        lines.append(made[item.id])
        for side in item.sides:
            name = text_in(side.label, language) or text_in(item.label, language)
            lines.append(KeyLine("", QCoreApplication.translate("KeyLines", "{side}: codes").format(side=name)))
            lines += [made[f"{item.id}/{side.full(code)}"] for code in side.codes]
    return lines
