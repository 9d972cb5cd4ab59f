"""Views of a lesson in words: sentences computed from its events, each with its base, that a claim can rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.form import text_in
from observe_app.domain.lesson_views import Finding, FindingKind, findings
from observe_app.domain.participation import Basis
from observe_app.domain.seating import SeatingPlan, loads
from observe_app.services.item_words import ItemWords, figure, lesson_minutes

if TYPE_CHECKING:
    from observe_app.domain.form import Form, Item
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit

_MINUTE = 60_000
GROUPS = {
    FindingKind.TALK: "talk",
    FindingKind.SPEAKERS: "talk",
    FindingKind.TAG: "notes",
    FindingKind.PHASE: "phases",
}


@dataclass(frozen=True, slots=True)
class LessonView:
    """One sentence about a lesson.

    Attributes:
        key: stays the same for the same figure of a visit, such as "wait:open", "tally:praise", "share:I.Lec",
            "tag:open" or "speakers"; evidence keeps it.
        text: a whole sentence with its base. events: ids of exactly the events it counts.
        group: "form" for the form's items, "talk", "notes" or "phases".
    """

    key: str
    text: str
    events: tuple[str, ...]
    group: str


def views(record: VisitRecord, words: ItemWords | None = None, language: str = "") -> tuple[LessonView, ...]:
    """Return the views of a visit: only those that something was recorded for, and nothing private in any of them.

    Args:
        record: the visit as it is read.
        words: the fixed words; the English ones by default.
        language: of the form's texts, "" for the form's own.
    """
    told = [event for event in record.events if not event.private and not event.deleted]
    words = words or ItemWords()
    length = round(lesson_minutes(record.visit, told) * _MINUTE)
    found = findings(record.form, told, length, record.visit.class_size, _plan(record.visit))
    return tuple(
        LessonView(one.key, _sentence(one, record.form, words, language), one.events, GROUPS.get(one.kind, "form"))
        for one in found
    )


def views_by_key(record: VisitRecord, words: ItemWords | None = None, language: str = "") -> dict[str, LessonView]:
    """Return the views of a visit by key; a key that is not in it has nothing to say any more."""
    return {view.key: view for view in views(record, words, language)}


def _plan(visit: Visit) -> SeatingPlan:
    if not visit.seating:
        return SeatingPlan()
    try:
        return loads(visit.seating)
    except Invalid:  # a plan that cannot be read seats nobody; who opens it is told why
        return SeatingPlan()


def _sentence(one: Finding, form: Form | None, words: ItemWords, language: str) -> str:
    item = form.item(one.item) if form is not None and one.item else None
    label = (text_in(item.label, language) or item.id) if item is not None else ""
    match one.kind:
        case FindingKind.WAIT:
            pattern = words.view_wait if one.count > 1 else words.view_wait_one
            return pattern.format(label=label, seconds=_tenths(one.value / 1000, words), n=one.count)
        case FindingKind.WAIT_AIM:
            aim = figure(one.value / 1000, point=words.point)
            return words.view_wait_aim.format(label=label, n=one.count, of=one.of, aim=aim)
        case FindingKind.WAIT_END:
            patterns = {
                "answered": words.view_answered,
                "rephrased": words.view_rephrased,
                "answered_by_teacher": words.view_answered_by_teacher,
            }
            return patterns[one.part].format(label=label, n=one.count, of=one.of)
        case FindingKind.TALLY:
            return words.view_tally.format(label=label, n=one.count, **_times(one))
        case FindingKind.TIMER:
            pattern = words.view_timer if one.count > 1 else words.view_timer_one
            return pattern.format(label=label, n=one.count, **_times(one))
        case FindingKind.SWEEP:
            pattern = words.view_sweep if one.count > 1 else words.view_sweep_one
            return pattern.format(label=label, seen=_tenths(one.value, words), of=_tenths(one.base, words), n=one.count)
        case FindingKind.CODE | FindingKind.LEVEL:
            if form is not None and item is not None and one.kind is FindingKind.LEVEL:
                label = text_in(form.scale_label(item), language) or label
            name = _part_name(item, one, label, words, language)
            return words.view_code.format(label=name, n=one.count, of=one.of)
        case _:
            return _of_notes(one, words)


def _of_notes(one: Finding, words: ItemWords) -> str:
    if one.kind is FindingKind.TALK:
        return words.view_talk.format(n=one.count, of=one.of)
    if one.kind is FindingKind.TAG:
        return words.view_tag.format(tag=one.part, n=one.count, of=one.of)
    if one.kind is FindingKind.PHASE:
        return words.view_phase.format(name=one.part, n=one.count, **_times(one))
    # Presses and notes are two sources: which one was counted is part of what is said.
    patterns = {
        (Basis.NOTES, True): words.view_speakers,
        (Basis.NOTES, False): words.view_speakers_of_unknown,
        (Basis.PRESSES, True): words.view_speakers_on_plan,
        (Basis.PRESSES, False): words.view_speakers_on_plan_of_unknown,
    }
    pattern = patterns[one.by, one.of > 0]
    return pattern.format(n=one.count, of=one.of, base=len(one.events))


def _part_name(item: Item | None, one: Finding, label: str, words: ItemWords, language: str) -> str:
    if item is None:
        return one.part
    if one.kind is FindingKind.LEVEL:
        level = next((level for level in item.levels if str(level.number) == one.part), None)
        word = (text_in(level.label, language) if level is not None else "") or one.part
        return words.view_level.format(label=label, level=word)
    found = item.code(one.part)
    if found is None:
        return one.part
    side, code = found
    name = text_in(code.label, language) or code.id
    twice = sum((text_in(other.label, language) or other.id) == name for one_side in item.sides
                for other in one_side.codes) > 1  # fmt: skip
    who = text_in(side.label, language)
    # "Waiting" alone would not say who waited.
    return words.view_code_of.format(side=who, label=name) if twice and who else name[:1].upper() + name[1:]


def _tenths(value: float, words: ItemWords) -> str:
    return figure(round(value, 1), 1, words.point)


def _times(one: Finding) -> dict[str, str]:
    minutes, seconds = divmod(round(one.value / 1000), 60)
    share = round(100 * one.value / one.base) if one.base else 0
    return {"time": f"{minutes}:{seconds:02d}", "minutes": figure(round(one.base / _MINUTE)), "percent": str(share)}
