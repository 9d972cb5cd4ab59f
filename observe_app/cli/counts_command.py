"""`share counts`: how far the visits of a term have come, by colleague, in numbers; and whether one's own are told.

Services of the shared folder are imported inside the functions: help and usage need none of them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.sharing_session import folder_meant, opened_with_keys

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.domain.sync.progress import Progress

_HEADS = ("COLLEAGUE", "PLANNED", "OBSERVED", "TALKED", "RELEASED", "ANSWERED")


def show(arguments: Namespace) -> int:
    """Say how many visits were made; with --on or --off first say whether one's own are told."""
    from observe_app.services.sync import counts  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        folder = folder_meant(core, arguments.folder)
        if arguments.on is not None:
            counts.turn(core, folder.id, on=arguments.on)
        told, found = counts.is_on(core, folder.id), counts.listing(core, folder.id)
    if arguments.json:
        output.say_json({"folder": folder.id, "mine": told, "counts": [_json(one) for one in found]})
        return 0
    if told:
        output.say(f"Everybody who can open “{folder.name}” can read how many visits you made, never what was written.")
    else:
        output.say(f"Your own numbers are not told in “{folder.name}”. Tell them with: share counts --on")
    if arguments.on is not None:
        output.say("It goes out with the next: sync")
    if not found:
        output.say("Nobody lets others see their numbers yet.")
    for term in dict.fromkeys(one.term for one in found):
        output.say(f"{term.since} to {term.until}")
        output.say_table(_HEADS, [_row(one) for one in found if one.term == term])
    return 0


def _row(one: Progress) -> tuple[str, ...]:
    return ("you" if one.me else one.name, *map(str, one.figures.each()))


def _json(one: Progress) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "fingerprint": one.fingerprint,
        "name": one.name,
        "me": one.me,
        "since": one.term.since.isoformat(),
        "until": one.term.until.isoformat(),
        **asdict(one.figures),
        "at": moment(one.at),
    }
