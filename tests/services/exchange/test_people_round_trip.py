"""Staff lists of every make: mapped, looked at first, kept whole or not at all, and out again."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from observe_app.domain.errors import FileUnreadable, ImportProblem, NothingToUndo
from observe_app.domain.people import Role
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import history, people
from observe_app.services.exchange.people_in import import_people, open_list, preview_people
from observe_app.services.exchange.people_out import export_people
from observe_app.services.school import merge

from .made import text_file, workbook

if TYPE_CHECKING:
    from pathlib import Path

LIST = (
    "Name;E-Mail;Personalnummer;Fächer;Rolle;Pronomen;Gebäude;Vorgesetzte;Sprache;Austritt\n"
    "Zoë Müller;zoe@x.org;1;Mathe;Lehrerin;sie;Haus A;2;de;\n"
    "Jörg Weiß;joerg@x.org;2;Physik;Koordinator;;Haus B;;;31.07.2025\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_a_list_reads_alike_in_every_encoding(core, tmp_path, encoding):
    done = import_people(core, path=text_file(tmp_path, LIST, encoding=encoding))

    assert done.count("add") == 2
    zoe, joerg = people.by_name(core, "Zoë Müller"), people.by_name(core, "Jörg Weiß")
    assert (zoe.pronouns, zoe.building, zoe.language, zoe.manager_id) == ("sie", "Haus A", "de", joerg.id)
    assert (joerg.left_on, joerg.archived, joerg.roles) == (date(2025, 7, 31), True, (Role.COORDINATOR,))
    assert [row.person.name for row in people.listing(core)] == ["Zoë Müller"]


def test_columns_are_shown_with_a_sample_and_can_be_mapped_otherwise(core, tmp_path):
    path = text_file(tmp_path, "Who,Contact,Nickname\nAmina Diallo,a@x.org,Mimi\n")
    found = open_list(path)
    assert [(one.letter, one.head, one.sample) for one in found.columns] == [
        ("A", "Who", "Amina Diallo"), ("B", "Contact", "a@x.org"), ("C", "Nickname", "Mimi"),
    ]  # fmt: skip

    mapping = {"name": "A", "email": "B", "pronouns": "C"}
    result = preview_people(core, path=path, mapping=mapping, table=found.table)
    assert (result.changes[0].person.email, result.changes[0].person.pronouns) == ("a@x.org", "Mimi")


def test_what_cannot_be_read_is_told_by_row_and_the_rest_is_kept(core, tmp_path):
    text = (
        "name,email,visits a week,last day,language,manager\n"
        "=cmd|' /C calc'!A0,x@x.org,,,,\n"
        "Bo Li,bo@x.org,many,soon,Klingon,Nobody\n"
        f"Cy Young,{'y' * 400}@x.org,3,2026-02-30,,Cy Young\n"
    )
    done = import_people(core, path=text_file(tmp_path, text))
    assert [(one.row, one.rule) for one in done.problems] == [
        (2, "name_invalid"),
        (3, "language_unknown"), (3, "load_unreadable"), (3, "day_unreadable"), (3, "manager_unknown"),
        (4, "field_cut"), (4, "email_odd"), (4, "day_unreadable"), (4, "manager_unknown"),
    ]  # fmt: skip
    assert done.left_out == 1
    assert people.by_name(core, "Cy Young").week_load == 3


def test_a_row_stands_once_by_address_by_number_or_by_name(core, tmp_path):
    text = "name,email,staff id\nBo Li,bo@x.org,1\nB. Li,BO@x.org,\nBo Lee,other@x.org,1\nCy Young,,\nCY YOUNG,,\n"
    done = import_people(core, path=text_file(tmp_path, text))
    assert [(one.row, one.rule) for one in done.problems] == [(3, "twice"), (4, "twice"), (6, "twice")]
    assert done.count("add") == 2


def test_an_address_and_a_number_of_two_people_change_neither(core, tmp_path):
    one, other = people.add(core, name="One", email="one@x.org"), people.add(core, name="Two", staff_id="2")
    done = import_people(core, path=text_file(tmp_path, "name,email,staff id\nThree,one@x.org,2\n"))
    assert [one.rule for one in done.problems] == ["ambiguous"]
    assert (people.get(core, one.id), people.get(core, other.id)) == (one, other)


def test_who_was_joined_is_found_as_whom_they_are(core, tmp_path):
    keep = people.add(core, name="Amina Diallo", email="amina@x.org")
    gone = people.add(core, name="A. Diallo", email="old@x.org")
    merge.merge(core, keep_id=keep.id, gone_id=gone.id)

    done = import_people(core, path=text_file(tmp_path, "name,email,subject\nAmina Diallo,old@x.org,Art\n"))

    assert [(one.kind, one.person.id, one.by) for one in done.changes] == [("change", keep.id, "email")]
    assert people.get(core, keep.id).subjects == "Art"


def test_a_cancelled_import_and_one_that_fails_leave_nothing(core, tmp_path):
    path = text_file(tmp_path, "name\n" + "".join(f"Person {n}\n" for n in range(3_000)))
    progress = Progress(lambda done, total, _text: progress.cancel() if total == 3_000 and done >= 1_000 else None)
    with pytest.raises(Cancelled):
        import_people(core, path=path, progress=progress)
    assert people.listing(core) == ()
    with pytest.raises(NothingToUndo):
        history.undo(core)


def test_a_great_list_is_one_step_back(core, tmp_path):
    path = text_file(tmp_path, "name,staff id\n" + "".join(f"Person {n},{n}\n" for n in range(5_000)))
    assert import_people(core, path=path).count("add") == 5_000
    history.undo(core)
    assert people.listing(core, archived=True) == ()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"   \r\n", b"%PDF-1.7 not a list"])
def test_files_that_are_no_lists_are_refused_in_words(core, tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises((FileUnreadable, ImportProblem)):
        preview_people(core, path=path)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_out_and_in_again_changes_nobody(core, tmp_path, ending):
    import_people(core, path=text_file(tmp_path, LIST))
    people.add(core, name="O’Neil, 小林", subjects="-5 °C; =art", building="+1", pronouns="@they")
    target = tmp_path / f"out{ending}"

    assert export_people(core, target, archived=True).people == 3
    done = preview_people(core, path=target)

    assert [change.kind for change in done.changes] == ["same"] * 3
    assert done.problems == ()


def test_nothing_in_an_export_is_a_formula(core, tmp_path):
    people.add(core, name="Bo Li", subjects='=HYPERLINK("http://x","y")', building="@SUM(A1)")
    export_people(core, tmp_path / "out.csv")
    export_people(core, tmp_path / "out.xlsx")

    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_workbook_with_days_and_numbers_is_read_as_people_see_it(core, tmp_path):
    path = workbook(tmp_path, [["Name", "Staff ID", "Last day"], ["Bo Li", 17, date(2027, 1, 31)]])
    import_people(core, path=path)
    person = people.by_name(core, "Bo Li")
    assert (person.staff_id, person.left_on, person.archived) == ("17", date(2027, 1, 31), False)


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@given(rows=st.lists(st.tuples(_TEXT, _TEXT, _TEXT), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_either_kept_or_told_of(core, tmp_path_factory, rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("name", "email", "subject"), *rows])
    path: Path = tmp_path_factory.mktemp("list") / "l.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    try:
        done = preview_people(core, path=path)
    except (FileUnreadable, ImportProblem):
        return
    told = {change.row for change in done.changes} | {problem.row for problem in done.problems if problem.row}
    assert len(done.changes) + done.left_out == len(told) <= len(rows) + 1
