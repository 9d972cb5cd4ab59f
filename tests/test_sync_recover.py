"""A laptop is gone for ever: the twelve words and the folder bring everything back, on an empty computer."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from observe_app.domain.turn import Voice
from observe_app.services import turns
from tests.laptops import Laptop, NearLaptop, settle
from tests.test_sync_two import WORDS, School

if TYPE_CHECKING:
    from pathlib import Path


def lose(laptop: Laptop) -> str:
    """Destroy a computer; return the words that its owner had on paper."""
    words = laptop("share", "words", "--show")
    shutil.rmtree(laptop.home)
    return words


def test_everything_of_ones_own_comes_back_drafts_and_private_notes_too(school: School, tmp_path: Path):
    school.release()
    draft = school.jonas.json("visit", "new", "--teacher", "Bo Li", "--focus", "unreleased")["visit"]
    school.jonas.sync()
    before = school.jonas.json("visit", "list")
    notes = school.texts(school.jonas)
    words = lose(school.jonas)

    apart = Laptop(tmp_path, "fresh")
    apart("share", "join", str(school.shared), "--words-file", "-", typed=words)
    apart.sync()

    fresh = NearLaptop(tmp_path, "fresh")
    assert fresh.json("visit", "list") == before
    assert school.texts(fresh) == notes
    assert any(WORDS["private"] in text for text in notes)
    assert draft in [one["id"] for one in before]
    assert [one["name"] for one in fresh.json("share", "people") if one["me"]] == ["Jonas Brandt"]
    assert fresh.json("check") == {"ok": True, "problems": []}


def test_the_one_who_came_back_goes_on_as_before(school: School, tmp_path: Path):
    school.release()
    words = lose(school.jonas)
    fresh = NearLaptop(tmp_path, "fresh")
    fresh("share", "join", str(school.shared), "--words-file", "-", typed=words)
    settle(fresh, school.amina)

    with fresh.core() as core:
        turns.add(core, visit_id=school.visit, voice=Voice.OBSERVER, text="back again")
    fresh("note", "add", school.visit, "one more", "--at", "4:00")
    fresh("visit", "release", school.visit, "--notes", "--why", "One more note.")
    settle(fresh, school.amina)

    with school.amina.core() as core:
        assert [one.text for one in turns.of_visit(core, school.visit)] == ["back again"]
    assert school.texts(school.amina) == [f"waits {WORDS['note']}", "one more"]
    assert school.amina.json("share", "status")[0]["refused"] == 0


def test_a_teacher_comes_back_too(school: School, tmp_path: Path):
    school.release()
    words = lose(school.amina)
    fresh = NearLaptop(tmp_path, "fresh")

    fresh("share", "join", str(school.shared), "--words-file", "-", typed=words)
    settle(fresh, school.jonas)

    assert school.texts(fresh) == [f"waits {WORDS['note']}"]


def test_the_folder_is_brought_back_by_whoever_is_left(school: School, tmp_path: Path):
    school.release()
    words = school.amina("share", "words", "--show")
    for one in (school.shared / "observe" / "d").rglob("*.seg"):
        one.unlink()

    process = school.jonas.json("check", "--repair")
    fresh = NearLaptop(tmp_path, "fresh")
    fresh("share", "join", str(school.shared), "--words-file", "-", typed=words)
    fresh.sync()

    assert process == {"ok": True, "problems": []}
    assert school.texts(fresh) == [f"waits {WORDS['note']}"]


def test_words_of_somebody_who_is_not_there_bring_nothing(school: School, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    stranger = NearLaptop(tmp_path, "stranger")
    stranger("share", "init", str(other), "--me", "Eva Fox")
    words = stranger("share", "words", "--show")

    fresh = NearLaptop(tmp_path, "fresh")
    said = fresh("share", "join", str(school.shared), "--words-file", "-", typed=words, status=1)

    assert "nobody in" in said
    assert fresh.json("share", "words")["exist"] is False


def test_the_school_reads_with_its_words_by_command(tmp_path: Path):
    shared = tmp_path / "shared"
    shared.mkdir()
    jonas, amina, school = NearLaptop(tmp_path, "jonas"), NearLaptop(tmp_path, "amina"), NearLaptop(tmp_path, "school")
    words = jonas.json("share", "init", str(shared), "--me", "Jonas Brandt", "--school-key")["school_words"]
    amina("share", "join", str(shared), "--me", "Amina Diallo")
    settle(jonas, amina)
    visit = jonas.json("visit", "new", "--teacher", "Amina Diallo", "--form", "open-notes")["visit"]
    jonas("note", "add", visit, "T waits heronwing", "--at", "1:00")
    jonas("share", "link", "Amina Diallo", "Amina Diallo")
    jonas("visit", "release", visit, "--notes")
    settle(jonas, amina)
    before = {one: one.read_bytes() for one in shared.rglob("*") if one.is_file()}

    said = school("share", "join", str(shared), "--school", "--words-file", "-", typed=words)
    school.sync()
    school.sync()

    assert "reads “shared” for the school" in said
    assert [one["id"] for one in school.json("visit", "list")] == [visit]
    assert {one: one.read_bytes() for one in shared.rglob("*") if one.is_file()} == before
