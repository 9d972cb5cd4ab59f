"""`round lock|move|openings|swap|cancel|again|invite`: visits of a round changed by hand."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.people_commands import person_meant
from observe_app.cli.round_out import names_of, of_round, say_moved, say_outcome, visit_of
from observe_app.cli.round_words import times
from observe_app.cli.session import opened
from observe_app.domain.errors import ExportFailed
from observe_app.services.rounds import invite as inviting
from observe_app.services.rounds import moves, rounds

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands


def add_to(found: Commands) -> None:
    """Add what stands behind `round`."""
    one = of_round(found, "lock", "keep visits where they are when the round is solved again", lock)
    one.add_argument("visit", metavar="VISIT", nargs="+", help="six signs of its id, as `round show` lists them")
    one.add_argument("--unlock", action="store_true", help="let them move again")
    one = of_round(found, "move", "move a visit, or give it to other people; clashes are told", move)
    one.add_argument("visit", metavar="VISIT")
    one.add_argument("--to", metavar="ISO", type=_moment, help="such as 2026-03-16T09:05, on the school's clock")
    one.add_argument("--length", metavar="N", type=int, help="minutes; as long as before when left out")
    one.add_argument("--observer", metavar="NAME")
    one.add_argument("--teacher", metavar="NAME")
    one.add_argument("--preview", action="store_true", help="tell the clashes, and change nothing")
    one = of_round(found, "openings", "list the lessons that the observer of a visit could come to instead", openings)
    one.add_argument("visit", metavar="VISIT")
    one = of_round(found, "swap", "let the observers of two visits change places", swap)
    one.add_argument("visit", metavar="VISIT")
    one.add_argument("other", metavar="OTHER")
    one = of_round(found, "cancel", "call a visit off", cancel)
    one.add_argument("visit", metavar="VISIT")
    one.add_argument("--why", metavar="TEXT", required=True, help="the reason")
    of_round(found, "again", "plan a visit again that was called off", again).add_argument("visit", metavar="VISIT")
    one = of_round(found, "invite", "make visits of what is planned, and calendar files for everybody", invite)
    one.add_argument("--form", metavar="ID", default="", help="form of the visits; `form list` names them")
    one.add_argument("--to", metavar="FOLDER", default="", help="write a calendar file for each person there")


def lock(arguments: Namespace) -> int:
    """Lock visits, or let them move again."""
    with opened(arguments) as core:
        found = [visit_of(core, arguments.round, one) for one in arguments.visit]
        changed = moves.set_locked(core, pairing_ids=[one.id for one in found], locked=not arguments.unlock)
        return say_moved(core, arguments, changed, ())


def move(arguments: Namespace) -> int:
    """Move a visit, or tell what it would clash with."""
    with opened(arguments) as core:
        old = visit_of(core, arguments.round, arguments.visit)
        fields: moves.MoveFields = {}
        if arguments.observer:
            fields["observer_id"] = person_meant(core, arguments.observer).id
        if arguments.teacher:
            fields["teacher_id"] = person_meant(core, arguments.teacher).id
        start = old.start_min
        if arguments.to is not None:
            fields["on"] = arguments.to.date()
            start = fields["start_min"] = arguments.to.hour * 60 + arguments.to.minute
        if start is not None and (arguments.to is not None or arguments.length is not None):
            length = arguments.length or (old.end_min or 0) - (old.start_min or 0) or 50
            fields["end_min"] = start + length
        if arguments.preview:
            return say_moved(core, arguments, (), moves.try_move(core, pairing_id=old.id, **fields))
        return say_outcome(core, arguments, moves.move(core, pairing_id=old.id, **fields))


def openings(arguments: Namespace) -> int:
    """List where the observer of a visit could go instead."""
    with opened(arguments) as core:
        found = moves.openings(core, visit_of(core, arguments.round, arguments.visit).id)
        names = names_of(core)
        if arguments.json:
            output.say_json([
                {
                    "on": one.on.isoformat(), "start": times(one.start_min, one.end_min), "slot": one.slot_id,
                    "teacher": names.get(one.teacher_id, ""), "class_name": one.class_name,
                }
                for one in found
            ])  # fmt: skip
        else:
            for one in found:
                when = f"{one.on.isoformat()} {times(one.start_min, one.end_min)}"
                output.say(f"{when}  {names.get(one.teacher_id, '')}  {one.class_name}".rstrip())
    return 0


def swap(arguments: Namespace) -> int:
    """Swap the observers of two visits."""
    with opened(arguments) as core:
        one, other = (visit_of(core, arguments.round, given) for given in (arguments.visit, arguments.other))
        return say_outcome(core, arguments, moves.swap(core, one_id=one.id, other_id=other.id))


def cancel(arguments: Namespace) -> int:
    """Call a visit off."""
    with opened(arguments) as core:
        old = visit_of(core, arguments.round, arguments.visit)
        return say_moved(core, arguments, (moves.cancel(core, pairing_id=old.id, why=arguments.why),), ())


def again(arguments: Namespace) -> int:
    """Plan a visit again that was called off."""
    with opened(arguments) as core:
        old = visit_of(core, arguments.round, arguments.visit)
        return say_outcome(core, arguments, moves.plan_again(core, pairing_id=old.id))


def invite(arguments: Namespace) -> int:
    """Make visits, and calendar files where a folder is named."""
    with opened(arguments) as core:
        round_id = rounds.resolve(core, arguments.round)
        folder = _folder(arguments.to) if arguments.to else None
        made = inviting.make_visits(core, round_id=round_id, form_id=arguments.form)
        files: tuple[Path, ...] = ()
        if folder is not None:
            from observe_app.services.exchange.round_calendar import export_invitations  # noqa: PLC0415

            files = tuple(file for _who, file in export_invitations(core, round_id=round_id, folder=folder).files)
        if arguments.json:
            output.say_json({"visits": [one.id for one in made], "files": [str(one) for one in files]})
        else:
            output.say(f"{len(made)} visits made, {len(files)} calendar files written.")
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date and time; write it like 2026-03-16T09:05") from error
    if moment.tzinfo is not None:
        raise argparse.ArgumentTypeError(f"“{text}” has a zone; times of a round are on the school's clock")
    return moment


def _folder(given: str) -> Path:
    """Return a folder, made where there is none.

    Raises:
        ExportFailed: it cannot be made.
    """
    folder = Path(given).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed(folder, "denied", str(error.strerror or error)) from error
    return folder
