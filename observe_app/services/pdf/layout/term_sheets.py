"""Building the file of a comparison: page templates with heads and feet, metadata, and one try of one layout."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from observe_app.domain.progress import Cancelled
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.pieces import Setting
from observe_app.services.pdf.layout.sheets import language_tag
from observe_app.services.pdf.layout.stamp import stamp_of
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.term_words import chart_words, term_words
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.styles import ParagraphStyle

    from observe_app.domain.progress import Progress
    from observe_app.services.charts.words import ChartWords
    from observe_app.services.pdf.term_document import CompareDocument
    from observe_app.services.pdf.term_words import TermWords


@dataclass(frozen=True, slots=True)
class TermKit(Setting):
    """The comparison with everything that setting it needs."""

    document: CompareDocument
    own: TermWords
    charts: ChartWords

    @property
    def styles(self) -> dict[str, ParagraphStyle]:
        """The paragraph styles by name."""
        return look.styles(self.sheet.air, self.sheet.size, saving=self.document.ink_saving)


class TermSheets(BaseDocTemplate):  # type: ignore[misc]  # ReportLab is untyped
    """A document of our pages; says after each page how far it is, and stops there when asked to."""

    def __init__(self, target: io.BytesIO, kit: TermKit, progress: Progress | None) -> None:
        """Write to `target` with the comparison's metadata."""
        self.kit, self._progress = kit, progress
        sheet, head, facts = kit.sheet, kit.document.head, kit.document.facts
        super().__init__(
            target,
            pagesize=(sheet.width, sheet.height),
            title=kit.ink.line(head.name)[:300],
            subject=kit.ink.line(head.kind),
            author=kit.ink.line(facts.school),
            creator="Observe",
            producer="Observe",
            keywords=[],
            lang=language_tag(facts.language),
        )
        bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        first = Frame(sheet.margin, sheet.foot, sheet.column, sheet.height - sheet.foot, **bare)
        later = Frame(sheet.margin, sheet.foot, sheet.column, sheet.height - sheet.foot - sheet.head, **bare)
        self.addPageTemplates(
            [
                PageTemplate("first", [first], onPageEnd=_draw_foot, autoNextPageTemplate="later"),
                PageTemplate("later", [later], onPage=_draw_head, onPageEnd=_draw_foot),
            ]
        )

    def afterPage(self) -> None:  # noqa: N802  (ReportLab's name)
        """Report the page. Raises Cancelled when the person asked to stop."""
        if self._progress is not None:
            self._progress.step(self.page, 0)

    def pulse(self) -> None:
        """Raise Cancelled when the person asked to stop, while pages are made and when all are drawn."""
        if self._progress is not None and self._progress.stopping:
            raise Cancelled


def _draw_foot(canvas: Any, sheets: TermSheets) -> None:
    kit = sheets.kit
    facts, words = kit.document.facts, kit.words
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, 8)
    y = kit.sheet.foot - 18
    right = kit.sheet.width - kit.sheet.margin
    room = fonts.width(words.page.format(page=1000, pages=1000), fonts.REGULAR, 8) + 8
    if facts.made_label:
        made = fonts.fitted(kit.ink.line(kit.own.made.format(date=facts.made_label)), fonts.REGULAR, 8, 150)
        canvas.drawRightString(right - room, y, made)
        room += fonts.width(made, fonts.REGULAR, 8) + 12
    purpose = fonts.fitted(kit.ink.line(facts.purpose_line), fonts.REGULAR, 8, kit.sheet.column - room)
    if purpose:
        canvas.drawString(kit.sheet.margin, y, purpose)
    canvas.restoreState()
    canvas.folio(right, y)


def _draw_head(canvas: Any, sheets: TermSheets) -> None:
    kit = sheets.kit
    sheet, head = kit.sheet, kit.document.head
    y = sheet.height - sheet.head + 18
    right = sheet.width - sheet.margin
    canvas.saveState()
    canvas.setFont(fonts.REGULAR, 8)
    canvas.setFillColor(look.MUTED)
    whom = fonts.fitted(kit.ink.line(head.confidential), fonts.REGULAR, 8, sheet.column * 0.48)
    canvas.drawString(sheet.margin, y, whom)
    canvas.drawRightString(right, y, fonts.fitted(kit.ink.line(head.running), fonts.REGULAR, 8, sheet.column * 0.48))
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(sheet.margin, y - 6, right, y - 6)
    canvas.restoreState()


def build_comparison(
    document: CompareDocument, layout: Callable[[TermKit], list[Any]], progress: Progress | None
) -> tuple[bytes, int, frozenset[str]]:
    """Set a comparison with one layout and return the file, its number of pages, and the characters replaced.

    Raises:
        LayoutError: something does not fit on any page. Cancelled: the person asked to stop.
    """
    ink = Ink(fonts.register())
    language = document.facts.language
    words = words_for(language)
    kit = TermKit(
        words, look.SHEETS[document.facts.paper], ink, Node("Document"), document, term_words(language),
        chart_words(language),
    )  # fmt: skip
    target = io.BytesIO()
    sheets = TermSheets(target, kit, progress)

    def canvas(*args: Any, **rest: Any) -> MarkedCanvas:
        made = partial(MarkedCanvas, words=words, root=kit.root, stamp=stamp_of(document.facts.made))(*args, **rest)
        made.ink_saving = document.ink_saving
        made.pulse = sheets.pulse
        return made

    sheets.build(layout(kit), canvasmaker=canvas)
    return target.getvalue(), sheets.page, frozenset(ink.replaced)
