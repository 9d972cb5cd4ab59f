"""`import notes|intervals|people`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import aware, short_id
from observe_app.domain.note_line import clock_text
from observe_app.services import visits
from observe_app.services.exchange import interval_in, notes_in, people_in

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.services.core import Core

_SHOWN = 10


def _mapping(arguments: Namespace) -> dict[str, str]:
    """Return role to column as the services take it; several columns for one role are joined with "+"."""
    mapping: dict[str, str] = {}
    for role, column in arguments.map:
        mapping[role] = f"{mapping[role]}+{column}" if role in mapping else column
    if arguments.sheet:
        mapping["sheet"] = arguments.sheet
    if getattr(arguments, "times", ""):
        mapping["reading"] = arguments.times
    return mapping


def import_notes(arguments: Namespace) -> int:
    """Bring in files of notes; each is kept before the next one is read."""
    answers: list[dict[str, Any]] = []
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit) if arguments.visit else None
        one = _preview_notes if arguments.preview else _import_notes
        try:
            answers.extend(one(core, Path(name).expanduser(), visit_id, arguments) for name in arguments.files)
        finally:
            # What was kept before a file failed is told too.
            if arguments.json and answers:
                output.say_json(answers if len(arguments.files) > 1 else answers[0])
    return 0


def _preview_notes(core: Core, path: Path, visit_id: str | None, arguments: Namespace) -> dict[str, Any]:
    teacher = visits.get(core, visit_id).teacher if visit_id else arguments.teacher
    found = notes_in.preview(path, _mapping(arguments), teacher=teacher)
    if not arguments.json:
        output.say(f"{path.name}: {found.total} notes would be kept. Columns: {_columns(found.mapping)}")
        for note in found.rows[:_SHOWN]:
            tags = "".join(f" #{tag}" for tag in note.tags)
            output.say(f"{clock_text(note.offset_ms):>8}  {note.speaker:<4} {' '.join(note.text.split())}{tags}")
        output.say_problems(found.problems)
    return {
        "events": found.total,
        "mapping": found.mapping,
        "times": found.reading,
        "students": found.students,
        "problems": output.problems_json(found.problems),
    }


def _columns(mapping: dict[str, str]) -> str:
    return ", ".join(f"{role} {column}" for role, column in mapping.items())


def _import_notes(core: Core, path: Path, visit_id: str | None, arguments: Namespace) -> dict[str, Any]:
    done = notes_in.import_notes(
        core,
        path=path,
        visit_id=visit_id,
        teacher=arguments.teacher,
        start=aware(core, arguments.start),
        mapping=_mapping(arguments),
    )
    if not arguments.json:
        output.say(f"{path.name}: {done.events} notes in visit {short_id(done.visit_id)}")
        output.say_problems(done.problems)
        if done.students:
            output.say("  " + ", ".join(f"{name} is {code}" for name, code in done.students.items()))
    return {
        "visit": done.visit_id,
        "events": done.events,
        "problems": output.problems_json(done.problems),
        "students": done.students,
    }


def import_intervals(arguments: Namespace) -> int:
    """Bring in sheets of interval codes; each is kept before the next one is read."""
    answers: list[dict[str, Any]] = []
    asked = interval_in.Asked(
        form_id=arguments.form,
        sheet=arguments.sheet,
        orientation=arguments.orientation,
        seconds=arguments.seconds,
        mapping=tuple(arguments.map),
    )
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit) if arguments.visit else None
        one = _preview_intervals if arguments.preview else _import_intervals
        try:
            answers.extend(one(core, Path(name).expanduser(), visit_id, arguments, asked) for name in arguments.files)
        finally:
            if arguments.json and answers:
                output.say_json(answers if len(arguments.files) > 1 else answers[0])
    return 0


def _preview_intervals(
    core: Core, path: Path, visit_id: str | None, arguments: Namespace, asked: interval_in.Asked
) -> dict[str, Any]:
    found = interval_in.preview(core, path, asked, visit_id=visit_id)
    if found.refused is not None:
        raise found.refused
    grid = found.grid
    if not arguments.json:
        counts = f"{found.intervals} intervals and {found.ticks} ticks would be kept"
        output.say(f"{path.name}: {counts}. Codes {grid.orientation}, {found.seconds} s each.")
        for code in grid.codes:
            output.say(f"  {code.head:<12} {code.full or 'left out':<10} {code.ticks:>4}")
        output.say_problems(found.problems)
    return {
        "events": found.events,
        "form": found.form.id,
        "sheet": grid.sheet,
        "orientation": grid.orientation,
        "seconds": found.seconds,
        "intervals": found.intervals,
        "ticks": found.ticks,
        "codes": [{"head": code.head, "code": code.full, "ticks": code.ticks} for code in grid.codes],
        "problems": output.problems_json(found.problems),
    }


def _import_intervals(
    core: Core, path: Path, visit_id: str | None, arguments: Namespace, asked: interval_in.Asked
) -> dict[str, Any]:
    done = interval_in.import_intervals(
        core,
        path=path,
        visit_id=visit_id,
        teacher=arguments.teacher,
        start=aware(core, arguments.start),
        asked=asked,
    )
    if not arguments.json:
        output.say(f"{path.name}: {done.events} events in visit {short_id(done.visit_id)}")
        output.say_problems(done.problems)
    return {"visit": done.visit_id, "events": done.events, "problems": output.problems_json(done.problems)}


def import_people(arguments: Namespace) -> int:
    """Bring in a staff list."""
    path = Path(arguments.files[0]).expanduser()
    with opened(arguments) as core:
        act = people_in.preview_people if arguments.preview else people_in.import_people
        done = act(core, path=path, mapping=_mapping(arguments))
    counts = {word: done.count(kind) for word, kind in (("added", "add"), ("changed", "change"), ("same", "same"))}
    if arguments.json:
        output.say_json({**counts, "mapping": done.mapping, "problems": output.problems_json(done.problems)})
    else:
        would = "would be " if arguments.preview else ""
        changes = f"{counts['added']} {would}added, {counts['changed']} {would}changed, {counts['same']} as before"
        output.say(f"{path.name}: {changes}")
        output.say_problems(done.problems)
    return 0
