"""A round for 24 people from beginning to end on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.cli.run import run_command

if TYPE_CHECKING:
    from pathlib import Path

ROUND = "Spring round"


class Shell:
    """Commands on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def say(self, *words: str, code: int = 0) -> str:
        """Run a command and return what it said, and what it warned of."""
        assert run_command(["--data", str(self.folder), *words]) == code
        said = self.capsys.readouterr()
        return said.out + said.err

    def ask(self, *words: str, code: int = 0) -> Any:
        """Run a command with --json and return its answer."""
        assert run_command(["--data", str(self.folder), *words, "--json"]) == code
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def shell(data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a school of 24 with its timetables."""
    names = [f"Teacher {chr(65 + number)}" for number in range(24)]
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,Subjects\n" + "".join(f"{name},{'Art' if name < 'Teacher M' else 'Maths'}\n" for name in names)
    )
    lines = [
        f"{name},{day},{8 + hour:02}:00,{8 + hour:02}:50,8 B,R {place},{'NS'[place % 2]}"
        for place, name in enumerate(names)
        for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
        for hour in range(6)
        if (place + number * 2 + hour) % 3
    ]
    table = tmp_path / "timetables.csv"
    table.write_text("Person,Weekday,Starts,Ends,Class,Room,Building\n" + "\n".join(lines) + "\n")
    shell = Shell(data_folder, capsys)
    shell.say("import", "people", str(people))
    shell.say("timetable", "import", str(table))
    return shell


def new(shell: Shell, *words: str) -> None:
    days = ("--first", "2026-03-16", "--last", "2026-03-20")
    shell.say("round", "new", ROUND, *days, "--everybody", *words)


def test_a_round_of_24_from_beginning_to_end(shell: Shell, tmp_path: Path) -> None:
    new(shell, "--subject", "different", "--travel", "N=S:10", "--protect", "fri 12:00-14:00", "--week-load", "2")
    solved = shell.ask("round", "solve", ROUND, "--seconds", "3")
    assert len(solved["visits"]) == 24
    assert solved["report"]["found"] == solved["report"]["subject_met"] == 24
    assert (solved["clashes"], solved["report"]["shortfalls"]) == ([], [])
    first, second = (one["id"][-10:] for one in solved["visits"][:2])

    assert shell.ask("round", "lock", ROUND, first)["visits"][0]["locked"]
    preview = shell.ask("round", "move", ROUND, second, "--to", "2026-03-21T09:00", "--preview", code=1)
    assert [one["kind"] for one in preview["clashes"]] == ["day"]
    opening = shell.ask("round", "openings", ROUND, second)[0]
    start = f"{opening['on']}T{opening['start'][:5]}"
    assert shell.ask("round", "move", ROUND, second, "--to", start)["clashes"] == []
    assert "cancelled: On a course" in shell.say("round", "cancel", ROUND, first, "--why", "On a course")

    again = shell.ask("round", "solve", ROUND, "--seconds", "3")
    assert again["report"]["found"] == 24
    assert again["report"]["moved"] <= 3
    made = shell.ask("round", "invite", ROUND, "--to", str(tmp_path / "calendars"))
    assert len(made["visits"]) == 24
    assert len(made["files"]) >= 24
    shell.say("round", "publish", ROUND)
    board = shell.ask("round", "board", ROUND)
    assert (board["planned"], board["visited"], board["talked"], board["cancelled"]) == (24, 0, 0, 1)
    assert len(shell.ask("round", "waiting", ROUND)) == 24
    assert "round.cancel" in shell.say("round", "history", ROUND)
    assert shell.ask("round", "list")[0]["state"] == "open"


def test_somebody_who_goes_short_is_named_with_the_reason(shell: Shell) -> None:
    new(shell, "--own", "Teacher A=9,1", "--exclude", "Teacher A=Teacher B")

    said = shell.say("round", "solve", ROUND, "--seconds", "3", code=1)

    assert "Teacher A observes " in said
    assert "the needs do not add up" in said


def test_rules_go_out_and_come_back_with_names(shell: Shell, tmp_path: Path) -> None:
    new(shell, "--exclude", "Teacher A=Teacher B", "--own", "Teacher C=2,0", "--minutes", "30", "--managers")
    rules = shell.ask("round", "rules", ROUND)
    assert rules["exclusions"] == [["Teacher A", "Teacher B"]]
    assert (rules["own"][0]["person_id"], rules["not_manager"]) == ("Teacher C", False)
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(rules | {"observes": 2}))

    shell.say("round", "edit", ROUND, "--rules", str(file), "--shape", "chain")

    assert shell.ask("round", "rules", ROUND) == rules | {"observes": 2, "shape": "chain"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("new", "X", "--first", "2026-03-16", "--last", "2026-03-01"), 1, "before the first one"),
        (("new", "X", "--first", "2026-03-16", "--last", "2026-03-17", "--observes", "99"), 1, "99” is not within"),
        (("new", "X", "--first", "2026-03-16", "--last", "2026-03-17", "--rules", "nowhere.json"), 1, "nowhere.json"),
        (("new", "X", "--first", "16 March", "--last", "2026-03-17"), 2, "is no day"),
        (("solve", "nothing"), 1, "nothing"),
        (("solve", ROUND, "--seconds", "0"), 2, "not within"),
        (("move", ROUND, "abcdef", "--to", "2026-03-16T09:00"), 1, "abcdef"),
        (("move", ROUND, "abcdef", "--to", "2026-03-16T09:00Z"), 2, "zone"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(shell: Shell, words: tuple[str, ...], code: int, told: str) -> None:
    new(shell)

    assert told in shell.say("round", *words, code=code)
