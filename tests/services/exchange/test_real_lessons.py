"""Transcribed lessons from elsewhere, where they are at hand; they are not ours to ship."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from observe_app.services import notes
from observe_app.services.exchange.notes_in import import_notes

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "talkmoves"
LESSONS = sorted(FOLDER.glob("*.xlsx")) if FOLDER.is_dir() else []

pytestmark = pytest.mark.skipif(not LESSONS, reason="no transcribed lessons at hand")


def source(path: Path) -> list[tuple]:
    rows = load_workbook(path, data_only=True).active.iter_rows(min_row=2, values_only=True)
    return [row for row in rows if row[4] is not None]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:20])
def test_every_row_of_a_lesson_arrives_word_for_word(core, path):
    rows = source(path)

    done = import_notes(core, path=path, teacher="A Teacher")

    stream = notes.stream(core, done.visit_id)
    assert done.events == len(stream) == len(rows)
    assert [note.text for note in stream] == [str(row[4]).strip() for row in rows]
    assert {note.speaker for note, row in zip(stream, rows, strict=True) if row[3] == "T"} == {"T"}
    assert all(note.speaker == "SS" for note, row in zip(stream, rows, strict=True) if str(row[3]).upper() == "SS")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:20])
def test_no_tag_is_lost_and_none_is_made_up(core, path):
    stream = notes.stream(core, import_notes(core, path=path).visit_id)

    for note, row in zip(stream, source(path), strict=True):
        given = [str(cell) for cell in row[5:7] if cell and "none" not in str(cell).lower()]
        assert len(note.tags) == len(given)
        assert all(tag.split("-")[0] in cell.lower() for tag, cell in zip(note.tags, given, strict=True))


@pytest.mark.skipif(not any("Parker" in path.name for path in LESSONS), reason="this lesson is not at hand")
def test_a_lesson_of_frames_and_dates_lasts_an_hour(core):
    path = next(path for path in LESSONS if "Parker" in path.name)

    stream = notes.stream(core, import_notes(core, path=path).visit_id)

    seconds = {at: stream[at].offset_ms / 1000 for at in (0, 6, 20, 196, 439, 444, 860, 861, 1040, 1041, 1130)}
    assert seconds == {
        0: 3, 6: 16, 20: 72, 196: 561, 439: 1427, 444: 1440, 860: 2876, 861: 2885, 1040: 3593, 1041: 3618, 1130: 3966,
    }  # fmt: skip


@pytest.mark.skipif(not any("Strathom" in path.name for path in LESSONS), reason="this lesson is not at hand")
def test_a_lesson_with_one_time_is_spread_up_to_it(core):
    path = next(path for path in LESSONS if "Strathom" in path.name)

    stream = notes.stream(core, import_notes(core, path=path).visit_id)

    assert (stream[0].offset_ms, stream[-1].offset_ms) == (0, 3_607_000)
    assert len({note.offset_ms for note in stream}) == len(stream)
