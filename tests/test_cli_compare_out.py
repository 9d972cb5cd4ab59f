"""`pdf term`, `pdf group`, `pdf calibration` and `compare export` as scripts call them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from observe_app.app import wire_core
from observe_app.cli import main
from observe_app.services import core as cores
from observe_app.services import people
from tests.services.exchange.test_compare_out import KEPT, LATER, PRIVATE, observed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def recorded(data_folder: Path) -> Path:
    """Keep a visit that is released and one that is not."""
    core = wire_core(data_folder)
    people.introduce(core, name="Joonas Brandt")
    observed(core)
    observed(core, level=1, release=False)
    cores.close(core)
    return data_folder


@pytest.fixture
def run(recorded: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*words: str, status: int = 0) -> str:
        found = main([*words, "--data", str(recorded)])
        said = capsys.readouterr()
        assert found == status, said.err
        return said.err if status else said.out

    return call


def text(path: Path) -> str:
    """Return the words of a PDF."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_term_is_written_for_the_teacher_and_the_maker_told_what_is_left_out(
    run: Callable[..., str], tmp_path: Path
) -> None:
    said = run("pdf", "term", "--teacher", "Amina Diallo", "-o", str(tmp_path / "a.pdf"), "--paper", "Letter")

    assert "1 visit" in said
    assert "Left out: 1 not released" in said
    assert "Confidential – for Amina Diallo" in text(tmp_path / "a.pdf")
    assert pypdf.PdfReader(tmp_path / "a.pdf").pages[0].mediabox.height == 792


def test_as_json_a_term_says_what_became_of_it(run: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    made = json.loads(run("pdf", "term", "--teacher", "Amina Diallo", "--own", "-o", str(target), "--json"))

    assert {key: made[key] for key in ("path", "visits", "left_out", "not_released", "replaced")} == {
        "path": str(target), "visits": 2, "left_out": {}, "not_released": True, "replaced": [],
    }  # fmt: skip
    assert made["pages"] == len(pypdf.PdfReader(target).pages)


def test_somebody_who_may_read_nothing_gets_no_file(run: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    said = run(
        "pdf", "term", "--teacher", "Amina Diallo", "--reader", "Mei Lindqvist", "-o", str(target), status=1
    )  # fmt: skip

    assert "Mei Lindqvist" in said
    assert not target.exists()


def test_a_group_of_one_is_refused_in_words(run: Callable[..., str], tmp_path: Path) -> None:
    said = run("pdf", "group", "-o", str(tmp_path / "a.pdf"), status=1)

    assert "Too few teachers to tell of (1); from 5 on nobody can be made out." in said


def test_two_visits_are_compared_on_paper(run: Callable[..., str], tmp_path: Path) -> None:
    ids = [visit["id"] for visit in json.loads(run("visit", "list", "--json"))]

    said = run("pdf", "calibration", *ids, "--own", "-o", str(tmp_path / "a.pdf"))

    assert "for you alone" in said
    assert "Amina" not in text(tmp_path / "a.pdf")


@pytest.mark.parametrize("own", [False, True])
def test_visits_go_out_as_far_as_the_reader_may_be_told(run: Callable[..., str], tmp_path: Path, own: bool) -> None:
    target = tmp_path / "term.csv"

    made = json.loads(run("compare", "export", "--to", str(target), "--json", *["--own"] * own))

    written = target.read_text(encoding="utf-8-sig")
    assert made["visits"] == (2 if own else 1)
    assert made["rows"] == len(list(csv.reader(written.splitlines()))) - 1
    assert made["left_out"] == ({} if own else {"not_released": 1})
    assert KEPT in written
    assert (LATER in written) is own
    assert PRIVATE not in written


def test_days_and_classes_narrow_what_goes_out(run: Callable[..., str], tmp_path: Path) -> None:
    target = str(tmp_path / "term.csv")

    assert "no visit among them" in run("compare", "export", "--to", target, "--since", "2999-01-01", status=1)
    assert "no visit among them" in run("compare", "export", "--to", target, "--class", "8b", status=1)
    assert "1 visit" in run("compare", "export", "--to", target, "--since", "2020-01-01", "--teacher", "Amina Diallo")


@pytest.mark.parametrize("words", [
    ("compare", "export", "--to", "x.csv", "--since", "tomorrow"),
    ("compare", "export", "--to", "x.csv", "--reader", "A", "--own"),
    ("pdf", "term", "-o", "x.pdf"),
    ("pdf", "calibration", "one", "-o", "x.pdf"),
])  # fmt: skip
def test_wrong_usage_is_told(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(list(words)) == 2
    assert "usage:" in capsys.readouterr().err
