"""`form list|check|export` and `import form`."""

from __future__ import annotations

# What reads and writes forms and workbooks is imported in the command that needs it: help and usage need none of it.
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.domain.errors import ExportFailed, FormInvalid, NotFound
from observe_app.domain.form import text_in
from observe_app.services import form_words, own_forms

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.services.exchange.form_in_parts import Unmapped

TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
"""Endings of files that `import form` and `form check` read as tables or XLSForms."""

_WRITTEN = (".toml", ".xlsx")
_STATES_ITS_ID = ("toml", "xlsform")


def form_list(arguments: Namespace) -> int:
    """List the forms of this data folder and those that ship."""
    with opened(arguments) as core:
        entries = core.catalogue.entries()
        used = own_forms.usage_all(core)
    visits = {form_id: count.visits for form_id, count in used.items()}
    if arguments.json:
        output.say_json(
            [
                {
                    "id": entry.form_id,
                    "version": entry.version,
                    "title": text_in(entry.title, "en"),
                    "origin": entry.origin.value,
                    "ok": not entry.problems,
                    "path": str(entry.path) if entry.path else None,
                    "used": visits.get(entry.form_id, 0),
                }
                for entry in entries
            ]
        )
    else:
        output.say_table(
            ("FORM", "VERSION", "FROM", "VISITS", "TITLE"),
            [
                (
                    entry.form_id,
                    str(entry.version) if not entry.problems else "broken",
                    entry.origin.value,
                    str(visits.get(entry.form_id, 0)),
                    text_in(entry.title, "en"),
                )
                for entry in entries
            ],
        )
    return 0


def form_check(arguments: Namespace) -> int:
    """Say everything that is wrong with a form file; of a workbook also what would not come over."""
    path = Path(arguments.file).expanduser()
    if path.suffix.casefold() not in TABLES:
        from observe_app.services.catalogue import check_file  # noqa: PLC0415

        return _say_problems(path, check_file(path), json=arguments.json)
    from observe_app.services.exchange.form_in import read_form_file  # noqa: PLC0415

    try:
        found = read_form_file(path)
    except FormInvalid as error:
        return _say_problems(path, error.problems, json=arguments.json)
    if arguments.json:
        output.say_json({"ok": True, "problems": [], "shape": found.shape, "notes": _notes_json(found.notes)})
    else:
        output.say(f"{path.name}: good.")
        _say_notes(found.notes)
    return 0


def form_export(arguments: Namespace) -> int:
    """Write a form as a form file or as an XLSForm."""
    target = Path(arguments.output).expanduser()
    ending = target.suffix.casefold()
    if ending not in _WRITTEN:
        raise ExportFailed(target, "unknown_format", ", ".join(_WRITTEN))
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415

    with opened(arguments) as core:
        form = _wanted(core, arguments.form, arguments.version)
    if ending == ".xlsx":
        from observe_app.services.exchange.xlsform_out import write_xlsform  # noqa: PLC0415

        data = write_xlsform(form)
    else:
        from observe_app.services.forms.writer import dumps_toml  # noqa: PLC0415

        data = dumps_toml(form).encode()
    write_whole(target, data)
    if arguments.json:
        output.say_json({"path": str(target), "id": form.id, "version": form.version})
    else:
        output.say(f"{target}: {form.id}, version {form.version}")
    return 0


def _wanted(core: Core, form_id: str, number: int | None) -> Form:
    """Return the form, the newest version or the one of this number."""
    if number is not None:
        for one in own_forms.versions(core, form_id):
            if one.version == number:
                return own_forms.version(core, one.id)
    form = core.catalogue.form(form_id)
    if number is not None and form.version != number:
        raise NotFound("version of the form", f"{form_id} {number}")
    return form


def import_form(arguments: Namespace) -> int:
    """Bring in a form file, an XLSForm, a rubric or a checklist as an own form."""
    path = Path(arguments.file).expanduser()
    try:
        form, shape, notes = _read(path, arguments)
        if arguments.title:
            form = replace(form, title=(("", arguments.title),))
        with opened(arguments) as core:
            kept = _keep(core, form, arguments.id, shape)
    except FormInvalid as error:
        status = _say_problems(path, error.problems, json=arguments.json)
        output.warn(output.error_line(error))
        return status
    if arguments.json:
        output.say_json({"id": kept.id, "version": kept.version, "shape": shape, "notes": _notes_json(notes)})
    else:
        output.say(f"{kept.id}, version {kept.version}: {text_in(kept.title, kept.language)}")
        _say_notes(notes)
    return 0


def _read(path: Path, arguments: Namespace) -> tuple[Form, str, Sequence[Unmapped]]:
    """Return the form of a file, how it was read, and what did not come over."""
    if path.suffix.casefold() in TABLES:
        from observe_app.services.exchange.form_in import read_form_file  # noqa: PLC0415

        found = read_form_file(path, form_id=arguments.id, shape=arguments.shape)
        return found.form, found.shape, found.notes
    from observe_app.services.forms.reader import read_bytes_as  # noqa: PLC0415
    from observe_app.services.forms.toml_text import FormUnreadable, read_bytes  # noqa: PLC0415

    try:
        reading = read_bytes_as(read_bytes(path), None)
    except FormUnreadable as error:
        raise FormInvalid(path, (error.problem,)) from error
    if reading.form is None:
        raise FormInvalid(path, reading.problems)
    return reading.form, "toml", ()


def _keep(core: Core, form: Form, wanted_id: str, shape: str) -> Form:
    """Store a form: under the id that was asked for; as a version of the own form it names; else as a new one."""
    if wanted_id:
        return own_forms.adopt(core, replace(form, id=wanted_id), as_new=False)
    own = bool(own_forms.versions(core, form.id))
    free = own_forms.new_id(core, form.id) == form.id
    # A file without an id of its own has one from its name or title, as another file may have.
    return own_forms.adopt(core, form, as_new=not (free or (own and shape in _STATES_ITS_ID)))


def _say_problems(path: Path, problems: Sequence[FormProblem], *, json: bool) -> int:
    if json:
        told = [{"line": one.line, "where": one.where, "message": form_words.problem_text(one)} for one in problems]
        output.say_json({"ok": not problems, "problems": told})
        return 1 if problems else 0
    if not problems:
        output.say(f"{path.name}: good.")
    for problem in problems:
        # Of a workbook the place says the row itself.
        place = f"line {problem.line}" if problem.line and path.suffix.casefold() not in TABLES else ""
        where = ", ".join(part for part in (place, problem.where) if part) or "file"
        output.say(f"{path.name}: {where}: {form_words.problem_text(problem)}")
    return 1 if problems else 0


def _notes_json(notes: Sequence[Unmapped]) -> list[dict[str, Any]]:
    return [{"row": note.row, "sheet": note.sheet, "what": note.what, "why": note.why} for note in notes]


def _say_notes(notes: Sequence[Unmapped]) -> None:
    for note in notes:
        sheet = f"{note.sheet}, " if note.sheet else ""
        place = f"{sheet}row {note.row}: " if note.row else f"{note.sheet}: " if note.sheet else ""
        what = f"{note.what}: " if note.what else ""
        output.say(f"  {place}{what}{note.why}")
