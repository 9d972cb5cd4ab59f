"""How sharing stands, in sentences without technical words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.errors import ObserveError, SyncBusy, VaultClosed
from observe_app.services.sync.status import Standing
from observe_app.ui.errors import describe
from observe_app.ui.moments import day_words, local, time_words, today_of

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.clock import Clock
    from observe_app.domain.sync.state import FolderStatus, LaptopSeen
    from observe_app.services.sync.status import Line, NotLetIn, Overview

_CLOCK_OFF_S = 86_400
_MOST_LAPTOPS = 4


def rail_word(found: Overview) -> str:
    """Return the one or two words at the foot of the rail."""
    tr = QCoreApplication.translate
    if found.standing is Standing.AWAY:
        return {
            "missing": tr("shared_folder", "Not found"),
            "full": tr("shared_folder", "Folder full"),
            "denied": tr("shared_folder", "Read only"),
            "read_only": tr("shared_folder", "Read only"),
            "slow": tr("shared_folder", "Very slow"),
        }.get(_problem(found), tr("shared_folder", "Look here"))
    return {
        Standing.NONE: tr("shared_folder", "Set up"),
        Standing.LOCKED: tr("shared_folder", "Locked"),
        Standing.PAUSED: tr("shared_folder", "Paused"),
        Standing.WAITING: tr("shared_folder", "Saved here"),
        Standing.FINE: tr("shared_folder", "Up to date"),
    }[found.standing]


def rail_sentence(found: Overview) -> str:
    """Return what the rail's word means, for its tooltip and for who hears it."""
    tr = QCoreApplication.translate
    if found.standing is Standing.AWAY:
        saved = {
            "missing": tr("shared_folder", "Folder not found. Everything is saved here."),
            "full": tr("shared_folder", "No room left in the shared folder. Everything is saved here."),
            "denied": tr("shared_folder", "You may not write in the shared folder. Everything is saved here."),
            "read_only": tr("shared_folder", "The shared folder can only be read. Everything is saved here."),
            "slow": tr("shared_folder", "The shared folder takes very long to answer. Everything is saved here."),
        }
        return saved.get(
            _problem(found), tr("shared_folder", "Nothing is exchanged just now. Everything is saved here.")
        )
    return {
        Standing.NONE: tr("shared_folder", "Shared folder: not set up"),
        Standing.LOCKED: tr("shared_folder", "Shared folder: your passphrase is needed"),
        Standing.PAUSED: tr("shared_folder", "Shared folder: paused. Everything is saved here."),
        Standing.WAITING: waiting_words(found.visits),
        Standing.FINE: tr("shared_folder", "Shared folder: up to date"),
    }[found.standing]


def waiting_words(visits: int) -> str:
    """Say that something is saved here and not in the folder yet, counted as people count."""
    tr = QCoreApplication.translate
    if visits == 1:
        return tr("shared_folder", "Saved here; what changed in 1 visit goes into the folder next.")
    if visits:
        words = tr("shared_folder", "Saved here; what changed in {n} visits goes into the folder next.")
        return words.format(n=QLocale().toString(visits))
    return tr("shared_folder", "Saved here; what you changed goes into the folder next.")


def _problem(found: Overview) -> str:
    return next((one.report.problem for one in found.folders if one.report.problem and not one.folder.paused), "")


def rail_icon(found: Overview) -> str:
    """Return the Lucide icon that goes with it."""
    return {Standing.AWAY: "folder-x", Standing.PAUSED: "pause", Standing.LOCKED: "lock"}.get(
        found.standing, "folder-sync"
    )


def main_sentence(found: FolderStatus) -> tuple[str, str, str]:
    """Return icon, tone and the sentence that says how a folder stands."""
    tr = QCoreApplication.translate
    if found.folder.paused:
        return "pause", "muted", tr("shared_folder", "Paused. What you write is saved here and goes later.")
    if found.report.problem:
        return "folder-x", "warm", problem_sentence(found)
    if found.waiting:
        return "hourglass", "accent", waiting_words(found.visits)
    if found.last is None:
        return "folder-sync", "muted", tr("shared_folder", "Nothing was exchanged yet.")
    return "check", "accent", tr("shared_folder", "Up to date. Everything is in the folder.")


def short_state(found: FolderStatus) -> str:
    """Return the words beside a folder's name, "" where all is as usual."""
    tr = QCoreApplication.translate
    if found.folder.paused:
        return tr("shared_folder", "paused")
    if found.report.problem == "missing":
        return tr("shared_folder", "not found")
    return tr("shared_folder", "does not work just now") if found.report.problem else ""


def problem_sentence(found: FolderStatus) -> str:
    """Return why the last round did not get through, and that nothing is lost."""
    tr = QCoreApplication.translate
    words = {
        "missing": tr("shared_folder", "The folder was not found. Everything is saved here and goes on later."),
        "denied": tr("shared_folder", "You may not write in the folder. Nothing is lost; ask whoever looks after it."),
        "full": tr("shared_folder", "There is no room left in the folder. Nothing is lost; it goes on once there is."),
        "read_only": tr("shared_folder", "The folder can only be read just now. Nothing is lost; it goes on later."),
        "slow": tr("shared_folder", "The folder takes very long to answer. Nothing is lost; it goes on later."),
        "not_observe": tr(
            "shared_folder", "Another shared folder lies in this place now. Nothing was exchanged with it."
        ),
    }
    other = tr("shared_folder", "The folder did not work: {detail}. Nothing is lost; it goes on later.")
    return words.get(found.report.problem, other).format(detail=found.report.detail or found.report.problem)


def detail_sentences(found: FolderStatus, clock: Clock) -> list[str]:
    """Return what else is worth knowing of a folder, one sentence each."""
    tr = QCoreApplication.translate
    told = []
    if found.last is not None:
        told.append(tr("shared_folder", "Last exchange {when}.").format(when=when_words(found.last, clock)))
    if found.report.incomplete == 1:
        told.append(tr("shared_folder", "1 file is still arriving."))
    elif found.report.incomplete:
        told.append(tr("shared_folder", "{n} files are still arriving.").format(n=found.report.incomplete))
    told += [_laptop(one, clock) for one in found.laptops if one.name and _is_worth_saying(one, clock)][:_MOST_LAPTOPS]
    if found.folder.school_key:
        told.append(tr("shared_folder", "The school has a key that opens every visit shared here."))
    return told


def _is_worth_saying(one: LaptopSeen, clock: Clock) -> bool:
    """Tell whether a laptop was silent for a day, or something of it is missing or wrong."""
    if one.at is None or one.missing or (one.clock_off is not None and abs(one.clock_off) >= _CLOCK_OFF_S):
        return True
    return local(one.at, clock.zone_name()).date() != today_of(clock)


def _laptop(one: LaptopSeen, clock: Clock) -> str:
    tr = QCoreApplication.translate
    if one.at is None:
        words = tr("shared_folder", "{name}’s laptop: nothing came yet.").format(name=one.name)
    else:
        day = day_words(local(one.at, clock.zone_name()).date(), today_of(clock))
        words = tr("shared_folder", "{name}’s laptop last seen {day}.").format(name=one.name, day=day)
    if one.missing:
        missing = tr("shared_folder", "{words} Waiting for {n} files from it.")
        words = missing.format(words=words, n=one.missing)
    if one.clock_off is not None and abs(one.clock_off) >= _CLOCK_OFF_S:
        ahead = tr("shared_folder", "{words} Its clock seems to be {n} days ahead.")
        behind = tr("shared_folder", "{words} Its clock seems to be {n} days behind.")
        days = round(abs(one.clock_off) / _CLOCK_OFF_S)
        words = (ahead if one.clock_off > 0 else behind).format(words=words, n=QLocale().toString(days))
    return words


def when_words(moment: datetime, clock: Clock) -> str:
    """Return "today, 09:36" or "Tue 10 Mar, 09:36"."""
    zone = clock.zone_name()
    day = day_words(local(moment, zone).date(), today_of(clock))
    words = QCoreApplication.translate("shared_folder", "{day}, {time}")
    return words.format(day=day, time=time_words(moment, zone))


def log_sentence(line: Line) -> str:
    """Return a line of the log in words."""
    tr = QCoreApplication.translate
    words = {
        "sent": tr("shared_folder", "{n} files put into the folder")
        if line.count != 1
        else tr("shared_folder", "1 file put into the folder"),
        "received": tr("shared_folder", "{n} files came") if line.count != 1 else tr("shared_folder", "1 file came"),
        "refused": tr("shared_folder", "Not let in so far: {n}"),
        "problem": tr("shared_folder", "The folder did not work: {why}"),
        "back": tr("shared_folder", "The folder works again"),
        "paused": tr("shared_folder", "Paused"),
        "resumed": tr("shared_folder", "Went on"),
        "new_name": tr("shared_folder", "This record was on another computer before; it goes under a new name"),
        "late": tr("shared_folder", "Still not here whole after a day: {n}"),
        "bundle": tr("shared_folder", "A file was opened: {n}"),
    }
    whys = {
        "missing": tr("shared_folder", "it could not be reached"),
        "denied": tr("shared_folder", "writing was not allowed"),
        "full": tr("shared_folder", "there was no room left"),
        "read_only": tr("shared_folder", "it could only be read"),
        "slow": tr("shared_folder", "it took very long to answer"),
        "not_observe": tr("shared_folder", "another folder lay in its place"),
    }
    plain = tr("shared_folder", "{kind} {why}")
    text = words.get(line.kind, plain)
    return text.format(n=line.count, why=whys.get(line.detail, line.detail), kind=line.kind).strip()


def refused_sentence(one: NotLetIn) -> str:
    """Return why something was not let in."""
    tr = QCoreApplication.translate
    words = {
        "unknown_signer": tr("shared_folder", "It is from somebody without a card in this folder."),
        "signature": tr("shared_folder", "It does not come from whom it says."),
        "newer": tr("shared_folder", "A newer version of Observe wrote it. Update Observe to read it."),
        "damaged": tr("shared_folder", "The file is damaged."),
        "too_large": tr("shared_folder", "It is too large to be read."),
        "content": tr("shared_folder", "It breaks the rules of what may be in a record."),
        "folder": tr("shared_folder", "It belongs to another shared folder."),
        "header": tr("shared_folder", "It says something else outside than inside."),
        "not_addressed": tr("shared_folder", "It was meant for others and handed on."),
        "public": tr("shared_folder", "It was readable by everybody and should not have been."),
        "waiting": tr("shared_folder", "Something that belongs to it has not come yet."),
        "author_only": tr("shared_folder", "Only who wrote it may change it."),
        "not_theirs": tr("shared_folder", "Only who wrote it may change it."),
        "not_mine": tr("shared_folder", "It claims to be from yourself and is not."),
        "teacher_only": tr("shared_folder", "Only the teacher may write this."),
        "teacher_decides": tr("shared_folder", "Only the teacher may say who reads this visit."),
        "reads_only": tr("shared_folder", "Whoever wrote it may read this visit and not write in it."),
        "no_part": tr("shared_folder", "Whoever wrote it does not take part in this visit."),
        "not_a_part": tr("shared_folder", "It names nobody’s part in the visit."),
        "removed": tr("shared_folder", "Whoever wrote it was taken out of this visit before."),
        "elsewhere": tr("shared_folder", "It was written into another visit’s record."),
        "name_taken": tr("shared_folder", "It would give somebody a colleague’s name."),
        "version_stands": tr("shared_folder", "A form that is in use cannot be rewritten."),
    }
    return words.get(one.reason, tr("shared_folder", "Whoever wrote it had no right to do so."))


def error_sentence(error: Exception) -> str:
    """Return why a round could not be run at all; a bug gets the words of one."""
    tr = QCoreApplication.translate
    if isinstance(error, SyncBusy):
        return tr("shared_folder", "Another program is exchanging with the folder just now.")
    if isinstance(error, VaultClosed) and error.reason in {"locked", "passphrase"}:
        return tr("shared_folder", "Your passphrase is needed before anything can be exchanged.")
    if isinstance(error, ObserveError):
        told = describe(error)
        return f"{told.text} {told.hint}".strip()
    return tr("shared_folder", "Something went wrong while exchanging. What you write is saved here.")
