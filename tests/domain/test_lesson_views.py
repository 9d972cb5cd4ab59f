"""What a lesson adds up to: every figure counts exactly the events it lists, and nothing private."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_views import Finding, FindingKind, findings
from observe_app.domain.participation import Basis
from observe_app.domain.seating import SeatingPlan, add
from observe_app.domain.timeline import OUTCOMES
from tests.services.event_form import EVENT_FORM

MINUTE = 60_000
LENGTH = 50 * MINUTE

_fields = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just(EventKind.NOTE),
            "speaker": st.sampled_from(["T", "S1", "S2", "S30", "SS", "S", ""]),
            "text": st.sampled_from(["one", "two words", "three words here"]),
            "tags": st.lists(st.sampled_from(["open", "wait", "aside"]), max_size=3).map(tuple),
        }
    ),
    st.fixed_dictionaries({"kind": st.just(EventKind.TALLY), "item": st.sampled_from(["praise", "open"])}),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from([EventKind.START, EventKind.STOP]),
            "item": st.sampled_from(["teacher", "pupils", "board"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just(EventKind.WAIT),
            "item": st.just("wait"),
            "value": st.one_of(st.none(), st.floats(-10, 20_000)),
            "outcome": st.sampled_from(["", *OUTCOMES]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just(EventKind.SWEEP),
            "item": st.just("task"),
            "value": st.floats(0, 30),
            "of": st.one_of(st.none(), st.floats(0, 30)),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just(EventKind.INTERVAL),
            "item": st.just("grid"),
            "code": st.sampled_from(["I.Lec", "I.PQ", "S.L", "S.gone", ""]),
            "value": st.sampled_from([0.0, 1.0, 2.0]),
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.just(EventKind.PHASE), "text": st.sampled_from(["Starter", "Pairs", ""])},
    ),
    st.fixed_dictionaries({"kind": st.sampled_from([EventKind.PAUSE, EventKind.RESUME])}),
)


@st.composite
def lessons(draw: st.DrawFn) -> list[Event]:
    """Return the events of a lesson, some of them private or deleted."""
    made = []
    for number, fields in enumerate(draw(st.lists(_fields, max_size=30))):
        made.append(
            Event(
                f"{number:04}",
                "v",
                offset_ms=draw(st.integers(0, LENGTH)),
                private=draw(st.sampled_from([False, False, False, True])),
                deleted=draw(st.sampled_from([False, False, False, False, True])),
                **fields,
            )
        )
    return made


def of_kind(found: tuple[Finding, ...], kind: FindingKind) -> list[Finding]:
    return [one for one in found if one.kind is kind]


def event(number: int, kind: EventKind, minute: float, **fields: object) -> Event:
    return Event(f"{number:04}", "v", kind, round(minute * MINUTE), **fields)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(lessons())
def test_every_finding_lists_living_public_events_once_and_has_its_own_key(events: list[Event]) -> None:
    found = findings(EVENT_FORM, events, LENGTH, 28)
    known = {one.id for one in events if not one.private and not one.deleted}

    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert set(one.events) <= known
        assert len(set(one.events)) == len(one.events) > 0
        assert one.of == 0 or one.count <= one.of


@settings(max_examples=60, deadline=None)
@given(lessons())
def test_private_and_deleted_events_change_nothing(events: list[Event]) -> None:
    told = [one for one in events if not one.private and not one.deleted]

    assert findings(EVENT_FORM, events, LENGTH) == findings(EVENT_FORM, told, LENGTH)


@settings(max_examples=60, deadline=None)
@given(lessons(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_lie_changes_nothing(events: list[Event], random: object) -> None:
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert findings(EVENT_FORM, mixed, LENGTH) == findings(EVENT_FORM, events, LENGTH)


@settings(max_examples=80, deadline=None)
@given(lessons())
def test_counts_are_those_of_the_events_listed(events: list[Event]) -> None:
    by_id = {one.id: one for one in events}
    found = findings(EVENT_FORM, events, LENGTH)

    for one in found:
        listed = [by_id[event_id] for event_id in one.events]
        if one.kind in (FindingKind.TALLY, FindingKind.WAIT, FindingKind.SWEEP, FindingKind.TAG, FindingKind.WAIT_END):
            assert one.count == len(listed)
        if one.kind is FindingKind.WAIT:
            assert one.value == pytest.approx(fmean(round(each.value or 0) for each in listed))
        elif one.kind is FindingKind.WAIT_END:
            assert {each.outcome for each in listed} == {one.part}
        elif one.kind is FindingKind.SWEEP:
            assert one.value <= one.base
        elif one.kind is FindingKind.TALK:
            words = sum(len(each.text.split()) for each in listed)
            assert (one.of, one.count) == (
                words,
                sum(len(each.text.split()) for each in listed if each.speaker == "T"),
            )
        elif one.kind is FindingKind.SPEAKERS:
            assert one.count == len({each.speaker for each in listed})
        elif one.kind is FindingKind.CODE:
            assert one.count == len({each.offset_ms // 120_000 for each in listed})
            assert all(each.code == one.part and each.value for each in listed)
        elif one.kind is FindingKind.PHASE:
            assert one.count == sum(each.kind is EventKind.NOTE for each in listed)


@settings(max_examples=60, deadline=None)
@given(lessons())
def test_parts_add_up_to_their_whole(events: list[Event]) -> None:
    found = findings(EVENT_FORM, events, LENGTH)

    ends = of_kind(found, FindingKind.WAIT_END)
    assert sum(one.count for one in ends) == (ends[0].of if ends else 0)
    levels = of_kind(found, FindingKind.LEVEL)
    assert sum(one.count for one in levels) == (levels[0].of if levels else 0)
    for one in of_kind(found, FindingKind.TIMER):
        assert 0 <= one.value <= max(one.base, 0)
    group = [one for one in of_kind(found, FindingKind.TIMER) if one.item in ("teacher", "pupils")]
    assert sum(one.value for one in group) <= max((one.base for one in group), default=0)
    assert sum(one.value for one in of_kind(found, FindingKind.PHASE)) <= LENGTH


def test_a_lesson_without_events_has_nothing_to_say() -> None:
    assert findings(EVENT_FORM, (), LENGTH, 28) == ()
    assert findings(None, (), LENGTH) == ()


def test_time_in_a_pause_is_left_out_of_the_timer_and_of_its_base() -> None:
    events = (
        event(1, EventKind.START, 5, item="teacher"),
        event(2, EventKind.PAUSE, 10),
        event(3, EventKind.RESUME, 20),
        event(4, EventKind.STOP, 25, item="teacher"),
    )
    (one,) = of_kind(findings(EVENT_FORM, events, LENGTH), FindingKind.TIMER)

    assert (one.value, one.base, one.count) == (10 * MINUTE, 40 * MINUTE, 1)
    assert one.events == ("0001", "0004")


def test_a_start_of_another_timer_that_ends_a_run_is_among_its_events() -> None:
    events = (event(1, EventKind.START, 5, item="teacher"), event(2, EventKind.START, 9, item="pupils"))
    one = of_kind(findings(EVENT_FORM, events, LENGTH), FindingKind.TIMER)[0]

    assert (one.item, one.value, one.events) == ("teacher", 4 * MINUTE, ("0001", "0002"))


@pytest.mark.parametrize(("size", "of"), [(28, 28), (None, 0), (1, 0)])
def test_students_heard_have_a_base_only_where_it_can_be_one(size: int | None, of: int) -> None:
    events = [event(n, EventKind.NOTE, n, text="x", speaker=who) for n, who in enumerate(("S1", "S2", "S1", "SS", "T"))]
    (one,) = of_kind(findings(None, events, LENGTH, size), FindingKind.SPEAKERS)

    assert (one.count, one.of, one.by) == (2, of, Basis.NOTES)
    assert one.events == ("0000", "0001", "0002")


def test_presses_on_the_plan_are_counted_apart_from_notes() -> None:
    plan = add(add(SeatingPlan(), 100, 100), 200, 100)
    seats = [seat.id for seat in plan.seats]
    presses = [event(n, EventKind.TALLY, n, seat=seats[0], speaker="S1") for n in range(3)]
    notes = [event(9, EventKind.NOTE, 9, text="x", speaker="S2")]
    (one,) = of_kind(findings(None, [*presses, *notes], LENGTH, None, plan), FindingKind.SPEAKERS)

    assert (one.count, one.of, one.by, len(one.events)) == (1, 2, Basis.PRESSES, 3)


def test_correcting_an_event_changes_the_figure_and_not_its_key() -> None:
    wait = event(1, EventKind.WAIT, 1, item="wait", value=1000.0)
    before = of_kind(findings(EVENT_FORM, [wait], LENGTH), FindingKind.WAIT)[0]
    after = of_kind(findings(EVENT_FORM, [replace(wait, value=3000.0)], LENGTH), FindingKind.WAIT)[0]

    assert (before.key, before.value) == ("wait:wait", 1000)
    assert (after.key, after.value) == ("wait:wait", 3000)
