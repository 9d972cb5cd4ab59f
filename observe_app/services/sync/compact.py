"""Joining many old segments of one's own into one, and removing them once everybody has that one.

Only their writer does it, and nothing else is ever removed from a shared folder.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import parse
from observe_app.services.sync import have
from observe_app.services.sync.context import SHORT
from observe_app.services.sync.crypto import NotForMe
from observe_app.services.sync.letters import LetterBad, open_letter
from observe_app.services.sync.publish import pack_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.sync.letter import ActionHead, Audience, Letter, Op
    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.segments import Held

MANY = 64
"""Own segments for the same people that may lie in the folder side by side."""
OLD = timedelta(days=7)
KEPT = timedelta(days=30)
MOST_JOINED = 500
MOST_CHANGES = 15_000
MOST_BYTES = 8 * 1024 * 1024


def compact(context: Context, listing: Sequence[FileSeen]) -> None:
    """Join what is old, and remove what was joined long enough ago.

    Raises:
        OSError: the folder does not let go of a file.
    """
    memory = context.memory
    _remove(context, listing)
    state = memory.generation, context.ledger.now_ms() // 86_400_000
    if memory.compacted == state:
        return
    memory.compacted = state
    for segments in _groups(context):
        made = _join(context, segments)
        if made is not None:
            memory.held[made.hash] = made
            for one in segments:
                memory.covers.setdefault(one.hash, set()).add(made.hash)
            return  # one in a round; the next one comes with the next round


def _moment(context: Context, before: timedelta) -> str:
    from observe_app.store.columns import utc_text  # noqa: PLC0415

    return utc_text(context.ledger.clock.now() - before)


def _groups(context: Context) -> list[list[Held]]:
    """Return the old segments that one audience has too many of."""
    memory, until = context.memory, _moment(context, OLD)
    joined = {by for found in memory.covers.values() for by in found}
    groups: dict[str, list[Held]] = {}
    for one in memory.held.values():
        if (
            one.state == "published" and one.writer == context.writer and one.at < until
            and one.hash not in joined and one.hash not in memory.covers
        ):  # fmt: skip
            groups.setdefault(one.audience, []).append(one)
    return [sorted(found, key=lambda one: one.seq) for _audience, found in sorted(groups.items()) if len(found) > MANY]


def _join(context: Context, candidates: list[Held]) -> Held | None:
    """Make one segment of the oldest ones that went to the same people; None where too few did."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    groups: dict[Audience, list[tuple[Held, Letter]]] = {}
    for one in candidates[:MOST_JOINED]:
        with context.ledger.reading() as sql:
            raw = segments.raw(sql, one.hash)
        letter = None if raw is None else opened(context, raw)
        if letter is not None:
            groups.setdefault(letter.audience, []).append((one, letter))
    found = [_fitting(group) for group in groups.values()]
    best = max(found, key=len, default=[])
    if len(best) <= MANY or not set(best[0][1].audience.members) <= set(context.recipients()):
        return None
    letter = joined([letter for _one, letter in best])
    with context.writing() as writing:
        sql = writing.sql
        seq, before = segments.last(sql, context.folder.id)
        letter = replace(letter, seq=seq + 1, covers=tuple(one.hash for one, _letter in best))
        raw, name = pack_letter(context, letter, context.recipients(), before)
        made = segments.Held(
            name, letter.writer, letter.seq, segments.OUT, best[0][0].audience, len(letter.ops), context.ledger.now(),
            len(raw),
        )  # fmt: skip
        segments.keep(sql, context.folder.id, made, raw)
        segments.add_covers(sql, context.folder.id, name, letter.covers)
        segments.set_last(sql, context.folder.id, letter.seq, name)
    candidates[:] = [one for one, _letter in best]
    return made


def opened(context: Context, raw: bytes) -> Letter | None:
    """Return the letter in an own segment, None where it cannot be read any more."""
    header, body = parse(raw)
    try:
        return open_letter(
            header, body, context.keys, context.verify_key_of, folder=context.folder.id, cipher=context.cipher
        )  # fmt: skip
    except (NotForMe, LetterBad):
        return None


def _fitting(group: list[tuple[Held, Letter]]) -> list[tuple[Held, Letter]]:
    changes = size = 0
    for count, (one, letter) in enumerate(group):
        changes, size = changes + len(letter.ops), size + one.size
        if changes > MOST_CHANGES or size > MOST_BYTES:
            return group[:count]
    return group


def joined(letters: Sequence[Letter]) -> Letter:
    """Return a letter with the changes of all of these, each once."""
    actions: dict[str, ActionHead] = {}
    ops: dict[str, Op] = {}
    for letter in letters:
        actions |= {one.id: one for one in letter.actions if one.id not in actions}
        for op in letter.ops:
            before = ops.get(op.op)
            if before is None:
                ops[op.op] = op
            else:
                over = tuple(sorted({*before.over, *op.over}))
                ops[op.op] = replace(before, over=over, inserted=before.inserted or op.inserted)
    return replace(
        letters[-1],
        actions=tuple(actions.values()),
        ops=tuple(ops.values()),
        format=max(one.format for one in letters),
        removals=tuple(dict.fromkeys(one for letter in letters for one in letter.removals)),
    )


def _remove(context: Context, listing: Sequence[FileSeen]) -> None:
    """Remove own files whose changes are in a joined segment that is a month old, whole, and held by everybody."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    memory, until = context.memory, _moment(context, KEPT)
    reports = have.live(context).values()
    ripe = {
        by
        for by in {by for found in memory.covers.values() for by in found}
        if (one := memory.held.get(by)) is not None
        and one.state == segments.PUBLISHED and one.writer == context.writer and one.at < until
        and by in memory.there and all(by[:SHORT] in report.have for report in reports)
    }  # fmt: skip
    gone = [
        one for name, found in memory.covers.items()
        if found & ripe and (one := memory.held.get(name)) is not None
        and one.state == segments.PUBLISHED and one.writer == context.writer
    ]  # fmt: skip
    if gone:
        with context.writing() as writing:
            names = [one.hash for one in gone]
            segments.set_state(writing.sql, context.folder.id, names, segments.COVERED)
            segments.forget_raw(writing.sql, names)
        for one in gone:
            memory.held[one.hash] = one.stating(segments.COVERED)
    here = {file.name for file in listing}
    for name, files in sorted(memory.there.items()):
        one = memory.held.get(name)
        if one is None or one.state != segments.COVERED:
            continue
        for file in files:
            if file in here and file.startswith(f"d/{context.writer}/"):
                context.io.delete(file)
