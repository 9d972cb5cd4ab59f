"""Seating plan, privacy blank, key card, own keys and film in the lesson, through the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from observe_app.domain.event import EventKind
from observe_app.domain.key_table import with_key
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.domain.timeline import timers
from observe_app.services import film as films
from observe_app.services import seating, visits
from observe_app.ui.theme import ThemeChoice
from tests.film_file import make_film
from tests.live_job_hands import Lesson, has_keyboard, planned, shown
from tests.ui.shots import theme_controller
from tests.ui.window import ALT, CTRL, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

LEFT = Qt.MouseButton.LeftButton

# The offscreen platform has no keyboard to grab; popups work without. A machine without sound or graphics plays all the
# same; what it lacks, Qt says as a warning.
pytestmark = pytest.mark.qt_log_ignore(
    "does not support grabbing the keyboard", "PulseAudio", "No RHI backend", "Couldn.t (load|resolve)", extend=True
)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, clock, theme)
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()
    theme.set_text_size(100)


def begin(program: Program, clock: FakeClock, form: str = "", **more: object) -> Lesson:
    lesson = planned(program, clock, form=form, minutes=50, **more)
    lesson.start()
    return lesson


def spoken(lesson: Lesson) -> list[tuple[str, str, int]]:
    return [(one.speaker, one.to, one.offset_ms // 1000) for one in lesson.events(EventKind.TALLY) if one.seat]


# --- seats -----------------------------------------------------------------------------------------------------------


def test_a_plan_is_typed_and_who_speaks_is_recorded_by_keys_and_clicks(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation", class_name="8 B")
    lesson.at("00:30")
    program.say("/seats")
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: program.window.findChild(QWidget, "plan_editor") is not None)
    program.type("5 6")
    program.press(Key.Key_Return, text="\r")
    program.press(Key.Key_Return, text="\r")
    program.window.activateWindow()  # as a window system does when a sheet has gone
    plan = seating.plan_of(program.core, lesson.visit_id)
    assert plan is not None
    assert len(plan.seats) == 30

    seats = lesson.tab.seats
    program.wait(seats.entry.hasFocus)
    lesson.at("01:00")
    program.type("7")
    lesson.at("01:04")
    program.say(" 9")
    lesson.at("01:20")
    program.say("t7")
    lesson.at("01:30")
    QTest.mouseClick(seats.room.button("s12"), LEFT)
    lesson.at("01:40")
    QTest.mouseClick(seats.room.button("s3"), LEFT)
    assert spoken(lesson) == [("S7", "S9", 60), ("T", "S7", 80), ("S12", "", 90), ("S3", "", 100)]
    lesson.undo()
    assert spoken(lesson)[-1] == ("S12", "", 90)
    program.type("Ben whispers")
    assert has_keyboard("note_edit")
    program.press(Key.Key_Return, text="\r")
    assert lesson.noted() == [("01:40", "", "Ben whispers", ())]
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    assert not lesson.tab.shows_seats
    assert has_keyboard("note_edit")


def test_an_item_that_is_answered_beside_the_seats_is_seen(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    seating.set_plan(program.core, visit_id=lesson.visit_id, plan=rows_and_columns(4, 6))
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    panel = lesson.tab.form_panel
    assert not panel.isVisible()
    lesson.alt("r")
    assert panel.isVisible()
    program.type("3")
    assert not panel.isVisible()
    assert has_keyboard("note_edit")
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    assert panel.isVisible()


def regions_walked(lesson: Lesson, presses: int = 8) -> list[str]:
    """Press F6 and say where it comes to."""
    tab, found = lesson.tab, []
    for _ in range(presses):
        lesson.program.press(Key.Key_F6)
        focused = QApplication.focusWidget()
        places = {"form": tab.form_panel, "seats": tab.seats, "codes": tab.board, "notes": tab.pane.view}
        places |= {"line": tab.line, "codes line": tab.codes_line, "film": tab.film}
        inside = [name for name, part in places.items() if part is not None and (
            part is focused or part.isAncestorOf(focused))]  # fmt: skip
        found.append(inside[0] if inside else focused.objectName() if focused is not None else "nothing")
    return found


@pytest.mark.parametrize("percent", [100, 150])
def test_f6_walks_through_form_and_notes_and_back_to_the_line(program: Program, clock: FakeClock, percent: int) -> None:
    program.desk.apply_text_size(percent)
    lesson = begin(program, clock, "general-peer-observation")
    program.window.resize(1024, 768)
    program.wait(lambda: lesson.tab.width() < 1024)
    assert lesson.tab.is_narrow is (percent == 150)
    program.say("one note")
    assert regions_walked(lesson, 6) == ["form", "notes", "line"] * 2
    for presses in (1, 2):
        for _ in range(presses):
            program.press(Key.Key_F6)
        assert lesson.tab.form_panel.isVisible() is (percent == 100 or presses == 1)
        program.press(Key.Key_Escape)
        assert has_keyboard("note_edit")
        assert lesson.tab.form_panel.isVisible() is (percent == 100)


def test_f6_walks_through_codes_and_seats_too(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "copus")
    program.say("one note")
    assert regions_walked(lesson, 3) == ["codes", "notes", "line"]
    program.press(Key.Key_Escape)
    assert regions_walked(lesson, 3) == ["codes", "notes", "codes line"]
    program.press(Key.Key_Space, text=" ")
    program.say("/seats")
    assert lesson.tab.shows_seats
    assert "seats" in regions_walked(lesson, 6)


# --- the blank, the card, own keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["general-peer-observation", "copus"])
def test_the_blank_in_the_middle_of_a_word_loses_nothing(program: Program, clock: FakeClock, form: str) -> None:
    lesson = begin(program, clock, form)
    lesson.at("01:00")
    program.type("T half a wo")
    program.press(Key.Key_F12)
    assert program.window.blank.is_covering
    program.type("strangers type")
    program.press(Key.Key_Return, text="\r")
    lesson.alt("q")
    lesson.at("02:00")
    program.press(Key.Key_F12)
    assert not program.window.blank.is_covering
    assert has_keyboard("note_edit")
    program.say("rd")
    assert lesson.noted() == [("01:00", "T", "half a word", ())]
    assert lesson.events(EventKind.INTERVAL) == []
    assert lesson.tab.live.clock.elapsed_ms() == 120_000


def test_f1_shows_the_keys_of_the_form_and_gives_the_line_back(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "copus")
    program.type("half")
    program.press(Key.Key_F1)
    program.wait(lambda: program.window.findChild(QWidget, "key_card") is not None)
    program.press(Key.Key_Escape)
    program.window.activateWindow()  # as a window system does when a sheet has gone
    program.wait(lambda: has_keyboard("note_edit"))
    program.say(" a line")
    assert [one[2] for one in lesson.noted()] == ["half a line"]


def test_keys_of_ones_own_count_in_the_lesson_that_is_open(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "talk-and-participation")
    program.type("half a li")
    settings = program.core.settings
    program.window.go("settings")
    rows = with_key(settings.get().keys, "talk-and-participation", "teacher-talk", "F7")
    settings.change(keys=with_key(with_key(rows, "", "pause", "Ctrl Shift D"), "", "blank", "Ctrl B"))
    program.desk.apply_keys()
    shown(program, clock, lesson.visit_id)
    lesson.at("01:00")
    assert lesson.tab.line.typed == "half a li"
    lesson.function(7)
    states = timers(lesson.tab.live.form.items, lesson.events())
    assert states["teacher-talk"].running_since == 60_000
    lesson.function(2)
    assert states == timers(lesson.tab.live.form.items, lesson.events())
    program.press(Key.Key_D, CTRL | SHIFT, "\x04")
    assert lesson.tab.live.paused_since == 60_000
    program.press(Key.Key_P, CTRL | SHIFT, "\x10")
    assert lesson.tab.live.paused_since == 60_000
    program.press(Key.Key_B, CTRL, "\x02")
    assert program.window.blank.is_covering
    program.press(Key.Key_B, CTRL, "\x02")
    assert not program.window.blank.is_covering
    program.say("ne")
    assert [one[2] for one in lesson.noted()] == ["half a line"]


# --- film ------------------------------------------------------------------------------------------------------------


def open_film(lesson: Lesson, path: Path) -> None:
    """Say /video, who agreed, and which file."""
    program = lesson.program
    program.say("/video")
    program.wait(lambda: program.window.findChild(QWidget, "consent_sheet") is not None)
    program.tab_to("consent_text")
    program.type("A. Diallo on 3 March")
    program.tab_to("consent_given")
    program.press(Key.Key_Space, text=" ")
    dialog = lesson.tab.film.findChild(QFileDialog, "film_dialog")
    program.wait(dialog.isVisible)
    program.wait(dialog.findChild(QLineEdit, "fileNameEdit").hasFocus)
    program.press(Key.Key_A, CTRL)
    program.say(str(path))
    program.wait(lambda: lesson.tab.film.player is not None and lesson.tab.film.slider.maximum() == 8000)
    program.window.activateWindow()  # as a window system does when its dialog has gone
    program.wait(lambda: has_keyboard("note_edit"))


def film_at(lesson: Lesson, ms: int) -> None:
    program = lesson.program
    program.wait(lambda: lesson.tab.film.position_ms == ms)


def click_note(lesson: Lesson, row: int) -> None:
    view = lesson.tab.pane.view
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def test_a_filmed_lesson_is_noted_at_the_films_time_and_a_click_goes_there(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    lesson.at("20:00")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    film = lesson.tab.film
    assert visits.get(program.core, lesson.visit_id).video_consent == "A. Diallo on 3 March"

    film.jump(2000)
    film_at(lesson, 2000)
    program.say("T asks")
    program.press(Key.Key_L, CTRL, "\x0c")
    film_at(lesson, 7000)
    program.say("S4 answers")
    assert lesson.noted() == [("00:02", "T", "asks", ()), ("00:07", "S4", "answers", ())]
    click_note(lesson, 0)
    film_at(lesson, 2000)
    film.jump(1000)
    film_at(lesson, 3000)
    click_note(lesson, 0)
    film_at(lesson, 2000)
    program.press(Key.Key_Escape)
    assert has_keyboard("note_edit")

    lesson.at("21:00")
    QTest.mouseClick(film.close_button, LEFT)
    assert not lesson.tab.shows_film
    assert has_keyboard("note_edit")
    program.say("after the film")
    assert lesson.noted()[-1] == ("21:00", "", "after the film", ())
    assert lesson.tab.live.clock.elapsed_ms() == lesson.now


def test_a_visit_that_is_opened_again_has_its_film(
    program: Program, clock: FakeClock, qapp: QApplication, qtbot: QtBot, data_folder: Path, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock)
    path = make_film(tmp_path / "lesson.avi")
    open_film(lesson, path)
    lesson.tab.film.jump(4000)
    film_at(lesson, 4000)
    program.press(Key.Key_Space, CTRL | SHIFT, " ")
    program.wait(lambda: lesson.tab.film.position_ms > 4100)
    program.press(Key.Key_Space, CTRL | SHIFT, " ")
    lesson.tab.film.begins_button.click()
    begins = films.of_visit(program.core, lesson.visit_id).starts_ms
    other = planned(program, clock, teacher="Ben Okafor")
    assert not other.tab.shows_film
    other.start()
    program.say("elsewhere")
    assert [one[0] for one in other.noted()] == ["00:00"]
    program.end()

    again = Program(qtbot, data_folder, clock, theme_controller(qapp))
    again.open()
    try:
        lesson = shown(again, clock, lesson.visit_id)
        again.wait(lambda: lesson.tab.film is not None and lesson.tab.film.slider.maximum() == 8000)
        assert lesson.tab.live.clock.elapsed_ms() == begins
        lesson.tab.film.jump(6000)
        film_at(lesson, 6000)
        again.say("in the film")
        assert lesson.events(EventKind.NOTE)[0].offset_ms == 6000 + begins
        assert path.stat().st_size > 1000
    finally:
        again.end()


def test_only_a_person_moves_the_film_to_a_note(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    film = lesson.tab.film
    for ms, words in ((1000, "first"), (5000, "second")):
        film.jump(ms - film.position_ms)
        film_at(lesson, ms)
        program.say(words)
    film.jump(1000)
    film_at(lesson, 6000)
    lesson.to_stream()
    QApplication.processEvents()
    assert film.position_ms == 6000
    program.press(Key.Key_Up)
    film_at(lesson, 1000)


def test_the_blank_hides_the_film_and_a_click_on_it_leaves_the_keyboard(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    film = lesson.tab.film
    surface = program.part("film_surface")

    def middle() -> str:
        window = program.window
        return window.grab().toImage().pixelColor(surface.mapTo(window, surface.rect().center())).name()

    black = "#000000"
    program.wait(lambda: middle() not in (black, program.window.palette().window().color().name()))
    seen = middle()
    QTest.mouseClick(surface, LEFT)
    assert has_keyboard("note_edit")
    assert not surface.internalWinId() or surface.internalWinId() == program.window.winId()
    program.press(Key.Key_F12)
    assert middle() != seen
    program.press(Key.Key_F12)
    assert middle() == seen
    film.close_film()


def test_the_lessons_own_clock_goes_on_behind_the_film(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    lesson.at("20:00")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    lesson.tab.film.jump(3000)
    film_at(lesson, 3000)
    lesson.at("25:00")
    lesson.tab.lesson.tick()
    program.press(Key.Key_1, CTRL | ALT, "1")
    program.press(Key.Key_2, CTRL | ALT, "2")
    lesson.at("26:00")
    assert lesson.tab.live.clock.elapsed_ms() == 3000
    QTest.mouseClick(lesson.tab.film.close_button, LEFT)
    assert lesson.tab.live.clock.elapsed_ms() == lesson.now == 1_560_000
    assert lesson.asked == ""


def test_codes_are_ticked_where_the_film_stands(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "copus")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    films.line_up(program.core, visit_id=lesson.visit_id, starts_ms=235_000)
    shown(program, clock, planned(program, clock, teacher="Ben Okafor").visit_id)
    shown(program, clock, lesson.visit_id)
    program.wait(lambda: lesson.tab.film.slider.maximum() == 8000)
    lesson.alt(lesson.tab.board.codes.toggles["I.Lec"].key)
    assert lesson.tab.board.shown == 1
    lesson.tab.film.jump(6000)
    film_at(lesson, 6000)
    program.wait(lambda: lesson.tab.board.shown == 2)
    lesson.alt(lesson.tab.board.codes.toggles["I.PQ"].key)
    lesson.tab.film.jump(-6000)
    film_at(lesson, 0)
    program.wait(lambda: lesson.tab.board.shown == 1)
    lesson.alt(lesson.tab.board.codes.toggles["S.L"].key)
    found = {(one.offset_ms // 120_000, one.code) for one in lesson.events(EventKind.INTERVAL) if one.value}
    assert found == {(1, "I.Lec"), (1, "S.L"), (2, "I.PQ")}


def test_the_program_closes_while_a_film_plays(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    program.press(Key.Key_Space, CTRL | SHIFT, " ")
    program.wait(lambda: lesson.tab.film.position_ms > 300)
    program.type("half a no")
    program.wait(lambda: not lesson.tab.film.player.playing)
    program.window.close()
    assert not program.window.isVisible()
