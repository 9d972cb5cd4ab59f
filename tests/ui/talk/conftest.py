"""The Talk tab on a real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from observe_app.ui.talk import TalkTab
from tests.ui.shots import theme_controller
from tests.ui.tabs import on_screen
from tests.ui.talk.lesson import Lesson, record_lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core


@pytest.fixture
def lesson(core: Core) -> Lesson:
    """Return a lesson with four notes, ready to be talked about."""
    return record_lesson(core)


@pytest.fixture
def tab(qtbot: QtBot, core: Core, lesson: Lesson) -> Iterator[TalkTab]:
    """Return the tab as a person sees it, 1290 x 700."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme_controller(app)
    with on_screen(qtbot, core, TalkTab, lesson.visit.id) as made:
        yield made
