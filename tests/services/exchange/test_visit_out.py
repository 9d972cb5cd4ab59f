"""Visits out: complete, stable, harmless to open, and never half written."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from observe_app.domain.action_step import ActionStep
from observe_app.domain.answer import Absence, Answer
from observe_app.domain.errors import ExportFailed, NotFound
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Claim, ClaimKind, Evidence
from observe_app.domain.journal_entry import JournalEntry
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.record import VisitRecord
from observe_app.domain.release import Reader, Release
from observe_app.domain.reply import Reply, ReplyPoint, Stance
from observe_app.domain.turn import Turn, Voice
from observe_app.domain.visit import Visit
from observe_app.services import answers, happenings, notes, own_forms, people, steps, talk, visits
from observe_app.services.exchange.notes_in import preview
from observe_app.services.exchange.visit_out import RISKY_SIGNS, csv_bytes, export_visit, harmless, workbook_bytes
from tests.services.pdf.form_samples import every_kind

if TYPE_CHECKING:
    from observe_app.services.core import Core

GOLDEN = Path(__file__).parents[2] / "fixtures" / "exchange" / "visit.json"
TALK_GOLDEN, FIRST_GOLDEN = GOLDEN.with_name("visit-talk.json"), GOLDEN.with_name("visit-first.json")
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
    steps.add(core, visit_id=visit.id, text="Count to five", due=date(2026, 3, 20))
    visits.finish(core, visit_id=visit.id)
    return visit.id


def write_talk(core: Core) -> str:
    """Keep a visit with a conversation, a released revision, a reader, a reply, a journal entry and views."""
    visit_id = write_visit(core)
    claim = talk.claims(core, visit_id)[0]
    at = core.clock.now()
    with core.store.write("test", scope=visit_id, undoable=False) as unit:
        step = unit.talk.steps(visit_id)[0]
        unit.talk.link(Evidence(visit_id, "claim", claim.id, "", view="wait:open"))
        unit.talk.change_step(step.id, {"practice": "In the warm-up", "notice": "Longer answers"})
        unit.after.add_turn(Turn(core.ids.new(), visit_id, Voice.TEACHER, "=It went well", "www", at))
        unit.after.add_turn(Turn(core.ids.new(), visit_id, Voice.BOTH, "Wait longer", at=at))
        unit.after.add_entry(JournalEntry(core.ids.new(), None, visit_id, text="a secret of mine", at=at))
        release = Release(core.ids.new(), visit_id, 1, at=at, document="{}", digest="ab" * 32, readers=("Amina",))
        unit.after.add_release(release)
        unit.after.set_reader(Reader(visit_id, "Mira Novak", via="reply", at=at))
        points = (ReplyPoint(claim.id, Stance.PARTLY, "@Not always"), ReplyPoint("gone", None, "And this?"))
        unit.after.add_reply(
            Reply(
                core.ids.new(), visit_id, release.id, 1, at=at, name="Amina", received=True, points=points,
                overall="Thank you", step="Count to five", readers=("Mira Novak",), sha256="cd" * 32, file_name="a.pdf",
            )
        )  # fmt: skip
        unit.commit()
    return visit_id


def test_json_tells_conversation_releases_readers_and_replies(core, tmp_path):
    target = tmp_path / "out.json"

    export_visit(core, visit_id=write_talk(core), target=target)

    told = json.loads(with_plain_ids(target.read_text(encoding="utf-8")))
    assert told == json.loads(TALK_GOLDEN.read_text(encoding="utf-8"))


def test_later_formats_only_add_to_the_stable_document(core, tmp_path):
    """A reader of version 1 finds all that it knows, as it knows it."""
    before = json.loads(FIRST_GOLDEN.read_text(encoding="utf-8"))

    export_visit(core, visit_id=write_visit(core), target=tmp_path / "out.json")

    told = json.loads(with_plain_ids((tmp_path / "out.json").read_text(encoding="utf-8")))
    assert {name: told[name] for name in before} == before


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx"])
def test_the_journal_never_leaves(core, tmp_path, ending, private):
    done = export_visit(core, visit_id=write_talk(core), target=tmp_path / f"out{ending}", private=private)

    data = done.path.read_bytes()
    if ending == ".xlsx":
        with zipfile.ZipFile(done.path) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    assert b"secret of mine" not in data


def test_xlsx_tells_replies_beside_the_claims_and_the_conversation(core, tmp_path):
    export_visit(core, visit_id=write_talk(core), target=tmp_path / "out.xlsx")

    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[5:] == ["Conversation", "Replies", "Releases"]
    claims = list(book["Claims"].iter_rows(values_only=True))
    assert claims[1][4:] == ("wait:open", "partly: @Not always")
    turns = [row[:3] for row in book["Conversation"].iter_rows(min_row=2, values_only=True)]
    assert turns == [("teacher", "=It went well", "www"), ("both", "Wait longer", None)]
    answers = [row[3:7] for row in book["Replies"].iter_rows(min_row=2, values_only=True)]
    assert answers == [
        ("Wait", "partly", "Longer.", "@Not always"),
        ("no longer in the record", None, None, "And this?"),
        ("overall", None, None, "Thank you"),
        ("chosen step", None, None, "Count to five"),
        ("may read", None, None, "Mira Novak"),
        ("received, which is not agreed", None, None, "yes"),
    ]
    assert [row[1] for row in book["Releases"].iter_rows(min_row=2, values_only=True)] == ["release", "may read"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}


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
    assert [row["time"] for row in rows] == ["'-0:01:00", "0:00:05", "0:00:09"]


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


RISKY = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201")


def risky_record(risky: str) -> VisitRecord:
    """Return a visit in which every text that anybody can put in begins like a formula."""
    form = every_kind()
    label = (("", f"{risky} label"),)
    sections = tuple(
        replace(one, title=label, items=tuple(replace(item, label=label) for item in one.items))
        for one in form.sections
    )
    more: dict[str, Any] = {"text": risky, "speaker": risky, "to": risky, "seat": risky, "tags": (risky, "b")}
    events = (
        Event("e1", "v", EventKind.NOTE, -1000, outcome=risky, code=risky, **more),
        Event("e2", "v", EventKind.TALLY, 1000, **more),
        Event("e3", "v", EventKind.START, 2000, item="teacher", **more),
        Event("e4", "v", EventKind.INTERVAL, 3000, item="codes", code="I.I1", value=1, **more),
        Event("e5", "v", EventKind.TALLY, 4000, item=risky),
    )
    answers_given = (Answer("v", "story", risky, None, risky), Answer("v", risky, risky, None))
    visit = Visit("v", teacher=risky, observer=risky, class_name=risky, focus=risky, context=risky)
    claims = (Claim("c", "v", ClaimKind.GROWTH, risky, risky, 1, ("e1",)),)
    steps = (ActionStep("s", "v", risky, help=risky, owner=risky),)
    said = Turn("t", "v", Voice.TEACHER, risky, risky)
    points = (ReplyPoint("c", Stance.AGREE, risky), ReplyPoint(risky, None, risky))
    reply = Reply("r", "v", name=risky, points=points, overall=risky, step=risky, readers=(risky,), file_name=risky)
    return VisitRecord(
        visit,
        events=events,
        answers=answers_given,
        claims=claims,
        steps=steps,
        form=replace(form, sections=sections),
        turns=(said,),
        replies=(reply,),
        readers=(Reader("v", risky),),
    )


@pytest.mark.parametrize("risky", RISKY)
def test_no_cell_of_a_csv_begins_a_formula(risky):
    text = csv_bytes(risky_record(risky).events).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(RISKY_SIGNS) and not is_number(cell)]
    assert f"'{risky}" in cells


@pytest.mark.parametrize("risky", RISKY)
def test_no_cell_of_any_sheet_is_a_formula(risky, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook_bytes(risky_record(risky)))

    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        "Notes", "Visit", "Answers", "Claims", "Action steps", "Conversation", "Replies", "Releases", "Intervals",
        "Timers", "Participation",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    begun = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(RISKY_SIGNS)]
    assert {cell.parent.title for cell in begun} >= {
        "Notes",
        "Visit",
        "Claims",
        "Conversation",
        "Replies",
        "Participation",
    }
    assert all(cell.quotePrefix for cell in begun)


def test_half_signs_and_control_signs_never_stop_an_export(tmp_path):
    record = risky_record("a\ud800\x00b")

    (tmp_path / "a.xlsx").write_bytes(workbook_bytes(record))

    assert "a?b" in {cell.value for row in load_workbook(tmp_path / "a.xlsx")["Notes"].iter_rows() for cell in row}
    assert b"a?" in csv_bytes(record.events)


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None and cell != "-1"


def write_lesson(core: Core) -> str:
    """Keep a visit with two coded intervals, a timer, a pause, a gap and who spoke at a seat."""
    form = own_forms.adopt(core, every_kind(), as_new=False)
    visit = visits.plan(core, form_id=form.id, start=BEGIN)
    made = (
        (EventKind.INTERVAL, 0, {"item": "codes", "code": "I.I0", "value": 1, "text": "on the board"}),
        (EventKind.INTERVAL, 0, {"item": "codes", "code": "S.S1", "value": 1}),
        (EventKind.INTERVAL, 0, {"item": "codes", "value": 2}),
        (EventKind.INTERVAL, 240_000, {"item": "codes", "code": "I.I0", "value": 1}),
        (EventKind.START, 60_000, {"item": "teacher"}),
        (EventKind.PAUSE, 90_000, {}),
        (EventKind.RESUME, 120_000, {}),
        (EventKind.PHASE, 130_000, {"text": "Group work"}),
        (EventKind.STOP, 180_000, {"item": "teacher"}),
        (EventKind.GAP, 190_000, {"value": 9000, "outcome": "counted"}),
        (EventKind.TALLY, 200_000, {"seat": "a1", "speaker": "S3"}),
        (EventKind.TALLY, 210_000, {"seat": "a1", "speaker": "S3"}),
    )
    with core.store.write("note.add", scope=visit.id) as unit:
        unit.events.add_many(Event(core.ids.new(), visit.id, kind, ms, **more) for kind, ms, more in made)
        unit.visits.change(visit.id, {"seating": json.dumps({"rows": 3})})
        unit.commit()
    return visit.id


def test_json_tells_gaps_apart_from_events_and_has_the_seating_plan(core, tmp_path):
    target = tmp_path / "out.json"

    export_visit(core, visit_id=write_lesson(core), target=target)

    document = json.loads(target.read_text(encoding="utf-8"))
    kinds = [event["kind"] for event in document["events"]]
    assert "gap" not in kinds
    assert [kind for kind in kinds if kind in {"phase", "pause", "resume"}] == ["pause", "resume", "phase"]
    assert [(gap["offset_ms"], gap["ms"], gap["outcome"]) for gap in document["gaps"]] == [(190_000, 9000, "counted")]
    assert document["seating"] == {"rows": 3}


def test_xlsx_has_the_grid_of_intervals_with_each_total_and_its_base(core, tmp_path):
    export_visit(core, visit_id=write_lesson(core), target=tmp_path / "out.xlsx")

    rows = list(load_workbook(tmp_path / "out.xlsx")["Intervals"].iter_rows(values_only=True))
    heads, first, blank, third = rows[:4]
    place, other = heads.index("I.I0"), heads.index("S.S1")
    assert first[:4] == (1, "0:00:00", "0:02:00", 1)
    assert (first[place], first[other], third[place], third[other]) == (1, 1, 1, 0)
    assert (blank[3], blank[place]) == (0, None)
    assert first[-2:] == ("Medium", "I.I0: on the board")
    totals = {row[0]: (row[place], row[other]) for row in rows[5:]}
    assert totals == {
        "intervals with the code": (2, 1), "share of 2 coded intervals": (1, 0.5), "ticks of its side": (2, 1),
        "share of the ticks of its side": (1, 1),
    }  # fmt: skip


def test_xlsx_has_the_runs_of_timers_without_pauses_and_who_spoke(core, tmp_path):
    export_visit(core, visit_id=write_lesson(core), target=tmp_path / "out.xlsx")

    book = load_workbook(tmp_path / "out.xlsx")
    assert [row[:5] for row in book["Timers"].iter_rows(min_row=2, values_only=True)] == [
        ("teacher", "Teacher talks", "0:01:00", "0:03:00", 90), ("teacher", "Teacher talks", "total", None, 90),
    ]  # fmt: skip
    assert list(book["Participation"].iter_rows(min_row=2, values_only=True)) == [("a1", "S3", None, 2)]


@given(st.text(max_size=30))
def test_no_text_begins_a_formula(text):
    cell = str(harmless(text))

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'")
