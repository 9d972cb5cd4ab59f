"""A certificate as data: one page. `render.certificate_bytes` sets it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.hours import HoursKind
from observe_app.services.pdf.dates import day, local
from observe_app.services.pdf.learning_words import learning_words
from observe_app.services.pdf.statement_build import kind_words, span_words
from observe_app.services.pdf.term_document import Facts
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from observe_app.domain.hours import Certificate
    from observe_app.services.learning.certificates import Issued


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """What stands on the page, every text filled in.

    Attributes:
        kinds: (what, how long) of each kind of activity. withdrawn: when, in words; "" while it stands.
    """

    title: str
    below: str
    name: str
    certifies: str
    days: str
    total: str
    kinds: tuple[tuple[str, str], ...]
    number_label: str
    number: str
    issued: str
    signed: str
    school: str
    checked: str
    withdrawn: str = ""
    facts: Facts = field(default_factory=Facts)

    def to_json(self) -> str:
        """Return the page as indented JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def build_certificate(found: Certificate, issued: Issued, facts: Facts, zone: str) -> CertificatePage:
    """Return the page of a certificate as it was issued, in the words of `facts.language`.

    Args:
        found: the certificate.
        issued: its lines.
        facts: paper and language; its school and dates do not count, for those were issued with it.
        zone: IANA zone in which its days are told.
    """
    own, pages = learning_words(facts.language), words_for(facts.language)
    kinds = tuple(
        (kind_words(kind, own), own.time(issued.by_kind[kind])) for kind in HoursKind if kind in issued.by_kind
    )
    gone = day(local(found.withdrawn, zone), pages) if found.withdrawn is not None else ""
    return CertificatePage(
        title=own.certificate,
        below=own.of_hours,
        name=found.name,
        certifies=own.certifies,
        days=span_words(found.first, found.last, own, pages),
        total=own.time(found.minutes),
        kinds=kinds,
        number_label=own.number,
        number=found.number,
        issued=own.issued_on.format(date=day(local(found.issued, zone), pages)),
        signed=own.signed,
        school=issued.school,
        checked=own.checked.format(school=issued.school) if issued.school else own.checked_unnamed,
        withdrawn=own.withdrawn.format(date=gone) if gone else "",
        facts=facts,
    )
