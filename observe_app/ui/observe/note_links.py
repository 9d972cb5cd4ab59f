"""Form items that a note being written is evidence for, picked after a ">"; undo of the text takes them back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# In a kept line an id behind this sign is a link. An arrow can be written, even by the system itself for "->"; the sign
# before it has no look and no key, so that nobody's words are taken for a link.
_SIGN = "\u2063→"
_KEPT = re.compile(rf" {_SIGN}([\w.:-]+)$")


@dataclass(frozen=True, slots=True)
class Target:
    """A form item that a note can be evidence for; `key` is what is pressed for it, "" without one."""

    id: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """One item picked: the text before what was typed for it was taken out, and after."""

    item_id: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """The items picked, in order, and those taken back that redo brings again."""

    picked: tuple[Picked, ...] = ()
    undone: tuple[Picked, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the items."""
        return tuple(one.item_id for one in self.picked)

    def with_item(self, item_id: str, before: str, after: str) -> Links:
        """Return the links with one more; an item linked already is linked once."""
        if item_id in self.ids:
            return self
        return Links((*self.picked, Picked(item_id, before, after)))

    def without(self, item_id: str) -> Links:
        """Return the links without this item."""
        return replace(self, picked=tuple(one for one in self.picked if one.item_id != item_id))

    def stepped_back(self, before: str, after: str) -> Links:
        """Return the links after undo of the text, which read `before` and reads `after` now."""
        last = self.picked[-1] if self.picked else None
        if last is None or (last.after, last.before) != (before, after) or before == after:
            return self
        return Links(self.picked[:-1], (*self.undone, last))

    def stepped_on(self, before: str, after: str) -> Links:
        """Return the links after redo of the text."""
        last = self.undone[-1] if self.undone else None
        if last is None or (last.before, last.after) != (before, after):
            return self
        return Links((*self.picked, last), self.undone[:-1])

    def kept(self, line: str) -> str:
        """Return a line as a draft keeps it, with the links behind the words."""
        return line + "".join(f" {_SIGN}{item_id}" for item_id in self.ids)


def split_links(line: str, known: Sequence[Target]) -> tuple[str, Links]:
    """Read a kept line: the words, and the links to items that the form has; everything else stays words."""
    ids = {target.id for target in known}
    found: list[Picked] = []
    while (match := _KEPT.search(line)) and match.group(1) in ids:
        found.insert(0, Picked(match.group(1)))
        line = line[: match.start()]
    return line, Links(tuple(found))


def matching_targets(targets: Sequence[Target], typed: str) -> tuple[Target, ...]:
    """Return the items for what was typed after ">": the one of this key first, then those with words that begin so."""
    parts = typed.casefold().split()
    by_key = [one for one in targets if typed and one.key.casefold() == typed.casefold()]
    by_words = [one for one in targets if one not in by_key and _begins(one.label, parts)]
    return (*by_key, *by_words)


def _begins(label: str, parts: Sequence[str]) -> bool:
    """Whether each part begins a word of the label, in order."""
    words = iter(re.findall(r"[^\W_]+", label.casefold()))
    return all(any(word.startswith(part) for word in words) for part in parts)
