"""`sync`: one round with every shared folder, or one after the other until it is stopped."""

from __future__ import annotations

import json
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.sharing_session import opened_with_keys
from observe_app.domain.errors import ObserveError

if TYPE_CHECKING:
    from argparse import Namespace
    from types import FrameType

    from observe_app.domain.sync.state import FolderStatus, RoundReport
    from observe_app.services.core import Core

_SHORTEST_S = 0.1
_LOOKS = 3
"""Looks of one command at most; after the third that did not find something it is written again, or asked for."""
_PAUSE_S = 0.5
_PROBLEMS = {
    "missing": "{path} is not there. What you wrote is saved here and goes out when it is back.",
    "denied": "You may not write in {path}. What you wrote is saved here; ask whoever looks after the folder.",
    "full": "There is no room left in {path}. What you wrote is saved here and goes out when there is.",
    "read_only": "{path} cannot be written. What you wrote is saved here and goes out when it can.",
    "slow": "{path} does not answer. What you wrote is saved here; the next round tries again.",
    "not_observe": "{path} holds no shared folder, or another one. Nothing was written there.",
    "": "{path} could not be used to the end ({detail}). What you wrote is saved here; the next round tries again.",
}


def problem_words(path: str, report: RoundReport) -> str:
    """Return what kept a round from its end, and what becomes of it, on one line."""
    return _PROBLEMS.get(report.problem, _PROBLEMS[""]).format(path=path, detail=report.detail or report.problem)


def sync(arguments: Namespace) -> int:
    """Send and fetch; 1 where a folder could not be reached or used."""
    if arguments.watch:
        return _watch(arguments)
    with opened_with_keys(arguments) as core:
        told = _looks(core, quiet=arguments.json)
    _say(arguments, told)
    return 1 if told["problems"] else 0


def _looks(core: Core, *, quiet: bool) -> dict[str, Any]:
    """Run a round, and up to two more where something is missing: what three looks do not find is healed."""
    told, again = _round(core)
    for look in range(2, _LOOKS + 1):
        if not again:
            break
        if not quiet:
            output.say(f"Something is missing; looking once more ({look} of {_LOOKS})")
            output.flush()
        time.sleep(_PAUSE_S)  # it may only be late
        more, again = _round(core)
        told = _together(told, more)
    return told


def _together(first: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of two rounds: how they stand after the second, and what both of them did."""
    before = {one["folder"]: one for one in first["folders"]}
    folders = [
        one | {name: one[name] + before.get(one["folder"], {}).get(name, 0) for name in ("sent", "received", "rows")}
        for one in more["folders"]
    ]
    return _told(folders or first["folders"], more["problems"], more["conflicts"])


def _watch(arguments: Namespace) -> int:
    """Run rounds until SIGINT or SIGTERM; the round that is under way comes to its end first."""
    stop = threading.Event()

    def _stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, _stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        with opened_with_keys(arguments) as core:
            while not stop.is_set():
                _say(arguments, _round(core, stop)[0], watching=True)
                stop.wait(max(arguments.every, _SHORTEST_S))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _round(core: Core, stop: threading.Event | None = None) -> tuple[dict[str, Any], bool]:
    """Run a round with every folder; return what is told of it, and whether another look may heal something."""
    from observe_app.services import also_written  # noqa: PLC0415  (help and usage need none of it)
    from observe_app.services.sync import rounds  # noqa: PLC0415

    try:
        reports = rounds.run_round(core, lambda *_: stop is None or not stop.is_set())
    except ObserveError as error:
        message = output.error_line(error)
        return _told([], [{"where": "", "problem": type(error).__name__, "message": message}], 0), False
    folders = [one for one in rounds.statuses(core) if not one.folder.paused]
    pairs = list(zip(folders, reports, strict=False))
    problems = [_problem(*pair) for pair in pairs if pair[1].problem]
    # What is open belongs to the record, whichever folder it came through.
    told = _told([_folder(*pair) for pair in pairs], problems, also_written.count(core))
    return told, any(one.unsettled for one in reports)


def _told(folders: list[dict[str, Any]], problems: list[dict[str, str]], conflicts: int) -> dict[str, Any]:
    names = ("sent", "received", "waiting", "incomplete", "refused")
    sums = {name: sum(one[name] for one in folders) for name in names}
    return sums | {"conflicts": conflicts, "problems": problems, "folders": folders}


def _folder(status: FolderStatus, report: RoundReport) -> dict[str, Any]:
    return {
        "folder": status.folder.id,
        "name": status.folder.name,
        "path": status.folder.path,
        "sent": report.sent,
        "received": report.received,
        "waiting": report.waiting,
        "incomplete": report.incomplete,
        "refused": report.refused,
        "rows": report.rows,
        "problem": report.problem or None,
    }


def _problem(status: FolderStatus, report: RoundReport) -> dict[str, str]:
    message = problem_words(status.folder.path, report)
    return {"where": status.folder.name, "problem": report.problem, "message": message}


def _say(arguments: Namespace, told: dict[str, Any], *, watching: bool = False) -> None:
    if arguments.json and watching:
        output.say(json.dumps(told))
    elif arguments.json:
        output.say_json(told)
    else:
        for one in told["folders"]:
            if not watching or one["sent"] or one["received"]:
                output.say(_line(one))
        if not told["folders"] and not told["problems"] and not watching:
            output.say("No folder is shared on this computer, or all of them rest.")
        if told["conflicts"] and not watching:
            places = "place was" if told["conflicts"] == 1 else "places were"
            output.say(f"{told['conflicts']} {places} also written by somebody else: also list")
        if told["problems"]:
            output.warn(" ".join(one["message"] for one in told["problems"]))
    output.flush()


def _line(one: dict[str, Any]) -> str:
    parts = [f"sent {one['sent']}", f"received {one['received']}"]
    if one["waiting"]:
        parts.append(f"{one['waiting']} waiting")
    if one["incomplete"]:
        parts.append(f"{one['incomplete']} still arriving")
    if one["refused"]:
        parts.append(f"{one['refused']} not let in")
    return f"{one['name']}: {', '.join(parts)}"
