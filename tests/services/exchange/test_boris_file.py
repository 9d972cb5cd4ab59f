"""Reading BORIS projects: whole, packed, damaged and hostile ones."""

from __future__ import annotations

import gzip
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable, ImportProblem
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services.exchange import boris_file
from observe_app.services.exchange.boris_events import events_of
from observe_app.services.exchange.boris_file import read_project
from observe_app.services.exchange.boris_form import own_places
from tests.services.exchange.boris_books import behaviour, observation, one_lesson, project, state, written


def test_a_project_is_read_with_everything_that_counts(tmp_path):
    content = project(
        [behaviour("asks", category="Talk"), state("works", excluded="rests"), state("rests", excluded="works")],
        {
            "first": observation(
                [1.5, "T", "asks", "None|open", "why?"],
                [2, "", "works", "", "", 50],
                type="MEDIA",
                description="A lesson",
                independent_variables={"room": "12", "empty": ""},
                file={"1": ["/home/me/a.mp4", "b.mp4"], "2": []},
                media_info={"length": {"/home/me/a.mp4": 60.5, "b.mp4": 30}},
            )
        },
        ("T",),
    )

    read = read_project(written(tmp_path, content))

    one = read.observations[0]
    assert (read.name, read.subjects, read.problems) == ("Talk", ("T",), ())
    assert [(b.code, b.state, b.category, sorted(b.excluded)) for b in read.behaviours] == [
        ("asks", False, "Talk", []), ("works", True, "", ["rests"]), ("rests", True, "", ["works"]),
    ]  # fmt: skip
    assert (one.name, one.type, one.date) == ("first", "MEDIA", datetime(2026, 3, 10, 9, 5))  # noqa: DTZ001
    assert (one.description, one.variables, one.media, one.length_ms) == (
        "A lesson", (("room", "12"),), ("a.mp4", "b.mp4"), 90_500,
    )  # fmt: skip
    assert [(e.number, e.offset_ms, e.subject, e.code, e.modifiers, e.comment) for e in one.events] == [
        (1, 1500, "T", "asks", "None|open", "why?"), (2, 2000, "", "works", "", ""),
    ]  # fmt: skip


def test_a_packed_project_is_read_whatever_it_is_called(tmp_path):
    plain = one_lesson(tmp_path, [behaviour("asks")], [1, "", "asks", "", ""])
    for name in ("talk.boris.gz", "packed.boris"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(plain.read_bytes()))

        assert [len(one.events) for one in read_project(path).observations] == [1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"{", "damaged"),
        (b'{"observations": {"a": 1e', "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"observations": ' + b"9" * 5_000 + b"}", "damaged"),
        (gzip.compress(b'{"observations": {}}', mtime=0)[:-6], "damaged"),
        (b"\x1f\x8bnonsense", "damaged"),
        (gzip.compress(b" " * (boris_file.MAX_BYTES + 1), mtime=0), "too_large"),
        (b" " * (boris_file.MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_json_is_refused_by_reason(tmp_path, data, reason):
    path = tmp_path / "talk.boris"
    path.write_bytes(data)

    with pytest.raises(FileUnreadable) as caught:
        read_project(path)

    assert caught.value.reason == reason


@pytest.mark.parametrize("content", [[], 3, None, {}, {"observations": []}, {"project_name": "x"}])
def test_json_that_is_no_project_is_refused(tmp_path, content):
    with pytest.raises(ImportProblem) as caught:
        read_project(written(tmp_path, content))

    assert caught.value.reason == "not_boris"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    reasons = []
    for path in (tmp_path / "none.boris", tmp_path):
        with pytest.raises(FileUnreadable) as caught:
            read_project(path)
        reasons.append(caught.value.reason)

    assert reasons == ["missing", "folder"]


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        (["soon", "", "asks", "", ""], "boris_time_unreadable"),
        ([None, "", "asks", "", ""], "boris_time_unreadable"),
        ([True, "", "asks", "", ""], "boris_time_unreadable"),
        ([float("nan"), "", "asks", "", ""], "boris_time_unreadable"),
        ([float("inf"), "", "asks", "", ""], "boris_time_unreadable"),
        ([10**300, "", "asks", "", ""], "boris_time_unreadable"),
        ([90_000, "", "asks", "", ""], "boris_time_far"),
        ([-90_000, "", "asks", "", ""], "boris_time_far"),
        ([1, ""], "boris_not_readable"),
        ("asks", "boris_not_readable"),
        ({"time": 1}, "boris_not_readable"),
    ],
)
def test_an_event_that_cannot_be_is_reported_with_its_place(tmp_path, event, rule):
    path = one_lesson(tmp_path, [behaviour("asks")], [1, "", "asks", "", ""], event)

    read = read_project(path)

    told = [(one.rule, one.where) for one in read.problems if one.row]
    assert told == [(rule, "observation “lesson”, event 2")]
    assert [one.offset_ms for one in read.observations[0].events] == [1000]


def test_times_hold_the_offset_of_the_observation(tmp_path):
    path = one_lesson(
        tmp_path, [behaviour("asks")], [99.5, "", "asks", "", ""], [160, "", "asks", "", ""], **{"time offset": 100}
    )

    assert [one.offset_ms for one in read_project(path).observations[0].events] == [-500, 60_000]


@pytest.mark.parametrize(
    ("flag", "times", "said"),
    [
        ("start_from_current_time", (32_700, 32_760), ()),
        ("start_from_current_time", (100, 160), ("boris_first_is_start",)),
        ("start_from_current_epoch_time", (1_700_000_000, 1_700_000_060), ("boris_first_is_start",)),
    ],
)
def test_times_of_day_count_from_the_start(tmp_path, flag, times, said):
    events = [[time, "", "asks", "", ""] for time in times]

    read = read_project(one_lesson(tmp_path, [behaviour("asks")], *events, **{flag: True}))

    assert [one.offset_ms for one in read.observations[0].events] == [0, 60_000]
    assert tuple(one.rule for one in read.problems) == said


def test_events_out_of_order_are_put_in_order_and_told(tmp_path):
    path = one_lesson(tmp_path, [behaviour("asks")], [5, "", "asks", "", "b"], [1, "", "asks", "", "a"])

    read = read_project(path)

    assert [one.comment for one in read.observations[0].events] == ["a", "b"]
    assert [(one.rule, one.count) for one in read.problems] == [("boris_not_in_order", 1)]


def test_a_behaviour_without_a_code_a_second_one_and_a_strange_type_are_told(tmp_path):
    content = project(
        [behaviour(""), behaviour("asks"), state("asks"), behaviour("hums", "Noise")], {"a": observation()}
    )

    read = read_project(written(tmp_path, content))

    assert [(one.code, one.state) for one in read.behaviours] == [("asks", False), ("hums", False)]
    assert [(one.rule, one.found) for one in read.problems] == [
        ("boris_behaviour_unnamed", "1"), ("boris_behaviour_twice", "asks"), ("boris_type_unknown", "hums"),
    ]  # fmt: skip


def test_problems_without_end_are_counted_and_not_listed(tmp_path):
    path = one_lesson(tmp_path, [behaviour("asks")], *([["x", "", "asks", "", ""]] * 500))

    problems = read_project(path).problems

    assert len(problems) == boris_file.MAX_PROBLEMS + 1
    assert (problems[-1].rule, problems[-1].count) == ("boris_more", 300)


def test_reading_can_be_cancelled(tmp_path):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        read_project(one_lesson(tmp_path, []), progress)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from(["events", "type", "date", "file", "media_info", "independent_variables", "time offset",
                         "start_from_current_time", "description"])  # fmt: skip


@given(
    conf=JSON,
    subjects=JSON,
    lesson=st.dictionaries(PARTS, JSON, max_size=9),
    events=st.lists(st.lists(JSON, max_size=7), max_size=6),
)
def test_whatever_stands_in_a_project_it_is_read_and_made_events_of(tmp_path_factory, conf, subjects, lesson, events):
    path = tmp_path_factory.mktemp("boris") / "any.boris"
    content = {
        "observations": {"a": lesson, "b": {"events": events}, "c": conf}, "behaviors_conf": conf,
        "subjects_conf": subjects, "project_name": subjects,
    }  # fmt: skip
    path.write_text(json.dumps(content), encoding="utf-8", errors="surrogatepass")

    read = read_project(path)
    places = own_places(read)

    for one in read.observations:
        found = events_of(one, places, visit_id="v", new_id=str).events
        assert all(abs(event.offset_ms) <= 24 * 3_600_000 for event in found)
