"""What pages about groups say alike: kinds, roles, days, values, where a goal stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.groups.group import GroupKind, GroupRole
from observe_app.services.group_words import GAPS, PROBLEMS
from observe_app.ui.moments import list_date

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.groups.goal import Goal
    from observe_app.domain.groups.purpose import PurposeGap
    from observe_app.services.exchange.problems import Problem


def kind_name(kind: str) -> str:
    """Return what a group is, in words."""
    tr = QCoreApplication.translate
    return {
        GroupKind.COMMUNITY.value: tr("GroupWords", "Learning community"),
        GroupKind.DEPARTMENT.value: tr("GroupWords", "Department"),
        GroupKind.MENTORING.value: tr("GroupWords", "Mentoring pair"),
    }.get(kind, tr("GroupWords", "Group"))


def part_name(role: str) -> str:
    """Return what somebody does in a group, in words."""
    tr = QCoreApplication.translate
    return {
        GroupRole.FACILITATOR.value: tr("GroupWords", "facilitator"),
        GroupRole.RECORDER.value: tr("GroupWords", "recorder"),
        GroupRole.TIME_KEEPER.value: tr("GroupWords", "time keeper"),
        GroupRole.SPONSOR.value: tr("GroupWords", "leadership sponsor"),
        GroupRole.MENTOR.value: tr("GroupWords", "mentor"),
        GroupRole.MENTEE.value: tr("GroupWords", "mentee"),
    }.get(role, role)


def parts_words(roles: tuple[str, ...]) -> str:
    """Return several of them after one another."""
    return ", ".join(part_name(role) for role in roles)


def gap_words(gap: PurposeGap) -> str:
    """Return what would help a purpose."""
    lookup = QCoreApplication.translate  # the literals are marked where they stand
    return lookup("groups", str(GAPS[gap]))


def problem_words(problem: Problem) -> str:
    """Return what an import of readings noticed, with its place."""
    tr = QCoreApplication.translate
    text = tr("groups", str(PROBLEMS.get(problem.rule, problem.rule))).format(found=problem.found)
    if not problem.row:
        return text
    place = tr("GroupWords", "Row {n}, column {letter}") if problem.column else tr("GroupWords", "Row {n}")
    where = place.format(n=problem.row, letter=problem.column)
    return tr("GroupWords", "{where}: {what}").format(where=where, what=text)


def number_words(value: float) -> str:
    """Return a number in the figures of the language, without needless places."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(round(float(value), 6), "g", 10)


def value_words(value: float, unit: str) -> str:
    """Return a number with its unit."""
    return f"{number_words(value)} {unit}".strip()


def read_number(text: str) -> float | None:
    """Return the number that words mean in the language or with a full stop, None for none."""
    plain = text.strip().removesuffix("%").strip()
    found, right = QLocale().toDouble(plain)
    if right:
        return float(found)
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def goal_facts(goal: Goal, today: date) -> str:
    """Return from where to where by when: "from 54 % to 80 % by 30 Jun 2027"; "" where nothing was said."""
    tr = QCoreApplication.translate
    begin = value_words(goal.baseline, goal.unit) if goal.baseline is not None else ""
    end = value_words(goal.target, goal.unit) if goal.target is not None else ""
    if begin and end:
        told = tr("GroupWords", "from {begin} to {end}").format(begin=begin, end=end)
    elif end:
        told = tr("GroupWords", "to {end}").format(end=end)
    else:
        told = tr("GroupWords", "from {begin}").format(begin=begin) if begin else ""
    if goal.due is None:
        return told
    day = list_date(goal.due, today)
    by = tr("GroupWords", "by {day}").format(day=day)
    return tr("GroupWords", "{what} {by}").format(what=told, by=by) if told else by


def size_words(size: int) -> str:
    """Return how large a file is."""
    return QLocale().formattedDataSize(size, 1)
