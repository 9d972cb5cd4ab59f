"""Pictures of People: ``python -m tests.ui.people_gallery FOLDER [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.

Parts are "empty", "school", "long" and "many".
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.domain.people import Person, Role
from observe_app.domain.school.terms import TermKind
from observe_app.domain.seating_layouts import groups
from observe_app.services import demo, people, photos, visits
from observe_app.services.core import close
from observe_app.services.school import classes, terms
from observe_app.ui.application import make_application
from observe_app.ui.people import PeoplePage
from observe_app.ui.people.header import CLASSES, PEOPLE, YEAR
from tests.services.test_people import png
from tests.ui.compare_gallery import LONG, Gallery

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core

NAMES = (
    "Amina Diallo-Žižek", "Joonas Παπαδόπουλος", "Priya Raman", "Tomás Rivera", "Élodie Martin", "Ilse Brandt",
    "Bo Li", "Li Bo", "Noor al-Hashimi", "Yuki Tanaka", "Marta Kowalska", "Sean O’Connor", "علی‌رضا کریمی",
    "Fatima Zahra", "Lars Lindqvist", "Grace Okafor", "Dimitri Volkov", "Chiara Rossi", "Anna Novák", "Ben Cohen",
    "Zoë Müller", "Jörg Weiß", "Rosa Delgado", "Kwame Mensah",
)  # fmt: skip
SUBJECTS = ("Maths", "English", "Physics", "History", "Art", "Sport", "Chemistry, Biology", "French")


def make_school(core: Core) -> None:
    """Make a school of 24 with a year and its classes."""
    made = [
        people.add(
            core, name=name, email=f"p{at}@school.example", staff_id=f"{100 + at}" if at != 7 else "",
            subjects=SUBJECTS[at % 8],
            roles=(Role.TEACHER,) if at % 3 else (Role.TEACHER, Role.OBSERVER), building="North" if at % 2 else "South",
        )
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    amina = made[0]
    people.edit(
        core, person_id=amina.id, seen=people.open_person(core, amina.id).seen, pronouns="she/her",
        manager_id=made[5].id, week_load=2,
    )  # fmt: skip
    photos.set_photo(core, person_id=amina.id, data=png(160, fill=40))
    for at in range(9):
        visits.plan(core, teacher_id=made[at % 4].id, observer_id=made[5 + at % 3].id, class_name="8b")
    people.leave(core, person_ids=(made[22].id,), last_day=date(2026, 7, 24))
    year = terms.add_term(core, name="2025/26", first=date(2025, 9, 1), last=date(2026, 7, 24), kind=TermKind.YEAR)
    for name, first, last in (
        ("Autumn", date(2025, 9, 1), date(2025, 12, 19)), ("Spring", date(2026, 1, 6), date(2026, 3, 27)),
        ("Summer", date(2026, 4, 13), date(2026, 7, 24)),
    ):  # fmt: skip
        terms.add_term(core, name=name, first=first, last=last)
    for name, first, last in (
        ("Autumn half term", date(2025, 10, 27), date(2025, 10, 31)),
        ("Christmas", date(2025, 12, 22), date(2026, 1, 5)), ("Easter", date(2026, 3, 30), date(2026, 4, 10)),
    ):  # fmt: skip
        terms.add_holiday(core, name=name, first=first, last=last)
    for at, name in enumerate(("7a", "7b", "8a", "8b", "9a", "9c", "10a", "Choir")):
        one = classes.add(
            core, name=name, subject=SUBJECTS[at], size=20 + at, room=str(100 + at), term_id=year.id,
            teacher_ids=(made[at].id, made[at + 1].id),
        )  # fmt: skip
        classes.set_plan(core, class_id=one.id, plan=groups(24))


def make_long(core: Core) -> None:
    """Make names that no column has room for."""
    for at in range(3):
        people.add(core, name=f"{LONG} {at}", subjects=LONG, email=f"{'x' * 90}@school.example", building=LONG)
        classes.add(core, name=f"Class {at} of {LONG}", subject=LONG, room=LONG, size=1999)
        terms.add_term(core, name=f"{LONG} {at}", first=date(2026, 1, 1), last=date(2026, 3, 1))
        terms.add_holiday(core, name=LONG, first=date(2026, 2, 1), last=date(2026, 2, 1))


def make_many(core: Core) -> None:
    """Make 500 people and 120 classes."""
    from dataclasses import replace

    with core.store.write("import.people") as unit:
        first = Person(core.ids.new(), "Person 0")
        unit.people.add_all(replace(first, id=core.ids.new(), name=f"Person number {at}") for at in range(500))
        unit.commit()
    for at in range(120):
        classes.add(core, name=f"{5 + at % 8}{'abcdefgh'[at % 8]} {at}")


def draw(gallery: Gallery, part: str) -> None:
    """Draw every room and sheet of one part."""
    page = gallery.starter.window.go("people")
    assert isinstance(page, PeoplePage)
    gallery.take(f"{part}-people")
    page.show_tab(CLASSES)
    gallery.take(f"{part}-classes")
    page.show_tab(YEAR)
    gallery.take(f"{part}-year")
    if part not in {"school", "long"}:
        return
    room = page.room
    assert room is not None
    room.term_rows[0].opened.emit()  # type: ignore[attr-defined]
    gallery.wait()
    gallery.over(f"{part}-term")
    room.turn_button.click()  # type: ignore[attr-defined]
    gallery.over(f"{part}-turn")
    page.show_tab(PEOPLE)
    page.twins_action.trigger()
    gallery.over(f"{part}-twins")
    rows = people.listing(gallery.core)
    page.show_person(rows[0].person.id)
    page.editor.merge_button.click()
    page.merging.picker.chosen.emit(rows[1].person.id)
    gallery.over(f"{part}-merge")
    path = Path(tempfile.mkdtemp()) / "Staff list of the summer.csv"
    text = "Surname;Forename;Kürzel;E-Mail;Fach;Room;Vorgesetzte\n"
    text += "".join(f"Surname{n};Given;K{n};k{n}@x.org;{LONG if part == 'long' else 'Art'};1;\n" for n in range(40))
    text += f"=cmd;x;;;;;\nDiallo;Amina;100;p0@school.example;Maths;;Nobody\n{LONG};x;;;;;\n"
    path.write_bytes(text.encode("cp1252", errors="replace"))
    page.import_file(path)
    gallery.wait(0.6)
    gallery.over(f"{part}-import")


PARTS: dict[str, Callable[[Core], object]] = {
    "empty": lambda _core: None, "school": make_school, "long": make_long, "many": make_many,
}  # fmt: skip


def main() -> None:
    """Draw what was asked for."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    theme = sys.argv[2] if len(sys.argv) > 2 else "light"
    width, height = (int(one) for one in (sys.argv[3] if len(sys.argv) > 3 else "1366x768").split("x"))
    text = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    app = make_application()
    for part in sys.argv[5:] or list(PARTS):
        clock = demo.demo_clock()
        core = wire_core(Path(tempfile.mkdtemp()) / "data", clock=clock, ids=Ids(clock))
        PARTS[part](core)
        gallery = Gallery(app, core, target, theme, (width, height), text)
        draw(gallery, part)
        gallery.end()
        close(core)


if __name__ == "__main__":
    main()
