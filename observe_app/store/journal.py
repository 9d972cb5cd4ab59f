"""The journal read back: history of a record, what was on screen, undo and redo.

Undo is a new action that writes the old values; nothing is taken out of the journal. A value that changed again since
is left alone. A new record is undone by its `deleted` flag.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, text

from observe_app.domain.changes import Action, FieldChange, RecordHistory, Seen, UndoState
from observe_app.domain.errors import NothingToUndo
from observe_app.store.capture import over_list
from observe_app.store.schema import ActionRow, ChangeRow, synced_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from observe_app.store.unit import WriteUnit


CHOICE = "also."
"""How the kinds of actions begin that choose between what several people wrote; undo opens the question again."""


def position(session: Session) -> int:
    """Return the sequence number of the last change, 0 for none."""
    return int(session.execute(select(func.coalesce(func.max(ChangeRow.seq), 0))).scalar_one())


_STANDING = text(
    "SELECT (SELECT value FROM meta WHERE key = 'writer'), "
    "(SELECT stamp FROM journal_change ORDER BY seq DESC LIMIT 1), (SELECT value FROM meta WHERE key = 'clock')"
)


def standing(session: Session) -> tuple[str, str | None, str | None]:
    """Return the installation's id, the stamp of the last change, and the latest stamp of others that counts here.

    The last change may be somebody else's, whose clock may be years ahead; how far their stamps may take ours along is
    kept under "clock" when they come (`store.sync.clock`).
    """
    writer, last, clock = session.execute(_STANDING).one()
    return str(writer), last, clock


def heads(session: Session, cells: Iterable[tuple[str, str]]) -> Seen:
    """Return the op ids behind what these records show, given as (table, row id).

    What stands unseen beside a shown value is not among them: who writes there has not read it.
    """
    wanted = set(cells)
    # One value however many records: SQLite takes only so many parameters, and an import has more.
    ids = json.dumps(sorted({row for _table, row in wanted}))
    rows = session.execute(
        text("SELECT op, table_name, row_id FROM journal_head WHERE row_id IN (SELECT value FROM json_each(:ids))"),
        {"ids": ids},
    )
    live = frozenset(op for op, table, row in rows if (table, row) in wanted)
    from observe_app.store.sync import conflicts  # noqa: PLC0415  (no first page edits)

    return Seen(live - conflicts.hidden(plain_sql(session), wanted))


def plain_sql(session: Session) -> Any:
    """Return the driver's connection in the session's transaction, for what is written in SQL alone."""
    return session.connection().connection.driver_connection


def _action(row: ActionRow, changes: tuple[FieldChange, ...] = (), skipped: int | None = None) -> Action:
    return Action(
        id=row.id,
        kind=row.kind,
        at=row.at,
        writer=row.writer,
        author_id=row.author_id,
        scope=row.scope,
        undoes=row.undoes,
        undone=row.undone,
        undoable=row.undoable,
        changes=changes,
        skipped=row.skipped if skipped is None else skipped,
    )


def _change(row: ChangeRow) -> FieldChange:
    return FieldChange(
        op=row.op,
        table=row.table_name,
        row=row.row_id,
        column=row.column_name,
        old=row.old,
        new=row.new,
        over=over_list(row.over),
        stamp=row.stamp,
        inserted=row.inserted,
    )


class JournalRepo:
    """Questions to the journal."""

    def __init__(self, session: Session, writer: str) -> None:
        """Ask for this installation."""
        self._session = session
        self._writer = writer

    def of_record(self, table: str, row: str) -> RecordHistory:
        """Return every change of a record, oldest first."""
        found = self._session.execute(
            select(ChangeRow, ActionRow)
            .join(ActionRow, ActionRow.id == ChangeRow.action_id)
            .where(ChangeRow.row_id == row, ChangeRow.table_name == table)
            .order_by(ChangeRow.seq)
        ).all()
        return RecordHistory(table, row, tuple((_action(action), _change(change)) for change, action in found))

    def made_after(self, table: str, row: str) -> frozenset[str]:
        """Return the records of a table that were made after this one of it; the journal knows, whatever clocks say."""
        made = (ChangeRow.table_name == table, ChangeRow.inserted)
        first = select(func.min(ChangeRow.seq)).where(ChangeRow.row_id == row, *made).scalar_subquery()
        return frozenset(
            self._session.scalars(select(ChangeRow.row_id).where(ChangeRow.seq > first, *made).distinct())
        ) - {row}

    def of_scope(self, scope: str, limit: int) -> tuple[Action, ...]:
        """Return the newest actions of a visit with their changes, newest first."""
        actions = self._session.scalars(
            select(ActionRow).where(ActionRow.scope == scope).order_by(ActionRow.seq.desc()).limit(limit)
        ).all()
        changes: dict[str, list[FieldChange]] = {action.id: [] for action in actions}
        for row in self._session.scalars(
            select(ChangeRow).where(ChangeRow.action_id.in_(list(changes))).order_by(ChangeRow.seq)
        ):
            changes[row.action_id].append(_change(row))
        return tuple(_action(action, tuple(changes[action.id])) for action in actions)

    def to_undo(self, scope: str | None, since: datetime, kinds: tuple[str, ...] = ()) -> ActionRow | None:
        """Return the newest own action that undo would take back, None for none.

        Args:
            scope: the visit, None for all.
            since: nothing older.
            kinds: what its kind must begin with, any without; what is of other kinds is passed over.
        """
        query = self._own(scope).where(ActionRow.undoable, ActionRow.undoes.is_(None), ~ActionRow.undone)
        if kinds:
            query = query.where(or_(*(ActionRow.kind.startswith(kind, autoescape=True) for kind in kinds)))
        newest = self._session.scalars(query.order_by(ActionRow.seq.desc()).limit(1)).first()
        return newest if newest is not None and self._reaches(newest, scope, since) else None

    def to_redo(self, scope: str | None, since: datetime) -> ActionRow | None:
        """Return the undo action that redo would take back: the newest, if nothing new was done after it."""
        newest = self._session.scalars(
            self._own(scope)
            .where(
                ActionRow.kind == "undo",
                ~ActionRow.undone,
                select(ChangeRow.seq).where(ChangeRow.action_id == ActionRow.id).exists(),
            )
            .order_by(ActionRow.seq.desc())
            .limit(1)
        ).first()
        if newest is None or not self._reaches(newest, scope, since):
            return None
        later = self._session.scalars(
            self._own(scope).where(ActionRow.undoable, ActionRow.undoes.is_(None), ActionRow.seq > newest.seq).limit(1)
        ).first()
        return None if later else newest

    def state(self, scope: str | None, since: datetime) -> UndoState:
        """Return the kinds of the actions that undo and redo would touch."""
        undo = self.to_undo(scope, since)
        redo = self.to_redo(scope, since)
        original = self._by_id(redo.undoes) if redo is not None and redo.undoes else None
        return UndoState(undo.kind if undo else None, original.kind if original else None)

    def _reaches(self, action: ActionRow, scope: str | None, since: datetime) -> bool:
        """Whether an action was done since a moment: by the wall clock, or after another one that was.

        The order is what the journal knows for sure. A clock that was a year slow for a while must not make undo pass
        over what was done last and take back something older.
        """
        if action.at >= since:
            return True
        before = self._own(scope).where(ActionRow.seq < action.seq, ActionRow.at >= since).limit(1)
        return self._session.scalars(before).first() is not None

    def _own(self, scope: str | None) -> Any:
        query = select(ActionRow).where(ActionRow.writer == self._writer)
        return query.where(ActionRow.scope == scope) if scope is not None else query

    def _by_id(self, action_id: str) -> ActionRow | None:
        return self._session.scalars(select(ActionRow).where(ActionRow.id == action_id)).first()

    def changes_of(self, action_id: str) -> tuple[FieldChange, ...]:
        """Return what an action changed, in order."""
        rows = self._session.scalars(select(ChangeRow).where(ChangeRow.action_id == action_id).order_by(ChangeRow.seq))
        return tuple(_change(row) for row in rows)


def _put(session: Session, change: FieldChange, rows: Sequence[str]) -> int:
    """Write the old value in these records where the new one still stands; return how many took it."""
    done = session.execute(
        text(
            f'UPDATE "{change.table}" SET "{change.column}" = :old WHERE "{change.column}" IS :new '
            "AND id IN (SELECT value FROM json_each(:rows))"
        ),
        {"old": change.old, "new": change.new, "rows": json.dumps(list(rows))},
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _what(change: FieldChange) -> tuple[object, ...]:
    # 1 and 1.0 and True are equal to Python and are not the same value.
    return change.table, change.column, type(change.old), change.old, type(change.new), change.new


def _alike(changes: Iterable[FieldChange]) -> Iterator[list[FieldChange]]:
    """Group neighbours that did the same to different records, as an import or a redo of one does."""
    group: list[FieldChange] = []
    rows: set[str] = set()
    for change in changes:
        first = group[0] if group else change
        same = (change.table, change.column, change.old, change.new) == (
            first.table,
            first.column,
            first.old,
            first.new,
        )
        if group and (not same or change.row in rows):
            yield group
            group, rows = [], set()
        group.append(change)
        rows.add(change.row)
    if group:
        yield group


def _take_back(unit: WriteUnit, changes: tuple[FieldChange, ...]) -> int:
    """Write the old values where the new ones still stand; return how many fields were left alone."""
    session = unit.session
    tables = set(synced_tables())
    skipped = 0
    unit.see(heads(session, {(change.table, change.row) for change in changes}))
    inserted: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.inserted:
            inserted.setdefault(change.table, {})[change.row] = None
    for table, rows in inserted.items():
        session.execute(
            text(f'UPDATE "{table}" SET deleted = 1 WHERE id IN (SELECT value FROM json_each(:rows))'),
            {"rows": json.dumps(list(rows))},
        )
    left = [
        change
        for change in reversed(changes)
        if change.table in tables and change.row not in inserted.get(change.table, {})
    ]
    for group in _alike(left):
        skipped += len(group) - _put(session, group[0], [change.row for change in group])
    return skipped


def undo(unit: WriteUnit, since: datetime, kinds: tuple[str, ...] = ()) -> Action:
    """Take back the newest own action of the unit's scope, of these kinds where any are named.

    Returns:
        The action taken back, with what it had changed and how many fields were left alone.

    Raises:
        NothingToUndo: there is none, or everything it changed has changed again since.
    """
    target = unit.journal.to_undo(unit.scope, since, kinds)
    if target is None:
        raise NothingToUndo
    return _reverse(unit, target)


def redo(unit: WriteUnit, since: datetime) -> Action:
    """Bring back what the newest undo of the unit's scope took.

    Raises:
        NothingToUndo: there is none, or something new was done since.
    """
    target = unit.journal.to_redo(unit.scope, since)
    if target is None:
        raise NothingToUndo
    return _reverse(unit, target)


def _reverse(unit: WriteUnit, target: ActionRow) -> Action:
    from observe_app.store.sync import choices  # noqa: PLC0415  (no first page takes anything back)

    unit.undoes = target.id
    unit.scope = target.scope
    original = target
    if target.undoes:
        original = unit.session.scalars(select(ActionRow).where(ActionRow.id == target.undoes)).one()
        original.undone = False
    if not original.kind.startswith(CHOICE):
        unit.skipped = _take_back(unit, unit.journal.changes_of(target.id))
    elif original is target:
        unit.skipped = choices.reopen(unit, unit.journal.changes_of(target.id))
    else:
        unit.skipped = choices.choose_again(unit, unit.journal.changes_of(original.id), target.id)
    target.undone = True
    unit.session.flush()
    return _action(original, unit.journal.changes_of(original.id), skipped=unit.skipped)
