"""A colleague whose words come in from another laptop, by the way they really come: ops taken into the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import ActionHead, Op, Value
from observe_app.services import history, people
from observe_app.store.columns import utc_text
from observe_app.store.sync import apply

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core


def ops_of(core: Core, table: str, row: str, column: str | None = None) -> tuple[str, ...]:
    """Ids of every change of a cell, or of a record, that this laptop knows: what somebody who has it all has seen."""
    found = history.of_record(core, table=table, row=row).changes
    return tuple(change.op for _action, change in found if column is None or change.column == column)


def value_of(core: Core, table: str, row: str, column: str) -> Value:
    """What a cell shows."""
    with core.store.ledger.reading() as sql:
        found = sql.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
    return found[0] if found is not None else None


@dataclass
class Colleague:
    """Somebody else's laptop. `late`: how long after now they write, by their clock."""

    core: Core
    name: str
    writer: str = "b1b1b1b1"
    fingerprint: str = "b" * 32
    late: timedelta = timedelta(minutes=5)
    person: Person | None = None
    _count: int = field(default=0)

    def __post_init__(self) -> None:
        if self.name:
            self.person = people.add(self.core, name=self.name)
            self.link(self.person.id)

    def link(self, person_id: str) -> None:
        """Make this laptop's card a person's."""
        with self.core.store.ledger.writing() as writing:
            writing.sql.execute("UPDATE person SET card = ? WHERE id = ?", (self.fingerprint, person_id))

    def writes(
        self,
        table: str,
        row: str,
        values: dict[str, Value],
        *,
        seen: tuple[str, ...] = (),
        at: datetime | None = None,
        inserted: bool = False,
    ) -> dict[str, str]:
        """Take in what they wrote over what they had seen; return the op ids by column."""
        moment = at or self.core.clock.now() + self.late
        self._count += 1
        action = ActionHead(
            f"{self.writer}-{self._count}", "note.edit", utc_text(moment), self.person.id if self.person else None
        )
        ops = []
        for number, (column, value) in enumerate(values.items()):
            op = f"{self.writer}{self._count:04x}{number:04x}"
            stamp = f"{int(moment.timestamp() * 1000):013x}-{self._count * 100 + number:06x}-{self.writer}"
            ops.append(Op(op, action.id, table, row, column, value, seen, stamp, inserted))
        with self.core.store.ledger.writing() as writing:
            touched = apply.take_in(
                writing.sql, actions=[action], ops=ops, writer=self.writer, signer=self.fingerprint, audience="me"
            )
            writing.changed(touched)
        return {op.column: op.op for op in ops}
