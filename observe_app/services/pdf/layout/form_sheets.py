"""Building the file of a printed form: its page templates, heads and feet, metadata, and one try of one layout."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.form_head import written
from observe_app.services.pdf.layout.form_kit import SHEETS, FormKit, turned
from observe_app.services.pdf.layout.form_story import FIRST, LATER, WIDE, foot_line
from observe_app.services.pdf.layout.sheets import language_tag
from observe_app.services.pdf.layout.stamp import EPOCH
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.progress import Progress
    from observe_app.services.pdf.form_document import FormDocument
    from observe_app.services.pdf.layout.styles import Sheet


class FormSheets(BaseDocTemplate):  # type: ignore[misc]  # ReportLab is untyped
    """A document of our pages; says after each page how far it is, and stops there when asked to."""

    def __init__(self, target: io.BytesIO, kit: FormKit, progress: Progress | None) -> None:
        """Write to `target` with the form's metadata."""
        self.kit, self._progress = kit, progress
        sheet, wide, document = kit.sheet, turned(kit.sheet), kit.document
        super().__init__(
            target,
            pagesize=(sheet.width, sheet.height),
            title=kit.own.version.format(title=kit.ink.line(document.title), version=document.version),
            subject=kit.ink.line(document.purpose)[:300],
            creator="Observe",
            producer="Observe",
            author="",
            keywords=[],
            lang=language_tag(document.language),
        )
        self.addPageTemplates(
            [
                PageTemplate(FIRST, [_frame(sheet, 0)], onPageEnd=_draw_foot, autoNextPageTemplate=LATER),
                PageTemplate(LATER, [_frame(sheet, sheet.head)], onPage=_draw_head, onPageEnd=_draw_foot),
                PageTemplate(
                    WIDE,
                    [_frame(wide, wide.head)],
                    onPage=_draw_head,
                    onPageEnd=_draw_foot,
                    pagesize=(wide.width, wide.height),
                ),
            ]
        )

    def sheet_of(self) -> Sheet:
        """Return the sheet of the page being drawn."""
        return turned(self.kit.sheet) if self.pageTemplate.id == WIDE else self.kit.sheet

    def afterPage(self) -> None:  # noqa: N802  (ReportLab's name)
        """Report the page. Raises Cancelled when the person asked to stop."""
        if self._progress is not None:
            self._progress.step(self.page, 0)


def _frame(sheet: Sheet, head: float) -> Frame:
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    return Frame(sheet.margin, sheet.foot, sheet.column, sheet.height - sheet.foot - head, **bare)


def _draw_foot(canvas: Any, sheets: FormSheets) -> None:
    kit, sheet = sheets.kit, sheets.sheet_of()
    document = kit.document
    title = kit.own.version.format(title=kit.ink.line(document.title), version=document.version)
    y = sheet.foot - 17
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, 8)
    canvas.drawString(sheet.margin, y, fonts.fitted(title, fonts.REGULAR, 8, sheet.column - 70))
    canvas.setFont(fonts.REGULAR, 7.4)
    canvas.drawString(sheet.margin, y - 10.5, fonts.fitted(foot_line(kit), fonts.REGULAR, 7.4, sheet.column))
    canvas.restoreState()
    canvas.folio(sheet.width - sheet.margin, y)


def _draw_head(canvas: Any, sheets: FormSheets) -> None:
    """Say which form it is, and leave room for whose, so that a loose sheet can be put back."""
    kit, sheet = sheets.kit, sheets.sheet_of()
    own = kit.own
    y = sheet.height - 32
    right = sheet.width - sheet.margin
    canvas.saveState()
    canvas.setFont(fonts.REGULAR, 8)
    canvas.setFillColor(look.MUTED)
    title = fonts.fitted(kit.ink.line(kit.document.title), fonts.REGULAR, 8, sheet.column - 290)
    canvas.drawString(sheet.margin, y + 2, title)
    who = own.session if kit.document.use == "survey" else own.teacher
    written(canvas, kit, who, right - 270, y, right - 104, 8)
    written(canvas, kit, own.date, right - 94, y, right, 8)
    canvas.restoreState()


def build_form_pages(
    document: FormDocument, layout: Callable[[FormKit], list[Any]], progress: Progress | None
) -> tuple[bytes, int, frozenset[str]]:
    """Set the form with one layout and return the file, its number of pages, and the characters replaced.

    Raises:
        LayoutError: something does not fit on any page. Cancelled: the person asked to stop.
    """
    ink = Ink(fonts.register())
    words = words_for(document.language)
    kit = FormKit(words, SHEETS[document.paper], ink, Node("Document"), document, words.form)
    target = io.BytesIO()
    sheets = FormSheets(target, kit, progress)
    sheets.build(layout(kit), canvasmaker=partial(MarkedCanvas, words=words, root=kit.root, stamp=EPOCH))
    return target.getvalue(), sheets.page, frozenset(ink.replaced)
