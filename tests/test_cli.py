"""The command line: a stable surface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from observe_app.cli import main

ROOT = Path(__file__).resolve().parent.parent
TRANSCRIPT = ROOT / "tests" / "fixtures" / "exchange" / "transcript.csv"
GRID = TRANSCRIPT.with_name("copus-across.csv")
_PATIENCE_S = 600  # a demonstration takes seconds; on a computer that does much else, minutes


class Surface:
    """Calls commands on one data folder."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def __call__(self, *words: str, status: int = 0) -> str:
        """Return what the command said; on the other stream where it failed."""
        found = main(["--data", str(self.data), *words])
        said = self._capsys.readouterr()
        assert found == status, said.err
        if status == 0:
            assert said.err == ""
            return said.out
        return said.err or said.out

    def json(self, *words: str, status: int = 0):
        found = main([*words, "--json", "--data", str(self.data)])
        said = self._capsys.readouterr()
        assert found == status, said.err
        return json.loads(said.out)


@pytest.fixture
def run(data_folder, capsys) -> Surface:
    return Surface(data_folder, capsys)


@pytest.fixture
def visit(run) -> str:
    words = ("--teacher", "Amina Diallo-Žižek", "--observer", "Jonas Brandt", "--start", "2026-03-10T09:05:00+01:00")
    return run.json("visit", "new", *words, "--form", "open-notes", "--focus", "Who talks?")["visit"]


# --- visits and notes ------------------------------------------------------------------------------------------------


def test_a_visit_is_planned_and_listed(run, visit):
    rows = run.json("visit", "list")

    assert [(row["id"], row["teacher"], row["observer"], row["start"], row["stage"], row["form"]) for row in rows] == [
        (visit, "Amina Diallo-Žižek", "Jonas Brandt", "2026-03-10T08:05:00Z", "prepare", "open-notes")
    ]


def test_people_are_found_again_by_name(run, visit):
    run("visit", "new", "--teacher", "amina diallo-žižek")

    assert {row["teacher"] for row in run.json("visit", "list")} == {"Amina Diallo-Žižek"}
    assert len(run.json("visit", "list", "--teacher", "Amina Diallo-Žižek")) == 2
    assert len(run.json("visit", "list", "--teacher", "Jonas Brandt")) == 1


def test_a_list_for_people_fits_on_lines(run, visit):
    assert run("visit", "list").splitlines()[1].split()[0] == visit[-8:]
    assert run("visit", "list", "--stage", "talk") == "No visits.\n"
    assert run.json("visit", "list", "--stage", "talk") == []


def test_a_note_is_added_as_typed_or_by_options(run, visit):
    first = run.json("note", "add", visit, 'S7 "Why?" #open', "--at", "12:30")["event"]
    second = run.json("note", "add", visit[-8:], "waits", "--at", "1:02:03", "--speaker", "t", "--tag", "Wait-Time")[
        "event"
    ]

    events = run.json("visit", "show", visit)["events"]
    assert [(e["id"], e["offset_ms"], e["speaker"], e["text"], e["tags"]) for e in events] == [
        (first, 750_000, "S7", '"Why?"', ["open"]),
        (second, 3_723_000, "T", "waits", ["wait-time"]),
    ]


def test_a_note_without_a_time_begins_the_lesson(run, visit):
    run("note", "add", visit, "it begins")

    shown = run.json("visit", "show", visit)
    assert (shown["visit"]["stage"], shown["events"][0]["offset_ms"] < 5_000) == ("observe", True)


def test_a_private_note_is_shown_only_when_asked(run, visit):
    run("note", "add", visit, "for me", "--at", "00:01", "--private")

    assert "for me" not in run("visit", "show", visit)
    assert "for me" in run("visit", "show", visit, "--private")


def test_a_visit_goes_to_the_bin(run, visit):
    run("visit", "delete", visit)

    assert run.json("visit", "list") == []
    assert run("visit", "show", visit, status=1).startswith("observe-app: There is no visit")


# --- files -----------------------------------------------------------------------------------------------------------


def test_notes_are_imported_with_their_problems(run):
    done = run.json("import", "notes", str(TRANSCRIPT), "--teacher", "Bo Li")

    assert (done["events"], done["students"]) == (7, {"Mara": "S1", "Ilir": "S2"})
    assert all(set(problem) == {"where", "message"} for problem in done["problems"])
    assert done["problems"][1]["where"] == "row 5, column A"
    assert run.json("visit", "show", done["visit"])["visit"]["teacher"] == "Bo Li"


def test_several_files_are_answered_in_order_up_to_the_one_that_fails(run, tmp_path, capsys):
    found = run.json("import", "notes", str(TRANSCRIPT), str(tmp_path / "none.csv"), status=1)

    assert [one["events"] for one in found] == [7]
    assert len(run.json("visit", "list")) == 1


def test_a_preview_keeps_nothing_and_takes_a_mapping(run):
    found = run.json("import", "notes", str(TRANSCRIPT), "--preview", "--map", "text=What was said", "--map", "tags=")

    assert (found["events"], found["mapping"]) == (7, {"time": "A", "speaker": "B", "text": "C"})
    assert "7 notes would be kept" in run("import", "notes", str(TRANSCRIPT), "--preview")
    assert run.json("visit", "list") == []


def test_notes_join_a_visit(run, visit):
    done = run.json("import", "notes", str(TRANSCRIPT), "--visit", visit)

    assert (done["visit"], run.json("visit", "show", visit)["visit"]["stage"]) == (visit, "talk")


def test_interval_sheets_are_imported_with_their_problems(run):
    done = run.json("import", "intervals", str(GRID), "--teacher", "Bo Li", "--map", "Mov=MG")

    assert set(done) >= {"visit", "events", "problems"}
    exported = run.json("import", "intervals", str(GRID), str(GRID), "--preview")
    assert [one["intervals"] for one in exported] == [5, 5]
    assert {
        "where": "row 9, column G",
        "message": "“?” is neither a tick nor empty; the interval is not ticked.",
    } in done["problems"]
    assert not [one for one in done["problems"] if "Mov" in one["message"]]
    (row,) = run.json("visit", "list")
    assert (row["id"], row["teacher"], row["form"]) == (done["visit"], "Bo Li", "copus")


def test_an_interval_sheet_is_shown_before_it_is_kept(run):
    found = run.json("import", "intervals", str(GRID), "--preview", "--orientation", "across")

    assert (found["orientation"], found["seconds"], found["ticks"]) == ("across", 120, 9)
    assert {"head": "AnQ", "code": "I.AnQ", "ticks": 1} in found["codes"]
    assert "5 intervals and 9 ticks would be kept" in run("import", "intervals", str(GRID), "--preview")
    assert run.json("visit", "list") == []


def test_an_interval_sheet_that_does_not_fit_the_visit_is_refused(run, visit):
    told = run("import", "intervals", str(GRID), "--visit", visit, status=1)

    assert "has no interval codes" in told
    assert "no code of the form" in run("import", "intervals", str(GRID), "--map", "Mov=Nix", status=1)


def test_people_are_imported(run, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("Name;E-Mail\nAmina;a@x.org\n;\nBo;\n", encoding="utf-8")

    assert run.json("import", "people", str(path), "--preview")["added"] == 2
    assert run.json("import", "people", str(path)) == {
        "added": 2, "changed": 0, "same": 0, "mapping": {"name": "A", "email": "B"}, "problems": [],
    }  # fmt: skip
    assert run.json("import", "people", str(path))["same"] == 2


def test_a_visit_is_exported_and_printed(run, visit, tmp_path):
    run("note", "add", visit, "T “Why?”", "--at", "00:10")
    run("note", "add", visit, "for me", "--at", "00:20", "--private")

    said = run("export", visit, "--to", str(tmp_path / "a.json"))
    printed = run.json("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--paper", "Letter", "--with-notes")

    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (document["format"], document["version"], len(document["events"])) == ("observe-visit", 1, 1)
    assert "1 private notes stayed out" in said
    assert printed["pages"] >= 1
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_form_is_printed_for_a_pen(run, tmp_path):
    printed = run.json("pdf", "form", "learning-walk", "-o", str(tmp_path / "a.pdf"), "--paper", "letter")
    said = run("pdf", "form", "copus", "-o", str(tmp_path / "b.pdf"), "--language", "de")

    pages = len(pypdf.PdfReader(tmp_path / "a.pdf").pages)
    assert printed == {"path": str(tmp_path / "a.pdf"), "pages": pages, "replaced": []}
    assert said.startswith(f"{tmp_path / 'b.pdf'}: ")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")


# --- forms and care --------------------------------------------------------------------------------------------------


def test_forms_are_listed_and_checked(run, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "bad"\nversion = "one"\n', encoding="utf-8")

    assert {"open-notes", "learning-walk"} <= {form["id"] for form in run.json("form", "list")}
    assert run.json("form", "check", str(ROOT / "forms" / "open-notes.toml")) == {"ok": True, "problems": []}
    found = run.json("form", "check", str(bad), status=1)
    assert found["ok"] is False
    assert all(set(problem) == {"line", "where", "message"} for problem in found["problems"])
    assert "line 2" in run("form", "check", str(bad), status=1)


def test_a_backup_brings_back_what_was_deleted(run, visit):
    made = run.json("backup")["path"]
    run("visit", "delete", visit)

    done = run.json("restore", made)

    assert [row["id"] for row in run.json("visit", "list")] == [visit]
    assert Path(done["copy"]).is_file()


def test_a_sound_folder_passes_its_check(run, visit):
    assert run.json("check") == {"ok": True, "problems": []}
    assert run("check", "--repair") == "All is well.\n"


def test_a_damaged_database_fails_its_check_in_words(run):
    (run.data / "observe.sqlite").write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 30)

    found = run.json("check", status=1)

    assert found["ok"] is False
    assert "observe.sqlite" in found["problems"][0]
    assert run("check", status=1).startswith("observe-app: ")


# --- mistakes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["visit"],
        ["visit", "nonsense"],
        ["visit", "new"],
        ["visit", "new", "--teacher", "A", "--start", "tomorrow"],
        ["note", "add", "x", "y", "--at", "noon"],
        ["note", "add", "x", "y", "--speaker", "Tom"],
        ["note", "add", "x", "y", "--tag", "two words"],
        ["import", "notes", "x", "--map", "text"],
        ["pdf", "summary", "x", "-o", "y", "--paper", "A3"],
        ["pdf", "form", "x", "-o", "y", "--paper", "A3"],
        ["pdf", "form", "x"],
        ["--data"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_is_status_2(words, capsys):
    assert main(words) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["visit", "show", "ffffffff"],
        ["visit", "show", "a"],
        ["visit", "list", "--teacher", "Nobody"],
        ["visit", "new", "--teacher", " "],
        ["visit", "new", "--teacher", "A", "--form", "none"],
        ["visit", "new", "--teacher", "A", "--form", "../open-notes"],
        ["visit", "new", "--teacher", "A", "--minutes", "0"],
        ["note", "add", "ffffffff", "x"],
        ["import", "notes", "none.xlsx"],
        ["import", "people", "none.csv"],
        ["export", "ffffffff", "--to", "x.json"],
        ["restore", "none.sqlite"],
    ],
)
def test_a_problem_to_mend_is_status_1_and_one_clear_line(run, words):
    said = run(*words, status=1)

    assert said.startswith("observe-app: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_a_refused_visit_adds_nobody(run):
    run("visit", "new", "--teacher", "Not Yet", "--form", "none", status=1)

    run("visit", "list", "--teacher", "Not Yet", status=1)


def test_an_empty_note_is_refused_before_the_lesson_begins(run, visit):
    run("note", "add", visit, "  ", status=1)

    assert run.json("visit", "show", visit)["visit"]["stage"] == "prepare"


def test_version_and_help_are_status_0(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Observe ")
    assert main(["import", "notes", "--help"]) == 0
    assert "--map" in capsys.readouterr().out


# --- as a process ----------------------------------------------------------------------------------------------------


def process(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-P", "-m", "observe_app", *words]
    return subprocess.run(command, env=whole, capture_output=True, check=False, timeout=_PATIENCE_S)


def test_a_terminal_that_cannot_show_a_letter_is_no_reason_to_stop(run, visit):
    plain = process("--data", str(run.data), "visit", "list", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    listed = process("--data", str(run.data), "visit", "list", "--json", PYTHONIOENCODING="cp437", PYTHONUTF8="0")

    assert (plain.returncode, plain.stderr) == (0, b"")
    assert b"Amina Diallo-?i?ek" in plain.stdout
    assert json.loads(listed.stdout)[0]["teacher"] == "Amina Diallo-Žižek"


def test_a_reader_that_goes_away_is_no_error(run, visit):
    for number in range(40):
        run("note", "add", visit, f"{number} " + "word " * 900, "--at", f"{number}:00")
    command = [sys.executable, "-P", "-m", "observe_app", "--data", str(run.data), "visit", "show", visit]

    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(10)
        started.stdout.close()
        said = started.stderr.read()
        status = started.wait(60)

    assert (status, said) == (0, b"")


def test_the_demonstration_without_a_screen_leaves_a_pdf_pictures_and_the_data_alone(run, visit):
    done = process("--data", str(run.data), "demo", "--headless", "--json")

    assert done.returncode == 0, done.stderr.decode()
    made = json.loads(done.stdout)
    assert Path(made["data"]) == run.data.with_name("data-demo")
    assert Path(made["pdf"]).read_bytes().startswith(b"%PDF-")
    assert made["pictures"]
    assert all(Path(one).stat().st_size > 1_000 for one in made["pictures"])
    assert [row["id"] for row in run.json("visit", "list")] == [visit]
