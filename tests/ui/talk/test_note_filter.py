"""Narrowing of notes: every wish fits, and what is offered leaves as many notes as it says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.ui.talk.note_filter import Around, Narrow, NoteFilter, Wish, offers
from observe_app.ui.talk.notes_model import NotesModel

MINUTE = 60_000


@st.composite
def lessons(draw: st.DrawFn) -> tuple[list[Event], Around]:
    """Return notes and phases of a lesson, and what is known about them."""
    notes = [
        Event(
            f"{number:03}",
            "v",
            EventKind.NOTE,
            draw(st.integers(0, 50)) * MINUTE,
            text="words",
            speaker=draw(st.sampled_from(["", "T", "S4", "S12", "SS"])),
            tags=tuple(draw(st.lists(st.sampled_from(["open", "wait"]), max_size=2))),
            starred=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 12)))
    ]
    phases = [
        Event(f"p{number}", "v", EventKind.PHASE, at * MINUTE, text=name)
        for number, (at, name) in enumerate(
            draw(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["Starter", "Pairs", ""])), max_size=3))
        )
    ]
    ids = [note.id for note in notes]
    used = frozenset(one for one in ids if draw(st.booleans()))
    items = {one: frozenset({"checks"}) for one in ids if draw(st.booleans())}
    views = {"tag:open": frozenset(note.id for note in notes if "open" in note.tags)}
    events = sorted([*notes, *phases], key=lambda event: (event.offset_ms, event.id))
    return events, Around(used, items, views)


def left(lesson: tuple[list[Event], Around], *wishes: Wish) -> list[Event]:
    model = NotesModel()
    model.set_notes(lesson[0], {}, lesson[1])
    model.narrow(NoteFilter(wishes=wishes))
    return [model.event_at(row) for row in range(model.rowCount())]


@settings(max_examples=60, deadline=None)
@given(lessons())
def test_what_is_offered_leaves_as_many_as_it_says(lesson: tuple[list[Event], Around]) -> None:
    found = offers(*lesson)

    assert len(left(lesson, (Narrow.STARRED, ""))) == found.starred
    assert len(left(lesson, (Narrow.UNUSED, ""))) == found.unused
    for what, values in ((Narrow.TAG, found.tags), (Narrow.SPEAKER, found.speakers), (Narrow.ITEM, found.items)):
        for value, count in values:
            assert len(left(lesson, (what, value))) == count > 0
    for phase, count in found.phases:
        assert len(left(lesson, (Narrow.PHASE, phase.event))) == count > 0


@settings(max_examples=60, deadline=None)
@given(lessons())
def test_wishes_of_one_kind_add_and_of_two_kinds_narrow(lesson: tuple[list[Event], Around]) -> None:
    teacher, student, tag = (Narrow.SPEAKER, "T"), (Narrow.SPEAKER, "S4"), (Narrow.TAG, "open")

    def ids(*wishes: Wish) -> set[str]:
        return {event.id for event in left(lesson, *wishes)}

    assert ids(teacher, student) == ids(teacher) | ids(student)
    assert ids(teacher, tag) == ids(teacher) & ids(tag)
    assert ids() == {event.id for event in lesson[0] if event.kind is EventKind.NOTE}


def test_a_wish_made_twice_is_taken_back() -> None:
    wish = (Narrow.TAG, "open")
    assert NoteFilter().toggled(wish).toggled(wish) == NoteFilter()


def test_a_view_shows_its_events_also_those_that_are_no_notes() -> None:
    tally = Event("t", "v", EventKind.TALLY, 5, item="praise")
    lesson = ([Event("n", "v", EventKind.NOTE, 1, text="x"), tally], Around(views={"tally:praise": frozenset({"t"})}))

    assert left(lesson, (Narrow.VIEW, "tally:praise")) == [tally]
    assert left(lesson, (Narrow.VIEW, "gone")) == []
