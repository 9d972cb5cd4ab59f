"""`compare agreement` and `compare same` as scripts use them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from observe_app.cli import main
from observe_app.services import happenings_codes, people, visits
from observe_app.services.core import close

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core


@pytest.fixture
def lesson(core: Core, data_folder: Path) -> tuple[str, ...]:
    """Return three visits of one lesson, and leave the data folder to the commands."""
    teacher = people.add(core, name="Amina Diallo")
    made = []
    for name, last in (("Jo", "I.PQ"), ("=Tomás", "I.MG"), ("Li", "I.PQ")):
        observer = people.add(core, name=name)
        visit = visits.plan(
            core,
            teacher_id=teacher.id,
            observer_id=observer.id,
            form_id="copus",
            class_name="7",
            start=core.clock.now(),
        )
        visits.begin(core, visit_id=visit.id)
        for index in range(12):
            codes = ("I.Lec",) if index < 6 else ("I.Lec", last)
            happenings_codes.tick_same(core, visit_id=visit.id, item="copus", index=index, codes=codes)
        made.append(visit.id)
    assert data_folder.is_dir()
    close(core)
    return tuple(made)


def said(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> str:
    assert main(["--data", str(data), "compare", *words]) == 0
    return capsys.readouterr().out


def test_the_json_has_its_stable_names(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, data_folder, "agreement", lesson[0], lesson[1], "--json"))
    assert {"n", "percent", "kappa", "kappa_defined", "per_code", "alpha", "interval_s"} <= told.keys()
    assert (told["n"], told["interval_s"], told["kappa_defined"]) == (36, 120, True)
    code = told["per_code"]["I.PQ"]
    assert {name: code[name] for name in ("n", "both", "only_a", "only_b", "neither", "percent", "kappa", "ac1")} == {
        "n": 12, "both": 0, "only_a": 6, "only_b": 0, "neither": 6, "percent": 0.5, "kappa": 0.0,
        "ac1": pytest.approx(0.2),
    }  # fmt: skip
    assert told["per_code"]["I.Lec"]["kappa"] is None
    assert told["per_code"]["I.Lec"]["why"]["kappa"] == "one_category"
    assert len(told["differences"]) == 12


def test_the_lines_say_counts_before_figures_and_every_difference(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, data_folder, "agreement", lesson[0], lesson[1])
    assert "12 intervals of 120 s that both coded" in told
    assert "identical; kappa not defined" in told
    assert "12:00–14:00: only Jo ticked “posing a question”" in told
    assert told.count("only =Tomás ticked") == 6


def test_three_visits_give_alpha(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, data_folder, "agreement", *lesson, "--json"))
    assert told["per_code"]["copus:I.PQ"]["ticks"] == [6, 0, 6]
    assert -1 <= told["per_code"]["copus:I.PQ"]["alpha"] < 1
    assert "ALPHA" in said(capsys, data_folder, "agreement", *lesson)


def test_files_are_written_and_no_cell_is_a_formula(
    lesson: tuple[str, ...], data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("json", "csv", "xlsx"):
        path = tmp_path / f"out.{ending}"
        out = said(capsys, data_folder, "agreement", lesson[0], lesson[1], "--own", "--to", str(path))
        assert out == f"{path}\nWith what is not released: for you alone.\n"
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["n"] == 36
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["code", "label", "both"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    wrong = ["--data", str(data_folder), "compare", "agreement", *lesson[:2], "--own", "--to", str(tmp_path / "o.txt")]
    assert main(wrong) == 1


def test_the_workbook_has_a_sheet_for_each_view_and_says_what_its_columns_mean(
    lesson: tuple[str, ...], data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.xlsx"
    said(capsys, data_folder, "agreement", lesson[0], lesson[1], "--own", "--to", str(path))

    book = load_workbook(path)
    codes = list(book["Codes"].iter_rows(values_only=True))
    asked = dict(zip(codes[0], next(row for row in codes if row[1] == "I.PQ"), strict=True))
    assert book.sheetnames == ["About", "Codes", "Intervals", "Differences", "Data dictionary"]
    assert (asked["both"], asked["only_a"], asked["only_b"], asked["neither"], asked["n"]) == (0, 6, 0, 6, 12)
    assert (asked["percent"], asked["kappa"]) == (0.5, 0)
    described = {row[:2] for row in book["Data dictionary"].iter_rows(min_row=2, values_only=True)}
    for title in ("Codes", "Intervals", "Differences"):
        heads = next(book[title].iter_rows(values_only=True))
        assert {(title, head) for head in heads} <= described
    assert [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"] == []


def test_what_is_not_released_leaves_only_where_its_author_says_so(
    lesson: tuple[str, ...], data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.json"
    for words in (lesson[:2], lesson):
        for reader in ((), ("--reader", "Amina Diallo")):
            command = ["--data", str(data_folder), "compare", "agreement", *words, *reader, "--to", str(path)]
            assert main(command) == 1
            assert not path.exists()
    assert said(capsys, data_folder, "agreement", *lesson, "--own", "--to", str(path)).startswith(str(path))
    assert json.loads(path.read_text("utf-8"))["per_code"]["copus:I.PQ"]["ticks"] == [6, 0, 6]
    assert main(["--data", str(data_folder), "compare", "agreement", *lesson[:2], "--own"]) == 2


def test_visits_are_offered_and_kept_as_one_lesson(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(json.loads(said(capsys, data_folder, "same", "--json"))["offered"]) == 3
    assert said(capsys, data_folder, "same", lesson[0], lesson[1]) == "one lesson\n"
    assert said(capsys, data_folder, "same", lesson[0], lesson[2], "--not") == "not one lesson\n"
    told = json.loads(said(capsys, data_folder, "same", "--json"))
    assert (len(told["same"]), len(told["offered"])) == (1, 1)
    assert "one lesson" in said(capsys, data_folder, "same")


@pytest.mark.parametrize("words", [("agreement", "nothing1", "nothing2"), ("same", "nothing1", "nothing2")])
def test_what_is_not_there_is_said_in_one_line(
    data_folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main(["--data", str(data_folder), "compare", *words]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_lesson_is_told_with_n_and_base(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, data_folder, "lesson", lesson[0], "--json"))
    codes = dict(told["sheets"][0]["codes"])
    assert codes["I.PQ"]["intervals"] == {"n": 6, "of": 12, "share": 0.5}
    assert codes["I.PQ"]["ticks"] == {"n": 6, "of": 18, "share": pytest.approx(1 / 3)}
    assert told["visit"] == lesson[0]
    assert "6 of 12 intervals" in said(capsys, data_folder, "lesson", lesson[0])


def test_one_visit_is_not_two(lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data_folder), "compare", "agreement", lesson[0], lesson[0]]) == 1
    assert "Two different visits are needed." in capsys.readouterr().err
    assert main(["--data", str(data_folder), "compare", "same", lesson[0]]) == 1


def test_what_is_for_two_visits_is_not_quietly_passed_over_for_three(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in (("--offset", "0:10"), ("--interval", "240")):
        assert main(["compare", "agreement", *lesson, *asked, "--data", str(data_folder)]) == 2
        assert "two visits" in capsys.readouterr().err


def test_three_visits_say_what_is_not_compared(
    lesson: tuple[str, ...], data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert json.loads(said(capsys, data_folder, "agreement", *lesson, "--json"))["left_out"] == []
