"""The command line's words for forms: list, check, export, import."""

from __future__ import annotations

from pathlib import Path

import pytest

from observe_app.services.forms.limits import MAX_FILE_BYTES

from .test_cli import Surface

ROOT = Path(__file__).resolve().parent.parent
WALK = ROOT / "forms" / "learning-walk.toml"


@pytest.fixture
def run(data_folder, capsys) -> Surface:
    return Surface(data_folder, capsys)


@pytest.fixture
def rubric(tmp_path) -> Path:
    """Return a form file of a school, called otherwise than its id."""
    path = tmp_path / "from the head.toml"
    text = WALK.read_text(encoding="utf-8").replace('id = "learning-walk"', 'id = "our-walk"', 1)
    path.write_text(text, encoding="utf-8")
    return path


def listed(run, form_id: str) -> dict:
    return next(form for form in run.json("form", "list") if form["id"] == form_id)


def test_forms_are_listed_with_where_they_come_from_and_how_often_they_are_used(run, data_folder, rubric):
    (data_folder / "forms").mkdir()
    (data_folder / "forms" / "broken.toml").write_text("id =", encoding="utf-8")
    (data_folder / "forms" / "README.md").write_text("no form", encoding="utf-8")
    run("import", "form", str(rubric))
    run("visit", "new", "--teacher", "Bo Li", "--form", "our-walk")

    forms = run.json("form", "list")

    assert all(set(form) == {"id", "version", "title", "origin", "ok", "path", "used"} for form in forms)
    ours, walk, broken = (listed(run, name) for name in ("our-walk", "learning-walk", "broken"))
    assert (ours["origin"], ours["path"], ours["ok"], ours["used"]) == ("own", None, True, 1)
    assert (walk["origin"], walk["path"], walk["used"]) == ("shipped", str(WALK), 0)
    assert (broken["origin"], broken["ok"], broken["version"]) == ("file", False, 0)
    assert "README" not in run("form", "list")
    assert "our-walk" in run("form", "list")


def test_a_form_is_exported_and_brought_in_again_as_it_was(run, tmp_path, rubric):
    first = run.json("import", "form", str(rubric))
    assert first == {"id": "our-walk", "version": 1, "shape": "toml", "notes": []}

    done = run.json("form", "export", "our-walk", "-o", str(tmp_path / "out.toml"))
    again = run.json("import", "form", str(tmp_path / "out.toml"))

    assert done == {"path": str(tmp_path / "out.toml"), "id": "our-walk", "version": 1}
    assert again == first
    assert run("form", "check", str(tmp_path / "out.toml"), status=1).count("\n") == 1  # its name is not its id


def test_an_earlier_version_is_exported(run, tmp_path, rubric):
    run("import", "form", str(rubric))
    assert run.json("import", "form", str(rubric), "--title", "Second")["version"] == 2
    target = tmp_path / "our-walk.toml"

    run("form", "export", "our-walk", "-o", str(target), "--version", "1")
    assert "Second" not in target.read_text(encoding="utf-8")
    run("form", "export", "our-walk", "-o", str(target))
    assert "Second" in target.read_text(encoding="utf-8")
    assert run("form", "check", str(target)) == "our-walk.toml: good.\n"
    assert run("form", "export", "our-walk", "-o", str(target), "--version", "9", status=1).startswith(
        "observe-app: There is no version"
    )


@pytest.mark.parametrize(("name", "words"), [("out.pdf", ".toml"), ("missing/out.toml", "folder")])
def test_an_export_that_cannot_be_says_why(run, tmp_path, name, words):
    assert words in run("form", "export", "open-notes", "-o", str(tmp_path / name), status=1)
    assert not (tmp_path / name).exists()


def test_a_form_that_bears_a_shipped_name_gets_another(run):
    assert run.json("import", "form", str(WALK))["id"] == "learning-walk-2"
    assert run("import", "form", str(WALK), "--id", "learning-walk", status=1).startswith(
        "observe-app: “learning-walk” is taken"
    )
    kept = run.json("import", "form", str(WALK), "--id", "walk-of-ours", "--title", "Walk of ours")
    assert (kept["id"], listed(run, "walk-of-ours")["title"]) == ("walk-of-ours", "Walk of ours")


def test_a_broken_form_is_refused_with_every_problem(run, tmp_path, capsys):
    bad = tmp_path / "bad.toml"
    bad.write_text(WALK.read_text(encoding="utf-8").replace('kind = "', 'kind = "x'), encoding="utf-8")

    from observe_app.cli import main

    status = main(["--data", str(run.data), "import", "form", str(bad)])
    said = capsys.readouterr()
    assert status == 1
    assert said.out.count("bad.toml: line ") > 1
    assert said.err.startswith("observe-app: ")
    found = run.json("import", "form", str(bad), status=1)
    assert (found["ok"], set(found["problems"][0])) == (False, {"line", "where", "message"})
    assert all(form["origin"] == "shipped" for form in run.json("form", "list"))


def test_a_file_that_is_none_or_too_large_is_refused(run, tmp_path):
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (MAX_FILE_BYTES + 1))

    for path in (large, tmp_path / "missing.toml"):
        assert run.json("import", "form", str(path), status=1)["ok"] is False
        assert run.json("form", "check", str(path), status=1)["ok"] is False


# --- workbooks and tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", ["copus", "session-survey", "at-task-sweep"])
def test_a_form_goes_out_as_an_xlsform_and_comes_back_as_it_was(run, tmp_path, form_id):
    target = tmp_path / f"{form_id}.xlsx"

    run("form", "export", form_id, "-o", str(target))
    checked = run.json("form", "check", str(target))
    kept = run.json("import", "form", str(target), "--id", "back")
    run("form", "export", "back", "-o", str(tmp_path / "back.toml"))
    run("form", "export", form_id, "-o", str(tmp_path / "out.toml"))

    assert (checked["ok"], checked["problems"], checked["shape"], checked["notes"]) == (True, [], "xlsform", [])
    assert kept == {"id": "back", "version": 1, "shape": "xlsform", "notes": []}
    back, out = ((tmp_path / name).read_text(encoding="utf-8") for name in ("back.toml", "out.toml"))
    assert back == out.replace(f'id = "{form_id}"', 'id = "back"', 1)


def test_a_rubric_in_a_table_becomes_a_form_and_what_was_decided_is_said(run, tmp_path):
    table = tmp_path / "Head's rubric.csv"
    table.write_text("Criterion,Emerging,Secure\nPace,Too fast,Fits\nVoice,Too low,Carries\n", encoding="utf-8")

    done = run.json("import", "form", str(table))
    again = run.json("import", "form", str(table), "--as", "rubric", "--title", "Another")
    said = run("form", "check", str(table))

    assert (done["shape"], done["version"]) == ("rubric", 1)
    assert all(set(note) == {"row", "sheet", "what", "why"} for note in done["notes"])
    assert done["notes"][0]["why"] in said
    assert again["id"] != done["id"]  # the name of a table says nothing of what stands in it
    assert listed(run, again["id"])["title"] == "Another"


def test_a_table_that_cannot_become_a_form_is_refused(run, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("\n\n", encoding="utf-8")

    assert run("import", "form", str(empty), status=1).startswith("observe-app: ")
    assert run("import", "form", str(tmp_path / "missing.xlsx"), status=1).startswith("observe-app: ")
    assert run("form", "check", str(tmp_path / "missing.xlsx"), status=1).startswith("observe-app: ")
    assert all(form["origin"] == "shipped" for form in run.json("form", "list"))
