"""Surveys by the command line: asked, answered, collected, counted; nothing before five."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from observe_app.services.exchange.tables import read_table
from tests.laptops import NearLaptop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def laptop(tmp_path: Path) -> NearLaptop:
    return NearLaptop(tmp_path, "Anna")


def opened(laptop: NearLaptop, *more: str) -> str:
    return str(laptop.json("survey", "new", "pulse-check", "--title", "Pulse", "--open", *more)["id"])


def sheets(laptop: NearLaptop, survey: str, count: int, way: str = "passed") -> None:
    path = laptop.home / "sheets.json"
    path.write_text(json.dumps([{"time": 1 + n % 5, "change": f"=HYPERLINK({n})"} for n in range(count)]))
    assert laptop.json("survey", "answer", survey, "--from", str(path), "--way", way)["kept"] == count


def test_four_answers_say_nothing_and_a_fifth_says_all(laptop):
    survey = opened(laptop)
    sheets(laptop, survey, 4)

    before = laptop.json("survey", "collect", survey)
    assert (before["waiting"], before["shown"], before["items"], before["enough"]) == (4, 0, [], False)

    sheets(laptop, survey, 1)
    after = laptop.json("survey", "collect", survey)
    assert (after["waiting"], after["shown"], after["n"]) == (0, 5, 5)
    assert after["items"][0]["counts"] == {"1": 2, "2": 1, "3": 1, "4": 1, "5": 0}
    assert len(after["items"][-1]["texts"]) == 5
    assert "n = 5" in laptop("survey", "results", survey)


def test_a_survey_is_found_by_the_beginning_of_its_own_part(laptop):
    first, second = opened(laptop), opened(laptop)

    assert laptop.json("survey", "results", first[25:34])["id"] == first
    assert laptop.json("survey", "close", second[-9:])["state"] == "closed"
    laptop("survey", "results", first[:10], status=1)
    laptop("survey", "results", "nothing", status=1)


def test_answers_that_do_not_fit_are_refused_and_nothing_is_kept(laptop):
    survey = opened(laptop)

    for given in (("time=9",), ("time=x",), ("bogus=1",), ("time",), ()):
        laptop("survey", "answer", survey, *given, status=1)
    bad = laptop.home / "bad.json"
    for content in ("[1, 2]", "{", "[" * 5000, "[[]]"):
        bad.write_text(content)
        laptop("survey", "answer", survey, "--from", str(bad), status=1)
    assert laptop.json("survey", "results", survey)["waiting"] == 0


def test_what_goes_out_runs_in_no_spreadsheet(laptop):
    survey = opened(laptop)
    out = laptop.home / "out"
    laptop("survey", "export", survey, f"{out}.csv", status=1)  # nothing to show yet
    sheets(laptop, survey, 6)
    laptop("survey", "close", survey)

    laptop("survey", "export", survey, f"{out}.csv")
    laptop("survey", "export", survey, f"{out}.xlsx")

    table = (laptop.home / "out.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in table
    assert ",=HYPERLINK" not in table
    rows = read_table(laptop.home / "out.xlsx", sheet="Answers, each column shuffled").rows
    assert sorted(row.cells[0] for row in rows[1:]) == [1, 1, 2, 3, 4, 5]


def test_a_sheet_is_printed_with_what_becomes_of_it(laptop):
    import pypdfium2

    survey = opened(laptop)
    target = laptop.home / "sheet.pdf"
    laptop("survey", "print", survey, str(target))

    pdf = pypdfium2.PdfDocument(target.read_bytes())
    words = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert pdf.is_tagged()
    assert "Pulse" in words
    assert "results appear from 5 answers up" in words


def test_two_questions_are_laid_crosswise_only_where_nobody_stands_out(laptop):
    survey = opened(laptop)
    path = laptop.home / "same.json"
    path.write_text(json.dumps([{"time": 4, "load": 2}] * 6))
    laptop("survey", "answer", survey, "--from", str(path), "--way", "passed")
    laptop("survey", "collect", survey)
    assert laptop.json("survey", "results", survey, "--cross", "time", "load")["cells"] is None

    laptop("survey", "close", survey)
    cells = laptop.json("survey", "results", survey, "--cross", "time", "load")["cells"]
    assert [one for one in cells if one["count"]] == [{"answers": ["4", "2"], "count": 6}]
    assert "6" in laptop("survey", "results", survey, "--cross", "time", "load")

    other = opened(laptop)
    path.write_text(json.dumps([{"time": 4, "load": 2}] * 6 + [{"time": 1, "load": 5}]))
    laptop("survey", "answer", other, "--from", str(path), "--way", "passed")
    laptop("survey", "close", other)
    assert laptop.json("survey", "results", other, "--cross", "time", "load")["cells"] is None
    assert "Not shown" in laptop("survey", "results", other, "--cross", "time", "load")


def test_drafts_rounds_and_names(laptop):
    draft = laptop.json("survey", "new", "needs-poll", "--named", "--closes", "2031-01-31")
    assert (draft["state"], draft["anonymous"], draft["closes"]) == ("draft", False, "2031-01-31")
    laptop("survey", "answer", draft["id"], "starting=2", status=1)
    survey = laptop.json("survey", "open", draft["id"])["id"]
    laptop("survey", "answer", survey, "starting=2", "how=see,plan")
    assert laptop.json("survey", "results", survey)["n"] == 1
    again = laptop.json("survey", "again", survey)
    assert again["series"] == laptop.json("survey", "results", survey)["series"] != ""
    assert {one["id"] for one in laptop.json("survey", "list")} == {survey, again["id"]}
    laptop("survey", "new", "copus", status=1)
    laptop("survey", "new", "pulse-check", "--least", "4", status=1)


@pytest.mark.parametrize("of", ["--group", "--session"])
def test_a_survey_of_what_is_not_there_is_not_made(laptop, of):
    assert "nonsense" in laptop("survey", "new", "session-survey", of, "nonsense", status=1)
    assert laptop.json("survey", "list") == []
