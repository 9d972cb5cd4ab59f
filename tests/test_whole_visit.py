"""The main job: a lesson typed through the real window as keys, talked about, and handed over as a PDF.

What the PDF says is compared with what was typed, not with what the program stored.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.note_line import clock_text, parse_note_line
from observe_app.domain.visit import Stage
from observe_app.services import answers, backup, notes, talk, visits
from observe_app.services import demo_lesson as lesson
from observe_app.services.exchange.notes_in import import_notes
from observe_app.services.pdf import export_feedback
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import theme_controller
from tests.ui.window import ALT, CTRL, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

REAL = Path(__file__).parents[2] / "shared" / "data" / "talkmoves"
LESSONS = sorted(REAL.glob("*.xlsx")) if REAL.is_dir() else []
SHORTEST = REAL / "Boats and Fish 2_Grade 4.xlsx"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, clock, theme)
    yield made
    made.end()


def seconds(time: str) -> int:
    minutes, rest = time.split(":")
    return 60 * int(minutes) + int(rest)


def squeezed(text: str) -> str:
    """Return the text without white space, which line breaks change."""
    return "".join(text.split())


def pdf_text(path: Path) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def assert_in_order(text: str, pieces: Sequence[str]) -> None:
    """Every piece stands in the text, each after the one before."""
    place = 0
    for piece in pieces:
        found = text.find(squeezed(piece), place)
        assert found >= 0, f"{piece!r} does not follow {text[max(0, place - 60) : place]!r}"
        place = found + len(squeezed(piece))


def plan(program: Program) -> str:
    """Plan a visit with the keyboard; return its id."""
    program.press(Key.Key_N, CTRL)
    (row,) = visits.listing(program.core)
    for name, words in (
        ("visit_teacher", lesson.TEACHER),
        ("visit_class_name", "Year 8 B"),
        ("visit_subject", "Mathematics"),
        ("visit_topic", "Adding fractions"),
        ("visit_minutes", "50"),
        ("visit_focus", lesson.FOCUS),
        ("visit_looking_for", lesson.LOOKING_FOR),
    ):
        program.fill(name, words)
    return row.id


def choose_form(program: Program, form_id: str) -> None:
    """Go through the forms with the arrow until this one has the keyboard."""
    program.tab_to("form_none")
    for _ in range(10):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == f"form_{form_id}":
            return
        program.press(Key.Key_Down)
    raise AssertionError(form_id)


def start_lesson(program: Program) -> None:
    program.press(Key.Key_Return, CTRL, "\r")
    program.wait(lambda: QApplication.focusWidget().objectName() == "note_edit")


def write_notes(program: Program, clock: FakeClock, lines: Sequence[tuple[str, str]]) -> None:
    """Type the lines at their lesson times; a "*" in front stars the note after it was kept."""
    began = clock.now()
    for time, line in lines:
        clock.advance(seconds=(began + timedelta(seconds=seconds(time)) - clock.now()).total_seconds())
        program.say(line.removeprefix("*"))
        if line.startswith("*"):
            program.say("*")


def end_lesson(program: Program) -> None:
    page = program.window.current_page
    page.tab.foot.end_button.click()
    page.tab.foot.yes_button.click()
    program.wait(lambda: page.stage is Stage.TALK)


def claim(program: Program, kind: ClaimKind, title: str, note: int) -> None:
    """Pick a note, send it to a column by its key, and write the claim's heading."""
    tab = program.window.current_page.tab
    tab.notes.list.setFocus()
    tab.notes.list.setCurrentIndex(tab.notes.model.index(note, 0))
    program.press(Key({ClaimKind.STRENGTH: ord("S"), ClaimKind.GROWTH: ord("G")}[kind]), text=kind.value[0])
    (made,) = (one for one in talk.claims(program.core, tab_visit(program)) if not one.title)
    talk_card = next(card for card in tab.board.findChildren(object) if getattr(card, "claim_id", "") == made.id)
    program.qtbot.keyClick(talk_card, Key.Key_Return)
    program.qtbot.keyClicks(talk_card.title, title)
    assert tab.leave()
    tab.activate()


def step(program: Program, number: int, text: str, due: str) -> None:
    tab = program.window.current_page.tab
    tab.notes.list.setFocus()
    program.press(Key.Key_N, text="n")
    row = tab.steps.rows[number]
    program.qtbot.keyClicks(row.text, text)
    row.due.line.setFocus()
    program.qtbot.keyClicks(row.due.line, due)
    assert tab.leave()
    tab.activate()


def tab_visit(program: Program) -> str:
    found = program.window.current_page.undo_scope()
    assert found is not None
    return found


def stream_lines(core: Core, visit_id: str) -> list[tuple[int, str, str, tuple[str, ...]]]:
    return [(one.offset_ms, one.speaker, one.text, one.tags) for one in notes.stream(core, visit_id)]


def test_a_visit_from_the_plan_to_the_pdf(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    program.open()
    introduced(program.core)
    program.window.go("today")
    visit_id = plan(program)
    choose_form(program, lesson.FORM)
    start_lesson(program)

    write_notes(program, clock, lesson.NOTES)
    program.press(Key.Key_R, ALT, "r")
    program.type("4")
    program.press(Key.Key_T, ALT, "t")
    program.type("3")
    core = program.core
    expected = []
    for time, line in lesson.NOTES:
        read = parse_note_line(line.removeprefix("*"))
        expected.append((seconds(time) * 1000, read.speaker, read.text, read.tags))
    assert stream_lines(core, visit_id) == expected
    starred = [one.text for one in notes.stream(core, visit_id) if one.starred]
    assert starred == [parse_note_line(line[1:]).text for _time, line in lesson.NOTES if line.startswith("*")]
    given = answers.all_of(core, visit_id)
    assert (given["respect"].value, given["time"].value) == (4, 3)

    clock.advance(seconds=600)
    end_lesson(program)
    claim(program, ClaimKind.STRENGTH, "Wrong answers were put to work", 5)
    claim(program, ClaimKind.GROWTH, "More time after a question", 12)
    step(program, 0, "Wait for five breaths", "+10")
    step(program, 1, "Use the name sticks", "+17")
    target = tmp_path / "feedback.pdf"
    program.press(Key.Key_4, CTRL | ALT, "4")
    tab = program.window.current_page.tab
    with program.qtbot.waitSignal(tab.exported, timeout=20_000):
        tab.save_to(target)

    visit = visits.get(core, visit_id)
    assert (visit.teacher, visit.stage, visit.class_name) == (lesson.TEACHER, Stage.FOLLOW_UP, "Year 8 B")
    assert [(one.text, one.due) for one in talk.steps(core, visit_id)] == [
        ("Wait for five breaths", date(2026, 3, 20)),
        ("Use the name sticks", date(2026, 3, 27)),
    ]
    text = pdf_text(target)
    assert len(pypdf.PdfReader(target).pages) == 2
    for words in (lesson.TEACHER, lesson.OBSERVER, lesson.FOCUS, "Wrong answers were put to work", "20 March"):
        assert squeezed(words) in text
    whole = tmp_path / "whole.pdf"
    export_feedback(core, visit_id=visit_id, target=whole, include_notes=True)
    place = pdf_text(whole).rindex(squeezed(lesson.NOTES[0][1].removeprefix("T ")))
    assert_in_order(pdf_text(whole)[place:], [read[2] for read in expected])
    assert backup.check(core) == ()


# --- real lessons --------------------------------------------------------------------------------


def sentences(path: Path) -> list[tuple[str, str]]:
    """Return (speaker cell, sentence) of a transcript, read without our own reader."""
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        rows = list(book.active.iter_rows(values_only=True))
    who, what = rows[0].index("Speaker"), rows[0].index("Sentence")
    return [(str(row[who] or ""), " ".join(str(row[what]).split())) for row in rows[1:] if row[what]]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_real_lesson_is_in_with_every_word(core: Core, path: Path) -> None:
    source = sentences(path)

    result = import_notes(core, path=path)

    stored = notes.stream(core, result.visit_id)
    assert result.events == len(source)
    assert [" ".join(one.text.split()) for one in stored] == [text for _who, text in source]
    assert {one.speaker for one, (who, _text) in zip(stored, source, strict=True) if who == "T"} == {"T"}


@pytest.mark.skipif(not SHORTEST.exists(), reason="no transcribed lessons at hand")
def test_a_real_lesson_typed_through_the_window_comes_out_of_the_pdf_word_for_word(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    program.open()
    introduced(program.core)
    program.window.go("today")
    program.press(Key.Key_Return, CTRL, "\r")
    program.wait(lambda: QApplication.focusWidget().objectName() == "note_edit")
    numbers: dict[str, str] = {}
    typed = []
    for who, text in sentences(SHORTEST):
        speaker = "T" if who == "T" else f"S{numbers.setdefault(who, str(len(numbers) + 1))}"
        typed.append((speaker, text))
    lines = [(clock_text(number * 20_000), f"{who} {text}") for number, (who, text) in enumerate(typed)]

    write_notes(program, clock, lines)

    visit_id = tab_visit(program)
    stored = notes.stream(program.core, visit_id)
    assert [(one.speaker, one.text) for one in stored] == typed
    assert [one.offset_ms for one in stored] == [number * 20_000 for number in range(len(typed))]
    end_lesson(program)
    target = tmp_path / "lesson.pdf"
    export_feedback(program.core, visit_id=visit_id, target=target, include_notes=True)
    assert_in_order(pdf_text(target), [text for _who, text in typed])
