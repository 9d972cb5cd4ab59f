"""Errors a person can do something about. They carry fields; `services.words` turns them into sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003  (dataclass fields are read at run time)


class ObserveError(Exception):
    """Base of every expected error; anything else is a bug."""


@dataclass
class DatabaseDamaged(ObserveError):
    """The database does not pass its own check, or is not a database."""

    path: Path
    detail: str = ""


@dataclass
class DatabaseNewer(ObserveError):
    """The database was written by a newer major version."""

    path: Path
    found: str = ""
    known: str = ""


@dataclass
class DatabaseReplaced(ObserveError):
    """Another file stands where the open database was; everything stored until then is in `copy`."""

    path: Path
    copy: Path


@dataclass
class DatabaseLocked(ObserveError):
    """Another program kept the database busy for longer than we wait."""

    path: Path


@dataclass
class DatabaseLockedAway(ObserveError):
    """The record is protected and cannot be opened with what is known here. Nothing was changed.

    Attributes:
        reason: "no_key" when this computer's key store does not have it, "keyring" when that does not answer,
            "passphrase" when one is asked for, "wrong_passphrase", "wrong_words", "other_key" when the file belongs to
            another key, "no_driver" when this installation lacks what opens it.
    """

    path: Path
    reason: str = "no_key"


@dataclass
class DataFolderInUse(ObserveError):
    """Another window is open on this data folder."""

    path: Path


@dataclass
class DataFolderUnusable(ObserveError):
    """The data folder cannot be made, read or written."""

    path: Path
    detail: str = ""


@dataclass
class DiskFull(ObserveError):
    """No space is left where this path lies. Nothing was changed."""

    path: Path


@dataclass
class NotStored(ObserveError):
    """The database refused a write for a reason of the disk or the file. Nothing was changed."""

    path: Path
    detail: str = ""


@dataclass
class NotFound(ObserveError):
    """No such record. `kind` is the field's word, such as visit, person, note or form."""

    kind: str
    id: str


@dataclass
class Ambiguous(ObserveError):
    """A name or a short id fits several records."""

    kind: str
    given: str
    matches: tuple[str, ...] = ()


@dataclass
class Invalid(ObserveError):
    """A value that the rules refuse.

    Attributes:
        field: the field's word, e.g. "focus". value: what was given, shortened.
        rule: stable name: "empty", "too_long", "not_a_date", "not_in_scale", "out_of_range", "unknown", "not_a_number",
            "taken", "too_few_people", "one_teacher", "nobody_reads".
        limit: the bound that was passed, as text.
    """

    field: str
    value: str
    rule: str
    limit: str = ""


@dataclass
class FileUnreadable(ObserveError):
    """A file to be read is missing, not readable, too large or not what its ending says.

    Attributes:
        reason: "missing", "denied", "too_large", "not_a_workbook", "encrypted", "encoding", "empty", "damaged",
            "folder".
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass
class ImportProblem(ObserveError):
    """A file was read but holds nothing that can be imported, or not under the given mapping."""

    path: Path
    reason: str
    where: str = ""
    detail: str = ""


@dataclass
class NotReleasable(ObserveError):
    """A release, a correction, a taking back or a copy that cannot be. Nothing was changed.

    Attributes:
        reason: "no_teacher", "nothing", "no_reason", "unchanged", "changed", "meanwhile", "not_released",
            "copy_left", "taken_back", "damaged", "no_name", "many_readers", "in_bin", "sent" (through a shared folder),
            "teacher_decides", "changed_key", "not_yours" (written by somebody else),
            "others_words" (words of one record that are). Of a group: "group_not_yours" (somebody else shares it),
            "group_left" (one is no member any more), "no_folder", "not_shared".
        detail: number of the revision, name of the copy or of a person, or the bound that was passed.
    """

    visit: str
    reason: str
    detail: str = ""


@dataclass
class ReplyProblem(ObserveError):
    """A file that holds no reply that can be taken in. Nothing was changed.

    Attributes:
        reason: "not_a_pdf", "half", "damaged", "encrypted", "too_large", "too_many", "too_slow", "foreign", "draft",
            "no_form", "flattened", "empty", "other_visit", "visit_deleted", "other_release", "newer".
        detail: a bound that was passed, or what went wrong inside; "" without.
        teacher, date, school, reference: whose feedback it is, as the file says; each may be "".
        visit_id: of the visit where it is known here, "" otherwise, so that the reply can be typed in instead.
    """

    path: Path
    reason: str
    detail: str = ""
    teacher: str = ""
    date: str = ""
    school: str = ""
    reference: str = ""
    visit_id: str = ""


@dataclass
class ExportFailed(ObserveError):
    """A file could not be written; whatever stood there before stands there still.

    Attributes:
        reason: "full", "denied", "missing_folder", "printer", "no_parquet", "other".
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One thing wrong in a form file: where it is, what was found, what is allowed, the nearest right word.

    Attributes:
        line: 1-based line, 0 when it is the file as a whole. where: place such as "section 2, item open".
        rule: stable name of the rule; found, allowed, nearest fill its sentence.
        place: keys and 0-based positions from the top, e.g. ("sections", 0, "items", 2, "label"), so that an editor can
            point at the field; () when it is the file as a whole.
    """

    line: int
    where: str
    rule: str
    found: str = ""
    allowed: str = ""
    nearest: str = ""
    place: tuple[str | int, ...] = ()


@dataclass
class FormInvalid(ObserveError):
    """A form file with every problem of meaning, or with the first one of syntax."""

    path: Path
    problems: tuple[FormProblem, ...] = ()


@dataclass
class ProtocolInvalid(FormInvalid):
    """A protocol file with every problem of meaning, or with the first one of syntax."""


@dataclass
class VisitStageError(ObserveError):
    """The visit's stage does not allow what was asked. `needed` is the stage it needs."""

    visit: str
    stage: str
    needed: str


@dataclass
class BackupFailed(ObserveError):
    """A backup could not be made or read. Nothing was changed."""

    path: Path
    detail: str = ""


@dataclass
class ProtectionFailed(ObserveError):
    """Protecting the record, or ending that, did not work. The record is as it was.

    Attributes:
        reason: "no_keyring", "no_driver", "short_passphrase", "not_equal", "in_use", "no_room", "key_not_kept",
            "other".
        detail: a bound or what went wrong inside; holds nothing that somebody wrote.
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass
class SettingsUnreadable(ObserveError):
    """The settings file could not be understood; it was set aside and defaults are in use."""

    path: Path
    detail: str = ""


@dataclass
class FilmUnavailable(ObserveError):
    """This copy of the program cannot play films. `reason`: "missing" without the extra, "broken" where it fails."""

    reason: str
    detail: str = ""


@dataclass
class NothingToUndo(ObserveError):
    """There is nothing to take back, or what there is has changed again since."""

    changed_since: bool = False


@dataclass(kw_only=True)
class WordsWrong(ObserveError):
    """Twelve words that are no key.

    Attributes:
        reason: "count", "misspelt" (a word that is near a known one), "unknown" (one that is not), "checksum".
        position: of the word that is unknown, from 1; 0 without. count: how many words were given.
        word, nearest: the unknown word and the nearest known one, to be shown to who typed it; never printed.
    """

    reason: str
    position: int = 0
    count: int = 0
    word: str = field(default="", repr=False)
    nearest: str = field(default="", repr=False)


@dataclass
class VaultClosed(ObserveError):
    """The keys of the shared folder cannot be had now.

    Attributes:
        reason: "none" (no identity here yet), "locked" (a passphrase is needed), "passphrase" (it was another one),
            "keyring" (the system's keyring does not answer or refuses), "damaged" (what keeps them is not whole),
            "lost" (the keyring has what it kept no more), "exists" (there is another one here already), "too_short" (a
            passphrase that protects nothing), "other_words" (the words of somebody else), "not_written".
        path: the data folder. detail: the system's word for it.
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass
class CardUnusable(ObserveError):
    """A colleague's card that cannot be believed. `reason`: "damaged", "too_large", "signature", "key", "newer"."""

    reason: str


@dataclass
class SharingRefused(ObserveError):
    """Something about taking part in a shared folder cannot be done. Nothing was changed.

    Attributes:
        path: the folder.
        reason: "none_here" (no shared folder there), "there" (there is one already, to be joined), "joined" (this
            computer takes part already), "other" (another shared folder lies there than the one meant), "nobody" (no
            card there belongs to the twelve words), "no_name" (this computer does not know its user's name yet),
            "other_person" (this computer's record is somebody else's), "not_school" (not the school's words),
            "school_words" (they are, and there is a person's record here), "school" (this computer reads as it), or a
            `FolderProblem` of `folder_check`.
        detail: the system's word for it, or a name; "" without.
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass
class SyncBusy(ObserveError):
    """Another program runs rounds with the shared folders of this data folder just now; it does what is to do."""

    path: Path


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One thing that is wrong with rules.

    Attributes:
        field: name of the rule, such as "observes". rule: "not_a_number", "out_of_range", "unknown", "empty", "twice",
            "stranger", "one_person", "too_many", "not_json", "newer".
        where: place in a list, counted from 1; 0 for none. value: what was given, shortened. limit: as text.
    """

    field: str
    rule: str
    where: int = 0
    value: str = ""
    limit: str = ""


@dataclass
class RulesInvalid(ObserveError):
    """The rules of a round of visits with every problem at once."""

    problems: tuple[RuleProblem, ...] = ()
