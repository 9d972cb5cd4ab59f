"""One `sync` by hand heals what is missing: it looks three times where something is, and once where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.test_sync_two import School


def segments(school: School) -> set[str]:
    return {one.name for one in (school.shared / "observe" / "d").rglob("*.seg")}


def test_one_command_puts_back_what_somebody_deleted(school: School):
    school.release()
    school.jonas.sync()
    school.amina.sync()
    before = segments(school)
    for path in (school.shared / "observe" / "d").rglob("*.seg"):
        path.unlink()

    said = school.jonas("sync")

    assert "looking once more (3 of 3)" in said
    assert segments(school)
    for laptop in (school.amina, school.carla):
        laptop.sync()
    assert segments(school) >= before


def test_what_was_deleted_before_it_arrived_arrives_after_one_command(school: School):
    school.release()
    before = segments(school)
    school.jonas("note", "add", school.visit, "a second note", "--at", "3:00")
    school.jonas("visit", "release", school.visit, "--notes", "--why", "One more note.")
    school.jonas.sync()
    for path in (school.shared / "observe" / "d").rglob("*.seg"):
        if path.name not in before:
            path.unlink()
    school.amina.sync()
    assert "a second note" not in school.texts(school.amina)

    school.jonas("sync")
    school.amina.sync()

    assert "a second note" in school.texts(school.amina)


def test_where_nothing_is_missing_one_look_does(school: School):
    school.release()
    for laptop in (school.jonas, school.amina, school.jonas, school.amina):
        laptop.sync()

    assert "once more" not in school.jonas("sync")
    assert "once more" not in school.amina("sync")
