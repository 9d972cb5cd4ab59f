"""The story of a comparison: its parts in reading order, charts three in a row, tables in pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from observe_app.services.charts.agreement import Strip, agreement_strip
from observe_app.services.charts.heat import heat_map
from observe_app.services.charts.over_time import course_of, small_multiple
from observe_app.services.charts.picture import POINTS, Size
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.band import Band
from observe_app.services.pdf.layout.flowables import Drawn, Placed
from observe_app.services.pdf.layout.pictures import PictureFlowable, ruler
from observe_app.services.pdf.layout.pieces import ROWS_TOGETHER, hairlines, shortened, space, table
from observe_app.services.pdf.term_build import pieces
from observe_app.services.pdf.term_document import (
    Bullets,
    Heading,
    Heat,
    Multiples,
    Prose,
    Strips,
    TextTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.layout.term_sheets import TermKit
    from observe_app.services.pdf.structure import Node
    from observe_app.services.pdf.term_document import Part, TextCell

_COLUMNS = 3
_APART = 20.0
_BELOW = 9.0
_LONG, _LONGEST = 44, 110
_MOST = 420
_BAR = 7.0
_TONES = {"": "", "strong": "#17263A", "muted": "#56636F", "warm": "#9A4F0B"}
_HEAT_SCALE = 0.92
_HEAT_SMALL = 0.78
_HEAT_ROWS, _HEAT_MANY = 20, 30
"""The most items of a map, and of one that is drawn smaller: more of them would not stand on a page."""


def term_story(kit: TermKit) -> list[Any]:
    """Return the whole comparison."""
    story = _band(kit)
    section = kit.root.add("Sect")
    number = 0
    for at, part in enumerate(kit.document.parts):
        if isinstance(part, Heading):
            if part.level == 0:
                section = kit.root.add("Sect")
                number += 1
            story += _heading(kit, part, section, f"compare-{number}", _need(kit.document.parts[at + 1 :]))
        else:
            story += _part(kit, part, section)
    while isinstance(story[-1], Spacer):  # air below the last words would make an empty page
        story.pop()
    return story


def _part(kit: TermKit, part: Part, section: Node) -> list[Any]:
    match part:
        case Prose():
            made = kit.paragraphs(part.text, "small" if part.small else "body", section)
            return [*made, space(3 if part.small else 5)]
        case Bullets():
            return _bullets(kit, part, section)
        case Multiples():
            return [space(6), *_multiples(kit, part, section)]
        case Heat():
            return _heat(kit, part, section)
        case TextTable():
            return [*_table(kit, part, section), space(kit.sheet.gap)]
        case Strips():
            return _strips(kit, part, section)
        case _:
            return []


def _band(kit: TermKit) -> list[Any]:
    head = kit.document.head
    section = kit.root.add("Sect")
    nodes = section.add("P"), section.add("P")
    name = kit.ink.line(head.title)
    style = "name" if len(name) <= _LONG else "name_long" if len(name) <= _LONGEST else "name_longest"
    title = kit.text(shortened(name, _MOST), style, section.add("H1"))
    lines: list[Any] = [Placed(title, "part-top", title=shortened(name, 80))]
    lines += [kit.text(shortened(kit.ink.line(line), _MOST), "meta", section.add("P")) for line in head.lines if line]
    whom = kit.ink.line(head.confidential)
    return [Band(kit.sheet, lines, nodes, kind=kit.ink.line(head.kind), whom=whom), space(kit.sheet.gap + 4)]


def _heading(kit: TermKit, part: Heading, section: Node, key: str, need: float) -> list[Any]:
    """Return a heading with what must stand below it on its page."""
    if part.level:
        return [CondPageBreak(need + 24), space(5), kit.text(part.text, "h3", section.add("H3")), space(3)]
    return [CondPageBreak(need + 40), space(4), kit.headed(part.text, section, key)]


def _need(parts: Sequence[Part]) -> float:
    """Return how many points stay with a heading: the words below it, and what comes first after them."""
    total = 0.0
    for part in parts:
        match part:
            case Prose():
                total += 16 + 14 * (len(part.text) // 110)
            case Heading():
                total += 30
            case Multiples():
                return total + 105
            case Heat():
                rows = pieces(len(part.term.series), _rows_of(part))[0][1]
                return total + 40 + rows * 36 * POINTS * _scale_of(part)
            case Strips():
                return total + 150
            case TextTable():
                return total + min(30 + 17 * len(part.rows), 260)
            case _:
                return total + 60
    return total


def _bullets(kit: TermKit, part: Bullets, section: Node) -> list[Any]:
    listing = section.add("L")
    listing.numbering = "Disc"
    story: list[Any] = []
    for item in part.items:
        row = listing.add("LI")
        for text in kit.ink.paragraphs(item):
            body = row.add("LBody").add("P")
            made = kit.marked(_bullet(kit, text), "body", body)
            story += [made, space(2)]
    return [*story, space(kit.sheet.gap - 2)]


def _bullet(kit: TermKit, text: str) -> str:
    return f'<font color="#0B5C66">–</font>&nbsp; {kit.markup(text)}'


# --- charts ----------------------------------------------------------------------------------------------------------


class Row(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """Pictures side by side, as high as the highest; their feet stand on one line."""

    def __init__(self, pictures: list[PictureFlowable], apart: float) -> None:
        """Hold the pictures."""
        super().__init__()
        self.pictures, self.apart = pictures, apart

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the pictures' size."""
        self.width, self.height = width, max((one.height for one in self.pictures), default=0.0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw them from left to right."""
        x = 0.0
        for one in self.pictures:
            one.drawOn(self.canv, x, self.height - one.height)
            x += one.width + self.apart


def _multiples(kit: TermKit, part: Multiples, section: Node) -> list[Any]:
    wide = (kit.sheet.column - (_COLUMNS - 1) * _APART) / _COLUMNS / POINTS
    story: list[Any] = []
    for at in range(0, len(part.series), _COLUMNS):
        few = part.series[at : at + _COLUMNS]
        courses = [course_of(part.term, series) for series in few]
        plain = [small_multiple(course, Size(wide), ruler, kit.charts) for course in courses]
        high = max(picture.height for picture in plain)
        made = [
            picture if picture.height == high else small_multiple(course, Size(wide, high), ruler, kit.charts)
            for course, picture in zip(courses, plain, strict=True)
        ]
        story += [Row([PictureFlowable(one, section, line=kit.ink.line) for one in made], _APART), space(_BELOW)]
    return story


def _heat(kit: TermKit, part: Heat, section: Node) -> list[Any]:
    """Return the map, as often as its columns and rows need it."""
    scale = _scale_of(part)
    wide = kit.sheet.column / POINTS / scale
    story: list[Any] = []
    first, total = 0, len(part.term.visits)
    while first < total:
        shown = total
        for begin, end in pieces(len(part.term.series), _rows_of(part)):
            rows = replace(part.term, series=part.term.series[begin:end])
            picture = heat_map(rows, Size(wide, first=first), ruler, kit.charts)
            columns = picture.columns
            shown = columns.shown if columns is not None and columns.shown > 0 else total
            if begin == 0 and shown < total:
                text = kit.own.heat_more.format(first=first + 1, last=min(first + shown, total))
                story += [CondPageBreak(110), kit.text(text, "h3", section.add("H3")), space(2)]
            story += [PictureFlowable(picture, section, scale=POINTS * scale, line=kit.ink.line), space(_BELOW)]
        first += shown
    return story


def _scale_of(part: Heat) -> float:
    return _HEAT_SCALE if len(part.term.series) <= _HEAT_ROWS else _HEAT_SMALL


def _rows_of(part: Heat) -> int:
    return _HEAT_ROWS if len(part.term.series) <= _HEAT_ROWS else _HEAT_MANY


def _strips(kit: TermKit, part: Strips, section: Node) -> list[Any]:
    """Return the strip, as often as its intervals need it."""
    wide = kit.sheet.column / POINTS / _HEAT_SCALE
    story: list[Any] = []
    first, total = 0, part.sheet.intervals
    while first < total:
        picture = agreement_strip(Strip(part.sheet, part.names), Size(wide, first=first), ruler, kit.charts)
        columns = picture.columns
        shown = columns.shown if columns is not None and columns.shown > 0 else total
        story += [PictureFlowable(picture, section, scale=POINTS * _HEAT_SCALE, line=kit.ink.line), space(_BELOW)]
        first += shown
    return story


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(kit: TermKit, part: TextTable, section: Node) -> list[Any]:
    widths = _widths(kit, part)
    story: list[Any] = []
    for begin in range(0, max(len(part.rows), 1), ROWS_TOGETHER):
        rows = part.rows[begin : begin + ROWS_TOGETHER]
        node = section.add("Table")
        head = node.add("THead").add("TR")
        cells: list[list[Any]] = [
            [kit.text(word, "th", head.add("TH", scope="Column", once=True)) for word in part.heads]
        ]
        body = node.add("TBody")
        commands = hairlines()
        for at, row in enumerate(rows):
            if begin + at in part.spans:
                title = body.add("TR").add("TH", scope="Row", span=len(part.heads))
                cells.append([kit.text(row[0].text, "cell_strong_label", title), *[""] * (len(part.heads) - 1)])
                commands += [("SPAN", (0, at + 1), (-1, at + 1)), ("TOPPADDING", (0, at + 1), (-1, at + 1), 8)]
            else:
                cells.append(_row(kit, row, body.add("TR"), widths))
        commands += [("TOPPADDING", (0, 1), (-1, -1), 2.5), ("BOTTOMPADDING", (0, 1), (-1, -1), 3)]
        story.append(table(cells, widths, commands))
    return story


def _row(kit: TermKit, row: tuple[TextCell, ...], node: Node, widths: list[float]) -> list[Any]:
    made: list[Any] = []
    for at, cell in enumerate(row):
        own = node.add("TH", scope="Row") if at == 0 else node.add("TD")
        words = kit.marked(_toned(kit, cell), "label" if cell.tone != "strong" else "cell_strong_label", own)
        made.append([words, _bar(cell.bar, widths[at] - 8)] if cell.bar else words)
    return made


def _toned(kit: TermKit, cell: TextCell) -> str:
    words, colour = kit.markup(shortened(kit.ink.line(cell.text), _MOST)), _TONES[cell.tone]
    return f'<font color="{colour}">{words}</font>' if words and colour and cell.tone != "strong" else words


def _widths(kit: TermKit, part: TextTable) -> list[float]:
    count = len(part.heads)
    shares = part.shares or (0.4, *[0.6 / max(count - 1, 1)] * (count - 1))
    return [kit.sheet.column * share for share in shares]


_SHADES = (look.PALE, look.TEAL, HexColor("#31747E"), look.ACCENT)


def _bar(parts: tuple[float, ...], width: float) -> Drawn:
    """Return parts of a whole side by side, from pale to dark; decoration, for the cell's words say the same."""

    def paint(canvas: Any, wide: float, _height: float) -> None:
        x, count = 0.0, max(len(parts) - 1, 1)
        for at, share in enumerate(parts):
            if share > 0:
                shade = _SHADES[round(at * (len(_SHADES) - 1) / count)]
                canvas.setFillColor(shade)
                canvas.setStrokeColor(look.ACCENT)
                canvas.setLineWidth(0.5)
                saving = int(look.saving(canvas))
                canvas.rect(x, 0.5, max(wide * share - 1, 0.5), _BAR - 1, stroke=saving, fill=1 - saving)
            x += wide * share

    return Drawn(max(width, 1.0), _BAR, paint)
