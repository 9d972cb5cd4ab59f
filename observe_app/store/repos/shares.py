"""Who takes part in the record of a visit, what of it goes to them, and who is meant by a person's id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from observe_app.domain.people import Role
from observe_app.domain.sync.rights import OF_THE_AUTHOR, belongs_by, share_id
from observe_app.domain.sync.shares import Share, ShareRole
from observe_app.store.journal import plain_sql
from observe_app.store.repos.base import Repo
from observe_app.store.repos.visits import VisitRepo
from observe_app.store.schema import AttachmentRow, ErasureRow, ShareRow
from observe_app.store.sync import unsent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_NAMED = (
    ("event", "author_id"), ("action_step", "owner_id"), ("form_version", "author_id"), ("release", "by_id"),
    ("reader", "person_id"), ("journal_entry", "person_id"),
)  # fmt: skip
"""Cells that name a person; `visit_member` has the person in its ids too and is written anew."""


class ShareRepo(Repo):
    """Rows of sharing, and the lists that sealing reads."""

    def of_visit(self, visit_id: str) -> tuple[Share, ...]:
        """Return who takes part or did, the first one first."""
        rows = self.session.scalars(select(ShareRow).where(ShareRow.visit_id == visit_id).order_by(ShareRow.at))
        known = set(ShareRole)
        return tuple(_share(row) for row in rows if row.role in known)

    def put(self, share: Share) -> None:
        """Keep somebody's part as it is now."""
        row_id = share_id(share.visit_id, share.fingerprint)
        row = self.session.get(ShareRow, row_id)
        if row is None:
            self.session.add(
                ShareRow(
                    id=row_id, visit_id=share.visit_id, fingerprint=share.fingerprint, role=share.role.value,
                    folder=share.folder, name=share.name, by=share.by, ground=share.ground, at=share.at,
                    deleted=share.deleted,
                )
            )  # fmt: skip
        else:
            row.role, row.folder, row.by = share.role.value, share.folder, share.by
            row.ground, row.at, row.deleted = share.ground, share.at, share.deleted
        self.session.flush()

    def author(self, visit_id: str) -> str:
        """Return the fingerprint of who made a shared visit, "" where no letter said so."""
        found = self.session.execute(text("SELECT author FROM sync_visit WHERE visit_id = :v"), {"v": visit_id}).first()
        return "" if found is None else str(found[0])

    def bind(self, visit_id: str, author: str, folder: str) -> None:
        """Keep who made a visit; who was kept before stays."""
        self.session.execute(
            text("INSERT OR IGNORE INTO sync_visit(visit_id, author, folder) VALUES (:v, :a, :f)"),
            {"v": visit_id, "a": author, "f": folder},
        )

    def push(self, visit_id: str, rows: Iterable[tuple[str, str]]) -> None:
        """Send these records, (table, row id), to a visit's people with the next sealing."""
        given = json.dumps(sorted(set(rows)))
        self.session.execute(
            text(
                "INSERT OR IGNORE INTO sync_push SELECT :v, json_extract(value, '$[0]'), json_extract(value, '$[1]') "
                "FROM json_each(:rows)"
            ),
            {"v": visit_id, "rows": given},
        )

    def push_all(self, visit_id: str) -> None:
        """Send all that has gone to a visit's people once more, for there is somebody new."""
        self.session.execute(
            text(
                "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared "
                "WHERE visit_id = :v"
            ),
            {"v": visit_id},
        )

    def unsend(self, visit_id: str) -> None:
        """Send nothing of what was to go, also of what lies in letters that nobody has written anywhere yet."""
        unsent.take_out(plain_sql(self.session), visit_id)

    def left(self, visit_id: str) -> bool:
        """Tell whether anything about a visit may have left this computer in a letter to its people."""
        return unsent.left(plain_sql(self.session), visit_id)

    def gone_since(self, visit_id: str) -> list[tuple[str, str]]:
        """Return the author's records that went to a visit's people and were deleted since."""
        found: list[tuple[str, str]] = []
        for table in sorted(OF_THE_AUTHOR - {"visit", "release"}):
            statement = (
                f'SELECT t.id FROM sync_shared s JOIN "{table}" t ON t.id = s.row_id '
                "WHERE s.visit_id = :v AND s.table_name = :t AND t.deleted = 1"
            )
            found += [(table, row[0]) for row in self.session.execute(text(statement), {"v": visit_id, "t": table})]
        return found

    def rows(self, table: str, visit_id: str) -> list[str]:
        """Return the ids of the records of one table that belong to a visit or a group, deleted ones left out."""
        statement = f'SELECT id FROM "{table}" WHERE {belongs_by(table)} = :v AND deleted = 0'
        return [row[0] for row in self.session.execute(text(statement), {"v": visit_id})]

    def shared_groups(self) -> list[str]:
        """Return the groups that are shared through a folder, or were."""
        rows = self.session.execute(text("SELECT g.id FROM peer_group g JOIN sync_visit v ON v.visit_id = g.id"))
        return [row[0] for row in rows]

    def has_gone(self, visit_id: str, table: str, row_id: str) -> bool:
        """Tell whether a record went to the people of a visit or a group, or is on its way."""
        found = self.session.execute(
            text(
                "SELECT 1 FROM sync_shared WHERE visit_id = :v AND table_name = :t AND row_id = :r "
                "UNION ALL SELECT 1 FROM sync_push WHERE visit_id = :v AND table_name = :t AND row_id = :r"
            ),
            {"v": visit_id, "t": table, "r": row_id},
        )
        return found.first() is not None

    def named_in(self, group_id: str, cells: Iterable[tuple[str, str]]) -> set[str]:
        """Return the people whom these cells, (table, column), of a group's records name and who are known here."""
        found: set[str] = set()
        for table, column in cells:
            statement = (
                f'SELECT DISTINCT t."{column}" FROM "{table}" t JOIN person p ON p.id = t."{column}" '
                "WHERE t.group_id = :g AND t.deleted = 0"
            )
            found |= {row[0] for row in self.session.execute(text(statement), {"g": group_id})}
        return found

    def meta(self, key: str) -> str:
        """Return what the database knows of itself under this key, "" for nothing."""
        row = self.session.execute(text("SELECT value FROM meta WHERE key = :k"), {"k": key}).first()
        return "" if row is None else str(row[0])

    def attach(self, row_id: str, visit_id: str, sha256: str, name: str, size: int) -> None:
        """Keep that a kept file belongs to a visit; its encrypted copy is made by a round."""
        if self.session.get(AttachmentRow, row_id) is None:
            self.session.add(
                AttachmentRow(id=row_id, visit_id=visit_id, sha256=sha256, name=name, size=size, deleted=False)
            )
            self.session.flush()

    def say_erased(self, row_id: str, visit_id: str, at: datetime, by: str, reason: str) -> None:
        """Keep that a visit was erased, without a word of it."""
        row = self.session.get(ErasureRow, row_id)
        if row is None:
            self.session.add(ErasureRow(id=row_id, visit_id=visit_id, at=at, by=by, reason=reason, deleted=False))
        self.session.flush()

    def cells_naming(self, person_id: str) -> list[tuple[str, str]]:
        """Return the records, (table, row id), that name a person."""
        found: list[tuple[str, str]] = []
        for table, column in (*_NAMED, ("visit_member", "person_id")):
            statement = f'SELECT id FROM "{table}" WHERE "{column}" = :p'
            found += [(table, row[0]) for row in self.session.execute(text(statement), {"p": person_id})]
        return found

    def name_anew(self, old: str, new: str) -> None:
        """Put one person's id in place of another's in every record."""
        for table, column in _NAMED:
            statement = f'UPDATE "{table}" SET "{column}" = :new WHERE "{column}" = :old'
            self.session.execute(text(statement), {"new": new, "old": old})
        members = self.session.execute(
            text("SELECT id, visit_id, role FROM visit_member WHERE person_id = :old AND deleted = 0"), {"old": old}
        ).all()
        for row_id, visit, role in members:
            self.session.execute(text("UPDATE visit_member SET deleted = 1 WHERE id = :id"), {"id": row_id})
            if role in set(Role):
                VisitRepo(self.session).add_member(visit, Role(role), new)
        self.session.expire_all()


def _share(row: ShareRow) -> Share:
    return Share(
        row.id, row.visit_id, row.fingerprint, ShareRole(row.role), row.folder, row.name, row.by, row.ground, row.at,
        row.deleted,
    )  # fmt: skip
