"""A worked school by the command line alone: 24 people, two communities, a round, three sessions, a survey, hours."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.cli.run import run_command
from observe_app.services import demo_school_words as words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
QUESTIONS, SCIENCE = words.QUESTIONS, words.SCIENCE


class School:
    """Commands on one data folder."""

    def __init__(self, folder: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.place, self.capsys = folder, place, capsys

    def ask(self, *given: str) -> Any:
        """Run a command with --json and return its answer."""
        code = run_command(["--data", str(self.folder), *given, "--json"])
        said = self.capsys.readouterr()
        assert code == 0, (given, said.err)
        return json.loads(said.out)

    def table(self, name: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
        """Write a table as a coordinator has it and return its path."""
        path = self.place / name
        with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
            csv.writer(file, delimiter=";").writerows([list(heads), *map(list, rows)])
        return str(path)


@pytest.fixture
def school(data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> School:
    made = School(data_folder, tmp_path, capsys)
    staff = made.table(
        "staff.csv", ("Name", "Staff ID", "E-mail", "Subjects", "Building"),
        [(f"Colleague {one[1]}", one[1], f"{one[1].lower()}@x.example", one[2], one[3]) for one in words.PEOPLE],
    )  # fmt: skip
    made.ask("people", "import", staff)
    lessons = [
        (f"Colleague {one[1]}", day, f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}", one[2])
        for number, one in enumerate(words.PEOPLE)
        for day_number, day in enumerate(DAYS)
        for period, (start, end) in enumerate(words.PERIODS)
        if (number * 3 + day_number * 2 + period * 5) % 9 < 4
    ]
    made.ask("timetable", "import", made.table("times.csv", ("Person", "Day", "Start", "End", "Subject"), lessons))
    return made


def test_a_round_is_found_for_24_colleagues(school: School) -> None:
    assert len(school.ask("people", "list")) == 24
    school.ask("term", "add", "Autumn", "2026-08-24", "2026-12-18")
    school.ask(
        "round", "new", "Autumn round", "--first", "2026-11-02", "--last", "2026-11-06", "--everybody",
        "--subject", "different",
    )  # fmt: skip
    school.ask("round", "solve", "Autumn round")
    school.ask("round", "publish", "Autumn round")
    board = school.ask("round", "board", "Autumn round")
    text = json.dumps(board)
    assert "Colleague N01" in text
    assert "focus" not in text, "counts and dates only"
    shown = school.ask("round", "show", "Autumn round")
    assert len(shown["visits"]) == 24


def test_two_communities_meet_three_times_ask_once_and_are_certified(school: School, tmp_path: Path) -> None:
    for name, ids in ((QUESTIONS, range(1, 9)), (SCIENCE, range(9, 15))):
        school.ask("group", "new", name, "--purpose", "Students give a reason for most answers by June.")
        for number in ids:
            school.ask("group", "member", name, f"N{number:02}")
    school.ask("group", "goal", QUESTIONS, words.GOAL, "--unit", "%", "--baseline", "22", "--target", "60")
    for month, (_days, value, number) in zip(range(5, 10), words.GOAL_READINGS, strict=True):
        school.ask(
            "group", "reading", QUESTIONS, words.GOAL, str(value), "--on", f"2026-{month:02}-01", "--n", str(number)
        )
    assert len(school.ask("group", "reading", QUESTIONS, words.GOAL)) == 5
    sessions = []
    for day in ("2026-09-07", "2026-09-21", "2026-10-05"):
        session = school.ask(
            "session", "new", f"Session of {day}", "--group", QUESTIONS, "--start", f"{day}T15:30", "--minutes", "60",
            "--agenda", "Two films 30", "--agenda", "What we try 30",
        )["session"]  # fmt: skip
        sessions.append(session)
    for session in sessions[:2]:
        school.ask("session", "item", session, "One way for two weeks", "--kind", "decision")
        school.ask("session", "follow-up", session, "Bring a film", "--owner", "N03", "--due", "2026-10-01")
        school.ask("session", "attend", session, "--all")
        school.ask("session", "stop", session)
    minutes = tmp_path / "minutes.pdf"
    school.ask("session", "minutes", sessions[0], "-o", str(minutes))
    assert minutes.read_bytes().startswith(b"%PDF-")

    survey = school.ask("survey", "new", "session-survey", "--kind", "after", "--session", sessions[1], "--open")
    survey_id = survey["id"]
    for rated, _will, idea, _keep in words.ANSWERS:
        given = [f"worth-time={rated[0]}", f"learned={rated[4]}", *([f"main-idea={idea}"] if idea else [])]
        school.ask("survey", "answer", survey_id, *given, "--way", "passed")
    school.ask("survey", "close", survey_id)
    results = school.ask("survey", "results", survey_id)
    assert results["n"] == len(words.ANSWERS)
    assert "Colleague" not in json.dumps(results)

    school.ask("hours", "rule", "session", "--per", "actual")
    issued = school.ask("certificate", "issue", "N03", "--first", "2026-08-01", "--last", "2026-10-31")
    found = school.ask("check", "certificate", issued["number"])
    assert issued["number"] in json.dumps(found)
