"""Items of a printed form that stand alone: choices, numbers, texts, and what is counted and timed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Spacer

from observe_app.services.pdf.form_document import LESSON_MINUTES
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, Panel, Together
from observe_app.services.pdf.layout.form_grids import after_answer, levels_as_list
from observe_app.services.pdf.layout.form_head import written
from observe_app.services.pdf.layout.form_kit import (
    GUTTER,
    PEN,
    Lines,
    absences,
    bare,
    beside,
    bulk,
    cells,
    is_long,
    long_head,
    mark,
    ring,
    tag,
    worded_boxes,
)
from observe_app.services.pdf.layout.form_kit import box as draw_box
from observe_app.services.pdf.layout.pieces import space, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from observe_app.services.pdf.form_document import PaperItem
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

_RUNS = 5
"""Starts and stops that a timer has room for on one line."""
_SWEEPS = 13
_WAITS = 10
_WAIT_ROWS = 2
_MOST_UNIT = 200.0
"""Width of a unit that stands behind the line for the number; a longer one stands above it."""
_GAP = 24.0
"""Between columns of options."""
_WHY = 66.0
_NARROW_LABEL = 160
"""Characters of label and help that may stand in the narrow column beside boxes."""
_FEW = 5
"""Timers that are kept on one page."""
_TOGETHER = 12
"""Options that are kept on one page with their question."""


def alone(kit: FormKit, item: PaperItem, node: Node) -> list[Any]:
    """Return one item with the space to answer it; it stays on one page where a page can hold it."""
    part = node.add("Div")
    match item.kind:
        case "guidance":
            return _guidance(kit, item, part)
        case "rating":
            return levels_as_list(kit, item, node)
        case "check":
            return _framed(kit, item, part, [_yes_no(kit, part), after_answer(kit, part)])
        case "choice" | "choices":
            return _options(kit, item, part)
        case "number":
            wide = fonts.width(kit.ink.line(item.unit), fonts.REGULAR, 9) > _MOST_UNIT
            line = _number(kit, replace(item, unit="") if wide else item, part)
            return _framed(kit, item, part, [line], item.unit if wide else "")
        case "text":
            lines = Lines(5, 21, GUTTER) if item.long else Lines(1, 23, GUTTER)
            return _framed(kit, item, part, [lines, space(5)])
        case "sweep":
            return _sweep(kit, item, part)
        case _:
            return _wait(kit, item, part)


def _framed(kit: FormKit, item: PaperItem, part: Node, answer: list[Any], hint: str = "") -> list[Any]:
    """Return an item's head, a hint, and below it what is filled in."""
    made = len(part.children)
    said = kit.label(item, part)
    if hint:
        said.append(kit.text(hint, "small", part.add("P")))
    long = is_long(item)
    head = None if long else beside(kit, item, said, part, made)
    # what is filled in was made first and is read last
    part.children[:] = part.children[made:] + part.children[:made]
    if long:
        return [space(5), *long_head(item, said), Together([space(2), *answer]), space(3)]
    return [Together([space(5), head, space(2), *answer, space(3)])]


def _indented(kit: FormKit, content: Any) -> Any:
    return table([["", content]], [GUTTER, kit.body], bare(), head=0)


def _guidance(kit: FormKit, item: PaperItem, part: Node) -> list[Any]:
    said = []
    if item.label.strip():
        said += kit.title(item.label, "cell_strong", part, "P")
    if item.condition:
        said += kit.paragraphs(item.condition, "only_if", part)
    said += kit.paragraphs(item.help, "small", part)
    panel = Panel(said, padding=(1, 0, 2, 10), bar=look.TEAL, bar_width=2)
    return [space(5), panel, space(4)] if said else []


def _yes_no(kit: FormKit, part: Node) -> Any:
    def paint(canvas: Any, _width: float, height: float) -> None:
        x = 0.0
        for word in (kit.own.yes, kit.own.no):
            draw_box(canvas, x, height / 2 - 4.5)
            canvas.setFillColor(look.TEXT)
            canvas.setFont(fonts.REGULAR, 9)
            canvas.drawString(x + 14, height / 2 - 3, word)
            x += 70

    return _indented(kit, Drawn(kit.body, 16, paint, part.add("P")))


# -- choices


def _options(kit: FormKit, item: PaperItem, part: Node) -> list[Any]:
    one = item.kind == "choice"
    said = kit.label(item, part)
    said.append(kit.text(kit.own.choose_one if one else kit.own.choose_any, "small", part.add("P")))
    long = is_long(item)
    head = long_head(item, said) if long else [beside(kit, item, said, part)]
    answer = [space(2), _option_table(kit, item, part.add("L"), one=one)]
    if item.other:
        answer.append(_indented(kit, Drawn(kit.body, 21, _other(kit, one=one), part.add("P"))))
    answer += [after_answer(kit, part), space(3)]
    if len(item.choices) <= _TOGETHER and not long:
        return [Together([space(5), *head, *answer])]
    return [space(5), CondPageBreak(150), *head, *answer]


def _option_table(kit: FormKit, item: PaperItem, listing: Node, *, one: bool) -> Any:
    widest = max((fonts.width(kit.ink.line(option.label), fonts.REGULAR, 9.2) for option in item.choices), default=0.0)
    fit = int((kit.body + _GAP) // (widest + 18 + _GAP + 2))
    plain = not any(option.text.strip() for option in item.choices)
    columns = max(1, min(4, fit, len(item.choices))) if plain else 1
    high = -(-len(item.choices) // columns)
    # no column may stay empty: 5 options in 4 columns are 2, 2 and 1
    columns = -(-len(item.choices) // high) if high else 1
    wide = (kit.body - _GAP * (columns - 1)) / columns
    rows: list[list[Any]] = [[""] * (3 * columns) for _row in range(high)]
    for at, option in enumerate(item.choices):
        entry = listing.add("LI").add("LBody")
        cell: list[Any] = kit.paragraphs(option.label, "cell", entry)
        cell += kit.paragraphs(option.text, "small", entry)
        column, row = divmod(at, high)
        rows[row][3 * column + 1 : 3 * column + 3] = [mark(one=one), cell]
    widths: list[float] = []
    for column in range(columns):
        widths += [_GAP if column else GUTTER, 18.0, wide - 18]
    return table(rows, widths, bare(top=1.2, bottom=2.6), head=0)


def _other(kit: FormKit, *, one: bool) -> Callable[[Any, float, float], None]:
    def paint(canvas: Any, width: float, _height: float) -> None:
        if one:
            ring(canvas, 5.4, 7.5)
        else:
            draw_box(canvas, 1, 3)
        written(canvas, kit, kit.own.other, 18, 2.5, width, 8.8)

    return paint


def _number(kit: FormKit, item: PaperItem, part: Node) -> Any:
    def paint(canvas: Any, _width: float, _height: float) -> None:
        canvas.setStrokeColor(look.TEAL)
        canvas.setLineWidth(0.7)
        canvas.line(0, 4, 110, 4)
        canvas.setFillColor(look.TEXT)
        canvas.setFont(fonts.REGULAR, 9)
        canvas.drawString(116, 6, unit)
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 8)
        x = 116 + (fonts.width(unit, fonts.REGULAR, 9) + 10 if unit else 0)
        canvas.drawString(x, 6, bounds)

    unit, bounds = kit.ink.line(item.unit), kit.ink.line(item.bounds)
    return _indented(kit, Drawn(kit.body, 24, paint, part.add("P")))


# -- what is counted and timed


def tallies(kit: FormKit, items: Sequence[PaperItem], node: Node) -> Any:
    """Return things to count as rows: a box for the strokes, a smaller one for their number."""
    own, listing = kit.own, node.add("Table")
    widths = [GUTTER, 150.0, 0.0, 62.0, _WHY]
    widths[2] = kit.sheet.column - sum(widths)
    heads = listing.add("THead").add("TR")
    words = ("", own.strokes, own.total, "")
    rows: list[list[Any]] = [
        ["", *(kit.text(word, "th", heads.add("TH", scope="Column", once=True)) for word in words)]
    ]
    body = listing.add("TBody")
    commands: list[tuple[Any, ...]] = [
        *bare(top=5, bottom=5),
        ("RIGHTPADDING", (1, 0), (1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 1),
    ]
    for item in items:
        row = body.add("TR")
        label = _row_label(kit, item, row, rows, commands)
        strokes = Drawn(widths[2] - 8, 38, _open_box(look.TEAL, 0.7))
        total = Drawn(widths[3] - 10, 38, _open_box(PEN, 1.1))
        _left, _middle, last = row.add("TD"), row.add("TD"), row.add("TD")
        why = worded_boxes(kit, absences(kit), last.add("P"), down=True)
        rows.append([*label, strokes, total, why])
        commands.append(("LINEBELOW", (0, len(rows) - 1), (-1, len(rows) - 1), 0.5, look.RULE))
    return table(rows, widths, commands)


def _row_label(kit: FormKit, item: PaperItem, row: Node, rows: list[list[Any]], commands: list[Any]) -> list[Any]:
    """Return the first two cells of an item's row; a long label gets a line of its own above, over all columns."""
    label = kit.label(item, row.add("TH", scope="Row"))
    if bulk(item) <= _NARROW_LABEL:
        return [tag(item), label]
    at = len(rows)
    rows.append([tag(item), label, *([""] * (len(rows[0]) - 2))])
    commands += [
        ("SPAN", (1, at), (-1, at)),
        ("NOSPLIT", (0, at), (-1, at + 1)),
        ("BOTTOMPADDING", (0, at), (-1, at), 0),
    ]
    return ["", ""]


def _open_box(colour: Any, thick: float) -> Callable[[Any, float, float], None]:
    def paint(canvas: Any, width: float, height: float) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.rect(0.5, 0.5, width - 1, height - 1, stroke=1, fill=0)

    return paint


def timers(kit: FormKit, items: Sequence[PaperItem], node: Node) -> list[Any]:
    """Return timers as one table: a line for each, with room for starts and stops."""
    own, part = kit.own, node.add("Div")
    hint = own.timed + (f". {own.one_at_a_time}" if len(items) > 1 and items[0].group else "")
    total, name = 44.0, 128.0
    one = (kit.sheet.column - GUTTER - name - total) / (_RUNS * 2)
    heads = part.add("Table")
    first = heads.add("THead").add("TR")
    row: list[Any] = ["", kit.text(own.timer, "th", first.add("TH", scope="Column", once=True))]
    for _run in range(_RUNS):
        row += [
            kit.text(word, "level", first.add("TH", scope="Column", once=True))
            for word in (own.start_stop_start, own.start_stop_stop)
        ]
    row.append(kit.text(own.total, "level", first.add("TH", scope="Column", once=True)))
    rows, body = [row], heads.add("TBody")
    commands: list[tuple[Any, ...]] = [
        *bare(top=5, bottom=7),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("RIGHTPADDING", (1, 0), (1, -1), 8),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, look.INK),
    ]
    for item in items:
        line = body.add("TR")
        label = _row_label(kit, item, line, rows, commands)
        for _cell in range(_RUNS * 2 + 1):
            line.add("TD")
        at = len(rows)
        rows.append([*label, *([Spacer(1, 16), *[""] * (_RUNS * 2)])])
        commands += [
            ("LINEBELOW", (0, at), (-1, at), 0.5, look.RULE),
            ("LINEAFTER", (2, at), (-2, at), 0.4, look.RULE),
            ("LINEBEFORE", (2, at), (2, at), 0.8, look.TEAL),
            *[("LINEAFTER", (3 + 2 * run, at), (3 + 2 * run, at), 0.8, look.TEAL) for run in range(_RUNS)],
        ]
    made = table(rows, [GUTTER, name, *([one] * (_RUNS * 2)), total], commands)
    # what a table says about all its lines stays with the first of them
    said = [space(5), kit.text(hint, "hint", part.add("P"))]
    return [Together([*said, made]), space(4)] if len(items) <= _FEW else [CondPageBreak(120), *said, made, space(4)]


def _sweep(kit: FormKit, item: PaperItem, part: Node) -> list[Any]:
    every = max(item.every, 1)
    hint = kit.own.sweep_hint_one if every == 1 else kit.own.sweep_hint.format(n=every)
    minutes = [str(every * at) for at in range(1, LESSON_MINUTES // every + 1)]
    minutes += [""] * max(0, 3 - len(minutes))
    bands = -(-len(minutes) // _SWEEPS)
    size = -(-len(minutes) // bands)
    answer: list[Any] = []
    for band in range(bands):
        said = minutes[band * size : (band + 1) * size]
        answer += [_indented(kit, _sweep_band(kit, item, said, size, part.add("P"))), space(5)]
    return _framed(kit, item, part, [*answer, after_answer(kit, part)], hint)


def _sweep_band(kit: FormKit, item: PaperItem, minutes: list[str], size: int, node: Node) -> Any:
    words = (kit.own.sweep_minute, kit.own.sweep_seen, kit.own.sweep_of)
    name = max(fonts.width(word, fonts.REGULAR, 8) for word in words) + 10
    one = min(60.0, (kit.body - name) / size)

    def paint(canvas: Any, _width: float, height: float) -> None:
        right = name + one * len(minutes)
        for at, (word, low, high) in enumerate(zip(words, (40, 18, 0), (height, 40, 18), strict=True)):
            canvas.setFillColor(look.MUTED)
            canvas.setFont(fonts.REGULAR, 8)
            canvas.drawString(0, low + (high - low) / 2 - 2.8, word)
            for column, minute in enumerate(minutes):
                text = minute if at == 0 else str(item.of) if at == 2 and item.of else ""
                canvas.setFont(fonts.SEMIBOLD if at == 0 else fonts.REGULAR, 8)
                canvas.drawCentredString(name + one * (column + 0.5), low + (high - low) / 2 - 2.8, text)
        canvas.setStrokeColor(look.TEAL)
        canvas.setLineWidth(0.6)
        for y in (0.3, 18, 40):
            canvas.line(name, y, right, y)
        for column in range(len(minutes) + 1):
            canvas.line(name + one * column, 0.3, name + one * column, 40)

    return Drawn(kit.body, 54, paint, node)


def _wait(kit: FormKit, item: PaperItem, part: Node) -> list[Any]:
    own = kit.own
    parts = [own.wait_answer if item.after_answer else own.wait_question]
    if item.aim:
        parts.append(own.wait_aim.format(n=item.aim))
    parts.append(own.wait_marks)

    def letters(canvas: Any, x: float, wide: float) -> None:
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 7)
        canvas.drawCentredString(x + wide / 2, 3.6, own.wait_letters)
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.4)
        canvas.line(x + 4, 12.5, x + wide - 4, 12.5)

    answer: list[Any] = []
    for _row in range(_WAIT_ROWS):
        answer += [_indented(kit, cells(_WAITS, kit.body, 33, letters)), space(4)]
    return _framed(kit, item, part, [*answer, after_answer(kit, part)], " ".join(parts))
