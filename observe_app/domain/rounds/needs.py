"""How many visits everybody needs, and what of it is planned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.rounds.report import Part
from observe_app.domain.rounds.school import counts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.rounds.school import Planned, School


@dataclass(frozen=True, slots=True)
class Need:
    """Visits that somebody is to have in one part, and those that are planned."""

    person_id: str
    part: Part
    needed: int
    found: int = 0

    @property
    def short(self) -> int:
        """Visits still missing; never below 0."""
        return max(0, self.needed - self.found)


def needs(school: School, visits: Iterable[Planned] = ()) -> tuple[Need, ...]:
    """Return everybody's needs, in the order of the people, observing before being observed."""
    rules, own = school.rules, counts_of(school.rules)
    planned = tuple(visits)
    does, gets = Counter(one.observer_id for one in planned), Counter(one.teacher_id for one in planned)
    found = []
    for person in school.people:
        observes, observed = own.get(person.id, (rules.observes, rules.observed))
        found.append(Need(person.id, Part.OBSERVES, observes, does[person.id]))
        found.append(Need(person.id, Part.OBSERVED, observed, gets[person.id]))
    return tuple(found)


def wanted(every: Iterable[Need]) -> int:
    """Return how many visits the needs come to: each of them serves an observer and a teacher."""
    sums: Counter[Part] = Counter()
    for need in every:
        sums[need.part] += need.needed
    return max(sums[Part.OBSERVES], sums[Part.OBSERVED])
