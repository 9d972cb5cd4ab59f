"""Who is not meant finds nothing: no canary word in the folder's bytes, nor anywhere on a non-member's computer."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.turn import Voice
from observe_app.services import turns
from tests.laptops import Laptop, settle
from tests.test_sync_two import WORDS, School

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ATTACHED = "yellowhammer"


def forms_of(word: str) -> dict[str, bytes]:
    """Return what a word may look like to somebody who looks for it."""
    raw = word.encode()
    found = {"raw": raw, "upper": raw.upper(), "utf-16": word.encode("utf-16-le"), "hex": raw.hex().encode()}
    for shift in range(3):
        inner = base64.b64encode(b"x" * shift + raw)
        found[f"base64+{shift}"] = inner[4 if shift else 0 : -4]
    return found


def unpacked(content: bytes) -> Iterator[bytes]:
    """Give out a file as it is and everything in it that zlib or gzip open, wherever it begins."""
    yield content
    for place in (match.start() for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
        try:
            yield zlib.decompressobj().decompress(content[place:], 4_000_000)
        except zlib.error:
            continue
    for place in (match.start() for match in re.finditer(rb"\x1f\x8b\x08", content)):
        try:
            yield gzip.decompress(content[place:])
        except (OSError, EOFError, zlib.error):
            continue


def leaks(place: Path, words: tuple[str, ...]) -> list[str]:
    """Return where a word is found below a folder: in a name or in a content, in any form."""
    found = []
    for path in place.rglob("*"):
        found += [f"{path}: {word} in its name" for word in words if word in str(path.relative_to(place)).casefold()]
        if not path.is_file():
            continue
        for content in unpacked(path.read_bytes()):
            found += [
                f"{path}: {word} ({how})" for word in words for how, look in forms_of(word).items() if look in content
            ]
    return found


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """Return a school in which everything happened: release, coach let in, coach removed, words after that."""
    made = School(tmp_path_factory.mktemp("school"))
    made.jonas("protect", "off")
    made.carla("protect", "off")
    made.release()
    made.amina("visit", "readers", made.visit, "--add", "Carla Coach", "--as", "coach")
    settle(made.amina, made.jonas, made.carla)
    made.amina("visit", "readers", made.visit, "--remove", "Carla Coach")
    settle(made.amina, made.jonas)
    with made.amina.core() as core:
        turns.add(core, visit_id=made.visit, voice=Voice.TEACHER, text=f"between us {WORDS['second']}")
    made.jonas("note", "add", made.visit, f"T says {WORDS['late']}", "--at", "3:00")
    made.jonas("visit", "release", made.visit, "--notes", "--why", f"because {WORDS['reply']}")
    settle(made.jonas, made.amina, made.carla)
    made.carla("backup")
    return made


def test_the_search_finds_a_word_in_each_of_its_forms(tmp_path):
    for number, content in enumerate(
        (b"..heronwing..", base64.b64encode(b"a heronwing flies"), b"junk" + zlib.compress(b"xx heronwing"),
         gzip.compress(b"heronwing"), "heronwing".encode("utf-16-le"))
    ):  # fmt: skip
        (tmp_path / f"{number}").write_bytes(content)
    (tmp_path / "heronwing.txt").write_bytes(b"")

    assert len({one.partition(":")[0] for one in leaks(tmp_path, ("heronwing",))}) == 6


def test_the_words_are_there_where_they_belong(school):
    assert leaks(school.jonas.data, (WORDS["private"],)) or school.texts(school.jonas)
    assert any(WORDS["late"] in text for text in school.texts(school.amina))


def test_an_outsider_reads_no_word_in_the_folder(school):
    assert leaks(school.shared, (*WORDS.values(), "who talks")) == []


def test_names_in_the_folder_are_those_on_the_cards_alone(school):
    names = ("jonas brandt", "amina diallo", "carla coach", school.visit)
    found = {one.split(":")[0] for one in leaks(school.shared, names)}
    content = [path for path in school.shared.rglob("*") if path.is_file() and b"Amina" in path.read_bytes()]

    assert all("people" in one for one in found)
    assert {path.suffix for path in content} == {".card"}


def test_a_removed_coach_has_nothing_written_since(school):
    later = (WORDS["second"], WORDS["late"], WORDS["reply"], WORDS["private"])

    assert leaks(school.carla.home, later) == []
    assert school.texts(school.carla) == [f"waits {WORDS['note']}"]


def test_a_private_note_is_on_no_computer_but_ones_own(school):
    for laptop in (school.amina, school.carla):
        assert leaks(laptop.home, (WORDS["private"],)) == []
        assert not any(WORDS["private"] in text for text in school.texts(laptop))


def test_somebody_new_in_the_folder_has_nothing_of_the_visit(school, tmp_path):
    eva = Laptop(tmp_path, "eva")
    eva("share", "join", str(school.shared), "--me", "Eva Fox")
    eva.sync()
    eva("backup")
    eva("check")

    assert eva.json("visit", "list") == []
    assert leaks(eva.home, (*WORDS.values(), "who talks")) == []


def test_an_erased_visit_leaves_no_word_on_any_computer(tmp_path):
    made = School(tmp_path)
    made.release()
    for laptop in (made.jonas, made.amina):
        laptop("backup")

    told = made.jonas.json("visit", "purge", made.visit, "--yes", "--why", "The teacher asked.")
    settle(made.jonas, made.amina, made.carla)

    assert [one["name"] for one in told["holders"]] == ["Amina Diallo"]
    for laptop in (made.jonas, made.amina):
        assert leaks(laptop.home, (*WORDS.values(), "who talks")) == []
        assert laptop.json("check")["ok"]


def test_the_log_and_the_status_say_no_word(school):
    for laptop in (school.jonas, school.amina, school.carla):
        said = laptop("share", "status") + laptop("sync")
        assert not any(word in said for word in WORDS.values())
