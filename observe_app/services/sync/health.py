"""Shared folders checked for an administrator: can they be used, is every file whole, is all that is ours there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import MAX_FILE, NotOurs, NotReady, file_hash, parse
from observe_app.services.sync import cards
from observe_app.services.sync.folder_io import DiskFolder, problem_of
from observe_app.services.sync.pull import is_segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.core import Core

_LOOKS = 3
"""Rounds after which a file of ours that is gone is written again."""
_NAMED = 3
_LONGEST = 80


def problems(core: Core, *, repair: bool = False) -> tuple[str, ...]:
    """Return what is wrong with the shared folders that do not rest, one line each.

    Args:
        core: the open data folder.
        repair: write again what is ours and gone, first.

    Raises:
        SyncBusy: another program is sharing, and something is to be repaired.
        VaultClosed: the same, and the keys are locked.
    """
    from observe_app.services.sync import rounds, setup  # noqa: PLC0415  (a data folder that shares nothing needs none)

    folders = [one for one in setup.folders(core) if not one.paused]
    found = tuple(line for folder in folders for line in _of(core, folder))
    if not found or not repair:
        return found
    for _ in range(_LOOKS):
        rounds.run_round(core)
    return tuple(line for folder in folders for line in _of(core, folder))


def _of(core: Core, folder: SharedFolder) -> Iterator[str]:
    """Give out what is wrong with one folder; a folder that cannot be listed has one fault."""
    from observe_app.services.sync import check_words, setup  # noqa: PLC0415

    place = f"Shared folder “{folder.name}” ({folder.path})"
    seen = setup.check(Path(folder.path), core)
    if not seen.is_usable:
        point = check_words.points(seen)[0]
        yield f"{place}: {point.text}. {point.detail}".strip()
        return
    if seen.found is None:
        yield f"{place}: nothing says any more that it is one."
    elif seen.found.id != folder.id:
        yield f"{place}: another shared folder lies there now."
        return
    try:
        yield from (f"{place}: {line}" for line in _files(core, folder))
    except OSError as error:
        yield f"{place}: {problem_of(error)[1]}."


def _files(core: Core, folder: SharedFolder) -> Iterator[str]:
    """Give out what is wrong with the files.

    Raises:
        OSError: the folder cannot be listed.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    whole: set[str] = set()
    broken: list[str] = []
    with DiskFolder(Path(folder.path)) as disk:
        for file in disk.list():
            if not is_segment(file.name):
                continue
            try:
                raw = disk.read(file.name, MAX_FILE)
                parse(raw)
            except (OSError, NotReady, NotOurs):
                broken.append(file.name)
            else:
                whole.add(file_hash(raw))
    if broken:
        rest = f" and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
        named = ", ".join(cards.tidy(name)[:_LONGEST] for name in sorted(broken)[:_NAMED])
        yield f"not whole, or not ours: {named}{rest}. Nothing of them was taken in."
    with core.store.ledger.reading() as sql:
        own = segments.in_state(sql, folder.id, {segments.PUBLISHED})
    gone = sum(one.hash not in whole for one in own)
    if gone:
        yield f"{gone} of our files are gone or damaged there. They are kept here; --repair writes them again."
