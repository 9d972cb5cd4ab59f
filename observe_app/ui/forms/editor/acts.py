"""What can be done with the part of a form that is chosen: each act gives the form, and the part to choose next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.form import ItemKind
from observe_app.domain.form_edit import (
    add_item,
    add_lines,
    add_section,
    duplicate_item,
    duplicate_section,
    move_item,
    move_section,
    place_of,
    remove_item,
    remove_section,
    section_of,
    section_place,
    step_item,
    step_section,
)
from observe_app.ui.forms.editor.target import THE_FORM, Part, Target, item_target, section_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.form import Form

Result = tuple["Form", Target]


def insertion_place(form: Form, target: Target) -> tuple[str, int | None]:
    """Return where something new goes: after the item, first in the section, or at the end of the form."""
    if target.part is Part.ITEM:
        section, place = section_of(form, target.id), place_of(form, target.id)
        if section is not None and place is not None:
            return section.id, place[1] + 1
    if target.part is Part.SECTION:
        return target.id, None
    return (form.sections[-1].id if form.sections else "", None)


def likely_kind(form: Form, target: Target) -> ItemKind:
    """Return the kind that a new item here most likely has: that of the item before it."""
    item = form.item(target.id) if target.part is Part.ITEM else None
    if item is None and form.items:
        item = form.items[-1]
    return item.kind if item is not None and item.kind is not ItemKind.INTERVAL else ItemKind.RATING


def added_item(form: Form, target: Target, kind: ItemKind) -> Result:
    """An item after what is chosen."""
    section, position = insertion_place(form, target)
    form, item_id = add_item(form, kind, section=section, position=position)
    return form, item_target(item_id)


def added_lines(form: Form, target: Target, lines: Sequence[str]) -> Result:
    """An item for each line, of the kind of those around it."""
    kind = likely_kind(form, target)
    if kind is ItemKind.RATING and not form.scales:
        kind = ItemKind.CHECK
    section, position = insertion_place(form, target)
    known = {item.id for item in form.items}
    form = add_lines(form, lines, kind, section=section, position=position)
    made = [item.id for item in form.items if item.id not in known]
    return form, item_target(made[-1]) if made else target


def added_section(form: Form, target: Target) -> Result:
    """A section after the one that is chosen."""
    number = _section_number(form, target)
    form, section_id = add_section(form, position=None if number is None else number + 1)
    return form, section_target(section_id)


def removed(form: Form, target: Target) -> Result:
    """Without what is chosen; the next one is chosen, at the end the one before."""
    order = _order(form)
    place = order.index(target) if target in order else 0
    if target.part is Part.ITEM:
        form = remove_item(form, target.id)
    elif target.part is Part.SECTION:
        form = remove_section(form, target.id)
    left = _order(form)
    after = next((one for one in order[place + 1 :] if one in left), None)
    before = next((one for one in reversed(order[:place]) if one in left), THE_FORM)
    if after is None or (after.part is Part.SECTION and target.part is Part.ITEM and before.part is Part.ITEM):
        return form, before
    return form, after


def duplicated(form: Form, target: Target) -> Result:
    """With a copy after what is chosen."""
    if target.part is Part.ITEM:
        form, made = duplicate_item(form, target.id)
        return form, item_target(made)
    if target.part is Part.SECTION:
        form, made = duplicate_section(form, target.id)
        return form, section_target(made)
    return form, target


def stepped(form: Form, target: Target, step: int) -> Result:
    """One place up or down."""
    if target.part is Part.ITEM:
        return step_item(form, target.id, step), target
    if target.part is Part.SECTION:
        return step_section(form, target.id, step), target
    return form, target


def dropped(form: Form, moved: Target, before: Target | None) -> Result:
    """What was dragged, where it was dropped: before a part, or at the end."""
    if moved.part is Part.SECTION:
        number = len(form.sections) if before is None else _section_number(form, before)
        if before is not None and before.part is Part.ITEM and number is not None:
            number += 1
        return (form if number is None else move_section(form, moved.id, number)), moved
    if before is None:
        last = form.sections[-1]
        return move_item(form, moved.id, section=last.id, position=len(last.items)), moved
    if before.part is Part.SECTION:
        # Just above a section's name is the end of the section before it.
        number = section_place(form, before.id) or 0
        if number == 0:
            return move_item(form, moved.id, section=before.id, position=0), moved
        above = form.sections[number - 1]
        return move_item(form, moved.id, section=above.id, position=len(above.items)), moved
    place, section = place_of(form, before.id), section_of(form, before.id)
    if place is None or section is None:
        return form, moved
    return move_item(form, moved.id, section=section.id, position=place[1]), moved


def _section_number(form: Form, target: Target) -> int | None:
    if target.part is Part.ITEM:
        place = place_of(form, target.id)
        return place[0] if place is not None else None
    return section_place(form, target.id) if target.part is Part.SECTION else None


def _order(form: Form) -> list[Target]:
    found = [THE_FORM]
    for section in form.sections:
        found.append(section_target(section.id))
        found += [item_target(item.id) for item in section.items]
    return found
