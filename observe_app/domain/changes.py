"""What a unit of work changed, and how the journal tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Changes:
    """One notice after a commit.

    Attributes:
        rows: (table, row id) of every record touched, e.g. ("event", "0192…").
        action: name of the user action, e.g. "note.add"; "" when several came at once from outside.
        visits: ids of the visits that the rows belong to.
        initiator: who wrote, so that a page can ignore its own echo; "" when unknown, "outside" when another process,
            "sync" for what came through a shared folder.
        position: journal position after the commit.
        count: how many changes came with it, the last at `position`; 0 where nobody counts.
    """

    rows: frozenset[tuple[str, str]] = frozenset()
    action: str = ""
    visits: frozenset[str] = frozenset()
    initiator: str = ""
    position: int = 0
    count: int = 0

    def touches(self, *tables: str) -> bool:
        """Whether any record of one of these tables changed."""
        return any(table in tables for table, _row in self.rows)

    def of(self, table: str) -> frozenset[str]:
        """Return the ids of this table's records that changed."""
        return frozenset(row for name, row in self.rows if name == table)


@dataclass(frozen=True, slots=True)
class Seen:
    """The op ids whose values an author had on screen; they become `over` of what is written.

    It is the union over the cells an editor displays. Build it when the editor loads
    (`services.history.seen`), add to it when the editor refreshes, pass it with the write.
    """

    ops: frozenset[str] = frozenset()

    def __or__(self, other: Seen) -> Seen:
        """Return both together."""
        return Seen(self.ops | other.ops)


NOTHING_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Opened(Generic[T_co]):
    """A record as an editor loaded it, with the op ids behind what it shows."""

    value: T_co
    seen: Seen = NOTHING_SEEN


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that changed.

    Attributes:
        op: id of the change.
        table: table name. row: record id. column: field name.
        old: value before, None for a new record's field. new: value after.
        over: op ids that the author had on screen.
        stamp: hybrid clock reading, sortable as text.
        inserted: the change came with the record's creation.
    """

    op: str
    table: str
    row: str
    column: str
    old: str | int | float | None
    new: str | int | float | None
    over: tuple[str, ...]
    stamp: str
    inserted: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person did, with all that it changed.

    Attributes:
        kind: stable name such as "note.add"; the window turns it into words.
        scope: id of the visit or of the form's draft that it belongs to, None when it belongs to none.
        undoes: id of the action that this one took back or brought again.
        undone: it was taken back and not brought again.
        undoable: undo may take it back.
        skipped: fields that an undo left alone because they had changed again since.
    """

    id: str
    kind: str
    at: datetime
    writer: str
    author_id: str | None
    scope: str | None
    undoes: str | None
    undone: bool
    undoable: bool
    changes: tuple[FieldChange, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class UndoState:
    """What undo and redo would do now; None when there is nothing."""

    undo: str | None = None
    redo: str | None = None


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """Every change of one record, oldest first."""

    table: str
    row: str
    changes: tuple[tuple[Action, FieldChange], ...] = field(default=())
