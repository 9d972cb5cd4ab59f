"""A sheet that was changed says what a sheet made anew says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import ItemKind
from observe_app.domain.sheet_change import changed_sheet
from observe_app.domain.timeline import interval_sheet
from tests.services.event_form import EVENT_FORM

ITEM = next(item for item in EVENT_FORM.items if item.kind is ItemKind.INTERVAL)
CODES = [side.full(code) for side in ITEM.sides for code in side.codes]
LENGTH = ITEM.seconds * 1000


@st.composite
def cells(draw):
    index, code = draw(st.integers(-1, 6)), draw(st.sampled_from([*CODES, "", "no code"]))
    return Event(
        f"{index}-{code}",
        "visit",
        EventKind.INTERVAL,
        index * LENGTH + draw(st.sampled_from([0, 0, LENGTH - 1])),
        item=ITEM.id,
        code=code,
        value=float(draw(st.integers(0, 2))),
        text=draw(st.sampled_from(["", "words"])),
    )


def shelf(events):
    return tuple(sorted(events.values(), key=lambda event: (event.offset_ms, event.id)))


@given(st.lists(cells(), max_size=20), st.lists(st.lists(cells(), min_size=1, max_size=2), max_size=8), st.data())
def test_a_changed_sheet_is_the_sheet_of_what_there_is_now(filled, steps, data):
    kept = {event.id: event for event in filled}
    before = shelf(kept)
    sheet = interval_sheet(ITEM, before)
    for step in steps:
        for event in step:
            if event.id in kept and data.draw(st.booleans()):
                del kept[event.id]
            else:
                kept[event.id] = event
        after = shelf(kept)
        sheet = changed_sheet(ITEM, sheet, before, after)
        assert sheet == interval_sheet(ITEM, after)
        before = after


def test_what_is_no_other_stays_the_same_sheet():
    events = (Event("one", "visit", EventKind.INTERVAL, 0, item=ITEM.id, code=CODES[0], value=1.0),)
    sheet = interval_sheet(ITEM, events)

    assert changed_sheet(ITEM, sheet, events, events) is sheet
    assert changed_sheet(ITEM, sheet, events, (replace(events[0], value=0.0),)) != sheet
