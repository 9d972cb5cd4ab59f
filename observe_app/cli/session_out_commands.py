"""`session minutes|calendar`: what of a session goes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.languages import page_language
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import short_id

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands


def add_to(found: Commands) -> None:
    """Add the commands."""
    one = add(found, "minutes", "write the minutes as PDF", minutes)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("-o", "--output", metavar="FILE", help="minutes-SESSION.pdf here, when left out")
    one.add_argument("--with-notes", action="store_true", help="with what the facilitator noted")
    one.add_argument("--paper", choices=("A4", "Letter"), help="the setting's when left out")
    one.add_argument("--ink-saving", action="store_true", help="without filled areas")
    one.add_argument("--language", metavar="CODE", type=page_language, help="such as de")
    one = add(found, "calendar", "write a calendar file with the link of the call, and nothing confidential", calendar)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("-o", "--output", metavar="FILE", help="session-SESSION.ics here, when left out")
    one.add_argument("--series", action="store_true", help="all sessions of its series, one event each")
    one.add_argument("--rule", action="store_true", help="the series as one event that recurs, with its exceptions")


def minutes(arguments: Namespace) -> int:
    """Write the minutes."""
    from observe_app.services.pdf import minutes_build  # noqa: PLC0415
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        document = minutes_build.minutes(
            core, found.id, with_notes=arguments.with_notes, paper=arguments.paper, language=arguments.language or "",
            ink_saving=arguments.ink_saving,
        )  # fmt: skip
        target = Path(arguments.output or f"minutes-{short_id(found.id)}.pdf").expanduser()
        done = minutes_build.export_minutes(document, target)
    told = {"path": str(target), "pages": done.pages, "replaced": list(done.replaced)}
    _say(arguments, told, f"{target}: {done.pages} {'page' if done.pages == 1 else 'pages'}")
    return 0


def calendar(arguments: Namespace) -> int:
    """Write a calendar file."""
    from observe_app.services.sessions import sessions  # noqa: PLC0415
    from observe_app.services.sessions.calendar_file import export_calendar  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        target = Path(arguments.output or f"session-{short_id(found.id)}.ics").expanduser()
        export_calendar(
            core, session_id=found.id, target=target, series=arguments.series or arguments.rule, as_rule=arguments.rule
        )
    _say(arguments, {"path": str(target)}, str(target))
    return 0


def _say(arguments: Namespace, value: Any, line: str) -> None:
    if arguments.json:
        output.say_json(value)
    else:
        output.say(line)
