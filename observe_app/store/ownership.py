"""What was written by somebody else is not changed here: asked once before each act is kept.

Other computers would refuse it anyway, by its signature; this one says so at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import text

from observe_app.domain.errors import NotReleasable
from observe_app.domain.sync.rights import GROUP, JOINT, JOINT_COLUMNS, OF_THE_AUTHOR, belongs_by
from observe_app.domain.sync.shares import ShareRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

FINGERPRINT = "fingerprint"
"""Key of `meta` under which one's own fingerprint is kept once anything came through a shared folder."""

_FREE_COLUMNS = JOINT_COLUMNS | {"stage", "deleted"}
"""Columns of somebody else's visit that one may change on one's own computer."""
_OWN = frozenset({"turn", "reply", "attachment", "excerpt"})

_FOREIGN = text(
    "SELECT v.visit_id, v.author, coalesce((SELECT s.role FROM visit_share s WHERE s.visit_id = v.visit_id "
    "AND s.deleted = 0 AND s.fingerprint = (SELECT value FROM meta WHERE key = 'fingerprint')), '') FROM sync_visit v "
    "WHERE v.author <> (SELECT value FROM meta WHERE key = 'fingerprint')"
)
_CHANGED = text(
    "SELECT c.table_name, c.row_id, c.column_name FROM journal_change c WHERE c.action_id = :action "
    "AND c.row_id IN (SELECT value FROM json_each(:rows))"
)
_OTHERS = text(
    "SELECT c.new, c.row_id FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
    "WHERE c.row_id IN (SELECT value FROM json_each(:rows)) AND c.column_name IN ('visit_id', 'group_id') "
    "AND a.signer IS NOT NULL AND a.signer <> (SELECT value FROM meta WHERE key = 'fingerprint')"
)


def check(session: Session, action: str, touched: Iterable[tuple[str, str]]) -> None:
    """Refuse an act that changes what somebody else wrote in a shared visit.

    Raises:
        NotReleasable: "not_yours", with the name of who wrote it; "others_words"; of a group "group_not_yours" and
            "group_left", with the name of who shares it.
    """
    tables = OF_THE_AUTHOR | JOINT
    rows = {(table, row) for table, row in touched if table in tables}
    if not rows:
        return
    foreign = {visit: (author, role) for visit, author, role in session.execute(_FOREIGN)}
    own = {row for table, row in rows if table in _OWN}
    if own:
        _others_words(session, action, own)
    if not foreign:
        return
    for table in {table for table, _row in rows}:
        ids = json.dumps([row for name, row in rows if name == table])
        column = belongs_by(table)
        statement = f'SELECT id, "{column}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(:rows))'
        for row, visit in session.execute(text(statement), {"rows": ids}):
            if visit in foreign:
                _foreign(session, action, table, row, visit, *foreign[visit])


def _foreign(session: Session, action: str, table: str, row: str, visit: str, author: str, role: str) -> None:
    columns = {
        column
        for name, _row, column in session.execute(_CHANGED, {"action": action, "rows": json.dumps([row])})
        if name == table
    }
    if table == "visit":
        wrong = columns - _FREE_COLUMNS
    elif table in OF_THE_AUTHOR:
        wrong = columns
    elif table == "peer_group" and role == ShareRole.COACH:
        wrong = columns & {"deleted"}
    elif role in (ShareRole.TEACHER, ShareRole.COACH) or table == "erasure":
        wrong = set()
    else:
        wrong = columns - {"seen"}
    if wrong:
        reason = "not_yours"
        if table in GROUP:
            reason = "group_not_yours" if role else "group_left"
        raise NotReleasable(visit, reason, _name(session, visit, author))


def _others_words(session: Session, action: str, rows: set[str]) -> None:
    given = json.dumps(sorted(rows))
    for visit, row in session.execute(_OTHERS, {"rows": given}).all():
        changed = session.execute(_CHANGED, {"action": action, "rows": json.dumps([row])})
        if {column for _table, _row, column in changed} - {"seen"}:
            raise NotReleasable(str(visit), "others_words")


def _name(session: Session, visit: str, author: str) -> str:
    row = session.execute(
        text("SELECT name FROM visit_share WHERE visit_id = :v AND fingerprint = :f"), {"v": visit, "f": author}
    ).first()
    return "" if row is None else str(row[0])
