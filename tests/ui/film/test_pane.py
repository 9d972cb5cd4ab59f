"""The film pane, with Qt's own player and a real film."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from observe_app.services import film, visits
from observe_app.ui.film import FilmPane
from observe_app.ui.film.consent_sheet import ConsentSheet
from tests.film_file import make_film

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core

CONSENT = "Amina on 3 March; parents' forms in the office"

pytestmark = [
    pytest.mark.usefixtures("player"),
    # A machine without sound or graphics plays all the same; what it lacks, Qt says as a warning.
    pytest.mark.qt_log_ignore("PulseAudio", "No RHI backend", "Could not open media", "Couldn.t (load|resolve)"),
]


@pytest.fixture
def player() -> None:
    """The tests below play: without the extra there is nothing to test."""
    pytest.importorskip("PySide6.QtMultimedia")


@pytest.fixture
def visit_id(core: Core) -> str:
    """A visit to be watched."""
    return visits.plan(core, class_name="8 B").id


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window for pane and sheets."""
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def pane(core: Core, room: QWidget, visit_id: str) -> FilmPane:
    """The pane of a visit without a film."""
    made = FilmPane(core, room)
    made.setGeometry(0, 0, 436, 300)
    made.show()
    made.load(visits.get(core, visit_id))
    return made


@pytest.fixture
def playing(qtbot: QtBot, core: Core, pane: FilmPane, visit_id: str, tmp_path: Path) -> FilmPane:
    """The pane with a film of eight seconds, standing at its beginning."""
    film.record_consent(core, visit_id=visit_id, consent=CONSENT)
    pane.choose(str(make_film(tmp_path / "lesson.avi")))
    qtbot.waitUntil(lambda: pane.slider.maximum() == 8000)
    return pane


def test_consent_is_recorded_before_a_file_can_be_chosen(
    qtbot: QtBot, core: Core, room: QWidget, pane: FilmPane, visit_id: str, tmp_path: Path
) -> None:
    path = make_film(tmp_path / "lesson.avi")
    with qtbot.waitSignal(pane.failed) as refused:
        pane.choose(str(path))
    assert (refused.args[0].field, refused.args[0].rule) == ("consent to filming", "empty")

    qtbot.mouseClick(pane.choose_button, Qt.MouseButton.LeftButton)
    sheet = room.findChild(ConsentSheet)
    assert sheet is not None
    assert not sheet.choose_button.isEnabled()
    assert room.window().focusWidget() is sheet.text_area
    qtbot.keyClicks(sheet.text_area, CONSENT)
    qtbot.mouseClick(sheet.choose_button, Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).video_consent == CONSENT
    dialog = pane.findChild(QFileDialog, "film_dialog")
    assert dialog is not None
    dialog.reject()
    with qtbot.waitSignal(pane.opened):
        pane.choose(str(path))
    assert film.of_visit(core, visit_id) is not None
    assert path.stat().st_size > 1000


def test_the_film_plays_steps_and_goes_to_a_moment_of_the_lesson(
    qtbot: QtBot, core: Core, playing: FilmPane, visit_id: str
) -> None:
    with qtbot.waitSignal(playing.moved):
        playing.step(1)
    qtbot.waitUntil(lambda: playing.position_ms == 100)  # ten frames a second

    playing.jump(1900)
    qtbot.waitUntil(lambda: playing.position_ms == 2000)
    qtbot.mouseClick(playing.begins_button, Qt.MouseButton.LeftButton)
    stored = film.of_visit(core, visit_id)
    assert stored is not None
    assert stored.starts_ms == -2000

    playing.go_to(3000)
    qtbot.waitUntil(lambda: playing.position_ms == 5000)
    playing.toggle()
    qtbot.waitUntil(lambda: playing.position_ms > 5200)
    playing.toggle()
    assert playing.player is not None
    qtbot.waitUntil(lambda: playing.player is not None and not playing.player.playing)


def test_typing_holds_the_film_and_the_kept_note_lets_it_go_on(qtbot: QtBot, core: Core, playing: FilmPane) -> None:
    player = playing.player
    assert player is not None
    playing.toggle()
    qtbot.waitUntil(lambda: player.playing)
    playing.typing_began()
    qtbot.waitUntil(lambda: not player.playing)
    playing.typing_ended()
    qtbot.waitUntil(lambda: player.playing)

    core.settings.change(video_pauses=False)
    playing.typing_began()
    assert player.playing


def test_the_speed_goes_round(qtbot: QtBot, playing: FilmPane) -> None:
    player = playing.player
    assert player is not None
    qtbot.mouseClick(playing.rate_button, Qt.MouseButton.LeftButton)
    assert (player.rate, playing.rate_button.text()) == (1.5, "1.5×")
    for _press in range(3):
        qtbot.mouseClick(playing.rate_button, Qt.MouseButton.LeftButton)
    assert player.rate == 1.0


def test_a_film_that_was_moved_is_asked_for(core: Core, playing: FilmPane, visit_id: str, tmp_path: Path) -> None:
    (tmp_path / "lesson.avi").rename(tmp_path / "other.avi")
    playing.load(visits.get(core, visit_id))
    assert "not at" in playing.words
    assert playing.choose_button.isVisible()


def test_a_file_that_is_no_film_is_told(
    qtbot: QtBot, core: Core, pane: FilmPane, visit_id: str, tmp_path: Path
) -> None:
    film.record_consent(core, visit_id=visit_id, consent=CONSENT)
    path = tmp_path / "notes.mp4"
    path.write_text("no film at all")
    pane.choose(str(path))
    qtbot.waitUntil(lambda: pane.words.startswith("This film cannot be played"))
    assert path.read_text() == "no film at all"


def test_without_the_extra_the_pane_says_how_to_get_it(
    core: Core, pane: FilmPane, visit_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film.record_consent(core, visit_id=visit_id, consent=CONSENT)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.delattr("PySide6.QtMultimedia", raising=False)
    pane.choose(str(make_film(tmp_path / "lesson.avi", seconds=1)))
    assert 'pip install "observe-app[video]"' in pane.words
    assert pane.leave_button.isVisible()
