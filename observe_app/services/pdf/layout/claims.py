"""Strengths, growth areas and questions in columns, each with the notes and the views it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Columns, Drawn, Panel, Placed, sign
from observe_app.services.pdf.layout.pieces import INK, MUTED, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Claim, PointReply, Quote, ViewLine
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

GUTTER = 28.0


def claims(kit: Kit) -> list[Any]:
    """Return strengths beside growth areas, then the questions in two columns."""
    document, words = kit.document, kit.words
    story: list[Any] = []
    sides = [
        (words.strengths, document.strengths, "plus", 1),
        (words.growth, document.growth, "arrow", 1 + len(document.strengths)),
    ]
    shown = [side for side in sides if side[1]]
    if shown:
        story += [
            Columns([_column(kit, *side) for side in shown], GUTTER),
            space(kit.sheet.gap + (4 if document.questions else 0)),
        ]
    if document.questions:
        begin = 1 + len(document.strengths) + len(document.growth)
        half = (len(document.questions) + 1) // 2
        columns = [_column(kit, words.questions, document.questions[:half], "question", begin)]
        if document.questions[half:]:
            columns.append(_question_overflow(kit, document.questions[half:], begin + half))
        story += [Columns(columns, GUTTER), space(kit.sheet.gap - 3)]
    return story


def _column(kit: Kit, title: str, found: Sequence[Claim], kind: str, begin: int) -> list[Any]:
    colour = {"plus": look.ACCENT, "arrow": look.WARM, "question": look.MUTED}[kind]
    section = kit.root.add("Sect")
    head = table(
        [[Drawn(15, 15, sign(kind, colour)), kit.headed(title, section, kind, style="h2_plain")]],
        [22, kit.sheet.column / 2 - 40],
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
        head=0,
    )
    head.keepWithNext = 1
    return [head, *_spaced(kit, found, colour, section.add("L"), begin)]


def _question_overflow(kit: Kit, found: Sequence[Claim], begin: int) -> list[Any]:
    """The right half of the questions, level with the left half's first one."""
    listing = kit.root.children[-1].children[-1]
    return [space(20), *_spaced(kit, found, look.MUTED, listing, begin)]


def _spaced(kit: Kit, found: Sequence[Claim], colour: Any, listing: Node, begin: int) -> list[Any]:
    out: list[Any] = []
    for number, claim in enumerate(found, start=begin):
        if out:
            out.append(space(kit.sheet.apart(9, kit.sheet.air)))
        out += _claim(kit, claim, colour, listing.add("LI"), number)
    return out


def _claim(kit: Kit, claim: Claim, colour: Any, item: Node, number: int) -> list[Any]:
    label, body = item.add("Lbl"), item.add("LBody")
    out: list[Any] = []
    if claim.title.strip():
        out += kit.title(claim.title, "h3", body, "P")
    out += kit.paragraphs(claim.text, "body", body)
    for quote in claim.quotations:
        out += [space(1.6 + 2 * kit.sheet.air), _quotation(kit, quote, colour, body)]
    for view in claim.views:
        out += [space(1.6 + 2 * kit.sheet.air), _view(kit, view, colour, body)]
    out += _remark(kit, claim, body)
    for reply in claim.replies:
        out += [space(1.6 + 2 * kit.sheet.air), *reply_lines(kit, reply, body)]
    at = next((index for index, part in enumerate(out) if hasattr(part, "draw") and part.__class__ is not _SPACE), -1)
    if at < 0:
        out, at = [kit.text("–", "body", body.add("P"))], 0
    named = kit.ink.line(claim.title) or kit.ink.line(claim.text) or kit.words.claim_sign.format(number=number)
    out[at] = Placed(out[at], f"claim-{number}", title=named[:120], level=1, number=number, node=label)
    return out


_SPACE = type(space(0))


def _lead(kit: Kit, quote: Quote, *, number: str = "") -> str:
    time = kit.time_of(quote.time, quote.event if not kit.book.quoted_at(quote.event) else "")
    lead = f'{number}<font name="{fonts.SEMIBOLD}" size="8" color="{MUTED}">{time}</font>&nbsp; '
    if quote.speaker:
        # upright, dark and in the size of the words: who speaks is read first
        lead += f'<font name="{fonts.SEMIBOLD}" color="{INK}">{kit.markup(quote.speaker)}</font>&nbsp; '
    return lead


def _quotation(kit: Kit, quote: Quote, colour: Any, parent: Node) -> Any:
    node = parent.add("BlockQuote")
    children = kit.led(_lead(kit, quote), quote.text, "quote", node)
    left = 24 if quote.number else 9
    panel = Panel(children, padding=(1, 2, 2.4, left), bar=colour, bar_width=4, number=quote.number)
    place = kit.book.quoted_at(quote.event)
    return Placed(panel, place) if place else panel


def _view(kit: Kit, view: ViewLine, colour: Any, parent: Node) -> Any:
    """A computed sentence: upright, with a dotted bar, so that it is no quotation."""
    children = kit.paragraphs(view.text, "view", parent.add("Div"))
    return Panel(children, padding=(1, 2, 2.4, 9), bar=colour, bar_width=4, dashed=True)


def _remark(kit: Kit, claim: Claim, body: Node) -> list[Any]:
    if not claim.remark:
        return []
    if claim.further and all(quote.event in kit.book.stands for quote in claim.further):
        times = ", ".join(kit.time_of(quote.time, quote.event) for quote in claim.further)
        said = escape(kit.words.also_at).format(times=times)
        return [kit.marked(said, "small", body.add("P"))]
    return [kit.text(claim.remark, "small", body.add("P"))]


def reply_lines(kit: Kit, reply: PointReply, parent: Node) -> list[Any]:
    """Return what the teacher answered to a claim, as a panel of its own."""
    words = kit.words
    stances = {
        "agree": words.said_agree,
        "partly": words.said_partly,
        "different": words.said_different,
    }
    name = kit.markup(kit.document.teacher) or kit.markup(words.teacher)
    stance = stances.get(reply.stance, "")
    pattern = words.reply_at_claim if stance else words.reply_words_at_claim
    lead = f"<b>{escape(pattern).format(name=name, number=reply.revision, stance=escape(stance))}</b> "
    children = kit.led(lead, reply.text, "answer", parent.add("BlockQuote"))
    return [Panel(children, padding=(1, 2, 2.4, 9), bar=look.INK, bar_width=1.2)]
