"""What pages carry besides strokes: places, links, bookmarks, fields and attached files, until the file is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from observe_app.services.pdf.structure import Node

Box = tuple[float, float, float, float]
"""(x, y, width, height) in the coordinates of the moment, in points."""
Rect = tuple[float, float, float, float]
"""(left, bottom, right, top) on the page, in points."""
FieldKind = Literal["line", "lines", "choice", "tick"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point that links and bookmarks lead to. Pages count from 1."""

    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    title: str
    level: int
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to a place of the same document; `words` say where to."""

    page: int
    rect: Rect
    node: Node
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Option:
    """A rectangle of a field: the whole of it, or one button of a choice.

    Attributes:
        value: what the field holds while this button is on; "" for text.
    """

    page: int
    rect: Rect
    node: Node
    tooltip: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in. Its name is unique in the file and has no dots."""

    kind: FieldKind
    name: str
    tooltip: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file."""

    name: str
    data: bytes
    description: str


@dataclass(slots=True)
class Carried:
    """All of it, in the order in which it was drawn."""

    places: dict[str, Place] = field(default_factory=dict)
    bookmarks: list[Bookmark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
