"""Hands of several people, each with a computer of their own, on windows that share through one folder."""

from __future__ import annotations

import gc
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from observe_app.services import visits
from observe_app.ui.collecting import Collector
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.shared_folder.setup_view import Step
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, Key, Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.ui.shared_folder import SharedFolderPage

JONAS, AMINA, KOFI = "Jonas Brandt", "Amina Diallo", "Kofi Mensah"
TECHNICAL = (
    "segment", "encrypt", "sync", "hash", "conflict", "fingerprint", "public key", "signature", "database", "json",
    "Traceback", "{",
)  # fmt: skip
"""What no sentence on a teacher's screen says."""


class Seat:
    """Somebody in front of their own computer: its window is open."""

    def __init__(self, program: Program, name: str, pictures: Path | None) -> None:
        self.program, self.name, self._pictures = program, name, pictures
        program.window.resize(1366, 768)

    # --- going and looking ------------------------------------------------------------------------

    @property
    def shared(self) -> SharedFolderPage:
        """The place of the shared folder, which is gone to."""
        self.program.window.go("shared")
        page = self.program.window.current_page
        assert page is not None
        return page  # type: ignore[return-value]  # the window makes it under this name

    def go(self, stage: str, visit_id: str = "") -> QWidget:
        """Open the visit, the only one without an id, at a stage; return its tab."""
        if not visit_id:
            (row,) = visits.listing(self.program.core)
            visit_id = row.id
        self.program.desk.go_to_visit(VisitTarget(visit_id, stage))
        tab = self.program.window.current_page.tab
        if stage == "follow_up":
            self.program.wait(lambda: tab.preview.sheet is not None and not tab.preview.bar.is_busy)
        return tab

    def words(self, inside: QWidget | None = None) -> str:
        """Return every word that can be read now, one line each."""
        return "\n".join(words_in(inside or self.program.window))

    def picture(self, name: str, *, plain: bool = True) -> None:
        """Keep what is seen where somebody asked for pictures; in plain words, but for the twelve, which are any."""
        said = self.words()
        for word in TECHNICAL if plain else ():
            assert word.lower() not in said.lower(), (word, said)
        if self._pictures is not None:
            self.program.qtbot.wait(250)
            self.program.window.grab().save(str(self._pictures / f"{name}.png"))

    def shown(self, name: str) -> QWidget:
        """Wait until the one widget of a name shows, and return it."""
        window = self.program.window
        self.program.wait(lambda: any(one.isVisible() for one in window.findChildren(QWidget, name)))
        return self.program.part(name)

    def badge(self) -> str:
        """Return what stands on the badge of the visit."""
        return self.program.window.current_page.header.badge.text()

    def rail(self) -> str:
        """Return the word at the foot of the rail."""
        return self.program.window.rail.button("shared").text()

    # --- acting -----------------------------------------------------------------------------------

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Click the one button of a name."""
        button = self.program.part(name, inside)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), name
        button.click()

    def exchange(self, times: int = 1) -> None:
        """Press "Exchange now" and wait until it is done."""
        page = self.shared
        for _ in range(times):
            self.program.wait(lambda: not self.program.desk.sync.is_busy and page.running.round_button.isEnabled())
            with self.program.qtbot.waitSignal(self.program.desk.sync.round_ended, timeout=20_000):
                page.running.round_button.click()
        self.program.wait(lambda: not self.program.desk.jobs.busy and bool(page.running.people.rows))

    def only_bin(self) -> None:
        """Let the list of visits show what is in the bin."""
        button = self.program.window.current_page.filters.stage
        (action,) = [one for one in button.menu().actions() if one.text() == "In the bin"]
        action.trigger()

    # --- the shared folder ------------------------------------------------------------------------

    def choose_folder(self, folder: Path, name: str = "") -> None:
        """Name the folder, and oneself where that is asked, then go on."""
        step = self.shared.setup_view.folder
        if name:
            step.me_edit.setFocus()
            self.program.type(name)
        step.path_edit.setFocus()
        self.program.type(str(folder))
        self.program.wait(lambda: step.check is not None)
        self.picture(f"{self.name}-choose")
        step.next_button.click()

    def keep_words(self) -> str:
        """Read the twelve words, type back the two that are asked for, go on; return all."""
        view = self.shared.setup_view
        self.program.wait(lambda: view.step is Step.WORDS)
        step = view.words
        self.picture(f"{self.name}-words", plain=False)
        for line, place in zip(step.lines, step.asked, strict=True):
            line.setFocus()
            self.program.type(step.grid.word(place))
        self.picture(f"{self.name}-words-typed", plain=False)
        words = " ".join(step.grid.word(place) for place in range(1, 13))
        self.program.press(Key.Key_Return)
        return words

    def take_part(self, folder: Path, name: str = "") -> str:
        """Go through the whole set-up; return the twelve words."""
        self.choose_folder(folder, name)
        words = self.keep_words()
        view = self.shared.setup_view
        self.program.wait(lambda: view.step in (Step.PEOPLE, Step.READY))
        if view.step is Step.PEOPLE:
            self.program.wait(lambda: bool(view.people.people.rows))
            self.picture(f"{self.name}-colleagues")
            view.pane.next_button.click()
        self.picture(f"{self.name}-ready")
        view.pane.next_button.click()
        self.program.wait(lambda: self.rail() == "Up to date")
        self.picture(f"{self.name}-running")
        return words

    # --- a lesson ---------------------------------------------------------------------------------

    def visit_lesson(self, teacher: str, preparation: str, notes: Sequence[str], private: str) -> str:
        """Plan a visit, write these notes and a private one, end the lesson; return its id."""
        program = self.program
        program.press(Key.Key_N, CTRL)
        (row,) = visits.listing(program.core)
        program.tab_to("visit_teacher")
        program.say(teacher)
        program.fill("visit_class_name", "8 B")
        program.fill("visit_preparation", preparation)
        assert self.badge() == "Only you"
        self.picture("03-prepare")
        program.press(Key.Key_Return, CTRL, "\r")
        program.wait(lambda: program.part("note_edit").hasFocus())
        for line in notes:
            self.program.clock.advance(seconds=60)  # type: ignore[attr-defined]  # a fake one
            program.say(line)
        program.say(private)
        view = program.window.current_page.tab.pane.view
        program.walk(Key.Key_F6, lambda focused: focused is view)
        program.press(Key.Key_End)
        program.type("p")
        program.press(Key.Key_Escape)
        self.picture("03-observe")
        for name in ("end_lesson", "end_lesson_yes"):
            program.tab_to(name)
            program.press(Key.Key_Space, text=" ")
        return row.id


class School:
    """Data folders by name of their owner, and the folder between them."""

    def __init__(self, place: Path, blank: Path, clock: FakeClock, qtbot: QtBot, app: QApplication) -> None:
        self.place, self.blank, self.clock = place, blank, clock
        self._qtbot, self._theme = qtbot, theme_controller(app)
        self._theme.apply(ThemeChoice.LIGHT)
        self.folder = place / "Maths department"
        self.folder.mkdir()
        wanted = os.environ.get("OBSERVE_PICTURES", "")
        self.pictures = Path(wanted) if wanted else None
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)

    def data(self, name: str) -> Path:
        """Return somebody's data folder, made at the first call."""
        data = self.place / f"data of {name}"
        if not data.exists():
            data.mkdir()
            shutil.copy(self.blank, data / "observe.sqlite")
        return data

    @contextmanager
    def at(self, name: str, *, later: float = 60) -> Iterator[Seat]:
        """Sit down before somebody's computer, some seconds later."""
        self.clock.advance(seconds=later)
        collector = Collector()  # as the program has it: rounds run in other threads
        program = Program(self._qtbot, self.data(name), self.clock, self._theme)
        program.open()
        program.core.settings.change(first_run_done=True, paper="A4", language="en")
        program.window.go("today")
        try:
            yield Seat(program, name.split(maxsplit=1)[0].lower(), self.pictures)
        finally:
            program.end()
            collector.end()
            del program
            gc.collect()

    def lose(self, name: str) -> None:
        """Somebody's computer is gone, with all that was in it."""
        shutil.rmtree(self.data(name))

    @contextmanager
    def unplugged(self) -> Iterator[None]:
        """Take the folder away, and bring it back."""
        elsewhere = self.folder.with_name("in somebody's bag")
        self.folder.rename(elsewhere)
        try:
            yield
        finally:
            elsewhere.rename(self.folder)

    def bytes_of(self, *places: Path) -> bytes:
        """Return everything that lies in these folders."""
        every = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
        return b"\0".join(path.read_bytes() for path in every)


def words_in(widget: QWidget) -> Iterator[str]:
    """Yield what can be read in a widget and in all of it that shows: labels, buttons, fields, rows of lists."""
    for part in (widget, *widget.findChildren(QWidget)):
        if part.isVisible():
            yield from (words for words in _said_by(part) if words.strip())


def _said_by(part: QWidget) -> Iterator[str]:
    if isinstance(part, (QLabel, QAbstractButton, QLineEdit)):
        yield part.text()
    elif isinstance(part, (QPlainTextEdit, QTextEdit)):
        yield part.toPlainText()
    elif isinstance(part, QAbstractItemView):
        model = part.model()
        for row in range(model.rowCount() if model is not None else 0):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                    yield str(index.data(role) or "")
    else:
        yield part.accessibleName()
