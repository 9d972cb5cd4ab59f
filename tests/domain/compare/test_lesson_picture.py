"""What one lesson shows: looks that were missed, waits in bins, steps and conversations over a term, all together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.action_step import ActionStep, StepStatus
from observe_app.domain.compare.length import length_ms
from observe_app.domain.compare.lesson import lesson
from observe_app.domain.compare.looks import look_curve, missed_looks
from observe_app.domain.compare.marks import Origin
from observe_app.domain.compare.steps import balance, step_courses, steps_over_time
from observe_app.domain.compare.waits import wait_spread
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Evidence
from observe_app.domain.lesson_parts import Stretch
from observe_app.domain.record import VisitRecord
from observe_app.domain.timeline import next_due_ms, sweep_sheet, wait_sheet
from observe_app.domain.turn import Turn, Voice
from observe_app.domain.visit import Visit
from observe_app.services.item_words import lesson_minutes
from tests.services.compare.lesson_hands import Hand
from tests.services.event_form import EVENT_FORM, SWEEP, WAIT

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = 60_000
MARCH = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)


# -- looks


def test_a_due_look_that_nobody_made_is_missed_and_no_zero() -> None:
    assert missed_looks(5, [5 * MINUTE, 16 * MINUTE], 20 * MINUTE) == (10 * MINUTE, 20 * MINUTE)


def test_a_look_exactly_between_two_due_moments_belongs_to_the_later() -> None:
    assert missed_looks(5, [450_000], 10 * MINUTE) == (5 * MINUTE,)
    assert missed_looks(5, [449_999], 10 * MINUTE) == (10 * MINUTE,)


def test_nothing_is_due_in_a_pause_and_it_ends_at_its_border() -> None:
    paused = (Stretch(5 * MINUTE, 10 * MINUTE),)

    assert missed_looks(5, [], 15 * MINUTE, paused) == (10 * MINUTE, 15 * MINUTE)


def test_nothing_is_due_of_an_item_without_a_rhythm_or_for_longer_than_a_day() -> None:
    assert missed_looks(0, [], 50 * MINUTE) == ()
    assert len(missed_looks(1, [], 2**62)) == 24 * 60


@given(st.lists(st.integers(0, 60 * MINUTE), max_size=8), st.integers(1, 20), st.integers(0, 60 * MINUTE))
def test_what_is_next_due_is_the_first_missed_after_all_that_were_made(
    made: list[int], every: int, length: int
) -> None:
    events = [Event(f"e{at}", "v", EventKind.SWEEP, ms, item="s", value=1, of=2) for at, ms in enumerate(made)]
    due = next_due_ms(sweep_sheet(events, "s"), every)
    after = [at for at in missed_looks(every, made, length) if at >= due]

    assert (after[0] if after else None) == (due if due <= length else None)


def test_a_curve_has_its_points_and_its_gaps_in_time() -> None:
    hand = Hand("v")
    hand.put(EventKind.SWEEP, 5 * MINUTE, item="task", value=20, of=27)
    hand.put(EventKind.SWEEP, 15 * MINUTE, item="task", value=27, of=27)

    curve = look_curve(SWEEP, hand.events, 15 * MINUTE)

    assert [(one.at_ms, one.seen.count if one.seen else None) for one in curve] == [
        (5 * MINUTE, 20), (10 * MINUTE, None), (15 * MINUTE, 27)
    ]  # fmt: skip


# -- waits


def waits(*found: tuple[float, str]) -> list[Event]:
    return [
        Event(f"w{at}", "v", EventKind.WAIT, at, item="wait", value=ms, outcome=end)
        for at, (ms, end) in enumerate(found)
    ]


def test_a_wait_on_a_border_belongs_to_the_longer_bin() -> None:
    spread = wait_spread(WAIT, waits((999, ""), (1000, ""), (3000, "answered"), (60_000, "rephrased")))

    assert spread is not None
    assert [(one.low_ms, one.count) for one in spread.bins if one.count] == [(0, 1), (1000, 1), (3000, 1), (10_000, 1)]
    assert [one.ends for one in spread.bins if one.ends] == [(("answered", 1),), (("rephrased", 1),)]
    assert (spread.n, spread.noted) == (4, 2)


def test_an_aim_begins_a_bin_of_its_own() -> None:
    spread = wait_spread(replace(WAIT, aim=4), waits((4000, ""), (3999, "")))

    assert spread is not None
    assert [(one.low_ms, one.high_ms) for one in spread.bins if one.count] == [(3000, 4000), (4000, 5000)]


def test_no_waits_have_no_distribution() -> None:
    assert wait_spread(WAIT, waits((-1, ""))) is None


@given(st.lists(st.tuples(st.integers(0, 40_000).map(float), st.sampled_from(["", "answered", "else"])), max_size=30))
def test_every_wait_lies_in_exactly_one_bin(found: list[tuple[float, str]]) -> None:
    spread = wait_spread(WAIT, waits(*found))

    assert (spread.n if spread else 0) == len(wait_sheet(WAIT, waits(*found)).waits_ms)
    if spread is not None:
        assert sum(one.count for one in spread.bins) == spread.n
        reached = sum(one.count for one in spread.bins if one.low_ms >= 3000)
        assert spread.reached is not None
        assert spread.reached.count == reached


# -- steps and conversations


def record(name: str, day: int | None, **parts: object) -> VisitRecord:
    started = None if day is None else MARCH + timedelta(days=day)
    return VisitRecord(Visit(name, started=started), **parts)  # type: ignore[arg-type]


def step(name: str, visit: str, status: StepStatus = StepStatus.OPEN, closed: int | None = None) -> ActionStep:
    when = None if closed is None else MARCH + timedelta(days=closed)
    return ActionStep(name, visit, f"Do {name}", status=status, closed=when)


def test_steps_come_by_visit_with_what_later_showed_them() -> None:
    first = record("v1", 0, steps=(step("a", "v1"), step("b", "v1", StepStatus.DONE, 14)))
    shown = Evidence("v2", "step", "a", "event")
    later = record("v2", 14, evidence=(shown, replace(shown, event_id="other"), replace(shown, event_id="")))

    found = step_courses([later, first])

    assert [(one.id, one.status, one.seen) for one in found] == [
        ("a", StepStatus.OPEN, ("v2",)), ("b", StepStatus.DONE, ())
    ]  # fmt: skip
    assert found[1].closed == MARCH + timedelta(days=14)


def test_open_steps_are_those_agreed_and_neither_done_nor_let_go() -> None:
    records = [
        record("v1", 0, steps=(step("a", "v1", StepStatus.DONE, 7), step("b", "v1"))),
        record("v2", 7, steps=(step("c", "v2", StepStatus.DROPPED, 9),)),
        record("v3", None, steps=(step("d", "v3"),)),
    ]

    found = steps_over_time(step_courses(records))

    assert [(one.at - MARCH, one.agreed, one.done, one.dropped, one.still_open) for one in found] == [
        (timedelta(0), 2, 0, 0, 2), (timedelta(days=7), 3, 1, 0, 2), (timedelta(days=9), 3, 1, 1, 1)
    ]  # fmt: skip


def test_a_conversation_is_shared_between_the_two_and_what_they_agreed_is_neithers() -> None:
    turns = (
        Turn("1", "v1", Voice.OBSERVER, "What did you see?"),
        Turn("2", "v1", Voice.TEACHER, "They waited. Some spoke."),
        Turn("3", "v1", Voice.BOTH, "three seconds"),
        Turn("4", "v1", Voice.TEACHER, "gone", deleted=True),
    )

    found = balance(record("v1", 0, turns=turns))

    assert found is not None
    assert found.turns == ((Voice.TEACHER, 1, 4), (Voice.OBSERVER, 1, 4))
    assert (found.agreed_words, found.teacher.count, found.teacher.of) == (2, 4, 8)
    assert balance(record("v2", 1)) is None


# -- the whole


def recorded() -> VisitRecord:
    hand = Hand("v")
    hand.ticks("I.Lec S.L", "I.Lec I.PQ", None, "")
    hand.level(0, 2)
    hand.tally(30_000)
    hand.tally(90_000)
    hand.run(0, 10 * MINUTE)
    hand.run(10 * MINUTE, 20 * MINUTE, "pupils")
    hand.put(EventKind.SWEEP, 5 * MINUTE, item="task", value=20, of=27)
    hand.put(EventKind.WAIT, 60_000, item="wait", value=3000.0, outcome="answered")
    hand.put(EventKind.NOTE, 1000, text="says three words", speaker="T", tags=("open",))
    hand.put(EventKind.NOTE, 2000, text="one", speaker="S3")
    hand.put(EventKind.PHASE, 0, text="Start")
    hand.put(EventKind.PAUSE, 40 * MINUTE)
    hand.put(EventKind.RESUME, 45 * MINUTE)
    hand.put(EventKind.TALLY, 3000, item="praise", private=True)
    hand.put(EventKind.TALLY, 3000, item="praise", deleted=True)
    visit = Visit("v", minutes=50, source="imported")
    return VisitRecord(visit, events=tuple(hand.events), form=EVENT_FORM)


def test_a_lesson_shows_each_thing_with_what_it_rests_on() -> None:
    shown = lesson(recorded())
    (sheet,) = shown.sheets
    codes = dict(sheet.codes)

    assert (shown.origin, shown.length_ms, shown.facts.length_ms) == (Origin.IMPORTED, 50 * MINUTE, 45 * MINUTE)
    assert (codes["I.Lec"].intervals.count, codes["I.Lec"].intervals.of, sheet.blank) == (2, 3, 1)
    assert (codes["I.Lec"].ticks.count, codes["I.Lec"].ticks.of) == (2, 3)
    assert dict(sheet.categories)["I.presenting"].intervals.count == 2
    assert [(number, share.count, share.of) for number, share in sheet.levels] == [(1, 0, 1), (2, 1, 1), (3, 0, 1)]
    assert shown.moments == (("praise", (30_000, 90_000)),)
    assert [(rate.item, rate.count, rate.whole_ms) for rate in shown.rates] == [("praise", 2, 45 * MINUTE)]
    assert shown.talk_seconds is not None
    assert (shown.talk_seconds.count, shown.talk_seconds.of) == (10 * MINUTE, 20 * MINUTE)
    assert (shown.talk.of_talk.count, shown.talk.of_talk.of) == (3, 4)
    assert (shown.looks[0].overall.count, shown.looks[0].missed) == (20, 8)
    assert [one.n for one in shown.waits] == [1]
    assert [(tag, share.count, share.of) for tag, share in shown.tags] == [("open", 1, 2)]
    assert [phase.name for phase in shown.phases] == ["Start"]
    assert shown.participation.notes == 2


def test_a_derived_sheet_is_made_of_what_was_recorded_as_it_came() -> None:
    sheet = lesson(recorded()).derived(300)

    assert sheet is not None
    assert [one.ticked for one in sheet.intervals[:3]] == [
        ("praise", "wait", "teacher"), ("task", "teacher"), ("pupils",)
    ]  # fmt: skip
    assert sheet.blank == 1


def test_a_lesson_nothing_was_recorded_in_shows_no_figure() -> None:
    shown = lesson(VisitRecord(Visit("v"), form=EVENT_FORM))

    parts = (shown.sheets, shown.rates, shown.waits, shown.looks, shown.budgets, shown.tags)
    assert parts == ((),) * len(parts)
    assert (shown.derived(120), shown.talk_seconds, shown.balance, shown.phase_budget) == (None, None, None, None)


def test_a_seating_plan_that_cannot_be_read_seats_nobody() -> None:
    shown = lesson(VisitRecord(Visit("v", seating="{")))

    assert shown.plan.seats == ()


@pytest.mark.parametrize(
    ("took", "events"), [(None, ()), (0, (3_000_001,)), (50 * MINUTE + 1, ()), (3 * MINUTE, (90,)), (None, (-5,))]
)
def test_a_lesson_is_as_long_as_its_report_says(took: int | None, events: Sequence[int]) -> None:
    ended = None if took is None else MARCH + timedelta(milliseconds=took)
    visit = Visit("v", started=MARCH, ended=ended)
    told = [Event(f"e{at}", "v", EventKind.NOTE, ms) for at, ms in enumerate(events)]

    shown = lesson(VisitRecord(visit, events=tuple(told)))

    assert shown.length_ms == lesson_minutes(visit, told) * MINUTE


def test_no_lesson_is_shorter_than_a_minute() -> None:
    assert length_ms(0, 0, None) == MINUTE
