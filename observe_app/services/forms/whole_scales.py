"""Scales for items whose levels come from none: forms of old visits, and those put together from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.form import ItemKind, Level, Scale

if TYPE_CHECKING:
    from observe_app.domain.form import Form, Item, Texts

_Labels = tuple[tuple[int, "Texts"], ...]


def with_scales(form: Form) -> Form:
    """Return the form with every rated item's levels on a scale that the form defines.

    An item whose levels are not those of its scale gets a new one, which items with the same scale and the same labels
    share. What all of them describe alike becomes the scale's own descriptor. A form that is in order stays as it is.
    """
    scales = {scale.id: scale for scale in form.scales}
    strays: dict[tuple[str, _Labels], list[Item]] = {}
    for item in form.items:
        if item.levels and item.kind in {ItemKind.RATING, ItemKind.INTERVAL} and not fits(item, scales.get(item.scale)):
            strays.setdefault((item.scale, labels_of(item.levels)), []).append(item)
    if not strays:
        return form
    names: dict[str, str] = {}
    for (name, _labels), items in strays.items():
        new = _free_name(name or items[0].id or "scale", scales)
        scales[new] = Scale(new, _shared_levels(items), form.scale_label(items[0]))
        names.update((item.id, new) for item in items)
    sections = tuple(
        replace(
            section,
            items=tuple(replace(item, scale=names[item.id]) if item.id in names else item for item in section.items),
        )
        for section in form.sections
    )
    return replace(form, scales=tuple(scales.values()), sections=sections)


def labels_of(levels: tuple[Level, ...]) -> _Labels:
    """Return what makes two scales the same to answers: numbers and labels."""
    return tuple((level.number, level.label) for level in levels)


def fits(item: Item, scale: Scale | None) -> bool:
    """True when a file can say the item's levels with this scale and descriptors of the item's own."""
    if scale is None or labels_of(item.levels) != labels_of(scale.levels):
        return False
    pairs = zip(item.levels, scale.levels, strict=True)
    return all(own.descriptor or not shared.descriptor for own, shared in pairs)


def _shared_levels(items: list[Item]) -> tuple[Level, ...]:
    rows = zip(*(item.levels for item in items), strict=True)
    return tuple(
        Level(row[0].number, row[0].label, row[0].descriptor if len({level.descriptor for level in row}) == 1 else ())
        for row in rows
    )


def _free_name(wanted: str, taken: dict[str, Scale]) -> str:
    name, number = wanted, 2
    while name in taken:
        name = f"{wanted}-{number}"
        number += 1
    return name
