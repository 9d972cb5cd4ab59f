"""Rounds of visits: set up, listed, opened to their people, closed, taken away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Ambiguous, Invalid, NotFound, RuleProblem, RulesInvalid
from observe_app.domain.people import clean_line
from observe_app.domain.rounds import report as reports
from observe_app.domain.rounds import rules as rule_file
from observe_app.domain.rounds.board import Reached, reached
from observe_app.domain.rounds.check import Clash, check
from observe_app.domain.rounds.round import Pairing, RoundState, VisitRound
from observe_app.domain.rounds.rules import Rules
from observe_app.domain.school.terms import checked_days
from observe_app.domain.visit import MAX_LINE
from observe_app.services.rounds.facts import planned_of, school_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MOST_PEOPLE = 500
MOST_DAYS = 200
"""A round is a matter of weeks; more days than a half-year has are a slip of the pen."""
_SHORTEST_ID = 6


class RoundFields(TypedDict, total=False):
    """What can be changed of a round."""

    title: str
    first: date
    last: date
    people: tuple[str, ...]
    rules: Rules
    group_id: str
    zone: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as a list shows it. `planned`, `visited`, `talked`: visits; a visit talked about counts as visited."""

    round: VisitRound
    planned: int = 0
    visited: int = 0
    talked: int = 0


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everything that its screen shows.

    Attributes:
        round: as it is kept. rules: as they are read; the plain ones where `broken` says that they cannot be.
        report: what solving came to last, None before. pairings: in their order, called-off ones too.
        clashes: what the visits that count break now. people: who takes part or is named in a pairing, by id.
        broken: what is wrong with the rules as they are kept, () for nothing.
    """

    round: VisitRound
    rules: Rules
    report: reports.Report | None
    pairings: tuple[Pairing, ...]
    clashes: tuple[Clash, ...]
    people: dict[str, Person] = field(default_factory=dict)
    broken: tuple[RuleProblem, ...] = ()


def create(
    core: Core,
    *,
    title: str,
    first: date,
    last: date,
    people: Sequence[str] = (),
    rules: Rules | None = None,
    group_id: str = "",
    zone: str = "",
) -> VisitRound:
    """Set up a round.

    Args:
        core: the open data folder.
        title: its name.
        first: first day.
        last: last day; both count.
        people: ids of who takes part.
        rules: what it keeps to; the plain ones when None.
        group_id: the group whose round it is, "" for none.
        zone: IANA name of the school's zone; this computer's when "".

    Raises:
        Invalid: title, days or people that a round cannot have. RulesInvalid: with all that is wrong with the rules.
        NotFound: somebody is not known.
    """
    fields = RoundFields(title=title, first=first, last=last, people=tuple(people), group_id=group_id)
    fields["rules"] = rules or Rules()
    fields["zone"] = zone or core.clock.zone_name()
    values = _checked(fields, None)
    with core.store.write("round.create") as unit:
        _known(unit, values["people"])
        made = VisitRound(id=core.ids.new(), created=core.clock.now(), **values)
        unit.rounds.rounds.add(made)
        unit.commit()
    return made


def edit(core: Core, *, round_id: str, seen: Seen, **fields: Unpack[RoundFields]) -> Opened[VisitRound]:
    """Change a round. Visits that are planned stay as they are; the clashes say which ones no longer fit.

    Raises:
        NotFound: no such round or person. Invalid, RulesInvalid: as `create`.
    """
    with core.store.write("round.edit", seen=seen) as unit:
        values = _checked(fields, unit.rounds.rounds.get(round_id))
        _known(unit, values.get("people", ()))
        unit.rounds.rounds.change(round_id, values)
        unit.commit()
    return open_round(core, round_id)


def _checked(fields: RoundFields, now: VisitRound | None) -> dict[str, Any]:
    """Return the columns of what was given.

    Raises:
        Invalid, RulesInvalid: as `create`.
    """
    values: dict[str, Any] = {name: value for name, value in fields.items() if name != "rules"}
    if "title" in fields:
        title = clean_line(fields["title"])
        if not title:
            raise Invalid("title", "", "empty")
        if len(title) > MAX_LINE:
            raise Invalid("title", title[:40], "too_long", str(MAX_LINE))
        values["title"] = title
    first = fields.get("first", now.first if now else None)
    last = fields.get("last", now.last if now else None)
    if first is not None and last is not None:
        checked_days(first, last)
        if (last - first).days >= MOST_DAYS:
            raise Invalid("last", last.isoformat(), "too_far", str(MOST_DAYS))
    if "people" in fields:
        people = tuple(dict.fromkeys(fields["people"]))
        if len(people) > MOST_PEOPLE:
            raise Invalid("people", str(len(people)), "out_of_range", f"0–{MOST_PEOPLE}")
        values["people"] = people
    if "rules" in fields:
        values["rules"] = rule_file.dumps(rule_file.checked(fields["rules"]))
    return values


def _known(unit: ReadUnit, people: Iterable[str]) -> None:
    for person in people:
        unit.people.get(person)


def get(core: Core, round_id: str) -> VisitRound:
    """Return a round.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.rounds.rounds.get(round_id)


def open_round(core: Core, round_id: str) -> Opened[VisitRound]:
    """Return a round for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.rounds.rounds.get(round_id), unit.seen(("visit_round", round_id)))


def listing(core: Core) -> tuple[RoundRow, ...]:
    """Return all rounds, the latest first."""
    today = core.clock.now().astimezone().date()
    with core.store.read() as unit:
        rounds = unit.rounds.rounds.find(order="first")
        pairings = [one for one in unit.rounds.pairings.find() if one.counts]
        dates = unit.rounds.dates(one.visit_id for one in pairings)
    far: dict[str, list[Reached]] = {}
    for one in pairings:
        far.setdefault(one.round_id, []).append(reached(one, dates.get(one.visit_id), today))
    return tuple(
        RoundRow(
            one,
            len(far.get(one.id, ())),
            sum(how in {Reached.VISITED, Reached.TALKED} for how in far.get(one.id, ())),
            far.get(one.id, []).count(Reached.TALKED),
        )
        for one in reversed(rounds)
    )


def rules_of(kept: VisitRound) -> tuple[Rules, tuple[RuleProblem, ...]]:
    """Return the rules of a round and what is wrong with them; the plain ones where they cannot be read."""
    try:
        return rule_file.loads(kept.rules), ()
    except RulesInvalid as error:
        return Rules(), error.problems


def view(core: Core, round_id: str) -> RoundView:
    """Return a round with everything that its screen shows.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        kept = unit.rounds.rounds.get(round_id)
        pairings = unit.rounds.pairings.find(round_id=round_id, order="position")
        rules, broken = rules_of(kept)
        school = school_of(unit, kept, rules)
        everybody = {one.id: one for one in unit.people.all(archived=True, merged=True)}
    named = {*kept.people, *(person for one in pairings for person in one.pair)}
    clashes = check(school, (planned_of(one, school) for one in pairings if one.counts))
    people = {person: everybody[person] for person in sorted(named) if person in everybody}
    return RoundView(kept, rules, reports.loads(kept.report), pairings, clashes, people, broken)


def publish(core: Core, *, round_id: str, seen: Seen) -> Opened[VisitRound]:
    """Open a round to its people: from now on they are reminded of their visits.

    Raises:
        NotFound: no such id.
    """
    return _state(core, round_id, RoundState.OPEN, seen, "round.publish")


def close(core: Core, *, round_id: str, seen: Seen) -> Opened[VisitRound]:
    """Close a round: nobody is reminded any more.

    Raises:
        NotFound: no such id.
    """
    return _state(core, round_id, RoundState.CLOSED, seen, "round.close")


def _state(core: Core, round_id: str, state: RoundState, seen: Seen, kind: str) -> Opened[VisitRound]:
    with core.store.write(kind, seen=seen) as unit:
        unit.rounds.rounds.change(round_id, {"state": state.value})
        unit.commit()
    return open_round(core, round_id)


def delete(core: Core, *, round_id: str, seen: Seen) -> None:
    """Move a round to the bin; the visits that came of it stay. Undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("round.delete", seen=seen) as unit:
        unit.rounds.rounds.remove(round_id)
        unit.commit()


def resolve(core: Core, given: str) -> str:
    """Return the id of the round meant by its title, a whole id, or at least 6 characters of its start or end.

    Raises:
        NotFound: none fits. Ambiguous: several do.
    """
    text = clean_line(given)
    with core.store.read() as unit:
        rounds = unit.rounds.rounds.find()
    found = [one.id for one in rounds if one.title.casefold() == text.casefold()]
    if not found and len(text) >= _SHORTEST_ID:
        found = [one.id for one in rounds if one.id.startswith(text.lower()) or one.id.endswith(text.lower())]
    if not found:
        raise NotFound("round", given)
    if len(found) > 1:
        raise Ambiguous("round", given, tuple(found))
    return found[0]
