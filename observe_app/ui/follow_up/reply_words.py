"""A reply in words and signs: how the teacher sees a claim, where the reply came from, what it says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.reply import Stance
from observe_app.domain.sync.shares import ShareRole
from observe_app.ui.moments import list_date, local

if TYPE_CHECKING:
    from datetime import date, datetime

    from observe_app.domain.reply import Reply

STANCES: tuple[Stance, ...] = (Stance.AGREE, Stance.PARTLY, Stance.DIFFERENT)
"""In the order of the page."""

_ICONS = {Stance.AGREE: "check", Stance.PARTLY: "contrast", Stance.DIFFERENT: "arrow-left-right"}
_TONES = {Stance.AGREE: "accent", Stance.PARTLY: "muted", Stance.DIFFERENT: "warm"}


def stance_name(stance: Stance) -> str:
    """Say how the teacher sees a claim, of the teacher."""
    translate = QCoreApplication.translate
    return {
        Stance.AGREE: translate("reply", "Agrees"),
        Stance.PARTLY: translate("reply", "Partly"),
        Stance.DIFFERENT: translate("reply", "Sees it differently"),
    }[stance]


def stance_choice(stance: Stance) -> str:
    """Return the answer that is chosen for it."""
    translate = QCoreApplication.translate
    return {
        Stance.AGREE: translate("reply", "agrees"),
        Stance.PARTLY: translate("reply", "partly"),
        Stance.DIFFERENT: translate("reply", "sees it differently"),
    }[stance]


def stance_icon(stance: Stance) -> str:
    """Return the name of its sign: check, half, two arrows."""
    return _ICONS[stance]


def stance_tone(stance: Stance) -> str:
    """Return the token of its colour; the sign and the word say the same."""
    return _TONES[stance]


def day_of(moment: datetime | None, zone: str, today: date) -> str:
    """Return the day of a moment, "" without one."""
    return list_date(local(moment, zone).date(), today) if moment is not None else ""


def source_words(reply: Reply, zone: str, today: date, role: ShareRole = ShareRole.AUTHOR) -> str:
    """Say to somebody of this role where a reply came from, and when: "from the PDF, Wed 11 March"."""
    day = day_of(reply.at, zone, today)
    translate = QCoreApplication.translate
    if reply.source == "typed" and role is not ShareRole.AUTHOR:
        return translate("reply", "entered by the observer, {day}").format(day=day)
    if reply.source == "app" and role is ShareRole.TEACHER:
        return translate("reply", "written by you, {day}").format(day=day)
    if reply.source == "typed":
        return translate("reply", "entered by you, {day}").format(day=day)
    if reply.source == "app":
        return translate("reply", "written by the teacher, {day}").format(day=day)
    return translate("reply", "from the PDF, {day}").format(day=day)


def reply_text(reply: Reply, titles: dict[str, str]) -> str:
    """Return a whole reply as plain text, for the clipboard.

    Args:
        reply: the reply.
        titles: of the claims, by id.
    """
    lines: list[str] = []
    for point in reply.points:
        stance = stance_name(point.stance) if point.stance else ""
        said = ". ".join(part for part in (stance, point.text.strip()) if part)
        if said:
            lines.append(f"{titles.get(point.claim_id, '')}: {said}".lstrip(": "))
    translate = QCoreApplication.translate
    for label, words in (
        (translate("reply", "Overall"), reply.overall),
        (translate("reply", "Chosen step"), reply.step),
        (translate("reply", "May also read"), ", ".join(reply.readers)),
    ):
        if words.strip():
            lines.append(f"{label}: {words.strip()}")
    return "\n".join(lines)
