"""Sealing: what was written here since the last time, by audience, as letters for the shared folder.

Who gets what:
- What belongs to nobody else (people, drafts of forms, journals, private notes, visits that were not released) goes to
  oneself on all one's computers.
- Own forms and protocols, and surveys that were opened, go to everybody in the folder; so does how many visits one
  made, where one turned that on, in that folder alone.
- Of a shared visit, what the two write together (`JOINT`) goes to its people at once. What its author wrote goes to
  them when it is released, as `sync_push` says: present values alone, without their history.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync import progress
from observe_app.domain.sync import survey_rights as surveys
from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Op, Removal
from observe_app.domain.sync.rights import JOINT, JOINT_COLUMNS, PUBLIC, WHOLE, belongs_by
from observe_app.store.capture import over_list
from observe_app.store.sync import pushing, removals, unsent
from observe_app.store.sync.apply import columns_of, project

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Writing

MOST_OPS = 1_000
"""Changes in one letter; more make several."""

MOST_READERS = 40
"""People of a visit who are written to; a letter cannot be encrypted to many more."""

MOST_REMOVALS = 5_000
"""Removals that one letter tells of."""

MOST_CHARACTERS = 8_000_000
"""Characters of values in one letter."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What `seal` needs to know besides the database.

    Attributes:
        folder: id of the folder. home: what is for oneself goes through it.
        me: own fingerprint. may_read: fingerprints that may be encrypted to, own one among them.
    """

    folder: str
    home: bool
    me: str
    may_read: frozenset[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes for one audience, and who is known to have no part any more in the visits that they are about."""

    audience: Audience
    actions: tuple[ActionHead, ...]
    ops: tuple[Op, ...]
    removals: tuple[Removal, ...] = ()


_UNSEALED = (
    "SELECT c.seq, c.op, c.action_id, c.table_name, c.row_id, c.column_name, c.new, c.over, c.stamp, c.inserted "
    "FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
    "WHERE c.seq > ? AND a.signer IS NULL ORDER BY c.seq LIMIT ?"
)


def unsealed(connection: Connection, folder: str) -> int:
    """Return how many changes were written here and are in no segment yet."""
    row = connection.execute(
        "SELECT count(*) FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
        "WHERE c.seq > (SELECT sealed FROM sync_folder WHERE id = ?) AND a.signer IS NULL",
        (folder,),
    ).fetchone()
    return int(row[0])


def batches(writing: Writing, sealing: Sealing) -> Iterator[Batch]:
    """Give out, audience by audience, what is to be sealed next, and note that it was; until there is nothing more.

    Belongs into one transaction with storing the segments made of it.
    """
    sql = writing.sql
    start = int(sql.execute("SELECT sealed FROM sync_folder WHERE id = ?", (sealing.folder,)).fetchone()[0])
    last = int(sql.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()[0])
    found = sql.execute(_UNSEALED, (start, MOST_OPS)).fetchall()
    rows = found[: _fitting(found)]
    whole = len(rows) == len(found) < MOST_OPS
    sql.execute("UPDATE sync_folder SET sealed = ? WHERE id = ?", (last if whole else rows[-1][0], sealing.folder))
    _settle(writing, {row[4] for row in rows})
    shares = Shares(sql, sealing)
    groups: dict[tuple[str, str], list[Op]] = {}
    for row in rows:
        op = _op(row[1:])
        for key in _audiences(shares, sealing, op, row[0]):
            groups.setdefault(key, []).append(op)
            back = op.column == "deleted" and not op.new
            moved = op.column == belongs_by(op.table) and not op.inserted
            if key[0] == AudienceKind.VISIT and (back or moved):
                # Who joined while it was deleted never got it; nor did anybody while it belonged to no group.
                sql.execute("INSERT OR IGNORE INTO sync_push VALUES (?, ?, ?)", (key[1], op.table, op.row))
    for (kind, visit), ops in groups.items():
        chosen = ops if kind != AudienceKind.VISIT else _with_history(sql, list(_latest(ops)))
        yield from _batch(sql, shares, shares.audience(kind, visit), chosen)
    yield from _pushed(sql, shares, sealing)
    for visit, names in shares.owed.items():
        owe(sql, visit, names)


_OWED = "SELECT key, value FROM meta WHERE key >= 'owed:' AND key < 'owed;'"


def owe(sql: Connection, visit: str, names: Collection[str]) -> None:
    """Keep who takes part in a visit and has not been written to.

    Their card was not here or not to be trusted, or a word of their removal came; or another computer of this person
    wrote to the visit's people before it heard of them.
    """
    known = sql.execute("SELECT value FROM meta WHERE key = ?", (f"owed:{visit}",)).fetchone()
    whole = sorted({*names, *(known[0].split(",") if known is not None else ())})
    sql.execute("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", (f"owed:{visit}", ",".join(whole)))


def due(sql: Connection, may_read: Collection[str]) -> list[str]:
    """Return the visits of which something is owed to somebody who can be written to by now."""
    found = [(key[5:], set(names.split(","))) for key, names in sql.execute(_OWED).fetchall()]
    return [
        visit for visit, names in found
        if not (names - removals.awaited(sql, visit) - removals.gone(sql, visit)).isdisjoint(may_read)
    ]  # fmt: skip


def pay(sql: Connection, may_read: Collection[str]) -> None:
    """Send once more what has gone to a visit's people without those who could not be written to then."""
    for visit in due(sql, may_read):
        key = f"owed:{visit}"
        names = set(sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0].split(","))
        sql.execute("DELETE FROM meta WHERE key = ?", (key,))
        if left := (names - set(may_read)) | (names & removals.awaited(sql, visit)):
            owe(sql, visit, left)
        sql.execute(
            "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared WHERE visit_id = ?",
            (visit,),
        )


_AT_ODDS = (
    "SELECT DISTINCT table_name, row_id FROM journal_head WHERE row_id IN (SELECT value FROM json_each(?)) "
    "GROUP BY row_id, table_name, column_name HAVING count(*) > 1 OR column_name = 'deleted'"
)


def _settle(writing: Writing, records: set[str]) -> None:
    """Show what everybody will show: a window writes its own words without asking what came meanwhile."""
    found = {(table, row) for table, row in writing.sql.execute(_AT_ODDS, (json.dumps(sorted(records)),))}
    if found:
        project(writing.sql, found)
        writing.changed(found)


def _fitting(rows: list[Any]) -> int:
    length = 0
    for count, row in enumerate(rows):
        length += len(row[6]) if isinstance(row[6], str) else 8
        if length > MOST_CHARACTERS and count:
            return count
    return len(rows)


def _op(row: Any) -> Op:
    op, action, table, record, column, new, over, stamp, inserted = row
    return Op(op, action, table, record, column, new, over_list(over), stamp, bool(inserted))


class Shares:
    """Who takes part in which visit, as far as this folder is concerned."""

    def __init__(self, connection: Connection, sealing: Sealing) -> None:
        """Ask this database."""
        self._sql = connection
        self._sealing = sealing
        self._found: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        self._visits: dict[tuple[str, str], str] = {}
        self._starts: dict[str, int] = {}
        self.owed: dict[str, set[str]] = {}

    def of(self, visit: str) -> tuple[str, tuple[str, ...]] | None:
        """Return folder and fingerprints of a shared visit, None while it is shared with nobody or no longer with me.

        Of an erased visit they are those who hear of the erasure.
        """
        if visit not in self._found:
            rows = self._sql.execute(
                "SELECT fingerprint, folder, deleted FROM visit_share WHERE visit_id = ?", (visit,)
            ).fetchall() or erased_people(self._sql, visit)
            people = {row[0] for row in rows if not row[2]}
            folder = next((row[1] for row in rows if row[1]), self._sealing.folder)
            shared = len(people) > 1 and self._sealing.me in people
            self._found[visit] = (folder, tuple(sorted(people))) if shared else None
        return self._found[visit]

    def gone_to(self, visit: str, table: str, row: str, seq: int) -> bool:
        """Tell whether a joint record is for a visit's people: it went to them, or was made since they are."""
        if seq < self._since(visit):  # typed before anybody else could read it; only what it came to is pushed
            return False
        shared = self._sql.execute(
            "SELECT 1 FROM sync_shared WHERE visit_id = ? AND table_name = ? AND row_id = ?", (visit, table, row)
        ).fetchone()
        if shared is not None:
            return True
        # A release goes by its act of release, together with what it is about.
        if table in ("release", "visit"):
            return False
        made = self._sql.execute(
            "SELECT min(seq) FROM journal_change WHERE row_id = ? AND table_name = ?", (row, table)
        ).fetchone()
        if made[0] < self._since(visit):
            return False
        self._sql.execute("INSERT OR IGNORE INTO sync_shared VALUES (?, ?, ?)", (visit, table, row))
        return True

    def _since(self, visit: str) -> int:
        """Return the journal's position from which on a visit was shared."""
        if visit not in self._starts:
            row = self._sql.execute(
                "SELECT min(c.seq) FROM visit_share s JOIN journal_change c ON c.row_id = s.id "
                "AND c.table_name = 'visit_share' WHERE s.visit_id = ?",
                (visit,),
            ).fetchone()
            self._starts[visit] = int(row[0] or 0)
        return self._starts[visit]

    def visit_of(self, table: str, row: str) -> str:
        """Return the visit or the group that a record belongs to, "" for none."""
        if table in WHOLE:
            return row
        column = belongs_by(table)
        if column not in columns_of(table):
            return ""
        key = (table, row)
        if key not in self._visits:
            found = self._sql.execute(f'SELECT {column} FROM "{table}" WHERE id = ?', (row,)).fetchone()
            self._visits[key] = found[0] if found is not None and found[0] else ""
        return self._visits[key]

    def whose(self, row: str) -> str:
        """Return the fingerprint of a row of `visit_share`."""
        found = self._sql.execute("SELECT fingerprint FROM visit_share WHERE id = ?", (row,)).fetchone()
        return str(found[0]) if found is not None else ""

    def last_to_leave(self, visit: str, row: str) -> str:
        """Return the fingerprint of somebody else whom oneself removed from what one made, and who had got of it."""
        found = self._sql.execute(
            "SELECT s.fingerprint FROM visit_share s JOIN sync_visit v ON v.visit_id = s.visit_id AND v.author = ?1 "
            "JOIN sync_shared h ON h.visit_id = s.visit_id AND h.table_name = 'visit_share' AND h.row_id = s.id "
            "WHERE s.id = ?2 AND s.visit_id = ?3 AND s.fingerprint <> ?1 AND s.folder IN (?4, '')",
            (self._sealing.me, row, visit, self._sealing.folder),
        ).fetchone()
        return str(found[0]) if found is not None else ""

    def audience(self, kind: str, visit: str) -> Audience:
        """Return the audience as it is now."""
        if kind == AudienceKind.ME:
            return Audience(AudienceKind.ME, members=(self._sealing.me,))
        if kind == AudienceKind.ALL:
            return Audience(AudienceKind.ALL)
        visit, _bar, left = visit.partition("|")
        shared = self.of(visit)
        members = (*(shared[1] if shared is not None else ()), *([left] if left else []))
        author = self._sql.execute("SELECT author FROM sync_visit WHERE visit_id = ?", (visit,)).fetchone()
        barred = removals.awaited(self._sql, visit)
        readable = {one for one in members if one in self._sealing.may_read and one not in barred} | {self._sealing.me}
        if missing := set(members) - readable:
            self.owed.setdefault(visit, set()).update(missing)
        readable = self._first(visit, readable)
        return Audience(
            AudienceKind.VISIT, visit, author[0] if author is not None else self._sealing.me, tuple(sorted(readable))
        )

    def _first(self, visit: str, readable: set[str]) -> set[str]:
        """Return those who are written to where somebody let in more than can be: oneself, then who came first."""
        if len(readable) <= MOST_READERS:
            return readable
        came = [
            row[0]
            for row in self._sql.execute(
                "SELECT s.fingerprint FROM visit_share s JOIN journal_change c ON c.row_id = s.id "
                "AND c.table_name = 'visit_share' WHERE s.visit_id = ? GROUP BY s.fingerprint ORDER BY min(c.seq)",
                (visit,),
            )
            if row[0] in readable
        ]
        return {self._sealing.me, *dict.fromkeys(came[: MOST_READERS - 1])}


def _audiences(shares: Shares, sealing: Sealing, op: Op, seq: int) -> Iterator[tuple[str, str]]:
    """Say to whom a change goes; to nobody where it travels through another folder."""
    if op.table == progress.TABLE:
        if op.row in progress.own_ids(sealing.me, sealing.folder):
            yield AudienceKind.ALL, ""
        return
    if op.table in PUBLIC:
        if sealing.home:
            own = op.table == surveys.TABLE and not surveys.is_of(op.row, sealing.me)  # a draft
            yield AudienceKind.ME if own else AudienceKind.ALL, ""
        return
    visit = shares.visit_of(op.table, op.row)
    joint = op.table in JOINT or (op.table == "visit" and op.column in JOINT_COLUMNS)
    shared = shares.of(visit) if visit and joint else None
    if shared is None or not shares.gone_to(visit, op.table, op.row, seq):
        if sealing.home:
            yield AudienceKind.ME, ""
        if visit and shared is None and op.table == "visit_share" and op.column == "deleted" and op.new:
            left = shares.last_to_leave(visit, op.row)
            if left:  # nobody is left to be told but who was removed
                yield AudienceKind.VISIT, f"{visit}|{left}"
        return
    if shared[0] == sealing.folder:
        yield AudienceKind.VISIT, visit
        if op.table == "visit_share" and op.column == "deleted" and op.new:
            yield AudienceKind.VISIT, f"{visit}|{shares.whose(op.row)}"  # who was removed hears that, and nothing else


def _with_history(sql: Connection, ops: list[Op]) -> list[Op]:
    """Let changes of what was once deleted name all that they replace.

    Whoever joined while it was deleted got nothing of what came in between.
    """
    rows = {row for (row,) in sql.execute(_EVER_DELETED, (json.dumps(sorted({op.row for op in ops})),))}
    return [pushing.with_history(sql, op) if op.over and op.row in rows else op for op in ops]


_EVER_DELETED = (
    "SELECT DISTINCT g.value FROM json_each(?) g JOIN journal_change c ON c.row_id = g.value "
    "AND c.column_name = 'deleted' WHERE c.new = 1"
)


def _latest(ops: list[Op]) -> Iterator[Op]:
    """Leave out what was replaced within these changes: others get words, not how they were typed."""
    last: dict[tuple[str, str, str], Op] = {}
    for op in ops:
        before = last.pop(op.cell, None)
        if before is not None and before.op in op.over:
            over = tuple(sorted(set(op.over) | set(before.over)))
            last[op.cell] = replace(op, over=over, inserted=op.inserted or before.inserted)
        elif before is not None:
            yield before
            last[op.cell] = op
        else:
            last[op.cell] = op
    yield from last.values()


def _pushed(sql: Connection, shares: Shares, sealing: Sealing) -> Iterator[Batch]:
    """Give out the present values of what is to go to a visit's people."""
    waiting = sql.execute("SELECT visit_id, table_name, row_id FROM sync_push ORDER BY visit_id").fetchall()
    by_visit: dict[str, list[tuple[str, str]]] = {}
    for visit, table, row in waiting:
        by_visit.setdefault(visit, []).append((table, row))
    for visit, rows in by_visit.items():
        shared = shares.of(visit)
        if shared is None or shared[0] != sealing.folder:
            continue
        until = pushing.released_until(sql, visit)
        ops = [op for table, row in rows for op in _values(sql, sealing.me, visit, table, row, until)]
        for start in range(0, len(ops), MOST_OPS):
            audience = shares.audience(AudienceKind.VISIT, visit)
            yield from _batch(sql, shares, audience, ops[start : start + MOST_OPS])
        sql.executemany(
            "INSERT OR IGNORE INTO sync_shared VALUES (?, ?, ?)", [(visit, table, row) for table, row in rows]
        )
        sql.execute("DELETE FROM sync_push WHERE visit_id = ?", (visit,))


def _values(sql: Connection, me: str, visit: str, table: str, row: str, until: int) -> list[Op]:
    known = sql.execute(
        "SELECT 1 FROM sync_shared WHERE visit_id = ? AND table_name = ? AND row_id = ?", (visit, table, row)
    ).fetchone()
    return pushing.values(sql, table, row, until=until, me=me, known=known is not None)


def erased_people(sql: Connection, visit: str) -> list[tuple[str, str, int]]:
    """Return (fingerprint, folder, 0) of those who are told that a visit was erased; nothing else is kept of them."""
    row = sql.execute("SELECT value FROM meta WHERE key = ?", (f"erased:{visit}",)).fetchone()
    if row is None:
        return []
    kept = json.loads(row[0])
    return [(name, kept["folder"], 0) for name in kept["people"]]


def _batch(sql: Connection, shares: Shares, audience: Audience, ops: list[Op]) -> Iterator[Batch]:
    if not ops:
        return
    visits = {audience.visit}
    if audience.kind is AudienceKind.ME:
        visits = {shares.visit_of(op.table, op.row) for op in ops}
    told = () if audience.kind is AudienceKind.ALL else removals.known(sql, visits - {""})[:MOST_REMOVALS]
    yield Batch(audience, tuple(_actions(sql, {op.action for op in ops})), tuple(ops), told)


def _actions(sql: Connection, ids: Iterable[str]) -> Iterator[ActionHead]:
    for row in sql.execute(
        "SELECT id, kind, at, author_id, scope, undoes FROM journal_action "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (json.dumps(sorted(ids)),),
    ):
        yield ActionHead(*row)


def _is_known(sql: Connection, folder: str, name: str) -> bool:
    found = sql.execute("SELECT 1 FROM sync_segment WHERE folder = ? AND hash = ?", (folder, name)).fetchone()
    return found is not None


def seal(
    writing: Writing, sealing: Sealing, pack: Callable[[Batch, str, int, str], tuple[bytes, str]], now: str
) -> int:
    """Make segments of what is unsealed and keep them to be written to the folder; return how many.

    Call again until `unsealed` and `sync_push` are empty: each call takes a bounded part.

    Args:
        writing: the transaction it belongs into.
        sealing: for which folder and whom.
        pack: (batch, writer, seq, hash of the segment before) -> bytes of the segment and its hash.
        now: the present moment as the database keeps it.
    """
    sql = writing.sql
    writer = str(sql.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0])
    seq, before = sql.execute("SELECT last_seq, last_hash FROM sync_folder WHERE id = ?", (sealing.folder,)).fetchone()
    start = int(sql.execute("SELECT sealed FROM sync_folder WHERE id = ?", (sealing.folder,)).fetchone()[0])
    made = 0
    for batch in batches(writing, sealing):
        seq, made, follows = seq + 1, made + 1, before
        raw, before = pack(batch, writer, seq, before)
        if _is_known(sql, sealing.folder, before):  # a copy of this computer was quicker: the very same segment came
            continue
        unsent.keep(sql, before, follows, start)
        sql.execute("INSERT OR IGNORE INTO sync_raw(hash, raw) VALUES (?, ?)", (before, raw))
        sql.execute(
            "INSERT INTO sync_segment(folder, hash, writer, seq, state, audience, changes, at, size) "
            "VALUES (?, ?, ?, ?, 'out', ?, ?, ?, ?)",
            (
                sealing.folder, before, writer, seq, batch.audience.visit or batch.audience.kind.value,
                len(batch.ops), now, len(raw),
            ),
        )  # fmt: skip
    if made:
        sql.execute("UPDATE sync_folder SET last_seq = ?, last_hash = ? WHERE id = ?", (seq, before, sealing.folder))
    return made
