"""Pictures of the sessions: ``python -m tests.ui.sessions.gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.services.core import close
from observe_app.ui.bus import ChangeBus
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import SESSIONS, GroupsTarget
from observe_app.ui.jobs import JobRunner
from observe_app.ui.sessions.tab import MINUTES, PLAN, RUN, SessionsTab
from observe_app.ui.theme import ThemeChoice
from tests.ui.sessions.made import made
from tests.ui.shots import theme_controller

_LONG = "Ein sehr langer Titel über Wartezeit nach Fragen, Seating & <b>mehr</b> "


def draw(folder: Path) -> None:
    """Draw every view in every state."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = theme_controller(app)
    runner = JobRunner()
    for name, words, size, choice, scale, direction in (
        ("light", "", (1290, 768), ThemeChoice.LIGHT, 100, Qt.LayoutDirection.LeftToRight),
        ("dark", "", (1290, 768), ThemeChoice.DARK, 100, Qt.LayoutDirection.LeftToRight),
        ("small", "", (948, 640), ThemeChoice.LIGHT, 100, Qt.LayoutDirection.LeftToRight),
        ("large", "", (1290, 768), ThemeChoice.LIGHT, 150, Qt.LayoutDirection.LeftToRight),
        ("long", _LONG * 3, (1290, 768), ThemeChoice.LIGHT, 100, Qt.LayoutDirection.LeftToRight),
        ("rtl", "جلسة عن وقت الانتظار", (1290, 768), ThemeChoice.DARK, 100, Qt.LayoutDirection.RightToLeft),
        ("empty", None, (1290, 768), ThemeChoice.LIGHT, 100, Qt.LayoutDirection.LeftToRight),
    ):
        theme.apply(choice)
        theme.set_text_size(scale)
        app.setLayoutDirection(direction)
        clock = FakeClock()
        core = wire_core(Path(tempfile.mkdtemp()), clock=clock, ids=Ids(clock))
        ids = made(core, clock, words=words) if words is not None else {}
        page = GroupsPage(core, runner, ChangeBus())
        page.go_to(GroupsTarget(SESSIONS, ids.get("second", "")))
        page.resize(*size)
        page.show()
        page.activate()
        tab = page.tab
        assert isinstance(tab, SessionsTab)
        for view, key in ((RUN, "second"), (PLAN, "third"), (MINUTES, "first")):
            if ids:
                tab.show_target(GroupsTarget(SESSIONS, ids[key]))
                tab.reload()
                tab.tabs.setCurrentIndex(view)
            for _round in range(20 if view != MINUTES else 900):
                QTest.qWait(10)
                if view == MINUTES and tab.minutes.shown is not None:
                    break
            header = page.header_widget()
            assert header is not None
            page.grab().save(str(folder / f"{name}-{('plan', 'run', 'minutes')[view]}.png"))
            if not ids:
                break
        page.leave()
        page.close()
        page.deleteLater()
        app.processEvents()
        close(core)
    runner.shutdown()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    draw(target)
