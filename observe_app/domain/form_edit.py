"""Edits of a form: every one takes a form and returns the changed one. Nothing here asks whether a form is complete.

Items and sections are named by their ids. An id is made once and never follows its label; what is new and has no label
yet has a provisional one ("new-3") until `form_ids.settle_ids` makes it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.form import (
    EVENT_KINDS,
    OTHER,
    Code,
    Condition,
    ConditionTest,
    Form,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
    Side,
)
from observe_app.domain.form_ids import (
    item_ids,
    map_conditions,
    map_items,
    map_sections,
    provisional_id,
    renamed_items,
    section_ids,
    slug,
    unique_id,
)
from observe_app.domain.form_texts import text_of, with_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = str | int | float | bool

_OF_KIND: dict[ItemKind, frozenset[str]] = {
    ItemKind.CHECK: frozenset({"required", "hotkey"}),
    ItemKind.RATING: frozenset({"required", "hotkey", "levels", "scale"}),
    ItemKind.CHOICE: frozenset({"required", "hotkey", "options", "other"}),
    ItemKind.CHOICES: frozenset({"required", "hotkey", "options", "other"}),
    ItemKind.NUMBER: frozenset({"required", "hotkey", "low", "high", "decimals", "unit"}),
    ItemKind.TEXT: frozenset({"required", "hotkey", "long"}),
    ItemKind.TALLY: frozenset({"hotkey"}),
    ItemKind.TIMER: frozenset({"hotkey", "group"}),
    ItemKind.INTERVAL: frozenset({"hotkey", "seconds", "look", "sides", "levels", "scale"}),
    ItemKind.SWEEP: frozenset({"hotkey", "every", "of"}),
    ItemKind.WAIT: frozenset({"hotkey", "aim", "after"}),
    ItemKind.GUIDANCE: frozenset(),
}
_OPTIONAL = frozenset().union(*_OF_KIND.values())
ANSWER_KINDS = frozenset(ItemKind) - EVENT_KINDS - {ItemKind.GUIDANCE}
"""Items whose answers a condition may ask about."""

DEFAULT_SECONDS, DEFAULT_EVERY, DEFAULT_AIM = 120, 5, 3.0


# --- places -----------------------------------------------------------------------------------------------------------


def place_of(form: Form, item_id: str) -> tuple[int, int] | None:
    """Return the numbers (from 0) of an item's section and of the item in it, None where the form has none."""
    for number, section in enumerate(form.sections):
        for position, item in enumerate(section.items):
            if item.id == item_id:
                return number, position
    return None


def section_place(form: Form, section_id: str) -> int | None:
    """Return the number (from 0) of a section, None where the form has none."""
    return next((number for number, one in enumerate(form.sections) if one.id == section_id), None)


def section_of(form: Form, item_id: str) -> Section | None:
    """Return the section that holds an item."""
    place = place_of(form, item_id)
    return form.sections[place[0]] if place else None


def earlier_items(form: Form, target: str) -> tuple[Item, ...]:
    """Return the items before this item or section that take an answer: those that its conditions may ask about."""
    found: list[Item] = []
    for section in form.sections:
        if section.id == target and place_of(form, target) is None:
            return tuple(found)
        for item in section.items:
            if item.id == target:
                return tuple(found)
            if item.kind in ANSWER_KINDS:
                found.append(item)
    return tuple(found)


# --- items ------------------------------------------------------------------------------------------------------------


def add_item(
    form: Form, kind: ItemKind, *, section: str, position: int | None = None, label: str = ""
) -> tuple[Form, str]:
    """Add an item of a kind with what it needs to be complete but its label; return the form and the item's id.

    The section is named by its id, an unknown one means the last; without a position the item goes to its end. With a
    label, in the form's own language, the id is made from it at once.
    """
    made = slug(label)
    item_id = unique_id(made, item_ids(form)) if made else provisional_id(item_ids(form))
    form, item = with_needs(form, Item(item_id, kind, with_text((), "", label)))
    return insert_items(form, (item,), section=section, position=position), item_id


def insert_items(form: Form, items: Sequence[Item], *, section: str, position: int | None = None) -> Form:
    """Put items into a section, at its end without a position; a form without any section gets one."""
    if not form.sections:
        form, section = add_section(form)
    number = section_place(form, section)
    at = len(form.sections) - 1 if number is None else number
    target = form.sections[at]
    place = len(target.items) if position is None else max(0, min(position, len(target.items)))
    filled = replace(target, items=(*target.items[:place], *items, *target.items[place:]))
    return replace(form, sections=(*form.sections[:at], filled, *form.sections[at + 1 :]))


def add_lines(form: Form, lines: Sequence[str], kind: ItemKind, *, section: str, position: int | None = None) -> Form:
    """Add one item for each line that holds words."""
    for line in lines:
        words = " ".join(line.split())
        if words:
            form, _id = add_item(form, kind, section=section, position=position, label=words)
            position = None if position is None else position + 1
    return form


def remove_item(form: Form, item_id: str) -> Form:
    """Return the form without an item, and without the conditions that ask about it."""
    form = map_sections(form, lambda one: replace(one, items=tuple(item for item in one.items if item.id != item_id)))
    return map_conditions(form, lambda one: None if one.item == item_id else one)


def duplicate_item(form: Form, item_id: str) -> tuple[Form, str]:
    """Put a copy after an item; it has an id and no key of its own yet. Return the form and the copy's id."""
    place, item = place_of(form, item_id), form.item(item_id)
    if place is None or item is None:
        return form, item_id
    made = unique_id(item_id, item_ids(form))
    section = form.sections[place[0]]
    copied = replace(item, id=made, hotkey="")
    return insert_items(form, (copied,), section=section.id, position=place[1] + 1), made


def move_item(form: Form, item_id: str, *, section: str, position: int) -> Form:
    """Move an item to a place in a section, counted with the item still where it was."""
    place, item, target = place_of(form, item_id), form.item(item_id), section_place(form, section)
    if place is None or item is None or target is None:
        return form
    if place[0] == target and place[1] < position:
        position -= 1
    holder = form.sections[place[0]]
    rest = replace(holder, items=(*holder.items[: place[1]], *holder.items[place[1] + 1 :]))
    bare = replace(form, sections=(*form.sections[: place[0]], rest, *form.sections[place[0] + 1 :]))
    return insert_items(bare, (item,), section=section, position=position)


def step_item(form: Form, item_id: str, step: int) -> Form:
    """Move an item one place up (-1) or down (1); at the end of its section it goes on into the next one."""
    place = place_of(form, item_id)
    if place is None:
        return form
    number, position = place
    if 0 <= position + step < len(form.sections[number].items):
        return move_item(
            form, item_id, section=form.sections[number].id, position=position + step + (1 if step > 0 else 0)
        )
    if not 0 <= number + step < len(form.sections):
        return form
    neighbour = form.sections[number + step]
    return move_item(form, item_id, section=neighbour.id, position=0 if step > 0 else len(neighbour.items))


def change_item(form: Form, item_id: str, **fields: Any) -> Form:
    """Return the form with fields of an item changed; its id stays."""
    fields.pop("id", None)
    return map_items(form, lambda item: replace(item, **fields) if item.id == item_id else item)


def with_kind(form: Form, item_id: str, kind: ItemKind) -> Form:
    """Return the form with an item turned into another kind: it keeps what that kind has, and gets what it needs.

    Levels of a rating become the options of a choice. Conditions that asked for an answer which the item can no longer
    have are taken away.
    """
    item = form.item(item_id)
    if item is None or item.kind is kind:
        return form
    blank = Item(item.id, kind, item.label)
    gone = {name: getattr(blank, name) for name in _OPTIONAL - _OF_KIND[kind]}
    if item.kind is ItemKind.RATING and kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        gone["options"] = _options_from(item.levels)
    hotkey = "" if len(item.hotkey) > 1 and kind not in EVENT_KINDS else gone.get("hotkey", item.hotkey)
    form, changed = with_needs(form, replace(item, **{**gone, "kind": kind, "hotkey": hotkey}))
    form = map_items(form, lambda one: changed if one.id == item_id else one)
    possible = possible_values(changed)
    return map_conditions(form, lambda one: _fitting(one, possible) if one.item == item_id else one)


def _options_from(levels: tuple[Level, ...]) -> tuple[Option, ...]:
    made: list[Option] = []
    for level in levels:
        wanted = slug(text_of(level.label)) or f"option-{level.number}"
        taken = {one.id for one in made} | {OTHER}
        made.append(Option(unique_id(wanted, taken), level.label, level.descriptor))
    return tuple(made)


def with_needs(form: Form, item: Item) -> tuple[Form, Item]:
    """Return item and form with what the item's kind cannot do without: a scale, an interval's length, a code."""
    if item.kind is ItemKind.RATING and not item.levels:
        form, scale = _usual_scale(form)
        return form, replace(item, scale=scale.id, levels=scale.levels)
    if item.kind in {ItemKind.CHOICE, ItemKind.CHOICES} and len(item.options) < 2:
        options = item.options
        while len(options) < 2:
            options = (*options, new_option(options))
        return form, replace(item, options=options)
    if item.kind is ItemKind.INTERVAL:
        sides = item.sides or (Side("", (), (Code("A", ()),)),)
        return form, replace(item, seconds=item.seconds or DEFAULT_SECONDS, sides=sides)
    if item.kind is ItemKind.SWEEP:
        return form, replace(item, every=item.every or DEFAULT_EVERY)
    if item.kind is ItemKind.WAIT:
        return form, replace(item, aim=DEFAULT_AIM if item.aim is None else item.aim)
    return form, item


def _usual_scale(form: Form) -> tuple[Form, Scale]:
    """Return the scale that the form's ratings use last, its first one, or a new one of four empty levels."""
    used = [form.scale(item.scale) for item in form.items if item.kind is ItemKind.RATING and item.scale]
    last = next((scale for scale in reversed(used) if scale is not None), None)
    if last is None and form.scales:
        last = form.scales[0]
    if last is not None:
        return form, last
    made = Scale("scale", tuple(Level(number, ()) for number in range(1, 5)))
    return replace(form, scales=(made,)), made


# --- sections ---------------------------------------------------------------------------------------------------------


def add_section(form: Form, *, position: int | None = None, title: str = "") -> tuple[Form, str]:
    """Add an empty section, at the end without a position; return the form and the section's id."""
    made = slug(title)
    section_id = unique_id(made, section_ids(form)) if made else provisional_id(section_ids(form))
    place = len(form.sections) if position is None else position
    section = Section(section_id, with_text((), "", title), ())
    return replace(form, sections=(*form.sections[:place], section, *form.sections[place:])), section_id


def remove_section(form: Form, section_id: str, *, keep_items: bool = False) -> Form:
    """Return the form without a section; its items go with it, or into the section before it (or after the first)."""
    number = section_place(form, section_id)
    if number is None:
        return form
    items = form.sections[number].items
    if keep_items and len(form.sections) > 1:
        rest = replace(form, sections=(*form.sections[:number], *form.sections[number + 1 :]))
        neighbour = rest.sections[max(0, number - 1)]
        return insert_items(rest, items, section=neighbour.id, position=None if number else 0)
    for item in items:
        form = remove_item(form, item.id)
    return replace(form, sections=tuple(one for one in form.sections if one.id != section_id))


def duplicate_section(form: Form, section_id: str) -> tuple[Form, str]:
    """Put a copy after a section, its items with ids of their own; conditions inside it keep to the copy."""
    number = section_place(form, section_id)
    if number is None:
        return form, section_id
    section = form.sections[number]
    made = unique_id(section_id, section_ids(form))
    copied = renamed_items(replace(section, id=made), set(item_ids(form)))
    copied = replace(copied, items=tuple(replace(item, hotkey="") for item in copied.items))
    return replace(form, sections=(*form.sections[: number + 1], copied, *form.sections[number + 1 :])), made


def move_section(form: Form, section_id: str, position: int) -> Form:
    """Move a section before the one that now has this number."""
    number = section_place(form, section_id)
    if number is None:
        return form
    rest = [one for one in form.sections if one.id != section_id]
    place = position - 1 if number < position else position
    rest.insert(max(0, min(place, len(rest))), form.sections[number])
    return replace(form, sections=tuple(rest))


def step_section(form: Form, section_id: str, step: int) -> Form:
    """Move a section one place up (-1) or down (1)."""
    number = section_place(form, section_id)
    if number is None or not 0 <= number + step < len(form.sections):
        return form
    return move_section(form, section_id, number + step + (1 if step > 0 else 0))


def change_section(form: Form, section_id: str, **fields: Any) -> Form:
    """Return the form with fields of a section changed; its id stays."""
    fields.pop("id", None)
    return map_sections(form, lambda one: replace(one, **fields) if one.id == section_id else one)


# --- conditions -------------------------------------------------------------------------------------------------------


def possible_values(item: Item) -> frozenset[Value] | None:
    """Return what "is" may ask of an item besides the absences; None for any number, nothing for what has no answer."""
    if item.kind is ItemKind.CHECK:
        return frozenset({"yes", "no"})
    if item.kind is ItemKind.RATING:
        return frozenset(level.number for level in item.levels)
    if item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        return frozenset(option.id for option in item.options) | ({OTHER} if item.other else frozenset())
    return None if item.kind is ItemKind.NUMBER else frozenset()


_ABSENCES = frozenset({"not_seen", "not_looked_for", "not_applicable"})


def _fitting(condition: Condition, possible: frozenset[Value] | None) -> Condition | None:
    """Return a condition with the values that are still possible, None when nothing is left of it."""
    if condition.test is ConditionTest.ANSWERED:
        return condition
    if condition.test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}:
        numeric = possible is None or any(not isinstance(one, str) for one in possible)
        return condition if numeric and (possible is None or condition.values[0] in possible) else None
    if possible is None:
        values = tuple(one for one in condition.values if not isinstance(one, str) or one in _ABSENCES)
    else:
        values = tuple(one for one in condition.values if one in possible or (one in _ABSENCES and possible))
    return replace(condition, values=values) if values else None


def set_options(form: Form, item_id: str, options: tuple[Option, ...], *, other: bool) -> Form:
    """Return the form with the options of a choice changed; conditions on an option that is gone go too."""
    form = change_item(form, item_id, options=options, other=other)
    item = form.item(item_id)
    possible = possible_values(item) if item is not None else frozenset()
    return map_conditions(form, lambda one: _fitting(one, possible) if one.item == item_id else one)


def new_option(options: Sequence[Option], label: str = "", code: str = "") -> Option:
    """Return an option whose id differs from the others', made from its label."""
    taken = {one.id for one in options} | {OTHER}
    wanted = slug(label)
    if wanted:
        return Option(unique_id(wanted, taken), with_text((), code, label))
    number = len(options) + 1
    while f"option-{number}" in taken:
        number += 1
    return Option(f"option-{number}", with_text((), code, label))


def settle_options(form: Form, old: Form | None) -> Form:
    """Return the form with ids made from their labels for options that still have a first one ("option-3").

    Options that the version `old` has keep theirs. Conditions follow.
    """
    for item in form.items:
        before = old.item(item.id) if old is not None else None
        known = {one.id for one in before.options} if before is not None else set()
        names: dict[Value, Value] = {}
        taken = {one.id for one in item.options} | {OTHER}
        for option in item.options:
            wanted = slug(text_of(option.label))
            if option.id.startswith("option-") and option.id not in known and wanted:
                names[option.id] = unique_id(wanted, taken)
                taken.add(str(names[option.id]))
        if names:
            form = _with_option_ids(form, item, names)
    return form


def _with_option_ids(form: Form, item: Item, names: dict[Value, Value]) -> Form:
    options = tuple(replace(one, id=str(names.get(one.id, one.id))) for one in item.options)
    form = change_item(form, item.id, options=options)

    def follow(one: Condition) -> Condition:
        if one.item != item.id:
            return one
        return replace(one, values=tuple(names.get(value, value) for value in one.values))

    return map_conditions(form, follow)
