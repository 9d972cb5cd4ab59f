"""A visit as a BORIS project, and back again with the same counts, times and notes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.note_line import clean_note
from observe_app.domain.record import VisitRecord
from observe_app.domain.timeline import tallies, timers
from observe_app.domain.visit import Stage, Visit
from observe_app.services import notes
from observe_app.services.exchange.boris_events import events_of
from observe_app.services.exchange.boris_file import read_project
from observe_app.services.exchange.boris_form import own_places
from observe_app.services.exchange.boris_note import Comment, read_comment, write_comment
from observe_app.services.exchange.boris_out import boris_bytes, boris_document, boris_text
from observe_app.services.exchange.visit_out import export_visit
from tests.services.exchange.test_visit_out import risky_record, write_counted, write_visit
from tests.services.pdf.form_samples import every_kind

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.form import Form

BEGIN = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
END_MS = 3_000_000
LESSON = Visit("v", Stage.TALK, class_name="Year 8", topic="Fractions", started=BEGIN,
               ended=BEGIN + timedelta(milliseconds=END_MS), created=BEGIN)  # fmt: skip


def record_of(*events: Event, form: Form | None = None) -> VisitRecord:
    ordered = tuple(
        replace(event, id=f"e{place:04d}", visit_id="v")
        for place, event in enumerate(sorted(events, key=lambda event: event.offset_ms))
    )
    return VisitRecord(LESSON, events=ordered, form=form or every_kind())


def event(kind: EventKind, offset_ms: int, item: str = "", **more: Any) -> Event:
    return Event("", "v", kind, offset_ms, item=item, **more)


def rows(record: VisitRecord) -> list[list[Any]]:
    """Return the events of the only observation."""
    return next(iter(boris_document(record, record.events)["observations"].values()))["events"]


def brought_back(record: VisitRecord, folder: Path) -> tuple[Form, tuple[Event, ...]]:
    path = folder / "out.boris"
    path.write_text(boris_text(record, record.events), encoding="utf-8")
    project = read_project(path)
    places = own_places(project)
    numbers = iter(range(100_000))
    found = events_of(project.observations[0], places, visit_id="w", new_id=lambda: f"{next(numbers):06d}")
    assert (project.problems, found.problems) == ((), ())
    assert places.form is not None
    return places.form, found.events


def test_the_ethogram_is_the_form_and_timers_of_a_group_exclude_each_other():
    made = boris_document(record_of(), ())

    told = {one["code"]: (one["type"], one["category"], one["excluded"]) for one in made["behaviors_conf"].values()}
    assert told["Open questions"] == ("Point event", "Counted", "")
    assert told["Teacher talks"] == ("State event", "Counted", "Students talk")
    assert told["Students talk"] == ("State event", "Counted", "Teacher talks")
    assert told["Noise from outside"] == ("State event", "Counted", "")
    assert told["I.I0"] == ("Point event", "Every two minutes", "")
    assert told["note"] == ("Point event", "Observe", "")
    assert made["project_format_version"] == "7.0"
    assert set(made["behavioral_categories"]) == {category for _type, category, _excluded in told.values()}


def test_the_observation_has_what_boris_asks_of_a_live_one():
    made = boris_document(record_of(event(EventKind.NOTE, 1234, text="come in", speaker="S7")), ())

    ((name, one),) = made["observations"].items()
    assert name == "Year 8 Fractions"
    assert (one["type"], one["date"], one["time offset"], one["events"]) == ("LIVE", "2026-03-10T09:05:00", 0.0, [])
    assert {"file", "description", "independent_variables", "scan_sampling_time", "visualize_spectrogram",
            "close_behaviors_between_videos", "observation time interval"} <= set(one)  # fmt: skip


def test_events_of_every_kind_are_told():
    record = record_of(
        event(EventKind.TALLY, 1000, "open", speaker="T", text="why?"),
        event(EventKind.START, 2000, "teacher"), event(EventKind.STOP, 5500, "teacher"),
        event(EventKind.SWEEP, 6000, "task", value=20, of=27),
        event(EventKind.WAIT, 7000, "pause", value=3200, outcome="answered"),
        event(EventKind.INTERVAL, 121_000, "codes", code="I.I1", value=1),
        event(EventKind.INTERVAL, 122_000, "codes", value=2),
        event(EventKind.INTERVAL, 122_500, "codes", code="I.I2", value=0),
        event(EventKind.NOTE, 130_000, text="Look", speaker="T", to="S7", tags=("open",), starred=True),
        event(EventKind.PHASE, 140_000, text="Group work"),
        event(EventKind.TALLY, 150_000, seat="a1", speaker="S3"),
        event(EventKind.GAP, 160_000, value=9000),
    )  # fmt: skip

    assert rows(record) == [
        [1.0, "T", "Open questions", "", "why?"],
        [2.0, "", "Teacher talks", "", ""], [5.5, "", "Teacher talks", "", ""],
        [6.0, "", "At work", "", "20 of 27"],
        [7.0, "", "After a question", "", "3.2 s answered"],
        [120.0, "", "I.I1", "", ""], [120.0, "", "What goes on: level", "", "Medium"],
        [130.0, "T", "note", "", "Look [to S7 #open *]"],
        [140.0, "", "phase", "", "Group work"],
        [150.0, "S3", "speaks", "", ""],
    ]  # fmt: skip


def test_a_timer_still_on_ends_with_the_lesson_and_one_that_goes_through_a_pause_is_parted():
    record = record_of(
        event(EventKind.START, 10_000, "noise"), event(EventKind.PAUSE, 20_000), event(EventKind.RESUME, 50_000)
    )

    times = [row[0] for row in rows(record) if row[2] == "Noise from outside"]
    assert times == [10.0, 20.0, 50.0, 3000.0]


def test_an_item_called_like_a_behaviour_of_ours_stays_an_item(tmp_path):
    form = every_kind()
    section = form.sections[2]
    item = replace(section.items[0], label=(("", "note"),))
    form = replace(form, sections=(replace(section, items=(item,)),))
    record = record_of(event(EventKind.TALLY, 1, "open", text="a"), event(EventKind.NOTE, 2, text="b"), form=form)

    made, events = brought_back(record, tmp_path)

    assert [(one.kind, text_in(made.item(one.item).label, "") if one.item else "") for one in events] == [
        (EventKind.TALLY, "note-2"), (EventKind.NOTE, ""),
    ]  # fmt: skip


def test_nothing_private_leaves_unless_asked(core, tmp_path):
    visit_id = write_visit(core)

    export_visit(core, visit_id=visit_id, target=tmp_path / "a.boris")
    export_visit(core, visit_id=visit_id, target=tmp_path / "b.boris", private=True)

    assert "secret" not in (tmp_path / "a.boris").read_text(encoding="utf-8")
    kept = [one.comment for one in read_project(tmp_path / "b.boris").observations[0].events]
    assert read_comment(kept[-1]) == Comment("for me: a secret thought", private=True)


def test_a_stored_visit_comes_back_with_its_counts(core, tmp_path):
    visit_id = write_counted(core)
    notes.add(core, visit_id=visit_id, line="T Why?", offset_ms=5000, wall=BEGIN)

    export_visit(core, visit_id=visit_id, target=tmp_path / "a.boris")

    project = read_project(tmp_path / "a.boris")
    codes = [one.code for one in project.observations[0].events]
    assert (codes.count("Open questions"), codes.count("Teacher talks"), codes.count("note")) == (4, 2, 1)
    assert json.loads((tmp_path / "a.boris").read_text(encoding="utf-8"))["project_name"] == "Every kind of item"


@pytest.mark.parametrize("risky", ["=1+1", ",", "|", "\x00", "\ud800x", "None"])
def test_odd_words_anywhere_are_written_and_read(risky, tmp_path):
    record = risky_record(risky)

    (tmp_path / "a.boris").write_bytes(boris_bytes(record, record.events))

    project = read_project(tmp_path / "a.boris")
    assert not any(set(",|") & set(one.code) for one in project.behaviours)
    known = {one.code for one in project.behaviours}
    assert {event.code for event in project.observations[0].events} <= known


def test_a_visit_without_a_form_is_its_notes(tmp_path):
    record = replace(record_of(event(EventKind.NOTE, 1, text="a"), event(EventKind.TALLY, 2, "gone")), form=None)

    assert [row[2:] for row in rows(record)] == [["note", "", "a"], ["note", "", "tally gone"]]


WORDS = st.text(max_size=30).map(clean_note)
TAGS = st.lists(st.sampled_from(["open", "wait-time", "größe"]), max_size=2, unique=True).map(tuple)
WHO = st.sampled_from(["", "T", "S", "SS", "S7", "S120"])


@given(
    text=st.one_of(WORDS, st.sampled_from(["[]", "so [private]", "[to S7]", "x [#open]", "a []"])),
    to=WHO, tags=TAGS, starred=st.booleans(), private=st.booleans(),
)  # fmt: skip
def test_a_comment_is_read_as_it_was_written(text, to, tags, starred, private):
    comment = Comment(text, to, tags, starred, private)

    assert read_comment(write_comment(comment)) == comment


@pytest.mark.parametrize("order", [("teacher", "students"), ("students", "teacher")])
def test_of_two_timers_of_a_group_begun_in_one_millisecond_the_later_runs_on(tmp_path, order):
    first, later = order
    record = record_of(event(EventKind.START, 1000, first), event(EventKind.START, 1000, later),
                       event(EventKind.STOP, 9000, later))  # fmt: skip

    form, events = brought_back(record, tmp_path)

    found = {
        text_in(form.item(item).label, ""): state.total_ms(END_MS) for item, state in timers(form.items, events).items()
    }
    names = {"teacher": "Teacher talks", "students": "Students talk"}
    assert (found[names[first]], found[names[later]]) == (0, 8000)


OFFSETS = st.sampled_from([0, 1, 1000]) | st.integers(min_value=-600_000, max_value=END_MS)
POINTS = st.one_of(
    st.builds(
        lambda at, text, who, to, tags, starred: event(
            EventKind.NOTE, at, text=text, speaker=who, to=to, tags=tags, starred=starred
        ),
        OFFSETS, WORDS.filter(bool), WHO, WHO, TAGS, st.booleans(),
    ),
    st.builds(
        lambda at, item, text, who: event(EventKind.TALLY, at, item, text=text, speaker=who),
        OFFSETS, st.sampled_from(["open", "closed"]), WORDS, WHO,
    ),
)  # fmt: skip
PRESSES = st.builds(
    lambda at, kind, item, text, who: event(kind, at, item, text=text, speaker=who),
    OFFSETS, st.sampled_from([EventKind.START, EventKind.STOP]), st.sampled_from(["teacher", "students", "noise"]),
    WORDS, WHO,
)  # fmt: skip


@given(points=st.lists(POINTS, max_size=20), presses=st.lists(PRESSES, max_size=20))
def test_what_comes_back_has_the_same_counts_times_and_notes(tmp_path_factory, points, presses):
    record = record_of(*points, *presses)
    assert record.form is not None

    form, events = brought_back(record, tmp_path_factory.mktemp("boris"))

    ids = {text_in(item.label, ""): item.id for item in form.items}
    before, after = timers(record.form.items, record.events), timers(form.items, events)
    for item in record.form.items:
        if item.kind is ItemKind.TALLY:
            kept = [(one.offset_ms, one.speaker, one.text) for one in tallies(events, ids[text_in(item.label, "")])]
            assert sorted(kept) == sorted(
                (one.offset_ms, one.speaker, one.text) for one in tallies(record.events, item.id)
            )
        elif item.kind is ItemKind.TIMER:
            # A run of two speakers at once cannot be: a timer runs once at a time.
            state = after[ids[text_in(item.label, "")]]
            assert state.total_ms(END_MS) == before[item.id].total_ms(END_MS)
            assert len(state.stretches) == len(before[item.id].stretches)
            assert (state.cut, state.loose) == ((), ())
    said = [
        [(one.offset_ms, one.speaker, one.to, one.text, one.tags, one.starred) for one in found
         if one.kind is EventKind.NOTE]
        for found in (record.events, events)
    ]  # fmt: skip
    lost = {one for state in before.values() for one in state.loose}
    loose = sum(one.id in lost for one in record.events)
    assert len(said[1]) == len(said[0]) + loose
    assert all(note in said[1] for note in said[0])
