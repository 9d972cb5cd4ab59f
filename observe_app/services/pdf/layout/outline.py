"""The outline: entries that lead to places, shown by viewers beside the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.objects import Raw, register, text_string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.services.pdf.layout.annotations import Bookmark, Place


@dataclass(slots=True)
class _Entry:
    """An entry and those below it."""

    title: str
    place: str
    below: list[_Entry] = field(default_factory=list)

    def count(self) -> int:
        """Return how many entries are shown below it."""
        return len(self.below) + sum(entry.count() for entry in self.below)


def write_outline(document: Any, bookmarks: Sequence[Bookmark], places: Mapping[str, Place]) -> str | None:
    """Write entries for the bookmarks whose place there is, and return the reference to the outline; None without any.

    A level is at most one below that of the entry before.
    """
    top = _Entry("", "")
    path = [top]
    for mark in bookmarks:
        if mark.place in places and mark.title.strip():
            del path[max(mark.level, 0) + 1 :]
            entry = _Entry(mark.title.strip(), mark.place)
            path[-1].below.append(entry)
            path.append(entry)
    if not top.below:
        return None
    outline = Raw()
    own = register(document, outline)
    outline.body = f"<< /Type /Outlines {_entries(document, top, own)} /Count {top.count()} >>"
    return own


def _entries(document: Any, parent: _Entry, above: str) -> str:
    """Write the entries below `parent` and return its references to the first and the last of them."""
    made = [Raw() for _entry in parent.below]
    own = [register(document, raw) for raw in made]
    for at, entry in enumerate(parent.below):
        parts = [f"<< /Title {text_string(entry.title)} /Dest {text_string(entry.place)} /Parent {above}"]
        if at:
            parts.append(f"/Prev {own[at - 1]}")
        if at + 1 < len(own):
            parts.append(f"/Next {own[at + 1]}")
        if entry.below:
            parts.append(f"{_entries(document, entry, own[at])} /Count {entry.count()}")
        made[at].body = " ".join((*parts, ">>"))
    return f"/First {own[0]} /Last {own[-1]}"
