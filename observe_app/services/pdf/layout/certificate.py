"""A certificate, set on one page lying on its side."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, KeepInFrame, PageTemplate

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.form_kit import SHEETS, turned
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.layout.pieces import Setting, shortened, space, table
from observe_app.services.pdf.layout.sheets import language_tag
from observe_app.services.pdf.layout.stamp import stamp_of
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import capitals, words_for

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

    from observe_app.services.pdf.certificate_document import CertificatePage

_INSET = 24.0
_SIDE = 84.0
_TOP, _FOOT, _FEET = 62.0, 46.0, 104.0
_KIND_WIDTH = 118.0
_MOST_NAME, _MOST_SCHOOL = 200, 160
_LONG, _LONGEST = 34, 80


def build_certificate_page(page: CertificatePage) -> tuple[bytes, int, frozenset[str]]:
    """Return the page as the bytes of a PDF, the number of pages (1), and the characters replaced."""
    ink = Ink(fonts.register())
    sheet = turned(SHEETS[page.facts.paper])
    kit = Setting(words_for(page.facts.language), sheet, ink, Node("Document"))
    target = io.BytesIO()
    document = BaseDocTemplate(
        target, pagesize=(sheet.width, sheet.height),
        title=ink.line(f"{page.title} {page.number}"), subject=ink.line(page.below), creator="Observe",
        producer="Observe", author=ink.line(page.school), keywords=[], lang=language_tag(page.facts.language),
    )  # fmt: skip
    wide, high = sheet.width - 2 * _SIDE, sheet.height - _TOP - _FOOT - _FEET
    bare = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    upper, lower = Frame(_SIDE, _FOOT + _FEET, wide, high, **bare), Frame(_SIDE, _FOOT, wide, _FEET, **bare)
    document.addPageTemplates([PageTemplate("only", [upper, lower], onPage=partial(_ground, page))])
    section = kit.root.add("Sect")
    # Names may be very long: the page is set smaller rather than becoming two.
    story = KeepInFrame(wide, high - 1, _story(kit, page, wide, section), mode="shrink", hAlign="CENTER")
    feet = KeepInFrame(wide, _FEET - 1, _feet(kit, page, wide, section), mode="shrink", hAlign="CENTER")
    canvas = partial(MarkedCanvas, words=kit.words, root=kit.root, stamp=stamp_of(page.facts.made))
    document.build([story, FrameBreak(), feet], canvasmaker=canvas)
    return target.getvalue(), document.page, frozenset(ink.replaced)


def _style(kit: Setting, name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    style: ParagraphStyle = kit.styles["body"].clone(
        f"certificate_{name}", fontSize=size, leading=leading, alignment=TA_CENTER, **more
    )
    return style


def _story(kit: Setting, page: CertificatePage, wide: float, section: Node) -> list[Any]:
    name = shortened(kit.ink.line(page.name), _MOST_NAME)
    size = 34.0 if len(name) <= _LONG else 22.0 if len(name) <= _LONGEST else 15.0
    bold = {"fontName": fonts.BOLD, "textColor": look.INK}
    story: list[Any] = []
    if page.withdrawn:
        warm = _style(kit, "withdrawn", 13, 18, fontName=fonts.SEMIBOLD, textColor=look.WARM)
        story += [Text(kit.markup(page.withdrawn), warm, section.add("P")), space(6)]
    if page.school.strip():
        school = shortened(kit.ink.line(page.school), _MOST_SCHOOL)
        eyebrow = _style(kit, "school", 13, 17, fontName=fonts.SEMIBOLD, textColor=look.ACCENT)
        story += [Text(kit.markup(school), eyebrow, section.add("P")), space(20)]
    return [
        *story,
        Text(kit.markup(capitals(page.title)), _style(kit, "title", 27, 33, **bold), section.add("H1")),
        Text(kit.markup(page.below), _style(kit, "below", 13, 18, textColor=look.ACCENT), section.add("P")),
        space(30),
        Text(kit.markup(name), _style(kit, "name", size, size * 1.24, **bold), section.add("P")),
        space(4),
        Drawn(wide, 8, _name_rule),
        Text(kit.markup(page.certifies), _style(kit, "text", 13, 18), section.add("P")),
        Text(kit.markup(page.days), _style(kit, "days", 13, 18), section.add("P")),
        space(14),
        Text(
            kit.markup(page.total),
            _style(kit, "total", 26, 32, fontName=fonts.BOLD, textColor=look.ACCENT),
            section.add("P"),
        ),
        space(8),
        *_kinds(kit, page, wide, section),
    ]


def _kinds(kit: Setting, page: CertificatePage, wide: float, section: Node) -> list[Any]:
    """Return each kind with its time below, side by side, as a list that is read one after the other."""
    if not page.kinds:
        return []
    listing = section.add("L")
    label = _style(kit, "kind", 9.6, 13, textColor=look.MUTED)
    value = _style(kit, "value", 13, 18, fontName=fonts.SEMIBOLD, textColor=look.INK)
    cells: list[Any] = []
    for what, time in page.kinds:
        body = listing.add("LI").add("LBody")
        cells.append([Text(kit.markup(what), label, body.add("P")), Text(kit.markup(time), value, body.add("P"))])
    each = min(_KIND_WIDTH, wide / len(cells))
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    made = table([cells], [each] * len(cells), commands, head=0)
    made.hAlign = "CENTER"
    return [made]


def _feet(kit: Setting, page: CertificatePage, wide: float, section: Node) -> list[Any]:
    """Return the number and the day at the left, the line to sign on at the right, and what the number is good for."""
    label = kit.styles["body"].clone("certificate_label", fontSize=9, leading=12, textColor=look.MUTED)
    number = kit.styles["body"].clone(
        "certificate_number", fontName=fonts.SEMIBOLD, fontSize=14, leading=19, textColor=look.INK
    )
    left = [
        Text(kit.markup(page.number_label), label, section.add("P")),
        Text(kit.markup(page.number), number, section.add("P")),
        Text(kit.markup(page.issued), label, section.add("P")),
    ]
    right = [Drawn(wide * 0.36, 32, _signature), Text(kit.markup(page.signed), label, section.add("P"))]
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    checked = kit.styles["body"].clone("certificate_checked", fontSize=8.3, leading=11.2, textColor=look.MUTED)
    return [
        table([[left, "", right]], [wide * 0.44, wide * 0.2, wide * 0.36], commands, head=0),
        space(10),
        Text(kit.markup(page.checked), checked, section.add("P")),
    ]


def _name_rule(canvas: Any, width: float, height: float) -> None:
    canvas.setStrokeColor(look.TEAL)
    canvas.setLineWidth(1.2)
    canvas.line(width / 2 - 70, height / 2, width / 2 + 70, height / 2)


def _signature(canvas: Any, width: float, _height: float) -> None:
    canvas.setStrokeColor(look.MUTED)
    canvas.setLineWidth(0.7)
    canvas.line(0, 2, width, 2)


def _ground(page: CertificatePage, canvas: Any, document: Any) -> None:
    """Draw the frame: a dark line and a light one inside it; decoration."""
    wide, high = document.pagesize
    canvas.saveState()
    canvas.setStrokeColor(look.MUTED if page.withdrawn else look.BAND)
    canvas.setLineWidth(2.2)
    canvas.rect(_INSET, _INSET, wide - 2 * _INSET, high - 2 * _INSET, stroke=1, fill=0)
    canvas.setStrokeColor(look.RULE if page.withdrawn else look.TEAL)
    canvas.setLineWidth(0.8)
    inner = _INSET + 7
    canvas.rect(inner, inner, wide - 2 * inner, high - 2 * inner, stroke=1, fill=0)
    canvas.restoreState()
