"""Action steps over a term, and who spoke how much in the conversations they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.action_step import StepStatus
from observe_app.domain.talk_share import count_words
from observe_app.domain.timeline import Share
from observe_app.domain.turn import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.record import VisitRecord


@dataclass(frozen=True, slots=True)
class StepCourse:
    """An action step from the visit it was agreed in.

    Attributes:
        opened: start of that visit, None where nobody said. closed: when it was closed, None while it is open.
        closed_visit_id: the visit that showed it, "" where none was named.
        seen: visits whose events are linked to it as evidence, by start.
    """

    id: str
    text: str
    visit_id: str
    status: StepStatus
    opened: datetime | None = None
    closed: datetime | None = None
    closed_visit_id: str = ""
    seen: tuple[str, ...] = ()


def step_courses(records: Sequence[VisitRecord]) -> tuple[StepCourse, ...]:
    """Return the steps agreed in these visits, in the order of the visits and as they stand within each."""
    ordered = sorted(records, key=_when)
    seen: dict[str, list[str]] = {}
    for record in ordered:
        for link in record.evidence:
            visits = seen.setdefault(link.target_id, []) if link.target_kind == "step" and link.event_id else None
            if visits is not None and record.visit.id not in visits:
                visits.append(record.visit.id)
    return tuple(
        StepCourse(
            step.id,
            step.text,
            record.visit.id,
            step.status,
            record.visit.started or record.visit.start,
            step.closed,
            step.closed_visit_id,
            tuple(seen.get(step.id, ())),
        )
        for record in ordered
        for step in sorted(record.steps, key=lambda one: (one.position, one.id))
        if not step.deleted
    )


def _when(record: VisitRecord) -> tuple[bool, str, str]:
    moment = record.visit.started or record.visit.start
    return moment is None, moment.isoformat() if moment is not None else "", record.visit.id


@dataclass(frozen=True, slots=True)
class StepsAt:
    """How the steps stood at a moment: agreed by then, of these done, let go and still open."""

    at: datetime
    agreed: int
    done: int
    dropped: int

    @property
    def still_open(self) -> int:
        """How many were open."""
        return self.agreed - self.done - self.dropped


def steps_over_time(courses: Iterable[StepCourse]) -> tuple[StepsAt, ...]:
    """Return how the steps stood after each moment at which one was agreed or closed.

    Steps of undated visits are left out, and one that is closed without a date counts as closed when it was agreed: it
    is not open, and when it came to an end nobody knows.
    """
    dated = [(one, one.opened) for one in courses if one.opened is not None]
    ends = {one.id: max(opened, one.closed or opened) for one, opened in dated if one.status is not StepStatus.OPEN}
    moments = sorted({opened for _one, opened in dated} | set(ends.values()))
    made = []
    for at in moments:
        over = [one.status for one, _opened in dated if one.id in ends and ends[one.id] <= at]
        done = sum(status is StepStatus.DONE for status in over)
        made.append(StepsAt(at, sum(opened <= at for _one, opened in dated), done, len(over) - done))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Balance:
    """Who spoke how much in a conversation: words written down in turns, not seconds.

    Attributes:
        turns: (voice, how many turns, how many words) of those who spoke, teacher first.
        agreed_words: words of what the two wrote down together: they are nobody's share.
    """

    visit_id: str
    turns: tuple[tuple[Voice, int, int], ...] = ()
    agreed_words: int = 0

    @property
    def teacher(self) -> Share:
        """Return the teacher's words of those that one of the two said."""
        words = {voice: count for voice, _turns, count in self.turns}
        of = words.get(Voice.TEACHER, 0) + words.get(Voice.OBSERVER, 0)
        return Share(words.get(Voice.TEACHER, 0), of)


def balance(record: VisitRecord) -> Balance | None:
    """Return who said how much, None where no conversation was written down."""
    turns = [turn for turn in record.turns if not turn.deleted]
    if not turns:
        return None
    own = tuple(
        (voice, len(said), sum(count_words(turn.text) for turn in said))
        for voice in (Voice.TEACHER, Voice.OBSERVER)
        if (said := [turn for turn in turns if turn.voice is voice])
    )
    both = sum(count_words(turn.text) for turn in turns if turn.voice is Voice.BOTH)
    return Balance(record.visit.id, own, both)
