"""The story of minutes: a band, who was there, and below it only what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak

from observe_app.services.pdf.layout.band import Band
from observe_app.services.pdf.layout.flowables import Placed
from observe_app.services.pdf.layout.pieces import hairlines, shortened, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.layout.minutes_sheets import MinutesKit
    from observe_app.services.pdf.structure import Node

_LONG, _LONGEST, _CUT = 44, 110, 420
_CELL = 700
_AGENDA = (0.72, 0.14, 0.14)
_PROMISES = (0.5, 0.24, 0.16, 0.1)


def minutes_story(kit: MinutesKit) -> list[Any]:
    """Return the whole minutes."""
    document, own = kit.document, kit.own
    story = _band(kit)
    if document.people:
        section = kit.root.add("Sect")
        for sentence in document.people:
            story += [*_led(kit, sentence, section), space(2)]
        story.append(space(kit.sheet.gap - 4))
    story += _list(kit, own.objectives, document.objectives, "for")
    if document.agenda:
        story += _agenda(kit)
    story += _list(kit, own.decisions, document.decisions, "decisions", numbered=True)
    if document.promises:
        story += _promises(kit)
    story += _list(kit, own.parking, document.parking, "parking")
    story += _list(kit, own.resources, document.resources, "resources")
    if document.notes:
        section = kit.root.add("Sect")
        story += [CondPageBreak(60), kit.headed(own.notes, section, "minutes-notes"), space(1)]
        for line in document.notes:
            story += [*kit.paragraphs(line, "body", section), space(2)]
        story.append(space(kit.sheet.gap - 4))
    if not (document.people or document.objectives or document.agenda or document.decisions or document.promises):
        story.append(kit.text(own.nothing, "body", kit.root.add("Sect").add("P")))
    if document.next_when:
        story += [
            space(2),
            *kit.paragraphs(own.next_one.format(when=document.next_when), "small", kit.root.add("Sect")),
        ]
    return story


def _band(kit: MinutesKit) -> list[Any]:
    document, own = kit.document, kit.own
    section = kit.root.add("Sect")
    nodes = section.add("P"), section.add("P")
    name = kit.ink.line(document.title)
    style = "name" if len(name) <= _LONG else "name_long" if len(name) <= _LONGEST else "name_longest"
    lines: list[Any] = [
        Placed(kit.text(shortened(name, _CUT), style, section.add("H1")), "part-top", title=shortened(name, 80))
    ]
    first = " · ".join(part for part in (document.when, kit.ink.line(document.school)) if part)
    second = " · ".join(kit.ink.line(line) for line in document.meta)
    lines += [
        kit.text(shortened(kit.ink.line(line), _CUT), "meta", section.add("P")) for line in (first, second) if line
    ]
    kind = own.kind_planned if document.planned else own.kind
    whom = own.of_group.format(group=kit.ink.line(document.group)) if document.group else ""
    return [Band(kit.sheet, lines, nodes, kind=kind, whom=whom), space(kit.sheet.gap + 2)]


def _led(kit: MinutesKit, sentence: str, section: Node) -> list[Any]:
    """Set "Present (3 of 4): names" with its lead in bold."""
    lead, colon, rest = sentence.partition(": ")
    if not colon:
        return list(kit.paragraphs(sentence, "body", section))
    return list(kit.led(f"<b>{kit.markup(lead)}:</b> ", rest, "body", section))


def _list(kit: MinutesKit, title: str, lines: tuple[str, ...], key: str, *, numbered: bool = False) -> list[Any]:
    if not lines:
        return []
    section = kit.root.add("Sect")
    story: list[Any] = [CondPageBreak(50), kit.headed(title, section, f"minutes-{key}"), space(1)]
    listing = section.add("L")
    listing.numbering = "Decimal" if numbered else "Disc"
    for number, line in enumerate(lines, start=1):
        row = listing.add("LI")
        sign = f"{number}." if numbered else "–"
        pieces = list(kit.ink.paragraphs(line)) or [""]
        for at, text in enumerate(pieces):
            body = row.add("LBody").add("P")
            lead = f'<font color="#0B5C66">{sign}</font>&nbsp; ' if at == 0 else ""
            story += [kit.marked(lead + kit.markup(text), "body", body), space(2)]
    return [*story, space(kit.sheet.gap - 4)]


def _agenda(kit: MinutesKit) -> list[Any]:
    document, own = kit.document, kit.own
    section = kit.root.add("Sect")
    taken = any(line.taken for line in document.agenda)
    heads = (own.item, own.planned, own.taken) if taken else (own.item, own.planned)
    rows = []
    for line in document.agenda:
        title = own.item_by.format(title=line.title, name=line.who) if line.who else line.title
        rows.append((title, line.planned, line.taken) if taken else (title, line.planned))
    shares = _AGENDA if taken else (_AGENDA[0] + _AGENDA[2], _AGENDA[1])
    story: list[Any] = [CondPageBreak(70), kit.headed(own.agenda, section, "minutes-agenda")]
    story.append(_table(kit, heads, rows, shares, section))
    if document.agenda_sum:
        story += [space(3), kit.text(document.agenda_sum, "small", section.add("P"))]
    return [*story, space(kit.sheet.gap)]


def _promises(kit: MinutesKit) -> list[Any]:
    own = kit.own
    section = kit.root.add("Sect")
    rows = [
        (f"{one.text} ({own.since.format(date=one.since)})" if one.since else one.text, one.who, one.by, one.state)
        for one in kit.document.promises
    ]
    return [
        CondPageBreak(70),
        kit.headed(own.follow_ups, section, "minutes-follow-ups"),
        _table(kit, (own.what, own.who, own.by, own.state), rows, _PROMISES, section),
        space(kit.sheet.gap),
    ]


def _table(
    kit: MinutesKit, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], shares: tuple[float, ...], section: Node
) -> Any:
    node = section.add("Table")
    head = node.add("THead").add("TR")
    cells: list[list[Any]] = [[kit.text(word, "th", head.add("TH", scope="Column", once=True)) for word in heads]]
    body = node.add("TBody")
    for row in rows:
        own = body.add("TR")
        cells.append(
            [
                kit.text(
                    shortened(kit.ink.line(cell), _CELL),
                    "cell",
                    own.add("TH", scope="Row") if at == 0 else own.add("TD"),
                )
                for at, cell in enumerate(row)
            ]
        )
    pad = 1.2 + 1.6 * kit.sheet.air
    commands = [*hairlines(), ("TOPPADDING", (0, 1), (-1, -1), pad), ("BOTTOMPADDING", (0, 1), (-1, -1), pad + 0.4)]
    return table(cells, [kit.sheet.column * share for share in shares], commands)


def minutes_plain(kit: MinutesKit) -> list[Any]:
    """Return the minutes without tables or drawings: plain paragraphs, which can split anywhere."""
    document, own = kit.document, kit.own
    section = kit.root.add("Sect")
    blocks = [
        kit.words.plain_hint, own.kind_planned if document.planned else own.kind, document.title, document.group,
        document.when, *document.meta, *document.people, *document.objectives,
        *(" · ".join(part for part in (one.title, one.who, one.planned, one.taken) if part) for one in document.agenda),
        *document.decisions,
        *(" · ".join(part for part in (one.text, one.who, one.by, one.state) if part) for one in document.promises),
        *document.parking, *document.resources, *document.notes,
    ]  # fmt: skip
    story: list[Any] = []
    for block in blocks:
        story += [*kit.paragraphs(block, "body", section), space(4)]
    return story
