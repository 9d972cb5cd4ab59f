"""`compare term` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from observe_app.cli.run import run_command
from observe_app.services import answers, notes, releases
from observe_app.services.core import close
from tests.services.compare.test_term import seen

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core


@pytest.fixture
def folder(core: Core) -> Path:
    """Keep three visits to Amina and one to Zoe; the second of them was released."""
    first, second, third = (seen(core, day, tallies=day) for day in (1, 2, 3))
    seen(core, 4, teacher="Zoe", tallies=9)
    notes.add(core, visit_id=first, line="T #open why is that so?", offset_ms=1000)
    opened = answers.open_answer(core, visit_id=third, item="open")
    answers.give(core, visit_id=third, item="open", absence=None, value=None, seen=opened.seen)
    releases.release(core, visit_id=second)
    path = core.folder
    close(core)
    return path


def told(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = run_command(["--data", str(folder), "compare", "term", *arguments])
    return status, capsys.readouterr().out


def test_every_value_has_its_n_and_its_denominator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = told(folder, capsys, "--teacher", "amina", "--json")
    found = json.loads(out)

    assert status == 0
    assert [visit["teacher"] for visit in found["visits"]] == ["Amina"] * 3
    (praise,) = [line for line in found["lines"] if line["key"] == "praise"]
    assert [(one["value"], one["n"], one["denominator"]) for one in praise["values"]] == [
        (at / 50, at, 3_000_000) for at in (1, 2, 3)
    ]
    assert (praise["enough"], praise["base"], praise["breaks"]) == (True, "lesson_minutes", [])


def test_what_is_missing_is_null_and_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(folder, capsys, "--teacher", "Amina", "--item", "open", "--json")[1])

    assert [line["key"] for line in found["lines"]] == ["open"]
    assert [(one["value"], one["missing"]) for one in found["lines"][0]["values"]] == [
        (None, "nothing_recorded")
    ] * 3  # fmt: skip


def test_interval_codes_have_two_shares_under_two_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(folder, capsys, "--teacher", "Amina", "--item", "grid", "--json")[1])

    assert {line["measure"] for line in found["lines"]} == {"share_of_intervals", "share_of_ticks", "level"}
    for key, values in found["items"].items():
        lines = {line["measure"]: line["values"] for line in found["lines"] if line["key"] == key}
        if "share_of_ticks" in lines:
            assert [one["value"] for one in values] == [one["share_of_intervals"] for one in values]
            assert [one["share_of_ticks"] for one in values] == [one["value"] for one in lines["share_of_ticks"]]


def test_every_item_has_a_list_of_its_visits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(folder, capsys, "--teacher", "Amina", "--item", "praise", "--json")[1])

    (line,) = [line for line in found["lines"] if line["key"] == "praise"]
    assert found["items"]["praise"] == line["values"]
    assert {"visit", "start", "value", "n", "denominator"} <= found["items"]["praise"][0].keys()


def test_a_reader_is_told_only_what_was_released(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(folder, capsys, "--teacher", "Amina", "--reader", "Amina", "--json")[1])

    assert len(found["visits"]) == 1
    assert found["left_out"] == {}


def test_a_terminal_shows_a_table_with_a_dash_for_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _status, out = told(folder, capsys, "--teacher", "Amina")
    lines = out.splitlines()

    assert lines[0].split() == ["ITEM", "BASE", "2026-05-05", "2026-05-06", "2026-05-07"]
    praise = next(line for line in lines if line.startswith("Praise"))
    assert praise.split("  ")[-1].strip() == "3 in 50 min"
    assert (
        next(line for line in lines if line.startswith("Open question")).split()[2:]
        == ["of", "the", "lesson"] + ["-"] * 3
    )


def test_dates_narrow_the_term_and_too_few_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _status, out = told(folder, capsys, "--teacher", "Amina", "--since", "2026-05-06", "--until", "2026-05-07")

    assert "2026-05-05" not in out
    assert "too few to say what changed" in out


def test_nobody_of_that_name_is_said_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run_command(["--data", str(folder), "compare", "term", "--teacher", "Nobody"])

    captured = capsys.readouterr()
    assert (status, captured.out) == (1, "")
    assert len(captured.err.splitlines()) == 1


def test_a_file_holds_what_its_reader_may_know(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "term.csv"

    status, _out = told(folder, capsys, "--teacher", "Amina", "--reader", "Amina", "--to", str(target))

    assert status == 0
    assert target.read_bytes()


def test_a_file_goes_with_words_about_what_is_not_in_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "term.csv"

    _status, out = told(folder, capsys, "--teacher", "Amina", "--reader", "Amina", "--to", str(target))
    _status, data = told(folder, capsys, "--teacher", "Amina", "--reader", "Amina", "--to", str(target), "--json")

    assert out.splitlines()[1:] == ["Left out: 2 not released"]
    assert json.loads(data)["left_out"] == {"not_released": 2}
