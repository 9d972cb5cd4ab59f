"""`round …`: set up, solve, change by hand, make visits of and watch over rounds of visits.

Exit status: 0 done, 1 done with something left to mend (somebody goes short, or visits clash) or not done at all, as
the line on stderr says, 2 wrong usage.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from observe_app.cli import output, round_hand_commands, round_rules
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import person_meant
from observe_app.cli.round_out import (
    clash_json,
    names_of,
    of_round,
    pairing_json,
    report_json,
    say_clashes,
    say_id,
    say_visits,
    with_problems,
)
from observe_app.cli.round_words import problem_line, reason_line, shortfall_line
from observe_app.cli.session import opened
from observe_app.domain.rounds.rules import Rules
from observe_app.services import people
from observe_app.services.rounds import planning, progress, rounds

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.services.core import Core

_MOST_SECONDS = 600


def add_to(commands: Commands) -> None:
    """Add `round` and what stands behind it."""
    found = group(commands, "round", "set up, solve and watch over rounds of visits")
    one = add(found, "new", "set up a round and print its id", new)
    one.add_argument("title", metavar="TITLE")
    one.add_argument("--first", metavar="DAY", type=_day, required=True, help="first day, such as 2026-03-16")
    one.add_argument("--last", metavar="DAY", type=_day, required=True, help="last day; both count")
    _people(one)
    one.add_argument("--zone", metavar="ZONE", default="", help="of the school; this computer's when left out")
    round_rules.arguments_of(one)
    one = add(found, "edit", "change who takes part, the days or the rules", edit)
    one.add_argument("round", metavar="ROUND", help="its title, or six signs of its id")
    one.add_argument("--title", metavar="TEXT")
    one.add_argument("--first", metavar="DAY", type=_day)
    one.add_argument("--last", metavar="DAY", type=_day)
    _people(one)
    round_rules.arguments_of(one)
    add(found, "list", "list rounds, the latest first", listing)
    one = of_round(found, "solve", "find who observes whom, when, and keep it", solve)
    one.add_argument("--anew", action="store_true", help="without regard for the plan before; locked visits stay")
    one.add_argument("--seconds", metavar="N", type=_seconds, default=8.0, help="for the search at most (8)")
    for name, text, run in (
        ("show", "show the visits of a round, and what clashes or could not be met", show),
        ("rules", "show the rules of a round as `--rules` reads them", rules),
        ("board", "show how far a round is: counts and dates", board),
        ("waiting", "list the visits that have not begun", waiting),
        ("history", "list what became of the visits of a round", history),
        ("publish", "open a round to its people", publish),
        ("close", "close a round", close),
        ("delete", "move a round to the bin; undo in the window brings it back", delete),
    ):
        of_round(found, name, text, run)
    round_hand_commands.add_to(found)


def _people(one: argparse.ArgumentParser) -> None:
    one.add_argument("--group", metavar="NAME", default="", help="everybody in this group takes part")
    one.add_argument("--person", metavar="NAME", action="append", default=[], help="takes part (may be repeated)")
    one.add_argument("--everybody", action="store_true", help="all people that are known and have not left")


# --- setting up ------------------------------------------------------------------------------------------------------


@with_problems
def new(arguments: Namespace) -> int:
    """Set up a round."""
    with opened(arguments) as core:
        made = rounds.create(
            core,
            title=arguments.title,
            first=arguments.first,
            last=arguments.last,
            people=_who(core, arguments),
            group_id=_group(core, arguments),
            rules=round_rules.given(core, arguments, Rules()),
            zone=arguments.zone,
        )
        say_id(arguments, "round", made.id)
    return 0


@with_problems
def edit(arguments: Namespace) -> int:
    """Change a round."""
    with opened(arguments) as core:
        opened_round = rounds.open_round(core, rounds.resolve(core, arguments.round))
        now, _broken = rounds.rules_of(opened_round.value)
        fields = rounds.RoundFields(rules=round_rules.given(core, arguments, now))
        for name in ("title", "first", "last"):
            if getattr(arguments, name) is not None:
                fields[name] = getattr(arguments, name)
        if arguments.group or arguments.person or arguments.everybody:
            fields["people"] = _who(core, arguments)
            fields["group_id"] = _group(core, arguments)
        rounds.edit(core, round_id=opened_round.value.id, seen=opened_round.seen, **fields)
        say_id(arguments, "round", opened_round.value.id)
    return 0


def _who(core: Core, arguments: Namespace) -> tuple[str, ...]:
    found = [person_meant(core, name).id for name in arguments.person]
    if arguments.group:
        from observe_app.services.groups import groups  # noqa: PLC0415  (only where one is named)

        found += [one.id for one in groups.members(core, groups.by_name(core, arguments.group).id)]
    if arguments.everybody:
        found += [row.person.id for row in people.listing(core)]
    return tuple(dict.fromkeys(found))


def _group(core: Core, arguments: Namespace) -> str:
    if not arguments.group:
        return ""
    from observe_app.services.groups import groups  # noqa: PLC0415  (as above)

    return groups.by_name(core, arguments.group).id


def listing(arguments: Namespace) -> int:
    """List rounds."""
    with opened(arguments) as core:
        rows = rounds.listing(core)
        if arguments.json:
            output.say_json([
                {
                    "id": row.round.id, "title": row.round.title, "first": row.round.first.isoformat(),
                    "last": row.round.last.isoformat(), "state": str(row.round.state), "people": len(row.round.people),
                    "planned": row.planned, "visited": row.visited, "talked": row.talked,
                }
                for row in rows
            ])  # fmt: skip
        elif not rows:
            output.say("No rounds.")
        else:
            heads = ("ROUND", "FIRST", "LAST", "STATE", "PLANNED", "VISITED", "TALKED", "TITLE")
            lines = [
                (row.round.id[-8:], row.round.first.isoformat(), row.round.last.isoformat(), str(row.round.state),
                 str(row.planned), str(row.visited), str(row.talked), row.round.title)
                for row in rows
            ]  # fmt: skip
            output.say_table(heads, lines)
    return 0


@with_problems
def solve(arguments: Namespace) -> int:
    """Solve a round and keep the plan."""
    with opened(arguments) as core:
        round_id = rounds.resolve(core, arguments.round)
        planning.solve_and_keep(core, round_id, seconds=arguments.seconds, anew=arguments.anew)
        return _show(core, round_id, arguments)


def show(arguments: Namespace) -> int:
    """Show a round."""
    with opened(arguments) as core:
        return _show(core, rounds.resolve(core, arguments.round), arguments)


def _show(core: Core, round_id: str, arguments: Namespace) -> int:

    view = rounds.view(core, round_id)
    names = {person: one.name for person, one in view.people.items()}
    short = view.report.shortfalls if view.report else ()
    if arguments.json:
        output.say_json(
            {
                "round": round_id,
                "title": view.round.title,
                "state": str(view.round.state),
                "visits": [pairing_json(one, names) for one in view.pairings],
                "clashes": [clash_json(one, names) for one in view.clashes],
                "report": report_json(view.report, names),
            }
        )
    else:
        say_visits(view.pairings, names)
        if view.report:
            output.say(f"{view.report.found} of {view.report.wanted} visits, {view.report.ended}.")
        for one in short:
            output.say(shortfall_line(one, names))
            for reason in one.reasons:
                output.say(f"  {reason_line(reason)}")
        say_clashes(view.clashes, names)
    return 1 if short or view.clashes else 0


def rules(arguments: Namespace) -> int:
    """Show the rules of a round, always as JSON."""
    with opened(arguments) as core:
        found, broken = rounds.rules_of(rounds.get(core, rounds.resolve(core, arguments.round)))
        for problem in broken:
            output.warn(problem_line(problem))
        output.say_json(round_rules.named(core, found))
    return 1 if broken else 0


def publish(arguments: Namespace) -> int:
    """Open a round."""
    return _stated(arguments, "publish")


def close(arguments: Namespace) -> int:
    """Close a round."""
    return _stated(arguments, "close")


def delete(arguments: Namespace) -> int:
    """Move a round to the bin."""
    return _stated(arguments, "delete")


def _stated(arguments: Namespace, what: str) -> int:

    with opened(arguments) as core:
        round_id = rounds.resolve(core, arguments.round)
        seen = rounds.open_round(core, round_id).seen
        {"publish": rounds.publish, "close": rounds.close, "delete": rounds.delete}[what](
            core, round_id=round_id, seen=seen
        )
        say_id(arguments, "round", round_id)
    return 0


# --- how far it is ---------------------------------------------------------------------------------------------------


def board(arguments: Namespace) -> int:
    """Show how far a round is."""
    with opened(arguments) as core:
        found = progress.board(core, rounds.resolve(core, arguments.round))
        names = names_of(core)
        counts = {name: getattr(found, name) for name in ("planned", "timed", "visited", "talked", "late", "cancelled")}
        if arguments.json:
            rows = [pairing_json(row.pairing, names) | {"reached": str(row.reached)} for row in found.rows]
            output.say_json(counts | {"visits": rows})
        else:
            output.say(", ".join(f"{name} {count}" for name, count in counts.items()))
            heads = ("OBSERVES", "DONE", "OBSERVED", "DONE", "NAME")
            output.say_table(
                heads,
                [
                    (str(one.observes_planned), str(one.observes_done), str(one.observed_planned),
                     str(one.observed_done), names.get(one.person_id, ""))
                    for one in found.people
                ],
            )  # fmt: skip
    return 0


def waiting(arguments: Namespace) -> int:
    """List the visits that have not begun."""
    with opened(arguments) as core:
        rows = progress.not_yet(core, rounds.resolve(core, arguments.round))
        names = names_of(core)
        if arguments.json:
            output.say_json([pairing_json(row.pairing, names) | {"reached": str(row.reached)} for row in rows])
        else:
            say_visits([row.pairing for row in rows], names)
    return 0


def history(arguments: Namespace) -> int:
    """List what became of the visits of a round."""
    with opened(arguments) as core:
        found = progress.history(core, rounds.resolve(core, arguments.round))
        names = names_of(core)
        lines: list[dict[str, Any]] = [
            {
                "at": one.at.isoformat(), "by": names.get(one.author_id or "", ""), "kind": one.kind,
                "visit": one.pairing_id, "before": dict(one.before), "after": dict(one.after), "undone": one.undone,
            }
            for one in found
        ]  # fmt: skip
        if arguments.json:
            output.say_json(lines)
        else:
            for line in lines:
                what = ", ".join(f"{name} {value}" for name, value in line["after"].items())
                undone = " (taken back)" if line["undone"] else ""
                output.say(f"{line['at'][:16]}  {line['kind']}{undone}  {line['visit'][-8:]}  {what}")
    return 0


# --- parts -----------------------------------------------------------------------------------------------------------


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it like 2026-03-16") from error


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no number") from error
    if not 1 <= seconds <= _MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"“{text}” is not within 1 to {_MOST_SECONDS} seconds")
    return seconds
