"""What the steps of a round share: the database, the keys, the folder, and what is remembered between rounds.

Whatever is remembered here is lost when the program ends, and nothing depends on it but speed and patience.
The modules of a round import the store inside their functions: SQLAlchemy comes with it, and nobody who does not share
has to wait for that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.errors import CardUnusable
from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.shares import school_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.domain.sync.card import Card
    from observe_app.domain.sync.letter import Letter, Op
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.sync.crypto import Cipher, Keys
    from observe_app.services.sync.folder_io import FolderIO
    from observe_app.store.sync.card_rows import CardRow
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Ledger, Writing
    from observe_app.store.sync.segments import Held

Progress = Callable[[str, int, int], object]
"""Called between two transactions or files: (step, done, total). Returning False ends the round early; what was done
until then stays. Steps: "read", "write", "files"."""

Judge = Callable[["Letter", "Op"], str]
"""Says of each change "apply", "refuse:<why>" or "wait"."""

MakeJudge = Callable[["Connection"], Judge]
"""Makes a judge that asks this database; called inside each transaction that takes something in."""

SHORT = 12
"""Digits of a segment's hash by which reports name it."""


class Stopped(Exception):
    """The round was to end early."""


@dataclass
class Later:
    """A file that says nothing yet, or nothing to us: when it is looked at again.

    Attributes:
        size, mtime_ns: as it was; when they change it is looked at at once.
        ours: it may still be arriving; False for something else than a segment.
        looks: how often it was looked at. due: number of the round that looks again.
        since_ms: when it was first seen so. again_ms: when a foreign file is looked at in any case.
    """

    size: int
    mtime_ns: int
    ours: bool
    since_ms: int
    looks: int = 0
    due: int = 0
    again_ms: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What another installation says it holds.

    Attributes:
        number: of the report, higher is newer. have, wants: short hashes.
        who: fingerprint of who signed it. seq: its last number. seen_ms: when its newest word came, by our clock.
    """

    number: int
    have: frozenset[str]
    wants: frozenset[str]
    who: str
    seq: int
    seen_ms: int


@dataclass
class Memory:
    """What is remembered between rounds; see the steps that use it."""

    generation: str = "-"
    held: dict[str, Held] = field(default_factory=dict)
    strangers: dict[str, tuple[str, int]] = field(default_factory=dict)
    covers: dict[str, set[str]] = field(default_factory=dict)
    rounds: int = 0
    seen: dict[tuple[str, int, int], str] = field(default_factory=dict)
    later: dict[str, Later] = field(default_factory=dict)
    there: dict[str, list[str]] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    reports: dict[str, Report] = field(default_factory=dict)
    report_files: dict[tuple[str, int, int], str] = field(default_factory=dict)
    lacking: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    wanting: dict[str, int] = field(default_factory=dict)
    own_reports: set[tuple[str, int, int]] = field(default_factory=set)
    copied: bool = False
    own_report_missing: int = 0
    unknown: tuple[object, frozenset[str]] = (None, frozenset())
    lack_state: object = None
    lack: dict[str, frozenset[str]] = field(default_factory=dict)
    settled: str = ""
    told: set[str] = field(default_factory=set)
    compacted: tuple[str, int] = ("", 0)
    founding_missing: int = 0
    card_files: set[tuple[str, int, int]] = field(default_factory=set)
    own_card: set[tuple[str, int, int]] = field(default_factory=set)
    parsed: dict[str, tuple[str, Card | None]] = field(default_factory=dict)
    blobs: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    read_ms: dict[str, int] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    no_answers: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    retry: bool = True
    started: bool = False
    tidied: bool = False


@dataclass
class Tally:
    """What the present round has done so far; becomes its report."""

    sent: int = 0
    received: int = 0
    incomplete: int = 0
    rows: int = 0
    problem: str = ""
    detail: str = ""
    news: bool = False


class Context:
    """One installation in one folder, as the steps of a round see it."""

    def __init__(
        self,
        ledger: Ledger,
        keys: Keys,
        io: FolderIO,
        folder: SharedFolder,
        *,
        cipher: Cipher,
        version: str,
        judge: MakeJudge,
    ) -> None:
        """Begin with nothing remembered; see `device.Device`."""
        self.ledger, self.keys, self.io, self.folder = ledger, keys, io, folder
        self.cipher, self.version, self.judge = cipher, version, judge
        self.memory = Memory()
        self.tally = Tally()
        self.progress: Progress = go_on
        self.writer = ""
        self.cards: dict[str, Card] = {}
        self.trust: dict[str, str] = {}

    @property
    def me(self) -> str:
        """Own fingerprint."""
        return self.keys.fingerprint

    @property
    def school(self) -> bool:
        """Whether these are the school's own keys: it reads, and nothing goes out from here."""
        return bool(self.folder.school_key) and self.keys.recipient == self.folder.school_key

    def step(self, name: str, done: int, total: int) -> None:
        """Say how far a step is.

        Raises:
            Stopped: the round is to end.
        """
        if self.progress(name, done, total) is False:
            raise Stopped

    def load(self) -> None:
        """Read again what another program, or a use case, changed since the last round."""
        from observe_app.store.sync import card_rows, segments  # noqa: PLC0415

        memory = self.memory
        with self.ledger.reading() as sql:
            self.writer = segments.meta(sql, "writer")
            generation = segments.generation(sql)
            if generation != memory.generation:
                memory.held = segments.held(sql, self.folder.id)
                memory.strangers = segments.strangers(sql, self.folder.id)
                memory.covers = segments.covers(sql, self.folder.id)
                memory.generation = generation
            rows = card_rows.all_cards(sql)
        self.know(rows)

    def know(self, rows: Sequence[CardRow]) -> None:
        """Take these for the cards of everybody."""
        from observe_app.services.sync import cards  # noqa: PLC0415

        memory = self.memory
        parsed: dict[str, tuple[str, Card | None]] = {}
        self.cards, self.trust = {}, {}
        for row in rows:
            before = memory.parsed.get(row.id)
            if before is None or before[0] != row.raw:
                try:
                    before = row.raw, cards.read(row.raw.encode(), self.cipher.verify)
                except CardUnusable:
                    before = row.raw, None
            parsed[row.id] = before
            if before[1] is not None and before[1].fingerprint == row.fingerprint:
                self.cards[row.fingerprint] = before[1]
                if self.trust.get(row.fingerprint) != Trust.CHECKED.value:
                    self.trust[row.fingerprint] = row.trust
        memory.parsed = parsed

    def verify_key_of(self, fingerprint: str) -> str | None:
        """Return the key that checks somebody's signature, None for somebody unknown."""
        if fingerprint == self.me:
            return self.keys.verify_key
        card = self.cards.get(fingerprint)
        return None if card is None else card.verify_key

    def recipients(self) -> dict[str, str]:
        """Return the age recipients of those who may be written to, by fingerprint; a changed key is not among them."""
        found = {one: card.recipient for one, card in self.cards.items() if self.trust[one] != Trust.CHANGED.value}
        found[self.me] = self.keys.recipient
        if self.folder.school_key:
            found[school_fingerprint(self.folder.school_key)] = self.folder.school_key
        return found

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Write in one transaction that changes segments, and count what is remembered as up to date afterwards.

        The caller changes `memory` alike once this is left.
        """
        from observe_app.store.sync import segments  # noqa: PLC0415

        known, self.memory.generation = self.memory.generation, "-"
        with self.ledger.writing() as writing:
            before = segments.generation(writing.sql)
            fresh = segments.touch(writing.sql)
            yield writing
        # Somebody else's change in between is read with the next round.
        self.memory.generation = fresh if before == known else "-"

    def fail(self, error: OSError) -> None:
        """Keep the first thing that went wrong with the folder, for the report."""
        from observe_app.services.sync.folder_io import problem_of  # noqa: PLC0415

        if not self.tally.problem:
            self.tally.problem, self.tally.detail = problem_of(error)


def go_on(_step: str, _done: int, _total: int) -> bool:
    """Let a round go on; for callers that show nothing."""
    return True
