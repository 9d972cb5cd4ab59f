"""Strip, board, notes and line in one window, as the Observe tab puts them; for tests and pictures.

``python -m tests.ui.observe.board_page FOLDER`` draws it in several sizes and themes.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.form import led_by_codes
from observe_app.domain.ids import Ids
from observe_app.domain.lesson_clock import LessonClock
from observe_app.services import happenings, notes, visits
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.form_panel.keeper import StoredKeeper
from observe_app.ui.observe.code_board import CodeBoard
from observe_app.ui.observe.codes_line import CodesLine
from observe_app.ui.observe.interval_strip import IntervalStrip
from observe_app.ui.observe.next_tick import NextTick
from observe_app.ui.observe.note_line import NoteLine
from observe_app.ui.observe.stream_model import StreamModel
from observe_app.ui.observe.stream_pane import StreamPane
from observe_app.ui.theme import ThemeChoice, scaled
from observe_app.ui.widgets import Plane
from tests.ui.observe.lesson import LINES, plan_visit
from tests.ui.shots import shoot, theme_controller


@dataclass
class Lesson:
    """A visit and its clock."""

    visit: object
    clock: LessonClock


class BoardPage(Plane):
    """The parts wired as the tab wires them."""

    def __init__(self, core, bus, visit_id):
        super().__init__("page")
        visit = visits.get(core, visit_id)
        self.clock = LessonClock(core.clock, started=visit.started, ended=visit.ended)
        form = visits.form_of(visit)
        self.item = led_by_codes(form) or next(item for item in form.items if item.sides)
        self.keeper = StoredKeeper(core, bus, Lesson(visit, self.clock), form, self)
        self.strip = IntervalStrip(self)
        self.board = CodeBoard(self)
        self.model = StreamModel(self)
        self.pane = StreamPane(self.model, self)
        self.line = NoteLine(self)
        self.codes_line = CodesLine(self)
        self.codes_line.hide()
        self.next_tick = NextTick(self)
        self.next_tick.hide()
        self.failures = []
        self.seen = []
        self.board.coded.connect(self.strip.set_sheet)
        self.board.shown_changed.connect(self.strip.set_shown)
        self.board.failed.connect(self.failures.append)
        self.board.shown_changed.connect(self.seen.append)
        self.strip.interval_chosen.connect(self.board.go_to)
        self.codes_line.key_pressed.connect(self.board.on_codes_key)
        self.strip.set_item(self.item, "en")
        self.strip.set_minutes(visit.minutes)
        self.board.load(self.item, self.keeper, "en")
        for event in notes.stream(core, visit_id):
            if event.text:
                self.model.put(event)
        self.second()

    def second(self):
        """A second passed."""
        now = self.clock.elapsed_ms() if self.clock.started else None
        self.strip.set_now(now)
        self.board.tick()
        self.line.set_now(now)
        length = self.item.seconds * 1000
        if now is not None:
            self.next_tick.set_left(length - now % length, length)

    def set_codes(self, on):
        """Go into the codes mode or out of it."""
        self.line.setVisible(not on)
        self.codes_line.setVisible(on)
        self.board.set_alone(alone=on)
        (self.codes_line if on else self.line.edit).setFocus()

    def resizeEvent(self, event):
        self.strip.set_low(low=self.height() < scaled(500))
        width, height, strip = self.width(), self.height(), self.strip.height()
        line = self.line.sizeHint().height()
        share = height - strip - line
        board = self.board.height_for(width, share)
        self.strip.setGeometry(0, 0, width, strip)
        self.board.setGeometry(0, strip, width, board)
        self.pane.setGeometry(0, strip + board, width, max(0, share - board))
        for one in (self.line, self.codes_line):
            one.setGeometry(0, height - line, width, line)


PICTURE = {
    "I.Lec": (0, 1, 2, 3, 4, 5, 6),
    "I.FUp": (2, 3, 4, 6, 7, 8, 15),
    "I.MG": (9, 10, 11, 12, 13, 15),
    "I.1o1": (15,),
    "I.PQ": (14,),
    "I.Adm": (10,),
    "S.L": (0, 1, 2, 3, 4, 5, 6, 13, 14),
    "S.SQ": (2, 3, 4, 6, 7, 11, 15),
    "S.WG": (7, 8, 9, 10, 11, 12, 13, 14, 15),
}


def code_lesson(core, clock, visit_id, item="copus", ticks=PICTURE):
    """Begin a visit and tick what the pictures have; the clock stands at 31:42 afterwards."""
    visits.begin(core, visit_id=visit_id)
    started = clock.now()
    for second, line in LINES:
        at = second * 31 * 60 // 1272
        clock.advance(seconds=at - (clock.now() - started).total_seconds())
        notes.add(core, visit_id=visit_id, line=line, offset_ms=at * 1000, wall=clock.now())
    clock.advance(seconds=31 * 60 + 42 - (clock.now() - started).total_seconds())
    for code, indices in ticks.items():
        for index in indices:
            happenings.tick(core, visit_id=visit_id, item=item, index=index, code=code, ticked=True)
    happenings.set_level(core, visit_id=visit_id, item=item, index=15, level=3)


def main(folder):
    """Draw the page."""
    app = QApplication([])
    theme = theme_controller(app)
    theme.apply(ThemeChoice.LIGHT)
    clock = FakeClock(datetime(2026, 3, 12, 9, 5, tzinfo=UTC))
    core = wire_core(Path(tempfile.mkdtemp()), clock=clock, ids=Ids(clock))
    bus = ChangeBus()
    stop = subscribe(core, bus.publish)
    visit_id = plan_visit(core, "copus")
    code_lesson(core, clock, visit_id)
    looks = (
        ("light", ThemeChoice.LIGHT, (1290, 700), 100),
        ("dark", ThemeChoice.DARK, (1290, 700), 100),
        ("contrast", ThemeChoice.CONTRAST, (1290, 700), 100),
        ("1920", ThemeChoice.LIGHT, (1844, 1012), 100),
        ("1024", ThemeChoice.LIGHT, (948, 572), 100),
        ("150", ThemeChoice.LIGHT, (1290, 700), 150),
        ("1024-150", ThemeChoice.LIGHT, (948, 572), 150),
    )
    for name, choice, size, text in looks:
        theme.apply(choice)
        theme.set_text_size(text)
        page = BoardPage(core, bus, visit_id)
        shoot(page, folder / f"{name}.png", choice, size)
        if name in ("light", "1024"):
            page.set_codes(True)
            page.board.press("x", 0)
            page.board.press("", 0x01000012)
            page.second()
            page.strip.repaint()
            shoot(page, folder / f"{name}-codes.png", choice, size)
            page.board.follow()
            page.board.press("x", 0)
        page.deleteLater()
    stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
