"""Interrupted at work: a reply dropped while words are being written, a window closed in the middle, two windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NotReleasable
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.visit import Stage
from observe_app.services import journals, releases, replies, steps, talk, turns, visits
from observe_app.services.core import close
from observe_app.services.pdf.render import render_bytes
from tests.services.reply_samples import filled
from tests.talk_job_hands import FollowUp, Observed, Talk, drop, dropped, observe, talked
from tests.ui.shots import theme_controller
from tests.ui.window import Key, Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock, first_run_done=True, paper="A4") as made:
        yield made


@pytest.fixture
def lesson(program: Program) -> Observed:
    """Return a lesson with a claim whose conversation has begun."""
    return talked(program.core)


@pytest.fixture
def reply(program: Program, lesson: Observed, tmp_path: Path) -> Path:
    """Release the lesson; return the PDF as it came back."""
    release = releases.release(program.core, visit_id=lesson.visit.id)
    pdf, _result = render_bytes(releases.document_of(release))
    path = tmp_path / "back.pdf"
    path.write_bytes(filled(pdf, {"words_1": "Yes."}, {1: "agree"}))
    return path


def take_in(program: Program, path: Path) -> None:
    """Drop a reply and take it in."""
    dropped(program, path)
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: program.window.current_page.stage is Stage.FOLLOW_UP)


def test_a_claim_that_is_being_written_is_kept_when_a_reply_is_dropped(
    program: Program, lesson: Observed, reply: Path
) -> None:
    hands = Talk(program, lesson.visit.id)
    hands.pick(2)
    hands.send("q")
    hands.to_claim()
    program.press(Key.Key_Return, text="\r")
    program.type("What if they had")
    take_in(program, reply)

    titles = {claim.title for claim in talk.claims(program.core, lesson.visit.id)}
    assert titles == {"Time to think", "What if they had"}


def test_a_turn_and_a_journal_that_are_being_written_are_kept_when_a_reply_is_dropped(
    program: Program, lesson: Observed, reply: Path
) -> None:
    page = FollowUp(program, lesson.visit.id)
    field = page.tab.journal.journal.rows[0].text
    field.setFocus()
    program.wait(field.hasFocus)
    program.type("I talked too")
    sheet = dropped(program, reply)
    sheet.accept()
    program.wait(lambda: program.desk.replies.sheet is None and program.message() != "")
    assert len(replies.of_visit(program.core, lesson.visit.id)) == 1
    program.window.go("today")
    assert [entry.text for entry in journals.of_visit(program.core, lesson.visit.id)] == ["I talked too"]

    hands = Talk(program, lesson.visit.id)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() == "turn_line")
    program.type("She would keep")
    program.window.go("today")
    assert turns.draft(program.core, lesson.visit.id)[1] == "She would keep"
    hands = Talk(program, lesson.visit.id)
    assert hands.tab.conversation.entry.words == "She would keep"


def test_a_reply_dropped_over_an_open_sheet_does_no_harm(program: Program, lesson: Observed, reply: Path) -> None:
    talk.add_claim(program.core, visit_id=lesson.visit.id, kind=ClaimKind.QUESTION, title="Who chose?")
    hands = Talk(program, lesson.visit.id)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
    program.wait(program.part("release").isEnabled)
    hands.press_button("release")
    sheet = program.part("correct_sheet")
    program.wait(lambda: sheet.preview is not None)
    if drop(program, reply):
        over = program.desk.replies.sheet
        assert over is not None
        program.wait(lambda: not over.bar.is_busy)
        over.accept()
        program.wait(lambda: program.desk.replies.sheet is None)
        assert len(replies.of_visit(program.core, lesson.visit.id)) == 1
    left = [one for one in program.window.findChildren(type(sheet)) if one.isVisible()]
    for one in left:
        one.reject()
    assert len(releases.of_visit(program.core, lesson.visit.id)) == 1


def test_closing_the_window_in_the_middle_keeps_every_word(
    qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock
) -> None:
    theme = theme_controller(qapp)
    first = Program(qtbot, data_folder, clock, theme)
    first.open()
    made = observe(first.core)
    first.core.settings.change(first_run_done=True)
    turns.start_talk(first.core, made.visit.id)
    hands = Talk(first, made.visit.id)
    hands.pick(0)
    hands.send("g")
    hands.to_claim()
    first.press(Key.Key_Return, text="\r")
    first.type("The next one")
    hands.to_notes()
    first.press(Key.Key_N, text="n")
    first.type("Count to")
    first.walk(Key.Key_F6, lambda focused: focused.objectName() == "turn_line")
    first.type("Half a sent")
    first.end()

    core = wire_core(data_folder, clock=clock)
    assert [claim.title for claim in talk.claims(core, made.visit.id)] == ["The next one"]
    assert [step.text for step in steps.of_visit(core, made.visit.id)] == ["Count to"]
    assert turns.draft(core, made.visit.id)[1] == "Half a sent"
    close(core)


def test_a_second_program_that_released_first_is_noticed(
    program: Program, lesson: Observed, data_folder: Path, clock: FakeClock
) -> None:
    hands = Talk(program, lesson.visit.id)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
    hands.press_button("release")
    sheet = program.part("release_sheet")
    program.wait(lambda: sheet.preview is not None and sheet.main_button.isEnabled())
    other = wire_core(data_folder, clock=clock)
    releases.release(other, visit_id=lesson.visit.id)
    close(other)

    sheet.main_button.click()
    program.wait(sheet.trouble.isVisible)

    assert "{" not in sheet.trouble.text()
    assert [one.number for one in releases.of_visit(program.core, lesson.visit.id)] == [1]
    sheet.reject()


def test_what_was_shown_is_what_leaves(program: Program, lesson: Observed) -> None:
    """Words written after the look at it do not slip along: it is shown anew, and asked again."""
    hands = Talk(program, lesson.visit.id)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
    hands.press_button("release")
    sheet = program.part("release_sheet")
    program.wait(lambda: sheet.preview is not None and sheet.main_button.isEnabled())
    other = wire_core(program.folder, clock=program.clock)
    talk.add_claim(other, visit_id=lesson.visit.id, kind=ClaimKind.QUESTION, title="So Peter Miller had to wait")
    close(other)

    sheet.main_button.click()
    program.wait(sheet.trouble.isVisible)

    assert releases.of_visit(program.core, lesson.visit.id) == ()
    assert "Look at what would leave now" in sheet.trouble.text()
    program.wait(lambda: sheet.preview.questions == 1 and sheet.main_button.isEnabled())
    assert sheet.names.isVisible()
    sheet.main_button.click()
    program.wait(lambda: len(releases.of_visit(program.core, lesson.visit.id)) == 1)


def test_a_visit_without_a_teacher_is_released_to_nobody(program: Program) -> None:
    core = program.core
    visit = visits.plan(core, start=core.clock.now())
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Kind words")
    hands = Talk(program, visit.id)

    assert not hands.tab.bar.release_button.isEnabled()
    with pytest.raises(NotReleasable):
        releases.release(core, visit_id=visit.id)
