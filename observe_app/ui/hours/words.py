"""Kinds of activity, times and rules in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.hours import Counted, HoursKind, Per

if TYPE_CHECKING:
    from observe_app.domain.hours import HoursRule, Line

_HOUR = 60


def kind_name(kind: HoursKind) -> str:
    """Return what a kind of activity is called."""
    tr = QCoreApplication.translate
    return {
        HoursKind.SESSION: tr("hours", "Sessions"),
        HoursKind.OBSERVING: tr("hours", "Observing"),
        HoursKind.OBSERVED: tr("hours", "Being observed"),
        HoursKind.TALK: tr("hours", "Conversations"),
        HoursKind.MANUAL: tr("hours", "By hand"),
    }[kind]


def line_name(line: Line) -> str:
    """Return what a line is about; of visits and conversations only what kind they are."""
    tr = QCoreApplication.translate
    return {
        HoursKind.SESSION: line.what or tr("hours", "Session"),
        HoursKind.OBSERVING: tr("hours", "Visit to a colleague"),
        HoursKind.OBSERVED: tr("hours", "Visit by a colleague"),
        HoursKind.TALK: tr("hours", "Conversation"),
        HoursKind.MANUAL: line.what,
    }[line.kind]


def how_words(line: Line) -> str:
    """Return how a line came to its minutes."""
    tr = QCoreApplication.translate
    return {
        Counted.ACTUAL: tr("hours", "as it lasted"),
        Counted.PLANNED: tr("hours", "as planned"),
        Counted.FIXED: tr("hours", "fixed"),
        Counted.MANUAL: tr("hours", "by hand"),
        Counted.CAPPED: tr("hours", "limit, of {time}").format(time=time_words(line.whole)),
        Counted.NO_TIMES: tr("hours", "no times known"),
        Counted.SAME_TIME: tr("hours", "counted once"),
        Counted.NOT_COUNTED: tr("hours", "not counted"),
    }[line.how]


def time_words(minutes: int) -> str:
    """Return minutes as hours and minutes: "13 h 35 min"."""
    tr = QCoreApplication.translate
    whole, rest = divmod(abs(minutes), _HOUR)
    if not whole:
        said = tr("hours", "{minutes} min").format(minutes=rest)
    elif not rest:
        said = tr("hours", "{hours} h").format(hours=whole)
    else:
        said = tr("hours", "{hours} h {minutes} min").format(hours=whole, minutes=rest)
    return tr("hours", "−{time}").format(time=said) if minutes < 0 else said


def short_time(minutes: int) -> str:
    """Return minutes for a column: "13:35", a dash for none."""
    if not minutes:
        return "–"
    whole, rest = divmod(abs(minutes), _HOUR)
    return f"{'−' if minutes < 0 else ''}{whole}:{rest:02d}"


def rule_words(rule: HoursRule) -> str:
    """Return in a sentence how a kind counts."""
    tr = QCoreApplication.translate
    kind = kind_name(HoursKind(rule.kind))
    if rule.per == Per.NOTHING:
        return tr("hours", "{kind}: not counted.").format(kind=kind)
    if rule.per == Per.EACH:
        said = tr("hours", "{kind}: {time} for each.").format(kind=kind, time=time_words(rule.minutes))
    else:
        said = tr("hours", "{kind}: as long as it lasted.").format(kind=kind)
    if rule.cap_min is None:
        return said
    return tr("hours", "{rule} At most {time} in a school year.").format(rule=said, time=time_words(rule.cap_min))
