"""People, terms, classes and the turn of the year by the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.cli.run import run_command

if TYPE_CHECKING:
    from pathlib import Path


class Shell:
    """Commands on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def say(self, *words: str, code: int = 0) -> str:
        """Run a command and return what it said."""
        assert run_command(["--data", str(self.folder), *words]) == code
        said = self.capsys.readouterr()
        return said.out if code == 0 else said.err

    def ask(self, *words: str) -> Any:
        """Run a command with --json and return its answer."""
        return json.loads(self.say(*words, "--json"))


@pytest.fixture
def shell(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(data_folder, capsys)


def test_people_are_added_changed_joined_and_leave(shell: Shell, tmp_path: Path) -> None:
    boss = shell.ask("people", "add", "Ines Boss", "--staff-id", "1", "--role", "coordinator")
    shell.say("people", "add", "Amina Diallo", "--email", "amina@x.org", "--manager", "1", "--week-load", "2")
    shell.say("people", "add", "Diallo Amina", "--subjects", "Maths", "--pronouns", "she/her")
    (twin,) = shell.ask("people", "twins")
    assert twin["why"] == "name"

    before = shell.ask("people", "merge", "amina@x.org", "Diallo Amina", "--preview")
    assert before["taken"] == ["subjects", "pronouns"]
    assert len(shell.ask("people", "list")) == 3
    assert "joined" in shell.say("people", "merge", "amina@x.org", "Diallo Amina")
    rows = shell.ask("people", "list", "amina")
    assert [(row["name"], row["subjects"], row["manager_id"]) for row in rows] == [
        ("Amina Diallo", "Maths", boss["id"]),
    ]  # fmt: skip

    shell.say("people", "edit", "Amina Diallo", "--building", "North", "--manager", "-")
    shell.say("people", "leave", "Ines Boss", "--last-day", "2020-01-31")
    assert [row["name"] for row in shell.ask("people", "list")] == ["Amina Diallo"]
    assert "last day 2020-01-31" in shell.say("people", "list", "--left")
    target = tmp_path / "all.csv"
    assert shell.ask("people", "export", str(target), "--left")["people"] == 2
    done = shell.ask("people", "import", str(target), "--preview")
    assert (done["same"], done["added"], done["left_out"]) == (2, 0, 0)
    assert "here again" in shell.say("people", "back", "Ines Boss")


def test_a_list_is_looked_at_row_by_row_before_it_is_kept(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Who,Contact\nAmina Diallo,amina@x.org\n=1+1,x@x.org\n", encoding="utf-16")
    words = ("people", "import", str(path), "--map", "name=A", "--map", "email=B", "--heads", "yes")

    said = shell.say(*words, "--preview")

    assert "row 2: Amina Diallo, new" in said
    assert "row 3: The name" in said
    assert shell.ask("people", "list") == []
    assert shell.ask(*words)["added"] == 1
    assert "no person" in shell.say("people", "merge", "nobody", "Amina Diallo", code=1)


def test_terms_holidays_and_classes(shell: Shell) -> None:
    shell.say("people", "add", "Amina Diallo")
    visit = shell.ask("visit", "new", "--teacher", "Amina Diallo")["visit"]
    shell.say("term", "add", "2025/26", "2025-09-01", "2026-07-24", "--kind", "year")
    shell.say("term", "add", "Spring", "2026-01-06", "2026-03-27")
    shell.say("holiday", "add", "Half term", "2026-02-16", "2026-02-20")
    assert [one["name"] for one in shell.ask("term", "list")] == ["2025/26", "Spring"]
    assert "before the first one" in shell.say("term", "add", "x", "2026-03-01", "2026-02-01", code=1)
    assert "no date" in shell.say("term", "add", "x", "soon", "2026-02-01", code=1)

    shell.say("class", "add", "8b", "--size", "27", "--teacher", "Amina Diallo", "--term", "2025/26", "--room", "12")
    shell.say("class", "add", "9c")
    shell.say("class", "edit", "8b", "--subject", "Maths")
    (row,) = shell.ask("class", "list", "amina")
    assert (row["name"], row["subject"], row["size"], row["teachers"]) == ("8b", "Maths", 27, ["Amina Diallo"])
    assert shell.ask("class", "choose", visit, "8b")["class_name"] == "8b"
    assert shell.ask("visit", "show", visit)["visit"]["room"] == "12"

    plan = shell.ask("school", "rollover", "--preview")
    assert (plan["year"]["name"], plan["moved"][0]["becomes"], plan["ended"]) == ("2026/27", "9b", ["9c"])
    assert len(shell.ask("class", "list")) == 2
    assert "8b becomes 9b" in shell.say("school", "rollover", "--leaver", "Amina Diallo")
    assert [row["name"] for row in shell.ask("class", "list")] == ["8b", "9b"]
    assert len(shell.ask("class", "list", "--archived")) == 4
    assert shell.ask("people", "list") == []

    shell.say("class", "archive", "9b")
    shell.say("class", "delete", "8b")
    assert shell.ask("class", "list") == []
    shell.say("term", "delete", shell.ask("term", "list")[1]["id"])
    shell.say("holiday", "delete", shell.ask("holiday", "list")[0]["id"])


def test_signs_that_are_no_text_are_said_to_be_so(shell: Shell) -> None:
    assert "no text" in shell.say("journal", "take-back", "\ud800", code=2)
