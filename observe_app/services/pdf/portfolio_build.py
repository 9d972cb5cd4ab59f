"""From what somebody picked to the pages of their portfolio as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.portfolio import PickKind
from observe_app.services.pdf.dates import day
from observe_app.services.pdf.learning_words import learning_words
from observe_app.services.pdf.statement_build import span_words
from observe_app.services.pdf.term_document import CompareDocument, Facts, Head, Heading, Prose
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.services.pdf.learning_words import LearningWords
    from observe_app.services.pdf.term_document import Part
    from observe_app.services.pdf.words import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in a portfolio.

    Attributes:
        who: the other person, only where the owner chose to name them. number: of a certificate. minutes, first, last:
            what it certifies.
    """

    kind: PickKind
    heading: str
    text: str
    on: date | None = None
    prompt: str = ""
    who: str = ""
    number: str = ""
    minutes: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PortfolioAsk:
    """What a portfolio is made of. name: its owner's."""

    name: str
    title: str
    first: date | None = None
    last: date | None = None
    foreword: str = ""
    pieces: tuple[Piece, ...] = ()
    facts: Facts = field(default_factory=Facts)


def build_portfolio(ask: PortfolioAsk) -> CompareDocument:
    """Return the pages of a portfolio, in its owner's order."""
    own, pages = learning_words(ask.facts.language), words_for(ask.facts.language)
    name = ask.name or pages.nobody
    span = span_words(ask.first, ask.last, own, pages)
    head = Head(
        kind=own.kind_portfolio,
        title=ask.title,
        lines=tuple(filter(None, (name, " · ".join(filter(None, (span, ask.facts.school)))))),
        confidential=own.owner.format(name=name),
        running=own.running_portfolio.format(name=name),
        name=own.file_portfolio.format(title=ask.title, name=name),
    )
    parts: list[Part] = []
    if ask.foreword.strip():
        parts += [Heading(own.foreword), Prose(ask.foreword)]
    parts += _pieces(ask.pieces, own, pages)
    parts.append(Prose(own.own_choice, small=True))
    return CompareDocument("portfolio", head, tuple(parts), ask.facts)


def _pieces(pieces: Sequence[Piece], own: LearningWords, pages: Words) -> Iterator[Part]:
    """Yield the pieces; own words with a heading begin a section, the first of the others have one made for them."""
    begun = False
    for piece in pieces:
        if piece.kind is PickKind.WORDS:
            if piece.heading:
                yield Heading(piece.heading)
                begun = True
            if piece.text:
                yield Prose(piece.text)
            continue
        if not begun:
            yield Heading(own.contents)
            begun = True
        source = _source(piece, own, pages)
        yield Heading(piece.heading or source, 1)
        if piece.heading:
            yield Prose(source, small=True)
        if piece.prompt:
            yield Prose(own.prompt.format(prompt=piece.prompt), small=True)
        if piece.text:
            yield Prose(piece.text)
        if piece.kind is PickKind.CERTIFICATE:
            span = span_words(piece.first, piece.last, own, pages)
            yield Prose(own.certificate_text.format(hours=own.time(piece.minutes), span=span))
    if not pieces:
        yield Prose(own.nothing_picked)


def _source(piece: Piece, own: LearningWords, pages: Words) -> str:
    """Return in words where a piece is from; nobody is named but by the owner's choice."""
    on = day(piece.on, pages) if piece.on is not None else ""
    if piece.kind is PickKind.CERTIFICATE:
        return own.certificate_line.format(number=piece.number, date=on)
    if piece.kind is PickKind.EXCERPT:
        return own.excerpt.format(date=on)
    dated, undated = {
        PickKind.ENTRY: (own.entry, own.entry_undated),
        PickKind.STEP: (own.step, own.step_undated),
        PickKind.STRENGTH: (own.strength, own.strength_undated),
    }[piece.kind]
    said = dated.format(date=on) if on else undated
    if not piece.who:
        return said
    pattern = own.seen_by if piece.kind is PickKind.STRENGTH else own.with_name
    return pattern.format(what=said, name=piece.who)
