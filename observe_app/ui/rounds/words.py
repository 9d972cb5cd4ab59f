"""Rounds in words: how far a visit is, what a rule forbids, why something could not be met."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from observe_app.domain.rounds.board import Reached
from observe_app.domain.rounds.check import ClashKind
from observe_app.domain.rounds.report import Part, Why
from observe_app.domain.rounds.round import RoundState
from observe_app.domain.school.classes import SlotKind
from observe_app.ui.i18n import short_date, time_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from observe_app.domain.rounds.check import Clash
    from observe_app.domain.rounds.report import Reason, Shortfall
    from observe_app.domain.rounds.round import Pairing

_DAY = 24 * 60


def minute_words(minute: int) -> str:
    """Return minutes from midnight as the locale writes a time of day."""
    return time_of_day(time(minute // 60 % 24, minute % 60)) if minute < _DAY else "24:00"


def span_words(start: int | None, end: int | None) -> str:
    """Return begin and end as times of day; "" without a time."""
    if start is None or end is None:
        return ""
    return f"{minute_words(start)}–{minute_words(end)}"


def weekday_name(weekday: int, *, long: bool = False) -> str:
    """Return the name of a day of the week, 0 Monday; -1 is every day."""
    if weekday < 0:
        return QCoreApplication.translate("rounds", "every day")
    shape = QLocale.FormatType.LongFormat if long else QLocale.FormatType.ShortFormat
    return QLocale().standaloneDayName(weekday + 1, shape)


def days_words(first: date, last: date) -> str:
    """Return first and last day, the year behind the last."""
    pattern = QCoreApplication.translate("dates", "d MMM", "date format: day, month, short")
    locale = QLocale()
    begin = locale.toString(QDate(first.year, first.month, first.day), pattern)
    end = locale.toString(QDate(last.year, last.month, last.day), f"{pattern} yyyy")
    return QCoreApplication.translate("rounds", "{first} – {last}").format(first=begin, last=end)


def reached_word(reached: Reached) -> str:
    """How far a visit of a round is."""
    tr = QCoreApplication.translate
    return {
        Reached.OPEN: tr("rounds", "no time yet"),
        Reached.PLANNED: tr("rounds", "planned"),
        Reached.LATE: tr("rounds", "not visited yet"),
        Reached.VISITED: tr("rounds", "visited"),
        Reached.TALKED: tr("rounds", "talked about"),
        Reached.CANCELLED: tr("rounds", "cancelled"),
    }[reached]


def reached_icon(reached: Reached) -> str:
    """The sign of how far a visit is, always beside its word or its name."""
    return {
        Reached.OPEN: "hourglass",
        Reached.PLANNED: "clock",
        Reached.LATE: "triangle-alert",
        Reached.VISITED: "check",
        Reached.TALKED: "circle-check",
        Reached.CANCELLED: "x",
    }[reached]


def state_word(state: str) -> str:
    """How far a round is."""
    tr = QCoreApplication.translate
    known = {
        RoundState.DRAFT.value: tr("rounds", "being set up"),
        RoundState.OPEN.value: tr("rounds", "under way"),
        RoundState.CLOSED.value: tr("rounds", "over"),
    }
    return known.get(str(state), str(state))


def kind_word(kind: str) -> str:
    """What a time of a timetable is."""
    tr = QCoreApplication.translate
    return {
        SlotKind.TEACHING: tr("rounds", "teaching"),
        SlotKind.BUSY: tr("rounds", "busy"),
        SlotKind.PROTECTED: tr("rounds", "protected"),
    }[SlotKind(kind)]


def when_words(pairing: Pairing) -> str:
    """Return day and times of a visit."""
    if pairing.on is None:
        return QCoreApplication.translate("rounds", "no time yet")
    words = QCoreApplication.translate("rounds", "{day}, {times}")
    return words.format(day=short_date(pairing.on), times=span_words(pairing.start_min, pairing.end_min))


def where_words(pairing: Pairing) -> str:
    """Return class, subject, room and building, as far as they are known."""
    place = " ".join(part for part in (pairing.room, pairing.building) if part)
    return " · ".join(part for part in (pairing.class_name, pairing.subject, place) if part)


def clash_sentence(clash: Clash, names: Mapping[str, str]) -> str:
    """Say one broken rule in a sentence."""
    tr = QCoreApplication.translate
    table = {
        ClashKind.SELF: tr("rounds", "{who} cannot visit their own lesson."),
        ClashKind.STRANGER: tr("rounds", "{who} does not take part in this round."),
        ClashKind.EXCLUDED: tr("rounds", "{who} and {other} are not to visit each other."),
        ClashKind.MANAGER: tr("rounds", "{who} and {other}: one is the other’s line manager."),
        ClashKind.SUBJECT: tr("rounds", "The subjects of {who} and {other} do not fit the rule of this round."),
        ClashKind.PARTNER: tr("rounds", "{who} and {other}: earlier rounds decide otherwise."),
        ClashKind.TWICE: tr("rounds", "{who} visits {other} already in this round."),
        ClashKind.ONE_WAY: tr("rounds", "{who} visits {other}, and the visit back is missing."),
        ClashKind.BACK: tr("rounds", "{who} and {other} would visit each other, which this round does not want."),
        ClashKind.TOO_MANY_OBSERVES: tr("rounds", "{who} would observe {found} times; {needed} are meant."),
        ClashKind.TOO_MANY_OBSERVED: tr("rounds", "{who} would be observed {found} times; {needed} are meant."),
        ClashKind.DAY: tr("rounds", "{day} is no day of this round: outside its dates, at a weekend or in a holiday."),
        ClashKind.NO_LESSON: tr("rounds", "{who} teaches nothing then."),
        ClashKind.LENGTH: tr("rounds", "The visit lasts {found} minutes; {needed} are meant."),
        ClashKind.BUSY: tr("rounds", "{who} is not free then: {times} {what}."),
        ClashKind.PROTECTED: tr("rounds", "Hours without visits: {times}."),
        ClashKind.TAKEN: tr("rounds", "{who} has another visit then: {times}."),
        ClashKind.OVERLAP: tr("rounds", "{who} has another visit of this round then, with {other}: {times}."),
        ClashKind.TRAVEL: tr("rounds", "{who} has {found} minutes for a way of {needed} ({what})."),
        ClashKind.LOAD: tr("rounds", "{who} would have {found} visits in that week; at most {needed}."),
    }
    return (
        table[clash.kind]
        .format(
            who=names.get(clash.person_id, tr("rounds", "Somebody")),
            other=names.get(clash.other_id, tr("rounds", "somebody")),
            day=short_date(clash.on) if clash.on is not None else "",
            times=span_words(clash.start_min, clash.end_min),
            what=clash.what,
            needed=clash.needed,
            found=clash.found,
        )
        .replace(" .", ".")
        .replace(" ()", "")
    )


def shortfall_sentence(shortfall: Shortfall, names: Mapping[str, str]) -> str:
    """Say who has fewer visits than the rules ask for."""
    who = names.get(shortfall.person_id, QCoreApplication.translate("rounds", "Somebody"))
    if shortfall.part is Part.OBSERVES:
        words = QCoreApplication.translate("rounds", "{who} observes {found} of {needed}")
    else:
        words = QCoreApplication.translate("rounds", "{who} is observed {found} of {needed}")
    return words.format(who=who, found=shortfall.found, needed=shortfall.needed)


def reason_sentence(reason: Reason, possible: int) -> str:
    """Say what took possible visits away, and how many of them."""
    tr = QCoreApplication.translate
    table = {
        Why.NO_LESSONS: tr("rounds", "no lesson is known in the days of this round"),
        Why.FEW_PEOPLE: tr("rounds", "fewer colleagues are left than visits are needed"),
        Why.SUMS: tr("rounds", "the numbers of visits given and received do not add up"),
        Why.SELF: tr("rounds", "own lessons"),
        Why.EXCLUDED: tr("rounds", "the two are not to visit each other"),
        Why.MANAGER: tr("rounds", "line manager"),
        Why.SUBJECT: tr("rounds", "the subjects do not fit"),
        Why.PARTNER: tr("rounds", "earlier rounds decide otherwise"),
        Why.LENGTH: tr("rounds", "the lesson is too short"),
        Why.PROTECTED: tr("rounds", "hours without visits"),
        Why.TEACHER_BUSY: tr("rounds", "the teacher has something else as well"),
        Why.BUSY: tr("rounds", "the observer teaches or is not free"),
        Why.TAKEN: tr("rounds", "a visit outside this round"),
        Why.TRAVEL: tr("rounds", "too little time on the way"),
        Why.VISITED: tr("rounds", "the lesson has its visitor"),
        Why.FULL: tr("rounds", "the other has all visits they need"),
        Why.OVERLAP: tr("rounds", "another visit then"),
        Why.LOAD: tr("rounds", "the week is full"),
        Why.TWICE: tr("rounds", "the two have their visit"),
        Why.SHAPE: tr("rounds", "the visit back cannot be, or must not be"),
        Why.OTHERS: tr("rounds", "it would have cost somebody else theirs"),
    }
    words = table[reason.why]
    if reason.why in {Why.NO_LESSONS, Why.FEW_PEOPLE, Why.SUMS} or not possible:
        return words
    counted = tr("rounds", "{why}: {count} of {possible} lessons")
    return counted.format(why=words, count=reason.count, possible=possible)


def with_initial(name: str) -> str:
    """Return a name with its first part as an initial: "S. Papadopoulou"; a name of one part stays."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[0]}. {rest.strip()}" if first and rest.strip() else name
