"""Taking part in a shared folder: twelve words of one's own, beginning or joining a folder, coming back, leaving.

Everything here is small enough to be done at once; what a folder holds is fetched by the rounds that follow.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import CardUnusable, NotFound, ObserveError, SharingRefused
from observe_app.domain.sync.safety import same_name
from observe_app.domain.sync.state import SharedFolder
from observe_app.services.sync import cards, folder_check, school
from observe_app.services.sync.folder_io import ROOT, DiskFolder, problem_of
from observe_app.services.sync.places import folders as folders  # noqa: PLC0414  (asked for here, too)
from observe_app.services.sync.places import reminds as reminds  # noqa: PLC0414

if TYPE_CHECKING:
    from observe_app.domain.sync.card import Card
    from observe_app.services.core import Core
    from observe_app.services.sync.crypto import Keys
    from observe_app.services.sync.folder_check import FolderCheck

ABOUT = folder_check.ABOUT
WORDS = 12
PEOPLE = "people"
MOST_CARDS = 5_000


@dataclass(frozen=True, slots=True)
class Joined:
    """What taking part led to.

    Attributes:
        folder: as it is kept now.
        school_words: twelve words that open every visit shared through it, to be printed and kept by the school; ""
            where the founder did not turn that on. They are nowhere else and are not shown by `repr`.
        people: how many cards are there, one's own among them. school: this computer reads as the school.
    """

    folder: SharedFolder
    school_words: str = field(default="", repr=False)
    people: int = 1
    school: bool = False


def check(path: Path, core: Core | None = None) -> FolderCheck:
    """Look at a folder and try it; see `folder_check.check`. With a core its data folder counts as unusable."""
    from observe_app.domain.clock import SystemClock  # noqa: PLC0415  (only without a core)

    clock = core.clock if core is not None else SystemClock()
    return folder_check.check(path, clock, data=core.folder if core is not None else None)


# --- the twelve words ------------------------------------------------------------------------------------------------


def has_identity(core: Core) -> bool:
    """Tell whether there are twelve words here, even where a passphrase keeps them closed at the moment."""
    return core.vault.state() != "none"


def make_identity(core: Core, passphrase: str | None = None) -> str:
    """Make twelve new words, keep them, and return them.

    Args:
        core: the open data folder.
        passphrase: protects them where there is no keyring, or where the person wants it so.

    Raises:
        VaultClosed: "exists", "keyring", "too_short", "locked".
    """
    from observe_app.services.sync.crypto import new_words  # noqa: PLC0415  (with what encrypts)

    words = new_words(os.urandom)
    core.vault.create(words, passphrase)
    core.settings.change(words_kept=False, words_remind="")
    return words


def restore_identity(core: Core, words: str, passphrase: str | None = None) -> str:
    """Keep the twelve words of somebody who has them on a sheet; return their fingerprint.

    Raises:
        WordsWrong: they are no key. VaultClosed: "exists", "keyring", "too_short", "locked".
    """
    core.vault.create(words, passphrase)
    core.settings.change(words_kept=True, words_remind="")
    return core.vault.keys().fingerprint


def typed_words(typed: str) -> int:
    """Return how many words somebody has typed so far."""
    from observe_app.store import twelve_words  # noqa: PLC0415  (with the secrets)

    return len(twelve_words.split(typed))


def check_words(typed: str) -> None:
    """See whether what somebody typed are twelve words that belong together; nothing is kept.

    Raises:
        WordsWrong: see its reasons.
    """
    from observe_app.store import twelve_words  # noqa: PLC0415  (with the secrets)

    twelve_words.to_secret(typed)


def words_to_ask() -> tuple[int, int]:
    """Return the places, from 1, of two words to be typed back: one of the first six and one of the last."""
    first, second = os.urandom(2)
    return first % 6 + 1, second % 6 + 7


def keep_words_checked(core: Core) -> None:
    """Keep that two of the words were typed back: no more reminders."""
    core.settings.change(words_kept=True, words_remind="")


def remind_later(core: Core, day: str) -> None:
    """Remind of the words from this day (ISO) on."""
    core.settings.change(words_kept=False, words_remind=day)


# --- taking part -----------------------------------------------------------------------------------------------------


def create(core: Core, path: Path, name: str = "", *, school_key: bool = False) -> Joined:
    """Begin a shared folder, and take part in it.

    Args:
        core: with an identity (`make_identity`).
        path: a folder that can be written.
        name: what it is called; the folder's own name when empty.
        school_key: let the school open every visit that is shared here; off unless its founder says otherwise.

    Raises:
        SharingRefused: see its reasons. VaultClosed: there are no twelve words, or they are locked.
    """
    path = Path(path)
    _person(core, path)
    keys, found = core.vault.keys(), _usable(core, path)
    if found.found is not None:
        raise SharingRefused(path, "there")
    words, recipient = _school(core) if school_key else ("", "")
    about = {
        "format": "observe-folder", "version": 1, "id": core.ids.new(), "school_key": recipient,
        "name": cards.tidy(name) or cards.tidy(path.name) or "Observe",
    }  # fmt: skip
    try:
        (path / ROOT).mkdir(exist_ok=True)
        with DiskFolder(path) as disk:
            disk.write_new(ABOUT, json.dumps(about, ensure_ascii=False, indent=1).encode() + b"\n")
    except OSError as error:
        raise _refused(path, error) from error
    folder = SharedFolder(str(about["id"]), str(path), str(about["name"]), school_key=recipient)
    return Joined(_enter(core, keys, folder), words)


def _school(core: Core) -> tuple[str, str]:
    """Make twelve words for the school; return them and the age recipient that stands for them."""
    from observe_app.services.sync.crypto import keys_of, new_words  # noqa: PLC0415  (with what encrypts)

    words = new_words(os.urandom)
    own = core.vault.keys()
    recipient = keys_of(words).recipient
    return (words, recipient) if recipient != own.recipient else _school(core)


def join(core: Core, path: Path, name: str = "") -> Joined:
    """Take part in a shared folder that is there.

    Args:
        core: with an identity.
        path: where it lies.
        name: what this person calls it; its own name when empty.

    Raises:
        SharingRefused: see its reasons. VaultClosed: there are no twelve words, or they are locked.
    """
    path = Path(path)
    _person(core, path)
    keys, found = core.vault.keys(), _usable(core, path)
    if found.found is None:
        raise SharingRefused(path, "none_here")
    there = found.found
    folder = SharedFolder(there.id, str(path), cards.tidy(name) or there.name, school_key=there.school_key)
    return Joined(_enter(core, keys, folder), people=len(there.people) + 1)


def recover(core: Core, words: str, path: Path, passphrase: str | None = None) -> Joined:
    """Become somebody again who has only the twelve words and the folder: on a new computer, or on a second one.

    Who they are is what their card says; the next rounds bring everything that they may read. With the school's words
    this does what `open_as_school` does.

    Raises:
        WordsWrong: they are no key. VaultClosed: "exists" (there are other words here), "keyring", "too_short".
        SharingRefused: see its reasons; "nobody" where no card in the folder has this key.
    """
    from observe_app.services.sync.crypto import keys_of  # noqa: PLC0415  (with what encrypts)

    path = Path(path)
    keys, found = keys_of(words), _usable(core, path)
    if found.found is None:
        raise SharingRefused(path, "none_here")
    if keys.recipient == found.found.school_key:
        return open_as_school(core, words, path, passphrase)
    card = _own_card(path, keys)
    if card is None:
        raise SharingRefused(path, "nobody")
    if _somebody_else(core, card):
        raise SharingRefused(path, "other_person", card.name)
    restore_identity(core, words, passphrase)
    become(core, card)
    there = found.found
    folder = SharedFolder(there.id, str(path), there.name, school_key=there.school_key)
    if any(one.id == there.id for one in folders(core)):
        return Joined(next(one for one in folders(core) if one.id == there.id))
    return Joined(_enter(core, core.vault.keys(), folder), people=max(1, len(there.people)))


def open_as_school(core: Core, words: str, path: Path, passphrase: str | None = None) -> Joined:
    """Read a shared folder as the school: every visit that says so, and nothing is ever written there.

    Raises:
        WordsWrong: they are no key. VaultClosed: "exists", "keyring", "too_short".
        SharingRefused: "none_here", "not_school" (other words), "school_words" (this computer has a person's record).
    """
    folder, people = school.open_folder(core, words, path, passphrase)
    return Joined(folder, people=people, school=True)


def become(core: Core, card: Card) -> None:
    """Make this computer's user the person of a card; somebody who was introduced here under another id is the same.

    Raises:
        SharingRefused: this computer's record is another person's.
    """
    known = core.settings.get().me_id
    if _somebody_else(core, card):
        raise SharingRefused(core.folder, "other_person", card.name)
    if known is not None and known != card.person_id:
        _adopt(core, known, card)
    core.settings.change(me_id=card.person_id, my_name=card.name, first_run_done=True)
    core.store.me = card.person_id


def _somebody_else(core: Core, card: Card) -> bool:
    """Tell whether this computer was introduced to a person of another name than the card's."""
    from observe_app.services import people  # noqa: PLC0415  (the rest of this module is used without it)

    me = people.me(core)
    if me is None or me.id == card.person_id:
        return False
    return not same_name(me.name, card.name)


def _adopt(core: Core, person_id: str, card: Card) -> None:
    """Let what was recorded here belong to the id that the card says."""
    from observe_app.services.sync import linking  # noqa: PLC0415  (only on a second computer)

    linking.adopt(core, person_id, card)


def leave(core: Core, folder_id: str) -> None:
    """Take part no more. What is on this computer stays; what is in the folder stays with those who can read it.

    Raises:
        NotFound: no such folder.
    """
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    folder_of(core, folder_id)
    with core.store.ledger.writing() as writing:
        kept.remove(writing.sql, folder_id)


def move(core: Core, folder_id: str, path: Path) -> SharedFolder:
    """Say where a shared folder lies now, after a drive got another letter or a cloud program another place.

    Raises:
        NotFound: no such folder. SharingRefused: "none_here", "other", or a problem of the folder.
    """
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    folder_of(core, folder_id)
    path = Path(path)
    found = _usable(core, path)
    if found.found is None:
        raise SharingRefused(path, "none_here")
    if found.found.id != folder_id:
        raise SharingRefused(path, "other")
    with core.store.ledger.writing() as writing:
        kept.move(writing.sql, folder_id, str(path))
    return folder_of(core, folder_id)


def rename(core: Core, folder_id: str, name: str) -> SharedFolder:
    """Call a folder otherwise, on this computer; an empty name leaves it.

    Raises:
        NotFound: no such folder.
    """
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    folder_of(core, folder_id)
    clean = cards.tidy(name)
    if clean:
        with core.store.ledger.writing() as writing:
            kept.rename(writing.sql, folder_id, clean)
    return folder_of(core, folder_id)


def folder_of(core: Core, folder_id: str) -> SharedFolder:
    """Return a shared folder by its id.

    Raises:
        NotFound: this computer does not take part in it.
    """
    for one in folders(core):
        if one.id == folder_id:
            return one
    raise NotFound("shared folder", folder_id)


# --- one's own card --------------------------------------------------------------------------------------------------


def refresh_card(core: Core) -> bool:
    """Sign a new card where this person's name is another one now; True where that was done.

    Nothing happens without an identity or while it is locked. Where a folder cannot be reached, a round puts the card
    there later.
    """
    if not folders(core) or core.vault.state() != "open" or school.is_school(core):
        return False
    keys = core.vault.keys()
    done = False
    for folder in folders(core):
        raw = _kept_card(core, folder.id, keys.fingerprint)
        name, person_id = _who(core)
        if raw is not None:
            with suppress(CardUnusable):
                card = cards.read(raw)
                if (card.name, card.person_id) == (cards.tidy(name), person_id):
                    continue
        with suppress(OSError):
            _publish(Path(folder.path), _sign(core, keys, folder.id))
        done = True
    return done


def _sign(core: Core, keys: Keys, folder_id: str) -> bytes:
    """Make one's card anew, keep it here, and return it."""
    from observe_app.store.sync import card_rows  # noqa: PLC0415  (loads the schema)

    name, person_id = _who(core)
    raw = cards.make(keys, name=name, person_id=person_id, at=core.clock.now())
    ledger = core.store.ledger
    with ledger.writing() as writing:
        row = card_rows.CardRow(
            card_rows.row_id(folder_id, keys.fingerprint), folder_id, keys.fingerprint, raw.decode(), "checked", None,
            ledger.now(),
        )  # fmt: skip
        card_rows.add(writing.sql, row)
    return raw


def _kept_card(core: Core, folder_id: str, fingerprint: str) -> bytes | None:
    from observe_app.store.sync import card_rows  # noqa: PLC0415  (loads the schema)

    with core.store.ledger.reading() as sql:
        rows = card_rows.all_cards(sql)
    return next((one.raw.encode() for one in rows if (one.folder, one.fingerprint) == (folder_id, fingerprint)), None)


def _publish(path: Path, raw: bytes) -> None:
    with DiskFolder(path) as disk, suppress(FileExistsError):
        disk.write_new(f"{PEOPLE}/{cards.file_name(raw)}", raw)


def _own_card(path: Path, keys: Keys) -> Card | None:
    """Return the newest card in a folder that these keys signed, None for none.

    Raises:
        SharingRefused: the folder cannot be read.
    """
    found: list[Card] = []
    try:
        with DiskFolder(path) as disk:
            for seen in disk.list():
                room, _slash, name = seen.name.partition("/")
                if room != PEOPLE or not name.startswith(keys.fingerprint[:16]) or seen.size > cards.MOST_BYTES:
                    continue
                with suppress(CardUnusable, OSError):
                    card = cards.read(disk.read(seen.name, cards.MOST_BYTES))
                    if card.fingerprint == keys.fingerprint:
                        found.append(card)
    except OSError as error:
        raise _refused(path, error) from error
    return max(found, key=lambda one: (one.at is not None, str(one.at)), default=None)


# --- helpers ---------------------------------------------------------------------------------------------------------


def _enter(core: Core, keys: Keys, folder: SharedFolder) -> SharedFolder:
    """Keep that this computer takes part, and put one's card there.

    Raises:
        SharingRefused: it does already, or the card cannot be written; then nothing is kept.
    """
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    path = Path(folder.path)
    if any(one.id == folder.id for one in folders(core)):
        raise SharingRefused(path, "joined")
    ledger = core.store.ledger
    with ledger.writing() as writing:
        kept.add(writing.sql, folder, ledger.now())
    try:
        _publish(path, _sign(core, keys, folder.id))
        _link_me(core, keys.fingerprint)
    except (OSError, ObserveError) as error:
        with ledger.writing() as writing:
            kept.remove(writing.sql, folder.id)
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise
    return folder_of(core, folder.id)


def _link_me(core: Core, fingerprint: str) -> None:
    """Keep on one's own person which key is theirs; the person of a recovered record may still be on its way."""
    me = core.settings.get().me_id
    with suppress(NotFound), core.store.write("person.link", undoable=False) as unit:
        if me is not None and unit.people.get(me).card != fingerprint:
            unit.see(unit.seen(("person", me)))
            unit.people.change(me, {"card": fingerprint})
            unit.commit()


def _who(core: Core) -> tuple[str, str]:
    """Return this person's name and id.

    Raises:
        SharingRefused: nobody was introduced on this computer.
    """
    from observe_app.services import people  # noqa: PLC0415  (the rest of this module is used without it)

    me = people.me(core)
    settings = core.settings.get()
    name = me.name if me is not None else settings.my_name
    if not cards.tidy(name) or settings.me_id is None:
        raise SharingRefused(core.folder, "no_name")
    return name, settings.me_id


def _person(core: Core, path: Path) -> None:
    school.refuse(core, path)
    core.vault.keys()
    _who(core)


def _usable(core: Core, path: Path) -> FolderCheck:
    found = check(path, core)
    if not found.is_usable:
        raise SharingRefused(path, found.problem.value, found.detail)
    return found


def _refused(path: Path, error: OSError) -> SharingRefused:
    problem, word = problem_of(error)
    return SharingRefused(path, {"slow": "silent", "other": ""}.get(problem, problem), word)
