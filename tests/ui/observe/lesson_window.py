"""What of the Observe tab has to do with the lesson's time, on one run of the program; for tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe.lesson_keeper import LessonKeeper
from observe_app.ui.observe.live_visit import LiveVisit
from observe_app.ui.observe.stream_feed import StreamFeed
from observe_app.ui.observe.stream_model import StreamModel, StreamRole
from observe_app.ui.observe.time_strip import TimeStrip
from observe_app.ui.widgets import MessageBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

YEAR = 31_536_000
SLEPT = "The computer slept or its clock moved for 12:40 at 23:10. Did the lesson go on?"
DAY = "The computer’s clock moved by more than a day at 23:10. The lesson’s time is not touched."
BACK = "The computer’s clock was put back by 12:40 at 23:10. The lesson’s time is not touched."
LOST = "How long the program was away cannot be told. The lesson goes on from 23:10."


@dataclass
class Window:
    """What of the Observe tab has to do with the lesson's time, on one run of the program."""

    core: Core
    clock: FakeClock
    live: LiveVisit
    bar: MessageBar
    keeper: LessonKeeper
    strip: TimeStrip
    model: StreamModel
    page: QWidget
    stop: Callable[[], None]

    @property
    def said(self) -> str:
        return self.bar.message.text if self.bar.message else ""

    @property
    def elapsed(self) -> int:
        return self.live.clock.elapsed_ms()

    def note(self, line: str) -> str:
        stamp = self.live.clock.stamp()
        return self.live.add(line, stamp, None).id

    def seconds(self, *, seconds: int) -> None:
        """Let the lesson run, as the window sees it: second by second."""
        for _ in range(seconds):
            self.clock.advance(seconds=1)
            self.keeper.tick()

    def rows(self) -> list[str]:
        return [str(self.model.index(row, 0).data(StreamRole.WORDS)) for row in range(self.model.rowCount())]


def click(qtbot: QtBot, window: Window, button: str) -> None:
    """Press an answer in the message bar."""
    found = next(one for one in (window.bar.action_button, window.bar.second_button) if one.text() == button)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def make_window(qtbot: QtBot, core: Core, clock: FakeClock, visit_id: str) -> Window:
    """Show the parts of the tab that have to do with time, on a visit."""
    page = QWidget()
    qtbot.addWidget(page)
    bus = ChangeBus(page)
    stop = subscribe(core, bus.publish)
    bar, strip, model = MessageBar(page), TimeStrip(page), StreamModel(page)
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addWidget(strip)
    live = LiveVisit(core, visit_id)
    feed = StreamFeed(core, bus, model, page)
    feed.load(live)
    strip.follow(model)
    keeper = LessonKeeper(core, bar, page)
    strip.gap_chosen.connect(keeper.ask_gap)
    keeper.load(live)
    page.resize(1048, 200)
    with qtbot.waitExposed(page):
        page.show()
    return Window(core, clock, live, bar, keeper, strip, model, page, stop)
