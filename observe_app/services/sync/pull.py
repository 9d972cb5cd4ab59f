"""Reading the folder: what is whole, what is still arriving, what is for us; and taking it in.

A file is judged by its content alone. Only that one is whole is remembered for good, by name, size and time; everything
else is looked at again: a read may have failed, a file may be arriving, a cloud client may have filled it with zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from operator import attrgetter
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import FORMAT, MAX_FILE, Header, NotOurs, NotReady, file_hash, parse
from observe_app.services.sync.context import Later
from observe_app.services.sync.crypto import NotForMe
from observe_app.services.sync.letters import LetterBad, open_letter
from observe_app.services.sync.taking import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen

ENDING = ".seg"
TOLD_AFTER_MS = 24 * 3_600_000
"""A file that has been arriving for longer is told."""
DAILY_MS = 24 * 3_600_000
MOST_KEPT_REFUSED = 256 * 1024
"""Bytes of a segment that is kept although it was refused; a longer one only by its hash."""
MOST_KEPT_WAITING = 4 * 1024 * 1024
RECHECKED = 24
"""Own files read again in each round although neither size nor time changed: bit rot keeps both."""

_OWN_STATES = frozenset({"out", "published"})
_FOREIGN_LOOKS = (1, 2, 3, 9, 27)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole segment that was read."""

    hash: str
    header: Header
    body: bytes
    raw: bytes


def pull(context: Context, listing: Sequence[FileSeen]) -> None:
    """Look at every file that is not known yet and take in what is whole and for us.

    Raises:
        Stopped: the caller said so.
    """
    memory = context.memory
    files = sorted((file for file in listing if is_segment(file.name)), key=attrgetter("name"))
    keys = {(file.name, file.size, file.mtime_ns) for file in files}
    names = {file.name for file in files}
    memory.seen = {key: one for key, one in memory.seen.items() if key in keys}
    memory.later = {name: one for name, one in memory.later.items() if name in names}
    memory.checked = {name: one for name, one in memory.checked.items() if name in names}
    memory.there = {}
    again = _to_check_again(context, files)
    todo = []
    for file in files:
        found = memory.seen.get((file.name, file.size, file.mtime_ns))
        if file.name in again or (found is None and _unknown(context, file)):
            todo.append(file)
        elif found is not None:
            memory.there.setdefault(found, []).append(file.name)
    for count, file in enumerate(todo):
        context.step("read", count, len(todo))
        _look(context, file)
    _retry(context)
    context.tally.incomplete = sum(one.ours for one in memory.later.values())


def is_segment(name: str) -> bool:
    """Tell whether a name may be a segment's, whatever somebody's cloud client made of it; not how good it is."""
    last = name.rpartition("/")[2].casefold()
    return ENDING in last and not last.endswith(".tmp")


def late(context: Context) -> int:
    """Return how many files have been arriving for more than a day."""
    now = context.ledger.now_ms()
    return sum(one.ours and now - one.since_ms > TOLD_AFTER_MS for one in context.memory.later.values())


def _unknown(context: Context, file: FileSeen) -> bool:
    """Tell whether a file whose content is not remembered is to be read now."""
    known = context.memory.later.get(file.name)
    if known is None or (known.size, known.mtime_ns) != (file.size, file.mtime_ns):
        return True
    return known.due <= context.memory.rounds or (not known.ours and known.again_ms <= context.ledger.now_ms())


def _to_check_again(context: Context, files: Sequence[FileSeen]) -> set[str]:
    """Choose the own files that were not read for the longest time."""
    memory = context.memory
    seen, held, checked = memory.seen, memory.held, memory.checked
    own = [
        (checked.get(file.name, 0), file.name)
        for file in files
        if (found := seen.get((file.name, file.size, file.mtime_ns))) is not None
        and (one := held.get(found)) is not None
        and one.state in _OWN_STATES
    ]
    return {name for _when, name in nsmallest(RECHECKED, own)}


def _look(context: Context, file: FileSeen) -> None:
    """Read a file and do what its content asks for."""
    memory = context.memory
    key = (file.name, file.size, file.mtime_ns)
    memory.seen.pop(key, None)
    if file.size > MAX_FILE:
        _wait(context, file, ours=False)
        return
    fresh = None
    try:
        raw = context.io.read(file.name, MAX_FILE)
        name = file_hash(raw)
        if name not in memory.held and name not in memory.strangers:  # they were whole
            fresh = Whole(name, *parse(raw), raw)
    except (OSError, NotReady):
        _wait(context, file, ours=True)
        return
    except NotOurs:
        _wait(context, file, ours=False)
        return
    if fresh is not None:
        settle(context, fresh)
    memory.seen[key] = name
    memory.checked[file.name] = memory.rounds
    memory.later.pop(file.name, None)
    memory.there.setdefault(name, []).append(file.name)


def _wait(context: Context, file: FileSeen, *, ours: bool) -> None:
    """Remember to look again: soon, then less and less often; at what is not ours once a day at least."""
    memory, now = context.memory, context.ledger.now_ms()
    known = memory.later.get(file.name)
    if known is None or (known.size, known.mtime_ns, known.ours) != (file.size, file.mtime_ns, ours):
        since = known.since_ms if known is not None and known.ours and ours else now
        known = memory.later[file.name] = Later(file.size, file.mtime_ns, ours, since)
    known.looks += 1
    if ours:
        known.due = memory.rounds + min(1 << max(known.looks - 2, 0), 8)
    else:
        more = [look for look in _FOREIGN_LOOKS if look > known.looks]
        known.due = memory.rounds + (more[0] - known.looks if more else 1 << 60)
    known.again_ms = now + DAILY_MS


def settle(context: Context, one: Whole) -> None:
    """Take in a whole segment unless it is held, for others, or refused already."""
    memory = context.memory
    if one.hash in memory.held or one.hash in memory.strangers:
        return
    if one.header.format != FORMAT:
        _keep(context, one, "unread", one.raw if len(one.raw) <= MOST_KEPT_WAITING else None)
        return
    try:
        letter = open_letter(
            one.header, one.body, context.keys, context.verify_key_of, folder=context.folder.id, cipher=context.cipher
        )
    except NotForMe:
        _stranger(context, one)
    except LetterBad as error:
        if error.reason == "newer":
            _keep(context, one, "unread", one.raw)
        elif error.reason == "unknown_signer":
            _keep(context, one, "waiting", one.raw if len(one.raw) <= MOST_KEPT_WAITING else None)
        else:
            refuse(context, one, error.reason, error.detail, error.signer)
    else:
        take(context, letter, one.hash, one.raw)


def _stranger(context: Context, one: Whole) -> None:
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.writing() as writing:
        segments.add_stranger(writing.sql, context.folder.id, one.hash, one.header.writer, one.header.seq)
        segments.add_covers(writing.sql, context.folder.id, one.hash, one.header.covers)
    context.memory.strangers[one.hash] = one.header.writer, one.header.seq
    _cover(context, one)


def _cover(context: Context, one: Whole) -> None:
    for covered in one.header.covers:
        context.memory.covers.setdefault(covered, set()).add(one.hash)


def _keep(context: Context, one: Whole, state: str, raw: bytes | None) -> None:
    from observe_app.store.sync import segments  # noqa: PLC0415

    held = segments.Held(
        one.hash, one.header.writer, one.header.seq, state, "", 0, context.ledger.now(), len(one.raw)
    )  # fmt: skip
    with context.writing() as writing:
        segments.keep(writing.sql, context.folder.id, held, raw)
    context.memory.held[one.hash] = held


def refuse(context: Context, one: Whole, reason: str, detail: str, signer: str) -> None:
    """Put a whole letter into quarantine."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    now = context.ledger.now()
    held = segments.Held(one.hash, one.header.writer, one.header.seq, segments.REFUSED, "", 0, now, len(one.raw))
    with context.writing() as writing:
        segments.keep(
            writing.sql, context.folder.id, held, one.raw if len(one.raw) <= MOST_KEPT_REFUSED else None
        )  # fmt: skip
        segments.refuse_letter(
            writing.sql, folder=context.folder.id, name=one.hash, writer=one.header.writer, signer=signer,
            reason=reason, detail=detail, at=now,
        )  # fmt: skip
    context.memory.held[one.hash] = held


def _retry(context: Context) -> None:
    """Judge again what waited for a card or for a record, as long as something new came."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    memory = context.memory
    while memory.retry or context.tally.news:
        states = {segments.WAITING, segments.UNREAD} if memory.retry else {segments.WAITING}
        memory.retry = context.tally.news = False
        waiting = sorted((one for one in memory.held.values() if one.state in states), key=lambda one: one.hash)
        for one in waiting:
            with context.ledger.reading() as sql:
                raw = segments.raw(sql, one.hash)
            if raw is None:
                continue
            header, body = parse(raw)
            del memory.held[one.hash]
            try:
                settle(context, Whole(one.hash, header, body, raw))
            finally:
                memory.held.setdefault(one.hash, one)
