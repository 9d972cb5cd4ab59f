"""Two visits of one lesson: offering it, keeping it, and the agreed version as a third record beside the two.

It travels only to one's own computers, for the two visits may have other readers. Undo takes every step back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.compare.agree_view import Decision, Verdict
from observe_app.domain.compare.same_lesson import suggestions
from observe_app.domain.errors import Invalid, NotFound

if TYPE_CHECKING:
    from observe_app.domain.compare.same_lesson import LessonVisit, SameLesson, Suggestion
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_WHY = 2_000


def suggest(core: Core) -> tuple[Suggestion, ...]:
    """Return pairs of visits that may be one lesson and of which nobody said anything yet, the newest first."""
    with core.store.read() as unit:
        told = [(one.a, one.b) for one in unit.pairs.everything()]
        return suggestions(unit.pairs.lessons(), told)


def suggest_for(core: Core, visit_id: str) -> tuple[Suggestion, ...]:
    """Return the suggestions that a visit has part in, the newest first."""
    with core.store.read() as unit:
        mine = unit.pairs.lessons((visit_id,))
        if not mine:
            return ()
        told = [(one.a, one.b) for one in unit.pairs.everything()]
        found = suggestions(unit.pairs.lessons(near=mine[0].start), told)
    return tuple(one for one in found if visit_id in (one.a.id, one.b.id))


def mark(core: Core, a: str, b: str) -> SameLesson:
    """Keep that two visits are one lesson.

    Raises:
        NotFound: no such visit. Invalid: it is one and the same visit.
    """
    return _say(core, a, b, same=True)


def decline(core: Core, a: str, b: str) -> SameLesson:
    """Keep that two visits are not one lesson, so that it is not offered again.

    Raises:
        NotFound: no such visit. Invalid: it is one and the same visit.
    """
    return _say(core, a, b, same=False)


def _say(core: Core, a: str, b: str, *, same: bool) -> SameLesson:
    if a == b:
        raise Invalid("visit", a, "same")
    with core.store.read() as reading:
        for one in (a, b):
            if reading.visits.get(one).deleted:
                raise NotFound("visit", one)
        before = reading.pairs.between(a, b)
        seen = reading.seen(*([("same_lesson", before.id)] if before else []))
    if before is not None and before.same is same:
        return before
    with core.store.write("lesson.same" if same else "lesson.apart", scope=a, seen=seen) as unit:
        found = unit.pairs.say(a, b, same=same, at=core.clock.now())
        unit.commit()
    return found


def unmark(core: Core, pair_id: str) -> None:
    """Take the mark away; what was agreed on is kept beside it and is there again when the mark is.

    Raises:
        NotFound: no such mark.
    """
    with core.store.read() as unit:
        found = unit.pairs.get(pair_id)
    _say(core, found.a, found.b, same=False)


def of_visit(core: Core, visit_id: str) -> tuple[SameLesson, ...]:
    """Return the marks that a visit has part in; those whose other visit lies in the bin are left out."""
    with core.store.read() as unit:
        return tuple(one for one in unit.pairs.of_visit(visit_id) if _there(unit, one.other(visit_id)))


def marked(core: Core) -> tuple[tuple[SameLesson, LessonVisit, LessonVisit], ...]:
    """Return every pair that is marked with its two visits, the newest lesson first."""
    with core.store.read() as unit:
        marks = [one for one in unit.pairs.everything() if one.same]
        known = {one.id: one for one in unit.pairs.lessons([row for one in marks for row in (one.a, one.b)])}
    found = [(one, known[one.a], known[one.b]) for one in marks if one.a in known and one.b in known]
    return tuple(sorted(found, key=lambda one: (one[1].start, one[0].id), reverse=True))


def between(core: Core, a: str, b: str) -> SameLesson | None:
    """Return the mark that two visits are one lesson, None without one."""
    with core.store.read() as unit:
        found = unit.pairs.between(a, b)
    return found if found is not None and found.same else None


def _there(unit: ReadUnit, visit_id: str) -> bool:
    try:
        return not unit.visits.get(visit_id).deleted
    except NotFound:
        return False


# --- the agreed version ----------------------------------------------------------------------------------------------


def decisions(core: Core, pair_id: str) -> tuple[Decision, ...]:
    """Return what was agreed on, by item, code and place."""
    with core.store.read() as unit:
        return unit.pairs.cells(pair_id)


def decide(
    core: Core,
    pair_id: str,
    *,
    clock_of: str,
    item: str,
    place: int,
    verdict: Verdict,
    code: str = "",
    value: float | None = None,
    why: str = "",
) -> Decision:
    """Keep what was agreed on for one place, in place of what stood there.

    Args:
        core: the open data folder.
        pair_id: the mark.
        clock_of: id of the visit whose time `place` is in: `a` of the comparison.
        item: id of the form's item.
        place: as in a `Difference`: an interval or ms, -1 for an answer.
        verdict: yes, no, or left open.
        code: full code within the item, "" for a level or an answer.
        value: the level agreed on, for a rating.
        why: the reason, in a few words.

    Raises:
        NotFound: no such mark. Invalid: far too many words, or `clock_of` is neither of its visits.
    """
    words = why.strip()
    if len(words) > MAX_WHY:
        raise Invalid("why", "", "too_long", str(MAX_WHY))
    with core.store.read() as reading:
        found = reading.pairs.get(pair_id)
        before = [
            one.id for one in reading.pairs.cells(pair_id) if (one.item, one.code, one.place) == (item, code, place)
        ]
        seen = reading.seen(*(("agreed_cell", one) for one in before))
    if clock_of not in (found.a, found.b):
        raise Invalid("visit", clock_of, "unknown")
    with core.store.write("lesson.agree", scope=clock_of, seen=seen) as unit:
        made = Decision(item, code, place, verdict, value, words, core.clock.now(), clock_of)
        made = unit.pairs.decide(found, made)
        unit.commit()
    return made


def take_back(core: Core, decision_id: str) -> None:
    """Take back what was agreed on for one place; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as reading:
        _mark, decision = reading.pairs.cell(decision_id)
        seen = reading.seen(("agreed_cell", decision_id))
    with core.store.write("lesson.agree", scope=decision.clock_of, seen=seen) as unit:
        unit.pairs.forget(decision_id)
        unit.commit()
