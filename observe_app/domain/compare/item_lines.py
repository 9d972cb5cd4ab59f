"""What one item of a form is compared by: its measures, each with its base, its scale, and its mark of one visit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.compare.facts import NONE
from observe_app.domain.compare.marks import Base, Mark, Measure, Missing
from observe_app.domain.form import OTHER, ItemKind, text_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.compare.facts import Counted, SheetFacts, VisitFacts
    from observe_app.domain.compare.marks import Origin
    from observe_app.domain.form import Form, Item

TALK_GROUPS = frozenset({"voice", "talk", "speech"})
"""Names of groups of timers that say who talks. Only there is a timer's share of the group's time a share of talk."""

TALK_WORDS = "talk_words"
"""Key of the line of the teacher's share of the words noted with a speaker."""

_MOST = 1e15
"""A number beyond this is damage: nobody counted it, and it would not survive as a number in other programs."""

Levels = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line that an item makes.

    Attributes:
        label: of the item or the part. levels: as of `Series`.
        scale: two visits with another scale are not joined. rests_on: nor those whose figure rests on something else.
        told: turns what a visit came to into its mark, as of a visit recorded live.
    """

    measure: Measure
    base: Base
    label: str
    told: Callable[[VisitFacts], Mark]
    part: str = ""
    levels: Levels = ()
    scale: object = None
    rests_on: object = None

    def mark(self, facts: VisitFacts, origin: Origin) -> Mark:
        """Return the mark of one visit whose form has the item."""
        made = self.told(facts)
        return made if origin is made.origin else replace(made, origin=origin)


def item_lines(form: Form, item: Item, language: str = "") -> list[ItemLine]:
    """Return the lines of an item, none for words and guidance.

    Args:
        form: that the item stands in; timers need to know who shares their group.
        item: of the form.
        language: of the form's texts, "" for its own.
    """
    label = text_in(item.label, language) or item.id
    match item.kind:
        case ItemKind.TALLY:
            return [ItemLine(Measure.TALLY, Base.LESSON_MINUTES, label, lambda f: _tally(item, f))]
        case ItemKind.TIMER:
            return _timer_lines(form, item, label)
        case ItemKind.INTERVAL:
            return _sheet_lines(form, item, language)
        case ItemKind.SWEEP:
            rests = (item.of, item.every)
            return [ItemLine(Measure.SWEEP, Base.LOOKS, label, lambda f: _sweep(item, f), rests_on=rests)]
        case ItemKind.WAIT:
            return _wait_lines(item, label)
        case _:
            return _answer_lines(item, label, language)


def _answer_lines(item: Item, label: str, language: str) -> list[ItemLine]:
    scale: object
    match item.kind:
        case ItemKind.RATING:
            levels = tuple((level.number, text_in(level.label, language)) for level in item.levels)
            scale = tuple((level.number, text_in(level.label, "")) for level in item.levels)
            words = dict(levels)
            return [ItemLine(Measure.RATING, Base.NONE, label, lambda f: _rating(item, words, f), "", levels, scale)]
        case ItemKind.CHECK:
            return [ItemLine(Measure.CHECK, Base.NONE, label, lambda f: _check(item, f))]
        case ItemKind.CHOICE | ItemKind.CHOICES:
            names = {option.id: text_in(option.label, language) or option.id for option in item.options}
            scale = frozenset(names)
            return [ItemLine(Measure.CHOICE, Base.NONE, label, lambda f: _choice(item, names, f), scale=scale)]
        case ItemKind.NUMBER:
            scale = (text_in(item.unit, ""), item.low, item.high)
            return [ItemLine(Measure.NUMBER, Base.NONE, label, lambda f: _number(item, f), scale=scale)]
        case _:
            return []


# -- answers


def _without(item: Item, facts: VisitFacts, otherwise: Missing = Missing.UNANSWERED) -> Mark:
    """Return the mark of an item without a value: why the observer said so, else that nothing is there."""
    answer = facts.answers.get(item.id)
    if answer is None or answer.absence in {None, Absence.UNANSWERED}:
        return Mark(facts.visit_id, missing=otherwise)
    return Mark(facts.visit_id, missing=Missing(answer.absence.value))


def _rating(item: Item, words: dict[int, str], facts: VisitFacts) -> Mark:
    value = _value(item, facts)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value not in words:
        return _without(item, facts)
    return Mark(facts.visit_id, float(value), words=words[int(value)], n=1)


def _value(item: Item, facts: VisitFacts) -> object:
    answer = facts.answers.get(item.id)
    return None if answer is None else answer.value


def _check(item: Item, facts: VisitFacts) -> Mark:
    value = {"yes": 1.0, "no": 0.0}.get(str(_value(item, facts)))
    return _without(item, facts) if value is None else Mark(facts.visit_id, value, n=1)


def _choice(item: Item, names: dict[str, str], facts: VisitFacts) -> Mark:
    value = _value(item, facts)
    if value is None:
        return _without(item, facts)
    chosen = value if isinstance(value, tuple) else (value,)
    words = [names.get(str(one), str(one)) if str(one) != OTHER else _other(item, facts) for one in chosen]
    return Mark(facts.visit_id, words=", ".join(words), n=len(words))


def _other(item: Item, facts: VisitFacts) -> str:
    answer = facts.answers.get(item.id)
    return (answer.comment if answer is not None else "") or OTHER


def _number(item: Item, facts: VisitFacts) -> Mark:
    value = _value(item, facts)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _MOST:
        return _without(item, facts)
    return Mark(facts.visit_id, float(value), n=1)


# -- events


def _share(facts: VisitFacts, counted: Counted, of: int, blank: int = 0) -> Mark:
    return Mark(facts.visit_id, counted.n / of, n=counted.n, of=of, blank=blank, at_ms=counted.at_ms)


def _nothing(item: Item, facts: VisitFacts) -> Mark:
    return _without(item, facts, Missing.NOTHING_RECORDED)


def _tally(item: Item, facts: VisitFacts) -> Mark:
    found = facts.tallies.get(item.id)
    if found is None or facts.length_ms <= 0:
        return _nothing(item, facts)
    value = found.n * 60_000 / facts.length_ms
    return Mark(facts.visit_id, value, n=found.n, of=facts.length_ms, at_ms=found.at_ms)


def _timer_lines(form: Form, item: Item, label: str) -> list[ItemLine]:
    group = tuple(
        one.id for one in form.items if one.kind is ItemKind.TIMER and item.group and one.group == item.group
    ) or (item.id,)
    made = [ItemLine(Measure.TIMER, Base.LESSON_MINUTES, label, lambda f: _timer(item, group, f))]
    if len(group) > 1 and _is_talk(item.group, group):
        made.append(
            ItemLine(
                Measure.TALK_SECONDS,
                Base.TALK_SECONDS,
                label,
                lambda f: _talk_seconds(item, group, f),
                rests_on=frozenset(group),
            )
        )
    return made


def _is_talk(name: str, group: tuple[str, ...]) -> bool:
    """By its name, or by the rule of `budget.talk_seconds`: exactly one of the timers is the teacher's."""
    return name in TALK_GROUPS or sum(one.casefold().startswith("teacher") for one in group) == 1


def _timer(item: Item, group: tuple[str, ...], facts: VisitFacts) -> Mark:
    """Of timers that exclude one another, one that never ran while others did took no time: that is a zero."""
    found = facts.timers.get(item.id)
    if facts.length_ms <= 0 or (found is None and not any(one in facts.timers for one in group)):
        return _nothing(item, facts)
    ms = found.ms if found is not None else 0
    return Mark(facts.visit_id, ms / facts.length_ms, n=ms, of=facts.length_ms, at_ms=found.at_ms if found else None)


def _talk_seconds(item: Item, group: tuple[str, ...], facts: VisitFacts) -> Mark:
    whole = sum(facts.timers[one].ms for one in group if one in facts.timers)
    if not whole:
        return _nothing(item, facts)
    found = facts.timers.get(item.id)
    ms = found.ms if found is not None else 0
    return Mark(facts.visit_id, ms / whole, n=ms, of=whole, at_ms=found.at_ms if found else None)


def _sheet_lines(form: Form, item: Item, language: str) -> list[ItemLine]:
    made = []
    length = (item.seconds, item.look)
    names = code_names(item, language)
    for side in item.sides:
        codes = tuple(side.full(code) for code in side.codes)
        for full in codes:
            words = names[full]
            made.append(
                ItemLine(
                    Measure.CODE_INTERVALS, Base.INTERVALS, words, _of_intervals(item, full), full, rests_on=length
                )
            )
            made.append(
                ItemLine(
                    Measure.CODE_TICKS,
                    Base.TICKS,
                    words,
                    _of_ticks(item, full, codes),
                    full,
                    rests_on=(length, frozenset(codes)),
                )
            )
    scale = tuple((level.number, text_in(level.label, "")) for level in item.levels)
    label = text_in(form.scale_label(item), language) or text_in(item.label, language) or item.id
    for level in item.levels:
        words = text_in(level.label, language) or str(level.number)
        made.append(
            ItemLine(
                Measure.LEVEL,
                Base.INTERVALS,
                f"{label}: {words}",
                _of_level(item, level.number),
                str(level.number),
                scale=scale,
                rests_on=length,
            )
        )
    return made


def code_names(item: Item, language: str = "") -> dict[str, str]:
    """Return what each code is called, by full id; with its side where two have one name.

    "Waiting" alone would not say who waited.
    """
    names = {
        side.full(code): (text_in(side.label, language), text_in(code.label, language) or code.id)
        for side in item.sides
        for code in side.codes
    }
    times = Counter(name for _side, name in names.values())
    return {
        full: f"{side}: {name}" if times[name] > 1 and side else name[:1].upper() + name[1:]
        for full, (side, name) in names.items()
    }


def _sheet(item: Item, facts: VisitFacts) -> SheetFacts | None:
    return facts.sheets.get(item.id)


def _of_intervals(item: Item, full: str) -> Callable[[VisitFacts], Mark]:
    def told(facts: VisitFacts) -> Mark:
        sheet = _sheet(item, facts)
        if sheet is None:
            return _nothing(item, facts)
        return _share(facts, sheet.codes.get(full, NONE), sheet.coded, sheet.blank)

    return told


def _of_ticks(item: Item, full: str, side: tuple[str, ...]) -> Callable[[VisitFacts], Mark]:
    def told(facts: VisitFacts) -> Mark:
        sheet = _sheet(item, facts)
        ticks = sum(sheet.codes.get(code, NONE).n for code in side) if sheet is not None else 0
        if sheet is None or not ticks:
            return _nothing(item, facts)
        return _share(facts, sheet.codes.get(full, NONE), ticks, sheet.blank)

    return told


def _of_level(item: Item, number: int) -> Callable[[VisitFacts], Mark]:
    def told(facts: VisitFacts) -> Mark:
        sheet = _sheet(item, facts)
        rated = sum(one.n for one in sheet.levels.values()) if sheet is not None else 0
        if sheet is None or not rated:
            return _nothing(item, facts)
        return _share(facts, sheet.levels.get(number, NONE), rated, sheet.coded + sheet.blank - rated)

    return told


def _sweep(item: Item, facts: VisitFacts) -> Mark:
    found = facts.sweeps.get(item.id)
    if found is None or not found.of:
        return _nothing(item, facts)
    return Mark(facts.visit_id, found.seen / found.of, n=found.seen, of=found.of, blank=found.missed, at_ms=found.at_ms)


def _wait_lines(item: Item, label: str) -> list[ItemLine]:
    made = [ItemLine(Measure.WAIT, Base.NONE, label, lambda f: _wait(item, f), scale=item.after)]
    if item.aim is not None:
        rests = (item.after, item.aim)
        made.append(ItemLine(Measure.WAIT_AIM, Base.WAITS, label, lambda f: _wait_aim(item, f), rests_on=rests))
    return made


def _wait(item: Item, facts: VisitFacts) -> Mark:
    found = facts.waits.get(item.id)
    if found is None:
        return _nothing(item, facts)
    return Mark(facts.visit_id, float(median(found.waits_ms)), n=len(found.waits_ms), at_ms=found.at_ms)


def _wait_aim(item: Item, facts: VisitFacts) -> Mark:
    found = facts.waits.get(item.id)
    if found is None or item.aim is None:
        return _nothing(item, facts)
    reached = sum(wait >= item.aim * 1000 for wait in found.waits_ms)
    of = len(found.waits_ms)
    return Mark(facts.visit_id, reached / of, n=reached, of=of, at_ms=found.at_ms)


# -- notes


def talk_mark(visit_id: str, facts: VisitFacts, origin: Origin) -> Mark:
    """Return the teacher's share of the words of notes that name a speaker: words written down, not seconds spoken."""
    of = facts.teacher_words + facts.student_words
    if not of:
        return Mark(visit_id, missing=Missing.NOTHING_RECORDED, origin=origin)
    n = facts.teacher_words
    return Mark(visit_id, n / of, n=n, of=of, origin=origin, at_ms=facts.talk_at_ms)


def tag_mark(visit_id: str, facts: VisitFacts, tag: str, origin: Origin) -> Mark:
    """Return the share of a visit's notes that have a tag; without notes there is nothing it could be a share of."""
    if not facts.notes:
        return Mark(visit_id, missing=Missing.NOTHING_RECORDED, origin=origin)
    found = facts.tags.get(tag, NONE)
    return Mark(visit_id, found.n / facts.notes, n=found.n, of=facts.notes, origin=origin, at_ms=found.at_ms)
