"""Colleagues share through a folder: each at their own window, from the set-up to the last word of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from observe_app.services import also_written, notes, replies, steps, talk, turns, visits
from observe_app.ui.shared_folder.setup_view import Step
from tests.keyrings import memory_keyring
from tests.sharing_job_hands import AMINA, JONAS, KOFI, School
from tests.talk_job_hands import Talk
from tests.ui.window import CTRL, Key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from tests.sharing_job_hands import Seat

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

OPEN, UNUSED, HIDDEN = "Five breaths of waiting: psi", "A window stood open: omega", "I would have spoken: sampi"
PLANNED = "How long I wait: koppa"
CLAIM, SAID, LATER = "Silence is used", "Two answers came after it: kappa", ", mostly: stigma"
STEP = "Count to three before a name. Look at the back."
BY_JONAS, BY_AMINA = "Count to five before a name. Look at the back.", f"{STEP} Say it aloud."
TOGETHER = f"{BY_JONAS} Say it aloud."
DRAFT = "Nobody has seen this draft: qoppa"
ANSWER, TURN = "It was hard to wait: digamma", "We heard the girls at the back: heta"
PRIVATE = (UNUSED, HIDDEN, PLANNED, LATER)
"""What never leaves Jonas' computer in a form that somebody else can read."""


@pytest.fixture(autouse=True)
def _ring() -> Iterator[None]:
    with memory_keyring():
        yield


@pytest.fixture
def school(tmp_path: Path, _blank_database: Path, clock: FakeClock, qtbot: QtBot, qapp: QApplication) -> School:
    return School(tmp_path, _blank_database, clock, qtbot, qapp)


# --- what they do, one after the other -------------------------------------------------------------------------------


def set_up(school: School, *names: str) -> dict[str, str]:
    """Let these people take part in the folder; return their twelve words."""
    found = {}
    for name in names:
        with school.at(name) as seat:
            found[name] = seat.take_part(school.folder, name)
            assert len(found[name].split()) == 12
    return found


def write_up(jonas: Seat) -> str:
    """Visit Amina's lesson, turn a note into a claim, agree on a step; return the visit's id."""
    visit_id = jonas.visit_lesson(AMINA, PLANNED, (OPEN, UNUSED), HIDDEN)
    hands = Talk(jonas.program, visit_id)
    hands.pick(0)
    hands.send("s")
    hands.write(CLAIM, SAID)
    hands.add_step(STEP, "+7", "Tomorrow")
    return visit_id


def compare(seat: Seat, other: str) -> None:
    """Sit together: read both numbers, press "The same"."""
    seat.go("talk")
    row = seat.shown("compare_row")
    assert other in seat.words(row)
    seat.picture("04-compare")
    seat.press("compare_same", row)


def release(jonas: Seat) -> tuple[str, ...]:
    """Ask what would leave, release it; return who the sheet said will read it."""
    program = jonas.program
    jonas.go("talk")
    assert jonas.badge() == "Only you"
    jonas.press("release")
    sheet = program.part("release_sheet")
    program.wait(lambda: sheet.preview is not None and sheet.main_button.isEnabled())
    jonas.picture("05-release")
    told = sheet.readers.texts
    sheet.accept()
    program.wait(lambda: jonas.badge() != "Only you")
    program.wait(lambda: not program.desk.jobs.busy)
    jonas.picture("06-released")
    return told


def change_claim(jonas: Seat, visit_id: str) -> None:
    """Write on after the release; nobody but Jonas reads it before the next one."""
    hands = Talk(jonas.program, visit_id)
    (card,) = hands.tab.board.cards
    hands.tab.board.select(card)
    hands.write(LATER)
    (claim,) = talk.claims(jonas.program.core, visit_id)
    assert claim.title == f"{CLAIM}{LATER}"


def assert_sees_what_was_released(amina: Seat, visit_id: str, private: tuple[str, ...] = PRIVATE) -> None:
    """Today, the list, and each stage tell what was released, and nothing else anywhere in her data."""
    program = amina.program
    program.window.go("visits")
    assert AMINA in amina.words()
    amina.picture("08-amina-visits")
    seen = {}
    for stage in ("prepare", "observe", "talk", "follow_up"):
        amina.go(stage, visit_id)
        program.wait(lambda: not program.desk.jobs.busy)
        amina.picture(f"08-amina-{stage}")
        seen[stage] = amina.words()
        for words in private:
            assert words not in seen[stage], (stage, words)
    assert amina.badge() == "Observer and you"
    assert not program.window.current_page.tab.sent.acts.isVisible()
    assert "wrote the claims" in seen["talk"]
    assert CLAIM in seen["follow_up"]
    claims = talk.claims(program.core, visit_id)
    assert [(one.title, one.text) for one in claims] == [(CLAIM, SAID)]
    tab = amina.go("talk", visit_id)
    assert not tab.board.isEnabled()
    assert tab.conversation.isEnabled()


def answer(amina: Seat, visit_id: str) -> None:
    """Write the reply in the app, in her own words."""
    program = amina.program
    tab = amina.go("follow_up", visit_id)
    assert tab.replies.ways.type_button.text() == "Write your reply…"
    amina.press("type_reply")
    assert program.part("typed_reply_sheet").isVisible()
    program.tab_to("reply_overall")
    program.type(ANSWER)
    amina.picture("09-reply")
    amina.press("reply_done")
    program.wait(lambda: len(replies.of_visit(program.core, visit_id)) == 1)


def read_answer(jonas: Seat, visit_id: str) -> None:
    """Today says that a reply came; Follow up shows it beside the claims."""
    program = jonas.program
    program.window.go("today")
    program.wait(lambda: ANSWER in jonas.words())
    jonas.picture("10-jonas-today")
    jonas.press("read_arrived")
    program.wait(lambda: program.window.current_name == "visit")
    jonas.go("follow_up", visit_id)
    assert ANSWER in jonas.words()
    assert "entered by you" not in jonas.words().lower()
    jonas.picture("10-jonas-reply")
    (reply,) = replies.of_visit(program.core, visit_id)
    assert (reply.source, reply.overall) == ("app", ANSWER)


def edit_step(seat: Seat, visit_id: str, words: str) -> None:
    """Write over the one action step."""
    tab = seat.go("talk", visit_id)
    (row,) = tab.steps.rows
    row.text.setFocus()
    seat.program.wait(row.text.hasFocus)
    seat.program.press(Key.Key_A, CTRL)
    seat.program.type(words)
    seat.program.press(Key.Key_Escape)
    seat.program.wait(lambda: step_of(seat, visit_id) == words)


def step_of(seat: Seat, visit_id: str) -> str:
    (step,) = steps.of_visit(seat.program.core, visit_id)
    return step.text


def take_both(seat: Seat, visit_id: str) -> None:
    """Look at both versions, take both."""
    seat.go("talk", visit_id)
    seat.shown("also_mark").click()
    said = seat.words(seat.shown("also_dialog"))
    assert BY_JONAS in said
    assert BY_AMINA in said
    seat.picture(f"11-both-{seat.name}")
    seat.press("take_both")
    seat.program.wait(lambda: step_of(seat, visit_id) == TOGETHER)
    assert also_written.count(seat.program.core) == 0


def take_back(amina: Seat, visit_id: str) -> None:
    """Undo what was chosen: both stand there again."""
    amina.go("talk", visit_id).notes.list.setFocus()
    amina.program.press(Key.Key_Z, CTRL)
    amina.shown("also_mark")


def write_apart(school: School, visit_id: str) -> None:
    """Jonas and Amina write the same step without seeing each other; both are told, and whoever comes first chooses."""
    with school.at(JONAS) as jonas:
        edit_step(jonas, visit_id, BY_JONAS)
        jonas.exchange()
    with school.unplugged(), school.at(AMINA) as amina:
        edit_step(amina, visit_id, BY_AMINA)
        amina.program.desk.sync.ask_round()
        amina.program.wait(lambda: amina.rail() == "Not found")
        amina.picture("11-not-there")
    with school.at(AMINA) as amina:
        amina.exchange()
        amina.program.window.go("today")
        amina.program.wait(lambda: "Also written" in amina.words())
        amina.picture("11-amina-today")
        amina.go("talk", visit_id)
        amina.shown("also_mark")
        amina.picture("11-amina-mark")
    with school.at(JONAS) as jonas:
        jonas.exchange()
        jonas.go("talk", visit_id)
        jonas.shown("also_mark")
    with school.at(AMINA) as amina:
        take_both(amina, visit_id)
        amina.exchange()
    assert_together(school, JONAS, visit_id)
    with school.at(AMINA) as amina:
        take_back(amina, visit_id)
        amina.exchange()
    with school.at(JONAS) as jonas:
        jonas.exchange()
        take_both(jonas, visit_id)
        jonas.exchange()
    assert_together(school, AMINA, visit_id)


def assert_together(school: School, name: str, visit_id: str) -> None:
    with school.at(name) as seat:
        seat.exchange()
        assert step_of(seat, visit_id) == TOGETHER
        assert also_written.count(seat.program.core) == 0
        assert TOGETHER in words_of_steps(seat, visit_id)


def words_of_steps(seat: Seat, visit_id: str) -> str:
    return seat.words(seat.go("talk", visit_id).steps)


def add_coach(amina: Seat, visit_id: str) -> None:
    """Let Kofi in, by the badge."""
    amina.exchange()
    amina.go("follow_up", visit_id)
    amina.press("audience_badge")
    amina.picture("12-who-reads")
    amina.program.part("reader_edit").setFocus()
    amina.program.type(KOFI)
    amina.press("reader_add_coach")
    assert KOFI in amina.program.part("audience_sheet").said.text()
    amina.picture("12-coach-added")
    amina.program.press(Key.Key_Escape)
    amina.program.wait(lambda: amina.badge() == "Observer, you and 1 other")
    amina.exchange()


def remove_coach(amina: Seat, visit_id: str) -> None:
    """Take Kofi out; the screen says what he keeps. Then write on."""
    amina.go("talk", visit_id)
    amina.press("audience_badge")
    sheet = amina.program.part("audience_sheet")
    (button,) = [one for one in sheet.findChildren(QAbstractButton) if one.text() == "Remove"]
    button.click()
    assert "keeps what they received" in sheet.said.text()
    amina.picture("14-coach-removed")
    amina.program.press(Key.Key_Escape)
    amina.program.wait(lambda: amina.badge() == "Observer and you")
    amina.exchange()
    tab = amina.go("talk", visit_id)
    tab.conversation.begin_button.click()
    amina.program.wait(lambda: amina.program.part("turn_line").hasFocus())
    amina.program.say(TURN)
    amina.exchange()


def with_a_coach(school: School, visit_id: str) -> None:
    """Kofi joins, is let in and out again: what is written afterwards does not reach him."""
    set_up(school, KOFI)
    with school.at(AMINA) as amina:
        add_coach(amina, visit_id)
    with school.at(JONAS) as jonas:  # his words are his to hand on
        jonas.exchange()
        jonas.go("talk", visit_id)
        assert jonas.badge() == "Teacher, you and 1 other"
        jonas.exchange()
    with school.at(KOFI) as kofi:
        kofi.exchange()
        kofi.go("talk", visit_id)
        assert CLAIM in kofi.words()
        kofi.picture("13-coach")
        assert kofi.badge() == "You and 2 others"
    with school.at(AMINA) as amina:
        remove_coach(amina, visit_id)
    with school.at(KOFI) as kofi:
        kofi.exchange(2)
        kofi.go("talk", visit_id)
        assert CLAIM in kofi.words()
        kofi.picture("14-removed-coach")
        assert kofi.badge() == "No longer sent to you"
        assert "you keep what you received" in kofi.words()
    assert TURN.encode() not in school.bytes_of(school.data(KOFI), school.folder)
    with school.at(JONAS) as jonas:
        jonas.exchange()
        jonas.go("talk", visit_id)
        assert TURN in jonas.words()


def come_back(school: School, words: str, visit_id: str) -> None:
    """Jonas' laptop is lost: the twelve words and the folder bring everything back, drafts too."""
    with school.at(JONAS) as jonas:
        jonas.go("talk", visit_id)
        draft = visits.plan(jonas.program.core, teacher_id=None, start=school.clock.now(), focus=DRAFT)
        jonas.exchange()
    school.lose(JONAS)
    with school.at(JONAS) as jonas:
        view = jonas.shared.setup_view
        jonas.press("shared_words_known")
        jonas.choose_folder(school.folder)
        view.restore.words_edit.setFocus()
        jonas.program.type(words)
        jonas.picture("15-words", plain=False)
        view.restore.next_button.click()
        jonas.program.wait(lambda: view.step is Step.READY)
        jonas.picture("15-back")
        view.pane.next_button.click()
        jonas.exchange(2)
        jonas.program.window.go("today")
        jonas.picture("15-today")
        assert "visit came" not in jonas.words()
        core = jonas.program.core
        assert {row.id for row in visits.listing(core)} == {visit_id, draft.id}
        assert visits.get(core, draft.id).focus == DRAFT
        assert visits.get(core, visit_id).preparation == PLANNED
        assert [(note.text, note.private) for note in notes.stream(core, visit_id)] == [
            (OPEN, False), (UNUSED, False), (HIDDEN, True),
        ]  # fmt: skip
        (claim,) = talk.claims(core, visit_id)
        assert claim.title == f"{CLAIM}{LATER}"
        assert step_of(jonas, visit_id) == TOGETHER
        assert [turn.text for turn in turns.of_visit(core, visit_id)] == [TURN]
        assert [reply.overall for reply in replies.of_visit(core, visit_id)] == [ANSWER]
        jonas.go("talk", visit_id)
        assert jonas.badge() == "Teacher and you"
        jonas.picture("15-talk")


def erase(school: School, visit_id: str) -> None:
    """Erase the visit for good: on every computer and in the folder no byte of it is left."""
    with school.at(JONAS) as jonas:
        program = jonas.program
        program.window.go("visits")
        page = program.window.current_page
        page.select(visit_id)
        jonas.press("preview_delete")
        jonas.only_bin()
        page.select(visit_id)
        jonas.press("preview_erase")
        sheet = program.part("erase_sheet")
        jonas.picture("16-erase")
        sheet.box.click()
        sheet.name_edit.setFocus()
        program.type(AMINA)
        sheet.main.click()
        program.wait(lambda: "erased" in program.message())
        jonas.picture("16-erased")
        jonas.exchange(2)
    for name in (AMINA, KOFI, JONAS):
        with school.at(name, later=400) as seat:
            seat.exchange(2)
            seat.program.window.go("visits")
            seat.picture(f"16-{seat.name}")
            assert visit_id not in {row.id for row in visits.listing(seat.program.core)}
    places = [school.data(name) for name in (JONAS, AMINA, KOFI)]
    for words in (OPEN, CLAIM, SAID, ANSWER, TURN, TOGETHER, UNUSED, HIDDEN, LATER):
        for place in places:
            assert words.encode() not in school.bytes_of(place, school.folder), (words, place.name)


def test_a_visit_goes_to_its_teacher_and_the_answer_comes_back(school: School) -> None:
    words = set_up(school, JONAS, AMINA)
    with school.at(JONAS) as jonas:
        jonas.exchange()
        jonas.picture("03-jonas-shared")
        visit_id = write_up(jonas)
        compare(jonas, AMINA)
        told = release(jonas)
        assert AMINA in told[0]
        assert "own computer" in told[0]
        assert jonas.badge() == "Teacher and you"
        change_claim(jonas, visit_id)
        jonas.exchange()
    with school.at(AMINA) as amina:
        amina.exchange()
        amina.program.window.go("today")
        amina.program.wait(lambda: "1 visit came" in amina.words())
        assert JONAS in amina.words()
        amina.picture("07-amina-today")
        amina.press("look_came")
        assert amina.program.window.current_name == "visit"
        assert_sees_what_was_released(amina, visit_id)
        compare(amina, JONAS)
        answer(amina, visit_id)
        amina.exchange()
    for private in PRIVATE:
        assert private.encode() not in school.bytes_of(school.data(AMINA), school.folder), private
    with school.at(JONAS) as jonas:
        jonas.exchange()
        read_answer(jonas, visit_id)
    write_apart(school, visit_id)
    with_a_coach(school, visit_id)
    come_back(school, words[JONAS], visit_id)
    erase(school, visit_id)


def test_offline_for_days_both_write_and_all_of_it_comes_together(school: School) -> None:
    set_up(school, JONAS, AMINA)
    with school.at(JONAS) as jonas:
        jonas.exchange()
        visit_id = write_up(jonas)
        jonas.press("release")
        sheet = jonas.program.part("release_sheet")
        jonas.program.wait(lambda: sheet.preview is not None and sheet.main_button.isEnabled())
        assert "Is this the same Amina Diallo?" in jonas.words(sheet)
        jonas.picture("20-same-person")
        jonas.press("same_person", sheet)
        jonas.program.wait(lambda: "own computer" in sheet.readers.texts[0] and sheet.main_button.isEnabled())
        jonas.picture("20-linked")
        sheet.accept()
        jonas.program.wait(lambda: jonas.badge() == "Teacher and you")
        jonas.exchange()
    with school.at(AMINA) as amina:
        amina.exchange()
        assert step_of(amina, visit_id) == STEP
    with school.unplugged():
        for day, (name, words) in enumerate(((JONAS, "one"), (AMINA, "two"))):
            with school.at(name, later=86_400) as seat:
                add_step(seat, visit_id, f"Step {words}")
                seat.program.desk.sync.ask_round()
                seat.program.wait(lambda seat=seat: seat.rail() == "Not found")
                page = seat.shared
                seat.program.wait(lambda page=page: "Everything is saved here" in seat.words(page))
                seat.picture(f"21-away-{day + 1}")
                assert seat.program.message() == ""
    for name in (JONAS, AMINA, JONAS):
        with school.at(name) as seat:
            seat.exchange()
            assert seat.rail() == "Up to date"
    every = {STEP, "Step one", "Step two"}
    for name in (JONAS, AMINA):
        with school.at(name) as seat:
            assert {step.text for step in steps.of_visit(seat.program.core, visit_id)} == every
            assert also_written.count(seat.program.core) == 0
            seat.go("talk", visit_id)
            seat.picture(f"22-together-{seat.name}")


def add_step(seat: Seat, visit_id: str, words: str) -> None:
    """N begins a step wherever nobody writes."""
    seat.go("talk", visit_id).notes.list.setFocus()
    seat.program.press(Key.Key_N, text="n")
    seat.program.type(words)
    seat.program.press(Key.Key_Escape)
    seat.program.wait(lambda: words in {step.text for step in steps.of_visit(seat.program.core, visit_id)})


def test_a_folder_unplugged_in_the_middle_loses_nothing(school: School) -> None:
    set_up(school, JONAS)
    with school.at(JONAS) as jonas:
        visit_id = jonas.visit_lesson(AMINA, PLANNED, (OPEN,), HIDDEN)
        with school.unplugged():
            jonas.program.desk.sync.ask_round()
            jonas.program.wait(lambda: jonas.rail() == "Not found")
            hands = Talk(jonas.program, visit_id)
            hands.add_step(STEP, "+7", "Tomorrow")
            assert jonas.program.window.current_page.header.saved_state.isVisible()
            jonas.picture("23-away-talk")
        jonas.exchange()
        assert jonas.rail() == "Up to date"
        assert [step.text for step in steps.of_visit(jonas.program.core, visit_id)] == [STEP]
    for words in (OPEN, HIDDEN, PLANNED, STEP, AMINA):
        assert words.encode() not in school.bytes_of(school.folder)
