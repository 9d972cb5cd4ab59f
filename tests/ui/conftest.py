"""What the tests of the window share: the look applied once, a job runner that is shut down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from observe_app.ui.jobs import JobRunner
from observe_app.ui.theme import ThemeChoice, ThemeController
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session")
def _look(qapp: QApplication) -> ThemeController:
    return theme_controller(qapp)


@pytest.fixture(autouse=True)
def theme(_look: ThemeController) -> Iterator[ThemeController]:
    """Return the theme controller of the application; every test starts in the light theme, at 100 %."""
    _look.apply(ThemeChoice.LIGHT)
    yield _look
    # The windows of the test were closed, but not yet deleted: each would be dressed anew, which takes half a second.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _look.apply(ThemeChoice.LIGHT)
    _look.set_text_size(100)
    _look.set_reduced_motion(reduced=False)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """Return a job runner with its two threads; they end with the test."""
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Return a function that shows a widget, makes it active and takes it away after the test."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return show
