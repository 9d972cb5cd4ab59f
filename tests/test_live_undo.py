"""Everything a lesson can do, at random, taken back to its beginning and brought again: nothing lost, nothing else."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import Invalid, NothingToUndo, VisitStageError
from observe_app.domain.event import EventKind
from observe_app.domain.ids import Ids
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import answers, backup, happenings, notes, seating, visits
from observe_app.services.core import close
from observe_app.store.schema import synced_tables
from observe_app.ui.observe.live_visit import LiveVisit
from tests.services.event_form import visit_with

GRID = "grid"
CODES = ("I.Lec", "I.PQ", "I.O", "S.L", "S.O")
TALLIES, TIMERS, SWEEPS = ("praise", "open"), ("teacher", "pupils", "silence", "board"), ("task", "table")
WORDS = ("counts", "asks why", "S7 “bigger”", "T→S3 waits", "looks up #open", "x" * 300, "שלום 👩🏽\u200d🚀")
STEPS = 60


def dump(core) -> dict[str, list[tuple[object, ...]]]:
    """Return every live record of every table that has a history."""
    with closing(sqlite3.connect(core.files.database)) as connection:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}" WHERE deleted = 0'), key=repr)
            for table in synced_tables()
        }


class Acts:
    """A visit in which anything may happen next."""

    def __init__(self, core, live, dice, *, only=None) -> None:
        self.core, self.live, self.dice, self.only = core, live, dice, only
        self.id = live.visit_id
        self.acts = [getattr(self, name) for name in dir(self) if name.startswith("do_")]

    def step(self) -> None:
        with suppress(Invalid, VisitStageError):
            self.dice.choice(self.acts)()

    def stamp(self):
        return self.live.clock.stamp()

    def events(self, *kinds):
        found = [one for one in notes.stream(self.core, self.id) if not kinds or one.kind in kinds]
        return [one for one in found if self.only is None or one.id in self.only]

    def any(self, *kinds):
        found = self.events(*kinds)
        if not found:
            raise Invalid("event", "", "empty")
        return self.dice.choice(found)

    def do_note(self):
        links = tuple(self.dice.sample(("praise", "open", "teacher"), self.dice.randint(0, 2)))
        late = self.dice.choice((None, None, self.dice.randint(0, 600_000)))
        self.live.add(self.dice.choice(WORDS), self.stamp(), late, links)

    def do_edit(self):
        one = self.any(EventKind.NOTE)
        self.live.hold(one.id)
        self.live.edit(one.id, self.dice.choice(WORDS), ("open",) if self.dice.random() < 0.3 else ())

    def do_split(self):
        self.live.split(self.any(EventKind.NOTE).id, ("S7 first half", "T second half #open"))

    def do_join(self):
        self.live.join(self.any(EventKind.NOTE).id, self.any(EventKind.NOTE).id)

    def do_retime(self):
        self.live.retime(self.any().id, self.dice.randint(-1000, 3_000_000))

    def do_star(self):
        self.live.toggle_star(self.any().id)

    def do_private(self):
        self.live.toggle_private(self.any().id)

    def do_remove(self):
        self.live.remove(self.any().id)

    def do_link(self):
        event, item = self.any().id, self.dice.choice(("praise", "open"))
        (self.live.unlink if self.live.linked(event, item) else self.live.link)(event, item)

    def do_tally(self):
        happenings.tally(self.core, visit_id=self.id, item=self.dice.choice(TALLIES))

    def do_untally(self):
        if self.only is None:
            happenings.take_back_tally(self.core, visit_id=self.id, item=self.dice.choice(TALLIES))

    def do_start(self):
        happenings.start_timer(self.core, visit_id=self.id, item=self.dice.choice(TIMERS))

    def do_stop(self):
        happenings.stop_timer(self.core, visit_id=self.id, item=self.dice.choice(TIMERS))

    def do_stretch(self):
        begin = self.dice.randint(0, 3_000_000)
        happenings.add_stretch(
            self.core, visit_id=self.id, item=self.dice.choice(TIMERS), start_ms=begin, end_ms=begin + 4000
        )

    def do_tick(self):
        happenings.tick(
            self.core, visit_id=self.id, item=GRID, index=self.dice.randint(0, 3), code=self.dice.choice(CODES),
            ticked=self.dice.random() < 0.7,
        )  # fmt: skip

    def do_same(self):
        codes = tuple(self.dice.sample(CODES, 3))
        happenings.tick_same(self.core, visit_id=self.id, item=GRID, index=self.dice.randint(0, 3), codes=codes)

    def do_level(self):
        happenings.set_level(
            self.core,
            visit_id=self.id,
            item=GRID,
            index=self.dice.randint(0, 3),
            level=self.dice.choice((1, 2, 3, None)),
        )

    def do_comment(self):
        happenings.comment_code(
            self.core, visit_id=self.id, item=GRID, index=self.dice.randint(0, 3), code="I.O",
            text=self.dice.choice(("", "a video", "a bell")),
        )  # fmt: skip

    def do_sweep(self):
        happenings.sweep(self.core, visit_id=self.id, item=self.dice.choice(SWEEPS), on_task=self.dice.randint(0, 6))

    def do_wait(self):
        happenings.wait(self.core, visit_id=self.id, item="wait", wait_ms=self.dice.randint(0, 5000))

    def do_outcome(self):
        happenings.set_outcome(
            self.core, event_id=self.any(EventKind.WAIT).id, outcome=self.dice.choice(("answered", "rephrased", ""))
        )

    def do_phase(self):
        self.live.begin_phase(self.dice.choice(("Starter", "Group work", "Plenary")))

    def do_pause(self):
        (self.live.pause if self.live.paused_since is None else self.live.go_on)()

    def do_gap(self):
        self.live.mark_gap(self.dice.choice((None, 8_000, 760_000, -60_000)), self.stamp())

    def do_answer_gap(self):
        self.live.answer_gap(self.any(EventKind.GAP).id, self.dice.choice(("counted", "ignored")))

    def do_set_clock(self):
        self.live.set_clock(self.dice.randint(0, 3_600_000))

    def do_plan(self):
        plan = rows_and_columns(self.dice.randint(1, 4), self.dice.randint(1, 6))
        seating.set_plan(self.core, visit_id=self.id, plan=self.dice.choice((plan, plan, None)))

    def do_spoke(self):
        happenings.spoke(
            self.core, visit_id=self.id, seat=self.dice.choice(("1", "7")), speaker="S7", to=self.dice.choice(("", "T"))
        )

    def do_address(self):
        seating.address(self.core, event_id=self.any(EventKind.TALLY).id, to=self.dice.choice(("T", "S3", "")))

    def do_answer(self):
        item = self.dice.choice(("praise", "teacher"))
        opened = answers.open_answer(self.core, visit_id=self.id, item=item)
        answers.give(
            self.core, visit_id=self.id, item=item, comment=self.dice.choice(("", "said so", "again")), seen=opened.seen
        )


def back_to_the_beginning(live) -> int:
    """Press undo until it says that nothing is left; return how often."""
    for number in range(10 * STEPS):
        try:
            live.undo()
        except NothingToUndo:
            return number
    pytest.fail("undo never ends")


def on_to_the_end(live) -> int:
    """Press redo until it says that nothing is left; return how often."""
    for number in range(10 * STEPS):
        try:
            live.redo()
        except NothingToUndo:
            return number
    pytest.fail("redo never ends")


def without_noticed_gaps(tables):
    """Leave out what the program itself saw: undo does not reach it."""
    return {name: [row for row in rows if name != "event" or "gap" not in row] for name, rows in tables.items()}


SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 150))]


@pytest.fixture
def lesson(core, clock):
    live = LiveVisit(core, visit_with(core))
    live.begin()
    return live


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_goes_back_to_the_beginning_and_on_to_the_end(core, clock, lesson, seed):
    before, dice = dump(core), random.Random(seed)
    acts = Acts(core, lesson, dice)
    for _ in range(STEPS):
        clock.advance(seconds=dice.randint(0, 40))
        acts.step()
    after, stage = dump(core), visits.get(core, lesson.visit_id).stage

    undone = back_to_the_beginning(lesson)
    assert undone > STEPS // 3
    assert without_noticed_gaps(dump(core)) == without_noticed_gaps(before)
    assert visits.get(core, lesson.visit_id).stage is stage
    assert on_to_the_end(lesson) == undone
    assert dump(core) == after
    assert backup.check(core) == ()


@pytest.fixture
def elsewhere(core):
    """Open the same records on another computer."""
    other = wire_core(core.folder, clock=core.clock, ids=Ids(core.clock))
    other.store.writer = "ffffffff"
    yield other
    close(other)


@pytest.mark.parametrize("seed", SEEDS)
def test_undo_and_redo_at_any_moment_touch_nothing_of_somebody_else(core, clock, lesson, elsewhere, seed):
    dice = random.Random(1000 + seed)
    mine, theirs = Acts(core, lesson, dice), Acts(elsewhere, LiveVisit(elsewhere, lesson.visit_id), dice)
    # Others only make things here: what both change is a conflict, and has tests of its own.
    making = (theirs.do_note, theirs.do_tally, theirs.do_spoke, theirs.do_wait, theirs.do_sweep)
    of_others: set[str] = set()

    def standing():
        return {event.id: event for event in notes.stream(core, lesson.visit_id) if event.id in of_others}

    for _ in range(STEPS):
        clock.advance(seconds=dice.randint(0, 40))
        here = {event.id for event in notes.stream(core, lesson.visit_id)}
        kept, draw = standing(), dice.random()
        if draw < 0.3:
            dice.choice(making)()
            of_others |= {event.id for event in notes.stream(core, lesson.visit_id)} - here
        elif draw < 0.6:
            mine.only = here - of_others
            mine.step()  # a gap that counts moves everybody's events
        else:
            with suppress(NothingToUndo):
                action = (lesson.undo if draw < 0.85 else lesson.redo)()
                assert action.kind == "lesson.gap" or standing() == kept
    assert of_others
    assert backup.check(core) == ()
