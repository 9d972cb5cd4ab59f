"""People."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, case, func, or_, select, true, update
from sqlalchemy.orm import aliased

from observe_app.domain.errors import NotFound
from observe_app.domain.people import Person, Role, is_gone
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import MemberRow, PersonRow, VisitDataRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement


_TABLE = table_of(PersonRow)


def to_person(row: PersonRow | Row[Any]) -> Person:
    """Return the domain object of a row; roles that this version does not know are left out."""
    known = {role.value: role for role in Role}
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        staff_id=row.staff_id,
        subjects=row.subjects,
        roles=tuple(known[word] for word in row.roles if word in known),
        archived=row.archived,
        deleted=row.deleted,
        language=row.language,
        card=row.card,
        pronouns=row.pronouns,
        photo=row.photo,
        building=row.building,
        manager_id=row.manager_id,
        week_load=row.week_load,
        left_on=row.left_on,
        merged_into=row.merged_into,
    )


def _columns(person: Person) -> dict[str, Any]:
    values = {column.name: getattr(person, column.name) for column in _TABLE.columns}
    return values | {"roles": tuple(role.value for role in person.roles)}


class PersonRepo(Repo):
    """People of this data folder."""

    def get(self, person_id: str) -> Person:
        """Return a person, deleted or not.

        Raises:
            NotFound: no such id.
        """
        row = self.session.execute(select(_TABLE).where(_TABLE.c.id == person_id)).first()
        if row is None:
            raise NotFound("person", person_id)
        return to_person(row)

    def add(self, person: Person) -> None:
        """Keep a new person."""
        self.session.add(PersonRow(**_columns(person)))
        self.session.flush()

    def change(self, person_id: str, fields: Mapping[str, Any]) -> Person:
        """Change fields of a person; `roles` is a tuple of roles.

        Raises:
            NotFound: no such id.
        """
        values = dict(fields)
        if "roles" in values:
            values["roles"] = tuple(str(role) for role in values["roles"])
        return to_person(self.set(PersonRow, person_id, "person", values))

    def add_all(self, people: Iterable[Person]) -> None:
        """Keep new people, all at once."""
        self.session.add_all(PersonRow(**_columns(person)) for person in people)
        self.session.flush()

    def change_all(self, changes: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Change many people of whom it is known that they are there, as (id, fields)."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for person_id, fields in changes:
            values = dict(fields)
            if "roles" in values:
                values["roles"] = tuple(str(role) for role in values["roles"])
            if values:
                alike.setdefault(tuple(sorted(values)), []).append({**values, "_id": person_id})
        for names, rows in alike.items():
            bound = {name: bindparam(name, type_=_TABLE.c[name].type) for name in names}
            statement = update(_TABLE).where(_TABLE.c.id == bindparam("_id")).values(bound)
            self.session.connection().execute(statement, rows)
        self.session.expire_all()

    def all(self, *, archived: bool = False, merged: bool = False, today: date | None = None) -> tuple[Person, ...]:
        """Return everybody by name.

        Args:
            archived: with those who left.
            merged: with those who turned out to be somebody else.
            today: without `archived`, those whose last day was before it are left out too.
        """
        query = select(PersonRow).where(~PersonRow.deleted).order_by(func.lower(PersonRow.name), PersonRow.id)
        if not archived:
            query = query.where(~PersonRow.archived)
        if not merged:
            query = query.where(_is_oneself())
        found = tuple(to_person(row) for row in self.session.scalars(query))
        if archived or today is None:
            return found
        return tuple(person for person in found if not is_gone(person, today))

    def named(self, name: str) -> tuple[Person, ...]:
        """Return the people of exactly this name, upper and lower case alike.

        Whoever turned out to be somebody else is that one.
        """
        wanted = name.casefold()
        found: dict[str, Person] = {}
        for person in self.all(archived=True, merged=True):
            if person.name.casefold() == wanted:
                kept = self.kept(person)
                found[kept.id] = kept
        return tuple(found.values())

    def kept(self, person: Person) -> Person:
        """Return who a person turned out to be; themselves where they were not joined, or those are not here."""
        seen = {person.id}
        while person.merged_into and person.merged_into not in seen:
            try:
                following = self.get(person.merged_into)
            except NotFound:
                break
            if following.deleted:
                break
            seen.add(following.id)
            person = following
        return person

    def kept_ids(self) -> dict[str, str]:
        """Return by id of everybody who was joined whom they turned out to be."""
        rows = self.session.execute(select(_TABLE.c.id, _TABLE.c.merged_into).where(_TABLE.c.merged_into != ""))
        into = {str(one): str(other) for one, other in rows}
        found = {}
        for one in into:
            last, seen = one, {one}
            while (after := into.get(last)) is not None and after not in seen:
                seen.add(after)
                last = after
            found[one] = last
        return found

    def visit_counts(self) -> dict[str, tuple[int, int, datetime | None]]:
        """Return by person id: visits as teacher, visits as observer, start of the latest."""
        # Who was joined counts for whom they turned out to be; that one may have both in one visit.
        who = case((PersonRow.merged_into == "", MemberRow.person_id), else_=PersonRow.merged_into).label("who")
        rows: Sequence[Any] = self.session.execute(
            select(
                who,
                func.count(case((MemberRow.role == Role.TEACHER, MemberRow.visit_id)).distinct()),
                func.count(case((MemberRow.role == Role.OBSERVER, MemberRow.visit_id)).distinct()),
                func.max(func.coalesce(VisitDataRow.started, VisitDataRow.start), type_=VisitDataRow.start.type),
            )
            .join(VisitDataRow, VisitDataRow.id == MemberRow.visit_id)
            .join(PersonRow, PersonRow.id == MemberRow.person_id)
            .where(~MemberRow.deleted, ~VisitDataRow.deleted)
            .group_by(who)
        ).all()
        return {row[0]: (int(row[1]), int(row[2]), row[3]) for row in rows}


def _is_oneself() -> ColumnElement[bool]:
    """Not joined; or joined in a circle, as two computers may have done it at once: then nobody vanishes."""
    other = aliased(PersonRow)
    circle = select(true()).where(other.id == PersonRow.merged_into, other.merged_into == PersonRow.id).exists()
    return or_(PersonRow.merged_into == "", circle)
