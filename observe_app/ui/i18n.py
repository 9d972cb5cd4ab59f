"""Words of the domain's enums, dates and times in the user's language, and the loading of translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLibraryInfo, QLocale, QTime, QTranslator

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage
from observe_app.ui.theme.resources import resource_path

if TYPE_CHECKING:
    from datetime import date, time

_CONTEXT = "domain"

_STAGES = {
    Stage.PREPARE: QT_TRANSLATE_NOOP("domain", "Prepare"),
    Stage.OBSERVE: QT_TRANSLATE_NOOP("domain", "Observe"),
    Stage.TALK: QT_TRANSLATE_NOOP("domain", "Talk"),
    Stage.FOLLOW_UP: QT_TRANSLATE_NOOP("domain", "Follow up"),
}
_ABSENCES = {
    Absence.UNANSWERED: QT_TRANSLATE_NOOP("domain", "unanswered"),
    Absence.NOT_LOOKED_FOR: QT_TRANSLATE_NOOP("domain", "not looked for"),
    Absence.NOT_SEEN: QT_TRANSLATE_NOOP("domain", "looked for but not seen"),
    Absence.NOT_APPLICABLE: QT_TRANSLATE_NOOP("domain", "not applicable"),
}
_CLAIMS = {
    ClaimKind.STRENGTH: QT_TRANSLATE_NOOP("domain", "Strength"),
    ClaimKind.GROWTH: QT_TRANSLATE_NOOP("domain", "Growth area"),
    ClaimKind.QUESTION: QT_TRANSLATE_NOOP("domain", "Question"),
}
_CLAIM_COLUMNS = {
    ClaimKind.STRENGTH: QT_TRANSLATE_NOOP("domain", "Strengths"),
    ClaimKind.GROWTH: QT_TRANSLATE_NOOP("domain", "To grow"),
    ClaimKind.QUESTION: QT_TRANSLATE_NOOP("domain", "Questions"),
}
_ROLES = {
    Role.TEACHER: QT_TRANSLATE_NOOP("domain", "Teacher"),
    Role.OBSERVER: QT_TRANSLATE_NOOP("domain", "Observer"),
    Role.COACH: QT_TRANSLATE_NOOP("domain", "Coach"),
    Role.COORDINATOR: QT_TRANSLATE_NOOP("domain", "Coordinator"),
}
_STEPS = {
    StepStatus.OPEN: QT_TRANSLATE_NOOP("domain", "open"),
    StepStatus.DONE: QT_TRANSLATE_NOOP("domain", "done"),
    StepStatus.DROPPED: QT_TRANSLATE_NOOP("domain", "dropped"),
}


def _words(text: object) -> str:
    return QCoreApplication.translate(_CONTEXT, str(text))


def stage_name(stage: Stage) -> str:
    """Prepare, Observe, Talk, Follow up."""
    return _words(_STAGES[stage])


def absence_name(absence: Absence) -> str:
    """The four kinds in words; none of them is a zero."""
    return _words(_ABSENCES[absence])


def claim_name(kind: ClaimKind) -> str:
    """One claim of this kind."""
    return _words(_CLAIMS[kind])


def claim_column(kind: ClaimKind) -> str:
    """Head of the column of these claims."""
    return _words(_CLAIM_COLUMNS[kind])


def role_name(role: Role) -> str:
    """A person's role."""
    return _words(_ROLES[role])


def step_name(status: StepStatus) -> str:
    """Where an action step stands."""
    return _words(_STEPS[status])


def short_date(day: date) -> str:
    """Weekday, day, month: "Tue 10 Mar"; the order is that of the words, the names are the locale's."""
    pattern = QCoreApplication.translate("dates", "ddd d MMM", "date format: weekday, day, month, short")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def long_date(day: date) -> str:
    """Weekday, day, month, year: "Wednesday 11 March 2026"."""
    pattern = QCoreApplication.translate("dates", "dddd d MMMM yyyy", "date format: weekday, day, month, year, long")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def time_of_day(moment: time, *, seconds: bool = False) -> str:
    """Local time as the locale writes it: "09:36"; with seconds always as 09:36:41."""
    shown = QTime(moment.hour, moment.minute, moment.second)
    if seconds:
        return shown.toString("HH:mm:ss")
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)


def load_translations(app: QCoreApplication, language: str = "") -> QLocale:
    """Install Qt's and our translations.

    Args:
        app: owner of the translators.
        language: code such as "de"; "" follows the system.

    Returns:
        The locale in force; English sentences stay where no translation ships.
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    ours, qts = QTranslator(app), QTranslator(app)
    if qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qts)
    if ours.load(locale, "observe", "_", str(resource_path("translations"))):
        app.installTranslator(ours)
    return locale
