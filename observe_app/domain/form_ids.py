"""Ids of a form's parts: made once from a label, never changed by it. And the walk through a form that edits share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.form_texts import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from observe_app.domain.form import Condition, Form, Item, Section

MAX_ID = 60
_SLUG_WORDS = re.compile(r"[a-z0-9]+")
_PROVISIONAL = re.compile(r"new-\d+")


def slug(text: str) -> str:
    """Return an id made of the words of a text, "" when it has no letter that an id may start with."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = _SLUG_WORDS.findall(plain)
    while words and not words[0][0].isalpha():
        words.pop(0)
    while len("-".join(words)) > MAX_ID - 6 and len(words) > 1:
        words.pop()
    return "-".join(words)[: MAX_ID - 6]


def unique_id(wanted: str, taken: Collection[str]) -> str:
    """Return this id, or the first of "wanted-2", "wanted-3" … that is not taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def item_ids(form: Form) -> frozenset[str]:
    """Return the ids of all items."""
    return frozenset(item.id for item in form.items)


def section_ids(form: Form) -> frozenset[str]:
    """Return the ids of all sections."""
    return frozenset(section.id for section in form.sections)


def provisional_id(taken: Collection[str]) -> str:
    """Return an id for what has no label yet; `settle_ids` replaces it."""
    number = 1
    while f"new-{number}" in taken:
        number += 1
    return f"new-{number}"


def settle_ids(form: Form, known: Collection[str] = ()) -> Form:
    """Return the form with an id made from its label for every item and section that has a provisional one.

    Conditions follow. Done once, before anybody fills the form in; ids in `known` were used already and stay.
    """
    for section in form.sections:
        if _PROVISIONAL.fullmatch(section.id) and section.id not in known:
            wanted = slug(text_of(section.title)) or "section"
            form = with_section_id(form, section.id, unique_id(wanted, section_ids(form)))
    for item in form.items:
        if _PROVISIONAL.fullmatch(item.id) and item.id not in known:
            wanted = slug(text_of(item.label)) or "item"
            form = with_item_id(form, item.id, unique_id(wanted, item_ids(form) | set(known)))
    return form


def with_item_id(form: Form, old: str, new: str) -> Form:
    """Return the form with another id for an item; conditions that ask about it follow."""
    form = map_items(form, lambda item: replace(item, id=new) if item.id == old else item)
    return map_conditions(form, lambda one: replace(one, item=new) if one.item == old else one)


def with_section_id(form: Form, old: str, new: str) -> Form:
    """Return the form with another id for a section."""
    return map_sections(form, lambda section: replace(section, id=new) if section.id == old else section)


def with_unique_ids(form: Form) -> Form:
    """Return the form with every doubled id of an item or a section made unique; the first keeps it."""
    seen_items: set[str] = set()
    seen_sections: set[str] = set()

    def item_once(item: Item) -> Item:
        made = unique_id(item.id or "item", seen_items)
        seen_items.add(made)
        return item if made == item.id else replace(item, id=made)

    def section_once(section: Section) -> Section:
        made = unique_id(section.id or "section", seen_sections)
        seen_sections.add(made)
        return replace(section, id=made, items=tuple(item_once(item) for item in section.items))

    return map_sections(form, section_once)


def map_sections(form: Form, change: Callable[[Section], Section]) -> Form:
    """Return the form with every section changed by a function."""
    return replace(form, sections=tuple(change(section) for section in form.sections))


def map_items(form: Form, change: Callable[[Item], Item]) -> Form:
    """Return the form with every item changed by a function."""
    return map_sections(form, lambda one: replace(one, items=tuple(change(item) for item in one.items)))


def map_conditions(form: Form, change: Callable[[Condition], Condition | None]) -> Form:
    """Return the form with every condition changed by a function; None takes one away."""

    def changed(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(one for one in map(change, conditions) if one is not None)

    def in_section(section: Section) -> Section:
        items = tuple(
            replace(item, show_when=changed(item.show_when)) if item.show_when else item for item in section.items
        )
        return replace(section, items=items, show_when=changed(section.show_when))

    return map_sections(form, in_section)


def renamed_items(section: Section, taken: set[str]) -> Section:
    """Return a section whose items have ids that are not taken; its conditions among themselves follow.

    Conditions on items outside the section stay as they are. The new ids are added to `taken`.
    """
    names: dict[str, str] = {}
    for item in section.items:
        names[item.id] = unique_id(item.id, taken)
        taken.add(names[item.id])

    def follow(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(replace(one, item=names.get(one.item, one.item)) for one in conditions)

    items = tuple(replace(item, id=names[item.id], show_when=follow(item.show_when)) for item in section.items)
    return replace(section, items=items)
