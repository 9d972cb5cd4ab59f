"""A stage of a visit alone in its window, as the page of the visit would show it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.follow_up import FollowUpTab
from observe_app.ui.jobs import JobRunner
from observe_app.ui.talk import TalkTab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core

Tab = TypeVar("Tab", TalkTab, FollowUpTab)


@contextmanager
def on_screen(qtbot: QtBot, core: Core, kind: type[Tab], visit_id: str) -> Iterator[Tab]:
    """A tab as a person sees it, 1290 x 700 and activated; left in the end."""
    bus, jobs = ChangeBus(), JobRunner()
    end = subscribe(core, bus.publish)
    made = kind(core, visit_id, jobs, bus)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.activate()
    try:
        yield made
    finally:
        made.leave()
        end()
        jobs.shutdown()
