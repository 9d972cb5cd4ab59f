"""Sealing on a computer that was copied: two of them may make the very same segment of the same words."""

from __future__ import annotations

import random

from observe_app.domain.sync.segment import file_hash
from observe_app.store.sync.outbox import Batch, Sealing, seal, unsealed
from tests.sim.installation import START_MS, Installation, SimClock

FOLDER, ME = "f" * 32, "a" * 32


def test_a_segment_that_came_from_a_copy_of_this_computer_is_not_made_again():
    one = Installation("one", SimClock(lambda: START_MS), random.Random("one"))
    one.sql.execute("INSERT INTO sync_folder(id, path, home, joined) VALUES (?, '', 1, ?)", (FOLDER, one.ledger.now()))
    one.insert("protocol", {"id": one.ids.new(), "content": "Words for all"})
    twin = Installation("twin", one.clock, random.Random("twin"), one.rows())
    made = []

    def pack(batch: Batch, writer: str, seq: int, before: str) -> tuple[bytes, str]:
        raw = repr((batch, writer, seq, before)).encode()
        made.append(file_hash(raw))
        return raw, made[-1]

    with one.ledger.writing() as writing:
        assert seal(writing, Sealing(FOLDER, True, ME, frozenset({ME})), pack, one.ledger.now()) == 1
    twin.sql.execute(
        "INSERT INTO sync_segment(folder, hash, writer, seq, state, audience, changes, at, size) "
        "VALUES (?, ?, ?, 1, 'taken', 'all', 2, ?, 9)",
        (FOLDER, made[0], twin.writer, twin.ledger.now()),
    )
    with twin.ledger.writing() as writing:
        seal(writing, Sealing(FOLDER, True, ME, frozenset({ME})), pack, twin.ledger.now())

    assert made[0] == made[1]
    assert twin.sql.execute("SELECT hash, state FROM sync_segment").fetchall() == [(made[0], "taken")]
    assert not unsealed(twin.sql, FOLDER)
