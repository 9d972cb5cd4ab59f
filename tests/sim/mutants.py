"""Errors put into the program's own code, to see whether the simulation notices them.

Each takes the place of one function of the program while a schedule runs. All of them were made, or nearly made, by
somebody: in prototypes, in other programs, or here.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync import segment
from observe_app.domain.sync.rights import OK
from observe_app.domain.sync.segment import NotOurs, NotReady, parse
from observe_app.services.sync import have, heal, incarnation, judge, publish, pull
from observe_app.store import capture
from observe_app.store.sync import apply, clock, outbox, purge, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


@contextmanager
def patched(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """Put these in place of what the program has."""
    real = [(where, name, getattr(where, name)) for where, name, _new in changes]
    try:
        for where, name, new in changes:
            setattr(where, name, new)
        yield
    finally:
        for where, name, old in real:
            setattr(where, name, old)


def healing_off() -> AbstractContextManager[None]:
    """Nobody hands anything over again, and nobody writes again what was published."""
    return patched((heal, "answer", _nothing), (publish, "lost", lambda *_given: []))


def _nothing(*_given: object, **_named: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Mutant:
    """An error.

    Attributes:
        changes: what it puts in whose place.
        profile: in which it shows: "benign" (where nothing heals it) or "destructive".
        within: schedules among which it must be caught, from the seed `start` on.
        harmless: why it is meant to change nothing, "" for an error.
    """

    changes: Callable[[], list[tuple[Any, str, Any]]]
    profile: str
    within: int
    harmless: str = ""
    start: int = 0

    def seeds(self) -> range:
        """Return the seeds of those schedules."""
        return range(self.start, self.start + self.within)

    def put_in(self) -> AbstractContextManager[None]:
        """Put the error in for the length of a block."""
        return patched(*self.changes())


def _no_hash() -> list[tuple[Any, str, Any]]:
    real = parse

    def careless(raw: bytes) -> tuple[segment.Header, bytes]:
        """Believe a file as soon as its head is whole."""
        try:
            return real(raw)
        except NotReady:
            start = len(segment.MAGIC) + 4
            size = int.from_bytes(raw[start - 4 : start], "little")
            if raw[: len(segment.MAGIC)] != segment.MAGIC or len(raw) < start + size + 32 or size > 65_536:
                raise
            try:
                about = json.loads(raw[start : start + size])
            except ValueError:
                raise NotOurs from None
            header = segment.Header(
                about["writer"], about["seq"], about["previous"], about["length"], about["digest"],
                about["public"], tuple(about["covers"]), about["format"],
            )  # fmt: skip
            return header, raw[start + size + 32 :]

    return [(pull, "parse", careless)]


def _mtime_watermark() -> list[tuple[Any, str, Any]]:
    real = pull._unknown

    def unknown(context: Any, file: Any) -> bool:
        """Look only at what is younger than the youngest file seen."""
        mark = getattr(context.memory, "youngest", 0)
        if file.mtime_ns < mark:
            return False
        context.memory.__dict__["youngest"] = file.mtime_ns
        return real(context, file)

    return [(pull, "_unknown", unknown)]


def _seen_by_name() -> list[tuple[Any, str, Any]]:
    def unknown(context: Any, file: Any) -> bool:
        """Look at a name once."""
        names = context.memory.__dict__.setdefault("names", set())
        fresh = file.name not in names
        names.add(file.name)
        return fresh

    return [(pull, "_unknown", unknown)]


def _never_reverified() -> list[tuple[Any, str, Any]]:
    real = publish.publish

    def once(context: Any, listing: Any) -> None:
        """Call a segment published before it is, and never look again."""
        with context.ledger.writing() as writing:
            out = segments.in_state(writing.sql, context.folder.id, {segments.OUT})
            segments.set_state(writing.sql, context.folder.id, [one.hash for one in out], segments.PUBLISHED)
        try:
            real(context, listing)
        finally:
            for one in out:
                context.memory.held[one.hash] = one.stating(segments.PUBLISHED)

    return [(publish, "publish", once), (publish, "lost", lambda *_given: [])]


def _size_reverify() -> list[tuple[Any, str, Any]]:
    def lost(context: Any, own: Any) -> list[Any]:
        """Call a published segment there where a file of its size is."""
        sizes = {file.size for file in context.io.list()}
        return [one for one in own if one.state == segments.PUBLISHED and one.size not in sizes]

    return [(publish, "lost", lost), (have, "write", _nothing)]


def _dedupe_by_seq() -> list[tuple[Any, str, Any]]:
    real = pull.settle

    def settle(context: Any, one: Any) -> None:
        """Take a writer's number for a segment's name."""
        known = {(held.writer, held.seq) for held in context.memory.held.values()}
        if (one.header.writer, one.header.seq) not in known:
            real(context, one)

    return [(pull, "settle", settle)]


def _op_at_sealing() -> list[tuple[Any, str, Any]]:
    real = outbox._op

    def op(row: Any) -> Any:
        """Give a change its id when it is sealed: from its stamp's place in the journal and the segment's turn."""
        found = real(row)
        _op_at_sealing.count += 1  # type: ignore[attr-defined]
        return replace(found, op=f"{_op_at_sealing.count:016x}")  # type: ignore[attr-defined]

    _op_at_sealing.count = 0  # type: ignore[attr-defined]
    return [(outbox, "_op", op)]


def _over_at_sealing() -> list[tuple[Any, str, Any]]:
    real = outbox.batches

    def batches(writing: Any, sealing: Any) -> Any:
        """Say of a change that its author had seen all that is here by now."""
        for batch in real(writing, sealing):
            ops = []
            for op in batch.ops:
                live = writing.sql.execute(
                    "SELECT op FROM journal_head WHERE row_id = ? AND column_name = ? AND op <> ?",
                    (op.row, op.column, op.op),
                ).fetchall()
                over = tuple(sorted({*op.over, *(one for (one,) in live)}))
                apply._know_over(writing.sql, replace(op, over=over))
                ops.append(replace(op, over=over))
            yield replace(batch, ops=tuple(ops))

    return [(outbox, "batches", batches)]


def _no_over() -> list[tuple[Any, str, Any]]:
    return [(capture.Capture, "_has_seen", lambda _self, _op: 0)]


def _wall_only() -> list[tuple[Any, str, Any]]:
    def tick(self: Any, writer: str) -> str:
        """Let the wall clock decide what comes after what."""
        return f"{int(self._clock.now().timestamp() * 1000):013x}-000000-{writer}"

    return [
        (capture.HybridClock, "tick", tick), (capture.HybridClock, "same", tick),
        (capture.Capture, "_has_seen", lambda _self, _op: 0),
    ]  # fmt: skip


def _newer_reports_only() -> list[tuple[Any, str, Any]]:
    def answer(context: Any, listing: Any) -> None:
        """Answer a report once, and then only a newer one."""
        for writer, report in sorted(have.live(context).items()):
            told = context.memory.__dict__.setdefault("answered", {})
            if told.get(writer) == report.number:
                continue
            told[writer] = report.number
            names = {file.name.casefold() for file in listing}
            for name, one in sorted(context.memory.held.items()):
                if one.state in heal._GIVEN and name[:12] not in report.have:
                    heal._copy(context, name, names)

    return [(heal, "answer", answer), (have, "RENEWED_MS", 1 << 60)]


def _foreign_for_ever() -> list[tuple[Any, str, Any]]:
    real = pull._wait

    def wait(context: Any, file: Any, *, ours: bool) -> None:
        """Believe for good that a file is not ours."""
        real(context, file, ours=ours)
        if not ours:
            context.memory.later[file.name].due = 1 << 60
            context.memory.later[file.name].again_ms = 1 << 60

    return [(pull, "_wait", wait)]


def _not_projected() -> list[tuple[Any, str, Any]]:
    return [(outbox, "_settle", _nothing)]


def _delete_wins() -> list[tuple[Any, str, Any]]:
    return [(apply, "_edited_unseen", lambda *_given: False)]


def _whole_needed() -> list[tuple[Any, str, Any]]:
    real = apply._write

    def write(connection: Any, table: str, columns: Any, cells: Any) -> None:
        """Forget changes that came before their record."""
        there = {row for (row,) in connection.execute(f'SELECT id FROM "{table}"')}
        whole = {
            row: heads for row, heads in cells.items()
            if row in there or all(name in heads for name, (needed, _kind) in columns.items() if needed)
        }  # fmt: skip
        for row in cells.keys() - whole.keys():
            connection.execute("DELETE FROM journal_change WHERE row_id = ?", (row,))
            connection.execute("DELETE FROM journal_head WHERE row_id = ?", (row,))
        real(connection, table, columns, whole)

    return [(apply, "_write", write)]


def _unknown_dropped() -> list[tuple[Any, str, Any]]:
    real = apply.take_in

    def take_in(connection: Any, *, ops: Any, **rest: Any) -> Any:
        """Let go of what this version does not know."""
        return real(connection, ops=[op for op in ops if op.column in apply.columns_of(op.table)], **rest)

    return [(apply, "take_in", take_in)]


def _once_published() -> list[tuple[Any, str, Any]]:
    return [(publish, "write_whole", lambda context, name, raw: context.io.write_new(name, raw) is None)]


def _drafts_to_all() -> list[tuple[Any, str, Any]]:
    def audiences(shares: Any, sealing: Any, op: Any, _seq: int) -> Any:
        """Send whatever belongs to a shared visit to its people at once."""
        visit = shares.visit_of(op.table, op.row)
        if visit and shares.of(visit) is not None:
            yield outbox.AudienceKind.VISIT, visit
        else:
            yield outbox.AudienceKind.ME, ""

    return [(outbox, "_audiences", audiences), (judge, "verdict", lambda *_given: OK)]


def _removed_reads_on() -> list[tuple[Any, str, Any]]:
    real = outbox.Shares.of

    def of(self: Any, visit: str) -> Any:
        """Forget that somebody was removed."""
        found = real(self, visit)
        if found is None:
            return None
        people = self._sql.execute("SELECT fingerprint FROM visit_share WHERE visit_id = ?", (visit,)).fetchall()
        return found[0], tuple(sorted({one for (one,) in people}))

    return [(outbox.Shares, "of", of), (judge.Judge, "_settle", lambda *_given: judge.After())]


def _erasure_unheard() -> list[tuple[Any, str, Any]]:
    return [(purge, "obey", lambda *_given: set())]


def _removal_overruled() -> list[tuple[Any, str, Any]]:
    return [(apply, "DELETED_FOR_GOOD", frozenset())]


def _cloned_writer() -> list[tuple[Any, str, Any]]:
    return [(incarnation, "settle", _nothing)]


def _poisoned_clock() -> list[tuple[Any, str, Any]]:
    return [(clock, "MOST_AHEAD_MS", 1 << 60)]


MUTANTS: dict[str, Mutant] = {
    "no_hash": Mutant(_no_hash, "benign", 60),
    "mtime_watermark": Mutant(_mtime_watermark, "benign", 60),
    "seen_by_name": Mutant(_seen_by_name, "benign", 40),
    "never_reverified": Mutant(_never_reverified, "benign", 40),
    "size_reverify": Mutant(_size_reverify, "destructive", 60),
    "dedupe_by_seq": Mutant(_dedupe_by_seq, "destructive", 100),
    "no_have_reports": Mutant(lambda: [(have, "write", _nothing)], "destructive", 120),
    "newer_reports_only": Mutant(_newer_reports_only, "destructive", 1_500),
    "foreign_for_ever": Mutant(_foreign_for_ever, "benign", 1_500),
    "op_at_sealing": Mutant(_op_at_sealing, "benign", 5),
    "over_at_sealing": Mutant(_over_at_sealing, "benign", 40),
    "no_over": Mutant(_no_over, "benign", 5),
    "wall_only": Mutant(_wall_only, "benign", 5),
    "not_read_back": Mutant(_once_published, "benign", 40),
    "not_projected": Mutant(_not_projected, "benign", 100),
    "delete_wins": Mutant(_delete_wins, "benign", 60),
    "early_changes_dropped": Mutant(_whole_needed, "benign", 60),
    "unknown_dropped": Mutant(_unknown_dropped, "benign", 80),
    "drafts_to_all": Mutant(_drafts_to_all, "benign", 60),
    "removed_reads_on": Mutant(_removed_reads_on, "benign", 150),
    "erasure_unheard": Mutant(_erasure_unheard, "benign", 150),
    "removal_overruled": Mutant(_removal_overruled, "benign", 1_500),
    "cloned_writer": Mutant(_cloned_writer, "destructive", 40, "segments are told apart by their hash alone"),
    "poisoned_clock": Mutant(_poisoned_clock, "benign", 40, "what was on the screen decides, not a stamp"),
}

__all__ = ["MUTANTS", "Mutant", "healing_off", "patched"]
