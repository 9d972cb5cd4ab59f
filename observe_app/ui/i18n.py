"""Words of the domain's enums, dates and times in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage

if TYPE_CHECKING:
    from datetime import date, time

_PLAIN = {"en": "English", "es": "Español"}
"""Languages that Qt would name after one country."""

_TERRITORY = 2


def stage_name(stage: Stage) -> str:
    """Prepare, Observe, Talk, Follow up."""
    translate = QCoreApplication.translate
    return {
        Stage.PREPARE: translate("domain", "Prepare"),
        Stage.OBSERVE: translate("domain", "Observe"),
        Stage.TALK: translate("domain", "Talk"),
        Stage.FOLLOW_UP: translate("domain", "Follow up"),
    }[stage]


def absence_name(absence: Absence) -> str:
    """The four kinds in words; none of them is a zero."""
    translate = QCoreApplication.translate
    return {
        Absence.UNANSWERED: translate("domain", "unanswered"),
        Absence.NOT_LOOKED_FOR: translate("domain", "not looked for"),
        Absence.NOT_SEEN: translate("domain", "looked for but not seen"),
        Absence.NOT_APPLICABLE: translate("domain", "not applicable"),
    }[absence]


def claim_name(kind: ClaimKind) -> str:
    """One claim of this kind."""
    translate = QCoreApplication.translate
    return {
        ClaimKind.STRENGTH: translate("domain", "Strength"),
        ClaimKind.GROWTH: translate("domain", "Growth area"),
        ClaimKind.QUESTION: translate("domain", "Question"),
    }[kind]


def claim_column(kind: ClaimKind) -> str:
    """Head of the column of these claims."""
    translate = QCoreApplication.translate
    return {
        ClaimKind.STRENGTH: translate("domain", "Strengths"),
        ClaimKind.GROWTH: translate("domain", "To grow"),
        ClaimKind.QUESTION: translate("domain", "Questions"),
    }[kind]


def role_name(role: Role) -> str:
    """A person's role."""
    translate = QCoreApplication.translate
    return {
        Role.TEACHER: translate("domain", "Teacher"),
        Role.OBSERVER: translate("domain", "Observer"),
        Role.COACH: translate("domain", "Coach"),
        Role.COORDINATOR: translate("domain", "Coordinator"),
    }[role]


def step_name(status: StepStatus) -> str:
    """Where an action step stands."""
    translate = QCoreApplication.translate
    return {
        StepStatus.OPEN: translate("domain", "open"),
        StepStatus.DONE: translate("domain", "done"),
        StepStatus.DROPPED: translate("domain", "dropped"),
    }[status]


def short_date(day: date) -> str:
    """Weekday, day, month: "Tue 10 Mar"; the order is that of the words, the names are the locale's."""
    pattern = QCoreApplication.translate("dates", "ddd d MMM", "date format: weekday, day, month, short")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def long_date(day: date) -> str:
    """Weekday, day, month, year: "Wednesday 11 March 2026"."""
    pattern = QCoreApplication.translate("dates", "dddd d MMMM yyyy", "date format: weekday, day, month, year, long")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def writing_language() -> str:
    """Two letters: the language in which notes are written, the window's; English where the system names none ("C")."""
    locale = QLocale()
    return "en" if locale.language() == QLocale.Language.C else locale.name()[:2]


def language_name(code: str) -> str:
    """Return a language's name in that language, its code where the name is not known."""
    if code in _PLAIN:
        return _PLAIN[code]
    locale = QLocale(code)
    if locale.language() is QLocale.Language.C:
        return code
    name = locale.nativeLanguageName()
    place = code.rpartition("-")[2]
    if "-" in code and len(place) == _TERRITORY:
        name = f"{name} ({place})"
    return name[:1].upper() + name[1:] if name else code


def time_of_day(moment: time, *, seconds: bool = False) -> str:
    """Local time as the locale writes it: "09:36"; with seconds always as 09:36:41."""
    shown = QTime(moment.hour, moment.minute, moment.second)
    if seconds:
        return shown.toString("HH:mm:ss")
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)
