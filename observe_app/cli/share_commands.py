"""`share init|join|status|invite|people|check|link|pause|resume|leave|words`: taking part in shared folders.

Services of the shared folder are imported inside the functions: help and usage need none of them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import passphrase_of
from observe_app.cli.sharing_session import colleague_meant, folder_meant, opened_with_keys
from observe_app.domain.errors import FileUnreadable, NotFound

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.state import FolderStatus
    from observe_app.services.core import Core
    from observe_app.services.sync.setup import Joined

_TRUST = {"new": "not compared yet", "checked": "compared", "changed": "ANOTHER KEY: compare the number again"}
_MOST_WORDS = 2_000


# --- taking part -----------------------------------------------------------------------------------------------------


def init(arguments: Namespace) -> int:
    """Begin a shared folder."""
    from observe_app.services.sync import setup  # noqa: PLC0415

    path = Path(arguments.path).expanduser().absolute()
    with opened_with_keys(arguments) as core:
        _introduce(core, arguments.me)
        fresh = _identity(core, arguments)
        done = setup.create(core, path, arguments.name, school_key=arguments.school_key)
    if not arguments.json:
        output.say(f"“{done.folder.name}” is shared through {path}.")
        if done.school_words:
            output.say("Whoever has these twelve words opens every visit that is shared here. Print them for the")
            output.say(f"school, they are shown only this once: {done.school_words}")
        output.say("Colleagues take part with: share join PATH")
    return _joined(arguments, done, fresh=fresh)


def join(arguments: Namespace) -> int:
    """Take part in a shared folder; with the twelve words as the person whose they are, or as the school."""
    from observe_app.services.sync import setup  # noqa: PLC0415

    path = Path(arguments.path).expanduser().absolute()
    source = arguments.words_file or ("-" if arguments.school else "")
    words = _words_of(source) if source else ""
    with opened_with_keys(arguments) as core:
        fresh = False
        if arguments.school:
            done = setup.open_as_school(core, words, path, _new_passphrase(core, arguments))
        elif words:
            done = setup.recover(core, words, path, _new_passphrase(core, arguments))
        else:
            _introduce(core, arguments.me)
            fresh = _identity(core, arguments)
            done = setup.join(core, path)
    if not arguments.json and done.school:
        output.say(f"This computer reads “{done.folder.name}” for the school and writes nothing there. Next: sync")
    elif not arguments.json:
        people = f"{done.people} {'person takes' if done.people == 1 else 'people take'} part"
        output.say(f"You take part in “{done.folder.name}”. {people}. Next: sync")
    return _joined(arguments, done, fresh=fresh)


def _introduce(core: Core, name: str) -> None:
    from observe_app.services import people  # noqa: PLC0415

    if name.strip() and people.me(core) is None:
        people.introduce(core, name=name)


def _identity(core: Core, arguments: Namespace) -> bool:
    """Make twelve words where there are none; return whether that was so."""
    from observe_app.services.sync import setup  # noqa: PLC0415

    if setup.has_identity(core):
        return False
    setup.make_identity(core, _new_passphrase(core, arguments))
    return True


def _new_passphrase(core: Core, arguments: Namespace) -> str | None:
    """Return the passphrase that a new key is kept under; None for the keyring or where one is in use already."""
    return None if core.vault.place() else passphrase_of(arguments)


def _words_of(name: str) -> str:
    path = Path(name).expanduser()
    try:
        if name == "-":
            text = sys.stdin.read(_MOST_WORDS)
        else:
            with path.open(encoding="utf-8-sig") as file:
                text = file.read(_MOST_WORDS)
    except FileNotFoundError:
        raise FileUnreadable(path, "missing") from None
    except UnicodeDecodeError:
        raise FileUnreadable(path, "encoding") from None
    except OSError as error:
        raise FileUnreadable(path, "denied", error.strerror or "") from None
    if not text.strip():
        raise FileUnreadable(path, "empty")
    return text


def _joined(arguments: Namespace, done: Joined, *, fresh: bool) -> int:
    if arguments.json:
        told = {"folder": done.folder.id, "name": done.folder.name, "path": done.folder.path, "people": done.people}
        told |= {"school": done.school}
        output.say_json(told | {"new_words": fresh, "school_words": done.school_words or None})
    elif fresh:
        output.say("Twelve words were made for you. They are the only way back after a lost laptop: write them down.")
        output.say("  share words --show")
    return 0


def pause(arguments: Namespace) -> int:
    """Let a shared folder rest."""
    return _pause(arguments, paused=True)


def resume(arguments: Namespace) -> int:
    """Go on with a shared folder."""
    return _pause(arguments, paused=False)


def _pause(arguments: Namespace, *, paused: bool) -> int:
    from observe_app.services.sync import rounds  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        folder = folder_meant(core, arguments.folder)
        rounds.pause(core, folder.id, paused)
    if arguments.json:
        output.say_json({"folder": folder.id, "paused": paused})
    else:
        output.say(f"“{folder.name}” {'rests until: share resume' if paused else 'goes on'}.")
    return 0


def leave(arguments: Namespace) -> int:
    """Take part no more; nothing that came is lost."""
    from observe_app.services.sync import setup  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        folder = folder_meant(core, arguments.folder)
        setup.leave(core, folder.id)
    if arguments.json:
        output.say_json({"folder": folder.id})
    else:
        output.say(f"You take no part in “{folder.name}” any more. What came through it stays here.")
    return 0


def words(arguments: Namespace) -> int:
    """Say whether there are twelve words; print them only where that is asked for."""
    with opened_with_keys(arguments) as core:
        state = core.vault.state()
        shown = core.vault.words() if arguments.show else ""
        place = core.vault.place()
    there = state != "none"
    if arguments.json:
        output.say_json({"exist": there, "kept_in": place or None} | ({"words": shown} if shown else {}))
    elif shown:
        output.say(shown)
    else:
        output.say("Your twelve words are kept here; --show prints them." if there else "There are none yet.")
    return 0


# --- how it stands ---------------------------------------------------------------------------------------------------


def status(arguments: Namespace) -> int:
    """Say how each shared folder stands; 1 where one cannot be used."""
    from observe_app.cli.sync_commands import problem_words  # noqa: PLC0415
    from observe_app.services.sync import rounds  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        found = rounds.statuses(core)
    if arguments.json:
        output.say_json([status_json(one) for one in found])
    elif not found:
        output.say("No folder is shared on this computer. Begin with: share init PATH, or: share join PATH")
    for one in found if not arguments.json else ():
        paused = ", resting" if one.folder.paused else ""
        output.say(f"{one.folder.name}: {one.folder.path}{paused}")
        changes = "change waits" if one.waiting == 1 else "changes wait"
        output.say(f"  saved here; {one.waiting or 'no'} {changes} for the folder")
        if one.last is not None:
            output.say(f"  last round that got through: {one.last:%Y-%m-%d %H:%M} UTC")
        for laptop in one.laptops:
            seen = "never heard of" if laptop.at is None else f"last seen {laptop.at:%Y-%m-%d %H:%M} UTC"
            missing = f", waiting for {laptop.missing} files of it" if laptop.missing else ""
            output.say(f"  {laptop.name or 'somebody'}’s laptop {laptop.writer}: {seen}{missing}")
        if one.folder.school_key:
            output.say("  the school holds a key that opens every visit shared here")
        if one.report.refused:
            output.say(f"  {one.report.refused} not let in, because whoever wrote them had no right to")
        if one.report.problem:
            output.say(f"  {problem_words(one.folder.path, one.report)}")
    return 1 if any(one.report.problem for one in found) else 0


def status_json(one: FolderStatus) -> dict[str, Any]:
    """Return how a folder stands in the stable form."""
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "folder": one.folder.id,
        "name": one.folder.name,
        "path": one.folder.path,
        "home": one.folder.home,
        "paused": one.folder.paused,
        "school_key": bool(one.folder.school_key),
        "waiting": one.waiting,
        "last": moment(one.last),
        "refused": one.report.refused,
        "incomplete": one.report.incomplete,
        "problem": one.report.problem or None,
        "laptops": [
            {
                "id": laptop.writer,
                "name": laptop.name,
                "seen": moment(laptop.at),
                "missing": laptop.missing,
                "clock_off": laptop.clock_off,
            }
            for laptop in one.laptops
        ],
    }


# --- people ----------------------------------------------------------------------------------------------------------


def invite(arguments: Namespace) -> int:
    """Say what to tell a colleague."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        folder = folder_meant(core, arguments.folder)
        number = colleagues.own_number(core)
    if arguments.json:
        output.say_json({"folder": folder.id, "name": folder.name, "path": folder.path, "number": number})
        return 0
    output.say(f"Here it lies at {folder.path}; on your colleague’s computer the same folder may have another path.")
    output.say("Your colleague, in Observe: Shared folder, Join one that is there. Or by command: share join PATH")
    output.say("When you meet, compare your numbers. Yours, which they see beside your name:")
    output.say(f"  {number}")
    return 0


def people(arguments: Namespace) -> int:
    """List who takes part."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        found = colleagues.listing(core)
        linked = _linked(core)
    if arguments.json:
        output.say_json([_person_json(one, linked) for one in found])
        return 0
    if not found:
        output.say("Nobody takes part yet.")
        return 0
    rows = [
        (
            one.card.fingerprint[:8],
            "you" if one.me else one.card.name,
            one.number,
            "" if one.me else _TRUST[one.trust],
            linked.get(one.card.fingerprint, ""),
        )
        for one in found
    ]
    output.say_table(("CARD", "NAME", "NUMBER", "", "PERSON"), rows)
    return 0


def _person_json(one: Colleague, linked: dict[str, str]) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "fingerprint": one.card.fingerprint,
        "name": one.card.name,
        "number": one.number,
        "trust": one.trust.value,
        "me": one.me,
        "person": one.card.person_id,
        "linked": linked.get(one.card.fingerprint),
        "seen": moment(one.seen),
    }


def _linked(core: Core) -> dict[str, str]:
    """Return the names of the people of the record that are linked to cards, by fingerprint."""
    from observe_app.services import people as records  # noqa: PLC0415

    return {one.person.card: one.person.name for one in records.listing(core, archived=True) if one.person.card}


def check(arguments: Namespace) -> int:
    """Keep that a number was compared; a wrong one bars that colleague until the right one is compared."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415

    digits = re.sub(r"\D", "", arguments.number)
    with opened_with_keys(arguments) as core:
        one = colleague_meant([one for one in colleagues.listing(core) if not one.me], arguments.who)
        same = re.sub(r"\D", "", one.number) == digits
        if same:
            colleagues.same(core, one.card.fingerprint)
        elif len(digits) == 20:
            colleagues.not_same(core, one.card.fingerprint)
    if arguments.json:
        output.say_json({"fingerprint": one.card.fingerprint, "name": one.card.name, "same": same})
    elif same:
        output.say(f"The same: this is {one.card.name}.")
    if same:
        return 0
    if len(digits) != 20:
        output.warn(f"A number has 20 digits; these are {len(digits)}. Nothing was changed.")
    else:
        output.warn(
            f"That is not the number of this card of {one.card.name}. Nothing is shared to it until the number is the "
            "same. Ask them in person which card is theirs."
        )
    return 1


def link(arguments: Namespace) -> int:
    """Say which person of the record a colleague is."""
    from observe_app.services import people as records  # noqa: PLC0415
    from observe_app.services import released_before  # noqa: PLC0415
    from observe_app.services.sync import colleagues, linking  # noqa: PLC0415

    with opened_with_keys(arguments) as core:
        one = colleague_meant([one for one in colleagues.listing(core, numbers=False) if not one.me], arguments.card)
        try:
            person = records.by_name(core, arguments.person)
        except NotFound:
            person = records.get(core, arguments.person)
        linked = linking.link(core, person_id=person.id, fingerprint=one.card.fingerprint)
        sent = released_before.send(core, linked.id)
    if arguments.json:
        output.say_json({"person": one.card.person_id, "fingerprint": one.card.fingerprint, "visits": sent})
    else:
        output.say(f"{person.name} of your records is {one.card.name} of the shared folder.")
        if sent:
            output.say(f"Visits released to them before go to their computer, too: {sent}.")
    return 0
