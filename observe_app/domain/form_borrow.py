"""Items and sections taken over from another form, with the scales they need and ids that are free here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.form import Form, Item, Scale, Section, Texts, text_in
from observe_app.domain.form_edit import insert_items
from observe_app.domain.form_ids import item_ids, renamed_items, section_ids, unique_id
from observe_app.domain.form_texts import map_texts

if TYPE_CHECKING:
    from collections.abc import Collection


def add_items_from(
    form: Form, other: Form, ids: Collection[str], *, section: str, position: int | None = None
) -> tuple[Form, tuple[str, ...]]:
    """Put copies of another form's items into a section, in that form's order.

    Conditions come along where they ask about an item that comes too. Keys that are taken here are left out.

    Returns:
        The form, and the ids that the copies have.
    """
    other = _in_language(other, form.language)
    chosen = tuple(item for item in other.items if item.id in ids)
    form, made = _copied(form, other, Section("", (), chosen))
    return insert_items(form, made.items, section=section, position=position), tuple(one.id for one in made.items)


def add_section_from(form: Form, other: Form, section_id: str, *, position: int | None = None) -> tuple[Form, str]:
    """Put a copy of another form's section at a place, at the end without one; return the form and its id."""
    other = _in_language(other, form.language)
    wanted = next((one for one in other.sections if one.id == section_id), None)
    if wanted is None:
        return form, ""
    form, made = _copied(form, other, wanted)
    made = replace(made, id=unique_id(wanted.id, section_ids(form)))
    place = len(form.sections) if position is None else position
    return replace(form, sections=(*form.sections[:place], made, *form.sections[place:])), made.id


def _copied(form: Form, other: Form, section: Section) -> tuple[Form, Section]:
    inside = {item.id for item in section.items}
    keys = {item.hotkey for item in form.items if item.hotkey}
    names: dict[str, str] = {}
    items = []
    for item in section.items:
        form, scale = _with_scale(form, other.scale(item.scale), names)
        kept = tuple(one for one in item.show_when if one.item in inside)
        hotkey = "" if item.hotkey in keys else item.hotkey
        items.append(replace(item, scale=scale, show_when=kept, hotkey=hotkey))
    bare = replace(section, items=tuple(items), show_when=())
    return form, renamed_items(bare, set(item_ids(form)))


def _with_scale(form: Form, scale: Scale | None, names: dict[str, str]) -> tuple[Form, str]:
    """Return the form with a scale in it, and the id it has there; an equal scale is used again."""
    if scale is None:
        return form, ""
    if scale.id in names:
        return form, names[scale.id]
    equal = next((one for one in form.scales if (one.levels, one.label) == (scale.levels, scale.label)), None)
    if equal is not None:
        names[scale.id] = equal.id
        return form, equal.id
    made = unique_id(scale.id, {one.id for one in form.scales})
    names[scale.id] = made
    return replace(form, scales=(*form.scales, replace(scale, id=made))), made


def _in_language(form: Form, language: str) -> Form:
    """Return a form with texts whose own language is this one; where it lacks a text, the words it has stand there."""
    if form.language == language:
        return form

    def turned(texts: Texts) -> Texts:
        if not texts:
            return texts
        table = {code or form.language: words for code, words in texts}
        own = table.pop(language, "") or text_in(texts, language)
        return tuple(sorted({"": own, **table}.items()))

    return replace(map_texts(form, turned), language=language)


def item_words(item: Item, language: str) -> str:
    """Return the words of an item that a search looks in."""
    parts = [text_in(item.label, language), text_in(item.help, language)]
    parts += [text_in(option.label, language) for option in item.options]
    return " ".join(part for part in parts if part).casefold()
