"""Taking erased visits out of the shared folder: what this installation wrote about them, and its stale files.

Letters to a visit's people go as they are. Those to oneself hold other things too: what remains of them is put into
one letter that says which ones it stands for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import Audience, AudienceKind, Letter
from observe_app.services.sync import compact
from observe_app.services.sync.publish import pack_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.segments import Held

MOST_AT_ONCE = 400
GONE_AFTER = 3


def tidy(context: Context, listing: Sequence[FileSeen]) -> None:
    """Remove half-written files that an earlier run of this installation left."""
    for file in listing:
        if file.name.startswith(f"d/{context.writer}/") and file.name.endswith(".tmp"):
            context.io.delete(file.name)


def erase(context: Context, listing: Sequence[FileSeen]) -> None:
    """Remove what erased visits left in the folder.

    Raises:
        OSError: the folder does not let go of a file.
    """
    from observe_app.store.sync import purge, segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        unfinished = purge.unfinished(sql)
    if unfinished and not _rewrite(context, {row for one in unfinished.values() for row in one.get("rows", ())}):
        _blobs(context, listing, {blob for one in unfinished.values() for blob in one.get("blobs", ())})
        with context.writing() as writing:
            for visit in unfinished:
                purge.finished(writing.sql, visit)
    memory = context.memory
    going = [one for one in memory.held.values() if one.state in {purge.ERASE, purge.ERASED}]
    here = {file.name for file in listing}
    for one in sorted(going, key=lambda one: one.hash):
        for name in memory.there.get(one.hash, ()):
            if name in here and name.startswith("d/"):
                context.io.delete(name)
        # A list may have been cut short: only what three looks did not find is gone.
        memory.missing[one.hash] = 0 if one.hash in memory.there else memory.missing.get(one.hash, 0) + 1
    gone = [one for one in going if one.state == purge.ERASE and memory.missing[one.hash] >= GONE_AFTER]
    if gone:
        with context.writing() as writing:
            segments.set_state(writing.sql, context.folder.id, [one.hash for one in gone], purge.ERASED)
        for one in gone:
            memory.held[one.hash] = one.stating(purge.ERASED)


def _blobs(context: Context, listing: Sequence[FileSeen], blobs: set[str]) -> None:
    for file in listing:
        if file.name.startswith("b/") and any(file.name[5:].startswith(blob) for blob in blobs if blob):
            context.io.delete(file.name)


def _rewrite(context: Context, rows: set[str]) -> bool:
    """Write own letters anew without these records; True while there is more to do."""
    from observe_app.store.sync import purge, segments  # noqa: PLC0415

    found: list[tuple[Held, Letter]] = []
    own = [one for one in context.memory.held.values() if one.state in segments.OWN and one.audience == "me"]
    for one in sorted(own, key=lambda one: (one.writer, one.seq)):
        with context.ledger.reading() as sql:
            raw = segments.raw(sql, one.hash)
        letter = None if raw is None else compact.opened(context, raw)
        if letter is not None and any(f"{op.table}/{op.row}" in rows for op in letter.ops):
            found.append((one, letter))
        if len(found) >= MOST_AT_ONCE or sum(len(letter.ops) for _one, letter in found) > compact.MOST_CHANGES:
            break
    if not found:
        return False
    letter = _without(compact.joined([letter for _one, letter in found]), rows, context.me)
    covered = [one for one, _letter in found]
    with context.writing() as writing:
        sql = writing.sql
        seq, before = segments.last(sql, context.folder.id)
        letter = replace(
            letter, writer=context.writer, seq=seq + 1, covers=tuple(one.hash for one in covered)
        )  # fmt: skip
        raw, name = pack_letter(context, letter, context.recipients(), before)
        made = segments.Held(
            name, letter.writer, letter.seq, segments.OUT, "me", len(letter.ops), context.ledger.now(), len(raw)
        )  # fmt: skip
        segments.keep(sql, context.folder.id, made, raw)
        segments.add_covers(sql, context.folder.id, name, letter.covers)
        segments.set_last(sql, context.folder.id, letter.seq, name)
        segments.set_state(sql, context.folder.id, [one.hash for one in covered], purge.ERASE)
        segments.forget_raw(sql, [one.hash for one in covered])
    context.memory.held[name] = made
    for one in covered:
        context.memory.held[one.hash] = one.stating(purge.ERASE)
        context.memory.covers.setdefault(one.hash, set()).add(name)
    return True


def _without(letter: Letter, rows: set[str], me: str) -> Letter:
    ops = tuple(op for op in letter.ops if f"{op.table}/{op.row}" not in rows)
    needed = {op.action for op in ops}
    return replace(
        letter,
        audience=Audience(AudienceKind.ME, members=(me,)),
        actions=tuple(one for one in letter.actions if one.id in needed),
        ops=ops,
        covers=(),
    )
