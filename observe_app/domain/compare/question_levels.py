"""What questions asked students to do: counts by level of a published order of kinds of thinking.

A level is recognised by the id of a tally or code, or by a tag. Counted are moments, not quality: an order of kinds is
no order of merit.

Source of the orders: Anderson & Krathwohl (2001), A taxonomy for learning, teaching, and assessing; Webb (1997),
Criteria for alignment of expectations and assessments, levels 1 to 4 of depth of knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind
from observe_app.domain.timeline import Share, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
DEPTH = ("dok1", "dok2", "dok3", "dok4")
_ALIASES = {"analyze": "analyse"} | {f"dok-{n}": f"dok{n}" for n in range(1, 5)}


@dataclass(frozen=True, slots=True)
class QuestionLevels:
    """Questions by level, from one source: they are never added up over sources.

    Attributes:
        order: "bloom" or "depth". source: "items" (tallies) or "tags" (notes).
        counts: (level, how many) of all levels of the order, zeros among them: every one was offered.
        at_ms: (level, first moment) of those that were counted.
    """

    order: str
    source: str
    counts: tuple[tuple[str, int], ...]
    at_ms: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """How many questions have a level: the base."""
        return sum(count for _level, count in self.counts)

    def share(self, level: str) -> Share:
        """Return how many of the questions with a level have this one."""
        return Share(dict(self.counts).get(level, 0), self.total)


def question_levels(items: Iterable[Item], events: Sequence[Event]) -> tuple[QuestionLevels, ...]:
    """Return what was counted, by order and source; nothing where nothing was.

    Of tallies only levels that the form offers are told: a level that nobody could press has no zero.
    """
    found: list[QuestionLevels] = []
    offered = {_level(item.id): item.id for item in items if item.kind is ItemKind.TALLY}
    noted: dict[str, list[int]] = {}
    for event in events:
        if event.kind is EventKind.NOTE and not event.deleted:
            for tag in dict.fromkeys(_level(tag) for tag in event.tags):
                noted.setdefault(tag, []).append(event.offset_ms)
    for name, levels in (("bloom", BLOOM), ("depth", DEPTH)):
        pressed = {
            level: [one.offset_ms for one in tallies(events, offered[level])] for level in levels if level in offered
        }
        for source, moments in (("items", pressed), ("tags", {level: noted.get(level, []) for level in levels})):
            if len(moments) > 1 and any(moments.values()):
                counts = tuple((level, len(at)) for level, at in moments.items())
                first = tuple((level, min(at)) for level, at in moments.items() if at)
                found.append(QuestionLevels(name, source, counts, first))
    return tuple(found)


def _level(name: str) -> str:
    plain = name.casefold()
    return _ALIASES.get(plain, plain)
