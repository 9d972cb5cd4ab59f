"""What a corrected revision says about itself, and the one page of a withdrawn one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.band import band
from observe_app.services.pdf.layout.flowables import Panel
from observe_app.services.pdf.layout.pieces import space

if TYPE_CHECKING:
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node


def numbered(kit: Kit) -> str:
    """Return "Revision 2, 12 March 2026, 16:02." in the words of the page."""
    document, words = kit.document, kit.words
    released = document.released.strip()
    pattern = words.revision if released else words.revision_undated
    return pattern.format(number=document.revision, released=released)


def revision(kit: Kit) -> list[Any]:
    """Return the block of a corrected revision; nothing for a draft and for a first release."""
    document = kit.document
    if document.draft or not (document.revision > 1 or document.why.strip() or document.changes):
        return []
    section = kit.root.add("Sect")
    lead = f"<b>{kit.markup(numbered(kit))}</b>"
    changes = [kit.ink.line(change) for change in document.changes if change.strip()]
    children: list[Any] = [kit.marked(lead, "label", section.add("P"))]
    if changes:
        children += _labelled(kit, kit.words.changed, " ".join(changes), section)
    if document.why.strip():
        children += _labelled(kit, kit.words.why, document.why, section)
    panel = Panel(children, padding=(4, 12, 6, 14), bar=look.WARM, bar_width=3)
    return [panel, space(kit.sheet.gap)]


def _labelled(kit: Kit, label: str, text: str, section: Node) -> list[Any]:
    return kit.led(f"<b>{kit.markup(label)}</b> ", text, "label", section)


def withdrawn(kit: Kit) -> list[Any]:
    """Return the page of a withdrawn revision: who and when, that it was withdrawn and why, nothing of its content."""
    story = band(kit)
    section = kit.root.add("Sect")
    story += [
        space(14),
        kit.headed(kit.words.withdrawn, section, "withdrawn"),
        space(4),
        kit.text(numbered(kit), "body", section.add("P")),
        kit.text(kit.words.withdrawn_hint, "body", section.add("P")),
    ]
    if kit.document.why.strip():
        story += [space(4), *_labelled(kit, kit.words.why, kit.document.why, section)]
    return story
