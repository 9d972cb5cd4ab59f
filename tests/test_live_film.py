"""A filmed lesson in the real window: its time is the film's, a note goes to its moment, the own clock waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from observe_app.domain.event import EventKind
from observe_app.services import film as films
from observe_app.services import visits
from tests.film_file import make_film
from tests.live_job_hands import Lesson, has_keyboard, planned, shown
from tests.ui.shots import theme_controller
from tests.ui.window import ALT, CTRL, SHIFT, Key, Program, at_today

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
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made
    theme_controller(qapp).set_text_size(100)


def begin(program: Program, clock: FakeClock, form: str = "", **more: object) -> Lesson:
    lesson = planned(program, clock, form=form, minutes=50, **more)
    lesson.start()
    return lesson


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


def test_a_film_that_waited_for_words_goes_on_after_a_command_a_star_and_words_taken_away(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    open_film(lesson, make_film(tmp_path / "lesson.avi", seconds=8))
    program.say("a note")
    player = lesson.tab.film.player
    lesson.tab.film.toggle()
    program.wait(lambda: player.playing)
    for words, key in (("/phase Pair work", Key.Key_Return), ("*", Key.Key_Return), ("x", Key.Key_Backspace)):
        program.type(words)
        program.wait(lambda: not player.playing)
        program.press(key, text="\r" if key == Key.Key_Return else "")
        program.wait(lambda: player.playing)


def test_a_filmed_lesson_ends_after_what_was_noted_wherever_the_film_stands(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "talk-and-participation")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    lesson.function(2)
    lesson.tab.film.jump(6000)
    film_at(lesson, 6000)
    program.say("the last note")
    lesson.tab.film.jump(-5000)
    film_at(lesson, 1000)
    clock.advance(seconds=3600)
    program.press(Key.Key_Return, CTRL | SHIFT, "\r")
    program.tab_to("end_lesson_yes")
    program.press(Key.Key_Space, text=" ")
    found = visits.get(program.core, lesson.visit_id)
    assert found.started == lesson.began
    assert found.ended == lesson.began + timedelta(seconds=6)


def test_f6_comes_to_the_film_and_its_arrows_move_it(program: Program, clock: FakeClock, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtMultimedia")
    lesson = begin(program, clock, "general-peer-observation")
    open_film(lesson, make_film(tmp_path / "lesson.avi"))
    film = lesson.tab.film
    program.say("a note")
    program.walk(Key.Key_F6, film.isAncestorOf)
    program.press(Key.Key_Right)
    film_at(lesson, 5000)
    program.press(Key.Key_Left)
    film_at(lesson, 0)
    QTest.mouseClick(film.slider, LEFT, pos=film.slider.rect().center())
    program.wait(lambda: film.position_ms > 0)
    program.press(Key.Key_Escape)
    assert has_keyboard("note_edit")
    for _ in range(4):
        program.press(Key.Key_F6)
    assert has_keyboard("note_edit")
