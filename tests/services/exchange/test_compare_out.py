"""A term out to other tools: what is in it, what never is, and that other tools read it."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from observe_app.domain.compare.audience import Who, Why
from observe_app.domain.errors import ExportFailed, Invalid
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import answers, notes, people, releases, steps, talk, visits
from observe_app.services.compare.audience import reader_named
from observe_app.services.compare.term import TermChoice
from observe_app.services.exchange.compare_columns import EVENTS, FIGURES, TABLES, dictionary
from observe_app.services.exchange.compare_files import Sheet, workbook
from observe_app.services.exchange.compare_out import FORMATS, export_term
from tests.test_talk_private import inside

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

PRIVATE, LATER, KEPT = "zqprivate", "zqlater", "zqkept"


@pytest.fixture
def me(core: Core) -> Who:
    """Say who sits here."""
    found = people.introduce(core, name="Joonas Brandt")
    assert found is not None
    return Who(found.id, found.name)


def observed(core: Core, *, level: int = 3, release: bool = True) -> str:
    """Record a lesson with a private note, one that is released with a claim, and one that stays."""
    teacher = people.ensure(core, "Amina Diallo")
    found = people.me(core)
    assert found is not None
    visit = visits.plan(core, teacher_id=teacher.id, observer_id=found.id, form_id="general-peer-observation")
    visits.begin(core, visit_id=visit.id)
    proof = notes.add(core, visit_id=visit.id, line=f"T =waits {KEPT} #open", offset_ms=60_000)
    notes.add(core, visit_id=visit.id, line=f"T {PRIVATE}", offset_ms=70_000, private=True)
    notes.add(core, visit_id=visit.id, line=f"S7 {LATER}", offset_ms=80_000)
    seen = answers.open_answer(core, visit_id=visit.id, item="respect").seen
    answers.give(core, visit_id=visit.id, item="respect", value=level, seen=seen)
    visits.finish(core, visit_id=visit.id)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Silence", evidence=(proof.id,))
    steps.add(core, visit_id=visit.id, text="Wait for five breaths")
    if release:
        releases.release(core, visit_id=visit.id)
    return visit.id


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as scripts do."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


# --- who is told what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_private_or_not_released_never_leaves(core: Core, me: Who, tmp_path: Path, ending: str) -> None:
    observed(core)
    target = tmp_path / f"term{ending}"

    done = export_term(core, TermChoice(), target, reader=reader_named(core, "Amina Diallo"))

    found = inside(target) if ending != ".parquet" else repr(pq.read_table(target).to_pylist()).encode()
    assert KEPT.encode() in found, "or the sweep proves nothing"
    assert PRIVATE.encode() not in found
    assert LATER.encode() not in found
    assert (done.visits, done.own) == (1, False)


@pytest.mark.parametrize("ending", FORMATS)
def test_ones_own_export_has_all_but_the_private(core: Core, me: Who, tmp_path: Path, ending: str) -> None:
    observed(core, release=False)
    target = tmp_path / f"term{ending}"

    done = export_term(core, TermChoice(), target, own=True)

    found = inside(target) if ending != ".parquet" else repr(pq.read_table(target).to_pylist()).encode()
    assert KEPT.encode() in found
    assert LATER.encode() in found
    assert PRIVATE.encode() not in found
    assert done.own


def test_a_visit_that_the_reader_may_not_read_is_left_out_and_the_exporter_is_told(
    core: Core, me: Who, tmp_path: Path
) -> None:
    released, _other = observed(core), observed(core, release=False)
    target = tmp_path / "term.csv"

    done = export_term(core, TermChoice(), target, reader=me)

    assert {row["visit_id"] for row in table(target)} == {released}
    assert done.left_out == ((Why.NOT_RELEASED, 1),)


def test_a_table_holds_no_signs_that_a_terminal_obeys(core: Core, me: Who, tmp_path: Path) -> None:
    visit = observed(core, release=False)
    notes.add(core, visit_id=visit, line="T plain", offset_ms=90_000)
    with core.store.write("events", scope=visit) as unit:
        text = "rings\x1b[2J\x07 and\x9b31m on\x7f"
        unit.events.add(Event("e-odd", visit, EventKind.NOTE, 95_000, text=text, speaker="T"))
        unit.commit()
    target = tmp_path / "term.csv"

    export_term(core, TermChoice(), target, reader=me, own=True)

    assert "rings[2J and31m on" in target.read_text("utf-8-sig")
    assert not [sign for sign in target.read_text("utf-8-sig") if not sign.isprintable() and sign not in "\r\n"]


def test_where_nothing_may_be_told_nothing_is_written(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target = tmp_path / "term.csv"
    target.write_text("before")

    with pytest.raises(Invalid) as found:
        export_term(core, TermChoice(), target, reader=Who("", "Somebody Else"))

    assert found.value.rule == "nobody_reads"
    assert target.read_text() == "before"


def test_a_level_changed_after_the_release_leaves_as_it_was_told(core: Core, me: Who, tmp_path: Path) -> None:
    visit = observed(core, level=2)
    seen = answers.open_answer(core, visit_id=visit, item="respect").seen
    answers.give(core, visit_id=visit, item="respect", value=4, seen=seen)

    values = {}
    for own in (False, True):
        target = tmp_path / f"{own}.csv"
        export_term(core, TermChoice(), target, reader=me, own=own)
        values[own] = next(row["value"] for row in table(target) if row["item"] == "respect")

    assert values == {False: "2", True: "4"}


# --- the files -------------------------------------------------------------------------------------------------------


def test_the_tidy_table_has_a_row_for_each_event_and_answer(core: Core, me: Who, tmp_path: Path) -> None:
    visit = observed(core)
    target = tmp_path / "term.csv"

    done = export_term(core, TermChoice(), target, own=True)

    rows = table(target)
    assert done.rows == len(rows)
    assert list(rows[0]) == [column.name for column in EVENTS]
    note = next(row for row in rows if KEPT in row["text"])
    assert (note["row"], note["kind"], note["t_ms"], note["speaker"], note["tags"], note["starred"]) == (
        "event", "note", "60000", "T", "open", "false",
    )  # fmt: skip
    answer = next(row for row in rows if row["item"] == "respect")
    assert (answer["row"], answer["value"], answer["t_ms"], answer["visit_id"]) == ("answer", "3", "", visit)
    assert answer["item_label"]
    assert answer["words"]


def test_what_begins_like_a_formula_stays_a_text(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target, book = tmp_path / "term.csv", tmp_path / "term.xlsx"
    for path in (target, book):
        export_term(core, TermChoice(), path, own=True)

    texts = [row["text"] for row in table(target) if KEPT in row["text"]]
    assert texts == [f"'=waits {KEPT}"]
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if isinstance(cell.value, str) and KEPT in cell.value]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in found] == [(f"=waits {KEPT}", "s", True)]
    assert not [cell for cell in cells if cell.data_type == "f"]


HARMFUL = ("=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1", "#N/A", "#REF!", "1", "TRUE", "2026-03-10", "a\x00b\x1f",
           "half \ud800", "x" * 40_000, "line\nline")  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL)
def test_every_text_stays_one_in_a_workbook(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("Events", ("text",), [(text,)])])))

    cell = book["Events"]["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith(text.replace("\x00", "").replace("\x1f", "").replace("\ud800", "?")[:32_000])


def test_a_workbook_has_a_sheet_for_each_view_and_describes_every_column(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    observed(core, level=1)
    target = tmp_path / "term.xlsx"
    export_term(core, TermChoice(), target, own=True)

    book = openpyxl.load_workbook(target, read_only=True)
    assert book.sheetnames == ["Visits", "Every visit", "Figures", "Steps", "Tags", "Events", "Data dictionary"]
    told = {(row[0], row[1]) for row in book["Data dictionary"].iter_rows(min_row=2, values_only=True)}
    for name in ("Visits", "Figures", "Steps", "Tags", "Events"):
        heads = next(book[name].iter_rows(max_row=1, values_only=True))
        assert {(name, head) for head in heads} == {pair for pair in told if pair[0] == name}


def test_figures_carry_n_base_origin_and_why_there_is_none(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    observed(core)
    target = tmp_path / "figures.csv"

    export_term(core, TermChoice(), target, own=True, what="figures")

    rows = table(target)
    assert list(rows[0]) == [column.name for column in FIGURES]
    respect = [row for row in rows if row["item"] == "respect"]
    assert [(row["measure"], row["value"], row["missing"], row["origin"], row["enough"]) for row in respect] == [
        ("rating", "3", "", "live", "false")
    ] * 2
    empty = [row for row in rows if row["value"] == "" and not row["words"]]
    assert empty
    assert all(row["missing"] for row in empty)


def test_parquet_keeps_types_and_carries_the_meaning_of_columns(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target = tmp_path / "term.parquet"
    export_term(core, TermChoice(), target, own=True)

    found = pq.read_table(target)
    kinds = {name: str(found.schema.field(name).type) for name in ("t_ms", "value", "starred", "wall", "text")}
    assert kinds == {
        "t_ms": "int64", "value": "double", "starred": "bool", "wall": "timestamp[ms, tz=UTC]", "text": "string",
    }  # fmt: skip
    assert found.schema.field("t_ms").metadata[b"unit"] == b"ms"
    row: dict[str, Any] = next(one for one in found.to_pylist() if KEPT in (one["text"] or ""))
    assert row["text"] == f"=waits {KEPT}"
    assert row["absence"] is None
    assert isinstance(row["start"], datetime)


def test_without_the_extra_parquet_is_refused_in_words(
    core: Core, me: Who, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    observed(core)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(ExportFailed) as found:
        export_term(core, TermChoice(), tmp_path / "term.parquet", own=True)

    assert (found.value.reason, found.value.detail) == ("no_parquet", "pyarrow")
    assert not list(tmp_path.glob("*.part"))
    assert not (tmp_path / "term.parquet").exists()


def test_json_has_every_table_and_the_dictionary(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target = tmp_path / "term.json"
    export_term(core, TermChoice(), target, own=True)

    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["format"], found["version"]) == ("observe-compare", 1)
    assert set(found) - {"format", "version"} == {"visits", "events", "figures", "steps", "tags", "dictionary"}
    assert [one["step"] for one in found["steps"]] == ["Wait for five breaths"]
    assert found["tags"] == [{"tag": "open", "notes": 1, "of": 2, "visits": 1}]
    assert len(found["dictionary"]) == sum(map(len, TABLES.values()))


def test_a_table_longer_than_a_sheet_goes_on_in_another() -> None:
    long, empty = Sheet("Events", ("n",), [(number,) for number in range(7)]), Sheet("Tags", ("tag",), [])
    data = workbook([long, empty], most=4)

    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Events", "Events 2", "Events 3", "Tags"]
    values = [row[0] for name in book.sheetnames[:3] for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert values == list(range(7))


def test_every_column_has_a_meaning_and_no_name_twice() -> None:
    for name, columns in TABLES.items():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names), name
    assert all(all((table, column, kind, meaning)) for table, column, kind, _unit, meaning in dictionary())


def test_an_unknown_ending_is_refused_before_anything_is_read(core: Core, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed) as found:
        export_term(core, TermChoice(), tmp_path / "term.doc")

    assert found.value.reason == "unknown_format"


def test_somebody_who_asks_to_stop_keeps_what_stood_there(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target = tmp_path / "term.csv"
    target.write_text("before")
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        export_term(core, TermChoice(), target, own=True, progress=progress)

    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.glob("*term*")] == ["term.csv"]


def test_only_the_days_asked_for_are_in_it(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)

    with pytest.raises(Invalid):
        export_term(core, TermChoice(since=datetime(2027, 1, 1, tzinfo=UTC)), tmp_path / "term.csv", own=True)


def test_what_was_written_beside_an_answer_after_the_release_stays(core: Core, me: Who, tmp_path: Path) -> None:
    visit = observed(core)
    given = answers.open_answer(core, visit_id=visit, item="respect")
    answers.give(core, visit_id=visit, item="respect", value=1, comment=LATER, seen=given.seen)
    target = tmp_path / "term.csv"

    export_term(core, TermChoice(), target, reader=reader_named(core, "Amina Diallo"))

    rows = [row for row in table(target) if row["item"] == "respect" and row["row"] == "answer"]
    assert [row["value"] for row in rows] == ["3"]
    assert LATER not in target.read_text(encoding="utf-8")
