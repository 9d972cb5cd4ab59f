"""The shelf of a form's events says at any time what a look over all of them would say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_parts import paused_since, pauses
from observe_app.domain.timeline import events_of, tallies, timers
from observe_app.ui.form_panel.event_shelf import EventShelf, is_pause
from tests.services.event_form import EVENT_FORM

KINDS = {
    "praise": (EventKind.TALLY,),
    "open": (EventKind.TALLY,),
    "teacher": (EventKind.START, EventKind.STOP),
    "pupils": (EventKind.START, EventKind.STOP),
    "": (EventKind.PAUSE, EventKind.RESUME),
}


@st.composite
def histories(draw):
    """A few events, put again and again with other moments, deleted and brought back."""
    made = []
    for _step in range(draw(st.integers(0, 25))):
        item = draw(st.sampled_from(sorted(KINDS)))
        number = draw(st.integers(0, 8))
        kinds = KINDS[item]
        offset = draw(st.integers(-5, 20)) * 1000
        made.append(
            Event(
                f"{item}-{number}",
                "visit",
                kinds[number % len(kinds)],
                offset,
                item=item,
                deleted=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return made


def check(shelf, events):
    for item in ("praise", "open"):
        assert shelf.of(item) == tallies(events, item)
        assert shelf.count(item) == len(tallies(events, item))
    states = timers(EVENT_FORM.items, events)
    for item in ("teacher", "pupils", "silence", "board"):
        assert shelf.of(item) == events_of(events, item, EventKind.START, EventKind.STOP)
        assert shelf.state(item) == states[item]
        summed_anew = replace(states[item], over_ms=None)
        for until in (-5000, 0, 7000, 30_000):
            assert shelf.state(item).total_ms(until) == summed_anew.total_ms(until)
    assert shelf.paused_since == paused_since(pauses(events))


@given(histories(), st.integers(0, 10))
def test_the_shelf_agrees_with_a_look_over_everything_after_each_step(steps, filled):
    shelf = EventShelf(EVENT_FORM.items)
    kept = {event.id: event for event in steps[:filled]}
    shelf.fill(kept.values())
    check(shelf, kept.values())
    for event in steps[filled:]:
        shelf.put(event)
        kept[event.id] = event
        check(shelf, kept.values())


@given(histories())
def test_what_is_dropped_is_forgotten(steps):
    shelf = EventShelf(EVENT_FORM.items)
    for event in steps:
        shelf.put(event)
    for event in steps:
        shelf.drop(event.id)
        assert event.id not in shelf
    check(shelf, ())


def test_the_shelf_knows_which_item_an_event_belongs_to_also_when_it_is_deleted():
    shelf = EventShelf(EVENT_FORM.items)
    shelf.put(Event("one", "visit", EventKind.TALLY, 5, item="praise", deleted=True))

    assert (shelf.item_of("one"), shelf.item_of("two")) == ("praise", "")
    assert shelf.get("one").offset_ms == 5


def test_only_pauses_of_the_lesson_are_pauses():
    assert is_pause(Event("p", "visit", EventKind.PAUSE, 5))
    assert not is_pause(Event("n", "visit", EventKind.NOTE, 5))
