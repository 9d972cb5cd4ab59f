"""Building the file of minutes: one page, set closer where it would just miss that; two only where it must be."""

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
from observe_app.services.pdf.minutes_words import minutes_words
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.styles import ParagraphStyle

    from observe_app.domain.progress import Progress
    from observe_app.services.pdf.minutes_document import MinutesDocument
    from observe_app.services.pdf.minutes_words import MinutesWords

_TRIES = ((1.0, 1.0), (0.6, 1.0), (0.25, 1.0), (0.0, 0.95), (0.0, 0.88))
"""Air and size of the type, the loosest first."""
_HOPELESS = 3
"""Pages of a natural try from which no closer one is made."""


@dataclass(frozen=True, slots=True)
class MinutesKit(Setting):
    """The minutes with everything that setting them needs."""

    document: MinutesDocument
    own: MinutesWords

    @property
    def styles(self) -> dict[str, ParagraphStyle]:
        """The paragraph styles by name."""
        return look.styles(self.sheet.air, self.sheet.size, saving=self.document.ink_saving)


class MinutesSheets(BaseDocTemplate):  # type: ignore[misc]  # ReportLab is untyped
    """A document of our pages; stops where it is asked to."""

    def __init__(self, target: io.BytesIO, kit: MinutesKit, progress: Progress | None) -> None:
        """Write to `target` with the minutes' metadata."""
        self.kit, self._progress = kit, progress
        sheet, document = kit.sheet, kit.document
        super().__init__(
            target,
            pagesize=(sheet.width, sheet.height),
            title=kit.ink.line(_name(kit))[:300],
            subject=kit.ink.line(kit.own.kind),
            author=kit.ink.line(document.school),
            creator="Observe",
            producer="Observe",
            keywords=[],
            lang=language_tag(document.language),
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
        """Raise Cancelled when the person asked to stop."""
        if self._progress is not None and self._progress.stopping:
            raise Cancelled


def _name(kit: MinutesKit) -> str:
    document, own = kit.document, kit.own
    if not document.when:
        return own.name_undated.format(title=document.title)
    pattern = own.name_planned if document.planned else own.name
    return pattern.format(title=document.title, date=document.when)


def _draw_foot(canvas: Any, sheets: MinutesSheets) -> None:
    kit = sheets.kit
    document = kit.document
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, 8)
    y = kit.sheet.foot - 18
    right = kit.sheet.width - kit.sheet.margin
    room = fonts.width(kit.words.page.format(page=1000, pages=1000), fonts.REGULAR, 8) + 8
    if document.made_label:
        made = fonts.fitted(kit.ink.line(kit.own.made.format(date=document.made_label)), fonts.REGULAR, 8, 150)
        canvas.drawRightString(right - room, y, made)
        room += fonts.width(made, fonts.REGULAR, 8) + 12
    purpose = fonts.fitted(kit.ink.line(document.purpose_line), fonts.REGULAR, 8, kit.sheet.column - room)
    if purpose:
        canvas.drawString(kit.sheet.margin, y, purpose)
    canvas.restoreState()
    canvas.folio(right, y)


def _draw_head(canvas: Any, sheets: MinutesSheets) -> None:
    kit = sheets.kit
    sheet = kit.sheet
    y = sheet.height - sheet.head + 18
    canvas.saveState()
    canvas.setFont(fonts.REGULAR, 8)
    canvas.setFillColor(look.MUTED)
    canvas.drawString(sheet.margin, y, fonts.fitted(kit.ink.line(_name(kit)), fonts.REGULAR, 8, sheet.column))
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(sheet.margin, y - 6, sheet.width - sheet.margin, y - 6)
    canvas.restoreState()


def build_minutes(
    document: MinutesDocument, layout: Callable[[MinutesKit], list[Any]], progress: Progress | None
) -> tuple[bytes, int, frozenset[str]]:
    """Set minutes with one layout, as loosely as they fit on a page, and return file, pages and characters replaced.

    Raises:
        LayoutError: something does not fit on any page. Cancelled: the person asked to stop.
    """
    natural = best = _built(document, layout, progress, *_TRIES[0])
    if natural[1] >= _HOPELESS:
        return natural
    for air, size in _TRIES[1:]:
        if best[1] == 1:
            break
        best = _built(document, layout, progress, air, size)
    return best if best[1] < natural[1] else natural


def _built(
    document: MinutesDocument,
    layout: Callable[[MinutesKit], list[Any]],
    progress: Progress | None,
    air: float,
    size: float,
) -> tuple[bytes, int, frozenset[str]]:
    ink = Ink(fonts.register())
    words = words_for(document.language)
    sheet = look.SHEETS[document.paper]
    kit = MinutesKit(
        words,
        sheet.tightened(air, size) if (air, size) != (1.0, 1.0) else sheet,
        ink,
        Node("Document"),
        document,
        minutes_words(document.language),
    )
    target = io.BytesIO()
    sheets = MinutesSheets(target, kit, progress)

    def canvas(*args: Any, **rest: Any) -> MarkedCanvas:
        made = partial(MarkedCanvas, words=words, root=kit.root, stamp=stamp_of(document.made))(*args, **rest)
        made.ink_saving = document.ink_saving
        made.pulse = sheets.pulse
        return made

    sheets.build(layout(kit), canvasmaker=canvas)
    return target.getvalue(), sheets.page, frozenset(ink.replaced)
