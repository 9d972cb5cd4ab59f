"""A visit at Talk, shown in its page, ready to be released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.services import talk
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.visit.page import VisitPage
from tests.ui.talk.lesson import Lesson, record_lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


@pytest.fixture
def lesson(core: Core) -> Lesson:
    """Return a lesson with one strength that rests on a note."""
    made = record_lesson(core)
    talk.add_claim(
        core,
        visit_id=made.visit.id,
        kind=ClaimKind.STRENGTH,
        title="Silence is used on purpose",
        evidence=(made.notes[1].id,),
    )
    return made


@pytest.fixture
def show(qtbot: QtBot, core: Core, runner: JobRunner) -> Iterator[Callable[[str, str], VisitPage]]:
    """Return a function that shows a visit at a stage, as the window does."""
    bus = ChangeBus()
    end = subscribe(core, bus.publish)
    pages: list[VisitPage] = []
    hosts: list[QWidget] = []  # nothing else keeps them

    def open_one(visit_id: str, stage: str) -> VisitPage:
        host = QWidget()
        qtbot.addWidget(host)
        hosts.append(host)
        host.resize(1290, 768)
        page = VisitPage(core, runner, bus, host)
        pages.append(page)
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = page.header_widget()
        column.addWidget(header)
        column.addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        page.show_target(VisitTarget(visit_id, stage))
        page.activate()
        return page

    yield open_one
    for page in pages:
        page.leave()
    end()
