"""Taking a letter in: judged change by change, in short transactions, so that who types meanwhile notices nothing.

A letter counts as taken only with its last transaction. Every part may be taken twice, so one that was cut off is
simply taken again from its beginning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import parse
from observe_app.services.sync.judge import RENAMED, Said, own_actions, own_ops
from observe_app.services.sync.judge import Judge as VisitJudge
from observe_app.services.sync.letters import signer_of
from observe_app.services.sync.publish import seal_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.sync.letter import Letter, Op
    from observe_app.services.sync.context import Context, Judge
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Writing
    from observe_app.store.sync.segments import Held

CHUNK = 250
"""Changes in one transaction: some 15 ms on a school's laptop."""

PART = 80
"""Changes after which a transaction ends early where somebody in the window waits to write."""

_FIRST = {"visit_share": 0, "erasure": 1}
"""Tables that decide on what is said of others."""


def take(context: Context, letter: Letter, name: str, raw: bytes) -> None:
    """Take in a letter and keep its bytes, to be passed on unchanged.

    Args:
        context: of the round.
        letter: whose signature and form are right.
        name: hash of the segment.
        raw: the segment.

    Raises:
        Stopped: the caller said so; what is missing comes with the next round.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    if letter.writer == context.writer and letter.signer != context.me:
        refuse_all(context, letter, name, raw)
        return
    with context.ledger.reading() as sql:
        ids = [op.op for op in letter.ops]
        letter = own_ops(sql, own_actions(sql, letter, context.me), context.me)
        letter = replace(letter, covers=tuple(_theirs(context, sql, letter)))
    if ids != [op.op for op in letter.ops]:
        with context.writing() as writing:
            segments.set_meta(writing.sql, RENAMED, "1")
    parts, said = list(_parts(_by_record(letter.ops))), Said.of(letter)
    waits, count = False, 0
    while count < len(parts):
        with context.writing() as writing:
            due = not context.school and segments.to_seal(writing.sql, context.folder.id, context.me)
            made = seal_in(context, writing) if due else []
            done = 0
            while count < len(parts) and done < CHUNK and not (done and context.ledger.wanted):
                waits |= _apply(context, writing, letter, said, parts[count], name)
                done += len(parts[count])
                count += 1
            last = count == len(parts)
            held = _held(context, letter, name, len(raw), segments.WAITING if waits else segments.TAKEN)
            if last:
                _close(context, writing, letter, held, raw)
            segments.pass_over(writing.sql, context.folder.id)
        for one in made:
            context.memory.held[one.hash] = one
        context.tally.rows += len(writing.rows)
        if last:
            _taken(context, letter, held)
        context.step("read", count, len(parts))


def _by_record(ops: tuple[Op, ...]) -> list[Op]:
    """Return changes so that those of a record stand together, in their order, and what decides on others first."""
    places: dict[tuple[str, str], int] = {}
    for op in ops:
        places.setdefault((op.table, op.row), len(places))
    return sorted(ops, key=lambda op: (_FIRST.get(op.table, 2), places[op.table, op.row]))


def _parts(ops: list[Op]) -> Iterator[list[Op]]:
    """Part changes so that a record stays whole where it can."""
    part: list[Op] = []
    for op in ops:
        if len(part) >= PART and (part[-1].row != op.row or len(part) >= 2 * CHUNK):
            yield part
            part = []
        part.append(op)
    yield part


def _theirs(context: Context, sql: Connection, letter: Letter) -> Iterator[str]:
    """Give out which segments a joined one stands for: those by its own signer, and those that are not here.

    What an installation calls itself proves nothing: whoever takes another one's name says only what they signed.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    for name in letter.covers:
        raw = segments.raw(sql, name) if name in context.memory.held else None
        if raw is None or signer_of(*parse(raw), context.keys) == letter.signer:
            yield name


def refuse_all(context: Context, letter: Letter, name: str, raw: bytes) -> None:
    """Put a letter into quarantine that claims to come from this very installation and is another person's."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    held = _held(context, letter, name, len(raw), segments.REFUSED)
    with context.writing() as writing:
        segments.keep(writing.sql, context.folder.id, held, None)
        segments.refuse_letter(
            writing.sql, folder=context.folder.id, name=name, writer=letter.writer, signer=letter.signer,
            reason="writer", detail="", at=held.at,
        )  # fmt: skip
    context.memory.held[name] = held


def _apply(context: Context, writing: Writing, letter: Letter, said: Said, ops: list[Op], name: str) -> bool:
    """Judge and take in some changes; return whether any of them has to wait."""
    from observe_app.store.sync import apply, clock, segments  # noqa: PLC0415

    judge = context.judge(writing.sql)
    if isinstance(judge, VisitJudge):
        judge.hear(said)
    verdicts = [(op, judge(letter, op)) for op in ops]
    good = [op for op, verdict in verdicts if verdict == "apply"]
    bad = [(op, verdict.partition(":")[2] or "rights") for op, verdict in verdicts if verdict.startswith("refuse")]
    needed = {op.action for op in good}
    rows = apply.take_in(
        writing.sql,
        actions=[one for one in letter.actions if one.id in needed],
        ops=good,
        writer=letter.writer,
        signer=letter.signer,
        audience=letter.audience.visit or letter.audience.kind.value,
    )
    clock.witness(writing.sql, [op.stamp for op in good], context.ledger.now_ms())
    if rows:
        writing.changed(rows)
    if bad:
        segments.refuse_ops(
            writing.sql, folder=context.folder.id, name=name, writer=letter.writer, signer=letter.signer, ops=bad,
            at=context.ledger.now(),
        )  # fmt: skip
    _follow(context, writing, letter, good, judge)
    return any(verdict == "wait" for _op, verdict in verdicts)


def _follow(context: Context, writing: Writing, letter: Letter, good: list[Op], judge: Judge) -> None:
    """Let a judge that keeps who takes part in a visit do so; letters that it wants to see again wait for that."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    if not isinstance(judge, VisitJudge):
        return
    after = judge.after(writing, letter, good)
    if after.rows:
        writing.changed(after.rows)
    if after.again:
        segments.set_state(writing.sql, context.folder.id, after.again, segments.WAITING)
        for name in after.again:
            known = context.memory.held.get(name)
            if known is not None:
                context.memory.held[name] = known.stating(segments.WAITING)
        context.tally.news = True


def _held(context: Context, letter: Letter, name: str, size: int, state: str) -> Held:
    from observe_app.store.sync.segments import Held  # noqa: PLC0415

    audience = letter.audience.visit or letter.audience.kind.value
    return Held(name, letter.writer, letter.seq, state, audience, len(letter.ops), context.ledger.now(), size)


def _close(context: Context, writing: Writing, letter: Letter, held: Held, raw: bytes) -> None:
    from observe_app.store.sync import laptops, segments  # noqa: PLC0415

    segments.keep(writing.sql, context.folder.id, held, raw)
    segments.add_covers(writing.sql, context.folder.id, held.hash, letter.covers)
    if held.state == segments.TAKEN:
        covered = _covered(context, letter)
        segments.set_state(writing.sql, context.folder.id, covered, segments.COVERED)
        segments.forget_raw(writing.sql, covered)
    if letter.writer != context.writer:
        laptops.bind(writing.sql, context.folder.id, letter.writer, letter.signer, letter.seq, held.at)


def _covered(context: Context, letter: Letter) -> list[str]:
    """Return the segments held here that a joined one by the same installation stands for."""
    held = context.memory.held
    return [
        name
        for name in letter.covers
        if (one := held.get(name)) is not None and one.writer == letter.writer and one.state == "taken"
    ]


def _taken(context: Context, letter: Letter, held: Held) -> None:
    before = context.memory.held.get(held.hash)
    context.memory.held[held.hash] = held
    if held.state == "taken":
        for name in _covered(context, letter):
            context.memory.held[name] = context.memory.held[name].stating("covered")
    for covered in letter.covers:
        context.memory.covers.setdefault(covered, set()).add(held.hash)
    if held.state == "taken":
        context.tally.news = True
        context.tally.received += before is None or before.state != "taken"
