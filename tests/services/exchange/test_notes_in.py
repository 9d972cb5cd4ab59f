"""Notes in: a table becomes a visit, and nothing is dropped without a word about it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Ambiguous, FileUnreadable, ImportProblem, NotFound
from observe_app.domain.note_line import MAX_NOTE
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.visit import Stage
from observe_app.services import history, notes, people, visits
from observe_app.services.exchange.notes_in import import_notes, preview

from .made import text_file, workbook

TRANSCRIPT = Path(__file__).parents[2] / "fixtures" / "exchange" / "transcript.csv"


def rules(problems) -> dict[str, int]:
    return {problem.rule: problem.count for problem in problems}


def test_a_transcript_becomes_a_visit_ready_for_the_conversation(core):
    done = import_notes(core, path=TRANSCRIPT, teacher="Amina Diallo-Žižek")

    visit = visits.get(core, done.visit_id)
    assert (visit.teacher, visit.stage, visit.source, visit.minutes) == (
        "Amina Diallo-Žižek", Stage.TALK, "imported", 1,
    )  # fmt: skip
    told = [(note.offset_ms, note.speaker, note.text, note.tags) for note in notes.stream(core, done.visit_id)]
    assert told == [
        (5_000, "T", "What is bigger: a half or three fifths?", ("press-for-accuracy",)),
        (9_000, "S1", "Three fifths.", ("making-a-claim",)),
        (13_000, "T", "How do you know?", ("press-for-reasoning",)),
        (21_000, "S2", "Mara means, a half is two and a half fifths.", ("providing-evidence", "relating")),
        (30_000, "SS", "Oh!", ()),
        (31_833, "S7", "=SUM(A1) is what I wrote", ()),
        (41_000, "SS", "Yes.", ()),
    ]
    assert done.events == 7


def test_everything_noticed_is_told_with_its_place(core):
    done = import_notes(core, path=TRANSCRIPT)

    assert [(problem.where, problem.message) for problem in done.problems] == [
        ("column A", "1 row has no time; it was placed between its neighbours by the number of words."),
        ("row 5, column A", "The time “99;99:99” cannot be read; the note lies between its neighbours."),
        ("column B", "2 students had names; they became numbers, and their names are not kept."),
        ("column C", "Students’ names still stand in the text of 1 note."),
        ("column B", "1 row names several students; they are kept as SS."),
    ]
    assert done.students == {"Mara": "S1", "Ilir": "S2"}


def test_students_names_are_not_stored_as_speakers(core):
    done = import_notes(core, path=TRANSCRIPT)

    assert {note.speaker for note in notes.stream(core, done.visit_id)} == {"T", "S1", "S2", "SS", "S7"}


def test_an_import_is_one_action_that_undo_takes_back(core):
    done = import_notes(core, path=TRANSCRIPT, teacher="Bo")

    assert history.undo(core).kind == "import.notes"
    assert visits.count(core).all_visits == 0
    assert history.redo(core).kind == "import.notes"
    assert len(notes.stream(core, done.visit_id)) == 7


def test_notes_can_join_a_planned_visit_which_then_was_observed(core):
    start = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    visit = visits.plan(core, teacher_id=people.add(core, name="Mara Novak").id, start=start, class_name="8 B")

    done = import_notes(core, path=TRANSCRIPT, visit_id=visit.id, teacher="ignored")

    after = visits.get(core, visit.id)
    assert (done.visit_id, after.stage, after.started, after.class_name) == (visit.id, Stage.TALK, start, "8 B")
    assert notes.stream(core, visit.id)[1].speaker == "T", "a speaker with the teacher's first name is the teacher"
    history.undo(core, scope=visit.id)
    assert (visits.get(core, visit.id).stage, notes.stream(core, visit.id)) == (Stage.PREPARE, ())


def test_a_cancelled_import_keeps_nothing(core):
    steps: list[int] = []
    progress = Progress(lambda done, total, _text: (steps.append(done), total and progress.cancel()))

    with pytest.raises(Cancelled):
        import_notes(core, path=TRANSCRIPT, teacher="New One", progress=progress)

    assert (visits.count(core).all_visits, people.listing(core)) == (0, ())


def test_a_date_in_the_file_is_the_start_of_the_visit(core, tmp_path):
    path = text_file(tmp_path, "timestamp,note\n2026-03-05 09:05:00,first\n2026-03-05 09:55:00,last\n")

    visit = visits.get(core, import_notes(core, path=path).visit_id)

    assert (visit.start, visit.minutes) == (datetime(2026, 3, 5, 9, 5, tzinfo=UTC), 50)


@pytest.mark.parametrize(
    "heads",
    [
        ("Time", "Speaker", "Sentence", "Tags"),
        ("Zeitstempel", "Sprecherin", "Äußerung", "Schlagwörter"),
        ("Horodatage", "Locuteur", "Énoncé", "Étiquettes"),
        ("Marca de tiempo", "Hablante", "Texto", "Código"),
        ("Start Time", "Who?", "Notes / comments", "Teacher Tag"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_columns_are_recognised_in_several_languages_and_any_order(tmp_path, heads, order):
    rows = [heads, ("00:05", "T", "Why do you think so?", "open"), ("00:40", "S1", "Because it is less.", "")]
    path = text_file(tmp_path, "\n".join(";".join(row[at] for at in order) for row in rows))

    found = preview(path)

    assert [(n.offset_ms, n.speaker, n.text, n.tags) for n in found.rows] == [
        (5_000, "T", "Why do you think so?", ("open",)),
        (40_000, "S1", "Because it is less.", ()),
    ]


def test_a_table_without_heads_is_told_by_what_is_in_it(tmp_path):
    path = text_file(tmp_path, "00:05;T;What is bigger?\n00:09;S2;Who?\n00:30;SS;The second one\n")

    found = preview(path)

    assert (found.mapping, rules(found.problems)) == ({"time": "A", "speaker": "B", "text": "C"}, {"no_header": 0})
    assert found.total == 3


def test_a_list_of_lines_is_read_as_typed(tmp_path):
    found = preview(text_file(tmp_path, 'T "Why?" #open\nS7→T because\nfive hands up\n', name="notes.txt"))

    assert [(n.speaker, n.to, n.text, n.tags) for n in found.rows] == [
        ("T", "", '"Why?"', ("open",)),
        ("S7", "T", "because", ()),
        ("", "", "five hands up", ()),
    ]


def test_a_mapping_names_columns_by_head_letter_or_number(tmp_path):
    path = workbook(
        tmp_path, [["when", "kind", "voice", "words"], ["00:01", "x", "T", "one"], ["00:09", "y", "S", "two"]]
    )

    by_head = preview(path, {"text": "words", "speaker": "C", "tags": "2"})
    left_out = preview(path, {"text": "D", "speaker": "", "time": "-", "tags": "B+C"})

    assert by_head.mapping == {"time": "A", "speaker": "C", "tags": "B", "text": "D"}
    assert [(n.speaker, n.tags) for n in by_head.rows] == [("T", ("x",)), ("S", ("y",))]
    assert left_out.mapping == {"text": "D", "tags": "B+C"}


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"text": "Nowhere"}, "unknown_column"),
        ({"tecst": "A"}, "unknown_role"),
        ({"text": ""}, "no_column"),
        ({"reading": "backwards"}, "unknown_reading"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping, reason):
    with pytest.raises(ImportProblem) as caught:
        preview(TRANSCRIPT, mapping)

    assert caught.value.reason == reason


def test_a_file_of_heads_alone_is_refused_and_adds_nobody(core, tmp_path):
    with pytest.raises(ImportProblem) as caught:
        import_notes(core, path=text_file(tmp_path, "time,speaker,text\n"), teacher="Nobody Yet")

    assert (caught.value.reason, people.listing(core)) == ("no_rows", ())


def test_a_missing_file_visit_or_clear_teacher_is_refused(core, tmp_path):
    people.add(core, name="Two Alike")
    people.add(core, name="Two Alike")

    with pytest.raises(FileUnreadable):
        import_notes(core, path=tmp_path / "none.csv")
    with pytest.raises(NotFound):
        import_notes(core, path=TRANSCRIPT, visit_id="none")
    with pytest.raises(Ambiguous):
        import_notes(core, path=TRANSCRIPT, teacher="Two Alike")
    assert visits.count(core).all_visits == 0


def test_a_text_longer_than_a_note_is_split_and_loses_no_word(core, tmp_path):
    words = [f"word{n}" for n in range(5_000)]
    path = text_file(tmp_path, f"time,text\n00:01,{' '.join(words)}\n00:50,short\n")

    done = import_notes(core, path=path)

    stream = notes.stream(core, done.visit_id)
    assert " ".join(note.text for note in stream).split() == [*words, "short"]
    assert all(len(note.text) <= MAX_NOTE for note in stream)
    assert rules(done.problems) == {"note_split": len(stream) - 1}


def test_rows_of_one_moment_stay_in_the_order_of_the_file(core, tmp_path):
    lines = "\n".join(f"00:03;T;line {n}" for n in range(300))

    done = import_notes(core, path=text_file(tmp_path, f"time;who;text\n{lines}"))

    assert [note.text for note in notes.stream(core, done.visit_id)] == [f"line {n}" for n in range(300)]


def test_nothing_in_a_workbook_is_run(core, tmp_path):
    path = workbook(tmp_path, [["time", "text"], ["00:01", '\'=HYPERLINK("http://x")'], ["00:02", "plain"]])

    done = import_notes(core, path=path)

    assert [note.text for note in notes.stream(core, done.visit_id)] == ['=HYPERLINK("http://x")', "plain"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=12), st.sampled_from(",;\t"))
def test_any_table_gives_notes_or_a_clear_error(tmp_path, rows, delimiter):
    path = tmp_path / "any.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8", errors="replace")

    try:
        found = preview(path)
    except (FileUnreadable, ImportProblem):
        return
    assert found.total >= 1
    assert all(problem.message and "{" not in problem.message for problem in found.problems if not problem.found)
