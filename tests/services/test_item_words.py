"""What an item came to in words, in a lesson with pauses."""

from __future__ import annotations

from observe_app.domain.event import Event, EventKind
from observe_app.domain.visit import Visit
from observe_app.services.item_words import ItemWords, counted, happened, minutes_seen
from observe_app.services.pdf.timeline import figures, timeline
from observe_app.services.pdf.words import Words
from tests.services.event_form import EVENT_FORM, PRAISE, TEACHER

MINUTE = 60_000


def event(kind: EventKind, minute: float, **fields: str) -> Event:
    return Event(f"{minute:05}{kind}", "v", kind, round(minute * MINUTE), **fields)


PAUSED = (event(EventKind.PAUSE, 10), event(EventKind.RESUME, 20))
RAN = (event(EventKind.START, 5, item="teacher"), event(EventKind.STOP, 25, item="teacher"))
COUNTED = (event(EventKind.TALLY, 1, item="praise"), event(EventKind.TALLY, 2, item="praise"))


def test_the_base_of_counts_and_times_is_the_lesson_without_its_pauses() -> None:
    found = happened(EVENT_FORM, (*PAUSED, *RAN, *COUNTED), 50)

    assert counted(TEACHER, found, ItemWords()) == "10:00 min, 25 % of 40 min"
    assert counted(PRAISE, found, ItemWords()) == "2 in 40 min, 0.5 per 10 min"


def test_without_pauses_everything_is_as_it_was() -> None:
    found = happened(EVENT_FORM, (*RAN, *COUNTED), 50)

    assert counted(TEACHER, found, ItemWords()) == "20:00 min, 40 % of 50 min"


def test_a_visit_paused_when_it_ended_is_paused_to_its_end() -> None:
    events = (event(EventKind.START, 5, item="teacher"), event(EventKind.PAUSE, 10))
    found = happened(EVENT_FORM, events, 50)

    assert counted(TEACHER, found, ItemWords()) == "5:00 min, 50 % of 10 min"


def test_a_lesson_that_was_all_pause_has_still_a_minute_to_divide_by() -> None:
    assert minutes_seen(50, (event(EventKind.PAUSE, 0),)) == 1


def test_figures_count_minutes_without_pauses_and_the_line_of_the_lesson_keeps_them() -> None:
    notes = (event(EventKind.NOTE, 5, text="T asks"), event(EventKind.NOTE, 30, text="S answers"))
    events = (event(EventKind.PHASE, 0, text="Starter"), event(EventKind.PHASE, 20, text="Pairs"), *PAUSED, *notes)
    visit = Visit("v", minutes=50)
    words = Words()

    assert figures(visit, notes, (), words, events)[0].unit == words.figure_notes_unit.format(n=40)
    drawn = timeline(visit, events, notes, {}, words)
    assert drawn is not None
    assert drawn.minutes == 50
    assert [(phase.label, phase.start, phase.end) for phase in drawn.phases] == [("Starter", 0, 20), ("Pairs", 20, 50)]
