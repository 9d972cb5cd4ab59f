"""The Follow up tab on a real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.services import steps, talk
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.follow_up import FollowUpTab
from observe_app.ui.jobs import JobRunner
from tests.ui.shots import theme_controller
from tests.ui.talk.lesson import Lesson, record_lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core


@pytest.fixture
def lesson(core: Core) -> Lesson:
    """Return a lesson with a claim and a step."""
    made = record_lesson(core)
    talk.add_claim(
        core,
        visit_id=made.visit.id,
        kind=ClaimKind.STRENGTH,
        title="Silence is used on purpose",
        evidence=(made.notes[1].id,),
    )
    steps.add(core, visit_id=made.visit.id, text="Think, pair, share before the exit question")
    return made


@pytest.fixture
def tab(qtbot: QtBot, core: Core, lesson: Lesson) -> Iterator[FollowUpTab]:
    """Return the tab as a person sees it, 1290 x 700, before it is activated."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme_controller(app)
    core.settings.change(paper="A4")
    bus, jobs = ChangeBus(), JobRunner()
    end = subscribe(core, bus.publish)
    made = FollowUpTab(core, lesson.visit.id, jobs, bus)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.leave()
    end()
    jobs.shutdown()
