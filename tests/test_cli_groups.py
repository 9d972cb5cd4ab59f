"""Groups by the command line: made, peopled, given goals, readings and resources; everything answers as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.cli.run import run_command
from observe_app.services import people
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import school

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


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


def test_a_group_says_gently_what_would_help(shell: Shell) -> None:
    said = shell.say("group", "new", "Talk in maths", "--purpose", "Talk more")

    assert "Could it say for whom, and what shall be different?" in said
    assert "No day yet on which you look at it again." in said
    full = shell.ask(
        "group", "edit", "talk in MATHS", "--purpose", "Pupils in year 8 explain how they reached an answer.",
        "--measure", "20 of 30 answers with a reason", "--revisit", "2099-01-01", "--norm", "On time", "--norm", "Kind",
    )  # fmt: skip
    assert full["would_help"] == []
    assert full["norms"] == ["On time", "Kind"]


def test_people_have_parts_and_leave(shell: Shell) -> None:
    shell.say("people", "add", "Ines Nguyen")
    shell.say("people", "add", "Tom Whitfield")
    group = shell.ask("group", "new", "Maths")
    shell.say("group", "member", "Maths", "Ines Nguyen", "--role", "facilitator", "--since", "2026-09-01")
    shell.say("group", "member", group["id"][-8:], "Tom Whitfield")
    people = shell.ask("group", "member", "Maths", "Tom Whitfield", "--until", "2026-01-01")

    assert [(one["name"], one["roles"], one["now"]) for one in people] == [
        ("Ines Nguyen", ["facilitator"], True), ("Tom Whitfield", [], False),
    ]  # fmt: skip
    (row,) = shell.ask("group", "list")
    assert (row["name"], row["people"]) == ("Maths", 1)
    assert len(shell.ask("group", "member", "Maths", "Tom Whitfield", "--remove")) == 1


def test_a_goal_takes_readings_and_serves_the_school(shell: Shell, tmp_path: Path) -> None:
    shell.say("group", "new", "Maths")
    school = shell.ask("group", "goal", "-", "Every pupil is heard")
    goal = shell.ask(
        "group", "goal", "Maths", "Answers with a reason", "--measure", "share", "--unit", "%", "--baseline", "41",
        "--target", "70", "--due", "2027-06-30", "--serves", school["id"],
    )  # fmt: skip
    assert (goal["serves"], goal["baseline"], goal["due"]) == ("Every pupil is heard", 41, "2027-06-30")
    shell.say("group", "reading", "Maths", "Answers with a reason", "44.5", "--on", "2026-10-01", "--n", "24")
    table = tmp_path / "averages.csv"
    table.write_text("Datum;7a;7b\n01.11.2026;3,1;2,9\n", encoding="utf-8")

    seen = shell.ask("group", "reading", "Maths", goal["id"][-8:], "--import", str(table), "--preview")
    assert (seen["preview"], seen["added"]) == (True, 2)
    assert len(shell.ask("group", "reading", "Maths", goal["id"][-8:])) == 1
    shell.say("group", "reading", "Maths", goal["id"][-8:], "--import", str(table))
    out = tmp_path / "out.csv"
    said = shell.say("group", "reading", "Maths", goal["id"][-8:], "--to", str(out))

    assert "does not show that one thing caused another" in said
    written = out.read_text(encoding="utf-8-sig")
    assert "2026-11-01,3.1" in written.replace("7a,", "")
    assert "does not show that one thing caused another" in written


def test_a_closed_goal_is_celebrated(shell: Shell) -> None:
    shell.say("group", "new", "Maths")
    shell.say("group", "goal", "Maths", "Visit everybody once")
    shell.say("group", "goal", "Maths", "Visit everybody once", "--status", "reached", "--story", "Hours were swapped.")

    found = shell.ask("group", "show", "Maths")
    assert [(one["kind"], one["words"], one["story"]) for one in found["celebrations"]] == [
        ("goal", "Visit everybody once", "Hours were swapped.")
    ]
    assert "goal: Visit everybody once" in shell.say("group", "show", "Maths")


def test_files_and_links_are_kept_with_their_licence(shell: Shell, tmp_path: Path) -> None:
    shell.say("group", "new", "Maths")
    file = tmp_path / "cards.txt"
    file.write_text("talk cards", encoding="utf-8")
    shell.say("group", "resource", "Maths", str(file), "--licence", "own work")
    kept = shell.ask("group", "resource", "Maths", "https://example.org/moves", "--title", "Talk moves")

    assert [(one["title"], one["licence"]) for one in kept] == [("Talk moves", ""), ("cards.txt", "own work")]
    copy = tmp_path / "copy.txt"
    shell.say("group", "resource", "Maths", "--save", kept[1]["id"][-8:], "--to", str(copy))
    assert copy.read_text(encoding="utf-8") == "talk cards"


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript://x/%0aalert(1)", "https://user@evil.org/x"])
def test_only_pages_of_the_web_are_links(shell: Shell, link: str) -> None:
    shell.say("group", "new", "Maths")

    assert "https://" in shell.say("group", "resource", "Maths", link, code=1)
    assert shell.ask("group", "resource", "Maths") == []


def test_an_unknown_group_is_said(shell: Shell) -> None:
    assert "group" in shell.say("group", "show", "Nobody", code=1)


def test_without_a_folder_a_group_is_shared_with_nobody_and_says_so(shell: Shell) -> None:
    shell.say("group", "new", "Maths")
    assert "read by: only you" in shell.say("group", "show", "Maths")
    found = shell.ask("group", "show", "Maths")["shared_with"]
    assert (found["shared"], found["readers"], found["not"]) == (False, [], [])
    assert "Set one up or join one" in shell.say("group", "share", "Maths", code=1)
    assert "Nobody but you" in shell.say("group", "unshare", "Maths", code=1)


@pytest.fixture
def blank(_blank_database: Path) -> Path:
    """Return a database without anything in it."""
    return _blank_database


def test_a_group_is_shared_and_unshared_by_the_command_line(
    tmp_path: Path, blank: Path, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with memory_keyring():
        with school(tmp_path, blank, clock) as made:
            for name in ("Joonas", "Amina"):
                made.add(name)
            people.ensure(made.cores["Joonas"], "Amina")
            made.meet()
        shell = Shell(tmp_path / "data Joonas", capsys)
        shell.say("group", "new", "Maths")
        shell.say("people", "add", "Lena")
        for name in ("Joonas", "Amina", "Lena"):
            shell.say("group", "member", "Maths", name)
        found = shell.ask("group", "share", "Maths")
        assert [one["name"] for one in found["readers"]] == ["Amina"]
        assert [(one["name"], one["why"]) for one in found["not"]] == [("Lena", "no_card")]
        said = shell.say("group", "show", "Maths")
        assert "read by: Amina and you, through the folder School" in said
        assert "not sent to Lena: no card yet" in said
        assert shell.ask("group", "unshare", "Maths")["keep"] == ["Amina"]
        assert shell.ask("group", "show", "Maths")["shared_with"]["readers"] == []


def test_a_goal_with_too_long_a_story_is_not_kept_at_all(shell: Shell) -> None:
    shell.say("group", "new", "Maths")
    said = shell.say("group", "goal", "Maths", "Wait", "--status", "reached", "--story", "x" * 30_000, code=1)
    assert "20000" in said
    assert shell.ask("group", "show", "Maths")["goals"] == []
