"""People in: a staff list is compared first, then kept as one action."""

from __future__ import annotations

import pytest

from observe_app.domain.errors import ImportProblem
from observe_app.domain.people import Role
from observe_app.services import history, people
from observe_app.services.exchange.people_in import import_people, preview_people

from .made import text_file, workbook


def names(core) -> list[str]:
    return [row.person.name for row in people.listing(core)]


def test_a_staff_list_is_added_as_one_action(core, tmp_path):
    text = "Name;E-Mail;Kürzel;Fach;Rolle\nAmina Diallo-Žižek;amina@x.org;DIA;Mathe;Lehrerin, Coach\nBo Li;;;;\n"

    done = import_people(core, path=text_file(tmp_path, text, encoding="cp1250"))

    assert [done.count(kind) for kind in ("add", "change", "same")] == [2, 0, 0]
    amina = people.by_name(core, "Amina Diallo-Žižek")
    assert (amina.email, amina.staff_id, amina.subjects) == ("amina@x.org", "DIA", "Mathe")
    assert amina.roles == (Role.TEACHER, Role.COACH)
    assert history.undo(core).kind == "import.people"
    assert names(core) == []


def test_a_preview_says_the_same_and_does_nothing(core, tmp_path):
    path = text_file(tmp_path, "First name,Last name,Email\nBo,Li,bo@x.org\n")

    seen = preview_people(core, path=path)

    assert ([change.person.name for change in seen.changes], names(core)) == (["Bo Li"], [])
    assert import_people(core, path=path).mapping == seen.mapping == {"first": "A", "last": "B", "email": "C"}


def test_known_people_are_found_by_address_then_number_then_name(core, tmp_path):
    people.add(core, name="Amina Diallo", email="Amina@x.org")
    people.add(core, name="Bo Li", staff_id="BL1")
    people.add(core, name="Cy Young")
    text = "name,email,staff id,subject\nAmina Žižek,amina@X.org,,\nBo Lee,,bl1,Art\nCy Young,cy@x.org,,\nCy Young,,,\n"

    done = import_people(core, path=text_file(tmp_path, text))

    assert [change.kind for change in done.changes] == ["change", "change", "change"]
    assert [problem.rule for problem in done.problems] == ["twice"]
    assert names(core) == ["Amina Žižek", "Bo Lee", "Cy Young"]
    assert people.by_name(core, "Bo Lee").subjects == "Art"
    assert people.by_name(core, "Cy Young").email == "cy@x.org"


def test_empty_cells_take_nothing_away_and_a_second_import_changes_nothing(core, tmp_path):
    people.add(core, name="Bo Li", email="bo@x.org", subjects="Art", roles=(Role.COACH,))
    path = workbook(tmp_path, [["Name", "E-Mail", "Subject", "Role"], ["Bo Li", "bo@x.org", None, None]])

    done = import_people(core, path=path)

    person = people.by_name(core, "Bo Li")
    assert ([change.kind for change in done.changes], person.subjects, person.roles) == (["same"], "Art", (Role.COACH,))


def test_another_address_is_another_person_of_the_same_name(core, tmp_path):
    people.add(core, name="Bo Li", email="one@x.org")

    import_people(core, path=text_file(tmp_path, "name,email\nBo Li,two@x.org\n"))

    assert names(core) == ["Bo Li", "Bo Li"]


def test_what_cannot_be_told_is_left_alone_and_reported(core, tmp_path):
    people.add(core, name="Bo Li")
    people.add(core, name="Bo Li")
    text = f"name,email\nBo Li,\n,lost@x.org\n{'x' * 250},\nCy Young,no address\n"

    done = import_people(core, path=text_file(tmp_path, text))

    assert [(problem.row, problem.rule) for problem in done.problems] == [
        (2, "ambiguous"), (3, "no_name"), (4, "name_invalid"), (5, "email_odd"),
    ]  # fmt: skip
    assert names(core) == ["Bo Li", "Bo Li", "Cy Young"]


def test_a_file_without_names_is_refused(core, tmp_path):
    with pytest.raises(ImportProblem) as caught:
        import_people(core, path=text_file(tmp_path, "colour,size\nred,3\n"))

    assert (caught.value.reason, caught.value.where) == ("no_column", "name")
