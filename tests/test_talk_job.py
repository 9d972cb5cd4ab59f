"""From notes to a conversation, a release, a PDF, a reply and a correction: through the real window, by keys.

What the PDF says and what the record holds is compared with what was typed.
"""

from __future__ import annotations

import hashlib
import io
import logging
from typing import TYPE_CHECKING

import pypdf
import pytest
from icalendar import Calendar

from observe_app.domain.action_step import StepStatus
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.reply import Stance
from observe_app.domain.turn import Voice
from observe_app.domain.visit import Stage
from observe_app.services import backup, journals, next_visit, notes, releases, replies, steps, talk, turns, visits
from observe_app.ui.data_page import VisitTarget
from tests.services.pdf.reading import read
from tests.services.reply_samples import filled
from tests.talk_job_hands import (
    FOCUS,
    HIDDEN,
    RATING,
    TEACHER,
    FollowUp,
    Observed,
    Talk,
    dropped,
    name_file,
    observe,
    squeezed,
)
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, Key, Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.evidence import Claim

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

STRENGTH = ("Time to think was given", "At 1:06 S3 got it, and used it.")
GROWTH = ("The next one is named at once", "At 3:00 nobody had a second.")
QUESTION = "What would you do with Table 6?"
TURNS = (
    (Voice.TEACHER, "The middle felt long.", 0),
    (Voice.OBSERVER, "At 1:06 you waited.", 1),
    (Voice.BOTH, "We try the pause out.", 2),
)
"""Who said what, at which prompt."""
STEPS = (("Count to three before a name", "+7", "In the starter, tomorrow"), ("Name cards for pairs", "+9", "Once"))
LEARNED, JOURNAL = "Ask before I tell: qoppa.", "I talked too much: sampi."
STANCES = {1: "agree", 2: "different"}
ANSWERS = {
    "words_1": "Yes, and it was hard.", "words_2": "They knew the answer already.", "overall": "Worth the time.",
    "step": "The pause", "readers": "Mira Novak", "name": "Amina", "day": "25 March",
}  # fmt: skip
WHY = "S4 was named by mistake"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock, first_run_done=True, paper="A4") as made:
        yield made


@pytest.fixture
def lesson(program: Program) -> Observed:
    return observe(program.core)


def words_of(pdf: Path | bytes) -> str:
    source = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(source).pages))


# --- Talk ------------------------------------------------------------------------------------------------------------


def sort(hands: Talk) -> None:
    """Two notes for a strength, one for growth, one for a question; a view and a rating's evidence."""
    hands.pick(0, 1)
    hands.send("s")
    hands.write(*STRENGTH)
    hands.pick(2)
    hands.program.press(Key.Key_L, text="l")
    hands.pick(3)
    hands.send("g")
    hands.link_view("tag:open")
    hands.write(*GROWTH)
    hands.pick(5)
    hands.send("q")
    hands.write(QUESTION)
    hands.to_notes()
    hands.program.press(Key.Key_F, text="f")
    form = hands.tab.form_board
    hands.program.walk(Key.Key_F6, form.isAncestorOf)
    hands.program.walk(Key.Key_Tab, lambda focused: focused is form.cards[0])
    hands.pick(4)
    hands.program.press(Key.Key_L, text="l")
    hands.program.press(Key.Key_F, text="f")


def claim_of(program: Program, visit_id: str, kind: ClaimKind) -> Claim:
    """Return the one claim of a kind."""
    (found,) = [claim for claim in talk.claims(program.core, visit_id) if claim.kind is kind]
    return found


def narrow(hands: Talk) -> None:
    """Words in the search field leave what has them; Escape in the list shows all again."""
    notes_panel = hands.tab.notes
    whole = notes_panel.model.rowCount()
    hands.to_notes()
    hands.program.walk(Key.Key_Tab, lambda focused: focused is notes_panel.search)
    hands.program.type("S4")
    assert notes_panel.model.rowCount() < whole
    hands.program.press(Key.Key_Down)
    hands.program.press(Key.Key_Escape)
    assert notes_panel.model.rowCount() == whole
    assert notes_panel.search.text() == ""


def converse(hands: Talk, clock: FakeClock) -> None:
    """Begin, a turn at each of three prompts, end."""
    hands.program.walk(Key.Key_F6, lambda focused: focused.objectName() == "begin_talk")
    hands.program.press(Key.Key_Space, text=" ")
    hands.program.wait(lambda: hands.program.part("turn_line").hasFocus())
    entry = hands.tab.conversation.entry
    for voice, words, prompt in TURNS:
        while hands.tab.conversation.band.place.text() != f"{prompt + 1} of 5":
            hands.next_prompt()
        while entry.voice is not voice:
            hands.next_voice()
        clock.advance(seconds=90)
        hands.say(words)
    hands.program.walk(Key.Key_Backtab, lambda focused: focused.objectName() == "end_talk")
    hands.program.press(Key.Key_Space, text=" ")


def agree(hands: Talk, lesson: Observed, folder: Path) -> None:
    """Two steps, a third asked about; the earlier one closed by both; the next visit and its file."""
    program, panel = hands.program, hands.tab.steps
    row = panel.earlier.rows[0]
    hands.to_steps()
    program.walk(Key.Key_Tab, lambda focused: focused is row)
    hands.pick(1)
    program.press(Key.Key_L, text="l")
    hands.to_steps()
    program.walk(Key.Key_Tab, lambda focused: focused is row)
    for button in (row.teacher_button, row.observer_button, row.close_button):
        program.walk(Key.Key_Tab, lambda focused, wanted=button: focused is wanted)
        program.press(Key.Key_Space, text=" ")
    for step in STEPS:
        hands.add_step(*step)
    hands.to_notes()
    program.press(Key.Key_N, text="n")
    assert "Two are under way" in panel.ask_words.text()
    program.press(Key.Key_Space, text=" ")
    assert not panel.ask.isVisible()
    hands.press_button("agree_next")
    program.wait(lambda: program.part("next_date").hasFocus())
    program.type("2026-04-07")
    program.fill("next_time", "10:15")
    program.fill("next_focus", "The pause")
    program.press(Key.Key_Return, text="\r")
    hands.press_button("next_calendar")
    name_file(program, "calendar_dialog", folder / "next.ics")


def assert_talked(program: Program, lesson: Observed, folder: Path) -> None:
    """The record holds what was typed."""
    core, visit_id, events = program.core, lesson.visit.id, lesson.events
    strength, growth, question = (claim_of(program, visit_id, kind) for kind in ClaimKind)
    assert (strength.title, strength.text, strength.kind) == (*STRENGTH, ClaimKind.STRENGTH)
    assert strength.evidence == tuple(event.id for event in events[:3])
    assert (growth.title, growth.evidence, growth.views) == (GROWTH[0], (events[3].id,), ("tag:open",))
    assert (question.title, question.kind) == (QUESTION, ClaimKind.QUESTION)
    links = [(one.target_id, one.event_id) for one in talk.evidence(core, visit_id) if one.target_kind == "answer"]
    assert links == [(RATING, events[4].id)]
    said = turns.of_visit(core, visit_id)
    assert [(turn.voice, turn.text) for turn in said] == [(voice, words) for voice, words, _prompt in TURNS]
    assert len({turn.prompt for turn in said}) == 3
    visit = visits.get(core, visit_id)
    assert visit.talk_started is not None
    assert visit.talk_ended is not None
    agreed = steps.of_visit(core, visit_id)
    assert [(step.text, step.practice) for step in agreed] == [(text, practice) for text, _due, practice in STEPS]
    assert all(step.due is not None for step in agreed)
    earlier = steps.open_step(core, lesson.earlier.id).value
    assert (earlier.status, earlier.closed_visit_id) == (StepStatus.DONE, visit_id)
    following = next_visit.of_visit(core, visit)
    assert following is not None
    assert following.focus == "The pause"
    (event,) = Calendar.from_ical((folder / "next.ics").read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == following.start


# --- release ---------------------------------------------------------------------------------------------------------


def release(hands: Talk) -> None:
    """Ask, give the student's name another word, not yet; ask again, release."""
    program = hands.program
    for once_more in (False, True):
        program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
        hands.press_button("release")
        sheet = program.part("release_sheet")
        program.wait(lambda sheet=sheet: sheet.preview is not None and sheet.main_button.isEnabled())
        if once_more:
            assert not sheet.names.isVisible()
            assert sheet.preview.readers == (TEACHER,)
            assert TEACHER in sheet.readers.texts[0]
            assert "Nobody else" in sheet.readers.texts[1]
            program.walk(Key.Key_Tab, lambda focused: focused.objectName() == "release_now")
            program.press(Key.Key_Return, text="\r")
            program.wait(lambda: releases.latest(program.core, hands.visit_id) is not None)
            return
        program.wait(sheet.names.isVisible)
        edit = sheet.names.edits[0]
        program.walk(Key.Key_Tab, lambda focused, edit=edit: focused is edit)
        program.press(Key.Key_A, CTRL)
        program.say("S4")
        program.wait(lambda sheet=sheet: not sheet.names.isVisible())
        program.walk(Key.Key_Tab, lambda focused, sheet=sheet: focused is sheet.safe_button)
        program.press(Key.Key_Space, text=" ")
        assert releases.latest(program.core, hands.visit_id) is None
        assert not any("Peter Miller" in note.text for note in notes.stream(program.core, hands.visit_id))


def assert_worth_reading(pdf: Path) -> None:
    """Two pages with what was said, fields for the answer, a structure; nothing private."""
    reader = pypdf.PdfReader(pdf)
    fields = reader.get_fields() or {}
    asked = {"stance_1", "words_1", "stance_2", "words_2", "words_3", "overall", "step", "readers", "received"}
    assert asked <= set(fields)
    assert "stance_3" not in fields, "nobody agrees with a question"
    assert "words_4" not in fields
    assert "observe-reply.json" in reader.attachments
    text = words_of(pdf)
    for words in (*STRENGTH, *GROWTH, QUESTION, FOCUS, *(step[0] for step in STEPS)):
        assert squeezed(words) in text, words
    for words in (HIDDEN, LEARNED, JOURNAL, "qoppa", "sampi", "Peter Miller"):
        assert squeezed(words) not in text
        assert words.encode() not in pdf.read_bytes()
    roles = {element.role for element in read(pdf.read_bytes()).walk()}
    assert {"H1", "H2", "Form"} <= roles, roles


# --- the loop --------------------------------------------------------------------------------------------------------


def test_notes_become_a_conversation_a_pdf_and_an_answer_that_comes_back(
    program: Program, lesson: Observed, clock: FakeClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    core, visit_id = program.core, lesson.visit.id
    hands = Talk(program, visit_id)
    narrow(hands)
    sort(hands)
    converse(hands, clock)
    agree(hands, lesson, tmp_path)
    assert_talked(program, lesson, tmp_path)

    release(hands)
    program.wait(lambda: program.window.current_page.stage is Stage.FOLLOW_UP)
    page = FollowUp(program, visit_id)
    page.journal(LEARNED, learning=True)
    page.journal(JOURNAL)
    assert {entry.text for entry in journals.of_visit(core, visit_id)} == {LEARNED, JOURNAL}
    first = tmp_path / "feedback.pdf"
    page.save(first)
    (copy,) = releases.copies(core, visit_id)
    assert copy.sha256 == hashlib.sha256(first.read_bytes()).hexdigest()
    program.wait(lambda: len(page.tab.sent.rows) == 1)
    assert_worth_reading(first)

    answer(program, page, first, tmp_path)
    correct(program, lesson, clock, tmp_path, first)
    by_hand_and_withdrawn(program, visit_id)
    assert backup.check(core) == ()
    for words in (HIDDEN, LEARNED, JOURNAL, STRENGTH[1], TURNS[0][1], ANSWERS["words_2"]):
        assert words not in caplog.text, "what people write is in no log"


def answer(program: Program, page: FollowUp, pdf: Path, folder: Path) -> None:
    """Fill the PDF as the teacher, drop it on the window: looked at, taken in, side by side; Today tells it once."""
    core, visit_id = program.core, page.visit_id
    program.window.go("today")
    back = folder / "from Amina.pdf"
    back.write_bytes(filled(pdf.read_bytes(), ANSWERS, STANCES, received=True))
    sheet = dropped(program, back)
    assert sheet.who.text() == TEACHER
    assert replies.of_visit(core, visit_id) == ()
    program.walk(Key.Key_Tab, lambda focused: focused.objectName() == "reply_not_now")
    program.press(Key.Key_Space, text=" ")
    assert replies.of_visit(core, visit_id) == ()
    replies.import_reply(core, back)
    program.wait(lambda: program.window.rail.button("today").accessibleName() == "Today, 1 new")
    program.part("read_arrived").click()
    program.wait(lambda: program.window.current_name == "visit")
    program.wait(lambda: program.window.rail.button("today").accessibleName() == "Today")
    tab = program.window.current_page.tab
    assert [(line.left.title, line.right.word, line.right.text) for line in tab.replies.lines][:3] == [
        (STRENGTH[0], "Agrees", ANSWERS["words_1"]),
        (GROWTH[0], "Sees it differently", ANSWERS["words_2"]),
        (QUESTION, "", "–"),
    ]
    (reply,) = replies.of_visit(core, visit_id)
    assert [(point.stance, point.text) for point in reply.points] == [
        (Stance.AGREE, ANSWERS["words_1"]), (Stance.DIFFERENT, ANSWERS["words_2"]),
    ]  # fmt: skip
    assert reply.received
    assert replies.file_of(core, reply) == ("from Amina.pdf", back.read_bytes())
    assert [reader.name for reader in releases.readers(core, visit_id)] == ["Mira Novak"]
    again = dropped(program, back)
    assert again.main_button is not None
    assert again.main_button.text() == "Show it"
    again.reject()


def correct(program: Program, lesson: Observed, clock: FakeClock, folder: Path, first: Path) -> None:
    """Change a claim, release revision 2 with a reason; its PDF says so; the old one is still there."""
    core, visit_id = program.core, lesson.visit.id
    clock.advance(seconds=3600)
    hands = Talk(program, visit_id)
    growth = claim_of(program, visit_id, ClaimKind.GROWTH)
    card = hands.tab.board.card_of(growth.id)
    program.walk(Key.Key_F6, hands.tab.board.isAncestorOf)
    program.walk(Key.Key_Tab, lambda focused: focused is card)
    program.press(Key.Key_Return, text="\r")
    program.press(Key.Key_End)
    program.type(", mostly")
    program.press(Key.Key_Escape)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
    program.wait(lambda: program.part("release").isEnabled())
    hands.press_button("release")
    sheet = program.part("correct_sheet")
    program.wait(lambda: sheet.preview is not None)
    program.wait(lambda: not sheet.main_button.isEnabled())
    program.tab_to("correct_why")
    program.type(WHY)
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: len(releases.of_visit(core, visit_id)) == 2)
    page = FollowUp(program, visit_id)
    second = folder / "second.pdf"
    page.save(second)
    text = words_of(second)
    for words in (WHY, f"{GROWTH[0]}, mostly", ANSWERS["words_1"], ANSWERS["words_2"], ANSWERS["overall"]):
        assert squeezed(words) in text, words
    old, new = releases.of_visit(core, visit_id)
    assert (old.number, new.number, new.why) == (1, 2, WHY)
    assert GROWTH[0] in old.document
    assert f"{GROWTH[0]}, mostly" not in old.document
    assert not releases.can_take_back(core, visit_id)
    late = folder / "late.pdf"
    late.write_bytes(filled(first.read_bytes(), {"words_1": "After a night."}, {1: "partly"}))
    look = dropped(program, late)
    assert look.found is not None
    assert look.found.old_revision
    assert look.main_button is not None
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: len(replies.of_visit(core, visit_id)) == 2)
    tab = program.window.current_page.tab
    program.wait(lambda: "The reply answers revision 1; revision 2 is newer." in tab.replies.note.text())


def by_hand_and_withdrawn(program: Program, visit_id: str) -> None:
    """Type what the teacher said on the phone, then withdraw; a taking back is not offered."""
    core = program.core
    program.part("type_reply").click()
    program.tab_to("reply_overall")
    program.type("By phone: thank you")
    program.press(Key.Key_Escape)
    program.wait(lambda: len(replies.of_visit(core, visit_id)) == 3)
    typed = replies.of_visit(core, visit_id)[0]
    assert (typed.source, typed.overall, typed.number) == ("typed", "By phone: thank you", 2)
    acts = program.window.current_page.tab.sent.acts
    assert acts.take_back_button.isHidden()
    acts.withdraw_button.click()
    program.wait(lambda: program.part("withdraw_sheet").isVisible())
    program.tab_to("withdraw_why")
    program.type("The wrong class")
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: len(releases.of_visit(core, visit_id)) == 3)
    tab = program.window.current_page.tab
    program.wait(lambda: "Withdrawn in revision 3: The wrong class" in tab.replies.note.text())
    offered = tab.preview.choices.which_button.menu().actions()
    (first,) = [entry for entry in offered if entry.text().startswith("Revision 1")]
    first.trigger()
    program.wait(lambda: tab.preview.sheet.wanted.release is not None and tab.preview.sheet.wanted.release.number == 1)
    assert squeezed(f"{GROWTH[0]}, mostly") not in words_of(tab.preview.sheet.pdf)
    assert squeezed(GROWTH[0]) in words_of(tab.preview.sheet.pdf)


def test_after_a_restart_all_of_it_is_there(
    qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock, tmp_path: Path
) -> None:
    theme = theme_controller(qapp)
    first = Program(qtbot, data_folder, clock, theme)
    first.open()
    made = observe(first.core)
    first.core.settings.change(first_run_done=True, paper="A4")
    visit_id = made.visit.id
    claim = talk.add_claim(
        first.core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title=STRENGTH[0], evidence=(made.events[0].id,)
    )
    turns.start_talk(first.core, visit_id)
    turns.add(first.core, visit_id=visit_id, voice=Voice.TEACHER, text="It felt long")
    steps.add(first.core, visit_id=visit_id, text=STEPS[0][0])
    journals.add(first.core, visit_id=visit_id, text=JOURNAL)
    releases.release(first.core, visit_id=visit_id)
    page = FollowUp(first, visit_id)
    target = tmp_path / "given.pdf"
    page.save(target)
    back = tmp_path / "back.pdf"
    back.write_bytes(filled(target.read_bytes(), {"words_1": "Yes."}, {1: "agree"}))
    sheet = dropped(first, back)
    sheet.accept()
    first.wait(lambda: len(replies.of_visit(first.core, visit_id)) == 1)
    first.wait(lambda: replies.unseen(first.core) == ())
    first.end()

    again = Program(qtbot, data_folder, clock, theme)
    again.open()
    talked = Talk(again, visit_id)
    assert [card.claim_id for card in talked.tab.board.cards] == [claim.id]
    assert [row.text.text() for row in talked.tab.conversation.rows] == ["It felt long"]
    assert talked.tab.conversation.is_running
    assert [row.text.text() for row in talked.tab.steps.rows] == [STEPS[0][0]]
    assert [row.text.text() for row in talked.tab.steps.earlier.rows] == ["Wait for five breaths"]
    page = FollowUp(again, visit_id)
    assert page.pairs()[0] == (STRENGTH[0], "Agrees", "Yes.")
    assert len(page.tab.sent.rows) == 1
    assert [row.text.text() for row in page.tab.journal.journal.rows] == ["", JOURNAL]
    assert again.window.rail.button("today").accessibleName() == "Today"
    again.desk.go_to_visit(VisitTarget(visit_id, "follow_up"))
    again.end()
