"""Who speaks in a conversation, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.turn import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.visit import Visit

VOICES = tuple(Voice)
NAME_WIDTH = 116
"""Width of the column of names, at 100 %."""
NAME_WIDTH_NARROW = 76


def voice_names(visit: Visit, me: str | None) -> Mapping[Voice, str]:
    """Return the name of each voice; the person at this computer is "You"."""
    tr = QCoreApplication.translate
    you = tr("Voices", "You")
    teacher = visit.teacher or tr("Voices", "The teacher")
    observer = visit.observer or tr("Voices", "The observer")
    if me is not None and me == visit.teacher_id:
        teacher = you
    elif me is None or me == visit.observer_id:
        observer = you
    return {Voice.TEACHER: teacher, Voice.OBSERVER: observer, Voice.BOTH: tr("Voices", "Both")}


def next_voice(voice: Voice) -> Voice:
    """Return who speaks after one press of the key that changes it."""
    return VOICES[(VOICES.index(voice) + 1) % len(VOICES)]


def voice_tone(voice: Voice, names: Mapping[Voice, str]) -> str:
    """Return the colour of a name: "You" stands back, both together stand out."""
    if voice is Voice.BOTH:
        return "accent"
    return "muted" if names[voice] == QCoreApplication.translate("Voices", "You") else "ink"
