"""What the commands of rounds share: which round and visit is meant, and how visits and clashes are told."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add
from observe_app.cli.round_words import clash_line, problem_line, times
from observe_app.domain.errors import Ambiguous, NotFound, RulesInvalid
from observe_app.domain.rounds.round import PairingState
from observe_app.services import people
from observe_app.services.rounds import rounds

if TYPE_CHECKING:
    import argparse
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from observe_app.cli.parts import Commands
    from observe_app.domain.rounds import report as reports
    from observe_app.domain.rounds.check import Clash
    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core
    from observe_app.services.rounds.moves import Moved

_SHORTEST = 6


def of_round(found: Commands, name: str, text: str, run: Callable[[Namespace], int]) -> argparse.ArgumentParser:
    """Add a command that is about one round."""
    one = add(found, name, text, run)
    one.add_argument("round", metavar="ROUND", help="its title, or six signs of its id")
    return one


def with_problems(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """Let a command name every problem of rules."""

    @wraps(run)
    def told(arguments: Namespace) -> int:
        try:
            return run(arguments)
        except RulesInvalid as error:
            for problem in error.problems:
                output.warn(problem_line(problem))
            raise

    return told


def visit_of(core: Core, given_round: str, given: str) -> Pairing:
    """Return the visit of a round that six signs of its id mean.

    Raises:
        NotFound: none fits. Ambiguous: several do.
    """
    view = rounds.view(core, rounds.resolve(core, given_round))
    text = given.strip().lower()
    found = [one for one in view.pairings if one.id.endswith(text) or one.id.startswith(text)]
    if len(text) < _SHORTEST or not found:
        raise NotFound("pairing", given)
    if len(found) > 1:
        raise Ambiguous("pairing", given, tuple(one.id for one in found))
    return found[0]


def names_of(core: Core) -> dict[str, str]:
    """Return the names of all people by id."""
    return {row.person.id: row.person.name for row in people.listing(core, archived=True)}


def say_id(arguments: Namespace, what: str, value: str) -> None:
    """Say the id of what was done."""
    if arguments.json:
        output.say_json({what: value})
    else:
        output.say(value)


def say_outcome(core: Core, arguments: Namespace, moved: Moved) -> int:
    """Tell visits after a change, and what they clash with."""
    return say_moved(core, arguments, moved.pairings, moved.clashes)


def say_moved(core: Core, arguments: Namespace, pairings: Iterable[Pairing], clashes: tuple[Clash, ...]) -> int:
    """Tell visits and clashes; return 1 where there are any."""
    names = names_of(core)
    if arguments.json:
        visits = [pairing_json(one, names) for one in pairings]
        output.say_json({"visits": visits, "clashes": [clash_json(one, names) for one in clashes]})
    else:
        for one in pairings:
            output.say(_line(one, names))
        say_clashes(clashes, names)
    return 1 if clashes else 0


def say_clashes(clashes: Iterable[Clash], names: dict[str, str]) -> None:
    """Tell clashes, a line each."""
    for one in clashes:
        output.say(f"Clash: {clash_line(one, names)}.")


def say_visits(pairings: Iterable[Pairing], names: dict[str, str]) -> None:
    """Tell visits as a table."""
    rows = [
        (
            one.id[-8:],
            one.on.isoformat() if one.on else "",
            times(one.start_min, one.end_min),
            names.get(one.observer_id, ""),
            names.get(one.teacher_id, ""),
            one.class_name,
            _state(one),
        )
        for one in pairings
    ]
    if rows:
        output.say_table(("VISIT", "DAY", "TIME", "OBSERVER", "TEACHER", "CLASS", "STATE"), rows)
    else:
        output.say("No visits.")


def _line(one: Pairing, names: dict[str, str]) -> str:
    when = f"{one.on.isoformat()} {times(one.start_min, one.end_min)}" if one.on else "no time yet"
    return f"{one.id[-8:]}  {when}  {names.get(one.observer_id, '')} > {names.get(one.teacher_id, '')}  {_state(one)}"


def _state(one: Pairing) -> str:
    if one.state == PairingState.CANCELLED:
        return f"{one.state}: {one.why}"
    return f"{one.state}, locked" if one.locked else str(one.state)


def pairing_json(one: Pairing, names: dict[str, str]) -> dict[str, Any]:
    """Return a visit of a round in the stable form."""
    return {
        "id": one.id, "observer": names.get(one.observer_id, ""), "teacher": names.get(one.teacher_id, ""),
        "on": one.on.isoformat() if one.on else None, "start_min": one.start_min, "end_min": one.end_min,
        "class_name": one.class_name, "subject": one.subject, "room": one.room, "building": one.building,
        "locked": one.locked, "state": str(one.state), "why": one.why, "visit": one.visit_id,
    }  # fmt: skip


def clash_json(one: Clash, names: dict[str, str]) -> dict[str, Any]:
    """Return a clash in the stable form."""
    return {
        "kind": str(one.kind), "visits": list(one.visits), "person": names.get(one.person_id, ""),
        "other": names.get(one.other_id, ""), "on": one.on.isoformat() if one.on else None,
        "start_min": one.start_min, "end_min": one.end_min, "what": one.what, "needed": one.needed,
        "found": one.found,
    }  # fmt: skip


def report_json(report: reports.Report | None, names: dict[str, str]) -> dict[str, Any] | None:
    """Return a report in the stable form, None for none."""
    if report is None:
        return None
    return {
        "wanted": report.wanted, "found": report.found, "lessons": report.lessons, "options": report.options,
        "subject_met": report.subject_met, "partner_met": report.partner_met, "kept": report.kept,
        "moved": report.moved, "ended": str(report.ended), "seconds": report.seconds,
        "shortfalls": [
            {
                "person": names.get(one.person_id, ""), "part": str(one.part), "needed": one.needed,
                "found": one.found, "lessons": one.lessons, "possible": one.possible,
                "reasons": [{"why": str(why.why), "count": why.count, "alone": why.alone} for why in one.reasons],
            }
            for one in report.shortfalls
        ],
    }  # fmt: skip
