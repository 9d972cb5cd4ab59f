"""`import reply` and `export reply` on the command line."""

from __future__ import annotations

import json

import pytest

from observe_app.app import wire_core
from observe_app.cli import main
from observe_app.services.core import close
from tests.services.reply_samples import Sample, filled, keep, released


@pytest.fixture
def sample(data_folder, clock) -> Sample:
    core = wire_core(data_folder, clock=clock)
    made = released(core)
    close(core)
    return made


@pytest.fixture
def run(data_folder, capsys):
    def call(*words: str, status: int = 0) -> str:
        found = main([*words, "--data", str(data_folder)])
        said = capsys.readouterr()
        assert found == status, said.err
        return said.err if status else said.out

    return call


def test_a_reply_is_taken_in_once_and_its_file_comes_back(run, sample, tmp_path):
    pdf = filled(sample.pdf, {"words_1": "Yes.", "readers": "Mira Novak"}, {2: "partly"})
    path = str(keep(tmp_path, pdf, "from Amina.pdf"))

    done = json.loads(run("import", "reply", path, "--json"))
    again = json.loads(run("import", "reply", path, "--json"))

    assert (done["visit"], done["added"], again["added"]) == (sample.visit.id, True, False)
    assert done["reply"]["points"] == [
        {"claim": sample.claims[0], "text": "Yes."},
        {"claim": sample.claims[1], "stance": "partly"},
    ]
    assert [note["rule"] for note in again["notes"]] == ["same_file"]
    target = tmp_path / "back.pdf"
    assert "from Amina.pdf, as it came" in run("export", "reply", sample.visit.id, "-o", str(target))
    assert target.read_bytes() == pdf
    shown = json.loads(run("visit", "show", sample.visit.id, "--json"))
    assert (shown["replies"], shown["visit"]["stage"]) == ([done["reply"]], "follow_up")
    assert [one["number"] for one in shown["releases"]] == [1]


def test_a_preview_says_what_would_be_kept(run, sample, tmp_path):
    path = str(keep(tmp_path, filled(sample.pdf, {"words_1": "Yes."})))

    assert "revision 1: 1 point answered" in run("import", "reply", path, "--preview")
    assert json.loads(run("visit", "show", sample.visit.id, "--json"))["replies"] == []


def test_what_came_in_before_a_file_that_fails_is_told(run, sample, tmp_path, capsys, data_folder):
    good = keep(tmp_path, filled(sample.pdf, {"words_1": "Yes."}), "good.pdf")
    bad = keep(tmp_path, b"%PDF-1.7 but no more", "bad.pdf")

    assert main(["import", "reply", str(good), str(bad), "--json", "--data", str(data_folder)]) == 1

    said = capsys.readouterr()
    assert [one["added"] for one in json.loads(said.out)] == [True]
    assert said.err.count("\n") == 1
    assert "not copied or sent completely" in said.err


def test_a_visit_without_a_file_that_came_back_says_so(run, sample, tmp_path):
    assert "There is no reply" in run("export", "reply", sample.visit.id, "-o", str(tmp_path / "a.pdf"), status=1)
    assert not (tmp_path / "a.pdf").exists()
