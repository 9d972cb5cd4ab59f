"""Several people with their own computers in one shared folder: everything real but the keyring."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.ids import Ids
from observe_app.services import notes, people, releases, talk, visits
from observe_app.services.core import close
from observe_app.services.sync import colleagues, linking, rounds, setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


class School:
    """Computers by name of their owner, and the folder between them."""

    def __init__(self, place: Path, blank: Path, clock: FakeClock) -> None:
        self.place, self.blank, self.clock = place, blank, clock
        self.shared = place / "School folder"
        self.shared.mkdir()
        self.cores: dict[str, Core] = {}
        self.school_words = ""

    def add(self, name: str, *, school_key: bool = False) -> Core:
        """Give somebody a computer that takes part in the folder."""
        data = self.place / f"data {name}"
        data.mkdir()
        shutil.copy(self.blank, data / "observe.sqlite")
        core = wire_core(data, clock=self.clock, ids=Ids(self.clock))
        people.introduce(core, name=name)
        setup.make_identity(core)
        if self.cores:
            setup.join(core, self.shared)
        else:
            self.school_words = setup.create(core, self.shared, "School", school_key=school_key).school_words
        self.cores[name] = core
        return core

    def second(self, name: str, words: str) -> Core:
        """Give somebody a second computer by their twelve words."""
        data = self.place / f"data {name} 2"
        data.mkdir()
        shutil.copy(self.blank, data / "observe.sqlite")
        core = wire_core(data, clock=self.clock, ids=Ids(self.clock))
        setup.recover(core, words, self.shared)
        self.cores[f"{name} 2"] = core
        return core

    def rounds(self, *names: str, times: int = 1) -> None:
        """Let these computers, or all, do rounds one after the other."""
        for _ in range(times):
            for name in names or tuple(self.cores):
                self.clock.advance(seconds=7)
                for report in rounds.run_round(self.cores[name]):
                    assert not report.problem, (name, report)

    def meet(self) -> None:
        """Let everybody learn of everybody, and link who is known by name."""
        self.rounds(times=2)
        for core in self.cores.values():
            for person in people.listing(core):
                for one in linking.candidates(core, person.person.id):
                    linking.link(core, person_id=person.person.id, fingerprint=one.card.fingerprint)

    def print_of(self, name: str) -> str:
        """Return somebody's fingerprint."""
        return colleagues.own_fingerprint(self.cores[name])

    def visit(self, observer: str, teacher: str, line: str = "Five breaths of waiting") -> str:
        """Let somebody write up a visit with a claim, a note it rests on, and a private note."""
        core = self.cores[observer]
        visit = visits.plan(
            core, teacher_id=people.ensure(core, teacher).id, observer_id=core.settings.get().me_id,
            form_id="general-peer-observation", focus="Waiting",
        )  # fmt: skip
        visits.begin(core, visit_id=visit.id)
        seen = notes.add(core, visit_id=visit.id, line=line, offset_ms=60_000)
        notes.add(core, visit_id=visit.id, line="I would have spoken", offset_ms=95_000, private=True)
        notes.add(core, visit_id=visit.id, line="Nothing rests on this one", offset_ms=96_000)
        visits.finish(core, visit_id=visit.id)
        talk.add_claim(
            core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Silence is used", evidence=(seen.id,)
        )  # fmt: skip
        return visit.id

    def released(self, observer: str, teacher: str) -> str:
        """Let somebody write up a visit and release it to its teacher."""
        visit = self.visit(observer, teacher)
        releases.release(self.cores[observer], visit_id=visit)
        return visit

    def ask(self, name: str, statement: str, *values: object) -> list[tuple]:
        """Return what somebody's database says."""
        with self.cores[name].store.ledger.reading() as sql:
            return sql.execute(statement, values).fetchall()

    def close(self) -> None:
        for core in self.cores.values():
            close(core)


@contextmanager
def school(place: Path, blank: Path, clock: FakeClock) -> Iterator[School]:
    """Open a school, and close it again."""
    made = School(place, blank, clock)
    try:
        yield made
    finally:
        made.close()
