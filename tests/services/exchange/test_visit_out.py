"""Visits out: complete, stable, harmless to open, and never half written."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from observe_app.domain.answer import Absence
from observe_app.domain.errors import ExportFailed, NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import answers, happenings, notes, own_forms, people, talk, visits
from observe_app.services.exchange.notes_in import preview
from observe_app.services.exchange.visit_out import export_visit, harmless
from tests.services.pdf.form_samples import every_kind

if TYPE_CHECKING:
    from observe_app.services.core import Core

GOLDEN = Path(__file__).parents[2] / "fixtures" / "exchange" / "visit.json"
BEGIN = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://x","y")'


def with_plain_ids(text: str) -> str:
    """Return the document with its ids counted in the order in which they appear."""
    ids = list(dict.fromkeys(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)))
    for number, one in enumerate(ids, start=1):
        text = text.replace(one, f"id-{number}")
    return text


def write_visit(core: Core) -> str:
    """Keep a visit with one of everything, a private note among it."""
    teacher, me = people.add(core, name="Amina Diallo-Žižek"), people.introduce(core, name="Jonas Brandt")
    visit = visits.plan(
        core,
        teacher_id=teacher.id,
        observer_id=me.id,
        form_id="learning-walk",
        start=BEGIN,
        focus="Who talks?",
        room="12",
    )
    visits.begin(core, visit_id=visit.id)
    note = [
        notes.add(
            core, visit_id=visit.id, line=line, offset_ms=ms, wall=BEGIN + timedelta(milliseconds=ms), private=private
        )
        for ms, line, private in (
            (-60_000, "SS come in", False),
            (5_250, 'T→S7 "Why?" #open #press-for-reasoning', False),
            (9_000, FORMULA, False),
            (12_000, "for me: a secret thought", True),
        )
    ]
    notes.star(core, event_id=note[1].id, starred=True, seen=notes.open_note(core, note[1].id).seen)
    for item, value, absence in (
        ("at-work", "yes", None),
        ("thinking", 3, None),
        ("access", None, Absence.NOT_LOOKED_FOR),
    ):
        seen = answers.open_answer(core, visit_id=visit.id, item=item).seen
        answers.give(core, visit_id=visit.id, item=item, value=value, absence=absence, seen=seen)
    talk.link(core, visit_id=visit.id, target_kind="answer", target_id="thinking", event_id=note[1].id)
    talk.link(core, visit_id=visit.id, target_kind="answer", target_id="thinking", event_id=note[3].id)
    evidence = (note[1].id, note[3].id)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.GROWTH, title="Wait", text="Longer.", evidence=evidence)
    talk.add_step(core, visit_id=visit.id, text="Count to five", due=date(2026, 3, 20))
    visits.finish(core, visit_id=visit.id)
    return visit.id


def test_json_is_the_stable_document(core, tmp_path):
    target = tmp_path / "out.json"

    export_visit(core, visit_id=write_visit(core), target=target)

    told = json.loads(with_plain_ids(target.read_text(encoding="utf-8")))
    assert told == json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx"])
def test_nothing_private_leaves_unless_asked(core, tmp_path, ending):
    visit_id = write_visit(core)
    secret = next(event.id for event in notes.stream(core, visit_id) if event.private)

    def said(target: Path) -> str:
        if ending != ".xlsx":
            return target.read_text(encoding="utf-8-sig")
        return str([row for sheet in load_workbook(target) for row in sheet.iter_rows(values_only=True)])

    kept = export_visit(core, visit_id=visit_id, target=tmp_path / f"a{ending}")
    whole = export_visit(core, visit_id=visit_id, target=tmp_path / f"b{ending}", private=True)

    assert "secret" not in said(kept.path)
    assert secret not in said(kept.path)
    assert "secret thought" in said(whole.path)
    assert [(done.events, done.held_back) for done in (kept, whole)] == [(3, 1), (4, 0)]


def test_csv_cells_that_look_like_formulas_are_put_to_sleep(core, tmp_path):
    target = tmp_path / "out.csv"

    export_visit(core, visit_id=write_visit(core), target=target)

    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == ["come in", '"Why?"', f"'{FORMULA}"]
    assert [row["time"] for row in rows] == ["-0:01:00", "0:00:05", "0:00:09"]


def test_xlsx_has_a_sheet_for_each_kind_and_no_formula_in_it(core, tmp_path):
    target = tmp_path / "out.xlsx"

    export_visit(core, visit_id=write_visit(core), target=target)

    book = load_workbook(target)
    assert book.sheetnames == ["Notes", "Visit", "Answers", "Claims", "Action steps"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert FORMULA in [cell.value for cell in cells]
    assert all(cell.quotePrefix for cell in cells if cell.value == FORMULA)
    assert [cell.value for cell in book["Answers"]["C"]] == ["answer", "yes", None, 3]


def write_counted(core: Core) -> str:
    """Keep a visit whose form has options, a number, a tally and a timer filled in, and a hidden item."""
    form = own_forms.adopt(core, every_kind(), as_new=False)
    visit = visits.plan(core, teacher_id=people.add(core, name="A").id, observer_id=people.introduce(core, name="B").id,
                        form_id=form.id, start=BEGIN)  # fmt: skip
    visits.begin(core, visit_id=visit.id)
    for item, value in (("form", "pairs"), ("tools", ("book", "board")), ("late", 2), ("safe", 3)):
        seen = answers.open_answer(core, visit_id=visit.id, item=item).seen
        answers.give(core, visit_id=visit.id, item=item, value=value, seen=seen)
    for minute in range(4):
        happenings.tally(core, visit_id=visit.id, item="open", offset_ms=minute * 60_000)
    happenings.add_stretch(core, visit_id=visit.id, item="teacher", start_ms=0, end_ms=750_000)
    return visit.id


def test_xlsx_tells_options_and_counts_in_words(core, tmp_path):
    target = tmp_path / "out.xlsx"

    export_visit(core, visit_id=write_counted(core), target=target)

    rows = {row[0]: row[2] for row in load_workbook(target)["Answers"].iter_rows(min_row=2, values_only=True)}
    assert rows == {
        "safe": 3, "form": "In pairs", "tools": "A book, The board", "late": 2,
        "open": "4 in 50 min, 0.8 per 10 min", "teacher": "12:30 min, 25 % of 50 min",
    }  # fmt: skip


def test_json_keeps_options_as_ids_and_numbers_as_numbers(core, tmp_path):
    target = tmp_path / "out.json"

    export_visit(core, visit_id=write_counted(core), target=target)

    told = {one["item"]: one["value"] for one in json.loads(target.read_text(encoding="utf-8"))["answers"]}
    assert told == {"safe": 3, "form": "pairs", "tools": ["book", "board"], "late": 2}


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_was_exported_can_be_imported_again(core, tmp_path, ending):
    visit_id = write_visit(core)
    done = export_visit(core, visit_id=visit_id, target=tmp_path / f"out{ending}", private=True)

    found = preview(done.path)

    assert [(n.offset_ms // 1000, n.speaker, n.text, n.tags) for n in found.rows] == [
        (event.offset_ms // 1000, event.speaker, event.text, event.tags) for event in notes.stream(core, visit_id)
    ]


@pytest.mark.parametrize(
    ("name", "reason"), [("out.pdf", "unknown_format"), ("none/out.csv", "missing_folder"), ("taken.csv", "denied")]
)
def test_a_target_that_cannot_be_is_refused_by_reason(core, tmp_path, name, reason):
    (tmp_path / "taken.csv").mkdir()

    with pytest.raises(ExportFailed) as caught:
        export_visit(core, visit_id=write_visit(core), target=tmp_path / name)

    assert caught.value.reason == reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "taken.csv"]


def test_a_full_disk_leaves_what_stood_there(core, tmp_path, monkeypatch):
    target = tmp_path / "out.json"
    target.write_text("older", encoding="utf-8")
    visit_id = write_visit(core)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ExportFailed) as caught:
        export_visit(core, visit_id=visit_id, target=target)

    assert (caught.value.reason, target.read_text(encoding="utf-8")) == ("full", "older")
    assert not list(tmp_path.glob(".*.part"))


def test_a_cancelled_export_writes_nothing(core, tmp_path):
    visit_id = write_visit(core)
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        export_visit(core, visit_id=visit_id, target=tmp_path / "out.csv", progress=progress)

    assert not (tmp_path / "out.csv").exists()


def test_an_unknown_visit_is_not_found(core, tmp_path):
    with pytest.raises(NotFound):
        export_visit(core, visit_id="none", target=tmp_path / "out.csv")


@given(st.text(max_size=30))
def test_no_text_begins_a_formula(text):
    cell = str(harmless(text))

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")
