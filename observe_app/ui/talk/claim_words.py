"""The words of a claim's card: what may be written where, and what a screen reader says of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.i18n import claim_name


def claim_hints(kind: ClaimKind) -> tuple[str, str]:
    """Return what stands in the empty title and in the empty text."""
    tr = QCoreApplication.translate
    seen = tr("ClaimCard", "What was seen or heard, in one line")
    if kind is ClaimKind.STRENGTH:
        return seen, tr("ClaimCard", "What was seen or heard, then what it did")
    if kind is ClaimKind.GROWTH:
        return seen, tr("ClaimCard", "What was seen or heard, then what it did, then the question")
    return (
        tr("ClaimCard", "What would you like to ask?"),
        tr("ClaimCard", "What was seen or heard, then the question"),
    )


def spoken_name(kind: ClaimKind, title: str, evidence: int) -> str:
    """Return the card's accessible name: kind, title, and on how much it rests."""
    tr = QCoreApplication.translate
    if not evidence:
        rests = tr("ClaimCard", "no evidence yet")
    elif evidence == 1:
        rests = tr("ClaimCard", "1 piece of evidence")
    else:
        rests = tr("ClaimCard", "{n} pieces of evidence").format(n=evidence)
    words = tr("ClaimCard", "{kind}: {title}. {evidence}")
    return words.format(kind=claim_name(kind), title=title, evidence=rests)


def title_name(kind: ClaimKind) -> str:
    """Return the accessible name of the title's field."""
    return QCoreApplication.translate("ClaimCard", "{kind}, in one line").format(kind=claim_name(kind))
