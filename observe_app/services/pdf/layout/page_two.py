"""What the page after the first one says: moments, the form's answers, our conversation, room for a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Flowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.checklist import checklist
from observe_app.services.pdf.layout.flowables import ENDLESS, Drawn, draw_down, height_of, number_disc
from observe_app.services.pdf.layout.pieces import ROWS_TOGETHER, fits, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Quote
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

PAGE_ONE_FULL = 260.0
"""With less room than this below the chart, the second part begins on its own page."""


def page_two(kit: Kit) -> list[Any]:
    """Return the story after page one."""
    story: list[Any] = [CondPageBreak(PAGE_ONE_FULL)]
    story += _heard(kit)
    story += checklist(kit)
    story += _conversation(kit)
    return [*story, _reply(kit)]


def _heard(kit: Kit) -> list[Any]:
    heard = kit.document.heard
    if not heard:
        return []
    section = kit.root.add("Sect")
    document, words = kit.document, kit.words
    quoted = any(quote.number for claim in document.strengths + document.growth for quote in claim.quotations)
    story = kit.heading(words.heard_also if quoted else words.heard, section)
    listing = section.add("L")
    for start in range(0, len(heard), ROWS_TOGETHER):
        story += _heard_rows(kit, heard[start : start + ROWS_TOGETHER], listing)
    return story


def _heard_rows(kit: Kit, heard: Sequence[Quote], listing: Node) -> list[Any]:
    story: list[Any] = []
    rows: list[list[Any]] = []

    def flush() -> None:
        if rows:
            commands: list[tuple[Any, ...]] = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, -1), 0.5 + 2.1 * kit.sheet.air),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0.7 + 2.9 * kit.sheet.air),
            ]
            story.append(table(list(rows), [20, 42, 34, kit.sheet.column - 96], commands, head=0))
            rows.clear()

    for quote in heard:
        item = listing.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        if not fits(quote.text, quote.time, quote.speaker):
            flush()
            story.append(
                kit.marked(
                    f"<b>{quote.number}</b>  {kit.markup(quote.time)}  {kit.markup(quote.speaker)}", "time", label
                )
            )
            story += kit.paragraphs(quote.text, "quote", body)
            continue
        rows.append(
            [
                Drawn(13, 13, number_disc(quote.number), label),
                kit.text(quote.time, "time", body.add("P")),
                kit.text(quote.speaker, "cell_strong", body.add("P")),
                kit.text(quote.text, "quote", body.add("P")),
            ]
        )
    flush()
    return story


def _conversation(kit: Kit) -> list[Any]:
    if not kit.document.conversation.strip():
        return []
    section = kit.root.add("Sect")
    return [*kit.heading(kit.words.conversation, section), *kit.paragraphs(kit.document.conversation, "para", section)]


def _reply(kit: Kit) -> Any:
    section, air = kit.root.add("Sect"), kit.sheet.air
    head = [
        kit.text(kit.words.reply, "h2_plain", section.add("H2")),
        space(1 + 2 * air),
        kit.text(kit.words.reply_hint, "small", section.add("P")),
        space(3.5 + 2.5 * air),
    ]
    return ReplyFrame(kit, head, section)


class ReplyFrame(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """Room for the teacher's own words; as high as the page still allows, within bounds.

    The frame, the lines and the box are page content, so that paper serves as well; `fields` says where a fillable
    field belongs.
    """

    _LEAST, _MOST, _FOOT = 112.0, 190.0, 30.0

    def __init__(self, kit: Kit, head: list[Any], section: Node) -> None:
        """Hold heading and hint; the frame comes below them."""
        super().__init__()
        self.kit, self.head = kit, head
        self.spaceBefore = kit.sheet.apart(12, kit.sheet.air)
        self.labels = tuple(
            (word, section.add("P")) for word in (kit.words.reply_name, kit.words.reply_date, kit.words.reply_share)
        )

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take what the page still has, between the least and the most that a reply needs; the least outside a page."""
        self.width = width
        above = height_of(self.head, width, self.canv)
        least = self._LEAST * (0.58 + 0.42 * self.kit.sheet.air)
        room = height - above - self._FOOT if height < ENDLESS else 0
        self.box = min(self._MOST, max(least, room))
        self.height = above + self.box + self._FOOT
        return self.width, self.height

    def split(self, _width: float, _height: float) -> list[Any]:
        """Never part it: it moves to the next page as a whole."""
        return []

    def fields(self) -> dict[str, tuple[float, float, float, float]]:
        """Return where each field lies, (left, bottom, width, height) from the lower left corner."""
        name, date, share = self._places()
        return {
            "reply": (2, self._FOOT + 2, self.width - 4, self.box - 4),
            "name": (name, 7, date - name - 38, 14),
            "date": (date, 7, share - date - 14, 14),
            "share": (share, 6, 11, 11),
        }

    def _places(self) -> tuple[float, float, float]:
        words = self.kit.words
        share = self.width - fonts.width(words.reply_share, fonts.REGULAR, 8.8) - 17
        date = share - 112
        return fonts.width(words.reply_name, fonts.REGULAR, 8.8) + 9, date, share

    def draw(self) -> None:
        """Draw heading, frame, and the line below it."""
        canvas = self.canv
        draw_down(self.head, 0, self.height, self.width, canvas)
        canvas.saveState()
        canvas.setStrokeColor(look.MUTED)
        canvas.setLineWidth(0.8)
        canvas.roundRect(0.4, self._FOOT, self.width - 0.8, self.box, 3, stroke=1, fill=0)
        name, date, share = self._places()
        date_label = date - fonts.width(self.kit.words.reply_date, fonts.REGULAR, 8.8) - 7
        canvas.setLineWidth(0.6)
        canvas.line(name, 6, date_label - 12, 6)
        canvas.line(date, 6, share - 14, 6)
        canvas.rect(share, 6, 11, 11, stroke=1, fill=0)
        canvas.restoreState()
        for x, (label, node) in zip((0, date_label, share + 16), self.labels, strict=True):
            canvas.begin_mark(node)
            canvas.setFillColor(look.TEXT)
            canvas.setFont(fonts.REGULAR, 8.8)
            canvas.drawString(x, 8.6, label)
            canvas.end_mark()
