"""Timetables on the command line: looked at, brought in, shown, cleared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.cli import main
from observe_app.services import people
from observe_app.services.core import close

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.core import Core

PLAN = "Teacher,Day,Start,End,Class\nAda Okafor,Mon,9:00,9:50,8B\nBo Li,Tue,P1,,7C\n"


@pytest.fixture
def run(core: Core, data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs `timetable …` on a folder where Ada is known."""
    people.add(core, name="Ada Okafor")
    close(core)

    def one(*words: str) -> tuple[int, str, str]:
        code = main(["--data", str(data_folder), "timetable", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return one


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN)
    return str(path)


def _json(out: str) -> Any:
    return json.loads(out)


def test_a_preview_tells_and_keeps_nothing(run: Callable[..., tuple[int, str, str]], plan: str) -> None:
    code, out, _err = run("import", plan, "--preview")
    assert code == 0
    assert "1 time would be kept, of 1 person" in out
    assert "Bo Li" not in out.split("Not known")[0]
    assert "bell times" in out
    assert _json(run("show", "Ada Okafor", "--json")[1]) == []


def test_an_import_is_shown_replaced_and_cleared(run: Callable[..., tuple[int, str, str]], plan: str) -> None:
    run("bells", "1 8:50-9:40")
    code, out, _err = run("import", plan, "--add-people", "--json")
    assert code == 0
    assert {one["name"]: one["weekly"] for one in _json(out)["people"]} == {"Ada Okafor": 1, "Bo Li": 1}
    (slot,) = _json(run("show", "Bo Li", "--json")[1])
    assert (slot["weekday"], slot["start"], slot["end"]) == (1, "08:50", "09:40")
    assert _json(run("import", plan, "--json")[1])["people"][0]["replaced"] == 1
    assert "Mon  09:00–09:50  teaching  8B" in run("show", "Ada Okafor")[1]
    assert {one["name"]: one["lessons"] for one in _json(run("show", "--json")[1])} == {"Ada Okafor": 1, "Bo Li": 1}
    assert _json(run("clear", "Bo Li", "--json")[1])["removed"] == 1


def test_a_name_can_be_told_and_left_out(run: Callable[..., tuple[int, str, str]], plan: str) -> None:
    _code, out, _err = run("import", plan, "--is", "Ada Okafor=", "--is", "Bo Li=Ada Okafor", "--json", "--preview")
    assert _json(out)["people"] == []
    assert _json(out)["unknown"] == []


def test_what_is_no_timetable_ends_in_one_line(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    code, out, err = run("import", str(bad))
    assert code != 0
    assert not out
    assert len(err.splitlines()) == 1
