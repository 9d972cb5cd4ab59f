"""A lesson observed from beginning to end in the real window, by the keys a person presses, then compared with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.event import EventKind
from observe_app.domain.note_line import clock_text
from observe_app.domain.talk_share import talk_share
from observe_app.services.pdf import export_feedback
from tests.live_job_hands import planned, speaker_codes, transcript
from tests.test_main_job import appendix, as_printed, as_stored
from tests.ui.window import Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

REAL = Path(__file__).parents[2] / "shared" / "data" / "talkmoves"
SHORTEST = "Boats and Fish 2_Grade 4"
LESSONS = sorted(path.stem for path in REAL.glob("*.xlsx")) if REAL.is_dir() else []


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made


# --- lessons from elsewhere, where they are at hand; they are not ours to ship ---------------------------------------


@pytest.mark.skipif(not LESSONS, reason="no transcribed lessons at hand")
@pytest.mark.parametrize(
    "name", [one if one == SHORTEST else pytest.param(one, marks=pytest.mark.long) for one in LESSONS]
)
def test_a_real_lesson_typed_word_for_word_is_in_record_and_pdf_and_its_talk_ratio_is_a_plain_count(
    program: Program, clock: FakeClock, tmp_path: Path, name: str
) -> None:
    source = transcript(REAL / f"{name}.xlsx")
    codes = speaker_codes([who for who, _words in source])
    lesson = planned(program, clock)
    lesson.start()

    for code, (_who, words) in zip(codes, source, strict=True):
        clock.advance(ms=2_400)
        program.say(f"{code} {words}")

    rows = [(clock_text(2_400 * number), who, words) for number, (who, (_name, words)) in
            enumerate(zip(codes, source, strict=True), start=1)]  # fmt: skip
    assert [(time, who, words) for time, who, words, _tags in lesson.noted()] == rows
    shown = [lesson.tab.model.event_at(row) for row in range(lesson.tab.model.rowCount())]
    assert [(one.speaker, one.text) for one in shown if one is not None] == [row[1:] for row in rows]
    teacher = sum(len(words.split()) for who, words in source if who in ("T", "T 2"))
    share = talk_share(lesson.events(EventKind.NOTE)).of_talk
    assert (share.count, share.of) == (teacher, sum(len(words.split()) for _who, words in source))
    target = tmp_path / "typed.pdf"
    export_feedback(program.core, visit_id=lesson.visit_id, target=target, include_notes=True)
    assert appendix(target) == as_printed(as_stored(program, lesson.visit_id))
