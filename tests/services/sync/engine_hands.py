"""Laptops for tests of rounds: real databases, real keys, a real folder; only the judge lets everything in."""

from __future__ import annotations

import dataclasses
import hashlib
import random
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.sync.state import SharedFolder
from observe_app.services import notes, visits
from observe_app.services.core import close
from observe_app.services.sync import cards
from observe_app.services.sync.crypto import PersonKeys
from observe_app.services.sync.device import Device
from observe_app.services.sync.folder_io import DiskFolder

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.domain.sync.state import RoundReport

FOLDER = SharedFolder(id="5f0c2b44-folder", path="", name="School", home=True)


def keys_of(name: str) -> PersonKeys:
    return PersonKeys(hashlib.sha256(name.encode()).digest()[:16])


def let_all_in(_sql):
    return lambda _letter, _op: "apply"


class Laptop:
    """A data folder with a person, in a shared folder."""

    def __init__(
        self, data: Path, shared: Path, clock: Clock, person: str = "Anna", *, judge=let_all_in, folder=FOLDER, io=None
    ) -> None:
        self.core = wire_core(data, clock=clock)
        self.keys = keys_of(person)
        self.person = person
        self.shared = shared
        self.folder = dataclasses.replace(folder, path=str(shared))
        self.judge = judge
        self.io = io or DiskFolder(shared)
        self._join()
        self.restart()

    def _join(self) -> None:
        ledger = self.core.store.ledger
        ledger.new_writer()  # a copied database has the name of the one that it was copied from
        with ledger.writing() as writing:
            writing.sql.execute(
                "INSERT OR IGNORE INTO sync_folder(id, path, name, home, joined) VALUES (?, ?, ?, ?, ?)",
                (self.folder.id, self.folder.path, self.folder.name, int(self.folder.home), ledger.now()),
            )
        raw = cards.make(self.keys, name=self.person, person_id=f"person-{self.person}", at=self.core.clock.now())
        path = self.shared / "observe" / "people" / cards.file_name(raw)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = [one for one in path.parent.iterdir() if one.name.startswith(self.keys.fingerprint[:16])]
        if not known:
            path.write_bytes(raw)

    def restart(self) -> None:
        """Forget what the rounds remember, as a restart of the program does."""
        self.device = Device(
            self.core.store.ledger, self.keys, self.io, self.folder, random.Random(7).randbytes, "0.1", judge=self.judge
        )

    def round(self, count: int = 1) -> RoundReport:
        for _ in range(count):
            report = self.device.round()
        return report

    def visit(self, *lines: str) -> str:
        visit = visits.plan(self.core)
        for number, line in enumerate(lines):
            notes.add(self.core, visit_id=visit.id, line=line, offset_ms=number * 1000)
        return visit.id

    def note(self, visit: str, line: str) -> str:
        return notes.add(self.core, visit_id=visit, line=line, offset_ms=0).id

    def writer(self) -> str:
        return self.ask("SELECT value FROM meta WHERE key = 'writer'")[0][0]

    def texts(self) -> list[str]:
        with self.core.store.ledger.reading() as sql:
            return [row[0] for row in sql.execute("SELECT text FROM event WHERE deleted = 0 ORDER BY text")]

    def journal(self) -> set[tuple]:
        with self.core.store.ledger.reading() as sql:
            rows = sql.execute("SELECT op, table_name, row_id, column_name, new, over FROM journal_change").fetchall()
            return {tuple(row) for row in rows}

    def ask(self, statement: str, *values: object) -> list[tuple]:
        with self.core.store.ledger.reading() as sql:
            return sql.execute(statement, values).fetchall()

    def close(self) -> None:
        self.io.close()
        close(self.core)
