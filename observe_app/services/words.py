"""Every expected error in words: what happened, and what one can do. The window and the command line share this table.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from observe_app.domain import errors
from observe_app.services import key_words, practice_words, protection_words, release_words, reply_words, setup_words

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """An error as a person reads it: a title, a sentence, and what to do; `hint` may be empty."""

    title: str
    text: str
    hint: str = ""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


def _entry(title: str, text: str, hint: str = "") -> Words:
    return Words(title, text, hint)


_UNKNOWN = _entry(
    QT_TRANSLATE_NOOP("errors", "Something went wrong"),
    QT_TRANSLATE_NOOP("errors", "This should not happen. What you wrote before is safe."),
    QT_TRANSLATE_NOOP("errors", "You can go on. The details help whoever looks after the program."),
)

_TABLE: dict[str, Words] = {
    "DatabaseDamaged": _entry(
        QT_TRANSLATE_NOOP("errors", "The record is damaged"),
        QT_TRANSLATE_NOOP("errors", "{path} could not be read as a record of visits."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed. Bring back a backup; the folder beside it has one a day."),
    ),
    "DatabaseNewer": _entry(
        QT_TRANSLATE_NOOP("errors", "Written by a newer version"),
        QT_TRANSLATE_NOOP("errors", "{path} has format {found}; this version knows {known}."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed. Update Observe on this computer."),
    ),
    "DatabaseReplaced": _entry(
        QT_TRANSLATE_NOOP("errors", "The record was replaced"),
        QT_TRANSLATE_NOOP("errors", "Another file stands at {path} now. What was saved until then is in {copy}."),
        QT_TRANSLATE_NOOP("errors", "Close Observe, put the file that you want in its place, and open it again."),
    ),
    "DatabaseLocked": _entry(
        QT_TRANSLATE_NOOP("errors", "The record is busy"),
        QT_TRANSLATE_NOOP("errors", "Another program is using {path}."),
        QT_TRANSLATE_NOOP("errors", "Close it, then try again. Nothing was lost."),
    ),
    **{key: _entry(*parts) for key, parts in protection_words.ERRORS.items()},
    **{key: _entry(*parts) for key, parts in setup_words.ERRORS.items()},
    "DataFolderInUse": _entry(
        QT_TRANSLATE_NOOP("errors", "Observe is already open"),
        QT_TRANSLATE_NOOP("errors", "Another window works with {path}."),
        QT_TRANSLATE_NOOP("errors", "Go on there, or close it first."),
    ),
    "SyncBusy": _entry(
        QT_TRANSLATE_NOOP("errors", "Another program is sharing"),
        QT_TRANSLATE_NOOP("errors", "A window or a command sends and fetches for {path} just now."),
        QT_TRANSLATE_NOOP("errors", "It does the same; there is nothing to do."),
    ),
    "DataFolderUnusable": _entry(
        QT_TRANSLATE_NOOP("errors", "The data folder cannot be used"),
        QT_TRANSLATE_NOOP("errors", "{path} cannot be made, read or written."),
        QT_TRANSLATE_NOOP("errors", "Check who may write there, or choose another folder."),
    ),
    "DiskFull": _entry(
        QT_TRANSLATE_NOOP("errors", "The disk is full"),
        QT_TRANSLATE_NOOP("errors", "There is no room left where {path} lies. Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "Make room, then try again."),
    ),
    "NotStored": _entry(
        QT_TRANSLATE_NOOP("errors", "Not saved"),
        QT_TRANSLATE_NOOP("errors", "{path} did not take the change. What was saved before is as it was."),
        QT_TRANSLATE_NOOP("errors", "Check the disk and who may write there, then try again."),
    ),
    "NotFound": _entry(
        QT_TRANSLATE_NOOP("errors", "Not found"),
        QT_TRANSLATE_NOOP("errors", "There is no {kind} “{id}”."),
        QT_TRANSLATE_NOOP("errors", "It may have been deleted meanwhile; undo brings it back."),
    ),
    "Ambiguous": _entry(
        QT_TRANSLATE_NOOP("errors", "More than one fits"),
        QT_TRANSLATE_NOOP("errors", "“{given}” fits more than one {kind}: {matches}."),
        QT_TRANSLATE_NOOP("errors", "Give more of the name."),
    ),
    "Invalid": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” does not fit as {field}."),
    ),
    "Invalid.empty": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "The {field} is missing."),
    ),
    "Invalid.too_long": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "The {field} is too long; {limit} characters fit."),
    ),
    "Invalid.not_a_date": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is no date."),
        QT_TRANSLATE_NOOP("errors", "Write it like 2026-03-11."),
    ),
    "Invalid.not_in_scale": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is no level of {field}."),
        QT_TRANSLATE_NOOP("errors", "Allowed: {limit}."),
    ),
    "Invalid.out_of_range": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is outside what {field} allows."),
        QT_TRANSLATE_NOOP("errors", "Allowed: {limit}."),
    ),
    "Invalid.unknown": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is not known as {field}."),
    ),
    "Invalid.too_few_people": _entry(
        QT_TRANSLATE_NOOP("errors", "Too few people for a group"),
        QT_TRANSLATE_NOOP("errors", "Too few teachers to tell of ({value}); from {limit} on nobody can be made out."),
        QT_TRANSLATE_NOOP("errors", "Choose more people or a longer time."),
    ),
    "Invalid.one_teacher": _entry(
        QT_TRANSLATE_NOOP("errors", "One teacher at a time"),
        QT_TRANSLATE_NOOP("errors", "These visits are of several teachers: {value}."),
        QT_TRANSLATE_NOOP("errors", "Choose one of them; a report on five and more goes without names."),
    ),
    "Invalid.nobody_reads": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing that may be told"),
        QT_TRANSLATE_NOOP("errors", "There is no visit among them that is released and that “{value}” may read."),
        QT_TRANSLATE_NOOP("errors", "Release them first; what you wrote yourself you can ask for without a release."),
    ),
    "Invalid.not_a_number": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is no number."),
    ),
    "Invalid.taken": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{value}” is taken: another {field} has it."),
        QT_TRANSLATE_NOOP("errors", "Choose another one."),
    ),
    "Invalid.same": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "Two different visits are needed."),
    ),
    "Invalid.not_yet": _entry(
        QT_TRANSLATE_NOOP("errors", "Not yet"),
        QT_TRANSLATE_NOOP("errors", "A step is closed when a note of a later visit shows it and both have seen it."),
    ),
    "FilmUnavailable": _entry(
        QT_TRANSLATE_NOOP("errors", "Films cannot be played here"),
        QT_TRANSLATE_NOOP("errors", "The player did not start: {detail}."),
        QT_TRANSLATE_NOOP("errors", "Ask whoever looks after this computer. Everything else works without it."),
    ),
    "FilmUnavailable.missing": _entry(
        QT_TRANSLATE_NOOP("errors", "Films need one more part"),
        QT_TRANSLATE_NOOP("errors", "Observe was installed without the part that plays films."),
        QT_TRANSLATE_NOOP(
            "errors",
            'Whoever installed it adds it with: pip install "observe-app[video]". Everything else works without it.',
        ),
    ),
    "FileUnreadable": _entry(
        QT_TRANSLATE_NOOP("errors", "The file cannot be read"),
        QT_TRANSLATE_NOOP("errors", "{path} could not be read. {detail}"),
    ),
    "FileUnreadable.missing": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is not there"),
        QT_TRANSLATE_NOOP("errors", "{path} does not exist."),
    ),
    "FileUnreadable.denied": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is closed to you"),
        QT_TRANSLATE_NOOP("errors", "You may not read {path}."),
        QT_TRANSLATE_NOOP("errors", "Ask whoever owns it, or copy it to a folder of yours."),
    ),
    "FileUnreadable.too_large": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is too large"),
        QT_TRANSLATE_NOOP("errors", "{path} is larger than what can be read at once. {detail}"),
    ),
    "FileUnreadable.not_a_workbook": _entry(
        QT_TRANSLATE_NOOP("errors", "This is no workbook"),
        QT_TRANSLATE_NOOP("errors", "{path} is not an Excel workbook, whatever its ending says."),
        QT_TRANSLATE_NOOP("errors", "Save it as .xlsx or .csv and try again."),
    ),
    "FileUnreadable.encrypted": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is protected"),
        QT_TRANSLATE_NOOP("errors", "{path} is protected by a password."),
        QT_TRANSLATE_NOOP("errors", "Save a copy without a password and try again."),
    ),
    "FileUnreadable.encoding": _entry(
        QT_TRANSLATE_NOOP("errors", "The letters cannot be read"),
        QT_TRANSLATE_NOOP("errors", "How {path} stores its letters could not be told."),
        QT_TRANSLATE_NOOP("errors", "Save it as UTF-8 and try again."),
    ),
    "FileUnreadable.empty": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is empty"),
        QT_TRANSLATE_NOOP("errors", "There is nothing in {path}."),
    ),
    "FileUnreadable.damaged": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is damaged"),
        QT_TRANSLATE_NOOP("errors", "{path} is not complete or not what its ending says."),
    ),
    "FileUnreadable.folder": _entry(
        QT_TRANSLATE_NOOP("errors", "This is a folder"),
        QT_TRANSLATE_NOOP("errors", "{path} is a folder; choose a file in it."),
    ),
    "FileUnreadable.special": _entry(
        QT_TRANSLATE_NOOP("errors", "This is no file"),
        QT_TRANSLATE_NOOP("errors", "{path} is a device or a pipe, not a file."),
        QT_TRANSLATE_NOOP("errors", "Choose a file."),
    ),
    "FileUnreadable.not_a_table": _entry(
        QT_TRANSLATE_NOOP("errors", "This is no table"),
        QT_TRANSLATE_NOOP("errors", "{path} holds no rows of text."),
        QT_TRANSLATE_NOOP("errors", "Save it as .xlsx or .csv and try again."),
    ),
    "FileUnreadable.too_many_rows": _entry(
        QT_TRANSLATE_NOOP("errors", "The file is too large"),
        QT_TRANSLATE_NOOP("errors", "{path} has more than {detail} rows."),
        QT_TRANSLATE_NOOP("errors", "Split it and bring in the parts."),
    ),
    "FileUnreadable.no_sheet": _entry(
        QT_TRANSLATE_NOOP("errors", "No such sheet"),
        QT_TRANSLATE_NOOP("errors", "{path} has no sheet “{detail}”."),
    ),
    "ImportProblem": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to bring in"),
        QT_TRANSLATE_NOOP("errors", "{path} was read, but holds nothing that fits. {detail}"),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "ImportProblem.no_column": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to bring in"),
        QT_TRANSLATE_NOOP("errors", "In {path} no column of {where} was recognised."),
        QT_TRANSLATE_NOOP("errors", "Say which column it is. Nothing was changed."),
    ),
    "ImportProblem.no_rows": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to bring in"),
        QT_TRANSLATE_NOOP("errors", "{path} has no row with anything in it."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "ImportProblem.not_boris": _entry(
        QT_TRANSLATE_NOOP("errors", "This is no BORIS project"),
        QT_TRANSLATE_NOOP("errors", "{path} does not hold what a BORIS project holds."),
        QT_TRANSLATE_NOOP("errors", "Choose a file that BORIS saved. Nothing was changed."),
    ),
    "ImportProblem.no_observation": _entry(
        QT_TRANSLATE_NOOP("errors", "No such observation"),
        QT_TRANSLATE_NOOP("errors", "{path} has no observation “{where}”."),
        QT_TRANSLATE_NOOP("errors", "Its observations: {detail}."),
    ),
    "ImportProblem.no_behaviour": _entry(
        QT_TRANSLATE_NOOP("errors", "No such behaviour"),
        QT_TRANSLATE_NOOP("errors", "{path} has no behaviour “{where}”."),
        QT_TRANSLATE_NOOP("errors", "Its behaviours: {detail}."),
    ),
    "ImportProblem.no_item": _entry(
        QT_TRANSLATE_NOOP("errors", "No such item"),
        QT_TRANSLATE_NOOP("errors", "The form has no item “{where}” that this behaviour could go to."),
        QT_TRANSLATE_NOOP("errors", "Those that fit: {detail}."),
    ),
    "ImportProblem.unknown_column": _entry(
        QT_TRANSLATE_NOOP("errors", "No such column"),
        QT_TRANSLATE_NOOP("errors", "{path} has no column “{where}”."),
        QT_TRANSLATE_NOOP("errors", "Its columns: {detail}."),
    ),
    "ImportProblem.unknown_role": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{where}” is nothing that a column can be."),
        QT_TRANSLATE_NOOP("errors", "Allowed: {detail}."),
    ),
    "ImportProblem.unknown_reading": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{where}” is no way to read times."),
        QT_TRANSLATE_NOOP("errors", "Allowed: {detail}."),
    ),
    "ImportProblem.a_form": _entry(
        QT_TRANSLATE_NOOP("errors", "This is a form"),
        QT_TRANSLATE_NOOP("errors", "{path} holds a form and no lesson."),
        QT_TRANSLATE_NOOP("errors", "Bring it in on the page Forms."),
    ),
    "ImportProblem.no_codes": _entry(
        QT_TRANSLATE_NOOP("errors", "No codes found"),
        QT_TRANSLATE_NOOP("errors", "In {path} nothing reads like the codes of the form “{where}”."),
        QT_TRANSLATE_NOOP("errors", "Its codes: {detail}. Choose another form or sheet; nothing was changed."),
    ),
    "ImportProblem.no_ticks": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to bring in"),
        QT_TRANSLATE_NOOP("errors", "{path} has the codes, but no interval is ticked or marked with 0."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "ImportProblem.no_intervals": _entry(
        QT_TRANSLATE_NOOP("errors", "This form has no intervals"),
        QT_TRANSLATE_NOOP("errors", "The form “{where}” has no interval codes, so {path} has no place in it."),
        QT_TRANSLATE_NOOP("errors", "Choose a form with interval codes, such as COPUS. Nothing was changed."),
    ),
    "ImportProblem.other_form": _entry(
        QT_TRANSLATE_NOOP("errors", "The visit has another form"),
        QT_TRANSLATE_NOOP("errors", "The visit uses the form “{detail}”, and {path} was to be read with “{where}”."),
        QT_TRANSLATE_NOOP("errors", "Bring it into a new visit. Nothing was changed."),
    ),
    "ImportProblem.unknown_code": _entry(
        QT_TRANSLATE_NOOP("errors", "No such code"),
        QT_TRANSLATE_NOOP("errors", "“{where}” is no code of the form, or one of both sides."),
        QT_TRANSLATE_NOOP("errors", "Its codes: {detail}."),
    ),
    "ImportProblem.unknown_orientation": _entry(
        QT_TRANSLATE_NOOP("errors", "This needs a look"),
        QT_TRANSLATE_NOOP("errors", "“{where}” is no way for codes to stand."),
        QT_TRANSLATE_NOOP("errors", "Allowed: {detail}."),
    ),
    "ImportProblem.interval_length": _entry(
        QT_TRANSLATE_NOOP("errors", "The intervals do not fit"),
        QT_TRANSLATE_NOOP(
            "errors",
            "The intervals of {path} are {where} s long, those of the form {detail} s, and one cannot be "
            "made of the other.",
        ),
        QT_TRANSLATE_NOOP("errors", "Choose another form, or say how long an interval is. Nothing was changed."),
    ),
    **{key: _entry(*parts) for key, parts in (reply_words.ERRORS | release_words.ERRORS | key_words.ERRORS).items()},
    **{key: _entry(*parts) for key, parts in practice_words.ERRORS.items()},
    "ExportFailed": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "{path} could not be written. {detail}"),
        QT_TRANSLATE_NOOP("errors", "What stood there before stands there still."),
    ),
    "ExportFailed.printer": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing was printed"),
        QT_TRANSLATE_NOOP("errors", "{path} does not take anything to print."),
        QT_TRANSLATE_NOOP("errors", "Look whether it is on and not paused, or choose another one."),
    ),
    "ExportFailed.full": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "There is no room left for {path}."),
        QT_TRANSLATE_NOOP("errors", "Make room or choose another place; what stood there before stands there still."),
    ),
    "ExportFailed.denied": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "You may not write {path}, or another program holds it."),
        QT_TRANSLATE_NOOP("errors", "Close it there or choose another place."),
    ),
    "ExportFailed.missing_folder": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "The folder of {path} is not there."),
        QT_TRANSLATE_NOOP("errors", "Choose another place."),
    ),
    "ExportFailed.not_a_file": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "{path} is no file that could be written."),
        QT_TRANSLATE_NOOP("errors", "Choose another name."),
    ),
    "ExportFailed.unknown_format": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "The ending of {path} names no format."),
        QT_TRANSLATE_NOOP("errors", "Use one of these: {detail}."),
    ),
    "ExportFailed.no_parquet": _entry(
        QT_TRANSLATE_NOOP("errors", "The file was not written"),
        QT_TRANSLATE_NOOP("errors", "This installation cannot write Parquet: {detail} is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install Observe with its extra “parquet”, or write the same table as .csv."),
    ),
    "FormInvalid": _entry(
        QT_TRANSLATE_NOOP("errors", "The form has mistakes"),
        QT_TRANSLATE_NOOP("errors", "{path} cannot be used as a form yet."),
        QT_TRANSLATE_NOOP("errors", "Mend what is listed, then bring it in again."),
    ),
    "FormInvalid.snapshot_newer": _entry(
        QT_TRANSLATE_NOOP("errors", "The form cannot be shown"),
        QT_TRANSLATE_NOOP("errors", "The form of this visit was written by a newer version; it is kept as it is."),
        QT_TRANSLATE_NOOP("errors", "Notes can be written. Update Observe on this computer to see the form."),
    ),
    "FormInvalid.snapshot_damaged": _entry(
        QT_TRANSLATE_NOOP("errors", "The form cannot be shown"),
        QT_TRANSLATE_NOOP("errors", "The form of this visit is damaged; it is kept as it is."),
        QT_TRANSLATE_NOOP("errors", "Notes can be written. Choose the same form again to mend it."),
    ),
    "ProtocolInvalid": _entry(
        QT_TRANSLATE_NOOP("errors", "The protocol has mistakes"),
        QT_TRANSLATE_NOOP("errors", "{path} cannot be used as a protocol yet."),
        QT_TRANSLATE_NOOP("errors", "Mend what is listed, then bring it in again."),
    ),
    "VisitStageError": _entry(
        QT_TRANSLATE_NOOP("errors", "Not at this stage"),
        QT_TRANSLATE_NOOP("errors", "The visit is at “{stage}”; this needs “{needed}”."),
    ),
    "BackupFailed": _entry(
        QT_TRANSLATE_NOOP("errors", "No backup"),
        QT_TRANSLATE_NOOP("errors", "The backup {path} could not be made or read. {detail}"),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "SettingsUnreadable": _entry(
        QT_TRANSLATE_NOOP("errors", "The settings could not be read"),
        QT_TRANSLATE_NOOP("errors", "{path} was set aside; the usual settings are in use."),
    ),
    "NothingToUndo": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to take back"),
        QT_TRANSLATE_NOOP("errors", "Nothing is left to take back here."),
    ),
    "NothingToUndo.changed_since": _entry(
        QT_TRANSLATE_NOOP("errors", "Nothing to take back"),
        QT_TRANSLATE_NOOP("errors", "What you did last has changed again since, so it was left as it is."),
    ),
}

_TERMS: dict[str, str] = {
    "visit": QT_TRANSLATE_NOOP("errors", "visit"),
    "person": QT_TRANSLATE_NOOP("errors", "person"),
    "teacher": QT_TRANSLATE_NOOP("errors", "teacher"),
    "observer": QT_TRANSLATE_NOOP("errors", "observer"),
    "note": QT_TRANSLATE_NOOP("errors", "note"),
    "event": QT_TRANSLATE_NOOP("errors", "event"),
    "form": QT_TRANSLATE_NOOP("errors", "form"),
    "item": QT_TRANSLATE_NOOP("errors", "item"),
    "claim": QT_TRANSLATE_NOOP("errors", "claim"),
    "action_step": QT_TRANSLATE_NOOP("errors", "action step"),
    "protocol": QT_TRANSLATE_NOOP("errors", "protocol"),
    "turn": QT_TRANSLATE_NOOP("errors", "turn of the conversation"),
    "agreed_cell": QT_TRANSLATE_NOOP("errors", "decision"),
    "interval": QT_TRANSLATE_NOOP("errors", "length of an interval"),
    "tolerance": QT_TRANSLATE_NOOP("errors", "tolerance"),
    "offset": QT_TRANSLATE_NOOP("errors", "offset"),
    "why": QT_TRANSLATE_NOOP("errors", "reason"),
    "step": QT_TRANSLATE_NOOP("errors", "action step"),
    "group": QT_TRANSLATE_NOOP("errors", "group"),
    "focus": QT_TRANSLATE_NOOP("errors", "focus"),
    "name": QT_TRANSLATE_NOOP("errors", "name"),
    "text": QT_TRANSLATE_NOOP("errors", "text"),
    "date": QT_TRANSLATE_NOOP("errors", "date"),
    "due": QT_TRANSLATE_NOOP("errors", "due date"),
    "start": QT_TRANSLATE_NOOP("errors", "start"),
    "title": QT_TRANSLATE_NOOP("errors", "title"),
    "rating": QT_TRANSLATE_NOOP("errors", "rating"),
    "prepare": QT_TRANSLATE_NOOP("errors", "Prepare"),
    "observe": QT_TRANSLATE_NOOP("errors", "Observe"),
    "talk": QT_TRANSLATE_NOOP("errors", "Talk"),
    "follow_up": QT_TRANSLATE_NOOP("errors", "Follow up"),
} | practice_words.TERMS

_WORD_FIELDS = frozenset({"kind", "field", "stage", "needed"})


def _as_it_is(text: str) -> str:
    return text


def describe(error: BaseException, translate: Translate = _as_it_is) -> Words:
    """Words for an error; an unexpected one gets the words for a bug.

    Args:
        error: any exception; `ObserveError` classes have words of their own.
        translate: called with each literal before its fields are filled in.
    """
    words = _TABLE.get(_key(error), _UNKNOWN)
    values = _values(error, translate)
    return Words(
        *(translate(part).format(**values).strip() if part else "" for part in (words.title, words.text, words.hint))
    )


def is_expected(error: BaseException) -> bool:
    """Whether the error is one that a person can do something about; else it is a bug."""
    return isinstance(error, errors.ObserveError)


def _key(error: BaseException) -> str:
    # A class made from one of ours says the same thing about a narrower case.
    names = [kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _TABLE]
    name = names[0] if is_expected(error) and names else ""
    variant = getattr(error, "reason", "") or getattr(error, "rule", "")
    if getattr(error, "changed_since", False):
        variant = "changed_since"
    specific = f"{name}.{variant}"
    return specific if specific in _TABLE else name


def _values(error: BaseException, translate: Translate) -> dict[str, str]:
    if not is_expected(error):
        return {}
    values: dict[str, str] = {}
    for name in getattr(type(error), "__dataclass_fields__", {}):
        value = getattr(error, name)
        if isinstance(value, tuple):
            value = ", ".join(str(part) for part in value)
        text = str(value)
        if name in _WORD_FIELDS and text in _TERMS:
            text = translate(_TERMS[text])
        values[name] = text
    return values
