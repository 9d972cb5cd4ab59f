"""Texts of a form in their languages: one of them read, one changed, a whole language taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.form import Form, Item, Level, Section, Texts


def text_of(texts: Texts, code: str = "") -> str:
    """Return the text written in exactly this language, "" when there is none; code "" is the form's own."""
    return dict(texts).get(code, "")


def with_text(texts: Texts, code: str, text: str) -> Texts:
    """Return the texts with this one in this language; an empty one takes it away. Sorted, the own one stands first."""
    table = dict(texts)
    table[code] = text
    return tuple(sorted((one, words) for one, words in table.items() if words))


def languages_of(form: Form) -> tuple[str, ...]:
    """Return the codes that any text of the form is written in besides its own language, in order of first use."""
    found: dict[str, None] = {}

    def note(texts: Texts) -> Texts:
        found.update((code, None) for code, _words in texts if code and code != form.language)
        return texts

    map_texts(form, note)
    return tuple(found)


def without_language(form: Form, code: str) -> Form:
    """Return the form without its texts in a language; those of the form's own language stay."""
    return map_texts(form, lambda texts: tuple(pair for pair in texts if pair[0] != code)) if code else form


def map_texts(form: Form, change: Callable[[Texts], Texts]) -> Form:
    """Return the form with every text in it changed by a function."""
    scales = tuple(
        replace(scale, levels=_map_levels(scale.levels, change), label=change(scale.label)) for scale in form.scales
    )
    return replace(
        form,
        title=change(form.title),
        purpose=change(form.purpose),
        sections=tuple(_map_section(section, change) for section in form.sections),
        scales=scales,
    )


def _map_section(section: Section, change: Callable[[Texts], Texts]) -> Section:
    items = tuple(_map_item(item, change) for item in section.items)
    return replace(section, title=change(section.title), help=change(section.help), items=items)


def _map_item(item: Item, change: Callable[[Texts], Texts]) -> Item:
    sides = tuple(
        replace(
            side,
            label=change(side.label),
            codes=tuple(replace(code, label=change(code.label), help=change(code.help)) for code in side.codes),
            categories=tuple(replace(one, label=change(one.label)) for one in side.categories),
        )
        for side in item.sides
    )
    return replace(
        item,
        label=change(item.label),
        help=change(item.help),
        unit=change(item.unit),
        levels=_map_levels(item.levels, change),
        options=tuple(replace(one, label=change(one.label), help=change(one.help)) for one in item.options),
        sides=sides,
    )


def _map_levels(levels: tuple[Level, ...], change: Callable[[Texts], Texts]) -> tuple[Level, ...]:
    return tuple(replace(one, label=change(one.label), descriptor=change(one.descriptor)) for one in levels)
