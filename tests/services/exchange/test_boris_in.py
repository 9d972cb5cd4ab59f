"""BORIS projects in: counts, durations, words, problems with their places, one undoable action for each visit."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import ImportProblem, NotFound
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.timeline import tallies, timers
from observe_app.domain.visit import Stage
from observe_app.services import history, own_forms, visits
from observe_app.services.exchange.boris_events import speaker_of
from observe_app.services.exchange.boris_in import import_boris, preview
from tests.services.exchange.boris_books import behaviour, observation, one_lesson, project, state, written
from tests.services.pdf.form_samples import every_kind

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.record import VisitRecord
    from observe_app.services.core import Core

REAL = Path(__file__).parents[4] / "shared" / "data" / "boris" / "test.boris"


def only(core: Core, path: Path) -> VisitRecord:
    """Import a project with one observation and return its visit."""
    return visits.load_record(core, import_boris(core, path=path).visit_id)


def told(event: Event) -> tuple[object, ...]:
    return event.kind.value, event.offset_ms, event.item, event.speaker, event.text


def seconds(record: VisitRecord) -> dict[str, list[tuple[int, int | None]]]:
    """Return every timer's runs in seconds by the label of its item."""
    assert record.form is not None
    states = timers(record.form.items, record.events)
    return {
        text_in(item.label, ""): [
            (run.start_ms // 1000, None if run.end_ms is None else run.end_ms // 1000)
            for run in states[item.id].stretches
        ]
        for item in record.form.items
        if item.kind is ItemKind.TIMER
    }


def test_an_observation_becomes_a_visit_with_its_date_and_context(core, tmp_path):
    path = one_lesson(
        tmp_path, [behaviour("asks")], [60, "T", "asks", "", ""], description="Second lesson",
        independent_variables={"room": "12"},
    )  # fmt: skip

    done = import_boris(core, path=path, teacher="Amina Diallo")

    visit = visits.get(core, done.visit_id)
    assert (visit.teacher, visit.topic, visit.stage, visit.source) == ("Amina Diallo", "lesson", Stage.TALK, "imported")
    assert visit.started == datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    assert visit.context == "Second lesson\n\nroom: 12\n\nBORIS: Talk (LIVE)"
    assert (visit.form_title, visit.minutes) == ("BORIS: Talk", 1)


def test_points_are_counted_and_states_are_timed(core, tmp_path):
    path = one_lesson(
        tmp_path, [behaviour("asks"), state("works")],
        [1, "T", "asks", "", "why?"], [2, "S7", "works", "pair", "on paper"], [3, "anna", "asks", "open|loud", ""],
        [9, "S7", "works", "pair", "done"],
    )  # fmt: skip

    record = only(core, path)

    assert [told(event) for event in record.events] == [
        ("tally", 1000, "asks", "T", "why?"),
        ("start", 2000, "works", "S7", "pair · on paper"),
        ("tally", 3000, "asks", "", "anna · open, loud"),
        ("stop", 9000, "works", "S7", "done"),
    ]
    assert seconds(record) == {"works": [(2, 9)]}
    assert len(tallies(record.events, "asks")) == 2


def test_a_state_that_never_ends_is_listed_with_its_place_and_kept_open(core, tmp_path):
    path = one_lesson(
        tmp_path, [state("works")], [1, "", "works", "", ""], [2, "", "works", "", ""], [5, "", "works", "", ""]
    )

    done = import_boris(core, path=path)

    assert [(one.rule, one.where) for one in done.visits[0].problems] == [
        ("boris_unpaired", "observation “lesson”, event 3")
    ]
    assert seconds(visits.load_record(core, done.visit_id)) == {"works": [(1, 2), (5, None)]}


def test_subjects_in_a_state_at_once_get_a_timer_each(core, tmp_path):
    path = one_lesson(
        tmp_path, [state("works")],
        [1, "a", "works", "", ""], [2, "b", "works", "", ""], [5, "a", "works", "", ""], [9, "b", "works", "", ""],
    )  # fmt: skip

    done = import_boris(core, path=path)

    assert seconds(visits.load_record(core, done.visit_id)) == {"works · a": [(1, 5)], "works · b": [(2, 9)]}
    assert "boris_split" in [one.rule for one in done.problems]


def test_modifiers_of_a_state_at_once_get_a_timer_each(core, tmp_path):
    path = one_lesson(
        tmp_path, [state("works")],
        [1, "a", "works", "x", ""], [2, "a", "works", "y", ""], [5, "a", "works", "x", ""], [9, "a", "works", "y", ""],
    )  # fmt: skip

    assert seconds(only(core, path)) == {"works · a · x": [(1, 5)], "works · a · y": [(2, 9)]}


@pytest.mark.parametrize(
    ("excluded", "times", "grouped"),
    [
        (("b,c", "a,c", "a,b"), (1, 2, 2, 3, 3, 4), True),
        (("b", "", ""), (1, 2, 2, 3, 3, 4), False),  # c excludes nobody: a and b are a group of two
        (("b", "a,c", "b"), (1, 2, 2, 3, 3, 4), False),
        (("b,c", "a,c", "a,b"), (1, 5, 2, 3, 3, 4), False),
    ],
)
def test_behaviours_that_exclude_each_other_are_one_group_where_that_is_true(core, tmp_path, excluded, times, grouped):
    states = [state(code, excluded=other) for code, other in zip("abc", excluded, strict=True)]
    events = [[at, "", code, "", ""] for at, code in zip(times, "aabbcc", strict=True)]

    record = only(core, one_lesson(tmp_path, states, *sorted(events, key=lambda row: row[0])))

    groups = [item.group for item in record.form.items]
    assert (groups == ["group-1"] * 3) is grouped
    # The times are those of the file, in a group or not.
    assert list(seconds(record).values()) == [
        [(times[place], times[place + 1])] for place in (0, 2, 4)
    ]  # fmt: skip


def test_with_a_timer_for_each_subject_only_ones_own_states_exclude_each_other(core, tmp_path):
    path = one_lesson(
        tmp_path, [state("works", excluded="rests"), state("rests", excluded="works")],
        [1, "a", "works", "", ""], [1, "b", "works", "", ""], [5, "a", "works", "", ""], [5, "a", "rests", "", ""],
        [8, "a", "rests", "", ""], [9, "b", "works", "", ""],
    )  # fmt: skip

    record = only(core, path)

    assert {text_in(item.label, ""): item.group for item in record.form.items} == {
        "works · a": "group-1-1", "works · b": "group-1-2", "rests · a": "group-1-1",
    }  # fmt: skip
    assert seconds(record) == {"works · a": [(1, 5)], "works · b": [(1, 9)], "rests · a": [(5, 8)]}


def test_an_unknown_behaviour_is_reported_once_and_kept_as_notes(core, tmp_path):
    path = one_lesson(
        tmp_path, [behaviour("asks")], [1, "T", "hums", "", "softly"], [2, "", "hums", "", ""], [3, "", "", "", "late"],
        [4, "", "", "", ""],
    )  # fmt: skip

    done = import_boris(core, path=path)

    assert [told(event) for event in visits.load_record(core, done.visit_id).events] == [
        ("note", 1000, "", "T", "hums · softly"), ("note", 2000, "", "", "hums"), ("note", 3000, "", "", "late"),
    ]  # fmt: skip
    assert [(one.rule, one.row, one.found, one.count) for one in done.visits[0].problems] == [
        ("boris_unknown", 1, "hums", 2), ("boris_no_code", 4, "", 0),
    ]  # fmt: skip


def test_a_behaviour_that_only_carries_comments_becomes_notes(core, tmp_path):
    record = only(core, one_lesson(tmp_path, [behaviour("Note"), behaviour("asks")], [1, "T", "Note", "", "We begin."]))

    assert [told(event) for event in record.events] == [("note", 1000, "", "T", "We begin.")]
    assert [item.id for item in record.form.items] == ["asks"]


@pytest.mark.parametrize(
    ("subject", "speaker"),
    [("T", "T"), ("s7", "S7"), ("SS", "SS"), ("Teacher", "T"), ("Lehrerin", "T"), ("Student 12", "S12"),
     ("whole class", "SS"), ("", ""), ("subject1", ""), ("Anna", ""), ("12", ""), ("Anna and Ben", "")],
)  # fmt: skip
def test_a_subject_is_a_speaker_only_where_it_is_a_role_or_a_number(subject, speaker):
    assert speaker_of(subject) == speaker


def test_names_of_subjects_are_listed(tmp_path):
    content = project([behaviour("asks")], {"a": observation([1, "Ben", "asks", "", ""])}, ("Anna", "T"))

    found = preview(written(tmp_path, content))

    assert found.subjects == (("Anna", ""), ("T", "T"), ("Ben", ""))
    assert [(one.rule, one.found) for one in found.problems] == [("boris_subjects_kept", "Anna, Ben")]


def test_sections_are_the_categories(core, tmp_path):
    path = one_lesson(
        tmp_path, [behaviour("asks", category="Talk"), state("works"), behaviour("tells", category="Talk")]
    )

    record = only(core, path)

    assert [(text_in(one.title, ""), [item.id for item in one.items]) for one in record.form.sections] == [
        ("Talk", ["asks", "tells"]), ("Behaviours", ["works"]),
    ]  # fmt: skip


def test_codes_that_make_no_id_get_one_of_their_own(core, tmp_path):
    record = only(core, one_lesson(tmp_path, [behaviour("問"), behaviour("答"), behaviour("a b"), behaviour("a-b")]))

    assert [item.id for item in record.form.items] == ["behaviour", "behaviour-2", "a-b", "a-b-2"]


def test_only_the_chosen_observations_are_kept_and_they_share_one_form(core, tmp_path):
    lessons = {name: observation([1, "", "asks", "", ""]) for name in ("one", "two", "three")}
    path = written(tmp_path, project([behaviour("asks")], lessons))

    done = import_boris(core, path=path, observations=["three", "one"])
    again = import_boris(core, path=path, observations=["two"])

    assert [one.name for one in done.visits] == ["three", "one"]
    assert (done.events, done.form_id, again.form_id) == (2, "boris-talk", "boris-talk")
    assert [one.version for one in own_forms.versions(core, "boris-talk")] == [1]
    assert len(visits.listing(core)) == 3


def test_each_visit_is_taken_back_by_itself(core, tmp_path):
    lessons = {name: observation([1, "", "asks", "", ""]) for name in ("one", "two")}
    done = import_boris(core, path=written(tmp_path, project([behaviour("asks")], lessons)))

    history.undo(core, scope=done.visits[0].visit_id)

    assert [row.id for row in visits.listing(core)] == [done.visits[1].visit_id]


def test_behaviours_go_to_the_items_of_a_form_that_is_there(core, tmp_path):
    form = own_forms.adopt(core, every_kind(), as_new=False)
    path = one_lesson(
        tmp_path, [behaviour("q"), behaviour("Closed questions"), behaviour("rest"), state("tt"), state("noise")],
        [1, "", "q", "", ""], [2, "", "Closed questions", "", ""], [3, "", "rest", "", "x"], [4, "a", "tt", "", ""],
        [5, "b", "tt", "", "me too"], [8, "a", "tt", "", ""], [9, "b", "tt", "", ""],
    )  # fmt: skip

    done = import_boris(core, path=path, form_id=form.id, mapping={"q": "open", "tt": "teacher", "noise": ""})

    record = visits.load_record(core, done.visit_id)
    assert (record.visit.form_id, record.form) == (form.id, form)
    assert [told(event) for event in record.events] == [
        ("tally", 1000, "open", "", ""), ("tally", 2000, "closed", "", ""), ("note", 3000, "", "", "rest · x"),
        ("start", 4000, "teacher", "", "a"), ("note", 5000, "", "", "tt · b · me too"),
        ("stop", 9000, "teacher", "", ""),
    ]  # fmt: skip
    assert [(one.rule, one.row) for one in done.visits[0].problems] == [("boris_overlap", 5)]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"observations": ["none"]}, "no_observation"),
        ({"form_id": "learning-walk", "mapping": {"none": ""}}, "no_behaviour"),
        ({"form_id": "learning-walk", "mapping": {"asks": "none"}}, "no_item"),
        ({"mapping": {"asks": "open"}}, "no_item"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(core, tmp_path, more, reason):
    path = one_lesson(tmp_path, [behaviour("asks")], [1, "", "asks", "", ""])

    with pytest.raises(ImportProblem) as caught:
        import_boris(core, path=path, **more)

    assert caught.value.reason == reason
    assert (visits.listing(core), own_forms.versions(core, "boris-talk")) == ((), ())


def test_an_unknown_form_a_project_without_observations_and_a_cancelled_import_keep_nothing(core, tmp_path):
    path = one_lesson(tmp_path, [behaviour("asks")], [1, "", "asks", "", ""])
    progress = Progress()
    progress.cancel()

    with pytest.raises(NotFound):
        import_boris(core, path=path, form_id="none")
    with pytest.raises(ImportProblem):
        import_boris(core, path=written(tmp_path, project([], {}), "empty.boris"))
    with pytest.raises(Cancelled):
        import_boris(core, path=path, progress=progress)

    assert visits.listing(core) == ()


def test_more_behaviours_than_a_form_holds_are_kept_as_notes(core, tmp_path):
    codes = [f"b{number}" for number in range(600)]
    path = one_lesson(tmp_path, [behaviour(code) for code in codes], *([1, "", code, "", ""] for code in codes))

    done = import_boris(core, path=path)

    kinds = [event.kind for event in visits.load_record(core, done.visit_id).events]
    assert (kinds.count(EventKind.TALLY), kinds.count(EventKind.NOTE)) == (500, 100)
    assert ("boris_items_cut", 100) in [(one.rule, one.count) for one in done.problems]


@pytest.mark.skipif(not REAL.exists(), reason="the real project is not here")
def test_a_real_project_gives_the_counts_and_times_of_its_own_rows(core):
    raw = json.loads(REAL.read_text(encoding="utf-8"))["observations"]

    done = import_boris(core, path=REAL)

    assert [one.name for one in done.visits] == list(raw)
    for one in done.visits:
        record = visits.load_record(core, one.visit_id)
        rows = raw[one.name]["events"]
        points = [row for row in rows if row[2] in {"p", "q"}]
        tally = [event for event in record.events if event.kind is EventKind.TALLY]
        assert [event.offset_ms for event in tally] == [round(row[0] * 1000) for row in points]
        # The plain way: every second row of a subject, behaviour and modifiers ends what the one before began.
        tracks: dict[tuple[str, str, str], list[int]] = {}
        for at, subject, code, modifiers, _comment in rows:
            if code in {"s", "r", "m"}:
                tracks.setdefault((subject, code, modifiers), []).append(round(at * 1000))
        whole = sum(
            stop - start for times in tracks.values() for start, stop in zip(times[::2], times[1::2], strict=False)
        )
        states = timers(record.form.items, record.events).values()
        runs = [run for state_found in states for run in state_found.stretches]
        assert sum(run.end_ms - run.start_ms for run in runs if run.end_ms is not None) == whole
        odd = sum(len(times) % 2 for times in tracks.values())
        assert sum(run.end_ms is None for run in runs) == odd
        assert [problem.rule for problem in one.problems] == ["boris_unpaired"] * odd
