"""Visits and who takes part in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, text
from sqlalchemy.orm import aliased

from observe_app.domain.ids import natural_id
from observe_app.domain.people import Member, Role
from observe_app.domain.visit import Stage, Visit, VisitCount, VisitFilter, VisitRow
from observe_app.store.columns import UtcText, utc_text
from observe_app.store.names import KEPT_NAME, WITH_MERGED
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import MemberRow, PersonRow, VisitDataRow
from observe_app.store.search import any_of, match_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_kept = aliased(PersonRow)
"""Whom a person turned out to be."""
_FIELDS = tuple(column.name for column in table_of(VisitDataRow).columns)


def _name(role: str) -> str:
    return (
        f"coalesce((SELECT {KEPT_NAME.format(p='p')} FROM visit_member m JOIN person p ON p.id = m.person_id "
        f"WHERE m.visit_id = v.id AND m.role = '{role}' AND m.deleted = 0 ORDER BY m.id LIMIT 1), '')"
    )


_ORDERS = {
    "start": "coalesce(v.started, v.start, v.created) {dir}, v.id {dir}",
    "teacher": "lower(teacher) {dir}, coalesce(v.started, v.start) DESC, v.id",
    "class_name": "lower(v.class_name) {dir}, coalesce(v.started, v.start) DESC, v.id",
    "form": "lower(v.form_title) {dir}, coalesce(v.started, v.start) DESC, v.id",
    "stage": "CASE v.stage WHEN 'prepare' THEN 0 WHEN 'observe' THEN 1 WHEN 'talk' THEN 2 ELSE 3 END {dir}, v.id",
}

_LIST = f"""SELECT v.id, v.stage, {_name("teacher")} AS teacher, {_name("observer")} AS observer,
 v.class_name, v.subject, v.topic, v.room, v.start, v.started, v.minutes, v.zone, v.focus, v.form_id, v.form_title,
 (SELECT count(*) FROM event e WHERE e.visit_id = v.id AND e.deleted = 0 AND e.kind = 'note'),
 (SELECT count(*) FROM event e WHERE e.visit_id = v.id AND e.deleted = 0 AND e.starred = 1),
 (SELECT count(*) FROM claim c WHERE c.visit_id = v.id AND c.deleted = 0),
 (SELECT count(*) FROM action_step s WHERE s.visit_id = v.id AND s.deleted = 0 AND s.status = 'open')
FROM visit v WHERE v.id IN (SELECT value FROM json_each(:ids))"""

# What matches by visit, people by who they are.
_MATCHING = """SELECT coalesce(d.visit_id, ''), iif(d.kind = 'person', d.row_id, '') AS person,
 sum(d.kind = 'event') FROM search_fts JOIN search_doc d ON d.pk = search_fts.rowid WHERE search_fts MATCH :match
 GROUP BY d.visit_id, person"""
_OF_PEOPLE = """SELECT visit_id FROM visit_member WHERE deleted = 0
 AND person_id IN (SELECT value FROM json_each(:ids))"""


_LIST_FIELDS = tuple(name for name in VisitRow.__slots__ if name != "hits")


def member_id(visit_id: str, role: Role, person_id: str) -> str:
    """Return the id that every computer gives this role of this person."""
    return natural_id("member", visit_id, role.value, person_id)


class VisitRepo(Repo):
    """Visits of this data folder."""

    def get(self, visit_id: str) -> Visit:
        """Return a visit with its teacher's and observer's names, deleted or not.

        Raises:
            NotFound: no such id.
        """
        row = self.row(VisitDataRow, visit_id, "visit")
        members = {member.role: member for member in reversed(self.members(visit_id))}
        teacher, observer = members.get(Role.TEACHER), members.get(Role.OBSERVER)
        return Visit(
            teacher=teacher.name if teacher else "",
            teacher_id=teacher.person_id if teacher else None,
            observer=observer.name if observer else "",
            observer_id=observer.person_id if observer else None,
            **{name: getattr(row, name) for name in _FIELDS},
        )

    def add(self, visit: Visit) -> None:
        """Keep a new visit and its teacher and observer."""
        self.session.add(VisitDataRow(**{name: getattr(visit, name) for name in _FIELDS}))
        self.session.flush()
        for role, person_id in ((Role.TEACHER, visit.teacher_id), (Role.OBSERVER, visit.observer_id)):
            if person_id:
                self.set_role(visit.id, role, person_id)

    def change(self, visit_id: str, fields: Mapping[str, Any]) -> Visit:
        """Change fields of a visit.

        Raises:
            NotFound: no such id.
        """
        self.set(VisitDataRow, visit_id, "visit", fields)
        return self.get(visit_id)

    def members(self, visit_id: str) -> tuple[Member, ...]:
        """Return who takes part in which role."""
        rows = self.session.execute(
            select(func.coalesce(_kept.id, PersonRow.id), MemberRow.role, func.coalesce(_kept.name, PersonRow.name))
            .join(PersonRow, PersonRow.id == MemberRow.person_id)
            .outerjoin(_kept, and_(_kept.id == PersonRow.merged_into, ~_kept.deleted))
            .where(MemberRow.visit_id == visit_id, ~MemberRow.deleted)
            .order_by(MemberRow.id)
        )
        return tuple(Member(visit_id, person_id, role, name) for person_id, role, name in rows)

    def member_rows(self, visit_id: str, role: Role) -> tuple[str, ...]:
        """Return the row ids behind a role of a visit, taken away ones too."""
        return tuple(
            self.session.scalars(select(MemberRow.id).where(MemberRow.visit_id == visit_id, MemberRow.role == role))
        )

    def set_role(self, visit_id: str, role: Role, person_id: str | None) -> None:
        """Give a role to one person, or to nobody; others lose it."""
        for row in self.session.scalars(
            select(MemberRow).where(MemberRow.visit_id == visit_id, MemberRow.role == role, ~MemberRow.deleted)
        ):
            if row.person_id != person_id:
                row.deleted = True
        if person_id:
            self.add_member(visit_id, role, person_id)
        self.session.flush()

    def add_member(self, visit_id: str, role: Role, person_id: str) -> None:
        """Give a role to a person, beside whoever has it."""
        row_id = member_id(visit_id, role, person_id)
        existing = self.session.get(MemberRow, row_id)
        if existing is None:
            self.session.add(MemberRow(id=row_id, visit_id=visit_id, person_id=person_id, role=role, deleted=False))
        else:
            existing.deleted = False
        self.session.flush()

    def listing(self, wanted: VisitFilter) -> tuple[VisitRow, ...]:
        """Return the visits that the filter finds, in its order, one page of them."""
        return self._listing(wanted, self._found(wanted))

    def page(self, wanted: VisitFilter) -> tuple[tuple[VisitRow, ...], VisitCount]:
        """Return one page and how much there is, with one look for the words: of one letter it is most of all notes."""
        found = self._found(wanted)
        return self._listing(wanted, found), self._count(wanted, found)

    def _listing(self, wanted: VisitFilter, found: _Found | None) -> tuple[VisitRow, ...]:
        where, values = _conditions(wanted, found)
        order = _ORDERS.get(wanted.order, _ORDERS["start"]).format(dir="DESC" if wanted.descending else "ASC")
        teacher = f", {_name('teacher')} AS teacher" if "teacher" in order else ""
        # First which visits, from an index, then what the list says of them: counting notes of ten thousand visits to
        # show fifty took a quarter of a second.
        page = f"SELECT v.id{teacher} FROM visit v WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
        values |= {"limit": wanted.limit, "offset": wanted.offset}
        ids = [str(row[0]) for row in self.session.execute(text(page), values)]
        told = self.session.execute(text(_LIST), {"ids": json.dumps(ids)})
        by_id = {row[0]: row for row in told}
        known = {stage.value: stage for stage in Stage}
        moment = UtcText().process_result_value
        dialect = self.session.get_bind().dialect
        rows = []
        for one in ids:
            fields = dict(zip(_LIST_FIELDS, by_id[one], strict=True))
            fields["stage"] = known.get(fields["stage"], Stage.PREPARE)
            fields["start"] = moment(fields["start"], dialect)
            fields["started"] = moment(fields["started"], dialect)
            rows.append(VisitRow(**fields, hits=None if found is None else found.notes.get(one, 0)))
        return tuple(rows)

    def count(self, wanted: VisitFilter) -> VisitCount:
        """Return how much the filter finds."""
        return self._count(wanted, self._found(wanted))

    def _count(self, wanted: VisitFilter, found: _Found | None) -> VisitCount:
        where, values = _conditions(wanted, found)
        everything = self.session.execute(text("SELECT count(*) FROM visit v WHERE v.deleted = 0")).scalar_one()
        if found is None:
            shown = self.session.execute(text(f"SELECT count(*) FROM visit v WHERE {where}"), values).scalar_one()
            return VisitCount(int(shown), int(everything), 0)
        ids = [str(row[0]) for row in self.session.execute(text(f"SELECT v.id FROM visit v WHERE {where}"), values)]
        return VisitCount(len(ids), int(everything), sum(found.notes.get(one, 0) for one in ids))

    def _found(self, wanted: VisitFilter) -> _Found | None:
        """Return which visits have all the words, and how many of their notes have any; None without words."""
        words = words_of(wanted.words)
        if not words:
            return None
        visits: set[str] = set()
        notes: dict[str, int] = {}
        for place, word in enumerate(words):
            here, notes = self._with_word(match_of([word]))
            visits = here if not place else visits & here
        return _Found(visits, notes if len(words) == 1 else self._with_word(any_of(words))[1])

    def _with_word(self, match: str) -> tuple[set[str], dict[str, int]]:
        """Return the visits that match, by their words, notes or people, and the matching notes of each.

        One walk over what matches: of a common word it is most of all notes.
        """
        rows = self.session.execute(text(_MATCHING), {"match": match}).all()
        notes = {str(visit): int(number) for visit, person, number in rows if not person and number}
        people = [person for _visit, person, _number in rows if person]
        theirs = self.session.execute(text(_OF_PEOPLE), {"ids": json.dumps(people)}) if people else ()
        return {str(visit) for visit, person, _number in rows if not person} | {str(row[0]) for row in theirs}, notes

    def ids_like(self, start: str) -> tuple[str, ...]:
        """Return the ids of visits that begin or end with these characters, deleted ones left out."""
        rows = self.session.execute(
            text(
                "SELECT id FROM visit WHERE deleted = 0 AND (substr(id, 1, :n) = :start "
                "OR substr(id, -:n) = :start) ORDER BY id LIMIT 20"
            ),
            {"start": start, "n": len(start)},
        )
        return tuple(str(row[0]) for row in rows)

    def by_class(self) -> dict[str, int]:
        """Return by id of a class how many visits chose it."""
        rows = self.session.execute(
            text("SELECT class_id, count(*) FROM visit WHERE deleted = 0 AND class_id <> '' GROUP BY class_id")
        )
        return {str(one): int(count) for one, count in rows}

    def seated(self) -> tuple[tuple[str, str], ...]:
        """Return (id, class) of every visit that has a seating plan, the newest lesson first."""
        rows = self.session.execute(
            text(
                "SELECT id, class_name FROM visit WHERE deleted = 0 AND seating <> '' "
                "ORDER BY coalesce(started, start, created) DESC, id DESC"
            )
        )
        return tuple((str(visit_id), str(name)) for visit_id, name in rows)

    def forms_in_use(self) -> tuple[tuple[str, str], ...]:
        """Return (form id, title) of every form that a visit uses, by title."""
        rows = self.session.execute(
            text(
                "SELECT form_id, max(form_title) FROM visit WHERE deleted = 0 AND form_id <> '' "
                "GROUP BY form_id ORDER BY lower(max(form_title))"
            )
        )
        return tuple((str(form_id), str(title)) for form_id, title in rows)

    def order_among(self, visit_id: str) -> tuple[int, int]:
        """Return (which, of how many) this visit is among those with the same teacher and observer, by start."""
        rows = self.session.execute(
            text(
                "WITH mine AS MATERIALIZED (SELECT m.role, iif(q.merged_into = '', q.id, q.merged_into) AS kept "
                "FROM visit_member m JOIN person q ON q.id = m.person_id "
                "WHERE m.visit_id = :id AND m.deleted = 0 AND m.role IN ('teacher', 'observer')), "
                "same AS MATERIALIZED (SELECT mine.role, mine.kept, k.id FROM mine "
                "JOIN person k ON k.id = mine.kept OR k.merged_into = mine.kept), "
                "each AS MATERIALIZED (SELECT DISTINCT m.visit_id, s.role, s.kept FROM same s "
                "CROSS JOIN visit_member m ON m.person_id = s.id AND m.role = s.role AND m.deleted = 0) "
                "SELECT v.id FROM visit v WHERE v.deleted = 0 AND v.started IS NOT NULL "
                "AND (NOT EXISTS (SELECT 1 FROM mine) OR v.id IN (SELECT visit_id FROM each GROUP BY visit_id "
                "HAVING count(*) = (SELECT count(DISTINCT role || kept) FROM mine))) ORDER BY v.started, v.id"
            ),
            {"id": visit_id},
        )
        ids = [str(row[0]) for row in rows]
        return (ids.index(visit_id) + 1, len(ids)) if visit_id in ids else (1, 1)


@dataclass(frozen=True, slots=True)
class _Found:
    visits: set[str]
    notes: dict[str, int]


def _conditions(wanted: VisitFilter, found: _Found | None) -> tuple[str, dict[str, Any]]:
    parts = ["v.deleted = 1" if wanted.deleted else "v.deleted = 0"]
    values: dict[str, Any] = {}
    if wanted.stage is not None:
        parts.append("v.stage = :stage")
        values["stage"] = wanted.stage.value
    if wanted.form_id is not None:
        parts.append("v.form_id = :form")
        values["form"] = wanted.form_id
    if wanted.person_id is not None:
        people = WITH_MERGED.format(given="= :person")
        parts.append(f"v.id IN (SELECT visit_id FROM visit_member WHERE person_id IN {people} AND deleted = 0)")
        values["person"] = wanted.person_id
    if wanted.since is not None:
        parts.append("coalesce(v.started, v.start, v.created) >= :since")
        values["since"] = utc_text(wanted.since)
    if wanted.until is not None:
        parts.append("coalesce(v.started, v.start, v.created) < :until")
        values["until"] = utc_text(wanted.until)
    if found is not None:
        parts.append("v.id IN (SELECT value FROM json_each(:found))")
        values["found"] = json.dumps(list(found.visits))
    return " AND ".join(parts), values
