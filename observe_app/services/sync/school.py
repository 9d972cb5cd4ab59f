"""A computer of the school: it has the school's twelve words, reads every visit that says so, and writes nothing.

There is no card of the school and nobody hears of such a computer: it looks into the folder and leaves no file there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import SharingRefused, VaultClosed
from observe_app.domain.sync.state import SharedFolder
from observe_app.services.sync import folder_check

if TYPE_CHECKING:
    from observe_app.services.core import Core

NAME = "School"
"""What the user of such a computer is called."""


def _folders(core: Core) -> tuple[SharedFolder, ...]:
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    with core.store.ledger.reading() as sql:
        return kept.all_folders(sql)


def is_school(core: Core) -> bool:
    """Tell whether this computer reads a folder as the school; False while its words are locked."""
    keys = [one.school_key for one in _folders(core) if one.school_key]
    if not keys:
        return False
    try:
        return core.vault.keys().recipient in keys
    except VaultClosed:
        return False


def opens(words: str, key: str) -> bool:
    """Tell whether twelve words are the school's, by the key that a shared folder names; False where it names none.

    Raises:
        WordsWrong: they are no key.
    """
    from observe_app.services.sync.crypto import keys_of  # noqa: PLC0415  (with what encrypts)

    return keys_of(words).recipient == key


def open_folder(core: Core, words: str, path: Path, passphrase: str | None = None) -> tuple[SharedFolder, int]:
    """Read a shared folder as the school; return it and how many take part; see `setup.open_as_school`."""
    from observe_app.services import people  # noqa: PLC0415  (the rest of this module is used without it)
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    path = Path(path)
    there = folder_check.look(path)
    if there is None:
        raise SharingRefused(path, "none_here")
    if not opens(words, there.school_key):
        raise SharingRefused(path, "not_school")
    if any(one.id == there.id for one in _folders(core)):
        raise SharingRefused(path, "joined")
    me = people.me(core)
    if (me is not None and me.name != NAME) or _folders(core):
        raise SharingRefused(path, "school_words")
    core.vault.create(words, passphrase)
    core.settings.change(words_kept=True, words_remind="")
    people.introduce(core, name=NAME)
    with core.store.ledger.writing() as writing:
        folder = SharedFolder(there.id, str(path), there.name, school_key=there.school_key)
        kept.add(writing.sql, folder, core.store.ledger.now())
    return next(one for one in _folders(core) if one.id == there.id), len(there.people)


def refuse(core: Core, path: Path) -> None:
    """Let no computer of the school take part as a person.

    Raises:
        SharingRefused: "school".
    """
    if is_school(core):
        raise SharingRefused(path, "school")
