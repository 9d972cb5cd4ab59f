"""Records of one table as frozen dataclasses whose fields bear the names of its columns."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import select

from observe_app.domain.errors import NotFound
from observe_app.store.repos.base import Repo, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from observe_app.store.schema_base import Base

T = TypeVar("T")


class Kept(Repo, Generic[T]):
    """The records of one table; every field of the dataclass is a column of it."""

    def __init__(self, session: Session, row: type[Base], made: type[T], what: str) -> None:
        """Keep `made` in the table of `row`; errors call one of them `what`."""
        super().__init__(session)
        self._row, self._made, self._what = row, made, what
        self._table = table_of(row)
        self._names = tuple(one.name for one in fields(made))  # type: ignore[arg-type]  # always a dataclass
        self._columns = [self._table.c[name] for name in self._names]

    def get(self, record_id: str) -> T:
        """Return a record, deleted or not.

        Raises:
            NotFound: no such id.
        """
        found = self.session.execute(select(*self._columns).where(self._table.c.id == record_id)).first()
        if found is None:
            raise NotFound(self._what, record_id)
        return self._of(found)

    def has(self, record_id: str) -> bool:
        """Tell whether there is a record of this id, deleted or not."""
        return self.session.execute(select(self._table.c.id).where(self._table.c.id == record_id)).first() is not None

    def find(
        self, *conditions: ColumnElement[bool], order: str = "id", deleted: bool = False, **equal: Any
    ) -> tuple[T, ...]:
        """Return the records that fit, in the order of a column, then of their ids.

        Args:
            conditions: of SQL, for `store` alone.
            order: name of a column.
            deleted: those in the bin too.
            equal: columns and the value they have; of a tuple or list any of its values.
        """
        asked = select(*self._columns).where(*conditions)
        for name, value in equal.items():
            column = self._table.c[name]
            asked = asked.where(column.in_(value) if isinstance(value, tuple | list) else column == value)
        if not deleted:
            asked = asked.where(self._table.c.deleted == False)  # noqa: E712  (SQL)
        asked = asked.order_by(self._table.c[order], self._table.c.id)
        return tuple(self._of(found) for found in self.session.execute(asked))

    def add(self, record: T) -> T:
        """Keep a new record."""
        self.session.add(self._row(**{name: getattr(record, name) for name in self._names}))
        self.session.flush()
        return record

    def add_all(self, records: Iterable[T]) -> None:
        """Keep new records, all at once."""
        self.session.add_all(self._row(**{name: getattr(one, name) for name in self._names}) for one in records)
        self.session.flush()

    def change(self, record_id: str, changes: Mapping[str, Any]) -> T:
        """Change fields of a record.

        Raises:
            NotFound: no such id.
        """
        self.set(self._row, record_id, self._what, changes)
        return self.get(record_id)

    def put(self, record: T) -> T:
        """Keep a record in place of the one with its id, new where there is none.

        For ids that follow from what a record says.
        """
        record_id = str(getattr(record, "id"))  # noqa: B009  (T has no bound that says so)
        if not self.has(record_id):
            return self.add(record)
        return self.change(record_id, {name: getattr(record, name) for name in self._names if name != "id"})

    def remove(self, record_id: str) -> None:
        """Move a record to the bin.

        Raises:
            NotFound: no such id.
        """
        self.change(record_id, {"deleted": True})

    def _of(self, row: Row[Any]) -> T:
        return self._made(**dict(zip(self._names, row, strict=True)))
