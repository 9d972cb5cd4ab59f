"""Views in words: whole sentences, each with its base."""

from __future__ import annotations

from observe_app.domain.event import Event, EventKind
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from observe_app.services.lesson_views import LessonView, views, views_by_key
from tests.services.event_form import EVENT_FORM

MINUTE = 60_000


def event(number: int, kind: EventKind, minute: float, **fields: object) -> Event:
    return Event(f"{number:04}", "v", kind, round(minute * MINUTE), **fields)  # type: ignore[arg-type]


def told(*events: Event, class_size: int | None = 28, seating: str = "") -> dict[str, str]:
    visit = Visit("v", minutes=50, class_size=class_size, seating=seating)
    record = VisitRecord(visit, events=events, form=EVENT_FORM)
    return {view.key: view.text for view in views(record)}


def test_each_kind_of_item_is_told_with_its_base() -> None:
    waits = [event(n, EventKind.WAIT, n, item="wait", value=ms, outcome=end)
             for n, (ms, end) in enumerate(((1000.0, "answered"), (4000.0, ""), (1000.0, "rephrased")))]  # fmt: skip
    sweeps = [event(10 + n, EventKind.SWEEP, n, item="task", value=n + 20.0, of=28.0) for n in range(4)]
    ticks = [event(20 + n, EventKind.INTERVAL, 2 * n, item="grid", code="I.Lec" if n else "", value=1.0)
             for n in range(5)]  # fmt: skip
    found = told(
        *waits,
        *sweeps,
        *ticks,
        event(40, EventKind.TALLY, 3, item="praise"),
        event(41, EventKind.START, 0, item="teacher"),
        event(42, EventKind.STOP, 12.5, item="teacher"),
    )

    assert found["wait:wait"] == "Wait after a question: 2 s on average (n = 3 waits)"
    assert found["wait:wait:aim"] == "Wait after a question: 1 of 3 lasted 3 s or more"
    assert found["wait:wait:answered"] == "Wait after a question: a student answered in 1 of 2 whose end was noted"
    assert found["sweep:task"] == "On task: 21.5 of 28 on average (n = 4 sweeps)"
    assert found["share:I.Lec"] == "Lecturing in 4 of 5 intervals"
    assert found["tally:praise"] == "Praise, specific: 1 in 50 min"
    assert found["timer:teacher"] == "Teacher talks: 12:30 of 50 min, 25 % (n = 1 stretch)"


def test_notes_are_told_by_speaker_tag_and_phase() -> None:
    found = told(
        event(1, EventKind.PHASE, 0, text="Starter"),
        event(2, EventKind.NOTE, 1, text="two words", speaker="T", tags=("open",)),
        event(3, EventKind.NOTE, 2, text="one", speaker="S4"),
        event(4, EventKind.PHASE, 10, text="Pairs"),
        event(5, EventKind.NOTE, 11, text="seen only"),
    )

    assert found == {
        "talk": "The teacher said 2 of the 3 words noted with a speaker",
        "speakers": "Different students heard: 1 of 28 (notes that name them, n = 1)",
        "tag:open": "#open in 1 of 3 notes",
        "phase:0001": "Starter: 10:00 of 50 min (notes in it, n = 2)",
        "phase:0004": "Pairs: 40:00 of 50 min (notes in it, n = 1)",
    }


def test_a_code_that_stands_on_both_sides_names_its_side() -> None:
    found = told(event(1, EventKind.INTERVAL, 0, item="grid", code="S.L", value=1.0))
    assert found["share:S.L"] == "Listening in 1 of 1 intervals"


def test_a_plan_that_cannot_be_read_seats_nobody() -> None:
    found = told(event(1, EventKind.NOTE, 1, text="x", speaker="S1"), class_size=None, seating="{")
    assert found["speakers"] == "Different students heard: 1 (notes that name them, n = 1)"


def test_private_notes_are_in_no_view() -> None:
    assert told(event(1, EventKind.NOTE, 1, text="x", speaker="S1", tags=("aside",), private=True)) == {}


def test_views_are_found_again_by_their_keys() -> None:
    note = event(1, EventKind.NOTE, 1, text="x", tags=("open",))
    record = VisitRecord(Visit("v", minutes=50), events=(note,))

    assert views_by_key(record) == {"tag:open": LessonView("tag:open", "#open in 1 of 1 notes", ("0001",), "notes")}
