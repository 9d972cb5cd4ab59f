"""`share`, `sync` and `check` on one computer and two: what they say, what they refuse, how they end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.laptops import Laptop, NearLaptop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    place = tmp_path / "shared"
    place.mkdir()
    return place


@pytest.fixture
def jonas(tmp_path: Path, shared: Path) -> Laptop:
    """Return a laptop that began the shared folder."""
    laptop = NearLaptop(tmp_path, "jonas")
    laptop("share", "init", str(shared), "--me", "Jonas Brandt", "--name", "Staff room")
    return laptop


@pytest.fixture
def amina(tmp_path: Path, shared: Path, jonas: Laptop) -> Laptop:
    """Return a second laptop that joined it; both know each other."""
    laptop = NearLaptop(tmp_path, "amina")
    laptop("share", "join", str(shared), "--me", "Amina Diallo")
    laptop.sync()
    jonas.sync()
    return laptop


def files_of(place: Path) -> dict[str, bytes]:
    return {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*") if one.is_file()}


# --- taking part -----------------------------------------------------------------------------------------------------


def test_a_folder_is_begun_and_joined(jonas, amina, shared):
    people = jonas.json("share", "people")

    assert [(one["name"], one["me"], one["trust"]) for one in people] == [
        ("Amina Diallo", False, "new"),
        ("Jonas Brandt", True, "checked"),
    ]
    assert all(len(one["number"].replace(" ", "")) == 20 for one in people)
    assert jonas.json("share", "invite")["number"] == people[1]["number"]
    assert [(one["name"], one["path"], one["paused"]) for one in amina.json("share", "status")] == [
        ("Staff room", str(shared), False)
    ]


def test_the_folder_is_said_to_be_there_already(jonas, shared, tmp_path):
    other = NearLaptop(tmp_path, "other")

    assert "Join them" in other("share", "init", str(shared), "--me", "Eva Fox", status=1)
    assert "already" in jonas("share", "join", str(shared), status=1)


@pytest.mark.parametrize("place", ["nowhere", "file", "data"])
def test_a_folder_that_cannot_be_shared_is_refused_in_one_line(tmp_path, place):
    laptop = NearLaptop(tmp_path, "jonas")
    (tmp_path / "file").write_text("no folder")
    path = laptop.data if place == "data" else tmp_path / place

    said = laptop("share", "init", str(path), "--me", "Jonas Brandt", status=1)

    assert str(path) in said
    assert laptop.json("share", "status") == []


def test_nobody_shares_without_a_name(tmp_path, shared):
    assert "name" in NearLaptop(tmp_path, "nameless")("share", "init", str(shared), status=1)
    assert files_of(shared) == {}


def test_words_are_printed_only_when_asked_for(jonas):
    words = jonas("share", "words", "--show").split()

    assert len(words) == 12
    assert not set(words) & set(jonas("share", "words").split())
    assert jonas.json("share", "words") == {"exist": True, "kept_in": "keyring"}


def test_the_words_are_nowhere_on_the_disk(jonas, amina):
    words = jonas("share", "words", "--show").strip()
    secret = json.loads((jonas.home / "keyring.json").read_text())

    for place in (jonas.data, amina.data, jonas.data.parent.parent / "shared"):
        for name, content in files_of(place).items():
            assert words.encode() not in content, name
            assert all(json.loads(one)["secret"].encode() not in content for one in secret.values()), name


def test_one_joins_with_the_words_on_another_computer(jonas, shared, tmp_path):
    words = jonas("share", "words", "--show")
    jonas("visit", "new", "--teacher", "Bo Li", "--focus", "Who talks?")
    jonas.sync()
    second = NearLaptop(tmp_path, "second")

    second("share", "join", str(shared), "--words-file", "-", typed=words)
    second.sync()

    assert [one["focus"] for one in second.json("visit", "list")] == ["Who talks?"]
    assert [one["me"] for one in second.json("share", "people")] == [True]


@pytest.mark.parametrize(
    "text", ["", "abandon " * 12, "one two three", "zoo " * 11 + "xylophon", "a" * 5_000, "\x00\x01", "ÄÖÜ " * 12]
)
def test_wrong_words_are_said_to_be_wrong(tmp_path, jonas, shared, text):
    second = NearLaptop(tmp_path, "second")
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(text, encoding="utf-8")

    said = second("share", "join", str(shared), "--words-file", str(sheet), status=1)

    assert "xylophon" not in said.replace("“xylophon”", "")
    assert second.json("share", "status") == []


def test_a_school_key_is_shown_once_and_said_from_then_on(tmp_path, shared):
    laptop = NearLaptop(tmp_path, "jonas")

    told = laptop.json("share", "init", str(shared), "--me", "Jonas Brandt", "--school-key")

    assert len(told["school_words"].split()) == 12
    assert "the school holds a key" in laptop("share", "status")
    assert all(told["school_words"].encode() not in content for content in files_of(shared).values())


# --- a passphrase instead of a keyring -------------------------------------------------------------------------------


@pytest.fixture
def keyless(tmp_path: Path) -> Laptop:
    """Return a laptop without a keyring."""
    laptop = NearLaptop(tmp_path, "keyless")
    laptop.environment = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    return laptop


def test_without_a_keyring_a_passphrase_is_asked_for(keyless, shared):
    assert "passphrase" in keyless("share", "init", str(shared), "--me", "Jonas Brandt", status=1).casefold()


def test_a_passphrase_keeps_the_keys_where_there_is_no_keyring(keyless, shared, tmp_path):
    secret = tmp_path / "passphrase"
    secret.write_text("four words do not match\n")
    keyless("share", "init", str(shared), "--me", "Jonas Brandt", "--passphrase-file", str(secret))

    assert "passphrase" in keyless("sync", status=1).casefold()
    secret.write_text("another one entirely\n")
    assert "passphrase" in keyless("sync", "--passphrase-file", str(secret), status=1).casefold()
    keyless.environment |= {"OBSERVE_PASSPHRASE": "four words do not match"}
    assert keyless.sync()["problems"] == []
    assert b"four words" not in b"".join(files_of(keyless.data).values())


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_a_number_that_is_the_same_is_kept(jonas, amina):
    number = amina.json("share", "invite")["number"]

    assert jonas.json("share", "check", "amina diallo", "--number", number.replace(" ", "-"))["same"] is True
    assert [one["trust"] for one in jonas.json("share", "people") if not one["me"]] == ["checked"]


def test_another_number_bars_the_card_until_it_is_the_same(jonas, amina):
    assert "Nothing is shared" in jonas("share", "check", "Amina Diallo", "--number", "0" * 20, status=1)
    assert [one["trust"] for one in jonas.json("share", "people") if not one["me"]] == ["changed"]

    jonas("share", "check", "Amina Diallo", "--number", amina.json("share", "invite")["number"])
    assert [one["trust"] for one in jonas.json("share", "people") if not one["me"]] == ["checked"]


def test_half_a_number_changes_nothing(jonas, amina):
    assert "20 digits" in jonas("share", "check", "Amina Diallo", "--number", "1234", status=1)
    assert [one["trust"] for one in jonas.json("share", "people") if not one["me"]] == ["new"]


def test_two_people_of_one_name_are_told_apart_by_their_cards(jonas, amina, shared, tmp_path):
    twin = NearLaptop(tmp_path, "twin")
    twin("share", "join", str(shared), "--me", "Amina Diallo")
    twin.sync()
    jonas.sync()

    assert "fits more than one" in jonas("share", "check", "Amina Diallo", "--number", "0" * 20, status=1)
    people = [one for one in jonas.json("share", "people") if not one["me"]]
    assert sorted(one["trust"] for one in people) == ["changed", "new"]
    for one, number in ((people[0], people[0]["number"]), (people[1], people[1]["number"])):
        jonas("share", "check", one["fingerprint"][:10], "--number", number)
    assert {one["trust"] for one in jonas.json("share", "people")} == {"checked"}


def test_a_person_of_the_record_is_linked_to_a_card(jonas, amina):
    jonas("visit", "new", "--teacher", "A. Diallo")

    jonas("share", "link", "A. Diallo", "Amina Diallo")

    linked = [one["linked"] for one in jonas.json("share", "people") if not one["me"]]
    assert linked == [one["teacher"] for one in jonas.json("visit", "list")]
    assert "There is no" in jonas("share", "link", "Nobody", "Amina Diallo", status=1)
    assert "There is no" in jonas("share", "link", jonas.json("visit", "list")[0]["teacher"], "Nobody", status=1)


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_the_answer_of_sync_is_stable(jonas):
    told = jonas.json("sync")

    assert {"sent", "received", "waiting", "conflicts", "problems", "folders"} <= told.keys()
    assert [one["name"] for one in told["folders"]] == ["Staff room"]


def test_without_a_shared_folder_sync_says_so(tmp_path):
    laptop = NearLaptop(tmp_path, "alone")

    assert "No folder is shared" in laptop("sync")
    assert laptop.json("sync")["folders"] == []


def test_several_folders_are_summed_and_told_apart(jonas, tmp_path):
    second = tmp_path / "second school"
    second.mkdir()
    jonas("share", "init", str(second), "--name", "Second school")
    jonas("visit", "new", "--teacher", "Bo Li")

    told = jonas.json("sync")

    assert [one["name"] for one in told["folders"]] == ["Staff room", "Second school"]
    assert told["sent"] == sum(one["sent"] for one in told["folders"]) > 0
    assert "more than one" in jonas("share", "pause", status=1)
    jonas("share", "pause", "--folder", "second school")
    assert [one["name"] for one in jonas.json("sync")["folders"]] == ["Staff room"]


def test_a_folder_that_is_gone_leaves_everything_saved_here(jonas, shared):
    jonas("visit", "new", "--teacher", "Bo Li")
    away = shared.with_name("away")
    shared.rename(away)

    said = jonas("sync", status=1)
    told = jonas.json("sync", status=1)

    assert "is saved here" in said
    assert (told["problems"][0]["problem"], told["waiting"] > 0) == ("missing", True)
    assert jonas.json("share", "status", status=1)[0]["problem"] == "missing"
    away.rename(shared)
    assert jonas.sync()["sent"] > 0


def test_rest_and_going_on(jonas, shared):
    jonas("share", "pause")
    jonas("visit", "new", "--teacher", "Bo Li")

    assert jonas.json("sync")["folders"] == []
    jonas("share", "resume")
    assert jonas.sync()["sent"] > 0


def test_who_leaves_keeps_what_came(jonas, shared):
    jonas("visit", "new", "--teacher", "Bo Li")
    jonas.sync()

    jonas("share", "leave")

    assert len(jonas.json("visit", "list")) == 1
    assert jonas.json("share", "status") == []
    jonas("share", "join", str(shared))
    assert jonas.sync()["problems"] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_goes_on_until_it_is_told_to_stop(jonas, shared, number):
    process = jonas.start("sync", "--watch", "--every", "0.2", "--json")
    first = json.loads(process.stdout.readline())
    jonas("visit", "new", "--teacher", "Bo Li")
    told = [json.loads(process.stdout.readline()) for _ in range(20)]
    process.send_signal(number)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (0, "")
    assert first["problems"] == []
    assert sum(one["sent"] for one in told) + sum(json.loads(line)["sent"] for line in out.splitlines()) > 0


def test_a_second_program_leaves_the_round_to_the_first(jonas):
    from observe_app.services.sync import rounds

    with jonas.core() as core, rounds.alone(core):
        begun = time.monotonic()
        said = jonas("sync", status=1)

    assert "just now" in said
    assert time.monotonic() - begun < 30
    assert jonas.sync()["problems"] == []


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_looks_into_the_folder_and_repair_writes_again_what_is_gone(jonas, shared):
    jonas("visit", "new", "--teacher", "Bo Li")
    jonas.sync()
    assert jonas.json("check") == {"ok": True, "problems": []}
    for one in shared.rglob("*.seg"):
        one.unlink()

    told = jonas.json("check", status=1)

    assert "gone or damaged" in told["problems"][0]
    assert jonas.json("check", "--repair") == {"ok": True, "problems": []}
    assert list(shared.rglob("*.seg"))


def test_check_names_a_file_that_is_not_whole(jonas, shared):
    jonas("visit", "new", "--teacher", "Bo Li")
    jonas.sync()
    one = next(shared.rglob("*.seg"))
    one.with_name("00000099-0123456789abcdef.seg").write_bytes(one.read_bytes()[:-5])

    assert "00000099-0123456789abcdef.seg" in jonas.json("check", status=1)["problems"][0]


def test_check_says_that_the_folder_is_gone(jonas, shared):
    shutil.rmtree(shared)

    assert "There is no such folder" in jonas.json("check", status=1)["problems"][0]


# --- usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("share",),
        ("share", "init"),
        ("share", "check", "Amina"),
        ("share", "bundle", "-o", "x.observe"),
        ("also", "use", "12345678", "first"),
        ("import", "bundle"),
        ("visit", "purge"),
        ("sync", "--passphrase", "secret"),
    ],
)
def test_wrong_usage_ends_with_two(tmp_path, words):
    process = Laptop(tmp_path, "jonas").start(*words)
    _out, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "Traceback" not in err
