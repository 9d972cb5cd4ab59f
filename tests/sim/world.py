"""The world of a seed: laptops, views of the folder, one person's hands after the other, and the calm at the end."""

from __future__ import annotations

import hashlib
import random
import sys
import traceback
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from observe_app.domain.sync.segment import file_hash
from observe_app.domain.sync.state import SharedFolder
from observe_app.services.sync import cards
from observe_app.services.sync.crypto import AgeCipher, PersonKeys
from observe_app.store.sync import apply, card_rows
from tests.sim import fake_folder
from tests.sim.devices import make_device
from tests.sim.edits import Editor
from tests.sim.fake_folder import FakeFolder, Files
from tests.sim.guard import sealed_off
from tests.sim.installation import START_MS, Installation, Killed, SimClock
from tests.sim.oracle import Oracle
from tests.sim.people import People
from tests.sim.plain import PlainCipher, PlainKeys
from tests.sim.schedule import OFF_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sim.devices import AnyDevice
    from tests.sim.installation import Rows
    from tests.sim.schedule import Laptop, Setting, Step

FOLDER = "f01de2" + "0" * 26
HOUR_MS = 3_600_000
LOOKED_AT_AGAIN = 9
"""Rounds after which every file that may be unfinished was looked at once more."""
MOST_ROUNDS = 70
CALM_ROUNDS = 3
MOST_COPIES = 4
_OLD = frozenset(
    {
        ("event", "speaker"), ("visit", "focus"), ("claim", "text"),
        *(("turn", name) for name in apply.columns_of("turn")),
    }
)  # fmt: skip
"""What the old version of the program does not know: some columns, and a whole table."""


class Seat:
    """One laptop with its view of the folder and its running program (None after it was killed)."""

    def __init__(self, laptop: Installation, folder: FakeFolder, person: int) -> None:
        self.laptop, self.folder, self.person = laptop, folder, person
        self.device: AnyDevice | None = None
        self.offline = False
        self.lost = self.set_back = False
        self.backup: Rows | None = None
        self.backup_hidden: frozenset[tuple[str, str]] = frozenset()
        self.changes = 0


class World:
    """Runs a setting's steps; `run` returns "" or what is wrong."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.dice = random.Random(f"begin {setting.seed}")
        self.now = START_MS
        self.oracle = Oracle()
        self.trace = hashlib.sha256()
        self.names = setting.people or ("me",)
        self.folder = FOLDER
        secrets = [self.dice.randbytes(16) for _ in self.names]
        make = PersonKeys if setting.real else PlainKeys
        self.keys = [make(secret) for secret in secrets]
        self.cipher = AgeCipher(self.dice.randbytes) if setting.real else PlainCipher()
        self.editor = Editor(self.dice, self.oracle)
        shared = Files()
        self.seats = [self._sit(one, shared, f"{self.names[one.person]}{n}") for n, one in enumerate(setting.laptops)]
        self._share_cards()
        self.people = People(self) if setting.people else None

    # --- making ----------------------------------------------------------------------------------------------------

    def _sit(self, one: Laptop, shared: Files, name: str) -> Seat:
        laptop = Installation(
            name, SimClock(lambda: self.now, one.off_ms), self.dice, hidden=_OLD if one.old else frozenset()
        )
        laptop.author_id = f"person-{self.names[one.person]}"
        laptop.sql.execute(
            "INSERT INTO sync_folder(id, path, name, home, joined) VALUES (?, '', 'Sim', 1, ?)",
            (FOLDER, laptop.ledger.now()),
        )
        return Seat(laptop, self._view(shared if self.setting.shared else Files()), one.person)

    def _view(self, files: Files) -> FakeFolder:
        return FakeFolder(files, self.dice, lambda: self.now * 1_000_000, self.trace)

    def _share_cards(self) -> None:
        for person, keys in enumerate(self.keys):
            clock = self.seats[0].laptop.clock
            raw = cards.make(keys, name=f"Person {person}", person_id=f"person-{self.names[person]}", at=clock.now())
            name = f"people/{keys.fingerprint[:16]}-{file_hash(raw)[:8]}.card"
            for seat in self.seats:
                seat.folder.files.held[name] = (raw, self.now)
                if seat.person == person:
                    self._keep_card(seat, keys.fingerprint, raw)
        about = f'{{"format":"observe-folder","version":1,"id":"{FOLDER}","name":"Sim","school_key":""}}'
        for seat in self.seats:
            seat.folder.files.held["folder.json"] = (about.encode(), self.now)

    def _keep_card(self, seat: Seat, fingerprint: str, raw: bytes) -> None:
        """As setting up a folder does: one's own card is kept, to be put back wherever it is missing."""
        row = card_rows.CardRow(
            card_rows.row_id(FOLDER, fingerprint), FOLDER, fingerprint, raw.decode(), "checked", None, ""
        )
        card_rows.add(seat.laptop.sql, row)

    def device(self, seat: Seat) -> AnyDevice:
        """Return the running program of a laptop, started when it was not."""
        if seat.device is None:
            folder = SharedFolder(FOLDER, "", "Sim", home=True)
            seat.device = make_device(
                seat.laptop.ledger,
                self.keys[seat.person],
                seat.folder,
                folder,
                cipher=self.cipher,
                rng=self.dice.randbytes,
            )
        return seat.device

    # --- running ---------------------------------------------------------------------------------------------------

    def run(self) -> str:
        """Run all steps and the calm after them; return what is wrong, "" for nothing."""
        with sealed_off(), _versions():
            try:
                self._begin()
                for step in self.setting.steps:
                    if wrong := self._step(step):
                        return f"{wrong} (step {step.number} {step.kind})"
                return self._calm() or self._after()
            except Exception as error:  # noqa: BLE001  (whatever the program raises out of a round is its fault)
                where = traceback.extract_tb(error.__traceback__)[-1]
                return f"crash: {type(error).__name__} {error} at {where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
            finally:
                for seat in self.seats:
                    seat.laptop.close()

    def _begin(self) -> None:
        """In most worlds of several people the story begins when a visit has been shared and everybody has it."""
        if self.people is None or self.dice.random() < 0.25:
            return
        for seat in self.seats:
            seat.folder.faults = False
        self._everybody()
        self._everybody()
        self.people.open()
        self._everybody()
        self._everybody()
        for seat in self.seats:
            seat.folder.faults = True

    def _everybody(self) -> None:
        for seat in self.alive():
            columns_for.at = seat.laptop
            self._round(seat, storm=False)
        fake_folder.settle([seat.folder for seat in self.seats])

    def _step(self, step: Step) -> str:
        self.dice.seed(f"{self.setting.seed}/{step.number}")
        self.now += step.ms
        alive = [seat for seat in self.seats if not seat.lost]
        seat = alive[step.who % len(alive)]
        columns_for.at = seat.laptop
        getattr(self, f"_{step.kind}")(seat)
        self.trace.update(f"{step.number}{step.kind}{seat.laptop.name}".encode())
        return self._kept(seat)

    def _kept(self, seat: Seat) -> str:
        count = seat.laptop.sql.execute("SELECT count(*) FROM journal_change").fetchone()[0]
        before, seat.changes = seat.changes, count
        if self.people:  # words of somebody who turns out to have been removed are taken out again
            return ""
        return f"shrunk: the journal of {seat.laptop.name} lost {before - count} changes" if count < before else ""

    def _edit(self, seat: Seat) -> None:
        if self.people:
            self.people.write(seat)
        else:
            self.editor.edit(seat.laptop)

    def _burst(self, seat: Seat) -> None:
        for _ in range(4):
            self._edit(seat)

    def _person(self, seat: Seat) -> None:
        assert self.people is not None
        self.people.decide(seat)

    def _erase(self, seat: Seat) -> None:
        assert self.people is not None
        self.people.erase(seat)

    def _round(self, seat: Seat, *, storm: bool = True) -> None:
        if seat.offline:
            return
        ledger = seat.laptop.ledger

        def between() -> None:
            if self.dice.random() < 0.012:
                raise Killed
            if self.dice.random() < 0.08:
                self._edit(seat)

        try:
            if storm:
                ledger.between = between
            report = self.device(seat).round()
            self.trace.update(repr((report.sent, report.received, report.waiting)).encode())
        except Killed:
            self._restart(seat)
        finally:
            ledger.between = _nothing

    def _copy(self, seat: Seat) -> None:
        other = self.dice.choice(self.seats)
        for _ in range(2):
            fake_folder.replicate(seat.folder, other.folder, self.dice, destructive=self.setting.destructive)
            seat, other = other, seat

    def _offline(self, seat: Seat) -> None:
        seat.offline = not seat.offline

    def _plug(self, seat: Seat) -> None:
        seat.folder.gone = not seat.folder.gone

    def _read_only(self, seat: Seat) -> None:
        seat.folder.read_only = not seat.folder.read_only

    def _clock(self, seat: Seat) -> None:
        seat.laptop.clock.off_ms = self.dice.choice(OFF_MS)

    def _restart(self, seat: Seat) -> None:
        seat.device = None
        seat.laptop.editors = {}

    def _litter(self, seat: Seat) -> None:
        fake_folder.litter(seat.folder, self.dice)

    def _spoil(self, seat: Seat) -> None:
        fake_folder.spoil(seat.folder, self.dice)

    def _upgrade(self, seat: Seat) -> None:
        if seat.laptop.hidden:
            seat.laptop.hidden = frozenset()
            self._project_unknown(seat)
            seat.device = None

    def _project_unknown(self, seat: Seat) -> None:
        with seat.laptop.ledger.writing() as writing:
            apply.project_unknown(writing.sql)

    def _backup(self, seat: Seat) -> None:
        seat.backup, seat.backup_hidden = seat.laptop.rows(), seat.laptop.hidden

    def _restore(self, seat: Seat) -> None:
        if seat.backup is not None:
            mine = self.changes(seat)
            seat.laptop.close()
            seat.laptop.open(seat.backup)
            seat.device, seat.changes, seat.set_back = None, 0, True
            if seat.backup_hidden and not seat.laptop.hidden:  # a newer version opens what an older one kept
                self._project_unknown(seat)
            self._excuse(seat, mine - self.changes(seat))

    def _clone(self, seat: Seat) -> None:
        if len(self.seats) > 5 or any(one.laptop.name.endswith("'") for one in self.seats):
            return
        one = seat.laptop
        twin = Installation(f"{one.name}'", SimClock(lambda: self.now, one.clock.off_ms), self.dice, one.rows())
        twin.hidden, twin.author_id = one.hidden, one.author_id
        files = seat.folder.files if self.setting.shared else Files(dict(seat.folder.files.held))
        self.seats.append(Seat(twin, self._view(files), seat.person))

    def _lost(self, seat: Seat) -> None:
        if sum(not one.lost and one.person == seat.person for one in self.seats) > 1:
            seat.lost = seat.set_back = True
            self._excuse(seat, self.changes(seat))

    def changes(self, seat: Seat) -> set[str]:
        """Return the changes that a laptop's journal holds."""
        return {op for (op,) in seat.laptop.sql.execute("SELECT op FROM journal_change")}

    def _excuse(self, seat: Seat, gone: set[str]) -> None:
        """What went down with a disk and is on no other laptop is gone; a copy in the folder alone may go as well."""
        safe: set[str] = set()
        for one in self.seats:
            if one is not seat and not one.lost:
                safe |= self.changes(one)
        self.oracle.excused |= gone - safe

    # --- the calm ----------------------------------------------------------------------------------------------------

    def alive(self) -> list[Seat]:
        """Return the laptops that are left."""
        return [seat for seat in self.seats if not seat.lost]

    def _calm(self) -> str:
        """Let everything that goes wrong stop; all must come to a rest, and to the same."""
        self.dice.seed(f"{self.setting.seed}/calm")
        for seat in self.seats:
            seat.folder.faults = seat.folder.gone = seat.folder.read_only = seat.offline = False
        before, calm, wrong = None, 0, ""
        for number in range(MOST_ROUNDS):
            self.now += HOUR_MS if number < 12 else 25 * HOUR_MS
            for seat in self.alive():
                columns_for.at = seat.laptop
                self._round(seat, storm=False)
                if shrunk := self._kept(seat):
                    return shrunk
            fake_folder.settle([seat.folder for seat in self.seats])
            state = self._state()
            calm = calm + 1 if state == before else 0
            before = state
            if calm >= (CALM_ROUNDS if self.setting.destructive else 2):
                wrong = self._truth()
                if not wrong:
                    self.trace.update(repr(state).encode())
                    return ""
        return wrong or f"liveness: no rest after {MOST_ROUNDS} rounds"

    def _state(self) -> tuple[object, ...]:
        return (
            [
                seat.laptop.sql.execute("SELECT count(*), total(seq) FROM journal_change").fetchone()
                for seat in self.alive()
            ],
            [sorted(n for n in seat.folder.files.held if "/have-" not in n) for seat in self.seats],
        )

    def _truth(self) -> str:
        """Compare everybody with the oracle and with each other."""
        if self.people:
            return self.people.truth()
        anywhere: set[str] = set()
        for seat in self.alive():
            anywhere |= self.changes(seat)
        must = set(self.oracle.written) - (self.oracle.excused - anywhere)
        for seat in self.alive():
            columns_for.at = seat.laptop
            if wrong := self.oracle.check(seat.laptop, must):
                return wrong
            waiting = seat.laptop.sql.execute("SELECT reason FROM sync_refused LIMIT 1").fetchone()
            if waiting is not None and not seat.laptop.hidden:
                return f"refused: {seat.laptop.name} refused {waiting[0]} of its own person"
        return self._conflicts()

    def _conflicts(self) -> str:
        """What stands against each other is the same on all laptops, and none of it goes unlisted."""
        lists = []
        for seat in self.alive():
            listed = set(seat.laptop.sql.execute("SELECT table_name, row_id, column_name FROM sync_conflict"))
            heads = self.oracle.heads(self.changes(seat))
            at_odds = {
                cell
                for cell, ops in heads.items()
                if (cell[0], cell[2]) not in seat.laptop.hidden
                and len({repr(self.oracle.written[op].value) for op in ops}) > 1
            }
            complete = {cell for cell in at_odds if self._shown(seat, cell[0], cell[1])}
            if unlisted := complete - listed:
                return f"conflict: {seat.laptop.name} does not list {min(unlisted)}"
            lists.append(at_odds if not seat.laptop.hidden else None)
        known = [one for one in lists if one is not None]
        if any(one != known[0] for one in known):
            return "conflict: laptops have different lists of what stands against each other"
        return ""

    def _shown(self, seat: Seat, table: str, row: str) -> bool:
        found = seat.laptop.sql.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row,)).fetchone()
        return found is not None

    # --- what must hold besides ---------------------------------------------------------------------------------

    def _after(self) -> str:
        return self._amplified() or self._twice()

    def _amplified(self) -> str:
        """Where nobody damaged the folder, no segment was written more than a few times."""
        if self.setting.destructive:
            return ""
        copies: dict[str, int] = {}
        for seat in self.seats:
            for digest in seat.folder.written:
                copies[digest] = copies.get(digest, 0) + 1
        most = max(copies.values(), default=0)
        return f"amplification: a segment was written {most} times" if most > MOST_COPIES else ""

    def _twice(self) -> str:
        """Take in again what a laptop forgot having taken in: nothing changes."""
        self.dice.seed(f"{self.setting.seed}/twice")
        seat = self.dice.choice(self.alive())
        columns_for.at = seat.laptop
        for _ in range(LOOKED_AT_AGAIN):  # what a bad read made look unfinished is looked at again some rounds later
            self.now += 25 * HOUR_MS
            if not self.device(seat).round().incomplete:
                break
        before = _everything(seat.laptop)
        sql = seat.laptop.sql
        taken = [row[0] for row in sql.execute("SELECT hash FROM sync_segment WHERE state = 'taken' ORDER BY hash")]
        for name in self.dice.sample(taken, len(taken) // 2):
            sql.execute("DELETE FROM sync_segment WHERE hash = ?", (name,))
        seat.device = None
        for _ in range(3):
            self.now += HOUR_MS
            self._round(seat, storm=False)
        return "" if _everything(seat.laptop) == before else f"twice: {seat.laptop.name} changed by what it knew"

    def bytes_of_folder(self) -> set[bytes]:
        """Return everything that lies in any view."""
        return {data for seat in self.seats for data, _at in seat.folder.files.held.values()}

    def person_of(self, laptop: str) -> int:
        """Return whose laptop this is."""
        return next(seat.person for seat in self.seats if seat.laptop.name == laptop)


class _Columns:
    """Stands for `apply.columns_of` while the laptop that is at work may be of an old version."""

    def __init__(self) -> None:
        self.at: Installation | None = None
        self.whole = apply.columns_of
        self._old: dict[str, dict[str, tuple[bool, str]]] = {}

    def __call__(self, table: str) -> dict[str, tuple[bool, str]]:
        if self.at is None or not self.at.hidden:
            return self.whole(table)
        if table not in self._old:
            known = self.whole(table)
            self._old[table] = {name: what for name, what in known.items() if (table, name) not in _OLD}
        return self._old[table]


columns_for = _Columns()


@cache
def _places(_modules: int) -> list[object]:
    """Return the modules that ask which columns there are; looked for again when more modules are loaded."""
    return [one for one in list(sys.modules.values()) if getattr(one, "columns_of", None) is columns_for.whole]


@contextmanager
def _versions() -> Iterator[None]:
    """Let every module of the store ask which columns the laptop at work knows."""
    places = _places(len(sys.modules))
    for one in places:
        setattr(one, "columns_of", columns_for)  # noqa: B010  (a module has no such attribute for the type checker)
    try:
        yield
    finally:
        columns_for.at = None
        for one in places:
            setattr(one, "columns_of", columns_for.whole)  # noqa: B010


def _nothing() -> None:
    pass


def _everything(laptop: Installation) -> list[object]:
    tables = ("journal_head", "journal_change", *Editor.TABLES, "visit_share", "release")
    return [laptop.sql.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2, 3').fetchall() for table in tables]


__all__ = ["World", "columns_for"]
