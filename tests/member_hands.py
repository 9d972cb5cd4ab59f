"""A member of the shared folder who means harm: real letters with their own keys, saying whatever they like."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id
from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.domain.sync.rights import share_id
from observe_app.services.sync import crypto, letters

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.sync.share_hands import School

LATE, EARLY = f"{2**45:013x}", f"{1:013x}"
CIPHER = crypto.AgeCipher(os.urandom)


class Attacker:
    """Writes letters as one of a school's people, who knows all that this person's computer knows."""

    def __init__(self, school: School, name: str, writer: str = "00000000") -> None:
        self.school, self.name, self.writer = school, name, writer
        self.keys = school.cores[name].vault.keys()
        self.folder = school.ask(name, "SELECT id FROM sync_folder")[0][0]
        self.root: Path = school.shared / "observe"
        self.numbers = itertools.count(1)

    @property
    def print(self) -> str:
        return self.keys.fingerprint

    def to(self, *names: str, visit: str, author: str) -> Audience:
        members = {self.school.print_of(name) for name in names} | {self.print}
        return Audience(AudienceKind.VISIT, visit, self.school.print_of(author), tuple(sorted(members)))

    def op(self, table: str, row: str, column: str, new: object, **more) -> Op:
        number = next(self.numbers)
        stamp = f"{more.pop('when', LATE)}-{number:06x}-{self.writer}"
        about = {"op": f"{number:08x}{os.urandom(4).hex()}", "action": f"{self.name}-act", "over": (), "stamp": stamp}
        return Op(**(about | more), table=table, row=row, column=column, new=new)  # type: ignore[arg-type]

    def row(self, table: str, row: str, **cells) -> list[Op]:
        """Return a record as it is made."""
        return [self.op(table, row, column, new, inserted=True) for column, new in cells.items()]

    def send(self, audience: Audience, *ops: Op, writer: str = "", **fields) -> str:
        """Lay a letter into the folder; return its hash."""
        known = {self.school.print_of(one): self.school.cores[one].vault.keys().recipient for one in self.school.cores}
        heads = fields.pop("actions", None) or tuple(
            ActionHead(one, "visit.edit", "2026-03-10T09:05:00.000000Z") for one in sorted({op.action for op in ops})
        )
        number = next(self.numbers)
        letter = Letter(
            folder=self.folder, writer=writer or self.writer, seq=number, audience=audience, signer=self.print,
            format=1004, actions=heads, ops=ops,
        )  # fmt: skip
        raw, name = letters.pack(replace(letter, **fields), self.keys, known, "", cipher=CIPHER)
        place = self.root / f"d/{self.writer}/{number:08d}-{name[:16]}.seg"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(raw)
        return name

    def share(self, visit: str, whose: str, role: str) -> list[Op]:
        """Return somebody's part in a visit."""
        row = share_id(visit, whose)
        return self.row("visit_share", row, visit_id=visit, fingerprint=whose, role=role, folder=self.folder)

    def own_visit(self, *names: str, visit: str = "") -> str:
        """Make a visit of one's own that is rightly shared with these people; return its id."""
        visit = visit or natural_id("evil", self.name, str(next(self.numbers)))
        ops = self.share(visit, self.print, "author")
        for name in names:
            ops += self.share(visit, self.school.print_of(name), "teacher")
        cells = {"created": "2026-03-10T09:05:00.000000Z", "stage": "observe", "class_name": "Mine"}
        ops += self.row("visit", visit, **cells)
        self.send(self.to(*names, visit=visit, author=self.name), *ops)
        return visit

    def heads(self, table: str, row: str, column: str = "") -> tuple[str, ...]:
        """Return the live changes that this person knows of."""
        found = self.school.ask(
            self.name, "SELECT op, column_name FROM journal_head WHERE table_name = ? AND row_id = ?", table, row
        )
        return tuple(op for op, name in found if not column or name == column)
