"""Building the file: page templates with heads and feet, metadata, and one try of one layout."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from observe_app.domain.progress import Cancelled
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.band import confidential, draft_sign
from observe_app.services.pdf.layout.book import book_of
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.fitting import CLOSEST, HOPELESS, SMALLER, fitted, height_on_one
from observe_app.services.pdf.layout.page_one import page_one
from observe_app.services.pdf.layout.page_two import PAGE_ONE_FULL, SummaryEnd, page_two
from observe_app.services.pdf.layout.pieces import Kit
from observe_app.services.pdf.layout.record import record
from observe_app.services.pdf.layout.revision import withdrawn
from observe_app.services.pdf.layout.stamp import stamp_of
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.progress import Progress
    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.pdf.layout.styles import Sheet

_ONE_SHEET = 2
"""Pages that fit on one sheet of paper."""
_CLOSER = {3: ((0.8, 1.0), (0.5, 1.0), (CLOSEST, SMALLER)), 4: ((0.5, 1.0), (CLOSEST, SMALLER))}
"""Air and size of a summary of so many pages when tried again; only a try that fits on one sheet is kept."""
_EDGE = 1.0
"""Points by which a page's height is kept from its very end."""
_LOST = 90.0
"""Points that may stay empty where a story goes on to the next page."""
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")

__all__ = ["LayoutError", "Sheets", "build", "pages_of"]


def pages_of(kit: Kit) -> list[Any]:
    """Return the usual story: page one, page two, the notes where they were asked for.

    Each of the two pages gets the air that it has room for. A part that cannot be brought onto its page flows on, as
    everything does on a sheet that is tightened already.
    """
    sheet = kit.sheet
    if kit.document.status == "withdrawn":
        return withdrawn(kit)
    once = replace(kit, known=None)  # what follows the summary is set once: nothing of it need be kept
    if sheet.air < 1:
        return [*page_one(kit), *page_two(kit), *record(once)]
    one, two = _rooms(sheet)
    first = fitted(kit, page_one, one)
    if first.height > one * HOPELESS:
        return [*first.story, *page_two(kit), *record(once)]
    # what page one, or the page that it flows on to, still offers to the second part
    left = one - first.height if first.fits else two - (first.height - one) - _LOST
    like_first = replace(kit, sheet=sheet.tightened(1, first.kit.sheet.size))
    second = fitted(like_first, page_two, two + (left - _LOST if left > PAGE_ONE_FULL else 0))
    return [*first.story, *second.story, *record(once)]


def _rooms(sheet: Sheet) -> tuple[float, float]:
    """Return the height that a story may take on page one and on a later page."""
    one = sheet.height - sheet.foot - _EDGE
    return one, one - sheet.head


class TooLong(Exception):
    """A summary is to be set closer; what follows it was not drawn."""

    def __init__(self, pages: int) -> None:
        """The summary takes so many pages."""
        super().__init__(pages)
        self.pages = pages


class Sheets(BaseDocTemplate):  # type: ignore[misc]  # ReportLab is untyped
    """A document of our pages; says after each page how far it is, and stops there when asked to."""

    def __init__(
        self,
        target: io.BytesIO,
        kit: Kit,
        progress: Progress | None,
        too_long: Callable[[int], bool] | None = None,
    ) -> None:
        """Write to `target` with the document's metadata; `too_long` is asked of the number of the summary's pages."""
        self.kit, self._progress, self._too_long = kit, progress, too_long
        self.summary_pages = 0
        sheet = kit.sheet
        super().__init__(
            target,
            pagesize=(sheet.width, sheet.height),
            title=_title(kit),
            author=kit.ink.line(kit.document.observer),
            subject=kit.ink.line(kit.document.class_line),
            creator="Observe",
            producer="Observe",
            keywords=[],
            lang=language_tag(kit.document.language),
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

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  (ReportLab's name)
        """Note the summary's last page. Raises TooLong where the summary is to be set closer."""
        if isinstance(flowable, SummaryEnd):
            self.summary_pages = self.page
            if self._too_long is not None and self._too_long(self.page):
                raise TooLong(self.page)

    def afterPage(self) -> None:  # noqa: N802  (ReportLab's name)
        """Report the page. Raises Cancelled when the person asked to stop."""
        if self._progress is not None:
            self._progress.step(self.page, 0)

    def pulse(self) -> None:
        """Raise Cancelled when the person asked to stop, while pages are made and when all are drawn."""
        if self._progress is not None and self._progress.stopping:
            raise Cancelled


def _title(kit: Kit) -> str:
    document, words = kit.document, kit.words
    teacher = kit.ink.line(document.teacher) or words.nobody
    date = kit.ink.line(document.date_label)
    return words.title.format(teacher=teacher, date=date) if date else words.title_undated.format(teacher=teacher)


def language_tag(language: str) -> str:
    """Return the language as viewers read it; the words' own where it is no language tag."""
    return language if _LANGUAGE_TAG.fullmatch(language) else "en"


def _draw_foot(canvas: Any, sheets: Sheets) -> None:
    kit = sheets.kit
    document, words = kit.document, kit.words
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, 8)
    y = kit.sheet.foot - 18
    right = kit.sheet.width - kit.sheet.margin
    # the total is not known yet: room for a page number of four figures
    room = fonts.width(words.page.format(page=1000, pages=1000), fonts.REGULAR, 8) + 8
    if not document.draft:
        reference = fonts.fitted(
            words.reference.format(reference=kit.ink.line(document.reference)), fonts.REGULAR, 8, 130
        )
        canvas.drawRightString(right - room, y, reference)
        room += fonts.width(reference, fonts.REGULAR, 8) + 12
    purpose = fonts.fitted(kit.ink.line(document.purpose_line), fonts.REGULAR, 8, kit.sheet.column - room)
    if purpose:
        canvas.drawString(kit.sheet.margin, y, purpose)
    canvas.restoreState()
    canvas.folio(right, y)


def _draw_head(canvas: Any, sheets: Sheets) -> None:
    kit = sheets.kit
    sheet, words = kit.sheet, kit.words
    y = sheet.height - sheet.head + 18
    right = sheet.width - sheet.margin
    date = fonts.fitted(kit.ink.line(kit.document.date_label), fonts.REGULAR, 8, sheet.column * 0.2)
    canvas.saveState()
    summary = words.summary.format(date=date) if date else words.summary_undated
    if kit.document.draft:
        wide = fonts.width(words.draft, fonts.SEMIBOLD, 8.2) + 12
        draft_sign(canvas, right - fonts.width(summary, fonts.REGULAR, 8) - wide - 10, y, words.draft, look.WARM)
    canvas.setFont(fonts.REGULAR, 8)
    canvas.setFillColor(look.MUTED)
    canvas.drawString(sheet.margin, y, fonts.fitted(confidential(kit), fonts.REGULAR, 8, sheet.column * 0.5))
    canvas.drawRightString(right, y, summary)
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(sheet.margin, y - 6, right, y - 6)
    canvas.restoreState()


def build(
    document: ReportDocument, layout: Callable[[Kit], list[Any]], progress: Progress | None
) -> tuple[bytes, int, frozenset[str]]:
    """Set the document with one layout and return the file, its number of pages, and the characters replaced.

    Raises:
        LayoutError: something does not fit on any page. Cancelled: the person asked to stop.
    """
    ink = Ink(fonts.register())
    sheet = look.SHEETS[document.paper]
    kit = Kit(words_for(document.language), sheet, ink, Node("Document"), document, book_of(document), known={})
    try:
        data, sheets = _set(
            kit,
            layout,
            progress,
            lambda pages: pages in _CLOSER and _fits_one_sheet(_again(kit, CLOSEST, SMALLER), layout),
        )
    except TooLong as found:
        data, sheets = _on_one_sheet(kit, layout, progress, found.pages)
    return data, sheets.page, frozenset(ink.replaced)


def _on_one_sheet(
    kit: Kit, layout: Callable[[Kit], list[Any]], progress: Progress | None, pages: int
) -> tuple[bytes, Sheets]:
    """Set it the loosest way in which the summary takes one sheet; the usual way where there is none."""
    for air, size in _CLOSER[pages]:
        with contextlib.suppress(TooLong):
            return _set(_again(kit, air, size), layout, progress, _ONE_SHEET.__lt__)
    return _set(_again(kit), layout, progress)


def _again(kit: Kit, air: float = 1.0, size: float = 1.0) -> Kit:
    """Return the kit of one more try, with a tree of its own."""
    sheet = kit.sheet if air == size == 1.0 else kit.sheet.tightened(air, size)
    return replace(kit, sheet=sheet, root=Node("Document"))


def _fits_one_sheet(kit: Kit, layout: Callable[[Kit], list[Any]]) -> bool:
    """Whether the summary takes no more height than two pages have; asked without drawing anything."""
    enough = sum(_rooms(kit.sheet))
    return height_on_one(layout(kit), kit.sheet.column, enough) <= enough


def _set(
    kit: Kit,
    layout: Callable[[Kit], list[Any]],
    progress: Progress | None,
    too_long: Callable[[int], bool] | None = None,
) -> tuple[bytes, Sheets]:
    target = io.BytesIO()
    sheets = Sheets(target, kit, progress, too_long)

    def canvas(*args: Any, **rest: Any) -> MarkedCanvas:
        made = MarkedCanvas(*args, words=kit.words, root=kit.root, stamp=stamp_of(kit.document.revised), **rest)
        made.ink_saving = kit.document.ink_saving
        made.pulse = sheets.pulse
        return made

    sheets.build(layout(kit), canvasmaker=canvas)
    return target.getvalue(), sheets
