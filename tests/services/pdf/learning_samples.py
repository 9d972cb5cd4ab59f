"""A portfolio, a statement and a certificate to be set: usual ones, empty ones and hostile ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.hours import Certificate, HoursKind, HoursRule, Spent, lines_of, rules_by_kind
from observe_app.domain.people import Person
from observe_app.domain.portfolio import PickKind
from observe_app.services.learning.certificates import Issued
from observe_app.services.learning.hours import Statement
from observe_app.services.pdf.certificate_document import CertificatePage, build_certificate
from observe_app.services.pdf.portfolio_build import Piece, PortfolioAsk
from observe_app.services.pdf.term_document import Facts

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper

NAME = "Amina Diallo-Žižek"
FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)
ISSUED = datetime(2026, 7, 3, 10, 0, tzinfo=UTC)


def facts(language: str = "en", paper: Paper = "A4") -> Facts:
    """Facts of a school, on 3 July 2026."""
    return Facts(paper, language, "", "Northfield School", ISSUED.isoformat(), "3 July 2026")


def spent() -> tuple[Spent, ...]:
    """A year of somebody, with every way in which a line may count."""
    begun = date(2025, 9, 9)
    weekly = [
        Spent(begun + timedelta(weeks=3 * at), kind, 45 + at, source=f"v{at}{kind}")
        for at in range(6)
        for kind in (HoursKind.OBSERVING, HoursKind.TALK)
    ]
    return (
        *weekly,
        Spent(date(2025, 10, 1), HoursKind.OBSERVED, 50, source="v"),
        Spent(date(2025, 10, 1), HoursKind.OBSERVED, 0, source="w", repeated=True),
        Spent(date(2026, 1, 20), HoursKind.OBSERVED, None, source="x"),
        Spent(date(2025, 11, 12), HoursKind.SESSION, 90, "Wait time and who answers", "s1"),
        Spent(date(2026, 2, 4), HoursKind.SESSION, 60, "Ratios in Year 7: what we saw", "s2", planned=True),
        Spent(date(2026, 3, 14), HoursKind.MANUAL, 240, "Regional conference, Saturday", "m1"),
        Spent(date(2026, 3, 20), HoursKind.MANUAL, -30, "Left the conference early", "m2"),
    )


def statement(lines: tuple[Spent, ...] | None = None, name: str = NAME) -> Statement:
    """A statement of that year."""
    rules = rules_by_kind(
        [HoursRule("", "talk", "each", 30, 120), HoursRule("", "observing"), HoursRule("", "session", cap_min=600)]
    )
    made = lines_of(spent() if lines is None else lines, rules)
    return Statement(Person("p1", name), FIRST, LAST, made, sum(line.minutes for line in made), rules)


def portfolio(language: str = "en", paper: Paper = "A4") -> PortfolioAsk:
    """A portfolio with a piece of each kind."""
    return PortfolioAsk(
        NAME, "What I learnt about waiting", FIRST, LAST,
        "A year in which I tried to say less.\n\nWhat is here I picked in June, looking back.",
        (
            Piece(
                PickKind.ENTRY, "Seven seconds", "I counted to seven before I took an answer.\n\nThree hands went up "
                "after the fourth second that I had never seen.", date(2025, 10, 7),
                "Where did you wait, and what came of it?",
            ),
            Piece(PickKind.ENTRY, "", "Only a thought.", date(2025, 11, 3)),
            Piece(PickKind.WORDS, "What others saw", "Two visits told me something that I did not know."),
            Piece(
                PickKind.STRENGTH, "Every student gets time to think", "Questions stand for a while before anybody is "
                "called.", date(2026, 1, 20), who="Jonas Brandt",
            ),
            Piece(PickKind.STEP, "", "Ask one question per table before explaining.", date(2026, 3, 3)),
            Piece(PickKind.EXCERPT, "", "What if we all waited?", date(2026, 4, 1)),
            Piece(
                PickKind.CERTIFICATE, "", "", ISSUED.date(), number="OBS-2026-7K3F-9QXD", minutes=1260, first=FIRST,
                last=LAST,
            ),
        ),
        facts(language, paper),
    )  # fmt: skip


def certificate(name: str = NAME, *, withdrawn: bool = False) -> Certificate:
    """A certificate over that year."""
    found = statement(name=name)
    gone = ISSUED + timedelta(days=30) if withdrawn else None
    return Certificate(
        "c1", "OBS-2026-7K3F-9QXD", "p1", name, FIRST, LAST, found.minutes, "", "", ISSUED, gone,
        "Counted twice" if withdrawn else "",
    )  # fmt: skip


def page(
    language: str = "en", paper: Paper = "A4", name: str = NAME, school: str = "Northfield School", *,
    withdrawn: bool = False,
) -> CertificatePage:  # fmt: skip
    """The page of that certificate."""
    found = statement()
    issued = Issued(school, found.by_kind, found.lines)
    return build_certificate(certificate(name, withdrawn=withdrawn), issued, facts(language, paper), "UTC")
