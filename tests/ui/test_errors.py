"""Errors over the window: expected ones in words, bugs with their details, and the program goes on."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from observe_app.domain.errors import DiskFull, NotFound
from observe_app.ui.errors import ErrorReporter, describe, details
from observe_app.ui.widgets import Plane


@pytest.fixture
def window(qtbot):
    page = Plane()
    qtbot.addWidget(page)
    page.resize(900, 600)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def reporter(qapp, window):
    reporter = ErrorReporter()
    reporter.set_window(window)
    yield reporter
    reporter.uninstall()


def words_on(sheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_an_expected_error_is_told_in_words(reporter):
    reporter.show_error(DiskFull(Path("/data/observe.sqlite")))

    assert "The disk is full" in words_on(reporter.sheet)
    assert "/data/observe.sqlite" in words_on(reporter.sheet)
    assert reporter.sheet.findChild(QObject, "copy_details") is None


def test_a_bug_can_be_copied(qtbot, reporter, expect_log):
    expect_log("Unexpected error")
    try:
        {}["focus"]
    except KeyError as error:
        reporter.show_error(error)

    qtbot.mouseClick(reporter.sheet.findChild(QObject, "copy_details"), Qt.MouseButton.LeftButton)

    copied = QGuiApplication.clipboard().text()
    assert "KeyError: 'focus'" in copied
    assert "Traceback" in copied


def test_going_on_closes_and_the_next_error_shows(qtbot, reporter):
    reporter.show_error(NotFound("visit", "v1"))
    qtbot.mouseClick(reporter.sheet.safe_button, Qt.MouseButton.LeftButton)
    assert reporter.sheet is None

    reporter.show_error(NotFound("visit", "v2"))

    assert "v2" in words_on(reporter.sheet)


def test_errors_do_not_pile_up(reporter):
    reporter.show_error(NotFound("visit", "v1"))
    first = reporter.sheet

    reporter.show_error(NotFound("visit", "v2"))

    assert reporter.sheet is first


class Source(QObject):
    happened = Signal()


def test_a_bug_in_a_slot_is_shown_and_the_program_goes_on(qtbot, reporter, expect_log):
    expect_log("Unexpected error")
    reporter.install()
    source, after = Source(), []

    def broken():
        raise ValueError("in a slot")

    source.happened.connect(broken)
    source.happened.connect(lambda: after.append(1))
    with qtbot.waitSignal(reporter.reported) as reported:
        source.happened.emit()

    assert isinstance(reported.args[0], ValueError)
    assert after == [1]
    assert reporter.sheet is not None


def test_a_bug_in_a_thread_is_shown(qtbot, reporter, expect_log):
    expect_log("Unexpected error")
    reporter.install()

    def broken():
        raise ValueError("in a thread")

    with qtbot.waitSignal(reporter.reported) as reported:
        thread = threading.Thread(target=broken)
        thread.start()
        thread.join()

    assert isinstance(reported.args[0], ValueError)


def test_the_hooks_are_put_back(qapp):
    before = sys.excepthook, threading.excepthook
    reporter = ErrorReporter()
    reporter.install()
    assert sys.excepthook != before[0]

    reporter.uninstall()

    assert (sys.excepthook, threading.excepthook) == before


def test_without_a_window_errors_are_only_logged(qapp):
    reporter = ErrorReporter()

    reporter.show_error(NotFound("visit", "v1"))

    assert reporter.sheet is None


def test_words_and_details_need_no_window(qapp):
    assert describe(NotFound("visit", "v1")).title == "Not found"
    assert "Python" in details(ValueError("x"))
