"""People."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, case, func, select

from observe_app.domain.errors import NotFound
from observe_app.domain.people import Person, Role
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import MemberRow, PersonRow, VisitDataRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


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
        self.session.add(
            PersonRow(
                id=person.id,
                name=person.name,
                email=person.email,
                staff_id=person.staff_id,
                subjects=person.subjects,
                roles=tuple(role.value for role in person.roles),
                archived=person.archived,
                deleted=person.deleted,
                language=person.language,
                card=person.card,
                pronouns=person.pronouns,
                photo=person.photo,
                building=person.building,
                manager_id=person.manager_id,
                week_load=person.week_load,
                left_on=person.left_on,
                merged_into=person.merged_into,
            )
        )
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

    def all(self, *, archived: bool = False) -> tuple[Person, ...]:
        """Return everybody by name; those who left only when `archived`."""
        query = select(PersonRow).where(~PersonRow.deleted).order_by(func.lower(PersonRow.name), PersonRow.id)
        if not archived:
            query = query.where(~PersonRow.archived)
        return tuple(to_person(row) for row in self.session.scalars(query))

    def named(self, name: str) -> tuple[Person, ...]:
        """Return the people of exactly this name, upper and lower case alike."""
        wanted = name.casefold()
        return tuple(person for person in self.all(archived=True) if person.name.casefold() == wanted)

    def visit_counts(self) -> dict[str, tuple[int, int, datetime | None]]:
        """Return by person id: visits as teacher, visits as observer, start of the latest."""
        rows: Sequence[Any] = self.session.execute(
            select(
                MemberRow.person_id,
                func.sum(case((MemberRow.role == Role.TEACHER, 1), else_=0)),
                func.sum(case((MemberRow.role == Role.OBSERVER, 1), else_=0)),
                func.max(func.coalesce(VisitDataRow.started, VisitDataRow.start), type_=VisitDataRow.start.type),
            )
            .join(VisitDataRow, VisitDataRow.id == MemberRow.visit_id)
            .where(~MemberRow.deleted, ~VisitDataRow.deleted)
            .group_by(MemberRow.person_id)
        ).all()
        return {row[0]: (int(row[1]), int(row[2]), row[3]) for row in rows}
