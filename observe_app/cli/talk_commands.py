"""`protocol list|show|check|import|export` and the calendar file of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import export_commands, output
from observe_app.cli.session import opened
from observe_app.domain.errors import ExportFailed, ProtocolInvalid
from observe_app.domain.form import text_in
from observe_app.services import form_words, protocols, visits

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from observe_app.domain.errors import FormProblem


def protocol_list(arguments: Namespace) -> int:
    """List the conversation protocols."""
    with opened(arguments) as core:
        found = protocols.listing(core)
    if arguments.json:
        output.say_json(
            [
                {
                    "id": one.protocol.id,
                    "title": text_in(one.protocol.title, "en"),
                    "own": one.own,
                    "first": one.protocol.first.value,
                    "prompts": len(one.protocol.prompts),
                    "minutes": one.protocol.minutes,
                }
                for one in found
            ]
        )
        return 0
    rows = [
        (
            one.protocol.id,
            "own" if one.own else "shipped",
            str(len(one.protocol.prompts)),
            str(one.protocol.minutes),
            text_in(one.protocol.title, "en"),
        )
        for one in found
    ]
    output.say_table(("PROTOCOL", "FROM", "PROMPTS", "MINUTES", "TITLE"), rows)
    return 0


def protocol_show(arguments: Namespace) -> int:
    """Show the prompts of a protocol in one language."""
    from observe_app.services.protocol_file import tables_of  # noqa: PLC0415  (help and usage need none of it)

    with opened(arguments) as core:
        protocol = protocols.get(core, arguments.protocol)
    if arguments.json:
        output.say_json(tables_of(protocol))
        return 0
    language = arguments.language or protocol.language
    output.say(f"{text_in(protocol.title, language)} ({protocol.id}), {protocol.minutes} min, first: {protocol.first}")
    if protocol.about:
        output.say(text_in(protocol.about, language))
    for number, prompt in enumerate(protocol.prompts, 1):
        stage = text_in(prompt.stage, language)
        output.say(f"{number}. {f'{stage}. ' if stage else ''}{text_in(prompt.text, language)}")
        output.say(f"   {prompt.asks}, {prompt.minutes} min")
    if protocol.source:
        output.say(protocol.source)
    return 0


def protocol_check(arguments: Namespace) -> int:
    """Say everything that is wrong with a protocol file."""
    path = Path(arguments.file).expanduser()
    return _say_problems(path, protocols.check_file(path), json=arguments.json)


def protocol_import(arguments: Namespace) -> int:
    """Bring in a protocol file as an own one."""
    path = Path(arguments.file).expanduser()
    try:
        with opened(arguments) as core:
            kept = protocols.import_file(core, path)
    except ProtocolInvalid as error:
        status = _say_problems(path, error.problems, json=arguments.json)
        output.warn(output.error_line(error))
        return status
    if arguments.json:
        output.say_json({"id": kept.id, "prompts": len(kept.prompts)})
    else:
        output.say(f"{kept.id}: {text_in(kept.title, kept.language)}")
    return 0


def protocol_export(arguments: Namespace) -> int:
    """Write a protocol as a file."""
    target = Path(arguments.output).expanduser()
    if target.suffix.casefold() != ".toml":
        raise ExportFailed(target, "unknown_format", ".toml")
    with opened(arguments) as core:
        protocol = protocols.export_file(core, arguments.protocol, target)
    if arguments.json:
        output.say_json({"path": str(target), "id": protocol.id})
    else:
        output.say(f"{target}: {protocol.id}")
    return 0


def export(arguments: Namespace) -> int:
    """Write a visit to a file; `ics VISIT`, or a file whose name ends in .ics, is its calendar file."""
    words = [*arguments.visit]
    calendar = Path(arguments.to).suffix.casefold() == ".ics"
    if len(words) > 1 and words[0].casefold() == "ics":
        words, calendar = words[1:], True
    if len(words) > 1:
        output.warn(f"One visit at a time: {' '.join(words)}")
        return 2
    arguments.visit = words[0]
    return _export_ics(arguments) if calendar else export_commands.export(arguments)


def _export_ics(arguments: Namespace) -> int:
    from observe_app.services.exchange.calendar_out import export_calendar  # noqa: PLC0415

    target = Path(arguments.to).expanduser()
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        visit = export_calendar(core, visit_id=visit_id, target=target, with_focus=arguments.with_focus)
    if arguments.json:
        output.say_json({"path": str(target), "start": visit.start.isoformat() if visit.start else None})
    else:
        output.say(f"{target}: {visit.class_line or 'visit'}")
    return 0


def _say_problems(path: Path, problems: Sequence[FormProblem], *, json: bool) -> int:
    if json:
        told = [{"line": one.line, "where": one.where, "message": form_words.problem_text(one)} for one in problems]
        output.say_json({"ok": not problems, "problems": told})
        return 1 if problems else 0
    if not problems:
        output.say(f"{path.name}: good.")
    for problem in problems:
        where = ", ".join(part for part in (f"line {problem.line}" if problem.line else "", problem.where) if part)
        output.say(f"{path.name}: {where or 'file'}: {form_words.problem_text(problem)}")
    return 1 if problems else 0
