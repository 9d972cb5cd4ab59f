"""How far a round is, and what became of it: counts, dates and changes; nothing of what was said or seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.rounds.board import Board, BoardRow, PersonCounts, Reached, reached
from observe_app.services.rounds.facts import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.changes import FieldChange
    from observe_app.domain.rounds.board import VisitDates
    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core

_DONE = frozenset({Reached.VISITED, Reached.TALKED})
_WAITING = frozenset({Reached.OPEN, Reached.PLANNED, Reached.LATE})
_TOLD = frozenset(
    {"observer_id", "teacher_id", "on", "start_min", "end_min", "locked", "state", "why", "deleted", "visit_id"}
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of a pairing.

    Attributes:
        at: when, aware UTC. author_id: who did it, None where nobody was introduced. kind: of the action, such as
            "round.move". undone: it was taken back.
        before, after: the pairing's fields that changed, by name, as the journal keeps them.
    """

    at: datetime
    author_id: str | None
    kind: str
    pairing_id: str
    before: tuple[tuple[str, str | int | float | None], ...]
    after: tuple[tuple[str, str | int | float | None], ...]
    undone: bool = False


def board(core: Core, round_id: str) -> Board:
    """Return how far a round is.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        kept = unit.rounds.rounds.get(round_id)
        pairings = unit.rounds.pairings.find(round_id=round_id, order="position")
        dates = unit.rounds.dates(one.visit_id for one in pairings)
        people = [one.id for one in unit.people.all(archived=True, merged=True)]
    today = core.clock.now().astimezone(zone_of(kept.zone)).date()
    rows = tuple(_row(one, dates.get(one.visit_id), today) for one in pairings)
    counting = [row for row in rows if row.reached != Reached.CANCELLED]
    far = [row.reached for row in rows]
    named = {*kept.people, *(person for row in counting for person in row.pairing.pair)}
    return Board(
        planned=len(counting),
        timed=sum(row.pairing.on is not None for row in counting),
        visited=sum(one in _DONE for one in far),
        talked=far.count(Reached.TALKED),
        late=far.count(Reached.LATE),
        cancelled=far.count(Reached.CANCELLED),
        last=max((row.pairing.on for row in counting if row.pairing.on is not None), default=None),
        rows=rows,
        people=tuple(_counts(person, counting) for person in people if person in named),
    )


def _row(one: Pairing, dates: VisitDates | None, today: object) -> BoardRow:
    far = reached(one, dates, today)  # type: ignore[arg-type]  # a date
    if dates is None or far == Reached.CANCELLED:
        return BoardRow(one, far)
    return BoardRow(one, far, dates.started, dates.talk_ended)


def _counts(person: str, rows: list[BoardRow]) -> PersonCounts:
    does = [row.reached for row in rows if row.pairing.observer_id == person]
    gets = [row.reached for row in rows if row.pairing.teacher_id == person]
    return PersonCounts(
        person, len(does), sum(one in _DONE for one in does), len(gets), sum(one in _DONE for one in gets)
    )


def not_yet(core: Core, round_id: str) -> tuple[BoardRow, ...]:
    """Return the visits that are meant to take place and have not begun, the earliest first, those without a day last.

    Raises:
        NotFound: no such id.
    """
    rows = [row for row in board(core, round_id).rows if row.reached in _WAITING]
    return tuple(sorted(rows, key=_soonest))


def _soonest(row: BoardRow) -> tuple[bool, str, int, float]:
    one = row.pairing
    return one.on is None, one.on.isoformat() if one.on else "", one.start_min or 0, one.position


def history(core: Core, round_id: str, *, pairing_id: str = "") -> tuple[Happened, ...]:
    """Return what became of a round's visits, the latest first: made, moved, swapped, called off, locked.

    Args:
        core: the open data folder.
        round_id: the round.
        pairing_id: only of this visit; "" for all, those that a later plan dropped too.

    Raises:
        NotFound: no such round.
    """
    found: list[Happened] = []
    with core.store.read() as unit:
        unit.rounds.rounds.get(round_id)
        for one in unit.rounds.pairings.find(round_id=round_id, order="position", deleted=True):
            if pairing_id and one.id != pairing_id:
                continue
            actions: dict[str, list[FieldChange]] = {}
            known = {}
            for action, change in unit.journal.of_record("pairing", one.id).changes:
                known[action.id] = action
                if change.column in _TOLD and change.old != change.new:
                    actions.setdefault(action.id, []).append(change)
            for action_id, changes in actions.items():
                done = known[action_id]
                before, after = _sides(changes)
                found.append(Happened(done.at, done.author_id, done.kind, one.id, before, after, done.undone))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _sides(
    changes: list[FieldChange],
) -> tuple[tuple[tuple[str, str | int | float | None], ...], tuple[tuple[str, str | int | float | None], ...]]:
    before: Mapping[str, str | int | float | None] = {one.column: one.old for one in changes}
    after: Mapping[str, str | int | float | None] = {one.column: one.new for one in changes}
    return tuple(before.items()), tuple(after.items())
