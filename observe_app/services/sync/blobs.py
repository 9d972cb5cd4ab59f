"""Files of visits in the folder: each encrypted to a key of its own, which travels in its row; named by its hash.

A row may come before its file does. The encrypted file is kept beside the file itself, so that it can be put back
when it is lost: by whoever wrote it after three looks, by others after twenty-seven.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import MAX_FILE
from observe_app.services.sync.publish import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.crypto import RandomBytes
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.files import FileRow

MOST_BYTES = MAX_FILE
OWN_LOOKS, OTHERS_LOOKS = 3, 27
DAILY_MS = 24 * 3_600_000
MOST_LOOKS = 8
"""Rounds between two looks at a file that was not whole, at most."""

_NAME = re.compile(r"b/[0-9a-f]{2}/([0-9a-f]{64}).*\.blob.*", re.DOTALL)
_BLOB = re.compile(r"[0-9a-f]{64}")


def lock(content: bytes, rng: RandomBytes) -> tuple[str, bytes]:
    """Return a new key and the content encrypted to it; the `age` command opens it with that key too."""
    import pyrage  # noqa: PLC0415

    from observe_app.store.identity import SECRET_BYTES, age_identity  # noqa: PLC0415

    identity = age_identity(rng(SECRET_BYTES))
    return str(identity), bytes(pyrage.encrypt(content, [identity.to_public()]))


def unlock(raw: bytes, key: str) -> bytes:
    """Return the content of an encrypted file.

    Raises:
        ValueError: the key does not open it, or it is damaged.
    """
    import pyrage  # noqa: PLC0415

    from observe_app.store.identity import NotForMe, Unreadable, age_open  # noqa: PLC0415

    try:
        return age_open(raw, pyrage.x25519.Identity.from_str(key))
    except (NotForMe, Unreadable, pyrage.IdentityError) as error:
        message = "the key does not open it"
        raise ValueError(message) from error


def carry(context: Context, listing: Sequence[FileSeen], rng: RandomBytes) -> None:
    """Bring files of visits into the folder, and those of others here.

    Raises:
        Stopped: the caller said so; a file that was under way comes with the next round.
        OSError: the folder does not take one.
    """
    there = _there(listing)
    fresh = _encrypt(context, rng)
    _fetch(context, there)
    _write(context, there, fresh)


def fetch(context: Context, listing: Sequence[FileSeen]) -> None:
    """Bring files of others here, and nothing there.

    Raises:
        Stopped: the caller said so.
    """
    _fetch(context, _there(listing))


def _there(listing: Sequence[FileSeen]) -> dict[str, list[FileSeen]]:
    there: dict[str, list[FileSeen]] = {}
    for file in listing:
        match = _NAME.fullmatch(file.name)
        if match is not None and not file.name.endswith(".tmp"):
            there.setdefault(match[1], []).append(file)
    return there


def _encrypt(context: Context, rng: RandomBytes) -> set[str]:
    """Encrypt what was attached here, and say so in its row; return the names of the encrypted files."""
    from observe_app.store.sync import files  # noqa: PLC0415

    with context.ledger.reading() as sql:
        rows = files.to_encrypt(sql, context.folder.id)
    made: set[str] = set()
    own = context.cards.get(context.me)
    for row in rows:
        context.step("files", len(made), len(rows))
        with context.ledger.reading() as sql:
            content, seen = files.content(sql, row.sha256), files.heads(sql, row.id)
        if content is None or len(content) > MOST_BYTES - 4096:
            continue
        key, raw = lock(content, rng)
        blob = hashlib.sha256(raw).hexdigest()
        author = own.person_id if own is not None else None
        with context.ledger.acting("attachment.send", scope=row.visit_id, author=author, seen=seen) as writing:
            files.keep(writing.sql, blob, "", raw, context.ledger.now())
            files.encrypted(writing.sql, row.id, blob, key)
        made.add(blob)
    return made


def _fetch(context: Context, there: dict[str, list[FileSeen]]) -> None:
    from observe_app.store.sync import files  # noqa: PLC0415

    with context.ledger.reading() as sql:
        rows = files.to_fetch(sql, context.folder.id)
    for count, row in enumerate(rows):
        for file in there.get(row.blob, ()):
            context.step("files", count, len(rows))
            if _due(context, file) and _take(context, row, file):
                break


def _due(context: Context, file: FileSeen) -> bool:
    """Tell whether to look at a file now: at once, then less and less often while it is not whole."""
    looks, due, size, changed = context.memory.blobs.get(file.name, (0, 0, -1, -1))
    if (size, changed) != (file.size, file.mtime_ns):
        looks = due = 0
    if context.memory.rounds < due or file.size > MOST_BYTES:
        return False
    context.memory.blobs[file.name] = (
        looks + 1, context.memory.rounds + min(1 << looks, MOST_LOOKS), file.size, file.mtime_ns,
    )  # fmt: skip
    return True


def _take(context: Context, row: FileRow, file: FileSeen) -> bool:
    """Take a file in when it is whole and the one that its row means."""
    from observe_app.store.sync import files  # noqa: PLC0415

    try:
        raw = context.io.read(file.name, MOST_BYTES)
        if hashlib.sha256(raw).hexdigest() != row.blob:
            return False
        content = unlock(raw, row.key)
    except (OSError, ValueError):
        return False
    if hashlib.sha256(content).hexdigest() != row.sha256:
        return False
    with context.ledger.writing() as writing:
        files.keep(writing.sql, row.sha256, row.name, content, context.ledger.now())
        files.keep(writing.sql, row.blob, "", raw, context.ledger.now())
        writing.changed({("attachment", row.id)})
    context.memory.blobs.pop(file.name, None)
    context.tally.rows += 1
    return True


def _write(context: Context, there: dict[str, list[FileSeen]], fresh: set[str]) -> None:
    """Put encrypted files into the folder that are not there as they should be."""
    from observe_app.store.sync import files  # noqa: PLC0415

    memory = context.memory
    with context.ledger.reading() as sql:
        wanted = [one for one in files.to_write(sql, context.folder.id) if _BLOB.fullmatch(one[0])]
    doubtful = _doubtful(context, [blob for blob, _size, own in wanted if own])
    for count, (blob, size, own) in enumerate(wanted):
        whole = [file for file in there.get(blob, ()) if file.size == size]
        if whole and (blob != doubtful or any(_sound(context, blob, file) for file in whole)):
            memory.missing.pop(blob, None)
            continue
        looks = memory.missing[blob] = memory.missing.get(blob, 0) + 1
        if blob not in fresh and looks != (OWN_LOOKS if own else OTHERS_LOOKS):
            continue
        context.step("files", count, len(wanted))
        with context.ledger.reading() as sql:
            raw = files.content(sql, blob)
        if raw is not None:
            _put(context, blob, raw, {file.name.casefold() for file in there.get(blob, ())})


def _doubtful(context: Context, own: list[str]) -> str:
    """Choose one own file to be read again: each once a day, and one that failed until it is sound or written anew."""
    memory, now = context.memory, context.ledger.now_ms()
    failed = [blob for blob in own if memory.missing.get(blob)]
    due = [blob for blob in own if abs(now - memory.read_ms.get(blob, 0)) > DAILY_MS]
    return next(iter(failed or due), "")


def _sound(context: Context, blob: str, file: FileSeen) -> bool:
    try:
        right = hashlib.sha256(context.io.read(file.name, MOST_BYTES)).hexdigest() == blob
    except OSError:
        return False
    if right:
        context.memory.read_ms[blob] = context.ledger.now_ms()
    return right


def _put(context: Context, blob: str, raw: bytes, names: set[str]) -> None:
    stem, count = f"b/{blob[:2]}/{blob}", 0
    name = f"{stem}.blob"
    while name in names or name in context.memory.used:
        count += 1
        name = f"{stem}-{count}.blob"
    context.memory.used.add(name)
    if write_whole(context, name, raw):
        context.memory.missing.pop(blob, None)
