"""What every part of the story is made with: text in a style, headings, tables, fallbacks for very long words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.platypus import CondPageBreak, Spacer, Table

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.book import Book
from observe_app.services.pdf.layout.flowables import Placed
from observe_app.services.pdf.layout.para import Known, Text
from observe_app.services.pdf.layout.scripts import runs_from_right

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.pdf.layout.styles import Sheet
    from observe_app.services.pdf.structure import Node
    from observe_app.services.pdf.text import Ink
    from observe_app.services.pdf.words import Words

ACCENT = "#0B5C66"
MUTED = "#56636F"
INK = "#17263A"
"""Colours of `styles`, as markup names them."""

CELL_LIMIT = 500
"""Longest text that goes into a table's cell, in characters; a longer one is set below the row's other words."""
WORD_LIMIT = 24
"""Longest text for a narrow column (a time, a speaker), in characters."""
_DIRECTION = 60
"""Characters that tell which way a text runs."""
ROWS_TOGETHER = 120
"""Rows of one table; longer tables are cut into pieces of this size (layout is quadratic in rows)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What setting any document needs.

    Attributes:
        known: what texts were broken into, where a page may be set several times; None where it is set once.
    """

    words: Words
    sheet: Sheet
    ink: Ink
    root: Node
    known: Known | None = field(default=None, kw_only=True)

    @property
    def styles(self) -> dict[str, ParagraphStyle]:
        """The paragraph styles by name."""
        return look.styles(self.sheet.air, self.sheet.size)

    def markup(self, text: str) -> str:
        """Return a person's text as one line, safe to stand in markup."""
        return escape(self.ink.line(text))

    def text(self, text: str, style: str, node: Node | None) -> Text:
        """Set a person's text, or fixed words, as one paragraph."""
        return self.marked(self.markup(text), style, node)

    def marked(self, markup: str, style: str, node: Node | None) -> Text:
        """Set markup of our own making; texts in it have gone through `markup`."""
        return Text(markup, self.styles[style], node, known=self.known)

    def paragraphs(self, text: str, style: str, parent: Node) -> list[Text]:
        """Set a text of any length as paragraphs below `parent`."""
        return [self.marked(escape(piece), style, parent.add("P")) for piece in self.ink.paragraphs(text)]

    def led(self, lead: str, text: str, style: str, parent: Node) -> list[Text]:
        """Set a text of any length behind a lead of our own markup.

        A text that runs from the right begins a paragraph of its own: each runs its own way.
        """
        found = list(self.ink.paragraphs(text)) or [""]
        if runs_from_right(found[0][:_DIRECTION]):
            return [self.marked(lead, style, parent.add("P")), *self.paragraphs(text, style, parent)]
        first = self.marked(lead + escape(found[0]), style, parent.add("P"))
        return [first, *(self.marked(escape(piece), style, parent.add("P")) for piece in found[1:])]

    def title(self, text: str, style: str, parent: Node, role: str) -> list[Text]:
        """Set a title; one too long for a title becomes plain paragraphs that can split anywhere."""
        found = self.ink.paragraphs(text)
        if len(found) == 1 and len(found[0]) <= CELL_LIMIT:
            return [self.marked(escape(found[0]), style, parent.add(role))]
        return self.paragraphs(text, "body", parent)

    def headed(
        self, text: str, section: Node, key: str, *, style: str = "h2", level: int = 0, title: str = ""
    ) -> Placed:
        """Return a heading that the outline leads to, there as `title` if given; `key` names it, once in a document."""
        child = self.text(text, style, section.add(f"H{level + 2}"))
        return Placed(child, f"part-{key}", title=self.ink.line(title or text), level=level)

    def heading(self, text: str, section: Node, room: float = 70, *, key: str = "") -> list[Any]:
        """Return a heading that takes at least `room` points of its own page with it."""
        made = self.headed(text, section, key) if key else self.text(text, "h2", section.add("H2"))
        return [CondPageBreak(room), made]


@dataclass(frozen=True, slots=True)
class Kit(Setting):
    """The feedback with everything that setting it needs.

    Attributes:
        book: where notes and claims stand in this rendering; an empty one links nothing.
    """

    document: ReportDocument
    book: Book = field(default_factory=Book)

    @property
    def styles(self) -> dict[str, ParagraphStyle]:
        """The paragraph styles by name."""
        return look.styles(self.sheet.air, self.sheet.size, saving=self.document.ink_saving)

    def linked(self, text: str, place: str) -> str:
        """Return markup of a text that leads to a place, plain where there is none."""
        shown = self.markup(text)
        return f'<a href="#{place}"><font color="{ACCENT}">{shown}</font></a>' if place and shown else shown

    def time_of(self, time: str, event: str) -> str:
        """Return markup of a time that leads to where its note stands."""
        return self.linked(time, self.book.stands.get(event, ""))

    def resting(self, event: str, *, answers: bool = True) -> str:
        """Return markup that leads from a note to what rests on it: claims by number, answers by their item."""
        words = self.words
        found = [
            self.linked(words.claim_sign.format(number=number), f"claim-{number}")
            for number in self.book.claims.get(event, ())
        ]
        if answers:
            found += [
                self.linked(shortened(self.ink.line(label)), place) for place, label in self.book.answers.get(event, ())
            ]
        return "&nbsp;&nbsp; ".join(found)


def shortened(text: str, most: int = 36) -> str:
    """Return a text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def fits(text: str, *narrow: str | tuple[str, ...]) -> bool:
    """Whether a note can be a row: its text in the wide column, the others in narrow ones."""
    short = (part if isinstance(part, str) else "" for part in narrow)
    tags = sum(len(tag) + 3 for part in narrow if not isinstance(part, str) for tag in part)
    return len(text) + tags <= CELL_LIMIT and all(len(part) <= WORD_LIMIT for part in short)


def hairlines(first: int = 1) -> list[tuple[Any, ...]]:
    """Return the table commands of all our tables: a dark line below the head, hairlines below the rows."""
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LINEBELOW", (0, 0), (-1, 0), 1.1, look.INK),
        ("LINEBELOW", (0, first), (-1, -1), 0.5, look.RULE),
    ]


def table(rows: list[list[Any]], widths: list[float], commands: list[tuple[Any, ...]], head: int = 1) -> Table:
    """Return a table that repeats its head.

    Rows stay whole: splitting within them leaves a repeated head alone at the foot of a page.
    """
    made = Table(rows, colWidths=widths, repeatRows=head, hAlign="LEFT")
    made.setStyle(commands)
    return made


def space(points: float) -> Spacer:
    """Return air."""
    return Spacer(1, points)
