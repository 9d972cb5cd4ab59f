"""Real installations in data folders of their own, through one folder, by command: what each sees, and never sees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.turn import Voice
from observe_app.services import steps, turns, visits
from tests.laptops import Laptop, NearLaptop, settle

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"note": "heronwing", "second": "larkspur", "private": "nightjar", "late": "kingfisher", "reply": "goldcrest"}


class School:
    """An observer, a teacher and a coach who share a folder, and one visit."""

    def __init__(self, base: Path, kind: type[Laptop] = NearLaptop) -> None:
        self.shared = base / "shared"
        self.shared.mkdir()
        self.jonas, self.amina, self.carla = (kind(base, name) for name in ("jonas", "amina", "carla"))
        self.jonas("share", "init", str(self.shared), "--me", "Jonas Brandt", "--name", "Staff room")
        self.amina("share", "join", str(self.shared), "--me", "Amina Diallo")
        self.carla("share", "join", str(self.shared), "--me", "Carla Coach")
        for one in (self.jonas, self.amina, self.carla, self.jonas, self.amina):
            one.sync()
        self.visit = self.jonas.json(
            "visit", "new", "--teacher", "Amina Diallo", "--form", "open-notes", "--focus", "Who talks?",
        )["visit"]  # fmt: skip
        self.jonas("note", "add", self.visit, f"T waits {WORDS['note']}", "--at", "1:00")
        self.jonas("note", "add", self.visit, f"I wonder {WORDS['private']}", "--at", "2:00", "--private")
        self.jonas("share", "link", "Amina Diallo", "Amina Diallo")

    def release(self) -> None:
        self.jonas("visit", "release", self.visit, "--notes")
        settle(self.jonas, self.amina, self.carla)

    def apart(self) -> None:
        """Let every command run in a process of its own from now on."""
        laptops = (self.jonas, self.amina, self.carla)
        self.jonas, self.amina, self.carla = (Laptop(one.home.parent, one.name) for one in laptops)

    def texts(self, laptop: Laptop) -> list[str]:
        return [one["text"] for one in laptop.json("visit", "show", self.visit, "--private").get("events", [])]


def exported(laptop: Laptop, visit: str) -> dict:
    target = laptop.home / "visit.json"
    laptop("export", visit, "--to", str(target))
    return json.loads(target.read_text(encoding="utf-8"))


def test_until_the_release_nobody_else_has_anything(school):
    settle(school.jonas, school.amina, school.carla)

    assert school.amina.json("visit", "list") == school.carla.json("visit", "list") == []
    assert school.jonas.json("visit", "readers", school.visit)["people"] == []
    assert "Only you can read it." in school.jonas("visit", "readers", school.visit)


def test_the_teacher_gets_exactly_what_was_released(school):
    school.release()
    school.jonas("note", "add", school.visit, f"afterwards {WORDS['late']}", "--at", "3:00")
    settle(school.jonas, school.amina, school.carla)

    assert school.texts(school.amina) == [f"waits {WORDS['note']}"]
    assert school.carla.json("visit", "list") == []
    people = school.amina.json("visit", "readers", school.visit)["people"]
    assert [(one["name"], one["role"], one["me"]) for one in people] == [
        ("Jonas Brandt", "author", False),
        ("Amina Diallo", "teacher", True),
    ]


def test_a_revision_brings_what_was_written_since(school):
    school.release()
    school.jonas("note", "add", school.visit, f"S7 asks {WORDS['late']}", "--at", "3:00")
    school.jonas("visit", "release", school.visit, "--notes", "--why", "One more note.")
    settle(school.jonas, school.amina)

    assert school.texts(school.amina) == [f"waits {WORDS['note']}", f"asks {WORDS['late']}"]


def test_what_the_two_write_together_reaches_both(school):
    school.release()
    with school.amina.core() as core:
        turns.add(core, visit_id=school.visit, voice=Voice.TEACHER, text=f"I saw it too {WORDS['reply']}")
        steps.add(core, visit_id=school.visit, text="Wait three seconds")
    settle(school.amina, school.jonas)

    with school.jonas.core() as core:
        assert [turn.text for turn in turns.of_visit(core, school.visit)] == [f"I saw it too {WORDS['reply']}"]
        assert [step.text for step in steps.of_visit(core, school.visit)] == ["Wait three seconds"]
    one, other = exported(school.jonas, school.visit), exported(school.amina, school.visit)
    for part in ("claims", "action_steps", "replies"):
        assert one.get(part) == other.get(part), part
    assert one["visit"] == other["visit"]


def step_of(laptop: Laptop, visit: str) -> str:
    with laptop.core() as core:
        return steps.of_visit(core, visit)[0].id


def write_step(laptop: Laptop, visit: str, text: str) -> None:
    with laptop.core() as core:
        one = steps.of_visit(core, visit)[0]
        steps.edit(core, step_id=one.id, seen=steps.open_step(core, one.id).seen, text=text)


@pytest.fixture
def parted(school: School) -> School:
    """Let both write another thing into one step without seeing each other."""
    school.release()
    with school.jonas.core() as core:
        steps.add(core, visit_id=school.visit, text="Wait three seconds. Count on fingers.")
    settle(school.jonas, school.amina)
    write_step(school.jonas, school.visit, "Wait five seconds. Count on fingers.")
    write_step(school.amina, school.visit, "Wait three seconds. Count in your head.")
    settle(school.jonas, school.amina)
    return school


def text_of(laptop: Laptop, visit: str) -> str:
    with laptop.core() as core:
        return steps.of_visit(core, visit)[0].text


def test_words_of_both_stay_and_both_are_asked(parted):
    for laptop in (parted.jonas, parted.amina):
        (one,) = laptop.json("also", "list")
        assert {version["value"] for version in one["versions"]} == {
            "Wait five seconds. Count on fingers.",
            "Wait three seconds. Count in your head.",
        }
        assert (one["table"], one["column"], one["visit"]) == ("action_step", "text", parted.visit)
    assert parted.jonas.json("sync")["conflicts"] == 1


def test_one_choice_settles_it_on_both(parted):
    (one,) = parted.amina.json("also", "list")
    place = [version["value"] for version in one["versions"]].index("Wait five seconds. Count on fingers.")

    parted.amina("also", "use", one["place"], str(place + 1))
    settle(parted.amina, parted.jonas)

    assert parted.jonas.json("also", "list") == parted.amina.json("also", "list") == []
    assert text_of(parted.jonas, parted.visit) == "Wait five seconds. Count on fingers."


def test_both_are_joined_in_one_text(parted):
    (one,) = parted.jonas.json("also", "list")

    parted.jonas("also", "merge", one["place"])
    settle(parted.amina, parted.jonas)

    assert text_of(parted.amina, parted.visit) == "Wait five seconds. Count in your head."
    assert parted.amina.json("also", "list") == []


def test_a_choice_that_is_none_is_refused(parted):
    (one,) = parted.jonas.json("also", "list")

    assert "Allowed: 1 to 2" in parted.jonas("also", "use", one["place"], "3", status=1)
    assert "There is no" in parted.jonas("also", "use", "00000000", "1", status=1)
    assert len(parted.jonas.json("also", "list")) == 1


def test_the_teacher_lets_a_coach_in_who_reads_and_writes_along(school):
    school.release()
    assert "teacher" in school.jonas("visit", "readers", school.visit, "--add", "Carla Coach", status=1)

    school.amina("visit", "readers", school.visit, "--add", "Carla Coach", "--as", "coach")
    settle(school.amina, school.jonas, school.carla)
    with school.carla.core() as core:
        turns.add(core, visit_id=school.visit, voice=Voice.BOTH, text="hello")
    settle(school.carla, school.amina, school.jonas)

    assert school.texts(school.carla) == [f"waits {WORDS['note']}"]
    with school.jonas.core() as core:
        assert [turn.text for turn in turns.of_visit(core, school.visit)] == ["hello"]


def test_who_is_removed_gets_nothing_written_since(school):
    school.release()
    school.amina("visit", "readers", school.visit, "--add", "Carla Coach", "--as", "coach")
    settle(school.amina, school.jonas, school.carla)

    school.amina("visit", "readers", school.visit, "--remove", "Carla Coach")
    settle(school.amina, school.jonas)
    with school.jonas.core() as core:
        turns.add(core, visit_id=school.visit, voice=Voice.OBSERVER, text=f"between us {WORDS['second']}")
    settle(school.jonas, school.amina, school.carla)

    with school.amina.core() as core:
        assert [turn.text for turn in turns.of_visit(core, school.visit)] == [f"between us {WORDS['second']}"]
    with school.carla.core() as core:
        assert turns.of_visit(core, school.visit) == ()
    assert school.texts(school.carla) == [f"waits {WORDS['note']}"]


def test_a_visit_is_erased_on_every_computer(school):
    school.release()
    assert "Nothing was erased" in school.jonas("visit", "purge", school.visit, status=1)
    assert school.texts(school.jonas)

    school.jonas("visit", "purge", school.visit, "--yes", "--why", "The teacher left.")
    settle(school.jonas, school.amina, school.carla)

    for laptop in (school.jonas, school.amina):
        assert laptop.json("visit", "list") == []
        assert "no visit" in laptop("visit", "show", school.visit, status=1)
        assert laptop.json("check") == {"ok": True, "problems": []}


@pytest.mark.long
def test_three_real_processes_come_to_the_same(tmp_path):
    school = School(tmp_path, Laptop)
    school.release()
    school.amina("visit", "readers", school.visit, "--add", "Carla Coach", "--as", "coach")
    settle(school.amina, school.jonas, school.carla)

    assert school.texts(school.amina) == school.texts(school.carla) == [f"waits {WORDS['note']}"]
    assert all(one.json("check")["ok"] for one in (school.jonas, school.amina, school.carla))


def test_two_real_processes_come_to_the_same(school):
    school.apart()

    school.release()

    assert school.texts(school.amina) == [f"waits {WORDS['note']}"]
    assert school.carla.json("visit", "list") == []
    with school.jonas.core() as core:
        visits.get(core, school.visit)
    assert all(one.json("check")["ok"] for one in (school.jonas, school.amina))
