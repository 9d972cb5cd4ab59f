"""The layout of last resort: every word of the document as plain paragraphs, which can split anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.pieces import space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.document import Claim, ReportDocument
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.words import Words


def plain(kit: Kit) -> list[Any]:
    """Return the whole document without tables, panels or drawings."""
    section = kit.root.add("Sect")
    story: list[Any] = []
    for block in (kit.words.plain_hint, *_blocks(kit.document, kit.words)):
        story += kit.paragraphs(block, "body", section)
        story.append(space(4))
    return story


def _blocks(document: ReportDocument, words: Words) -> Iterator[str]:
    if document.draft:
        yield words.draft
    elif document.revision > 1:
        yield " ".join((words.revision.format(number=document.revision, released=document.released), *document.changes))
        yield f"{words.why} {document.why}" if document.why.strip() else ""
    if document.status == "withdrawn":
        yield from (document.teacher, document.when, words.withdrawn, words.withdrawn_hint)
        return
    yield from _content(document, words)


def _content(document: ReportDocument, words: Words) -> Iterator[str]:
    yield from (document.teacher, document.class_line, document.when, document.visit_label, document.observer)
    yield f"{words.focus}: {document.focus}"
    yield f"{words.looking_for} {document.looking_for}"
    for figure in document.figures:
        yield f"{figure.value} {figure.unit} {figure.label}"
    for title, claims in (
        (words.strengths, document.strengths),
        (words.growth, document.growth),
        (words.questions, document.questions),
    ):
        if claims:
            yield title
        for claim in claims:
            yield from _claim(claim)
    yield from _after(document, words)
    for quote in document.heard:
        yield f"{quote.number}  {quote.time}  {quote.speaker}  {quote.text}"
    for section in document.checklist:
        yield section.title
        for item in section.items:
            yield f"{item.label}: {item.answer or item.absence}  {item.comment}  {', '.join(item.evidence)}"
            for line in item.shares:
                yield f"{line.side} {line.label}: {line.value}  {line.parts}".strip()
    yield document.conversation
    if document.scope == "record":
        yield from _rest(document)


def _after(document: ReportDocument, words: Words) -> Iterator[str]:
    for step in document.steps:
        yield f"{step.number}  {step.text}  {step.by}  {step.owner}  {step.help}  {step.practice}  {step.notice}"
    for turn in document.turns:
        yield f"{turn.who}: {turn.text}  {turn.prompt}"
    for earlier in document.earlier_steps:
        yield f"{earlier.text}  {earlier.agreed}  {earlier.by}  {earlier.status}"
    yield document.next_visit
    for reply in document.replies:
        head = words.reply_head.format(number=reply.revision)
        yield f"{head}  {reply.name}  {reply.when}  {reply.overall}  {reply.step}"


def _rest(document: ReportDocument) -> Iterator[str]:
    for sheet in document.sheets:
        yield f"{sheet.title}  {sheet.hint}"
        for row in sheet.rows:
            yield " · ".join(row)
    for note in document.notes:
        yield f"{note.time}  {note.speaker}  {note.text}  {' '.join('#' + tag for tag in note.tags)}"


def _claim(claim: Claim) -> Iterator[str]:
    yield claim.title
    yield claim.text
    for quote in claim.quotations:
        yield f"{quote.time}  {quote.speaker}  {quote.text}"
    for view in claim.views:
        yield view.text
    for reply in claim.replies:
        yield f"{reply.revision}  {reply.stance}  {reply.text}"
    yield claim.remark
