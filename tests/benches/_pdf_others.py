"""The same words set by others: plain ReportLab, fpdf2 and WeasyPrint, without tags, links, fields or pictures."""

from __future__ import annotations

import importlib.util
import io
from html import escape
from typing import TYPE_CHECKING, Any

from observe_app.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.services.pdf.reading import Element

Block = tuple[str, Any]
"""("h" or "p", text) or ("table", rows of texts)."""

_FONT = resources_dir() / "fonts" / "SourceSans3-Regular.ttf"
_BOLD = resources_dir() / "fonts" / "SourceSans3-Semibold.ttf"


def blocks_of(root: Element) -> list[Block]:
    """Return what a tagged file says as headings, paragraphs and tables, in the order of reading."""
    out: list[Block] = []

    def collect(one: Element) -> None:
        if one.role == "Table":
            rows = [[cell.text() for cell in row.walk() if cell.role in ("TH", "TD")]
                    for row in one.walk() if row.role == "TR"]  # fmt: skip
            out.append(("table", [row for row in rows if row]))
            return
        own = "".join(part for part in one.parts if isinstance(part, str)).strip()
        if own:
            out.append(("h" if one.role[:1] == "H" else "p", own))
        for part in one.parts:
            if not isinstance(part, str):
                collect(part)

    collect(root)
    return out


def platypus(blocks: Sequence[Block]) -> bytes:
    """Set the blocks with ReportLab's own paragraphs and tables."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    if "Bare" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Bare", str(_FONT), shapable=False))
        pdfmetrics.registerFont(TTFont("BareBold", str(_BOLD), shapable=False))
    body = ParagraphStyle("bare", fontName="Bare", fontSize=9.6, leading=13.4)
    head = ParagraphStyle("bare_head", fontName="BareBold", fontSize=13, leading=16)
    story: list[Any] = []
    for kind, value in blocks:
        if kind == "table":
            columns = max(len(row) for row in value)
            rows = [[Paragraph(escape(cell), body) for cell in row] + [""] * (columns - len(row)) for row in value]
            story.append(Table(rows, colWidths=[493 / columns] * columns, repeatRows=1))
        else:
            story.append(Paragraph(escape(value), head if kind == "h" else body))
    target = io.BytesIO()
    SimpleDocTemplate(target, initialFontName="Bare").build(story)
    return target.getvalue()


def _fpdf2(blocks: Sequence[Block]) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(format="A4", unit="pt")
    pdf.set_margin(51)
    pdf.add_font("Bare", fname=str(_FONT))
    pdf.add_font("Bare", style="B", fname=str(_BOLD))
    pdf.add_page()
    for kind, value in blocks:
        pdf.set_font("Bare", "B" if kind == "h" else "", 13 if kind == "h" else 9.6)
        if kind == "table":
            columns = max(len(row) for row in value)
            with pdf.table(line_height=13.4, first_row_as_headings=False) as table:
                for row in value:
                    made = table.row()
                    for cell in row + [""] * (columns - len(row)):
                        made.cell(cell)
        else:
            pdf.multi_cell(0, 16 if kind == "h" else 13.4, value, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _weasyprint(blocks: Sequence[Block]) -> bytes:
    from weasyprint import HTML

    parts = [
        "<style>@page{size:A4;margin:51pt}@font-face{font-family:Bare;src:url(", _FONT.as_uri(), ")}",
        "body{font:9.6pt/13.4pt Bare}h2{font-size:13pt}</style>",
    ]  # fmt: skip
    for kind, value in blocks:
        if kind == "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in value)
            parts += ["<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"]
        else:
            tag = "h2" if kind == "h" else "p"
            parts.append(f"<{tag}>{escape(value)}</{tag}>")
    return bytes(HTML(string="".join(parts)).write_pdf())


def installed() -> dict[str, Callable[[Sequence[Block]], bytes]]:
    """Return the other makers of PDFs that are installed here; none of them is needed for anything."""
    known = {"fpdf": ("fpdf2", _fpdf2), "weasyprint": ("weasyprint", _weasyprint)}
    return {name: make for module, (name, make) in known.items() if importlib.util.find_spec(module)}
