"""Replies to earlier revisions: whole in the summary, side by side with the observer's words in the full record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.claims import GUTTER, reply_lines
from observe_app.services.pdf.layout.flowables import Columns
from observe_app.services.pdf.layout.pieces import space

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ReplyText
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node


def earlier_replies(kit: Kit) -> list[Any]:
    """Return what was replied on the whole; what was said to a claim stands at the claim."""
    if not kit.document.replies:
        return []
    section = kit.root.add("Sect")
    story = kit.heading(kit.words.replies, section, key="replies")
    for reply in kit.document.replies:
        story += _whole(kit, reply, section)
    return story


def replies_in_full(kit: Kit) -> list[Any]:
    """Return each claim with the replies to it beside it, then the replies on the whole."""
    document, words = kit.document, kit.words
    answered = [(number, claim) for number, claim in enumerate(document.claims, start=1) if claim.replies]
    if not answered and not document.replies:
        return []
    section = kit.root.add("Sect")
    story = kit.heading(words.replies, section, 90, key="replies")
    if answered:
        story += [kit.text(words.replies_hint, "small", section.add("P")), space(5)]
    for number, claim in answered:
        group = section.add("Div")
        sign = kit.linked(words.claim_sign.format(number=number), f"claim-{number}")
        left: list[Any] = [kit.marked(sign, "small", group.add("P"))]
        left += kit.title(claim.title, "h3", group, "P") if claim.title.strip() else []
        left += kit.paragraphs(claim.text, "body", group)
        right: list[Any] = []
        for reply in claim.replies:
            right += [*reply_lines(kit, reply, group), space(3)]
        story += [Columns([left, right], GUTTER), space(8)]
    for whole in document.replies:
        story += _whole(kit, whole, section)
    return story


def _whole(kit: Kit, reply: ReplyText, section: Node) -> list[Any]:
    words = kit.words
    pattern = words.reply_came if reply.name.strip() else words.reply_unsigned
    parts = {"name": kit.ink.line(reply.name), "when": kit.ink.line(reply.when) or words.unanswered}
    told = pattern.format(**parts, source=kit.ink.line(reply.source))
    if reply.received:
        told = f"{told} {words.reply_received}"
    story: list[Any] = kit.title(words.reply_head.format(number=reply.revision), "section", section, "H3")
    story += kit.paragraphs(told, "small", section)
    for label, text in ((words.reply_overall, reply.overall), (words.reply_step, reply.step)):
        found = kit.ink.paragraphs(text)
        if found:
            lead = f"<b>{kit.markup(label)}</b> {kit.markup(found[0])}"
            story += [
                kit.marked(lead, "body", section.add("P")),
                *kit.paragraphs("\n".join(found[1:]), "body", section),
            ]
    return [*story, space(4)]
