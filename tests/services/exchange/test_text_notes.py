"""Plain text in: every line arrives, with its time or that of the line above, and is told where it had none."""

from __future__ import annotations

from time import process_time

import pytest

from observe_app.domain.errors import FileUnreadable
from observe_app.domain.progress import Progress
from observe_app.services.exchange.notes_in import preview
from observe_app.services.exchange.tables import MAX_ROWS
from observe_app.services.exchange.text_notes import read_text_notes

from .made import text_file


def read(folder, text: str, name: str = "notes.txt", encoding: str = "utf-8"):
    return preview(text_file(folder, text, name, encoding))


def told(found) -> list[tuple[int, str, str]]:
    return [(note.offset_ms // 1000, note.speaker, note.text) for note in found.rows]


@pytest.mark.parametrize(
    "lines",
    [
        ("09:14 T: Why, and for whom?", "09:16 S7 Because, I think, of that.", "10:02 All write"),
        ("[09:14] T: Why, and for whom?", "[09:16] S7: Because, I think, of that.", "[10:02] All write"),
        ("00:09:14 T: Why, and for whom?", "00:09:16 S7 Because, I think, of that.", "00:10:02 All write"),
        ("9'14 T: Why, and for whom?", "9'16 S7 Because, I think, of that.", "10'02\" All write"),
        ("- 9:14 – T: Why, and for whom?", "- 9:16 – S7 Because, I think, of that.", "- 10:02 – All write"),
        ("**9:14** T: Why, and for whom?", "**9:16** S7 Because, I think, of that.", "**10:02** All write"),
        ("9:14", "T: Why, and for whom?", "", "9:16", "S7 Because, I think, of that.", "", "10:02", "All write"),
    ],
    ids=lambda lines: lines[0],
)
def test_times_before_words_in_many_writings(tmp_path, lines):
    found = read(tmp_path, "\n".join(lines))

    assert told(found) == [
        (554, "T", "Why, and for whom?"), (556, "S7", "Because, I think, of that."), (602, "", "All write"),
    ]  # fmt: skip
    assert not [one for one in found.problems if one.rule == "line_untimed"]


def test_a_line_without_a_time_keeps_that_of_the_line_above_and_is_told(tmp_path):
    found = read(tmp_path, "# Maths, 8b\n0:05 T: Start\n   with the first one\nS3 Done!\n0:40 T: Good\n")

    assert [text for _time, _who, text in told(found)] == ["# Maths, 8b", "Start\nwith the first one", "Done!", "Good"]
    assert [time for time, _who, _text in told(found)][1:] == [5, 5, 40]
    assert [(one.where, one.found) for one in found.problems if one.rule == "line_untimed"] == [
        ("row 1", "# Maths, 8b"), ("row 4", "S3 Done!"),
    ]  # fmt: skip


def test_names_before_a_colon_become_numbers(tmp_path):
    found = read(tmp_path, "0:05 Teacher: Why?\n0:09 Mara: Because.\n0:12 Ilir B.: No! #doubt\n0:20 Mara: Yes.\n")

    assert [(note.speaker, note.text, note.tags) for note in found.rows] == [
        ("T", "Why?", ()), ("S1", "Because.", ()), ("S2", "No!", ("doubt",)), ("S1", "Yes.", ()),
    ]  # fmt: skip
    assert found.students == {"Mara": "S1", "Ilir B": "S2"}


def test_subtitles(tmp_path):
    text = "1\n00:00:05,000 --> 00:00:08,000\nWhy, then?\nSay it.\n\n2\n00:01:00,500 --> 00:01:02,000\nBecause.\n"

    found = read(tmp_path, text, "lesson.srt")

    assert told(found) == [(5, "", "Why, then?\nSay it."), (60, "", "Because.")]
    assert not [one for one in found.problems if one.rule == "line_untimed"]


def test_rubbish_times_do_not_lose_their_words(tmp_path):
    found = read(tmp_path, "0:05 T: One\n99;99:99 T: Two\n0:45 T: Three\n")

    assert [note.text for note in found.rows] == ["One", "Two", "Three"]
    assert [one.where for one in found.problems if one.rule == "time_unreadable"] == ["row 2, column A"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding(tmp_path, encoding):
    found = read(tmp_path, "0:05 T: Größer?\n0:09 S2: Über, “größer”!\n", encoding=encoding)

    assert told(found) == [(5, "T", "Größer?"), (9, "S2", "Über, “größer”!")]


def test_a_text_without_any_time_keeps_every_line(tmp_path):
    found = read(tmp_path, "T asks, why\nNobody answers\nS1 says, because, perhaps\n", "notes.md")

    assert [(note.speaker, note.text) for note in found.rows] == [
        ("T", "asks, why"), ("", "Nobody answers"), ("S1", "says, because, perhaps"),
    ]  # fmt: skip
    assert "no_times" in {one.rule for one in found.problems}


def test_tables_stay_tables(tmp_path):
    found = read(tmp_path, "time,speaker,text\n0:05,T,Why?\n0:09,S1,Because.\n", "table.txt")

    assert told(found) == [(5, "T", "Why?"), (9, "S1", "Because.")]
    assert set(found.mapping) == {"time", "speaker", "text"}


def test_a_text_of_very_many_lines_is_refused_and_says_how_many_fit(tmp_path):
    path = tmp_path / "endless.txt"
    path.write_text("0:01 T: begins\n" + "0:02 goes on\n" * MAX_ROWS)

    with pytest.raises(FileUnreadable) as refused:
        read_text_notes(path, Progress())
    assert (refused.value.reason, refused.value.detail) == ("too_many_rows", str(MAX_ROWS))


def test_one_note_over_very_many_lines_takes_no_longer_than_its_lines(tmp_path):
    path = tmp_path / "indented.txt"
    path.write_text("0:01 T: begins\n" + "  and goes on at length\n" * 150_000)
    begin = process_time()
    found = read_text_notes(path, Progress())

    assert process_time() - begin < 10  # copying all words for each line took minutes
    assert found is not None
    assert [row.number for row in found.table.rows] == [1]
