"""`import boris` and `export --to FILE.boris` on the command line."""

from __future__ import annotations

import json

import pytest

from tests.services.exchange.boris_books import behaviour, observation, project, state, written
from tests.test_cli import Surface


@pytest.fixture
def run(data_folder, capsys) -> Surface:
    return Surface(data_folder, capsys)


@pytest.fixture
def path(tmp_path) -> str:
    lessons = {
        "first": observation([1, "T", "asks", "", "why?"], [2, "", "works", "", ""], [5, "", "works", "", ""]),
        "second": observation([1, "Anna", "asks", "", ""], [2, "", "works", "", ""]),
    }
    return str(written(tmp_path, project([behaviour("asks"), state("works")], lessons)))


def test_each_observation_becomes_a_visit(run, path):
    made = run.json("import", "boris", path, "--teacher", "Amina Diallo")

    assert [(one["observation"], one["events"]) for one in made] == [("first", 3), ("second", 2)]
    assert [row["id"] for row in run.json("visit", "list", "--teacher", "Amina Diallo")] == [
        one["visit"] for one in reversed(made)
    ]
    assert [one["where"] for one in made[0]["problems"]] == [""]
    assert [one["where"] for one in made[1]["problems"]] == ["observation “second”, event 2"]


def test_one_observation_answers_with_one_visit(run, path):
    made = run.json("import", "boris", path, "--observation", "first")

    assert (made["observation"], made["events"]) == ("first", 3)
    assert len(run.json("visit", "list")) == 1


def test_plain_words_say_what_was_kept_and_noticed(run, path):
    said = run("import", "boris", path)

    assert "first: 3 events" in said
    assert "  observation “second”, event 2: “works” starts here and never ends" in said


def test_a_preview_keeps_nothing(run, path):
    found = run.json("import", "boris", path, "--preview")
    said = run("import", "boris", path, "--preview")

    assert [(one["name"], one["events"]) for one in found["observations"]] == [("first", 3), ("second", 2)]
    assert [(one["code"], one["kind"], one["items"]) for one in found["behaviours"]] == [
        ("asks", "point", ["asks"]), ("works", "state", ["works"]),
    ]  # fmt: skip
    assert "  asks (2): tally asks" in said
    assert run.json("visit", "list") == []


def test_behaviours_go_to_items_of_a_form_of_ones_choice(run, path):
    made = run.json("import", "boris", path, "--observation", "first", "--form", "question-log", "--map", "asks=")

    assert made["events"] == 3
    assert run.json("visit", "list")[0]["form"] == "question-log"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--observation", "third"), "no observation “third”. Its observations: first, second."),
        (("--form", "question-log", "--map", "asks=none"), "The form has no item “none”"),
    ],
)
def test_what_does_not_fit_is_one_clear_line(run, path, words, said):
    assert said in run("import", "boris", path, *words, status=1)


def test_a_file_of_another_kind_is_one_clear_line(run, tmp_path):
    other = tmp_path / "x.boris"
    other.write_text("[]", encoding="utf-8")

    assert "does not hold what a BORIS project holds" in run("import", "boris", str(other), status=1)


def test_a_visit_goes_out_and_comes_back(run, path, tmp_path):
    visit = run.json("import", "boris", path, "--observation", "first")["visit"]
    target = tmp_path / "out.boris"

    run("export", visit, "--to", str(target))
    again = run.json("import", "boris", str(target))

    assert json.loads(target.read_text(encoding="utf-8"))["project_format_version"] == "7.0"
    assert (again["events"], again["problems"]) == (3, [])
