"""The outline: entries that lead to places, shown by viewers beside the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import PDFObject

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


class Outline(PDFObject):  # type: ignore[misc]  # ReportLab is untyped
    """Stands in for ReportLab's outline, which knows a title once only and stops at a level left out."""

    __RefOnly__ = 1
    ready = 1

    def __init__(self, bookmarks: Sequence[Bookmark], places: Mapping[str, Place]) -> None:
        """Order the bookmarks whose place there is; a level is at most one below that of the entry before."""
        self._top = _Entry("", "")
        path = [self._top]
        for mark in bookmarks:
            if mark.place in places and mark.title.strip():
                del path[max(mark.level, 0) + 1 :]
                entry = _Entry(mark.title.strip(), mark.place)
                path[-1].below.append(entry)
                path.append(entry)
        self._body = ""

    def __bool__(self) -> bool:
        """Whether there is any entry."""
        return bool(self._top.below)

    def write(self, document: Any) -> None:
        """Write the entries; the outline itself becomes an object of the document."""
        own = register(document, self)
        self._body = f"<< /Type /Outlines {self._entries(document, self._top, own)} /Count {self._top.count()} >>"

    def prepare(self, _document: Any, _canvas: Any) -> None:
        """Do nothing more; ReportLab calls this before it writes the file."""

    def format(self, _document: Any) -> bytes:
        """Return the outline's dictionary."""
        return self._body.encode("ascii")

    def _entries(self, document: Any, parent: _Entry, above: str) -> str:
        made = [Raw() for _entry in parent.below]
        own = [register(document, raw) for raw in made]
        for at, entry in enumerate(parent.below):
            parts = [f"<< /Title {text_string(entry.title)} /Dest {text_string(entry.place)} /Parent {above}"]
            if at:
                parts.append(f"/Prev {own[at - 1]}")
            if at + 1 < len(own):
                parts.append(f"/Next {own[at + 1]}")
            if entry.below:
                parts.append(f"{self._entries(document, entry, own[at])} /Count {entry.count()}")
            made[at].body = " ".join((*parts, ">>"))
        return f"/First {own[0]} /Last {own[-1]}"
