"""What the benches of the shared folder share: people with data folders of their own, the raw limits beside them."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.event import Event, EventKind
from observe_app.services import people, visits
from observe_app.services.sync import rounds, setup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from observe_app.domain.sync.state import RoundReport
    from observe_app.services.core import Core

PASSPHRASE = "a bench is no place for secrets"  # noqa: S105  (it protects made-up notes)


def person(folder: Path, name: str) -> Core:
    """Open a data folder of somebody who has been introduced."""
    core = wire_core(folder)
    me = people.add(core, name=name)
    core.settings.change(me_id=me.id, my_name=name, first_run_done=True)
    core.store.me = me.id
    return core


def founder(folder: Path, shared: Path, name: str = "Jonas Brandt") -> tuple[Core, str]:
    """Open a data folder of somebody who begins a shared folder; return it and the twelve words."""
    core = person(folder, name)
    words = setup.make_identity(core, PASSPHRASE)
    shared.mkdir(exist_ok=True)
    setup.create(core, shared, "Maths")
    return core, words


def second_laptop(folder: Path, shared: Path, words: str) -> Core:
    """Open an empty data folder and become somebody who has only the words and the folder."""
    core = wire_core(folder)
    setup.recover(core, words, shared, PASSPHRASE)
    return core


def fill(core: Core, count: int) -> str:
    """Write this many notes in one visit; return its id."""
    visit = visits.plan(core)
    notes = [
        Event(
            id=core.ids.new(), visit_id=visit.id, kind=EventKind.NOTE, offset_ms=number * 500,
            speaker=f"S{number % 28}",
            text=f"Compares the two thirds with bar {number} and asks why it is not the larger one",
            tags=("open",) if number % 4 == 0 else (),
        )
        for number in range(count)
    ]  # fmt: skip
    with core.store.write("import.notes", scope=visit.id) as unit:
        unit.events.add_many(notes)
        unit.commit()
    return visit.id


def until_quiet(core: Core) -> float:
    """Do rounds until nothing waits to go out and nothing came in; return the seconds they took."""
    began = time.perf_counter()
    reports: tuple[RoundReport, ...] = ()
    for _round in range(20):
        reports = rounds.run_round(core)
        if not any(report.sent or report.received or report.waiting for report in reports):
            return time.perf_counter() - began
        assert not any(report.problem for report in reports), reports
    message = f"never quiet: {reports}"
    raise AssertionError(message)


def write_durably(folder: Path, contents: Iterable[bytes]) -> float:
    """Write files with fsync and nothing else; return the seconds."""
    folder.mkdir()
    began = time.perf_counter()
    for number, content in enumerate(contents):
        with (folder / f"{number}.bin").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - began


def insert_plainly(path: Path, rows: Iterable[tuple[object, ...]]) -> float:
    """Insert rows into a bare table of SQLite in one durable transaction; return the seconds."""
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE change(id TEXT PRIMARY KEY, cell TEXT, value ANY)")
        began = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO change VALUES (?, ?, ?)", rows)
        bare.execute("COMMIT")
        return time.perf_counter() - began
