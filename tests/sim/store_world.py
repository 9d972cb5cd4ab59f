"""Installations that hand each other sealed batches directly: the store's side of the shared folder alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import file_hash
from observe_app.store.sync import apply, clock
from observe_app.store.sync.outbox import Batch, Sealing, seal, unsealed
from tests.sim.edits import Editor
from tests.sim.installation import START_MS, Installation, SimClock
from tests.sim.oracle import Oracle

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "f" * 32
ME = "a" * 32
OFF_MS = (0, 0, 0, -3_600_000, 300_000, 86_400_000 * 3650, -86_400_000 * 400)


class StoreWorld:
    """Two to four laptops of one person."""

    def __init__(self, seed: int) -> None:
        self.at = ""
        self.dice = random.Random(seed)
        self.now = START_MS
        self.oracle = Oracle(through=False)
        self.letters: dict[str, tuple[str, Batch]] = {}
        self.laptops = [
            Installation(f"laptop{number}", SimClock(lambda: self.now, self.dice.choice(OFF_MS)), self.dice)
            for number in range(self.dice.randint(2, 4))
        ]
        for one in self.laptops:
            one.sql.execute(
                "INSERT INTO sync_folder(id, path, home, joined) VALUES (?, '', 1, ?)", (FOLDER, one.ledger.now())
            )
        self.editor = Editor(self.dice, self.oracle)

    def step(self) -> None:
        self.now += self.dice.choice((1, 50, 5_000, 86_400_000))
        laptop = self.dice.choice(self.laptops)
        self.at = laptop.name
        chance = self.dice.random()
        if chance < 0.6:
            self.editor.edit(laptop)
        elif chance < 0.75:
            self.seal(laptop)
        elif self.letters:
            names = list(self.letters)
            self.deliver(laptop, self.dice.sample(names, self.dice.randint(1, len(names))))

    def seal(self, laptop: Installation) -> None:
        def pack(batch: Batch, writer: str, seq: int, before: str) -> tuple[bytes, str]:
            raw = repr((batch, writer, seq, before)).encode()
            self.letters[file_hash(raw)] = (writer, batch)
            return raw, file_hash(raw)

        while unsealed(laptop.sql, FOLDER):
            with laptop.ledger.writing() as writing:
                seal(writing, Sealing(FOLDER, True, ME, frozenset({ME})), pack, laptop.ledger.now())

    def deliver(self, laptop: Installation, names: Iterable[str]) -> None:
        for name in names:
            writer, batch = self.letters[name]
            if writer == laptop.writer and self.dice.random() < 0.7:
                continue
            ops = list(batch.ops)
            self.dice.shuffle(ops)
            if ops and self.dice.random() < 0.3:
                ops = ops[: self.dice.randint(1, len(ops))]
            with laptop.ledger.writing() as writing:
                clock.witness(writing.sql, [op.stamp for op in ops], laptop.ledger.now_ms())
                writing.changed(
                    apply.take_in(writing.sql, actions=batch.actions, ops=ops, writer=writer, signer=ME, audience="me")
                )

    def deliver_everything(self) -> None:
        for laptop in self.laptops:
            self.at = laptop.name
            self.seal(laptop)
        for laptop in self.laptops:
            self.at = laptop.name
            names = list(self.letters)
            self.dice.shuffle(names)
            for name in names:
                writer, batch = self.letters[name]
                with laptop.ledger.writing() as writing:
                    writing.changed(
                        apply.take_in(
                            writing.sql, actions=batch.actions, ops=batch.ops, writer=writer, signer=ME, audience="me"
                        )
                    )

    def fault(self) -> str:
        """Return what is wrong on laptops that have nothing unsealed, "" for nothing."""
        for laptop in self.laptops:
            if not unsealed(laptop.sql, FOLDER) and (wrong := self.oracle.check(laptop)):
                return wrong
        return ""

    def states(self) -> list[list[tuple[object, ...]]]:
        """Return everything that the laptops show and know."""
        return [
            [
                *laptop.sql.execute("SELECT op, new FROM journal_change ORDER BY op"),
                *laptop.sql.execute("SELECT * FROM journal_head ORDER BY 1, 2, 3"),
                *(row for table in Editor.TABLES for row in laptop.sql.execute(f'SELECT * FROM "{table}" ORDER BY id')),
            ]
            for laptop in self.laptops
        ]

    def all_equal(self) -> bool:
        """Tell whether every laptop shows and knows the same."""
        states = self.states()
        return all(state == states[0] for state in states)
