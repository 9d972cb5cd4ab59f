"""Sealing what was written here, and bringing one's own segments into the folder.

A segment is kept in the database in the transaction that seals it, and counts as published once its bytes were read
back. A name that was tried is never tried again, so that half a file of an earlier try cannot be in the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.ledger import Writing
    from observe_app.store.sync.outbox import Batch, Sealing
    from observe_app.store.sync.segments import Held

MOST_SEALINGS = 10_000
_MARKED_AT_ONCE = 32


def seal(context: Context) -> None:
    """Make segments of everything that is in none yet, a bounded part in each transaction."""
    from observe_app.store.sync import outbox, segments  # noqa: PLC0415

    recipients = context.recipients()
    with context.ledger.reading() as sql:
        due = outbox.due(sql, recipients)
    if due:
        with context.writing() as writing:
            outbox.pay(writing.sql, recipients)
    for _ in range(MOST_SEALINGS):
        with context.ledger.reading() as sql:
            if not segments.to_seal(sql, context.folder.id, context.me):
                return
        with context.writing() as writing:
            before = segments.sealed(writing.sql, context.folder.id)
            made = seal_in(context, writing)
            stuck = before == segments.sealed(writing.sql, context.folder.id)
        for one in made:
            context.memory.held[one.hash] = one
        context.step("write", 0, len(made))
        if stuck:  # what is left is for a visit that this person has no part in any more, or for another folder
            return


def keep_here(context: Context) -> None:
    """Let nothing that was written here wait for the folder."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        waits = segments.to_seal(sql, context.folder.id, context.me)
    if waits:
        with context.ledger.writing() as writing:
            segments.pass_over(writing.sql, context.folder.id, own=True)


def seal_in(context: Context, writing: Writing) -> list[Held]:
    """Make segments of what was written here, inside this transaction, and return them."""
    from observe_app.store.sync import outbox, segments  # noqa: PLC0415

    format_number = _format()
    recipients = context.recipients()

    def pack(batch: Batch, writer: str, seq: int, before: str) -> tuple[bytes, str]:
        return pack_letter(context, _letter(context, batch, writer, seq, format_number), recipients, before)

    if not outbox.seal(writing, _sealing(context, recipients), pack, context.ledger.now()):
        return []
    return [one for one in segments.in_state(writing.sql, context.folder.id, {segments.OUT})
            if one.hash not in context.memory.held]  # fmt: skip


def pack_letter(context: Context, letter: Letter, recipients: dict[str, str], before: str) -> tuple[bytes, str]:
    """Return the bytes of a segment and its hash; see `letters.pack`."""
    from observe_app.services.sync import letters  # noqa: PLC0415

    return letters.pack(letter, context.keys, recipients, before, cipher=context.cipher)


def _sealing(context: Context, recipients: Iterable[str]) -> Sealing:
    from observe_app.store.sync.outbox import Sealing  # noqa: PLC0415

    return Sealing(context.folder.id, context.folder.home, context.me, frozenset(recipients))


def _letter(context: Context, batch: Batch, writer: str, seq: int, format_number: int) -> Letter:
    return Letter(
        folder=context.folder.id, writer=writer, seq=seq, audience=batch.audience, signer=context.me,
        format=format_number, actions=batch.actions, ops=batch.ops, removals=batch.removals,
    )  # fmt: skip


def _format() -> int:
    from observe_app.store.migrate import CURRENT  # noqa: PLC0415

    return CURRENT


def publish(context: Context, listing: Sequence[FileSeen]) -> None:
    """Write own segments that are not in the folder, and those that three looks did not find whole.

    Raises:
        OSError: the folder does not take them.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    memory = context.memory
    own = [one for one in memory.held.values() if one.state in segments.OWN]
    there = [one for one in own if one.state == segments.OUT and one.hash in memory.there]
    _mark(context, there)
    out = [one for one in own if one.state == segments.OUT and one.hash not in memory.there]
    todo = sorted([*out, *lost(context, own)], key=lambda one: (one.writer, one.seq, one.hash))
    names = {file.name.casefold() for file in listing}
    done: list[Held] = []
    try:
        for count, one in enumerate(todo):
            context.step("write", count, len(todo))
            if not count % _MARKED_AT_ONCE:
                _begin(context, todo[count : count + _MARKED_AT_ONCE])
            if one.hash not in memory.held:
                continue
            done += _write(context, one, names)
            if len(done) >= _MARKED_AT_ONCE:
                _mark(context, done)
                done = []
    finally:
        _mark(context, done)


def lost(context: Context, own: Sequence[Held]) -> list[Held]:
    """Return the published segments that were found nowhere, whole, in three looks in a row."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    memory = context.memory
    found = []
    for one in own:
        if one.state != segments.PUBLISHED:
            continue
        if one.hash in memory.there:
            memory.missing.pop(one.hash, None)
            continue
        looks = memory.missing[one.hash] = memory.missing.get(one.hash, 0) + 1
        if looks >= 3:
            found.append(one)
    return found


def _begin(context: Context, some: Sequence[Held]) -> None:
    """Keep that these are going out, from where there is no way back; forget those whose act was taken back."""
    from observe_app.store.sync import segments, unsent  # noqa: PLC0415

    fresh = [one.hash for one in some if one.state == segments.OUT]
    if not fresh:
        return
    with context.ledger.writing() as writing:
        going = unsent.begin(writing.sql, context.folder.id, fresh)
    for name in set(fresh) - going:
        del context.memory.held[name]


def _write(context: Context, one: Held, names: set[str]) -> list[Held]:
    """Write a segment under a name of its own; return it when it was read back whole.

    Raises:
        OSError: the folder does not take it.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        raw = segments.raw(sql, one.hash)
    if raw is None:
        return []
    name = fresh_name(context, f"d/{one.writer}/{one.seq:08d}-{one.hash[:16]}", ".seg", names)
    if not write_whole(context, name, raw):
        return []
    context.memory.there[one.hash] = [name]
    context.memory.missing.pop(one.hash, None)
    context.tally.sent += 1
    return [one]


def fresh_name(context: Context, stem: str, ending: str, names: set[str]) -> str:
    """Return a name that nothing in the folder has and that was not tried before."""
    count, name = 0, stem + ending
    while name.casefold() in names or name in context.memory.used:
        count += 1
        name = f"{stem}-{count}{ending}"
    context.memory.used.add(name)
    names.add(name.casefold())
    return name


def write_whole(context: Context, name: str, raw: bytes) -> bool:
    """Write a new file and read it back; False where it did not come back as it was.

    Raises:
        OSError: the folder does not take it.
    """
    context.io.write_new(name, raw)
    try:
        return context.io.read(name, len(raw)) == raw
    except OSError as error:
        # It may be there and not readable for a moment; the next round finds it by its content, or writes it again.
        context.fail(error)
        return False


def _mark(context: Context, done: Sequence[Held]) -> None:
    from observe_app.store.sync import segments  # noqa: PLC0415

    fresh = [one for one in done if one.state == segments.OUT]
    if not fresh:
        return
    with context.writing() as writing:
        segments.set_state(writing.sql, context.folder.id, [one.hash for one in fresh], segments.PUBLISHED)
    for one in fresh:
        context.memory.held[one.hash] = one.stating(segments.PUBLISHED)


__all__ = ["fresh_name", "keep_here", "pack_letter", "publish", "seal", "seal_in", "write_whole"]
