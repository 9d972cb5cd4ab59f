"""`import boris`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import short_id
from observe_app.services.exchange import boris_in

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.services.core import Core


def arguments_of(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", metavar="FILE", help="a project that BORIS saved: .boris or .boris.gz")
    parser.add_argument(
        "--observation", metavar="NAME", action="append", default=None, help="only this one (may be repeated)"
    )
    parser.add_argument("--teacher", metavar="NAME", default="", help="teacher of the new visits")
    parser.add_argument("--form", metavar="ID", default="", help="form to use; one is made of the behaviours, else")
    parser.add_argument(
        "--map",
        metavar="BEHAVIOUR=ITEM",
        type=_pair,
        action="append",
        default=[],
        help="item of that form a behaviour goes to; nothing behind the sign makes notes of it (may be repeated)",
    )
    parser.add_argument("--preview", action="store_true", help="say what would be kept, and keep nothing")


def _pair(text: str) -> tuple[str, str]:
    from argparse import ArgumentTypeError  # noqa: PLC0415  (only for a slip)

    code, sign, item = text.rpartition("=")
    if not sign or not code.strip():
        raise ArgumentTypeError(f"“{text}” names no item; write it like asks=open-questions")
    return code.strip(), item.strip()


def import_boris(arguments: Namespace) -> int:
    """Make a visit of each observation of a project."""
    with opened(arguments) as core:
        return (_preview if arguments.preview else _import)(core, Path(arguments.file).expanduser(), arguments)


def _preview(core: Core, path: Path, arguments: Namespace) -> int:
    form = core.catalogue.form(arguments.form) if arguments.form else None
    found = boris_in.preview(path, form=form, mapping=dict(arguments.map))
    if arguments.json:
        output.say_json(_preview_json(found))
        return 0
    output.say(f"{path.name}: {found.project}")
    for row in found.observations:
        begun = f"{row.date:%Y-%m-%d %H:%M}" if row.date else "no date"
        output.say(f"  {row.name}: {row.events} events, {begun}, {row.minutes} min, {row.type}")
    for one in found.behaviours:
        kind = "timer" if one.state else "tally"
        where = ", ".join(f"{kind} {label}" for _item, label in one.items) or "notes"
        output.say(f"  {one.code} ({one.events}): {where}")
    output.say_problems(found.problems)
    return 0


def _preview_json(found: boris_in.BorisPreview) -> dict[str, Any]:
    return {
        "project": found.project,
        "observations": [
            {"name": row.name, "type": row.type, "start": row.date.isoformat() if row.date else None,
             "events": row.events, "minutes": row.minutes}
            for row in found.observations
        ],
        "behaviours": [
            {"code": one.code, "kind": "state" if one.state else "point", "events": one.events,
             "items": [item for item, _label in one.items]}
            for one in found.behaviours
        ],
        "subjects": [{"name": name, "speaker": speaker} for name, speaker in found.subjects],
        "problems": output.problems_json(found.problems),
    }  # fmt: skip


def _import(core: Core, path: Path, arguments: Namespace) -> int:
    done = boris_in.import_boris(
        core,
        path=path,
        observations=arguments.observation,
        teacher=arguments.teacher,
        form_id=arguments.form,
        mapping=dict(arguments.map),
    )
    if arguments.json:
        answers = [
            {"visit": one.visit_id, "observation": one.name, "events": one.events,
             # What concerns the whole project is told with its first visit.
             "problems": output.problems_json((*done.problems, *one.problems) if place == 0 else one.problems)}
            for place, one in enumerate(done.visits)
        ]  # fmt: skip
        output.say_json(answers if len(answers) > 1 else answers[0])
        return 0
    for one in done.visits:
        output.say(f"{short_id(one.visit_id)}  {one.name}: {one.events} {'event' if one.events == 1 else 'events'}")
    output.say_problems((*done.problems, *(problem for one in done.visits for problem in one.problems)))
    return 0
