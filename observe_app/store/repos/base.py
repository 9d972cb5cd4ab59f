"""What the repositories share: rows to domain objects, field updates by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table, inspect

from observe_app.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from observe_app.store.schema import Base

R = TypeVar("R", bound="Base")


def table_of(row_type: type[Base]) -> Table:
    """Return the table behind a mapped class."""
    table = inspect(row_type).local_table
    assert isinstance(table, Table)  # noqa: S101  (every mapped class here has one plain table)
    return table


class Repo:
    """A repository inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Work in this session."""
        self.session = session

    def row(self, row_type: type[R], row_id: str, word: str) -> R:
        """Return the mapped row, deleted or not.

        Raises:
            NotFound: no such id; `word` is the field's word for the kind.
        """
        found = self.session.get(row_type, row_id)
        if found is None:
            raise NotFound(word, row_id)
        return found

    def set(self, row_type: type[R], row_id: str, word: str, fields: Mapping[str, Any]) -> R:
        """Change the given fields of a row and write them.

        Raises:
            NotFound: no such id.
        """
        found = self.row(row_type, row_id, word)
        for name, value in fields.items():
            setattr(found, name, value)
        self.session.flush()
        return found
