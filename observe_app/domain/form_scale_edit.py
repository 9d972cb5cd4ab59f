"""Edits of a form's scales: levels and descriptors change for every item that uses the scale, or for one alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.form import Condition, ConditionTest, Form, Item, Level, Scale
from observe_app.domain.form_edit import change_item
from observe_app.domain.form_ids import map_conditions, map_items, unique_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.form import Texts


def users_of(form: Form, scale_id: str) -> tuple[str, ...]:
    """Return the ids of the items that use a scale."""
    return tuple(item.id for item in form.items if scale_id and item.scale == scale_id)


def use_scale(form: Form, item_id: str, scale_id: str) -> Form:
    """Let an item use a scale with the scale's own descriptors; "" for none, where an interval item may have none."""
    scale = form.scale(scale_id)
    levels = scale.levels if scale is not None else ()
    form = change_item(form, item_id, scale=scale.id if scale is not None else "", levels=levels)
    return _mapped_conditions(form, {item_id}, {level.number: level.number for level in levels})


def change_scale(form: Form, scale_id: str, levels: Sequence[Level], origins: Sequence[int | None]) -> Form:
    """Change the levels of a scale and of every item that uses it.

    An item keeps descriptors of its own; where it had the scale's, it gets the new one. Conditions follow their level.

    The new levels are given lowest first and numbered anew from 1; `origins` has for each of them the number it had
    before, None for a new one.
    """
    scale = form.scale(scale_id)
    if scale is None:
        return form
    fresh = _numbered(levels)
    old = {level.number: level for level in scale.levels}

    def follow(item: Item) -> Item:
        if item.scale != scale_id:
            return item
        own = {level.number: level.descriptor for level in item.levels}
        made = []
        for level, origin in zip(fresh, origins, strict=True):
            before = old.get(origin) if origin is not None else None
            kept = own.get(origin, ()) if origin is not None else ()
            is_own = before is not None and bool(kept) and kept != before.descriptor
            made.append(replace(level, descriptor=kept) if is_own else level)
        return replace(item, levels=tuple(made))

    form = map_items(form, follow)
    changed = tuple(replace(one, levels=fresh) if one.id == scale_id else one for one in form.scales)
    numbers = {origin: level.number for level, origin in zip(fresh, origins, strict=True) if origin is not None}
    return _mapped_conditions(replace(form, scales=changed), set(users_of(form, scale_id)), numbers)


def name_scale(form: Form, scale_id: str, label: Texts) -> Form:
    """Say what the levels of a scale are levels of; every item that uses it is headed with it."""
    scales = tuple(replace(one, label=label) if one.id == scale_id else one for one in form.scales)
    return replace(form, scales=scales)


def set_descriptor(form: Form, item_id: str, number: int, descriptor: Texts) -> Form:
    """Give an item its own descriptor of a level; an empty one means the scale's again."""
    item = form.item(item_id)
    if item is None:
        return form
    scale = form.scale(item.scale)
    usual = {level.number: level.descriptor for level in scale.levels} if scale is not None else {}
    words = descriptor or usual.get(number, ())
    levels = tuple(replace(one, descriptor=words) if one.number == number else one for one in item.levels)
    return change_item(form, item_id, levels=levels)


def has_own_descriptors(form: Form, item: Item) -> bool:
    """Whether any level of an item is described in words that are not the scale's."""
    scale = form.scale(item.scale)
    usual = {level.number: level.descriptor for level in scale.levels} if scale is not None else {}
    return any(level.descriptor != usual.get(level.number, ()) for level in item.levels)


def own_scale(form: Form, item_id: str) -> Form:
    """Give an item a scale of its own, with the levels and descriptors it has; unchanged when it has one already."""
    item = form.item(item_id)
    if item is None or not item.levels or len(users_of(form, item.scale)) == 1:
        return form
    made = unique_id(item.scale or "scale", {scale.id for scale in form.scales})
    form = replace(form, scales=(*form.scales, Scale(made, item.levels, form.scale_label(item))))
    return change_item(form, item_id, scale=made)


def add_scale(form: Form, item_id: str, count: int = 4) -> Form:
    """Give an item a new scale of so many levels without words."""
    made = unique_id("scale", {scale.id for scale in form.scales})
    levels = tuple(Level(number, ()) for number in range(1, count + 1))
    return use_scale(replace(form, scales=(*form.scales, Scale(made, levels))), item_id, made)


def without_unused_scales(form: Form) -> Form:
    """Return the form with only the scales that some item uses."""
    used = {item.scale for item in form.items}
    return replace(form, scales=tuple(scale for scale in form.scales if scale.id in used))


def _numbered(levels: Sequence[Level]) -> tuple[Level, ...]:
    return tuple(replace(level, number=number) for number, level in enumerate(levels, 1))


def _mapped_conditions(form: Form, items: set[str], numbers: dict[int, int]) -> Form:
    """Let the conditions on the levels of some items follow the levels' new numbers."""

    def follow(one: Condition) -> Condition | None:
        if one.item not in items or one.test is ConditionTest.ANSWERED:
            return one
        values = tuple(
            numbers.get(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for value in one.values
        )
        kept = tuple(value for value in values if value is not None)
        return replace(one, values=kept) if kept else None

    return map_conditions(form, follow)
