"""The commands, their arguments and their help."""

from __future__ import annotations

import argparse
import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from observe_app import __version__
from observe_app.cli import (
    boris_commands,
    care_commands,
    compare_commands,
    demo_command,
    export_commands,
    form_commands,
    group_commands,
    hours_commands,
    import_commands,
    journal_commands,
    pdf_commands,
    people_commands,
    protect_commands,
    release_commands,
    reply_commands,
    round_commands,
    school_commands,
    session_commands,
    share_arguments,
    survey_commands,
    talk_commands,
    term_pdf_commands,
    timetable_commands,
    visit_commands,
)
from observe_app.cli.parts import add as _add
from observe_app.cli.parts import group as _group
from observe_app.domain.settings import TEXT_SIZES
from observe_app.services.exchange.interval_turned import ORIENTATIONS
from observe_app.services.exchange.times import READINGS

if TYPE_CHECKING:
    from observe_app.cli.parts import Commands

_SPEAKER = re.compile(r"^(T|SS|S\d{0,3})$")
_TAG = re.compile(r"^[^\W_][\w-]{0,39}$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MAX_MS = 24 * 3_600_000


@cache
def build_parser() -> argparse.ArgumentParser:
    """Return the parser; what it parses has `run`, a function of the parsed arguments."""
    parser = argparse.ArgumentParser(
        prog="observe-app",
        description="Peer observation visits. Without a command the window opens.",
        epilog="VISIT is an id, or at least six characters of its start or end as `visit list` shows them.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Observe {__version__}")
    parser.add_argument("--data", metavar="DIR", default=None, help="data folder (OBSERVE_DATA does the same)")
    parser.add_argument("--quit-after-paint", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _visit(commands)
    _note(commands)
    _imports(commands)
    _exports(commands)
    _forms(commands)
    _protocols(commands)
    compare_commands.add_to(commands)
    timetable_commands.add_to(commands)
    journal_commands.add_to(commands)
    hours_commands.add_to(commands)
    people_commands.add_to(commands)
    school_commands.add_to(commands)
    _care(commands)
    session_commands.add_to(commands)
    survey_commands.add_to(commands)
    round_commands.add_to(commands)
    group_commands.add_to(commands)
    protect_commands.add_to(commands)
    share_arguments.share(commands)
    share_arguments.sync(commands)
    share_arguments.also(commands)
    return parser


def _visit(commands: Commands) -> None:
    group = _group(commands, "visit", "plan, list, show, release and delete visits")
    new = _add(group, "new", "plan a visit and print its id", visit_commands.new)
    new.add_argument("--teacher", metavar="NAME", required=True, help="whose lesson it is; added when not known yet")
    new.add_argument("--observer", metavar="NAME", help="who visits; you, when left out")
    new.add_argument("--start", metavar="ISO", type=_moment, help="such as 2026-03-10T09:05, in this computer's zone")
    new.add_argument("--minutes", type=int, help="planned length (50)")
    new.add_argument("--form", metavar="ID", default="", help="form to fill in; `form list` names them")
    new.add_argument("--focus", metavar="TEXT", default="", help="what the teacher asks to look for")
    for name, text in (("class", "such as Year 8 B"), ("subject", ""), ("topic", ""), ("room", "")):
        new.add_argument(
            f"--{name}", metavar="TEXT", dest=f"{name}_name" if name == "class" else name, default="", help=text
        )
    listing = _add(group, "list", "list visits, the latest first", visit_commands.listing)
    listing.add_argument("--teacher", metavar="NAME", help="only visits that this person takes part in")
    listing.add_argument(
        "--stage", choices=("prepare", "observe", "talk", "follow_up"), help="only visits at this stage"
    )
    listing.add_argument("--words", metavar="WORDS", default="", help="words in names, class, focus and notes")
    show = _add(group, "show", "show a visit", visit_commands.show)
    show.add_argument("visit", metavar="VISIT")
    show.add_argument("--private", action="store_true", help="with private notes")
    delete = _add(group, "delete", "move a visit to the bin; undo in the window brings it back", visit_commands.delete)
    delete.add_argument("visit", metavar="VISIT")
    _releases(group)
    share_arguments.visits(group)


def _releases(group: Commands) -> None:
    release_commands.arguments_of(
        _add(group, "release", "release the feedback to the teacher, or correct it", release_commands.release)
    )
    listing = _add(group, "releases", "list what was released and which copies went out", release_commands.listing)
    back = _add(group, "take-back", "take a release back before any copy has left", release_commands.take_back)
    gone = _add(group, "withdraw", "say in a new revision that it is withdrawn", release_commands.withdraw)
    for one in (listing, back, gone):
        one.add_argument("visit", metavar="VISIT")
    gone.add_argument("--why", metavar="TEXT", required=True, help="what the teacher reads")


def _note(commands: Commands) -> None:
    add = _add(_group(commands, "note", "add notes"), "add", "add a note and print its id", visit_commands.add_note)
    add.add_argument("visit", metavar="VISIT")
    add.add_argument("text", metavar="TEXT", help='as typed in the window: S7 "Why?" #open')
    add.add_argument("--at", metavar="MM:SS", type=_offset, help="lesson time; now, when left out")
    add.add_argument("--speaker", type=_speaker, help="T, S, SS or S7")
    add.add_argument("--tag", type=_tag, action="append", default=[], help="may be repeated")
    add.add_argument("--star", action="store_true")
    add.add_argument("--private", action="store_true", help="never leaves you")


def _imports(commands: Commands) -> None:
    group = _group(commands, "import", "bring in notes, interval sheets, people, forms or replies")
    notes = _add(group, "notes", "make a visit of each file of notes, or add them to one", import_commands.import_notes)
    notes.add_argument("files", metavar="FILE", nargs="+")
    notes.add_argument("--visit", metavar="VISIT", help="add the notes to this visit")
    notes.add_argument("--teacher", metavar="NAME", default="", help="teacher of the new visit")
    notes.add_argument("--start", metavar="ISO", type=_moment, help="start of the new visit")
    notes.add_argument("--times", choices=READINGS, default="", help="how times are written; found out when left out")
    notes.add_argument("--map", metavar="ROLE=COLUMN", type=_mapping, action="append", default=[], help=_MAP_HELP)
    grid = _add(
        group,
        "intervals",
        "make a visit of each sheet of interval codes, or add it to one",
        import_commands.import_intervals,
    )
    grid.add_argument("files", metavar="FILE", nargs="+")
    grid.add_argument("--visit", metavar="VISIT", help="add the ticks to this visit; its form must fit")
    grid.add_argument("--teacher", metavar="NAME", default="", help="teacher of the new visit")
    grid.add_argument("--start", metavar="ISO", type=_moment, help="start of the new visit")
    grid.add_argument("--form", metavar="ID", default="", help="form whose codes they are (copus)")
    grid.add_argument(
        "--orientation", choices=ORIENTATIONS, default="", help="codes down or across; found out when left out"
    )
    grid.add_argument(
        "--seconds", metavar="N", type=int, default=0, help="length of an interval; found out when left out"
    )
    grid.add_argument("--map", metavar="CODE=CODE", type=_mapping, action="append", default=[], help=_MAP_CODES)
    boris = _add(group, "boris", "make a visit of each observation of a BORIS project", boris_commands.import_boris)
    boris_commands.arguments_of(boris)
    people = _add(group, "people", "add and update people", import_commands.import_people)
    people.add_argument("files", metavar="FILE", nargs=1)
    people.add_argument("--map", metavar="ROLE=COLUMN", type=_mapping, action="append", default=[], help=_MAP_PEOPLE)
    for one in (notes, grid, people):
        one.add_argument("--sheet", metavar="NAME", default="", help="sheet of a workbook; the first when left out")
        one.add_argument("--preview", action="store_true", help="say what would be kept, and keep nothing")
    reply = _add(group, "reply", "take in feedback PDFs that the teacher filled in", reply_commands.import_replies)
    reply.add_argument("files", metavar="FILE", nargs="+")
    reply.add_argument("--preview", action="store_true", help="say what would be kept, and keep nothing")
    share_arguments.imports(group)
    form = _add(group, "form", "bring in a form file, an XLSForm, a rubric or a checklist", form_commands.import_form)
    form.add_argument("file", metavar="FILE")
    form.add_argument(
        "--as",
        dest="shape",
        choices=("auto", "rubric", "checklist", "xlsform"),
        default="auto",
        help="what a table is; found out when left out",
    )
    form.add_argument("--id", metavar="ID", default="", help="id to keep it under")
    form.add_argument("--title", metavar="TEXT", default="", help="another title")


_MAP_HELP = "time, speaker, text or tags, and its heading or column letter: --map text=E (may be repeated)"
_MAP_CODES = "what a sheet calls a code, and the form’s code; nothing behind = leaves it out (may be repeated)"
_MAP_PEOPLE = "name, first, last, email, staff_id, subjects or roles, and its heading or column letter"

_EXPORT_HELP = "`ics VISIT` writes the calendar file, `reply VISIT` the filled PDF that came back"


def _exports(commands: Commands) -> None:
    text = "write a visit as JSON, XLSX, CSV or a BORIS project, or as a calendar file"
    export = _add(commands, "export", text, reply_commands.export)
    export.add_argument("visit", metavar="VISIT", nargs="+", help=_EXPORT_HELP)
    export.add_argument(
        "--to", "-o", "--output", metavar="FILE", required=True, help="ends in .json, .xlsx, .csv, .boris or .ics"
    )
    export.add_argument("--private", action="store_true", help="with private notes")
    export.add_argument("--with-focus", action="store_true", help="of a calendar file: with the focus of the visit")
    pdfs = _group(commands, "pdf", "write PDFs")
    for name, text, run in (
        ("summary", "write the two pages of feedback on a visit", export_commands.pdf_summary),
        ("record", "write everything of a visit that may be read", export_commands.pdf_record),
    ):
        pdf_commands.arguments_of(_add(pdfs, name, text, run))
    term_pdf_commands.add_to(pdfs)
    form = _add(pdfs, "form", "write a blank form to be filled in with a pen", export_commands.pdf_form)
    form.add_argument("form", metavar="ID", help="`form list` names them")
    form.add_argument("-o", "--output", metavar="FILE", required=True)
    form.add_argument("--paper", type=str.casefold, choices=("a4", "letter"), help="the setting's when left out")
    form.add_argument("--language", metavar="CODE", help="such as de; the setting's when left out")


def _forms(commands: Commands) -> None:
    group = _group(commands, "form", "list, check and export forms")
    _add(group, "list", "list the forms that can be used", form_commands.form_list)
    check = _add(group, "check", "say everything that is wrong with a form file", form_commands.form_check)
    check.add_argument("file", metavar="FILE", help="a form file, or a workbook to bring in")
    export = _add(group, "export", "write a form as a form file or an XLSForm", form_commands.form_export)
    export.add_argument("form", metavar="ID", help="`form list` names them")
    export.add_argument("-o", "--output", metavar="FILE", required=True, help="ends in .toml or .xlsx")
    export.add_argument("--version", metavar="N", type=int, help="an earlier version; the newest when left out")


def _protocols(commands: Commands) -> None:
    group = _group(commands, "protocol", "list, show, check, bring in and write conversation protocols")
    _add(group, "list", "list the protocols that can be used", talk_commands.protocol_list)
    show = _add(group, "show", "show the prompts of a protocol", talk_commands.protocol_show)
    show.add_argument("protocol", metavar="ID", help="`protocol list` names them")
    show.add_argument("--language", metavar="CODE", default="", help="such as de; its own when left out")
    check = _add(group, "check", "say everything that is wrong with a protocol file", talk_commands.protocol_check)
    check.add_argument("file", metavar="FILE")
    bring = _add(group, "import", "bring in a protocol file as an own one", talk_commands.protocol_import)
    bring.add_argument("file", metavar="FILE")
    export = _add(group, "export", "write a protocol as a file", talk_commands.protocol_export)
    export.add_argument("protocol", metavar="ID", help="`protocol list` names them")
    export.add_argument("-o", "--output", metavar="FILE", required=True, help="ends in .toml")


def _care(commands: Commands) -> None:
    check = _add(commands, "check", "check the data folder, or a certificate's number", care_commands.check)
    hours_commands.check_arguments(check)
    check.add_argument("--repair", action="store_true", help="make anew what can be made anew")
    backup = _add(commands, "backup", "make a backup now", care_commands.backup_now)
    backup.add_argument("--to", metavar="FILE", help="file to write; the backups folder when left out")
    restore = _add(
        commands, "restore", "put a backup in the place of the data; a copy of that stays", care_commands.restore
    )
    restore.add_argument("file", metavar="FILE")
    demo = _add(commands, "demo", "record a sample term in a folder of its own and open it", demo_command.demo)
    demo.add_argument("--headless", action="store_true", help="write the PDF and pictures of the window, open nothing")
    demo.add_argument("--text-size", type=int, choices=TEXT_SIZES, default=100, help="size of the words, in per cent")


def _moment(text: str) -> datetime:
    """Return the moment; without a zone it stays naive and means this computer's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date and time; write it like 2026-03-10T09:05") from error
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:  # the ends of the calendar have no other time zone
        raise argparse.ArgumentTypeError(f"“{text}” is outside {_FIRST_YEAR} to {_LAST_YEAR}")
    return moment


def _offset(text: str) -> int:
    """Return milliseconds of a lesson time "MM:SS" or "H:MM:SS"."""
    found = re.fullmatch(r"(-?)(?:(\d{1,2}):)?(\d{1,4}):([0-5]\d)", text)
    if not found or (found[2] and int(found[3]) > 59):
        raise argparse.ArgumentTypeError(f"“{text}” is no lesson time; write it like 12:30")
    seconds = int(found[2] or 0) * 3600 + int(found[3]) * 60 + int(found[4])
    if seconds * 1000 > _MAX_MS:
        raise argparse.ArgumentTypeError(f"“{text}” is more than a day")
    return -seconds * 1000 if found[1] else seconds * 1000


def _speaker(text: str) -> str:
    if not _SPEAKER.match(text.upper()):
        raise argparse.ArgumentTypeError(f"“{text}” is no speaker; one of T, S, SS, S1 to S999")
    return text.upper()


def _tag(text: str) -> str:
    tag = text.removeprefix("#").casefold()
    if not _TAG.match(tag):
        raise argparse.ArgumentTypeError(f"“{text}” is no tag; letters, digits and “-”, at most 40")
    return tag


def _mapping(text: str) -> tuple[str, str]:
    role, sign, column = text.partition("=")
    if not sign or not role.strip():
        raise argparse.ArgumentTypeError(f"“{text}” says no column; write it like text=E")
    return role.strip(), column.strip()
