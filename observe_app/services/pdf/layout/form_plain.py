"""The layout of last resort of a printed form: every word as plain paragraphs, with lines to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.form_kit import TOP, Lines
from observe_app.services.pdf.layout.pieces import space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.form_document import PaperItem
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node


def form_plain(kit: FormKit) -> list[Any]:
    """Return the whole form without tables, grids or drawings."""
    document, section = kit.document, kit.root.add("Sect")
    story: list[Any] = [space(TOP)]
    for text in (document.title, document.purpose, document.source, document.licence, document.citation):
        story += kit.paragraphs(text, "body", section)
    for part in document.sections:
        story.append(space(8))
        for text in (part.title, part.condition, part.help):
            story += kit.paragraphs(text, "body", section)
        for item in part.items:
            story += [space(5), *plain_item(kit, item, section)]
    return story


def plain_item(kit: FormKit, item: PaperItem, node: Node) -> list[Any]:
    """Return every word of an item as paragraphs below `node`, and lines to write on where it is answered."""
    story: list[Any] = [part for text in _said(item) for part in kit.paragraphs(text, "body", node)]
    return [*story, Lines(2)] if item.number else story


def _said(item: PaperItem) -> Iterator[str]:
    yield f"{item.number or ''} {item.label}".strip()
    yield from (item.condition, item.help, f"{item.bounds} {item.unit}".strip())
    for choice in item.choices:
        yield f"[ ] {choice.number or ''} {choice.label}  {choice.text}"
    for side in item.sides:
        yield side.label
        for code in side.codes:
            yield f"[ ] {code.code}  {code.label}  {code.text}  {code.category}"
