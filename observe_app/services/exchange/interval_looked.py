"""Which codes somebody looked for: a sheet without a column for a code says nothing of it, and nothing is not zero.

The form that the visit keeps has the codes that its sheets have a line for. A comparison then says that the others were
not looked for, two observers are compared in the codes both had, and no page counts intervals nobody judged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import Form, Item, ItemKind
from observe_app.services import visits

if TYPE_CHECKING:
    from collections.abc import Collection

    from observe_app.services.core import Core
    from observe_app.services.exchange.interval_turned import Grid
    from observe_app.store.unit import ReadUnit


def whole_form(core: Core, own: Form) -> Form:
    """Return the form with every code it has in the library: an earlier sheet may have brought a few of them alone.

    A form that the library has in another version, or not any more, is returned as it is kept.
    """
    try:
        found = core.catalogue.form(own.id)
    except ObserveError:
        return own
    if found.version != own.version:
        return own
    items = {
        item.id: other
        for item in own.items
        if item.kind is ItemKind.INTERVAL
        and (other := found.item(item.id)) is not None
        and looked_for(other, codes_of(item)).sides == item.sides
    }
    return _with_items(own, items)


def kept_form(form: Form, item: Item, own: Item | None, grid: Grid) -> Form:
    """Return the form as a visit keeps it: with the codes of the sheet, and those somebody coded by before.

    Args:
        form: that the sheet was read with, and its interval item.
        item: the interval item.
        own: the item as the visit has it where something is coded already, else None.
        grid: what stands in the sheet.
    """
    wanted = {code.full for code in grid.codes if code.full} | (codes_of(own) if own is not None else frozenset())
    return _with_items(form, {item.id: looked_for(item, wanted)})


def coded_item(unit: ReadUnit, visit_id: str, item_id: str) -> Item | None:
    """Return the interval item as the visit keeps it, None where no interval of it is coded yet."""
    own = visits.form_of(unit.visits.get(visit_id))
    coded = any(not event.deleted for event in unit.events.of_items(visit_id, (item_id,)))
    return own.item(item_id) if own is not None and coded else None


def looked_for(item: Item, codes: Collection[str]) -> Item:
    """Return an interval item with these codes alone; categories and sides that none of them belongs to go, too."""
    sides = []
    for side in item.sides:
        here = tuple(code for code in side.codes if side.full(code) in codes)
        used = {code.category for code in here}
        if here:
            sides.append(replace(side, codes=here, categories=tuple(one for one in side.categories if one.id in used)))
    return replace(item, sides=tuple(sides))


def codes_of(item: Item) -> frozenset[str]:
    """Return the full ids of an item's codes."""
    return frozenset(side.full(code) for side in item.sides for code in side.codes)


def _with_items(form: Form, items: dict[str, Item]) -> Form:
    return replace(
        form,
        sections=tuple(
            replace(section, items=tuple(items.get(item.id, item) for item in section.items))
            for section in form.sections
        ),
    )
