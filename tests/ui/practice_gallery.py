"""Pictures of the practice around visits.

``python -m tests.ui.practice_gallery FOLDER DATA [THEME] [WIDTHxHEIGHT] [TEXT] [PART…]`` draws them.
DATA is a data folder that may be written to, or "empty". Parts are the tabs of Groups, "people", "journal" and "today";
every sheet of a part is opened by clicking. "rtl" turns the window round.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from observe_app.app import wire_core
from observe_app.services import people
from observe_app.services.core import close
from observe_app.ui.application import make_application
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import TABS, GroupsTarget
from observe_app.ui.widgets import StageTabs
from tests.ui.compare_gallery import Gallery

if TYPE_CHECKING:
    from observe_app.services.core import Core

SHEETS = {
    "groups": ("group_new", "group_change", "group_people"),
    "rounds": ("timetables_import", "round_invite", "round_new"),
    "sessions": ("session_repeat",),
    "surveys": ("survey_new", "survey_answer", "survey_pass"),
    "hours": ("hours_check", "hours_rules", "hours_issue", "hours_add"),
    "people": ("people_add",),
    "journal": ("entry_link", "entry_share"),
}
"""Buttons that open something, of each part."""
TABS_OF = {"sessions": "session_tabs", "people": "people_tabs", "journal": "journal_tabs"}


class Practice:
    """A gallery, and how it walks through a part."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.window = gallery.starter.window

    def go(self, part: str) -> None:
        """Go to a part."""
        if part in TABS:
            page = self.window.go("groups")
            assert isinstance(page, GroupsPage)
            page.go_to(GroupsTarget(part))
        else:
            self.window.go(part)
        self.gallery.wait()

    def named(self, name: str) -> QWidget | None:
        """Return the visible widget of a name."""
        return next((one for one in self.window.findChildren(QWidget, name) if one.isVisible()), None)

    def walk(self, part: str) -> None:
        """Draw a part, its own tabs, its sheets and its menus."""
        self.go(part)
        self.gallery.take(part)
        self.tabs(part)
        for name in SHEETS.get(part, ()):
            button = self.named(name)
            if isinstance(button, QAbstractButton) and button.isEnabled():
                button.click()
                self.gallery.wait(0.3)
                self.gallery.over(f"{part}-{name}")
                self.go(part)
        self.menus(part)

    def tabs(self, part: str) -> None:
        """Draw the tabs inside a part."""
        tabs = self.named(TABS_OF.get(part, "none"))
        if not isinstance(tabs, StageTabs):
            return
        for at in range(1, tabs.count()):
            tabs.setCurrentIndex(at)
            self.gallery.wait(0.3)
            self.gallery.take(f"{part}-tab{at}")
        tabs.setCurrentIndex(0)
        self.gallery.wait()

    def menus(self, part: str) -> None:
        """Draw the menus of the page."""
        for at, menu in enumerate(self.window.findChildren(QMenu)):
            owner = menu.parentWidget()
            if owner is not None and owner.isVisible() and menu.actions():
                menu.ensurePolished()
                menu.adjustSize()
                menu.grab().save(str(self.gallery.target / f"{part}-menu{at}-{self.gallery.name}.png"))


def main() -> None:
    """Draw what was asked for."""
    folder, data, *rest = sys.argv[1:]
    theme = rest[0] if rest else "light"
    width, height = (int(one) for one in (rest[1] if len(rest) > 1 else "1366x768").split("x"))
    text = int(rest[2]) if len(rest) > 2 else 100
    parts = rest[3:]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    app = make_application()
    if "rtl" in parts:
        parts.remove("rtl")
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    core: Core = wire_core(Path(tempfile.mkdtemp()) / "data" if data == "empty" else Path(data))
    if data == "empty":
        people.introduce(core, name="Amina Diallo-Žižek")
    gallery = Gallery(app, core, target, theme, (width, height), text)
    practice = Practice(gallery)
    for part in parts or [*TABS, "people", "journal", "today"]:
        practice.walk(part)
    gallery.end()
    close(core)


if __name__ == "__main__":
    main()
