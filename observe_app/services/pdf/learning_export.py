"""The use cases of learning on paper: portfolios, statements of hours, certificates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.portfolio import PickKind
from observe_app.services import people
from observe_app.services.learning import certificates, hours, portfolio
from observe_app.services.pdf.certificate_document import build_certificate
from observe_app.services.pdf.dates import day, local
from observe_app.services.pdf.export import paper_of
from observe_app.services.pdf.portfolio_build import Piece, PortfolioAsk, build_portfolio
from observe_app.services.pdf.render import certificate_bytes, comparison_bytes, write_whole
from observe_app.services.pdf.statement_build import build_statement
from observe_app.services.pdf.term_document import CompareDocument, Facts
from observe_app.services.pdf.term_export import Look
from observe_app.services.pdf.words import page_language, words_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from observe_app.domain.hours import Certificate
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.learning.portfolio import Chosen
    from observe_app.services.pdf.certificate_document import CertificatePage
    from observe_app.services.pdf.render import PdfResult


@dataclass(frozen=True, slots=True)
class MadePortfolio:
    """A portfolio as pages, and what its owner should know before they give it away.

    Attributes:
        names: of other people on its pages. missing: picks that cannot be read any more and are left out.
    """

    document: CompareDocument
    names: tuple[str, ...] = ()
    missing: int = 0


def portfolio_document(core: Core, portfolio_id: str, look: Look | None = None) -> MadePortfolio:
    """Return one's own portfolio as pages, from what was picked and can be read now.

    Raises:
        NotFound: no such portfolio of one's own.
    """
    found = portfolio.open_portfolio(core, portfolio_id).value
    picked = portfolio.chosen(core, found)
    me = people.me(core)
    pieces = tuple(_piece(core, one) for one in picked if not one.is_missing)
    ask = PortfolioAsk(
        me.name if me is not None else "", found.title, found.first, found.last, found.foreword, pieces,
        facts(core, look),
    )  # fmt: skip
    missing = sum(one.is_missing for one in picked)
    return MadePortfolio(_looked(build_portfolio(ask), look), portfolio.names_told(core, found), missing)


def _piece(core: Core, one: Chosen) -> Piece:
    offer = one.offer
    if offer is None:
        return Piece(one.pick.kind, one.heading, one.text)
    made = Piece(
        one.pick.kind, one.heading, one.text, offer.on, offer.prompt, offer.who if one.pick.named else "", offer.detail
    )
    if one.pick.kind is not PickKind.CERTIFICATE:
        return made
    kept = certificates.get(core, offer.target_id)
    return replace(made, minutes=kept.minutes, first=kept.first, last=kept.last)


def statement_document(
    core: Core, *, person_id: str, first: date, last: date, look: Look | None = None
) -> CompareDocument:
    """Return the statement of a person's hours as pages.

    Raises:
        NotFound: no such person. Invalid: the days are the wrong way round or too many.
    """
    found = hours.statement(core, person_id=person_id, first=first, last=last)
    return _looked(build_statement(found, facts(core, look)), look)


def certificate_page(core: Core, certificate: Certificate, look: Look | None = None) -> CertificatePage:
    """Return a certificate's page, as it was issued."""
    issued = certificates.issued(certificate)
    told = replace(facts(core, look), made=certificate.issued.isoformat(), school=issued.school)
    return build_certificate(certificate, issued, told, core.clock.zone_name())


def export_portfolio(
    core: Core, portfolio_id: str, target: Path, *, look: Look | None = None, progress: Progress | None = None
) -> tuple[MadePortfolio, PdfResult]:
    """Write one's own portfolio as PDF.

    Raises:
        NotFound: no such portfolio of one's own. ExportFailed: the file could not be written.
        Cancelled: the person asked to stop; nothing was written.
    """
    made = portfolio_document(core, portfolio_id, look)
    return made, write_pages(made.document, target, progress)


def write_pages(document: CompareDocument, target: Path, progress: Progress | None = None) -> PdfResult:
    """Write pages as PDF.

    Raises:
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    data, result = comparison_bytes(document, progress)
    write_whole(target, data)
    return result


def write_certificate(page: CertificatePage, target: Path) -> PdfResult:
    """Write a certificate as PDF.

    Raises:
        ExportFailed: the file could not be written.
    """
    data, result = certificate_bytes(page)
    write_whole(target, data)
    return result


def facts(core: Core, look: Look | None = None) -> Facts:
    """Return what the settings say of pages; what a look names comes before them."""
    chosen, now = core.settings.get(), core.clock.now()
    asked = look or Look()
    language = page_language(asked.language or chosen.language or "en")
    return Facts(
        paper=asked.paper if asked.paper is not None else paper_of(chosen.paper),
        language=language,
        purpose_line="",
        school=chosen.school,
        made=now.isoformat(),
        made_label=day(local(now, core.clock.zone_name()), words_for(language)),
    )


def excerpt_document(core: Core, text: str, look: Look | None = None) -> CompareDocument:
    """Return words picked from one's own journal as a page of their own: the words, one's name, the day."""
    me = people.me(core)
    own = facts(core, look)
    ask = PortfolioAsk(
        me.name if me is not None else "", own.made_label, pieces=(Piece(PickKind.WORDS, "", text),), facts=own
    )
    return _looked(build_portfolio(ask), look)


def _looked(document: CompareDocument, look: Look | None) -> CompareDocument:
    return replace(document, ink_saving=look is not None and look.ink_saving)


__all__ = [
    "MadePortfolio",
    "certificate_page",
    "excerpt_document",
    "export_portfolio",
    "facts",
    "portfolio_document",
    "statement_document",
    "write_certificate",
    "write_pages",
]
