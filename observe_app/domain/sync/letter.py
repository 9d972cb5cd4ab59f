"""What one installation tells others: changes, the actions they belong to, who may read them, who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | None
"""A value as SQLite keeps it in the journal."""


class AudienceKind(StrEnum):
    """Whom a letter is for: oneself on all one's computers, the people of one visit, everybody in the folder."""

    ME = "me"
    VISIT = "visit"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who can read a letter.

    Attributes:
        kind: see `AudienceKind`.
        visit: id of the visit for `VISIT`, "" otherwise.
        author: fingerprint of the visit's observer, who made the record; "" otherwise.
        members: fingerprints of those it was encrypted to, sorted; () for `ALL`.
    """

    kind: AudienceKind
    visit: str = ""
    author: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Op:
    """One changed value, as the journal has it.

    Attributes:
        op: id of the change, 16 hexadecimal digits, fixed when it was written.
        action: id of the action it belongs to.
        table, row, column: the cell. new: its value.
        over: ids of the changes that the author had on screen; of the column "deleted" those of the whole record.
        stamp: hybrid clock reading "milliseconds-counter-writer", sortable as text.
        inserted: it came with the record's creation.
    """

    op: str
    action: str
    table: str
    row: str
    column: str
    new: Value
    over: tuple[str, ...]
    stamp: str
    inserted: bool = False

    @property
    def cell(self) -> tuple[str, str, str]:
        """Table, row and column."""
        return self.table, self.row, self.column


@dataclass(frozen=True, slots=True)
class ActionHead:
    """The action that changes belong to. `at`: ISO text in UTC as the journal keeps it. `author`: id of a person."""

    id: str
    kind: str
    at: str
    author: str | None = None
    scope: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """That somebody has no part in a visit any more, named by the change that says so; the change itself is elsewhere.

    Attributes:
        op: id of that change. visit: id of the visit. fingerprint: of whom.
    """

    op: str
    visit: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a segment says, before it is signed and encrypted.

    Attributes:
        folder: random id of the shared folder, so that nothing can be moved to another one.
        writer: the installation, 8 hexadecimal digits. seq: 1, 2, 3… of this installation in this folder.
        audience: who can read it.
        signer: fingerprint of who wrote and signed it.
        format: format of the writer's database, major * 1000 + minor.
        actions, ops: the changes; an op's action is among the actions.
        covers: hashes of segments whose ops are all in this one; only of a compacted one.
        removals: what the writer knew of people who were removed from the visits it is about.
    """

    folder: str
    writer: str
    seq: int
    audience: Audience
    signer: str
    format: int
    actions: tuple[ActionHead, ...] = ()
    ops: tuple[Op, ...] = ()
    covers: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()
