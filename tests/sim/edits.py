"""What a person does on one laptop: opens an editor, types, adds, deletes, brings back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id

if TYPE_CHECKING:
    import random

    from tests.sim.installation import Installation
    from tests.sim.oracle import Oracle

_TEXTS = {
    "visit": ("class_name", "topic", "focus"),
    "event": ("text", "speaker"),
    "answer": ("comment",),
    "claim": ("title", "text"),
    "action_step": ("text", "help"),
    "turn": ("text",),
    "person": ("name", "subjects"),
    "protocol": ("title", "content"),
}
_NUMBERS = {"visit": "minutes", "event": "offset_ms", "action_step": "position", "turn": "position"}


class Editor:
    """The hands of everybody in the world."""

    TABLES = tuple(_TEXTS)

    def __init__(self, dice: random.Random, oracle: Oracle, tables: tuple[str, ...] = TABLES) -> None:
        self.dice, self.oracle, self.tables = dice, oracle, tables
        self._count = 0

    def word(self) -> str:
        """Return words that nobody wrote before."""
        self._count += 1
        return f"w{self._count}.{self.dice.getrandbits(24):06x}"

    def edit(self, laptop: Installation) -> None:
        """Do one thing."""
        chance = self.dice.random()
        table = self.dice.choice([one for one in self.tables if (one, "deleted") not in laptop.hidden])
        rows = [row for (row,) in laptop.sql.execute(f'SELECT id FROM "{table}" ORDER BY id DESC LIMIT 4')]
        if not rows or chance < 0.12:
            self.add(laptop, table)
            return
        row = self.dice.choice(rows)
        if chance < 0.3:
            laptop.editors[table, row] = laptop.heads(table, row)  # opened now, left later
            return
        if laptop.editors and chance < 0.5:
            table, row = self.dice.choice(sorted(laptop.editors))
        seen = laptop.editors.pop((table, row), None)
        if seen is None:
            seen = laptop.heads(table, row)
        if chance < 0.6:
            self._delete(laptop, table, row, seen)
        else:
            self._write(laptop, table, row, seen)

    def add(self, laptop: Installation, table: str, **given: object) -> str:
        """Add a record; an answer's id is the same on every laptop. Return its id, "" when there is one already."""
        visits = [row for (row,) in laptop.sql.execute("SELECT id FROM visit ORDER BY id LIMIT 3")]
        visit = str(given.get("visit_id") or (self.dice.choice(visits) if visits else "none"))
        row = laptop.ids.new()
        values: dict[str, object] = {"id": row}
        now = laptop.ledger.now()
        if table == "visit":
            values |= {"created": now, "topic": self.word()}
        elif table == "event":
            values |= {"visit_id": visit, "kind": "note", "offset_ms": self.dice.randrange(3_000_000)}
            values |= {"text": self.word()}
        elif table == "answer":
            item = f"i{self.dice.randint(1, 3)}"
            values = {
                "id": natural_id("answer", visit, item),
                "visit_id": visit,
                "item": item,
                "value": json.dumps(self.word()),
            }
        elif table == "claim":
            values |= {"visit_id": visit, "kind": "strength", "title": self.word(), "position": self.dice.random()}
        elif table == "action_step":
            values |= {"visit_id": visit, "text": self.word()}
        elif table == "turn":
            values |= {"visit_id": visit, "voice": "both", "text": self.word(), "at": now}
        elif table == "person":
            values |= {"name": self.word()}
        else:
            values |= {"content": self.word()}
        values |= given
        if laptop.sql.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (values["id"],)).fetchone():
            return ""
        self.oracle.note(laptop.name, laptop.insert(table, values), made=True)
        return str(values["id"])

    def _delete(self, laptop: Installation, table: str, row: str, seen: frozenset[str]) -> None:
        found = laptop.sql.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (row,)).fetchone()
        if found is not None:
            self.oracle.note(laptop.name, laptop.update(table, row, "deleted", 1 - found[0], seen))

    def _write(self, laptop: Installation, table: str, row: str, seen: frozenset[str]) -> None:
        number = _NUMBERS.get(table)
        if number and self.dice.random() < 0.2:
            column, value = number, self.dice.choice((1, 2, 3))
        else:
            columns = [name for name in _TEXTS[table] if (table, name) not in laptop.hidden]
            column, value = self.dice.choice(columns), self.dice.choice((self.word(), self.word(), "same", ""))
            if (table, column) == ("answer", "value"):  # it is JSON; another text would come into no record
                value = json.dumps(value)
        self.oracle.note(laptop.name, laptop.update(table, row, column, value, seen))
