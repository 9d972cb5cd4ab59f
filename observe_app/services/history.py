"""Undo, redo, and what became of a record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.changes import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.changes import Action, RecordHistory, UndoState
    from observe_app.domain.sync.letter import Value
    from observe_app.services.core import Core

REACH = timedelta(hours=24)
"""How far back undo reaches: what was done longer ago is corrected, not taken back by a key."""


def undo(core: Core, *, scope: str | None = None, kinds: tuple[str, ...] = ()) -> Action:
    """Take back the newest own action, of one visit when `scope` names it.

    Args:
        core: the open data folder.
        scope: the visit, None for any.
        kinds: what the action's kind begins with; newer ones of other kinds stay as they are. Any without.

    Returns:
        The action taken back; `skipped` counts the fields that had changed again since and were left alone.

    Raises:
        NothingToUndo: there is none.
    """
    from observe_app.store import journal  # noqa: PLC0415  (services load before the store does)

    with core.store.write("undo", scope=scope, undoable=False) as unit:
        action = journal.undo(unit, core.clock.now() - REACH, kinds)
        unit.commit()
        return action


def redo(core: Core, *, scope: str | None = None) -> Action:
    """Bring back what the newest undo took, unless something new was done since.

    Raises:
        NothingToUndo: there is none.
    """
    from observe_app.store import journal  # noqa: PLC0415

    with core.store.write("redo", scope=scope, undoable=False) as unit:
        action = journal.redo(unit, core.clock.now() - REACH)
        unit.commit()
        return action


def state(core: Core, *, scope: str | None = None) -> UndoState:
    """Return the kinds of the actions that undo and redo would touch now."""
    with core.store.read() as unit:
        return unit.journal.state(scope, core.clock.now() - REACH)


def of_record(core: Core, *, table: str, row: str) -> RecordHistory:
    """Return every change of a record, oldest first."""
    with core.store.read() as unit:
        return unit.journal.of_record(table, row)


def of_visit(core: Core, visit_id: str, limit: int = 200) -> tuple[Action, ...]:
    """Return a visit's newest actions with what they changed, newest first."""
    with core.store.read() as unit:
        return unit.journal.of_scope(visit_id, limit)


def seen(core: Core, *records: tuple[str, str]) -> Seen:
    """Return the live op ids of these records, given as (table, row id)."""
    with core.store.read() as unit:
        return unit.seen(*records)


def seen_as_shown(core: Core, *, table: str, row: str, shown: Mapping[str, Value]) -> Seen:
    """Return what stands behind values that an editor displays, when the first key is pressed in it.

    A value that came in since it was displayed is not among it, nor is any of a column that is not named.

    Args:
        core: the open data folder.
        table: of the record.
        row: its id.
        shown: by column, as the journal keeps them.
    """
    with core.store.read() as unit:
        live = unit.seen((table, row)).ops
        changes = [change for _action, change in unit.journal.of_record(table, row).changes]
    found: set[str] = set()
    for column, value in shown.items():
        ops = [change for change in changes if change.column == column]
        now = {change.op for change in ops if change.op in live}
        if all(change.new == value for change in ops if change.op in now):
            found |= now
        else:
            found |= {change.op for change in ops if change.new == value}
    return Seen(frozenset(found))
