"""What a file is, by what is in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from observe_app.services.exchange.kinds import Kind, kind_of

from .made import text_file, workbook

FIXTURES = Path(__file__).parents[2] / "fixtures" / "exchange"
FORMS = Path(__file__).parents[3] / "forms"
BORIS = json.dumps({"time_format": "s", "observations": {}, "behaviors_conf": {}, "project_name": "x"})


def test_files_are_told_apart_by_what_is_in_them(core, tmp_path):
    grid = workbook(tmp_path, [["", 1, 2, 3], ["Lec", 1, 0, 1], ["L", 1, 1, 0], ["TW", 0, 0, 0]])
    found = {
        "grid": kind_of(core, grid),
        "across": kind_of(core, FIXTURES / "copus-across.csv"),
        "transcript": kind_of(core, FIXTURES / "transcript.csv"),
        "boris": kind_of(core, text_file(tmp_path, BORIS, "project.json")),
        "text": kind_of(core, text_file(tmp_path, "0:05 T: L\n0:07 S: W\n", "a.txt")),
        "form": kind_of(core, FORMS / "copus.toml"),
    }

    assert found == {
        "grid": Kind.INTERVALS, "across": Kind.INTERVALS, "transcript": Kind.NOTES, "boris": Kind.BORIS,
        "text": Kind.NOTES, "form": Kind.FORM,
    }  # fmt: skip


def test_a_name_deceives_nobody(core, tmp_path):
    wrong = tmp_path / "notes.boris"
    shutil.copy(FIXTURES / "transcript.csv", wrong)

    assert kind_of(core, wrong) is Kind.NOTES


@pytest.mark.parametrize("data", [b"", b"\x00" * 500, b"\xff\xfe\x00", b"PK\x03\x04 half", b'{"a": [', b"%PDF-1.7"])
def test_whatever_cannot_be_read_counts_as_notes(core, tmp_path, data):
    path = tmp_path / "odd.bin"
    path.write_bytes(data)

    assert kind_of(core, path) is Kind.NOTES
    assert kind_of(core, tmp_path) is Kind.NOTES
    assert kind_of(core, tmp_path / "missing") is Kind.NOTES
