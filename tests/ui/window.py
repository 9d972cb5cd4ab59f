"""The whole program as a person has it: a window on a data folder, worked by keys that enter where a keyboard's do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.services.people import introduce
from observe_app.store.folder import DataFolder, WindowLock
from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import Clock
    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk
    from observe_app.ui.main_window import MainWindow
    from observe_app.ui.theme import ThemeController

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Program:
    """One window on one data folder, opened as the program opens it.

    Args:
        qtbot: waits. folder: the data folder. clock: the program's time. theme: the look of the application.
    """

    def __init__(self, qtbot: QtBot, folder: Path, clock: Clock, theme: ThemeController) -> None:
        self.qtbot, self.folder, self.clock = qtbot, folder, clock
        self._lock = WindowLock(DataFolder(folder).window_lock)
        self.failures: list[Exception] = []
        self.starter = Starter(self._open, folder=folder, theme=theme)
        self.starter.failed.connect(self.failures.append)
        qtbot.addWidget(self.starter.window)

    def _open(self) -> Core:
        self._lock.acquire()
        return wire_core(self.folder, clock=self.clock, ids=Ids(self.clock), busy_ms=400)

    # --- what a test looks at ---------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        return self.starter.window

    @property
    def desk(self) -> Desk:
        assert self.starter.desk is not None
        return self.starter.desk

    @property
    def core(self) -> Core:
        return self.desk.core

    def part(self, name: str, inside: QWidget | None = None) -> QWidget:
        """Return the one visible widget of a name."""
        found = [one for one in (inside or self.window).findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets are named {name}"
        return found[0]

    def message(self) -> str:
        """Return the sentence under the header, "" without one."""
        bar = self.window.message_bar
        return bar.message.text if bar.isVisible() and bar.message is not None else ""

    def wait(self, condition) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=10_000)

    # --- opening and closing ----------------------------------------------------------------------

    def show(self) -> None:
        """Show the window; loading follows its first paint."""
        with self.qtbot.waitExposed(self.window):
            self.starter.show()
        self.window.activateWindow()

    def open(self) -> None:
        """Show the window and wait until the pages are there."""
        with self.qtbot.waitSignal(self.starter.ready, timeout=15_000):
            self.show()

    def reload(self) -> None:
        """Load the page that shows again."""
        self.window.go(self.window.current_name)

    def end(self) -> None:
        """Close the window and let go of the folder."""
        self.window.close()
        self.starter.end()
        self._lock.release()

    # --- the keyboard -----------------------------------------------------------------------------

    def press(self, key: Key, modifier: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        """Press and release one key in whichever window has the keyboard."""
        handle = (QApplication.activeModalWidget() or self.window).windowHandle()
        QTest.sendKeyEvent(QTest.KeyAction.Press, handle, key, text, modifier)
        if shiboken6.isValid(handle):  # the key may have closed its window
            QTest.sendKeyEvent(QTest.KeyAction.Release, handle, key, text, modifier)

    def type(self, words: str) -> None:
        """Press the key of each letter, whatever alphabet it is from; a line end is Shift and Enter."""
        for letter in words:
            if letter == "\n":
                self.press(Key.Key_Return, SHIFT, "\r")
            elif letter.isascii():
                self.press(Key(QTest.asciiToKey(letter)), SHIFT if letter.isupper() else NONE, letter)
            else:
                self.press(Key(ord(letter)), NONE, letter)

    def say(self, words: str) -> None:
        """Type a line and press Enter."""
        self.type(words)
        self.press(Key.Key_Return, text="\r")

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the widget of this name has the keyboard."""
        return self.walk(Key.Key_Tab, lambda focused: focused.objectName() == name)

    def walk(self, key: Key, arrived: Callable[[QWidget], bool]) -> QWidget:
        """Press a key that moves the keyboard on, until it has arrived; return where it is."""
        passed = []
        for _ in range(60):
            focused = QApplication.focusWidget()
            if focused is not None and arrived(focused):
                return focused
            passed.append(focused.objectName() or type(focused).__name__ if focused is not None else "nothing")
            self.press(key, text="\t" if key == Key.Key_Tab else "")
        raise AssertionError(f"{key.name} comes only to {passed}")

    def fill(self, name: str, words: str) -> None:
        """Go to a field by Tab, and write over what stands there."""
        self.tab_to(name)
        self.press(Key.Key_A, CTRL)
        self.type(words)


def introduced(core: Core) -> None:
    """Say who uses this folder, so that the window opens at Today."""
    introduce(core, name="Jonas Brandt", school="Northfield School", role="coach")


@contextmanager
def at_today(qtbot: QtBot, app: QApplication, folder: Path, clock: Clock, **settings: object) -> Iterator[Program]:
    """A window at Today in the light theme, its user introduced and these settings changed; ended in the end."""
    theme = theme_controller(app)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, folder, clock, theme)
    made.open()
    introduced(made.core)
    if settings:
        made.core.settings.change(**settings)
    made.window.go("today")
    try:
        yield made
    finally:
        made.end()
