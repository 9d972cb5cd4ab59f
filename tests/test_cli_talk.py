"""Commands of the conversation: protocols as files, and the calendar file of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from tests.test_cli import Surface

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Surface:
    return Surface(data_folder, capsys)


def test_a_protocol_goes_out_and_comes_back_as_an_own_one(run: Surface, tmp_path: Path) -> None:
    target = tmp_path / "grow.toml"
    run("protocol", "export", "grow", "-o", str(target))

    kept = run.json("protocol", "import", str(target))

    listed = {one["id"]: one["own"] for one in run.json("protocol", "list")}
    assert kept["id"] == "grow-2"
    assert (listed["grow"], listed["grow-2"]) == (False, True)


def test_a_protocol_is_shown_in_a_language(run: Surface) -> None:
    shown = run("protocol", "show", "www-ebi", "--language", "de")

    assert "Was gelungen ist, was noch besser ginge (www-ebi), 25 min, first: teacher" in shown
    assert "2. Was gelungen ist. " in shown


def test_check_and_import_name_the_line_of_a_mistake(run: Surface, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'id = "ours"\ntitle = "Ours"\n[[prompts]]\nid = "a"\nminutes = 0\ntext = "Why?"\n', encoding="utf-8"
    )

    assert "line 5, prompt a, minutes: The number is 0" in run("protocol", "check", str(path), status=1)
    assert "cannot be used as a protocol yet" in run("protocol", "import", str(path), status=1)
    assert "ours" not in {one["id"] for one in run.json("protocol", "list")}


def test_an_unknown_protocol_and_another_ending_are_refused(run: Surface, tmp_path: Path) -> None:
    run("protocol", "show", "none", status=1)
    run("protocol", "export", "grow", "-o", str(tmp_path / "grow.txt"), status=1)

    assert not (tmp_path / "grow.txt").exists()


@pytest.mark.parametrize("words", [("ics",), ()])
def test_a_visit_is_written_for_calendars(run: Surface, tmp_path: Path, words: tuple[str, ...]) -> None:
    visit = run("visit", "new", "--teacher", "Bo Li", "--class", "8 B", "--start", "2026-03-29T09:05").strip()
    target = tmp_path / "visit.ics"

    run("export", *words, visit, "-o", str(target))

    (event,) = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == "Visit: 8 B"
    assert b"Bo Li" not in target.read_bytes()
