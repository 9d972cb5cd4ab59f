"""Looking at a folder before sharing through it: every kind of folder gives a finding, and none an exception."""

from __future__ import annotations

import errno
import json
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.clock import FakeClock, SystemClock
from observe_app.services.sync import cards, folder_check
from observe_app.services.sync.check_words import Grade, points, rounded, size_words
from observe_app.services.sync.folder_check import FolderCheck, FolderProblem, FoundFolder, check
from observe_app.store.identity import PersonKeys

if TYPE_CHECKING:
    from observe_app.services.sync.check_words import Point


def shared(folder: Path, **about: object) -> Path:
    told = {"format": "observe-folder", "version": 1, "id": "0192-abcd", "name": "Maths", "school_key": ""}
    (folder / "observe" / "people").mkdir(parents=True)
    (folder / "observe" / "folder.json").write_text(json.dumps(told | about))
    return folder


def by_key(found: FolderCheck) -> dict[str, Point]:
    return {one.key: one for one in points(found)}


def test_a_good_folder_is_usable_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_text("x")

    found = check(tmp_path, SystemClock())

    assert found.is_usable
    assert found.write_ms is not None
    assert found.renames is True
    assert abs(found.clock_off or 0) < 5
    assert found.found is None
    assert found.foreign == 1
    assert [one.name for one in tmp_path.iterdir()] == ["minutes.docx"]
    assert {one.grade for one in points(found)} == {Grade.GOOD, Grade.PEOPLE}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere", FolderProblem.MISSING),
        ("file", FolderProblem.NOT_A_FOLDER),
        ("a\0b", FolderProblem.MISSING),
        ("x" * 5000, FolderProblem.OTHER),
    ],
)
def test_what_is_no_folder_is_said(tmp_path: Path, name: str, problem: FolderProblem) -> None:
    (tmp_path / "file").write_text("x")

    found = check(tmp_path / name, SystemClock())

    assert found.problem is problem
    (point,) = points(found)
    assert point.grade is Grade.BAD


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_one_may_not_write_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    assert check(tmp_path, SystemClock()).problem is FolderProblem.DENIED


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.EACCES, FolderProblem.DENIED),
        (errno.EROFS, FolderProblem.READ_ONLY),
        (errno.ENOSPC, FolderProblem.FULL),
        (errno.EIO, FolderProblem.OTHER),
    ],
)
def test_what_the_system_says_while_writing_is_the_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: FolderProblem
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)

    found = check(tmp_path, SystemClock())

    assert found.problem is problem
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_nothing_can_be_renamed_is_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(Path, "replace", refuse)

    found = check(tmp_path, SystemClock())

    assert found.is_usable
    assert found.renames is False
    assert by_key(found)["rename"].grade is Grade.LOOK


def test_a_folder_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def hang(_path: Path) -> bool:
        go_on.wait(5)
        return True

    monkeypatch.setattr(Path, "exists", hang)

    found = check(tmp_path, SystemClock(), patience=0.05)
    go_on.set()

    assert found.problem is FolderProblem.SILENT


def test_the_own_data_is_never_shared(tmp_path: Path) -> None:
    data = tmp_path / "data"
    inside = data / "forms"
    inside.mkdir(parents=True)

    for path in (data, inside, tmp_path):
        assert check(path, SystemClock(), data=data).problem is FolderProblem.OWN_DATA


def test_a_shared_folder_that_is_there_says_who_is_in_it(tmp_path: Path) -> None:
    people = shared(tmp_path) / "observe" / "people"
    for at, name in enumerate(("Ilse Bakker", "Amina \u00dcnal", "Zo\u00eb")):
        keys = PersonKeys(bytes([at]) * 16)
        raw = cards.make(keys, name=name, person_id="p", at=FakeClock().now())
        whole = raw if at < 2 else raw.replace(b'"signature":"', b'"signature":"00')
        (people / cards.file_name(raw)).write_bytes(whole)
    (people / "notes.txt").write_text('{"name":"Nobody"}')

    found = check(tmp_path, SystemClock())

    assert found.found is not None
    assert found.found.name == "Maths"
    assert found.found.people == ("Amina \u00dcnal", "Ilse Bakker")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", FolderProblem.DAMAGED),
        ("[]", FolderProblem.DAMAGED),
        ("[" * 15000, FolderProblem.DAMAGED),
        ('{"format":"observe-folder","version":1,"id":"../x"}', FolderProblem.DAMAGED),
        ('{"format":"observe-folder","version":2,"id":"0192-abcd"}', FolderProblem.NEWER),
    ],
)
def test_a_shared_folder_that_cannot_be_understood_is_not_joined(
    tmp_path: Path, content: str, problem: FolderProblem
) -> None:
    shared(tmp_path)
    (tmp_path / "observe" / "folder.json").write_text(content)

    assert check(tmp_path, SystemClock()).problem is problem


def test_a_link_in_the_place_of_our_part_is_not_followed(tmp_path: Path) -> None:
    elsewhere = shared(tmp_path / "elsewhere")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "observe").symlink_to(elsewhere / "observe")

    assert check(folder, SystemClock()).problem is FolderProblem.DAMAGED


def test_clocks_that_differ_are_said_with_how_much(tmp_path: Path) -> None:
    clock = FakeClock()

    found = by_key(check(tmp_path, clock))["clock"]

    assert found.grade is Grade.LOOK
    assert "days" in found.text


def test_the_room_is_said_in_visits() -> None:
    found = FolderCheck(Path("x"), write_ms=40, clock_off=1.8, free=4_100_000_000, case_sensitive=True, renames=True)

    told = by_key(found)

    assert (told["write"].text, told["write"].detail) == ("Can write and read back", "in 40 ms")
    assert (told["clock"].text, told["clock"].detail) == ("Both clocks agree", "within 2 s")
    assert (told["room"].text, told["room"].detail) == ("Room for about 90,000 visits", "4.1 GB free")
    assert by_key(replace(found, free=1_000_000))["room"].grade is Grade.LOOK
    assert by_key(replace(found, write_ms=4_000))["write"].grade is Grade.LOOK


def test_a_recovery_key_of_the_school_is_said_before_one_joins() -> None:
    found = FolderCheck(Path("x"), found=FoundFolder("a", "Maths", "age1x"))

    assert by_key(found)["school"].grade is Grade.LOOK


def test_every_problem_has_its_own_sentence() -> None:
    told = [points(FolderCheck(Path("x"), problem)) for problem in FolderProblem if problem is not FolderProblem.NONE]

    assert len({one[0].text for one in told}) == len(told)
    assert all(len(one) == 1 for one in told)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/a/OneDrive - School/team", "OneDrive"),
        ("/home/a/Dropbox/team", "Dropbox"),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/team", "iCloud Drive"),
        ("/srv/school/team", ""),
    ],
)
def test_programs_that_copy_a_folder_are_known_by_its_place(path: str, name: str) -> None:
    assert folder_check.cloud_of(Path(path)) == name


def test_numbers_and_sizes_are_rounded_for_people() -> None:
    assert [rounded(count) for count in (7, 44, 157, 91_111, 199_999)] == [7, 40, 150, 90_000, 190_000]
    assert [size_words(size) for size in (9_000, 350_000_000, 54_459_162_624)] == ["9 kB", "350 MB", "54 GB"]
