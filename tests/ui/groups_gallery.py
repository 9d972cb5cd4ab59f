"""Pictures of groups: ``python -m tests.ui.groups_gallery FOLDER [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.

Parts are "full", "empty", "new", "long", "sheets", "school" (its goals), and "shared" and "many" through a real folder;
"rtl" turns them round.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.groups import goals, groups
from observe_app.services.sessions import sessions
from observe_app.services.sync import colleagues, group_sharing
from observe_app.ui.application import make_application
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.groups_tab import GroupsListTab
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.share_sheet import ShareSheet, StopSheet
from observe_app.ui.groups.tab_base import GROUPS, SESSIONS, GroupsTarget
from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Sheet
from tests.keyrings import memory_keyring
from tests.services.groups.made import NAMES, community
from tests.services.sync.share_hands import School, school
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from observe_app.services.core import Core

LONG = "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst der Jüngeren"


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

    def school(self) -> None:
        """The goals of the school, and a new one out of the sheet of a goal."""
        tab = self.tab()
        goals.add(self.core, title="No pupil is without an adult who knows them", measure="pupils named by two adults")
        done = goals.add(self.core, title="Everybody was visited at least once in the year")
        goals.close(self.core, goal_id=done.id, story="Swapping one hour a week made room for it.")
        tab.acts.school_goals()
        self.shoot("school")
        self.close_sheets()
        tab.acts.do(Ask(Act.GOAL_NEW))
        self.starter.window.findChild(QWidget, "goal_school").click()
        self.shoot("school-new")
        self.close_sheets()
        self.close_sheets()

    def shared(self, part: str, school: School, group_id: str) -> None:
        """A group before it is shared, shared, with a changed key, from the head of a session, and in the end."""
        tab = self.tab()
        tab.acts.do(Ask(Act.SHARE))
        self.shoot(f"{part}-before")
        self.close_sheets()
        group_sharing.begin(self.core, group_id)
        self.wait(1)
        self.shoot(part)
        tab.acts.do(Ask(Act.SHARE))
        self.shoot(f"{part}-who")
        pane = self.starter.window.findChildren(ShareSheet)[-1].pane.verticalScrollBar()
        pane.setValue(pane.maximum())
        self.shoot(f"{part}-who-end")
        self.close_sheets()
        colleagues.not_same(self.core, school.print_of(NAMES[1]))
        self.starter.window.go("today")
        self.tab()
        self.shoot(f"{part}-changed")
        tab.acts.do(Ask(Act.SHARE))
        self.shoot(f"{part}-changed-who")
        self.close_sheets()
        page = self.starter.window.current_page
        assert isinstance(page, GroupsPage)
        page.go_to(GroupsTarget(SESSIONS))
        self.shoot(f"{part}-session")
        page.go_to(GroupsTarget(GROUPS))
        sheet = StopSheet(self.core, groups.get(self.core, group_id), self.starter.window)
        sheet.open_over()
        self.shoot(f"{part}-stop")
        sheet.accept()
        self.shoot(f"{part}-ended")

    def close_sheets(self) -> None:
        for sheet in self.starter.window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.reject()
        self.wait(0.1)


def shared(part: str, target: Path, theme: str, size: tuple[int, int], text: int) -> None:
    """Draw a group among colleagues with computers of their own; "many": forty members with long names."""
    with tempfile.TemporaryDirectory() as place, memory_keyring():
        clock, blank = FakeClock(), Path(place) / "blank"
        blank.mkdir()
        close(wire_core(blank, clock=clock, ids=Ids(clock)))
        with school(Path(place), blank / "observe.sqlite", clock) as made:
            for name in NAMES[:6] if part == "many" else NAMES[:3]:
                made.add(name)
            core = made.cores[NAMES[0]]
            for name in made.cores:
                people.ensure(core, name)
            made.meet()
            group = community(core).group
            if part == "many":
                groups.edit(core, group_id=group.id, name=f"Talk in mathematics, with {LONG} and all who teach there")
                more = [people.add(core, name=f"{LONG} {at}").id for at in range(35)]
                groups.add_members(core, group_id=group.id, person_ids=more)
            sessions.plan(core, title="Second look at starters", group_id=group.id, start=clock.now())
            gallery = Gallery(core, target, theme, size, text)
            gallery.shared(part, made, group.id)
            gallery.starter.window.close()
            gallery.wait(0.1)


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
    for part in [one for one in parts if one in ("shared", "many")]:
        parts.remove(part)
        shared(part, target, theme, (size[0], size[1]), text)
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
            elif part == "school":
                gallery.school()
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
