"""The sample: recorded through the services, believable, and never in anybody's way."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from observe_app.app import wire_core
from observe_app.domain.answer import Absence
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.domain.note_line import parse_note_line
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.visit import Stage
from observe_app.services import backup, demo, demo_forms, demo_lesson, history, people, visits
from observe_app.services.compare.audience import audience, reader_named
from observe_app.services.core import close
from observe_app.services.folders import data_folder, demo_folder

NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)  # a Wednesday


def test_the_sample_visit_is_whole(core):
    record = visits.load_record(core, demo.record_sample(core, now=NOW))

    assert (record.visit.teacher, record.visit.stage, record.visit.source) == (
        "Amina Diallo-Žižek", Stage.FOLLOW_UP, "demo",
    )  # fmt: skip
    assert record.visit.started == datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    assert 45 <= len(record.events) <= 50
    assert 48 * 60_000 < record.events[-1].offset_ms < 50 * 60_000
    assert sum(1 for event in record.events if event.starred) >= 5
    assert sum(1 for event in record.events if event.private) == 1
    assert [claim.kind for claim in record.claims].count("strength") == 2
    assert len(record.claims) == 5
    assert all(claim.evidence for claim in record.claims)
    assert len(record.steps) == 2
    assert {answer.absence for answer in record.answers} == {None, Absence.NOT_LOOKED_FOR, Absence.NOT_SEEN}
    assert any(link.target_kind == "answer" for link in record.evidence)
    assert record.visit.conversation


def test_notes_keep_their_moment_of_the_lesson(core):
    record = visits.load_record(core, demo.record_sample(core, now=NOW))

    assert record.visit.started is not None
    assert {event.wall - timedelta(milliseconds=event.offset_ms) for event in record.events} == {record.visit.started}


def test_students_are_numbers_in_every_line():
    """A line may name the two people who agreed to be in it, and nobody else."""
    lines = [line for _clock, line in demo_lesson.NOTES]
    lines += [line for other in demo_lesson.OTHERS for _clock, line in other["notes"]]  # type: ignore[attr-defined]
    speakers = {parse_note_line(line.removeprefix("*")).speaker for line in lines}

    assert all(re.fullmatch(r"(T|S\d{0,3}|SS)?", speaker) for speaker in speakers)
    assert not [line for line in lines if re.search(r"\b(Amina|Jonas|Diallo|Brandt)\b", line)]


@pytest.fixture(scope="module")
def _term(tmp_path_factory, _blank_database):
    """Record the sample term once; that takes seconds."""
    folder = tmp_path_factory.mktemp("term") / "data"
    shutil.copytree(_blank_database.parent, folder)
    clock = FakeClock()
    core = wire_core(folder, clock=clock, ids=Ids(clock))
    demo.introduce(core)
    sample = demo.record_sample(core, term=True, now=NOW)
    close(core)
    return folder, sample, clock.at


@pytest.fixture
def term(_term, tmp_path):
    """Return a copy of the sample term, open, and the id of its sample visit."""
    folder, sample, at = _term
    clock = FakeClock(at=at)
    core = wire_core(shutil.copytree(folder, tmp_path / "term"), clock=clock, ids=Ids(clock))
    yield core, sample
    close(core)


def test_a_term_fills_today_and_the_list(term):
    core, sample = term
    core.clock.advance(seconds=max(0, (NOW - core.clock.at).total_seconds()))
    rows = visits.listing(core)
    assert len(rows) == 14
    assert {row.stage for row in rows} == {Stage.PREPARE, Stage.TALK, Stage.FOLLOW_UP}
    assert sample in {row.id for row in rows}
    today = visits.today(core)
    assert (len(today.next), len(today.waiting), len(today.running)) == (2, 1, 0)
    assert today.steps
    assert all(row.start.weekday() < 5 for row in rows)
    assert backup.check(core) == ()


def test_a_term_report_of_the_sample_has_five_visits_to_show(term):
    core, _sample = term
    mine = [
        row for row in visits.listing(core) if row.teacher == demo_lesson.TEACHER and row.stage is not Stage.PREPARE
    ]

    may = audience(core, [row.id for row in mine], reader=reader_named(core, demo_lesson.TEACHER))

    forms = {visits.load_record(core, one).visit.form_id for one in may.told}
    assert (len(may.told), may.left_out, demo_forms.OWN_FORM in forms) == (6, (), True)


@pytest.mark.parametrize("day", range(7))
def test_a_term_can_be_recorded_on_any_day_of_the_week_and_has_its_times_in_the_journal(data_folder, day):
    now = NOW + timedelta(days=day)
    clock = FakeClock(at=now - timedelta(days=70))
    core = wire_core(data_folder, clock=clock, ids=Ids(clock))
    try:
        record = visits.load_record(core, demo.record_sample(core, term=True, now=now))
        actions = history.of_visit(core, record.visit.id)
    finally:
        close(core)

    assert record.visit.start.weekday() < 5
    assert record.visit.ended < now
    assert all(step.due.weekday() < 5 for step in record.steps)
    noted = [action.at for action in actions if action.kind == "note.add"]
    assert record.visit.started is not None
    assert min(noted) >= record.visit.started
    assert max(noted) <= record.visit.ended
    assert clock.at == now


def test_the_observer_is_whoever_uses_the_folder(core):
    me = people.introduce(core, name="Mia Own")

    visit = visits.get(core, demo.record_sample(core, now=NOW))

    assert visit.observer_id == me.id


def test_recording_stops_when_asked(core):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        demo.record_sample(core, progress, now=NOW)


def test_an_old_demonstration_is_cleared_and_anything_else_is_left_alone(tmp_path):
    first = demo.fresh_folder(tmp_path / "demo")
    (first / "old.txt").write_text("old", encoding="utf-8")
    own = tmp_path / "mine"
    own.mkdir()
    (own / "observe.sqlite").write_text("precious", encoding="utf-8")

    again, other = demo.fresh_folder(tmp_path / "demo"), demo.fresh_folder(own)

    assert (again, (again / "old.txt").exists()) == (first, False)
    assert other == tmp_path / "mine-2"
    assert (own / "observe.sqlite").read_text(encoding="utf-8") == "precious"


def test_a_demonstration_with_a_window_open_is_left_alone(tmp_path):
    from observe_app.store.folder import WindowLock

    first = demo.fresh_folder(tmp_path / "demo")
    lock = WindowLock(first / "window.lock")
    lock.acquire()
    try:
        assert demo.fresh_folder(tmp_path / "demo") == tmp_path / "demo-2"
    finally:
        lock.release()


def test_the_demonstration_lies_beside_the_data_and_never_in_it(tmp_path, monkeypatch):
    monkeypatch.setenv("OBSERVE_DATA", str(tmp_path / "set"))

    assert (data_folder(), demo_folder()) == (tmp_path / "set", tmp_path / "set-demo")
    assert demo_folder(tmp_path / "given") == tmp_path / "given-demo"
