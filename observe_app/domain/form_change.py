"""What publishing a form would change for those who compare visits: which items stay comparable, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from observe_app.domain.form import EVENT_KINDS, Form, Item, ItemKind, Level, Texts
from observe_app.domain.form_edit import place_of
from observe_app.domain.form_ids import item_ids, unique_id, with_item_id
from observe_app.domain.form_texts import text_of


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    COMPARABLE = "comparable"
    NOT_COMPARABLE = "not_comparable"


class Aspect(StrEnum):
    """What about an item is different."""

    LABEL = "label"
    HELP = "help"
    PLACE = "place"
    KEY = "key"
    DESCRIPTORS = "descriptors"
    CONDITION = "condition"
    SETTING = "setting"
    KIND = "kind"
    LEVELS = "levels"
    OPTIONS = "options"
    CODES = "codes"
    SECONDS = "seconds"
    UNIT = "unit"
    WAIT = "wait"


BREAKING = frozenset(
    {Aspect.KIND, Aspect.LEVELS, Aspect.OPTIONS, Aspect.CODES, Aspect.SECONDS, Aspect.UNIT, Aspect.WAIT}
)
"""Answers from before and after cannot be put side by side once one of these has changed."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs between two versions.

    Attributes:
        label: as it is in the new version; of a removed item as it was.
        aspects: what differs, those that break comparability first; empty for added and removed items.
    """

    item_id: str
    label: Texts
    kind: ChangeKind
    aspects: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True)
class FormChange:
    """Every item that differs, in the order of the new version, removed ones last."""

    items: tuple[ItemChange, ...] = ()
    about: bool = False
    """Whether title, purpose or another field of the form itself differs."""

    def of(self, kind: ChangeKind) -> tuple[ItemChange, ...]:
        """Return the items that this became of."""
        return tuple(one for one in self.items if one.kind is kind)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs."""
        return not self.items and not self.about


def compare(old: Form, new: Form) -> FormChange:
    """Return what differs between two versions of a form."""
    before = {item.id: item for item in old.items}
    moved = _moved(old, new)
    changes = []
    for item in new.items:
        known = before.get(item.id)
        if known is None:
            changes.append(ItemChange(item.id, item.label, ChangeKind.ADDED))
            continue
        found = _aspects(known, item)
        if old.scale_label(known) != new.scale_label(item) and Aspect.SETTING not in found:
            found.append(Aspect.SETTING)
        if item.id in moved:
            found.append(Aspect.PLACE)
        if found:
            ordered = tuple(sorted(found, key=lambda one: one not in BREAKING))
            kind = ChangeKind.NOT_COMPARABLE if BREAKING & set(found) else ChangeKind.COMPARABLE
            changes.append(ItemChange(item.id, item.label, kind, ordered))
    kept = item_ids(new)
    changes += [ItemChange(one.id, one.label, ChangeKind.REMOVED) for one in old.items if one.id not in kept]
    return FormChange(tuple(changes), about=_about(old) != _about(new))


def with_new_id(form: Form, item_id: str, old: Form) -> tuple[Form, str]:
    """Give an item that is no longer comparable an id that no version so far used; return the form and the id."""
    made = unique_id(item_id, item_ids(form) | item_ids(old))
    return with_item_id(form, item_id, made), made


def _aspects(old: Item, new: Item) -> list[Aspect]:
    if old.kind is not new.kind:
        return [Aspect.KIND]
    differs = {
        Aspect.LEVELS: _steps(old.levels) != _steps(new.levels),
        Aspect.OPTIONS: _options(old) != _options(new),
        Aspect.CODES: _codes(old) != _codes(new),
        Aspect.SECONDS: (old.seconds, old.look) != (new.seconds, new.look),
        Aspect.UNIT: text_of(old.unit) != text_of(new.unit),
        Aspect.WAIT: new.kind is ItemKind.WAIT and old.after is not new.after,
        Aspect.LABEL: old.label != new.label,
        Aspect.HELP: old.help != new.help,
        Aspect.KEY: old.hotkey != new.hotkey,
        Aspect.DESCRIPTORS: _descriptors(old.levels) != _descriptors(new.levels),
        Aspect.CONDITION: (old.show_when, old.show_any) != (new.show_when, new.show_any),
        Aspect.SETTING: _settings(old) != _settings(new),
    }
    return [aspect for aspect, is_different in differs.items() if is_different]


def _steps(levels: tuple[Level, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((level.number, text_of(level.label)) for level in levels)


def _descriptors(levels: tuple[Level, ...]) -> tuple[tuple[int, Texts], ...]:
    return tuple((level.number, level.descriptor) for level in levels)


def _options(item: Item) -> tuple[frozenset[str], bool]:
    """Return what can be answered; the order of options does not matter to whoever compares."""
    return frozenset(option.id for option in item.options), item.other


def _codes(item: Item) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    codes = frozenset(side.full(code) for side in item.sides for code in side.codes)
    folded = frozenset((side.full(code), code.category) for side in item.sides for code in side.codes)
    return codes, folded


def _settings(item: Item) -> tuple[object, ...]:
    bounds = (item.required, item.long, item.low, item.high, item.decimals, item.group, item.every, item.of, item.aim)
    words = tuple((one.label, one.help) for one in item.options), item.sides
    return (*bounds, words) if item.kind not in EVENT_KINDS else (*bounds, item.sides)


def _about(form: Form) -> tuple[object, ...]:
    sections = tuple((one.id, one.title, one.help, one.show_when, one.show_any) for one in form.sections)
    named = (form.title, form.purpose, form.use, form.source, form.licence, form.citation, form.language)
    return (*named, sections)


def _moved(old: Form, new: Form) -> frozenset[str]:
    """Return the items that stand elsewhere: in another section, or in another order among those that stayed."""
    both = item_ids(old) & item_ids(new)
    before = [item.id for item in old.items if item.id in both]
    after = [item.id for item in new.items if item.id in both]
    moved = {one for one in both if _section_id(old, one) != _section_id(new, one)}
    if before != after:
        moved |= {one for one, other in zip(before, after, strict=True) if one != other}
    return frozenset(moved)


def _section_id(form: Form, item_id: str) -> str:
    place = place_of(form, item_id)
    return form.sections[place[0]].id if place is not None else ""
