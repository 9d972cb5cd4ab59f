"""`share counts` on two computers: off at first, told in numbers, taken back; usage that makes no sense is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.laptops import Laptop, NearLaptop

if TYPE_CHECKING:
    from pathlib import Path

FIGURES = ("planned", "observed", "talked", "released", "answered")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Laptop, Laptop]:
    """Return two laptops in one shared folder that know each other."""
    shared = tmp_path / "shared"
    shared.mkdir()
    jonas, amina = NearLaptop(tmp_path, "jonas"), NearLaptop(tmp_path, "amina")
    jonas("share", "init", str(shared), "--me", "Jonas Brandt", "--name", "Staff room")
    amina("share", "join", str(shared), "--me", "Amina Diallo")
    amina.sync()
    jonas.sync()
    return jonas, amina


def test_numbers_are_told_from_on_to_off(two: tuple[Laptop, Laptop]) -> None:
    jonas, amina = two
    assert jonas.json("share", "counts")["mine"] is False
    jonas("visit", "new", "--teacher", "Amina Diallo")
    told = jonas.json("share", "counts", "--on")
    assert told["mine"] is True
    jonas.sync()
    amina.sync()
    (one,) = amina.json("share", "counts")["counts"]
    assert (one["name"], one["me"], *(one[name] for name in FIGURES)) == ("Jonas Brandt", False, 1, 0, 0, 0, 0)
    assert {type(one[name]) for name in FIGURES} == {int}
    assert "Jonas Brandt" in amina("share", "counts")
    jonas("share", "counts", "--off")
    jonas.sync()
    amina.sync()
    assert amina.json("share", "counts")["counts"] == []


def test_one_round_is_enough_after_a_visit(two: tuple[Laptop, Laptop]) -> None:
    jonas, amina = two
    jonas("share", "counts", "--on")
    jonas.sync()
    jonas("visit", "new", "--teacher", "Amina Diallo")
    jonas.sync()
    amina.sync()
    assert [one["planned"] for one in amina.json("share", "counts")["counts"]] == [1]


def test_on_and_off_at_once_and_an_unknown_folder_are_refused(two: tuple[Laptop, Laptop]) -> None:
    jonas, _amina = two
    assert jonas.run("share", "counts", "--on", "--off")[0] == 2
    jonas("share", "counts", "--on", "--folder", "Elsewhere", status=1)
    assert jonas.json("share", "counts")["mine"] is False
