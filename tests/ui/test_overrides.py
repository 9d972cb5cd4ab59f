"""An error inside an override of a Qt method reaches whoever called, as any other; the process lives on."""

from __future__ import annotations

import subprocess
import sys

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QDialog, QWidget

import observe_app.ui  # noqa: F401  (guards the classes below, as it does those of the program)

ERRORS = {
    "TypeError": "len(3)",
    "ValueError": "int('x')",
    "RecursionError": "self.again()",
    "RuntimeError": "self.gone.isVisible()",
}

PROGRAM = """
import observe_app.ui
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

class Pane(QWidget):
    def __init__(self):
        super().__init__()
        self.gone = QWidget()
        shiboken6.delete(self.gone)

    def again(self):
        self.again()

    def resizeEvent(self, event):
        {mistake}

app = QApplication([])
pane = Pane()
try:
    pane.resize(30, 40)
    pane.show()
except Exception as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_the_interpreter_in_an_override_is_raised_where_qt_was_called(error):
    """In a process of its own: unguarded, Python 3.11 does not survive it."""
    code = PROGRAM.format(mistake=ERRORS[error])

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, error), done.stderr


class Asker(QObject):
    asked = Signal(bool)


class Closing(QDialog):
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def reject(self) -> None:
        self.calls += 1


def test_an_overridden_slot_is_handed_no_more_than_it_takes(qtbot):
    dialog, asker = Closing(), Asker()
    qtbot.addWidget(dialog)
    asker.asked.connect(dialog.reject)

    asker.asked.emit(True)

    assert dialog.calls == 1


class Sized(QWidget):
    def sizeHint(self) -> QSize:
        """As asked."""
        return QSize(12, 34)


def test_an_override_keeps_its_name_and_its_answer(qtbot):
    widget = Sized()
    qtbot.addWidget(widget)

    assert widget.sizeHint() == QSize(12, 34)
    assert Sized.sizeHint.__name__ == "sizeHint"
    assert Sized.sizeHint.__doc__ == "As asked."


class Framed(QWidget):
    """What it answers rests on a part of its own."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self.part = part

    def sizeHint(self) -> QSize:
        return self.part.size()

    def event(self, event: QEvent) -> bool:
        return self.part.isEnabled() and super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return watched is self.part or super().eventFilter(watched, event)


def test_of_what_the_collector_has_emptied_qt_answers(qtbot):
    part = QWidget()
    widget = Framed(part)
    qtbot.addWidget(part)
    qtbot.addWidget(widget)
    event = QEvent(QEvent.Type.User)
    assert widget.sizeHint() == part.size()
    assert widget.eventFilter(part, event) is True

    vars(widget).clear()

    assert widget.sizeHint() == QWidget().sizeHint()
    assert widget.event(event) is QWidget().event(event)
    assert widget.eventFilter(part, event) is False


def test_a_part_that_is_missing_otherwise_is_an_error(qtbot):
    part = QWidget()
    qtbot.addWidget(part)
    widget = Framed(part)
    widget.kept = widget.part
    del widget.part

    with pytest.raises(AttributeError):
        widget.sizeHint()
    widget.part = part  # its last events need it, so that it goes before its part does
    shiboken6.delete(widget)
