"""Putting one person in place of another in every record that is one's own to change."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from observe_app.domain.ids import natural_id
from observe_app.domain.people import Role
from observe_app.store.repos.base import Repo
from observe_app.store.repos.visits import VisitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_VISITS = (("action_step", "owner_id"), ("reader", "person_id"), ("event", "author_id"))
"""Cells of a visit that name a person; in a visit that somebody else made they stay, as signed words do."""

FREE = (
    ("journal_entry", "person_id"), ("person", "manager_id"), ("lesson_slot", "person_id"),
    ("pairing", "observer_id"), ("pairing", "teacher_id"), ("goal", "person_id"), ("session_item", "person_id"),
    ("follow_up", "owner_id"), ("session", "facilitator_id"), ("session", "recorder_id"),
    ("session", "time_keeper_id"), ("excerpt", "person_id"), ("portfolio", "person_id"),
    ("hours_entry", "person_id"), ("certificate", "person_id"), ("survey", "organiser_id"),
    ("survey_answer", "person_id"), ("person", "merged_into"),
)  # fmt: skip
"""Cells that name a person and are one's own alone."""

LISTS = (("school_class", "teacher_ids"), ("visit_round", "people"), ("survey_secret", "asked"))
"""Cells with a JSON list of people."""

WITHIN = (("visit_round", "rules"), ("visit_round", "report"))
"""Cells with JSON that names people somewhere."""

SINGLE = (("group_member", "group_id"), ("attendance", "session_id"))
"""Tables in which a person stands once for each of these."""

LEFT = (
    ("form_version", "author_id"),
    ("release", "by_id"),
    ("journal_action", "author_id"),
    ("survey_done", "person_id"),
)
"""Cells that go on naming the old record: what went out or was done is not written anew, and names are followed."""

_PRESENT = ("present", "part", "apologies", "absent")
"""Of two entries of one person in a session the one counts that says more of them was there."""

_FOREIGN = (
    "visit_id NOT IN (SELECT visit_id FROM sync_visit "
    "WHERE author <> (SELECT value FROM meta WHERE key = 'fingerprint'))"
)


class MergeRepo(Repo):
    """Finds and rewrites what names a person."""

    def naming(self, person_id: str) -> dict[str, tuple[str, ...]]:
        """Return by table the records that name a person and can be changed, those in the bin left out."""
        found: dict[str, set[str]] = {}
        for table, condition in _conditions():
            statement = f'SELECT id FROM "{table}" WHERE {condition} AND deleted = 0'
            rows = self.session.execute(text(statement), {"p": person_id, "like": f"%{person_id}%"})
            found.setdefault(table, set()).update(str(row[0]) for row in rows)
        return {table: tuple(sorted(ids)) for table, ids in found.items() if ids}

    def foreign_visits(self, person_id: str) -> int:
        """Return how many visits that somebody else made name a person; they are followed, not changed."""
        statement = (
            "SELECT count(DISTINCT visit_id) FROM visit_member WHERE person_id = :p AND deleted = 0 AND NOT " + _FOREIGN
        )
        return int(self.session.execute(text(statement), {"p": person_id}).scalar_one())

    def together(self, one: str, other: str) -> int:
        """Return in how many visits both of two people take part."""
        statement = (
            "SELECT count(DISTINCT m.visit_id) FROM visit_member m JOIN visit_member o ON o.visit_id = m.visit_id "
            "WHERE m.person_id = :one AND o.person_id = :other AND m.deleted = 0 AND o.deleted = 0 AND m.role <> o.role"
        )
        return int(self.session.execute(text(statement), {"one": one, "other": other}).scalar_one())

    def cells(self, old: str, new: str) -> list[tuple[str, str]]:
        """Return the records, (table, row id), that `put` may change."""
        found = [(table, row) for table, ids in self.naming(old).items() for row in ids]
        for table, column in SINGLE:
            statement = f'SELECT id FROM "{table}" WHERE person_id = :p AND "{column}" IS NOT NULL'
            found += [(table, str(row[0])) for row in self.session.execute(text(statement), {"p": new})]
        members = self.session.execute(text("SELECT id FROM visit_member WHERE person_id = :p"), {"p": new})
        found += [("visit_member", str(row[0])) for row in members]
        return found

    def put(self, old: str, new: str) -> None:
        """Put `new` where `old` stands."""
        for table, column in (*OF_VISITS, *FREE):
            own = f" AND {_FOREIGN}" if (table, column) in OF_VISITS else ""
            statement = f'UPDATE "{table}" SET "{column}" = :new WHERE "{column}" = :old{own}'
            self.session.execute(text(statement), {"new": new, "old": old})
        for table, column in LISTS:
            self._lists(table, column, old, new)
        for table, column in WITHIN:
            statement = f'UPDATE "{table}" SET "{column}" = replace("{column}", :old, :new) WHERE "{column}" LIKE :like'
            self.session.execute(text(statement), {"new": new, "old": old, "like": f"%{old}%"})
        self._members(old, new)
        self._groups(old, new)
        self._attendance(old, new)
        # Nobody is their own line manager, and nobody visits themselves.
        self.session.execute(text("UPDATE person SET manager_id = '' WHERE id = :p AND manager_id = :p"), {"p": new})
        cancelled = "UPDATE pairing SET state = 'cancelled' WHERE observer_id = :p AND teacher_id = :p AND deleted = 0"
        self.session.execute(text(cancelled), {"p": new})
        self.session.expire_all()

    def _lists(self, table: str, column: str, old: str, new: str) -> None:
        statement = f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" LIKE :like'
        for row, written in self.session.execute(text(statement), {"like": f"%{old}%"}).all():
            named = list(dict.fromkeys(new if one == old else one for one in json.loads(written)))
            update = f'UPDATE "{table}" SET "{column}" = :value WHERE id = :id'
            value = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
            self.session.execute(text(update), {"value": value, "id": row})

    def _members(self, old: str, new: str) -> None:
        statement = f"SELECT id, visit_id, role FROM visit_member WHERE person_id = :old AND deleted = 0 AND {_FOREIGN}"
        for row, visit, role in self.session.execute(text(statement), {"old": old}).all():
            self.session.execute(text("UPDATE visit_member SET deleted = 1 WHERE id = :id"), {"id": row})
            if role in set(Role):
                VisitRepo(self.session).add_member(visit, Role(role), new)

    def _groups(self, old: str, new: str) -> None:
        from observe_app.domain.groups.group import GroupMember, member_id  # noqa: PLC0415  (rarely wanted, as below)
        from observe_app.store.repos.kept import Kept  # noqa: PLC0415
        from observe_app.store.schema_groups import GroupMemberRow  # noqa: PLC0415

        kept = Kept(self.session, GroupMemberRow, GroupMember, "group_member")
        there = {one.group_id: one for one in kept.find(person_id=new)}
        for one in kept.find(person_id=old):
            known = there.get(one.group_id)
            made = replace(one, id=member_id(one.group_id, new), person_id=new)
            if known is not None:
                made = replace(
                    known,
                    roles=tuple(dict.fromkeys((*known.roles, *one.roles))),
                    since=min(known.since, one.since) if known.since and one.since else None,
                    until=max(known.until, one.until) if known.until and one.until else None,
                )
            kept.remove(one.id)
            kept.put(made)

    def _attendance(self, old: str, new: str) -> None:
        from observe_app.domain.sessions.session import Attendance  # noqa: PLC0415
        from observe_app.store.repos.kept import Kept  # noqa: PLC0415
        from observe_app.store.schema_groups import AttendanceRow  # noqa: PLC0415

        kept = Kept(self.session, AttendanceRow, Attendance, "attendance")
        there = {one.session_id: one for one in kept.find(person_id=new)}
        for one in kept.find(person_id=old):
            known = there.get(one.session_id)
            kept.remove(one.id)
            if known is None:
                kept.put(replace(one, id=natural_id("attendance", one.session_id, new), person_id=new))
            elif _PRESENT.index(one.state) < _PRESENT.index(known.state):
                kept.change(known.id, {"state": one.state, "minutes": one.minutes})


def _conditions() -> Iterator[tuple[str, str]]:
    for table, column in OF_VISITS:
        yield table, f'"{column}" = :p AND {_FOREIGN}'
    yield "visit_member", f"person_id = :p AND {_FOREIGN}"
    for table, column in FREE:
        yield table, f'"{column}" = :p'
    for table, _column in SINGLE:
        yield table, "person_id = :p"
    for table, column in (*LISTS, *WITHIN):
        yield table, f'"{column}" LIKE :like'


def known_cells() -> frozenset[tuple[str, str]]:
    """Return every (table, column) of which this module knows what becomes of it when two people are joined."""
    alone: list[tuple[Any, Any]] = [("visit_member", "person_id"), *((table, "person_id") for table, _ in SINGLE)]
    return frozenset((*OF_VISITS, *FREE, *LISTS, *WITHIN, *LEFT, *alone))
