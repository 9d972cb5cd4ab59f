"""Our conversation and what hangs on it: what was said, steps of earlier visits, the next visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Columns
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, ROWS_TOGETHER, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Said
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

GUTTER = 28.0
_WHO = 112.0
_SHORT = 700
"""Characters of a conversation's summary that stand in half the page's width."""


def after_the_lesson(kit: Kit) -> list[Any]:
    """Return conversation, earlier steps and next visit, side by side where they are short."""
    told = _conversation(kit)
    steps, coming = _earlier(kit), _next_visit(kit)
    document = kit.document
    if told and (steps or coming) and document.conversation.strip() and len(document.conversation) <= _SHORT:
        right = [*steps, *([space(kit.sheet.apart(10, kit.sheet.air))] if steps and coming else []), *coming]
        return [_before(kit), Columns([told, right], GUTTER)]
    story = [_before(kit), *told] if told else []
    if steps and coming:
        return [*story, _before(kit), Columns([steps, coming], GUTTER)]
    return [*story, *([_before(kit), *steps, *coming] if steps or coming else [])]


def _before(kit: Kit) -> Any:
    return space(kit.sheet.apart(12, kit.sheet.air))


def _heading(kit: Kit, text: str, section: Node, key: str) -> list[Any]:
    made = kit.headed(text, section, key, style="h2_plain")
    made.keepWithNext = 1
    return [made, space(1.5 + 2.5 * kit.sheet.air)]


def _conversation(kit: Kit) -> list[Any]:
    """Return the conversation for the summary: its summary where one was written, else what was said."""
    document, words = kit.document, kit.words
    in_record = document.scope == "record"
    if not document.conversation.strip() and (in_record or not document.turns):
        return []  # the record tells every turn on a page of its own
    section = kit.root.add("Sect")
    in_full = words.turns_in_record if document.turns and document.conversation.strip() and not in_record else ""
    story = [*_heading(kit, words.conversation, section, "conversation"), *_when(kit, section, in_full)]
    if not document.conversation.strip():
        return [*story, *_turns(kit, document.turns, section)]
    return [*story, *kit.paragraphs(document.conversation, "para", section)]


def conversation_in_full(kit: Kit) -> list[Any]:
    """Return every turn for the full record; the summary stands on the pages before."""
    if not kit.document.turns:
        return []
    section = kit.root.add("Sect")
    story = kit.heading(kit.words.turns, section, 90, key="turns")
    if not kit.document.conversation.strip():
        story += _when(kit, section)
    return [*story, *_turns(kit, kit.document.turns, section)]


def _when(kit: Kit, section: Node, more: str = "") -> list[Any]:
    told = " · ".join(part for part in (kit.document.talk_when.strip(), more) if part)
    return [kit.text(told, "small", section.add("P")), space(2 * kit.sheet.air)] if told else []


def _turns(kit: Kit, turns: Sequence[Said], section: Node) -> list[Any]:
    story: list[Any] = []
    listing = section.add("Table").add("TBody")
    rows: list[list[Any]] = []

    def flush() -> None:
        if rows:
            story.append(_turn_table(kit, list(rows)))
            rows.clear()

    prompt = ""
    for turn in turns:
        asked, prompt = (turn.prompt if turn.prompt != prompt else ""), turn.prompt
        row = listing.add("TR")
        who = kit.text(turn.who[:CELL_LIMIT], "cell_strong_label", row.add("TH", scope="Row"))
        cell = row.add("TD")
        said: list[Any] = [kit.marked(f"<i>{kit.markup(asked)}</i>", "small", cell.add("P"))] if asked.strip() else []
        if len(turn.text) + len(asked) > CELL_LIMIT:
            flush()
            story += [who, *said, *kit.paragraphs(turn.text, "para", cell), space(3)]
            continue
        rows.append([who, [*said, *kit.paragraphs(turn.text, "body", cell)] or ""])
        if len(rows) == ROWS_TOGETHER:
            flush()
    flush()
    return story


def _turn_table(kit: Kit, rows: list[list[Any]]) -> Any:
    air = kit.sheet.air
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), 10),
        ("RIGHTPADDING", (1, 0), (1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0.6 + 1.6 * air),
        ("TOPPADDING", (0, 0), (0, -1), 2.2 + 1.6 * air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2 + 2.4 * air),
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, look.RULE),
    ]
    return table(rows, [_WHO, kit.sheet.column - _WHO], commands, head=0)


def _earlier(kit: Kit) -> list[Any]:
    """Return the steps of earlier visits with where they stand and the notes that show it."""
    found, words = kit.document.earlier_steps, kit.words
    if not found:
        return []
    section = kit.root.add("Sect")
    story: list[Any] = _heading(kit, words.earlier, section, "earlier")
    listing = section.add("L")
    for step in found:
        body = listing.add("LI").add("LBody")
        story += kit.paragraphs(step.text, "cell", body)
        due = words.due_by.format(date=step.by) if step.by else ""
        parts = [f"<b>{kit.markup(step.status)}</b>" if step.status.strip() else "", kit.markup(step.agreed)]
        parts.append(kit.markup(due))
        if step.evidence:
            times = ", ".join(kit.time_of(quote.time, quote.event) for quote in step.evidence)
            parts.append(escape(words.seen_at).format(times=times))
        story.append(kit.marked(" · ".join(part for part in parts if part), "small", body.add("P")))
        story.append(space(1 + 3 * kit.sheet.air))
    return story


def _next_visit(kit: Kit) -> list[Any]:
    """Return the next visit in words."""
    if not kit.document.next_visit.strip():
        return []
    section = kit.root.add("Sect")
    story = _heading(kit, kit.words.next_visit, section, "next")
    return [*story, *kit.paragraphs(kit.document.next_visit, "cell", section)]
