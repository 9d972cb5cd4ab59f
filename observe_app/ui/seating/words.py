"""Who spoke to whom, in words; students by number and initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.participation import Basis
from observe_app.ui.moments import local

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.seating import SeatingPlan
    from observe_app.services.seating import Proposal


def who_words(who: str, plan: SeatingPlan) -> str:
    """Return a speaker in words: "S7", "S7 AK", "the teacher", "the class together", "a student"; "" is "the class"."""
    tr = QCoreApplication.translate
    known = {
        "": tr("Seats", "the class"),
        "T": tr("Seats", "the teacher"),
        "S": tr("Seats", "a student"),
        "SS": tr("Seats", "the class together"),
    }
    if who in known:
        return known[who]
    seat = plan.of_speaker(who)
    return f"{who} {seat.label}" if seat is not None and seat.label else who


def who_head(who: str, plan: SeatingPlan) -> str:
    """Return the same at the start of a line or in a table."""
    words = who_words(who, plan)
    return words[:1].upper() + words[1:]


def to_words(who: str, to: str, plan: SeatingPlan) -> str:
    """Return "S7 to S9" or "The teacher to the class"."""
    text = QCoreApplication.translate("Seats", "{who} to {whom}")
    return text.format(who=who_head(who, plan), whom=who_words(to, plan))


def basis_words(basis: Basis, count: int) -> str:
    """Return what a number rests on: "43 presses on seats", "12 notes with a speaker"."""
    tr = QCoreApplication.translate
    if basis is Basis.PRESSES:
        text = tr("Seats", "1 press on a seat") if count == 1 else tr("Seats", "{n} presses on seats")
    else:
        text = tr("Seats", "1 note with a speaker") if count == 1 else tr("Seats", "{n} notes with a speaker")
    return text.format(n=QLocale().toString(count))


def day_of(at: datetime | None, zone: str) -> str:
    """Return the day of a lesson in full, such as "12 March 2026"; "" where nobody knows."""
    if at is None:
        return ""
    day = local(at, zone).date()
    pattern = QCoreApplication.translate("Seats", "d MMMM yyyy", "date format: day, month in full, year")
    return QLocale().toString(day, pattern)  # type: ignore[call-overload, no-any-return]


def offer_words(offer: Proposal) -> str:
    """Return what the button says that takes over a plan of the class."""
    day = day_of(offer.at, offer.zone)
    tr = QCoreApplication.translate
    text = tr("Seats", "Use the plan of {name} from {day}") if day else tr("Seats", "Use the plan of {name}")
    return text.format(name=offer.class_name, day=day)


def seats_words(count: int) -> str:
    """Return "28 seats"."""
    tr = QCoreApplication.translate
    return tr("Seats", "1 seat") if count == 1 else tr("Seats", "{n} seats").format(n=QLocale().toString(count))
