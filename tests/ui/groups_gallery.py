"""Pictures of groups: ``python -m tests.ui.groups_gallery FOLDER [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.

Parts are "full", "empty", "new", "long" and "sheets"; "rtl" turns them round.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.groups import groups
from observe_app.ui.application import make_application
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.groups_tab import GroupsListTab
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Sheet
from tests.services.groups.made import community
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from observe_app.services.core import Core


class Gallery:
    """A window on somebody's groups, and where its pictures go."""

    def __init__(self, core: Core, target: Path, theme: str, size: tuple[int, int], text: int) -> None:
        self.core, self.target, self.name = core, target, f"{theme}-{size[0]}-{text}"
        core.settings.change(first_run_done=True, text_size=text, theme=theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app = app
        controller = theme_controller(app)
        controller.apply(ThemeChoice(theme))
        controller.set_text_size(text)
        self.starter = Starter(lambda: core, folder=core.folder, theme=controller, owns_core=False)
        self.starter.window.resize(*size)
        QCursor.setPos(size[0] // 2, size[1] - 4)
        self.starter.show()
        while self.starter.desk is None:
            app.processEvents()
        self.wait(0.4)

    def wait(self, seconds: float = 0.25) -> None:
        end = time.monotonic() + seconds
        desk = self.starter.desk
        while time.monotonic() < end or (desk is not None and desk.jobs.busy):
            self.app.processEvents()
            time.sleep(0.003)

    def tab(self) -> GroupsListTab:
        page = self.starter.window.go("groups")
        assert isinstance(page, GroupsPage), page
        self.wait()
        assert isinstance(page.tab, GroupsListTab)
        return page.tab

    def shoot(self, part: str) -> None:
        self.wait()
        path = self.target / f"groups-{part}-{self.name}.png"
        assert self.starter.window.grab().save(str(path))

    def sheets(self, goal_id: str) -> None:
        tab = self.tab()
        for act in (
            Act.CHANGE,
            Act.PEOPLE,
            Act.GOAL,
            Act.GOAL_CLOSE,
            Act.READING,
            Act.READINGS,
            Act.LINK,
            Act.LINK_NEW,
        ):
            tab.acts.do(Ask(act, goal_id))
            self.shoot(f"sheet-{act.value}")
            self.close_sheets()
        path = self.target / "averages.csv"
        path.write_text("Datum;7a;7b;n\n01.09.2026;3,1;2,9;26\n01.10.2026;3,3;x;26\nsoon;1;1;1\n", encoding="utf-8")
        tab.acts.import_readings(goal_id, path)
        self.shoot("sheet-import")
        self.close_sheets()
        tab.acts.keep_files([str(path)])
        self.shoot("sheet-file")
        self.close_sheets()

    def close_sheets(self) -> None:
        for sheet in self.starter.window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.reject()
        self.wait(0.1)


def main() -> None:
    """Draw what is asked for."""
    folder, *rest = sys.argv[1:]
    theme = rest[0] if rest else "light"
    size = tuple(int(part) for part in (rest[1] if len(rest) > 1 else "1366x768").split("x"))
    text = int(rest[2]) if len(rest) > 2 else 100
    parts = rest[3:] or ["full", "empty", "new", "long", "sheets"]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    app = make_application()
    if "rtl" in parts:
        parts.remove("rtl")
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for part in parts:
        with tempfile.TemporaryDirectory() as data:
            core = wire_core(Path(data))
            people.introduce(core, name="Amina Diallo-Žižek")
            goal_id = ""
            if part != "empty":
                if part == "new":
                    groups.add(core, name="Year 9 mentors", kind="mentoring", purpose="Talk more")
                else:
                    goal_id = community(core, long=part == "long").goal.id
            gallery = Gallery(core, target, theme, (size[0], size[1]), text)
            if part == "sheets":
                gallery.sheets(goal_id)
            else:
                tab = gallery.tab()
                gallery.close_sheets()
                gallery.shoot(part)
                bar = tab.view.verticalScrollBar()
                if bar.maximum() > 0:
                    bar.setValue(bar.maximum())
                    gallery.shoot(f"{part}-end")
            gallery.starter.window.close()
            gallery.wait(0.1)
            close(core)
    del app


if __name__ == "__main__":
    main()
