"""Advice on a form that is in order: what an observer will notice in the lesson. None of it keeps a form from use."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import FormUse, Item, ItemKind, Section, Texts, text_in

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.services.forms.toml_lines import Place

LETTERS = 26
LONG_LABEL = 60
"""Characters that stand on one line beside an item's key."""

MANY_REQUIRED = 10
_CODE_KEYS = 36
"""Letters and digits: more codes than these cannot each have a key within reach."""

# The form panel of a window of 1366 x 768, in pixels at 100 %: what is left below header and strip, and its rows.
_ROOM = 604
_HEAD = 28
_SECTION = 44
_LINE, _SMALL_LINE, _PAD = 20, 18, 10
_WIDE, _SMALL_WIDE, _BESIDE_DOTS, _BESIDE_WORD = 55, 62, 38, 22
"""Characters of a label over the whole width, of a help text, beside a rating's dots, and beside dots and level."""

_DOTS_BESIDE = 4
_ROWS = {ItemKind.TALLY: 30, ItemKind.TIMER: 32, ItemKind.NUMBER: 46, ItemKind.SWEEP: 48, ItemKind.WAIT: 46}
_BUTTONS, _FIELD, _LONG_FIELD, _CODES_A_ROW, _CODE_ROW = 38, 36, 76, 4, 52


@dataclass(frozen=True, slots=True)
class Hint:
    """One piece of advice.

    Attributes:
        rule: stable name of its sentence in `services.form_words`: "all_fit", "some_fit", "items_without_letter",
            "no_descriptors", "codes_without_key", "many_codes", "key_of_item", "many_required", "long_label".
        place: as of a `FormProblem`; () for the form as a whole.
        name: what it is about, as the observer reads it. count, total: fill the sentence.
        good: it says that something is well.
    """

    rule: str
    place: Place = ()
    name: str = ""
    count: int = 0
    total: int = 0
    good: bool = False


def hints_of(form: Form, language: str = "") -> tuple[Hint, ...]:
    """Return advice on a form, first what concerns all of it, then by item. `language` is that of names in it."""
    asked = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    if not asked:
        return ()
    # What is filled in at leisure may be as long as it likes.
    hints = [_screen(form, len(asked))] if form.use is FormUse.LESSON else []
    if len(asked) > LETTERS:
        hints.append(Hint("items_without_letter", count=len(asked) - LETTERS, total=len(asked)))
    required = sum(item.required for item in asked)
    if required > MANY_REQUIRED:
        hints.append(Hint("many_required", count=required))
    if form.use is not FormUse.SURVEY:
        # "Agree" needs no description; what was seen does.
        hints += _bare_scales(form)
    letters = {item.hotkey: item for item in form.items if item.hotkey}
    for number, section in enumerate(form.sections):
        for position, item in enumerate(section.items):
            place: Place = ("sections", number, "items", position)
            name = text_in(item.label, language)
            if len(text_in(item.label, "")) > LONG_LABEL and item.kind is not ItemKind.GUIDANCE:
                length = len(text_in(item.label, ""))
                hints.append(Hint("long_label", (*place, "label"), name, length, LONG_LABEL))
            if item.kind is ItemKind.INTERVAL:
                hints += _code_hints(item, place, name, letters, language)
    return tuple(hints)


def _bare_scales(form: Form) -> list[Hint]:
    """Return the scales of ratings that nothing describes: two observers will read them differently."""
    described: dict[str, bool] = {}
    for item in form.items:
        if item.kind is ItemKind.RATING:
            has_words = any(level.descriptor for level in item.levels)
            described[item.scale] = described.get(item.scale, False) or has_words
    return [Hint("no_descriptors", ("scales", name), name) for name, has_words in described.items() if not has_words]


def _code_hints(item: Item, place: Place, name: str, letters: dict[str, Item], language: str) -> list[Hint]:
    codes = [code for side in item.sides for code in side.codes]
    with_key = [code for code in codes if code.hotkey]
    hints = []
    if len(codes) > _CODE_KEYS:
        hints.append(Hint("many_codes", place, name, len(codes), _CODE_KEYS))
    elif with_key and len(with_key) < len(codes):
        hints.append(Hint("codes_without_key", place, name, len(codes) - len(with_key), len(codes)))
    for code in with_key:
        other = letters.get(code.hotkey)
        if other is not None and other is not item:
            hints.append(Hint("key_of_item", place, f"{code.id} · {text_in(other.label, language)}"))
    return hints


def _screen(form: Form, asked: int) -> Hint:
    """Return how many of the items that are filled in can be seen at once, none of them open."""
    used, count = _HEAD, 0
    for section in form.sections:
        used += _SECTION + _section_help(section)
        for item in section.items:
            used += _height(item)
            if used > _ROOM:
                return Hint("some_fit", count=count, total=asked)
            count += item.kind is not ItemKind.GUIDANCE
    return Hint("all_fit", count=count, total=asked, good=True)


def _lines(texts: Texts, characters: int) -> int:
    words = text_in(texts, "")
    return sum(max(1, math.ceil(len(part) / characters)) for part in words.split("\n")) if words else 0


def _section_help(section: Section) -> int:
    return _lines(section.help, _SMALL_WIDE) * _SMALL_LINE


def _height(item: Item) -> int:
    label = _lines(item.label, _WIDE) * _LINE + _PAD
    match item.kind:
        case ItemKind.RATING:
            return _rating_height(item, label)
        case ItemKind.CHECK:
            return label + _BUTTONS
        case ItemKind.TEXT:
            return label + (_LONG_FIELD if item.long else _FIELD)
        case ItemKind.GUIDANCE:
            return label + _lines(item.help, _SMALL_WIDE) * _SMALL_LINE
        case ItemKind.CHOICE | ItemKind.CHOICES:
            # Options flow in rows; each takes six characters' room for its mark and the gap.
            width = sum(len(text_in(option.label, "")) + 6 for option in item.options) + 12 * item.other
            return label + math.ceil(width / _WIDE) * _BUTTONS
        case ItemKind.INTERVAL:
            rows = sum(math.ceil(len(side.codes) / _CODES_A_ROW) for side in item.sides)
            return label + len(item.sides) * _LINE + rows * _CODE_ROW
        case _:
            return _ROWS[item.kind] + label - _LINE - _PAD


def _rating_height(item: Item, label: int) -> int:
    if len(item.levels) > _DOTS_BESIDE:
        return label + 26
    if len(text_in(item.label, "")) <= _BESIDE_WORD:
        return _LINE + _PAD
    return max(2, _lines(item.label, _BESIDE_DOTS)) * _LINE + _PAD
