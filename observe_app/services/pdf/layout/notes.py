"""The notes of the full record, as they were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, Later, Placed
from observe_app.services.pdf.layout.pieces import MUTED, ROWS_TOGETHER, fits, hairlines, space, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.document import NoteRow
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_TIME, _WHO, _STAR = 42.0, 38.0, 14.0


def notes(kit: Kit) -> list[Any]:
    """Return the notes that the document holds; nothing without any."""
    if not kit.document.notes:
        return []
    section, words = kit.root.add("Sect"), kit.words
    story: list[Any] = [
        kit.headed(words.notes, section, "notes"),
        kit.text(words.notes_hint, "small", section.add("P")),
    ]
    if not kit.document.with_notes:
        story.append(kit.text(words.notes_linked_only, "small", section.add("P")))
    return [*story, space(5), Later(_listed(kit, section))]


def _listed(kit: Kit, section: Node) -> Iterator[list[Any]]:
    """Yield the notes, a table or a long note at a time."""
    run: list[NoteRow] = []
    listing: _Listing | None = None
    for note in kit.document.notes:
        if not fits(note.text, note.time, note.speaker, note.tags):
            yield _flush(kit, run, listing)
            yield _long(kit, note, section)
            listing = None  # the rows below are read after it: they are another table's
        else:
            listing = listing or _listing(kit, section)
            run.append(note)
            if len(run) == ROWS_TOGETHER:
                yield _flush(kit, run, listing)
    yield _flush(kit, run, listing)


class _Listing(NamedTuple):
    """A table of notes: its heads with their words, and where its rows go."""

    columns: tuple[tuple[str, Node], ...]
    body: Node


def _listing(kit: Kit, section: Node) -> _Listing:
    listing, words = section.add("Table"), kit.words
    heads = listing.add("THead").add("TR")
    columns = tuple((word, heads.add("TH", scope="Column", once=True)) for word in (words.time, words.who, words.note))
    return _Listing(columns, listing.add("TBody"))


def _flush(kit: Kit, run: list[NoteRow], listing: _Listing | None) -> list[Any]:
    if not run or listing is None:
        return []
    words, nodes = zip(*listing.columns, strict=True)
    rows: list[list[Any]] = [
        [kit.text(words[0], "th", nodes[0]), kit.text(words[1], "th", nodes[1]), "", kit.text(words[2], "th", nodes[2])]
    ]
    rows += [_row(kit, note, listing.body.add("TR")) for note in run]
    run.clear()
    widths = [_TIME, _WHO, _STAR, kit.sheet.column - _TIME - _WHO - _STAR]
    commands = [
        *hairlines(),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, look.RULE),
    ]
    return [table(rows, widths, commands)]


def _tags(kit: Kit, note: NoteRow) -> str:
    """Return markup of the tags, and of what rests on the note."""
    joined = kit.markup("  ".join(f"#{tag}" for tag in note.tags))
    parts = [part for part in (joined, kit.resting(note.event)) if part]
    return f'&nbsp;&nbsp; <font size="7.8" color="{MUTED}">{"&nbsp;&nbsp; ".join(parts)}</font>' if parts else ""


def _placed(kit: Kit, note: NoteRow, child: Any) -> Any:
    place = kit.book.stands.get(note.event, "") if note.event in kit.book.rows else ""
    return Placed(child, place) if place else child


def _row(kit: Kit, note: NoteRow, row: Node) -> list[Any]:
    time, who, text = row.add("TD"), row.add("TD"), row.add("TD")
    return [
        _placed(kit, note, kit.text(note.time, "time", time)),
        kit.text(note.speaker, "cell_strong", who),
        Drawn(9, 9, _star) if note.starred else "",
        kit.marked(kit.markup(note.text) + _tags(kit, note), "cell", text),
    ]


def _long(kit: Kit, note: NoteRow, section: Node) -> list[Any]:
    """A note too long for a row: its time and speaker, then its paragraphs."""
    star = f" ({kit.words.starred})" if note.starred else ""
    head = f"{kit.markup(note.time)}  {kit.markup(note.speaker)}{star}{_tags(kit, note)}"
    out: list[Any] = [space(3), _placed(kit, note, kit.marked(head, "time", section.add("P")))]
    return [*out, *kit.paragraphs(note.text, "cell", section), space(4)]


def _star(canvas: Any, width: float, height: float) -> None:
    """A five-pointed star."""
    points = ((0, 1), (0.225, 0.31), (0.951, 0.309), (0.363, -0.118), (0.588, -0.809),
              (0, -0.382), (-0.588, -0.809), (-0.363, -0.118), (-0.951, 0.309), (-0.225, 0.31))  # fmt: skip
    x, y, size = width / 2, height / 2 - 1, height / 2.2
    path = canvas.beginPath()
    path.moveTo(x + points[0][0] * size, y + points[0][1] * size)
    for across, up in points[1:]:
        path.lineTo(x + across * size, y + up * size)
    path.close()
    saving = look.saving(canvas)
    canvas.setFillColor(look.WARM)
    canvas.setStrokeColor(look.WARM)
    canvas.setLineWidth(0.8)
    canvas.drawPath(path, stroke=int(saving), fill=int(not saving))
