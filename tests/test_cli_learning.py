"""Journal, hours and certificates in the terminal, and that no word of a journal comes to another computer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.laptops import NearLaptop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def jonas(tmp_path: Path) -> NearLaptop:
    return NearLaptop(tmp_path, "jonas")


def test_an_entry_is_written_found_shown_and_taken_away(jonas: NearLaptop) -> None:
    made = jonas.json("journal", "add", "I counted to seven.", "--title", "Waiting", "--learning", "--prompted")
    assert (made["title"], made["kind"], made["text"]) == ("Waiting", "learning", "I counted to seven.")
    assert made["prompt"] == jonas.json("journal", "prompt")["prompt"]
    jonas("journal", "add", "-", typed="Typed in.\n")
    assert [one["text"] for one in jonas.json("journal", "list")] == ["Typed in.", "I counted to seven."]
    assert [one["id"] for one in jonas.json("journal", "list", "--words", "coun sev")] == [made["id"]]
    assert "I counted" in jonas("journal", "show", made["id"][-8:])
    jonas("journal", "delete", made["id"])
    assert len(jonas.json("journal", "list")) == 1
    assert "no journal entry" in jonas("journal", "show", "nothing-like-it", status=1)


def test_hours_are_counted_certified_and_looked_up(jonas: NearLaptop, tmp_path: Path) -> None:
    jonas("visit", "new", "--teacher", "Amina Diallo")
    days = ("--first", "2026-01-01", "--last", "2026-12-31")
    entry = jonas.json("hours", "add", "Amina Diallo", "--on", "2026-03-01", "--minutes", "90", "--what", "Conference")
    jonas("hours", "rule", "talk", "--per", "each", "--minutes", "30", "--cap", "600")
    assert {"kind": "talk", "per": "each", "minutes": 30, "cap_min": 600} in jonas.json("hours", "rules")
    told = jonas.json("hours", "list", *days)
    assert [(one["name"], one["minutes"]) for one in told["people"]] == [("Amina Diallo", 90)]
    shown = jonas.json("hours", "show", "Amina Diallo", *days)
    assert [(line["what"], line["how"]) for line in shown["lines"]] == [("Conference", "manual")]

    number = jonas("certificate", "issue", "Amina Diallo", *days, "-o", str(tmp_path / "c.pdf")).strip()
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    said = jonas("check", "certificate", number.lower())
    assert "was issued from this data folder" in said
    assert "does not say who made the file" in said
    assert jonas.json("check", "certificate", number)["state"] == "issued"

    jonas("certificate", "withdraw", number, "--why", "Counted twice")
    status, said, _err = jonas.run("check", "certificate", number)
    assert (status, "It was withdrawn on" in said) == (1, True)
    jonas("hours", "remove", entry["id"])
    assert jonas.json("hours", "show", "Amina Diallo", *days)["minutes"] == 0
    assert [one["why"] for one in jonas.json("certificate", "list")] == ["Counted twice"]
    jonas("hours", "pdf", "Amina Diallo", *days, "-o", str(tmp_path / "s.pdf"))
    jonas("certificate", "pdf", number, "-o", str(tmp_path / "again.pdf"), "--language", "de")


def test_a_number_of_elsewhere_is_unknown_and_a_mistyped_one_is_told(jonas: NearLaptop) -> None:
    from observe_app.domain.certificate_number import number_of

    other = number_of(2026, 42)
    status, said, err = jonas.run("check", "certificate", other)
    assert (status, said.strip(), err) == (1, f"{other} was not issued from this data folder.", "")
    assert jonas.json("check", "certificate", other, status=1) == {"state": "unknown", "number": other}
    assert "check digits" in jonas("check", "certificate", other[:-1] + ("2" if other[-1] != "2" else "3"), status=1)
    assert "no number of a certificate" in jonas("check", "certificate", "hello", status=1)
    assert "All is well" in jonas("check")


def test_a_portfolio_is_picked_and_written(jonas: NearLaptop, tmp_path: Path) -> None:
    jonas("visit", "new", "--teacher", "Amina Diallo")
    entry = jonas.json("journal", "add", "Amina waited.")["id"]
    made = jonas.json("portfolio", "new", "My year")["id"]
    (offer,) = jonas.json("portfolio", "offers")
    assert (offer["offer"], offer["names"]) == (f"entry/{entry}", ["Amina Diallo"])
    assert jonas.json("portfolio", "pick", made, "--offer", offer["offer"]) == {"picks": 1, "names": ["Amina Diallo"]}
    jonas("portfolio", "pick", made, "--heading", "Afterwards", "--words", "I wait, too.")
    jonas("portfolio", "pick", made, "--offer", "entry/none", status=1)
    jonas("portfolio", "foreword", made, "Less is more.")
    said = jonas("portfolio", "pdf", made, "-o", str(tmp_path / "p.pdf"))
    assert "Other people named in it: Amina Diallo." in said
    assert jonas.json("portfolio", "list")[0]["picks"] == 2


def test_words_are_given_to_a_group_and_taken_back(jonas: NearLaptop) -> None:
    (jonas.home / "shared").mkdir(parents=True)
    jonas("share", "init", str(jonas.home / "shared"), "--me", "Jonas Brandt", "--name", "Staff room")
    jonas("group", "new", "Questioning")
    entry = jonas.json("journal", "add", "I counted.\n\nNobody reads this.")["id"]
    given = jonas.json("journal", "share", entry, "--group", "questioning", "--text", "I counted.")
    assert (given["group"], given["text"]) == ("Questioning", "I counted.")
    assert [one["text"] for one in jonas.json("journal", "shared")] == ["I counted."]
    jonas("journal", "take-back", given["id"])
    assert jonas.json("journal", "shared") == []


def test_no_word_of_a_journal_reaches_a_colleagues_computer(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    jonas, amina = NearLaptop(tmp_path, "jonas"), NearLaptop(tmp_path, "amina")
    jonas("share", "init", str(shared), "--me", "Jonas Brandt", "--name", "Staff room")
    amina("share", "join", str(shared), "--me", "Amina Diallo")
    amina.sync()
    jonas.sync()
    visit = jonas("visit", "new", "--teacher", "Amina Diallo", "--focus", "zqfocusxhw").strip()
    jonas("note", "add", visit, "T waits")
    jonas("journal", "add", "zqtextxhw", "--title", "zqtitlexhw", "--visit", visit)
    made = jonas.json("portfolio", "new", "zqportfolioxhw")["id"]
    jonas("portfolio", "foreword", made, "zqforewordxhw")
    jonas("hours", "add", "Amina Diallo", "--on", "2026-03-01", "--minutes", "90", "--what", "zqhoursxhw")
    jonas("certificate", "issue", "Amina Diallo", "--first", "2026-01-01", "--last", "2026-12-31")
    for _round in range(2):
        jonas.sync()
        amina.sync()
    words = [word.encode() for word in ("zqtextxhw", "zqtitlexhw", "zqportfolioxhw", "zqforewordxhw", "zqhoursxhw")]
    for folder in (shared, amina.data):
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert [word for word in words if word in data] == [], path
    assert amina.json("journal", "list") == []
    assert amina.json("certificate", "list") == []
    assert json.loads(amina("portfolio", "list", "--json")) == []
