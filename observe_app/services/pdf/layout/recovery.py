"""The sheet with somebody's twelve words, set on one page."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import BaseDocTemplate, Frame, KeepInFrame, PageTemplate
from reportlab.platypus.flowables import HRFlowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.form_kit import SHEETS
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.layout.pieces import Setting, space, table
from observe_app.services.pdf.layout.sheets import language_tag
from observe_app.services.pdf.layout.stamp import EPOCH
from observe_app.services.pdf.recovery_sheet import WORDS
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import capitals, words_for

if TYPE_CHECKING:
    from observe_app.services.pdf.recovery_sheet import RecoverySheet

_COLUMNS = 4
_TOP = 44.0
_LONG_TITLE = 44
_MOST_NAME = 200
_LEAD_SIZE = 11.0
_STEP_INDENT = 20.0


def build_recovery(sheet: RecoverySheet) -> bytes:
    """Return the page as the bytes of a PDF.

    Raises:
        ValueError: there are not twelve words.
    """
    if len(sheet.words) != WORDS:
        message = "a recovery sheet has twelve words"
        raise ValueError(message)
    kit = Setting(words_for(sheet.language), SHEETS[sheet.paper], Ink(fonts.register()), Node("Document"))
    target = io.BytesIO()
    title = _title(sheet)
    page = kit.sheet
    document = BaseDocTemplate(
        target, pagesize=(page.width, page.height), title=kit.ink.line(title), subject="", creator="Observe",
        producer="Observe", author="", keywords=[], lang=language_tag(sheet.language),
    )  # fmt: skip
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frame = Frame(page.margin, page.foot, page.column, page.height - page.foot - _TOP, **bare)
    document.addPageTemplates([PageTemplate("only", [frame], onPageEnd=partial(_foot, kit, sheet))])
    story = _story(kit, sheet, title)
    # Names may be very long: the page is set smaller rather than becoming two.
    whole = KeepInFrame(page.column, page.height - page.foot - _TOP - 1, story, mode="shrink")
    document.build([whole], canvasmaker=partial(MarkedCanvas, words=kit.words, root=kit.root, stamp=EPOCH))
    return target.getvalue()


def _title(sheet: RecoverySheet) -> str:
    name = sheet.name.strip()[:_MOST_NAME]
    return sheet.fixed.title.format(name=name) if name else sheet.fixed.title_unnamed


def _story(kit: Setting, sheet: RecoverySheet, title: str) -> list[Any]:
    fixed = sheet.fixed
    section = kit.root.add("Sect")
    style = "form_title" if len(title) <= _LONG_TITLE else "form_title_long"
    lead = kit.styles["body"].clone("recovery_lead", fontSize=_LEAD_SIZE, leading=15.4)
    return [
        Drawn(kit.sheet.column, 11, _eyebrow(kit, fixed.kind), section.add("P")),
        space(3),
        kit.text(title, style, section.add("H1")),
        space(5),
        Text(kit.markup(fixed.lead), lead, section.add("P")),
        space(12),
        _rule(2.0, look.BAND),
        _rule(1.6, look.TEAL),
        _words(kit, sheet, section),
        space(18),
        *_facts(kit, sheet),
        *_advice(kit, sheet),
    ]


def _words(kit: Setting, sheet: RecoverySheet, section: Node) -> Any:
    """Return the words as a numbered list that is set in four columns."""
    listing = section.add("L")
    listing.numbering = "Decimal"
    number = kit.styles["body"].clone("recovery_number", fontSize=10, leading=18, textColor=look.MUTED)
    word = kit.styles["body"].clone(
        "recovery_word", fontName=fonts.SEMIBOLD, fontSize=15, leading=18, textColor=look.INK
    )
    cells: list[Any] = []
    for at, one in enumerate(sheet.words, start=1):
        item = listing.add("LI")
        cells.append(Text(str(at), number, item.add("Lbl")))
        cells.append(Text(kit.markup(one), word, item.add("LBody").add("P")))
    rows = [cells[start : start + 2 * _COLUMNS] for start in range(0, len(cells), 2 * _COLUMNS)]
    wide = kit.sheet.column / _COLUMNS
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        *(("TOPPADDING", (column, 0), (column, -1), 10.9) for column in range(0, 2 * _COLUMNS, 2)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, look.RULE),
    ]
    return table(rows, [22.0, wide - 22.0] * _COLUMNS, commands, head=0)


def _facts(kit: Setting, sheet: RecoverySheet) -> list[Any]:
    """Return the number and where the words are used; nothing where nothing is known."""
    fixed, section = sheet.fixed, kit.root.add("Sect")
    story: list[Any] = []
    if sheet.number:
        large = kit.styles["body"].clone(
            "recovery_own", fontName=fonts.SEMIBOLD, fontSize=14, leading=20, textColor=look.ACCENT
        )
        story += [
            kit.text(fixed.number, "h3", section.add("H2")),
            Text(kit.markup(sheet.number), large, section.add("P")),
            *kit.paragraphs(fixed.number_note, "small", section),
            space(8),
        ]
    facts = ((fixed.folder, sheet.folder), (fixed.school, sheet.school), (fixed.made, sheet.made))
    for label, value in facts:
        if value.strip():
            markup = f'<font color="#56636F">{kit.markup(label)}:</font> {kit.markup(value[:_MOST_NAME])}'
            story.append(kit.marked(markup, "body", section.add("P")))
    return [*story, space(8)] if story else [kit.text(" ", "small", None)]


def _advice(kit: Setting, sheet: RecoverySheet) -> list[Any]:
    fixed, section = sheet.fixed, kit.root.add("Sect")
    story: list[Any] = [kit.text(fixed.what_to_do, "h2", section.add("H2"))]
    steps = (
        (fixed.another, fixed.another_note),
        (fixed.lost, fixed.lost_note),
        (fixed.sheet_lost, fixed.sheet_lost_note),
    )
    for title, text in steps:
        story += [
            kit.text(title, "h3", section.add("H3")),
            *kit.paragraphs(text, "body", section),
            space(5),
        ]
    story += [
        kit.text(fixed.keep, "h2", section.add("H2")),
        *kit.paragraphs(fixed.keep_note, "body", section),
    ]
    return story


def _rule(thick: float, colour: Any) -> HRFlowable:
    return HRFlowable(width="100%", thickness=thick, color=colour, spaceBefore=0, spaceAfter=0, lineCap="butt")


def _eyebrow(kit: Setting, text: str) -> Any:
    def paint(canvas: Any, _width: float, height: float) -> None:
        canvas.setFillColor(look.ACCENT)
        canvas.setFont(fonts.SEMIBOLD, 8.2)
        canvas.drawString(0, height - 8, kit.ink.line(capitals(text)), charSpace=0.9)

    return paint


def _foot(kit: Setting, sheet: RecoverySheet, canvas: Any, _document: Any) -> None:
    page = kit.sheet
    told = " · ".join(part.strip() for part in (sheet.name, sheet.school) if part.strip())
    canvas.saveState()
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, 8)
    canvas.drawString(page.margin, page.foot - 17, fonts.fitted(kit.ink.line(told), fonts.REGULAR, 8, page.column - 70))
    canvas.restoreState()
    canvas.folio(page.width - page.margin, page.foot - 17)
