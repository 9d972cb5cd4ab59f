"""Sessions on the command line: planned, run, written down, handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from tests.test_cli import Surface

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Surface:
    return Surface(data_folder, capsys)


def test_a_series_is_planned_held_and_handed_out(run: Surface, tmp_path: Path) -> None:
    made = run.json(
        "session", "new", "Wait time", "--start", "2026-03-12T15:30", "--every", "weekly", "--count", "3",
        "--link", "meet.example/wait", "--agenda", "Two clips 20", "--agenda", "Plan (15 min)",
        "--facilitator", "Mei Li",
    )  # fmt: skip
    first = made["session"]
    assert len(made["sessions"]) == 3

    assert run.json("session", "start", first)["item"] == "Two clips"
    assert run.json("session", "next", first)["next"] is None
    run("session", "item", first, "Seating", "--kind", "parking")
    run("session", "item", first, "Five breaths for all", "--kind", "decision")
    promised = run.json("session", "follow-up", first, "Share the clips", "--owner", "Mei Li", "--due", "2026-03-16")
    run("session", "note", first, "Lively")
    assert run.json("session", "attend", first, "Mei Li", "--state", "part", "--minutes", "20")["part"] == 1
    assert run.json("session", "stop", first, "--minutes", "55")["minutes"] == 55
    run("session", "follow-up", first, "--done", promised["follow_up"][-8:])

    shown = run.json("session", "show", first)
    assert (shown["state"], shown["planned_min"]) == ("held", 35)
    assert [one["kind"] for one in shown["items"]].count("decision") == 1
    assert shown["follow_ups"][0] == {
        "id": promised["follow_up"], "text": "Share the clips", "owner": "Mei Li", "due": "2026-03-16",
        "status": "done",
    }  # fmt: skip
    assert "decision: Five breaths for all" in run("session", "show", first)
    assert [one["title"] for one in run.json("session", "show", made["sessions"][1])["carried"]["parking"]] == [
        "Seating"
    ]

    pdf, ics = tmp_path / "a.pdf", tmp_path / "a.ics"
    assert run.json("session", "minutes", first, "-o", str(pdf))["pages"] == 1
    run("session", "calendar", first, "--series", "-o", str(ics))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert len(Calendar.from_ical(ics.read_bytes()).walk("VEVENT")) == 3


def test_sessions_are_listed_changed_and_cancelled(run: Surface) -> None:
    run("session", "new", "Meeting", "--start", "2026-03-12T15:30", "--every", "weekly", "--count", "3")
    first, *_later = (one["id"] for one in run.json("session", "list"))

    run("session", "edit", first, "--place", "Room 3", "--following")
    run("session", "cancel", first, "--following")

    assert {(one["place"], one["state"]) for one in run.json("session", "list")} == {("Room 3", "cancelled")}
    assert "Meeting" in run("session", "list")
    run("session", "delete", first, "--following")
    assert len(run.json("session", "list")) == 3 - 1
    assert "No sessions" in run("session", "list", "--state", "held")


@pytest.mark.parametrize(
    "words",
    [
        ("new", " "), ("new", "A", "--link", "javascript:1"), ("new", "A", "--every", "weekly", "--count", "3"),
        ("show", "none"), ("start", "none"), ("new", "A", "--group", "none"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_kept(run: Surface, words: tuple[str, ...]) -> None:
    run("session", *words, status=1)

    assert run.json("session", "list") == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("session", "new", "Wait", "--facilitator", "Nobody Yet", "--every", "weekly", "--count", "3"),
        ("session", "new", "Wait", "--facilitator", "Nobody Yet", "--start", "2026-03-12T15:30", "--agenda", "x" * 900),
        ("session", "new", " ", "--facilitator", "Nobody Yet", "--start", "2026-03-12T15:30"),
        ("group", "goal", "-", "A new goal", "--link", "visit=unknown"),
        ("group", "goal", "-", "A new goal", "--status", "reached", "--link", "nothing"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing_behind(run: Surface, wrong: tuple[str, ...]) -> None:
    run(*wrong, status=1)

    assert run.json("session", "list") == []
    assert "Nobody Yet" not in str(run.json("people", "list"))
    run("group", "reading", "-", "A new goal", status=1)  # there is no such goal
