"""`visit release|releases|take-back|withdraw`: what leaves is said, names hold it up, copies keep it out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.cli import main
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.turn import Voice
from observe_app.services import answers, notes, people, releases, talk, turns, visits
from observe_app.services import core as cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def visit(data_folder: Path) -> str:
    """Keep a visit at Talk with two notes, a private one, and one strength."""
    core = wire_core(data_folder)
    teacher = people.ensure(core, "Amina Diallo-Žižek")
    made = visits.plan(core, teacher_id=teacher.id, start=core.clock.now(), form_id="general-peer-observation")
    visits.begin(core, visit_id=made.id)
    seen = notes.add(core, visit_id=made.id, line="T waits for five breaths", offset_ms=60_000)
    notes.add(core, visit_id=made.id, line="S7 looks out of the window", offset_ms=90_000)
    notes.add(core, visit_id=made.id, line="I would have spoken", offset_ms=95_000, private=True)
    visits.finish(core, visit_id=made.id)
    talk.add_claim(core, visit_id=made.id, kind=ClaimKind.STRENGTH, title="Silence is used", evidence=(seen.id,))
    cores.close(core)
    return made.id


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*words: str, status: int = 0) -> str:
        found = main([*words, "--data", str(data_folder)])
        said = capsys.readouterr()
        assert found == status, said.err
        return said.out + said.err

    return call


def test_a_release_says_who_reads_what_and_what_stays(run: Callable[..., str], visit: str) -> None:
    said = run("visit", "release", visit)

    assert "Who will read it: Amina Diallo-Žižek. Nobody else." in said
    assert "What they get: 1 claim, 1 note." in said
    assert "What stays with you: 1 note, 1 private note, your own learning and journal." in said
    assert "Revision 1 released to Amina Diallo-Žižek" in said
    assert "would have spoken" not in said


def test_a_preview_releases_nothing(run: Callable[..., str], visit: str) -> None:
    told = json.loads(run("visit", "release", visit, "--notes", "--preview", "--json"))

    assert told["leaves"]["notes"] == 2
    assert told["stays"] == {"notes": 0, "private_notes": 1}
    assert told["release"] is None
    assert run("visit", "releases", visit) == "Nothing was released.\n"


def test_names_of_students_hold_a_release_up(run: Callable[..., str], visit: str, data_folder: Path) -> None:
    core = wire_core(data_folder)
    turns.add(core, visit_id=visit, voice=Voice.TEACHER, text="So Peter Miller had to wait")
    cores.close(core)

    said = run("visit", "release", visit, status=1)
    assert "conversation: Peter Miller: “So Peter Miller had to wait”" in said
    assert "Nothing was released" in said
    (found,) = json.loads(run("visit", "release", visit, "--preview", "--json"))["names"]
    assert (found["name"], found["words"]) == ("Peter Miller", "So Peter Miller had to wait")
    assert json.loads(run("visit", "releases", visit, "--json")) == []
    assert "Revision 1 released" in run("visit", "release", visit, "--names-checked")


def rate(data_folder: Path, visit: str) -> None:
    """Give one rating."""
    core = wire_core(data_folder)
    seen = answers.open_answer(core, visit_id=visit, item="respect").seen
    answers.give(core, visit_id=visit, item="respect", value=3, seen=seen)
    cores.close(core)


@pytest.mark.parametrize(("way", "ratings"), [("--without-ratings", 0), ("--ratings-anyway", 1)])
def test_ratings_before_the_talk_are_asked_for(
    run: Callable[..., str], visit: str, data_folder: Path, way: str, ratings: int
) -> None:
    rate(data_folder, visit)

    assert "The talk comes before the paper" in run("visit", "release", visit, "--preview")
    assert "Say --without-ratings or --ratings-anyway" in run("visit", "release", visit, status=1)
    assert run("visit", "releases", visit) == "Nothing was released.\n"
    told = json.loads(run("visit", "release", visit, way, "--json"))
    assert (told["leaves"]["ratings"], told["release"]["revision"]) == (ratings, 1)


def test_ratings_that_waited_do_not_slip_in_with_a_correction(
    run: Callable[..., str], visit: str, data_folder: Path
) -> None:
    rate(data_folder, visit)
    run("visit", "release", visit, "--without-ratings")
    core = wire_core(data_folder)
    talk.add_claim(core, visit_id=visit, kind=ClaimKind.GROWTH, title="Voices")
    cores.close(core)

    assert "--ratings-anyway" in run("visit", "release", visit, "--why", "One was missing", status=1)
    told = json.loads(run("visit", "release", visit, "--why", "One was missing", "--without-ratings", "--json"))
    assert (told["release"]["revision"], told["leaves"]["ratings"]) == (2, 0)
    core = wire_core(data_folder)
    turns.add(core, visit_id=visit, voice=Voice.TEACHER, text="It felt long")
    cores.close(core)
    assert "The ratings go along now." in run("visit", "release", visit, "--why", "We have talked")


def test_a_correction_tells_as_much_as_what_it_corrects(run: Callable[..., str], visit: str, data_folder: Path) -> None:
    run("visit", "release", visit, "--notes")
    core = wire_core(data_folder)
    talk.add_claim(core, visit_id=visit, kind=ClaimKind.GROWTH, title="Voices")
    cores.close(core)

    told = json.loads(run("visit", "release", visit, "--why", "One was missing", "--json"))
    assert (told["release"]["with_notes"], told["changes"]) == (True, ["Added: “Voices”."])


def test_a_correction_says_why_and_what(run: Callable[..., str], visit: str, data_folder: Path) -> None:
    run("visit", "release", visit)
    assert "tells the same as revision 1" in run("visit", "release", visit, "--why", "again", status=1)
    core = wire_core(data_folder)
    talk.add_claim(core, visit_id=visit, kind=ClaimKind.QUESTION, title="Who chose?")
    cores.close(core)

    assert "Say it in a sentence" in run("visit", "release", visit, status=1)
    said = run("visit", "release", visit, "--why", "A question was missing")
    assert "Added: “Who chose?”." in said
    assert "Revision 2 released" in said


def test_taken_back_before_a_copy_has_left_and_withdrawn_after(
    run: Callable[..., str], visit: str, data_folder: Path
) -> None:
    run("visit", "release", visit)
    assert "only you can read it again" in run("visit", "take-back", visit)
    assert "Revision 1, taken back" in run("visit", "releases", visit)

    run("visit", "release", visit)
    core = wire_core(data_folder)
    stands = releases.latest(core, visit)
    assert stands is not None
    releases.add_copy(
        core, release=stands, reader="Amina", way="file", scope="summary", file_name="a.pdf", data=b"%PDF"
    )
    cores.close(core)
    assert "“a.pdf” went out already" in run("visit", "take-back", visit, status=1)
    assert "Revision 3 says that it is withdrawn" in run("visit", "withdraw", visit, "--why", "The wrong class")

    listed = json.loads(run("visit", "releases", visit, "--json"))
    assert [(one["revision"], one["kind"], bool(one["taken_back"]), len(one["copies"])) for one in listed] == [
        (1, "release", True, 0),
        (2, "release", False, 1),
        (3, "withdrawal", False, 0),
    ]
    assert "a.pdf (summary)" in run("visit", "releases", visit)


def test_what_cannot_be_is_said_in_words(run: Callable[..., str], visit: str) -> None:
    assert "No revision of this visit stands" in run("visit", "take-back", visit, status=1)
    assert "No revision of this visit stands" in run("visit", "withdraw", visit, "--why", "x", status=1)
