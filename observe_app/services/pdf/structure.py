"""The logical structure of a document: what each piece of a page is, in reading order.

Built together with the story and handed to whoever draws; the canvas marks content with it, so that a screen reader
hears headings, lists and tables instead of strokes.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Node:
    """One element of the structure tree.

    Attributes:
        role: standard structure type of PDF 1.7 ("H2", "P", "Table", …). id: unique in the document, in reading order.
        alt: words for what is only drawn. scope: of a table heading, "Column" or "Row". span: columns it covers.
        box: where a figure was drawn, (left, bottom, right, top) in points; filled while drawing.
        once: repeated drawings (table heads on later pages) are not read again.
        rows: rows that a table's cell covers. actual: the text that the drawn content stands for.
        lang: language tag of the content where it is not the document's. numbering: of a list, "Decimal", "Disc", ….
    """

    role: str
    id: str = "1"
    alt: str = ""
    scope: str = ""
    span: int = 1
    once: bool = False
    children: list[Node] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    rows: int = 1
    actual: str = ""
    lang: str = ""
    numbering: str = ""

    def add(self, role: str, *, alt: str = "", scope: str = "", span: int = 1, once: bool = False) -> Node:
        """Append a child that is read after those already there."""
        child = Node(role, f"{self.id}.{len(self.children) + 1}", alt, scope, span, once)
        self.children.append(child)
        return child

    def walk(self) -> list[Node]:
        """Return this node and everything below it in reading order."""
        out = [self]
        for child in self.children:
            out.extend(child.walk())
        return out
