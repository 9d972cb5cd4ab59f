"""Rounds of visits in plain words for the terminal: rules that are wrong, clashes, and why somebody goes short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.rounds.check import ClashKind
from observe_app.domain.rounds.report import Part, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.errors import RuleProblem
    from observe_app.domain.rounds.check import Clash
    from observe_app.domain.rounds.report import Reason, Shortfall

_CLASHES = {
    ClashKind.SELF: "{who} would visit their own lesson",
    ClashKind.STRANGER: "{who} does not take part in the round",
    ClashKind.EXCLUDED: "{who} and {other} are not to visit each other",
    ClashKind.MANAGER: "one of {who} and {other} is the other's line manager",
    ClashKind.SUBJECT: "the subjects of {who} and {other} do not fit the rule",
    ClashKind.PARTNER: "{who} and {other} do not fit the rule about earlier rounds",
    ClashKind.TWICE: "{who} visits {other} {found} times",
    ClashKind.ONE_WAY: "{who} visits {other}, and the visit back is missing",
    ClashKind.BACK: "{who} and {other} visit each other, which a chain does not allow",
    ClashKind.TOO_MANY_OBSERVES: "{who} would observe {found} times, {needed} are meant",
    ClashKind.TOO_MANY_OBSERVED: "{who} would be observed {found} times, {needed} are meant",
    ClashKind.DAY: "{on} is no day of the round",
    ClashKind.NO_LESSON: "{who} teaches nothing on {on} at {times}",
    ClashKind.LENGTH: "the visit of {who} lasts {found} minutes, {needed} are meant",
    ClashKind.BUSY: "{who} is not free on {on} at {times}",
    ClashKind.PROTECTED: "{on} at {times} is kept free of visits",
    ClashKind.TAKEN: "{who} has another visit on {on} at {times}",
    ClashKind.OVERLAP: "{who} has two visits at a time on {on} at {times}",
    ClashKind.TRAVEL: "{who} needs {needed} minutes to or from {what} on {on} and has {found}",
    ClashKind.LOAD: "{who} has {found} visits in the week of {on}, {needed} at most",
}
_WHYS = {
    Why.NO_LESSONS: "the timetable has no lesson of theirs in these days",
    Why.FEW_PEOPLE: "only {count} colleagues may be paired with them",
    Why.SUMS: "the needs do not add up: {count} more on this side than on the other",
    Why.SELF: "it is their own lesson",
    Why.EXCLUDED: "the two are not to visit each other",
    Why.MANAGER: "one is the other's line manager",
    Why.SUBJECT: "the subjects do not fit",
    Why.PARTNER: "the rule about earlier rounds",
    Why.LENGTH: "the lesson is too short",
    Why.PROTECTED: "hours without visits",
    Why.TEACHER_BUSY: "the teacher has something else beside",
    Why.BUSY: "the observer is not free",
    Why.TAKEN: "one of them has another visit outside the round",
    Why.TRAVEL: "too little time on the way",
    Why.TWICE: "the two have their visit already",
    Why.FULL: "the colleague has all the visits they need",
    Why.LOAD: "the week is full for one of them",
    Why.VISITED: "the lesson has a visitor",
    Why.OVERLAP: "one of them has another visit of the round then",
    Why.SHAPE: "the visit back cannot be, or must not be",
    Why.OTHERS: "it would have cost others more, or was not found in time",
}
_LARGE = frozenset({Why.NO_LESSONS, Why.FEW_PEOPLE, Why.SUMS})
_PROBLEMS = {
    "not_a_number": "“{value}” is no whole number",
    "out_of_range": "“{value}” is not within {limit}",
    "unknown": "“{value}” is not known",
    "empty": "something is missing or ends before it begins",
    "twice": "“{value}” is there twice",
    "stranger": "somebody is named who does not take part",
    "one_person": "a pair is two people",
    "too_many": "{value} entries, at most {limit}",
    "not_json": "this is no JSON object",
    "newer": "written by a newer version",
}


def clash_line(clash: Clash, names: Mapping[str, str]) -> str:
    """Return one broken rule in a line."""
    return _CLASHES[clash.kind].format(
        who=names.get(clash.person_id, "somebody"),
        other=names.get(clash.other_id, "somebody"),
        on=clash.on.isoformat() if clash.on else "",
        times=times(clash.start_min, clash.end_min),
        what=clash.what or "another building",
        needed=clash.needed,
        found=clash.found,
    )


def shortfall_line(one: Shortfall, names: Mapping[str, str]) -> str:
    """Return who goes short of what."""
    what = "observes" if one.part == Part.OBSERVES else "is observed"
    return (
        f"{names.get(one.person_id, 'somebody')} {what} {one.found} of {one.needed} times; "
        f"looked at {one.lessons} lessons, {one.possible} possible visits"
    )


def reason_line(reason: Reason) -> str:
    """Return what took visits away, with its count."""
    words = _WHYS[reason.why].format(count=reason.count)
    if reason.why in _LARGE:
        return words
    alone = f", {reason.alone} of them nothing else" if reason.alone else ""
    return f"{reason.count}: {words}{alone}"


def problem_line(problem: RuleProblem) -> str:
    """Return what is wrong with a rule."""
    where = f" {problem.where}" if problem.where else ""
    words = _PROBLEMS.get(problem.rule, problem.rule).format(value=problem.value, limit=problem.limit)
    return f"{problem.field}{where}: {words}"


def times(start: int | None, end: int | None) -> str:
    """Return begin and end as times of day; "" without a time."""
    if start is None or end is None:
        return ""
    return f"{start // 60:02}:{start % 60:02}–{end // 60:02}:{end % 60:02}"
