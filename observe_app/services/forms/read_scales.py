"""The scales of a form file, and the levels that an item takes from one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import MAX_LEVELS, Level, Scale
from observe_app.services.forms.limits import MAX_ID, MAX_LABEL, MAX_SCALES, MIN_LEVELS
from observe_app.services.forms.tables import ID, Table, type_word
from observe_app.services.forms.toml_text import shown

if TYPE_CHECKING:
    from observe_app.domain.form import Texts

SCALE_KEYS = ("label", "levels")
LEVEL_KEYS = ("label", "descriptor")


@dataclass(frozen=True, slots=True)
class Scales:
    """The scales of one file: `names` of all, `good` those without a problem."""

    names: tuple[str, ...]
    good: dict[str, Scale]


def read_scales(top: Table) -> Scales:
    """Read every scale of the file, used or not."""
    tables = top.inner("scales")
    if len(tables) > MAX_SCALES:
        top.problem("scales", "too_many_scales", str(len(tables)), (str(MAX_SCALES),))
    good: dict[str, Scale] = {}
    for name, data in list(tables.items())[:MAX_SCALES]:
        where = f"scale {shown(name)}"
        place = ("scales", name)
        if len(name) > MAX_ID or not ID.fullmatch(name):
            top.notes.add(place, where, "bad_id", name)
        if not isinstance(data, dict):
            top.notes.add(place, where, "wrong_type", type_word(data), ("table",))
            continue
        table = Table(data, place, where, top.notes)
        table.only(SCALE_KEYS)
        label = table.text("label", limit=MAX_LABEL)
        levels = _levels(table)
        if levels:
            good[name] = Scale(name, levels, label)
    return Scales(tuple(tables), good)


def _levels(table: Table) -> tuple[Level, ...]:
    rows = table.of_type("levels", "list", needed=True)
    if rows is None:
        return ()
    if not MIN_LEVELS <= len(rows) <= MAX_LEVELS:
        table.problem("levels", "level_count", str(len(rows)), (str(MIN_LEVELS), str(MAX_LEVELS)))
    levels = []
    for number, row in enumerate(rows[:MAX_LEVELS], 1):
        where = f"{table.where}, level {number}"
        place = (*table.place, "levels", number - 1)
        # A level without a descriptor may be written as its label alone.
        data = {"label": row} if isinstance(row, str) else row
        if not isinstance(data, dict):
            table.notes.add(place, where, "wrong_type", type_word(row), ("text", "table"))
            continue
        level = Table(data, place, where, table.notes)
        level.only(LEVEL_KEYS)
        label = level.text("label", needed=True, limit=MAX_LABEL)
        levels.append(Level(number, label, level.text("descriptor")))
    return tuple(levels)


def item_levels(table: Table, scales: Scales, *, needed: bool) -> tuple[str, tuple[Level, ...]]:
    """Return the name of the item's scale and its levels with the item's own descriptors; "" and () without one."""
    if "scale" not in table.data:
        if needed:
            table.notes.add((*table.place, "scale"), table.where, "no_scale", allowed=scales.names)
        elif "descriptors" in table.data:
            table.problem("descriptors", "descriptors_without_scale", allowed=scales.names)
        return "", ()
    name = table.of_type("scale", "text")
    if name is None:
        return "", ()
    if name not in scales.names:
        table.problem("scale", "unknown_scale", name, scales.names)
        return "", ()
    scale = scales.good.get(name)
    # A scale that has a problem of its own is noted where it stands.
    return name, () if scale is None else _with_descriptors(table, scale)


def _with_descriptors(table: Table, scale: Scale) -> tuple[Level, ...]:
    given = table.inner("descriptors")
    if not given:
        return scale.levels
    numbers = {str(level.number): level for level in scale.levels}
    inner = Table(given, (*table.place, "descriptors"), table.at("descriptors"), table.notes)
    own: dict[str, Texts] = {}
    for key in given:
        if key in numbers:
            own[key] = inner.text(key)
        else:
            inner.problem(key, "unknown_level", key, tuple(numbers))
    return tuple(
        Level(level.number, level.label, own.get(str(level.number)) or level.descriptor) for level in scale.levels
    )
