"""Forms: the instrument that an observer fills in. A visit keeps the snapshot of the version it used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_LEVELS = 9


class ItemKind(StrEnum):
    """What an item asks for."""

    CHECK = "check"
    RATING = "rating"
    TEXT = "text"
    GUIDANCE = "guidance"


Texts = tuple[tuple[str, str], ...]
"""A text in its languages: (language code, text); code "" is the form's own language."""


def text_in(texts: Texts, language: str) -> str:
    """Return the text in this language, else in its base language, else in the form's own, else ""."""
    table = dict(texts)
    for code in (language, language.partition("-")[0].partition("_")[0], "", "en"):
        if table.get(code):
            return table[code]
    return next((text for _code, text in texts if text), "")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale. `number` counts from 1, the lowest."""

    number: int
    label: Texts
    descriptor: Texts = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """Labelled levels, defined once and used by many items."""

    id: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a form.

    Attributes:
        id: stable; changing the label keeps comparability. hotkey: suggested letter, "" for none.
        levels: of a rating, lowest first, with the descriptors for this item; empty for other kinds.
        long: of a text item: several lines.
    """

    id: str
    kind: ItemKind
    label: Texts
    help: Texts = ()
    levels: tuple[Level, ...] = ()
    scale: str = ""
    hotkey: str = ""
    required: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together."""

    id: str
    title: Texts
    items: tuple[Item, ...]
    help: Texts = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument.

    Attributes:
        id: as the file's name. version: counts up from 1.
        title, purpose: what it is called and when to pick it.
        source, licence, citation: where it comes from; shown in the library and on prints.
        language: the language of texts given without a code.
    """

    id: str
    version: int
    title: Texts
    purpose: Texts
    sections: tuple[Section, ...]
    source: str = ""
    licence: str = ""
    citation: str = ""
    language: str = "en"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item | None:
        """Return the item of this id, None where the form has none."""
        return next((item for item in self.items if item.id == item_id), None)
