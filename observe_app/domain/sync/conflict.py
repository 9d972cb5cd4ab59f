"""What two people wrote into one place without seeing each other's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)

from observe_app.domain.sync.letter import Value  # noqa: TC001  (dataclass fields are read at run time)


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values that stand against each other.

    Attributes:
        op: id of the change. value: as the journal keeps it; of a deletion 1.
        by: name of who wrote it, "" for unknown. mine: written by this person, on whichever computer.
        at: when, by the writer's clock. laptop: short id of the installation.
    """

    op: str
    value: Value
    by: str = ""
    mine: bool = False
    at: datetime | None = None
    laptop: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell, or a record that was both deleted and edited.

    Attributes:
        kind: "field", or "delete" where somebody deleted what another one edited.
        table, row, column: the cell; of kind "delete" the column is "deleted".
        visit_id: the visit it belongs to, "" for none.
        versions: newest first; the first one is shown. ancestor: the value that all had seen, None when unknown.
    """

    kind: str
    table: str
    row: str
    column: str
    visit_id: str
    versions: tuple[Version, ...]
    ancestor: Value = None
